import { type RawBuilder, sql } from 'kysely'
import type { Channel, Instant, PlainDate, Tx } from '#platform/database/tables.ts'
import type { PageLanguage } from '#platform/languages/words.ts'
import { languageOf } from '#platform/languages/words.ts'
import { privateKinds } from '../private-words.ts'

export const byHandShows = ['waiting', 'today', 'done'] as const
export type ByHandShow = (typeof byHandShows)[number]

export interface ByHandLine {
  readonly id: number
  readonly person_id: number | null
  readonly name: string | null
  readonly subject: string
  readonly about_kind: string
  readonly created_at: Instant
  readonly due_on: PlainDate | null
  readonly sent_at: Instant | null
  readonly doneBy: string | null
  readonly tries: number
}

export const pageLength = 25

/** Calls and letters: what waits, oldest first; what is to be done by today; or what was done, newest first. */
export async function listByHand(
  tx: Tx,
  which: {
    channels: readonly Channel[]
    show: ByHandShow
    today: PlainDate
    from?: number | undefined
  },
): Promise<readonly ByHandLine[]> {
  const { channels, show, today, from } = which
  const done = show === 'done'
  const found = await sql<ByHandLine>`
    select m.id, m.person_id, p.name, coalesce(m.english ->> 'subject', m.subject) as subject, m.about_kind,
      m.created_at, m.due_on, m.sent_at,
      d.name as "doneBy",
      (select count(*)::integer from message_note n where n.network_id = m.network_id and n.message_id = m.id
        and not n.reached) as tries
    from message m
    left join person p on p.network_id = m.network_id and p.id = m.person_id
    left join person d on d.network_id = m.network_id and d.id = m.done_by_person_id
    where m.state = ${done ? 'done' : 'by-hand'} and m.channel = any(${[...channels]}::text[])
      ${show === 'today' ? sql`and (m.due_on is null or m.due_on <= ${today})` : sql``}
      ${from === undefined ? sql`` : done ? sql`and m.id < ${from}` : sql`and m.id > ${from}`}
    order by m.id ${done ? sql`desc` : sql`asc`} limit ${pageLength + 1}`.execute(tx)
  return found.rows
}

export interface Letter {
  readonly id: number
  readonly personId: number | null
  readonly name: string | null
  readonly address: string
  readonly subject: string
  readonly body: string
  readonly largePrint: boolean
  readonly language: PageLanguage
}

/** So many are printed in one go. */
export const mostInBatch = 500
/** So many as a page that a browser prints; more as a PDF only. */
export const mostOnPage = 50

/**
 * Letters for one batch, oldest first: those with a known address, and without a form that has to be made by hand.
 * Private ones are printed by whom they are from.
 */
export async function lettersToPrint(
  tx: Tx,
  which: { ids?: readonly number[]; today: PlainDate },
  apart: RawBuilder<unknown>,
  how: { forChange: boolean },
): Promise<readonly Letter[]> {
  const found = await sql<Omit<Letter, 'language'> & { layout: unknown }>`
    select m.id, m.person_id as "personId", p.name, m.address, m.subject, m.body, m.layout,
      coalesce(p.large_print, false) as "largePrint"
    from message m left join person p on p.network_id = m.network_id and p.id = m.person_id
    where m.state = 'by-hand' and m.channel = 'post' and m.address <> ''
      and m.about_kind <> all(${[...privateKinds]}::text[])
      ${which.ids ? sql`and m.id = any(${[...which.ids]}::integer[])` : sql`and (m.due_on is null or m.due_on <= ${which.today})`}
      and not exists (select from ${apart} x where x."personId" = m.person_id
        and x."group" = 'format' and x.option <> 'large-print')
    order by m.id limit ${mostInBatch} ${how.forChange ? sql`for update of m` : sql``}`.execute(tx)
  return found.rows.map(({ layout, ...each }) => ({ ...each, language: languageOf(layout) }))
}
