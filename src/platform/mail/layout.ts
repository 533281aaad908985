/** What each part of an e-mail is, so that its HTML is made from the very words that are kept (REACH-1). */
export type PartKind = 'greeting' | 'words' | 'link' | 'note' | 'from' | 'preferences'

export interface Part {
  readonly kind: PartKind
  readonly text: string
}

/**
 * Kept beside the words, without one of them: where each part begins and ends. So whoever deletes or changes the words has
 * deleted all of them, and a line that somebody wrote is never taken for a button of ours.
 */
export interface Layout {
  /** Of the words; English without it. Letters and text messages in English have no layout. */
  readonly lang?: string
  readonly large?: true
  /** The same in one sentence with nothing personal in it, should it have to go as a text message (R42). */
  readonly short?: string
  readonly parts: readonly (readonly [PartKind, number])[]
}

const between = '\n\n'

export const textOf = (parts: readonly Part[]): string => parts.map(each => each.text).join(between)

export const layoutOf = (parts: readonly Part[], more: Omit<Layout, 'parts'> = {}): Layout => ({
  ...more,
  parts: parts.map(each => [each.kind, each.text.length]),
})

/** What is in the database, read with care: where its parts are of other words, their language is all that is left. */
export function readLayout(given: unknown, body: string): Layout | undefined {
  const layout = given as Layout | null
  if (!layout || !Array.isArray(layout.parts)) return undefined
  const length = layout.parts.reduce((sum, [, each]) => sum + each + between.length, -between.length)
  if (length === body.length) return layout
  const { lang } = layout
  return lang ? { lang, parts: body.split(between).map(each => ['words', each.length]) } : undefined
}

/** The parts of a text; one whose layout is not known is words alone. */
export function partsOf(body: string, layout: Layout | undefined): readonly Part[] {
  if (!layout) return body.split(between).map(text => ({ kind: 'words', text }))
  let from = 0
  return layout.parts.map(([kind, length]) => {
    const text = body.slice(from, from + length)
    from += length + between.length
    return { kind, text }
  })
}

/** A link's words and its address stand on two lines. */
export function linkOf(part: Part): { words: string; href: string } | undefined {
  const [words, href] = part.text.split('\n')
  return words && href && /^https?:\/\/\S+$/.test(href) ? { words: words.replace(/:$/, ''), href } : undefined
}
