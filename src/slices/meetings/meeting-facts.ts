import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { type Question, question } from '#platform/database/questions.ts'
import type { Instant } from '#platform/database/tables.ts'
import type { SaidByCalendar } from './calendar/answers-view.tsx'
import './calendar/tables.ts'
import type { TeamsFacts } from './teams/view.tsx'
import './teams/tables.ts'
import type { LoadedMeeting } from './store.ts'

/** What its page tells of a meeting besides the meeting and its agenda. */
export interface MeetingFacts {
  readonly apologies: readonly { readonly name: string; readonly deputy: string }[]
  readonly coming: readonly string[]
  readonly notSure: readonly string[]
  /** For those who run it. */
  readonly said: readonly SaidByCalendar[]
  readonly teams: TeamsFacts | null
  /** Contributions that wait to be considered at this meeting and that no item answers yet. */
  readonly withoutItem: readonly { readonly number: number; readonly title: string }[]
  readonly history: readonly {
    readonly event: string
    readonly by: string
    readonly at: Instant
    readonly details: Readonly<Record<string, unknown>>
  }[]
}

export function meetingFacts(meeting: LoadedMeeting): Question<MeetingFacts> {
  const asked = sql<{
    apologies: MeetingFacts['apologies']
    coming: string[]
    notSure: string[]
    teams: TeamsFacts | null
    said: (Omit<SaidByCalendar, 'proposedAt' | 'cameAt'> & { proposedAt: string | null; cameAt: string })[]
    withoutItem: MeetingFacts['withoutItem']
    history: { event: string; by: string; at: string; details: Record<string, unknown> }[]
  }>`select
    coalesce((select jsonb_agg(jsonb_build_object('name', p.name, 'deputy', a.deputy_words) order by p.name)
      from attendance a join person p on p.network_id = a.network_id and p.id = a.person_id
      where a.meeting_id = ${meeting.id} and a.state = 'apologies'), '[]') as apologies,
    coalesce((select jsonb_agg(p.name order by p.name) from meeting_answer a
      join person p on p.network_id = a.network_id and p.id = a.person_id
      where a.meeting_id = ${meeting.id} and a.answer = 'coming'), '[]') as coming,
    coalesce((select jsonb_agg(p.name order by p.name) from meeting_answer a
      join person p on p.network_id = a.network_id and p.id = a.person_id
      where a.meeting_id = ${meeting.id} and a.answer = 'not-sure'), '[]') as "notSure",
    coalesce((select jsonb_agg(jsonb_build_object('answer', r.answer, 'state', r.state, 'name', p.name,
        'from', r.from_address, 'words', r.words, 'proposedAt', r.proposed_at, 'cameAt', r.came_at) order by r.id)
      from calendar_reply r left join person p on p.network_id = r.network_id and p.id = r.person_id
      where r.meeting_id = ${meeting.id} and (r.state in ('asked', 'not-them', 'not-invited')
        or r.state = 'counted' and (r.answer = 'counter' or r.words <> ''))), '[]') as said,
    (select jsonb_build_object('state', o.state, 'trouble', o.trouble, 'report', o.report_state, 'unchecked',
        o.report_state = 'came' and exists (select from attendance_report r where r.meeting_id = o.meeting_id))
      from online_meeting o where o.meeting_id = ${meeting.id}) as teams,
    coalesce((select jsonb_agg(jsonb_build_object('number', c.number, 'title', c.title) order by c.number)
      from contribution c where c.meeting_id = ${meeting.id} and c.state in ('to-be-considered', 'reopened')
        and not exists (select from item_contribution x
          join agenda_item i on i.network_id = x.network_id and i.id = x.item_id
          where x.network_id = c.network_id and x.contribution_id = c.id and i.meeting_id = ${meeting.id}
            and i.state in ('raised', 'on-agenda'))), '[]') as "withoutItem",
    coalesce((select jsonb_agg(jsonb_build_object('event', h.event, 'by', h.by_words, 'at', h.at,
        'details', h.details) order by h.id)
      from history h where h.thing_kind = 'meeting' and h.thing_id = ${meeting.id}), '[]') as history`
  return question(asked, ([row]) => {
    const { history, said, ...rest } = row!
    return {
      ...rest,
      said: said.map(each => ({
        ...each,
        proposedAt: each.proposedAt === null ? null : Temporal.Instant.from(each.proposedAt),
        cameAt: Temporal.Instant.from(each.cameAt),
      })),
      history: history.map(each => ({ ...each, at: Temporal.Instant.from(each.at) })),
    }
  })
}
