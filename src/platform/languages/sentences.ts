/** Where a sentence ends outside of any tag. */
export function sentencesOf(raw: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  const text = raw.replaceAll(/\s+/g, ' ').trim()
  for (const each of text.matchAll(
    /<(\/?)\d+(\/?)>|(?:\uf8d0[^\uf8d1]*\uf8d1|“[^”]*”)|[.?!:…]\)?(?= (?:[A-Z“(\d]|<\d|\uf8d0))/g,
  )) {
    const [found] = each
    const end = each.index + found.length
    if (found.startsWith('<')) {
      if (!each[2]) depth += each[1] ? -1 : 1
    } else if (
      depth === 0 &&
      (/^[.?!:…]/.test(found) || (/[.?!…)][\uf8d1”]$/.test(found) && text[end] === ' '))
    ) {
      parts.push(text.slice(from, end))
      from = end + 1
    }
  }
  return [...parts, text.slice(from)].filter(Boolean)
}

/** A part of a sentence counts its tags from one. */
export function renumbered(part: string): { text: string; back: (translated: string) => string } {
  const numbers: string[] = []
  const text = part.replaceAll(/<(\/?)(\d+)(\/?)>/g, (_, end: string, number: string, alone: string) => {
    if (!numbers.includes(number)) numbers.push(number)
    return `<${end}${numbers.indexOf(number) + 1}${alone}>`
  })
  return {
    text,
    back: translated =>
      translated.replaceAll(
        /<(\/?)(\d+)(\/?)>/g,
        (_, end: string, number: string, alone: string) => `<${end}${numbers[Number(number) - 1]}${alone}>`,
      ),
  }
}
