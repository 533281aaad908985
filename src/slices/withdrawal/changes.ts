import { sql } from 'kysely'
import { dateInWords } from '#kernel/calendar/words.ts'
import { promisedBy } from '#kernel/clocks.ts'
import { type Decision, happened, type Refusal } from '#kernel/decision.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { askTogether } from '#platform/database/questions.ts'
import type { PlainDate, Row, Tx } from '#platform/database/tables.ts'
import { asPerson, type Doing } from '#platform/doing.ts'
import type { Slice, WhatLeavingMeans } from '#platform/http/route.ts'
import { afterRest } from '#slices/contributions/index.ts'
import { endSessionsOf } from '#slices/sign-in/index.ts'
import { ask, callOff, earliest, type Goodbye, leave, thank } from './goodbye.ts'
import { withdrawalPaths as paths } from './paths.ts'

export type LeavingRow = Row<'leaving'>

export interface LeavingWish {
  readonly onDay: PlainDate
  readonly answersWanted: boolean
  readonly views: 'as-they-are' | 'anonymous'
  readonly thanksWanted: boolean
  readonly remembered: boolean
  readonly reason: string
  readonly how: LeavingRow['how']
}

type Done = { readonly accepted: true } | Refusal

const readGoodbye = (row: Pick<LeavingRow, 'state' | 'on_day' | 'thanked_at'>): Goodbye =>
  row.state === 'planned'
    ? { state: 'planned', onDay: row.on_day }
    : row.state === 'done'
      ? { state: 'done', onDay: row.on_day, thanked: row.thanked_at !== null }
      : { state: 'called-off' }

/** What all rooms say that leaving means for this person, in one statement. */
export async function whatLeavingMeans(
  tx: Tx,
  slices: readonly Slice[],
  personId: number,
): Promise<Required<WhatLeavingMeans>> {
  const parts = await askTogether(
    tx,
    slices.flatMap(each => (each.leaving ? [each.leaving.says(personId)] : [])),
  )
  return {
    goes: parts.flatMap(each => each.goes ?? []),
    stays: parts.flatMap(each => each.stays ?? []),
    handedOver: parts.flatMap(each => each.handedOver ?? []),
  }
}

/** The first day on which this person can leave, by their own word or by the team's note of it. */
async function firstDayOf(
  doing: Pick<Doing, 'tx' | 'actor' | 'today'>,
  personId: number,
): Promise<PlainDate> {
  if (doing.actor === undefined || doing.actor.personId === personId) return doing.today
  const { channel } = await doing.tx
    .selectFrom('person')
    .select('channel')
    .where('id', '=', personId)
    .executeTakeFirstOrThrow()
  return earliest('the-team', channel, doing.today)
}

/**
 * Somebody leaves: at once when the day is today, else on that day. By themselves; or written down by the team from a
 * call or a letter, and then they are told so first and can call it off.
 */
