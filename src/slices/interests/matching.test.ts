import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { type By, type Conflict, decide } from './conflict.ts'
import { changeEnd, type Interest, interestCannot, isKept, isLateDeclared, isShown } from './interest.ts'
import { type InterestToMeet, type ItemToMeet, meet, normalise, phraseOf, whyOf } from './matching.ts'

const interest = (given: Partial<InterestToMeet>): InterestToMeet => ({
  organisation: '',
  otherNames: '',
  trustNames: [],
  projectTitle: null,
  trustId: null,
  projectId: null,
  ...given,
})
const item = (title: string, more: Partial<ItemToMeet> = {}): ItemToMeet => ({
  texts: [{ where: 'title', text: title }],
  trustIds: [],
  projectIds: [],
  ...more,
})

test.each([
  ['Acme Imaging Ltd', 'Buying scanners from Acme Imaging', true],
  ['Acme Imaging', 'ACME-IMAGING LIMITED: a new contract', true],
  ['Acme Imaging Limited', 'Acme’s new scanner', false],
  ['Acme', 'Acme’s new scanner', true],
  ['Acme', 'Acmeville moves house', false],
  ['Siemens Healthineers AG', 'Contract with Siémens Healthineers', true],
  ['Marks & Spencer', 'A talk at Marks and Spencer', true],
  ['NHS', 'How the NHS pays for travel', false],
  ['Imaging Network', 'The imaging network meets', false],
  ['GE', 'GE scanners', false],
  ['GE HealthCare', 'GE HealthCare scanners', true],
  ['', 'Anything at all', false],
  ['...', 'Anything at all', false],
] as const)('BOARD-11 the organisation “%s” and the item “%s”: %s', (organisation, title, hits) => {
  expect(meet(interest({ organisation }), item(title)) !== undefined).toBe(hits)
})

test('BOARD-11 an interest meets by Trust, project, own word, paper and contribution, and says why', () => {
  const trust = { trustNames: ['First Hospitals NHS Trust', 'First Hospitals'], trustId: 4 }
  const inPaper = item('Scanners', {
    texts: [{ where: 'paper-summary', text: 'The scanner at First Hospitals NHS Trust' }],
  })
  expect(
    meet(
      interest({ ...trust, trustNames: ['Walsall Healthcare NHS Trust'] }),
      item('Walsall Healthcare NHS Trust opens'),
    )?.by,
  ).toBe('trust')
  expect(
    meet(interest({ ...trust, trustNames: ['Dudley Group NHS Foundation Trust'] }), inPaper),
  ).toBeUndefined()
  expect(meet(interest(trust), item('Letters', { trustIds: [4] }))).toMatchObject({
    by: 'trust',
    where: 'contribution',
  })
  expect(
    meet(interest({ projectTitle: 'Better letters', projectId: 2 }), item('What better letters cost')),
  ).toMatchObject({ by: 'project' })
  expect(
    meet(interest({ projectTitle: 'Better letters', projectId: 2 }), item('Post', { projectIds: [2] })),
  ).toMatchObject({
    where: 'contribution',
  })
  const hit = meet(
    interest({ organisation: 'Maker', otherNames: 'ScanPro 3, Lumen' }),
    item('Ten ScanPro-3 scanners'),
  )!
  expect(hit).toMatchObject({ by: 'word', words: 'ScanPro 3' })
  expect(whyOf(hit)).toBe('“ScanPro 3” is in the title of the item')
})

test('BOARD-11 a name is found wherever it stands as whole words, however it is written, and never inside a word', () => {
  const word = fc.stringMatching(/^[a-z]{4,9}$/).filter(each => phraseOf(each) === each)
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 3 }),
      fc.array(word, { maxLength: 5 }),
      fc.array(word, { maxLength: 5 }),
      (name, before, after) => {
        const organisation = name.join(' ')
        if (phraseOf(organisation) === undefined) return
        const shout = name.map(each => each.toUpperCase()).join(' - ')
        expect(
          meet(
            interest({ organisation: `${organisation} Ltd` }),
            item([...before, shout, ...after].join(' ')),
          ),
        ).toBeDefined()
        const glued = item([...before, `x${organisation}x`].join(' '))
        const apart = ` ${normalise(before.join(' '))} `.includes(` ${organisation} `)
        expect(meet(interest({ organisation }), glued) !== undefined).toBe(apart)
      },
    ),
  )
})

test('BOARD-11 whatever is typed, matching answers', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (organisation, title) => {
      meet(interest({ organisation, otherNames: organisation }), item(title))
    }),
    { numRuns: 500 },
  )
})

const open: Conflict = { personSays: null, personWords: '', outcome: null, because: '' }
const chair: By = { isThePerson: false, isTeam: false, leads: true, inConflict: false }

test('BOARD-11 R24 only somebody who leads and is not in conflict decides, with a reason, until the item is over', () => {
  expect(decide(open, chair, 'speaks', 'Works there', false)).toMatchObject({
    accepted: true,
    state: { outcome: 'speaks' },
  })
  expect(decide(open, { ...chair, isThePerson: true }, 'none', 'x', false)).toMatchObject({ reason: 'own' })
  expect(decide(open, { ...chair, inConflict: true }, 'none', 'x', false)).toMatchObject({
    reason: 'in-conflict',
  })
  expect(decide(open, { ...chair, leads: false, isTeam: true }, 'none', 'x', false)).toMatchObject({
    reason: 'not-leading',
  })
  expect(decide(open, chair, 'none', 'x', true)).toMatchObject({ reason: 'over' })
  const decided = decide(open, chair, 'leaves', 'x', false)
  if (!decided.accepted) throw new Error(decided.sentence)
  expect(decide(decided.state, chair, 'leaves', 'x', false)).toMatchObject({ reason: 'same' })
  expect(decide(decided.state, chair, 'noted', 'y', false)).toMatchObject({ accepted: true })
})

const day = (text: string) => Temporal.PlainDate.from(text)
const plain: Interest = {
  type: 'financial',
  conflict: 'actual',
  organisation: 'Acme',
  what: 'A job',
  whose: '',
  otherNames: '',
  from: day('2026-01-01'),
  to: null,
}

test('R20 R22 declared late after 28 days; what ended is public for 6 months and kept for 6 years', () => {
  expect(isLateDeclared(day('2026-05-01'), day('2026-05-29'))).toBe(false)
  expect(isLateDeclared(day('2026-05-01'), day('2026-05-30'))).toBe(true)
  expect(isShown(null, day('2030-01-01'))).toBe(true)
  expect(isShown(day('2025-12-09'), day('2026-06-09'))).toBe(true)
  expect(isShown(day('2025-12-08'), day('2026-06-09'))).toBe(false)
  expect(isKept(day('2020-01-01'), day('2026-07-01'))).toBe(true)
  expect(isKept(day('2020-01-01'), day('2026-07-02'))).toBe(false)
  expect(interestCannot({ ...plain, from: day('2026-06-10') }, day('2026-06-09'))?.reason).toBe('from')
  expect(interestCannot({ ...plain, to: day('2025-12-31') }, day('2026-06-09'))?.reason).toBe('to')
  expect(interestCannot({ ...plain, type: 'indirect' }, day('2026-06-09'))?.reason).toBe('whose')
  expect(changeEnd(plain, day('2025-01-01'))).toMatchObject({ reason: 'to' })
  expect(changeEnd(plain, undefined)).toMatchObject({ reason: 'same' })
  expect(changeEnd({ ...plain, to: day('2026-03-01') }, undefined)).toMatchObject({
    accepted: true,
    state: { to: null },
  })
})
