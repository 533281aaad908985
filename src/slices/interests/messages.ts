import { dateInWords } from '#kernel/calendar/words.ts'
import type { Happened } from '#kernel/decision.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Doing } from '#platform/doing.ts'
import type { Telling } from '#platform/outbox.ts'
import { outcomeWords } from './conflict.ts'
import { interestPaths } from './paths.ts'
import type { LoadedConflict } from './store.ts'

/** What people are told about a conflict: made from history. A part B item is not named in a message (R42). */
export function tellingsOf(
  doing: Pick<Doing, 'network' | 'actor'>,
  conflict: LoadedConflict,
  { event, details }: Happened,
): Telling[] {
  const { item, row } = conflict
  const day = dateInWords(item.meeting.it.startsAt.toZonedDateTimeISO('Europe/London').toPlainDate())
  const its =
    item.handling === 'public'
      ? `“${theirs(item.item.title)}”, on the agenda of ${day}`
      : `an item on the agenda of ${day}, which you see on the page`
  const to = (
    personIds: readonly number[],
    subject: string,
    link: { path: string; words: string },
    ...paragraphs: readonly string[]
  ): Telling[] =>
    [...new Set(personIds)]
      .filter(each => each !== doing.actor?.personId)
      .map(personId => ({
        key: `${event}:${conflict.id}:${conflict.version}:${personId}`,
        personId,
        kind: event,
        subject,
        paragraphs: paragraphs.filter(each => each !== ''),
        link,
        about: { kind: 'conflict', id: String(conflict.id) },
      }))
  const answer = {
    path: interestPaths.conflictStep(doing.network.slug, conflict.id, 'answer'),
    words: 'Answer here',
  }
  const page = { path: interestPaths.conflict(doing.network.slug, conflict.id), words: 'See it here' }
  // Whoever could decide it: not the person, nor anybody else in conflict on this item.
  const deciders = conflict.leaderIds.filter(each => !conflict.inConflict.includes(each))
  switch (event) {
    case 'conflict-found':
      return [
        ...(details.by === 'person'
          ? []
          : to(
              [row.person_id],
              'does an agenda item touch an interest of yours?',
              answer,
              `An interest of yours may touch ${its}.`,
              `Why we ask: ${details.by === 'match' ? row.why : theirs(row.why)}.`,
              'Please say whether it does. The chair then decides what follows.',
            )),
        ...(details.by === 'match'
          ? []
          : to(
              deciders,
              'a conflict of interest was declared',
              page,
              `It is about ${its}.`,
              'Please decide what follows, before the item opens.',
            )),
      ]
    case 'conflict-decided':
      return to(
        [row.person_id],
        'the chair decided about your interest',
        page,
        `It is about ${its}.`,
        `What was decided: ${outcomeWords[conflict.it.outcome ?? 'none']}.`,
        `The reason: ${theirs(String(details.because ?? ''))}`,
      )
    default:
      return []
  }
}