export async function askToLeave(
  doing: Doing,
  slices: readonly Slice[],
  personId: number,
  wish: LeavingWish,
): Promise<Decision<{ id: number; left: boolean }> | Refusal> {
  const step = ask(wish.onDay, await firstDayOf(doing, personId), doing.today)
  if (!step.accepted) return step
  const recorded = doing.actor !== undefined && doing.actor.personId !== personId
  const atOnce = wish.onDay.equals(doing.today)
  // A wish from before gives way to this one.
  await doing.tx
    .updateTable('leaving')
    .set({ state: 'called-off', version: sql`version + 1` })
    .where('person_id', '=', personId)
    .where('state', '=', 'planned')
    .execute()
  const row = await doing.tx
    .insertInto('leaving')
    .values({
      network_id: doing.network.id,
      person_id: personId,
      asked_at: doing.now,
      how: wish.how,
      recorded_by_person_id: recorded ? doing.actor!.personId : null,
      on_day: wish.onDay,
      answers_wanted: wish.answersWanted,
      views: wish.views,
      thanks_wanted: wish.thanksWanted,
      remembered: wish.remembered,
      reason: wish.reason,
      state: 'planned',
      thanks_due_on: wish.thanksWanted ? promisedBy('thank-you', wish.onDay, doing.network.clocks) : null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'leaving', id: row.id }, step.events)
  if (!atOnce) {
    const { slug, phone } = doing.network
    await doing.tell({
      key: `leaving-planned:${row.id}`,
      personId,
      kind: 'leaving-planned',
      subject: 'your wish to leave',
      paragraphs: [
        `You told us that you want to leave. Your last day here is ${dateInWords(wish.onDay.subtract({ days: 1 }))}. Until then you can stay after all.`,
        phone
          ? `If that is not what you said, ring us on ${theirs(phone)}.`
          : 'If that is not what you said, tell us.',
      ],
      link: { path: paths.leave(slug), words: 'See it, leave today, or stay after all' },
      about: { kind: 'withdrawal', id: String(row.id) },
    })
  }
  if (atOnce) await leaveNow(doing, slices, row)
  return { accepted: true, state: { id: row.id, left: atOnce }, events: [] }
}

/** Does it: in each room what that room says, and then the person's own row forgets how to reach them (R8, R9). */
export async function leaveNow(doing: Doing, slices: readonly Slice[], row: LeavingRow): Promise<Done> {
  const step = leave(readGoodbye(row), doing.today)
  if (!step.accepted) return step
  const { tx } = doing
  const personId = row.person_id
  const before = await tx
    .selectFrom('person')
    .selectAll()
    .select(
      sql<string | null>`(select w.language from preference w where w.network_id = person.network_id
        and w.person_id = person.id)`.as('language'),
    )
    .where('id', '=', personId)
    .where('left_on', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!before) return { accepted: true }
  const choices = { answersWanted: row.answers_wanted, views: row.views }
  // First, so that whoever takes over is looked for among those who stay.
  await endPlaces(doing, personId)
  // What is for this person’s eyes only can be deleted only as them.
  await asPerson(doing, personId, async () => {
    for (const slice of slices) await slice.leaving?.leave(doing, personId, choices)
  })
  await keepLastAddress(doing, before, row)
  await forgetPerson(doing, before)
  await tx
    .updateTable('leaving')
    .set({ state: 'done', done_at: doing.now, version: row.version + 1 })
    .where('id', '=', row.id)
    .execute()
  await doing.happened({ kind: 'leaving', id: row.id }, step.events)
  return { accepted: true }
}

/** From today on they hold nothing here; the days until yesterday stay. */
async function endPlaces({ tx, today }: Doing, personId: number): Promise<void> {
  const last = today.subtract({ days: 1 })
  for (const table of ['membership', 'post_holding', 'trust_contact'] as const) {
    await tx
      .updateTable(table)
      .set({ to_on: last })
      .where('person_id', '=', personId)
      .where(eb => eb.or([eb('to_on', 'is', null), eb('to_on', '>', last)]))
      .execute()
  }
  await tx.deleteFrom('absence').where('person_id', '=', personId).execute()
}

const addressOf = (person: Pick<Row<'person'>, 'channel' | 'email' | 'phone' | 'postal_address'>) =>
  ({ email: person.email, text: person.phone, phone: person.phone, post: person.postal_address })[
    person.channel
  ]

async function keepLastAddress(
  doing: Doing,
  person: Row<'person'> & { language: string | null },
  row: LeavingRow,
): Promise<void> {
  const address = addressOf(person)
  const forAnswers = row.answers_wanted && (await hasOpenLoops(doing.tx, person.id))
  const forThanks = row.thanks_wanted && row.thanked_at === null
  if (address === null || !(forAnswers || forThanks)) return
  await doing.tx
    .insertInto('last_address')
    .values({
      network_id: doing.network.id,
      person_id: person.id,
      channel: person.channel,
      address,
      for_answers: forAnswers,
      for_thanks: forThanks,
      until: doing.today.add(forAnswers ? { months: 12 } : { months: 1 }),
      language: person.language,
    })
    .onConflict(on => on.columns(['network_id', 'person_id']).doNothing())
    .execute()
}

