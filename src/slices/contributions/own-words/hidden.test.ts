import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placesOf, withoutHidden } from './hidden.ts'

test('LOOP-22 whole words are hidden wherever they stand, and other words left alone', () => {
  const at = (phrase: string, words: string) =>
    placesOf(phrase, words).map(each => words.slice(each.start, each.end))
  expect(at('Tom', 'Tom came tomorrow. TOM!')).toEqual(['Tom', 'TOM'])
  expect(at('Ann  Bell', 'Ann\nBell and Ann Bell')).toEqual(['Ann\nBell', 'Ann Bell'])
  expect(at('a.b(c)', 'x a.b(c) axb(c)')).toEqual(['a.b(c)'])
  expect(at('123', 'number41235')).toEqual(['123'])
  expect(at('  ', 'any')).toEqual([])
})

test('LOOP-22 nothing of what is hidden remains, whatever overlaps', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 60 }),
      fc.array(fc.tuple(fc.nat(60), fc.nat(20)), { maxLength: 6 }),
      (words, pairs) => {
        const ranges = pairs
          .map(([start, length]) => ({
            start: Math.min(start, words.length),
            end: Math.min(start + length + 1, words.length),
            reason: '#',
          }))
          .filter(each => each.end > each.start)
        const covered = new Set(
          ranges.flatMap(each => Array.from({ length: each.end - each.start }, (_, n) => each.start + n)),
        )
        const rest = [...Array(words.length).keys()]
          .filter(at => !covered.has(at))
          .map(at => words[at])
          .join('')
        // What is left when the marks are taken out is exactly what nobody hid.
        const plain = words.includes('[hidden')
          ? undefined
          : withoutHidden(words, ranges).replaceAll('[hidden: #]', '')
        expect(plain ?? rest).toBe(rest)
      },
    ),
  )
})
