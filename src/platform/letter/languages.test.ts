import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { readLetters, wordsOf } from '#tests/letters.ts'
import { languageOf } from '../languages/words.ts'
import { isForNotify } from './address.ts'
import { printsWhole } from './fonts.ts'
import { paragraphsOf } from './language.ts'
import { type LettersGiven, lettersPdf, type PrintedLetter } from './pdf.ts'

const given: LettersGiven = {
  network: { name: 'First Imaging Network', shortName: 'First', phone: '0121 496 0001' },
  day: Temporal.PlainDate.from('2026-06-09'),
}
/** As a sentence fences what runs from left to right. */
const fenced = (text: string) => `\u2066${text}\u2069`
const fences = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/

const paragraphs = [
  `محترم \u2068Najma Begum\u2069،`,
  `آپ نے 3 مارچ 2026 کو بتایا تھا کہ انتظار کرنا مشکل ہوتا ہے۔ آپ کا حوالہ نمبر ${fenced('C-1042')} ہے (میٹنگ ${fenced('M-14')})۔`,
  `بات کرنا چاہیں تو ہمیں ${fenced('020 7946 0000')} پر فون کریں، یا ${fenced('hello@first.example.org')} پر لکھیں۔`,
  `یہ صفحہ کھولیں:\n${fenced('https://loop.test/first/preferences/abcd')}`,
  `آپ کا مخلص\n\u2068First Imaging Network\u2069`,
]
const inUrdu = (more: Partial<PrintedLetter> = {}): PrintedLetter => ({
  name: 'Najma Begum',
  address: 'Najma Begum\n1 Made-up Road\nWillenhall\nWalsall\nWS1 1AA',
  subject: '\u2068First\u2069: آپ کی رائے کا جواب آ گیا ہے',
  body: paragraphs.join('\n\n'),
  largePrint: false,
  language: 'ur',
  ...more,
})
const read = (letters: readonly PrintedLetter[], more: Partial<LettersGiven> = {}) =>
  readLetters(lettersPdf(letters, { ...given, ...more }))
const bare = (text: string) => text.replaceAll(new RegExp(fences, 'g'), '').replaceAll('\n', ' ')

