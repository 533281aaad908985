import { sql } from 'kysely'
import type { ReactNode } from 'react'
import { Temporal } from 'temporal-polyfill'
import { ButtonLink, LinkList, Reference, StatusTag } from '#design/index.ts'
import { reference } from '#kernel/references.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { type AsJson, question } from '#platform/database/questions.ts'
import type { Visit } from '#platform/http/route.ts'
import { isMemberOf, isTeam } from '#platform/permission.ts'
import { type LoadedMeeting, type MeetingPart, notExcluded } from '#slices/meetings/index.ts'
import { stateWords } from './motion.ts'
import { votePaths } from './paths.ts'
import { readMotion } from './store.ts'
import { outcomeInWords } from './words.ts'

type Here = Visit<LoadedMeeting>

/** The motions of its items, and the written votes that were closed since the meeting before it. */
const motionsOf = ({ tx, me, thing }: Here) =>
  tx
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
    .select(['m.id', 'm.number', 'm.item_id', 'm.text', 'm.kind', 'm.options', 'm.manner', 'm.is_secret'])
    .select(['m.majority', 'm.counted_of', 'm.casting_vote', 'm.state', 'm.because', 'm.result'])
    .select(['m.opened_at', 'm.closes_at', 'm.closed_at'])
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

const momentOrNull = (text: string | null) => (text === null ? null : Temporal.Instant.from(text))

/** A motion as these pages show it, read from what was asked. */
const shownMotion = (row: AsJson<Awaited<ReturnType<ReturnType<typeof motionsOf>['execute']>>[number]>) => ({
  ...row,
  it: readMotion({
    ...row,
    opened_at: momentOrNull(row.opened_at),
    closes_at: momentOrNull(row.closes_at),
    closed_at: momentOrNull(row.closed_at),
  }),
})

type Shown = ReturnType<typeof shownMotion>

/** Under each item: its motions, where they are, and "Vote now" for whoever can. */
function ofItems(
  visit: Here,
  items: readonly number[],
  motions: readonly Shown[],
): ReadonlyMap<number, ReactNode> {
  const { me, network, thing, now } = visit
  // On the item's own page; the list of all items stays short.
  const mayPropose = /\/items\/\d+$/.test(visit.path) && (isMemberOf(me, thing.groupId) || isTeam(me))
  return new Map(
    items.map(item => {
      const its = motions.filter(each => each.item_id === item)
      const goesOn = thing.it.state !== 'cancelled' && thing.it.state !== 'published'
      return [
        item,
        <>
          {its.map(row => {
            const mark = reference('V', row.number)
            const { it } = row
            const can =
              it.state === 'open' &&
              row.has_voted !== null &&
              row.off_because !== 'left' &&
              !row.in_conflict &&
              (it.closesAt === null || it.closesAt.epochMilliseconds > now.epochMilliseconds)
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
function ofMeeting(visit: Here, motions: readonly Shown[]): ReactNode {
  const { thing, me, network } = visit
  if (!(isMemberOf(me, thing.groupId) || isTeam(me))) return null
  // Of a confidential item only those on the roll know.
  const rows = motions.filter(
    each => each.since_last && (each.handling !== 'named' || each.has_voted !== null),
  )
  if (rows.length === 0) return null
  return (
    <>
      <h2 className="nhsuk-heading-m">Decided in writing since last time</h2>
      <LinkList
        links={rows.map(row => {
          const { it } = row
          const mark = reference('V', row.number)
          return {
            href: votePaths.one(network.slug, mark),
            text: `${mark}: ${theirs(shorten(row.text, 120))}`,
            hint: it.state === 'closed' ? outcomeInWords(it.terms, it.result) : stateWords[it.state],
          }
        })}
      />
    </>
  )
}

export const votesOfMeeting: MeetingPart = (visit, items) =>
  question(motionsOf(visit), rows => {
    const motions = rows.map(shownMotion)
    return { ofItems: ofItems(visit, items, motions), ofMeeting: ofMeeting(visit, motions) }
  })
