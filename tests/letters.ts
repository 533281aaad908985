import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFString,
} from '@cantoo/pdf-lib'
import { getDocumentProxy } from 'unpdf'

/** A piece of text of a letter, where it stands on the page, in millimetres. */
export interface Piece {
  readonly text: string
  readonly size: number
  readonly left: number
  readonly right: number
  /** Of the baseline, from the top of the page. */
  readonly down: number
}

/** What a screen reader is told of a part. */
export interface Part {
  readonly kind: string
  readonly lang: string | undefined
  readonly says: string | undefined
}

const mm = (points: number) => (points * 25.4) / 72

/** A PDF of letters as its readers get it: the pieces of each page in their order, and the parts of the document. */
export async function readLetters(given: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>) {
  const bytes = new Uint8Array(await new Response(given).arrayBuffer())
  const raw = Buffer.from(bytes).toString('latin1')
  const parts = await partsOf(bytes)
  const pdf = await getDocumentProxy(bytes)
  const pages: Piece[][] = []
  for (let n = 1; n <= pdf.numPages; n++) {
    const page = await pdf.getPage(n)
    const { items } = await page.getTextContent()
    const [, , width, height] = page.view as [number, number, number, number]
    pages.push(
      items.flatMap(item =>
        'str' in item && item.str.trim()
          ? [
              {
                text: item.str,
                size: Math.hypot(item.transform[2], item.transform[3]),
                left: mm(item.transform[4]),
                right: mm(item.transform[4] + item.width),
                down: mm(height - item.transform[5]),
              },
            ]
          : [],
      ),
    )
    if (Math.round(mm(width)) !== 210 || Math.round(mm(height)) !== 297) throw new Error('not A4')
  }
  const { Language: language } = (await pdf.getMetadata()).info as { Language?: string }
  return { pdf, pages, raw, parts, language }
}

/** The words in the order in which the file has them. */
export const wordsOf = (pieces: readonly Piece[]): string =>
  pieces
    .map(each => each.text)
    .join(' ')
    .replace(/\s+/g, ' ')

async function partsOf(bytes: Uint8Array): Promise<Part[]> {
  const { context, catalog } = await PDFDocument.load(bytes.slice(), { updateMetadata: false })
  const parts: Part[] = []
  const text = (given: PDFObject | undefined) =>
    given instanceof PDFString || given instanceof PDFHexString ? given.decodeText() : undefined
  const walk = (given: PDFObject | undefined): void => {
    const found = context.lookup(given)
    if (found instanceof PDFArray) for (const each of found.asArray()) walk(each)
    if (!(found instanceof PDFDict)) return
    const kind = found.lookup(PDFName.of('S'))
    if (kind instanceof PDFName)
      parts.push({
        kind: kind.decodeText(),
        lang: text(found.lookup(PDFName.of('Lang'))),
        says: text(found.lookup(PDFName.of('ActualText'))),
      })
    walk(found.get(PDFName.of('K')))
  }
  walk(catalog.get(PDFName.of('StructTreeRoot')))
  return parts
}
