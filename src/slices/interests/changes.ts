import { sql } from 'kysely'
import { accept, type Decision, happened, type Refusal, refuse } from '#kernel/decision.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import {
  type ConflictOutcome,
  type LoadedItem,
  type LoadedMeeting,
  noteQuorum,
  votersOn,
} from '#slices/meetings/index.ts'
import { byOf } from './access.ts'
import * as steps from './conflict.ts'
import { addConflict, findConflicts } from './finding.ts'
import {
  changeEnd,
  type Interest,
  interestCannot,
  isLateDeclared,
  type OrganisationKind,
  occasionOf,
} from './interest.ts'
import { tellingsOf } from './messages.ts'
import { keepingOf } from './settings.ts'
import { type LoadedConflict, type LoadedInterest, loadConflict } from './store.ts'

export interface Declared extends Interest {
  readonly trustId: number | null
  readonly projectId: number | null
  readonly organisationKind?: OrganisationKind
  /** It would put somebody in danger if it were public: not shown until the team has decided. */
  readonly withholdBecause?: string
}

/** A new interest, and with it the day on which the person last said how it is. The agenda is searched at once. */
export async function declareInterest(
  doing: Doing,
  personId: number,
  given: Declared,
): Promise<Decision<{ id: number }>> {
  const cannot = interestCannot(given, doing.today) ?? (await placesCannot(doing, given))
  if (cannot) return cannot
  const recorded = doing.actor !== undefined && doing.actor.personId !== personId
  const { daysToDeclare } = keepingOf(doing.network)
  const { id } = await doing.tx
    .insertInto('interest')
    .values({
      network_id: doing.network.id,
      person_id: personId,
      type: given.type,
      conflict: given.conflict,
      organisation: given.organisation,
      trust_id: given.trustId,
      project_id: given.projectId,
      what: given.what,
      whose: given.whose,
      other_names: given.otherNames,
      from_on: given.from,
      to_on: given.to,
      declared_at: doing.now,
      declared_for_person_id: recorded ? doing.actor!.personId : null,
      withheld_by_person_id: null,
      organisation_kind: given.trustId !== null ? 'trust' : (given.organisationKind ?? 'other'),
      withhold_asked: given.withholdBecause ?? '',
      withhold_asked_on: given.withholdBecause ? doing.today : null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'interest', id }, [
    happened('declared', {
      ...(recorded ? { recorded: true } : {}),
      ...(isLateDeclared(given.from, doing.today, daysToDeclare) ? { late: true, days: daysToDeclare } : {}),
    }),
    ...(given.withholdBecause ? [happened('withhold-asked')] : []),
  ])
  await confirmInterests(doing, personId, { isNil: false, about: 'own-wish', meetingId: null })
  await findConflicts(doing, { personId })
  return accept({ id })
}

/** What was picked from a list is asked of this network. */
async function placesCannot(
  { tx }: Doing,
  { trustId, projectId }: Pick<Declared, 'trustId' | 'projectId'>,
): Promise<Refusal | undefined> {
  const there = async (table: 'trust' | 'project', id: number | null) =>
    id === null ||
    (await tx.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst()) !== undefined
  if (!(await there('trust', trustId))) return refuse('trust', 'Choose a Trust of this network')
  if (!(await there('project', projectId))) return refuse('project', 'Choose a project of this network')
  return undefined
}

/** A dated statement: nothing to declare, or all is as declared (R20). */
export async function confirmInterests(
  doing: Doing,
  personId: number,
  given: { isNil: boolean; about: 'yearly' | 'meeting' | 'own-wish'; meetingId: number | null },
): Promise<void> {
  const about = given.about === 'yearly' ? await occasion(doing, personId) : given.about
  const { id } = await doing.tx
    .insertInto('interest_statement')
    .values({
      network_id: doing.network.id,
      person_id: personId,
      is_nil: given.isNil,
      on_day: doing.today,
      about,
      meeting_id: given.meetingId,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'interest-statement', id }, [
    happened(given.isNil ? 'nothing-to-declare' : 'confirmed'),
  ])
}

