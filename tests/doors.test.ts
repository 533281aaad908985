import { beforeAll, expect, test } from 'vitest'
import { routeTable } from '#platform/http/route.ts'
import { readSettings, SettingsError } from '#platform/settings.ts'
import { openDemoHouse, openTestHouse, type TestHouse } from './house.ts'

const doors = [
  ['GET', '/demo'],
  ['POST', '/demo/sign-in'],
  ['GET', '/demo/outbox'],
  ['POST', '/demo/clock'],
] as const
let demo: TestHouse
let production: TestHouse

beforeAll(async () => {
  demo = await openDemoHouse()
  production = await openTestHouse({ mode: 'production' })
}, 120_000)

const knock = async (
  house: TestHouse,
  method: string,
  path: string,
  fields: Record<string, string> = {},
  headers: Record<string, string> = {},
) =>
  await house.app.http.request(
    new Request(`http://loop.test${path}`, {
      method,
      headers: { host: 'loop.test', ...headers },
      ...(method === 'POST' ? { body: new URLSearchParams(fields) } : {}),
    }),
  )

const bytes = async (response: Response) => ({
  status: response.status,
  body: Buffer.from(await response.arrayBuffer()).toString('base64'),
  headers: [...response.headers].filter(([name]) => name !== 'x-request-id'),
})

test.each(doors)(
  'HOUSE-11 in production %s %s is byte for byte an address that does not exist',
  async (method, path) => {
    for (const headers of [{ accept: '*/*' }, { accept: 'application/json' }, { accept: 'text/html' }]) {
      for (const fields of [{}, { person: 'volunteer-1', days: '3' }] as Record<string, string>[]) {
        const door = await bytes(await knock(production, method, path, fields, headers))
        const nothing = await bytes(await knock(production, method, '/no-such-door', fields, headers))
        expect(door.status).toBe(404)
        expect(door).toEqual(nothing)
      }
    }
    const now = production.clock.now().toString()
    expect(now).toBe('2026-06-09T09:00:00Z')
  },
)

test('HOUSE-11 in production no door is in the route table, and in a demo each is', () => {
  const paths = (house: TestHouse) =>
    routeTable(house.app.slices)
      .map(each => `${each.method} ${each.path}`)
      .filter(each => each.includes('/demo'))
  expect(paths(production)).toEqual([])
  expect(paths(demo).sort()).toEqual(doors.map(each => each.join(' ')).sort())
})

test('HOUSE-11 in a demo each door opens', async () => {
  expect((await knock(demo, 'GET', '/demo')).status).toBe(200)
  const inside = await knock(demo, 'POST', '/demo/sign-in', { person: 'volunteer-1' })
  expect(inside.headers.get('location')).toBe('/wmin/home')
  const cookie = inside.headers.getSetCookie()[0]!.split(';')[0]!
  expect((await knock(demo, 'GET', '/wmin/home', {}, { cookie })).status).toBe(200)
  expect((await knock(demo, 'GET', '/demo/outbox')).status).toBe(200)
  const sent = await knock(demo, 'GET', '/demo/outbox', {}, { accept: 'application/json' })
  expect(((await sent.json()) as unknown[]).length).toBeGreaterThan(0)
  const before = demo.clock.now()
  const moved = await knock(demo, 'POST', '/demo/clock', { days: '1' })
  expect(await moved.json()).toEqual({ now: before.add({ hours: 24 }).toString() })
}, 60_000)

test('HOUSE-11 production refuses to start without a secret, a real sender and a safe address', () => {
  const whole = {
    MODE: 'production',
    SECRET: 's'.repeat(32),
    SMTP_URL: 'smtps://mail.example.org',
    MAIL_FROM: 'loop@example.org',
    PUBLIC_URL: 'https://loop.example.org',
  }
  expect(readSettings(whole).mode).toBe('production')
  for (const name of ['SECRET', 'SMTP_URL', 'MAIL_FROM', 'PUBLIC_URL'] as const) {
    const { [name]: _, ...rest } = whole
    expect(() => readSettings(rest), name).toThrow(SettingsError)
    expect(() => readSettings(rest), name).toThrow(name)
  }
  expect(() => readSettings({ ...whole, PUBLIC_URL: 'http://loop.example.org' })).toThrow('https')
})
