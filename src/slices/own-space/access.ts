import { type Actor, personRule, type Rule } from '#platform/permission.ts'

export interface Space {
  readonly spaceId: number
  readonly groupId: number | null
  readonly name: string
  readonly rules: string
  readonly version: number
  readonly moderatorId: number | null
  readonly moderatorName: string | null
}

/** Nobody with a post, a professional place, a chair or a Trust’s desk, also when they are a volunteer as well. */
const isVolunteerAlone = (actor: Actor): boolean =>
  actor.posts.length === 0 &&
  actor.trustIds.length === 0 &&
  actor.memberships.length > 0 &&
  actor.memberships.every(each => each.role === 'volunteer')

export const aVolunteerAlone: Rule<undefined> = personRule('a volunteer without any post', isVolunteerAlone)

/** The database has the same rule of its own (`in_own_space`); a test holds the two against each other. */
export const mayEnter: Rule<Space> = personRule(
  'volunteers of this space without any post',
  (actor, space) =>
    isVolunteerAlone(actor) &&
    (space.groupId === null || actor.memberships.some(each => each.groupId === space.groupId)),
)

export const moderates = (actor: Actor, space: Space): boolean => space.moderatorId === actor.personId

/**
 * The moderator decides on a report. On their own post, on their own report, and while there is no moderator, any
 * other volunteer of the space does.
 */
export function mayDecide(
  actor: Pick<Actor, 'personId'>,
  space: Pick<Space, 'moderatorId'>,
  report: { readonly byId: number; readonly authorId: number | null },
): boolean {
  const concerned = (id: number) => id === report.byId || id === report.authorId
  if (concerned(actor.personId)) return false
  if (space.moderatorId === null || concerned(space.moderatorId)) return true
  return space.moderatorId === actor.personId
}
