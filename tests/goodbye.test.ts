import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { Undo } from '#platform/database/connect.ts'
import { doingOf } from '#platform/doing.ts'
import { actorOf } from '#platform/http/corridor.tsx'
import { whatWeHold } from '#slices/my-data/gathering.ts'
import { askToLeave } from '#slices/withdrawal/index.ts'
import { openDemoHouse } from './house.ts'

// All rooms together, with months of life in each: whoever it is can read what is held about them, and leave.

test('PEOPLE-16 PEOPLE-18 R5 R9 everybody of the demonstration can read their data and leave, and is not to be reached afterwards', async () => {
  const house = await openDemoHouse()
  const today = house.clock.today()
  const people = await house.owner.query<{
    id: number
    name: string
    slug: string
    account_id: string
    email: string | null
    phone: string | null
    postal_address: string | null
    demo_key: string
  }>(
    `select p.*, n.slug from person p join network n on n.id = p.network_id
     where p.demo_key is not null and p.account_id is not null order by p.id`,
  )
  const tables = (
    await house.owner.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
       and relname not in ('account', 'verification') and has_table_privilege('loop_app', oid, 'select')`,
    )
  ).rows
  const wrong: string[] = []
  for (const person of people.rows) {
    // A dry run each: the next one finds the network as it was.
    await house.database.enter(
      { slug: person.slug, accountId: person.account_id, today },
      async (tx, entry) => {
        const doing = doingOf(house.house, tx, entry!, actorOf(entry!))
        const held = await whatWeHold(tx, house.app.slices, person.id)
        if (!held.some(each => each.rows.length > 0)) wrong.push(`${person.demo_key}: nothing is held`)
        const told = JSON.stringify(held)
        for (const other of people.rows) {
          if (other.id !== person.id && other.email && told.includes(other.email))
            wrong.push(`${person.demo_key} reads the address of ${other.demo_key}`)
        }
        const left = await askToLeave(doing, house.app.slices, person.id, {
          onDay: today,
          answersWanted: false,
          views: 'anonymous',
          thanksWanted: false,
          remembered: false,
          reason: '',
          how: 'web',
        })
        if (!left.accepted) wrong.push(`${person.demo_key}: ${left.sentence}`)
        // A number or an address may be somebody else's, too: a household.
        const theirs = [person.email, person.phone, person.postal_address].filter(
          words =>
            words !== null &&
            !people.rows.some(
              each => each.id !== person.id && [each.email, each.phone, each.postal_address].includes(words),
            ),
        )
        for (const { name } of tables) {
          const found = await sql<{ words: string }>`select w.words from unnest(${theirs}::text[]) w (words)
          where exists (select from ${sql.table(name)} t where strpos(lower(t::text), lower(w.words)) > 0)`.execute(
            tx,
          )
          for (const { words } of found.rows) wrong.push(`${person.demo_key}: ${name} still holds ${words}`)
        }
        throw new Undo(undefined)
      },
    )
  }
  expect(wrong).toEqual([])
}, 300_000)
