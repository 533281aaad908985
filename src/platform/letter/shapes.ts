import { bidi, type Direction } from './direction.ts'

interface Position {
  xAdvance: number
  xOffset: number
  readonly yAdvance: number
  yOffset: number
  advanceWidth?: number
}
interface Glyph {
  readonly id: number
  readonly advanceWidth: number
  readonly codePoints: readonly number[]
  readonly path: {
    readonly commands: readonly { readonly command: string; readonly args: readonly number[] }[]
  }
}
interface FontFile {
  getGlyph(id: number, codePoints?: readonly number[]): Glyph
  layout(
    text: string,
    features: readonly string[],
    script: string,
    language: string,
    direction: Direction,
  ): { glyphs: Glyph[]; positions: Position[] }
}

/** Of the PDF library, what is used here: a font that goes into a file. Lengths are thousandths of the size. */
interface Embedded {
  encode: (text: string) => [string[], Position[]]
  layout: (text: string) => { advanceWidth: number; glyphs: []; positions: [] }
  /** The shapes that the file carries, in the order of their numbers there. */
  readonly subset: { readonly glyphs: number[] }
  readonly widths: number[]
  /** What each of them says to whoever reads the file. */
  readonly unicode: (readonly number[])[]
  readonly scale: number
  readonly font: FontFile
}

interface Dot {
  readonly drawing: string
  readonly x: number
  readonly y: number
}

interface Shaped {
  readonly codes: readonly string[]
  readonly places: readonly Position[]
  readonly dots: readonly Dot[]
  readonly advance: number
}

interface Joined {
  direction: Direction
  readonly shape: (text: string) => Shaped
}

const joined = new WeakMap<Embedded, Joined>()

/** How wide it is at a size of one. The font of the document is one of Arabic script. */
export const widthOfJoined = (doc: PDFKit.PDFDocument, text: string): number =>
  joinedOf(doc).shape(text).advance / 1000

/**
 * Sets Arabic script with its letters joined. In this font ب and پ are one shape with other dots, and the library lets a
 * shape say one letter alone: whoever copies from the file, or hears it, would get wrong words. So a shape goes in once for
 * each letter that it stands for, and the dots are drawn beside the text, as they say nothing.
 */
export function drawJoined(
  doc: PDFKit.PDFDocument,
  text: string,
  at: { size: number; x: number; y: number; direction: Direction },
): void {
  const font = joinedOf(doc)
  font.direction = at.direction
  doc.text(text, at.x, at.y, { lineBreak: false, baseline: 'alphabetic', features: [] })
  const part = at.size / 1000
  for (const { drawing, x, y } of font.shape(text).dots) {
    const scale = short(part * (doc as unknown as { _font: Embedded })._font.scale)
    const place = `${short(at.x + x * part)} ${short(at.y - y * part)}`
    doc.addContent(`q ${scale} 0 0 -${scale} ${place} cm ${drawing} f Q`)
  }
  font.direction = 'rtl'
}

const short = (n: number): string => String(Math.round(n * 10_000) / 10_000)

function joinedOf(doc: PDFKit.PDFDocument): Joined {
  const font = (doc as unknown as { _font: Embedded })._font
  const known = joined.get(font)
  if (known) return known
  const made = join(font)
  joined.set(font, made)
  return made
}

