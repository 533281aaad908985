import { sql } from 'kysely'
import type { Instant, PlainDate, Tx } from '#platform/database/tables.ts'
import type { ApplicationState } from './application.ts'
import type { LoadedApplication } from './store.ts'
import type { How } from './tables.ts'

export interface ListedApplication {
  readonly id: number
  readonly number: number
  readonly name: string
  readonly state: ApplicationState
  readonly due: PlainDate | null
  readonly receivedAt: Instant
}

export const pageLength = 25

/** Where a page of the list begins: for those that wait, the day and id of the last one before it. */
export type After = { readonly due: string; readonly id: number } | { readonly id: number }

/** Those that wait for the team, the most pressing first; or those of one state, newest first. */
export async function listApplications(
  tx: Tx,
  which: 'waiting' | ApplicationState,
  after: After | undefined,
): Promise<ListedApplication[]> {
  const rows = await applications(tx, which, after).execute()
  return rows.map(row => ({
    id: row.id,
    number: row.number,
    name: row.name,
    state: row.state,
    due: row.due_on,
    receivedAt: row.received_at,
  }))
}

/** The rows of `listApplications`, for asking them together with others. */
export const applications = (tx: Tx, which: 'waiting' | ApplicationState, after: After | undefined) =>
  tx
    .selectFrom('application as a')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'a.network_id').onRef('p.id', '=', 'a.person_id'),
    )
    .select(['a.id', 'a.number', 'p.name', 'a.state', 'a.due_on', 'a.received_at'])
    .$if(which === 'waiting', query =>
      query
        .where('a.due_on', 'is not', null)
        .$if(after !== undefined && 'due' in after, q =>
          q.where(
            sql<boolean>`(a.due_on, a.id) > (${(after as { due: string }).due}::date, ${after!.id}::int)`,
          ),
        )
        .orderBy('a.due_on')
        .orderBy('a.id'),
    )
    .$if(which !== 'waiting', query =>
      query
        .where('a.state', '=', which as ApplicationState)
        .$if(after !== undefined, q => q.where('a.id', '<', after!.id))
        .orderBy('a.id', 'desc'),
    )
    .limit(pageLength + 1)

/** Somebody who may be the same person: found by e-mail or phone number, joined only by a person's decision. */
export interface Duplicate {
  readonly personId: number
  readonly name: string
  readonly hasPlace: boolean
  readonly application: number | null
}

export interface Around {
  readonly duplicates: readonly Duplicate[]
  readonly conversations: readonly { on: string; said: string; by: string | null }[]
  readonly history: readonly {
    event: string
    by: string
    at: string
    details: Readonly<Record<string, string>>
  }[]
  readonly recordedBy: string | null
  readonly group: string | null
}

/** What stands around one application, in one statement. */
export async function around(tx: Tx, { row, person }: LoadedApplication): Promise<Around> {
  const found = await sql<Around>`
    select
      coalesce((select jsonb_agg(jsonb_build_object('personId', d.id, 'name', d.name,
          'hasPlace', exists (select 1 from membership m where m.network_id = d.network_id and m.person_id = d.id),
          'application', (select max(b.number) from application b
                          where b.network_id = d.network_id and b.person_id = d.id)) order by d.id)
        from person d where d.id in (${sameContact(row.shared_email ?? person.email, person.phone)})
          and d.id <> ${person.id} and d.left_on is null), '[]') as duplicates,
      coalesce((select jsonb_agg(jsonb_build_object('on', c.spoken_on, 'said', c.said, 'by', b.name) order by c.id)
        from application_conversation c
        left join person b on b.network_id = c.network_id and b.id = c.by_person_id
        where c.application_id = ${row.id}), '[]') as conversations,
      coalesce((select jsonb_agg(jsonb_build_object('event', h.event, 'by', h.by_words, 'at', h.at,
          'details', h.details) order by h.id)
        from history h where h.thing_kind = 'application' and h.thing_id = ${row.id}), '[]') as history,
      (select r.name from person r where r.id = ${row.recorded_by_person_id}) as "recordedBy",
      (select g.name from network_group g
        where g.id = (${JSON.stringify(row.state_data)}::jsonb ->> 'groupId')::int) as "group"`.execute(tx)
  return found.rows[0]!
}

function sameContact(email: string | null, phone: string | null) {
  const digits = phone?.replace(/\D/g, '') ?? ''
  const forms = digits === '' ? [] : [digits, digits.replace(/^0/, '44'), digits.replace(/^44/, '0')]
  return sql`
    select e.id from person e where lower(e.email) = lower(${email})
    union select f.id from person f where f.phone is not null
      and regexp_replace(f.phone, '\\D', '', 'g') = any(${forms}::text[])
    union select s.person_id from application s
      where s.shared_email is not null and lower(s.shared_email) = lower(${email})`
}

export const howWords: Record<How, string> = {
  web: 'On the web',
  phone: 'By phone',
  post: 'By post',
  email: 'By e-mail',
  'in-person': 'In person',
}
