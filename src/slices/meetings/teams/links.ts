import { sql } from 'kysely'
import { reference } from '#kernel/references.ts'
import type { Instant, Row } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { setLink } from '../planning/changes.ts'
import { loadMeeting } from '../store.ts'
import type { Graph, OnlineMeeting, Wanted } from './graph.ts'
import type { Got } from './trouble.ts'
import { ahead, wantsLink } from './want.ts'
import './tables.ts'

/** Somebody who works on it holds it for so long; whoever dies in the middle is followed by another. */
const leaseMinutes = 5

type What = 'make' | 'move' | 'remove' | 'link'

/** What is to be done for one meeting, as it was when somebody took it on. */
export interface Task extends Wanted {
  readonly what: What
  readonly meetingId: number
  readonly number: number
  readonly externalId: string
  readonly teamsId: string | null
  readonly joinUrl: string
  readonly tries: number
}

/** The next meeting for which something is to be done, held for whoever asks. One statement. */
export async function nextTask({
  tx,
  network,
  now,
}: Pick<Doing, 'tx' | 'network' | 'now'>): Promise<Task | undefined> {
  const lease = now.add({ minutes: leaseMinutes })
  const found = await sql<Omit<Task, 'startsAt'> & { startsAt: Instant }>`
    with next as (
      select o.meeting_id, w.what from online_meeting o
      join meeting m on m.network_id = o.network_id and m.id = o.meeting_id
      cross join lateral (select case
        when o.state = 'wanted' and m.starts_at > ${now} and ${wantsLink} then 'make'
        when o.state = 'made' and ${ahead} and m.kind <> 'in-person' and m.link = '' then 'link'
        when o.state = 'made' and ${wantsLink} and (o.sent_title, o.sent_starts_at, o.sent_minutes)
          is distinct from (m.title, m.starts_at, m.minutes_long) then 'move'
        when o.state in ('wanted', 'made') and not (${wantsLink})
          and (m.state = 'cancelled' or ${ahead}) and (o.state = 'made' or o.tries > 0) then 'remove'
        end as what) w
      where o.network_id = ${network.id} and o.state <> 'gone' and o.next_try_at <= ${now} and w.what is not null
      order by o.next_try_at, o.meeting_id limit 1 for update of o skip locked
    )
    update online_meeting o set next_try_at = ${lease}, tries = o.tries + 1
    from next, meeting m
    where o.network_id = ${network.id} and o.meeting_id = next.meeting_id and m.network_id = o.network_id
      and m.id = o.meeting_id
    returning next.what, o.meeting_id as "meetingId", m.number, o.external_id as "externalId", o.teams_id as "teamsId",
      o.join_url as "joinUrl", o.tries, m.title, m.starts_at as "startsAt", m.minutes_long as "minutesLong"`.execute(
    tx,
  )
  return found.rows[0]
}

/** Asks Teams; outside any transaction. */
export async function ask(graph: Graph, task: Task): Promise<Got<OnlineMeeting | undefined>> {
  const { what, externalId, teamsId } = task
  switch (what) {
    case 'make':
      return await graph.createOrGet(externalId, task)
    case 'link':
      return { ok: true, value: undefined }
    case 'move':
      return await graph.move(teamsId!, task)
    case 'remove': {
      if (teamsId) return await graph.remove(teamsId)
      // It was asked for, and nobody heard what came of it: asked once more, it says which one it is.
      const made = await graph.createOrGet(externalId, task)
      return made.ok ? await graph.remove(made.value.id) : made
    }
  }
}

/** Writes down what came of it, and tells those who were invited without a link. */
export async function noteResult(
  doing: Doing,
  task: Task,
  got: Got<OnlineMeeting | undefined>,
): Promise<void> {
  const { now } = doing
  const meeting = await loadMeeting(doing, reference('M', task.number), { forChange: true })
  if (!meeting) return
  const set = async (change: Partial<Row<'online_meeting'>>) => {
    await doing.tx
      .updateTable('online_meeting')
      .set(change)
      .where('meeting_id', '=', task.meetingId)
      .execute()
  }
  const sent = { sent_title: task.title, sent_starts_at: task.startsAt, sent_minutes: task.minutesLong }
  const well = { tries: 0, trouble: '', next_try_at: now }
  if (!got.ok) {
    const { kind, words, againAfterSeconds } = got.trouble
    if (task.what === 'move' && kind === 'gone') {
      // Somebody deleted it in Teams: it is made anew, with another link.
      await set({ ...well, state: 'wanted', teams_id: null, external_id: `${task.externalId}-again` })
      return
    }
    const seconds = Math.max(againAfterSeconds ?? 0, backoffOf(task.tries))
    await set({ trouble: words, next_try_at: now.add({ seconds }) })
    return
  }
  if (task.what === 'remove') return await set({ ...well, state: 'gone' })
  if (task.what === 'move') return await set({ ...well, ...sent })
  const joinUrl = got.value?.joinUrl ?? task.joinUrl
  if (got.value) {
    await set({ ...well, ...sent, state: 'made', teams_id: got.value.id, join_url: joinUrl })
  } else await set(well)
  // A link that somebody pasted meanwhile wins: this one is taken away in the next turn.
  const { link } = meeting.row
  if (link === '' || link === task.joinUrl) await setLink(doing, meeting, joinUrl)
}

/** A minute, then longer and longer, an hour at most. */
const backoffOf = (tries: number): number => Math.min(60 * 60, 60 * 2 ** Math.max(0, tries - 1))
