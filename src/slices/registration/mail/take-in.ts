import { sql } from 'kysely'
import { promisedBy } from '#kernel/clocks.ts'
import { happened } from '#kernel/decision.ts'
import { readBounce } from '#platform/delivery/bounce.ts'
import { takeInBounce } from '#platform/delivery/came-back.ts'
import type { Doing } from '#platform/doing.ts'
import { type CheckedFile, checkFile } from '#platform/files.ts'
import type { Slice } from '#platform/http/route.ts'
import type { FoundMail } from '#platform/mail/replies.ts'
import { type Told, tellAddress } from '#platform/outbox.ts'
import { register } from '../changes.ts'
import { forgetMail, mailFiles } from '../forget.ts'
import type { ApartBecause } from '../tables.ts'
import { type ReadMail, readMail, unreadMail } from './read.ts'

export type TakenIn =
  | { readonly kind: 'application'; readonly number: number; readonly mailId: number }
  /** It waits for a person's eyes; nothing was sent to anybody. */
  | { readonly kind: 'apart'; readonly because: ApartBecause; readonly mailId: number }
  | { readonly kind: 'already'; readonly mailId: number | undefined }
  /** A mail server told what became of a message of ours: noted there, and kept nowhere. */
  | { readonly kind: 'report' }
  /** The same about a message of another network, in which it is to be taken in. */
  | { readonly kind: 'report-elsewhere'; readonly networkId: number }
  /** A calendar's answer to an invitation; it went to the room that invited. */
  | { readonly kind: 'calendar' }
  /** Somebody whom we know wrote it, or it answers a message of ours. */
  | { readonly kind: 'passed-on'; readonly mailId: number }
  /** It may be about something for few eyes: it was not kept, and its writer hears so. */
  | { readonly kind: 'private' }
  | { readonly kind: 'unreadable' }

/** From one address in a day; what comes after waits for a person. */
const mostInADay = 3
/** So many files of one e-mail are kept as files; all of them stay in the e-mail itself. */
export const mostFiles = 10

export interface Around {
  /** E-mails from this address in the last 24 hours. */
  readonly lately: number
  /** Somebody with this address waits for our answer already. */
  readonly waiting: boolean
}

/** Whether an e-mail becomes an application by itself, or why it waits for a person. */
export function whyApart(mail: ReadMail, around: Around): ApartBecause | undefined {
  const because = whyNobodysWord(mail)
  if (because) return because
  if (around.lately >= mostInADay) return 'too-many'
  return around.waiting ? 'again' : undefined
}

function whyNobodysWord(mail: ReadMail): ApartBecause | undefined {
  if (mail.ourOwn) return 'our-own'
  if (mail.spam) return 'spam'
  if (mail.automatic) return 'automatic'
  return mail.from ? undefined : 'no-sender'
}

/** The ones that nobody needs to look at by a day: no person wrote them. */
const byAProgram: readonly ApartBecause[] = ['our-own', 'automatic', 'spam']

type Rooms = readonly Pick<Slice, 'calendarReplies' | 'letters'>[]

export interface HowTaken {
  /** So many bytes it has: only its headers are here. */
  readonly tooLarge?: number
  /** What cannot be read is kept for the team, too: whoever hands it over keeps it no longer. */
  readonly keepsUnreadable?: boolean
}

/**
 * An e-mail comes in, by whatever door. The original is kept; it is taken in once, however often it is handed over;
 * a program that answers is never answered.
 * @param server see `readMail`
 * @param rooms those that sent out something that a calendar can answer, and the one that knows whose e-mail it is
 */
