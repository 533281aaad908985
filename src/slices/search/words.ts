import { cleanText } from '#kernel/text/clean.ts'
import { lengthInCharacters, shorten } from '#kernel/text/graphemes.ts'

/** More than anybody looks for; a longer text is cut, not refused. */
export const longestSearch = 200

/** What somebody looks for, made safe to ask the database; empty when nothing in it can be looked for. */
export function searchWords(given: string | null): string {
  const clean = cleanText((given ?? '').slice(0, 10_000)).replace(/\s+/g, ' ')
  if (!/[\p{L}\p{N}]/u.test(clean)) return ''
  return lengthInCharacters(clean) > longestSearch ? shorten(clean, longestSearch).replace(/…$/, '') : clean
}
