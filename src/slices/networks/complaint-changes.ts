import { dateInWords } from '#kernel/calendar/words.ts'
import { happened, type Refusal, refuse } from '#kernel/decision.ts'
import { readReference, reference } from '#kernel/references.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Channel, Row } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { type HistoryEntry, historyOf } from '#platform/history.ts'
import { type Told, tellAddress } from '#platform/outbox.ts'
import { nextNumber } from '#platform/references.ts'
import { answerComplaint, giveNews, receiveComplaint } from './complaint.ts'
import { complaintReaderIds } from './complaint-readers.ts'
import type { ComplaintHow } from './tables.ts'

export interface ComplaintGiven {
  readonly words: string
  readonly name: string
  readonly channel: Channel
  readonly address: string
  readonly how: ComplaintHow
  /** Staff who wrote down what somebody told them. */
  readonly recorded: boolean
  /** Of the page on which they told us. */
  readonly language?: string
}

export type ComplaintRow = Row<'data_complaint'>

/** Written down with a reference, and acknowledged at once in the way the person chose. */
export async function raiseComplaint(doing: Doing, given: ComplaintGiven): Promise<number> {
  const { tx, network, actor, now, today } = doing
  const { lastDay, updateBy } = receiveComplaint(today)
  const number = await nextNumber(tx, network.id, 'data-complaint', 1)
  const made = await tx
    .insertInto('data_complaint')
    .values({
      network_id: network.id,
      number,
      words: given.words,
      name: given.name,
      channel: given.channel,
      address: given.address,
      person_id: given.recorded ? null : (actor?.personId ?? null),
      how: given.how,
      recorded_by_person_id: given.recorded ? (actor?.personId ?? null) : null,
      received_at: now,
      // On the website the next page says it at once.
      acknowledged_at: given.recorded && goesByHand(given.channel) ? null : now,
      last_day: lastDay,
      update_by: updateBy,
      outcome: null,
      answered_at: null,
      answered_by_person_id: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'data-complaint', id: made.id }, [happened('complaint-received', {})])
  await tellComplainant(doing, given, number, {
    key: `data-complaint-received:${made.id}`,
    subject: `we have what you sent us, ${reference('D', number)}`,
    paragraphs: [
      `Thank you. We have what you told us about how we use your data. Its number is ${reference('D', number)}.`,
      `Only the person who looks after data protection reads it. They look into it now, and you hear from us again by ${dateInWords(updateBy!)}. By law we had until ${dateInWords(lastDay)} to tell you that we have it.`,
      'You can also go to the Information Commissioner’s Office (ICO): ico.org.uk or 0303 123 1113.',
    ],
  })
  // The one who reads it is told that something is there, and nothing more.
  const contacts = await complaintReaderIds(doing.tx, doing.today)
  await doing.tell(
    ...contacts.map(personId => ({
      key: `data-complaint-new:${made.id}:${personId}`,
      personId,
      kind: 'data-complaint-new',
      subject: 'something new about data protection',
      paragraphs: [
        'Somebody has told us something about how we use data. You look after this, and only you can read it.',
      ],
      link: { path: `/${network.slug}/team/data-complaints`, words: 'Read it here' },
      about: { kind: 'data-complaint', id: String(made.id) },
    })),
  )
  return number
}

export async function newsForComplainant(
  doing: Doing,
  row: ComplaintRow,
  words: string,
): Promise<Refusal | undefined> {
  const step = giveNews(asComplaint(row), words, doing.today)
  if (!step.accepted) return step
  await doing.tx
    .updateTable('data_complaint')
    .set({
      update_by: step.state.updateBy,
      // News says that we have it, too.
      acknowledged_at: row.acknowledged_at ?? doing.now,
      version: row.version + 1,
    })
    .where('id', '=', row.id)
    .execute()
  await doing.happened({ kind: 'data-complaint', id: row.id }, step.events)
  await tellComplainant(doing, row, row.number, {
    key: `data-complaint-news:${row.id}:${row.version}`,
    subject: `news about ${reference('D', row.number)}`,
    paragraphs: [theirs(words), `You hear from us again by ${dateInWords(step.state.updateBy!)}.`],
  })
  return undefined
}

