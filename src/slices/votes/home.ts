import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { reference } from '#kernel/references.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { HomePart, Visit } from '#platform/http/route.ts'
import { votePaths } from './paths.ts'

/** Votes that wait for me, and what waits for me as the chair: motions to open, ties to decide. */
export function votesAtHome(visit: Visit): Question<HomePart>[] {
  const { actor, tx, network, today, now } = visit
  if (!actor) return []
  const led = actor.memberships
    .filter(each => each.role === 'chair' || each.role === 'deputy')
    .map(each => each.groupId)
  const voting = actor.memberships.filter(each => each.voting).map(each => each.groupId)
  const rows = tx
    .selectFrom('motion as m')
    .innerJoin('meeting as g', join =>
      join.onRef('g.network_id', '=', 'm.network_id').onRef('g.id', '=', 'm.meeting_id'),
    )
    .leftJoin('voter as v', join =>
      join
        .onRef('v.network_id', '=', 'm.network_id')
        .onRef('v.motion_id', '=', 'm.id')
        .on('v.person_id', '=', actor.personId),
    )
    .select(['m.number', 'm.text', 'm.state', 'm.closes_at', 'v.has_voted'])
    .where('m.state', '!=', 'withdrawn')
    .where(
      sql<boolean>`((m.state = 'open' and v.has_voted = false and v.off_because is distinct from 'left'
          and (m.closes_at is null or m.closes_at > ${now}) and g.group_id = any(${voting}::integer[]))
        or (g.group_id = any(${led}::integer[]) and (
          (m.state = 'draft' and g.state not in ('cancelled', 'minutes-agreed', 'published'))
          or (m.state = 'closed' and m.result ->> 'outcome' = 'waits-for-chair'))))`,
    )
    .where(sql<boolean>`not exists (select from conflict x where x.network_id = m.network_id and x.item_id = m.item_id
      and x.person_id = ${actor.personId} and x.outcome in ('speaks', 'leaves', 'no-paper'))`)
    .orderBy(sql`m.closes_at nulls last`)
    .orderBy('m.id')
    .limit(20)
  return [
    question(rows, found => ({
      needs: found.map(row => {
        const mark = reference('V', row.number)
        const due =
          row.state === 'open' && row.closes_at
            ? Temporal.Instant.from(row.closes_at).toZonedDateTimeISO('Europe/London').toPlainDate()
            : null
        return {
          title: shorten(row.text, 100),
          href:
            row.state === 'open'
              ? votePaths.ballot(network.slug, mark)
              : row.state === 'draft'
                ? votePaths.one(network.slug, mark)
                : votePaths.step(network.slug, mark, 'casting-vote'),
          status:
            row.state === 'open'
              ? 'Vote now'
              : row.state === 'draft'
                ? 'Put it to the vote'
                : 'It is a tie: decide',
          hint: mark,
          due: due && Temporal.PlainDate.compare(due, today) < 0 ? null : due,
        }
      }),
    })),
  ]
}
