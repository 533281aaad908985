import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, test } from 'vitest'
import { doingOf } from '#platform/doing.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import {
  acknowledge as acknowledgeIt,
  sayDone as done,
  holdIt,
  inConcern,
  letItGo,
  offerSupport as offer,
  sayPlan,
} from './changes.ts'
import {
  acknowledge,
  answerSupport,
  type Concern,
  chooseReaders,
  endWithoutWord,
  giveWord,
  hold,
  isToBeDeleted,
  letGo,
  offerSupport,
  plan,
  raise,
  type Side,
  sayDone,
  takeBack,
  waitsFor,
} from './concern.ts'
import { concernsDue, leaveConcerns } from './due.ts'
import { aConcern, as } from './for-tests.ts'
import { fromReturnCode, newReturnCode, open, openWords, readReturnCode, shut, shutWords } from './sealing.ts'

const today = Temporal.PlainDate.from('2026-06-09')
const when = { today, clocks: [] }

describe('PEOPLE-15 the steps of a concern', () => {
  test('PEOPLE-15 the clocks: three working days to say that it arrived, ten for a plan, and the network’s own where it set them', () => {
    const it = raise(when)
    expect([it.acknowledgeBy, it.planBy].map(String)).toEqual(['2026-06-12', '2026-06-23'])
    const own = raise({ today, clocks: [{ fromOn: '2026-06-01', clocks: { 'concern-acknowledge': 1 } }] })
    expect(own.acknowledgeBy.toString()).toBe('2026-06-10')
  })

  type Take = (it: Concern, side: Side) => ReturnType<typeof plan>
  const steps: Record<string, Take> = {
    acknowledge: (it, side) => acknowledge(it, side, when),
    plan: (it, side) => plan(it, side, when),
    support: (it, side) => offerSupport(it, side, when),
    'support-answer': (it, side) => answerSupport(it, side, 'wanted'),
    done: (it, side) => sayDone(it, side, when),
    heard: (it, side) => giveWord(it, side, 'heard', when),
    'not-heard': (it, side) => giveWord(it, side, 'not-heard', when),
    'take-back': (it, side) => takeBack(it, side, when),
  }
  const ofRaiser = ['support-answer', 'heard', 'not-heard', 'take-back']

  test('PEOPLE-15 whatever is tried in whatever order: each side only its own steps, nothing after the end, no end without the raiser', () => {
    const tries = fc.array(
      fc.record({
        step: fc.constantFrom(...Object.keys(steps)),
        side: fc.constantFrom<Side>('raiser', 'reader'),
      }),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(tries, list => {
        let it = raise(when)
        for (const { step, side } of list) {
          const taken = steps[step]!(it, side)
          if (!taken.accepted) {
            expect(taken.sentence).toMatch(/\.$/)
            continue
          }
          expect(it.state).not.toBe('ended')
          expect(side).toBe(ofRaiser.includes(step) ? 'raiser' : 'reader')
          it = taken.state
          if (it.state === 'ended') expect(['heard', 'take-back']).toContain(step)
          if (it.state === 'done') expect(it.supportOfferedOn).not.toBeNull()
          expect(it.endedOn === null).toBe(it.state !== 'ended')
          expect(waitsFor(it).side).toBe(
            it.state === 'ended' ? 'nobody' : it.state === 'done' ? 'raiser' : 'reader',
          )
        }
      }),
    )
  })

  test('PEOPLE-15 R59 only a reader holds a concern, and while it is held it is not deleted', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('hold', 'let-go'), fc.constantFrom<Side>('raiser', 'reader'))),
        list => {
          let it = takeBackNow()
          let held = false
          for (const [step, side] of list) {
            const taken = step === 'hold' ? hold(it, side, when) : letGo(it, side)
            expect(taken.accepted).toBe(side === 'reader' && held === (step === 'let-go'))
            if (taken.accepted) {
              it = taken.state
              held = step === 'hold'
            }
            expect(isToBeDeleted(it, today.add({ days: 1 }))).toBe(!held)
            expect(isToBeDeleted(it, today)).toBe(false)
          }
        },
      ),
    )
  })
  const takeBackNow = () => {
    const taken = takeBack(raise(when), 'raiser', when)
    if (!taken.accepted) throw new Error(taken.sentence)
    return taken.state
  }

  test('PEOPLE-15 somebody whom it is about is never chosen, and a new reader has the whole time', () => {
    const it = raise(when)
    const given = { possible: [1, 2, 3], about: [2], before: [1] }
    expect(chooseReaders(it, 'raiser', [2], given, when)).toMatchObject({ reason: 'about-them' })
    expect(chooseReaders(it, 'raiser', [1, 2], given, when)).toMatchObject({ reason: 'about-them' })
    expect(chooseReaders(it, 'raiser', [9], given, when)).toMatchObject({ reason: 'not-possible' })
    expect(chooseReaders(it, 'raiser', [], given, when)).toMatchObject({ reason: 'nobody' })
    expect(chooseReaders(it, 'reader', [3], given, when)).toMatchObject({ reason: 'not-yours' })
    const later = { today: today.add({ days: 7 }), clocks: [] }
    expect(chooseReaders(it, 'raiser', [3], given, later)).toMatchObject({
      state: { acknowledgeBy: Temporal.PlainDate.from('2026-06-19') },
    })
    expect(chooseReaders(it, 'raiser', [1, 3], given, later)).toMatchObject({ state: it })
  })

  test('PEOPLE-15 without a word in time it ends, not a day before', () => {
    const steps = [plan, offerSupport, sayDone] as const
    const it = steps.reduce((now, step) => {
      const taken = step(now, 'reader', when)
      if (!taken.accepted) throw new Error(taken.sentence)
      return taken.state
    }, raise(when))
    expect(endWithoutWord(it, { today: it.wordBy!, clocks: [] }).accepted).toBe(false)
    expect(endWithoutWord(it, { today: it.wordBy!.add({ days: 1 }), clocks: [] })).toMatchObject({
      state: { state: 'ended', endHow: 'without-word' },
    })
  })
})