/** Word by word, as each comes again and again; letters join within a word alone. */
function join(font: Embedded): Joined {
  const { font: file, scale } = font
  const glyphOf = file.getGlyph.bind(file)
  // It remembers a shape with the letters for which it was asked first.
  file.getGlyph = (id, codePoints) => {
    const glyph = glyphOf(id, codePoints)
    return codePoints ? Object.create(glyph, { codePoints: { value: codePoints } }) : glyph
  }
  const numbers = new Map<string, number>()
  const drawings = new Map<number, string>()
  const words = new Map<string, Shaped>()
  const made: Joined = { direction: 'rtl', shape }
  font.encode = text => {
    const { codes, places } = shape(text)
    return [[...codes], [...places]]
  }
  font.layout = text => ({ advanceWidth: shape(text).advance, glyphs: [], positions: [] })
  return made

  function shape(text: string): Shaped {
    const parts = text.split(/(?<= )/).map(shapeWord)
    if (parts.length === 1) return parts[0]!
    if (made.direction === 'rtl') parts.reverse()
    let advance = 0
    const dots = parts.flatMap(part => {
      const along = advance
      advance += part.advance
      return part.dots.map(dot => ({ ...dot, x: dot.x + along }))
    })
    return {
      codes: parts.flatMap(each => each.codes),
      places: parts.flatMap(each => each.places),
      dots,
      advance,
    }
  }

  function shapeWord(word: string): Shaped {
    const key = `${made.direction} ${word}`
    const known = words.get(key)
    if (known) return known
    const { glyphs, positions } = file.layout(word, [], 'arab', 'URD ', made.direction)
    const codes: string[] = []
    const places: Position[] = []
    const dots: Dot[] = []
    let advance = 0
    glyphs.forEach((glyph, n) => {
      const position = positions[n]!
      const place = {
        xAdvance: position.xAdvance * scale,
        yAdvance: 0,
        xOffset: position.xOffset * scale,
        yOffset: position.yOffset * scale,
        advanceWidth: glyph.advanceWidth * scale,
      }
      if (glyph.codePoints.length === 0) {
        dots.push({ drawing: drawingOf(glyph), x: advance + place.xOffset, y: place.yOffset })
      } else if (!isJoiner(glyph, place)) {
        codes.push(numberOf(glyph).toString(16).padStart(4, '0'))
        places.push(place)
      }
      advance += place.xAdvance
    })
    const shaped = { codes, places, dots, advance }
    if (words.size > 5000) words.clear()
    words.set(key, shaped)
    return shaped
  }

  function numberOf(glyph: Glyph): number {
    const says = glyph.codePoints.map(unmirrored)
    const key = `${glyph.id} ${says.join()}`
    const known = numbers.get(key)
    if (known !== undefined) return known
    const number = font.subset.glyphs.push(glyph.id) - 1
    numbers.set(key, number)
    font.widths[number] = glyph.advanceWidth * scale
    font.unicode[number] = says
    return number
  }

  function drawingOf(glyph: Glyph): string {
    const known = drawings.get(glyph.id)
    if (known !== undefined) return known
    const drawing = inkOf(glyph)
    drawings.set(glyph.id, drawing)
    return drawing
  }
}

/** Its outline in the words of a PDF, which knows curves of the third degree only. */
function inkOf({ path }: Glyph): string {
  const inks: string[] = []
  let [x, y] = [0, 0]
  for (const { command, args } of path.commands) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = args
    if (command === 'closePath') inks.push('h')
    else if (command === 'moveTo') inks.push(`${a} ${b} m`)
    else if (command === 'lineTo') inks.push(`${a} ${b} l`)
    else if (command === 'bezierCurveTo') inks.push(`${a} ${b} ${c} ${d} ${e} ${f} c`)
    else {
      const [x1, y1] = [x + ((a - x) * 2) / 3, y + ((b - y) * 2) / 3]
      const [x2, y2] = [c + ((a - c) * 2) / 3, d + ((b - d) * 2) / 3]
      inks.push(`${short(x1)} ${short(y1)} ${short(x2)} ${short(y2)} ${c} ${d} c`)
    }
    if (args.length > 0) [x, y] = [args.at(-2)!, args.at(-1)!]
  }
  return inks.join(' ')
}

/** The library puts a space without a width where a joiner was. */
const isJoiner = ({ codePoints }: Glyph, { xAdvance }: Position): boolean =>
  codePoints[0] === 0x20 && xAdvance === 0

/** A bracket is drawn the other way round, and is the same bracket. */
const unmirrored = (code: number): number =>
  bidi.getMirroredCharacter(String.fromCodePoint(code))?.codePointAt(0) ?? code
