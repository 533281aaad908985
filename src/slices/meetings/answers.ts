import { happened } from '#kernel/decision.ts'
import type { Row } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import './calendar/tables.ts'
import { isAhead } from './meeting.ts'
import type { LoadedMeeting } from './store.ts'

type Said = Row<'meeting_answer'>['answer']

/** Somebody says that they come, or that they do not know yet. Apologies that they sent before are another matter. */
export async function sayAnswer(
  doing: Pick<Doing, 'tx' | 'network' | 'now' | 'happened'>,
  meeting: LoadedMeeting,
  personId: number,
  answer: Said,
): Promise<void> {
  if (!isAhead(meeting.it)) return
  const before = await doing.tx
    .selectFrom('meeting_answer')
    .select('answer')
    .where('meeting_id', '=', meeting.id)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  const said = { answer, at: doing.now }
  await doing.tx
    .insertInto('meeting_answer')
    .values({ network_id: doing.network.id, meeting_id: meeting.id, person_id: personId, ...said })
    .onConflict(on => on.columns(['network_id', 'meeting_id', 'person_id']).doUpdateSet(said))
    .execute()
  if (before?.answer === answer) return
  await doing.happened({ kind: 'meeting', id: meeting.id }, [
    happened(answer === 'coming' ? 'says-coming' : 'says-not-sure', { personId }),
  ])
}

/** @param personId everybody's without it: the meeting has another time now */
export async function forgetAnswers(
  doing: Pick<Doing, 'tx'>,
  meetingId: number,
  personId?: number,
): Promise<void> {
  await doing.tx
    .deleteFrom('meeting_answer')
    .where('meeting_id', '=', meetingId)
    .$if(personId !== undefined, query => query.where('person_id', '=', personId!))
    .execute()
}
