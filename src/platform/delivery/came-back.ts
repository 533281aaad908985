import { sql } from 'kysely'
import { promisedBy } from '#kernel/clocks.ts'
import { happened } from '#kernel/decision.ts'
import type { Channel, Instant, Tx } from '../database/tables.ts'
import type { Doing } from '../doing.ts'
import { languageOf } from '../languages/words.ts'
import { linkOf, type Part, partsOf, readLayout } from '../mail/layout.ts'
import { readSignedAddress } from '../mail/signed-address.ts'
import { englishOf, type Message } from '../outbox.ts'
import { afterQuiet, groupOf } from '../preferences.ts'
import {
  asColumns,
  type InOneLanguage,
  type Reader,
  type Shaped,
  shapedAgain,
  withoutMore,
} from '../shaping.ts'
import type { Words } from '../telling.ts'
import { anotherWay, askedForNoTexts, isUntold, keepsItsWay } from './another-way.ts'
import type { Bounce } from './bounce.ts'
import type { Refusal } from './refusal.ts'
import { troubledWays } from './troubled.ts'

/** What is written of a message that came back; `settleCameBack` does the rest, at once or after a crash. */
export const cameBackNow = (refusal: Refusal, now: Instant) => ({
  state: 'came-back' as const,
  came_back_at: now,
  came_back_words: refusal.words,
  came_back_for: refusal.trouble === 'address' ? ('address' as const) : ('message' as const),
})

export type TakenBack =
  /** It is about a message of ours, and was seen to or needs nothing: it is kept nowhere. */
  | { readonly kind: 'seen-to' }
  /** About a message of another network: it belongs there. */
  | { readonly kind: 'elsewhere'; readonly networkId: number }
  /** We know no such message. */
  | { readonly kind: 'unknown' }

/**
 * A mail server reports what became of an e-mail. Believed only when it names what nobody but its receiver can know: the
 * address made for that message, or its keyed Message-ID.
 */
export async function takeInBounce(doing: Doing, bounce: Bounce): Promise<TakenBack> {
  const { tx, network, now } = doing
  const { messageId } = bounce
  const [sealed] = bounce.to.flatMap(each => readSignedAddress(each, doing.seal, 'bounce') ?? [])
  if (sealed && sealed.networkId !== network.id) return { kind: 'elsewhere', networkId: sealed.networkId }
  if (!sealed && (!messageId || bounce.prose)) return { kind: 'unknown' }
  const message = await tx
    .selectFrom('message')
    .select(['id', 'address', 'state'])
    .where('channel', '=', 'email')
    .$if(sealed !== undefined, query => query.where('id', '=', sealed!.messageId))
    .$if(sealed === undefined, query => query.where('sent_as', '=', messageId!))
    .forUpdate()
    .executeTakeFirst()
  // Also one that this reader may not see: a report about it is no less private.
  if (!message) return sealed ? { kind: 'seen-to' } : { kind: 'unknown' }
  // Passed on by its reader to somebody else, who did not get it: it did arrive.
  const ours = (each: string) => each.toLowerCase() === message.address.toLowerCase()
  const passedOn = !sealed && bounce.recipients.length > 0 && !bounce.recipients.some(ours)
  if (passedOn || (message.state !== 'sent' && message.state !== 'sending')) return { kind: 'seen-to' }
  if (bounce.what === 'delayed') {
    await tx
      .updateTable('message')
      .set({ last_error: 'Their mail server has not taken it yet. It is still being tried.' })
      .where('id', '=', message.id)
      .execute()
  }
  if (bounce.what !== 'failed') return { kind: 'seen-to' }
  await tx
    .updateTable('message')
    .set({ ...cameBackNow(bounce.refusal, now), last_error: bounce.refusal.words })
    .where('id', '=', message.id)
    .execute()
  await settleCameBack(doing)
  return { kind: 'seen-to' }
}

interface Person extends Reader {
  readonly email: string | null
  readonly phone: string | null
  readonly postal_address: string | null
  readonly troubled: readonly Channel[]
  readonly quiet_from: number | null
  readonly quiet_until: number | null
}

/**
 * What came back is told in the next way that its reader has; without one it has failed, for the team to see, and goes out as
 * soon as there is one. Harmless when run twice: each is held while it is seen to.
 */
