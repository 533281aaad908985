import { dateInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Doing } from '#platform/doing.ts'
import type { Telling } from '#platform/outbox.ts'
import { idsOf } from '#platform/who-today.ts'
import { messagePaths } from './paths.ts'
import type { LoadedThread } from './store.ts'
import type { Side } from './tables.ts'
import type { Thread } from './thread.ts'

/**
 * Who hears of a new word, and what. The words themselves go only to the person on the other side of the network; what
 * somebody wrote to us or to a buddy waits behind the sign-in, so that nothing of it lies in another inbox (R42).
 */
export function newWordTellings(
  doing: Pick<Doing, 'network' | 'actor'>,
  loaded: LoadedThread,
  word: { readonly id: number; readonly side: Side; readonly words: string; readonly recorded: boolean },
  now: Thread,
): Telling[] {
  const to = (people: readonly number[], subject: string, paragraphs: string[], key = 'new'): Telling[] =>
    [...new Set(people)].map(personId => ({
      key: `written-${key}:${word.id}:${personId}`,
      personId,
      kind: 'written',
      subject,
      paragraphs: paragraphs.filter(each => each !== ''),
      short: `${subject}.`,
      link: { path: messagePaths.one(doing.network.slug, loaded.id), words: 'Read it and answer here' },
      about: { kind: loaded.kind === 'buddy' ? 'buddy-message' : 'message-thread', id: String(loaded.id) },
    }))
  const others = (people: readonly number[]) => people.filter(each => each !== doing.actor?.personId)
  if (loaded.kind === 'buddy') {
    const writer = doing.actor ? theirs(doing.actor.name) : 'Your buddy'
    return to(others(loaded.buddyIds), 'your buddy wrote to you', [
      `${writer} wrote to you. Only the two of you can read it.`,
    ])
  }
  if (word.side === 'us') {
    const from =
      loaded.kind === 'team'
        ? 'The team'
        : `${doing.actor ? theirs(doing.actor.name) : 'The chair'}, for ${theirs(loaded.groupName ?? '')},`
    // A call or a letter is made by the team: what a chair wrote goes that way only where there is no other.
    const goesAlong = loaded.kind === 'team' || byHand(loaded)
    return to([loaded.personId], 'there is a message for you', [
      `${from} wrote to you${goesAlong ? ':' : '.'}`,
      goesAlong ? theirs(word.words) : '',
      now.turn === 'person' ? 'We would like an answer. There is no date by which you must give one.' : '',
    ])
  }
  const due = now.due ? `Please answer by ${dateInWords(now.due)}.` : ''
  const readBack = word.recorded
    ? to(
        [loaded.personId],
        'we wrote down what you said',
        [
          `We wrote down what you said to ${loaded.kind === 'team' ? 'the team' : `who leads ${theirs(loaded.groupName ?? '')}`}:`,
          theirs(word.words),
          `You get an answer${now.due ? ` by ${dateInWords(now.due)}` : ''}. If these are not your words, tell us.`,
        ],
        'read-back',
      )
    : []
  return [
    ...to(others(answerersOf(loaded)), 'somebody wrote to you', [
      `${theirs(loaded.personName)} wrote to you. ${due}`,
    ]),
    ...readBack,
  ]
}

/** Somebody whom we ring or write to on paper. */
export const byHand = (loaded: Pick<LoadedThread, 'personChannel'>): boolean =>
  loaded.personChannel === 'phone' || loaded.personChannel === 'post'

/** Who answers: the co-ordinators, or who leads the group and is there today. */
export function answerersOf(loaded: Pick<LoadedThread, 'kind' | 'leaders' | 'coordinatorIds'>): number[] {
  if (loaded.kind === 'team') return [...loaded.coordinatorIds]
  const there = loaded.leaders.filter(each => !each.away)
  const chairs = there.filter(each => each.role === 'chair')
  if (chairs.length > 0) return idsOf(chairs)
  if (there.length > 0) return idsOf(there)
  return idsOf(loaded.leaders)
}
