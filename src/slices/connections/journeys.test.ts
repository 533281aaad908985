import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Connection, connectionOf } from '#platform/connections.ts'
import { text } from '#platform/form/fields.ts'
import { openCorridor } from '#platform/http/corridor.tsx'
import type { Slice } from '#platform/http/route.ts'
import { aNetwork } from '#tests/network.ts'
import { connections } from './index.ts'

const network = await aNetwork()
const { house, slug } = network

interface Bell extends Record<string, string> {
  address: string
  key: string
}
const bell: Connection<Bell> = {
  kind: 'bell',
  title: 'The bell',
  hint: 'Rings when something is new',
  fields: z.object({
    address: text('Enter the address of the bell', { max: 100, name: 'The address' }),
    key: text('Enter the key', { max: 4000, name: 'The key' }),
  }),
  ask: [
    { name: 'address', label: 'Where is the bell?' },
    { name: 'key', label: 'Its key', secret: true },
  ],
  test: async (_house, _network, { address, key }, { name }) =>
    key.length > 1000
      ? { ok: true, words: [`It rang at ${address} for ${name}.`] }
      : { ok: false, words: ['The bell did not take the key.'] },
}
// A corridor like the product's, with one room more.
const room: Slice = { name: 'bell', routes: [], connections: [bell] }
const others = house.app.slices.filter(each => each.name !== 'connections')
Object.assign(house.app, {
  http: openCorridor(house.house, [...others, room, connections(house.house, () => [room])]),
})

const settings = () =>
  network.inNetwork(async tx => await connectionOf<Bell>(house.house, tx, network.id, 'bell'))
const rows = async () => (await house.owner.query('select * from connection')).rows

test('R75 another service is set up, tried, switched off and taken away; its secret is never shown and is not readable where it lies', async () => {
  const { administrator, volunteer, stranger, visitor } = network
  const at = `/${slug}/team/connections`
  for (const nobody of [volunteer, stranger, visitor]) {
    for (const path of [at, `${at}/bell`, `${at}/bell/set-up`]) {
      expect((await nobody.opens(path)).status).toBe(404)
    }
  }
  expect((await administrator.opens(`${at}/whistle`)).status).toBe(404)
  expect((await administrator.reads(at)).text).toContain('Not set up')

  const form = (await administrator.reads(`${at}/bell/set-up`)).fill(
    'Where is the bell?',
    'tower.example.org',
  )
  const wrong = await form.press('Save')
  expect(wrong.status).toBe(422)
  expect(wrong.errors).toEqual(['Enter the key'])
  expect(wrong.$('input[name=address]').attr('value')).toBe('tower.example.org')
  const one = await wrong.fill('Its key', 'short').press('Save')
  expect(one.text).toContain('Kept. We do not show it again.')
  const failed = await one.press('Test it')
  expect(failed.text).toContain('It does not work yet. The bell did not take the key.')

  const key = `key-${'ä'.repeat(1500)}`
  await (await administrator.reads(`${at}/bell/set-up`)).fill('Its key', key).press('Save')
  // The secret that is kept stays when its field is left empty.
  const changed = await (await administrator.reads(`${at}/bell/set-up`))
    .fill('Where is the bell?', 'hill.example.org')
    .press('Save')
  expect(await settings()).toEqual({ address: 'hill.example.org', key })
  expect(JSON.stringify(await rows())).not.toContain('ääää')
  for (const path of [at, `${at}/bell`, `${at}/bell/set-up`]) {
    expect((await administrator.opens(path)).html).not.toContain('ääää')
  }
  const works = await changed.press('Test it')
  expect(works.text).toContain('It works. It rang at hill.example.org for Ada Ministrator.')
  expect((await administrator.reads(at)).text).toContain('Works')

  const off = await works.press('Switch it off')
  expect(await settings()).toBeUndefined()
  await off.press('Switch it on again')
  expect(await settings()).toBeDefined()
  await (await administrator.reads(`${at}/bell`)).press('Take it away')
  expect(await rows()).toEqual([])
})

test('R75 what was shut with a secret that is gone counts as not set up, and says what to do', async () => {
  const { administrator } = network
  const at = `/${slug}/team/connections/bell`
  await (await administrator.reads(`${at}/set-up`))
    .fill('Where is the bell?', 'tower.example.org')
    .fill('Its key', 'a key')
    .press('Save')
  await house.owner.query(`update connection set secrets = '{"key": ["AAAA"]}'`)
  expect(await settings()).toBeUndefined()
  const tried = await (await administrator.reads(at)).press('Test it')
  expect(tried.text).toContain('Type the secrets in again')
})
