import { Temporal } from 'temporal-polyfill'
import { beforeAll, expect, test } from 'vitest'
import { openAction } from '#slices/actions/index.ts'
import { aContribution, doingAs } from '#slices/contributions/for-tests.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'

let network: TestNetwork
let root: string
beforeAll(async () => {
  network = await aNetwork()
  root = `/${network.slug}`
  await aContribution(network, { by: network.volunteer })
  for (const [group, what] of [
    [network.groups.board, '=HYPERLINK("x") Move the sign'],
    [network.groups.mri, 'Order cushions'],
  ] as const) {
    await doingAs(network, network.coordinator, doing =>
      openAction(doing, {
        contributionId: null,
        considerationId: null,
        groupId: group,
        what,
        ownerPersonId: network.boardMember.id,
        dueOn: Temporal.PlainDate.from('2026-06-20'),
      }),
    )
  }
})

const lists = ['/contributions', '/actions', '/requests', '/team/people', '/team/applications'] as const

test('PEOPLE-23 each list of the team is taken away as a table, and the page leads to it', async () => {
  for (const list of lists) {
    const page = await network.coordinator.reads(root + list)
    const link = page.$(`a[href*="${list}.csv"]`).attr('href')
    expect(link, list).toBeDefined()
    const answer = await network.coordinator.raw(link!)
    expect(answer.status, list).toBe(200)
    expect(answer.headers.get('content-type'), list).toContain('text/csv')
    expect(answer.headers.get('content-disposition'), list).toContain('.csv')
    expect(await answer.text(), list).not.toMatch(/(^|,)"[=+@-]/m)
  }
})

test('PEOPLE-23 a table holds what the page was narrowed to, and only what this person may see', async () => {
  const { coordinator, sigMember, groups } = network
  const all = await (await coordinator.raw(`${root}/actions.csv`)).text()
  expect(all).toContain('Move the sign')
  expect(all).toContain('Order cushions')
  const page = await (await coordinator.reads(`${root}/actions`))
    .fill('Group', String(groups.mri))
    .press('Show')
  const narrowed = await (await coordinator.raw(page.$('a[href*="actions.csv"]').attr('href')!)).text()
  expect(narrowed).toContain('Order cushions')
  expect(narrowed).not.toContain('Move the sign')
  // Somebody of another group sees neither on the page nor in the table.
  expect(await (await sigMember.raw(`${root}/actions.csv`)).text()).not.toContain('Move the sign')
  const people = await (await coordinator.reads(`${root}/team/people`))
    .fill('In which group?', String(groups.board))
    .press('Show')
  expect(people.text).toContain('Vera Volunteer')
  expect(people.$('tbody').text()).not.toContain('Sid Chair')
  const table = await (await coordinator.raw(people.$('a[href*="people.csv"]').attr('href')!)).text()
  expect(table).toContain('Vera Volunteer')
  expect(table).not.toContain('Sid Chair')
  // How to reach somebody is on their own page, where each look is logged.
  expect(table).not.toMatch(/example\.org|07700/)
})

test('PEOPLE-23 whoever may not read a list has no table of it either', async () => {
  const { volunteer, administrator, stranger, visitor } = network
  for (const person of [volunteer, administrator, stranger, visitor]) {
    for (const list of ['/team/people', '/team/applications']) {
      expect((await person.opens(`${root}${list}.csv`)).status, `${person.name} ${list}`).toBe(404)
    }
  }
  for (const list of lists) expect((await stranger.opens(`${root}${list}.csv`)).status, list).toBe(404)
})