describe('PEOPLE-15 locked words', () => {
  test('PEOPLE-15 what is shut opens with its key and at its place only, and its length tells little', () => {
    const key = Buffer.alloc(32, 7)
    fc.assert(
      fc.property(fc.string({ maxLength: 3000 }), words => {
        const sealed = shutWords(key, words, 'here')
        expect(openWords(key, sealed, 'here')).toBe(words)
        expect(() => open(key, sealed, 'there')).toThrow()
        expect(() => open(Buffer.alloc(32, 8), sealed, 'here')).toThrow()
        expect((sealed.length - 28) % 1024).toBe(0)
      }),
      { numRuns: 50 },
    )
    expect(shut(key, Buffer.from('a'), 'x').length).toBe(shut(key, Buffer.from('a longer text'), 'x').length)
  })

  test('PEOPLE-15 a return code is twenty digits, read as people write it, and opens in its own network only', async () => {
    const codes = new Set(Array.from({ length: 200 }, newReturnCode))
    expect(codes.size).toBe(200)
    for (const code of codes) expect(code).toMatch(/^(\d{4} ){4}\d{4}$/)
    expect(readReturnCode(' 1234-5678 9012\u00a034567890 ')).toBe('12345678901234567890')
    expect(readReturnCode('１２３４567890123456 7890')).toBe('12345678901234567890')
    expect(readReturnCode('1234')).toBeUndefined()
    const one = await fromReturnCode('12345678901234567890', 'one')
    expect((await fromReturnCode('1234 5678 9012 3456 7890', 'one')).door).toBe(one.door)
    expect((await fromReturnCode('12345678901234567890', 'other')).door).not.toBe(one.door)
  })
})

