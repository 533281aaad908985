import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { addWorkingDays, isLate, workingDaysBetween } from '#kernel/calendar/working-days.ts'
import type { Decision } from '#kernel/decision.ts'
import { aNetwork } from '#tests/network.ts'
import { shownName } from './access.ts'
import * as c from './contribution.ts'
import { aContribution } from './for-tests.ts'
import { contributionEvents } from './thread/timeline.ts'
import { wakesOf } from './wake.ts'

const start = Temporal.PlainDate.from('2026-01-05')
const day = fc.integer({ min: 0, max: 900 }).map(days => start.add({ days }))
type Walk = { thread: c.Thread; saidYes: Set<number>; considered: boolean; events: string[] }

test('LOOP-12 LOOP-8 a random walk: no way to closed but by every contributor’s yes, no outcome without a consideration', () => {
  const moves = fc.array(
    fc.record({
      move: fc.integer({ min: 0, max: 11 }),
      person: fc.integer({ min: 1, max: 3 }),
      by: fc.constantFrom('contributor' as const, 'staff-as-said' as const, 'staff' as const),
      outcome: fc.constantFrom(
        'agreed' as const,
        'partly-agreed' as const,
        'not-agreed' as const,
        'passed-on' as const,
      ),
      days: fc.integer({ min: 0, max: 40 }),
    }),
    { maxLength: 60 },
  )
  fc.assert(
    fc.property(moves, day, (list, from) => {
      let today = from
      const walk: Walk = {
        thread: {
          it: c.receive({ today, clocks: [] }),
          timesNotClosed: 0,
          contributors: [1, 2].map(personId => ({ personId, verdict: null })),
          openActions: 0,
          published: false,
        },
        saidYes: new Set(),
        considered: false,
        events: [],
      }
      for (const { move, person, by, outcome, days } of list) {
        today = today.add({ days })
        const when = { today, clocks: [] }
        const { thread } = walk
        const steps: (() => Decision<c.Contribution> | undefined)[] = [
          () =>
            c.acknowledge(
              thread,
              { groupId: 1, groupName: 'Board', meetingId: null, on: today, words: '' },
              when,
            ),
          () => c.askContributor(thread, 'What?', when),
          () => c.answerAsked(thread, 'This.', when),
          () =>
            c.consider(
              thread,
              {
                considerationId: 1,
                groupName: 'Board',
                outcome,
                reason: 'So.',
                passedTo: 'them',
                newActions: 1,
              },
              when,
            ),
          () => c.hearFromBody(thread, 'Yes.', when),
          () => c.chased(thread, 'Again.', when),
          () => c.actionEnded({ ...thread, openActions: 0 }, when),
          () => c.giveFeedback(thread, 1, when),
          () => c.giveVerdict(thread, { answer: 'yes', words: '', personId: person, by }, when),
          () => c.giveVerdict(thread, { answer: 'no', words: 'x', personId: person, by }, when),
          () => c.endUnanswered(thread, when),
          () => c.withdraw(thread, person),
        ]
        const step = steps[move]!()
        if (!step?.accepted) continue
        walk.events.push(...step.events.map(each => each.event))
        if (move === 3) walk.considered = true
        const said = move === 8 ? 'yes' : move === 9 ? 'no' : undefined
        if (said) {
          expect(by).not.toBe('staff')
          expect(thread.contributors.map(each => each.personId)).toContain(person)
        }
        const contributors = thread.contributors
          .filter(each => !(move === 11 && each.personId === person))
          .map(each => ({
            ...each,
            verdict: move === 7 ? null : said && each.personId === person ? said : each.verdict,
          }))
        if (
          ['agreed', 'partly-agreed', 'not-agreed', 'passed-on', 'changed', 'fed-back', 'closed'].includes(
            step.state.state,
          )
        ) {
          expect(walk.considered || step.state.state === 'fed-back' || step.state.state === 'closed').toBe(
            true,
          )
        }
        if (step.state.state === 'fed-back') expect(walk.considered).toBe(true)
        if (step.state.state === 'closed') {
          expect(contributors.length).toBeGreaterThan(0)
          expect(contributors.every(each => each.verdict === 'yes')).toBe(true)
        }
        expect(c.states).toContain(step.state.state)
        const { due } = c.turnOf(step.state)
        if (due) expect(due.dayOfWeek).toBeLessThanOrEqual(5)
        walk.thread = {
          ...thread,
          it: step.state,
          contributors,
          timesNotClosed: thread.timesNotClosed + (said === 'no' ? 1 : 0),
        }
      }
      // LOOP-15: no event without a sentence.
      for (const event of walk.events) expect(contributionEvents[event], event).toBeDefined()
    }),
    { numRuns: 300 },
  )
})

test('LOOP-7 the clock stands still while the contributor is asked, however long', () => {
  fc.assert(
    fc.property(
      day,
      fc.integer({ min: 0, max: 2 }),
      fc.integer({ min: 0, max: 200 }),
      (from, before, asked) => {
        const thread = (it: c.Contribution): c.Thread => ({
          it,
          timesNotClosed: 0,
          contributors: [{ personId: 1, verdict: null }],
          openActions: 0,
          published: false,
        })
        const it = c.receive({ today: from, clocks: [] })
        const stop = from.add({ days: before })
        const askedStep = c.askContributor(thread(it), 'What?', { today: stop, clocks: [] })
        if (!askedStep.accepted || it.state !== 'received') throw new Error('not asked')
        const back = addWorkingDays(stop, asked)
        const answered = c.answerAsked(thread(askedStep.state), 'This.', { today: back, clocks: [] })
        if (!answered.accepted || answered.state.state !== 'received') throw new Error('not answered')
        if (isLate(it.due, stop)) expect(answered.state.due.equals(it.due)).toBe(true)
        else expect(workingDaysBetween(back, answered.state.due)).toBe(workingDaysBetween(stop, it.due))
      },
    ),
  )
})

