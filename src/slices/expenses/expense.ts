import type { Temporal } from 'temporal-polyfill'
import { type ClockSettings, promisedBy } from '#kernel/clocks.ts'
import { accept, type Decision, happened, type Refusal, refuse } from '#kernel/decision.ts'
import type { ClaimState, LineKind, RateKind } from './tables.ts'

type PlainDate = Temporal.PlainDate

/** What the steps ask about a claim (R52). */
export interface Claim {
  readonly state: ClaimState
  /** Whose money it is. */
  readonly personId: number
  readonly writtenById: number
  readonly firstById: number | null
  readonly lines: readonly { readonly pence: number }[]
}

export interface By {
  readonly personId: number
  readonly isTeam: boolean
}

export interface Rate {
  readonly kind: RateKind
  readonly pence: number
  readonly fromOn: PlainDate
}

export const totalOf = (it: Pick<Claim, 'lines'>): number =>
  it.lines.reduce((sum, each) => sum + each.pence, 0)

const isRate = (kind: LineKind): kind is RateKind =>
  kind === 'miles' || kind === 'meals' || kind === 'payment'

/** The rate that held on the day of the cost, not the one of today. */
export function rateOn(kind: RateKind, day: PlainDate, rates: readonly Rate[]): Rate | undefined {
  return rates
    .filter(each => each.kind === kind && each.fromOn.toString() <= day.toString())
    .reduce<Rate | undefined>(
      (last, each) => (last === undefined || each.fromOn.toString() >= last.fromOn.toString() ? each : last),
      undefined,
    )
}

export interface Line {
  readonly kind: LineKind
  readonly howMany: number | null
  readonly pence: number
  readonly rate: Rate | null
}

/** What one cost comes to: as spent; by the mile or half-day at the agreed rate; a meal up to the agreed sum. */
export function priceOf(
  given: { kind: LineKind; pence: number | undefined; howMany: number | undefined },
  day: PlainDate,
  rates: readonly Rate[],
): Decision<Line> {
  const { kind } = given
  const rate = isRate(kind) ? (rateOn(kind, day, rates) ?? null) : null
  if (kind === 'miles' || kind === 'payment') {
    if (!rate)
      return refuse(
        'no-rate',
        'The network has not agreed a rate for this yet. Ask the team, or leave it out',
      )
    if (given.howMany === undefined)
      return refuse('how-many', kind === 'miles' ? 'Write how many miles' : 'Write how many half-days')
    return accept({ kind, howMany: given.howMany, pence: given.howMany * rate.pence, rate })
  }
  if (given.pence === undefined) return refuse('pence', 'Write what it cost, such as 4.20')
  // Nobody gets back more than they spent, or more than was agreed.
  const pence = rate ? Math.min(given.pence, rate.pence) : given.pence
  return accept({ kind, howMany: null, pence, rate })
}

const over: Record<Exclude<ClaimState, 'writing' | 'sent' | 'approved-once' | 'approved'>, Refusal> = {
  paid: refuse('paid', 'This was paid already'),
  refused: refuse('refused', 'This was answered already'),
  withdrawn: refuse('withdrawn', 'This was taken back'),
}

/** Their own; the team for whom they wrote it down. */
export const mayWrite = (it: Claim, by: By): boolean =>
  it.personId === by.personId || (by.isTeam && it.writtenById === by.personId)

export function change(it: Claim, by: By): Decision<'writing'> {
  if (!mayWrite(it, by)) return refuse('not-yours', 'Only the person whose costs these are can do that')
  if (it.state !== 'writing') return refuse('sent', 'This was sent. Take it back to change it')
  return accept('writing')
}

export function send(
  it: Claim,
  by: By,
  when: { today: PlainDate; clocks: ClockSettings },
): Decision<'sent'> & { payBy?: PlainDate } {
  const writes = change(it, by)
  if (!writes.accepted) return writes
  if (it.lines.length === 0) return refuse('nothing', 'Add at least one cost first')
  return {
    ...accept<'sent'>('sent', happened('sent')),
    payBy: promisedBy('expenses-paid', when.today, when.clocks),
  }
}

/** Two people of the team, neither of them whose money it is, nor who wrote it down for them. */
export function approve(it: Claim, by: By): Decision<'approved-once' | 'approved'> {
  if (!by.isTeam) return refuse('not-the-team', 'Two people of the team say yes')
  if (it.personId === by.personId)
    return refuse('own', 'Nobody says yes to their own costs. Two others do that')
  if (it.writtenById === by.personId)
    return refuse('wrote', 'You wrote this down for them, so two others say yes')
  if (it.state === 'sent') return accept('approved-once', happened('approved', { which: 'first' }))
  if (it.state === 'approved-once') {
    if (it.firstById === by.personId)
      return refuse('same', 'You said yes already. Somebody else is needed now')
    return accept('approved', happened('approved', { which: 'second' }))
  }
  return answered(it)
}

function answered(it: Claim): Refusal {
  if (it.state === 'writing') return refuse('writing', 'This was not sent yet')
  if (it.state === 'approved') return refuse('approved', 'Two people have said yes already')
  return over[it.state as keyof typeof over]
}

/** Back to the person, with what is missing; or an end, with the reason. Not for one's own. */
export function sayNo(
  it: Claim,
  by: By,
  given: { what: 'missing' | 'cannot-pay'; because: string },
): Decision<'writing' | 'refused'> {
  if (!by.isTeam) return refuse('not-the-team', 'The team answers')
  if (it.personId === by.personId) return refuse('own', 'Somebody else answers your own costs')
  if (it.state !== 'sent' && it.state !== 'approved-once') return answered(it)
  if (given.because === '') return refuse('no-reason', 'Say why, so that they can do something about it')
  return given.what === 'missing'
    ? accept('writing', happened('sent-back'))
    : accept('refused', happened('refused'))
}

export function pay(it: Claim, by: By, on: PlainDate, today: PlainDate): Decision<'paid'> {
  if (!by.isTeam) return refuse('not-the-team', 'The team says when it was paid')
  if (it.personId === by.personId) return refuse('own', 'Somebody else says that yours were paid')
  if (it.state === 'sent' || it.state === 'approved-once')
    return refuse('not-approved', 'Two people have to say yes first')
  if (it.state !== 'approved') return answered(it)
  if (on.toString() > today.toString()) return refuse('ahead', 'The day must be today or earlier')
  return accept('paid', happened('paid'))
}

export function withdraw(it: Claim, by: By): Decision<'withdrawn'> {
  if (!mayWrite(it, by) && !by.isTeam)
    return refuse('not-yours', 'Only the person whose costs these are can do that')
  if (it.state === 'paid' || it.state === 'refused' || it.state === 'withdrawn') return over[it.state]
  return accept('withdrawn', happened('withdrawn'))
}

/** A claim about which nothing is owed any more. */
export const isOver = (state: ClaimState): boolean => ['paid', 'refused', 'withdrawn'].includes(state)
