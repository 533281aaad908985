import type { Temporal } from 'temporal-polyfill'
import { addWorkingDays } from '#kernel/calendar/working-days.ts'
import { accept, type Decision, happened, refuse } from '#kernel/decision.ts'

type PlainDate = Temporal.PlainDate

/** The law's 30 days, counted from the day after it reached us (R2). */
export const daysToAcknowledge = 30
/** The complainant hears something at least so often (R3: the product's own number). */
export const workingDaysBetweenNews = 20

/** Our own target to tell somebody who has to be rung or written to (R2). */
export const workingDaysToAcknowledge = 3

export interface Complaint {
  readonly lastDay: PlainDate
  readonly updateBy: PlainDate | null
  readonly outcome: string | null
}

/** The receipt goes out at once and is the acknowledgement; from there on news is due. */
export function receiveComplaint(today: PlainDate): Complaint {
  return {
    lastDay: today.add({ days: daysToAcknowledge }),
    updateBy: addWorkingDays(today, workingDaysBetweenNews),
    outcome: null,
  }
}

export function giveNews(it: Complaint, words: string, today: PlainDate): Decision<Complaint> {
  if (it.outcome !== null)
    return refuse('answered', 'This has been answered, so there is no more news to give')
  return accept(
    { ...it, updateBy: addWorkingDays(today, workingDaysBetweenNews) },
    happened('complaint-news', { words }),
  )
}

export function answerComplaint(it: Complaint, outcome: string): Decision<Complaint> {
  if (it.outcome !== null) return refuse('answered', 'This has been answered already')
  return accept({ ...it, updateBy: null, outcome }, happened('complaint-answered', {}))
}
