import { dateInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { reference } from '#kernel/references.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Instant, PlainDate, Row } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { Telling } from '#platform/outbox.ts'
import { invitationFile } from '../calendar/entry.ts'
import { type AskedOf, addressFor, askEach, type Organiser, organiserOf } from '../calendar/invited.ts'
import { type CalendarRow, entryOf } from '../calendar/of-meeting.ts'
import { meetingPaths } from '../paths.ts'
import { knownAccess, placeInWords } from '../planning/place.ts'
import { fromTo } from '../words.ts'
import type { Recipient } from './people.ts'
import type { LetterKind } from './plan.ts'

/** A meeting as letters tell of it: when and where, and nothing of what is on its agenda (R42). */
export type ToldMeeting = CalendarRow & {
  readonly group_name: string
  readonly papers_due_on: PlainDate | null
}

export const toldMeeting = (row: Row<'meeting'>, group: { readonly short_name: string }): ToldMeeting => ({
  ...row,
  group_name: group.short_name,
})

type Words = Pick<Telling, 'subject' | 'paragraphs' | 'short' | 'reply'> & { readonly linkWords?: string }

type From = Pick<Doing, 'network' | 'publicUrl'>

/** One letter about one meeting to one person. */
export function letter(
  from: From,
  meeting: ToldMeeting,
  to: Recipient,
  kind: string,
  key: string,
  words: Words,
): Telling {
  const { linkWords, ...rest } = words
  return {
    ...rest,
    paragraphs: rest.paragraphs.filter(each => each !== ''),
    key: `meeting-${kind}:${key}:${to.personId}`,
    personId: to.personId,
    kind: `meeting-${kind}`,
    link: {
      path: meetingPaths.one(from.network.slug, reference('M', meeting.number)),
      words: linkWords ?? 'See the meeting here',
    },
    about: { kind: 'meeting', id: reference('M', meeting.number) },
  }
}

export const when = (meeting: ToldMeeting) => fromTo(meeting.starts_at, meeting.minutes_long)
export const day = (at: Instant) => dateInWords(dayOf(at))

/** Where it is and how to get in, for those who read it on paper or hear it on the phone too. */
export function whereWords(meeting: ToldMeeting, to: Recipient): string[] {
  const where = placeInWords(meeting, theirs)
  const how =
    to.channel === 'email'
      ? 'The link to join is in your calendar entry. From the day before, it is on the meeting’s page too.'
      : 'Tell us if you want to join by phone, or if you need help to join online.'
  return [
    meeting.kind === 'online' ? `It is online: ${where}.` : `It is here: ${where}.`,
    ...(meeting.kind === 'in-person' ? [] : [how]),
    ...(meeting.kind === 'online'
      ? []
      : [
          knownAccess(meeting.access)
            .map(each => `${each.label}: ${theirs(each.words)}.`)
            .join(' '),
          meeting.travel ? `How to get there: ${theirs(meeting.travel)}` : '',
        ]),
  ]
}

/**
 * With the entry for the calendar, when it goes by e-mail.
 * @param anew a new time: what somebody answered to another one does not count
 */
export function withEntry(
  from: FromOrganiser,
  meeting: ToldMeeting,
  to: Recipient,
  telling: Telling,
  anew = false,
): Telling {
  if (to.channel !== 'email' || !to.email) return telling
  const method = meeting.state === 'cancelled' ? 'CANCEL' : 'REQUEST'
  const asked = from.asked(meeting.id, to.personId)
  const text = invitationFile(entryOf(meeting, { slug: from.network.slug, publicUrl: from.publicUrl }), {
    method,
    from: {
      name: from.organiser.name,
      email: addressFor(from.organiser, asked?.key),
      reads: from.organiser.reads,
    },
    to: { name: to.name, email: to.email, answer: anew ? null : (asked?.answer ?? null) },
  })
  return { ...telling, attachment: { name: 'meeting.ics', method, text } }
}

export type FromOrganiser = From & { readonly organiser: Organiser; readonly asked: AskedOf }

/** From whom letters with entries come; whoever gets one by e-mail can answer it with their calendar. */
export async function organised(
  doing: Doing,
  pairs: readonly { readonly meetingId: number; readonly to: Recipient }[],
): Promise<FromOrganiser> {
  const asked = await askEach(
    doing,
    pairs.map(({ meetingId, to }) => ({
      meetingId,
      personId: to.personId,
      email: to.channel === 'email' ? to.email : null,
    })),
  )
  return {
    network: doing.network,
    publicUrl: doing.publicUrl,
    organiser: await organiserOf(doing.tx, doing),
    asked,
  }
}

export const invitationKey = (meetingId: number, personId: number) =>
  `meeting-invitation:${meetingId}:${personId}`

export function invitation(from: FromOrganiser, meeting: ToldMeeting, to: Recipient): Telling {
  return withEntry(
    from,
    meeting,
    to,
    letter(from, meeting, to, 'invitation', String(meeting.id), {
      subject: `you are invited to a meeting on ${day(meeting.starts_at)}`,
      paragraphs: [
        `You are invited to a meeting of ${theirs(meeting.group_name)}. It is on ${when(meeting)}.`,
        ...whereWords(meeting, to),
        meeting.papers_due_on ? `The papers come by ${dateInWords(meeting.papers_due_on)}.` : '',
        'If you cannot come, please tell us.',
      ],
      short: `you are invited to a meeting on ${day(meeting.starts_at)}.`,
      reply: 'You can also answer this e-mail: write yes if you come, or no if you cannot.',
    }),
  )
}

/** Several meetings at once, for whoever gets a call, a letter or a text message: one, not six. */
export function invitations(from: From, meetings: readonly ToldMeeting[], to: Recipient): Telling {
  return {
    key: `meeting-invitation:${meetings.map(each => each.id).join('-')}:${to.personId}`,
    personId: to.personId,
    kind: 'meeting-invitation',
    subject: `you are invited to ${meetings.length} meetings`,
    paragraphs: [
      `You are invited to ${meetings.length} meetings.`,
      ...meetings.map(each => `• ${theirs(each.group_name)}: ${when(each)}. ${placeInWords(each, theirs)}.`),
      'We tell you more before each of them. If you cannot come, please tell us.',
    ],
    link: { path: meetingPaths.list(from.network.slug), words: 'See the meetings here' },
    short: `you are invited to ${meetings.length} meetings. The first is on ${day(meetings[0]!.starts_at)}.`,
    about: { kind: 'meeting', id: reference('M', meetings[0]!.number) },
  }
}

export function movedLetter(
  from: FromOrganiser,
  meeting: ToldMeeting,
  to: Recipient,
  moved: { readonly before: Instant; readonly because: string },
): Telling {
  return withEntry(
    from,
    meeting,
    to,
    letter(from, meeting, to, 'moved', `${meeting.id}:${meeting.sequence}`, {
      subject: `a meeting has moved to ${day(meeting.starts_at)}`,
      paragraphs: [
        `The meeting of ${theirs(meeting.group_name)} on ${day(moved.before)} has a new time.`,
        `It is now on ${when(meeting)}.`,
        `The reason: ${theirs(moved.because)}`,
        ...whereWords(meeting, to),
        meeting.papers_due_on ? `The papers come by ${dateInWords(meeting.papers_due_on)}.` : '',
      ],
      short: `a meeting has moved to ${when(meeting)}.`,
    }),
    true,
  )
}

export function changedLetter(from: FromOrganiser, meeting: ToldMeeting, to: Recipient): Telling {
  return withEntry(
    from,
    meeting,
    to,
    letter(from, meeting, to, 'changed', `${meeting.id}:${meeting.sequence}`, {
      subject: `something has changed for the meeting on ${day(meeting.starts_at)}`,
      paragraphs: [
        `Where or how ${theirs(meeting.group_name)} meets has changed. The time stays: ${when(meeting)}.`,
        ...whereWords(meeting, to),
      ],
      short: `something has changed for the meeting on ${day(meeting.starts_at)}.`,
    }),
  )
}

/** The link to join came after the invitation. */
export function linkLetter(from: FromOrganiser, meeting: ToldMeeting, to: Recipient): Telling {
  return withEntry(
    from,
    meeting,
    to,
    letter(from, meeting, to, 'link', `${meeting.id}:${meeting.sequence}`, {
      subject: `how to join the meeting on ${day(meeting.starts_at)}`,
      paragraphs: [
        `The link to join the meeting of ${theirs(meeting.group_name)} on ${when(meeting)} is there now.`,
        to.channel === 'email'
          ? 'It is in your calendar entry. From the day before, it is on the meeting’s page too.'
          : 'Tell us if you want to join by phone, or if you need help to join online.',
      ],
      short: `the link to join the meeting on ${day(meeting.starts_at)} is there now.`,
    }),
  )
}

export function cancelledLetter(
  from: FromOrganiser,
  meeting: ToldMeeting,
  to: Recipient,
  because: string,
): Telling {
  return withEntry(
    from,
    meeting,
    to,
    letter(from, meeting, to, 'cancelled', String(meeting.id), {
      subject: `the meeting on ${day(meeting.starts_at)} is cancelled`,
      paragraphs: [
        `The meeting of ${theirs(meeting.group_name)} on ${when(meeting)} does not take place.`,
        `The reason: ${theirs(because)}`,
      ],
      short: `the meeting on ${day(meeting.starts_at)} is cancelled.`,
    }),
  )
}

/** The letters that the clock sends. */
export function clockLetter(
  from: From,
  meeting: ToldMeeting,
  to: Recipient,
  kind: Exclude<LetterKind, 'invitation'>,
): Telling {
  const group = theirs(meeting.group_name)
  const on = day(meeting.starts_at)
  const of = (key: string, words: Words) => letter(from, meeting, to, kind, key, words)
  switch (kind) {
    case 'call-for-items':
      return of(String(meeting.id), {
        subject: `what should the meeting on ${on} talk about?`,
        paragraphs: [
          `${group} meets on ${when(meeting)}.`,
          'Is there something that it should talk about? Anybody in the group can ask for an item. What volunteers ask for comes first.',
          meeting.papers_due_on ? `Ask soon: the papers come by ${dateInWords(meeting.papers_due_on)}.` : '',
        ],
        linkWords: 'Ask for an item here',
        short: `what should the meeting on ${on} talk about?`,
      })
    case 'papers':
      return of(String(meeting.id), {
        subject: `the papers for ${on} are out`,
        paragraphs: [
          `The papers for the meeting of ${group} on ${when(meeting)} are out.`,
          'Each one begins with a short summary in plain English. You can ask questions before the meeting.',
        ],
        linkWords: 'Read the papers here',
        short: `the papers for ${on} are out.`,
      })
    case 'reminder':
      return of(`${meeting.id}:${meeting.starts_at.epochMilliseconds}`, {
        subject: `you have a meeting on ${on}`,
        paragraphs: [`${group} meets on ${when(meeting)}.`, ...whereWords(meeting, to)],
        linkWords: 'See how to join here',
        short: `you have a meeting on ${when(meeting)}.`,
      })
    case 'what-came':
      return of(String(meeting.id), {
        subject: `what came of the meeting on ${on}`,
        paragraphs: [
          `Here is what came of the meeting of ${group} on ${on}: what was decided and why, and who does what by when.`,
          'The minutes are a draft until the group agrees them. If something is not right, say so.',
        ],
        linkWords: 'Read what came of it here',
        short: `you can read what came of the meeting on ${on}.`,
      })
  }
}
