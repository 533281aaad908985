/**
 * A step's answer: either what is now true and what happened, or a refusal with its reason.
 * Refusals are values (never exceptions), so that a page can always say why in a sentence.
 */
export type Decision<State, Event = Happened> =
  | { readonly accepted: true; readonly state: State; readonly events: readonly Event[] }
  | Refusal

/** A step that may not be taken now. `reason` is a key for code and tests; `sentence` is for the person. */
export interface Refusal {
  readonly accepted: false
  readonly reason: string
  readonly sentence: string
}

/** What happened to a thing: the one source of its timeline, its audit line and its messages. */
export interface Happened {
  readonly event: string
  readonly details: Readonly<Record<string, unknown>>
}

export function accept<State, Event = Happened>(state: State, ...events: Event[]): Decision<State, Event> {
  return { accepted: true, state, events }
}

export function refuse(reason: string, sentence: string): Refusal {
  return { accepted: false, reason, sentence }
}

export function happened(event: string, details: Readonly<Record<string, unknown>> = {}): Happened {
  return { event, details }
}
