import { sql } from 'kysely'
import type { Instant } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { AnsweredMessage, FoundMail, IncomingMail } from '#platform/mail/replies.ts'
import { isForFewEyes } from '#platform/mail/reply-address.ts'
import { readSignedAddress } from '#platform/mail/signed-address.ts'
import { looksLikeAView } from './meaning.ts'

/** From one person in a day; what comes after waits for the team. */
const mostInADay = 20
/** Of what nobody vouches for: each is read back, and whoever has the address shall not be flooded. */
const mostUnsure = 3
/** A word for few eyes that went out so shortly before may be what is answered, also when the e-mail does not say so. */
const daysOfPrivacy = 7

interface Sent {
  id: number
  kind: string
  about_kind: string
  about_id: string
  person_id: number
  address: string
  created_at: Instant
  subject: string
}

/** Whose e-mail it is and what it answers: by the address that it was sent to, by what it names, by its sender. */
export async function findMail(doing: Doing, mail: IncomingMail): Promise<FoundMail | undefined> {
  const answered = await answeredMessage(doing, mail)
  const personIds = await peopleWith(doing, mail.from.address)
  const hidden =
    answered && isForFewEyes(answered.about.kind)
      ? answered
      : answered
        ? undefined
        : await perhapsForFewEyes(doing, mail, personIds)
  if (hidden) return { kind: 'private', personId: hidden.personId, about: hidden.about }
  if (!answered && personIds.length === 0)
    return looksLikeAView(mail.words) ? { kind: 'apart', because: 'perhaps-a-view' } : undefined
  if (!answered && personIds.length > 1) return { kind: 'apart', because: 'shared-address' }
  if (!answered && (await isApplying(doing, mail.from.address))) return undefined
  const personId = answered?.personId ?? personIds[0]!
  const most = answered || mail.verified ? mostInADay : mostUnsure
  if ((await lately(doing, personId)) >= most) return { kind: 'apart', because: 'too-many' }
  return { kind: 'known', personId, answers: answered }
}

async function answeredMessage(doing: Doing, mail: IncomingMail): Promise<AnsweredMessage | undefined> {
  const named = mail.to
    .map(each => readSignedAddress(each, doing.seal, 'reply'))
    .find(each => each?.networkId === doing.network.id)
  if (named) {
    const sent = await sentMessage(doing, sql`m.id = ${named.messageId}`)
    if (sent) return asAnswered(sent)
  }
  if (mail.references.length === 0) return undefined
  // What it names is known to whoever has the e-mail; only its own reader is believed.
  const sent = await sentMessage(
    doing,
    sql`m.sent_as = any(${[...mail.references]}::text[]) and lower(m.address) = lower(${mail.from.address})`,
  )
  return sent && asAnswered(sent)
}

async function sentMessage(doing: Doing, which: ReturnType<typeof sql>): Promise<Sent | undefined> {
  const found = await sql<Sent>`
    select m.id, m.kind, m.about_kind, m.about_id, m.person_id, m.address, m.created_at,
      coalesce(m.english ->> 'subject', m.subject) as subject
    from message m join person p on p.network_id = m.network_id and p.id = m.person_id
    where ${which} and p.left_on is null order by m.id desc limit 1`.execute(doing.tx)
  return found.rows[0]
}

export const asAnswered = (sent: Omit<Sent, 'address'>): AnsweredMessage => ({
  id: sent.id,
  kind: sent.kind,
  about: { kind: sent.about_kind, id: sent.about_id },
  personId: sent.person_id,
  at: sent.created_at,
  subject: sent.subject,
})

/** An answer that lost what it answers, but has its subject. */
async function perhapsForFewEyes(
  doing: Doing,
  { subject }: IncomingMail,
  personIds: readonly number[],
): Promise<AnsweredMessage | undefined> {
  const bare = subject.replace(/^((re|aw|sv|antw|fw|fwd|wg|atb|yml|جواب)\s*:\s*)+/i, '').trim()
  if (personIds.length === 0 || bare === '') return undefined
  const found = await sql<Sent>`
    select m.id, m.kind, m.about_kind, m.about_id, m.person_id, m.address, m.created_at, m.subject from message m
    where m.person_id = any(${[...personIds]}::integer[]) and lower(m.subject) = lower(${bare})
      and m.created_at > ${doing.now.subtract({ hours: 24 * daysOfPrivacy })}
    order by m.id desc limit 20`.execute(doing.tx)
  const hidden = found.rows.find(each => isForFewEyes(each.about_kind))
  return hidden && asAnswered(hidden)
}

async function peopleWith({ tx }: Doing, address: string): Promise<number[]> {
  const found = await sql<{ id: number }>`select id from person
    where lower(email) = lower(${address}) and left_on is null order by id limit 5`.execute(tx)
  return found.rows.map(each => each.id)
}

/** They wait for us to get in touch: the team reads what they write, beside their application. */
async function isApplying({ tx }: Doing, address: string): Promise<boolean> {
  const found = await sql<{ applies: boolean }>`select exists (select 1 from application a
      join person p on p.network_id = a.network_id and p.id = a.person_id
      where a.due_on is not null
        and (lower(p.email) = lower(${address}) or lower(a.shared_email) = lower(${address}))) as applies`.execute(
    tx,
  )
  return found.rows[0]!.applies
}

async function lately({ tx, now }: Doing, personId: number): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from mail_reply
    where person_id = ${personId} and came_at > ${now.subtract({ hours: 24 })}`.execute(tx)
  return found.rows[0]!.n
}
