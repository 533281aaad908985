import { sql } from 'kysely'
import { type Decision, happened, type Refusal, refuse } from '#kernel/decision.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { ByWhom } from '#platform/history.ts'
import type { PageLanguage } from '#platform/languages/words.ts'
import { isTeam } from '#platform/permission.ts'
import { nextNumber } from '#platform/references.ts'
import { beginsIn } from '#slices/preferences/index.ts'
import { roleBySlug } from '#slices/roles/index.ts'
import { type Answers, contactColumns, knownAs } from './answers.ts'
import * as steps from './application.ts'
import { forgetApplication, forgetEverythingOf } from './forget.ts'
import { inTouch, kindNo, receipt, type Told, welcome } from './messages.ts'
import { type LoadedApplication, newLink, saveStep, stateColumns } from './store.ts'
import type { How } from './tables.ts'

/** In history an applicant has no name: it can never be deleted from there. */
const theApplicant = (personId: number): ByWhom => ({ personId, words: 'The applicant' })

export interface Registered {
  readonly id: number
  readonly number: number
  readonly personId: number
  readonly due: PlainDate
  readonly token: string
}

export interface HowRegistered {
  readonly how: How
  /** The day they told us; today when left out. */
  readonly saidOn?: PlainDate
  /** At which event they told us. */
  readonly occasion?: string
  /** Said of the sender's address: nobody vouches for it, so their words are not sent back to it. */
  readonly unverified?: boolean
  /** Their name is not known yet. */
  readonly nameless?: boolean
  /** Of the pages on which they told us. */
  readonly language?: PageLanguage
}

/**
 * Somebody registers an interest: a person without account or membership, an application, a receipt. When their
 * e-mail address belongs to somebody of the network already, both stay apart and the team is shown it.
 */
export async function register(
  doing: Doing,
  answers: Answers,
  given: HowRegistered = { how: 'web' },
): Promise<Registered> {
  const contact = contactColumns(answers.channel, answers.contact)
  const person = {
    trust_id: answers.trustId ?? null,
    trust_may_know: answers.trustId != null && answers.trustMayKnow === true,
    network_id: doing.network.id,
    account_id: null,
    name: answers.name,
    known_as: knownAs(answers.name),
    ...contact,
    help_words: answers.help,
    demo_key: null,
    created_at: doing.now,
    left_on: null,
  }
  const made = await doing.tx
    .insertInto('person')
    .values(person)
    .onConflict(on => on.doNothing())
    .returning('id')
    .executeTakeFirst()
  const { id } =
    made ??
    (await doing.tx
      .insertInto('person')
      .values({ ...person, email: null })
      .returning('id')
      .executeTakeFirstOrThrow())
  if (given.language && given.language !== 'en') await beginsIn(doing, id, given.language)
  const role = await roleBySlug(doing.tx, answers.role)
  return await apply(
    doing,
    id,
    answers.words,
    { ...given, roleId: role?.id ?? null },
    made ? null : contact.email,
  )
}

/** For somebody whom the network knows already. */
export async function applyFor(doing: Doing, personId: number, words: string): Promise<Registered> {
  return await apply(doing, personId, words, { how: 'web' }, null)
}

