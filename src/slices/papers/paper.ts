import { Temporal } from 'temporal-polyfill'
import { workingDaysBetween } from '#kernel/calendar/working-days.ts'
import { accept, type Decision, happened, refuse } from '#kernel/decision.ts'
import { wordsOf } from '#kernel/text/readability.ts'
import type { Instant, PlainDate } from '#platform/database/tables.ts'
import { type TextState, unreadable } from './text.ts'

/** Where a paper is; its steps lead only onwards. */
export interface Paper {
  readonly state: 'draft' | 'out' | 'withdrawn'
  readonly because: string
  readonly outAt: Instant | null
  readonly late: Late | null
}

/** Stays for ever (R26). */
interface Late {
  readonly days: number
  readonly because: string
  readonly allowedById: number
}

export type Step = Decision<Paper>

export const mostWords = 200
export const summaryWords = (summary: string): number => wordsOf(summary).length

/**
 * The promise about papers (R26): kept until the end of the day in London on which papers are due, and after that
 * late by so many working days, one at the least.
 */
export function lateBy(dueOn: PlainDate, outOn: PlainDate): number {
  return Temporal.PlainDate.compare(outOn, dueOn) <= 0 ? 0 : Math.max(1, workingDaysBetween(dueOn, outOn))
}

/** What stands between a paper and its readers: sentences for whoever prepares it; none when it can go out. */
export function notReady(paper: {
  readonly summary: string
  readonly textState: TextState | undefined
}): string[] {
  const { summary, textState } = paper
  const words = summaryWords(summary)
  return [
    ...(words === 0 ? ['It has no summary in plain English.'] : []),
    ...(words > mostWords ? [`Its summary has ${words} words. It may have up to ${mostWords}.`] : []),
    ...(textState === undefined ? ['It has no file yet.'] : []),
    ...(textState === 'waiting' ? ['Its file is still being read. That takes a minute at most.'] : []),
    ...(textState && textState !== 'waiting' && textState !== 'readable' ? [unreadable[textState]] : []),
  ]
}

/** @param late why, and who allowed it: asked for once the day has passed */
export function sendOut(
  it: Paper,
  paper: { readonly summary: string; readonly textState: TextState | undefined },
  dueOn: PlainDate,
  now: Instant,
  late: { readonly because: string; readonly allowedById: number | undefined },
): Step {
  if (it.state === 'out') return refuse('out', 'This paper is out already')
  if (it.state === 'withdrawn') return refuse('withdrawn', 'This paper was withdrawn')
  const [missing] = notReady(paper)
  if (missing) return refuse('not-ready', missing)
  const days = lateBy(dueOn, now.toZonedDateTimeISO('Europe/London').toPlainDate())
  if (days === 0) return accept({ ...it, state: 'out', outAt: now, late: null }, happened('paper-out'))
  if (late.because === '') return refuse('no-reason', 'Say why this paper is late')
  if (late.allowedById === undefined) return refuse('nobody', 'Choose who allowed it to be late')
  const { because, allowedById } = late
  return accept(
    { ...it, state: 'out', outAt: now, late: { days, because, allowedById } },
    happened('paper-out', { lateDays: days, because, allowedById }),
  )
}

export function withdraw(it: Paper, because: string): Step {
  if (it.state === 'withdrawn') return refuse('withdrawn', 'This paper was withdrawn already')
  return accept({ ...it, state: 'withdrawn', because }, happened('paper-withdrawn', { because }))
}

/** "2 working days late", in the words of the mark that stays. */
export const lateWords = (days: number): string => `${days} working ${days === 1 ? 'day' : 'days'} late`

export const stateWords: Record<Paper['state'], string> = {
  draft: 'Being prepared',
  out: 'Out',
  withdrawn: 'Withdrawn',
}
