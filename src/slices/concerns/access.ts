import { personRule, type Rule, rule } from '#platform/permission.ts'
import type { PossibleReader } from './readers.ts'
import type { LoadedConcern } from './store.ts'

// The database gives the row of a concern to nobody else, so whoever is asked here is one of them.

export const whoeverIsInIt: Rule<LoadedConcern> = rule(
  'whoever raised the concern, and whom they chose to read it',
  (_, concern) => concern !== undefined,
)
export const itsRaiser: Rule<LoadedConcern> = rule(
  'whoever raised the concern',
  (_, concern) => concern?.side === 'raiser',
)
export const itsReader: Rule<LoadedConcern> = personRule(
  'whoever was chosen to read the concern',
  (_, concern) => concern?.side === 'reader',
)
export const itsNamedRaiser: Rule<LoadedConcern> = personRule(
  'whoever raised the concern with their name',
  (actor, concern) => concern?.raiser?.personId === actor.personId,
)

export interface WhoReads {
  readonly possible: readonly PossibleReader[]
}

export const aReader: Rule<WhoReads> = personRule(
  'the portfolio manager, the director or the independent contact, and no administrator',
  (actor, { possible }) => possible.some(each => each.personId === actor.personId),
)
