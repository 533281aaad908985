import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csv } from '#kernel/text/csv.ts'
import {
  changesNothing,
  type KnownTrust,
  type PlaceTrust,
  planPlaces,
  readOds,
  readPlaces,
} from './places.ts'
import { freeSlug, slugOf } from './slug.ts'

test('PEOPLE-24 R69 an ODS code is checked by its form, and none is guessed from another', () => {
  for (const [given, code] of [
    ['RRK', 'RRK'],
    ['rrk15', 'RRK15'],
    [' RL403 ', 'RL403'],
    ['', null],
    ['RR', undefined],
    ['RRK15XY', undefined],
    ['RR-K', undefined],
    ['ŘRK', undefined],
  ] as const) {
    expect(readOds(given), given).toBe(code)
  }
})

const table = (...lines: string[]) =>
  ['Trust,Trust code,System,Hospital,Hospital code,Town', ...lines].join('\n')

test('PEOPLE-24 a table of Trusts is read with commas, semicolons or tabs, columns in any order', () => {
  const expected: PlaceTrust[] = [
    {
      name: 'North Trust',
      ods: 'RXN',
      system: 'North',
      hospitals: [
        { name: 'North Hospital', ods: 'RXN01', town: 'Upton' },
        { name: 'The Annexe', ods: null, town: '' },
      ],
    },
  ]
  const lines = [
    ['Trust', 'Trust code', 'System', 'Hospital', 'Hospital code', 'Town'],
    ['North Trust', 'RXN', 'North', 'North Hospital', 'RXN01', 'Upton'],
    ['North Trust', 'rxn', '', 'The Annexe', '', ''],
  ]
  for (const sign of [',', ';', '\t']) {
    for (const order of [
      [0, 1, 2, 3, 4, 5],
      [5, 4, 3, 2, 1, 0],
    ]) {
      const text = `\ufeff${lines.map(each => order.map(at => each[at]).join(sign)).join('\r\n')}\r\n\r\n`
      expect(readPlaces(text)).toEqual({ ok: true, trusts: expected })
    }
  }
})

test('PEOPLE-24 each mistake in a table is named with its line, and with one of them nothing is taken', () => {
  const wrong = (text: string) => {
    const read = readPlaces(text)
    return read.ok ? [] : read.mistakes.map(each => `${each.line}: ${each.sentence}`)
  }
  expect(wrong('')).toEqual(['1: The table has no line with a Trust'])
  expect(wrong('Name,Town\nA,B')[0]).toContain('The first line must name the columns')
  expect(wrong(table('North Trust,R,,,,'))[0]).toContain('2: The ODS code must be')
  expect(wrong(table(',RXN,,Here,,'))).toEqual(['2: The name of the Trust is missing'])
  expect(wrong(table('North,RXN,,A,,', 'South,RXN,,B,,'))).toEqual([
    '3: The code RXN stands at another name already',
  ])
  expect(wrong(table('North,RXN,,A,,', 'North,RXM,,B,,'))[0]).toContain('two codes')
  expect(wrong(table('North,,,A,,', 'North,,,a,,'))).toEqual(['3: a stands here twice'])
  expect(wrong(table('"North,,,A'))[0]).toContain('cannot be read as a table')
  expect(wrong(table(...Array.from({ length: 501 }, (_, n) => `Trust ${n},,,,,`)))[0]).toContain(
    'more than 500',
  )
})

const known: KnownTrust[] = [
  {
    id: 1,
    name: 'North Trust',
    ods: 'RXN',
    system: 'North',
    hospitals: [{ id: 11, name: 'North Hospital', ods: 'RXN01', town: 'Upton' }],
  },
  { id: 2, name: 'South Trust', ods: null, system: '', hospitals: [] },
]

test('PEOPLE-24 the dry run says what is new, what changes and what stays; a code decides before a name', () => {
  const plan = planPlaces(known, [
    {
      name: 'North University Trust',
      ods: 'RXN',
      system: '',
      hospitals: [
        { name: 'North General', ods: 'RXN01', town: '' },
        { name: 'Eye Unit', ods: null, town: 'Upton' },
      ],
    },
    { name: 'south  trust', ods: 'RXS', system: '', hospitals: [] },
    { name: 'West Trust', ods: null, system: '', hospitals: [{ name: 'West', ods: null, town: '' }] },
  ])
  expect(plan.changedTrusts.map(each => [each.id, each.to.name, each.to.ods])).toEqual([
    [1, 'North University Trust', 'RXN'],
    [2, 'South Trust', 'RXS'],
  ])
  expect(plan.changedSites).toMatchObject([{ id: 11, to: { name: 'North General', town: 'Upton' } }])
  expect(plan.newSites).toMatchObject([{ trustId: 1, site: { name: 'Eye Unit' } }])
  expect(plan.newTrusts.map(each => each.name)).toEqual(['West Trust'])
  expect(plan.mistakes).toEqual([])
})

test('PEOPLE-24 a code that is another’s here stops the whole table', () => {
  const plan = planPlaces(known, [
    { name: 'South Trust', ods: 'RXS', system: '', hospitals: [{ name: 'Clinic', ods: 'RXN01', town: '' }] },
    { name: 'North Trust', ods: 'RZZ', system: '', hospitals: [] },
  ])
  expect(plan.mistakes.length).toBe(2)
})

const name = fc.stringMatching(/^[A-Z][a-z]{1,12}( [A-Z][a-z]{1,8})?$/)
const places = fc.uniqueArray(
  fc.record({
    name,
    ods: fc.constant(null),
    system: fc.oneof(fc.constant(''), name),
    hospitals: fc.uniqueArray(fc.record({ name, ods: fc.constant(null), town: name }), {
      selector: each => each.name.toLowerCase(),
      minLength: 1,
      maxLength: 4,
    }),
  }),
  { selector: each => each.name.toLowerCase(), minLength: 1, maxLength: 6 },
)

test('PEOPLE-24 what was written as a table comes back as it was, and brought in twice changes nothing the second time', () => {
  fc.assert(
    fc.property(places, given => {
      const text = csv([
        ['Trust', 'System', 'Hospital', 'Town'],
        ...given.flatMap(trust =>
          trust.hospitals.map(site => [trust.name, trust.system, site.name, site.town]),
        ),
      ])
      const read = readPlaces(text)
      expect(read).toEqual({ ok: true, trusts: given })
      let id = 0
      const here = given.map(trust => ({
        ...trust,
        id: ++id,
        hospitals: trust.hospitals.map(site => ({ ...site, id: ++id })),
      }))
      expect(changesNothing(planPlaces(here, given))).toBe(true)
    }),
  )
})

test('PEOPLE-24 an address is made from a name, and never twice the same', () => {
  expect(slugOf('Royal Wolverhampton NHS Trust', 'trust')).toBe('royal-wolverhampton-nhs-trust')
  expect(slugOf('Ysbyty Tŵr', 'site')).toBe('ysbyty-twr')
  expect(slugOf('***', 'site')).toBe('site')
  expect(freeSlug('New Cross', 'site', new Set(['new-cross', 'new-cross-2']))).toBe('new-cross-3')
  expect(freeSlug('New', 'group', new Set())).toBe('new-2')
})
