import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import type { Contribution } from './contribution.ts'
import { promiseKeptBy } from './promise-kept.ts'

const due = Temporal.PlainDate.from('2026-06-12')
const considered = { considerationId: 1 }
const received: Contribution = { state: 'received', due }
const waits: Contribution = { state: 'to-be-considered', groupId: 1, meetingId: null, on: due, due }
const passedOn: Contribution = {
  state: 'passed-on',
  ...considered,
  to: 'NHS England',
  chaseOn: due,
  answer: null,
}
const answered: Contribution = { ...passedOn, answer: { said: 'No', due } }
const fedBack: Contribution = { state: 'fed-back', feedbackId: 1, remindOn: due, endsOn: due }
const asked: Contribution = { state: 'needs-you', question: 'Where?', stoppedOn: due, before: received }
const reopened: Contribution = { state: 'reopened', times: 1, because: 'no', due }

test.each<[Contribution, Contribution, string | undefined]>([
  [received, waits, 'acknowledge'],
  [received, asked, undefined],
  [asked, received, undefined],
  [waits, waits, undefined],
  [waits, { state: 'agreed', ...considered }, 'consider'],
  [waits, { state: 'not-agreed', ...considered, due }, 'consider'],
  [{ state: 'not-agreed', ...considered, due }, fedBack, 'feedback'],
  [{ state: 'changed', due }, fedBack, 'feedback'],
  [answered, fedBack, 'feedback'],
  [passedOn, answered, undefined],
  [reopened, fedBack, 'reopened'],
  [reopened, waits, 'reopened'],
  [fedBack, { state: 'closed' }, undefined],
])('LOOP-20 from %o to %o keeps the promise %s', (before, after, kind) => {
  expect(promiseKeptBy(before, after)?.kind).toBe(kind)
})

test('LOOP-20 a withdrawal keeps no promise', () => {
  fc.assert(
    fc.property(fc.constantFrom(received, waits, asked, reopened, answered), before => {
      expect(promiseKeptBy(before, { state: 'withdrawn' })).toBeUndefined()
    }),
  )
})
