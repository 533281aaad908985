import type { Asked, ConflictOutcome, Handling, StandingItem } from '#slices/meetings/index.ts'
import type { howWords, PlaceInMeeting } from './words.ts'

/**
 * What happened in a meeting: worked out from the tables each time until the minutes are agreed, and then kept as
 * it stood (R32). Everything in it can be kept as JSON.
 */
export interface MinutesText {
  readonly present: readonly Attended[]
  readonly apologies: readonly { readonly name: string; readonly deputy: string }[]
  readonly absent: readonly string[]
  readonly guests: readonly { readonly name: string; readonly why: string }[]
  readonly items: readonly MinutedItem[]
  /** The last correction asked for before this: later ones stand beside what was agreed. */
  readonly lastCorrection: number
}

export interface Attended {
  readonly name: string
  readonly place: PlaceInMeeting
  readonly lay: boolean
  readonly how: keyof typeof howWords
  /** Came later or left earlier. */
  readonly partly: boolean
}

export interface MinutedItem {
  readonly id: number
  readonly title: string
  readonly standing: StandingItem | null
  readonly handling: Handling
  readonly asked: Asked
  readonly presenter: string | null
  /** The meeting came to it. */
  readonly opened: boolean
  readonly conflicts: readonly {
    readonly name: string
    readonly outcome: ConflictOutcome | null
    readonly because: string
  }[]
  /** When the quorum was lost, or there again, in the words of that moment. */
  readonly quorum: readonly { readonly held: boolean; readonly at: string; readonly words: string }[]
  readonly motions: readonly MinutedMotion[]
  readonly said: string
  /** For the group and the team. */
  readonly saidInPrivate: string
  readonly decisions: readonly {
    readonly number: number
    readonly text: string
    readonly because: string
    readonly reviewOn: string | null
    readonly motion: number | null
    readonly contributions: readonly number[]
  }[]
  readonly actions: readonly {
    readonly number: number
    readonly what: string
    readonly owner: string
    readonly due: string
  }[]
  readonly contributions: readonly { readonly number: number; readonly outcome: string | null }[]
}

export interface MinutedMotion {
  readonly number: number
  readonly text: string
  readonly isSecret: boolean
  readonly isClosed: boolean
  /** What came of it, "indicative" when there was no quorum; empty when it was not closed. */
  readonly outcome: string
  readonly figures: string
  /** In an open vote, who chose what; nobody after a secret one. */
  readonly chosen: readonly { readonly choice: string; readonly names: readonly string[] }[]
  readonly dissents: readonly { readonly name: string; readonly words: string }[]
}

/** Who may read one item now: asked anew at each reading, also of minutes that are agreed. */
export interface ItemReading {
  readonly handling: Handling
  /** What it says, for this reader: part B for the group and the team, a confidential item for those named. */
  readonly reads: boolean
  /** The part that is marked for the group and the team: not for whoever raised what the item answers. */
  readonly readsMarked: boolean
}

export interface ShownItem extends MinutedItem {
  readonly nth: number
  /** Kept from this reader by a conflict of interest. */
  readonly kept: boolean
  readonly hasMarked: boolean
}

/**
 * The items as one reader sees them, numbered as that reader sees them: what is not in part A leaves no trace for
 * everybody else, not even a gap in the numbers (R28).
 * @param readingOf undefined for an item that this reader must not know of
 */
export function shownItems(
  text: Pick<MinutesText, 'items'>,
  readingOf: (item: MinutedItem) => ItemReading | undefined,
): readonly ShownItem[] {
  return text.items
    .flatMap((item): Omit<ShownItem, 'nth'>[] => {
      const reading = readingOf(item)
      if (!reading) return []
      const hasMarked = item.saidInPrivate !== ''
      if (!reading.reads) {
        return [
          {
            ...item,
            conflicts: [],
            quorum: [],
            motions: [],
            said: '',
            saidInPrivate: '',
            decisions: [],
            actions: [],
            contributions: [],
            presenter: null,
            kept: true,
            hasMarked: false,
          },
        ]
      }
      return [
        {
          ...item,
          saidInPrivate: reading.readsMarked ? item.saidInPrivate : '',
          kept: false,
          hasMarked,
        },
      ]
    })
    .filter(tellsSomething)
    .map((item, n) => ({ ...item, nth: n + 1 }))
}

/** A standing item on which nothing happened takes no room. */
const tellsSomething = (item: MinutedItem & { readonly kept: boolean }): boolean =>
  item.standing === null ||
  item.kept ||
  item.said !== '' ||
  [item.conflicts, item.quorum, item.motions, item.decisions, item.actions, item.contributions].some(
    each => each.length > 0,
  )

/** For everybody: part A alone, then and now, and nothing that is marked. */
export const publicReading = (item: MinutedItem, now: Handling | undefined): ItemReading | undefined =>
  item.handling === 'public' && now === 'public'
    ? { handling: 'public', reads: true, readsMarked: false }
    : undefined
