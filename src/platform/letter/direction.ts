import bidiFactory from 'bidi-js'

/** The Unicode rules for text in two directions (UAX 9). */
export const bidi = bidiFactory()

export type Direction = 'ltr' | 'rtl'

/** Signs that tell a direction, or fence a piece off from it: they are never drawn. */
const unseen = /[\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069]/g

export const isUnseen = (letter: string): boolean => letter.search(unseen) === 0
export const withoutSigns = (text: string): string => text.replace(unseen, '')

const webAddress = /https?:\/\/\S+/g

/**
 * As dir="auto" does on a page: by the first letter with a direction of its own. What is fenced off does not count, nor
 * does the address of a page; a paragraph of these alone goes with its letter.
 */
export function directionOfText(text: string, otherwise: Direction): Direction {
  let fences = 0
  for (const letter of text.replace(webAddress, '')) {
    const type = bidi.getBidiCharTypeName(letter)
    if (type === 'LRI' || type === 'RLI' || type === 'FSI') fences += 1
    else if (type === 'PDI') fences = Math.max(0, fences - 1)
    else if (fences > 0) continue
    else if (type === 'L') return 'ltr'
    else if (type === 'R' || type === 'AL') return 'rtl'
  }
  return otherwise
}
