import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Instant } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { LoadedMeeting } from './store.ts'

/** What its page tells of a meeting besides the meeting and its agenda. */
export interface MeetingFacts {
  readonly apologies: readonly { readonly name: string; readonly deputy: string }[]
  readonly history: readonly {
    readonly event: string
    readonly by: string
    readonly at: Instant
    readonly details: Readonly<Record<string, unknown>>
  }[]
}

export async function meetingFacts(doing: Pick<Doing, 'tx'>, meeting: LoadedMeeting): Promise<MeetingFacts> {
  const found = await sql<{
    apologies: MeetingFacts['apologies']
    history: { event: string; by: string; at: string; details: Record<string, unknown> }[]
  }>`select
    coalesce((select jsonb_agg(jsonb_build_object('name', p.name, 'deputy', a.deputy_words) order by p.name)
      from attendance a join person p on p.network_id = a.network_id and p.id = a.person_id
      where a.meeting_id = ${meeting.id} and a.state = 'apologies'), '[]') as apologies,
    coalesce((select jsonb_agg(jsonb_build_object('event', h.event, 'by', h.by_words, 'at', h.at,
        'details', h.details) order by h.id)
      from history h where h.thing_kind = 'meeting' and h.thing_id = ${meeting.id}), '[]') as history`.execute(
    doing.tx,
  )
  const { apologies, history } = found.rows[0]!
  return { apologies, history: history.map(each => ({ ...each, at: Temporal.Instant.from(each.at) })) }
}
