import { bidi, type Direction, isUnseen } from './direction.ts'
import { type FontName, fontFor, isArabic, type Weight } from './fonts.ts'

/** In one font, as it is handed to the PDF library. */
interface Piece {
  readonly font: FontName
  readonly text: string
  readonly width: number
}

/** In one direction, its pieces in the order in which they are read. */
interface Run {
  readonly rightToLeft: boolean
  readonly pieces: readonly Piece[]
  /** From the left end of the line. */
  readonly left: number
}

export interface Line {
  /** In the order in which they are read. */
  readonly runs: readonly Run[]
  /** Without the spaces at its end. */
  readonly width: number
}

export interface Setting {
  readonly base: Direction
  readonly weight: Weight
  readonly width: number
  /** How wide a piece is, as the library would set it. */
  readonly measure: (font: FontName, text: string) => number
}

/**
 * Text in lines no wider than `width`. It is broken in the order in which it is read, and each line is then put in the
 * order in which it is seen. A line break in the text ends a line; an empty text is one empty line.
 */
export function linesOf(text: string, how: Setting): readonly Line[] {
  return text.split('\n').flatMap(each => brokenAt(each, how))
}

interface Marked {
  readonly text: string
  readonly levels: Uint8Array
  readonly fonts: readonly (FontName | undefined)[]
}

function brokenAt(text: string, how: Setting): Line[] {
  const { levels } = bidi.getEmbeddingLevels(text, how.base)
  const marked: Marked = { text, levels, fonts: fontsOf(text, levels, how.weight) }
  const widthOf = (from: number, to: number) =>
    runsOf(marked, from, to, how).reduce((sum, each) => sum + widthOfRun(each), 0)
  const lines: Line[] = []
  let begins = 0
  let used = 0
  const endAt = (at: number) => {
    lines.push(lineOf(marked, begins, at, how))
    begins = at
    used = 0
  }
  for (const [from, to] of partsOf(text)) {
    const end = from + text.slice(from, to).trimEnd().length
    if (used > 0 && used + widthOf(from, end) > how.width) endAt(from)
    if (widthOf(from, end) <= how.width) {
      used += widthOf(from, to)
      continue
    }
    // Wider than a line: broken where it must be, between two letters.
    for (const { segment, index } of letters.segment(text.slice(from, to))) {
      const wide = widthOf(from + index, from + index + segment.length)
      if (used > 0 && used + wide > how.width && segment.trim()) endAt(from + index)
      used += wide
    }
  }
  lines.push(lineOf(marked, begins, text.length, how))
  return lines
}

const letters = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * Where a line may end: after spaces, but not within a number ("020 7946 0000"); after a dash, or a hyphen or a stroke
 * before a letter.
 */
const mayEnd =
  /(?<!\d)[ \u2000-\u2006\u2008-\u200a\u205f\u3000]+|(?<=\d) +(?![\d ])|[\u2012-\u2014](?=\p{L})|(?<=[\p{L}\p{N}/])[-/\u2010](?=\p{L})/gu

function partsOf(text: string): [number, number][] {
  const parts: [number, number][] = []
  let from = 0
  for (const each of text.matchAll(mayEnd)) {
    let to = each.index + each[0].length
    // A fence that closes belongs to what it closes.
    while (/[\u202c\u2069]/.test(text[to] ?? '')) to += 1
    parts.push([from, to])
    from = to
  }
  if (from < text.length) parts.push([from, text.length])
  return parts
}

/** Marks stand with the letter that they are on. */
function fontsOf(text: string, levels: Uint8Array, weight: Weight): (FontName | undefined)[] {
  const fonts: (FontName | undefined)[] = []
  let last: FontName | undefined
  for (const letter of text) {
    const at = fonts.length
    const font = isUnseen(letter)
      ? undefined
      : /[\p{M}\u200c\u200d]/u.test(letter) && last
        ? last
        : fontFor(letter, weight, (levels[at] ?? 0) % 2 === 1)
    last = font ?? last
    for (let n = 0; n < letter.length; n++) fonts.push(font)
  }
  return fonts
}

