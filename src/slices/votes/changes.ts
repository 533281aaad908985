import { randomBytes } from 'node:crypto'
import { accept, type Decision, happened, refuse } from '#kernel/decision.ts'
import type { Instant } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { nextNumber } from '#platform/references.ts'
import { findConflicts } from '#slices/interests/index.ts'
import { type LoadedItem, quorumOf, votersOn } from '#slices/meetings/index.ts'
import { byOf, isInConflict } from './access.ts'
import { openBallots, partFromVoters, putBallot } from './ballots.ts'
import { tellingsOf } from './messages.ts'
import * as steps from './motion.ts'
import { type LoadedMotion, loadMotion, motionColumns, type OnRoll, saveMotion } from './store.ts'
import type { There } from './tally.ts'

type Done = Decision<steps.Motion>

/** Text and terms, from an item of the agenda; the chair opens it when it is time (BOARD-13). */
export async function proposeMotion(
  doing: Doing,
  item: LoadedItem,
  terms: steps.Terms,
  insteadOf?: LoadedMotion,
): Promise<Decision<{ number: number }>> {
  const wrong = steps.termsCannot(terms)
  if (wrong) return wrong
  if (insteadOf && insteadOf.it.state !== 'closed') {
    return refuse('not-closed', 'Only a vote that is closed can be followed by another one')
  }
  const number = await nextNumber(doing.tx, doing.network.id, 'motion', 1)
  const { id } = await doing.tx
    .insertInto('motion')
    .values({
      network_id: doing.network.id,
      number,
      meeting_id: item.meeting.id,
      item_id: item.id,
      proposed_by_person_id: doing.actor!.personId,
      ...motionColumns({ state: 'draft', terms }),
      opened_at: null,
      closes_at: null,
      closed_at: null,
      closed_by_person_id: null,
      result: null,
      seal: null,
      superseded_by_id: null,
      supersedes_id: insteadOf?.id ?? null,
      made_at: doing.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const event = happened('proposed', {
    text: terms.text,
    ...(insteadOf ? { insteadOf: insteadOf.reference } : {}),
  })
  await doing.happened({ kind: 'motion', id }, [event])
  const made = await loadMotion(doing, number, 'nothing')
  await doing.tell(...tellingsOf(doing, made!, event))
  return accept({ number })
}

export async function changeMotion(doing: Doing, motion: LoadedMotion, terms: steps.Terms): Promise<Done> {
  return await take(doing, motion, by => steps.change(motion.it, by, terms))
}

/** The roll is written down: voting members of this day, less those whom a conflict keeps from voting (R30). */
export async function openVote(doing: Doing, held: LoadedMotion, closesAt: Instant | null): Promise<Done> {
  const { tx, network } = doing
  // What was declared or written a moment ago counts, too.
  const found = await findConflicts(doing, { itemId: held.item.id })
  const motion = found > 0 ? (await loadMotion(doing, held.row.number, 'nothing'))! : held
  const { item } = motion
  const roll = await rollFor(doing, motion)
  const step = steps.open(
    motion.it,
    byOf(doing.actor!, motion),
    {
      closesAt,
      roll: roll.length,
      undecided: motion.conflicts.filter(each => each.outcome === null).length,
      itemStands: item.item.state === 'on-agenda',
      meetingIsOn: item.meeting.it.state === 'held',
      meetingIsCancelled: item.meeting.it.state === 'cancelled',
    },
    doing.now,
  )
  if (!step.accepted) return step
  const members = await votersOn(tx, motion.groupId, doing.today)
  await tx
    .insertInto('voter')
    .values(
      members.map(each => ({
        network_id: network.id,
        motion_id: motion.id,
        person_id: each.personId,
        lay: each.lay,
        off_because: isInConflict(motion, each.personId) ? ('conflict' as const) : null,
      })),
    )
    .execute()
  const seal = motion.it.terms.isSecret ? randomBytes(32).toString('base64url') : null
  await saveMotion(doing, motion, step, { seal })
  const opened = await loadMotion(doing, motion.row.number, 'nothing')
  for (const event of step.events) await doing.tell(...tellingsOf(doing, opened!, event))
  return step
}

/** Who would be on the roll if it opened now. */
export async function rollFor(doing: Pick<Doing, 'tx' | 'today'>, motion: LoadedMotion) {
  const voters = await votersOn(doing.tx, motion.groupId, doing.today)
  return voters.filter(each => !isInConflict(motion, each.personId))
}

/**
 * One ballot of one member, for a motion that is held for the change, so that ballots go in one after the other.
 * @param recorded the team writes it down for somebody without a device
 */
export async function castBallot(
  doing: Doing,
  motion: LoadedMotion,
  personId: number,
  choice: steps.Choice,
  recorded = false,
): Promise<Decision<{ receipt: string; closed: boolean }>> {
  const voter = motion.roll.find(each => each.personId === personId)
  const cannot = steps.ballotCannot(
    motion.it,
    voter && { ...voter, undecided: isUndecided(motion, personId) },
    choice,
    doing.now,
  )
  if (cannot) return cannot
  if (recorded && motion.it.terms.isSecret) {
    return refuse('secret', 'In a secret vote nobody can vote for somebody else')
  }
  const receipt = await putBallot(doing, motion, personId, choice, recorded ? doing.actor!.personId : null)
  if (recorded) {
    await doing.happened({ kind: 'motion', id: motion.id }, [
      happened('ballot-recorded', { personId, name: voter!.name }),
    ])
  }
  // A written vote is over when everybody has voted (BOARD-16).
  const closed = motion.row.manner === 'written' && (await closeWhenAllHaveVoted(doing, motion))
  return accept({ receipt, closed })
}

const isUndecided = (motion: LoadedMotion, personId: number) =>
  motion.conflicts.some(each => each.personId === personId && each.outcome === null)

async function closeWhenAllHaveVoted(doing: Doing, { row }: LoadedMotion): Promise<boolean> {
  const whole = (await loadMotion(doing, row.number, 'nothing'))!
  return allHaveVoted(whole) && (await closeVote(doing, whole, 'all-voted')).accepted
}

/** Everybody who still can. */
export const allHaveVoted = (motion: Pick<LoadedMotion, 'roll'>): boolean =>
  motion.roll.some(each => each.hasVoted) &&
  motion.roll.every(each => each.hasVoted || each.offBecause !== null || !each.isVotingNow)

/** @param why undefined: by the chair */
export async function closeVote(
  doing: Doing,
  motion: LoadedMotion,
  why?: 'time' | 'all-voted',
): Promise<Done> {
  if (motion.it.state === 'open') await takeOutConflicts(doing, motion)
  const { ballots, unreadable } =
    motion.it.state === 'open' ? await openBallots(doing, motion) : { ballots: [], unreadable: 0 }
  const step = steps.close(
    motion.it,
    why ? undefined : byOf(doing.actor!, motion),
    {
      ballots: ballots.map(each => each.choice),
      unreadable,
      undecided: motion.roll.filter(each => each.offBecause === null && isUndecided(motion, each.personId))
        .length,
      there: await whoWasThere(doing, motion),
      conflicts: motion.conflicts.flatMap(({ personId, outcome }) =>
        outcome === null || outcome === 'none' ? [] : [{ personId, outcome }],
      ),
    },
    doing.now,
  )
  if (!step.accepted || step.state.state !== 'closed') return step
  await writeRoll(doing, motion)
  if (motion.it.terms.isSecret) {
    await partFromVoters(doing, motion, step.state.result.tooFew ? [] : ballots)
  }
  await saveMotion(
    doing,
    motion,
    {
      state: step.state,
      events: step.events.map(each => ({ ...each, details: { ...each.details, why: why ?? 'chair' } })),
    },
    { seal: null, closed_by_person_id: why ? null : doing.actor!.personId },
  )
  await standsInstead(doing, motion, step.state)
  for (const event of step.events)
    await doing.tell(...tellingsOf(doing, { ...motion, it: step.state }, event))
  return step
}

/** A ballot of somebody whom a conflict has since kept from voting is not counted: it is taken out before the count. */
async function takeOutConflicts(doing: Doing, motion: LoadedMotion): Promise<void> {
  const off = motion.roll.filter(each => each.offBecause === 'conflict').map(each => each.personId)
  if (off.length === 0) return
  await doing.tx
    .deleteFrom('ballot')
    .where('motion_id', '=', motion.id)
    .where('person_id', 'in', off)
    .execute()
}

/** The roll as it was at the count, for ever: who was in conflict, and whose membership ended without a ballot. */
async function writeRoll(doing: Doing, motion: LoadedMotion): Promise<void> {
  const on = motion.roll.filter(each => each.offBecause === null)
  const stays = (each: OnRoll) => each.isVotingNow || each.hasVoted
  for (const [off_because, people] of [
    ['conflict', motion.roll.filter(each => each.offBecause === 'conflict')],
    ['left', on.filter(each => !stays(each))],
    [null, on.filter(stays)],
  ] as const) {
    if (people.length === 0) continue
    await doing.tx
      .updateTable('voter')
      .set({ off_because, ...(off_because === 'conflict' ? { has_voted: false } : {}) })
      .where('motion_id', '=', motion.id)
      .where(
        'person_id',
        'in',
        people.map(each => each.personId),
      )
      .execute()
  }
}

/** Those on the roll who voted or are in the meeting; in a written vote, those who voted (R29). */
async function whoWasThere(doing: Doing, motion: LoadedMotion): Promise<There> {
  const roll = motion.roll.filter(each => each.offBecause === null && (each.hasVoted || each.isVotingNow))
  const there = roll.filter(each => each.hasVoted || (motion.row.manner !== 'written' && each.here))
  const opened = (motion.row.opened_at ?? doing.now).toZonedDateTimeISO('Europe/London').toPlainDate()
  const { voting, lay, needsVoting, needsLay, held } = quorumOf({
    rule: motion.item.meeting.group,
    voters: await votersOn(doing.tx, motion.groupId, opened),
    present: there.map(each => each.personId),
    inConflict: motion.roll.filter(each => each.offBecause === 'conflict').map(each => each.personId),
  })
  return { roll: roll.length, voting, lay, needsVoting, needsLay, held }
}

/** A motion that is carried takes the place of the one that it was put instead of; that one stays to read. */
async function standsInstead(doing: Doing, motion: LoadedMotion, it: steps.Motion): Promise<void> {
  const { supersedes_id: old } = motion.row
  if (old === null || it.state !== 'closed' || it.result.outcome !== 'carried' || it.result.indicative) return
  await doing.tx.updateTable('motion').set({ superseded_by_id: motion.id }).where('id', '=', old).execute()
  await doing.happened({ kind: 'motion', id: old }, [happened('superseded', { by: motion.reference })])
}

export async function castDeciding(doing: Doing, motion: LoadedMotion, choice: string): Promise<Done> {
  const step = steps.castDeciding(motion.it, byOf(doing.actor!, motion), choice)
  if (!step.accepted) return step
  await saveMotion(doing, motion, step)
  await standsInstead(doing, motion, step.state)
  for (const event of step.events)
    await doing.tell(...tellingsOf(doing, { ...motion, it: step.state }, event))
  return step
}

export async function withdrawMotion(doing: Doing, motion: LoadedMotion, because: string): Promise<Done> {
  const step = steps.withdraw(motion.it, byOf(doing.actor!, motion), because)
  if (!step.accepted) return step
  // What was said in secret is not kept when it is not counted.
  if (motion.it.state === 'open' && motion.it.terms.isSecret) await partFromVoters(doing, motion, [])
  await saveMotion(doing, motion, step, { seal: null })
  for (const event of step.events) await doing.tell(...tellingsOf(doing, motion, event))
  return step
}

/** Own words of somebody who voted against or abstained; nobody edits them (BOARD-17). */
export async function addDissent(
  doing: Doing,
  motion: LoadedMotion,
  given: { personId: number; words: string; forChairOnly: boolean; recorded: boolean },
): Promise<Decision<undefined>> {
  const cannot = dissentCannot(motion, given.personId)
  if (cannot) return cannot
  await doing.tx
    .insertInto('dissent')
    .values({
      network_id: doing.network.id,
      motion_id: motion.id,
      person_id: given.personId,
      words: given.words,
      for_chair_only: given.forChairOnly,
      recorded_by_person_id: given.recorded ? doing.actor!.personId : null,
      at: doing.now,
    })
    .execute()
  const event = happened('dissent', {
    personId: given.personId,
    forChairOnly: given.forChairOnly,
    recorded: given.recorded,
  })
  // Words for the chair alone leave no trace that others read.
  if (!given.forChairOnly) await doing.happened({ kind: 'motion', id: motion.id }, [event])
  await doing.tell(...tellingsOf(doing, motion, event))
  return accept(undefined)
}

/** Why this person cannot add own words; undefined when they can. */
export function dissentCannot(motion: LoadedMotion, personId: number) {
  if (motion.it.state !== 'closed')
    return refuse('not-closed', 'Own words can be added once the vote is closed')
  const voter = motion.roll.find(each => each.personId === personId)
  if (!voter?.hasVoted) return refuse('did-not-vote', 'Own words are for those who voted')
  // In a secret vote nobody knows how they voted: by writing this they say so themselves.
  if (!motion.it.terms.isSecret && !dissents(motion, voter.choice ?? [])) {
    return refuse('agreed', 'Own words are for those who voted against or abstained')
  }
  return motion.dissents.some(each => each.personId === personId)
    ? refuse('done', 'These own words were added already. Nobody can change them')
    : undefined
}

function dissents({ it }: LoadedMotion, choice: steps.Choice): boolean {
  if (it.state !== 'closed') return false
  const [first] = choice
  return (
    first === 'abstain' ||
    first === 'against' ||
    (it.terms.kind !== 'for-against' && first !== it.result.chosen)
  )
}

async function take(doing: Doing, motion: LoadedMotion, decide: (by: steps.By) => Done): Promise<Done> {
  const step = decide(byOf(doing.actor!, motion))
  if (step.accepted) await saveMotion(doing, motion, step)
  return step
}
