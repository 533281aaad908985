import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { Undo } from '#platform/database/connect.ts'
import type { Tx } from '#platform/database/tables.ts'
import type { Actor, Post, Role } from '#platform/permission.ts'
import { openAction } from '#slices/actions/index.ts'
import { aNetwork } from '#tests/network.ts'
import { mayRead, readable, waysToRead } from './access.ts'
import { doingAs } from './doing-for-tests.ts'
import { aContribution } from './for-tests.ts'
import { listContributions } from './list.ts'
import { loadThread } from './store.ts'

const network = await aNetwork()
const groups = Object.values(network.groups)
const people = [
  network.volunteer,
  network.secondVolunteer,
  network.boardChair,
  network.boardMember,
  network.trustContact,
]
const made = await Promise.all(people.slice(0, 4).map(by => aContribution(network, { by })))

const person = fc.constantFrom(...people.map(each => each.id))
const contribution = fc.record({
  groupId: fc.option(fc.constantFrom(...groups)),
  feedbackOwner: fc.option(person),
  joined: fc.uniqueArray(fc.record({ id: person, left: fc.boolean() }), { selector: each => each.id }),
  actionOwners: fc.array(person, { maxLength: 2 }),
})
const reader = fc.record({
  personId: person,
  memberships: fc.uniqueArray(
    fc.record({
      groupId: fc.constantFrom(...groups),
      role: fc.constantFrom<Role>('chair', 'deputy', 'member', 'volunteer'),
      voting: fc.boolean(),
      lay: fc.boolean(),
    }),
    { selector: each => each.groupId },
  ),
  posts: fc.oneof(
    { weight: 5, arbitrary: fc.constant<Post[]>([]) },
    { weight: 1, arbitrary: fc.subarray<Post>(['co-ordinator', 'director', 'administrator']) },
  ),
})

async function numbersWhere(tx: Tx, condition: ReturnType<typeof waysToRead>[number]) {
  const rows = await tx.selectFrom('contribution').select('number').where(condition).execute()
  return rows.map(each => each.number)
}
const sorted = (numbers: Iterable<number>) => [...new Set(numbers)].sort((a, b) => a - b)

test('LOOP-15 LOOP-21 what a list and a search show is what the page shows, whoever reads whatever', async () => {
  let shown = 0
  let notShown = 0
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(contribution, contribution, contribution, contribution),
      reader,
      async (wishes, wished) => {
        await doingAs(network, network.coordinator, async doing => {
          const { tx } = doing
          for (const [n, wish] of wishes.entries()) {
            const { id } = made[n]!
            await tx
              .updateTable('contribution')
              .set({ group_id: wish.groupId, feedback_owner_person_id: wish.feedbackOwner })
              .where('id', '=', id)
              .execute()
            for (const each of wish.joined) {
              await sql`insert into contributor (network_id, contribution_id, person_id, is_first, words, naming, joined_at, withdrawn_at)
                values (${network.id}, ${id}, ${each.id}, false, '', 'named', ${doing.now}, ${each.left ? doing.now : null})
                on conflict (network_id, contribution_id, person_id) do update set withdrawn_at = excluded.withdrawn_at`.execute(
                tx,
              )
            }
            for (const ownerPersonId of wish.actionOwners) {
              await openAction(doing, {
                contributionId: id,
                considerationId: null,
                groupId: groups[0]!,
                what: 'Something',
                ownerPersonId,
                dueOn: doing.today,
              })
            }
          }
          const actor: Actor = { networkId: network.id, name: '', knownAs: '', trustIds: [], ...wished }
          const page: number[] = []
          for (const { number } of made) {
            const loaded = await loadThread(tx, number, { forChange: false })
            if (loaded && mayRead.holds(actor, loaded)) page.push(number)
          }
          const expected = sorted(page)
          shown += page.length
          notShown += made.length - page.length
          expect(sorted(await numbersWhere(tx, eb => readable(eb, actor)))).toEqual(expected)
          const byWay = await Promise.all(waysToRead(actor).map(way => numbersWhere(tx, way)))
          expect(sorted(byWay.flat())).toEqual(expected)
          const listed = await listContributions(tx, actor, doing.today, {})
          expect(sorted(listed.rows.map(each => each.number))).toEqual(expected)
          throw new Undo(undefined)
        })
      },
    ),
    { numRuns: 30 },
  )
  // It says something only if both happen.
  expect(shown).toBeGreaterThan(0)
  expect(notShown).toBeGreaterThan(0)
})