/** Spaces at the end of a line, and what nobody sees, stand where the line ends (L1). */
function levelsOfLine({ text, levels }: Marked, from: number, to: number, base: number): number[] {
  const found = [...levels.slice(from, to)]
  for (let at = to - 1; at >= from && (/\s/.test(text[at]!) || isUnseen(text[at]!)); at--)
    found[at - from] = base
  return found
}

interface LevelRun extends Omit<Run, 'left'> {
  readonly level: number
}

/** In parts of the size. */
export const widthOfRun = (run: Pick<Run, 'pieces'>): number =>
  run.pieces.reduce((sum, each) => sum + each.width, 0)

function runsOf(
  { text, fonts, levels: all }: Marked,
  from: number,
  to: number,
  how: Setting,
  levels: ArrayLike<number> = all.slice(from, to),
): LevelRun[] {
  const found: { level: number; pieces: { font: FontName; words: string }[] }[] = []
  for (let at = from; at < to; at++) {
    const font = fonts[at]
    if (!font) continue
    const level = levels[at - from]!
    let run = found.at(-1)
    if (run?.level !== level) {
      run = { level, pieces: [] }
      found.push(run)
    }
    const piece = run.pieces.at(-1)
    if (piece?.font === font) piece.words += text[at]
    else run.pieces.push({ font, words: text[at]! })
  }
  return found.map(({ level, pieces }) => {
    const rightToLeft = level % 2 === 1
    const ready = pieces.map(({ font, words: piece }) => {
      const given = asGiven(piece, font, rightToLeft)
      return { font, text: given, width: how.measure(font, given) }
    })
    return { level, rightToLeft, pieces: ready }
  })
}

/**
 * As the library takes it, which sets every font but that of Arabic script from left to right: what should go the other
 * way is given to it in reverse.
 */
function asGiven(words: string, font: FontName, rightToLeft: boolean): string {
  const seen = rightToLeft ? [...words].map(each => bidi.getMirroredCharacter(each) ?? each).join('') : words
  // On one letter a doubling stands below the vowel, whatever the order in which Unicode keeps them.
  if (isArabic(font)) return seen.replace(/([\u064b-\u0650\u0670]+)(\u0651)/g, '$2$1')
  if (!rightToLeft) return seen
  return [...seen.matchAll(/\P{M}\p{M}*|\p{M}+/gu)]
    .map(([each]) => each)
    .reverse()
    .join('')
}

function lineOf(marked: Marked, from: number, to: number, how: Setting): Line {
  const runs = runsOf(marked, from, to, how, levelsOfLine(marked, from, to, how.base === 'rtl' ? 1 : 0))
  const end = from + marked.text.slice(from, to).trimEnd().length
  const width = runsOf(marked, from, end, how).reduce((sum, each) => sum + widthOfRun(each), 0)
  const spaces = runs.reduce((sum, each) => sum + widthOfRun(each), 0) - width
  let left = how.base === 'rtl' ? -spaces : 0
  const lefts = new Map<LevelRun, number>()
  for (const run of inSight(runs)) {
    lefts.set(run, left)
    left += widthOfRun(run)
  }
  return { runs: runs.map(run => ({ ...run, left: lefts.get(run)! })), width }
}

/** From left to right: from the highest level down, what is at that level or above is turned round (L2). */
function inSight(runs: readonly LevelRun[]): LevelRun[] {
  const order = [...runs]
  const highest = Math.max(0, ...runs.map(each => each.level))
  for (let level = highest; level > 0; level--) {
    for (let from = 0; from < order.length; from++) {
      let to = from
      while (to < order.length && order[to]!.level >= level) to += 1
      order.splice(from, to - from, ...order.slice(from, to).reverse())
      from = to
    }
  }
  return order
}
