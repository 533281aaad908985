import { type SqlBool, sql } from 'kysely'
import type { Doing } from '#platform/doing.ts'
import type { Telling } from '#platform/outbox.ts'
import { calendarColumns } from '../calendar/of-meeting.ts'
import { minutesToWait } from '../teams/want.ts'
import { invitation, invitationKey, invitations, organised, type ToldMeeting } from './letters.ts'
import type { Recipient } from './people.ts'

type Pair = ToldMeeting & Recipient

/**
 * Invites everybody of the group who has not been invited yet, to meetings that lie ahead: all when it is planned,
 * and later whoever joins the group.
 */
export async function invite(doing: Doing, meetingIds?: readonly number[]): Promise<void> {
  const pairs = await notInvited(doing, meetingIds)
  const fresh = await markInvited(doing, pairs)
  if (fresh.length === 0) return
  const from = await organised(
    doing,
    fresh.map(each => ({ meetingId: each.id, to: each })),
  )
  const people = new Map<number, Pair[]>()
  for (const each of fresh) people.set(each.personId, [...(people.get(each.personId) ?? []), each])
  await doing.tell(
    ...[...people.values()].flatMap((list): Telling[] => {
      const to = list[0]!
      return to.channel === 'email' || list.length === 1
        ? list.map(each => invitation(from, each, to))
        : [invitations(from, list, to)]
    }),
  )
}

async function notInvited(doing: Doing, meetingIds?: readonly number[]): Promise<Pair[]> {
  return await doing.tx
    .selectFrom('meeting as m')
    .innerJoin('network_group as g', join =>
      join.onRef('g.network_id', '=', 'm.network_id').onRef('g.id', '=', 'm.group_id'),
    )
    .innerJoin('membership as b', join =>
      join.onRef('b.network_id', '=', 'm.network_id').onRef('b.group_id', '=', 'm.group_id'),
    )
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'b.network_id').onRef('p.id', '=', 'b.person_id'),
    )
    // Somebody with two places in the group is one person.
    .distinctOn(['m.starts_at', 'm.id', 'p.id'])
    .select(calendarColumns.map(each => `m.${each}` as const))
    .select(['m.papers_due_on', 'g.short_name as group_name'])
    .select(['p.id as personId', 'p.name', 'p.email', 'p.channel'])
    .where('m.planned_at', '<=', doing.now)
    .where('m.state', 'in', ['planned', 'agenda-open', 'agenda-set', 'papers-out'])
    .where('m.starts_at', '>', doing.now)
    .$if(meetingIds !== undefined, query =>
      query.where('m.id', '=', sql<number>`any(${[...(meetingIds ?? [])]}::integer[])`),
    )
    .where('p.left_on', 'is', null)
    .where('b.from_on', '<=', doing.today)
    .where(eb => eb.or([eb('b.to_on', 'is', null), eb('b.to_on', '>=', doing.today)]))
    .where(
      sql<SqlBool>`not exists (select from reminder r where r.network_id = m.network_id
        and r.key = 'meeting-invitation:' || m.id || ':' || p.id)`,
    )
    // Its link is being made, and is a matter of seconds: one message, not two.
    .where(
      sql<SqlBool>`not exists (select from online_meeting o where o.network_id = m.network_id and o.meeting_id = m.id
        and o.state = 'wanted' and m.link = '' and o.wanted_at > ${doing.now.subtract({ minutes: minutesToWait })})`,
    )
    .orderBy('m.starts_at')
    .orderBy('m.id')
    .orderBy('p.id')
    .limit(5000)
    .execute()
}

/** @returns those that nobody else has invited in the meantime */
async function markInvited(doing: Doing, pairs: readonly Pair[]): Promise<Pair[]> {
  if (pairs.length === 0) return []
  const written = await doing.tx
    .insertInto('reminder')
    .values(
      pairs.map(each => ({
        network_id: doing.network.id,
        key: invitationKey(each.id, each.personId),
        person_id: each.personId,
        at: doing.now,
      })),
    )
    .onConflict(on => on.columns(['network_id', 'key']).doNothing())
    .returning('key')
    .execute()
  const fresh = new Set(written.map(each => each.key))
  return pairs.filter(each => fresh.has(invitationKey(each.id, each.personId)))
}
