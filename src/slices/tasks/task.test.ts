import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { OfferState } from './tables.ts'
import { answer, ask, end, finish, isFinished, isFull, stepBack, type Task, taken, thank } from './task.ts'

const them = { isThem: true, isTeam: false }
const team = { isThem: false, isTeam: true }
const another = { isThem: false, isTeam: false }
const task = (given: Partial<Task> = {}): Task => ({
  isOver: false,
  openTo: 'asked',
  places: 1,
  offers: [{ personId: 1, state: 'asked' }],
  ...given,
})
const yes = { says: 'yes', how: 'web' } as const
const no = { says: 'no', how: 'web' } as const
const reasonOf = (step: { accepted: boolean; reason?: string }) => (step.accepted ? 'accepted' : step.reason)

test('PEOPLE-10 a no needs no reason, and yes is possible after it', () => {
  const declined = answer(task(), them, 1, no)
  expect(declined).toMatchObject({ accepted: true, state: 'declined' })
  expect(reasonOf(answer(task({ offers: [{ personId: 1, state: 'declined' }] }), them, 1, yes))).toBe(
    'accepted',
  )
})

test.each<[string, Task, typeof them, number, typeof yes | typeof no, string]>([
  ['somebody else answers for them', task(), another, 1, yes, 'not-theirs'],
  ['the team answers for them on this page', task(), team, 1, yes, 'not-theirs'],
  ['nobody asked them', task(), them, 2, yes, 'not-theirs'],
  ['it is open to all', task({ openTo: 'everyone' }), them, 2, yes, 'accepted'],
  ['no to what nobody asked', task({ openTo: 'everyone' }), them, 2, no, 'not-asked'],
  ['it is over', task({ isOver: true }), them, 1, yes, 'over'],
  [
    'all places are taken',
    task({
      offers: [
        { personId: 1, state: 'asked' },
        { personId: 2, state: 'done' },
      ],
    }),
    them,
    1,
    yes,
    'full',
  ],
  ['they said yes before', task({ offers: [{ personId: 1, state: 'accepted' }] }), them, 1, yes, 'answered'],
])('PEOPLE-10 an answer when %s', (_, it, by, personId, given, expected) => {
  expect(reasonOf(answer(it, by, personId, given))).toBe(expected)
})

test('PEOPLE-10 the team writes down what somebody said on the phone, and it is marked so', () => {
  const step = answer(task(), team, 1, { says: 'yes', how: 'phone' })
  expect(step).toMatchObject({
    accepted: true,
    events: [{ event: 'accepted', details: { recorded: true, how: 'phone' } }],
  })
})

test('PEOPLE-10 nobody is asked twice, nobody who rests is asked', () => {
  expect(reasonOf(ask(task(), { id: 1, isResting: false }))).toBe('asked-before')
  expect(reasonOf(ask(task(), { id: 2, isResting: true }))).toBe('resting')
  expect(reasonOf(ask(task(), { id: 2, isResting: false }))).toBe('accepted')
})

test('PEOPLE-10 thanks come from another person, in own words, when it is done', () => {
  const done = task({ offers: [{ personId: 1, state: 'done' }] })
  expect(reasonOf(thank(done, { isThem: true, isTeam: true }, 1, 'Well done me'))).toBe('themselves')
  expect(reasonOf(thank(done, another, 1, 'Thank you'))).toBe('not-the-team')
  expect(reasonOf(thank(done, team, 1, ''))).toBe('no-words')
  expect(reasonOf(thank(task(), team, 1, 'Thank you'))).toBe('not-done')
  expect(reasonOf(thank(done, team, 1, 'Thank you'))).toBe('accepted')
})

test('PEOPLE-10 a task ends with a reason', () => {
  expect(reasonOf(end(task(), { isTeam: true }, ''))).toBe('no-reason')
  expect(reasonOf(end(task(), { isTeam: false }, 'Not needed'))).toBe('not-the-team')
  expect(reasonOf(end(task(), { isTeam: true }, 'Not needed'))).toBe('accepted')
})

test('PEOPLE-10 whatever people do in whatever order, no more say yes than there are places, and nobody is lost', () => {
  const doing = fc.record({
    personId: fc.integer({ min: 1, max: 5 }),
    what: fc.constantFrom('ask', 'yes', 'no', 'back', 'done', 'thank'),
  })
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom('asked' as const, 'everyone' as const),
      fc.array(doing, { maxLength: 40 }),
      (places, openTo, all) => {
        let it: Task = { isOver: false, openTo, places, offers: [] }
        for (const { personId, what } of all) {
          const step =
            what === 'ask'
              ? ask(it, { id: personId, isResting: false })
              : what === 'yes' || what === 'no'
                ? answer(it, them, personId, { says: what, how: 'web' })
                : what === 'back'
                  ? stepBack(it, them, personId, 'web')
                  : what === 'done'
                    ? finish(it, them, personId, 'web')
                    : thank(it, team, personId, 'Thank you')
          if (!step.accepted) continue
          const before = it.offers.find(each => each.personId === personId)?.state
          // What is done stays done.
          if (before === 'done' || before === 'thanked') expect(step.state).toBe('thanked')
          const others = it.offers.filter(each => each.personId !== personId)
          it = { ...it, offers: [...others, { personId, state: step.state as OfferState }] }
          expect(taken(it)).toBeLessThanOrEqual(places)
          expect(isFull(it)).toBe(taken(it) === places)
          if (isFinished(it)) expect(it.offers.filter(each => each.state === 'thanked')).toHaveLength(places)
        }
      },
    ),
  )
})
