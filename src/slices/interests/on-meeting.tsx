import type { ReactNode } from 'react'
import { InsetText } from '#design/index.ts'
import { question } from '#platform/database/questions.ts'
import type { Visit } from '#platform/http/route.ts'
import { isMemberOf } from '#platform/permission.ts'
import { hasCome, type LoadedMeeting, type MeetingPart, mayRunMeeting } from '#slices/meetings/index.ts'
import { outcomeWords } from './conflict.ts'
import { Conflicts } from './conflicts.tsx'
import { interestPaths } from './paths.ts'
import { type ConflictLine, conflictsOf } from './queries.ts'

/** Under each item: all conflicts for those who run the meeting, for everybody else their own. */
function ofItems(
  visit: Visit<LoadedMeeting>,
  items: readonly number[],
  found: readonly ConflictLine[],
): ReadonlyMap<number, ReactNode> {
  const { me, network, thing } = visit
  const runs = mayRunMeeting.holds(me, thing)
  const onItem = /\/items\/\d+$/.test(visit.path) && isMemberOf(me, thing.groupId)
  return new Map(
    items.map(item => {
      const its = found.filter(each => each.itemId === item)
      const own = its.find(each => each.personId === me.personId)
      const others = its.filter(each => each !== own)
      return [
        item,
        <>
          {own && (
            <InsetText>
              <p>
                {own.outcome === null
                  ? own.personSays === null
                    ? 'Does this item touch an interest of yours?'
                    : 'The chair decides what follows from your interest.'
                  : `Your interest: ${outcomeWords[own.outcome].toLowerCase()}.`}{' '}
                <a href={interestPaths.conflict(network.slug, own.id)}>
                  {own.outcome === null && own.personSays === null ? 'Answer' : 'See it'}
                  <span className="nhsuk-u-visually-hidden"> about your interest</span>
                </a>
              </p>
            </InsetText>
          )}
          {others.length > 0 && (
            <>
              <p>
                <strong>Interests that meet this item</strong>
              </p>
              <Conflicts slug={network.slug} list={others} />
            </>
          )}
          {(onItem || (runs && /\/items\/\d+$/.test(visit.path))) && (
            <p>
              <a href={interestPaths.declare(network.slug, thing.reference, item)}>
                Declare an interest in this item
              </a>
            </p>
          )}
        </>,
      ]
    }),
  )
}

/** Before and in the meeting: whether there is anything new. */
function ofMeeting(visit: Visit<LoadedMeeting>): ReactNode {
  const { me, network, thing } = visit
  if (thing.it.state === 'cancelled' || thing.row.ended_at || hasCome(thing.it, 'minutes-drafted'))
    return null
  const member = isMemberOf(me, thing.groupId)
  const runs = mayRunMeeting.holds(me, thing)
  if (!member && !runs) return null
  return (
    <>
      <h2 className="nhsuk-heading-m">Interests</h2>
      {member && (
        <p>
          <a href={interestPaths.beforeMeeting(network.slug, thing.reference)}>
            Is there anything new to declare?
          </a>
        </p>
      )}
      {runs && (
        <p>
          <a href={interestPaths.conflicts(network.slug, thing.reference)}>
            Conflicts of interest at this meeting
          </a>
        </p>
      )}
    </>
  )
}

export const interestsOfMeeting: MeetingPart = (visit, items) => {
  const only = mayRunMeeting.holds(visit.me, visit.thing) ? undefined : visit.me.personId
  return question(conflictsOf(visit.tx, items, only), found => ({
    ofItems: ofItems(visit, items, found),
    ofMeeting: ofMeeting(visit),
  }))
}
