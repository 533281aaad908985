import { hasArabic } from './fonts.ts'

/** The line for whoever prints is not for the reader. */
export const forTheReader = (body: string): string => body.replace(/^\[Print in large type[^\]]*\]\s*/, '')

/** Name first, then one line for each part, as the post reads it. */
export function addressLines({ name, address }: { name: string | null; address: string }): string {
  const lines = address.includes('\n') ? address : address.replace(/,\s+/g, '\n')
  return name && !lines.startsWith(name) ? `${name}\n${lines}` : lines
}

/** So many lines fit the window. */
const mostLines = 7

/** As it stands in the window: no empty line, and no more than the window shows; the postcode stays the last. */
export function linesInWindow(to: { name: string | null; address: string }): readonly string[] {
  const lines = addressLines(to)
    .split('\n')
    .map(each => each.trim().replace(/,$/, ''))
    .filter(Boolean)
  if (lines.length <= mostLines) return lines
  const middle = lines.slice(mostLines - 2, -1).join(', ')
  return [...lines.slice(0, mostLines - 2), middle, lines.at(-1)!]
}

/** Of the Royal Mail: AA9A 9AA, A9A 9AA, A9 9AA, A99 9AA, AA9 9AA, AA99 9AA, and GIR 0AA. */
const postcode = /^(GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2})$/i

/**
 * What GOV.UK Notify takes: three to seven lines, the last of them a postcode of this country. It reads the address from
 * the PDF, so one that is written from right to left stays with the team.
 */
export function isForNotify(to: { name: string | null; address: string }): boolean {
  const lines = addressLines(to)
    .split('\n')
    .map(each => each.trim())
    .filter(Boolean)
  return (
    lines.length >= 3 &&
    lines.length <= mostLines &&
    lines.every(each => each.length <= 60 && !hasArabic(each) && !/^[[\]()@<>",=~\\/]/.test(each)) &&
    postcode.test(lines.at(-1)!)
  )
}
