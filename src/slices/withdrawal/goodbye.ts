import { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import { addWorkingDays } from '#kernel/calendar/working-days.ts'
import { type Decision, happened, refuse, accept as yes } from '#kernel/decision.ts'

type PlainDate = Temporal.PlainDate

/** Where somebody's leaving is. What is late about it (the thank-you) is worked out from its day. */
export type Goodbye =
  | { readonly state: 'planned'; readonly onDay: PlainDate }
  | { readonly state: 'called-off' }
  | { readonly state: 'done'; readonly onDay: PlainDate; readonly thanked: boolean }

export const furthest = { months: 12 }

/** Working days until a call or a letter has surely come. */
export const daysByHand = 5

/**
 * The first day on which somebody can leave. Themselves: today. Written down by the team: not before they have heard of it
 * and could say that it is not so, because the network ends nobody's place by a button alone (PEOPLE-17).
 * @param hearsBy how they are told: at once by e-mail or text message, or by a call or a letter that somebody makes
 */
export function earliest(
  askedBy: 'themselves' | 'the-team',
  hearsBy: 'email' | 'text' | 'phone' | 'post',
  today: PlainDate,
): PlainDate {
  if (askedBy === 'themselves') return today
  return addWorkingDays(today, hearsBy === 'email' || hearsBy === 'text' ? 1 : daysByHand)
}

/** From the first day on, within a year. No reason is asked for. */
export function ask(onDay: PlainDate, first: PlainDate, today: PlainDate): Decision<Goodbye> {
  if (Temporal.PlainDate.compare(onDay, first) < 0) {
    return first.equals(today)
      ? refuse('past', 'The day must be today or later')
      : refuse('too-soon', `Choose ${dateInWords(first)} or later, so that they have heard of it before`)
  }
  if (Temporal.PlainDate.compare(onDay, today.add(furthest)) > 0) {
    return refuse('too-far', 'Choose a day within the next 12 months')
  }
  return yes({ state: 'planned', onDay }, happened('leaving-planned', { on: onDay.toString() }))
}

/** On its day, by the person themselves at once, or by the clock. */
export function leave(it: Goodbye, today: PlainDate): Decision<Goodbye> {
  if (it.state !== 'planned') return refuse('not-planned', 'This was called off, or is done already')
  if (Temporal.PlainDate.compare(it.onDay, today) > 0) {
    return refuse('not-yet', 'The day has not come yet')
  }
  return yes({ state: 'done', onDay: it.onDay, thanked: false }, happened('left'))
}

/** Until the day has come, they can stay after all. */
export function callOff(it: Goodbye): Decision<Goodbye> {
  if (it.state === 'called-off') return refuse('called-off', 'This was called off already')
  if (it.state === 'done') return refuse('done', 'They have left already. They can register again')
  return yes({ state: 'called-off' }, happened('leaving-called-off'))
}

/** Once, in somebody's own words. */
export function thank(it: Goodbye, words: string): Decision<Goodbye> {
  if (it.state === 'called-off') return refuse('called-off', 'They stay, so there is no goodbye')
  if (it.state === 'done' && it.thanked) return refuse('thanked', 'They were thanked already')
  if (words.trim() === '') return refuse('no-words', 'Write a few words of your own')
  return it.state === 'done'
    ? yes({ ...it, thanked: true }, happened('thanked'))
    : yes(it, happened('thanked'))
}
