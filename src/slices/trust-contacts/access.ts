import { personRule, type Rule } from '#platform/permission.ts'

/** Its own contact, and nobody else: the team sees people and actions on its own pages. */
export const itsContact: Rule<{ readonly trustId: number }> = personRule(
  'this Trust’s contact',
  (actor, it) => actor.trustIds.includes(it.trustId),
)

export const aTrustContact: Rule<undefined> = personRule(
  'a Trust’s contact',
  actor => actor.trustIds.length > 0,
)
