import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lengthInCharacters } from '#kernel/text/graphemes.ts'
import { longestSearch, searchWords } from './words.ts'

test('LOOP-21 whatever is typed becomes words that can be asked for, or nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 600 }), given => {
      const words = searchWords(given)
      expect(lengthInCharacters(words)).toBeLessThanOrEqual(longestSearch)
      expect(words).not.toContain('\u0000')
      expect(words === '' || /[\p{L}\p{N}]/u.test(words)).toBe(true)
      expect(words.isWellFormed()).toBe(true)
    }),
  )
  for (const nothing of [null, '', '   ', '%', '_', '%_\'"\\', '\u0000', '🙂', '-- ;']) {
    expect(searchWords(nothing)).toBe('')
  }
  expect(searchWords('  C-1042\n')).toBe('C-1042')
  expect(searchWords('x'.repeat(100_000)).length).toBeLessThanOrEqual(longestSearch)
})
