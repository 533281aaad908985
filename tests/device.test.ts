import { beforeAll, expect, test } from 'vitest'
import { aContribution } from '#slices/contributions/for-tests.ts'
import { aNetwork, type TestNetwork } from './network.ts'

let network: TestNetwork
beforeAll(async () => {
  network = await aNetwork()
})

const nav = (page: { $: import('cheerio').CheerioAPI }) =>
  page.$('.nhsuk-header__navigation-link').first().text().replace(/\s+/g, ' ').trim()

test('REACH-15 how much needs somebody stands beside “Home”, in words that can be read out, until they do something', async () => {
  const { coordinator, slug } = network
  expect(nav(await coordinator.reads(`/${slug}/home`))).toBe('Home')
  for (let n = 0; n < 2; n += 1) await aContribution(network, { by: network.volunteer, state: 'received' })
  const home = await coordinator.reads(`/${slug}/home`)
  expect(nav(home)).toBe('Home 2 waiting for you')
  expect(home.$('[data-device]').attr('data-needs')).toBe('2')
  // Elsewhere it is what was counted last; nobody else gets it.
  expect(nav(await coordinator.reads(`/${slug}/contributions`))).toBe('Home 2 waiting for you')
  expect(nav(await network.volunteer.reads(`/${slug}/contributions`))).toBe('Home')
  const message = await coordinator.reads(`/${slug}/account/preferences/looks`)
  expect(nav(await message.press('Save'))).toBe('Home')
  expect(nav(await coordinator.reads(`/${slug}/home`))).toBe('Home 2 waiting for you')
})

test('REACH-14 REACH-15 signing out tells the browser to keep nothing, and the next page takes the number off the icon', async () => {
  const { secondVolunteer, slug } = network
  const home = await secondVolunteer.reads(`/${slug}/home`)
  const token = home.$('form[action="/sign-out"] input[name="_token"]').attr('value')!
  const out = await secondVolunteer.raw('/sign-out', {
    method: 'POST',
    body: new URLSearchParams({ _token: token }),
    headers: { origin: 'http://loop.test' },
  })
  expect(out.headers.get('clear-site-data')).toBe('"storage"')
  const next = await secondVolunteer.reads('/')
  expect(next.$('[data-device]').attr('data-sent')).toBe('all')
  expect(next.$('[data-device]').attr('data-key')).toBeUndefined()
  expect(next.headers.get('content-security-policy')).toContain("script-src 'self'")
  // Once.
  const after = await secondVolunteer.reads('/')
  expect(after.$('[data-device]').length).toBe(0)
  expect(after.headers.get('content-security-policy')).toContain("script-src 'none'")
})

test('REACH-14 a page without anything to keep brings no script and no key', async () => {
  const { volunteer, stranger, slug } = network
  for (const at of ['contributions', 'meetings', 'concerns/new', 'account/preferences/looks']) {
    const page = await volunteer.reads(`/${slug}/${at}`)
    expect(page.$('script').length, at).toBe(0)
    expect(page.html, at).not.toContain('data-device')
  }
  const writing = await volunteer.reads(`/${slug}/messages/new`)
  const key = writing.$('[data-device]').attr('data-key')!
  expect(key).toHaveLength(43)
  expect((await stranger.opens(`/${slug}/messages/new`)).html).not.toContain('data-key')
  const other = await stranger.reads(`/${network.otherSlug}/messages/new`)
  expect(other.$('[data-device]').attr('data-key')).not.toBe(key)
})