describe('letters in another language', () => {
  test('REACH-10 a letter in Urdu says so, has its fonts inside, and is read in the order in which it is said', async () => {
    const { language, parts, pages, raw, pdf } = await read([inUrdu()])
    expect(pdf.numPages).toBe(1)
    expect(language).toBe('ur')
    expect(parts[0]).toMatchObject({ kind: 'Document', lang: 'ur' })
    const fonts = [...raw.matchAll(/\/BaseFont \/(\S+)/g)].map(each => each[1])
    expect(fonts.some(each => each!.includes('NotoNaskhArabic'))).toBe(true)
    for (const each of fonts) expect(each).toMatch(/Noto(Sans|NaskhArabic)-/)
    expect(raw.match(/\/FontFile2/g)!.length).toBe(raw.match(/\/Type \/FontDescriptor/g)!.length)
    const says = parts.map(each => each.says)
    expect(says).toContain('9 جون 2026')
    expect(parts.find(each => each.kind === 'H1')!.says).toBe('آپ کی رائے کا جواب آ گیا ہے')
    for (const each of paragraphs.slice(0, 3)) expect(says).toContain(bare(each))
    expect(parts.map(each => each.kind)).toContain('Link')
    const annotations = await (await pdf.getPage(1)).getAnnotations()
    expect(annotations.map(each => each.url)).toEqual(['https://loop.test/first/preferences/abcd'])
    // What is copied from the file, by whoever's program knows nothing of the parts.
    const words = wordsOf(pages[0]!).replaceAll(' ', '')
    for (const each of paragraphs) expect(words).toContain(bare(each).replaceAll(' ', ''))
    expect(words).not.toMatch(fences)
  })

  test('REACH-10 in Urdu a letter runs from the right; numbers, references and addresses run from the left in it', async () => {
    const { pages } = await read([inUrdu()])
    const find = (text: string) => pages[0]!.find(each => each.text.includes(text))!
    for (const each of [
      'محترم',
      'آپ نے',
      'بات کرنا',
      'یہ صفحہ',
      'https://loop.test',
      'First Imaging Network',
    ])
      expect(pages[0]!.findLast(piece => piece.text.includes(each))!.right, each).toBeCloseTo(190, 0)
    expect(find('3').left).toBeGreaterThan(find('مارچ').right - 1)
    const year = pages[0]!.findLast(each => each.text === '2026')!
    expect(year.right).toBeLessThan(find('مارچ').left + 1)
    for (const each of ['C-1042', 'M-14', '020 7946 0000', 'hello@first.example.org', '0121 496 0001'])
      expect(pages[0]!.map(piece => piece.text)).toContain(each)
    expect(find('میٹنگ').text).toMatch(/\(میٹنگ$/)
  })

  test.each([
    ['dl', { left: 24, down: 52 }],
    ['notify', { left: 26, down: 40.5 }],
  ] as const)(
    'REACH-6 REACH-10 in Urdu the address stands in the window of %s as in English',
    async (window, at) => {
      const lines = ['Najma Begum', '1 Made-up Road', 'Willenhall', 'Walsall', 'WS1 1AA']
      const [english, urdu] = await Promise.all(
        (['en', 'ur'] as const).map(async language => {
          const { pages } = await read([inUrdu({ language })], { window })
          return pages[0]!.filter(each => each.left < 120 && each.down < 90)
        }),
      )
      expect(urdu).toEqual(english)
      expect(urdu!.map(each => each.text)).toEqual(lines)
      for (const each of urdu!) expect(each.left).toBeCloseTo(at.left, 1)
      expect(urdu![0]!.down).toBeGreaterThan(at.down)
    },
  )

  test('REACH-6 REACH-10 a long letter in Urdu and in large print keeps its margins and its pages are counted in Urdu', async () => {
    const body = [
      paragraphs[0],
      ...Array.from({ length: 14 }, (_, n) => `${n + 1} ${paragraphs[1]!.repeat((n % 4) + 1)}`),
      paragraphs[4],
    ].join('\n\n')
    for (const largePrint of [false, true]) {
      const { pages } = await read([inUrdu({ body, largePrint })])
      expect(pages.length).toBeGreaterThan(2)
      pages.forEach((page, n) => {
        const foot = page.filter(each => each.down > 278)
        expect(wordsOf(foot)).toBe(`صفحہ ${n + 1} از ${pages.length}`)
        for (const piece of page) {
          expect(piece.left).toBeGreaterThanOrEqual(19.5)
          expect(piece.right).toBeLessThanOrEqual(190.5)
          if (largePrint && piece.down > 96 && piece.down < 275)
            expect(piece.size).toBeGreaterThanOrEqual(17.9)
        }
        // No line of a paragraph stands alone.
        expect(new Set(page.map(each => Math.round(each.down))).size).toBeGreaterThan(3)
      })
      expect(wordsOf(pages.at(-1)!)).toMatch(/ہے.*آپ کا مخلص/)
    }
  })

  test('REACH-10 somebody’s words in Urdu stand in an English letter as they were written', async () => {
    const quote = 'میں 40 منٹ تک بیٹھی رہی (C-1042)، اور کسی نے نہیں پوچھا۔'
    const { pages, parts, language } = await read([
      inUrdu({
        language: 'en',
        subject: 'First: an answer',
        body: `Dear Najma\n\nYou said “بیٹھنا مشکل ہے” (C-1042).\n\n${quote}\n\nYours sincerely`,
      }),
    ])
    expect(language).toBe('en-GB')
    expect(parts.map(each => each.says)).toContain(quote)
    expect(parts.map(each => each.says)).toContain('You said “بیٹھنا مشکل ہے” (C-1042).')
    const find = (text: string) => pages[0]!.find(each => each.text.includes(text))!
    expect(find('You said').left).toBeCloseTo(20, 0)
    expect(find('میں').right).toBeCloseTo(190, 0)
    expect(wordsOf(pages[0]!)).toContain('Yours sincerely')
    expect(wordsOf(pages[0]!)).not.toContain('\uFFFD')
  })

  test('REACH-10 letters join: three together are narrower than three alone', async () => {
    const width = async (text: string) => {
      const { pages } = await read([inUrdu({ body: text })])
      const words = pages[0]!.filter(each => each.text.includes('س'))
      return Math.max(...words.map(each => each.right)) - Math.min(...words.map(each => each.left))
    }
    expect(await width('سسس')).toBeLessThan(0.9 * (await width('س\u200cس\u200cس')))
  })

  test('REACH-10 a letter in Welsh says so, with its day and its pages in Welsh', async () => {
    const { language, pages, parts } = await read([
      inUrdu({
        language: 'cy',
        subject: 'First: mae ateb',
        body: `Annwyl Łucja\n\n${Array.from({ length: 14 }, () => 'Cytunwyd â’ch barn. Ŵyr y tŷ. '.repeat(6)).join('\n\n')}`,
      }),
    ])
    expect(language).toBe('cy')
    expect(parts[0]).toMatchObject({ kind: 'Document', lang: 'cy' })
    expect(wordsOf(pages[0]!)).toContain('9 Mehefin 2026 Mae ateb')
    expect(wordsOf(pages[1]!)).toContain(`Tudalen 2 o ${pages.length}`)
    expect(pages[0]!.find(each => each.text.includes('Annwyl'))!.left).toBeCloseTo(20, 0)
  })

  test('REACH-10 in a batch each letter is in its own language', async () => {
    const { language, parts } = await read([
      inUrdu(),
      inUrdu({ language: 'cy', body: 'Annwyl Sam' }),
      inUrdu({ language: 'en', body: 'Dear Sam' }),
    ])
    expect(language).toBe('en-GB')
    expect(parts.filter(each => each.kind === 'Document').map(each => each.lang)).toEqual([
      'ur',
      'cy',
      'en-GB',
    ])
  })

  test('REACH-10 English words in a letter in Urdu are told as English, and begin on the left', () => {
    expect(
      paragraphsOf('آپ نے کہا:\n\nThe chairs are too low.\n\n\u2068First Network\u2069\n\n9:30', 'ur'),
    ).toEqual([
      { text: 'آپ نے کہا:', base: 'rtl' },
      { text: 'The chairs are too low.', base: 'ltr', lang: 'en-GB' },
      { text: '\u2068First Network\u2069', base: 'rtl', lang: 'en-GB' },
      { text: '9:30', base: 'rtl' },
    ])
    expect(paragraphsOf('Dear Sam\n\nبیٹھنا مشکل ہے', 'en')).toEqual([
      { text: 'Dear Sam', base: 'ltr' },
      { text: 'بیٹھنا مشکل ہے', base: 'rtl' },
    ])
    for (const each of [null, {}, { lang: 'xx' }, { lang: 7 }]) expect(languageOf(each)).toBe('en')
    expect(languageOf({ lang: 'ur' })).toBe('ur')
  })

  test('REACH-10 every letter of Urdu prints; what the fonts lack is still told of', () => {
    expect(printsWhole('ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیےئؤۂۓآأ،؟۔؛٪ًٌٍَُِّْٰٔ۰۱۲۳۴۵۶۷۸۹')).toBe(true)
    expect(printsWhole(`${fenced('020 7946 0000')}\u200f نہ\u200cیں`)).toBe(true)
    for (const each of ['李', 'שלום', 'ਪੰਜਾਬੀ', 'हिन्दी', '✓']) expect(printsWhole(each), each).toBe(false)
  })

  test('REACH-10 an address that runs from the right stays with the team: GOV.UK Notify reads it from the PDF', () => {
    expect(isForNotify({ name: 'Najma Begum', address: '1 Road\nWalsall\nWS1 1AA' })).toBe(true)
    expect(isForNotify({ name: 'نجمہ بیگم', address: '1 Road\nWalsall\nWS1 1AA' })).toBe(false)
  })

  const piece = fc.oneof(
    fc.constantFrom(
      'آپ',
      'کی',
      'رائے',
      'ہے۔',
      'لائبریری،',
      'پوچھا؟',
      'مُحَمَّد',
      'گئے',
      '(میٹنگ)',
      '«لڑکا»',
      'نہ\u200cیں',
    ),
    fc.constantFrom(
      'Dear',
      'Łucja',
      'plain-English',
      'Ελένη',
      'Иван',
      '(see',
      'below)',
      '“yes”',
      'office',
      'e\u0301t',
    ),
    fc.constantFrom(
      'C-1042',
      '020 7946 0000',
      '12',
      '1,234.50',
      '50%',
      '۱۲۳',
      '٤٥',
      '9:30',
      '–',
      '/',
      '[',
      ']',
    ),
    fc.constantFrom(
      fenced('M-14'),
      '\u2068Najma Begum\u2069',
      '\u2067وہ\u2069',
      '\u200f',
      '\u2069',
      '\u2066',
    ),
    fc.constantFrom(
      'https://loop.test/first/preferences/0123456789012345678901234567890123456789012345678901234567890123456789',
      'ہمیں'.repeat(30),
    ),
  )
  test('REACH-10 every letter of any mixture of scripts is in the file once, within the margins', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(piece, { minLength: 1, maxLength: 25 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom('en' as const, 'ur' as const),
        async (blocks, language) => {
          const body = blocks.map(each => each.join(' ')).join('\n\n')
          const { pages, parts } = await read([
            inUrdu({ language, body, subject: 'x', address: '', name: null }),
          ])
          const all = pages.flatMap((page, n) =>
            page.filter(each => each.down < 278 && (n > 0 || (each.down > 108 && each.size < 17))),
          )
          for (const each of all) {
            expect(each.left, each.text).toBeGreaterThanOrEqual(19)
            expect(each.right, each.text).toBeLessThanOrEqual(191)
          }
          const seen = (text: string) =>
            [
              ...bare(text)
                .normalize('NFC')
                .replaceAll(/[\s\u200c]/g, ''),
            ]
              .sort()
              .join('')
          expect(seen(all.map(each => each.text).join(''))).toBe(seen(body))
          for (const block of blocks) {
            const text = block.join(' ').normalize('NFC')
            if (/\p{Script=Arabic}/u.test(text)) expect(parts.map(each => each.says)).toContain(bare(text))
          }
        },
      ),
      { numRuns: 30 },
    )
  }, 60_000)
})
