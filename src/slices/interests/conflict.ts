import { accept, type Decision, happened, refuse } from '#kernel/decision.ts'
import type { ConflictOutcome } from '#slices/meetings/index.ts'

/** An interest that meets an item: the person says whether it does, the chair decides what follows (R24). */
export interface Conflict {
  readonly personSays: 'yes' | 'no' | null
  readonly personWords: string
  readonly outcome: ConflictOutcome | null
  readonly because: string
}

/** Who acts, as far as a step asks. */
export interface By {
  readonly isThePerson: boolean
  readonly isTeam: boolean
  /** The chair, the deputy, or who presides instead of both. */
  readonly leads: boolean
  /** Has a conflict on the same item that is more than noted, or not decided yet. */
  readonly inConflict: boolean
}

export type Step = Decision<Conflict>

export function answer(it: Conflict, by: By, says: 'yes' | 'no', words: string, itemIsOver: boolean): Step {
  if (!by.isThePerson && !by.isTeam) return refuse('not-yours', 'Only the person it is about can answer that')
  if (itemIsOver) return refuse('over', 'This item is over')
  return accept(
    { ...it, personSays: says, personWords: words },
    happened('conflict-answered', { says, words, ...(by.isThePerson ? {} : { recorded: true }) }),
  )
}

/** With a reason, by somebody who is not in conflict on this item; it can be decided anew until the item is over. */
export function decide(
  it: Conflict,
  by: By,
  outcome: ConflictOutcome,
  because: string,
  itemIsOver: boolean,
): Step {
  if (by.isThePerson) {
    return refuse('own', 'It is about you, so somebody else has to decide it: the deputy, or who presides')
  }
  if (!by.leads) return refuse('not-leading', 'The chair or the deputy decides that')
  if (by.inConflict) {
    return refuse(
      'in-conflict',
      'You may have a conflict of interest on this item yourself, so somebody else has to decide it',
    )
  }
  if (itemIsOver) return refuse('over', 'This item is over. What was decided for it stands')
  if (it.outcome === outcome && it.because === because) return refuse('same', 'It is decided so already')
  return accept({ ...it, outcome, because }, happened('conflict-decided', { outcome, because }))
}

export const outcomeWords: Record<ConflictOutcome, string> = {
  none: 'No conflict',
  noted: 'Noted: takes part and votes',
  speaks: 'Speaks, does not vote',
  leaves: 'Leaves for the item',
  'no-paper': 'Does not get the paper, and leaves for the item',
}
