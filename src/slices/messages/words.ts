import { dateInWords, dueInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import type { Actor } from '#platform/permission.ts'
import { sideOf } from './access.ts'
import type { ListedThread } from './queries.ts'
import type { LoadedThread } from './store.ts'
import type { HowSaid } from './tables.ts'

export const noPatients = 'Please do not name patients or give details that could tell who they are.'

export const howWords: Record<Exclude<HowSaid, 'web' | 'email' | 'text'>, string> = {
  phone: 'on the phone',
  post: 'by post',
  'in-person': 'in the room',
}

/** Whom a message is with, as the reader would say it. */
export function withWhom(thread: LoadedThread, actor: Actor): string {
  if (thread.kind === 'buddy') {
    return thread.personId === actor.personId
      ? thread.buddyName
        ? theirs(thread.buddyName)
        : 'Your buddy'
      : theirs(thread.personName)
  }
  if (sideOf(actor, thread) === 'us')
    return thread.kind === 'team'
      ? `${theirs(thread.personName)} and the team`
      : `${theirs(thread.personName)} and who leads ${theirs(thread.groupName ?? '')}`
  return thread.kind === 'team' ? 'The team' : `Who leads ${theirs(thread.groupName ?? '')}`
}

export function listedWith(row: ListedThread, actor: Actor): string {
  if (row.kind === 'buddy') return `${row.other_name ? theirs(row.other_name) : 'Your buddy'}, your buddy`
  if (row.person_id === actor.personId)
    return row.kind === 'team' ? 'The team' : `Who leads ${theirs(row.group_name ?? '')}`
  return row.kind === 'team'
    ? theirs(row.person_name)
    : `${theirs(row.person_name)}, about ${theirs(row.group_name ?? '')}`
}

export interface TurnInWords {
  readonly words: string
  readonly late: boolean
}

/** Whose turn it is and by when. */
export function turnInWords(thread: LoadedThread, actor: Actor, today: PlainDate): TurnInWords {
  const { turn, due } = thread.it
  const side = sideOf(actor, thread)
  if (turn === 'nobody')
    return { words: 'Nobody waits for an answer. You can write again at any time.', late: false }
  if (turn === 'us' && due) {
    const { words, late } = dueInWords(due, today)
    const who = thread.kind === 'team' ? 'the team' : `who leads ${theirs(thread.groupName ?? '')}`
    const when = late ? `It was promised by ${dateInWords(due)}: ${words}.` : `By ${dateInWords(due)}.`
    return {
      words:
        side === 'us' ? `It is your turn to answer. ${when}` : `It is the turn of ${who} to answer. ${when}`,
      late,
    }
  }
  const mine = turn === side
  return {
    words: mine
      ? 'You were asked something. There is no date by which you must answer.'
      : thread.kind === 'buddy'
        ? 'You wrote last.'
        : `It is the turn of ${theirs(thread.personName)} to answer.`,
    late: false,
  }
}
