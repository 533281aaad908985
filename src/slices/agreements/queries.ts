import { type SqlBool, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { type AsJson, askTogether, type Question, question } from '#platform/database/questions.ts'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { HistoryEntry } from '#platform/history.ts'
import type { Standing } from './agreement.ts'
import type { ForRole, How } from './tables.ts'

/** An agreement in the version that holds, and where one person stands with it. */
export interface AgreementOfPerson {
  readonly id: number
  readonly slug: string
  readonly roles: readonly ForRole[]
  readonly versionId: number
  readonly number: number
  readonly title: string
  readonly body: string
  readonly whatChanged: string
  readonly fromOn: PlainDate
  readonly agreeBy: PlainDate
  readonly standing: Standing
  /** What they agreed to before, newest first. */
  readonly before: readonly { number: number; on: string }[]
}

const holding = (today: PlainDate) => sql<SqlBool>`v.number = (select max(x.number) from agreement_version x
  where x.network_id = v.network_id and x.agreement_id = v.agreement_id and x.from_on <= ${today})`

/** All that somebody with these roles is asked for, or one of them by its short name. */
export function agreementsOf(
  tx: Tx,
  personId: number,
  which: readonly ForRole[] | string,
  today: PlainDate,
): Question<AgreementOfPerson[]> {
  const rows = tx
    .selectFrom('agreement as g')
    .innerJoin('agreement_version as v', join =>
      join.onRef('v.network_id', '=', 'g.network_id').onRef('v.agreement_id', '=', 'g.id'),
    )
    .select([
      'g.id',
      'g.slug',
      'g.roles',
      'v.id as version_id',
      'v.number',
      'v.title',
      'v.body',
      'v.what_changed',
      'v.from_on',
      'v.agree_by',
      sql<PlainDate | null>`(select a.due_on from agreement_ask a where a.network_id = v.network_id
        and a.version_id = v.id and a.person_id = ${personId})`.as('due_on'),
      sql<{ answer: string; on: string }[]>`coalesce((select jsonb_agg(jsonb_build_object('answer', n.answer,
          'on', n.on_day) order by n.id desc) from agreement_answer n where n.network_id = v.network_id
        and n.version_id = v.id and n.person_id = ${personId}), '[]')`.as('answers'),
      sql<{ number: number; on: string }[]>`coalesce((select jsonb_agg(jsonb_build_object('number', o.number,
          'on', n.on_day) order by o.number desc) from agreement_answer n
        join agreement_version o on o.network_id = n.network_id and o.id = n.version_id
        where n.network_id = v.network_id and n.person_id = ${personId} and n.answer = 'agreed'
          and o.agreement_id = g.id and o.id <> v.id), '[]')`.as('before'),
    ])
    .where(holding(today))
    .where(eb => eb.or([eb('g.ended_on', 'is', null), eb('g.ended_on', '>', today)]))
    .$if(typeof which === 'string', query => query.where('g.slug', '=', which as string))
    .$if(typeof which !== 'string', query =>
      query.where(sql<SqlBool>`g.roles && ${[...(which as ForRole[])]}::text[]`),
    )
    .orderBy('g.position')
    .orderBy('g.id')
    .limit(100)
  return question(rows, found =>
    found.map(row => ({
      id: row.id,
      slug: row.slug,
      roles: row.roles,
      versionId: row.version_id,
      number: row.number,
      title: row.title,
      body: row.body,
      whatChanged: row.what_changed,
      fromOn: day(row.from_on),
      agreeBy: day(row.agree_by),
      standing: {
        dueOn: row.due_on === null ? null : day(row.due_on),
        agreedOn: dayOrNull(row.answers.find(each => each.answer === 'agreed')?.on),
        talkFirst: row.answers[0]?.answer === 'talk-first',
      },
      before: row.before,
    })),
  )
}

const day = (text: string) => Temporal.PlainDate.from(text)
const dayOrNull = (text: string | undefined) => (text === undefined ? null : day(text))

/** One agreement with all its versions and its history, for the team; and for a person to read an older version. */
export interface LoadedAgreement {
  readonly id: number
  readonly slug: string
  readonly roles: readonly ForRole[]
  readonly endedOn: PlainDate | null
  readonly version: number
  /** Newest first. */
  readonly versions: readonly Version[]
  readonly history: readonly AsJson<HistoryEntry>[]
}

export interface Version {
  readonly id: number
  readonly number: number
  readonly title: string
  readonly body: string
  readonly what_changed: string
  readonly from_on: string
  readonly agree_by: string
  readonly by: string | null
}

export async function loadAgreement(
  { tx }: Pick<Doing, 'tx'>,
  slug: string | undefined,
  how: { forChange: boolean },
): Promise<LoadedAgreement | undefined> {
  const row = await tx
    .selectFrom('agreement as g')
    .select(['g.id', 'g.slug', 'g.roles', 'g.ended_on', 'g.version'])
    .select([
      sql<Version[]>`(select jsonb_agg(jsonb_build_object('id', v.id, 'number', v.number, 'title', v.title,
          'body', v.body, 'what_changed', v.what_changed, 'from_on', v.from_on, 'agree_by', v.agree_by,
          'by', (select p.name from person p where p.network_id = v.network_id and p.id = v.by_person_id))
          order by v.number desc) from agreement_version v
        where v.network_id = g.network_id and v.agreement_id = g.id)`.as('versions'),
      sql<AsJson<HistoryEntry>[]>`coalesce((select jsonb_agg(h order by h.id) from history h
        where h.network_id = g.network_id and h.thing_kind = 'agreement' and h.thing_id = g.id), '[]')`.as(
        'story',
      ),
    ])
    .where('g.slug', '=', slug ?? '')
    .$if(how.forChange, query => query.forUpdate('g'))
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      slug: row.slug,
      roles: row.roles,
      endedOn: row.ended_on,
      version: row.version,
      versions: row.versions,
      history: row.story,
    }
  )
}

