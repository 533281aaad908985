import { type Actor, anyOf, holdsPost, personRule, type Rule } from '#platform/permission.ts'
import type { LeadingPost } from './ending.ts'
import type { LoadedEnding } from './store.ts'

export const leads = (actor: Actor): boolean =>
  holdsPost(actor, 'portfolio-manager') || holdsPost(actor, 'director')

/** Under which post they act: the page names it. */
export const postOf = (actor: Actor): LeadingPost =>
  holdsPost(actor, 'portfolio-manager') ? 'portfolio-manager' : 'director'

export const whoLeads: Rule<undefined> = personRule('the portfolio manager or the director', leads)

export const thePerson: Rule<LoadedEnding> = personRule(
  'the person whose place it is',
  (actor, ending) => ending.person.id === actor.personId,
)
/** Never about themself: then they are the person. */
export const theLeaders: Rule<LoadedEnding> = personRule(
  'the portfolio manager or the director',
  (actor, ending) => leads(actor) && ending.person.id !== actor.personId,
)
export const mayReadEnding: Rule<LoadedEnding> = anyOf(thePerson, theLeaders)
