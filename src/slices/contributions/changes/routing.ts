import { dayOf } from '#kernel/calendar/working-days.ts'
import { accept, happened, type Refusal, refuse } from '#kernel/decision.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import * as contribution from '../contribution.ts'
import { contributionPaths } from '../paths.ts'
import type { LoadedThread } from '../store.ts'
import { type Taken, take } from './take.ts'

export interface Where {
  readonly groupId: number
  readonly meetingId: number | null
  /** The day by which the group looks at it, when it is not a meeting. */
  readonly on: PlainDate | null
}

/** Where it will be considered, and when, in plain words; also its title in plain words (LOOP-6). */
export async function acknowledge(
  doing: Doing,
  loaded: LoadedThread,
  given: Where & { readonly words: string; readonly title?: string },
): Promise<Taken> {
  const place = await placeOf(doing.tx, given)
  if ('sentence' in place) return place
  const step = contribution.acknowledge(
    loaded.thread,
    {
      groupId: place.groupId,
      groupName: place.groupName,
      meetingId: given.meetingId,
      on: place.on,
      words: given.words,
    },
    doing.when,
  )
  if (!step.accepted) return step
  const title = given.title && given.title !== loaded.row.title ? given.title : undefined
  const events = title
    ? [...step.events, happened('titled', { from: loaded.row.title, to: title })]
    : step.events
  return await take(
    doing,
    loaded,
    { ...step, events },
    {
      change: {
        group_id: place.groupId,
        meeting_id: given.meetingId,
        consider_on: place.on,
        ...(title ? { title } : {}),
      },
    },
  )
}

export interface Place {
  readonly groupId: number
  readonly groupName: string
  readonly meetingTitle?: string
  readonly on: PlainDate
}

/** A group of this network, and a meeting of that group or a day. */
export async function placeOf(tx: Tx, where: Where): Promise<Place | Refusal> {
  const group = await tx
    .selectFrom('network_group')
    .select(['id', 'name'])
    .where('id', '=', where.groupId)
    .executeTakeFirst()
  if (!group) return refuse('no-group', 'Choose a group from the list')
  if (where.meetingId === null) {
    return where.on
      ? { groupId: group.id, groupName: group.name, on: where.on }
      : refuse('no-day', 'Choose a meeting, or give a date')
  }
  const meeting = await tx
    .selectFrom('meeting')
    .select(['title', 'starts_at'])
    .where('id', '=', where.meetingId)
    .where('group_id', '=', group.id)
    .executeTakeFirst()
  return meeting
    ? {
        groupId: group.id,
        groupName: group.name,
        meetingTitle: meeting.title,
        on: dayOf(meeting.starts_at),
      }
    : refuse('no-meeting', `Choose a meeting of the ${group.name}, or give a date`)
}

/**
 * It is about somebody's own care or safety: the person is kindly told who can help with that, by their channel.
 * The view stays in the loop (LOOP-6).
 */
export async function signpost(doing: Doing, loaded: LoadedThread): Promise<Taken> {
  const before = await doing.tx
    .selectFrom('history')
    .select('id')
    .where('thing_kind', '=', 'contribution')
    .where('thing_id', '=', loaded.id)
    .where('event', '=', 'signposted')
    .executeTakeFirst()
  if (before) return refuse('told-already', 'They have been told already who can help with this')
  if (loaded.thread.it.state === 'withdrawn') {
    return refuse('wrong-state', 'This was withdrawn, so nobody is told about it')
  }
  return await take(doing, loaded, accept(loaded.thread.it, happened('signposted')))
}

export async function ask(doing: Doing, loaded: LoadedThread, question: string): Promise<Taken> {
  return await take(doing, loaded, contribution.askContributor(loaded.thread, question, doing.when))
}

export async function answer(doing: Doing, loaded: LoadedThread, words: string): Promise<Taken> {
  return await take(doing, loaded, contribution.answerAsked(loaded.thread, words, doing.when))
}

/** As somebody told it by phone, by post or in person: they hear what was written down. */
export async function answerAsTold(
  doing: Doing,
  loaded: LoadedThread,
  told: { readonly personId: number; readonly words: string; readonly how: string; readonly on: PlainDate },
): Promise<Taken> {
  const who = loaded.contributors.find(each => each.personId === told.personId)
  if (!who) return refuse('nobody', 'Choose who said it')
  const step = contribution.answerAsked(loaded.thread, told.words, doing.when, {
    how: told.how,
    on: told.on.toString(),
  })
  const taken = await take(doing, loaded, step, { by: { personId: who.personId, words: who.name } })
  if (!taken.accepted) return taken
  await doing.tell({
    key: `answered-as-told:${loaded.id}:${loaded.version}:${who.personId}`,
    personId: who.personId,
    kind: 'answer-read-back',
    subject: `what you told us about ${loaded.reference}`,
    paragraphs: [
      `We asked you something about ${loaded.reference}. This is what we wrote down: ${theirs(told.words)}`,
      'If it is not what you said, tell us and we put it right.',
    ],
    link: { path: contributionPaths.one(doing.network.slug, loaded.reference), words: 'See it here' },
    short: `we wrote down what you told us about ${loaded.reference}.`,
    about: { kind: 'contribution', id: String(loaded.id) },
  })
  return taken
}
