import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { addWorkingDays, isLate, isWorkingDay, workingDaysBetween } from '#kernel/calendar/working-days.ts'
import type { Leader } from '#platform/who-today.ts'
import {
  acknowledge,
  answer,
  ask,
  askAsker,
  type By,
  type ChairRequest,
  holderOf,
  isOver,
  judge,
  reply,
  resumed,
  type Step,
  turnOf,
  type When,
  withdraw,
} from './chair-request.ts'
import { promisesKeptBy } from './kept.ts'

const first = Temporal.PlainDate.from('2026-06-09')
const asker: By = { isAsker: true, leads: false, isTeam: false }
const chair: By = { isAsker: false, leads: true, isTeam: false }
const team: By = { isAsker: false, leads: false, isTeam: true }
const member: By = { isAsker: false, leads: false, isTeam: false }
const on = (days: number): When => ({ today: first.add({ days }), clocks: [] })

const commands = {
  acknowledge: (it: ChairRequest, by: By, _: When) => acknowledge(it, by),
  ask: (it: ChairRequest, by: By, when: When) => askAsker(it, by, 'Which year?', when),
  reply: (it: ChairRequest, by: By, when: When) => reply(it, by, 'Last year', when),
  answer: (it: ChairRequest, by: By, when: When) => answer(it, by, { id: 1, words: 'So', files: 0 }, when),
  yes: (it: ChairRequest, by: By, when: When) =>
    judge(it, by, { verdict: 'yes', words: '', how: 'web' }, when),
  partly: (it: ChairRequest, by: By, when: When) =>
    judge(it, by, { verdict: 'partly', words: 'More', how: 'web' }, when),
  noByPhone: (it: ChairRequest, by: By, when: When) =>
    judge(it, by, { verdict: 'no', words: 'More', how: 'phone' }, when),
  withdraw: (it: ChairRequest, by: By, _: When) => withdraw(it, by),
} as const
type Command = keyof typeof commands
const anyCommand = fc.constantFrom(...(Object.keys(commands) as Command[]))
const anybody = fc.constantFrom(asker, chair, team, member)
const aStory = fc.array(fc.tuple(anyCommand, anybody, fc.integer({ min: 0, max: 20 })), { maxLength: 14 })

/** Walks a story; `seen` is told of each step that was taken. */
function walk(
  story: readonly (readonly [Command, By, number])[],
  seen: (before: ChairRequest, command: Command, by: By, step: Step, when: When) => void,
): ChairRequest {
  let it: ChairRequest = ask(on(0))
  let days = 0
  for (const [command, by, more] of story) {
    days += more
    const step: Step = commands[command](it, by, on(days))
    seen(it, command, by, step, on(days))
    if (step.accepted) it = step.state
  }
  return it
}

