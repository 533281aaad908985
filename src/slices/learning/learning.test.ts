import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { defaultWords } from './defaults.ts'
import { answer, keepsPromise, putInSession, type Wish, withdraw } from './wish.ts'
import { keyOf, type Word, wordsIn } from './word.ts'

const asked: Wish = { state: 'asked', dueOn: Temporal.PlainDate.from('2026-06-23') }
const session = { id: 1, title: 'MRI in plain words' }

describe('PEOPLE-7 a wish to know more', () => {
  test.each([
    ['asked', 'answered', true],
    ['asked', 'in-a-session', true],
    ['in-a-session', 'answered', false],
    ['answered', 'answered', false],
    ['asked', 'withdrawn', false],
  ] as const)('PEOPLE-7 from %s to %s keeps the promise: %s', (from, to, kept) => {
    const it: Wish = { ...asked, state: from }
    const step =
      to === 'answered'
        ? answer(it, 'So it is.')
        : to === 'withdrawn'
          ? withdraw(it)
          : putInSession(it, session)
    expect(step.accepted && step.state.state).toBe(to)
    expect(step.accepted && keepsPromise(it, step.state)).toBe(kept)
  })

  test('PEOPLE-7 the promise of an answer or a day is kept at most once, however it goes', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('answer', 'session', 'withdraw'), { maxLength: 10 }), steps => {
        let it = asked
        let kept = 0
        for (const each of steps) {
          const step =
            each === 'answer'
              ? answer(it, 'x')
              : each === 'session'
                ? putInSession(it, session)
                : withdraw(it)
          if (!step.accepted) continue
          if (keepsPromise(it, step.state)) kept += 1
          it = step.state
        }
        expect(kept).toBeLessThanOrEqual(1)
        if (it.state === 'answered') expect(kept).toBe(1)
      }),
    )
  })

  test('PEOPLE-7 refusals: an empty answer, a session that is not there, what was taken back', () => {
    expect(answer(asked, '')).toMatchObject({ reason: 'answer' })
    expect(putInSession(asked, undefined)).toMatchObject({ reason: 'session' })
    expect(answer({ ...asked, state: 'withdrawn' }, 'x')).toMatchObject({ reason: 'withdrawn' })
    expect(withdraw({ ...asked, state: 'answered' })).toMatchObject({ reason: 'answered' })
  })
})

describe('PEOPLE-7 words in a text', () => {
  const list: Word[] = [
    { word: 'ICS', also: ['integrated care system'], meaning: 'a' },
    { word: 'AI', also: [], meaning: 'b' },
    { word: 'Pathway', also: [], meaning: 'c' },
    { word: 'C++ (language)', also: [], meaning: 'd' },
  ]
  const found = (text: string) => wordsIn(text, list).map(each => each.word)

  test.each([
    ['Each ICS has a plan.', ['ICS']],
    ['Two ICSs agree; the Integrated  Care\nSystem too.', ['ICS']],
    ['physics and aid', []],
    ['We ai nothing, said the paint.', []],
    ['pathways for AI.', ['AI', 'Pathway']],
    ['A footpathway', []],
    ['In C++ (language).', ['C++ (language)']],
    ['', []],
  ])('PEOPLE-7 in %j', (text, words) => {
    expect(found(text)).toEqual(words)
  })

  test('PEOPLE-7 any word of the list is found where it stands alone, whatever signs it has', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 12 }), name => {
        const word = name.trim().replace(/\s+/g, ' ')
        fc.pre(/^[\p{L}\p{N}]/u.test(word) && /[\p{L}\p{N}]$/u.test(word))
        expect(wordsIn(`This is ${word}, he said.`, [{ word, also: [], meaning: '' }])).toHaveLength(1)
      }),
    )
  })

  test('PEOPLE-7 the ready-made list has each word once', () => {
    const keys = defaultWords.map(each => keyOf(each.word))
    expect(new Set(keys).size).toBe(keys.length)
    expect(keyOf('  A&E ')).toBe('a e')
  })
})
