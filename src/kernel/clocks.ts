import type { Temporal } from 'temporal-polyfill'
import { addWorkingDays } from './calendar/working-days.ts'

/** Every promise's length in working days (product.md, "Clocks"); a network can set its own, from a date on. */
export const defaultClocks = {
  /** A contribution is acknowledged. */
  acknowledge: 2,
  /** After the meeting or date, the consideration is written down. */
  consider: 5,
  /** After an outcome or a change, the contributor hears. */
  feedback: 5,
  /** A body that something was passed to is asked what came of it. */
  chase: 20,
  /** The contributor is reminded, once, that the answer waits for their verdict. */
  'verdict-reminder': 10,
  /** Without a verdict the loop ends unanswered. */
  'end-unanswered': 20,
  /** A loop that was not closed is answered again. */
  reopened: 5,
  /** After a promise about a contribution became late, the portfolio manager is told. */
  escalate: 5,
  /** Whoever acts next is reminded so many days before the promise. */
  'remind-before': 1,
  /** A request to a SIG is acknowledged. */
  'request-acknowledge': 3,
  'request-answer': 10,
  /** After a request became late, the portfolio manager is told. */
  'request-escalate': 5,
  /** Papers are out so many working days before their meeting, the meeting's day not counted (R26). */
  papers: 5,
  /** Questions on a paper are asked until so many working days before its meeting, and answered before it. */
  'paper-question': 2,
  /** Items for an agenda are asked for so many working days before the papers are due. */
  'agenda-items': 10,
  /** Minutes are drafted after a meeting (R32). */
  minutes: 10,
  /** Somebody who registered an interest is spoken with. */
  conversation: 5,
  /** After the conversation they hear yes, or no and why. */
  'application-answer': 5,
  /** A wish to know more is answered, or its session has a day. */
  learning: 10,
  /** A word that somebody could not understand is explained. */
  'word-explained': 10,
  /** A new version of an agreement is agreed to, or talked about. */
  agreement: 20,
  /** A call is made, a letter is posted. */
  'by-hand': 2,
  /** A support need is arranged for. */
  'need-met': 5,
  /** A message is answered by whoever's turn it is. */
  'message-answer': 3,
  /** A concern is acknowledged (product.md, "Concerns"). */
  'concern-acknowledge': 3,
  /** What will be done about a concern is said. */
  'concern-plan': 10,
  /** Somebody whose place the network means to end has so long to reply. */
  'right-of-reply': 10,
  /** A reported post in the volunteers' own space is looked at. */
  'post-report': 3,
  /** Whoever has done a task is thanked in own words. */
  'task-thanks': 5,
  /** Expenses are paid (R52). */
  'expenses-paid': 20,
  /** A wish to correct, object or erase is answered; the law's month is the outer end. */
  'data-wish': 10,
  /** Somebody who leaves is thanked, by a person and in their own words. */
  'thank-you': 5,
} as const

export type ClockName = keyof typeof defaultClocks

/** The network's own numbers, each set from a date on (`Entry.clocks`). */
export type ClockSettings = readonly {
  readonly fromOn: string
  readonly clocks: Readonly<Record<string, number>>
}[]

/** Working days of this clock for a promise made on `day`: a promise keeps the number it was made under. */
export function clockOn(name: ClockName, day: Temporal.PlainDate, settings: ClockSettings): number {
  const held = settings.filter(each => each.fromOn <= day.toString() && each.clocks[name] !== undefined)
  const latest = held.reduce<ClockSettings[number] | undefined>(
    (last, each) => (last === undefined || each.fromOn >= last.fromOn ? each : last),
    undefined,
  )
  return latest?.clocks[name] ?? defaultClocks[name]
}

/** The last day of a promise made on `day`. */
export function promisedBy(
  name: ClockName,
  day: Temporal.PlainDate,
  settings: ClockSettings,
): Temporal.PlainDate {
  return addWorkingDays(day, clockOn(name, day, settings))
}
