import { load } from 'cheerio'
import mammoth from 'mammoth'
import { type Block, mostCharacters, plainTextOf, type ReadText } from '../text.ts'

/** Nothing is fetched, and pictures are left out: they stay in the original. */
export async function readWord(bytes: Uint8Array): Promise<ReadText> {
  let html: string
  try {
    const read = await mammoth.convertToHtml(
      { buffer: Buffer.from(bytes) },
      { externalFileAccess: false, convertImage: mammoth.images.imgElement(async () => ({ src: '' })) },
    )
    html = read.value
  } catch {
    return { state: 'broken', pages: null, blocks: [] }
  }
  const blocks = blocksOf(html)
  const length = plainTextOf(blocks).length
  if (length > mostCharacters) return { state: 'too-large', pages: null, blocks: [] }
  return { state: length < 20 ? 'scanned' : 'readable', pages: null, blocks }
}

function blocksOf(html: string): Block[] {
  const $ = load(html, null, false)
  const clean = (text: string) => text.replaceAll(/\s+/gu, ' ').trim()
  const blocks: Block[] = []
  // The largest heading that the paper uses is the largest below our page's own.
  const levels = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].filter(name => $(name).length > 0)
  for (const element of $.root().children().toArray()) {
    const node = $(element)
    const name = element.tagName
    if (/^h[1-6]$/.test(name)) {
      const text = clean(node.text())
      const level = ([2, 3, 4] as const)[Math.min(levels.indexOf(name), 2)]!
      if (text !== '') blocks.push({ kind: 'heading', level, text })
    } else if (name === 'ul' || name === 'ol') {
      const items = node
        .find('li')
        .toArray()
        .map(item => clean($(item).clone().children('ul, ol').remove().end().text()))
        .filter(each => each !== '')
      if (items.length > 0) blocks.push({ kind: 'list', ordered: name === 'ol', items })
    } else if (name === 'table') {
      const rows = node
        .find('tr')
        .toArray()
        .map(row =>
          $(row)
            .children('td, th')
            .toArray()
            .map(cell => clean($(cell).find('p').append(' ').end().text())),
        )
        .filter(row => row.some(each => each !== ''))
      const [header, ...rest] = rows
      if (header) blocks.push({ kind: 'table', header, rows: rest })
    } else {
      const text = clean(node.text())
      if (text !== '') blocks.push({ kind: 'paragraph', text })
    }
  }
  return blocks
}