/** Asked for as every year, it is on joining for who never did, and on a change of role for who has a new one. */
async function occasion({ tx, today }: Doing, personId: number) {
  const found = await sql<{ last: PlainDate | null; newest: PlainDate | null }>`select
    (select max(s.on_day) from interest_statement s where s.person_id = ${personId}) as last,
    (select max(k.from_on) from membership k where k.person_id = ${personId} and k.voting and k.from_on <= ${today}
      and (k.to_on is null or k.to_on >= ${today})) as newest`.execute(tx)
  return occasionOf(found.rows[0]?.last ?? null, found.rows[0]?.newest ?? null)
}

/** What is done about it, so that everybody can read it beside the interest; '' takes it away. */
export async function sayWhatIsDone(doing: Doing, loaded: LoadedInterest, words: string): Promise<void> {
  await doing.tx
    .updateTable('interest')
    .set({ what_is_done: words, version: loaded.version + 1 })
    .where('id', '=', loaded.id)
    .execute()
  await doing.happened({ kind: 'interest', id: loaded.id }, [
    happened(words === '' ? 'nothing-done' : 'what-is-done'),
  ])
}

/** The person fears for somebody's safety: at once it is not shown, and the team decides. */
export async function askToWithhold(
  doing: Doing,
  loaded: LoadedInterest,
  because: string,
): Promise<Refusal | undefined> {
  if (loaded.row.withheld_because !== '') return refuse('withheld', 'It is kept out already')
  await doing.tx
    .updateTable('interest')
    .set({ withhold_asked: because, withhold_asked_on: doing.today, version: loaded.version + 1 })
    .where('id', '=', loaded.id)
    .execute()
  await doing.happened({ kind: 'interest', id: loaded.id }, [happened('withhold-asked')])
  return undefined
}

export async function endInterest(
  doing: Doing,
  loaded: LoadedInterest,
  to: PlainDate | undefined,
): Promise<Decision<Interest>> {
  const step = changeEnd(loaded.it, to)
  if (!step.accepted) return step
  await doing.tx
    .updateTable('interest')
    .set({ to_on: step.state.to, version: loaded.version + 1 })
    .where('id', '=', loaded.id)
    .execute()
  await doing.happened({ kind: 'interest', id: loaded.id }, step.events)
  return step
}

/** Kept out of the public register by a decision with its reason; '' puts it back (R23). */
export async function withholdInterest(doing: Doing, loaded: LoadedInterest, because: string): Promise<void> {
  await doing.tx
    .updateTable('interest')
    .set({
      withheld_because: because,
      withheld_by_person_id: because === '' ? null : doing.actor!.personId,
      withhold_asked: '',
      withhold_asked_on: null,
      version: loaded.version + 1,
    })
    .where('id', '=', loaded.id)
    .execute()
  await doing.happened({ kind: 'interest', id: loaded.id }, [
    because === '' ? happened('shown-again') : happened('withheld', { because }),
  ])
}

/** Whether a volunteer's name stands in the public register (R23). */
export async function nameInRegister(doing: Doing, personId: number, named: boolean): Promise<void> {
  const at = doing.now
  await doing.tx
    .insertInto('register_consent')
    .values({ network_id: doing.network.id, person_id: personId, named, at })
    .onConflict(on => on.columns(['network_id', 'person_id']).doUpdateSet({ named, at }))
    .execute()
  await doing.happened({ kind: 'register-consent', id: personId }, [happened(named ? 'named' : 'not-named')])
}

/**
 * Declared in the meeting or before it: by the person, or by the chair or the secretary about somebody. If both had met
 * already, the person's words are added.
 */