/** What they said or asked, and have not heard the end of. */
async function hasOpenLoops(tx: Tx, personId: number): Promise<boolean> {
  const found = await sql<{ open: boolean }>`select
    exists (select from contributor b join contribution c on c.network_id = b.network_id and c.id = b.contribution_id
      where b.person_id = ${personId} and b.withdrawn_at is null
        and c.state not in ('closed', 'ended-unanswered', 'withdrawn'))
    or exists (select from chair_request where asker_person_id = ${personId} and state not in ('closed', 'withdrawn')) as open`.execute(
    tx,
  )
  return found.rows[0]!.open
}

/** The person's own row, messages, drafts and sign-in: name and days stay for minutes, votes and views (R9). */
async function forgetPerson(doing: Doing, person: Row<'person'>): Promise<void> {
  const { tx, files } = doing
  const drafts = await tx
    .deleteFrom('stored_file')
    .where('thing_kind', '=', 'draft')
    .where('thing_id', '=', person.id)
    .returning('store_key')
    .execute()
  for (const each of drafts) await files.forget(each)
  await tx.deleteFrom('draft').where('person_id', '=', person.id).execute()
  await tx.deleteFrom('home_visit').where('person_id', '=', person.id).execute()
  // Some are for their reader alone: whoever writes down that somebody leaves does not find them.
  await asPerson(doing, person.id, () => forgetMessages(doing, person.id))
  // Letters from before this service, which carry the address.
  if (person.email !== null)
    await sql`delete from past_mail where strpos(lower(sender || ' ' || receivers || ' ' || words), lower(${person.email})) > 0`.execute(
      tx,
    )
  await tx
    .updateTable('person')
    .set({
      account_id: null,
      email: null,
      phone: null,
      postal_address: null,
      large_print: false,
      help_words: '',
      trust_id: null,
      trust_may_know: false,
      paused_from: null,
      paused_until: null,
      left_on: doing.today,
    })
    .where('id', '=', person.id)
    .execute()
  if (person.account_id !== null) await forgetAccount(tx, person.account_id)
}

/** Signed out everywhere. The sign-in itself goes, unless another network knows this account, too. */
async function forgetAccount(tx: Tx, accountId: string): Promise<void> {
  await endSessionsOf(tx, accountId)
  const others = await sql`select from networks_of_account(${accountId})`.execute(tx)
  if (others.rows.length > 0) return
  const account = await tx
    .deleteFrom('account')
    .where('id', '=', accountId)
    .returning('email')
    .executeTakeFirst()
  if (account) {
    await sql`delete from verification where strpos(lower(identifier || ' ' || value), ${account.email.toLowerCase()}) > 0`.execute(
      tx,
    )
  }
}

/**
 * What was sent to them, and where. What is still to be sent of what they wanted to hear stays until it is gone.
 * @param all also that
 */
async function forgetMessages({ tx }: Pick<Doing, 'tx'>, personId: number, all = false): Promise<void> {
  const wanted = all
    ? sql`false`
    : sql`(m.state in ('waiting', 'sending', 'by-hand') and (m.kind in ('thank-you', 'leaving-planned')
        or (m.about_kind in ('contribution', 'chair-request')
            and exists (select from last_address l where l.person_id = m.person_id and l.for_answers))))`
  await sql`delete from message_note n using message m
            where m.network_id = n.network_id and m.id = n.message_id and m.person_id = ${personId} and not ${wanted}`.execute(
    tx,
  )
  await sql`update message m set address = '', subject = 'Deleted', body = 'Deleted, because this person left.', layout = null, english = null,
              last_error = null, attachment = null,
              state = case when m.state in ('waiting', 'sending', 'by-hand', 'failed') then 'done' else m.state end
            where m.person_id = ${personId} and m.subject <> 'Deleted' and not ${wanted}`.execute(tx)
}

