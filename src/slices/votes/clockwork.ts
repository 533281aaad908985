import { Temporal } from 'temporal-polyfill'
import { addWorkingDays } from '#kernel/calendar/working-days.ts'
import { clockOn } from '#kernel/clocks.ts'
import type { DueWork, Reminder } from '#platform/http/route.ts'
import { notYetGiven } from '#platform/outbox.ts'
import { allHaveVoted, closeVote } from './changes.ts'
import { untilInWords } from './messages.ts'
import { isOverTime } from './motion.ts'
import { votePaths } from './paths.ts'
import { type LoadedMotion, loadMotion } from './store.ts'

/**
 * Counts the votes whose time is over, and the written ones in which everybody has voted; reminds those who have not
 * voted yet, once before the last day and once on it (BOARD-16).
 */
export async function votesDue(work: DueWork): Promise<void> {
  const { tx, now } = work
  const open = await tx
    .selectFrom('motion')
    .select('number')
    .where('state', '=', 'open')
    .where(eb => eb.or([eb('closes_at', '<=', now), eb('manner', '=', 'written')]))
    .orderBy('id')
    .execute()
  const wanted: Reminder[] = []
  for (const { number } of open) {
    const motion = await loadMotion(work, number, 'motion')
    if (motion?.it.state !== 'open') continue
    const over = isOverTime(motion.it, now)
    if (over || allHaveVoted(motion)) {
      const done = await closeVote(work, motion, over ? 'time' : 'all-voted')
      if (!done.accepted) wanted.push(...chairHasTo(work, motion, done.reason))
    } else wanted.push(...hasNotVoted(work, motion))
  }
  for (const reminder of await notYetGiven(tx, wanted)) await work.remind(reminder)
}

/** It cannot be counted before the chair has decided something: told once. */
function chairHasTo(work: DueWork, motion: LoadedMotion, reason: string): Reminder[] {
  const sentence =
    reason === 'undecided-conflict'
      ? `${motion.reference}: the time to vote is over. Decide first on a conflict of interest, then it is counted.`
      : `${motion.reference}: the time to vote is over, and it cannot be counted. Look at it and decide what to do.`
  return motion.leaderIds.map(personId => ({
    key: `vote-not-counted:${motion.id}:${reason}:${personId}`,
    personId,
    sentence,
    path: votePaths.one(work.network.slug, motion.reference),
  }))
}

function hasNotVoted(work: DueWork, motion: LoadedMotion): Reminder[] {
  const { today, when, network } = work
  const closesAt = motion.it.state === 'open' ? motion.it.closesAt : null
  if (!closesAt) return []
  const lastDay = closesAt.toZonedDateTimeISO('Europe/London').toPlainDate()
  const openedOn = motion.row.opened_at!.toZonedDateTimeISO('Europe/London').toPlainDate()
  const before = addWorkingDays(lastDay, -Math.max(1, clockOn('remind-before', today, when.clocks)))
  const at = (day: Temporal.PlainDate) => Temporal.PlainDate.compare(today, day)
  // Who was asked on that very day needs no reminder on it.
  const which = at(lastDay) >= 0 ? 'last-day' : at(before) >= 0 ? 'soon' : undefined
  if (which === undefined || at(openedOn) === 0) return []
  return motion.roll
    .filter(each => !each.hasVoted && each.offBecause === null && each.isVotingNow)
    .map(({ personId }) => ({
      key: `vote-${which}:${motion.id}:${personId}`,
      personId,
      sentence: `${motion.reference}: you have not voted yet. You can vote until ${untilInWords(closesAt)}.`,
      path: votePaths.ballot(network.slug, motion.reference),
    }))
}

export const lateVotes = async (
  tx: DueWork['tx'],
  today: Temporal.PlainDate,
): Promise<Record<string, number>> => {
  const { count } = await tx
    .selectFrom('motion')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('state', '=', 'open')
    .where('closes_at', '<', today.toZonedDateTime('Europe/London').toInstant())
    .executeTakeFirstOrThrow()
  return { votes: Number(count) }
}
