/** No keyboard has these: they stand around what is not ours to translate, and never leave the house. */
const begins = '\uf8d0'
const ends = '\uf8d1'

/**
 * Marks a name, a title or words that somebody gave, where it stands in a sentence or a heading of ours: it stays as it
 * is in every language of the interface, and keeps its own direction.
 */
export const theirs = (words: string): string => (words === '' ? '' : `${begins}${words}${ends}`)

export const marked = /\uf8d0([^\uf8d1]*)\uf8d1/

/** For readers of English, and for whatever is no page: the marks are gone. */
export const withoutMarks = (text: string): string =>
  text.includes(begins) || text.includes(ends) ? text.replaceAll(/[\uf8d0\uf8d1]/g, '') : text

/** Where the marks are in the text without them, for what is kept before it is said: nothing that is kept has marks. */
export function placesOfMarks(text: string): readonly (readonly [from: number, to: number])[] {
  const places: [number, number][] = []
  let gone = 0
  for (const { index, 1: words = '' } of text.matchAll(new RegExp(marked, 'g'))) {
    places.push([index - gone, index - gone + words.length])
    gone += 2
  }
  return places
}

export const withMarks = (text: string, places: readonly (readonly [number, number])[]): string =>
  places.reduceRight(
    (sum, [from, to]) => sum.slice(0, from) + theirs(sum.slice(from, to)) + sum.slice(to),
    text,
  )
