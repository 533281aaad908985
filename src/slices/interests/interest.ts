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

/** What kind of body it is: suppliers, charities and funders are looked for apart from Trusts. */
export const organisationWords = {
  trust: 'An NHS Trust',
  'other-nhs': 'Another NHS body',
  supplier: 'A supplier: a firm that sells to the NHS',
  charity: 'A charity or a patient group',
  funder: 'A funder: a body that gives money',
  university: 'A university or a research body',
  other: 'Something else',
} as const
export type OrganisationKind = keyof typeof organisationWords

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

/** Worked out, never stored: written down later than so many days after it began (R20). */
export const isLateDeclared = (from: PlainDate, declaredOn: PlainDate, days = 28): boolean =>
  Temporal.PlainDate.compare(declaredOn, from.add({ days })) > 0

/** It holds, or ended so short a time ago that the public still reads it. */
export const isShown = (to: PlainDate | null, today: PlainDate, months = 6): boolean =>
  to === null || Temporal.PlainDate.compare(to.add({ months }), today) >= 0

export const isKept = (to: PlainDate | null, today: PlainDate, shown = 6, kept = 72): boolean =>
  to === null || Temporal.PlainDate.compare(to.add({ months: shown + kept }), today) >= 0

/** When somebody is asked again: so many months after they last said how it is (R20). */
export const confirmBy = (last: PlainDate, months = 12): PlainDate => last.add({ months })

/** Why somebody says how it is: on joining, on a change of role, or as every year (R20). */
export function occasionOf(last: PlainDate | null, newestRole: PlainDate | null): Occasion {
  if (last === null) return 'joining'
  return newestRole && Temporal.PlainDate.compare(newestRole, last) > 0 ? 'change-of-role' : 'yearly'
}
export type Occasion = 'joining' | 'change-of-role' | 'yearly'
