import type { Temporal } from 'temporal-polyfill'
import { answerOwedFor, type ChairRequest } from './chair-request.ts'

export interface KeptBy {
  readonly kind: 'request-acknowledge' | 'request-answer'
  readonly dueOn: Temporal.PlainDate
  /** False when it was the portfolio manager's. */
  readonly byTheSig: boolean
}

/**
 * Which promises a step fulfils today. An answer, or a question back, also says that the SIG has the request; while
 * the clock stood still the answer was owed for a later day. What is withdrawn lets its promises go.
 */
export function promisesKeptBy(
  before: ChairRequest,
  after: ChairRequest,
  today: Temporal.PlainDate,
): readonly KeptBy[] {
  if (after.state === 'withdrawn' || after.state === before.state) return []
  const kept: KeptBy[] = []
  if (before.state === 'asked') {
    kept.push({ kind: 'request-acknowledge', dueOn: before.acknowledgeBy, byTheSig: true })
  }
  if (after.state !== 'answered') return kept
  const owed = before.state === 'needs-asker' ? before.before : before
  if (!('answerBy' in owed)) return kept
  const dueOn = answerOwedFor(before, today) ?? owed.answerBy
  return [...kept, { kind: 'request-answer', dueOn, byTheSig: owed.state !== 'with-portfolio-manager' }]
}