export async function answerComplainant(
  doing: Doing,
  row: ComplaintRow,
  outcome: string,
): Promise<Refusal | undefined> {
  const step = answerComplaint(asComplaint(row), outcome)
  if (!step.accepted) return step
  await doing.tx
    .updateTable('data_complaint')
    .set({
      outcome,
      update_by: null,
      answered_at: doing.now,
      acknowledged_at: row.acknowledged_at ?? doing.now,
      answered_by_person_id: doing.actor?.personId ?? null,
      version: row.version + 1,
    })
    .where('id', '=', row.id)
    .execute()
  await doing.happened({ kind: 'data-complaint', id: row.id }, step.events)
  await tellComplainant(doing, row, row.number, {
    key: `data-complaint-answered:${row.id}`,
    subject: `our answer to ${reference('D', row.number)}`,
    paragraphs: [
      theirs(outcome),
      'If you are not happy with this, you can complain to the Information Commissioner’s Office (ICO): ico.org.uk or 0303 123 1113.',
    ],
  })
  return undefined
}

/** Somebody who is rung or written to was told by the contact that we have it (R2). */
export async function acknowledgedByHand(doing: Doing, row: ComplaintRow): Promise<Refusal | undefined> {
  if (row.acknowledged_at !== null) return refuse('done', 'That they were told is noted already')
  await doing.tx
    .updateTable('data_complaint')
    .set({ acknowledged_at: doing.now, version: row.version + 1 })
    .where('id', '=', row.id)
    .execute()
  await doing.happened({ kind: 'data-complaint', id: row.id }, [happened('complaint-acknowledged', {})])
  return undefined
}

/**
 * By e-mail or text message it goes out by itself. A call or a letter would land on the whole team's list, and
 * only the contact may read this: so the contact makes it, and the page gives the words.
 */
async function tellComplainant(
  doing: Doing,
  to: Pick<ComplaintRow, 'name' | 'channel' | 'address'> & { readonly language?: string | undefined },
  number: number,
  told: Pick<Told, 'key' | 'subject' | 'paragraphs'>,
): Promise<void> {
  if (goesByHand(to.channel)) return
  await tellAddress(
    doing.tx,
    doing,
    { name: to.name, channel: to.channel, address: to.address, language: to.language },
    {
      ...told,
      kind: 'data-complaint',
      short: `${told.subject.charAt(0).toUpperCase()}${told.subject.slice(1)}. Ring us to hear more.`,
      about: { kind: 'data-complaint', id: reference('D', number) },
    },
    doing.now,
  )
}

export const goesByHand = (channel: Channel): boolean => channel === 'phone' || channel === 'post'

const asComplaint = (row: ComplaintRow) => ({
  lastDay: row.last_day,
  updateBy: row.update_by,
  outcome: row.outcome,
})

export interface LoadedComplaint {
  /** Who may read it today. */
  readonly readers: readonly number[]
  readonly row: ComplaintRow
  readonly version: number
  readonly history: readonly HistoryEntry[]
}

export async function loadComplaint(
  { tx, today }: Pick<Doing, 'tx' | 'today'>,
  given: string | undefined,
  how: { forChange: boolean },
): Promise<LoadedComplaint | undefined> {
  const number = readReference('D', given)
  if (number === undefined) return undefined
  const row = await tx
    .selectFrom('data_complaint')
    .selectAll()
    .where('number', '=', number)
    .$if(how.forChange, query => query.forUpdate())
    .executeTakeFirst()
  if (!row) return undefined
  const readers = await complaintReaderIds(tx, today)
  return {
    row,
    readers,
    version: row.version,
    history: await historyOf(tx, { kind: 'data-complaint', id: row.id }),
  }
}
