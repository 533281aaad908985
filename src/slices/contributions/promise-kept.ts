import type { PlainDate } from '#platform/database/tables.ts'
import type { PromiseKind } from '#platform/kept-promise.ts'
import type { Contribution } from './contribution.ts'

export interface KeptBy {
  readonly kind: PromiseKind
  readonly dueOn: PlainDate
}

/**
 * Which promise this step fulfils, if one. Asking the contributor stops the clock and fulfils nothing; routing to
 * another group makes a new promise in place of the old; a withdrawal lets the promise go.
 */
export function promiseKeptBy(before: Contribution, after: Contribution): KeptBy | undefined {
  if (after.state === 'needs-you' || after.state === 'withdrawn' || after.state === before.state) {
    return undefined
  }
  switch (before.state) {
    case 'received':
      return { kind: 'acknowledge', dueOn: before.due }
    case 'to-be-considered':
      return { kind: 'consider', dueOn: before.due }
    case 'reopened':
      return { kind: 'reopened', dueOn: before.due }
    case 'not-agreed':
    case 'changed':
      return after.state === 'fed-back' ? { kind: 'feedback', dueOn: before.due } : undefined
    case 'passed-on':
      return after.state === 'fed-back' && before.answer
        ? { kind: 'feedback', dueOn: before.answer.due }
        : undefined
    default:
      return undefined
  }
}
