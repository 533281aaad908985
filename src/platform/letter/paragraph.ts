import { hasArabic } from './fonts.ts'
import { linkIn, type Paragraph } from './language.ts'
import { type Block, blockOf, drawLine } from './setting.ts'
import { bottom, type Doc, edge, ink, newPage, type Part, top } from './sheet.ts'

/** A paragraph in lines. */
export interface Ready {
  readonly parts: readonly { readonly words: string; readonly block: Block; readonly link?: string }[]
  readonly lang?: string
  readonly count: number
  readonly step: number
  readonly height: number
}

/** Words and, on a line of its own, the address of a page: that is a link for whoever reads on a screen. */
export function readied(
  doc: Doc,
  { text, base, lang }: Paragraph,
  how: { size: number; width: number },
): Ready {
  const pieces: { words: string; link?: string }[] = []
  for (const line of text.split('\n')) {
    const link = linkIn(line)
    const last = pieces.at(-1)
    if (link) pieces.push({ words: link, link })
    else if (!last || last.link) pieces.push({ words: line })
    else last.words += `\n${line}`
  }
  const tall = hasArabic(text)
  const parts = pieces.map(each => ({ ...each, block: blockOf(doc, each.words, { ...how, base, tall }) }))
  const count = parts.reduce((sum, each) => sum + each.block.lines.length, 0)
  const { step } = parts[0]!.block
  return { parts, ...(lang ? { lang } : {}), count, step, height: count * step }
}

/** What is drawn, as a link of this part of the letter. */
function linkTo(
  doc: Doc,
  structParent: PDFKit.PDFStructureElement,
  href: string,
  at: { left: number; right: number; y: number; high: number },
): void {
  const options = { structParent } as PDFKit.Mixins.AnnotationOption
  doc.link(at.left, at.y, at.right - at.left, at.high, href, options)
}

/** How many of its lines stand on this page: no line stands alone at the foot or the head of a page. */
function linesHere(doc: Doc, lines: number, step: number): number {
  // Half a point: the last line's gap may reach below.
  const room = Math.floor((bottom - doc.y + 0.5) / step)
  if (lines <= room) return lines
  const here = Math.min(room, lines - 2)
  return here >= 2 ? here : doc.y <= top ? Math.max(1, room) : 0
}

export function writeParagraph(doc: Doc, { parts, lang, count, step }: Ready, part: Part): void {
  let left = count
  let here = linesHere(doc, left, step)
  if (here === 0) {
    newPage(doc)
    here = linesHere(doc, left, step)
  }
  for (const { block, link, words } of parts) {
    part(
      link ? 'Link' : 'P',
      element => {
        for (const line of block.lines) {
          if (here === 0) {
            doc.continueOnNewPage()
            doc.y = top
            here = linesHere(doc, left, step)
          }
          const { y } = doc
          doc.fillColor(ink)
          const drawn = drawLine(doc, block, line, { x: edge, y })
          if (link) {
            linkTo(doc, element, link, { ...drawn, y, high: step })
          }
          doc.y = y + step
          here -= 1
          left -= 1
        }
      },
      { lang, says: words },
    )
  }
}
