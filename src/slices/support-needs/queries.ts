import { type RawBuilder, sql } from 'kysely'
import { type Question, question } from '#platform/database/questions.ts'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import { type Audience, labelOf, type Need, type NeedGroup } from './need.ts'

/**
 * What these people need. Three needs stand elsewhere, where letters look for them: large print and the words about
 * help with the person, easy read with their preferences. Here they are one list.
 * @param people a list of ids, such as sql`select person_id from membership`
 */
export const needRows = (people: RawBuilder<unknown>): RawBuilder<Need> => sql<Need>`(
  select n.person_id as "personId", n.need_group as "group", n.option, n.words, o.label
  from support_need n left join need_option o
    on o.network_id = n.network_id and n.option = 'option-' || o.id
  where n.person_id in (${people})
  union all
  select p.id, 'format', 'large-print', '', null from person p where p.large_print and p.id in (${people})
  union all
  select w.person_id, 'format', 'easy-read', '', null from preference w
  where w.easy_read and w.person_id in (${people})
  union all
  select p.id, 'support', 'own-words', p.help_words, null from person p
  where p.help_words <> '' and p.id in (${people}))`

const ids = (personIds: readonly number[]) => sql`select unnest(${[...personIds]}::integer[])`

/** Whoever looks at it is logged by the page that asks (R58). */
export async function needsOf(tx: Tx, personIds: readonly number[]): Promise<readonly Need[]> {
  if (personIds.length === 0) return []
  const found = await needRows(ids(personIds)).execute(tx)
  return found.rows
}

/**
 * What would help these people, in words, of those who share it with this audience: nobody else is in the answer
 * (R13). The page that shows it logs the look: `visit.audit('needs-seen', 'person', id)`.
 */
export function sharedNeedsOf(
  personIds: readonly number[],
  audience: Audience,
): Question<ReadonlyMap<number, readonly string[]>> {
  const sharing = sql`select s.person_id from needs_sheet s join person p
    on p.network_id = s.network_id and p.id = s.person_id
    where p.left_on is null and ${audience} = any(s.shared) and s.person_id = any(${[...personIds]}::integer[])`
  return question(sql<Need>`select * from ${needRows(sharing)} n`, rows => {
    const found = new Map<number, string[]>()
    for (const row of rows) found.set(row.personId, [...(found.get(row.personId) ?? []), labelOf(row)])
    return found
  })
}

export interface SheetPromise {
  readonly id: number
  readonly group: NeedGroup
  readonly option: string
  readonly label: string | null
  readonly made: string
  readonly due: string
  readonly state: 'open' | 'met' | 'not-met' | 'no-longer'
  readonly words: string
  readonly by: string | null
  readonly ended: string | null
}

/** What one person needs, with all that was done about it. */
export interface Sheet {
  readonly person: { readonly id: number; readonly name: string }
  /** Undefined: nobody has asked yet. */
  readonly asked:
    | { readonly on: string; readonly by: string | null; readonly how: string; readonly reviewDue: string }
    | undefined
  readonly shared: readonly Audience[]
  readonly needs: readonly Need[]
  readonly options: readonly { readonly id: number; readonly group: NeedGroup; readonly label: string }[]
  readonly promises: readonly SheetPromise[]
  readonly notMet: readonly {
    readonly thing: 'letter' | 'call' | 'papers'
    readonly reason: string
    readonly by: string
    readonly at: string
  }[]
  /** Who looked, newest first, besides the person. */
  readonly looks: readonly { readonly by: string | null; readonly action: string; readonly at: string }[]
  readonly version: number
}

/** In one statement, so that a page of it costs no more than any other. */
export async function loadSheet(
  tx: Tx,
  personId: number,
  today: PlainDate,
  how: { forChange: boolean },
): Promise<Sheet | undefined> {
  const found = await sql<
    Omit<Sheet, 'person' | 'asked'> & { id: number; name: string; asked: Sheet['asked'] | null }
  >`
    select p.id, p.name,
      case when s.person_id is null then null else jsonb_build_object('on', s.asked_on, 'how', s.asked_how,
        'reviewDue', s.review_due_on, 'by', a.name) end as asked,
      coalesce(to_jsonb(s.shared), '[]') as shared,
      coalesce(s.version, 0) as version,
      coalesce((select jsonb_agg(to_jsonb(n)) from ${needRows(sql`${personId}::integer`)} n), '[]') as needs,
      coalesce((select jsonb_agg(jsonb_build_object('id', o.id, 'group', o.need_group, 'label', o.label)
        order by o.id) from need_option o where o.network_id = p.network_id
        and o.from_on <= ${today} and (o.to_on is null or o.to_on > ${today})), '[]') as options,
      coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'group', r.need_group, 'option', r.option,
          'label', (select o.label from need_option o where o.network_id = r.network_id
            and r.option = 'option-' || o.id),
          'made', r.made_on, 'due', r.due_on, 'state', r.state, 'words', r.words, 'ended', r.ended_on,
          'by', (select b.name from person b where b.network_id = r.network_id and b.id = r.by_person_id))
          order by r.id desc)
        from need_promise r where r.network_id = p.network_id and r.person_id = p.id
        and r.state <> 'no-longer'), '[]') as promises,
      coalesce((select jsonb_agg(jsonb_build_object('thing', x.thing, 'reason', x.reason, 'at', x.at, 'by', b.name)
          order by x.id desc)
        from need_not_met x join person b on b.network_id = x.network_id and b.id = x.by_person_id
        where x.network_id = p.network_id and x.person_id = p.id), '[]') as "notMet",
      coalesce((select jsonb_agg(l) from (select u.action, u.at, b.name as by
          from audit u left join person b on b.network_id = u.network_id and b.id = u.by_person_id
          where u.network_id = p.network_id and u.thing_id = p.id::text
            and ((u.thing_kind = 'team' and u.action in ('needs-opened', 'person-opened'))
              or (u.thing_kind = 'person' and u.action like 'needs-seen%'))
            and u.by_person_id is distinct from p.id
          order by u.seq desc limit 50) l), '[]') as looks
    from person p
    left join needs_sheet s on s.network_id = p.network_id and s.person_id = p.id
    left join person a on a.network_id = s.network_id and a.id = s.asked_by_person_id
    where p.id = ${personId} and p.left_on is null
    ${how.forChange ? sql`for update of p` : sql``}`.execute(tx)
  const row = found.rows[0]
  if (!row) return undefined
  const { id, name, asked, ...rest } = row
  return { person: { id, name }, asked: asked ?? undefined, ...rest }
}
