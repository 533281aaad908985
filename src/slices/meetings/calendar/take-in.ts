import { createHash, randomBytes } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import type { Instant, Row } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { CalendarMail } from '#platform/http/route.ts'
import { hashOfToken } from '#platform/seal.ts'
import { sayAnswer } from '../answers.ts'
import { giveApologies, type Invited, invitedTo } from '../attendance.ts'
import { sayComing } from '../coming.ts'
import { isAhead } from '../meeting.ts'
import { type LoadedMeeting, loadMeeting } from '../store.ts'
import { tellNotInvited, tellProposal, tellReadBack, tellWhatCame } from './answer-letters.ts'
import { keyIn } from './invited.ts'
import { type CalendarReply, readCalendarReply } from './replies.ts'
import './tables.ts'

type State = Row<'calendar_reply'>['state']

/** So often somebody is asked whether an answer was theirs; whoever forges answers must not send them e-mail for ever. */
const mostReadBack = 3

/**
 * What calendars answer to our invitations, with an e-mail that came in (REACH-7).
 * @returns false when there is none in it, or it is about no meeting of this network
 */
export async function takeInCalendarReplies(doing: Doing, mail: CalendarMail): Promise<boolean> {
  let ours = false
  for (const text of mail.calendars) {
    const reply = readCalendarReply(text, mail.from)
    const meeting = reply && (await meetingOf(doing, reply))
    if (!reply || !meeting) continue
    ours = true
    await takeIn(doing, meeting, reply, mail)
  }
  return ours
}

async function meetingOf(doing: Doing, { uid }: CalendarReply): Promise<LoadedMeeting | undefined> {
  // Some programs write it in capitals.
  const own = uid.toLowerCase()
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(own)) return undefined
  const found = await doing.tx
    .selectFrom('meeting')
    .select('number')
    .where('uid', '=', own)
    .executeTakeFirst()
  return found && (await loadMeeting(doing, found.number, { forChange: true }))
}

async function takeIn(doing: Doing, meeting: LoadedMeeting, reply: CalendarReply, mail: CalendarMail) {
  const who = await whoSays(doing, meeting, reply, mail)
  const saidAt = reply.stampedAt && isBefore(reply.stampedAt, doing.now) ? reply.stampedAt : doing.now
  const state: State = who
    ? (whyNot(doing, meeting, reply) ??
      ((await hasNewer(doing, meeting, who.person, saidAt)) ? 'older' : who.sure ? 'counted' : 'asked'))
    : 'not-invited'
  const token = randomBytes(24).toString('base64url')
  const written = await doing.tx
    .insertInto('calendar_reply')
    .values({
      network_id: doing.network.id,
      meeting_id: meeting.id,
      person_id: who?.person.personId ?? null,
      key: keyOf(reply),
      answer: reply.method === 'COUNTER' ? 'counter' : reply.answer,
      from_address: reply.sentBy ?? mail.from?.toLowerCase() ?? reply.attendee,
      words: reply.comment,
      deputy_words: reply.deputy,
      proposed_at: reply.method === 'COUNTER' ? (reply.startsAt ?? null) : null,
      said_at: saidAt,
      came_at: doing.now,
      // Of the time that the meeting had when it came.
      timed_sequence: meeting.row.timed_sequence,
      state,
      token_hash: state === 'asked' ? hashOfToken(token) : null,
    })
    // The same e-mail twice, or by two ways.
    .onConflict(on => on.columns(['network_id', 'key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!written) return
  if (!who) {
    if (mail.verified && mail.from) await tellNotInvited(doing, meeting, mail.from)
    return
  }
  const { person } = who
  if (state === 'counted') await count(doing, meeting, person, { ...toCount(reply), saidAt })
  else if (state === 'asked') await readBack(doing, meeting, person, { id: written.id, token, reply })
  else if (state !== 'older') await tellWhatCame(doing, meeting, person, state)
}

/** What makes two answers the same one. */
const keyOf = (reply: CalendarReply): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        reply.method,
        reply.uid.toLowerCase(),
        reply.sequence ?? null,
        reply.attendee,
        reply.answer,
        reply.stampedAt?.toString() ?? null,
        reply.comment,
        reply.method === 'COUNTER' ? (reply.startsAt?.toString() ?? null) : null,
      ]),
    )
    .digest('hex')

interface Who {
  readonly person: Invited
  /** The answer is theirs, by the key that only their invitation had, or by what our own mail server vouches for. */
  readonly sure: boolean
}

async function whoSays(
  doing: Doing,
  meeting: LoadedMeeting,
  reply: CalendarReply,
  mail: CalendarMail,
): Promise<Who | undefined> {
  const invited = await invitedTo(doing, meeting)
  const went = await doing.tx
    .selectFrom('calendar_invitation')
    .select(['person_id', 'key', 'email'])
    .where('meeting_id', '=', meeting.id)
    .execute()
  const key = [reply.organiser, ...mail.to].map(keyIn).find(each => each !== undefined)
  const keyed = went.find(each => each.key === key)?.person_id
  const from = mail.from?.toLowerCase()
  const reachedAt = (person: Invited, address: string | undefined) =>
    address !== undefined &&
    (person.email?.toLowerCase() === address ||
      went.some(each => each.person_id === person.personId && each.email.toLowerCase() === address))
  // Two people may share one address: then only the key can tell them apart.
  const only = (address: string | undefined) => {
    const found = invited.filter(each => reachedAt(each, address))
    return found.length === 1 ? found[0] : undefined
  }
  const person =
    invited.find(each => each.personId === keyed) ??
    only(reply.attendee) ??
    (mail.verified ? only(from) : undefined)
  if (!person) return undefined
  const isTheirs =
    person.email?.toLowerCase() === reply.attendee && from === reply.attendee && reply.sentBy === undefined
  return { person, sure: isTheirs && (mail.verified || keyed === person.personId) }
}

