import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  answer,
  creditLine,
  type Given,
  hashOf,
  type PublicText,
  type Publishing,
  propose,
  publicName,
  publish,
} from './publication.ts'
import type { Answer, PublicNaming } from './tables.ts'

const text: PublicText = { title: 'Letters', youSaid: 'Too small', weDid: 'Large print', next: '' }
const given = (personId: number, said: Answer, textHash = hashOf(text)): Given => ({
  personId,
  answer: said,
  words: '',
  textHash,
  how: 'page',
})
const it = (answers: Given[], contributorIds = [1, 2]): Publishing => ({
  state: 'closed',
  hasOutcome: true,
  contributorIds,
  open: { id: 1, textHash: hashOf(text), answers },
  published: undefined,
})

test('LOOP-18 it goes out only when everyone still in it agreed to exactly this text', () => {
  const people = [1, 2, 3]
  const oneAnswer = fc.option(
    fc.record({
      answer: fc.constantFrom<Answer>('yes', 'no', 'different'),
      textHash: fc.constantFrom(hashOf(text), hashOf({ ...text, next: 'More' })),
    }),
  )
  fc.assert(
    fc.property(fc.tuple(oneAnswer, oneAnswer, oneAnswer), fc.subarray(people), (answers, still) => {
      const list = answers.flatMap((each, at) =>
        each ? [given(people[at]!, each.answer, each.textHash)] : [],
      )
      const all =
        still.length > 0 &&
        still.every(person => {
          const said = answers[person - 1]
          return said?.answer === 'yes' && said.textHash === hashOf(text)
        })
      expect(publish(it(list, still)).accepted).toBe(all)
    }),
  )
})

test('LOOP-18 two texts have one hash only when every word is the same', () => {
  const words = fc.string({ maxLength: 5 })
  const some = fc.record({ title: words, youSaid: words, weDid: words, next: words })
  fc.assert(
    fc.property(some, some, (a, b) => {
      expect(hashOf(a) === hashOf(b)).toBe(JSON.stringify(a) === JSON.stringify(b))
    }),
  )
})

test('LOOP-18 an answer to another text is refused, and one of a stranger too', () => {
  expect(answer(it([]), given(1, 'yes', 'another'), false)).toMatchObject({ reason: 'other-text' })
  expect(answer(it([]), given(9, 'yes'), false)).toMatchObject({ reason: 'not-theirs' })
  expect(answer(it([given(1, 'yes')]), given(2, 'yes'), false)).toMatchObject({ state: { allAgree: true } })
  expect(answer(it([given(1, 'yes')]), given(1, 'no'), false)).toMatchObject({ state: { allAgree: false } })
})

test('LOOP-18 a text is prepared only where there is an outcome', () => {
  for (const state of ['received', 'needs-you', 'to-be-considered', 'withdrawn']) {
    const none = { ...it([]), open: undefined, hasOutcome: false, state }
    expect(propose(none, text).accepted).toBe(false)
  }
  expect(propose({ ...it([]), open: undefined }, text).accepted).toBe(true)
  expect(propose(it([]), text)).toMatchObject({ reason: 'same' })
})

test('LOOP-18 nobody is named with more than they agreed to, nor than they want now', () => {
  const names: PublicNaming[] = ['named', 'first-name', 'anonymous']
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.constantFrom(...names), (agreed, wanted) => {
      const shown = publicName({ name: 'Vera Volunteer', knownAs: 'Vera Ann', agreed, wanted })
      if (agreed === 'anonymous' || wanted === 'anonymous') expect(shown).toBeUndefined()
      else if (agreed === 'first-name' || wanted === 'first-name') expect(shown).toBe('Vera')
      else expect(shown).toBe('Vera Volunteer')
    }),
  )
  expect(creditLine([undefined])).toBe('A volunteer who is not named')
  expect(creditLine(['Vera', undefined, undefined])).toBe('Vera and 2 volunteers who are not named')
})
