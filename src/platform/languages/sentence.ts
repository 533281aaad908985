import { marked } from '#kernel/text/theirs.ts'

/** What stands in a sentence and differs from page to page. */
export interface Slot {
  /** 'n', 'date2': its name in the catalogue. */
  readonly name: string
  readonly kind: SlotKind
  readonly text: string
}

export type SlotKind =
  | 'x'
  | 'quote'
  | 'url'
  | 'email'
  | 'ref'
  | 'date'
  | 'month'
  | 'time'
  | 'phone'
  | 'n'
  | 'network'
  | 'short'
  | 'me'

/** A text of ours as the catalogue knows it: "by {date}", "{n} of {n2} parts". */
export interface Sentence {
  readonly key: string
  readonly slots: readonly Slot[]
}

/** What this reader's pages have in many sentences, and is no word of ours. */
export interface Known {
  readonly network?: string | undefined
  readonly short?: string | undefined
  readonly me?: string | undefined
}

const monthNames = 'January|February|March|April|May|June|July|August|September|October|November|December'
const dayNames = 'Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday'

const kinds: readonly (readonly [SlotKind, string])[] = [
  ['x', marked.source.replace('(', '(?:')],
  ['quote', '“[^”]*”'],
  ['url', String.raw`https?://[^\s<>]*[^\s<>.,;:)]`],
  ['email', String.raw`[\w.+-]+@[\w-]+(?:\.[\w-]+)+`],
  ['ref', String.raw`\b[A-Z]{1,3}-\d+\b`],
  ['date', String.raw`(?:\b(?:${dayNames}),? )?\b\d{1,2} (?:${monthNames})\b(?: \d{4}\b)?`],
  ['month', String.raw`\b(?:${monthNames}) \d{4}\b`],
  ['time', String.raw`\b(?:\d{1,2}(?:[:.]\d{2})?(?:am|pm)|midday|midnight)\b`],
  ['phone', String.raw`(?:\+44|\b0)\d[\d ]{7,}\d\b`],
  ['n', String.raw`\d+(?:[,.]\d+)*(?!\d)`],
]

const anySlot = (known: Known): RegExp => {
  const names = (['network', 'short', 'me'] as const).flatMap(kind => {
    const text = known[kind]
    return text ? [`(?<${kind}>(?<![\\p{L}\\p{N}])${literal(text)}(?![\\p{L}\\p{N}]))`] : []
  })
  const [first, ...rest] = kinds.map(([kind, source]) => `(?<${kind}>${source})`)
  return new RegExp([first, '(?<tag></?\\d+/?>)', ...names, ...rest].join('|'), 'gu')
}

export const literal = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

const made = new Map<string, RegExp>()

/** Looks for what differs. Spaces count once; braces are no letters of ours. */
export function sentenceOf(text: string, known: Known = {}): Sentence {
  const which = `${known.network ?? ''}\n${known.short ?? ''}\n${known.me ?? ''}`
  let pattern = made.get(which)
  if (!pattern) {
    if (made.size > 500) made.clear()
    pattern = anySlot(known)
    made.set(which, pattern)
  }
  const slots: Slot[] = []
  const counts = new Map<SlotKind, number>()
  const key = text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(pattern, (whole: string, ...rest: unknown[]) => {
      const groups = rest.at(-1) as Record<string, string | undefined>
      if (groups.tag !== undefined) return whole
      const kind = Object.keys(groups).find(each => groups[each] !== undefined) as SlotKind
      const count = (counts.get(kind) ?? 0) + 1
      counts.set(kind, count)
      const name = count === 1 ? kind : `${kind}${count}`
      slots.push({ name, kind, text: kind === 'x' ? (marked.exec(whole)?.[1] ?? '') : whole })
      return `{${name}}`
    })
  return { key, slots }
}

/** The place-holders and numbered tags of an entry, in order: a translation has the same ones, in any order. */
export const placesOf = (text: string): string[] => text.match(/\{[a-z]+\d*\}|<\/?\d+\/?>/g) ?? []