/**
 * Addresses that were kept for an answer or a thank-you go as soon as these are out, or when their time is over; so do
 * the messages that carried them.
 */
export async function forgetLastAddresses(doing: Doing): Promise<void> {
  const { tx, today } = doing
  const rows = await tx.selectFrom('last_address').selectAll().execute()
  for (const each of rows) {
    const over = each.until.toString() < today.toString()
    const forAnswers = !over && each.for_answers && (await hasOpenLoops(tx, each.person_id))
    if (forAnswers || (each.for_thanks && !over)) continue
    const onTheWay = await tx
      .selectFrom('message')
      .select('id')
      .where('person_id', '=', each.person_id)
      .where('state', 'in', ['waiting', 'sending', 'by-hand'])
      .limit(1)
      .executeTakeFirst()
    if (onTheWay && !over) continue
    await tx.deleteFrom('last_address').where('person_id', '=', each.person_id).execute()
  }
  // And what went out since: once it is sent, nothing of where to is kept.
  const left = await sql<{ person_id: number }>`select distinct m.person_id from message m
    join person p on p.network_id = m.network_id and p.id = m.person_id
    where p.left_on is not null and m.address <> '' and m.state not in ('waiting', 'sending', 'by-hand')`.execute(
    tx,
  )
  for (const { person_id } of left.rows) await forgetMessages(doing, person_id)
}

export async function stayAfterAll(doing: Doing, row: LeavingRow): Promise<Done> {
  const step = callOff(readGoodbye(row))
  if (!step.accepted) return step
  await doing.tx
    .updateTable('leaving')
    .set({ state: 'called-off', reason: '', thanks_due_on: null, version: row.version + 1 })
    .where('id', '=', row.id)
    .execute()
  await doing.happened({ kind: 'leaving', id: row.id }, step.events)
  return { accepted: true }
}

/** In somebody's own words, by the channel of who leaves. Their reason is not needed any more. */
export async function thankFor(doing: Doing, row: LeavingRow, words: string): Promise<Done> {
  const step = thank(readGoodbye(row), words)
  if (!step.accepted) return step
  await doing.tell({
    key: `thank-you:${row.id}`,
    personId: row.person_id,
    kind: 'thank-you',
    subject: 'thank you',
    paragraphs: [theirs(words), theirs(doing.actor?.name ?? doing.network.name)],
    short: 'Thank you for all you did with us.',
    about: { kind: 'withdrawal', id: String(row.id) },
  })
  await doing.tx
    .updateTable('leaving')
    .set({
      thanks: words,
      thanked_at: doing.now,
      thanked_by_person_id: doing.actor?.personId ?? null,
      reason: '',
      version: row.version + 1,
    })
    .where('id', '=', row.id)
    .execute()
  await doing.tx
    .updateTable('last_address')
    .set({ for_thanks: false })
    .where('person_id', '=', row.person_id)
    .execute()
  await doing.happened({ kind: 'leaving', id: row.id }, step.events)
  return { accepted: true }
}

/**
 * A time of rest, from a day to a day or until they say; or its end, from which their own time to answer goes on. Who rests
 * already and says how long has rested since the first day.
 */
export async function rest(
  doing: Doing,
  personId: number,
  span: { from: PlainDate; until: PlainDate | null } | null,
): Promise<void> {
  const { paused_from: since } = await doing.tx
    .selectFrom('person')
    .select('paused_from')
    .where('id', '=', personId)
    .executeTakeFirstOrThrow()
  await doing.tx
    .updateTable('person')
    .set({ paused_from: span ? (since ?? span.from) : null, paused_until: span?.until ?? null })
    .where('id', '=', personId)
    .execute()
  if (!span && since) await afterRest(doing, personId, since)
  await doing.happened({ kind: 'person', id: personId }, [
    span
      ? happened('rests', { from: span.from.toString(), until: span.until?.toString() ?? null })
      : happened('rest-ended'),
  ])
}
