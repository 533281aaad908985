import { createHash } from 'node:crypto'
import { theirs } from '#kernel/text/theirs.ts'
import type { Instant } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { type Telling, tellAddress } from '#platform/outbox.ts'
import type { Invited } from '../attendance.ts'
import {
  day,
  letter,
  organised,
  type ToldMeeting,
  toldMeeting,
  when,
  whereWords,
  withEntry,
} from '../correspondence/letters.ts'
import { type Recipient, recipientsOf } from '../correspondence/people.ts'
import { meetingPaths } from '../paths.ts'
import type { LoadedMeeting } from '../store.ts'
import { dayAndTime } from '../words.ts'
import type { CalendarReply } from './replies.ts'

type Whom = Pick<Invited, 'personId' | 'name'>

async function recipient(
  doing: Doing,
  meeting: LoadedMeeting,
  { personId }: Whom,
): Promise<Recipient | undefined> {
  return (await recipientsOf(doing, meeting)).find(each => each.personId === personId)
}

/** The answer cannot count: its person hears why, once, and of a meeting that moved they are asked again. */
export async function tellWhatCame(
  doing: Doing,
  meeting: LoadedMeeting,
  person: Whom,
  because: 'cancelled' | 'over' | 'out-of-date' | string,
): Promise<void> {
  const to = await recipient(doing, meeting, person)
  if (!to) return
  const told = toldMeeting(meeting.row, meeting.group)
  const from = await organised(doing, [{ meetingId: meeting.id, to }])
  const of = (key: string, words: Parameters<typeof letter>[5]) =>
    letter(from, told, to, 'answer', `${because}:${key}`, words)
  const tellings: Record<string, () => Telling> = {
    cancelled: () =>
      withEntry(
        from,
        told,
        to,
        of(String(meeting.id), {
          subject: `the meeting on ${day(told.starts_at)} was cancelled`,
          paragraphs: [
            `Your calendar answered our invitation to the meeting of ${theirs(told.group_name)} on ${when(told)}.`,
            `That meeting was cancelled on ${day(told.changed_at)}. You do not have to do anything.`,
          ],
          short: `the meeting on ${day(told.starts_at)} was cancelled. You do not have to answer.`,
        }),
      ),
    over: () =>
      of(String(meeting.id), {
        subject: `the meeting on ${day(told.starts_at)} is over`,
        paragraphs: [
          `Your calendar answered our invitation to the meeting of ${theirs(told.group_name)} on ${when(told)}.`,
          'That meeting is over. So your answer changes nothing. Do we have it wrong if you were there? Then please tell us.',
        ],
        short: `the meeting on ${day(told.starts_at)} is over. Your answer changes nothing.`,
      }),
    'out-of-date': () =>
      withEntry(
        from,
        told,
        to,
        of(`${meeting.id}:${meeting.row.timed_sequence}`, {
          subject: `can you come on ${day(told.starts_at)}?`,
          paragraphs: [
            `Your calendar answered our invitation to a meeting of ${theirs(told.group_name)}. But the meeting has moved since then, so we did not count your answer.`,
            `It is now on ${when(told)}.`,
            ...whereWords(told, to),
            'Can you come then? Please answer once more.',
          ],
          linkWords: 'See the meeting and answer here',
          short: `a meeting has moved to ${when(told)}. Please answer once more.`,
        }),
        true,
      ),
  }
  const telling = tellings[because]
  if (telling) await doing.tell(telling())
}

const asked: Record<CalendarReply['answer'], string> = {
  accepted: 'You come.',
  declined: 'You cannot come.',
  tentative: 'You do not know yet.',
}

/** "You come.", in the words in which somebody is asked whether they said so. */
export const answerWords = (
  answer: CalendarReply['answer'] | 'counter',
  proposedAt: Instant | null | undefined,
): string =>
  answer !== 'counter'
    ? asked[answer]
    : proposedAt
      ? `You would like another time: ${dayAndTime(proposedAt)}.`
      : 'You would like another time.'

