import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { type Question as Asked, question } from '#platform/database/questions.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import type { ForRole } from './tables.ts'

/** Everybody with a place in a group today, to choose from. */
export const peopleToChoose = (today: PlainDate): Asked<readonly { id: number; name: string }[]> =>
  question(
    sql<{ id: number; name: string }>`select p.id, p.name from person p where p.left_on is null
      and exists (select from membership m where m.network_id = p.network_id and m.person_id = p.id
        and m.from_on <= ${today} and (m.to_on is null or m.to_on >= ${today}))
      order by p.name, p.id limit 500`,
    rows => rows,
  )

export interface PersonLine {
  readonly id: number
  readonly name: string
  readonly dueOn: PlainDate | null
  /** How many modules of their roles, how many finished, how many wait for the team. */
  readonly all: number
  readonly finished: number
  readonly toSign: number
}

export type Show = 'to-sign' | 'open' | 'all'

/** People with their induction: those that wait for the team, those that are not through, or everybody. */
export const peopleOf = (
  today: PlainDate,
  wish: { show: Show; after: number; most: number },
): Asked<PersonLine[]> =>
  question(
    sql<{
      id: number
      name: string
      due_on: PlainDate | null
      all: number
      finished: number
      to_sign: number
    }>`
      select * from (select p.id, p.name,
          (select l.due_on from induction_plan l where l.network_id = p.network_id and l.person_id = p.id) as due_on,
          count(i.id)::int as all, count(d.finished_on)::int as finished,
          count(d.person_id) filter (where d.person_on is not null and d.team_on is null)::int as to_sign
        from person p
        join induction_module i on i.network_id = p.network_id and (i.ended_on is null or i.ended_on > ${today})
          and exists (select from membership m where m.network_id = p.network_id and m.person_id = p.id
            and m.role = any(i.roles) and m.from_on <= ${today} and (m.to_on is null or m.to_on >= ${today}))
        left join induction_progress d on d.network_id = i.network_id and d.module_id = i.id and d.person_id = p.id
        where p.left_on is null and p.id > ${wish.after}
        group by p.network_id, p.id, p.name) w
      where ${wish.show} = 'all' or (${wish.show} = 'open' and w.finished < w.all)
        or (${wish.show} = 'to-sign' and w.to_sign > 0)
      order by w.id limit ${wish.most}`,
    rows =>
      rows.map(row => ({
        id: row.id,
        name: row.name,
        dueOn: row.due_on === null ? null : Temporal.PlainDate.from(row.due_on),
        all: row.all,
        finished: row.finished,
        toSign: row.to_sign,
      })),
  )

export interface InductionOf {
  readonly personId: number
  readonly name: string
  readonly roles: readonly ForRole[]
}
