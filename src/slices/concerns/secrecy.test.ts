import { beforeAll, describe, expect, test } from 'vitest'
import type { Someone, TestNetwork } from '#tests/network.ts'
import { aNetwork } from '#tests/network.ts'
import { handBack, inConcern, writeMore } from './changes.ts'
import { aConcern, anIndependentContact, as } from './for-tests.ts'

// Words that stand nowhere else.
const subject = 'Quincunx behaviour'
const words = 'The zymurgist locked the flibbert cupboard.'
const answer = 'I shall ask the taradiddle office.'
const fileName = 'borborygmus.png'

let network: TestNetwork
let contact: Someone
let ref: string

beforeAll(async () => {
  network = await aNetwork()
  contact = await anIndependentContact(network)
  ref = await aConcern(network, {
    by: network.volunteer,
    reader: network.portfolioManager,
    aboutIds: [network.director.id],
    subject,
    words,
    wish: 'A pettifogger should look.',
  })
  await as(network, network.portfolioManager, doing =>
    inConcern(doing, ref, undefined, it =>
      writeMore(doing, it, answer, [
        { name: fileName, type: 'image/png', bytes: Buffer.from('gobbledygook') },
      ]),
    ),
  )
  await network.house.runDue()
})

const secrets = [
  'quincunx',
  'zymurgist',
  'flibbert',
  'taradiddle',
  'borborygmus',
  'pettifogger',
  'gobbledygook',
]

