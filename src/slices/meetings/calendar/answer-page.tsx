import { z } from 'zod'
import { Form, InsetText } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Row } from '#platform/database/tables.ts'
import { type AnyRoute, form, type Screen, type Visit } from '#platform/http/route.ts'
import { anyone } from '#platform/permission.ts'
import { hashOfToken } from '#platform/seal.ts'
import { type LoadedMeeting, loadMeeting } from '../store.ts'
import { fromTo } from '../words.ts'
import { answerWords } from './answer-letters.ts'
import { count, isOver } from './take-in.ts'

interface Linked {
  readonly reply: Row<'calendar_reply'>
  readonly meeting: LoadedMeeting
  readonly name: string
}

type Here = Visit<Linked>

/**
 * The link in a message: was this answer yours? One person, one answer, once (R42). Opening it, as mail scanners do,
 * changes nothing.
 */
export const answerRoute: AnyRoute = form('/:network/meeting-answer/:token', {
  who: anyone,
  audit: 'calendar-answer-confirmed',
  load: loadLink,
  guardsVersion: false,
  limit: { name: 'calendar-answer', uses: 60, minutes: 15 },
  fields: z.object({ mine: z.string().optional() }),
  screen,
  async submit(visit: Here, { mine }) {
    const { reply, meeting, name } = visit.thing
    // Pressed again, or too late: the page says so.
    if (cannotNow(visit)) return { to: visit.path }
    const isTheirs = mine !== 'no'
    await visit.tx
      .updateTable('calendar_reply')
      .set({ state: isTheirs ? 'counted' : 'not-them' })
      .where('id', '=', reply.id)
      .execute()
    if (isTheirs) {
      await count(
        visit,
        meeting,
        { personId: reply.person_id!, name },
        {
          answer: reply.answer,
          words: reply.words,
          deputyWords: reply.deputy_words,
          proposedAt: reply.proposed_at,
          // They say it now.
          saidAt: visit.now,
        },
      )
    }
    return { to: visit.path }
  },
})

function screen(visit: Here): Screen {
  const { reply, meeting } = visit.thing
  const said = cannotNow(visit)
  return {
    title: said ? 'Thank you' : 'Is this your answer?',
    caption: theirs(meeting.group.short_name),
    body: said ? (
      <InsetText>{said}</InsetText>
    ) : (
      <>
        <p>
          The meeting is on {fromTo(meeting.it.startsAt, meeting.it.minutesLong)}. The answer that came says:
        </p>
        <InsetText>{answerWords(reply.answer, reply.proposed_at)}</InsetText>
        <Form
          hidden={visit.hidden}
          button="Yes, this is my answer"
          secondary={{ text: 'No, I did not say this', name: 'mine', value: 'no' }}
        >
          <p>You do not have to sign in.</p>
        </Form>
      </>
    ),
  }
}

async function loadLink(visit: Visit<undefined>, how: { forChange: boolean }): Promise<Linked | undefined> {
  const hash = hashOfToken(visit.params.token ?? '')
  const find = () =>
    visit.tx
      .selectFrom('calendar_reply as r')
      .innerJoin('meeting as m', 'm.id', 'r.meeting_id')
      .innerJoin('person as p', 'p.id', 'r.person_id')
      .selectAll('r')
      .select(['m.number', 'p.name'])
      .where('r.token_hash', '=', hash)
      .where('p.left_on', 'is', null)
      .executeTakeFirst()
  const found = await find()
  const meeting = found && (await loadMeeting(visit, found.number, how))
  if (!found || !meeting) return undefined
  // Read again now that the meeting is held: the same link may have been used meanwhile.
  const { number, name, ...reply } = how.forChange ? ((await find()) ?? found) : found
  return { reply, meeting, name }
}

/** What stands in place of the question, when it has been answered or cannot be any more. */
function cannotNow({ thing, now, network }: Here): string | undefined {
  const { reply, meeting } = thing
  const ring = network.phone ? ` You can also ring us on ${network.phone}.` : ''
  if (reply.state === 'counted') return 'You said that this is your answer. It counts now.'
  if (reply.state === 'not-them') return 'You said that this was not you. Nothing has changed.'
  if (reply.state !== 'asked') {
    return `A newer answer came. Please use the link in the newest message, or sign in and answer.${ring}`
  }
  if (meeting.it.state === 'cancelled') {
    return `This meeting was cancelled on ${dateInWords(dayOf(meeting.row.changed_at))}. You do not have to answer.`
  }
  if (isOver(meeting, now)) return `This meeting is over, so the answer changes nothing.${ring}`
  if (reply.timed_sequence < meeting.row.timed_sequence) return movedWords(meeting)
  return undefined
}

const movedWords = (meeting: LoadedMeeting) =>
  `This meeting has moved. It is now on ${fromTo(meeting.it.startsAt, meeting.it.minutesLong)}. Please answer the new invitation.`
