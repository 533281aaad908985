import { createHash } from 'node:crypto'
import type { Generated } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Channel, Instant, PlainDate } from './database/tables.ts'

declare module './database/tables.ts' {
  interface Tables {
    preference: PreferenceTable
    preference_link: PreferenceLinkTable
    reminder_held: ReminderHeldTable
  }
}

interface PreferenceTable {
  network_id: number
  person_id: number
  channels: unknown
  quiet_from: number | null
  quiet_until: number | null
  digest: Digest
  language: string
  easy_read: boolean
  version: number
}

interface PreferenceLinkTable {
  network_id: number
  token_hash: string
  person_id: number
  expires_on: PlainDate
}

interface ReminderHeldTable {
  network_id: number
  id: Generated<number>
  person_id: number
  key: string
  sentence: string
  /** Where in it is what somebody gave: `placesOfMarks`. */
  marks: Generated<unknown>
  path: string
  send_at: Instant
}

/** Kinds of messages, as somebody chooses between them; `always` cannot be chosen. */
export const messageGroups = ['answers', 'meetings', 'tasks', 'reminders'] as const
export type MessageGroup = (typeof messageGroups)[number]
export type Digest = 'as-it-comes' | 'daily' | 'weekly'

const always = new Set([
  'account',
  'sign-in',
  'application',
  'person',
  'data-complaint',
  'data-wish',
  'concern',
  'own-space-private',
  'ending',
  'withdrawal',
])
const ofMeetings = new Set(['meeting', 'agenda-item', 'paper', 'paper-help', 'minutes', 'motion', 'decision'])
const ofTasks = new Set(['action', 'task', 'conflict', 'interest', 'module', 'induction', 'agreement'])

/**
 * What sort of message it is. What law or somebody's safety asks for is `always`: it comes at once, in the person's
 * usual way. What nobody named is an answer or a word to this person.
 */
export function groupOf(telling: {
  readonly kind: string
  readonly about: { readonly kind: string }
}): MessageGroup | 'always' {
  const about = telling.about.kind
  if (always.has(about)) return 'always'
  if (telling.kind === 'digest') return 'reminders'
  if (ofMeetings.has(about)) return 'meetings'
  if (ofTasks.has(about)) return 'tasks'
  return 'answers'
}

/** Only reminders can be left out, since the home page shows them anyway. */
export const canBeOff = (group: MessageGroup | 'always'): group is 'reminders' => group === 'reminders'

const channelNames: readonly Channel[] = ['email', 'text', 'phone', 'post']

/** How somebody wants each kind of message. */
export type ChannelWishes = Partial<Record<MessageGroup, Channel | 'off'>>

/** What is in the database, read with care. */
export function readWishes(given: unknown): ChannelWishes {
  if (typeof given !== 'object' || given === null) return {}
  return Object.fromEntries(
    messageGroups.flatMap(group => {
      const wish = (given as Record<string, unknown>)[group]
      const known = channelNames.some(each => each === wish) || (wish === 'off' && canBeOff(group))
      return known ? [[group, wish]] : []
    }),
  )
}

/** In which way one message goes; undefined when the person does not want it. */
export function channelFor(
  group: MessageGroup | 'always',
  usual: Channel,
  wishes: ChannelWishes,
  reaches: (channel: Channel) => boolean,
): Channel | undefined {
  const wish = group === 'always' ? undefined : wishes[group]
  if (wish === 'off') return undefined
  return wish && reaches(wish) ? wish : usual
}

const inLondon = (at: Instant) => at.toZonedDateTimeISO('Europe/London')

/** Not before the quiet hours are over. From 22 until 7 goes over midnight; the same hour twice is no quiet at all. */
export function afterQuiet(
  at: Instant,
  quiet: { readonly quiet_from: number | null; readonly quiet_until: number | null },
): Instant {
  const { quiet_from: from, quiet_until: until } = quiet
  if (from === null || until === null || from === until) return at
  const local = inLondon(at)
  const isQuiet =
    from < until ? local.hour >= from && local.hour < until : local.hour >= from || local.hour < until
  if (!isQuiet) return at
  const today = local.startOfDay().with({ hour: until })
  const end = Temporal.ZonedDateTime.compare(today, local) > 0 ? today : today.add({ days: 1 })
  return end.toInstant()
}

/** In the morning, so that a day's things come together. */
const digestHour = 8

/** When reminders of this moment go out: at eight in the morning, each day or each Monday. */
export function digestAt(at: Instant, digest: 'daily' | 'weekly'): Instant {
  const local = inLondon(at)
  let next = local.startOfDay().with({ hour: digestHour })
  if (Temporal.ZonedDateTime.compare(next, local) < 0) next = next.add({ days: 1 })
  if (digest === 'weekly') while (next.dayOfWeek !== 1) next = next.add({ days: 1 })
  return next.toInstant()
}

/** A time of rest: nothing is asked of somebody. */
export function isResting(
  person: { readonly paused_from: PlainDate | null; readonly paused_until: PlainDate | null },
  today: PlainDate,
): boolean {
  const { paused_from: from, paused_until: until } = person
  if (from === null || Temporal.PlainDate.compare(from, today) > 0) return false
  return until === null || Temporal.PlainDate.compare(until, today) >= 0
}

/** Answers and what law asks for reach somebody who rests; what asks something of them does not. */
export const restsFrom = (group: MessageGroup | 'always'): boolean =>
  group === 'tasks' || group === 'reminders' || group === 'meetings'

/** How long the link in a message can be used (R42): what is posted today may be read weeks later. */
export const monthsOfLink = 6

const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/**
 * The key in the link that changes one person's preferences: easy to type from a letter, the same for a month, made
 * anew whenever a message needs it, so that only its hash is kept.
 */
export function preferenceToken(
  seal: (purpose: string, text: string) => string,
  networkId: number,
  personId: number,
  today: PlainDate,
): string {
  const bytes = createHash('sha256')
    .update(seal('preferences', `${networkId} ${personId} ${today.toPlainYearMonth()}`))
    .digest()
  const key = [...bytes.subarray(0, 20)].map(byte => letters[byte % letters.length]).join('')
  return key.match(/.{4}/g)!.join('-')
}

/** As it was typed: large letters, spaces and missing hyphens do no harm. */
export const hashOfTypedToken = (token: string): string =>
  createHash('sha256')
    .update(token.toLowerCase().replace(/[^a-z0-9]/g, ''))
    .digest('hex')

/** Languages that somebody can ask for. The pages are in English: for the others a person helps (R17). */
export const languages: Readonly<Record<string, string>> = {
  en: 'English',
  cy: 'Welsh',
  ar: 'Arabic',
  bn: 'Bengali',
  gu: 'Gujarati',
  pa: 'Punjabi',
  pl: 'Polish',
  ro: 'Romanian',
  so: 'Somali',
  ur: 'Urdu',
  zh: 'Chinese',
  other: 'another language',
}

/** 0 is midnight, 9 is 9am, 12 is midday, 21 is 9pm (R47). */
export const hourInWords = (hour: number): string =>
  hour === 0 ? 'midnight' : hour === 12 ? 'midday' : hour < 12 ? `${hour}am` : `${hour - 12}pm`
