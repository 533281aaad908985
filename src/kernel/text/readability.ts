import { syllables } from './syllables.ts'

export interface Readability {
  /** The age at which most people can read it: Flesch-Kincaid grade and 5. 0 when it cannot be said. */
  readonly readingAge: number
  readonly words: number
  readonly sentences: number
  /** As written: long ones, and those with many long words. */
  readonly hardSentences: readonly string[]
}

/** A sentence of more words is hard to hold in mind (NHS content guidance says 20; we say so from 25 on). */
const longSentence = 25
const longWord = 3

/**
 * How hard an English text is to read. In another script there are no English syllables to count, so no age is
 * given; sentences and words are counted in any script.
 */
export function readability(text: string): Readability {
  const sentences = sentencesOf(text).map(sentence => ({ sentence, words: wordsOf(sentence) }))
  const spoken = sentences.filter(each => each.words.length > 0)
  const words = spoken.reduce((sum, each) => sum + each.words.length, 0)
  const english = isMostlyLatin(text)
  return {
    readingAge: words === 0 || !english ? 0 : ageOf(spoken, words),
    words,
    sentences: spoken.length,
    hardSentences: spoken.filter(each => isHard(each.words, english)).map(each => each.sentence),
  }
}

function ageOf(sentences: readonly { words: readonly string[] }[], words: number): number {
  const spoken = sentences.reduce(
    (sum, each) => sum + each.words.reduce((inner, word) => inner + syllables(word), 0),
    0,
  )
  const grade = 0.39 * (words / sentences.length) + 11.8 * (spoken / words) - 15.59
  return Math.min(25, Math.max(5, Math.round(grade + 5)))
}

function isHard(words: readonly string[], english: boolean): boolean {
  if (words.length > longSentence) return true
  if (!english) return false
  const long = words.filter(word => syllables(word) >= longWord && !everyday.has(word.toLowerCase()))
  return long.length >= 3 && long.length / words.length > 0.2
}

/** Long words that everybody who goes to a hospital knows. */
const everyday = new Set(
  `hospital hospitals appointment appointments volunteer volunteers family families idea ideas however
   everybody everyone anybody anyone somebody everything another together already important different
   information yesterday september october november december january february saturday remember
   radiographer radiographers`.split(/\s+/),
)

function isMostlyLatin(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0
  return letters > 0 && latin * 2 > letters
}

const segmenter = new Intl.Segmenter('en-GB', { granularity: 'word' })

/** Words as people count them: "don't", "follow-up" and "3.5" are one each. */
export function wordsOf(sentence: string): string[] {
  const words: string[] = []
  let joins = false
  for (const { segment, isWordLike } of segmenter.segment(sentence)) {
    if (isWordLike) {
      if (joins) words.push(`${words.pop()}-${segment}`)
      else words.push(segment)
      joins = false
    } else joins = segment === '-' && words.length > 0 && !/\s-$/.test(sentence.slice(0, 2))
  }
  return words
}

// A dot after one of these does not end a sentence.
const beforeAName =
  /(?:^|[\s("'“‘])(?:dr|mr|mrs|ms|miss|prof|rev|st|sr|jr|e\.?g|i\.?e|vs|cf|approx|incl|tel|ref|fig|dept)\.$/i
const initials = /(?:^|[\s("'“‘.])\p{Lu}\.$/u
const beforeANumber = /(?:^|\s)(?:no|nos|p|pp|vol|para|sect?)\.$/i
const bullet = /^\s*(?:[-–—*•·▪◦]|\(?(?:\d{1,2}|[a-z])[.)])\s+/i
const leadsOn = /(?:,|\b(?:a|an|the|of|to|in|on|at|by|for|with|from|and|or|but|that|is|are|was|were))$/i

/** Split at the end of each sentence, list item and paragraph; "Dr. Smith" and "3.5" stay whole. */
export function sentencesOf(text: string): string[] {
  return blocksOf(text).flatMap(splitBlock)
}

/** Lines that belong together: a wrapped line goes on, a list item or an empty line begins anew. */
function blocksOf(text: string): string[] {
  const blocks: string[] = []
  let open = false
  for (const line of text.split(/\r\n?|\n|\u2028|\u2029/)) {
    const words = line.replace(bullet, '').trim()
    if (words === '') {
      open = false
      continue
    }
    const before = blocks.at(-1)
    const goesOn =
      open && before !== undefined && !bullet.test(line) && (/^\p{Ll}/u.test(words) || leadsOn.test(before))
    if (goesOn) blocks[blocks.length - 1] = `${before} ${words}`
    else blocks.push(words)
    open = true
  }
  return blocks
}

function splitBlock(block: string): string[] {
  const found: string[] = []
  let from = 0
  for (const match of block.matchAll(/[.!?…؟]+["'”’)\]]*(?=\s|$)|[。！？।]+/gu)) {
    const end = match.index + match[0].length
    const rest = block.slice(end).trimStart()
    if (rest !== '' && goesOnAfter(block.slice(from, end), rest)) continue
    found.push(block.slice(from, end).trim())
    from = end
  }
  const last = block.slice(from).trim()
  return last === '' ? found : [...found, last]
}

function goesOnAfter(sentence: string, rest: string): boolean {
  if (/^\p{Ll}/u.test(rest)) return true
  if (beforeAName.test(sentence) || initials.test(sentence)) return true
  return /^\d/.test(rest) && beforeANumber.test(sentence)
}
