import { expect, test } from 'vitest'
import { aNetwork } from '#tests/network.ts'
import { states } from '../contribution.ts'
import { aContribution } from '../for-tests.ts'

const network = await aNetwork()
const { volunteer, boardMember, coordinator, boardChair, stranger, visitor, administrator } = network

// The one that moves the clock comes last.
const inOrder = [...states.filter(each => each !== 'ended-unanswered'), 'ended-unanswered'] as const

test.each(inOrder)('LOOP-15 one page for whoever may see it and for nobody else: %s', async state => {
  const view = await aContribution(network, { by: volunteer, state })
  expect(await view.state()).toBe(state)
  if (state === 'ended-unanswered') {
    for (const each of [volunteer, coordinator, boardChair, boardMember, stranger, administrator]) {
      await each.signsIn()
    }
  }
  const theirs = await volunteer.reads(view.path)
  for (const words of ['Documented', 'Considered', 'Actioned', 'Closed', 'What happened', view.reference]) {
    expect(theirs.text).toContain(words)
  }
  expect(theirs.$('h1')).toHaveLength(1)
  expect(theirs.$('.loop-timeline__title').text()).not.toContain('Something was changed')
  // What is offered leads to a page with a form; nothing else is offered.
  for (const reader of [volunteer, coordinator, boardChair]) {
    const page = await reader.opens(view.path)
    if (page.status === 404) continue
    for (const link of page.$('nav[aria-labelledby="can-do"] a').toArray()) {
      const step = await reader.reads(page.$(link).attr('href')!)
      expect(step.$('main form[method="post"] button').length).toBeGreaterThan(0)
    }
  }
  const missing = await stranger.opens(`/${network.slug}/contributions/C-999999`)
  expect((await stranger.opens(view.path)).html).toBe(missing.html)
  expect((await administrator.opens(view.path)).status).toBe(404)
  expect((await visitor.opens(view.path)).status).toBe(404)
  const board = !['received', 'needs-you', 'withdrawn'].includes(state)
  expect((await boardMember.opens(view.path)).status).toBe(board ? 200 : 404)
})

test('LOOP-15 a page asks the database at most six times, however much has happened', async () => {
  const view = await aContribution(network, { by: volunteer, state: 'closed' })
  await volunteer.signsIn()
  const before = network.house.database.statements.count
  await volunteer.reads(view.path)
  // Six, and the transaction's begin and commit.
  expect(network.house.database.statements.count - before).toBeLessThanOrEqual(8)
})

test('LOOP-15 LOOP-2 whoever is not named stays so in words, verdicts and history, but for the team', async () => {
  const view = await aContribution(network, { by: volunteer, state: 'closed', naming: 'anonymous' })
  await boardMember.signsIn()
  await coordinator.signsIn()
  const page = await boardMember.reads(view.path)
  expect(page.$('main').text()).not.toContain('Vera')
  expect(page.text).toContain('A volunteer who is not named: yes, this closes it')
  expect((await coordinator.reads(view.path)).text).toContain('Vera Volunteer: yes, this closes it')
})
