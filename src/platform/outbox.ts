import { sql } from 'kysely'
import { promisedBy } from '#kernel/clocks.ts'
import { type Happened, happened } from '#kernel/decision.ts'
import { withoutMarks } from '#kernel/text/theirs.ts'
import type { Channel, Instant, NewRow, PlainDate, Row, Tx } from './database/tables.ts'
import { anotherWay, askedForNoTexts, keepsItsWay } from './delivery/another-way.ts'
import { textsStopped, troubledWays } from './delivery/troubled.ts'
import { readLayout } from './mail/layout.ts'
import {
  afterQuiet,
  channelFor,
  groupOf,
  hashOfTypedToken,
  isResting,
  monthsOfLink,
  preferenceToken,
  readWishes,
  restsFrom,
} from './preferences.ts'
import { type InOneLanguage, shaped } from './shaping.ts'
import type { Attachment, Sender, Telling } from './telling.ts'

export type { Attachment, Sender, Telling, TellingLink } from './telling.ts'

/**
 * Writes what is to be told, in the transaction of what it tells of. The person's wishes decide the form and the
 * hour, here and nowhere else: e-mail and text message go out by themselves, a call or a letter becomes a job on the
 * team's list. Nothing is asked of somebody who rests.
 */
export async function tell(
  tx: Tx,
  from: Sender,
  tellings: readonly Telling[],
  now: Instant,
): Promise<number> {
  if (tellings.length === 0) return 0
  const today = now.toZonedDateTimeISO('Europe/London').toPlainDate()
  const people = await tx
    .selectFrom('person as p')
    .leftJoin('preference as w', join =>
      join.onRef('w.network_id', '=', 'p.network_id').onRef('w.person_id', '=', 'p.id'),
    )
    .leftJoin('last_address as l', join =>
      join.onRef('l.network_id', '=', 'p.network_id').onRef('l.person_id', '=', 'p.id'),
    )
    .select(['p.id', 'p.name', 'p.known_as', 'p.channel', 'p.email', 'p.phone', 'p.postal_address'])
    .select(['p.large_print', 'p.paused_from', 'p.paused_until'])
    .select(['w.channels', 'w.quiet_from', 'w.quiet_until'])
    .select(eb => eb.fn.coalesce('w.language', 'l.language').as('language'))
    .select([troubledWays.as('troubled'), textsStopped.as('stopped')])
    .select(eb =>
      eb
        .exists(eb.selectFrom('connection').where('kind', '=', 'mail-in').where('state', '=', 'on'))
        .as('reads_mail'),
    )
    .where('p.id', 'in', [...new Set(tellings.map(each => each.personId))])
    // Who left is told only what they still wanted to hear, at the one address that is kept for it.
    .select([
      'p.left_on',
      'l.for_answers',
      'l.for_thanks',
      'l.channel as last_channel',
      'l.address as last_address',
    ])
    .where(eb => eb.or([eb('p.left_on', 'is', null), eb('l.person_id', 'is not', null)]))
    .execute()
  const linkOf = preferenceLinks(from, today)
  const rows = tellings.flatMap(telling => {
    const found = people.find(each => each.id === telling.personId)
    const person = found && reachable(found, telling)
    if (!person) return []
    const group = groupOf(telling)
    if (restsFrom(group) && isResting(person, today)) return []
    const addresses = {
      email: person.email,
      text: person.phone,
      phone: person.phone,
      post: person.postal_address,
    }
    // An address of its own belongs to the usual way.
    const wished = telling.address
      ? person.channel
      : channelFor(group, person.channel, readWishes(person.channels), each => Boolean(addresses[each]))
    if (!wished) return []
    // What came back from there once is told in another way until the address is put right.
    // What is for one pair of eyes keeps its way; but nobody gets a text message who asked for none.
    const keeps = keepsItsWay(telling.about)
    const stopped = wished === 'text' && person.stopped
    const troubled = person.troubled.includes(wished) && !telling.address && (!keeps || stopped)
    const another =
      keeps && !(person.email && !person.troubled.includes('email')) ? undefined : anotherWay(person)
    const channel = (troubled && another?.channel) || wished
    const stuck = troubled && channel === wished
    const byHand = channel === 'phone' || channel === 'post'
    const { reply, ...withoutReply } = telling
    const words = shaped(
      channel,
      person,
      person.reads_mail && !telling.address ? telling : withoutReply,
      from,
      person.left_on === null ? linkOf(person.id, channel) : undefined,
    )
    return [
      {
        network_id: from.network.id,
        key: telling.key,
        person_id: person.id,
        address: telling.address ?? addresses[channel] ?? '',
        channel,
        kind: telling.kind,
        ...words,
        about_kind: telling.about.kind,
        about_id: telling.about.id,
        attachment:
          telling.attachment && channel === 'email' ? withoutMarks(JSON.stringify(telling.attachment)) : null,
        state: stuck ? ('failed' as const) : byHand ? ('by-hand' as const) : ('waiting' as const),
        came_back_at: stuck ? now : null,
        last_error: stuck
          ? stopped
            ? askedForNoTexts
            : 'Earlier messages to this address came back.'
          : null,
        due_on: byHand ? promisedBy('by-hand', today, from.network.clocks ?? []) : null,
        next_try_at:
          byHand || group === 'always'
            ? now
            : afterQuiet(now, {
                quiet_from: person.quiet_from ?? null,
                quiet_until: person.quiet_until ?? null,
              }),
        created_at: now,
      },
    ]
  })
  if (rows.length === 0) return 0
  const links = linkOf.rows()
  // The links' hashes are kept in the same statement: telling is what this house does most.
  const withLinks =
    links.length === 0
      ? tx
      : tx.with('links', db =>
          db
            .insertInto('preference_link')
            .values(links)
            .onConflict(on => on.columns(['network_id', 'token_hash']).doNothing()),
        )
  const written = await withLinks
    .insertInto('message')
    .values(rows)
    .onConflict(on => on.columns(['network_id', 'key']).doNothing())
    .executeTakeFirst()
  return Number(written.numInsertedOrUpdatedRows ?? 0)
}