/** The version that holds on a day; none before the first began. */
export const versionOn = (versions: readonly Version[], today: PlainDate): Version | undefined =>
  versions.find(each => each.from_on <= today.toString())

/** Whoever has one of the roles of `g` today, as a condition on `p`, the person. */
export const hasRole = (today: PlainDate) => sql<SqlBool>`(exists (select from membership m
    where m.network_id = p.network_id and m.person_id = p.id and m.role = any(g.roles)
      and m.from_on <= ${today} and (m.to_on is null or m.to_on >= ${today}))
  or ('team' = any(g.roles) and exists (select from post_holding h where h.network_id = p.network_id
      and h.person_id = p.id and h.post <> 'administrator' and h.from_on <= ${today}
      and (h.to_on is null or h.to_on >= ${today}))))`

export interface Counted {
  readonly slug: string
  readonly title: string
  readonly number: number
  readonly roles: readonly ForRole[]
  readonly fromOn: PlainDate
  readonly asked: number
  readonly agreed: number
  readonly late: number
}

/** Each agreement with how many are asked for it and how many agreed. */
export async function counted(tx: Tx, today: PlainDate): Promise<Counted[]> {
  const answered = sql`exists (select from agreement_answer n where n.network_id = a.network_id
    and n.version_id = a.version_id and n.person_id = a.person_id and n.answer = 'agreed')`
  const rows = await sql<Omit<Counted, 'fromOn'> & { from_on: PlainDate }>`
    select g.slug, v.title, v.number, g.roles, v.from_on, count(a.person_id)::int as asked,
      count(a.person_id) filter (where ${answered})::int as agreed,
      count(a.person_id) filter (where not ${answered} and a.due_on < ${today})::int as late
    from agreement g join agreement_version v on v.network_id = g.network_id and v.agreement_id = g.id
    left join agreement_ask a on a.network_id = v.network_id and a.version_id = v.id
      and exists (select from person p where p.network_id = a.network_id and p.id = a.person_id and p.left_on is null)
    where ${holding(today)} and (g.ended_on is null or g.ended_on > ${today})
    group by g.id, g.slug, g.roles, g.position, v.id, v.title, v.number, v.from_on
    order by g.position, g.id limit 100`.execute(tx)
  return rows.rows.map(({ from_on, ...row }) => ({ ...row, fromOn: from_on }))
}

export interface AskedPerson {
  readonly personId: number
  readonly name: string
  readonly dueOn: PlainDate
  readonly answer: 'agreed' | 'talk-first' | null
  readonly words: string
  readonly on: PlainDate | null
  readonly how: How | null
  readonly recordedBy: string | null
}

/** Who was asked for a version, by name; `after` is the last name and id of the page before. */
export async function askedFor(
  tx: Tx,
  versionId: number,
  wish: { show: 'missing' | 'all'; after: number; most: number },
): Promise<AskedPerson[]> {
  const rows = await sql<AskedPerson>`
    select p.id as "personId", p.name, a.due_on as "dueOn", n.answer, coalesce(n.words, '') as words, n.on_day as "on",
      n.how, (select s.name from person s where s.network_id = n.network_id and s.id = n.recorded_by_person_id) as "recordedBy"
    from agreement_ask a join person p on p.network_id = a.network_id and p.id = a.person_id
    left join lateral (select * from agreement_answer n where n.network_id = a.network_id and n.version_id = a.version_id
      and n.person_id = a.person_id order by n.id desc limit 1) n on true
    where a.version_id = ${versionId} and p.left_on is null and p.id > ${wish.after}
      and (${wish.show === 'all'} or n.answer is distinct from 'agreed')
    order by p.id limit ${wish.most}`.execute(tx)
  return rows.rows
}

/** What one person is asked for, on its own. */
export async function mine(
  doing: Pick<Doing, 'tx' | 'today'>,
  personId: number,
  which: readonly ForRole[] | string,
): Promise<AgreementOfPerson[]> {
  const [found] = await askTogether(doing.tx, [agreementsOf(doing.tx, personId, which, doing.today)])
  return found
}
