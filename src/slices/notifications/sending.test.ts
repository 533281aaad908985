import { beforeEach, expect, test } from 'vitest'
import { aNetwork } from '#tests/network.ts'
import { aPushStory, PushBrowser } from './for-tests.ts'
import { pushKeys } from './keys.ts'
import { tellDevices } from './send.ts'

const network = await aNetwork()
const { service, at, adds, writes, telling, devices, alsoInside } = await aPushStory(network)

beforeEach(() => {
  service.answers(201)
  service.arrived.length = 0
})

test('REACH-15 quiet hours are kept, and what somebody switched off rings nowhere', async () => {
  const { house } = network
  const person = await network.aPerson({
    name: 'Quin Quiet',
    memberships: [{ group: 'mri', role: 'member' }],
  })
  await adds(person, new PushBrowser(service.origin).reach)
  await house.owner.query(
    `insert into preference (network_id, person_id, channels, quiet_from, quiet_until, digest, language, easy_read, version)
     values ($1, $2, '{"reminders": "off"}', 9, 12, 'as-it-comes', 'en', false, 1)`,
    [network.id, person.id],
  )
  // Ten in London.
  await writes(person)
  // What is always told at once does not ring, either.
  await writes(person, 'account')
  expect(await telling()).toBe(0)
  expect((await devices(person))[0].due_at.toISOString()).toBe('2026-06-09T11:00:00.000Z')
  house.clock.set('2026-06-09T11:00:00Z')
  expect(await telling()).toBe(1)
  await writes(person, 'digest')
  expect(await telling()).toBe(0)
})

test('REACH-15 a device that is gone is forgotten, one that does not answer is tried again, and nothing new is lost', async () => {
  const { sigChair, house } = network
  await adds(sigChair, new PushBrowser(service.origin).reach)
  service.answers(503)
  await writes(sigChair)
  expect(await telling()).toBe(0)
  let [row] = await devices(sigChair)
  expect(row).toMatchObject({ tries: 1, told_at: null })
  expect(row.failing_since).not.toBeNull()
  expect((await sigChair.reads(at())).text).toContain('The last time did not get through')
  expect(await telling()).toBe(0)
  expect(service.arrived.length).toBe(1)
  house.clock.set('2026-06-09T11:12:00Z')
  // While it is told, something new happens: it stays due.
  service.answers(201, async () => {
    service.answers(201)
    await writes(sigChair)
  })
  expect(await telling()).toBe(2)
  ;[row] = await devices(sigChair)
  expect(row).toMatchObject({ tries: 0, due_at: null, failing_since: null })
  for (const status of [404, 410]) {
    await adds(sigChair, new PushBrowser(service.origin).reach)
    service.answers(status)
    await writes(sigChair)
    await telling()
    expect(await devices(sigChair), String(status)).toEqual([])
  }
  // One that has not answered for two weeks is gone, too.
  service.answers(201)
  await adds(sigChair, new PushBrowser(service.origin).reach)
  service.answers(500)
  await house.owner.query(`update push_device set failing_since = $1 where person_id = $2`, [
    '2026-05-20T00:00:00Z',
    sigChair.id,
  ])
  await writes(sigChair)
  await telling()
  expect(await devices(sigChair)).toEqual([])
})

test('REACH-15 a device that somebody signs out of is told nothing more, unless they chose otherwise', async () => {
  const { house, slug } = network
  for (const ends of ['yes', 'no'] as const) {
    const person = await network.aPerson({
      name: `Sol ${ends}`,
      memberships: [{ group: 'mri', role: 'member' }],
    })
    await adds(person, new PushBrowser(service.origin).reach, ends)
    const token = (await person.reads(at())).$('form[action="/sign-out"] input').attr('value')!
    const out = await person.raw('/sign-out', {
      method: 'POST',
      body: new URLSearchParams({ _token: token }),
      headers: { origin: 'http://loop.test' },
    })
    // What makes the device ring lives in what this would clear.
    expect(out.headers.has('clear-site-data')).toBe(ends === 'yes')
    expect((await person.reads('/')).$('[data-device]').attr('data-sent')).toBe('all')
    await writes(person)
    expect(await telling()).toBe(ends === 'yes' ? 0 : 1)
    expect((await devices(person)).length).toBe(ends === 'yes' ? 0 : 1)
  }
  // Whoever signs in next on the same browser takes it over.
  const browser = new PushBrowser(service.origin)
  await adds(network.boardMember, browser.reach)
  await adds(network.boardChair, browser.reach)
  expect(await devices(network.boardMember)).toEqual([])
  service.arrived.length = 0
  await writes(network.boardMember)
  expect(await telling()).toBe(0)
  expect(house.logged.join('')).not.toContain(browser.endpoint)
  expect(slug).toBe(network.slug)
})

test('REACH-15 the demonstration tells nothing to the outside', async () => {
  const { administrator } = network
  await adds(administrator, new PushBrowser(service.origin).reach)
  await writes(administrator)
  alsoInside(false)
  expect(await telling()).toBe(1)
  expect(service.arrived).toEqual([])
  expect((await devices(administrator))[0].told_at).not.toBeNull()
  // In production it is not told either: the address is not outside.
  await writes(administrator)
  const production = { ...network.house.house, mode: 'production' as const }
  expect(await tellDevices(production, network.house.app.slices)).toBe(0)
  expect(service.arrived).toEqual([])
  alsoInside(true)
})

test('REACH-15 R75 the key is made once, kept sealed, and opens while the secret is changed', async () => {
  const { house } = network.house
  const first = await pushKeys(house)
  expect(await pushKeys(house)).toEqual(first)
  const { rows } = await network.house.owner.query('select * from push_key')
  expect(rows.length).toBe(1)
  expect(JSON.stringify(rows)).not.toContain(first.privateKey)
  const secret = 'another secret of at least thirty-two letters'
  expect(await pushKeys({ ...house, secret, secretBefore: house.secret })).toEqual(first)
  expect(await pushKeys({ ...house, secret })).toEqual(first)
  const lost = await pushKeys({ ...house, secret: 'a third secret of at least thirty-two letters' })
  expect(lost.publicKey).not.toBe(first.publicKey)
})