describe('PEOPLE-15 R55 nobody else sees that it exists', () => {
  test('PEOPLE-15 a dump of every table holds none of its words, nor do the logs and the messages', async () => {
    const { owner, logged } = network.house
    const tables = await owner.query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p', 'm') and n.nspname not in ('pg_catalog', 'information_schema')
         and n.nspname = 'public'`,
    )
    expect(tables.rows.length).toBeGreaterThan(80)
    for (const { name } of tables.rows) {
      const { rows } = await owner.query(
        // As text, and as the bytes of text.
        `select t::text as row from "${name}" t`,
      )
      const dump = rows
        .map(each => String(each.row))
        .join('\n')
        .toLowerCase()
      for (const secret of secrets) {
        expect(dump.includes(secret), `${secret} in ${name}`).toBe(false)
        expect(dump.includes(Buffer.from(secret).toString('hex')), `${secret} in ${name}`).toBe(false)
        expect(dump.includes(Buffer.from(secret).toString('base64').slice(0, 8).toLowerCase())).toBe(false)
      }
    }
    const log = logged.join('\n').toLowerCase()
    for (const secret of [...secrets, ref]) expect(log).not.toContain(secret)
  })

  test('PEOPLE-15 only its own two people find the rows, in every table, even with the product’s own role', async () => {
    const { house, slug } = network
    const seen = async (accountId: string | undefined) =>
      await house.database.enter({ slug, accountId, today: house.clock.today() }, async tx => {
        const counts: Record<string, number> = {}
        for (const table of [
          'concern',
          'concern_key',
          'concern_reader',
          'concern_entry',
          'concern_file',
          'concern_look',
        ] as const) {
          counts[table] = (await tx.selectFrom(table).select('network_id').execute()).length
        }
        const mail = await tx.selectFrom('message').select('id').where('about_kind', '=', 'concern').execute()
        return { ...counts, mail: mail.length }
      })
    const none = {
      concern: 0,
      concern_key: 0,
      concern_reader: 0,
      concern_entry: 0,
      concern_file: 0,
      concern_look: 0,
      mail: 0,
    }
    for (const each of [
      network.director,
      network.coordinator,
      network.administrator,
      network.boardChair,
      network.secondVolunteer,
      network.trustContact,
      network.applicant,
      contact,
    ]) {
      expect(await seen(each.accountId), each.fullName).toEqual(none)
    }
    expect(await seen(network.volunteer.accountId)).toMatchObject({ concern: 1, concern_entry: 2, mail: 1 })
    expect(await seen(network.portfolioManager.accountId)).toMatchObject({ concern: 1, mail: 1 })
  })

  test('PEOPLE-15 the person concerned, the team and the administrator read every page they have, and find no trace', async () => {
    const { house, slug } = network
    const mine = `/${slug}/concerns/${ref}`
    const missing = async (who: Someone) => await (await who.raw(`/${slug}/no-such-page`)).text()
    const walked: string[] = []
    for (const who of [network.director, network.coordinator, network.administrator]) {
      const nothing = await missing(who)
      for (const step of [
        '',
        '/looks',
        '/copy',
        '/write',
        '/plan',
        '/files/1',
        '/readers',
        '/hand-back',
        '/code',
      ]) {
        const response = await who.raw(`${mine}${step}`)
        expect(response.status).toBe(404)
        expect(await response.text()).toBe(nothing)
      }
      for (const route of house.app.slices.flatMap(each => each.routes)) {
        if (route.kind === 'plain' || route.path.slice('/:network'.length).includes(':')) continue
        if (route.kind === 'form' && route.page === false) continue
        const path = route.path.replace(':network', slug)
        const response = await who.raw(path)
        if (response.status !== 200) continue
        const text = (await response.text()).toLowerCase()
        walked.push(path)
        for (const secret of [...secrets, ref, 'something private for you']) {
          expect(text.includes(secret), `${secret} at ${path} for ${who.fullName}`).toBe(false)
        }
      }
      // A message to whoever reads it does not stand on the team's list, not even that it was sent.
      for (const list of [
        '/team/messages',
        '/team/messages?state=sent',
        `/team/people/${network.portfolioManager.id}`,
      ]) {
        const response = await who.raw(`/${slug}${list}`)
        expect((await response.text()).toLowerCase()).not.toContain('private waits')
      }
      const found = await who.opens(`/${slug}/search?q=zymurgist+quincunx`)
      expect(found.text.toLowerCase()).not.toContain('quincunx behaviour')
    }
    expect(walked.length).toBeGreaterThan(60)
    const numbers = await (await network.visitor.raw('/metrics')).text()
    expect(numbers).not.toMatch(/concern-|kind="concern/)
    const { rows } = await house.owner.query(
      `select 1 from audit where action || thing_kind || thing_id ~* $1 union all
       select 1 from history where thing_kind || event || details::text ~* $1 union all
       select 1 from reminder where key ~* $1`,
      [`${ref}|zymurgist`],
    )
    expect(rows).toEqual([])
  })

  test('PEOPLE-15 neither the numbers nor the log say that anything was done here, unless it breaks', async () => {
    const { house, volunteer, portfolioManager, director, slug } = network
    const of = async () =>
      (await (await network.visitor.raw('/metrics')).text())
        .split('\n')
        .filter(line => line.startsWith('http_request_seconds_count'))
    const before = await of()
    const logged = house.logged.length
    await volunteer.reads(`/${slug}/concerns/${ref}`)
    await portfolioManager.reads(`/${slug}/concerns/${ref}/plan`)
    expect((await director.opens(`/${slug}/concerns/${ref}`)).status).toBe(404)
    const page = await portfolioManager.reads(`/${slug}/concerns/${ref}/acknowledge`)
    await page.fill('A few words', 'It arrived.').press('Say that it arrived')
    const after = (await of()).filter(line => !before.includes(line) && !line.includes('"/metrics"'))
    expect(after).toEqual([])
    expect((await of()).join('\n')).not.toContain('concern')
    expect(house.logged.slice(logged).join('\n')).not.toContain('concern')
  })

  test('PEOPLE-15 the files are locked too, and nothing of them lies in the store', async () => {
    const { rows } = await network.house.owner.query(`select 1 from stored_file where name ~* 'borborygmus'`)
    expect(rows).toEqual([])
  })

  test('PEOPLE-15 whoever reads it no more has neither row nor key', async () => {
    await as(network, network.portfolioManager, doing =>
      inConcern(doing, ref, undefined, it => handBack(doing, it, 'I know them.')),
    )
    expect((await network.portfolioManager.opens(`/${network.slug}/concerns/${ref}`)).status).toBe(404)
    const keys = await network.house.owner.query('select holder from concern_key')
    expect(keys.rows).toEqual([{ holder: `person:${network.volunteer.id}` }])
  })
})