describe('PEOPLE-15 R75 what the clock does', () => {
  let network: TestNetwork
  beforeAll(async () => {
    network = await aNetwork()
  })
  const rows = async (query: string, ...given: unknown[]) =>
    (await network.house.owner.query(query, given)).rows

  test('PEOPLE-15 the reader is told before it is due and when it is late, once each, and nothing is in anybody’s digest', async () => {
    const { house, portfolioManager, coordinator, director } = network
    const ref = await aConcern(network, { by: network.volunteer })
    const told = async () =>
      (
        await rows(
          `select key from message where about_kind = 'concern' and person_id = $1 and about_id = $2`,
          portfolioManager.id,
          ref,
        )
      ).length
    expect(await told()).toBe(1)
    house.clock.set('2026-06-11T09:00:00Z')
    await house.runDue()
    await house.runDue()
    expect(await told()).toBe(2)
    house.clock.set('2026-06-15T09:00:00Z')
    await house.runDue()
    await house.runDue()
    expect(await told()).toBe(3)
    expect(await coordinator.wasTold()).toEqual([])
    expect(await director.wasTold()).toEqual([])
  })

  test('PEOPLE-15 R75 after a change of the house’s secret the keys are wrapped anew, and the old secret can go', async () => {
    const { house, volunteer } = network
    const ref = await aConcern(network, { by: volunteer })
    const before = await rows(
      'select wrapped from concern_key where concern_id = (select id from concern where ref = $1) order by holder',
      ref,
    )
    const secret = 'another secret of this house, long enough to be one'
    const turn = async (changed: object) =>
      await house.database.enter(
        { slug: network.slug, accountId: undefined, today: house.clock.today() },
        async (tx, entry) => {
          const doing = doingOf({ ...house.house, ...changed }, tx, entry!, undefined)
          await concernsDue({ ...doing, remind: async () => {} })
        },
      )
    await turn({ secret, secretBefore: house.house.secret })
    const after = await rows(
      'select wrapped from concern_key where concern_id = (select id from concern where ref = $1) order by holder',
      ref,
    )
    expect(after.map(each => each.wrapped)).not.toEqual(before.map(each => each.wrapped))
    expect((await volunteer.opens(`/${network.slug}/concerns/${ref}`)).status).toBe(404)
    await turn({ secretBefore: secret })
    await volunteer.signsIn()
    expect((await volunteer.reads(`/${network.slug}/concerns/${ref}`)).text).toContain('Somebody shouts')
  })

  test('PEOPLE-15 ended without a word when the time is over, and deleted with its keys when it was kept long enough', async () => {
    const { house, volunteer, portfolioManager } = network
    const ref = await aConcern(network, { by: volunteer })
    for (const step of [acknowledgeIt, sayPlan, offer, done]) {
      await as(network, portfolioManager, doing =>
        inConcern(doing, ref, undefined, it => step(doing, it, 'Words.')),
      )
    }
    house.clock.daysOn(40)
    await house.runDue()
    const ended = await rows('select state, end_how from concern where ref = $1', ref)
    expect(ended).toEqual([{ state: 'ended', end_how: 'without-word' }])
    // Held for an inquiry it stays, and whoever raised it reads why; then it goes.
    await as(network, portfolioManager, doing =>
      inConcern(doing, ref, undefined, it => holdIt(doing, it, 'An inquiry asked for it.')),
    )
    house.clock.daysOn(72 * 31)
    await house.runDue()
    await volunteer.signsIn()
    expect((await volunteer.reads(`/${network.slug}/concerns/${ref}`)).text).toContain(
      'An inquiry asked for it.',
    )
    await as(network, portfolioManager, doing =>
      inConcern(doing, ref, undefined, it => letItGo(doing, it, 'The inquiry is over.')),
    )
    await house.runDue()
    expect(await rows('select 1 from concern where ref = $1', ref)).toEqual([])
    expect(
      await rows(
        'select 1 from concern_key k where not exists (select from concern c where c.id = k.concern_id)',
      ),
    ).toEqual([])
  })

  test('PEOPLE-15 a reader who leaves the network hands back what they read', async () => {
    const ref = await aConcern(network, { by: network.secondVolunteer, reader: network.director })
    await as(network, undefined, doing =>
      leaveConcerns(doing, network.director.id, { answersWanted: true, views: 'as-they-are' }),
    )
    expect(await rows('select reader_ids from concern where ref = $1', ref)).toEqual([{ reader_ids: [] }])
    expect((await network.secondVolunteer.wasTold()).at(-1)?.kind).toBe('concern')
  })
})
