import { createHmac } from 'node:crypto'
import { BlockList } from 'node:net'
import { Temporal } from 'temporal-polyfill'
import type { Instant } from '#platform/database/tables.ts'

/** What an address elsewhere can be told of: that it happened and to which thing, never what was said. */
export interface WebhookEvent {
  readonly name: string
  readonly words: string
  /** As history has it. */
  readonly thing: WebhookThing
  readonly event: string
}

export type WebhookThing = 'contribution' | 'action' | 'meeting' | 'chair-request'

const event = (name: string, words: string, thing: WebhookThing, of: string): WebhookEvent => ({
  name,
  words,
  thing,
  event: of,
})

export const webhookEvents: readonly WebhookEvent[] = [
  event('contribution.received', 'Somebody said something', 'contribution', 'received'),
  event('contribution.considered', 'A view was considered', 'contribution', 'considered'),
  event('contribution.answered', 'The answer to a view was given', 'contribution', 'fed-back'),
  event('contribution.closed', 'A contributor closed the loop', 'contribution', 'closed'),
  event('contribution.reopened', 'A contributor said that it is not closed', 'contribution', 'reopened'),
  event('contribution.published', 'A view stands in “You said, we did”', 'contribution', 'published'),
  event('action.made', 'An action was agreed', 'action', 'action-made'),
  event('action.done', 'An action was done', 'action', 'done'),
  event('request.asked', 'A request was sent to a group', 'chair-request', 'asked'),
  event('request.answered', 'A request was answered', 'chair-request', 'answered'),
  event('meeting.planned', 'A meeting was planned', 'meeting', 'planned'),
  event('meeting.moved', 'A meeting was moved', 'meeting', 'moved'),
  event('meeting.cancelled', 'A meeting was cancelled', 'meeting', 'cancelled'),
]

/** As the database keeps it: compared with each line of history. */
export const keyOf = (each: WebhookEvent): string => `${each.thing} ${each.event}`
export const eventOf = (thing: string, happened: string): WebhookEvent | undefined =>
  webhookEvents.find(each => each.thing === thing && each.event === happened)

/** The three headers of Standard Webhooks; whoever has the secret can prove that it came from here, and when. */
export function signed(
  secret: string,
  call: { readonly id: string; readonly at: Instant; readonly body: string },
): Record<string, string> {
  const seconds = Math.floor(call.at.epochMilliseconds / 1000)
  const mac = createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update(`${call.id}.${seconds}.${call.body}`)
    .digest('base64')
  return {
    'webhook-id': call.id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${mac}`,
  }
}

const minutesAfterTry = [1, 5, 30, 2 * 60, 6 * 60, 12 * 60, 24 * 60, 24 * 60]

/** @param tries how often it was tried, the last one included. @returns undefined: it is given up, after three days */
export function nextTry(tries: number, now: Instant): Instant | undefined {
  const minutes = minutesAfterTry[tries - 1]
  return minutes === undefined ? undefined : now.add({ minutes })
}

/** After so long without one success the address is switched off, and the team is told. */
export const hoursUntilOff = 5 * 24
export const isGivenUp = (failingSince: Instant | null, now: Instant): boolean =>
  failingSince !== null && Temporal.Instant.compare(failingSince.add({ hours: hoursUntilOff }), now) <= 0

const inside = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['100::', 64],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inside.addSubnet(net, bits, 'ipv6')

/** Whether an address of the internet is outside: nobody may make this service knock at doors inside (ASVS 5.0 V1.3). */
export function isOutside(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped) return isOutside(mapped)
  if (/^::ffff:/i.test(address)) return false
  return !inside.check(address, address.includes(':') ? 'ipv6' : 'ipv4')
}

/** @returns the sentence why this cannot be an address to call */
export function whyNotAddress(given: string): string | undefined {
  if (!URL.canParse(given)) return 'Enter the whole address, such as https://example.org/loop'
  const url = new URL(given)
  if (url.protocol !== 'https:') return 'The address must begin with https://'
  if (url.username || url.password) return 'The address must have no name or password in it'
  if (given.length > 500) return 'The address must be 500 characters or fewer'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (/^[\d.]+$|:/.test(host) ? !isOutside(host) : /(^|\.)(localhost|local|internal)$|^[^.]+$/i.test(host)) {
    return 'The address must be one that can be reached from outside'
  }
  return undefined
}
