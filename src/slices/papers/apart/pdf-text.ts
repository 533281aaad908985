import { getDocumentProxy } from 'unpdf'
import { type Block, mostCharacters, mostPages, type ReadText } from '../text.ts'

interface Line {
  readonly text: string
  readonly size: number
  /** From the bottom of its page. */
  readonly y: number
  readonly page: number
}

const nothing = (state: ReadText['state'], pages: number | null = null): ReadText => ({
  state,
  pages,
  blocks: [],
})

/** Headings by the size of their letters, paragraphs by the room between lines. */
export async function readPdf(bytes: Uint8Array): Promise<ReadText> {
  let pdf: Awaited<ReturnType<typeof getDocumentProxy>>
  try {
    pdf = await getDocumentProxy(bytes, { verbosity: 0, disableFontFace: true })
  } catch (error) {
    return nothing((error as Error).name === 'PasswordException' ? 'encrypted' : 'broken')
  }
  const pages = pdf.numPages
  if (pages > mostPages) return nothing('too-large', pages)
  const lines: Line[] = []
  let characters = 0
  let withText = 0
  for (let number = 1; number <= pages; number++) {
    const found = await linesOf(pdf, number).catch(() => [])
    const here = found.reduce((sum, line) => sum + line.text.length, 0)
    characters += here
    if (characters > mostCharacters) return nothing('too-large', pages)
    // A page number alone, stamped on a scan, is no text.
    if (here > 20) withText += 1
    lines.push(...found)
  }
  if (withText === 0 || withText * 2 < pages) return nothing('scanned', pages)
  return { state: 'readable', pages, blocks: blocksOf(lines) }
}

async function linesOf(pdf: Awaited<ReturnType<typeof getDocumentProxy>>, number: number): Promise<Line[]> {
  const page = await pdf.getPage(number)
  const { items } = await page.getTextContent()
  const lines: Line[] = []
  let text = ''
  let size = 0
  let y = Number.NaN
  let right = 0
  const end = () => {
    const clean = text.replaceAll(/\s+/gu, ' ').trim()
    if (clean !== '') lines.push({ text: clean, size, y, page: number })
    text = ''
    size = 0
  }
  for (const item of items) {
    if (!('str' in item)) continue
    const [, , , , x = 0, at = 0] = item.transform as number[]
    if (item.str.trim() !== '') {
      if (!Number.isNaN(y) && Math.abs(at - y) > Math.max(2, item.height * 0.5)) end()
      else if (text !== '' && x - right > item.height * 0.15 && !/\s$/.test(text)) text += ' '
      size = Math.max(size, item.height)
      y = at
      right = x + item.width
    }
    text += item.str
    if (item.hasEOL) end()
  }
  end()
  page.cleanup()
  return lines
}

const bullet = /^(?:[•●▪◦‣·*–-]|o(?=\s))\s*(?=\S)/u
const numbered = /^(?:\d{1,2}|[a-z])[.)]\s+(?=\S)/u

function blocksOf(lines: readonly Line[]): Block[] {
  const body = commonest(lines)
  const sizes = [...new Set(lines.map(line => Math.round(line.size)))]
    .filter(size => size > body * 1.12)
    .sort((one, other) => other - one)
  const levelOf = (line: Line): 2 | 3 | 4 | undefined => {
    if (line.text.length > 150) return undefined
    const at = sizes.indexOf(Math.round(line.size))
    return at < 0 ? undefined : ([2, 3, 4] as const)[Math.min(at, 2)]
  }
  const blocks: Block[] = []
  let before: Line | undefined
  for (const line of withoutFurniture(lines)) {
    const gap = before && before.page === line.page ? before.y - line.y : 0
    // A new paragraph: more room than between lines, or a page that begins with a capital after a full stop.
    const apart = !before || gap > Math.max(before.size, line.size) * 1.7 || gap < 0
    put(blocks, line, levelOf(line), apart, before !== undefined && before.page !== line.page)
    before = line
  }
  return blocks
}

function put(
  blocks: Block[],
  line: Line,
  level: 2 | 3 | 4 | undefined,
  apart: boolean,
  newPage: boolean,
): void {
  const last = blocks.at(-1)
  if (level) {
    // A heading that runs over two lines is one heading.
    if (last?.kind === 'heading' && last.level === level && !apart && !newPage) {
      blocks[blocks.length - 1] = { ...last, text: `${last.text} ${line.text}` }
    } else blocks.push({ kind: 'heading', level, text: line.text })
    return
  }
  const mark = bullet.exec(line.text) ?? numbered.exec(line.text)
  if (mark && line.text.length > mark[0].length) {
    const ordered = numbered.test(line.text)
    const item = line.text.slice(mark[0].length)
    if (last?.kind === 'list' && last.ordered === ordered) {
      blocks[blocks.length - 1] = { ...last, items: [...last.items, item] }
    } else blocks.push({ kind: 'list', ordered, items: [item] })
    return
  }
  const goesOn = newPage ? /^\p{Ll}/u.test(line.text) : !apart
  if (goesOn && last?.kind === 'list') {
    const items = [...last.items]
    items.push(joined(items.pop() ?? '', line.text))
    blocks[blocks.length - 1] = { ...last, items }
  } else if (goesOn && last?.kind === 'paragraph') {
    blocks[blocks.length - 1] = { ...last, text: joined(last.text, line.text) }
  } else blocks.push({ kind: 'paragraph', text: line.text })
}

/** A word that was broken at the end of a line is one word again. */
const joined = (one: string, other: string): string =>
  /\p{Ll}-$/u.test(one) && /^\p{Ll}/u.test(other) ? one.slice(0, -1) + other : `${one} ${other}`

/** The size of most of the letters. */
function commonest(lines: readonly Line[]): number {
  const counts = new Map<number, number>()
  for (const line of lines) {
    const size = Math.round(line.size)
    counts.set(size, (counts.get(size) ?? 0) + line.text.length)
  }
  return [...counts].sort((one, other) => other[1] - one[1])[0]?.[0] ?? 12
}

/** Page numbers, and words that stand at the same place of most pages, are not the paper's text. */
function withoutFurniture(lines: readonly Line[]): Line[] {
  const pages = new Set(lines.map(line => line.page)).size
  const seen = new Map<string, Set<number>>()
  const key = (line: Line) => `${Math.round(line.y / 4)} ${line.text.replaceAll(/\d+/g, '#')}`
  for (const line of lines) seen.set(key(line), (seen.get(key(line)) ?? new Set()).add(line.page))
  return lines.filter(
    line =>
      !/^(?:page\s+)?\d{1,4}(?:\s+of\s+\d{1,4})?$/i.test(line.text) &&
      !(pages > 2 && seen.get(key(line))!.size > pages * 0.6),
  )
}
