import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { happened, type Refusal, refuse } from '#kernel/decision.ts'
import type { Instant, Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { isOpen } from '../application.ts'
import { booked } from '../messages.ts'
import { type LoadedApplication, newLink } from '../store.ts'
import type { ConversationTimeTable } from '../tables.ts'

export type Manner = ConversationTimeTable['manner']

export interface TimeOffered {
  readonly id: number
  readonly starts_at: Instant
  readonly manner: Manner
  readonly place: string
  readonly by: string
  readonly application_id: number | null
  readonly number: number | null
}

export const mannerWords: Record<Manner, string> = {
  phone: 'by phone: we ring you',
  video: 'by video call',
  'in-person': 'in person',
}

/** Nobody is surprised: a time can be taken until two hours before. */
export const hoursBefore = 2
export const pageLength = 50

const times = (tx: Tx, from: Instant) =>
  tx
    .selectFrom('conversation_time as c')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'c.network_id').onRef('p.id', '=', 'c.offered_by_person_id'),
    )
    .leftJoin('application as a', join =>
      join.onRef('a.network_id', '=', 'c.network_id').onRef('a.id', '=', 'c.application_id'),
    )
    .select(['c.id', 'c.starts_at', 'c.manner', 'c.place', 'p.name as by', 'c.application_id', 'a.number'])
    .where('c.starts_at', '>', from)
    .orderBy('c.starts_at')
    .orderBy('c.id')

/** What an applicant can choose from, and what they have already. */
export async function timesFor(tx: Tx, now: Instant, applicationId: number): Promise<TimeOffered[]> {
  return await times(tx, now)
    .where(eb =>
      eb.or([
        eb('c.application_id', '=', applicationId),
        eb.and([eb('c.application_id', 'is', null), eb('c.starts_at', '>', now.add({ hours: hoursBefore }))]),
      ]),
    )
    .limit(30)
    .execute()
}

/** All that lie ahead, for the team. */
export async function timesAhead(tx: Tx, now: Instant, after: Instant | undefined): Promise<TimeOffered[]> {
  return await times(tx, after && Temporal.Instant.compare(after, now) > 0 ? after : now)
    .limit(pageLength + 1)
    .execute()
}

export async function offerTime(
  doing: Doing,
  given: { startsAt: Instant; manner: Manner; place: string },
): Promise<{ accepted: true } | Refusal> {
  if (!doing.actor) return refuse('nobody', 'Sign in first')
  if (Temporal.Instant.compare(given.startsAt, doing.now) <= 0) {
    return refuse('past', 'The time must lie ahead')
  }
  const { id } = await doing.tx
    .insertInto('conversation_time')
    .values({
      network_id: doing.network.id,
      starts_at: given.startsAt,
      manner: given.manner,
      place: given.place,
      offered_by_person_id: doing.actor.personId,
      application_id: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'conversation-time', id }, [happened('offered')])
  return { accepted: true }
}

/** One that nobody has taken is offered no longer. */
export async function takeAway(doing: Doing, id: number): Promise<void> {
  await doing.tx
    .deleteFrom('conversation_time')
    .where('id', '=', id)
    .where('application_id', 'is', null)
    .execute()
}

/** One time for one application; whoever offered it is who talks with them. */
export async function book(
  doing: Doing,
  loaded: LoadedApplication,
  timeId: number,
): Promise<{ accepted: true } | Refusal> {
  if (!isOpen(loaded.it)) return refuse('over', 'This application has ended')
  const free = await doing.tx
    .selectFrom('conversation_time')
    .selectAll()
    .where('id', '=', timeId)
    .where('starts_at', '>', doing.now.add({ hours: hoursBefore }))
    .where(eb => eb.or([eb('application_id', 'is', null), eb('application_id', '=', loaded.id)]))
    .forUpdate()
    .executeTakeFirst()
  if (!free) return refuse('taken', 'Somebody else has taken this time. Choose another')
  if (free.application_id === loaded.id) return { accepted: true }
  await release(doing, loaded.id)
  await doing.tx
    .updateTable('conversation_time')
    .set({ application_id: loaded.id })
    .where('id', '=', timeId)
    .execute()
  await doing.tx
    .updateTable('application')
    .set({ owner_person_id: free.offered_by_person_id, version: loaded.version + 1 })
    .where('id', '=', loaded.id)
    .execute()
  await doing.happened(
    { kind: 'application', id: loaded.id },
    [happened('time-booked')],
    applicants(doing, loaded),
  )
  const told = {
    ...{ id: loaded.id, number: loaded.number, personId: loaded.person.id },
    ...{ sharedEmail: loaded.row.shared_email, token: await newLink(doing, loaded.id) },
  }
  await doing.tell(booked(doing, told, { ...free, how: mannerWords[free.manner] }))
  return { accepted: true }
}

/** They cannot come: somebody else may have it. */
export async function giveBack(doing: Doing, loaded: LoadedApplication): Promise<void> {
  const given = await release(doing, loaded.id)
  if (given === 0) return
  await doing.happened(
    { kind: 'application', id: loaded.id },
    [happened('time-given-back')],
    applicants(doing, loaded),
  )
}

const applicants = (doing: Doing, loaded: LoadedApplication) =>
  doing.actor ? undefined : { personId: loaded.person.id, words: 'The applicant' }

async function release(doing: Doing, applicationId: number): Promise<number> {
  const freed = await doing.tx
    .updateTable('conversation_time')
    .set({ application_id: null })
    .where('application_id', '=', applicationId)
    .executeTakeFirst()
  return Number(freed.numUpdatedRows)
}

/** For the home page of whoever offered it. */
export const bookedWith = (personId: number, now: Instant) =>
  sql<{ number: number; name: string; starts_at: string; manner: Manner }>`
    select a.number, p.name, c.starts_at, c.manner from conversation_time c
    join application a on a.network_id = c.network_id and a.id = c.application_id
    join person p on p.network_id = a.network_id and p.id = a.person_id
    where c.offered_by_person_id = ${personId} and c.starts_at > ${now} order by c.starts_at limit 5`