test('LOOP-16 a promise keeps the clock it was made under, over bank holidays and clock changes', () => {
  fc.assert(
    fc.property(
      day,
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 30 }),
      (from, days, later) => {
        const clocks = [{ fromOn: from.toString(), clocks: { acknowledge: days } }]
        const it = c.receive({ today: from, clocks })
        const changed = [
          ...clocks,
          { fromOn: from.add({ days: 1 }).toString(), clocks: { acknowledge: later } },
        ]
        expect(c.turnOf(it).due!.equals(addWorkingDays(from, days))).toBe(true)
        const late = wakesOf(it, changed).find(each => each.what === 'late')!
        expect(late.on.equals(addWorkingDays(from, days).add({ days: 1 }))).toBe(true)
      },
    ),
  )
})

test('LOOP-2 no reader but the team and the person learns a name that is not to be shown', () => {
  const person = { personId: 1, name: 'Vera Volunteer', knownAs: 'Vera', naming: 'anonymous' as const }
  expect(shownName(person, undefined)).not.toContain('Vera')
})

const network = await aNetwork()
const { volunteer, secondVolunteer, coordinator, boardChair, portfolioManager, stranger, house } = network
const told = async (person: typeof volunteer, kind: string, reference: string) =>
  (await person.wasTold()).filter(
    each => each.kind === kind && (each.subject + each.body).includes(reference),
  )

test('LOOP-19 LOOP-21 home and search tell only what this person may see, and why it was found', async () => {
  const view = await aContribution(network, {
    by: volunteer,
    naming: 'anonymous',
    words: 'Children find the magnet frightening.',
  })
  const search = house.app.slices.find(each => each.name === 'contributions')!
  expect(search.home && search.search).toBeTruthy()
  const find = async (person: typeof volunteer, words: string) =>
    (await person.reads(`/${person.slug}/search?q=${encodeURIComponent(words)}`)).$('main').text()
  expect(await find(coordinator, 'frightening magnets')).toContain(view.reference)
  expect(await find(coordinator, view.reference.toLowerCase())).toContain('The reference matches')
  expect(await find(volunteer, 'magnet')).toContain(view.reference)
  for (const nobody of [stranger, secondVolunteer]) {
    expect(await find(nobody, 'frightening')).not.toContain(view.reference)
    expect(await find(nobody, view.reference)).not.toContain('The reference matches')
  }
  const board = await aContribution(network, {
    by: volunteer,
    naming: 'anonymous',
    state: 'to-be-considered',
  })
  expect(await find(secondVolunteer, 'letters')).toContain(board.reference)
  expect(await find(secondVolunteer, 'Vera Volunteer')).not.toContain(board.reference)
  expect(await find(coordinator, 'Vera Volunteer')).toContain(board.reference)
  expect((await coordinator.reads(`/${network.slug}/home`)).text).toContain(view.reference)
  expect((await boardChair.reads(`/${network.slug}/home`)).text).toContain(board.reference)
  expect((await stranger.reads(`/${stranger.slug}/home`)).text).not.toContain(view.reference)
  const list = await secondVolunteer.reads(`/${network.slug}/contributions`)
  expect(list.text).toContain(board.reference)
  expect(list.text).not.toContain(view.reference)
})

test('LOOP-16 reminded before, the portfolio manager after, once each, however often the clock runs', async () => {
  await aContribution(network, { by: volunteer })
  house.clock.daysOn(1)
  await house.runDue()
  await house.runDue()
  const digests = async (person: typeof volunteer) =>
    (await person.wasTold()).filter(each => each.kind === 'digest')
  expect((await digests(coordinator)).length).toBe(1)
  expect((await digests(portfolioManager)).length).toBe(0)
  house.clock.daysOn(2)
  await house.runDue()
  await house.runDue()
  expect((await digests(portfolioManager)).length).toBe(1)
  expect((await digests(coordinator)).length).toBe(1)
})

test('LOOP-13 no answer: one reminder, then ended unanswered, counted apart, and a late yes still closes', async () => {
  const view = await aContribution(network, { by: volunteer, state: 'fed-back' })
  house.clock.daysOn(14)
  await house.runDue()
  await house.runDue()
  expect(await told(volunteer, 'verdict-reminder', view.reference)).toHaveLength(1)
  expect(await view.state()).toBe('fed-back')
  house.clock.daysOn(15)
  await house.runDue()
  expect(await view.state()).toBe('ended-unanswered')
  await house.runDue()
  expect(await told(volunteer, 'ended-unanswered', view.reference)).toHaveLength(1)
  await volunteer.signsIn()
  await (await volunteer.reads(view.step('verdict'))).choose('Yes, this closes it').press('Send my answer')
  expect(await view.state()).toBe('closed')
})
