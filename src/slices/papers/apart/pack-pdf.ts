import {
  degrees,
  PDFDocument,
  type PDFFont,
  PDFHexString,
  PDFName,
  PDFNull,
  PDFNumber,
  type PDFPage,
  type PDFRef,
  rgb,
  StandardFonts,
} from '@cantoo/pdf-lib'
import type { Block } from '../text.ts'
import { drawable } from './drawable.ts'

/** What goes into one pack; its texts are ready, its files are as they were sent. */
export interface PackGiven {
  readonly network: string
  readonly title: string
  /** Under the title, one after the other. */
  readonly cover: readonly string[]
  readonly items: readonly {
    readonly number: number
    readonly title: string
    readonly lines: readonly string[]
    /** Places in `papers`. */
    readonly papers: readonly number[]
  }[]
  readonly papers: readonly {
    readonly reference: string
    readonly title: string
    /** Who wrote it, who may read it, how late it is. */
    readonly lines: readonly string[]
    /** Stands at the foot of each of its pages; nothing for what everybody may read. */
    readonly mark: string
    readonly summary: string
    readonly blocks: readonly Block[]
    readonly pdf: Uint8Array | undefined
  }[]
}

const width = 595.28
const height = 841.89
const margin = 56
const small = 9

/** Cover, agenda with page numbers, and every paper; bookmarks lead to each. */
export async function makePack(given: PackGiven): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  pdf.setTitle(`${given.title}: papers`, { showInWindowTitleBar: true })
  pdf.setLanguage('en-GB')
  const pen = await Pen.on(pdf)
  const cover = pen.newPage()
  pen.y -= 160
  pen.write(given.network, { size: 14 })
  pen.write(given.title, { size: 28, bold: true, after: 20 })
  for (const line of given.cover) pen.write(line, { size: 14, after: 4 })

  // The agenda stands before the papers, and says on which page each begins: its pages are kept free until that is known.
  const length = pen.pagesOf(() => putAgenda(pen, given, () => 8888))
  const free = Array.from({ length }, () => pen.newPage())
  const starts: PDFPage[] = []
  for (const paper of given.papers) starts.push(await putPaper(pen, paper))
  const pages = pdf.getPages()
  pen.over(free, () => putAgenda(pen, given, paper => pages.indexOf(starts[paper]!) + 1))

  numberPages(pdf, pen.regular, page => {
    const at = starts.findLastIndex(start => pages.indexOf(start) <= page)
    return at < 0 ? '' : given.papers[at]!.mark
  })
  bookmark(pdf, [
    { title: given.title, page: cover },
    { title: 'Agenda', page: free[0]! },
    ...given.papers.map((paper, n) => ({ title: `${paper.reference} ${paper.title}`, page: starts[n]! })),
  ])
  return await pdf.save()
}

/** A text as a PDF of its own: the file of a paper that was written here. */
export async function pdfOfText(title: string, blocks: readonly Block[]): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  pdf.setTitle(title, { showInWindowTitleBar: true })
  pdf.setLanguage('en-GB')
  const pen = await Pen.on(pdf)
  pen.newPage()
  pen.write(title, { size: 22, bold: true, after: 12 })
  for (const block of blocks) putBlock(pen, block)
  numberPages(pdf, pen.regular, () => '')
  return await pdf.save()
}

function putAgenda(pen: Pen, given: PackGiven, pageOf: (paper: number) => number): void {
  pen.write('Agenda', { size: 22, bold: true, after: 12 })
  for (const item of given.items) {
    pen.write(`${item.number}. ${item.title}`, { size: 13, bold: true, after: 2 })
    for (const line of item.lines) pen.write(line, { size: 11, after: 2, indent: 18 })
    for (const at of item.papers) {
      const paper = given.papers[at]!
      pen.write(`${paper.reference} ${paper.title}, page ${pageOf(at)}`, { size: 11, after: 2, indent: 18 })
    }
    pen.y -= 8
  }
}

