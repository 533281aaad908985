import { Temporal } from 'temporal-polyfill'
import { type Happened, happened, type Refusal, refuse } from '#kernel/decision.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { nextNumber } from '#platform/references.ts'
import { type NewAction, openAction, possibleOwners } from '#slices/actions/index.ts'
import { consider, type GivenOutcome, loadThread } from '#slices/contributions/index.ts'
import {
  agreeMinutes,
  draftMinutes,
  endMeeting,
  type LoadedMeeting,
  publishMinutes,
  saveMeeting,
} from '#slices/meetings/index.ts'
import { minutesFacts } from './facts.ts'
import { minutesTellings } from './messages.ts'
import { agreeingCannot, correctingCannot, minutingCannot, sendingCannot } from './minutes.ts'
import {
  type LoadedCorrection,
  type LoadedItemMinutes,
  meetingsSince,
  membersOf,
  presentCount,
  tookPartInWords,
} from './store.ts'

type Done = { readonly accepted: true } | Refusal
const done: Done = { accepted: true }

/** What happened to a meeting's minutes, and who hears it. */
async function note(
  doing: Doing,
  meeting: LoadedMeeting,
  event: Happened,
  to: readonly number[],
): Promise<void> {
  await doing.happened({ kind: 'minutes', id: meeting.id }, [event])
  await doing.tell(...minutesTellings(doing, meeting, event, to))
}

/** The draft that made itself goes to the members (R32). A meeting that nobody ended is ended by it. */
export async function sendDraft(doing: Doing, meeting: LoadedMeeting): Promise<Done> {
  const { tx, network, now, today } = doing
  const facts = { endedAt: meeting.row.ended_at, present: await presentCount(doing, meeting.id) }
  const cannot = sendingCannot(meeting.it, facts, now)
  if (cannot) return cannot
  if (meeting.row.ended_at === null) {
    const ended = await endMeeting(doing, meeting)
    if (!ended.accepted) return ended
  }
  const step = draftMinutes(meeting.it)
  if (!step.accepted) return step
  await saveMeeting(doing, meeting, step)
  await tx
    .insertInto('minutes')
    .values({
      network_id: network.id,
      meeting_id: meeting.id,
      drafted_at: now,
      drafted_by_person_id: doing.actor?.personId ?? null,
      agreed_at: null,
      agreed_at_meeting_id: null,
      published_at: null,
      agreed_text: null,
    })
    .execute()
  await note(doing, meeting, happened('minutes-sent'), await membersOf(doing, meeting.groupId, today))
  return done
}

export interface GivenItemMinutes {
  readonly said: string
  readonly saidInPrivate: string
  /** What came of the contributions that the item answers, by their number (BOARD-19). */
  readonly considered: readonly { readonly number: number; readonly outcome: GivenOutcome }[]
  /** Actions that came of no contribution (BOARD-22). */
  readonly actions: readonly Pick<NewAction, 'what' | 'ownerPersonId' | 'dueOn'>[]
}

/** A refusal and which contribution it is about. */
export type ItemRefusal = Refusal & { readonly number?: number }

/** What was said and what came of it, entered once: for the minutes, and as the consideration of each contribution. */
export async function minuteItem(
  doing: Doing,
  loaded: LoadedItemMinutes,
  given: GivenItemMinutes,
): Promise<{ readonly accepted: true } | ItemRefusal> {
  const { tx, network, now } = doing
  const cannot = minutingCannot(loaded.meeting.it, loaded.tookPart.length)
  if (cannot) return cannot
  const words = {
    said: given.said,
    said_in_private: given.saidInPrivate,
    by_person_id: doing.actor!.personId,
    at: now,
    version: loaded.version + 1,
  }
  await tx
    .insertInto('item_minutes')
    .values({ network_id: network.id, item_id: loaded.id, ...words })
    .onConflict(on => on.columns(['network_id', 'item_id']).doUpdateSet(words))
    .execute()
  await doing.happened({ kind: 'agenda-item', id: loaded.id }, [
    happened(loaded.written ? 'minuted-again' : 'minuted'),
  ])
  for (const { number, outcome } of given.considered) {
    if (!loaded.contributions.some(each => each.number === number)) {
      return { ...refuse('not-linked', 'This item does not answer that contribution'), number }
    }
    const thread = await loadThread(tx, number, { forChange: true })
    const taken = await consider(doing, thread!, {
      ...outcome,
      groupId: loaded.groupId,
      meetingId: loaded.meeting.id,
      on: null,
      tookPart: tookPartInWords(loaded),
      said: given.said,
      saidInPrivate: given.saidInPrivate,
    })
    if (!taken.accepted) return { ...taken, number }
    await actionsCameOf(doing, loaded, thread!.id)
  }
  return await openItemActions(doing, loaded, given.actions)
}

