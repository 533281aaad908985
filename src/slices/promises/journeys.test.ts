import { beforeAll, expect, test } from 'vitest'
import { aContribution, doingAs } from '#slices/contributions/for-tests.ts'
import { acknowledge, loadThread } from '#slices/contributions/index.ts'
import { anAnsweredContribution } from '#slices/you-said-we-did/for-tests.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import type { SeenPage } from '#tests/person.ts'

let network: TestNetwork
beforeAll(async () => {
  network = await aNetwork()
})

/** One table as people read it: row name → column → cell. */
function tableOf(page: SeenPage, caption: string, nth = 0): Record<string, Record<string, string>> {
  const { $ } = page
  const table = $('table')
    .toArray()
    .filter(each => $(each).find('caption').text() === caption)[nth]
  const columns = $(table)
    .find('thead th')
    .toArray()
    .map(each => $(each).text())
  return Object.fromEntries(
    $(table)
      .find('tbody tr')
      .toArray()
      .map(row => {
        const cells = $(row)
          .find('th, td')
          .toArray()
          .map(each => $(each).children('span').last().text())
        return [cells[0], Object.fromEntries(columns.map((column, n) => [column, cells[n]!]))]
      }),
  )
}

test('LOOP-20 before anything is said the page is kind, and public', async () => {
  const page = await network.visitor.reads(`/${network.slug}/promises`)
  expect(page.h1).toBe('Promises kept and late')
  expect(page.text).toContain('Nobody has said anything yet')
  expect((await network.stranger.opens(`/${network.slug}/promises`)).status).toBe(200)
})

test('LOOP-20 views are counted by where they are, promises by whether they were kept, and small numbers are hidden', async () => {
  const { house, slug, visitor, volunteer, groups, coordinator } = network
  for (let n = 0; n < 6; n++) await anAnsweredContribution(network, { by: volunteer })
  for (let n = 0; n < 6; n++) await aContribution(network, { by: volunteer })
  let page = await visitor.reads(`/${slug}/promises`)
  expect(tableOf(page, 'Where views are now, by group')).toEqual({
    'Operational Board': expect.objectContaining({
      Received: '6',
      'Acted on or answered': '6',
      Withdrawn: '0',
    }),
    'No group yet': expect.objectContaining({ Received: '6', 'Waits to be considered': '6' }),
  })
  expect(tableOf(page, 'Where views are now, by when we got them')).toEqual({
    'April to June 2026': expect.objectContaining({ All: '12', 'Waits to be considered': '6' }),
  })
  // Acknowledged, considered and fed back at once: three promises each, all in time.
  expect(tableOf(page, 'By group')['Operational Board']).toMatchObject({
    'Kept in time': '12',
    'Kept late': '0',
  })
  expect(tableOf(page, 'By group')['The involvement team']).toMatchObject({ 'Kept in time': '6' })
  expect(page.text).toContain('No promise has come due yet')

  // Ten days on, the six that wait are late; one more group with one view would show one person.
  house.clock.daysOn(10)
  const one = await aContribution(network, { by: volunteer })
  await doingAs(network, coordinator, async doing =>
    acknowledge(doing, (await loadThread(doing.tx, one.reference, { forChange: true }))!, {
      groupId: groups.mri,
      meetingId: null,
      on: doing.today,
      words: 'Soon.',
    }),
  )
  page = await visitor.reads(`/${slug}/promises`)
  expect(tableOf(page, 'By group')['The involvement team']).toMatchObject({ 'Late and still open': '6' })
  const byGroup = tableOf(page, 'Where views are now, by group')
  expect(byGroup['MRI SIG']).toMatchObject({ Received: 'Not shown', 'Waits to be considered': 'Not shown' })
  // Nor by subtraction: something else of the same columns is hidden too.
  const hidden = Object.entries(byGroup).filter(([, row]) => row['Waits to be considered'] === 'Not shown')
  expect(hidden.length).toBeGreaterThan(1)
  expect(page.html).not.toContain('Vera')
})

test('LOOP-20 a promise kept late is counted as late, with the day it was promised for', async () => {
  const fresh = await aNetwork(network.house)
  const views = []
  for (let n = 0; n < 5; n++) views.push(await aContribution(fresh, { by: fresh.volunteer }))
  fresh.house.clock.daysOn(30)
  for (const view of views) {
    await doingAs(fresh, fresh.coordinator, async doing =>
      acknowledge(doing, (await loadThread(doing.tx, view.reference, { forChange: true }))!, {
        groupId: fresh.groups.board,
        meetingId: null,
        on: doing.today,
        words: 'Sorry that it took so long.',
      }),
    )
  }
  const page = await fresh.visitor.reads(`/${fresh.slug}/promises`)
  expect(tableOf(page, 'By group')['The involvement team']).toMatchObject({
    'Kept in time': '0',
    'Kept late': '5',
    'Late and still open': '0',
  })
})
