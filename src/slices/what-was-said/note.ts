import { accept, type Decision, happened, refuse } from '#kernel/decision.ts'

/** What was said, and what it became so far. */
export interface Note {
  readonly state: 'open' | 'done'
  readonly personId: number | null
  readonly became: readonly string[]
}

/** Gone on with as one more thing: one call may hold a view, an answer and a vote. */
export function goOn(it: Note, as: string): Decision<Note> {
  if (it.state === 'done') return refuse('done', 'This is dealt with already')
  return accept({ ...it, became: [...it.became, as] }, happened('said-went-on'))
}

/** All of it is dealt with, or there was nothing to go on with. */
export function finish(it: Note): Decision<Note> {
  if (it.state === 'done') return refuse('done', 'This is dealt with already')
  return accept({ ...it, state: 'done' }, happened('said-dealt-with'))
}

/** Who it was turns out afterwards; once known, the words stay theirs. */
export function isFrom(it: Note, personId: number): Decision<Note> {
  if (it.state === 'done') return refuse('done', 'This is dealt with already')
  if (it.personId !== null) return refuse('known', 'We know already who said this')
  return accept({ ...it, personId }, happened('said-by-known'))
}
