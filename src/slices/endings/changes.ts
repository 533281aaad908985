import { dateInWords } from '#kernel/calendar/words.ts'
import { type Decision, happened, type Refusal, refuse } from '#kernel/decision.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { endSessionsOfWhoLeft } from '#slices/sign-in/index.ts'
import { postOf } from './access.ts'
import { decide, type Ending, open, postWords, reply, takeBack } from './ending.ts'
import { endingPaths } from './paths.ts'
import { type LoadedEnding, loadEnding, type Place } from './store.ts'

export type Done = { readonly accepted: true; readonly id: number } | Refusal

export const placesInWords = (places: readonly Place[]): string =>
  places.map(each => each.group).join(', ') || 'no group any more'

export interface NewEnding {
  readonly personId: number
  /** Null: all their places as a volunteer. */
  readonly membershipId: number | null
  readonly reason: string
}

/** Nothing ends yet: the person is told the reason and asked for a reply. */
export async function openEnding(doing: Doing, given: NewEnding): Promise<Done> {
  const { tx, network, today } = doing
  const actor = doing.actor!
  const already = await tx
    .selectFrom('ending')
    .select('id')
    .where('person_id', '=', given.personId)
    .where('state', 'in', ['reply', 'replied'])
    .executeTakeFirst()
  const post = postOf(actor)
  const taken = open({ personId: actor.personId, post }, given.personId, already !== undefined, doing.when)
  if (!taken.accepted) return taken
  const { id } = await tx
    .insertInto('ending')
    .values({
      network_id: network.id,
      person_id: given.personId,
      membership_id: given.membershipId,
      state: taken.state.state,
      reason: given.reason,
      opened_by_person_id: actor.personId,
      opened_by_post: post,
      opened_on: today,
      reply_by: taken.state.replyBy,
      version: 1,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'ending', id }, taken.events)
  const loaded = (await loadEnding(doing, String(id), { forChange: false }))!
  const where = placesInWords(loaded.places)
  const byHand = loaded.person.channel === 'phone' || loaded.person.channel === 'post'
  await tellPerson(doing, loaded, 'opened', 'please read this about your place', [
    `${theirs(actor.name)}, ${postWords[post]}, means to end your place in: ${theirs(where)}.`,
    // A call and a letter have no page to lead to, so the reason goes with them.
    byHand ? `The reason: ${theirs(given.reason)}` : 'The reason is on the page.',
    `Nothing is decided yet. You can say what you think until ${dateInWords(taken.state.replyBy)}. Somebody else than ${theirs(actor.name)} decides after that, if there is somebody.`,
    'You can ask anybody you trust to help you with your reply.',
  ])
  return { accepted: true, id }
}

/** @param noted by somebody who leads, from a call or a letter */
export async function replyToEnding(doing: Doing, loaded: LoadedEnding, words: string): Promise<Done> {
  const noted = doing.actor!.personId !== loaded.person.id
  const taken = reply(loaded.it, doing, noted)
  return await save(doing, loaded, taken, {
    reply: words,
    reply_noted_by_person_id: noted ? doing.actor!.personId : null,
  })
}

export async function decideEnding(
  doing: Doing,
  loaded: LoadedEnding,
  given: { outcome: 'ends' | 'stays'; words: string; lastDay: PlainDate | null },
): Promise<Done> {
  const actor = doing.actor!
  const post = postOf(actor)
  const taken = decide(
    loaded.it,
    { personId: actor.personId, post },
    { personId: loaded.person.id, others: loaded.others.map(each => each.personId) },
    given.outcome,
    given.lastDay,
    doing,
  )
  const done = await save(doing, loaded, taken, {
    decision: given.words,
    decided_by_person_id: actor.personId,
    decided_by_post: post,
  })
  if (!done.accepted) return done
  const where = placesInWords(loaded.places)
  if (given.outcome === 'stays') {
    await tellPerson(doing, loaded, 'stays', 'your place stays', [
      `${theirs(actor.name)} has decided: your place stays. It is in: ${theirs(where)}.`,
      theirs(given.words),
    ])
    return done
  }
  const last = given.lastDay!
  if (loaded.places.length > 0) {
    await doing.tx
      .updateTable('membership')
      .set({ to_on: last })
      .where(
        'id',
        'in',
        loaded.places.map(each => each.id),
      )
      .execute()
  }
  await doing.happened(
    { kind: 'person', id: loaded.person.id },
    loaded.places.map(each => happened('place-ended', { what: each.group, last: last.toString() })),
  )
  await endSessionsOfWhoLeft(doing, loaded.person.id)
  await tellPerson(doing, loaded, 'ends', 'about your place', [
    `${theirs(actor.name)} has decided: your place ends. It is in: ${theirs(where)}. Your last day is ${dateInWords(last)}.`,
    theirs(given.words),
    'What you said and did stays. If you think that this is wrong, you can raise a concern with somebody else: our web page says how, or ring us.',
  ])
  return done
}

export async function takeEndingBack(doing: Doing, loaded: LoadedEnding): Promise<Done> {
  const done = await save(doing, loaded, takeBack(loaded.it, doing.actor!.personId), {})
  if (done.accepted) {
    await tellPerson(doing, loaded, 'taken-back', 'your place stays', [
      `${theirs(doing.actor!.name)} does not mean to end your place any more. It stays as it was.`,
    ])
  }
  return done
}

async function save(
  doing: Doing,
  loaded: LoadedEnding,
  taken: Decision<Ending>,
  more: object,
): Promise<Done> {
  if (!taken.accepted) return taken
  const { state, repliedOn, decidedOn, lastDay } = taken.state
  const saved = await doing.tx
    .updateTable('ending')
    .set({
      state,
      replied_on: repliedOn,
      decided_on: decidedOn,
      last_day: lastDay,
      ...more,
      version: loaded.version + 1,
    })
    .where('id', '=', loaded.id)
    .where('version', '=', loaded.version)
    .executeTakeFirst()
  if (Number(saved.numUpdatedRows) === 0)
    return refuse('stale', 'Something happened here. Look at what is new first.')
  await doing.happened({ kind: 'ending', id: loaded.id }, taken.events)
  return { accepted: true, id: loaded.id }
}

async function tellPerson(
  doing: Doing,
  { id, version, person }: LoadedEnding,
  what: string,
  subject: string,
  paragraphs: readonly string[],
): Promise<void> {
  await doing.tell({
    key: `ending:${id}:${what}:${version}`,
    personId: person.id,
    kind: 'ending',
    subject,
    paragraphs,
    link: { path: endingPaths.one(doing.network.slug, id), words: 'Read it and answer here' },
    short: 'Something about your place needs you to read it.',
    about: { kind: 'ending', id: String(id) },
  })
}