export async function settleCameBack(doing: Doing): Promise<void> {
  const { tx } = doing
  const waiting = await tx
    .selectFrom('message as m')
    .leftJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'm.network_id').onRef('p.id', '=', 'm.person_id'),
    )
    .selectAll('m')
    .where('m.told_instead_id', 'is', null)
    .where(
      sql<boolean>`((m.state = 'came-back' and m.came_back_for is not null) or (m.state = 'failed' and m.came_back_at is not null and p.left_on is null
        and m.about_kind <> all (array['sign-in', 'account', 'concern', 'own-space-private'])
        and (lower(p.email) <> lower(m.address) or p.phone is not null or p.postal_address is not null)))`,
    )
    .orderBy('m.id')
    .limit(200)
    .forUpdate('m')
    .skipLocked()
    .execute()
  for (const message of waiting) await settleOne(doing, message)
  // Only the address that they have now is of interest.
  await sql`delete from address_trouble t using person p where p.network_id = t.network_id and p.id = t.person_id
    and t.mark is distinct from address_mark(case t.channel when 'email' then p.email else p.phone end)`.execute(
    tx,
  )
}

async function settleOne(doing: Doing, message: Message): Promise<void> {
  const about = { kind: message.about_kind }
  if (message.state === 'came-back' && !isUntold(about)) {
    if (message.came_back_for === 'address') await markAddress(doing, message)
    await doing.happened({ kind: 'message', id: message.id }, [happened('came-back')])
  }
  const person = keepsItsWay(about) ? undefined : await personOf(doing.tx, message.person_id)
  const way = person && anotherWay(withoutIt(person, message))
  const made = way && (await tellInstead(doing, message, person, way))
  // A code to sign in is of no use any more: nobody is to try it again.
  const over = made !== undefined || message.kind === 'sign-in'
  await doing.tx
    .updateTable('message')
    .set({
      state: over ? 'came-back' : 'failed',
      came_back_for: null,
      ...(made ? { told_instead_id: made } : {}),
    })
    .where('id', '=', message.id)
    .execute()
}

/** A message that was not taken for its own sake goes another way, too, though the address is good. */
function withoutIt(person: Person, message: Message): Person {
  const same =
    message.channel === 'email'
      ? message.address.toLowerCase() === person.email?.toLowerCase()
      : message.address === person.phone
  return same ? { ...person, troubled: [...person.troubled, message.channel] } : person
}

async function personOf(tx: Tx, id: number | null): Promise<Person | undefined> {
  if (id === null) return undefined
  return await tx
    .selectFrom('person as p')
    .leftJoin('preference as w', join =>
      join.onRef('w.network_id', '=', 'p.network_id').onRef('w.person_id', '=', 'p.id'),
    )
    .select(['p.name', 'p.known_as', 'p.email', 'p.phone', 'p.postal_address', 'p.large_print'])
    .select(['w.quiet_from', 'w.quiet_until', 'w.language'])
    .select(troubledWays.as('troubled'))
    .where('p.id', '=', id)
    .where('p.left_on', 'is', null)
    .executeTakeFirst()
}

/** Of the person whose address it is today: an older one is no news. */
async function markAddress(doing: Doing, message: Message): Promise<void> {
  const { tx, network, now, today } = doing
  if (message.person_id === null || (message.channel !== 'email' && message.channel !== 'text')) return
  const due = promisedBy('by-hand', today, network.clocks)
  await sql`
    insert into address_trouble (network_id, person_id, channel, mark, since, words, due_on)
    select p.network_id, p.id, ${message.channel}, address_mark(${message.address}), ${now}, ${message.came_back_words}, ${due}
    from person p where p.id = ${message.person_id} and p.left_on is null
      and lower(${message.channel === 'email' ? sql`p.email` : sql`p.phone`}) = lower(${message.address})
    on conflict (network_id, person_id, channel) do update set mark = excluded.mark, since = excluded.since,
      words = excluded.words, due_on = excluded.due_on where address_trouble.mark <> excluded.mark`.execute(
    tx,
  )
}

/** What is said besides, so that the address is put right; nothing to somebody who wants no text messages. */
function askForAnother(message: Message, channel: Channel): string | undefined {
  if (message.came_back_words === askedForNoTexts) return undefined
  const [how, what] = message.channel === 'text' ? ['as a text message', 'number'] : ['by e-mail', 'address']
  if (channel === 'phone')
    return `We sent this ${how} first, and it came back to us. Which ${what} works for you?`
  if (channel === 'post')
    return `We sent this ${how} first, and it came back to us. Please tell us ${what === 'number' ? 'a' : 'an'} ${what} that works.`
  return undefined
}

