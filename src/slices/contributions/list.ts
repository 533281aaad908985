import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { PlainDate, Tables, Tx } from '#platform/database/tables.ts'
import { type Actor, holdsPost, isTeam } from '#platform/permission.ts'
import { waysToRead } from './access.ts'
import type { State } from './contribution.ts'

type Eb = ExpressionBuilder<Tables, 'contribution'>

/** It is this person's turn. */
export function waitsForThem(eb: Eb, actor: Actor): Expression<SqlBool> {
  const led = actor.memberships
    .filter(each => each.role === 'chair' || each.role === 'deputy')
    .map(each => each.groupId)
  const waits = (word: string, ...more: Expression<SqlBool>[]) =>
    eb.and([eb('contribution.waits_for', '=', word), ...more])
  return eb.or([
    waits('contributor', isTheirs(eb, actor)),
    waits('feedback-owner', eb('contribution.feedback_owner_person_id', '=', actor.personId)),
    ...(isTeam(actor) ? [waits('team')] : []),
    ...(led.length > 0 ? [waits('group', eb('contribution.group_id', 'in', led))] : []),
    ...(holdsPost(actor, 'portfolio-manager') ? [waits('portfolio-manager')] : []),
    ...(holdsPost(actor, 'director') ? [waits('director')] : []),
    waits('action-owners', hasTheirAction(eb, actor, true)),
  ])
}

/** They raised or joined it; what waits for a verdict only while they have not given theirs. */
const isTheirs = (eb: Eb, actor: Actor) =>
  eb.exists(
    eb
      .selectFrom('contributor as mine')
      .select(sql`1`.as('one'))
      .whereRef('mine.contribution_id', '=', 'contribution.id')
      .where('mine.person_id', '=', actor.personId)
      .where('mine.withdrawn_at', 'is', null)
      .where(sql<SqlBool>`mine.verdict is distinct from 'yes'`),
  )

const hasTheirAction = (eb: Eb, actor: Actor, open: boolean) =>
  eb.exists(
    eb
      .selectFrom('action as own')
      .select(sql`1`.as('one'))
      .whereRef('own.contribution_id', '=', 'contribution.id')
      .where('own.owner_person_id', '=', actor.personId)
      .$if(open, query => query.where('own.state', 'in', ['open', 'asked-for-another-date'])),
  )

export interface ListWish {
  readonly groupId?: number | undefined
  readonly state?: State | undefined
  readonly show?: 'mine' | 'late' | 'to-acknowledge' | 'raised' | undefined
  /** Only older than this number, or only newer. */
  readonly before?: number | undefined
  readonly after?: number | undefined
}

export interface ListedContribution {
  readonly number: number
  readonly title: string
  readonly state: State
  readonly dueOn: PlainDate | null
  readonly waitsFor: string
  readonly groupName: string | null
  readonly joined: number
}

export const pageLength = 25

/** One page of what this person may see, newest first, by key, in one statement. */
export async function listContributions(
  tx: Tx,
  actor: Actor,
  today: PlainDate,
  wish: ListWish,
  length: number = pageLength,
): Promise<{ rows: ListedContribution[]; newer: boolean; older: boolean }> {
  const backwards = wish.after !== undefined
  const conditions = (eb: Eb): Expression<SqlBool>[] => [
    ...(wish.groupId !== undefined ? [eb('contribution.group_id', '=', wish.groupId)] : []),
    ...(wish.state !== undefined ? [eb('contribution.state', '=', wish.state)] : []),
    ...(wish.before !== undefined ? [eb('contribution.number', '<', wish.before)] : []),
    ...(wish.after !== undefined ? [eb('contribution.number', '>', wish.after)] : []),
    ...(wish.show === 'mine' ? [waitsForThem(eb, actor)] : []),
    ...(wish.show === 'late' ? [eb('contribution.due_on', '<', today)] : []),
    ...(wish.show === 'to-acknowledge' ? [eb('contribution.waits_for', '=', 'team')] : []),
    ...(wish.show === 'raised'
      ? [
          eb(
            'contribution.id',
            'in',
            eb
              .selectFrom('contributor as mine')
              .select('mine.contribution_id')
              .where('mine.person_id', '=', actor.personId)
              .where('mine.withdrawn_at', 'is', null),
          ),
        ]
      : []),
  ]
  const ways = waysToRead(actor).map(way => {
    const one = tx
      .selectFrom('contribution')
      .select(['contribution.id', 'contribution.number'])
      .where(way)
      .where(eb => eb.and(conditions(eb)))
      .orderBy('contribution.number', backwards ? 'asc' : 'desc')
      .limit(length + 1)
    return sql`(${one})`
  })
  const order = backwards ? sql`asc` : sql`desc`
  const found = await sql<ListedContribution>`
    with seen as (select * from (${sql.join(ways, sql` union `)}) w order by number ${order} limit ${length + 1})
    select c.number, c.title, c.state, c.due_on as "dueOn", c.waits_for as "waitsFor", g.name as "groupName",
      (select count(*) from contributor b where b.network_id = c.network_id and b.contribution_id = c.id
        and b.withdrawn_at is null) as joined
    from seen s join contribution c on c.id = s.id
      left join network_group g on g.network_id = c.network_id and g.id = c.group_id
    order by c.number ${order}`.execute(tx)
  const more = found.rows.length > length
  const rows = found.rows.slice(0, length)
  if (backwards) rows.reverse()
  return {
    rows,
    newer: backwards ? more : wish.before !== undefined,
    older: backwards || more,
  }
}