/** Its summary on a page of its own, then the file's pages; its text where there are none, or they cannot be had. */
async function putPaper(pen: Pen, paper: PackGiven['papers'][number]): Promise<PDFPage> {
  const first = pen.newPage()
  pen.write(paper.reference, { size: 12, after: 2 })
  pen.write(paper.title, { size: 20, bold: true, after: 8 })
  for (const line of paper.lines) pen.write(line, { size: 11, after: 2 })
  pen.y -= 10
  pen.write('In short', { size: 14, bold: true, after: 4 })
  for (const line of paper.summary.split('\n')) pen.write(line, { size: 12, after: 6 })
  if (paper.pdf) {
    const why = await copyPages(pen.pdf, paper.pdf)
    if (why === undefined) return first
    pen.newPage()
    pen.write('The original is missing here', { size: 16, bold: true, after: 8 })
    pen.write(
      `The file of ${paper.reference} could not be put into this pack: ${why}. Download it from the page of the paper.`,
      { size: 12, after: 8 },
    )
    if (paper.blocks.length > 0) pen.write('This is its text.', { size: 12, after: 12 })
  } else pen.y -= 16
  for (const block of paper.blocks) putBlock(pen, block)
  return first
}

/** @returns why they could not be copied; nothing when all of them were */
async function copyPages(pdf: PDFDocument, bytes: Uint8Array): Promise<string | undefined> {
  const before = pdf.getPageCount()
  try {
    const source = await PDFDocument.load(bytes, { updateMetadata: false })
    const pages = await pdf.copyPages(source, source.getPageIndices())
    for (const page of pages) {
      // Nothing that acts by itself or leads elsewhere comes along.
      page.node.delete(PDFName.of('Annots'))
      page.node.delete(PDFName.of('AA'))
      pdf.addPage(page)
    }
    if (pages.length === 0) return 'it has no pages'
    // A page that cannot be written is found now, and not when all of it is.
    await pdf.flush()
    return undefined
  } catch (error) {
    for (let n = pdf.getPageCount() - 1; n >= before; n--) pdf.removePage(n)
    return /encrypt/i.test(`${(error as Error).name} ${(error as Error).message}`)
      ? 'it is locked with a password'
      : 'it is damaged'
  }
}

function putBlock(pen: Pen, block: Block): void {
  switch (block.kind) {
    case 'heading':
      pen.y -= 6
      pen.write(block.text, { size: { 2: 16, 3: 14, 4: 12 }[block.level], bold: true, after: 6 })
      break
    case 'paragraph':
      pen.write(block.text, { size: 12, after: 8 })
      break
    case 'list':
      for (const [n, item] of block.items.entries()) {
        pen.write(`${block.ordered ? `${n + 1}.` : '•'} ${item}`, { size: 12, after: 4, indent: 14 })
      }
      pen.y -= 4
      break
    case 'table':
      putTable(pen, block)
  }
}

function putTable(pen: Pen, table: Extract<Block, { kind: 'table' }>): void {
  const columns = Math.max(1, table.header.length, ...table.rows.map(row => row.length))
  // Too many columns for paper this wide: row by row instead.
  if (columns > 6) {
    for (const row of table.rows) {
      pen.write(row.map((cell, n) => `${table.header[n] ?? n + 1}: ${cell}`).join('; '), {
        size: 11,
        after: 6,
      })
    }
    return
  }
  for (const [n, row] of [table.header, ...table.rows].entries()) {
    pen.row(
      Array.from({ length: columns }, (_, at) => row[at] ?? ''),
      n === 0,
    )
  }
  pen.y -= 8
}

function numberPages(pdf: PDFDocument, font: PDFFont, markOf: (page: number) => string): void {
  const pages = pdf.getPages()
  for (const [n, page] of pages.entries()) {
    if (n === 0) continue
    const words = [markOf(n), `Page ${n + 1} of ${pages.length}`].filter(Boolean).join('. ')
    const { x, y, width: w, height: h } = page.getCropBox()
    const long = font.widthOfTextAtSize(words, small)
    // At the lower right as it is seen, however the page is turned.
    const turned = ((page.getRotation().angle % 360) + 360) % 360
    const at = {
      0: { x: x + w - long - 20, y: y + 12 },
      90: { x: x + w - 12, y: y + h - long - 20 },
      180: { x: x + long + 20, y: y + h - 12 },
      270: { x: x + 12, y: y + long + 20 },
    }[turned] ?? { x: x + w - long - 20, y: y + 12 }
    page.drawText(words, { ...at, size: small, font, rotate: degrees(turned), color: rgb(0.2, 0.2, 0.2) })
  }
}

