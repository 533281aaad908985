import { sql } from 'kysely'
import { happened } from '#kernel/decision.ts'
import { reference } from '#kernel/references.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Instant, Row } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { cannotMark } from '../attendance.ts'
import { day } from '../correspondence/letters.ts'
import { meetingPaths } from '../paths.ts'
import { loadMeeting } from '../store.ts'
import { keepReport } from '../teams-report/changes.ts'
import type { ReportRow } from '../teams-report/read.ts'
import type { Stayed } from './graph.ts'
import type { Got } from './trouble.ts'
import './tables.ts'

/** Teams needs a while to write it; then it is asked for each hour of a day. */
const mostTries = 24

export interface ReportTask {
  readonly meetingId: number
  readonly number: number
  readonly teamsId: string
  readonly tries: number
}

/** The next meeting that ended more than an hour ago, held for whoever asks. */
export async function nextReport({
  tx,
  network,
  now,
}: Pick<Doing, 'tx' | 'network' | 'now'>): Promise<ReportTask | undefined> {
  const found = await sql<ReportTask>`
    with next as (
      select o.meeting_id from online_meeting o join meeting m on m.network_id = o.network_id and m.id = o.meeting_id
      where o.network_id = ${network.id} and o.state = 'made' and o.teams_id is not null and o.report_state = 'waiting'
        and m.state in ('agenda-set', 'papers-out', 'planned', 'agenda-open', 'held', 'minutes-drafted')
        and coalesce(m.ended_at, m.starts_at + make_interval(mins => m.minutes_long)) <= ${now.subtract({ hours: 1 })}
        and m.starts_at > ${now.subtract({ hours: 24 * 14 })}
        and (o.report_next_at is null or o.report_next_at <= ${now})
      order by m.starts_at, m.id limit 1 for update of o skip locked
    )
    update online_meeting o set report_next_at = ${now.add({ minutes: 5 })}, report_tries = o.report_tries + 1
    from next, meeting m
    where o.network_id = ${network.id} and o.meeting_id = next.meeting_id and m.network_id = o.network_id
      and m.id = o.meeting_id
    returning o.meeting_id as "meetingId", m.number, o.teams_id as "teamsId", o.report_tries as tries`.execute(
    tx,
  )
  return found.rows[0]
}

/** The report waits for a person to check, as an uploaded one does; what somebody brought or checked already stays. */
export async function noteReport(doing: Doing, task: ReportTask, got: Got<readonly Stayed[]>): Promise<void> {
  const { tx, now } = doing
  const meeting = await loadMeeting(doing, reference('M', task.number), { forChange: true })
  if (!meeting) return
  const set = async (change: Partial<Row<'online_meeting'>>) => {
    await tx.updateTable('online_meeting').set(change).where('meeting_id', '=', task.meetingId).execute()
  }
  const later = async (seconds: number, trouble: string) =>
    await set(
      task.tries >= mostTries
        ? { report_state: 'none', trouble }
        : { report_next_at: now.add({ seconds }), trouble },
    )
  if (!got.ok) {
    const { words, againAfterSeconds } = got.trouble
    return await later(Math.max(60 * 60, againAfterSeconds ?? 0), words)
  }
  if (got.value.length === 0) return await later(60 * 60, '')
  if (cannotMark(meeting.it, doing.today) || (await hasReport(doing, meeting.id))) {
    return await set({ report_state: 'not-needed', trouble: '' })
  }
  const kept = await keepReport(doing, meeting, got.value.map(rowOf), null)
  // Somebody looked in on another day, and nobody on the day of the meeting.
  if (!kept.accepted) return await later(60 * 60, '')
  await set({ report_state: 'came', trouble: '' })
  await doing.happened({ kind: 'meeting', id: meeting.id }, [happened('report-from-teams')])
  await doing.tell(
    ...meeting.leaderIds.map(personId => ({
      key: `meeting-report:${meeting.id}:${personId}`,
      personId,
      kind: 'meeting-report',
      subject: `who was at the meeting on ${day(meeting.it.startsAt)}?`,
      paragraphs: [
        `Microsoft Teams says who was at the meeting of ${theirs(meeting.group.short_name)} on ${day(meeting.it.startsAt)}.`,
        'Please check the names. Nothing counts before you have done so. After a week the list is deleted.',
      ],
      link: {
        path: meetingPaths.step(doing.network.slug, meeting.reference, 'report/check'),
        words: 'Check who was there',
      },
      short: `please check who was at the meeting on ${day(meeting.it.startsAt)}.`,
      about: { kind: 'meeting', id: meeting.reference },
    })),
  )
}

/** One that waits to be checked, or was checked: neither is written over. */
async function hasReport({ tx }: Doing, meetingId: number): Promise<boolean> {
  const found = await sql<{
    there: boolean
  }>`select exists (select from attendance_report where meeting_id = ${meetingId})
    or exists (select from history where thing_kind = 'meeting' and thing_id = ${meetingId}
      and event = 'attendance-from-report') as there`.execute(tx)
  return found.rows[0]!.there
}

/** As a line of an uploaded report, with London's clocks. */
const rowOf = ({ name, email, from, to }: Stayed, at: number): ReportRow => ({
  line: at + 1,
  name,
  email,
  joined: inLondon(from),
  left: inLondon(to),
})

const inLondon = (at: Instant): string =>
  at.toZonedDateTimeISO('Europe/London').toPlainDateTime().toString({ smallestUnit: 'second' })