async function apply(
  doing: Doing,
  personId: number,
  words: string,
  given: HowRegistered & { roleId?: number | null },
  sharedEmail: string | null,
): Promise<Registered> {
  const number = await nextNumber(doing.tx, doing.network.id, 'application', 201)
  const state = steps.receive(given.saidOn ?? doing.today, doing.network.clocks)
  const byStaff = given.how !== 'web' && doing.actor !== undefined
  const { id } = await doing.tx
    .insertInto('application')
    .values({
      network_id: doing.network.id,
      number,
      person_id: personId,
      words,
      how: given.how,
      recorded_by_person_id: byStaff ? doing.actor!.personId : null,
      shared_email: sharedEmail,
      owner_person_id: await whoBegins(doing, byStaff),
      role_id: given.roleId ?? null,
      occasion: given.occasion ?? '',
      received_at: doing.now,
      ...stateColumns(state),
      state_since: doing.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened(
    { kind: 'application', id },
    [happened('registered', { how: given.how })],
    byStaff ? undefined : theApplicant(personId),
  )
  const token = await newLink(doing, id)
  const told: Told = { id, number, personId, sharedEmail, token }
  const readsBack = (byStaff || given.how === 'email') && words !== '' && !given.unverified
  await doing.tell(
    receipt(doing, told, state.due, {
      ...(readsBack ? { readBack: words } : {}),
      ...(given.unverified ? { perhapsNotYou: true } : {}),
      ...(given.nameless ? { nameless: true } : {}),
    }),
  )
  return { id, number, personId, due: state.due, token }
}

/** Whoever wrote it down has talked with them; otherwise the co-ordinator who has least to do and is here. */
async function whoBegins(doing: Doing, byStaff: boolean): Promise<number | null> {
  if (byStaff && doing.actor && isTeam(doing.actor)) return doing.actor.personId
  const found = await sql<{ id: number }>`
    select h.person_id as id from post_holding h
    join person p on p.network_id = h.network_id and p.id = h.person_id and p.left_on is null
    where h.post = 'co-ordinator' and h.from_on <= ${doing.today} and (h.to_on is null or h.to_on >= ${doing.today})
      and not exists (select 1 from absence a where a.network_id = h.network_id and a.person_id = h.person_id
                      and a.from_on <= ${doing.today} and a.to_on >= ${doing.today})
    order by (select count(*) from application o where o.owner_person_id = h.person_id and o.due_on is not null), h.id
    limit 1`.execute(doing.tx)
  return found.rows[0]?.id ?? null
}

/** Somebody else of the team takes over; the days stay as they were promised. */
export async function handOver(doing: Doing, loaded: LoadedApplication, personId: number): Promise<void> {
  await doing.tx
    .updateTable('application')
    .set({ owner_person_id: personId, version: loaded.version + 1 })
    .where('id', '=', loaded.id)
    .execute()
  await doing.happened({ kind: 'application', id: loaded.id }, [happened('handed-over')])
}

type Done = { accepted: true } | Refusal

export async function noteConversation(
  doing: Doing,
  loaded: LoadedApplication,
  conversation: { said: string; spokenOn: PlainDate },
): Promise<Done> {
  const step = steps.noteConversation(loaded.it, conversation.spokenOn, doing.when)
  if (!step.accepted) return step
  await saveStep(doing, loaded, step)
  await doing.tx
    .insertInto('application_conversation')
    .values({
      network_id: doing.network.id,
      application_id: loaded.id,
      spoken_on: conversation.spokenOn,
      said: conversation.said,
      by_person_id: doing.actor?.personId ?? null,
      at: doing.now,
    })
    .execute()
  return { accepted: true }
}

export interface Place {
  readonly groupId: number
  readonly voting: boolean
  readonly lay: boolean
  /** Somebody whom the network knows already, when the team found that both are one person. */
  readonly samePersonAs?: number
}

/** A place as a volunteer from today on, and an invitation in the person's own channel. */
export async function accept(doing: Doing, loaded: LoadedApplication, place: Place): Promise<Done> {
  const group = await doing.tx
    .selectFrom('network_group')
    .select('name')
    .where('id', '=', place.groupId)
    .executeTakeFirst()
  if (!group) return refuse('no-such-group', 'Choose a group of this network')
  const step = steps.acceptInto(loaded.it, { groupId: place.groupId, group: group.name }, doing.when)
  if (!step.accepted) return step
  const personId = place.samePersonAs ?? loaded.person.id
  if (await hasPlace(doing, personId, place.groupId)) {
    return refuse('has-a-place', 'This person has a place in that group already')
  }
  await saveStep(doing, loaded, step)
  await doing.tx
    .insertInto('membership')
    .values({
      network_id: doing.network.id,
      person_id: personId,
      group_id: place.groupId,
      role: 'volunteer',
      voting: place.voting,
      lay: place.lay,
      from_on: doing.today,
      to_on: null,
    })
    .execute()
  let email = loaded.person.email
  if (place.samePersonAs !== undefined) {
    email = await becomeOnePerson(doing, loaded, place.samePersonAs)
  }
  await doing.tell(
    welcome(
      doing,
      place.samePersonAs === undefined
        ? await toldOf(doing, loaded)
        : { ...(await toldOf(doing, loaded)), sharedEmail: null },
      { group: group.name, canSignIn: email !== null, personId },
    ),
  )
  return { accepted: true }
}

async function hasPlace(doing: Doing, personId: number, groupId: number): Promise<boolean> {
  const found = await doing.tx
    .selectFrom('membership')
    .select('id')
    .where('person_id', '=', personId)
    .where('group_id', '=', groupId)
    .where(eb => eb.or([eb('to_on', 'is', null), eb('to_on', '>=', doing.today)]))
    .executeTakeFirst()
  return found !== undefined
}

/** The second copy of a person leaves, and the application goes on with the first. */
async function becomeOnePerson(
  doing: Doing,
  loaded: LoadedApplication,
  personId: number,
): Promise<string | null> {
  await doing.tx
    .updateTable('application')
    .set({ person_id: personId, shared_email: null })
    .where('id', '=', loaded.id)
    .execute()
  await forgetEverythingOf(doing, loaded.person.id)
  const person = await doing.tx
    .selectFrom('person')
    .select('email')
    .where('id', '=', personId)
    .executeTakeFirstOrThrow()
  return person.email
}

export async function decline(
  doing: Doing,
  loaded: LoadedApplication,
  why: { reason: string; words: string },
): Promise<Done> {
  const step = steps.decline(loaded.it, why, doing.when)
  if (!step.accepted) return step
  await saveStep(doing, loaded, step)
  await doing.tell(kindNo(doing, await toldOf(doing, loaded), why.words))
  return { accepted: true }
}

export async function keepInTouch(
  doing: Doing,
  loaded: LoadedApplication,
  more: { why: string; until: PlainDate },
): Promise<Done> {
  const step = steps.keepInTouch(loaded.it, more.why, more.until, doing.when)
  if (!step.accepted) return step
  await saveStep(doing, loaded, step)
  await doing.tell(inTouch(doing, await toldOf(doing, loaded), more.until, loaded.version))
  return { accepted: true }
}

/** The applicant's own word. Their details are deleted in the same moment. */
export async function withdraw(doing: Doing, loaded: LoadedApplication): Promise<Done> {
  const step: Decision<steps.Application> = steps.withdraw(loaded.it, doing.when)
  if (!step.accepted) return step
  await saveStep(doing, loaded, step, theApplicant(loaded.person.id))
  await forgetApplication(doing, loaded.id, loaded.person.id)
  return { accepted: true }
}

/** R59: some months after a no, the details go. @returns of how many */
export async function forgetDeclined(doing: Doing, before: PlainDate): Promise<number> {
  const old = await doing.tx
    .selectFrom('application')
    .select(['id', 'person_id'])
    .where('state', '=', 'declined')
    .where('state_since', '<', startOf(before))
    .where(sql<boolean>`state_data ->> 'reason' <> ''`)
    .execute()
  for (const { id, person_id } of old) {
    await doing.tx
      .updateTable('application')
      .set({ state_data: sql`state_data || '{"reason": "", "words": ""}'::jsonb` })
      .where('id', '=', id)
      .execute()
    await doing.happened({ kind: 'application', id }, [happened('details-deleted')])
    await forgetApplication(doing, id, person_id)
  }
  return old.length
}

const startOf = (day: PlainDate) => day.toZonedDateTime('Europe/London').toInstant()

async function toldOf(doing: Doing, loaded: LoadedApplication): Promise<Told> {
  return {
    id: loaded.id,
    number: loaded.number,
    personId: loaded.person.id,
    sharedEmail: loaded.row.shared_email,
    token: await newLink(doing, loaded.id),
  }
}