/** Why an answer cannot count whoever gave it. */
function whyNot(doing: Doing, { it, row }: LoadedMeeting, reply: CalendarReply): State | undefined {
  if (it.state === 'cancelled') return 'cancelled'
  if (isOver({ it }, doing.now)) return 'over'
  // Whoever proposes another time speaks of the time that they know.
  if (reply.method === 'COUNTER') return isOld(reply, row) ? 'out-of-date' : undefined
  // A calendar that leaves the number out says at least which time it means.
  const otherTime = reply.sequence === undefined && reply.startsAt && !reply.startsAt.equals(it.startsAt)
  return isOld(reply, row) || otherTime ? 'out-of-date' : undefined
}

/** It was held, or its time has gone by. */
export const isOver = ({ it }: Pick<LoadedMeeting, 'it'>, now: Instant): boolean =>
  !isAhead(it) || !isBefore(now, it.startsAt.add({ minutes: it.minutesLong }))

const isOld = ({ sequence }: CalendarReply, row: LoadedMeeting['row']) =>
  sequence !== undefined && sequence < row.timed_sequence

const isBefore = (one: Instant, other: Instant) => Temporal.Instant.compare(one, other) < 0

/** E-mail overtakes e-mail: what somebody said later holds, in their calendar or on the meeting's page. */
async function hasNewer(doing: Doing, meeting: LoadedMeeting, { personId }: Invited, saidAt: Instant) {
  const found = await doing.tx
    .selectNoFrom(eb => [
      eb
        .exists(
          eb
            .selectFrom('calendar_reply')
            .select('id')
            .where('meeting_id', '=', meeting.id)
            .where('person_id', '=', personId)
            .where('state', '=', 'counted')
            .where('said_at', '>', saidAt),
        )
        .as('reply'),
      eb
        .exists(
          eb
            .selectFrom('attendance')
            .select('at')
            .where('meeting_id', '=', meeting.id)
            .where('person_id', '=', personId)
            .where('at', '>', saidAt),
        )
        .as('attendance'),
      eb
        .exists(
          eb
            .selectFrom('meeting_answer')
            .select('at')
            .where('meeting_id', '=', meeting.id)
            .where('person_id', '=', personId)
            .where('at', '>', saidAt),
        )
        .as('answer'),
    ])
    .executeTakeFirstOrThrow()
  return Object.values(found).some(Boolean)
}

export interface Counted {
  readonly answer: Row<'calendar_reply'>['answer']
  readonly words: string
  readonly deputyWords: string
  readonly proposedAt: Instant | null
  readonly saidAt: Instant
}

const toCount = (reply: CalendarReply): Omit<Counted, 'saidAt'> => ({
  answer: reply.method === 'COUNTER' ? 'counter' : reply.answer,
  words: reply.comment,
  deputyWords: reply.deputy,
  proposedAt: reply.startsAt ?? null,
})

/** The answer holds: attendance for yes and no; what is open stays open, and those who plan see it. */
export async function count(
  doing: Doing,
  meeting: LoadedMeeting,
  person: Pick<Invited, 'personId' | 'name'>,
  given: Counted,
): Promise<void> {
  const { personId, name } = person
  // It is their own doing, whoever handed the e-mail over.
  const { tx, network, today, when, publicUrl, files } = doing
  const theirs: Doing = {
    ...{ tx, network, today, when, publicUrl, files },
    actor: undefined,
    // As old as it says, however late it came.
    now: given.saidAt,
    happened: (thing, events) => doing.happened(thing, events, { personId, words: name }),
    tell: (...tellings) => doing.tell(...tellings),
    audit: (...what) => doing.audit(...what),
    seal: (purpose, text) => doing.seal(purpose, text),
    box: (purpose, salt) => doing.box(purpose, salt),
  }
  switch (given.answer) {
    case 'accepted':
      await sayComing(theirs, meeting, personId)
      return
    case 'declined':
      await giveApologies(theirs, meeting, {
        personId,
        deputyWords: given.deputyWords,
        because: given.words.slice(0, 500),
      })
      return
    case 'tentative':
      return await sayAnswer(theirs, meeting, personId, 'not-sure')
    case 'counter':
      return await tellProposal(doing, meeting, person, given)
  }
}

/** Nobody vouches for it: its person is asked, at the address that we have, before anything changes. */
async function readBack(
  doing: Doing,
  meeting: LoadedMeeting,
  person: Invited,
  asked: { id: number; token: string; reply: CalendarReply },
): Promise<void> {
  const before = await doing.tx
    .selectFrom('calendar_reply')
    .select(['id', 'state'])
    .where('meeting_id', '=', meeting.id)
    .where('person_id', '=', person.personId)
    .where('token_hash', 'is not', null)
    .where('id', '<>', asked.id)
    .execute()
  const open = before.filter(each => each.state === 'asked').map(each => each.id)
  if (open.length > 0) {
    await doing.tx.updateTable('calendar_reply').set({ state: 'older' }).where('id', 'in', open).execute()
  }
  if (before.length >= mostReadBack) return
  await tellReadBack(doing, meeting, person, { ...asked, sentBy: asked.reply.sentBy })
}
