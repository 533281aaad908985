import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ownWords } from './quoted.ts'

const own = 'Yes, that closes it.\n\nThank you all.'
const quoted = 'We said: the letters are longer now.\nDoes that close it?'
const marked = quoted.replace(/^/gm, '> ')

test.each([
  ['Gmail', `${own}\n\nOn Tue, 9 Jun 2026 at 10:00, First Network <loop@example.org> wrote:\n\n${marked}`],
  [
    'Gmail in Welsh',
    `${own}\n\nAr 9 Meh 2026 am 10:00, ysgrifennodd First Network <loop@example.org>:\n\n${marked}`,
  ],
  [
    'Gmail in Urdu',
    `${own}\n\nمنگل، 9 جون، 2026 کو 10:00 بجے، First Network <loop@example.org> نے لکھا:\n\n${marked}`,
  ],
  [
    'Gmail, wrapped',
    `${own}\n\nOn Tue, 9 Jun 2026 at 10:00, First Imaging\nNetwork <loop@example.org>\nwrote:\n${marked}`,
  ],
  [
    'Apple, HTML alone',
    `${own}\n\nOn 9 Jun 2026, at 10:00, First Network <loop@example.org> wrote:\n\n${quoted}`,
  ],
  [
    'Outlook',
    `${own}\n\nFrom: First Network <loop@example.org>\nSent: 09 June 2026 10:00\nTo: Vera\nSubject: An answer\n\n${quoted}`,
  ],
  [
    'Outlook, with a line',
    `${own}\n\n________________________________\nFrom: First Network\nSent: 09 June 2026 10:00\nTo: Vera\nSubject: An answer\n\n${quoted}`,
  ],
  ['Outlook of long ago', `${own}\n\n-----Original Message-----\nFrom: First Network\n\n${quoted}`],
  [
    'under the quote',
    `On Tue, 9 Jun 2026 at 10:00, First Network <loop@example.org> wrote:\n${marked}\n\n${own}`,
  ],
  [
    'between the lines',
    `> We said: the letters are longer now.\nYes, that closes it.\n> Does that close it?\n\nThank you all.`.replace(
      'Yes, that closes it.\n>',
      'Yes, that closes it.\n\n>',
    ),
  ],
  ['a signature', `${own}\n\n-- \nVera Volunteer\n07700 900123\n`],
  [
    'a signature and a quote',
    `${own}\n\n-- \nVera\n\nOn Tue, 9 Jun 2026 at 10:00, N <loop@example.org> wrote:\n${marked}`,
  ],
  ['a telephone', `${own}\n\nSent from my iPhone\n`],
  [
    'Outlook on a telephone',
    `${own}\n\nGet Outlook for iOS\n________________________________\nFrom: N <loop@example.org>\nSent: Tuesday\nTo: Vera\nSubject: Re\n${quoted}`,
  ],
])('REACH-2 what was quoted and signed is cut: %s', (_name, text) => {
  expect(ownWords(text)).toBe(own)
  expect(ownWords(text.replaceAll('\n', '\r\n'))).toBe(own)
})

test('REACH-2 a person’s own lines that look a little like a program’s stay', () => {
  for (const words of [
    'On Monday the doctor wrote:\nnothing at all.',
    'From: Birmingham I came by bus.',
    'I have three wishes\n-- more time\n-- more light',
    'Sent from the hospital to another one, I waited.\nThat was all, and nobody said a word about it to me for a week.',
  ])
    expect(ownWords(words)).toBe(words)
})

test('REACH-2 nothing is added, and what stands before a quote is never lost', () => {
  const line = fc.stringMatching(/^[a-z0-9 ,.!?'-]{0,40}$/)
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), fc.boolean(), (lines, withQuote) => {
      const words = lines
        .filter(each => !/^--\s*$/.test(each) && !/^(on|am|le|sent|get|from)\b/i.test(each.trim()))
        .join('\n')
      const text = withQuote
        ? `${words}\n\nOn Tue, 9 Jun 2026 at 10:00, N <l@example.org> wrote:\n${marked}`
        : words
      const clean = (of: string) => of.replace(/\s+/g, ' ').trim()
      expect(clean(ownWords(text))).toBe(clean(words))
    }),
  )
  fc.assert(
    fc.property(fc.string({ maxLength: 600 }), text => {
      const whole = text.replace(/\r\n?/g, '\n').replace(/\u00a0/g, ' ')
      for (const each of ownWords(text).split('\n')) expect(whole).toContain(each)
    }),
  )
})
