import type { PlainDate } from '../database/tables.ts'
import { directionOf, type PageLanguage } from '../languages/words.ts'
import { linesInWindow } from './address.ts'
import { directionOfText, withoutSigns } from './direction.ts'
import { printable } from './fonts.ts'
import { blockOf, blockWithin, drawLine } from './setting.ts'
import { type Doc, edge, ink, mm, type Part, top, wide } from './sheet.ts'

export interface PrintedLetter {
  readonly name: string | null
  readonly address: string
  /** "First: there is an answer" */
  readonly subject: string
  readonly body: string
  readonly largePrint: boolean
  /** Of its words; English without it. */
  readonly language?: PageLanguage
}

export interface LettersGiven {
  readonly network: { readonly name: string; readonly shortName: string; readonly phone: string | null }
  readonly day: PlainDate
  /** Printed on both sides: each letter begins on a sheet of its own. */
  readonly duplex?: boolean
  /** Where the address stands: in the window of a DL envelope, or where GOV.UK Notify looks for it. */
  readonly window?: keyof typeof windows
}

/**
 * DL with a window of 90 by 35 mm, 20 mm from the left, A4 folded in three: what stands here is seen however the sheet
 * slides. Notify: the address area of its specification for letters that come as a PDF.
 */
export const windows = {
  dl: { x: mm(24), y: mm(52), width: mm(84), height: mm(32), most: 11 },
  notify: { x: mm(26), y: mm(40.5), width: mm(92), height: mm(25), most: 10 },
} as const

const rule = '#005eb8'

/** "First: there is an answer" has the network's name in front, which stands above the letter. */
export const titleOf = (letter: PrintedLetter, { network }: LettersGiven): string => {
  const prefix = `${network.shortName}: `
  const from = letter.subject.indexOf(': ') + 2
  const named = withoutSigns(letter.subject.slice(0, from))
  const plain = named === prefix ? letter.subject.slice(from) : letter.subject
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}`
}

/** To the right of the window; where the letter begins on the right, against its edge. */
export function sender(doc: Doc, { network }: LettersGiven, part: Part, language: PageLanguage): void {
  const x = mm(125)
  const width = wide - edge - x
  const at = directionOf(language) === 'rtl' ? 'right' : 'left'
  part(
    'P',
    () => {
      const base = directionOfText(network.name, 'ltr')
      const style = { size: 13, base, width, weight: 'strong', gap: 0.08 } as const
      const name = blockWithin(doc, printable(network.name), style, 2)
      let y = top
      for (const line of name.lines) {
        doc.fillColor(rule)
        drawLine(doc, name, line, { x, y, at })
        y += name.step
      }
      if (network.phone) {
        const phone = blockOf(doc, printable(network.phone), { size: 12, base: 'ltr', width, gap: 0.08 })
        doc.fillColor(ink)
        drawLine(doc, phone, phone.lines[0]!, { x, y: y + 2, at })
      }
    },
    { lang: language === 'en' ? undefined : 'en-GB', says: network.name },
  )
}

export const linesIn = (letter: PrintedLetter): readonly string[] =>
  letter.address ? linesInWindow(letter).map(printable) : ['We have no address']

/** As large as it fits: it is for the post, and its reader knows it. */
export function inWindow(
  doc: Doc,
  lines: readonly string[],
  area: { x: number; y: number; width: number; height: number; most: number },
): void {
  const room = area.height / Math.max(lines.length, 1)
  const style = (size: number) => ({ size, base: 'ltr', width: area.width, gap: 0 }) as const
  const fits = (size: number) =>
    lines.every(each => {
      const block = blockOf(doc, each, style(size))
      return block.lines.length === 1 && block.step <= room
    })
  let size: number = area.most
  while (size > 8 && !fits(size)) size -= 0.5
  const blocks = lines.map(each => blockWithin(doc, each, style(size), 1))
  let { y } = area
  for (const block of blocks) {
    doc.fillColor(ink)
    drawLine(doc, block, block.lines[0]!, { x: area.x, y, at: 'left' })
    y += Math.min(room, block.step)
  }
}
