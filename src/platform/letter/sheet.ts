import { type Block, drawLine } from './setting.ts'

export type Doc = PDFKit.PDFDocument

/**
 * A part of the letter, as those who hear it read find it. In Arabic script `says` tells its words whole, as they are
 * read: on paper they stand in the order in which they are seen.
 */
export type Part = (
  kind: 'P' | 'H1' | 'Link',
  work: (element: PDFKit.PDFStructureElement) => void,
  more?: { readonly lang?: string | undefined; readonly says?: string },
) => void

export const mm = (n: number) => (n * 72) / 25.4
export const wide = mm(210)
export const high = mm(297)
export const edge = mm(20)
/** The page number stands below. */
export const foot = mm(22)
export const top = mm(20)
export const bottom = high - foot
export const firstLine = mm(97)
export const ink = '#212b32'

export function newPage(doc: Doc): void {
  doc.addPage()
  doc.y = top
}

/** Line by line, from where the last one ended. */
export function drawAll(doc: Doc, block: Block, at?: 'left' | 'right'): void {
  for (const line of block.lines) {
    const { y } = doc
    doc.fillColor(ink)
    drawLine(doc, block, line, { x: edge, y, ...(at ? { at } : {}) })
    doc.y = y + block.step
  }
}
