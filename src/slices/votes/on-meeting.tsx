import { sql } from 'kysely'
import type { ReactNode } from 'react'
import { ButtonLink, LinkList, Reference, StatusTag } from '#design/index.ts'
import { reference } from '#kernel/references.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import type { Visit } from '#platform/http/route.ts'
import { isMemberOf, isTeam } from '#platform/permission.ts'
import { type LoadedMeeting, type MeetingPart, notExcluded } from '#slices/meetings/index.ts'
import { stateWords } from './motion.ts'
import { votePaths } from './paths.ts'
import { readMotion } from './store.ts'
import { outcomeInWords } from './words.ts'

type Here = Visit<LoadedMeeting>

/** What a page shows of votes is asked once, for its items and for the meeting as a whole. */
const asked = new WeakMap<Here['tx'], ReturnType<typeof askMotions>>()

function motionsOf(visit: Here): ReturnType<typeof askMotions> {
  const before = asked.get(visit.tx)
  if (before) return before
  const now = askMotions(visit)
  asked.set(visit.tx, now)
  return now
}

/** The motions of its items, and the written votes that were closed since the meeting before it. */
async function askMotions({ tx, me, thing }: Here) {
  return await tx
    .selectFrom('motion as m')
    .innerJoin('agenda_item as i', join =>
      join.onRef('i.network_id', '=', 'm.network_id').onRef('i.id', '=', 'm.item_id'),
    )
    .innerJoin('meeting as g', join =>
      join.onRef('g.network_id', '=', 'm.network_id').onRef('g.id', '=', 'm.meeting_id'),
    )
    .leftJoin('voter as v', join =>
      join
        .onRef('v.network_id', '=', 'm.network_id')
        .onRef('v.motion_id', '=', 'm.id')
        .on('v.person_id', '=', me.personId),
    )
    .selectAll('m')
    .select(['v.has_voted', 'v.off_because', 'i.handling'])
    .select(
      sql<boolean>`exists (select from conflict x where x.network_id = m.network_id and x.item_id = m.item_id
        and x.person_id = ${me.personId} and x.outcome in ('speaks', 'leaves', 'no-paper'))`.as(
        'in_conflict',
      ),
    )
    .select(
      sql<boolean>`(g.group_id = ${thing.groupId} and m.manner = 'written' and m.state = 'closed'
        and m.closed_at <= ${thing.it.startsAt}
        and m.closed_at > coalesce((select max(b.starts_at) from meeting b where b.network_id = g.network_id
          and b.group_id = g.group_id and b.starts_at < ${thing.it.startsAt} and b.state <> 'cancelled'), '-infinity'))`.as(
        'since_last',
      ),
    )
    .where(eb =>
      eb.or([
        eb('i.meeting_id', '=', thing.id),
        eb.and([
          eb('g.group_id', '=', thing.groupId),
          eb('m.manner', '=', 'written'),
          eb('m.state', '=', 'closed'),
        ]),
      ]),
    )
    .where(notExcluded(me, sql.ref('m.item_id')))
    .orderBy('m.id')
    .execute()
}

/** Under each item: its motions, where they are, and "Vote now" for whoever can. */
async function ofItems(visit: Here, items: readonly number[]): Promise<ReadonlyMap<number, ReactNode>> {
  const { me, network, thing, now } = visit
  if (items.length === 0) return new Map()
  const rows = await motionsOf(visit)
  // On the item's own page; the list of all items stays short.
  const mayPropose = /\/items\/\d+$/.test(visit.path) && (isMemberOf(me, thing.groupId) || isTeam(me))
  return new Map(
    items.map(item => {
      const its = rows.filter(each => each.item_id === item)
      const goesOn = thing.it.state !== 'cancelled' && thing.it.state !== 'published'
      return [
        item,
        <>
          {its.map(row => {
            const mark = reference('V', row.number)
            const it = readMotion(row)
            const can =
              it.state === 'open' &&
              row.has_voted !== null &&
              row.off_because !== 'left' &&
              !row.in_conflict &&
              (row.closes_at === null || row.closes_at.epochMilliseconds > now.epochMilliseconds)
            return (
              <div key={row.id}>
                <p>
                  <a href={votePaths.one(network.slug, mark)}>
                    <Reference>{mark}</Reference> <bdi>{shorten(row.text, 120)}</bdi>
                  </a>{' '}
                  <StatusTag tone={it.state === 'open' ? 'moving' : it.state === 'closed' ? 'good' : 'plain'}>
                    {stateWords[it.state]}
                  </StatusTag>
                  {it.state === 'closed' && (
                    <>
                      <br />
                      {outcomeInWords(it.terms, it.result)}
                    </>
                  )}
                </p>
                {can && !row.has_voted && (
                  <ButtonLink href={votePaths.ballot(network.slug, mark)}>
                    Vote now<span className="nhsuk-u-visually-hidden"> on {mark}</span>
                  </ButtonLink>
                )}
                {can && row.has_voted && <p>You have voted.</p>}
              </div>
            )
          })}
          {mayPropose && goesOn && (
            <p>
              <a href={votePaths.propose(network.slug, thing.reference, item)}>
                Propose a motion<span className="nhsuk-u-visually-hidden"> for this item</span>
              </a>
            </p>
          )}
        </>,
      ]
    }),
  )
}

/** Written votes that were closed since the meeting before this one report themselves (BOARD-16). */
async function ofMeeting(visit: Here): Promise<ReactNode> {
  const { thing, me, network } = visit
  if (!(isMemberOf(me, thing.groupId) || isTeam(me))) return null
  // Of a confidential item only those on the roll know.
  const rows = (await motionsOf(visit)).filter(
    each => each.since_last && (each.handling !== 'named' || each.has_voted !== null),
  )
  if (rows.length === 0) return null
  return (
    <>
      <h2 className="nhsuk-heading-m">Decided in writing since last time</h2>
      <LinkList
        links={rows.map(row => {
          const it = readMotion(row)
          const mark = reference('V', row.number)
          return {
            href: votePaths.one(network.slug, mark),
            text: `${mark}: ${shorten(row.text, 120)}`,
            hint: it.state === 'closed' ? outcomeInWords(it.terms, it.result) : stateWords[it.state],
          }
        })}
      />
    </>
  )
}

export const votesOfMeeting: MeetingPart = { ofItems, ofMeeting }