/** Was it you? Goes to the address that we have, whoever wrote the answer. */
export async function tellReadBack(
  doing: Doing,
  meeting: LoadedMeeting,
  person: Whom,
  {
    id,
    token,
    reply,
    sentBy,
  }: { id: number; token: string; reply: CalendarReply; sentBy: string | undefined },
): Promise<void> {
  const told = toldMeeting(meeting.row, meeting.group)
  const said = answerWords(reply.method === 'COUNTER' ? 'counter' : reply.answer, reply.startsAt)
  await doing.tell({
    key: `meeting-answer-asked:${id}:${person.personId}`,
    personId: person.personId,
    kind: 'meeting-answer-asked',
    subject: `did you answer for the meeting on ${day(told.starts_at)}?`,
    paragraphs: [
      `An answer came to our invitation to the meeting of ${theirs(told.group_name)} on ${when(told)}.`,
      `It says: ${said}`,
      sentBy
        ? 'Somebody sent it for you. So we ask you first: is this your answer?'
        : 'We could not see if it came from you. So we ask you first: is this your answer?',
      'Nothing changes until you say yes.',
    ],
    link: {
      path: meetingPaths.answer(doing.network.slug, token),
      words: 'Say yes or no here. You do not have to sign in',
      open: true,
    },
    short: `did you answer for the meeting on ${day(told.starts_at)}? Please say yes or no.`,
    about: { kind: 'meeting', id: meeting.reference },
  })
}

/** Chair and deputy hear of another time that somebody would like. */
export async function tellProposal(
  doing: Doing,
  meeting: LoadedMeeting,
  person: Whom,
  given: { readonly words: string; readonly proposedAt: Instant | null; readonly saidAt: Instant },
): Promise<void> {
  const told: ToldMeeting = toldMeeting(meeting.row, meeting.group)
  await doing.tell(
    ...meeting.leaderIds
      .filter(each => each !== person.personId)
      .map(
        (personId): Telling => ({
          key: `meeting-answer-proposal:${meeting.id}:${person.personId}:${given.saidAt.epochMilliseconds}:${personId}`,
          personId,
          kind: 'meeting-answer-proposal',
          subject: `another time is asked for, instead of ${day(told.starts_at)}`,
          paragraphs: [
            `${theirs(person.name)} would like another time for the meeting of ${theirs(told.group_name)} on ${when(told)}.`,
            given.proposedAt ? `They ask for ${dayAndTime(given.proposedAt)}.` : '',
            given.words ? `They say: “${theirs(given.words)}”` : '',
            'Nothing has changed. You can move the meeting, or leave it as it is.',
          ].filter(each => each !== ''),
          link: {
            path: meetingPaths.step(doing.network.slug, meeting.reference, 'move'),
            words: 'Move the meeting here',
          },
          short: `somebody would like another time for the meeting on ${day(told.starts_at)}.`,
          about: { kind: 'meeting', id: meeting.reference },
        }),
      ),
  )
}

/** To an address that our own mail server vouches for: nobody waits for what does not come. */
export async function tellNotInvited(doing: Doing, meeting: LoadedMeeting, address: string): Promise<void> {
  const mark = createHash('sha256').update(address.toLowerCase()).digest('hex').slice(0, 16)
  await tellAddress(
    doing.tx,
    doing,
    { name: address, channel: 'email', address },
    {
      key: `meeting-answer-not-invited:${meeting.id}:${mark}`,
      kind: 'meeting-answer-not-invited',
      subject: 'your answer to an invitation',
      paragraphs: [
        'Your calendar answered an invitation that we sent to somebody else. So we did not count it.',
        'Would you like to come? Then please ask the person who passed the invitation on, or write to us.',
      ],
      about: { kind: 'meeting', id: meeting.reference },
    },
    doing.now,
  )
}
