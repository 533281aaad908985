import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aContribution } from '#slices/contributions/for-tests.ts'
import { aNetwork } from '#tests/network.ts'
import { pictureOf, type Spread } from './spread.ts'

const aSpread: fc.Arbitrary<Spread> = fc
  .record({
    trusts: fc.integer({ min: 1, max: 5 }),
    priorities: fc.integer({ min: 0, max: 3 }),
    counts: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 24, maxLength: 24 }),
    volunteers: fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 5, maxLength: 5 }),
  })
  .map(given => {
    const trusts = Array.from({ length: given.trusts }, (_, n) => ({
      id: n + 1,
      name: `Trust ${n + 1}`,
      volunteers: given.volunteers[n]!,
      contacts: [],
    }))
    const priorities = Array.from({ length: given.priorities }, (_, n) => ({
      id: n + 1,
      title: `Priority ${n + 1}`,
    }))
    const views = [...trusts.map(each => each.id), null].flatMap((trust, r) =>
      [...priorities.map(each => each.id), null].map((priority, c) => ({
        trust,
        priority,
        count: given.counts[r * 4 + c]!,
      })),
    )
    return { trusts, priorities, views }
  })

test('PEOPLE-4 no number from 1 to 4 stands anywhere on the page, whatever the voices', () => {
  fc.assert(
    fc.property(aSpread, spread => {
      const { rows, columns, total } = pictureOf(spread)
      const all = [
        ...rows.flatMap(row => [row.volunteers, row.views, ...row.cells]),
        ...columns.map(each => each.views),
        total,
      ]
      expect(all.filter(each => each !== null && each > 0 && each < 5)).toEqual([])
      // Of a row with its total, never one number alone is hidden.
      for (const row of rows) {
        if (row.views !== null) expect(row.cells.filter(each => each === null)).not.toHaveLength(1)
      }
    }),
    { numRuns: 60 },
  )
})

test('PEOPLE-4 every gap is named, and only gaps are', () => {
  fc.assert(
    fc.property(aSpread, spread => {
      const { gaps } = pictureOf(spread)
      const viewsOf = (trust: number) =>
        spread.views.filter(each => each.trust === trust).reduce((all, each) => all + each.count, 0)
      expect(gaps.silent.map(each => each.name)).toEqual(
        spread.trusts.filter(each => viewsOf(each.id) === 0).map(each => each.name),
      )
      expect(gaps.withoutVolunteer).toHaveLength(spread.trusts.filter(each => each.volunteers === 0).length)
    }),
  )
})

test('PEOPLE-4 members and the team read where the voices come from and where to ask next; nobody else finds it', async () => {
  const network = await aNetwork()
  const {
    coordinator,
    boardMember,
    volunteer,
    sigMember,
    administrator,
    trustContact,
    visitor,
    stranger,
    slug,
  } = network
  await network.inNetwork(async tx => {
    await sql`insert into trust (network_id, slug, name, short_name) values
      (${network.id}, 'quiet', 'Quiet Hospitals NHS Trust', 'Quiet')`.execute(tx)
    await sql`update person set trust_id = ${network.trustId} where id = ${volunteer.id}`.execute(tx)
  })
  const path = `/${slug}/voices`
  const before = await (await coordinator.reads(`/${slug}/team`)).follow('Where the voices come from')
  expect(before.text).toContain('First Hospitals NHS Trust: ask Tina Trust, its contact for involvement')
  // Nothing is said of a hospital: it counts for the one that she knows best.
  for (let n = 0; n < 5; n += 1) await aContribution(network, { by: volunteer, state: 'received' })
  const page = await boardMember.reads(path)
  expect(page.text).toContain('5 views')
  expect(page.text).toContain('We have heard nothing about these Trusts: Quiet Hospitals NHS Trust')
  expect(page.text).toContain('No volunteer has told us that they know these best: Quiet Hospitals NHS Trust')
  expect(page.text).not.toContain('First Hospitals NHS Trust: ask')
  const row = page.$('table').first().find('tbody tr').first()
  expect(page.$(row).text()).toContain('Some')
  expect((await volunteer.reads(path)).status).toBe(200)
  expect((await sigMember.reads(`/${slug}/home`)).hasLink('Where the voices come from')).toBe(true)
  for (const person of [network.applicant, administrator, trustContact, visitor, stranger]) {
    expect((await person.opens(path)).status).toBe(404)
  }
})
