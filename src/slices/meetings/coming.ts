import type { Refusal } from '#kernel/decision.ts'
import type { Doing } from '#platform/doing.ts'
import { sayAnswer } from './answers.ts'
import { invitedTo, takeBackApologies } from './attendance.ts'
import type { LoadedMeeting } from './store.ts'

/** They come: apologies that were sent are taken back. */
export async function sayComing(
  doing: Doing,
  meeting: LoadedMeeting,
  personId: number,
): Promise<{ accepted: true } | Refusal> {
  const done = await takeBackApologies(doing, meeting, personId)
  if (!done.accepted) return done
  const invited = await invitedTo(doing, meeting)
  if (invited.some(each => each.personId === personId)) await sayAnswer(doing, meeting, personId, 'coming')
  return done
}
