import { setImmediate as letOthersIn } from 'node:timers/promises'
import PDFDocument from 'pdfkit'
import { dateInWords } from '#kernel/calendar/words.ts'
import type { PlainDate } from '../database/tables.ts'
import { forTheReader, linesInWindow } from './address.ts'
import { fontFiles, printable } from './fonts.ts'

export interface PrintedLetter {
  readonly name: string | null
  readonly address: string
  /** "First: there is an answer" */
  readonly subject: string
  readonly body: string
  readonly largePrint: boolean
}

export interface LettersGiven {
  readonly network: { readonly name: string; readonly shortName: string; readonly phone: string | null }
  readonly day: PlainDate
  /** Printed on both sides: each letter begins on a sheet of its own. */
  readonly duplex?: boolean
  /** Where the address stands: in the window of a DL envelope, or where GOV.UK Notify looks for it. */
  readonly window?: keyof typeof windows
}

const mm = (n: number) => (n * 72) / 25.4
const wide = mm(210)
const high = mm(297)

/**
 * DL with a window of 90 by 35 mm, 20 mm from the left, A4 folded in three: what stands here is seen however the sheet
 * slides. Notify: the address area of its specification for letters that come as a PDF.
 */
const windows = {
  dl: { x: mm(24), y: mm(52), width: mm(84), height: mm(32), most: 11 },
  notify: { x: mm(26), y: mm(40.5), width: mm(92), height: mm(25), most: 10 },
} as const

const edge = mm(20)
/** The page number stands below. */
const foot = mm(22)
const top = mm(20)
const firstLine = mm(97)
const sizes = { usual: 14, large: 18 } as const
const ink = '#212b32'
const rule = '#005eb8'

type Doc = PDFKit.PDFDocument

