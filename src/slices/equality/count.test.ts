import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { readFigures } from './census.ts'
import { compare, quarterOf, safe, shownUpTo } from './count.ts'
import { notSaid, questions } from './questions.ts'

const day = Temporal.PlainDate.from

test('PEOPLE-3 R50 a day is rounded to its quarter', () => {
  expect(
    ['2026-01-01', '2026-03-31', '2026-06-09', '2026-12-31'].map(each => quarterOf(day(each)).toString()),
  ).toEqual(['2026-01-01', '2026-01-01', '2026-04-01', '2026-10-01'])
})

test('PEOPLE-3 R50 a quarter is shown when it is over, and only together with five forms or more', () => {
  const today = day('2026-11-02')
  const sums = (...forms: number[]) =>
    forms.map((each, n) => ({ quarter: `2026-0${1 + n * 3}-01`, forms: each }))
  expect(shownUpTo(sums(4), today)).toBeUndefined()
  expect(shownUpTo(sums(5), today)).toBe('2026-01-01')
  expect(shownUpTo(sums(5, 4), today)).toBe('2026-01-01')
  expect(shownUpTo(sums(5, 4, 1), today)).toBe('2026-07-01')
  expect(shownUpTo([{ quarter: '2026-10-01', forms: 50 }], today)).toBeUndefined()
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 3 }),
      fc.integer({ min: 0, max: 9 }),
      (before, last) => {
        const one = shownUpTo(sums(...before), today)
        const next = shownUpTo(sums(...before, last).slice(0, 3), today)
        const formsUpTo = (upTo: string | undefined) =>
          sums(...before, last)
            .slice(0, 3)
            .filter(each => upTo !== undefined && each.quarter <= upTo)
            .reduce((all, each) => all + each.forms, 0)
        const more = formsUpTo(next) - formsUpTo(one)
        expect(more === 0 || more >= 5).toBe(true)
      },
    ),
  )
})

test('PEOPLE-3 R50 no number from 1 to 4 is shown, nor one that follows from what is shown', () => {
  const forms = fc.array(
    fc.tuple(...questions.map(each => fc.integer({ min: 0, max: each.answers.length }))),
    // Fewer than five are never let out together.
    { minLength: 5, maxLength: 40 },
  )
  fc.assert(
    fc.property(forms, given => {
      const numbers = questions.map((each, q) =>
        [...each.answers, notSaid].map((_, a) => given.filter(one => one[q] === a).length),
      )
      const shown = safe(numbers)
      for (const [q, { cells }] of shown.questions.entries()) {
        for (const [a, cell] of cells.entries()) {
          if (cell !== null) expect(cell).toBe(numbers[q]![a])
          expect(cell !== null && cell > 0 && cell < 5).toBe(false)
        }
        // One hidden number alone would be the total less the others.
        const hidden = cells.filter(cell => cell === null).length
        expect(hidden).not.toBe(1)
        // What the hidden ones add up to is no small number either.
        const sum = numbers[q]!.filter((_, a) => cells[a] === null).reduce((all, one) => all + one, 0)
        if (hidden > 0) expect(sum).toBeGreaterThanOrEqual(5)
      }
    }),
    { numRuns: 60 },
  )
})

test('PEOPLE-3 what is hidden is compared with nothing', () => {
  expect(compare(null, 40, 50, 100)).toBe('not-shown')
  expect(compare(10, null, 50, 100)).toBe('not-shown')
  expect(compare(0, 40, 50, 100)).toBe('nobody')
  expect(compare(0, 40, 1, 100)).toBe('too-few')
  expect(compare(10, 40, 50, 100)).toBe('less')
  expect(compare(20, 40, 50, 100)).toBe('as-many')
  expect(compare(30, 40, 50, 100)).toBe('more')
  expect(compare(10, 40, 0, 100)).toBe('unknown')
  expect(compare(10, 40, 0, 0)).toBe('unknown')
})

test('PEOPLE-3 a table of the area is read by its columns’ names, or refused with the line', () => {
  expect(
    readFigures('\ufeffPeople;Question;Answer\r\n"1,200";sex;Female\r\n900;What is your sex?;male\r\n'),
  ).toEqual({
    ok: true,
    figures: [
      { question: 'sex', answer: 'female', people: 1200 },
      { question: 'sex', answer: 'male', people: 900 },
    ],
  })
  const sentence = (text: string) => {
    const read = readFigures(text)
    return read.ok ? 'read' : read.sentence
  }
  expect(sentence('')).toBe('The first line must name the columns question, answer and people')
  expect(sentence('question,answer,people')).toBe('There are no figures in this table')
  expect(sentence('question,answer,people\nshoes,red,4')).toBe('Line 2: there is no question “shoes”')
  expect(sentence('question,answer,people\nsex,red,4')).toBe(
    'Line 2: “What is your sex?” has no answer “red”',
  )
  expect(sentence('question,answer,people\nsex,Male,many')).toBe('Line 2: “many” is not a number of people')
  expect(sentence('question,answer,people\nsex,Male,1\n\nsex,male,2')).toBe('Line 4: “Male” is there twice')
  fc.assert(fc.property(fc.string(), text => typeof sentence(text) === 'string'))
})
