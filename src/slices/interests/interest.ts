import { Temporal } from 'temporal-polyfill'
import { accept, type Decision, happened, refuse } from '#kernel/decision.ts'

type PlainDate = Temporal.PlainDate

/** What somebody has a stake in (R19). */
export interface Interest {
  readonly type: 'financial' | 'non-financial-professional' | 'non-financial-personal' | 'indirect'
  readonly conflict: 'actual' | 'potential' | 'perceived'
  readonly organisation: string
  readonly what: string
  /** Whose it is, when it is somebody close to the person. */
  readonly whose: string
  readonly otherNames: string
  readonly from: PlainDate
  readonly to: PlainDate | null
}

export const typeWords: Record<Interest['type'], string> = {
  financial: 'Money',
  'non-financial-professional': 'Work, without money',
  'non-financial-personal': 'Personal',
  indirect: 'Through somebody close',
}

export const kindWords: Record<Interest['conflict'], string> = {
  actual: 'It touches what we do now',
  potential: 'It could touch what we do',
  perceived: 'People could think that it does',
}

/** Days after it arose within which an interest is declared (R20). */
export const daysToDeclare = 28
/** Months for which an interest that ended stays in the public register (R22). */
export const monthsShown = 6
/** Years for which it is kept after that (R22). */
const yearsKept = 6
/** Months after which everybody is asked again (R20). */
const monthsBetween = 12

/** What is wrong with an interest as it was written down. */
export function interestCannot(it: Interest, today: PlainDate) {
  if (it.type === 'indirect' && it.whose === '') return refuse('whose', 'Say whose interest it is')
  if (Temporal.PlainDate.compare(it.from, today) > 0) {
    return refuse('from', 'The day it began must be today or earlier')
  }
  return it.to ? endCannot(it, it.to) : undefined
}

function endCannot(it: Pick<Interest, 'from'>, to: PlainDate) {
  return Temporal.PlainDate.compare(to, it.from) < 0
    ? refuse('to', 'The day it ended must not be before the day it began')
    : undefined
}

/** The day on which it ends or ended; undefined takes an end back that was wrong. */
export function changeEnd(it: Interest, to: PlainDate | undefined): Decision<Interest> {
  if (to) {
    const wrong = endCannot(it, to)
    if (wrong) return wrong
  } else if (!it.to) return refuse('same', 'It has no end')
  return accept(
    { ...it, to: to ?? null },
    to ? happened('ends', { on: to.toString() }) : happened('goes-on', {}),
  )
}

/** Worked out, never stored: written down more than 28 days after it began. */
export const isLateDeclared = (from: PlainDate, declaredOn: PlainDate): boolean =>
  Temporal.PlainDate.compare(declaredOn, from.add({ days: daysToDeclare })) > 0

/** It holds, or ended so short a time ago that the public still reads it. */
export const isShown = (to: PlainDate | null, today: PlainDate): boolean =>
  to === null || Temporal.PlainDate.compare(to.add({ months: monthsShown }), today) >= 0

export const isKept = (to: PlainDate | null, today: PlainDate): boolean =>
  to === null || Temporal.PlainDate.compare(to.add({ months: monthsShown, years: yearsKept }), today) >= 0

/** When somebody is asked again: 12 months after they last said how it is. */
export const confirmBy = (last: PlainDate): PlainDate => last.add({ months: monthsBetween })
