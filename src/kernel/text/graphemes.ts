const characters = new Intl.Segmenter('en-GB', { granularity: 'grapheme' })

/** Characters as a person sees them: a family emoji or a letter with three marks is one. */
export function lengthInCharacters(text: string): number {
  let count = 0
  for (const _ of characters.segment(text)) count += 1
  return count
}

/** At most so many characters as a person sees them, cut at a word where it can be, with "…" when cut. */
export function shorten(text: string, most: number): string {
  const parts = Array.from(characters.segment(text.slice(0, most * 8 + 64)), each => each.segment)
  if (parts.length <= most && text.length <= most * 8 + 64) return text
  const cut = parts.slice(0, most - 1).join('')
  const atWord = cut.replace(/\s+\S*$/, '')
  return `${(atWord.length > cut.length / 2 ? atWord : cut).trimEnd()}…`
}
