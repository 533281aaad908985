import { setImmediate as letOthersIn } from 'node:timers/promises'
import PDFDocument from 'pdfkit'
import { dateInWords } from '#kernel/calendar/words.ts'
import { directionOf, type PageLanguage, tagOf } from '../languages/words.ts'
import { forTheReader } from './address.ts'
import { directionOfText, withoutSigns } from './direction.ts'
import { hasArabic, printable } from './fonts.ts'
import { inWindow, type LettersGiven, linesIn, type PrintedLetter, sender, titleOf, windows } from './head.ts'
import { dayIn, paragraphsOf, said } from './language.ts'
import { readied, writeParagraph } from './paragraph.ts'
import { blockOf } from './setting.ts'
import {
  bottom,
  type Doc,
  drawAll,
  edge,
  firstLine,
  foot,
  high,
  mm,
  newPage,
  type Part,
  top,
  wide,
} from './sheet.ts'

export type { LettersGiven, PrintedLetter }

const sizes = { usual: 14, large: 18 } as const

/**
 * Letters as one PDF, each on its own sheets, as they are read: a batch of any size takes the memory of one letter. Tagged,
 * so that a screen reader reads them, too (PDF/UA: document, heading, paragraphs, links), with the fonts inside, and each
 * in its own language and direction.
 */
export function lettersPdf(
  letters: readonly PrintedLetter[],
  given: LettersGiven,
): ReadableStream<Uint8Array> {
  return ReadableStream.from(written(letters, given)) as ReadableStream<Uint8Array>
}

/** One letter, whole: for GOV.UK Notify. */
export async function letterPdf(letter: PrintedLetter, given: LettersGiven): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of written([letter], given)) pieces.push(piece)
  return Buffer.concat(pieces)
}

async function* written(letters: readonly PrintedLetter[], given: LettersGiven): AsyncGenerator<Uint8Array> {
  const doc = new PDFDocument({
    size: 'A4',
    margins: { top, bottom: foot, left: edge, right: edge },
    autoFirstPage: false,
    bufferPages: true,
    tagged: true,
    pdfVersion: '1.7',
    lang: tagOf((letters.length === 1 && letters[0]!.language) || 'en'),
    displayTitle: true,
    info: {
      Title:
        letters.length === 1
          ? withoutSigns(titleOf(letters[0]!, given))
          : `Letters of ${dateInWords(given.day)}`,
      Author: given.network.name,
    },
  })
  let pages = 0
  for (const letter of letters) {
    if (given.duplex && pages % 2 === 1) {
      doc.addPage()
      pages += 1
    }
    const first = pages
    writeLetter(doc, letter, given)
    const range = doc.bufferedPageRange()
    pages = range.start + range.count
    numberPages(doc, first, pages, letter.language ?? 'en')
    doc.flushPages()
    for (let piece = doc.read(); piece; piece = doc.read()) yield piece as Uint8Array
    // One large batch must not hold up the pages of everybody else.
    await letOthersIn()
  }
  if (pages === 0) doc.addPage()
  doc.end()
  for await (const piece of doc) yield piece as Uint8Array
}

function writeLetter(doc: Doc, letter: PrintedLetter, given: LettersGiven): void {
  const { language = 'en' } = letter
  const size = letter.largePrint ? sizes.large : sizes.usual
  const base = directionOf(language)
  const width = wide - 2 * edge
  doc.addPage()
  const root = doc.struct('Document', { lang: tagOf(language) })
  doc.addStructure(root)
  const part: Part = (kind, work, { lang, says = '' } = {}) => {
    const actual = hasArabic(says) ? withoutSigns(says).replaceAll('\n', ' ') : undefined
    const options = { ...(lang ? { lang } : {}), ...(actual ? { actual } : {}) }
    const element = doc.struct(kind, options, () => work(element))
    root.add(element)
  }
  sender(doc, given, part, language)
  const lines = linesIn(letter)
  part('P', () => inWindow(doc, lines, windows[given.window ?? 'dl']), { says: lines.join('\n') })
  doc.y = firstLine
  const day = dayIn(given.day, language)
  part('P', () => drawAll(doc, blockOf(doc, day, { size, base, width })), { says: day })
  doc.y += size * 0.9
  const title = printable(titleOf(letter, given))
  const heading = { size: size + 4, base: directionOfText(title, base), width, weight: 'strong' } as const
  part('H1', () => drawAll(doc, blockOf(doc, title, heading)), { says: title })
  doc.y += size * 0.8
  const paragraphs = paragraphsOf(printable(forTheReader(letter.body)), language).map(each =>
    readied(doc, each, { size, width }),
  )
  const gap = size * 0.6
  paragraphs.forEach((each, n) => {
    // The farewell stays with the words before it.
    const farewell = n === paragraphs.length - 2 ? paragraphs[n + 1]! : undefined
    const together = each.height + (farewell ? gap + farewell.height : 0)
    const apart = farewell !== undefined || n === paragraphs.length - 1
    if (apart && together > bottom - doc.y && together < (bottom - top) * 0.6) newPage(doc)
    writeParagraph(doc, each, part)
    doc.y += gap
  })
  root.end()
}

/** Only where there are several; not part of what is read out. */
function numberPages(doc: Doc, from: number, to: number, language: PageLanguage): void {
  if (to - from < 2) return
  const base = directionOf(language)
  for (let page = from; page < to; page++) {
    doc.switchToPage(page)
    doc.markContent('Artifact', { type: 'Pagination' })
    doc.y = high - mm(16)
    const text = said(`Page ${page - from + 1} of ${to - from}`, language)
    drawAll(
      doc,
      blockOf(doc, text, { size: 12, base, width: wide - 2 * edge }),
      base === 'rtl' ? 'left' : 'right',
    )
    doc.endMarkedContent()
  }
}
