import { sql } from 'kysely'
import { type Decision, type Refusal, refuse } from '#kernel/decision.ts'
import type { Channel, Row } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { longest } from './answers.ts'
import { mergeInto, takeIn } from './application.ts'
import { forgetEverythingOf } from './forget.ts'
import { joined } from './messages.ts'
import { type LoadedApplication, loadApplication, newLink, saveStep } from './store.ts'

/** One of two who may be one person. */
export interface Half {
  readonly person: Row<'person'>
  /** A place, a post, a Trust or a view: what belongs to a person and cannot be moved to another. */
  readonly hasPlace: boolean
}

/** Which of the two stays: the one with a place; of two without, the one whom we met first. */
export function whoStays(one: Half, other: Half): { stays: Half; goes: Half } | Refusal {
  if (one.person.id === other.person.id) return refuse('one-already', 'These are one person already')
  if (one.person.left_on !== null || other.person.left_on !== null) {
    return refuse('left', 'One of them has left, and their details were deleted')
  }
  if (one.hasPlace && other.hasPlace) {
    return refuse('two-places', 'Both have a place or said something here, so we cannot join them')
  }
  const first = one.hasPlace || (!other.hasPlace && one.person.id < other.person.id)
  return first ? { stays: one, goes: other } : { stays: other, goes: one }
}

/** What the one who stays knows more afterwards: nothing of theirs is written over, nothing of the other's is lost. */
export function together(
  stays: Row<'person'>,
  goes: Row<'person'>,
  goesEmail: string | null,
  channel: Channel,
) {
  const bothHelp = [stays.help_words, goes.help_words].filter(words => words !== '')
  return {
    channel,
    email: stays.email ?? goesEmail,
    phone: stays.phone ?? goes.phone,
    postal_address: stays.postal_address ?? goes.postal_address,
    help_words: [...new Set(bothHelp)].join('\n\n').slice(0, longest.help * 2),
    large_print: stays.large_print || goes.large_print,
    trust_id: stays.trust_id ?? goes.trust_id,
    trust_may_know: stays.trust_id === null ? goes.trust_may_know : stays.trust_may_know,
    account_id: stays.account_id ?? goes.account_id,
  }
}

/** @returns those of them whom the network knows, in one statement */
export async function halvesOf(
  doing: Doing,
  personIds: readonly number[],
): Promise<ReadonlyMap<number, Half>> {
  const people = await doing.tx
    .selectFrom('person')
    .selectAll()
    .select(
      sql<boolean>`exists (select 1 from membership m where m.person_id = person.id)
        or exists (select 1 from post_holding h where h.person_id = person.id)
        or exists (select 1 from trust_contact t where t.person_id = person.id)
        or exists (select 1 from contributor c where c.person_id = person.id)`.as('hasPlace'),
    )
    .where('id', 'in', personIds)
    .execute()
  return new Map(people.map(person => [person.id, { person, hasPlace: person.hasPlace }]))
}

type Joined = { accepted: true; number: number } | Refusal

/**
 * Two applications turn out to be of one person. Words, conversations and links of both stay; one application goes
 * on with the earlier promise. @returns its number
 */
export async function joinPeople(
  doing: Doing,
  loaded: LoadedApplication,
  otherPersonId: number,
  channel: Channel | undefined,
): Promise<Joined> {
  const halves = await halvesOf(doing, [loaded.person.id, otherPersonId])
  const [own, other] = [halves.get(loaded.person.id), halves.get(otherPersonId)]
  if (!own || !other) return refuse('no-such-person', 'Choose somebody of this network')
  const decided = whoStays(own, other)
  if ('accepted' in decided) return decided
  const { stays, goes } = decided
  const applications = await openOnes(doing, [stays.person.id, goes.person.id])
  const goesOn = applications.find(each => each.person.id === stays.person.id) ?? applications[0]
  if (!goesOn) return refuse('over', 'Both applications have ended')
  for (const each of applications) {
    if (each.id === goesOn.id || each.person.id !== goes.person.id) continue
    const refusal = await oneInto(doing, each, goesOn.number)
    if (refusal) return refusal
  }
  await movePerson(doing, stays.person, goes.person, goesOn, channel)
  const link = { token: await newLink(doing, goesOn.id), personId: stays.person.id, sharedEmail: null }
  await doing.tell(joined(doing, { id: goesOn.id, number: goesOn.number, ...link }, goes.person.id))
  return { accepted: true, number: goesOn.number }
}

async function openOnes(doing: Doing, personIds: number[]): Promise<LoadedApplication[]> {
  const rows = await doing.tx
    .selectFrom('application')
    .select('id')
    .where('person_id', 'in', personIds)
    .where('due_on', 'is not', null)
    .orderBy('id')
    .execute()
  const found: LoadedApplication[] = []
  for (const { id } of rows) {
    const one = await loadApplication(doing.tx, { id }, { forChange: true })
    if (one) found.push(one)
  }
  return found
}

async function oneInto(doing: Doing, each: LoadedApplication, number: number): Promise<Refusal | undefined> {
  const target = await loadApplication(doing.tx, { number }, { forChange: true })
  if (!target) return refuse('over', 'The other application has ended')
  const merged: Decision<typeof each.it> = mergeInto(each.it, number, doing.when)
  if (!merged.accepted) return merged
  const taken = takeIn(target.it, each)
  if (!taken.accepted) return taken
  await saveStep(doing, each, merged)
  await saveStep(doing, target, taken)
  // What had joined the one goes on with it, so that all of it is found in one step.
  await sql`update application set state_data = state_data || jsonb_build_object('into', ${number}::int)
    where state = 'merged' and (state_data ->> 'into')::int = ${each.number}`.execute(doing.tx)
  // Whoever kept the link to the one is led to the other.
  const links = await doing.tx
    .deleteFrom('application_link')
    .where('application_id', '=', each.id)
    .returningAll()
    .execute()
  if (links.length > 0) {
    await doing.tx
      .insertInto('application_link')
      .values(links.map(link => ({ ...link, application_id: target.id })))
      .execute()
  }
  await doing.tx
    .updateTable('application_mail')
    .set({ application_id: target.id })
    .where('application_id', '=', each.id)
    .execute()
  return undefined
}

async function movePerson(
  doing: Doing,
  stays: Row<'person'>,
  goes: Row<'person'>,
  goesOn: LoadedApplication,
  channel: Channel | undefined,
): Promise<void> {
  const { tx } = doing
  const shared = await tx
    .selectFrom('application')
    .select('shared_email')
    .where('person_id', '=', goes.id)
    .where('shared_email', 'is not', null)
    .executeTakeFirst()
  const wanted = channel === goes.channel ? goes.channel : stays.channel
  const after = together(stays, goes, goes.email ?? shared?.shared_email ?? null, wanted)
  for (const table of ['application', 'message'] as const) {
    await tx.updateTable(table).set({ person_id: stays.id }).where('person_id', '=', goes.id).execute()
  }
  await tx.updateTable('application').set({ shared_email: null }).where('id', '=', goesOn.id).execute()
  // First the one forgets the address, then the other may have it.
  await forgetEverythingOf(doing, goes.id)
  await tx.updateTable('person').set(after).where('id', '=', stays.id).execute()
}
