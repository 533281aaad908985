/** A stretch of a text that staff hid, in positions of the text as it was given. */
export interface HiddenRange {
  readonly start: number
  readonly end: number
  readonly reason: string
}

/** The text as everybody else reads it: "Ask for [hidden: a patient’s name] at the desk". */
export function withoutHidden(words: string, ranges: readonly HiddenRange[]): string {
  let shown = ''
  let at = 0
  for (const range of inOrder(ranges)) {
    if (range.end <= at) continue
    // Where two overlap, nothing of either may show; the first one's reason stands for both.
    if (range.start >= at) shown += `${words.slice(at, range.start)}[hidden: ${range.reason}]`
    at = range.end
  }
  return shown + words.slice(at)
}

const inOrder = (ranges: readonly HiddenRange[]) =>
  [...ranges].sort((a, b) => a.start - b.start || b.end - a.end)

/**
 * Every place where these words stand, however they are written in capitals. Only whole words where there are any,
 * so that hiding "Tom" leaves "tomorrow" alone; else wherever they stand.
 */
export function placesOf(phrase: string, words: string): { start: number; end: number }[] {
  const wanted = phrase.trim()
  if (wanted === '') return []
  const pattern = wanted
    .split(/\s+/)
    .map(each => each.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'))
    .join('\\s+')
  const before = /^[\p{L}\p{N}]/u.test(wanted) ? '(?<![\\p{L}\\p{M}\\p{N}])' : ''
  const after = /[\p{L}\p{N}\p{M}]$/u.test(wanted) ? '(?![\\p{L}\\p{M}\\p{N}])' : ''
  const find = (source: string) =>
    Array.from(words.matchAll(new RegExp(source, 'giu')), found => ({
      start: found.index,
      end: found.index + found[0].length,
    }))
  const whole = find(before + pattern + after)
  return whole.length > 0 ? whole : find(pattern)
}
