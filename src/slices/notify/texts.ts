import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Instant } from '#platform/database/tables.ts'
import { startTexts, stopTexts } from '#platform/delivery/text-stop.ts'
import { type Doing, doingOf } from '#platform/doing.ts'
import type { House } from '#platform/house.ts'
import { beginThread, writeInThread } from '#slices/messages/index.ts'
import { meantBy } from './stop-words.ts'

export interface ReceivedText {
  readonly id: string
  readonly number: string
  readonly words: string
}

interface Known {
  readonly id: number
  readonly name: string
  readonly known_as: string
}

const longestWords = 2000
/** A word about a concern that went out so shortly before may be what is answered. */
const hoursOfPrivacy = 24

/**
 * A text message came in. STOP and START are done at once for everybody who has the number. Any other is read by the team,
 * with the text that it answers; what may be about something private is kept nowhere. Harmless when it comes twice.
 */
export async function takeInText(house: House, doing: Doing, text: ReceivedText): Promise<void> {
  const { tx, network, now } = doing
  const words = text.words.replaceAll('\u0000', '').trim().slice(0, longestWords)
  const meant = meantBy(words)
  const people = await peopleOf(doing, text.number)
  const last = people.length > 0 ? await lastTextTo(doing, people) : undefined
  if (last?.private && meant !== 'stop' && meant !== 'start') {
    await sayNotRead(doing, last, text.id)
    return
  }
  const whose = people.length === 1 ? people[0] : people.find(each => each.id === last?.personId)
  const what =
    meant === 'stop' || meant === 'start' ? meant : meant === 'nothing' || !whose ? 'apart' : 'reply'
  const apart = what === 'apart' || people.length === 0
  const noted = await tx
    .insertInto('text_in')
    .values({
      network_id: network.id,
      notify_id: text.id,
      received_at: now,
      what,
      person_id: apart ? null : (whose ?? people[0])!.id,
      number: apart ? text.number : null,
      words: apart ? words : null,
      answers_message_id: what === 'reply' ? (last?.messageId ?? null) : null,
      thread_id: null,
    })
    .onConflict(on => on.columns(['network_id', 'notify_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!noted) return
  if (meant === 'stop') {
    await stopTexts(doing, text.number, people)
    // Who left and still wanted to hear wants it no more.
    await sql`update last_address set for_answers = false, for_thanks = false
      where channel = 'text' and number_of(address) = number_of(${text.number})`.execute(tx)
  }
  if (meant === 'start') await startTexts(doing, text.number, people, 'text')
  if (what === 'reply' && whose) {
    const threadId = await passOn(house, doing, whose, words, last)
    await tx.updateTable('text_in').set({ thread_id: threadId }).where('id', '=', noted.id).execute()
  }
}

/** Everybody who has this number, however it is written. */
async function peopleOf({ tx }: Doing, number: string): Promise<readonly Known[]> {
  if (!/\d{6}/.test(number.replace(/\D/g, ''))) return []
  return await tx
    .selectFrom('person')
    .select(['id', 'name', 'known_as'])
    .where('left_on', 'is', null)
    .where('phone', 'is not', null)
    .where(sql<boolean>`number_of(phone) = number_of(${number})`)
    .orderBy('id')
    .forUpdate()
    .execute()
}

interface LastText {
  readonly messageId: number
  readonly personId: number
  readonly subject: string
  readonly aboutKind: string
  readonly aboutId: string
  /** It, or one of shortly before, was for its reader alone. */
  readonly private: boolean
}

async function lastTextTo({ tx, now }: Doing, people: readonly Known[]): Promise<LastText | undefined> {
  const sent = await sql<{
    id: number
    person_id: number
    subject: string
    about_kind: string
    about_id: string
    sent_at: Instant
  }>`
    select id, person_id, coalesce(english ->> 'subject', subject) as subject, about_kind, about_id, sent_at from message
    where person_id = any(${people.map(each => each.id)}::integer[]) and channel = 'text' and state in ('sent', 'done')
    order by sent_at desc nulls last, id desc limit 20`.execute(tx)
  const [last] = sent.rows
  if (!last) return undefined
  const untold = (each: { about_kind: string }) =>
    each.about_kind === 'concern' || each.about_kind === 'own-space-private'
  const since = now.subtract({ hours: hoursOfPrivacy })
  const hidden = sent.rows.find(
    each =>
      untold(each) && (each === last || (each.sent_at && Temporal.Instant.compare(each.sent_at, since) >= 0)),
  )
  const it = hidden ?? last
  return {
    messageId: it.id,
    personId: it.person_id,
    subject: it.subject,
    aboutKind: it.about_kind,
    aboutId: it.about_id,
    private: hidden !== undefined,
  }
}

/** Nobody of the team may read it, and nothing may lie about: its writer hears so. */
async function sayNotRead(doing: Doing, last: LastText, textId: string): Promise<void> {
  await doing.tell({
    key: `text-not-read:${textId}`,
    personId: last.personId,
    kind: 'text-not-read',
    subject: 'we did not read your text message',
    paragraphs: [
      'You answered by text message. It may be about something private, so nobody read it and we did not keep it.',
      'Please sign in and write it there.',
    ],
    short: 'To keep you safe, nobody read your text. Please sign in and write it there.',
    link: { path: `/${doing.network.slug}/home`, words: 'Sign in' },
    about: { kind: last.aboutKind, id: last.aboutId },
  })
}

/** To the team, in their own words: into the message that our text told of, or as a new one. */
async function passOn(
  house: House,
  doing: Doing,
  from: Known,
  words: string,
  last: LastText | undefined,
): Promise<number | null> {
  const { tx, network, now } = doing
  const actor = {
    networkId: network.id,
    personId: from.id,
    name: from.name,
    knownAs: from.known_as,
    posts: [],
    memberships: [],
    trustIds: [],
  }
  const theirs = doingOf(house, tx, network, actor, now)
  if (last?.aboutKind === 'message-thread' && last.personId === from.id) {
    const thread = await tx
      .selectFrom('message_thread')
      .select('id')
      .where('id', '=', Number(last.aboutId))
      .where('kind', '=', 'team')
      .where('person_id', '=', from.id)
      .executeTakeFirst()
    if (thread && (await writeInThread(theirs, thread.id, { words, how: 'text' })).accepted) return thread.id
  }
  const prefix = `${network.shortName}: `
  const about = last?.subject.startsWith(prefix) ? last.subject.slice(prefix.length) : last?.subject
  const begun = await beginThread(theirs, {
    to: { kind: 'team' },
    personId: from.id,
    subject: about ? `Answer to our text: ${about}`.slice(0, 150) : 'A text message',
    words,
    how: 'text',
  })
  return begun.accepted ? begun.id : null
}