export async function takeInMail(
  doing: Doing,
  raw: Uint8Array,
  server: string | undefined,
  rooms: Rooms = [],
  how: HowTaken = {},
): Promise<TakenIn> {
  const bounce = await readBounce(raw)
  const taken = bounce && (await takeInBounce(doing, bounce))
  if (taken?.kind === 'seen-to') return { kind: 'report' }
  if (taken?.kind === 'elsewhere') return { kind: 'report-elsewhere', networkId: taken.networkId }
  const read = await readMail(raw, server)
  if (!read && (!how.keepsUnreadable || raw.length === 0)) return { kind: 'unreadable' }
  const mail = read ?? unreadMail(raw)
  if (await wasForACalendar(doing, mail, rooms)) return { kind: 'calendar' }
  const letters = rooms.find(each => each.letters)?.letters
  const letter =
    mail.from && !whyNobodysWord(mail) ? { ...mail, from: mail.from, words: mail.ownWords } : undefined
  const found = letter && (await letters?.find(doing, letter))
  if (letter && found?.kind === 'private') {
    await letters?.sayNotRead(doing, found, letter)
    return { kind: 'private' }
  }
  const because = !read
    ? 'unreadable'
    : (whyNobodysWord(mail) ??
      (how.tooLarge ? 'too-large' : undefined) ??
      (found
        ? found.kind === 'apart'
          ? found.because
          : undefined
        : whyApart(mail, await aroundOf(doing, mail))))
  const mailId = await keepMail(doing, raw, mail, because)
  if (mailId === undefined) return { kind: 'already', mailId: await theOne(doing, mail) }
  if (because) {
    await doing.happened({ kind: mailFiles, id: mailId }, [happened('kept-apart', { because })])
    if (because === 'too-large' && how.tooLarge) await sayTooLarge(doing, mail, mailId, found)
    return { kind: 'apart', because, mailId }
  }
  if (letter && letters && found?.kind === 'known') {
    await doing.tx
      .updateTable('application_mail')
      .set({ state: 'passed-on' })
      .where('id', '=', mailId)
      .execute()
    await letters.take(doing, found, letter, mailId)
    return { kind: 'passed-on', mailId }
  }
  const number = await makeApplication(doing, mailId)
  return { kind: 'application', number: number!, mailId }
}