export async function declareConflict(
  doing: Doing,
  item: LoadedItem,
  given: { personId: number; words: string; by: 'person' | 'chair' },
): Promise<Decision<{ id: number }>> {
  const person = await doing.tx
    .selectFrom('membership')
    .select('person_id')
    .where('group_id', '=', item.groupId)
    .where('person_id', '=', given.personId)
    .where('from_on', '<=', doing.today)
    .where(eb => eb.or([eb('to_on', 'is', null), eb('to_on', '>=', doing.today)]))
    .executeTakeFirst()
  if (!person) return refuse('not-in-group', 'Choose a member of this group')
  const before = await doing.tx
    .selectFrom('conflict')
    .select('id')
    .where('item_id', '=', item.id)
    .where('person_id', '=', given.personId)
    .executeTakeFirst()
  if (before) {
    if (given.by === 'chair') return refuse('known', 'That is known already for this person and item')
    const loaded = (await loadConflict(doing, before.id, { forChange: true }))!
    const done = await answerConflict(doing, loaded, 'yes', given.words)
    return done.accepted ? accept({ id: before.id }) : done
  }
  const id = await addConflict(doing, {
    itemId: item.id,
    personId: given.personId,
    interestId: null,
    foundBy: given.by,
    why: given.words,
    ...(given.by === 'person' ? { says: 'yes' } : {}),
  })
  await noteQuorum(doing, item.meeting)
  return id === undefined ? refuse('known', 'That is known already') : accept({ id })
}

export async function answerConflict(
  doing: Doing,
  loaded: LoadedConflict,
  says: 'yes' | 'no',
  words: string,
): Promise<steps.Step> {
  const step = steps.answer(loaded.it, byOf(doing.actor!, loaded), says, words, loaded.itemIsOver)
  return await save(doing, loaded, step)
}

/** Its effects are at once everywhere: paper, roll and quorum ask for it each time. */
export async function decideConflict(
  doing: Doing,
  loaded: LoadedConflict,
  outcome: ConflictOutcome,
  because: string,
): Promise<steps.Step> {
  const step = steps.decide(loaded.it, byOf(doing.actor!, loaded), outcome, because, loaded.itemIsOver)
  const saved = await save(doing, loaded, step, {
    decided_by_person_id: doing.actor!.personId,
    decided_at: doing.now,
  })
  if (saved.accepted) await noteQuorum(doing, loaded.item.meeting)
  return saved
}

async function save(
  doing: Doing,
  loaded: LoadedConflict,
  step: steps.Step,
  more: Partial<Pick<LoadedConflict['row'], 'decided_by_person_id' | 'decided_at'>> = {},
): Promise<steps.Step> {
  if (!step.accepted) return step
  const { personSays, personWords, outcome, because } = step.state
  await doing.tx
    .updateTable('conflict')
    .set({
      person_says: personSays,
      person_words: personWords,
      outcome,
      because,
      version: loaded.version + 1,
      ...more,
    })
    .where('id', '=', loaded.id)
    .execute()
  await doing.happened({ kind: 'conflict', id: loaded.id }, step.events)
  for (const event of step.events)
    await doing.tell(...tellingsOf(doing, { ...loaded, it: step.state }, event))
  return step
}

/** The chair and the deputy are both in conflict: the members without one choose who presides, the team writes it down (R24). */
export async function choosePresiding(
  doing: Doing,
  meeting: LoadedMeeting,
  personId: number | null,
): Promise<Decision<undefined>> {
  const name =
    personId === null
      ? undefined
      : (await votersOn(doing.tx, meeting.groupId, doing.today)).find(each => each.personId === personId)
          ?.name
  if (personId !== null && name === undefined)
    return refuse('not-voting', 'Choose a voting member of this group')
  await doing.tx
    .updateTable('meeting')
    .set({ presiding_person_id: personId, version: meeting.version + 1 })
    .where('id', '=', meeting.id)
    .execute()
  await doing.happened({ kind: 'meeting', id: meeting.id }, [
    name === undefined ? happened('presiding-ended') : happened('presiding', { personId, name }),
  ])
  return accept(undefined)
}