/** The actions of the consideration that was just written are the item's too. */
async function actionsCameOf(doing: Doing, loaded: LoadedItemMinutes, contributionId: number): Promise<void> {
  const rows = await doing.tx
    .selectFrom('action as a')
    .innerJoin('consideration as k', join =>
      join.onRef('k.network_id', '=', 'a.network_id').onRef('k.id', '=', 'a.consideration_id'),
    )
    .select('a.id')
    .where('k.contribution_id', '=', contributionId)
    .where('k.meeting_id', '=', loaded.meeting.id)
    .execute()
  await linkActions(
    doing,
    loaded.id,
    rows.map(each => each.id),
  )
}

async function linkActions(doing: Doing, itemId: number, actionIds: readonly number[]): Promise<void> {
  if (actionIds.length === 0) return
  await doing.tx
    .insertInto('item_action')
    .values(actionIds.map(id => ({ network_id: doing.network.id, item_id: itemId, action_id: id })))
    .onConflict(on => on.doNothing())
    .execute()
}

/** Agreed on the item itself: the same actions as those that come of a contribution (BOARD-22). */
async function openItemActions(
  doing: Doing,
  loaded: LoadedItemMinutes,
  actions: GivenItemMinutes['actions'],
): Promise<{ readonly accepted: true } | ItemRefusal> {
  if (actions.length === 0) return { accepted: true }
  const known = new Set((await possibleOwners(doing.tx, doing.today)).map(each => each.id))
  for (const [n, each] of actions.entries()) {
    if (!known.has(each.ownerPersonId)) return refuse(`no-owner-${n + 1}`, 'Choose an owner from the list')
    if (Temporal.PlainDate.compare(each.dueOn, doing.today) < 0) {
      return refuse(`past-${n + 1}`, 'The date of an action must be today or later')
    }
  }
  for (const each of actions) {
    const { id } = await openAction(doing, {
      ...each,
      contributionId: null,
      considerationId: null,
      groupId: loaded.groupId,
    })
    await linkActions(doing, loaded.id, [id])
  }
  return { accepted: true }
}

export interface NewDecision {
  readonly text: string
  readonly because: string
  readonly reviewOn: PlainDate | null
  readonly motionId: number | null
  /** The decision that it stands instead of. */
  readonly insteadOfId: number | null
  readonly contributionIds: readonly number[]
}

