import { dateInWords, timeInWords } from '#kernel/calendar/words.ts'
import type { Happened } from '#kernel/decision.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Instant } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { Telling } from '#platform/outbox.ts'
import { votePaths } from './paths.ts'
import type { LoadedMotion } from './store.ts'
import { outcomeInWords } from './words.ts'

/** What people are told of what happened to a vote: made from history. A part B motion is named by its mark alone (R42). */
export function tellingsOf(
  doing: Pick<Doing, 'network' | 'actor'>,
  motion: LoadedMotion,
  { event, details }: Happened,
): Telling[] {
  const { row, reference: mark } = motion
  const its =
    motion.handling === 'public'
      ? `${mark}: ${theirs(row.text)}`
      : `You find what it is about on the page of ${mark}.`
  const to = (
    personIds: readonly number[],
    subject: string,
    link: { path: string; words: string },
    ...paragraphs: readonly string[]
  ): Telling[] =>
    [...new Set(personIds)]
      .filter(each => each !== doing.actor?.personId)
      .map(personId => ({
        key: `vote-${event}:${motion.id}:${motion.version}:${personId}`,
        personId,
        kind: `vote-${event}`,
        subject,
        paragraphs: paragraphs.filter(each => each !== ''),
        link,
        about: { kind: 'motion', id: mark },
      }))
  const page = { path: votePaths.one(doing.network.slug, mark), words: 'See it here' }
  const roll = motion.roll.filter(each => each.offBecause === null).map(each => each.personId)
  switch (event) {
    case 'proposed':
      return to(
        motion.leaderIds,
        `${mark} was proposed`,
        page,
        'Somebody proposed a motion for your meeting. You decide when it is put to the vote.',
        its,
      )
    case 'opened':
      // In a meeting everybody is there; a written vote is asked of each (BOARD-16).
      return row.manner === 'written'
        ? to(
            roll,
            `please vote on ${mark}`,
            { path: votePaths.ballot(doing.network.slug, mark), words: 'Vote here' },
            `A vote is open. You can vote until ${untilInWords(row.closes_at!)}.`,
            its,
            row.is_secret
              ? 'It is a secret vote: nobody can see what you choose.'
              : 'It is an open vote: how you vote is shown with the result. If you cannot vote online, tell us how you vote and we write it down for you.',
          )
        : []
    case 'closed':
    case 'casting-vote':
      return row.manner === 'written' && motion.it.state === 'closed'
        ? to(
            [...roll, ...motion.leaderIds],
            `${mark} is closed`,
            page,
            `The vote is closed. ${outcomeInWords(motion.it.terms, motion.it.result)}`,
            its,
          )
        : []
    case 'withdrawn':
      return motion.it.state === 'open'
        ? to(
            roll,
            `${mark} was withdrawn`,
            page,
            'This vote was withdrawn. No ballot is counted.',
            `The reason: ${theirs(String(details.because ?? ''))}`,
          )
        : []
    case 'dissent':
      return details.forChairOnly
        ? to(
            motion.leaderIds,
            `somebody wrote to you about ${mark}`,
            page,
            'A member who did not vote for it wrote to you. Only you and they can read it.',
          )
        : []
    default:
      return []
  }
}

/** "the end of 3 March 2027", or with a time. */
export function untilInWords(at: Instant): string {
  const there = at.toZonedDateTimeISO('Europe/London')
  return there.hour === 23 && there.minute === 59
    ? `the end of ${dateInWords(there.toPlainDate())}`
    : `${dateInWords(there.toPlainDate())}, ${timeInWords(there)}`
}
