/** Who somebody is in one network today: from memberships and posts that hold (product.md, "People"). */
export interface Actor {
  readonly networkId: number
  readonly personId: number
  readonly name: string
  readonly knownAs: string
  readonly posts: readonly Post[]
  readonly memberships: readonly Membership[]
  /** Trusts whose contact for involvement this person is. */
  readonly trustIds: readonly number[]
  /** Gets no papers until an agreement that was asked for is given, where the network has set it so. */
  readonly withoutPapers?: boolean
}

export type Post = 'co-ordinator' | 'portfolio-manager' | 'director' | 'administrator'
export type Role = 'chair' | 'deputy' | 'member' | 'volunteer'

export interface Membership {
  readonly groupId: number
  readonly role: Role
  readonly voting: boolean
  readonly lay: boolean
}

/**
 * One rule of permission. `who` of a route is such a rule: its name is printed in the route table and the
 * same function decides on the page, in lists, search, files, mail and feeds.
 * A visitor who is not signed in to this network is `undefined`.
 */
export interface Rule<Thing = unknown> {
  readonly name: string
  holds(actor: Actor | undefined, thing: Thing): boolean
}

export function rule<Thing = unknown>(
  name: string,
  holds: (actor: Actor | undefined, thing: Thing) => boolean,
): Rule<Thing> {
  return { name, holds }
}

/** A rule for people of this network: a visitor never passes. */
export function personRule<Thing = unknown>(
  name: string,
  holds: (actor: Actor, thing: Thing) => boolean,
): Rule<Thing> {
  return { name, holds: (actor, thing) => actor !== undefined && holds(actor, thing) }
}

export function anyOf<Thing>(...rules: Rule<Thing>[]): Rule<Thing> {
  return {
    name: rules.map(each => each.name).join(' or '),
    holds: (actor, thing) => rules.some(each => each.holds(actor, thing)),
  }
}

export const isTeam = (actor: Actor): boolean =>
  actor.posts.some(post => post === 'co-ordinator' || post === 'portfolio-manager' || post === 'director')
export const holdsPost = (actor: Actor, post: Post): boolean => actor.posts.includes(post)
export const groupsOf = (actor: Actor): number[] => actor.memberships.map(each => each.groupId)
export const isMemberOf = (actor: Actor, groupId: number | null): boolean =>
  actor.memberships.some(each => each.groupId === groupId)
/** The chair, or the deputy, who may do all that the chair may. */
export const leads = (actor: Actor, groupId: number | null): boolean =>
  actor.memberships.some(
    each => each.groupId === groupId && (each.role === 'chair' || each.role === 'deputy'),
  )
/** Here for a Trust alone: who of its patients takes part where is told only by these themselves (mission, Trusts' contacts). */
export const isOnlyTrustContact = (actor: Actor): boolean =>
  actor.trustIds.length > 0 && actor.memberships.length === 0 && !isTeam(actor)
export const isVolunteer = (actor: Actor): boolean =>
  actor.memberships.some(each => each.role === 'volunteer')

export const anyone: Rule = rule('anyone', () => true)
/** For addresses outside any network: the corridor asks everybody else to sign in first. */
export const whoeverIsSignedIn: Rule = rule('whoever is signed in', actor => actor !== undefined)
export const nobody: Rule = rule('nobody', () => false)
/** Everyone whom this network knows and has let sign in, an applicant included. */
export const aPerson: Rule = personRule('a person of the network', () => true)
/** Everyone with a place in the network: a membership, a post of the team, or a Trust's contact. */
export const anInsider: Rule = personRule(
  'a person with a membership, a post of the team or a Trust',
  actor => actor.memberships.length > 0 || isTeam(actor) || actor.trustIds.length > 0,
)
export const aMember: Rule = personRule('a member of a group', actor => actor.memberships.length > 0)
export const theTeam: Rule = personRule('the team', isTeam)
/** Who leads some group of this network. */
const leadsSomething = (actor: Actor): boolean =>
  actor.memberships.some(each => each.role === 'chair' || each.role === 'deputy')
export const aVolunteerOrChair: Rule = personRule(
  'a volunteer or a chair',
  actor => isVolunteer(actor) || leadsSomething(actor),
)
export const aChair: Rule = personRule('a chair or deputy', leadsSomething)
/** Known here, without any place yet. */
export const notYetIn: Rule = personRule(
  'somebody without a place yet',
  actor => actor.memberships.length === 0 && actor.posts.length === 0 && actor.trustIds.length === 0,
)
export const aTrustContact: Rule = personRule('a Trust’s contact', actor => actor.trustIds.length > 0)
export const aMemberOrTheTeam: Rule = anyOf(aMember, theTeam)
export const anAdministrator: Rule = personRule('an administrator', actor =>
  holdsPost(actor, 'administrator'),
)
export const theTeamOrAdministrator: Rule = anyOf(theTeam, anAdministrator)