/** The outline that a reader shows beside the pages. */
function bookmark(pdf: PDFDocument, marks: readonly { title: string; page: PDFPage }[]): void {
  const { context, catalog } = pdf
  const root = context.nextRef()
  const refs: PDFRef[] = marks.map(() => context.nextRef())
  for (const [n, mark] of marks.entries()) {
    const [before, after] = [refs[n - 1], refs[n + 1]]
    context.assign(
      refs[n]!,
      context.obj({
        Title: PDFHexString.fromText(mark.title),
        Parent: root,
        Dest: [mark.page.ref, PDFName.of('XYZ'), PDFNull, PDFNull, PDFNull],
        ...(before ? { Prev: before } : {}),
        ...(after ? { Next: after } : {}),
      }),
    )
  }
  context.assign(
    root,
    context.obj({ Type: 'Outlines', First: refs[0]!, Last: refs.at(-1)!, Count: PDFNumber.of(refs.length) }),
  )
  catalog.set(PDFName.of('Outlines'), root)
  catalog.set(PDFName.of('PageMode'), PDFName.of('UseOutlines'))
}

interface Style {
  readonly size: number
  readonly bold?: boolean
  readonly after?: number
  readonly indent?: number
}

/** Writes lines down a page, and takes a new one when it is full. */
class Pen {
  y = height - margin
  private page: PDFPage | undefined
  private free: PDFPage[] = []
  /** Set while only pages are counted. */
  private counting: { pages: number } | undefined

  readonly pdf: PDFDocument
  readonly regular: PDFFont
  private readonly boldFont: PDFFont

  private constructor(pdf: PDFDocument, regular: PDFFont, boldFont: PDFFont) {
    this.pdf = pdf
    this.regular = regular
    this.boldFont = boldFont
  }

  static async on(pdf: PDFDocument): Promise<Pen> {
    return new Pen(
      pdf,
      await pdf.embedFont(StandardFonts.Helvetica),
      await pdf.embedFont(StandardFonts.HelveticaBold),
    )
  }

  newPage(): PDFPage {
    this.y = height - margin
    if (this.counting) {
      this.counting.pages += 1
      return this.page!
    }
    this.page = this.free.shift() ?? this.pdf.addPage([width, height])
    return this.page
  }

  /** Writes on pages that are there already. */
  over(pages: readonly PDFPage[], work: () => void): void {
    this.free = [...pages]
    this.newPage()
    work()
  }

  pagesOf(work: () => void): number {
    const { y } = this
    this.y = height - margin
    this.counting = { pages: 1 }
    work()
    const { pages } = this.counting
    this.counting = undefined
    this.y = y
    return pages
  }

  write(text: string, style: Style): void {
    const font = style.bold ? this.boldFont : this.regular
    const indent = style.indent ?? 0
    for (const line of wrapped(drawable(text), font, style.size, width - 2 * margin - indent)) {
      this.line(line, font, style.size, margin + indent)
    }
    this.y -= style.after ?? 6
  }

  private line(text: string, font: PDFFont, size: number, x: number): void {
    if (this.y - size < margin) this.newPage()
    this.y -= size * 1.3
    if (!this.counting && text !== '') this.page!.drawText(text, { x, y: this.y, size, font })
  }

  row(cells: readonly string[], bold: boolean): void {
    const size = 10
    const wide = (width - 2 * margin) / cells.length
    const font = bold ? this.boldFont : this.regular
    const lines = cells.map(cell => wrapped(drawable(cell), font, size, wide - 8))
    const most = Math.max(1, ...lines.map(each => each.length))
    // A row that is longer than a page goes on over the next ones, line by line.
    for (let n = 0; n < most; n++) {
      if (this.y - size < margin) this.newPage()
      this.y -= size * 1.3
      if (this.counting) continue
      for (const [at, each] of lines.entries()) {
        const text = each[n]
        if (text) this.page!.drawText(text, { x: margin + at * wide, y: this.y, size, font })
      }
    }
    this.y -= 4
    if (!this.counting) {
      const line = { start: { x: margin, y: this.y }, end: { x: width - margin, y: this.y } }
      this.page!.drawLine({ ...line, thickness: bold ? 1 : 0.5, color: rgb(0.5, 0.5, 0.5) })
    }
    this.y -= 2
  }
}

/** Lines that fit; a word longer than a line is broken. */
function wrapped(text: string, font: PDFFont, size: number, room: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).filter(each => each !== '')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (font.widthOfTextAtSize(longer, size) <= room) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    line = word
    while (font.widthOfTextAtSize(line, size) > room && line.length > 1) {
      let fits = line.length - 1
      while (fits > 1 && font.widthOfTextAtSize(line.slice(0, fits), size) > room) fits -= 1
      lines.push(line.slice(0, fits))
      line = line.slice(fits)
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line]
}
