import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { readLetters, wordsOf as textOf } from '#tests/letters.ts'
import { isForNotify, linesInWindow } from './address.ts'
import { printsWhole } from './fonts.ts'
import { type LettersGiven, lettersPdf, type PrintedLetter } from './pdf.ts'

const given: LettersGiven = {
  network: { name: 'First Imaging Network', shortName: 'First', phone: '0121 496 0001' },
  day: Temporal.PlainDate.from('2026-06-09'),
}
const aLetter = (more: Partial<PrintedLetter> = {}): PrintedLetter => ({
  name: 'Łucja Őrség',
  address: 'Łucja Őrség\n1 Made-up Road\nWillenhall\nWalsall\nWS1 1AA',
  subject: 'First: there is an answer',
  body: 'Dear Łucja Őrség\n\nYour view was agreed.\n\nGo to this page.\nhttp://loop.test/first/preferences/abcd\n\nYours sincerely\nFirst Imaging Network',
  largePrint: false,
  ...more,
})
const long = (n: number) =>
  `Dear Reader\n\n${Array.from({ length: n }, (_, i) => `Paragraph ${i}. ${'Something was said and something was done about it. '.repeat(i % 5 === 0 ? 12 : 3)}`).join('\n\n')}\n\nYours sincerely\nFirst Imaging Network`

const read = (letters: readonly PrintedLetter[], more: Partial<LettersGiven> = {}) =>
  readLetters(lettersPdf(letters, { ...given, ...more }))
const mm = (points: number) => (points * 25.4) / 72

