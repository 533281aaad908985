import { sql } from 'kysely'
import type { Instant, PlainDate, Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { ApplicationState } from './application.ts'
import type { LoadedApplication } from './store.ts'
import type { ConversationTimeTable, How } from './tables.ts'

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
  length: number = pageLength,
): Promise<ListedApplication[]> {
  const rows = await applications(tx, which, after, length).execute()
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
export const applications = (
  tx: Tx,
  which: 'waiting' | ApplicationState,
  after: After | undefined,
  length: number = pageLength,
) =>
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
    .limit(length + 1)

/** Somebody who may be the same person: found by what is alike, joined only by a person's decision. */
export interface Duplicate {
  readonly personId: number
  readonly name: string
  readonly hasPlace: boolean
  readonly application: number | null
  /** The same e-mail address or phone number; false: only the name is nearly the same. */
  readonly sameContact: boolean
  readonly alike: readonly ('email' | 'phone' | 'name')[]
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
  /** Who of the team acts next, when they hold a post today. */
  readonly owner: string | null
  readonly role: { readonly slug: string; readonly title: string } | null
  readonly trust: string | null
  /** What the same person told us another time; joined with this one. */
  readonly alsoSaid: readonly { number: number; how: How; words: string; at: string }[]
  /** E-mails that belong to it. */
  readonly mails: readonly { id: number; subject: string; verified: boolean; words: string; at: string }[]
}

/** What stands around one application, in one statement. */
export async function around(tx: Tx, { row, person }: LoadedApplication, today: PlainDate): Promise<Around> {
  const email = row.shared_email ?? person.email
  const phones = formsOfPhone(person.phone)
  // Nearly right: four in ten of the letters in threes are the same, and the database has an index for that.
  const found = await sql<Around>`
    with alike as (
      select e.id, 'email' as by from person e where lower(e.email) = lower(${email})
      union select f.id, 'phone' from person f where f.phone is not null
        and regexp_replace(f.phone, '\\D', '', 'g') = any(${phones}::text[])
      union select s.person_id, 'email' from application s
        where s.shared_email is not null and lower(s.shared_email) = lower(${email})
      union (select n.id, 'name' from person n where n.name % ${person.name}
        and similarity(n.name, ${person.name}) >= 0.4 and n.left_on is null
        order by similarity(n.name, ${person.name}) desc, n.id limit 20)),
    joined as (select j.* from application j where j.state = 'merged'
      and (j.state_data ->> 'into')::int = ${row.number})
    select
      coalesce((select jsonb_agg(jsonb_build_object('personId', d.id, 'name', d.name,
          'hasPlace', exists (select 1 from membership m where m.network_id = d.network_id and m.person_id = d.id),
          'application', (select max(b.number) from application b where b.network_id = d.network_id
                          and b.person_id = d.id and b.state <> 'merged'),
          'sameContact', d.id in (select c.id from alike c where c.by <> 'name'),
          'alike', (select jsonb_agg(distinct c.by) from alike c where c.id = d.id)) order by d.id)
        from person d where d.id in (select id from alike)
          and d.id <> ${person.id} and d.left_on is null), '[]') as duplicates,
      coalesce((select jsonb_agg(jsonb_build_object('on', c.spoken_on, 'said', c.said, 'by', b.name) order by c.id)
        from application_conversation c
        left join person b on b.network_id = c.network_id and b.id = c.by_person_id
        where c.application_id = ${row.id} or c.application_id in (select id from joined)), '[]') as conversations,
      coalesce((select jsonb_agg(jsonb_build_object('event', h.event, 'by', h.by_words, 'at', h.at,
          'details', h.details) order by h.id)
        from history h where h.thing_kind = 'application' and h.thing_id = ${row.id}), '[]') as history,
      (select r.name from person r where r.id = ${row.recorded_by_person_id}) as "recordedBy",
      (select g.name from network_group g
        where g.id = (${JSON.stringify(row.state_data)}::jsonb ->> 'groupId')::int) as "group",
      ${ownerName(row.owner_person_id, today)} as owner,
      (select jsonb_build_object('slug', o.slug, 'title', o.title) from offered_role o
        where o.id = ${row.role_id}) as role,
      (select t.name from trust t where t.id = ${person.trust_id}) as trust,
      coalesce((select jsonb_agg(jsonb_build_object('number', j.number, 'how', j.how, 'words', j.words,
          'at', j.received_at) order by j.id) from joined j), '[]') as "alsoSaid",
      coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'subject', m.subject, 'verified', m.verified,
          'words', m.words, 'at', m.received_at) order by m.id)
        from application_mail m where m.application_id = ${row.id}
          and m.state = 'joined'), '[]') as mails`.execute(tx)
  return found.rows[0]!
}

/** +44 121… and 0121… are one number. */
function formsOfPhone(phone: string | null): string[] {
  const digits = phone?.replace(/\D/g, '').replace(/^00/, '') ?? ''
  if (digits === '') return []
  return [...new Set([digits, digits.replace(/^0/, '44'), digits.replace(/^44/, '0')])]
}

/** The name of whoever acts next, if they hold a post of the team today. */
export const ownerName = (id: number | null, today: PlainDate) => sql<string | null>`(
  select w.name from person w where w.id = ${id} and w.left_on is null
    and exists (select 1 from post_holding h where h.network_id = w.network_id and h.person_id = w.id
      and h.post in ('co-ordinator', 'portfolio-manager', 'director')
      and h.from_on <= ${today} and (h.to_on is null or h.to_on >= ${today})))`

export const howWords: Record<How, string> = {
  web: 'On the web',
  phone: 'By phone',
  post: 'By post',
  email: 'By e-mail',
  'in-person': 'In person',
  event: 'At an event',
}

export interface KnownTrust {
  readonly id: number
  readonly name: string
  readonly hospitals: readonly string[]
}

/** The network's Trusts with their hospitals, which are what people know them by. */
export async function knownTrusts(tx: Tx): Promise<KnownTrust[]> {
  return await tx
    .selectFrom('trust as t')
    .select([
      't.id',
      't.name',
      sql<string[]>`coalesce((select jsonb_agg(s.name order by s.name) from site s
        where s.network_id = t.network_id and s.trust_id = t.id), '[]')`.as('hospitals'),
    ])
    .orderBy('t.name')
    .execute()
}

/** What an applicant is told beside the state of their application. */
export interface OwnFacts {
  readonly owner: string | null
  readonly role: string | null
  /** The day on which they were spoken with last. */
  readonly spokenOn: string | null
  /** The time that they have booked, when it lies ahead. */
  readonly booked: { readonly at: string; readonly manner: ConversationTimeTable['manner'] } | null
  /** Whether there is a time to choose. */
  readonly canBook: boolean
}

export async function ownFacts(
  { tx, today, now }: Pick<Doing, 'tx' | 'today' | 'now'>,
  { row }: LoadedApplication,
): Promise<OwnFacts> {
  const found = await sql<OwnFacts>`select ${ownerName(row.owner_person_id, today)} as owner,
    (select o.title from offered_role o where o.id = ${row.role_id}) as role,
    (select max(c.spoken_on)::text from application_conversation c where c.application_id = ${row.id}
    ) as "spokenOn",
    (select jsonb_build_object('at', b.starts_at, 'manner', b.manner) from conversation_time b
      where b.application_id = ${row.id} and b.starts_at > ${now}) as booked,
    exists (select 1 from conversation_time f where f.application_id is null
      and f.starts_at > ${now.add({ hours: 2 })}) as "canBook"`.execute(tx)
  return found.rows[0]!
}
