import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readReference, reference } from './references.ts'

const letter = fc.constantFrom('C', 'R', 'A', 'D' as const)
const number = fc.integer({ min: 1, max: 999_999_999 })
const blank = fc.constantFrom('', ' ', '  ')

test('a reference is understood as people say and type it', () => {
  fc.assert(
    fc.property(
      letter,
      number,
      fc.boolean(),
      fc.boolean(),
      fc.tuple(blank, blank, blank, blank),
      (l, n, small, dash, b) => {
        expect(readReference(l, reference(l, n))).toBe(n)
        const typed = `${b[0]}${small ? l.toLowerCase() : l}${b[1]}${dash ? '-' : ''}${b[2]}${n}${b[3]}`
        expect(readReference(l, typed), typed).toBe(n)
      },
    ),
  )
})

test('what is no reference of this kind is nothing, and never another thing', () => {
  fc.assert(
    fc.property(letter, fc.string(), (l, text) => {
      const read = readReference(l, text)
      if (read !== undefined)
        expect(text.replace(/[\s-]/g, '').toUpperCase()).toMatch(new RegExp(`^${l}0*${read}$`))
    }),
  )
  fc.assert(
    fc.property(letter, letter, number, (l, other, n) => {
      expect(readReference(l, reference(other, n))).toBe(l === other ? n : undefined)
    }),
  )
  for (const text of [
    undefined,
    '',
    'C',
    '1042',
    'C-',
    'C--1',
    'C-1.5',
    'C-1e3',
    'C-1234567890',
    'CC-1',
    'C-１',
  ])
    expect(readReference('C', text), text).toBeUndefined()
})