describe('REACH-6 letters', () => {
  test('REACH-6 a letter is A4, in 14 point, tagged, in English, with its font inside, and any Latin name prints', async () => {
    const { pdf, pages, raw, language } = await read([aLetter()])
    expect(pdf.numPages).toBe(1)
    const text = textOf(pages[0]!)
    for (const each of ['Łucja Őrség', 'There is an answer', '9 June 2026', 'Your view was agreed.'])
      expect(text).toContain(each)
    const body = pages[0]!.find(each => each.text.includes('Your view was agreed'))!
    expect(body.size).toBeCloseTo(14)
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true })
    expect(language).toBe('en-GB')
    const tree = JSON.stringify(await (await pdf.getPage(1)).getStructTree())
    for (const role of ['Document', 'H1', 'P', 'Link']) expect(tree).toContain(`"role":"${role}"`)
    expect(raw).toContain('/FontFile2')
    expect(raw).toContain('/DisplayDocTitle true')
    const fonts = [...raw.matchAll(/\/BaseFont \/(\S+)/g)].map(each => each[1])
    expect(fonts.length).toBeGreaterThan(0)
    for (const font of fonts) expect(font).toMatch(/NotoSans/)
    const links = await (await pdf.getPage(1)).getAnnotations()
    expect(links[0].url).toBe('http://loop.test/first/preferences/abcd')
  })

  test('REACH-6 in large print every line of the letter is 18 point or more', async () => {
    const { pages } = await read([
      aLetter({ largePrint: true, body: `[Print in large type: 18 point]\n\n${long(4)}` }),
    ])
    expect(textOf(pages[0]!)).not.toContain('Print in large type')
    const body = pages.flat().filter(each => each.down > 96 && !/^Page \d/.test(each.text))
    expect(body.length).toBeGreaterThan(10)
    for (const each of body) if (each.down < 280) expect(each.size, each.text).toBeGreaterThanOrEqual(17.9)
  })

  test.each([
    ['dl', { left: 20, right: 110, top: 50, bottom: 85 }],
    ['notify', { left: 24.6, right: 120, top: 39.5, bottom: 66.3 }],
  ] as const)(
    'REACH-6 the address stands in the window of %s, alone, however long it is',
    async (window, box) => {
      for (const address of [
        'Al\n1 Road\nWS1 1AA',
        'Łucja Őrség\n1 Made-up Road\nWillenhall\nWalsall\nWS1 1AA',
        'A\nFlat 3 of the very long and winding house with a name of its own upon a hill\nLine 3\nLine 4\nLine 5\nLine 6\nLine 7\nLine 8\nWS1 1AA',
      ]) {
        const letter = aLetter({ name: null, address })
        const { pages } = await read([letter], { window })
        const inside = pages[0]!.filter(
          each => each.left < box.right && each.down > box.top - 5 && each.down < box.bottom + 5,
        )
        // The sender stands to the right of the window, and nothing else is near it.
        const near = inside.filter(each => each.left < 124)
        expect(textOf(near)).toContain('WS1 1AA')
        expect(near.length).toBeLessThanOrEqual(7)
        for (const each of near) {
          expect(each.left, each.text).toBeGreaterThanOrEqual(box.left)
          expect(each.right, each.text).toBeLessThanOrEqual(box.right)
          expect(each.down - mm(each.size), each.text).toBeGreaterThanOrEqual(box.top - 0.5)
          expect(each.down, each.text).toBeLessThanOrEqual(box.bottom)
        }
        // Where Notify wants to print its own mark.
        expect(pages[0]!.filter(each => each.left < 15 || each.down < 17)).toEqual([])
      }
    },
  )

  test('REACH-6 a long letter has numbered pages, keeps its margins, and no page holds the farewell alone', async () => {
    for (const n of [6, 7, 8, 9, 10, 11, 12, 13, 20]) {
      const { pages } = await read([aLetter({ body: long(n) })])
      if (pages.length > 1) {
        pages.forEach((each, at) => {
          expect(textOf(each)).toContain(`Page ${at + 1} of ${pages.length}`)
          for (const piece of each) {
            expect(piece.left).toBeGreaterThanOrEqual(19.9)
            expect(piece.right).toBeLessThanOrEqual(190.5)
          }
        })
      }
      const last = textOf(pages.at(-1)!)
      expect(last, `${n} paragraphs`).toMatch(/about it\..*Yours sincerely/)
    }
  })

  test('REACH-6 a batch: each letter numbered for itself, on sheets of its own when both sides are printed, none lost', async () => {
    const letters = Array.from({ length: 60 }, (_, n) =>
      aLetter({
        name: `Reader ${n}`,
        address: `1 Road\nTown\nWS1 1AA`,
        body: n % 3 === 0 ? long(12) : 'Dear you\n\nYes.',
      }),
    )
    const single = await read(letters)
    const duplex = await read(letters, { duplex: true })
    for (let n = 0; n < letters.length; n++) {
      const name = new RegExp(`Reader ${n}\\b`)
      expect(single.pages.filter(each => name.test(textOf(each)))).toHaveLength(1)
      expect(duplex.pages.findIndex(each => name.test(textOf(each))) % 2, `letter ${n}`).toBe(0)
    }
    expect(textOf(single.pages[1]!)).toContain('Page 2 of')
  }, 30_000)

  test('REACH-6 a character that the font lacks stays visible and is told of', async () => {
    const { pages } = await read([aLetter({ body: 'Dear 李 Li\n\nשלום' })])
    expect(textOf(pages[0]!)).toMatch(/Dear \uFFFD Li/)
    expect(printsWhole('Łucja Őrség Ñuñez Đặng Žižek Ελένη Иван – “yes”')).toBe(true)
    expect(printsWhole('李')).toBe(false)
    expect(printsWhole('שלום')).toBe(false)
  })

  test.each([
    ['Al\n1 Road\nWS1 1AA', true],
    ['Al, 1 Road, Town, ws11aa', true],
    ['Al\nWS1 1AA', false],
    ['Al\n1 Road\nWalsall', false],
    ['1\n2\n3\n4\n5\n6\n7\nWS1 1AA', false],
  ])('REACH-6 GOV.UK Notify takes %j: %s', (address, takes) => {
    expect(isForNotify({ name: null, address })).toBe(takes)
  })

  test('REACH-6 no more than seven lines, the postcode last', () => {
    expect(linesInWindow({ name: 'A', address: '1\n2\n3\n4\n5\n6\n7\nWS1 1AA' })).toEqual([
      'A',
      '1',
      '2',
      '3',
      '4',
      '5, 6, 7',
      'WS1 1AA',
    ])
  })
})