interface Reach {
  readonly left_on: PlainDate | null
  readonly for_answers: boolean | null
  readonly for_thanks: boolean | null
  readonly last_channel: Channel | null
  readonly last_address: string | null
}

/** As they are to be reached with this; undefined for somebody who left and does not want it any more (R8). */
function reachable<Person extends Reach>(person: Person, { kind, about }: Telling): Person | undefined {
  if (person.left_on === null) return person
  const { last_channel: channel, last_address: address } = person
  const wanted =
    kind === 'thank-you'
      ? person.for_thanks
      : person.for_answers && (about.kind === 'contribution' || about.kind === 'chair-request')
  if (!wanted || channel === null || address === null) return undefined
  return { ...person, channel, email: address, phone: address, postal_address: address }
}

/** The links of one telling, and keeping their hashes; none where the sender has no key. */
function preferenceLinks(from: Sender, today: PlainDate) {
  const made = new Map<number, string>()
  const { seal, network } = from
  const linkOf = (personId: number, channel: Channel): string | undefined => {
    if (!seal || !network.slug || (channel !== 'email' && channel !== 'post')) return undefined
    const token = made.get(personId) ?? preferenceToken(seal, network.id, personId, today)
    made.set(personId, token)
    return `${from.publicUrl}/${network.slug}/preferences/${token}`
  }
  const rows = (): NewRow<'preference_link'>[] => {
    const expires = today.with({ day: 1 }).add({ months: monthsOfLink + 1 })
    return [...made].map(([person, token]) => ({
      network_id: network.id,
      token_hash: hashOfTypedToken(token),
      person_id: person,
      expires_on: expires,
    }))
  }
  return Object.assign(linkOf, { rows })
}

/** What somebody is told who is no person of the network: a visitor who left an address. */
export type Told = Omit<Telling, 'personId'>

