import { refuse } from '#kernel/decision.ts'
import type { ReplyKind } from '#platform/mail/replies.ts'
import { giveApologies, invitedTo } from './attendance.ts'
import { sayComing } from './coming.ts'
import { isAhead } from './meeting.ts'
import { loadMeeting } from './store.ts'
import { fromTo } from './words.ts'

/** "Yes" comes, "no" sends apologies; of whoever is invited, for themselves. */
export const meetingReplies: ReplyKind = {
  about: 'meeting',
  async read(doing, { about, personId }, { answer, words }) {
    if (answer !== 'yes' && answer !== 'no') return undefined
    const meeting = await loadMeeting(doing, about.id, { forChange: true })
    if (!meeting || !(await invitedTo(doing, meeting)).some(each => each.personId === personId))
      return undefined
    const when = `the meeting of ${meeting.group.name} on ${fromTo(meeting.it.startsAt, meeting.it.minutesLong)}`
    if (meeting.it.state === 'cancelled') return refuse('cancelled', 'This meeting was cancelled')
    if (!isAhead(meeting.it)) return refuse('over', 'This meeting is over')
    return {
      accepted: true,
      intent: { answer, words },
      sentence: answer === 'yes' ? `You come to ${when}.` : `You cannot come to ${when}.`,
    }
  },
  async carryOut(doing, { about, personId }, { answer, words }) {
    const meeting = await loadMeeting(doing, about.id, { forChange: true })
    if (!meeting) return refuse('not-there', 'This meeting is not here any more')
    if (meeting.it.state === 'cancelled') return refuse('cancelled', 'This meeting was cancelled')
    return answer === 'yes'
      ? await sayComing(doing, meeting, personId)
      : await giveApologies(doing, meeting, { personId, deputyWords: '', because: words.slice(0, 500) })
  },
}
