/** A word with its plain meaning. */
export interface Word {
  readonly word: string
  /** Other spellings. */
  readonly also: readonly string[]
  readonly meaning: string
}

/** Under which a word is kept: its letters and figures, small. */
export const keyOf = (word: string): string =>
  word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, 60)

export const spellings = (text: string): string[] =>
  text
    .split(',')
    .map(each => each.trim())
    .filter(each => each !== '')

/** Which words of the list stand in a text, as whole words, in the list's order. */
export function wordsIn<W extends Word>(text: string, list: readonly W[]): W[] {
  if (text === '') return []
  return list.filter(each => [each.word, ...each.also].some(spelling => stands(spelling, text)))
}

/** ICS in capitals is another word than "ics"; any other word also begins a sentence, or is many. */
function stands(spelling: string, text: string): boolean {
  const isShort = spelling === spelling.toUpperCase()
  const plain = spelling.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+')
  return new RegExp(`(?<![\\p{L}\\p{N}])${plain}s?(?![\\p{L}\\p{N}])`, isShort ? 'u' : 'iu').test(text)
}