/** What was decided on an item, with its reason, in the group's register (BOARD-18). */
export async function decide(
  doing: Doing,
  loaded: LoadedItemMinutes,
  given: NewDecision,
): Promise<{ readonly accepted: true; readonly number: number } | Refusal> {
  const { tx, network, now, today } = doing
  const cannot = minutingCannot(loaded.meeting.it, loaded.tookPart.length)
  if (cannot) return cannot
  const motion = loaded.motions.find(each => each.id === given.motionId)
  if (given.motionId !== null && !motion) return refuse('no-motion', 'Choose a vote of this item')
  if (motion && !motion.decides) {
    return refuse('decided-nothing', 'This vote decided nothing, so no decision can rest on it')
  }
  if (given.reviewOn && Temporal.PlainDate.compare(given.reviewOn, today) <= 0) {
    return refuse('review-past', 'The day to look at it again must be in the future')
  }
  if (given.insteadOfId !== null && !loaded.toReplace.some(each => each.id === given.insteadOfId)) {
    return refuse('no-decision', 'Choose a decision that was found to be not right any more')
  }
  const linked = loaded.contributions.filter(each => given.contributionIds.includes(each.id))
  const number = await nextNumber(tx, network.id, 'decision', 1)
  const { id } = await tx
    .insertInto('board_decision')
    .values({
      network_id: network.id,
      number,
      meeting_id: loaded.meeting.id,
      item_id: loaded.id,
      group_id: loaded.groupId,
      motion_id: given.motionId,
      text: given.text,
      because: given.because,
      review_on: given.reviewOn,
      review_of_id: given.insteadOfId,
      still_right: null,
      reviewed_at: null,
      by_person_id: doing.actor!.personId,
      at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (linked.length > 0) {
    await tx
      .insertInto('decision_contribution')
      .values(linked.map(each => ({ network_id: network.id, decision_id: id, contribution_id: each.id })))
      .execute()
  }
  await doing.happened({ kind: 'decision', id }, [happened('decided', { number })])
  await doing.happened({ kind: 'agenda-item', id: loaded.id }, [happened('decided', { number })])
  return { accepted: true, number }
}

/** A member says what is wrong: before the minutes are agreed, or afterwards, beside them. */
export async function proposeCorrection(
  doing: Doing,
  meeting: LoadedMeeting,
  given: { words: string; itemId: number | null },
): Promise<Done> {
  const cannot = correctingCannot(meeting.it)
  if (cannot) return cannot
  if (given.itemId !== null) {
    const facts = await minutesFacts(doing, meeting)
    const item = facts.text.items.find(each => each.id === given.itemId)
    if (!item || !facts.readingFor(doing.actor, item)?.reads) {
      return refuse('no-item', 'Choose an item from the list')
    }
  }
  const { id } = await doing.tx
    .insertInto('minutes_correction')
    .values({
      network_id: doing.network.id,
      meeting_id: meeting.id,
      item_id: given.itemId,
      person_id: doing.actor!.personId,
      words: given.words,
      at: doing.now,
      answer: null,
      answered_by_person_id: null,
      answered_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await note(doing, meeting, happened('correction-proposed', { correction: id }), meeting.leaderIds)
  return done
}

export async function answerCorrection(
  doing: Doing,
  loaded: LoadedCorrection,
  given: { answer: 'taken' | 'not-taken'; because: string },
): Promise<Done> {
  if (loaded.correction.answer !== null) {
    return refuse('answered', 'This correction has its answer already')
  }
  await doing.tx
    .updateTable('minutes_correction')
    .set({
      answer: given.answer,
      because: given.because,
      answered_by_person_id: doing.actor!.personId,
      answered_at: doing.now,
    })
    .where('id', '=', loaded.correction.id)
    .execute()
  const event = happened('correction-answered', { correction: loaded.correction.id, ...given })
  await note(doing, loaded, event, [loaded.correction.personId])
  return done
}

/** The next meeting agrees them: what is agreed is kept as it stands, and never changes afterwards (R32). */
export async function agree(doing: Doing, meeting: LoadedMeeting, atMeetingId: number): Promise<Done> {
  const facts = await minutesFacts(doing, meeting)
  const cannot = agreeingCannot(meeting.it, facts.corrections.filter(each => each.answer === null).length)
  if (cannot) return cannot
  const at = (await meetingsSince(doing, meeting)).find(each => each.id === atMeetingId)
  if (!at) return refuse('no-meeting', 'Choose the later meeting of this group that agreed them')
  const step = agreeMinutes(meeting.it)
  if (!step.accepted) return step
  await saveMeeting(doing, meeting, step)
  await doing.tx
    .updateTable('minutes')
    .set({
      agreed_at: doing.now,
      agreed_at_meeting_id: at.id,
      agreed_text: JSON.stringify(facts.text),
      version: (facts.row?.version ?? 1) + 1,
    })
    .where('meeting_id', '=', meeting.id)
    .execute()
  await note(doing, meeting, happened('minutes-agreed', { at: at.title }), [])
  return done
}

/** Part A is there for everybody. */
export async function publish(doing: Doing, meeting: LoadedMeeting): Promise<Done> {
  const step = publishMinutes(meeting.it)
  if (!step.accepted) return step
  await saveMeeting(doing, meeting, step)
  await doing.tx
    .updateTable('minutes')
    .set({ published_at: doing.now })
    .where('meeting_id', '=', meeting.id)
    .execute()
  await note(
    doing,
    meeting,
    happened('minutes-published'),
    await membersOf(doing, meeting.groupId, doing.today),
  )
  return done
}
