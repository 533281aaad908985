import { createHmac, timingSafeEqual } from 'node:crypto'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { isOutside, whyNotAddress } from '#platform/outside.ts'
import { isGivenUp, nextTry, signed, webhookEvents } from './webhook.ts'

const now = Temporal.Instant.from('2026-06-09T09:00:00Z')

test('REACH-16 whoever has the secret can prove that a call came from here, and when', () => {
  const secret = `whsec_${Buffer.from('a secret of thirty-two bytes, or so').toString('base64')}`
  fc.assert(
    fc.property(fc.uuid(), fc.string(), (id, body) => {
      const headers = signed(secret, { id, at: now, body })
      // As a receiver would write it from the public text of Standard Webhooks.
      const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
      const mac = createHmac('sha256', key)
        .update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`)
        .digest()
      const given = Buffer.from(headers['webhook-signature']!.replace('v1,', ''), 'base64')
      expect(timingSafeEqual(mac, given)).toBe(true)
      expect(Number(headers['webhook-timestamp'])).toBe(now.epochMilliseconds / 1000)
    }),
  )
})

test('REACH-16 a call is tried again ever later, for about three days, and then given up', () => {
  let at = now
  let tries = 0
  for (let next = nextTry(++tries, at); next; next = nextTry(++tries, at)) {
    expect(Temporal.Instant.compare(next, at)).toBe(1)
    at = next
  }
  const hours = at.since(now).total('hours')
  expect(hours).toBeGreaterThan(48)
  expect(hours).toBeLessThan(96)
  expect(isGivenUp(null, now)).toBe(false)
  expect(isGivenUp(now.subtract({ hours: 119 }), now)).toBe(false)
  expect(isGivenUp(now.subtract({ hours: 120 }), now)).toBe(true)
})

test('REACH-16 nobody can make the service knock at a door inside', () => {
  for (const address of [
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:10.0.0.1',
    '::ffff:a00:1',
    '64:ff9b::a00:1',
  ]) {
    expect(isOutside(address), address).toBe(false)
  }
  for (const address of ['8.8.8.8', '172.32.0.1', '192.169.0.1', '2001:4860:4860::8888']) {
    expect(isOutside(address), address).toBe(true)
  }
  expect(whyNotAddress('https://example.org/loop?key=1')).toBeUndefined()
  for (const given of [
    'example.org',
    'http://example.org',
    'https://localhost/x',
    'https://server/x',
    'https://10.0.0.1/',
    'https://[::1]/',
    'https://2130706433/',
    'https://name:word@example.org/',
    'https://printer.local/',
    'javascript:alert(1)',
  ]) {
    expect(whyNotAddress(given), given).toBeDefined()
  }
})

test('REACH-16 nothing that could tell of a concern or of somebody’s needs can be told to another service', () => {
  expect(new Set(webhookEvents.map(each => each.thing))).toEqual(
    new Set(['contribution', 'action', 'chair-request', 'meeting']),
  )
  expect(new Set(webhookEvents.map(each => each.name)).size).toBe(webhookEvents.length)
})
