import { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import { promisedBy } from '#kernel/clocks.ts'
import type { Refusal } from '#kernel/decision.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Channel, PlainDate, Row, Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { tellAddress } from '#platform/outbox.ts'
import { nextNumber } from '#platform/references.ts'
import { myDataPaths as paths } from '../paths.ts'
import type { WishKind } from '../tables.ts'
import * as steps from './data-wish.ts'
import { ico, kindWords } from './words.ts'

export interface LoadedWish {
  readonly row: Row<'data_wish'> & { readonly personName: string | null }
  readonly it: steps.DataWish
  readonly version: number
}

type Done = { readonly accepted: true } | Refusal

export interface GivenWish {
  readonly kind: WishKind
  readonly words: string
  readonly how: Row<'data_wish'>['how']
  /** The day it reached us; today when left out. */
  readonly receivedOn?: PlainDate
  readonly whose:
    | { readonly personId: number }
    | { readonly name: string; readonly channel: Channel; readonly address: string }
}

/** Written down with its days, and said so at once. */
export async function wishFor(doing: Doing, given: GivenWish): Promise<number> {
  const received = given.receivedOn ?? doing.today
  const it = steps.receive(received, promisedBy('data-wish', received, doing.network.clocks))
  const number = await nextNumber(doing.tx, doing.network.id, 'data-wish', 1)
  const personId = 'personId' in given.whose ? given.whose.personId : null
  const recorded = doing.actor !== undefined && doing.actor.personId !== personId
  const row = await doing.tx
    .insertInto('data_wish')
    .values({
      network_id: doing.network.id,
      number,
      kind: given.kind,
      person_id: personId,
      ...('personId' in given.whose ? { channel: null } : given.whose),
      words: given.words,
      how: given.how,
      recorded_by_person_id: recorded ? doing.actor!.personId : null,
      received_at: doing.now,
      answered_at: null,
      answered_by_person_id: null,
      ...columnsOf(it),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'data-wish', id: row.id }, [
    { event: 'data-wish-received', details: { kind: given.kind } },
  ])
  await tellWho(doing, row, 'received', `we have your wish ${number}`, [
    `We have what you asked for: ${kindWords[given.kind].asked}. Its number is ${number}.`,
    `You hear from us by ${dateInWords(it.dueOn)}. By law the last day is ${dateInWords(it.lastDay)}.`,
  ])
  return number
}

export async function loadWish(
  tx: Tx,
  given: string | number | undefined,
  how: { forChange: boolean },
): Promise<LoadedWish | undefined> {
  if (!/^\d{1,9}$/.test(String(given ?? ''))) return undefined
  const row = await tx
    .selectFrom('data_wish as w')
    .leftJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'w.network_id').onRef('p.id', '=', 'w.person_id'),
    )
    .selectAll('w')
    .select('p.name as personName')
    .where('w.number', '=', Number(given))
    .$if(how.forChange, query => query.forUpdate('w'))
    .executeTakeFirst()
  return row && { row, it: read(row), version: row.version }
}

/** @param because told to the person: R6 asks for the reason within the first month */
export async function askFirst(doing: Doing, loaded: LoadedWish, because: string): Promise<Done> {
  const step = steps.pause(loaded.it, because, doing.today)
  return await save(doing, loaded, step, [
    'paused',
    'we need something from you',
    [theirs(because), 'Until you answer, our time to answer stands still.'],
  ])
}

export async function goOn(doing: Doing, loaded: LoadedWish): Promise<Done> {
  const step = steps.resume(loaded.it, doing.today)
  if (!step.accepted) return step
  return await save(doing, loaded, step, [
    `resumed-${loaded.version}`,
    'we go on with your wish',
    [`Thank you for your answer. You hear from us by ${dateInWords(step.state.dueOn)}.`],
  ])
}

export async function takeMoreTime(
  doing: Doing,
  loaded: LoadedWish,
  months: 1 | 2,
  because: string,
): Promise<Done> {
  const step = steps.extend(loaded.it, months, doing.today)
  if (!step.accepted) return step
  return await save(doing, loaded, step, [
    'extended',
    'your wish takes us longer',
    [theirs(because), `You hear from us by ${dateInWords(step.state.lastDay)}.`, ico],
  ])
}

export async function answerWish(
  doing: Doing,
  loaded: LoadedWish,
  given: { done: boolean; words: string },
): Promise<Done> {
  const step = steps.answer(loaded.it, given.done)
  return await save(
    doing,
    loaded,
    step,
    ['answered', `our answer to your wish ${loaded.row.number}`, [theirs(given.words), ico]],
    {
      answer: given.words,
      answered_at: doing.now,
      answered_by_person_id: doing.actor?.personId ?? null,
    },
  )
}

export async function takeBackWish(doing: Doing, loaded: LoadedWish): Promise<Done> {
  return await save(doing, loaded, steps.takeBack(loaded.it), undefined, { answered_at: doing.now })
}

async function save(
  doing: Doing,
  loaded: LoadedWish,
  step: steps.Step,
  told?: [key: string, subject: string, paragraphs: readonly string[]],
  more: Partial<Pick<Row<'data_wish'>, 'answer' | 'answered_at' | 'answered_by_person_id'>> = {},
): Promise<Done> {
  if (!step.accepted) return step
  await doing.tx
    .updateTable('data_wish')
    .set({ ...columnsOf(step.state), ...more, version: loaded.version + 1 })
    .where('id', '=', loaded.row.id)
    .execute()
  await doing.happened({ kind: 'data-wish', id: loaded.row.id }, step.events)
  if (told) await tellWho(doing, loaded.row, ...told)
  return { accepted: true }
}

/** By the person's own channel, or to the address that was given for this. */
async function tellWho(
  doing: Doing,
  row: Row<'data_wish'>,
  key: string,
  subject: string,
  paragraphs: readonly string[],
): Promise<void> {
  const told = {
    key: `data-wish-${key}:${row.id}`,
    kind: `data-wish-${key.replace(/-\d+$/, '')}`,
    subject,
    paragraphs,
    short: 'There is news about your wish about your data. Ring us to hear more.',
    about: { kind: 'data-wish', id: String(row.number) },
  }
  if (row.person_id !== null) {
    const link = { path: paths.wish(doing.network.slug, row.number), words: 'See it here' }
    await doing.tell({ ...told, personId: row.person_id, link })
  } else if (row.channel !== null && row.address !== '') {
    await tellAddress(
      doing.tx,
      doing,
      { name: row.name, channel: row.channel, address: row.address },
      told,
      doing.now,
    )
  }
}

function columnsOf(it: steps.DataWish) {
  const { state, dueOn, lastDay, ...rest } = it
  return { state, due_on: dueOn, last_day: lastDay, state_data: JSON.stringify(rest) }
}

function read(row: Row<'data_wish'>): steps.DataWish {
  const kept = row.state_data as Record<string, unknown>
  const on = (value: unknown) => Temporal.PlainDate.from(String(value))
  const days: steps.Days = {
    receivedOn: on(kept.receivedOn),
    dueOn: row.due_on,
    lastDay: row.last_day,
    firstMonth: on(kept.firstMonth),
    extendedBy: kept.extendedBy as 0 | 1 | 2,
  }
  if (row.state === 'paused') {
    return { ...days, state: 'paused', since: on(kept.since), because: String(kept.because) }
  }
  return { ...days, state: row.state }
}