/**
 * Letters as one PDF, each on its own sheets, as they are read: a batch of any size takes the memory of one letter. Tagged,
 * so that a screen reader reads them, too (PDF/UA: document, heading, paragraphs, links), with the font inside.
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
    lang: 'en-GB',
    displayTitle: true,
    info: {
      Title: letters.length === 1 ? titleOf(letters[0]!, given) : `Letters of ${dateInWords(given.day)}`,
      Author: given.network.name,
    },
  })
  doc.registerFont('text', fontFiles.regular).registerFont('strong', fontFiles.bold)
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
    numberPages(doc, first, pages)
    doc.flushPages()
    for (let piece = doc.read(); piece; piece = doc.read()) yield piece as Uint8Array
    // One large batch must not hold up the pages of everybody else.
    await letOthersIn()
  }
  if (pages === 0) doc.addPage()
  doc.end()
  for await (const piece of doc) yield piece as Uint8Array
}

const titleOf = (letter: PrintedLetter, { network }: LettersGiven): string => {
  const prefix = `${network.shortName}: `
  const plain = letter.subject.startsWith(prefix) ? letter.subject.slice(prefix.length) : letter.subject
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}`
}

function writeLetter(doc: Doc, letter: PrintedLetter, given: LettersGiven): void {
  const size = letter.largePrint ? sizes.large : sizes.usual
  doc.addPage()
  const root = doc.struct('Document')
  doc.addStructure(root)
  const part = (kind: string, work: () => void) => root.add(doc.struct(kind, {}, work))
  sender(doc, given, part)
  const area = windows[given.window ?? 'dl']
  part('P', () => inWindow(doc, letter, area))
  doc.x = edge
  doc.y = firstLine
  const width = wide - 2 * edge
  const set = (font: 'text' | 'strong', points: number) =>
    doc
      .font(font)
      .fontSize(points)
      .fillColor(ink)
      .lineGap(points * 0.15)
  part('P', () => {
    set('text', size).text(dateInWords(given.day), edge, firstLine, { width })
  })
  doc.moveDown(0.7)
  part('H1', () => {
    set('strong', size + 4).text(printable(titleOf(letter, given)), edge, doc.y, { width })
  })
  doc.moveDown(0.6)
  const paragraphs = printable(forTheReader(letter.body))
    .split(/\n{2,}/)
    .filter(Boolean)
  const heightOf = (text: string) => set('text', size).heightOfString(text, { width })
  const line = heightOf('x')
  const gap = size * 0.6
  paragraphs.forEach((text, n) => {
    const left = high - foot - doc.y
    const height = heightOf(text)
    const isLast = n === paragraphs.length - 1
    // The farewell stays with the words before it, and no line stands alone at the foot or the head of a page.
    const needs =
      n === paragraphs.length - 2 ? height + gap + heightOf(paragraphs[n + 1]!) : isLast ? height : 2 * line
    const alone = height > left && height - left < 1.5 * line && height <= left + 1.5 * line
    if (
      (needs > left && needs < (high - top - foot) * 0.6) ||
      (alone && height < (high - top - foot) * 0.6)
    ) {
      doc.addPage()
      doc.y = top
    }
    paragraph(doc, text, { width, part, set: () => set('text', size) })
    doc.y += gap
  })
  root.end()
}

type Part = (kind: string, work: () => void) => void

function sender(doc: Doc, { network }: LettersGiven, part: Part): void {
  const x = mm(125)
  const width = wide - edge - x
  part('P', () => {
    doc.font('strong').fontSize(13).fillColor(rule).lineGap(1)
    doc.text(printable(network.name), x, top, { width, height: mm(18), ellipsis: true })
    if (network.phone) {
      doc
        .font('text')
        .fontSize(12)
        .fillColor(ink)
        .text(printable(network.phone), x, doc.y + 2, { width })
    }
  })
}

/** As large as it fits: it is for the post, and its reader knows it. */
function inWindow(
  doc: Doc,
  letter: PrintedLetter,
  area: { x: number; y: number; width: number; height: number; most: number },
): void {
  const lines = letter.address ? linesInWindow(letter).map(printable) : ['We have no address']
  doc.font('text').fillColor(ink).lineGap(0)
  const step = area.height / Math.max(lines.length, 1)
  const fits = (points: number) =>
    doc.fontSize(points).currentLineHeight() <= step &&
    lines.every(each => doc.fontSize(points).widthOfString(each) <= area.width)
  let points: number = area.most
  while (points > 8 && !fits(points)) points -= 0.5
  doc.fontSize(points)
  const lineHeight = Math.min(step, doc.currentLineHeight())
  lines.forEach((each, n) => {
    doc.text(each, area.x, area.y + n * lineHeight, {
      width: area.width,
      height: lineHeight,
      ellipsis: true,
      lineBreak: true,
    })
  })
}

const address = /^https?:\/\/\S+$/

/** Words and, on a line of its own, the address of a page: that is a link for whoever reads on a screen. */
function paragraph(doc: Doc, text: string, how: { width: number; part: Part; set: () => Doc }): void {
  const lines = text.split('\n')
  const pieces: string[][] = []
  for (const each of lines) {
    const last = pieces.at(-1)
    if (address.test(each) || !last || address.test(last[0]!)) pieces.push([each])
    else last.push(each)
  }
  for (const piece of pieces) {
    const words = piece.join('\n')
    const link = address.test(words)
    how.part(link ? 'Link' : 'P', () => {
      how.set().text(words, edge, doc.y, { width: how.width, ...(link ? { link: words } : {}) })
    })
  }
}

/** Only where there are several; not part of what is read out. */
function numberPages(doc: Doc, from: number, to: number): void {
  if (to - from < 2) return
  for (let page = from; page < to; page++) {
    doc.switchToPage(page)
    // Below the margin the library would begin another page.
    const margins = doc.page.margins
    doc.page.margins = { ...margins, bottom: 0 }
    doc.markContent('Artifact', { type: 'Pagination' })
    doc
      .font('text')
      .fontSize(12)
      .fillColor(ink)
      .text(`Page ${page - from + 1} of ${to - from}`, edge, high - mm(16), {
        width: wide - 2 * edge,
        align: 'right',
        lineBreak: false,
      })
    doc.endMarkedContent()
    doc.page.margins = margins
  }
}
