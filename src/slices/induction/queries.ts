import { type SqlBool, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { type AsJson, type Question as Asked, askTogether, question } from '#platform/database/questions.ts'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { HistoryEntry } from '#platform/history.ts'
import type { Progress } from './module.ts'
import type { Question } from './questions.ts'
import type { ForRole } from './tables.ts'

/** A module in its newest words, and how far one person is with it. */
export interface ModuleOfPerson {
  readonly id: number
  readonly slug: string
  readonly version: number
  readonly roles: readonly ForRole[]
  readonly votingFrom: PlainDate | null
  readonly endedOn: PlainDate | null
  readonly textId: number
  readonly title: string
  readonly summary: string
  readonly body: string
  readonly questions: readonly Question[]
  readonly progress: Progress
  readonly finishedOn: PlainDate | null
  readonly how: 'self' | 'session' | 'told' | null
}

const day = (text: string | null) => (text === null ? null : Temporal.PlainDate.from(text))

/** All that the network offers today, in its order; or one by its short name, an ended one too. */
export function modulesOf(
  tx: Tx,
  personId: number,
  today: PlainDate,
  slug?: string,
): Asked<ModuleOfPerson[]> {
  const rows = tx
    .selectFrom('induction_module as i')
    .innerJoin('induction_text as t', join =>
      join.onRef('t.network_id', '=', 'i.network_id').onRef('t.module_id', '=', 'i.id'),
    )
    .leftJoin('induction_progress as d', join =>
      join
        .onRef('d.network_id', '=', 'i.network_id')
        .onRef('d.module_id', '=', 'i.id')
        .on('d.person_id', '=', personId),
    )
    .select(['i.id', 'i.slug', 'i.version', 'i.roles', 'i.voting_from', 'i.ended_on', 't.id as text_id'])
    .select(['t.title', 't.summary', 't.body', 't.questions', 'd.person_on', 'd.team_on', 'd.finished_on'])
    .select('d.person_how')
    .where(
      sql<SqlBool>`t.id = (select max(x.id) from induction_text x where x.network_id = t.network_id and x.module_id = t.module_id)`,
    )
    .$if(slug === undefined, query =>
      query.where(eb => eb.or([eb('i.ended_on', 'is', null), eb('i.ended_on', '>', today)])),
    )
    .$if(slug !== undefined, query => query.where('i.slug', '=', slug!))
    .orderBy('i.position')
    .orderBy('i.id')
    .limit(100)
  return question(rows, found =>
    found.map(row => ({
      id: row.id,
      slug: row.slug,
      version: row.version,
      roles: row.roles,
      votingFrom: day(row.voting_from),
      endedOn: day(row.ended_on),
      textId: row.text_id,
      title: row.title,
      summary: row.summary,
      body: row.body,
      questions: row.questions as readonly Question[],
      progress: { personOn: day(row.person_on), teamOn: day(row.team_on) },
      finishedOn: day(row.finished_on),
      how: row.person_how,
    })),
  )
}

export const planOf = (personId: number): Asked<{ dueOn: PlainDate } | undefined> =>
  question(
    sql<{ due_on: PlainDate }>`select due_on from induction_plan where person_id = ${personId}`,
    ([row]) => row && { dueOn: Temporal.PlainDate.from(row.due_on) },
  )

export interface SessionLine {
  readonly id: number
  readonly title: string
  readonly about: string
  readonly place: string
  readonly startsAt: Temporal.Instant
  readonly moduleSlug: string | null
  readonly cancelledBecause: string
  readonly version: number
  readonly booked: number
  readonly mine: { readonly came: boolean | null } | null
}

/** Sessions, soonest first, as one person sees them. */
export function sessionsOf(
  personId: number,
  wish: { from?: Temporal.Instant; id?: number; moduleId?: number; after?: number; most?: number },
): Asked<SessionLine[]> {
  return question(
    sql<{
      id: number
      title: string
      about: string
      place: string
      starts_at: Temporal.Instant
      slug: string | null
      cancelled_because: string
      version: number
      booked: number
      mine: { came: boolean | null } | null
    }>`select s.id, s.title, s.about, s.place, s.starts_at, i.slug, s.cancelled_because, s.version,
        (select count(*)::int from session_place p where p.network_id = s.network_id and p.session_id = s.id) as booked,
        (select jsonb_build_object('came', p.came) from session_place p where p.network_id = s.network_id
          and p.session_id = s.id and p.person_id = ${personId}) as mine
      from learning_session s
      left join induction_module i on i.network_id = s.network_id and i.id = s.module_id
      where (${wish.id ?? null}::integer is null or s.id = ${wish.id ?? null})
        and (${wish.from?.toString() ?? null}::timestamptz is null
          or (s.starts_at >= ${wish.from?.toString() ?? null}::timestamptz and s.cancelled_because = ''))
        and (${wish.moduleId ?? null}::integer is null or s.module_id = ${wish.moduleId ?? null})
      order by s.starts_at, s.id limit ${wish.most ?? 50}`,
    rows =>
      rows.map(row => ({
        id: row.id,
        title: row.title,
        about: row.about,
        place: row.place,
        startsAt: Temporal.Instant.from(row.starts_at),
        moduleSlug: row.slug,
        cancelledBecause: row.cancelled_because,
        version: row.version,
        booked: row.booked,
        mine: row.mine,
      })),
  )
}

export interface LoadedModule {
  readonly id: number
  readonly slug: string
  readonly version: number
  readonly position: number
  readonly roles: readonly ForRole[]
  readonly votingFrom: PlainDate | null
  readonly endedOn: PlainDate | null
  readonly offeredOn: PlainDate
  /** Newest first. */
  readonly texts: readonly ModuleText[]
  readonly history: readonly AsJson<HistoryEntry>[]
}

export interface ModuleText {
  readonly id: number
  readonly title: string
  readonly summary: string
  readonly body: string
  readonly questions: readonly Question[]
  readonly what_changed: string
  readonly made_at: string
  readonly by: string | null
}

export async function loadModule(
  { tx }: Pick<Doing, 'tx'>,
  slug: string | undefined,
  how: { forChange: boolean },
): Promise<LoadedModule | undefined> {
  const row = await tx
    .selectFrom('induction_module as i')
    .selectAll('i')
    .select([
      sql<
        ModuleText[]
      >`(select jsonb_agg(jsonb_build_object('id', t.id, 'title', t.title, 'summary', t.summary,
          'body', t.body, 'questions', t.questions, 'what_changed', t.what_changed, 'made_at', t.made_at,
          'by', (select p.name from person p where p.network_id = t.network_id and p.id = t.by_person_id))
          order by t.id desc) from induction_text t
        where t.network_id = i.network_id and t.module_id = i.id)`.as('texts'),
      sql<AsJson<HistoryEntry>[]>`coalesce((select jsonb_agg(h order by h.id) from history h
        where h.network_id = i.network_id and h.thing_kind = 'induction-module' and h.thing_id = i.id), '[]')`.as(
        'story',
      ),
    ])
    .where('i.slug', '=', slug ?? '')
    .$if(how.forChange, query => query.forUpdate('i'))
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      slug: row.slug,
      version: row.version,
      position: row.position,
      roles: row.roles,
      votingFrom: row.voting_from,
      endedOn: row.ended_on,
      offeredOn: row.offered_on,
      texts: row.texts,
      history: row.story,
    }
  )
}

/** Who votes today and would not, if the module were needed for voting: those in its roles who have not finished it. */
export async function votersWithout(
  tx: Tx,
  moduleId: number,
  roles: readonly ForRole[],
  today: PlainDate,
): Promise<{ id: number; name: string }[]> {
  const rows = await sql<{ id: number; name: string }>`select distinct p.id, p.name
    from membership m join person p on p.network_id = m.network_id and p.id = m.person_id
    where m.voting and m.role = any(${[...roles]}::text[]) and p.left_on is null
      and m.from_on <= ${today} and (m.to_on is null or m.to_on >= ${today})
      and not exists (select from induction_progress d where d.network_id = m.network_id and d.module_id = ${moduleId}
        and d.person_id = m.person_id and d.finished_on is not null)
    order by p.name, p.id limit 500`.execute(tx)
  return rows.rows
}

export async function modulesOfPerson(
  doing: Pick<Doing, 'tx' | 'today'>,
  personId: number,
  slug?: string,
): Promise<ModuleOfPerson[]> {
  const [found] = await askTogether(doing.tx, [modulesOf(doing.tx, personId, doing.today, slug)])
  return found
}