/** @returns the number of the message that was made */
async function tellInstead(
  doing: Doing,
  message: Message,
  person: Person,
  { channel, address }: { channel: Channel; address: string },
): Promise<number | undefined> {
  const { tx, network, now, today } = doing
  const byHand = channel === 'phone' || channel === 'post'
  const always = groupOf({ kind: message.kind, about: { kind: message.about_kind } }) === 'always'
  const made = await tx
    .insertInto('message')
    .values({
      network_id: network.id,
      key: `instead:${message.id}`,
      person_id: message.person_id,
      address,
      channel,
      kind: message.kind,
      ...inItsOwnForm(doing, message, person, channel),
      about_kind: message.about_kind,
      about_id: message.about_id,
      attachment: channel === 'email' && message.attachment ? JSON.stringify(message.attachment) : null,
      state: byHand ? 'by-hand' : 'waiting',
      due_on: byHand ? promisedBy('by-hand', today, network.clocks) : null,
      next_try_at: byHand || always ? now : afterQuiet(now, person),
      created_at: now,
    })
    .onConflict(on => on.columns(['network_id', 'key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return made?.id
}

/** A text message is one sentence after the network's name, and where to go on. */
function partsOfText(body: string): Part[] {
  const [, words = body, href] = /^(?:[^:]{1,40}: )?(.*?)(?:\s(https?:\/\/\S+))?$/s.exec(body) ?? []
  return [
    { kind: 'words', text: `${words.charAt(0).toUpperCase()}${words.slice(1)}` },
    ...(href ? [{ kind: 'link' as const, text: `Read it here:\n${href}` }] : []),
  ]
}

/**
 * The same words for another channel, made from the parts of the e-mail, in the language in which they were said before.
 * Whoever rings reads the English.
 */
function inItsOwnForm(doing: Doing, message: Message, person: Person, channel: Channel): Shaped {
  const { subject, body } = message
  const layout = readLayout(message.layout, body) ?? null
  const english = englishOf(message)
  if (channel === message.channel) return asColumns({ subject, body, layout }, english)
  const again = (of: InOneLanguage, reader: Person) => {
    const { words, preferences } = wordsAgain(doing, message, of)
    const asked = askForAnother(message, channel)
    return shapedAgain(
      languageOf(of.layout),
      channel,
      reader,
      words,
      asked ? [asked] : [],
      doing,
      preferences,
    )
  }
  const told = channel === 'phone' && english ? undefined : again({ subject, body, layout }, person)
  const plain = english ?? { subject, body, layout }
  if (told) return asColumns(told, english && again(english, { ...person, language: null }))
  return asColumns(again(plain, person) ?? plain)
}

/** What was told, from the parts of the message that came back. */
function wordsAgain(
  { network, publicUrl }: Doing,
  message: Message,
  { subject, body, layout }: InOneLanguage,
): { words: Words; preferences: string | undefined } {
  const parts = message.channel === 'text' ? partsOfText(body) : partsOf(body, layout ?? undefined)
  const of = (kind: string) => parts.find(each => each.kind === kind)
  const link = linkOf(of('link') ?? { kind: 'link', text: '' })
  const prefix = `${network.shortName}: `
  const words: Words = {
    kind: message.kind,
    subject: subject.startsWith(prefix) ? subject.slice(prefix.length) : subject,
    paragraphs: parts.filter(each => each.kind === 'words').map(each => each.text),
    ...(layout?.short ? { short: layout.short } : {}),
    ...(link?.href.startsWith(`${publicUrl}/`)
      ? {
          link: {
            words: link.words,
            path: withoutMore(link.href).slice(publicUrl.length),
            ...(/[?&]sign-in(&|$)/.test(link.href) ? {} : { open: true as const }),
          },
        }
      : {}),
  }
  const preferences = linkOf(of('preferences') ?? { kind: 'preferences', text: '' })
  return { words, preferences: preferences && withoutMore(preferences.href) }
}

/**
 * The address works again, as its person or the team says: it is used from now on, and what waited for it goes out.
 * @param address this one only
 * @returns false when there was no trouble with it (any more)
 */
export async function worksAgain(doing: Doing, personId: number, address?: string): Promise<boolean> {
  const { tx, now } = doing
  const gone = await tx
    .deleteFrom('address_trouble')
    .where('person_id', '=', personId)
    .$if(address !== undefined, query => query.where('mark', '=', sql<string>`address_mark(${address})`))
    .returning('channel')
    .execute()
  if (gone.length === 0) return false
  await sql`update message set state = 'waiting', tries = 0, next_try_at = ${now}, trying_since = ${now},
      came_back_at = null, came_back_words = null, came_back_for = null, last_error = null
    where person_id = ${personId} and state = 'failed' and came_back_at is not null and told_instead_id is null
      and about_kind <> all (array['sign-in', 'account'])`.execute(tx)
  await doing.happened({ kind: 'person', id: personId }, [happened('address-works-again')])
  return true
}
