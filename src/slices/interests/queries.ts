import { type SqlBool, sql } from 'kysely'
import type { Instant, PlainDate, Row, Tx } from '#platform/database/tables.ts'
import type { ConflictOutcome } from '#slices/meetings/index.ts'
import { isKept, isShown } from './interest.ts'
import type { Keeping } from './settings.ts'

/** One interest as the registers show it. */
export interface Line extends Row<'interest'> {
  readonly trust: string | null
  readonly project: string | null
  readonly declaredOn: PlainDate
}

export interface Registered {
  readonly personId: number
  readonly name: string
  readonly groups: readonly string[]
  /** A volunteer: named in public only with consent (R23). */
  readonly isVolunteer: boolean
  readonly named: boolean
  /** The day on which they last said how it is; null: not yet declared. */
  readonly lastOn: PlainDate | null
  readonly isNil: boolean
  readonly interests: readonly Line[]
}

export const pageLength = 50

/**
 * Everybody who votes somewhere today, with what they declared: one register for the public and for the team, a page at a time.
 * @param whom one person, or those after the last person of the page before: by number, since a name may not be public
 */
export async function register(
  tx: Tx,
  today: PlainDate,
  which: 'public' | 'all',
  keeping: Keeping,
  whom: { readonly personId?: number; readonly after?: number | undefined },
): Promise<{ people: Registered[]; more: boolean }> {
  const { personId, after } = whom
  const people = await tx
    .selectFrom('person as p')
    .select(['p.id as personId', 'p.name'])
    .select([
      sql<string[]>`coalesce((select jsonb_agg(distinct g.short_name) from membership k
        join network_group g on g.network_id = k.network_id and g.id = k.group_id
        where k.network_id = p.network_id and k.person_id = p.id and k.voting and k.from_on <= ${today}
        and (k.to_on is null or k.to_on >= ${today})), '[]')`.as('groups'),
      sql<boolean>`exists (select from membership k where k.network_id = p.network_id and k.person_id = p.id
        and k.role = 'volunteer' and k.from_on <= ${today} and (k.to_on is null or k.to_on >= ${today}))`.as(
        'isVolunteer',
      ),
      sql<boolean>`coalesce((select c.named from register_consent c where c.network_id = p.network_id
        and c.person_id = p.id), false)`.as('named'),
      sql<PlainDate | null>`(select max(s.on_day) from interest_statement s where s.network_id = p.network_id
        and s.person_id = p.id)`.as('lastOn'),
      sql<boolean>`coalesce((select s.is_nil from interest_statement s where s.network_id = p.network_id
        and s.person_id = p.id order by s.id desc limit 1), false)`.as('isNil'),
    ])
    .where('p.left_on', 'is', null)
    .$if(personId !== undefined, query => query.where('p.id', '=', personId!))
    .$if(personId === undefined, query =>
      query.where(
        sql<boolean>`(exists (select from membership k where k.network_id = p.network_id and k.person_id = p.id and k.voting
            and k.from_on <= ${today} and (k.to_on is null or k.to_on >= ${today}))
          or (${which === 'all'} and exists (select from interest n where n.network_id = p.network_id and n.person_id = p.id)))`,
      ),
    )
    .$if(after !== undefined, query =>
      query.where(
        sql<boolean>`(p.name, p.id) > (select o.name, o.id from person o where o.id = ${after ?? null})`,
      ),
    )
    .orderBy('p.name')
    .orderBy('p.id')
    .limit(pageLength + 1)
    .execute()
  if (people.length === 0) return { people: [], more: false }
  const lines = await linesOf(
    tx,
    people.map(each => each.personId),
  )
  const shows = (line: Line) =>
    which === 'all'
      ? isKept(line.to_on, today, keeping.monthsShown, keeping.monthsKept)
      : // While somebody fears for their safety and the team has not decided yet, it is not shown either.
        line.withheld_because === '' &&
        line.withhold_asked === '' &&
        isShown(line.to_on, today, keeping.monthsShown)
  return {
    people: people.slice(0, pageLength).map(person => ({
      ...person,
      interests: lines.filter(each => each.person_id === person.personId && shows(each)),
    })),
    more: people.length > pageLength,
  }
}

async function linesOf(tx: Tx, people: readonly number[]): Promise<Line[]> {
  const rows = await tx
    .selectFrom('interest as n')
    .leftJoin('trust as t', join =>
      join.onRef('t.network_id', '=', 'n.network_id').onRef('t.id', '=', 'n.trust_id'),
    )
    .leftJoin('project as j', join =>
      join.onRef('j.network_id', '=', 'n.network_id').onRef('j.id', '=', 'n.project_id'),
    )
    .selectAll('n')
    .select(['t.name as trust', 'j.title as project'])
    .where('n.person_id', 'in', [...people])
    .orderBy('n.from_on', 'desc')
    .orderBy('n.id', 'desc')
    .execute()
  return rows.map(row => ({ ...row, declaredOn: dayOf(row.declared_at) }))
}

const dayOf = (at: Instant): PlainDate => at.toZonedDateTimeISO('Europe/London').toPlainDate()

/** Trusts and projects to choose from, in one statement. */
export async function placesToChoose(
  tx: Tx,
): Promise<{ trusts: { id: number; name: string }[]; projects: { id: number; name: string }[] }> {
  const found = await sql<{
    trusts: { id: number; name: string }[]
    projects: { id: number; name: string }[]
  }>`select coalesce((select jsonb_agg(jsonb_build_object('id', id, 'name', name || ' (' || ods_code || ')') order by name) from trust), '[]') as trusts,
    coalesce((select jsonb_agg(jsonb_build_object('id', id, 'name', title) order by title) from project), '[]') as projects`.execute(
    tx,
  )
  return found.rows[0]!
}

export interface ConflictLine {
  readonly id: number
  readonly itemId: number
  readonly personId: number
  readonly name: string
  readonly why: string
  readonly foundBy: 'match' | 'person' | 'chair'
  readonly personSays: 'yes' | 'no' | null
  readonly personWords: string
  readonly outcome: ConflictOutcome | null
  readonly because: string
}

/** What asks for the conflicts of some items; `only` one person's, for somebody who sees no other. */
export const conflictsOf = (tx: Tx, items: readonly number[], only?: number) =>
  tx
    .selectFrom('conflict as c')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'c.network_id').onRef('p.id', '=', 'c.person_id'),
    )
    .select([
      'c.id',
      'c.item_id as itemId',
      'c.person_id as personId',
      'p.name',
      'c.why',
      'c.found_by as foundBy',
      'c.person_says as personSays',
      'c.person_words as personWords',
      'c.outcome',
      'c.because',
    ])
    .where(sql<SqlBool>`c.item_id = any(${[...items]}::integer[])`)
    .$if(only !== undefined, query => query.where('c.person_id', '=', only!))
    .orderBy('p.name')
    .orderBy('c.id')

/** Members of a group today, to choose one from. */
export async function membersOf(
  tx: Tx,
  groupId: number,
  today: PlainDate,
): Promise<{ id: number; name: string }[]> {
  return await tx
    .selectFrom('membership as k')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'k.network_id').onRef('p.id', '=', 'k.person_id'),
    )
    .select(['p.id', 'p.name'])
    .distinct()
    .where('k.group_id', '=', groupId)
    .where('k.from_on', '<=', today)
    .where(eb => eb.or([eb('k.to_on', 'is', null), eb('k.to_on', '>=', today)]))
    .where('p.left_on', 'is', null)
    .orderBy('p.name')
    .orderBy('p.id')
    .execute()
}
