import { type Decision, happened, refuse } from '#kernel/decision.ts'
import type { Doing } from '#platform/doing.ts'
import { askTellings, outTellings } from './messages.ts'
import * as steps from './publication.ts'
import type { LoadedPublishing } from './store.ts'
import { loadPublishing } from './store.ts'
import type { Answer, AnsweredHow } from './tables.ts'

/** Which contribution: as a route loaded it for a change, or its number. */
type Which = LoadedPublishing | number

const notThere = refuse('not-there', 'There is no such contribution')

async function find(doing: Doing, which: Which): Promise<LoadedPublishing | undefined> {
  return typeof which === 'number' ? await loadPublishing(doing.tx, which, { forChange: true }) : which
}

const thing = (loaded: LoadedPublishing) => ({ kind: 'contribution', id: loaded.id })

/** A text is written: everyone who is in it is asked, by their channel, whether exactly this may be published. */
export async function proposePublication(
  doing: Doing,
  which: Which,
  text: steps.PublicText,
): Promise<Decision<unknown>> {
  const loaded = await find(doing, which)
  if (!loaded || !doing.actor) return notThere
  const step = steps.propose(loaded.publishing, text)
  if (!step.accepted) return step
  if (loaded.open) await endVersion(doing, loaded.open.id, 'replaced')
  const { id } = await doing.tx
    .insertInto('publication')
    .values({
      network_id: doing.network.id,
      contribution_id: loaded.id,
      number: loaded.number,
      version: loaded.lastVersion + 1,
      title: text.title,
      you_said: text.youSaid,
      we_did: text.weDid,
      next: text.next,
      outcome: loaded.outcome,
      text_hash: steps.hashOf(text),
      state: 'proposed',
      group_id: loaded.groupId,
      priority_id: loaded.priorityId,
      trust_id: loaded.trustId,
      proposed_by_person_id: doing.actor.personId,
      proposed_at: doing.now,
      published_at: null,
      published_on: null,
      published_by_person_id: null,
      ended_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened(thing(loaded), step.events)
  await doing.tell(...askTellings(doing, loaded, id, text))
  return step
}

export interface AnswerGiven {
  readonly personId: number
  readonly answer: Answer
  readonly words: string
  /** Of the text that was read: an answer is for this one only. */
  readonly textHash: string
  readonly how: AnsweredHow
}

/** What a contributor says to a text; `how` other than 'page' is staff writing it down as said. */
export async function answerPublication(
  doing: Doing,
  which: Which,
  given: AnswerGiven,
): Promise<Decision<steps.Answered>> {
  const loaded = await find(doing, which)
  if (!loaded) return notThere
  const recorded = given.how !== 'page'
  const step = steps.answer(loaded.publishing, given, recorded)
  if (!step.accepted) return step
  const version = step.state.of === 'open' ? loaded.open! : loaded.published!
  const person = loaded.contributors.find(each => each.personId === given.personId)!
  await doing.tx
    .insertInto('publication_answer')
    .values({
      network_id: doing.network.id,
      publication_id: version.id,
      person_id: given.personId,
      answer: given.answer,
      words: given.words,
      text_hash: given.textHash,
      naming: person.naming,
      how: given.how,
      recorded_by_person_id: recorded ? (doing.actor?.personId ?? null) : null,
      at: doing.now,
    })
    .execute()
  if (step.state.of === 'published') await bringDown(doing, loaded)
  else {
    await doing.tx
      .updateTable('publication')
      .set({ state: step.state.allAgree ? 'consented' : 'proposed' })
      .where('id', '=', version.id)
      .execute()
  }
  await doing.happened(thing(loaded), step.events)
  return step
}

/** From here on everybody can read it. What was published of it before gives way. */
export async function publishNow(doing: Doing, which: Which): Promise<Decision<steps.Version>> {
  const loaded = await find(doing, which)
  if (!loaded || !doing.actor) return notThere
  const step = steps.publish(loaded.publishing)
  if (!step.accepted) return step
  if (loaded.published) await endVersion(doing, loaded.published.id, 'replaced')
  await doing.tx
    .updateTable('publication')
    .set({
      state: 'published',
      published_at: doing.now,
      published_on: doing.today,
      published_by_person_id: doing.actor.personId,
      outcome: loaded.outcome,
      group_id: loaded.groupId,
      priority_id: loaded.priorityId,
      trust_id: loaded.trustId,
    })
    .where('id', '=', step.state.id)
    .execute()
  await markContribution(doing, loaded, true)
  await doing.happened(thing(loaded), step.events)
  await doing.tell(...outTellings(doing, loaded, step.state.id))
  return step
}

/** The team takes it down, with a reason that stays in the history. */
export async function takeDown(
  doing: Doing,
  which: Which,
  because: string,
): Promise<Decision<steps.Version>> {
  const loaded = await find(doing, which)
  if (!loaded) return notThere
  const step = steps.takeDown(loaded.publishing, because)
  if (!step.accepted) return step
  await bringDown(doing, loaded)
  await doing.happened(thing(loaded), step.events)
  return step
}

/**
 * Gone from page, list, feeds, search and near ones with this transaction: they all read the one state. A text that
 * is being asked about goes too, since whoever takes back would have to say no to it as well.
 */
async function bringDown(doing: Doing, loaded: LoadedPublishing): Promise<void> {
  await endVersion(doing, loaded.published!.id, 'taken-back')
  if (loaded.open) {
    await endVersion(doing, loaded.open.id, 'taken-back')
    await doing.happened(thing(loaded), [happened('publication-dropped', {})])
  }
  await markContribution(doing, loaded, false)
}

async function endVersion(doing: Doing, id: number, state: 'replaced' | 'taken-back'): Promise<void> {
  await doing.tx.updateTable('publication').set({ state, ended_at: doing.now }).where('id', '=', id).execute()
}

/** While it is published it can be neither corrected nor withdrawn. */
async function markContribution(doing: Doing, loaded: LoadedPublishing, out: boolean): Promise<void> {
  await doing.tx
    .updateTable('contribution')
    .set(eb => ({ published_at: out ? doing.now : null, version: eb('version', '+', 1) }))
    .where('id', '=', loaded.id)
    .execute()
}
