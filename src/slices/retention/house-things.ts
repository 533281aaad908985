import { sql } from 'kysely'
import { question } from '#platform/database/questions.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import type { Kept } from '#platform/http/route.ts'
import { numberSetting } from '#platform/network-settings.ts'

// What belongs to no one room: messages, and the papers of meetings (R59).

const over = (before: PlainDate) =>
  sql`m.created_at < ${before}::date and m.state in ('sent', 'done', 'failed', 'came-back')`

const messages: Kept = {
  name: 'sent-messages',
  title: 'Messages that were sent, calls and letters that were made',
  source: 'Records Management Code of Practice: routine correspondence',
  months: numberSetting({
    name: 'keep-sent-messages',
    title: 'Keep messages',
    usual: 24,
    least: 1,
    most: 120,
    unit: 'months',
  }),
  count: before =>
    question(
      sql<{ n: number }>`select count(*)::int as n from message m where ${over(before)}`,
      ([row]) => row?.n ?? 0,
    ),
  list: before =>
    question(
      sql<{
        line: string
      }>`select to_char(m.created_at, 'FMMonth YYYY') || ': ' || count(*) as line from message m
        where ${over(before)} group by to_char(m.created_at, 'FMMonth YYYY'), date_trunc('month', m.created_at)
        order by date_trunc('month', m.created_at) limit 50`,
      rows => rows.map(each => each.line),
    ),
  async end({ tx }, before) {
    await sql`delete from message_note n using message m where m.network_id = n.network_id and m.id = n.message_id
      and ${over(before)}`.execute(tx)
    const gone = await sql`delete from message m where ${over(before)}`.execute(tx)
    return Number(gone.numAffectedRows ?? 0)
  },
}

/** Meetings of these kinds of groups that lie so far back and still have papers to read. */
const oldPapers = (before: PlainDate) => sql`
  paper_version v join paper p on p.network_id = v.network_id and p.id = v.paper_id
  join meeting m on m.network_id = p.network_id and m.id = p.meeting_id
  join network_group g on g.network_id = m.network_id and g.id = m.group_id
  where g.kind <> 'board' and m.starts_at < ${before}::date and (v.file_id is not null or v.plain_text <> '')`

const papersBelowTheBoard: Kept = {
  name: 'group-papers',
  title: 'Files and texts of papers of groups below the board',
  source: 'Records Management Code of Practice: minutes and papers of other groups',
  months: numberSetting({
    name: 'keep-group-papers',
    title: 'Keep papers of groups below the board',
    usual: 72,
    least: 12,
    most: 360,
    unit: 'months',
  }),
  count: before =>
    question(sql<{ n: number }>`select count(*)::int as n from ${oldPapers(before)}`, ([row]) => row?.n ?? 0),
  list: before =>
    question(
      sql<{ line: string }>`select distinct 'P-' || p.number as line from ${oldPapers(before)} limit 50`,
      rows => rows.map(each => each.line),
    ),
  async end({ tx, files }, before) {
    const old = await sql<{
      id: number
      file_id: number | null
    }>`select v.id, v.file_id from ${oldPapers(before)}`.execute(tx)
    if (old.rows.length === 0) return 0
    await tx
      .updateTable('paper_version')
      .set({ file_id: null, text: '[]', plain_text: '', words: 0 })
      .where(
        'id',
        'in',
        old.rows.map(each => each.id),
      )
      .execute()
    const fileIds = old.rows.flatMap(each => (each.file_id === null ? [] : [each.file_id]))
    if (fileIds.length > 0) {
      const gone = await tx
        .deleteFrom('stored_file')
        .where('id', 'in', fileIds)
        .returning('store_key')
        .execute()
      for (const each of gone) await files.forget(each)
    }
    return old.rows.length
  },
}

const oldBoardMeetings = (before: PlainDate) => sql`
  meeting m join network_group g on g.network_id = m.network_id and g.id = m.group_id
  where g.kind = 'board' and m.starts_at < ${before}::date
    and m.state in ('held', 'minutes-drafted', 'minutes-agreed', 'published')
    and not exists (select from deposit_offer d where d.network_id = m.network_id and d.meeting_id = m.id)`

/** A board's papers and minutes are not deleted: they are offered to the place of deposit, which says what it takes. */
const boardMeetings: Kept = {
  name: 'board-meetings',
  title: 'Board meetings: to be offered to the place of deposit',
  source: 'Records Management Code of Practice: board minutes and papers',
  months: numberSetting({
    name: 'keep-board-meetings',
    title: 'Keep board minutes and papers',
    usual: 240,
    least: 12,
    most: 480,
    unit: 'months',
  }),
  count: before =>
    question(
      sql<{ n: number }>`select count(*)::int as n from ${oldBoardMeetings(before)}`,
      ([row]) => row?.n ?? 0,
    ),
  list: before =>
    question(
      sql<{
        line: string
      }>`select 'M-' || m.number as line from ${oldBoardMeetings(before)} order by m.number limit 50`,
      rows => rows.map(each => each.line),
    ),
  async end({ tx, today, network }, before) {
    const made = await sql`insert into deposit_offer (network_id, meeting_id, offered_on)
      select ${network.id}, m.id, ${today} from ${oldBoardMeetings(before)} on conflict do nothing`.execute(
      tx,
    )
    return Number(made.numAffectedRows ?? 0)
  },
}

export const houseThings: readonly Kept[] = [messages, papersBelowTheBoard, boardMeetings]
