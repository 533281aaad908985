import { sql } from 'kysely'
import type { PlainDate, Row, Tx } from '#platform/database/tables.ts'
import { mailFiles } from '../forget.ts'
import type { ApartBecause } from '../tables.ts'

export const pageLength = 25

export interface WaitingMail {
  readonly id: number
  readonly from: string
  readonly subject: string
  readonly because: ApartBecause
  readonly due: PlainDate | null
}

/** Those that wait for a person's eyes: what people wrote first, what programs wrote last. */
export async function waitingMails(
  tx: Tx,
  which: 'people' | 'programs',
  after: number,
): Promise<WaitingMail[]> {
  const rows = await tx
    .selectFrom('application_mail')
    .select(['id', 'from_address', 'from_name', 'subject', 'apart_because', 'due_on'])
    .where('state', '=', 'apart')
    .where('due_on', which === 'people' ? 'is not' : 'is', null)
    .where('id', '>', after)
    .orderBy('id')
    .limit(pageLength + 1)
    .execute()
  return rows.map(row => ({
    id: row.id,
    from: row.from_name || row.from_address || 'No sender',
    subject: row.subject,
    because: row.apart_because ?? 'again',
    due: row.due_on,
  }))
}

/** Why the network's mailbox cannot be read now; undefined when it can, or when there is none. */
export async function mailboxTrouble(tx: Tx): Promise<string | undefined> {
  const found = await sql<{ trouble: string }>`select m.trouble from mailbox m
    join connection c on c.network_id = m.network_id and c.kind = 'mail-in' and c.state = 'on'
    where m.trouble is not null`.execute(tx)
  return found.rows[0]?.trouble
}

export interface MailFile {
  readonly id: number
  readonly name: string
  readonly original: boolean
}

export interface LoadedMail {
  readonly version: undefined
  readonly row: Row<'application_mail'>
  readonly files: readonly MailFile[]
  /** Its application, when it has one. */
  readonly number: number | null
  /** What became of it, when somebody whom we know wrote it. */
  readonly passedOn: {
    readonly state: string
    readonly path: string | null
    readonly cannot: string | null
  } | null
  /** Whoever of the network has this address. */
  readonly people: readonly { id: number; name: string }[]
  /** Applications of whoever has this address, still open. */
  readonly candidates: readonly { id: number; number: number; name: string }[]
}

export async function loadMail(
  tx: Tx,
  id: number | undefined,
  how: { forChange: boolean },
): Promise<LoadedMail | undefined> {
  if (id === undefined) return undefined
  const row = await tx
    .selectFrom('application_mail')
    .selectAll()
    .where('id', '=', id)
    .$if(how.forChange, query => query.forUpdate())
    .executeTakeFirst()
  if (!row) return undefined
  const found = await sql<Pick<LoadedMail, 'files' | 'number' | 'candidates' | 'people' | 'passedOn'>>`select
    coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name,
        'original', f.type = 'message/rfc822') order by f.id)
      from stored_file f where f.thing_kind = ${mailFiles} and f.thing_id = ${id}), '[]') as files,
    (select jsonb_build_object('state', r.state, 'path', r.path, 'cannot', r.cannot) from mail_reply r
      where r.mail_id = ${id} order by r.id desc limit 1) as "passedOn",
    coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by p.id) from person p
      where ${row.from_address} <> '' and lower(p.email) = lower(${row.from_address}) and p.left_on is null
        and not exists (select from application a where a.person_id = p.id and a.due_on is not null)), '[]') as people,
    (select a.number from application a where a.id = ${row.application_id}) as number,
    coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'number', a.number, 'name', p.name) order by a.id)
      from application a join person p on p.network_id = a.network_id and p.id = a.person_id
      where a.due_on is not null and ${row.from_address} <> ''
        and (lower(p.email) = lower(${row.from_address}) or lower(a.shared_email) = lower(${row.from_address}))),
      '[]') as candidates`.execute(tx)
  return { version: undefined, row, ...found.rows[0]! }
}
