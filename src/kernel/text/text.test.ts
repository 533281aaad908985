import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanText } from './clean.ts'
import { lengthInCharacters, shorten } from './graphemes.ts'

const family = '👨‍👩‍👧‍👦'
const piece = fc.constantFrom(family, 'e\u0301\u0302', '🏳️‍🌈', 'שלום', 'नमस्ते', 'word', ' ', '\n', 'x', '!')
const words = fc.oneof(
  fc.array(piece, { maxLength: 60 }).map(each => each.join('')),
  fc.string({ unit: 'binary' }),
)

test('a text that is kept has no character that no keyboard makes, and cleaning it again changes nothing', () => {
  fc.assert(
    fc.property(fc.oneof(words, fc.string({ unit: 'binary' })), text => {
      const clean = cleanText(text)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      expect(clean).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/)
      expect(clean.isWellFormed()).toBe(true)
      expect(clean).toBe(clean.trim())
      expect(cleanText(clean)).toBe(clean)
    }),
  )
})

test('cleaning keeps what people wrote: other scripts, marks, emoji, lines', () => {
  for (const text of [
    'שלום עולם',
    'مرحبا',
    family,
    'नमस्ते',
    'one\ntwo\n\nthree',
    'a\tb',
    '\u202eabc',
    'a\u200db',
  ])
    expect(cleanText(text)).toBe(text)
  expect(cleanText(' a\r\nb\rc\u0000 ')).toBe('a\nb\nc')
  expect(cleanText('e\u0301')).toBe('é')
  expect(cleanText('a\ud800b')).toBe('a\ufffdb')
})

test('characters are counted as a person sees them', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(family, 'é', 'e\u0301', 'x', '한', '🏳️‍🌈'), { maxLength: 40 }),
      parts => {
        // A zero-width joiner or mark never begins a piece, so that pieces stay apart.
        expect(lengthInCharacters(parts.join(''))).toBe(parts.length)
      },
    ),
  )
})

test('a shortened text is no longer than asked, is a beginning of the whole, and cuts through no character', () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 2, max: 40 }), (text, most) => {
      const short = shorten(text, most)
      expect(lengthInCharacters(short)).toBeLessThanOrEqual(Math.max(most, 1))
      if (lengthInCharacters(text) <= most && text.length <= most * 8 + 64) expect(short).toBe(text)
      else {
        expect(short.endsWith('…')).toBe(true)
        const cut = short.slice(0, -1)
        expect(text.startsWith(cut)).toBe(true)
        const begins = new Set(Array.from(new Intl.Segmenter('en-GB').segment(text), each => each.index))
        expect(cut === '' || cut.length === text.length || begins.has(cut.length)).toBe(true)
      }
    }),
  )
  expect(shorten('The letters say nothing', 12)).toBe('The letters…')
  expect(shorten(family.repeat(5), 3)).toBe(`${family}${family}…`)
})
