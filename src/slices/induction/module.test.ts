import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { defaultModules } from './defaults.ts'
import {
  beginAgain,
  finishedOn,
  missingForVote,
  moduleState,
  notBegun,
  type Progress,
  signByPerson,
  signByTeam,
} from './module.ts'
import { notRight, type Question, readQuestions, writeQuestions } from './questions.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const monday = day('2026-06-08')
const friday = day('2026-06-12')

describe('PEOPLE-6 a module of one person', () => {
  test('PEOPLE-6 is finished when both have signed, in either order, from the later day', () => {
    for (const [first, second] of [
      [signByPerson, signByTeam],
      [signByTeam, signByPerson],
    ] as const) {
      const one = first(notBegun, monday)
      if (!one.accepted) throw new Error(one.sentence)
      expect(moduleState(one.state)).toBe(first === signByPerson ? 'waits-for-team' : 'waits-for-person')
      expect(finishedOn(one.state)).toBeNull()
      expect(first(one.state, friday)).toMatchObject({ accepted: false, reason: 'signed' })
      const two = second(one.state, friday)
      if (!two.accepted) throw new Error(two.sentence)
      expect(two.events.map(each => each.event)).toEqual(['signed', 'finished'])
      expect(finishedOn(two.state)?.toString()).toBe(friday.toString())
      expect(moduleState(two.state)).toBe('finished')
      const again = beginAgain(two.state)
      expect(again.accepted && again.state).toEqual(notBegun)
    }
    expect(beginAgain(notBegun)).toMatchObject({ accepted: false })
  })

  test('PEOPLE-6 any run of steps: finished exactly when each side has signed since it last began', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('person', 'team', 'again'), { maxLength: 12 }), steps => {
        let it: Progress = notBegun
        let sides = new Set<string>()
        for (const each of steps) {
          const step =
            each === 'person'
              ? signByPerson(it, monday)
              : each === 'team'
                ? signByTeam(it, monday)
                : beginAgain(it)
          if (step.accepted) it = step.state
          sides = each === 'again' ? new Set() : sides.add(each)
        }
        expect(moduleState(it) === 'finished').toBe(sides.size === 2)
      }),
    )
  })

  test.each([
    ['before its day', '2026-07-01', null, 'volunteer', null, 0],
    ['on its day', '2026-06-12', null, 'volunteer', null, 1],
    ['for another role', '2026-06-01', null, 'chair', null, 0],
    ['after it was ended', '2026-06-01', '2026-06-10', 'volunteer', null, 0],
    ['finished on that day', '2026-06-01', null, 'volunteer', '2026-06-12', 0],
    ['finished a day later', '2026-06-01', null, 'volunteer', '2026-06-13', 1],
    ['not needed for voting', null, null, 'volunteer', null, 0],
  ] as const)('PEOPLE-6 what a vote on 12 June lacks: %s', (_, from, ended, role, finished, count) => {
    const module = {
      roles: ['volunteer' as const],
      votingFrom: from === null ? null : day(from),
      endedOn: ended === null ? null : day(ended),
      finishedOn: finished === null ? null : day(finished),
    }
    expect(missingForVote([module], role, friday)).toHaveLength(count)
  })
})

describe('PEOPLE-6 questions that teach', () => {
  test('PEOPLE-6 every ready-made module has questions that read well', () => {
    for (const each of defaultModules) {
      const read = readQuestions(each.questions)
      expect(read, each.slug).toMatchObject({ ok: true })
      expect(read.ok && read.questions.length, each.slug).toBeGreaterThan(0)
    }
  })

  test.each([
    ['Hello', 'Line 1 of the questions must begin with'],
    ['Right: yes', 'Line 1 of the questions is an answer, but there is no question above it'],
    ['Question: a\nBecause: b', 'Line 2 of the questions explains an answer, but there is none above it'],
    ['Question: a\nRight: b', '“a” needs a wrong answer, too'],
    ['Question: a\nWrong: b\nBecause: c', '“a” needs exactly one right answer'],
    ['Question: a\nRight: b\nWrong: c', '“a” has a wrong answer that is not explained'],
  ])('PEOPLE-6 what the team cannot write: %j', (text, sentence) => {
    const read = readQuestions(text)
    expect(read.ok ? '' : read.sentence).toContain(sentence)
  })

  const words = fc.stringMatching(/^[A-Za-z][A-Za-z ,?]{0,20}[a-z]$/)
  const question = fc.record({
    ask: words,
    options: fc
      .tuple(words, fc.array(fc.tuple(words, words), { minLength: 1, maxLength: 3 }))
      .map(([right, wrong]): Question['options'] => [
        { text: right, right: true, because: '' },
        ...wrong.map(([text, because]) => ({ text, right: false, because })),
      ]),
  })

  test('PEOPLE-6 questions come back from their own words; only all right answers pass', () => {
    fc.assert(
      fc.property(fc.array(question, { minLength: 1, maxLength: 4 }), questions => {
        expect(readQuestions(writeQuestions(questions))).toEqual({ ok: true, questions })
        expect(
          notRight(
            questions,
            questions.map(() => 0),
          ),
        ).toEqual([])
        expect(notRight(questions, [])).toHaveLength(questions.length)
        const wrong = notRight(
          questions,
          questions.map(() => 1),
        )
        expect(wrong.map(each => each.at)).toEqual(questions.map((_, at) => at))
        expect(wrong[0]!.message).toContain(questions[0]!.options[1]!.because)
      }),
    )
  })
})
