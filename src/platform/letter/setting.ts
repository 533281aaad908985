import type { Direction } from './direction.ts'
import { type FontName, fontFiles, hasArabic, isArabic, reachOf, type Weight } from './fonts.ts'
import { type Line, linesOf, widthOfRun } from './lines.ts'
import { drawJoined, widthOfJoined } from './shapes.ts'

type Doc = PDFKit.PDFDocument

/** Lines of one kind, ready to be drawn. */
export interface Block {
  readonly lines: readonly Line[]
  readonly size: number
  readonly base: Direction
  readonly width: number
  /** From one line to the next. */
  readonly step: number
  /** From the top of a line down to where its letters stand. */
  readonly above: number
}

export interface Style {
  readonly size: number
  readonly base: Direction
  readonly width: number
  readonly weight?: Weight
  /** Between two lines, in parts of the size. */
  readonly gap?: number
  /** As much room as Arabic script needs; without it, as the words themselves need. */
  readonly tall?: boolean
}

/** At one size, letters of Arabic script look smaller than others. */
const larger = 1.12
const scaleOf = (font: FontName): number => (isArabic(font) ? larger : 1)

/** The library sets other script by words, and remembers them. */
function widthOf(doc: Doc, font: FontName, text: string): number {
  doc.font(fontFiles[font]).fontSize(1000)
  return isArabic(font) ? widthOfJoined(doc, text) : doc.widthOfString(text) / 1000
}

export function blockOf(doc: Doc, text: string, style: Style): Block {
  const { size, base, width, weight = 'text', gap = 0.15 } = style
  const lines = linesOf(text, {
    base,
    weight,
    width: width / size,
    measure: (font, piece) => widthOf(doc, font, piece) * scaleOf(font),
  })
  const latin = reachOf(weight)
  const arabic = reachOf(`arabic-${weight}`)
  const tall = style.tall ?? hasArabic(text)
  const above = size * (tall ? Math.max(latin.above, arabic.above * larger) : latin.above)
  const below = size * (tall ? Math.max(latin.below, arabic.below * larger) : latin.below)
  return { lines, size, base, width, step: above + below + gap * size, above }
}

/** In so many lines at the most; what is longer ends in three dots. */
export function blockWithin(doc: Doc, text: string, style: Style, most: number): Block {
  const letters = [...text]
  let block = blockOf(doc, text, style)
  while (block.lines.length > most && letters.pop() !== undefined) {
    block = blockOf(doc, `${letters.join('').trimEnd()}…`, style)
  }
  return block
}

export interface Place {
  readonly x: number
  readonly y: number
  /** Where the line stands in its width; without it, where its paragraph begins. */
  readonly at?: 'left' | 'right'
}

/**
 * Draws one line. Its pieces are drawn in the order in which they are read, each where it belongs: so whoever copies the
 * text, or hears it, gets it in that order.
 */
export function drawLine(
  doc: Doc,
  block: Block,
  line: Line,
  { x, y, at }: Place,
): { left: number; right: number } {
  const { size } = block
  const width = line.width * size
  const left = (at ?? (block.base === 'rtl' ? 'right' : 'left')) === 'right' ? x + block.width - width : x
  for (const run of line.runs) {
    let from = run.rightToLeft ? run.left + widthOfRun(run) : run.left
    for (const piece of run.pieces) {
      if (run.rightToLeft) from -= piece.width
      const place = { x: left + from * size, y: y + block.above }
      const scaled = size * scaleOf(piece.font)
      doc.font(fontFiles[piece.font]).fontSize(scaled)
      if (isArabic(piece.font)) {
        const direction = run.rightToLeft ? 'rtl' : 'ltr'
        drawJoined(doc, piece.text, { ...place, size: scaled, direction })
      } else doc.text(piece.text, place.x, place.y, { lineBreak: false, baseline: 'alphabetic' })
      if (!run.rightToLeft) from += piece.width
    }
  }
  return { left, right: left + width }
}