/** @returns undefined when it was here before */
async function keepMail(
  doing: Doing,
  raw: Uint8Array,
  mail: ReadMail,
  because: ApartBecause | undefined,
): Promise<number | undefined> {
  const { files, leftOut } = await filesIn(mail)
  const made = await doing.tx
    .insertInto('application_mail')
    .values({
      network_id: doing.network.id,
      message_key: mail.messageKey,
      content_hash: mail.contentHash,
      from_address: mail.from?.address ?? '',
      from_name: mail.from?.name ?? '',
      subject: mail.subject,
      words: mail.words,
      verified: mail.verified,
      state: 'apart',
      apart_because: because ?? null,
      application_id: null,
      files_left_out: JSON.stringify(leftOut),
      received_at: doing.now,
      due_on:
        because && !byAProgram.includes(because)
          ? promisedBy('conversation', doing.today, doing.network.clocks)
          : null,
    })
    .onConflict(on => on.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return undefined
  const original: CheckedFile = { name: 'e-mail.eml', type: 'message/rfc822', bytes: raw }
  const thing = { kind: mailFiles, id: made.id }
  const by = doing.actor?.personId ?? null
  await doing.files.keep(doing.tx, doing.network.id, thing, [original, ...files], by, doing.now)
  return made.id
}

/** Whoever wrote it hears that it did not come; somebody whom nobody vouches for is not answered. */
async function sayTooLarge(
  doing: Doing,
  mail: ReadMail,
  mailId: number,
  found: FoundMail | undefined,
): Promise<void> {
  const told: Told = {
    key: `mail-too-large:${mailId}`,
    kind: 'mail-too-large',
    subject: 'your e-mail was too large',
    paragraphs: [
      'You sent us an e-mail that is larger than we can take, which is 25 MB. So what you wrote and its files did not reach us.',
      'Please send it again with smaller files, or in several e-mails. You can also ring us.',
    ],
    short: 'your e-mail was too large. Please send it again with smaller files, or ring us.',
    about: { kind: mailFiles, id: String(mailId) },
  }
  if (found?.kind === 'known') await doing.tell({ ...told, personId: found.personId })
  else if (mail.verified && mail.from) {
    const { address, name } = mail.from
    await tellAddress(doing.tx, doing, { name: name || address, channel: 'email', address }, told, doing.now)
  }
}

async function wasForACalendar(
  doing: Doing,
  { from, verified, to, calendars }: ReadMail,
  rooms: Rooms,
): Promise<boolean> {
  if (calendars.length === 0) return false
  for (const { calendarReplies } of rooms) {
    if (await calendarReplies?.(doing, { from: from?.address, verified, to, calendars })) return true
  }
  return false
}

async function aroundOf(doing: Doing, { from }: ReadMail): Promise<Around> {
  if (!from) return { lately: 0, waiting: false }
  const found = await sql<Around>`
    select (select count(*)::int from application_mail m where lower(m.from_address) = lower(${from.address})
              and m.received_at > ${doing.now.subtract({ hours: 24 })}) as lately,
      exists (select 1 from application a
              join person p on p.network_id = a.network_id and p.id = a.person_id
              where a.due_on is not null
                and (lower(p.email) = lower(${from.address}) or lower(a.shared_email) = lower(${from.address})))
        as waiting`.execute(doing.tx)
  return found.rows[0]!
}

async function theOne(doing: Doing, mail: ReadMail): Promise<number | undefined> {
  const found = await doing.tx
    .selectFrom('application_mail')
    .select('id')
    .where(eb => eb.or([eb('message_key', '=', mail.messageKey), eb('content_hash', '=', mail.contentHash)]))
    .executeTakeFirst()
  return found?.id
}

/** Each file goes through the same door as an upload: its content decides what it is. */
async function filesIn(mail: ReadMail): Promise<{ files: CheckedFile[]; leftOut: string[] }> {
  const files: CheckedFile[] = []
  const leftOut: string[] = []
  for (const each of mail.attachments) {
    if (files.length >= mostFiles) {
      leftOut.push(`${each.name}: there were more than ${mostFiles} files`)
      continue
    }
    const checked = await checkFile(new File([each.bytes as Uint8Array<ArrayBuffer>], each.name))
    if (checked.ok) files.push(checked.file)
    else leftOut.push(checked.sentence)
  }
  return { files, leftOut }
}

/** An e-mail becomes an application: by itself, or because somebody of the team said so. @returns its number */
export async function makeApplication(doing: Doing, mailId: number): Promise<number | undefined> {
  const mail = await doing.tx
    .selectFrom('application_mail')
    .selectAll()
    .where('id', '=', mailId)
    .where('state', '=', 'apart')
    .executeTakeFirst()
  if (!mail || mail.from_address === '') return undefined
  const { id, number } = await register(
    doing,
    {
      name: mail.from_name || mail.from_address,
      channel: 'email',
      contact: mail.from_address,
      words: mail.words,
      help: '',
    },
    { how: 'email', ...(mail.verified ? {} : { unverified: true }), nameless: mail.from_name === '' },
  )
  await join(doing, mailId, id)
  return number
}

/** The team says: it is from somebody whose application we have. */
export async function addToApplication(doing: Doing, mailId: number, applicationId: number): Promise<void> {
  await join(doing, mailId, applicationId)
  await doing.happened({ kind: 'application', id: applicationId }, [happened('mail-added')])
}

async function join(doing: Doing, mailId: number, applicationId: number): Promise<void> {
  await doing.tx
    .updateTable('application_mail')
    .set({ state: 'joined', application_id: applicationId, due_on: null })
    .where('id', '=', mailId)
    .execute()
}

/** The team says: it is nothing for us. The words go; that it was here stays, so that it does not come again. */
export async function letGo(doing: Doing, mailId: number): Promise<void> {
  await forgetMail(doing, mailId)
  await doing.happened({ kind: mailFiles, id: mailId }, [happened('deleted')])
}
