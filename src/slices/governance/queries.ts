import { sql } from 'kysely'
import { type Question, question } from '#platform/database/questions.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import type { Post } from '#platform/permission.ts'

export interface GroupNow {
  readonly slug: string
  readonly name: string
  readonly kind: 'board' | 'sig' | 'workstream'
  readonly about: string
  readonly illustrative: boolean
  readonly cadenceWeeks: number | null
  readonly members: number
  readonly voting: number
  /** Members of the public. */
  readonly lay: number
  readonly layVoting: number
  readonly decisions: number
}

/** Every group with who is in it today, as numbers. Decisions are the public ones of the last 12 months. */
export const groupsNow = (today: PlainDate): Question<readonly GroupNow[]> =>
  question(
    sql<GroupNow>`select g.slug, g.name, g.kind, g.about, g.illustrative, g.cadence_weeks as "cadenceWeeks",
        count(m.id)::integer as members, count(m.id) filter (where m.voting)::integer as voting,
        count(m.id) filter (where m.lay or m.role = 'volunteer')::integer as lay,
        count(m.id) filter (where m.voting and (m.lay or m.role = 'volunteer'))::integer as "layVoting",
        -- Only what anybody may read: part B leaves no trace, not even in a number (R28).
        (select count(*)::integer from board_decision d
         join agenda_item i on i.network_id = d.network_id and i.id = d.item_id
         join meeting e on e.network_id = d.network_id and e.id = d.meeting_id
         where d.network_id = g.network_id and d.group_id = g.id and i.handling = 'public' and e.state = 'published'
           and e.starts_at > ${today.subtract({ years: 1 }).toString()}::timestamptz) as decisions
      from network_group g
      left join (membership m join person p on p.network_id = m.network_id and p.id = m.person_id and p.left_on is null)
        on m.network_id = g.network_id and m.group_id = g.id and m.from_on <= ${today}
          and (m.to_on is null or m.to_on >= ${today})
      group by g.network_id, g.id
      order by array_position(array['board', 'workstream', 'sig'], g.kind), g.name`,
    rows => rows as readonly GroupNow[],
  )

/** Which posts somebody holds today: never who. */
export const postsHeld = (today: PlainDate): Question<ReadonlySet<Post>> =>
  question(
    sql<{ post: Post }>`select distinct h.post from post_holding h
      join person p on p.network_id = h.network_id and p.id = h.person_id
      where p.left_on is null and h.from_on <= ${today} and (h.to_on is null or h.to_on >= ${today})`,
    rows => new Set(rows.map(each => each.post)),
  )
