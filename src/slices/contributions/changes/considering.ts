import { Temporal } from 'temporal-polyfill'
import { accept, happened, refuse } from '#kernel/decision.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { openAction, possibleOwners } from '#slices/actions/index.ts'
import * as contribution from '../contribution.ts'
import type { LoadedThread } from '../store.ts'
import type { Outcome } from '../tables.ts'

import { placeOf, type Where } from './routing.ts'
import { type Taken, take } from './take.ts'

export interface NewAction {
  readonly what: string
  readonly ownerPersonId: number
  readonly dueOn: PlainDate
}

export interface GivenConsideration extends Where {
  readonly tookPart: string
  readonly said: string
  /** Marked: the group and the team read it. */
  readonly saidInPrivate: string
  readonly outcome: Outcome
  readonly agreedPart: string
  readonly notAgreedPart: string
  readonly passedTo: string
  readonly reason: string
  readonly actions: readonly NewAction[]
  readonly feedbackOwnerPersonId: number
}

/** Who considered it, when, what was said, which way it went and why; with the actions that follow (LOOP-8, LOOP-9). */
export async function consider(
  doing: Doing,
  loaded: LoadedThread,
  given: GivenConsideration,
): Promise<Taken> {
  const place = await placeOf(doing.tx, given)
  if ('sentence' in place) return place
  const decide = (considerationId: number) =>
    contribution.consider(
      loaded.thread,
      {
        considerationId,
        groupName: place.groupName,
        meetingTitle: place.meetingTitle,
        outcome: given.outcome,
        reason: given.reason,
        passedTo: given.passedTo,
        newActions: given.actions.length,
      },
      doing.when,
    )
  // Asked before anything is written: a refusal leaves nothing behind.
  const possible = decide(0)
  if (!possible.accepted) return possible
  if (Temporal.PlainDate.compare(place.on, doing.today) > 0) {
    return refuse('in-the-future', 'The day it was considered must be today or earlier')
  }
  if (given.reason === '') return refuse('no-reason', 'Say why, in plain English')
  if (given.outcome === 'partly-agreed' && (given.agreedPart === '' || given.notAgreedPart === '')) {
    return refuse('no-parts', 'Say what is agreed and what is not')
  }
  if (given.outcome === 'passed-on' && given.passedTo === '') {
    return refuse('no-body', 'Say who it is passed to')
  }
  const agreed = given.outcome === 'agreed' || given.outcome === 'partly-agreed'
  const actions = agreed ? given.actions : []
  const known = new Set((await possibleOwners(doing.tx, doing.today)).map(each => each.id))
  const answersThemselves = given.feedbackOwnerPersonId === doing.actor?.personId
  if (!answersThemselves && !known.has(given.feedbackOwnerPersonId)) {
    return refuse('no-feedback-owner', 'Choose who gives the answer from the list')
  }
  const ownerless = actions.findIndex(each => !known.has(each.ownerPersonId))
  if (ownerless >= 0) return refuse(`no-owner-${ownerless + 1}`, 'Choose an owner from the list')
  const past = actions.findIndex(each => Temporal.PlainDate.compare(each.dueOn, doing.today) < 0)
  if (past >= 0) return refuse(`past-${past + 1}`, 'The date of an action must be today or later')
  const { id: considerationId } = await doing.tx
    .insertInto('consideration')
    .values({
      network_id: doing.network.id,
      contribution_id: loaded.id,
      group_id: place.groupId,
      meeting_id: given.meetingId,
      considered_on: place.on,
      took_part: given.tookPart,
      said: given.said,
      said_in_private: given.saidInPrivate,
      outcome: given.outcome,
      agreed_part: given.outcome === 'partly-agreed' ? given.agreedPart : '',
      not_agreed_part: given.outcome === 'partly-agreed' ? given.notAgreedPart : '',
      passed_to: given.outcome === 'passed-on' ? given.passedTo : '',
      reason: given.reason,
      by_person_id: doing.actor?.personId ?? given.feedbackOwnerPersonId,
      at: doing.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  // Considered first, then what is to be done: so the timeline tells it.
  const taken = await take(doing, loaded, decide(considerationId), {
    change: { group_id: place.groupId, feedback_owner_person_id: given.feedbackOwnerPersonId },
  })
  for (const each of actions) {
    await openAction(doing, {
      contributionId: loaded.id,
      considerationId,
      groupId: place.groupId,
      ...each,
    })
  }
  return taken
}

/** A member of the group says what they think; marked, it stays with the group and the team. */
export async function addView(
  doing: Doing,
  loaded: LoadedThread,
  given: { words: string; inPrivate: boolean },
): Promise<Taken> {
  const { it } = loaded.thread
  if (it.state === 'withdrawn' || it.state === 'closed') {
    return refuse('wrong-state', 'This loop is over, so no view can be added')
  }
  if (!doing.actor) return refuse('no-person', 'Only a member of the group can add a view')
  await doing.tx
    .insertInto('member_view')
    .values({
      network_id: doing.network.id,
      contribution_id: loaded.id,
      person_id: doing.actor.personId,
      words: given.words,
      in_private: given.inPrivate,
      at: doing.now,
    })
    .execute()
  return await take(doing, loaded, accept(it, happened('view-added', { marked: given.inPrivate })))
}

/** One more action while it is agreed. */
export async function addAction(doing: Doing, loaded: LoadedThread, given: NewAction): Promise<Taken> {
  const { it } = loaded.thread
  if (it.state !== 'agreed' && it.state !== 'partly-agreed') {
    return refuse('wrong-state', 'Actions can be added while it is agreed and not yet all done')
  }
  if (Temporal.PlainDate.compare(given.dueOn, doing.today) < 0) {
    return refuse('past', 'The date of an action must be today or later')
  }
  const [owner] = await possibleOwners(doing.tx, doing.today, given.ownerPersonId)
  if (!owner || loaded.groupId === null) return refuse('no-owner', 'Choose an owner from the list')
  await openAction(doing, {
    contributionId: loaded.id,
    considerationId: it.considerationId,
    groupId: loaded.groupId,
    ...given,
  })
  return await take(doing, loaded, accept(it))
}

/** The body that it was passed to has answered. */
export async function bodyAnswered(doing: Doing, loaded: LoadedThread, said: string): Promise<Taken> {
  return await take(doing, loaded, contribution.hearFromBody(loaded.thread, said, doing.when))
}

/** The body has said nothing yet and was asked again. */
export async function chase(doing: Doing, loaded: LoadedThread, words: string): Promise<Taken> {
  return await take(doing, loaded, contribution.chased(loaded.thread, words, doing.when))
}
