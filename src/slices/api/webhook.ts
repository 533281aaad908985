import { createHmac } from 'node:crypto'
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
