import { expect, test } from 'vitest'
import { openTestHouse } from '#tests/house.ts'
import { aNetwork, type Someone } from '#tests/network.ts'
import { aContribution } from './for-tests.ts'

/** A network of its own on its own day, with a deputy of the board. */
async function aNetworkWithDeputy() {
  const network = await aNetwork(await openTestHouse())
  const deputy = await network.aPerson({
    name: 'Dev Deputy',
    memberships: [{ group: 'board', role: 'deputy' }],
  })
  /** What they were reminded of about contributions; other rooms remind people too. */
  const reminded = async (person: Someone) =>
    (await person.wasTold())
      .filter(each => each.kind === 'digest')
      .map(each => each.body)
      .filter(body => /\bC-\d+/.test(body))
  /** Whatever the clock does on that day; twice, as two workers might. */
  const on = async (day: string) => {
    network.house.clock.set(`${day}T09:00:00Z`)
    await network.house.runDue()
    await network.house.runDue()
  }
  /** How often each was reminded until now. */
  const counts = async () => ({
    chair: (await reminded(network.boardChair)).length,
    deputy: (await reminded(deputy)).length,
    manager: (await reminded(network.portfolioManager)).length,
    director: (await reminded(network.director)).length,
  })
  return { network, deputy, reminded, on, counts }
}

test('LOOP-16 nobody wrote down what was said: the chair before, the deputy first after, then the portfolio manager, each once', async () => {
  const { network, deputy, reminded, on, counts } = await aNetworkWithDeputy()
  const { reference } = await aContribution(network, { by: network.volunteer, state: 'to-be-considered' })
  // Considered on 9 June, so to be written down by 16 June.
  await on('2026-06-12')
  expect(await counts()).toEqual({ chair: 0, deputy: 0, manager: 0, director: 0 })
  await on('2026-06-15')
  expect(await counts()).toEqual({ chair: 1, deputy: 0, manager: 0, director: 0 })
  expect((await reminded(network.boardChair))[0]).toContain(`said about ${reference} by 16 June 2026`)
  await on('2026-06-16')
  expect(await counts()).toEqual({ chair: 1, deputy: 0, manager: 0, director: 0 })
  await on('2026-06-17')
  expect(await counts()).toEqual({ chair: 1, deputy: 1, manager: 0, director: 0 })
  expect((await reminded(deputy))[0]).toContain(`${reference} is 1 working day late`)
  await on('2026-06-23')
  expect(await counts()).toEqual({ chair: 1, deputy: 1, manager: 0, director: 0 })
  await on('2026-06-24')
  expect(await counts()).toEqual({ chair: 1, deputy: 1, manager: 1, director: 0 })
  expect((await reminded(network.portfolioManager))[0]).toContain(`${reference} is 6 working days late`)
  await on('2026-07-24')
  expect(await counts()).toEqual({ chair: 1, deputy: 1, manager: 1, director: 0 })
})

test('LOOP-16 the answer is late: whoever gives it before, the deputy first after, then the portfolio manager', async () => {
  const { network, on, counts } = await aNetworkWithDeputy()
  await aContribution(network, { by: network.volunteer, state: 'not-agreed' })
  await on('2026-06-15')
  expect(await counts()).toEqual({ chair: 1, deputy: 0, manager: 0, director: 0 })
  await on('2026-06-17')
  expect(await counts()).toEqual({ chair: 1, deputy: 1, manager: 0, director: 0 })
  await on('2026-06-24')
  expect(await counts()).toEqual({ chair: 1, deputy: 1, manager: 1, director: 0 })
})

test('LOOP-16 the body it was passed on to is chased at 20 working days, and again 20 after that', async () => {
  const { network, deputy, reminded, on, counts } = await aNetworkWithDeputy()
  const view = await aContribution(network, { by: network.volunteer, state: 'passed-on' })
  // The twentieth working day after 9 June is 7 July.
  await on('2026-07-03')
  expect(await counts()).toEqual({ chair: 0, deputy: 0, manager: 0, director: 0 })
  await on('2026-07-06')
  expect((await reminded(network.boardChair))[0]).toContain(
    `Ask the city council what came of ${view.reference} by 7 July 2026`,
  )
  await on('2026-07-07')
  expect((await reminded(network.boardChair))[1]).toContain(
    `Ask the city council what came of ${view.reference} today`,
  )
  expect(await counts()).toEqual({ chair: 2, deputy: 0, manager: 0, director: 0 })
  await on('2026-07-08')
  expect(await counts()).toEqual({ chair: 2, deputy: 1, manager: 0, director: 0 })
  expect((await reminded(deputy))[0]).toContain(`ask the city council what came of ${view.reference}`)
  // Asked again on 8 July: nobody hears of it until 20 working days after that.
  await network.boardChair.signsIn()
  await (await network.boardChair.reads(view.step('body-chased')))
    .fill('How did you ask them, and whom?', 'Asked the council’s office by e-mail.')
    .press('Save that you asked again')
  expect((await network.boardChair.reads(view.path)).text).toContain('Asked the city council again')
  await on('2026-07-30')
  expect(await counts()).toEqual({ chair: 2, deputy: 1, manager: 0, director: 0 })
  await on('2026-08-05')
  expect(await counts()).toEqual({ chair: 3, deputy: 1, manager: 0, director: 0 })
  expect((await reminded(network.boardChair))[2]).toContain('Ask the city council')
})

test('LOOP-16 no deputy: the chair is told that it is late, so that it is somebody’s, and the portfolio manager after', async () => {
  const network = await aNetwork(await openTestHouse())
  await aContribution(network, { by: network.volunteer, state: 'to-be-considered' })
  const count = async (person: Someone) =>
    (await person.wasTold()).filter(each => each.kind === 'digest').length
  network.house.clock.set('2026-06-17T09:00:00Z')
  await network.house.runDue()
  expect(await count(network.boardChair)).toBe(1)
  expect(await count(network.portfolioManager)).toBe(0)
  network.house.clock.set('2026-06-24T09:00:00Z')
  await network.house.runDue()
  expect(await count(network.boardChair)).toBe(1)
  expect(await count(network.portfolioManager)).toBe(1)
})
