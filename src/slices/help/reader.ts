import { type Actor, holdsPost, isTeam, isVolunteer } from '#platform/permission.ts'
import type { Reader } from './texts.ts'

/** What somebody mainly is here. */
export function readerOf(actor: Actor | undefined): Reader {
  if (!actor) return 'visitor'
  if (isTeam(actor)) return 'team'
  if (actor.memberships.some(each => each.role === 'chair' || each.role === 'deputy')) return 'chair'
  if (isVolunteer(actor)) return 'volunteer'
  if (actor.memberships.length > 0) return 'member'
  if (actor.trustIds.length > 0) return 'trust-contact'
  return holdsPost(actor, 'administrator') ? 'administrator' : 'applicant'
}