/** As `tell`, to an address that somebody gave for this one thing, in the language in which they gave it. */
export async function tellAddress(
  tx: Tx,
  from: Sender,
  to: { name: string; channel: Channel; address: string; language?: string | null | undefined },
  told: Told,
  now: Instant,
): Promise<void> {
  const { name, channel, address } = to
  const language = to.language === undefined ? await languageBefore(tx, told.about, address) : to.language
  await tx
    .insertInto('message')
    .values({
      network_id: from.network.id,
      key: told.key,
      person_id: null,
      address,
      channel,
      kind: told.kind,
      ...shaped(channel, { name, known_as: name, large_print: false, language }, told, from),
      about_kind: told.about.kind,
      about_id: told.about.id,
      state: channel === 'phone' || channel === 'post' ? 'by-hand' : 'waiting',
      due_on:
        channel === 'phone' || channel === 'post'
          ? promisedBy(
              'by-hand',
              now.toZonedDateTimeISO('Europe/London').toPlainDate(),
              from.network.clocks ?? [],
            )
          : null,
      next_try_at: now,
      created_at: now,
    })
    .onConflict(on => on.columns(['network_id', 'key']).doNothing())
    .execute()
}

/** What was said first about a thing to an address goes on in its language. */
async function languageBefore(tx: Tx, about: Telling['about'], address: string): Promise<string | null> {
  const found = await sql<{ lang: string | null }>`select layout ->> 'lang' as lang from message
    where about_kind = ${about.kind} and about_id = ${about.id} and lower(address) = lower(${address})
    order by id desc limit 1`.execute(tx)
  return found.rows[0]?.lang ?? null
}

export type Message = Row<'message'>

export const attachmentOf = (message: Pick<Message, 'attachment'>): Attachment | undefined =>
  (message.attachment as Attachment | null) ?? undefined

/** The English of a message that went out in another language; null for what is English itself. */
export function englishOf(message: Pick<Message, 'english'>): InOneLanguage | null {
  const english = message.english as InOneLanguage | null
  return english && { ...english, layout: readLayout(english.layout, english.body) ?? null }
}

/** @returns true when this reminder has not been given before, and marks it given */
export async function onceOnly(
  tx: Tx,
  networkId: number,
  key: string,
  personId: number,
  at: Instant,
): Promise<boolean> {
  const written = await tx
    .insertInto('reminder')
    .values({ network_id: networkId, key, person_id: personId, at })
    .onConflict(on => on.columns(['network_id', 'key']).doNothing())
    .executeTakeFirst()
  return Number(written.numInsertedOrUpdatedRows ?? 0) === 1
}

/**
 * A message that failed for good goes out once more, to the address that its person has now (HOUSE-7).
 * @returns false when it has not failed (any more): somebody else was first
 */
export async function tryAgain(
  doing: {
    readonly tx: Tx
    readonly now: Instant
    happened(thing: { kind: string; id: number }, events: readonly Happened[]): Promise<void>
  },
  messageId: number,
): Promise<boolean> {
  const message = await doing.tx
    .selectFrom('message')
    .select(['id', 'person_id', 'channel', 'address'])
    .where('id', '=', messageId)
    .where('state', '=', 'failed')
    .forUpdate()
    .executeTakeFirst()
  if (!message) return false
  const person =
    message.person_id === null
      ? undefined
      : await doing.tx
          .selectFrom('person')
          .select(['email', 'phone'])
          .where('id', '=', message.person_id)
          .executeTakeFirst()
  const address = message.channel === 'email' ? person?.email : person?.phone
  await doing.tx
    .updateTable('message')
    .set({
      state: 'waiting',
      tries: 0,
      next_try_at: doing.now,
      // With 72 hours before it again.
      trying_since: doing.now,
      came_back_at: null,
      came_back_words: null,
      came_back_for: null,
      address: address ?? message.address,
    })
    .where('id', '=', message.id)
    .execute()
  await doing.happened({ kind: 'message', id: message.id }, [happened('tried-again')])
  return true
}

/**
 * Those whose key has not been given yet, asked for all of them at once: a run of the clock with nothing new costs
 * next to nothing. `onceOnly` still decides.
 */
export async function notYetGiven<Wanted extends { readonly key: string }>(
  tx: Tx,
  wanted: readonly Wanted[],
): Promise<Wanted[]> {
  if (wanted.length === 0) return []
  const given = await tx
    .selectFrom('reminder')
    .select('key')
    .where('key', '=', sql<string>`any(${wanted.map(each => each.key)}::text[])`)
    .execute()
  const keys = new Set(given.map(each => each.key))
  return wanted.filter(each => !keys.has(each.key))
}
