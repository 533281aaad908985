import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import {
  type Action,
  answerWish,
  askForAnotherDate,
  type By,
  defer,
  drop,
  finish,
  isOpen,
  reassign,
  type Step,
} from './action.ts'

const today = Temporal.PlainDate.from('2026-06-09')
const day = fc.integer({ min: -30, max: 1200 }).map(days => today.add({ days }))
const words = fc.string({ minLength: 1, maxLength: 20 })
const anyAction: fc.Arbitrary<Action> = fc.oneof(
  day.map(due => ({ state: 'open' as const, due })),
  fc.tuple(day, day, words, fc.integer({ min: 1, max: 3 })).map(([due, on, because, byPersonId]) => ({
    state: 'asked-for-another-date' as const,
    due,
    wish: { on, because, byPersonId },
  })),
  fc.tuple(day, words).map(([due, whatChanged]) => ({
    state: 'done' as const,
    due,
    on: today,
    whatChanged,
    evidence: 'words',
    link: '',
  })),
  fc.tuple(day, words).map(([due, because]) => ({ state: 'dropped' as const, due, on: today, because })),
)
const anybody: fc.Arbitrary<By> = fc
  .record({ personId: fc.integer({ min: 1, max: 3 }), isOwner: fc.boolean(), leads: fc.boolean() })
  .chain(by => fc.boolean().map(isTeam => ({ ...by, isTeam, leads: by.leads || isTeam })))

const everyStep = (it: Action, by: By, on: Temporal.PlainDate): Step[] => [
  askForAnotherDate(it, by, { on, because: 'because' }, today),
  answerWish(it, by, true, ''),
  answerWish(it, by, false, 'because'),
  defer(it, by, { on, because: 'because' }, today),
  reassign(it, by, { personId: 9, name: 'Nine', isOwnerNow: false, because: 'because' }),
  finish(it, by, { whatChanged: 'much', evidence: 'here', link: '', files: 0 }, today),
  drop(it, by, 'because', today),
]

describe('LOOP-10 an action', () => {
  test('LOOP-10 nothing happens any more to what is done or dropped', () => {
    fc.assert(
      fc.property(anyAction, anybody, day, (it, by, on) => {
        if (!isOpen(it)) expect(everyStep(it, by, on).some(step => step.accepted)).toBe(false)
      }),
    )
  })

  test('LOOP-10 who neither owns nor leads nor is the team changes nothing', () => {
    fc.assert(
      fc.property(anyAction, anybody, day, (it, by, on) => {
        const bystander = { ...by, isOwner: false, leads: false, isTeam: false }
        expect(everyStep(it, bystander, on).some(step => step.accepted)).toBe(false)
      }),
    )
  })

  test('LOOP-10 it ends only by its owner, or by the team as the owner told them', () => {
    fc.assert(
      fc.property(anyAction, anybody, day, (it, by, on) => {
        for (const step of everyStep(it, by, on)) {
          if (!step.accepted || isOpen(step.state)) continue
          expect(by.isOwner || by.isTeam).toBe(true)
          expect(step.events[0]!.details.recorded ?? false).toBe(!by.isOwner)
        }
      }),
    )
  })

  test('LOOP-10 nobody moves a date alone: who asks does not agree, and an owner never moves it', () => {
    fc.assert(
      fc.property(anyAction, anybody, day, (it, by, on) => {
        for (const step of everyStep(it, by, on)) {
          if (!step.accepted || step.state.due.equals(it.due)) continue
          expect(by.leads && !by.isOwner).toBe(true)
          if (it.state === 'asked-for-another-date' && step.events[0]!.event === 'date-agreed') {
            expect(it.wish.byPersonId).not.toBe(by.personId)
          }
        }
      }),
    )
  })

  test('LOOP-10 a new date is never in the past', () => {
    fc.assert(
      fc.property(anyAction, anybody, day, (it, by, on) => {
        if (Temporal.PlainDate.compare(on, today) >= 0) return
        expect(askForAnotherDate(it, by, { on, because: 'x' }, today).accepted).toBe(false)
        expect(defer(it, by, { on, because: 'x' }, today).accepted).toBe(false)
      }),
    )
  })

  const owner: By = { personId: 1, isOwner: true, leads: false, isTeam: false }
  const chair: By = { personId: 2, isOwner: false, leads: true, isTeam: false }
  const open: Action = { state: 'open', due: today }

  test.each([
    [
      'done without a sign of it',
      finish(open, owner, { whatChanged: 'x', evidence: '', link: '', files: 0 }, today),
      'no-evidence',
    ],
    ['the same date again', askForAnotherDate(open, owner, { on: today, because: 'x' }, today), 'same-date'],
    [
      'a date in ten years',
      askForAnotherDate(open, owner, { on: today.add({ years: 10 }), because: 'x' }, today),
      'too-far',
    ],
    ['a wish nobody has', answerWish(open, chair, true, ''), 'no-wish'],
    [
      'a chair moving the own date',
      defer(open, { ...chair, isOwner: true }, { on: today.add({ days: 9 }), because: 'x' }, today),
      'own-action',
    ],
    [
      'the one who owns it already',
      reassign(open, chair, { personId: 1, name: 'One', isOwnerNow: true, because: 'x' }),
      'same-owner',
    ],
  ])('LOOP-10 is refused: %s', (_, step, reason) => {
    expect(step).toMatchObject({ accepted: false, reason })
  })

  test('LOOP-10 a refused wish needs a reason, and then the date stays', () => {
    const wish = { on: today.add({ days: 30 }), because: 'the printer is broken', byPersonId: 1 }
    const asked: Action = { state: 'asked-for-another-date', due: today, wish }
    expect(answerWish(asked, chair, false, '')).toMatchObject({ accepted: false, reason: 'no-reason' })
    expect(answerWish(asked, chair, false, 'It is urgent')).toMatchObject({
      state: { state: 'open', due: today },
    })
    expect(answerWish(asked, chair, true, '')).toMatchObject({ state: { state: 'open', due: wish.on } })
  })
})