describe('LOOP-17 a request to a SIG', () => {
  test('LOOP-17 only who asked, or the team as told by them, says whether it is answered', () => {
    fc.assert(
      fc.property(aStory, story => {
        walk(story, (before, command, by, step) => {
          if (!step.accepted || !['yes', 'partly', 'noByPhone'].includes(command)) return
          expect(before.state).toBe('answered')
          expect(by.isAsker || (by.isTeam && command === 'noByPhone')).toBe(true)
          if (!by.isAsker) expect(step.events[0]!.details).toMatchObject({ recorded: true, how: 'phone' })
        })
      }),
    )
  })

  test('LOOP-17 there is no way to closed but the asker’s yes', () => {
    fc.assert(
      fc.property(aStory, story => {
        walk(story, (before, _, __, step) => {
          if (step.accepted && step.state.state === 'closed') {
            expect(before.state).toBe('answered')
            expect(step.events[0]!.event).toBe('said-yes')
          }
        })
      }),
    )
  })

  test('LOOP-17 nobody answers what is answered, closed or withdrawn', () => {
    fc.assert(
      fc.property(aStory, story => {
        walk(story, (before, command, by, step) => {
          if (command !== 'answer' || !step.accepted) return
          expect(before.state).not.toBe('answered')
          expect(isOver(before)).toBe(false)
          expect(by.leads || by.isTeam).toBe(true)
        })
      }),
    )
  })

  test('LOOP-17 partly and no go back once, and from then on to the portfolio manager', () => {
    fc.assert(
      fc.property(aStory, story => {
        let sentBack = 0
        walk(story, (_, command, __, step) => {
          if (!step.accepted || !['partly', 'noByPhone'].includes(command)) return
          expect(step.state.state).toBe(sentBack === 0 ? 'sent-back' : 'with-portfolio-manager')
          sentBack += 1
        })
      }),
    )
  })

  test('LOOP-17 while the SIG waits for the asker nothing is due, and it is the asker’s turn', () => {
    fc.assert(
      fc.property(aStory, story => {
        const it = walk(story, () => {})
        if (it.state === 'needs-asker') expect(turnOf(it)).toEqual({ waitsFor: 'asker', due: null })
        if (isOver(it)) expect(turnOf(it).waitsFor).toBe('nobody')
      }),
    )
  })

  const day = fc.integer({ min: 0, max: 500 }).map(days => first.add({ days }))
  test('LOOP-17 the clock stands still: as many working days are left afterwards as before', () => {
    fc.assert(
      fc.property(day, day, fc.integer({ min: 0, max: 60 }), (stopped, due, days) => {
        const today = stopped.add({ days })
        const after = resumed(due, stopped, today)
        // Late stays late and in time stays in time, however long the asker took.
        expect(isLate(after, today)).toBe(isLate(due, stopped))
        if (isWorkingDay(today) && isWorkingDay(due)) {
          expect(Math.abs(workingDaysBetween(today, after))).toBe(
            isLate(due, stopped)
              ? Math.max(1, workingDaysBetween(due, stopped))
              : workingDaysBetween(stopped, due),
          )
        }
      }),
    )
  })

  test('LOOP-17 a question and a reply on the same day cost nobody a day', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 30 }), (stopped, days) => {
        if (!isWorkingDay(stopped)) return
        const due = addWorkingDays(stopped, days)
        expect(resumed(due, stopped, stopped).equals(due)).toBe(true)
      }),
    )
  })

  test.each([
    ['a member answers', answer(ask(on(0)), member, { id: 1, words: 'x', files: 0 }, on(0)), 'not-the-sig'],
    [
      'the team answers before it is theirs',
      answer(ask(on(0)), team, { id: 1, words: 'x', files: 0 }, on(0)),
      'not-the-sig',
    ],
    [
      'a verdict before an answer',
      judge(ask(on(0)), asker, { verdict: 'yes', words: '', how: 'web' }, on(0)),
      'no-answer',
    ],
    [
      'a no without a reason',
      judge(
        { state: 'answered', answers: 1, remindOn: first },
        asker,
        { verdict: 'no', words: '', how: 'web' },
        on(0),
      ),
      'no-reason',
    ],
    [
      'staff who say yes',
      judge(
        { state: 'answered', answers: 1, remindOn: first },
        team,
        { verdict: 'yes', words: '', how: 'web' },
        on(0),
      ),
      'only-the-asker-judges',
    ],
    [
      'the chair who says yes by phone',
      judge(
        { state: 'answered', answers: 1, remindOn: first },
        chair,
        { verdict: 'yes', words: '', how: 'phone' },
        on(0),
      ),
      'only-the-asker-judges',
    ],
    ['a second acknowledgement', acknowledge({ state: 'acknowledged', answerBy: first }, chair), 'known'],
    ['a reply nobody asked for', reply(ask(on(0)), asker, 'x', on(0)), 'not-asked'],
  ])('LOOP-17 is refused: %s', (_, step, reason) => {
    expect(step).toMatchObject({ accepted: false, reason })
  })

  test('LOOP-17 three working days to say so and ten to answer, over a bank holiday', () => {
    const friday = Temporal.PlainDate.from('2026-05-22')
    const it = ask({ today: friday, clocks: [] })
    expect(it.acknowledgeBy.toString()).toBe('2026-05-28')
    expect(it.answerBy.toString()).toBe('2026-06-08')
    const changed = ask({
      today: friday,
      clocks: [{ fromOn: '2026-05-01', clocks: { 'request-answer': 4 } }],
    })
    expect(changed.answerBy.toString()).toBe('2026-05-29')
  })

  test('LOOP-17 the promises that an answer keeps leave out the time of standing still', () => {
    const asked = ask(on(0))
    const waits = askAsker(asked, chair, 'Which?', on(1))
    if (!waits.accepted) throw new Error('asked back')
    expect(promisesKeptBy(asked, waits.state, on(1).today)).toEqual([
      { kind: 'request-acknowledge', dueOn: asked.acknowledgeBy, byTheSig: true },
    ])
    const late = on(60)
    const given = answer(waits.state, chair, { id: 1, words: 'x', files: 0 }, late)
    if (!given.accepted) throw new Error('answered')
    const [kept] = promisesKeptBy(waits.state, given.state, late.today)
    expect(isLate(kept!.dueOn, late.today)).toBe(false)
  })
})

describe('LOOP-17 who has it', () => {
  const leader = (personId: number, role: 'chair' | 'deputy', away: boolean): Leader => ({
    groupId: 1,
    personId,
    name: `P${personId}`,
    role,
    away,
  })
  test.each([
    ['the chair first', null, [leader(1, 'chair', false), leader(2, 'deputy', false)], 1],
    ['the deputy while the chair is away', null, [leader(1, 'chair', true), leader(2, 'deputy', false)], 2],
    [
      'who has it keeps it when the chair is back',
      2,
      [leader(1, 'chair', false), leader(2, 'deputy', false)],
      2,
    ],
    [
      'the chair when the deputy who has it is away',
      2,
      [leader(1, 'chair', false), leader(2, 'deputy', true)],
      1,
    ],
    ['the deputy when the chair has left', 1, [leader(2, 'deputy', false)], 2],
    ['the one who had it when all are away', 2, [leader(1, 'chair', true), leader(2, 'deputy', true)], 2],
    ['nobody when nobody leads', 1, [], undefined],
  ])('LOOP-17 %s', (_, current, leaders, expected) => {
    expect(holderOf(current, leaders)?.personId).toBe(expected)
  })
})
