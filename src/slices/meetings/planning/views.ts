import { dateInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import type { Instant } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { acknowledge, loadThread } from '#slices/contributions/index.ts'
import type { LoadedMeeting } from '../store.ts'

/** Contributions that wait to be considered there go to the new day with it, and their people hear so. */
export async function viewsMoveAlong(
  doing: Doing,
  meeting: LoadedMeeting,
  moved: { readonly before: Instant; readonly to: Instant; readonly because: string },
): Promise<void> {
  const words = `The meeting on ${dateInWords(dayOf(moved.before))} has moved to ${dateInWords(dayOf(moved.to))}. The reason: ${moved.because}`
  await reroute(doing, meeting, { meetingId: meeting.id, on: null, words })
}

/** To the group's next meeting; where none is planned, the day that was promised stays. */
export async function viewsOfCancelled(doing: Doing, meeting: LoadedMeeting, because: string): Promise<void> {
  const day = dayOf(meeting.it.startsAt)
  const next = await doing.tx
    .selectFrom('meeting')
    .select(['id', 'starts_at'])
    .where('group_id', '=', meeting.groupId)
    .where('id', '<>', meeting.id)
    .where('state', 'in', ['planned', 'agenda-open', 'agenda-set', 'papers-out'])
    .where('starts_at', '>', doing.now)
    .orderBy('starts_at')
    .executeTakeFirst()
  const cancelled = `The meeting on ${dateInWords(day)} is cancelled. The reason: ${because}`
  await reroute(
    doing,
    meeting,
    next
      ? { meetingId: next.id, on: null, words: cancelled }
      : {
          meetingId: null,
          on: day,
          words: `${cancelled}\n\nNo other meeting is planned yet. The group finds another way to talk about it by that day.`,
        },
  )
}

async function reroute(
  doing: Doing,
  meeting: LoadedMeeting,
  to: {
    readonly meetingId: number | null
    readonly on: ReturnType<typeof dayOf> | null
    readonly words: string
  },
): Promise<void> {
  const waiting = await doing.tx
    .selectFrom('contribution')
    .select('number')
    .where('meeting_id', '=', meeting.id)
    .where('state', '=', 'to-be-considered')
    .orderBy('id')
    .execute()
  for (const { number } of waiting) {
    const thread = await loadThread(doing.tx, number, { forChange: true })
    if (thread) await acknowledge(doing, thread, { groupId: meeting.groupId, ...to })
  }
}
