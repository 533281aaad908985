import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { reference } from '#kernel/references.ts'
import type { PlainDate, Row, Tables } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { type Actor, groupsOf, isMemberOf, isTeam, type Rule, rule } from '#platform/permission.ts'
import {
  excludedFrom,
  type ItemAccess,
  mayReadWhatItSays,
  mayRunMeeting,
  notExcluded,
  readableItems,
  readersOfItem,
} from '#slices/meetings/index.ts'

/** A decision with all that its page tells and deciding on it needs. */
export interface LoadedDecision extends ItemAccess {
  readonly id: number
  readonly number: number
  readonly version: number
  readonly row: Row<'board_decision'>
  readonly groupName: string
  readonly meeting: { readonly reference: string; readonly title: string; readonly startsAt: string }
  /** Its minutes are published and its item is in part A: everybody may read it. */
  readonly isPublic: boolean
  readonly itemTitle: string
  readonly motion: { readonly number: number; readonly text: string } | null
  readonly contributions: readonly {
    readonly number: number
    readonly groupId: number | null
    readonly isMine: boolean
    readonly published: boolean
  }[]
  readonly insteadOf: number | null
  readonly replacedBy: number | null
  readonly history: readonly {
    readonly event: string
    readonly by: string
    readonly at: string
    readonly details: Readonly<Record<string, unknown>>
  }[]
}

/** Part A once the minutes are published is for everybody; the rest follows its item, for the group and the team. */
export const mayReadDecision: Rule<LoadedDecision> = rule(
  'everybody for what was decided in part A, once the minutes are published; else who may read the item',
  (actor, it) =>
    it.isPublic ||
    (actor !== undefined &&
      (isMemberOf(actor, it.groupId) || isTeam(actor)) &&
      mayReadWhatItSays.holds(actor, it)),
)

/** Its group's chair and deputy, and the team, say whether it is still right. */
export const mayReview: Rule<LoadedDecision> = rule(
  'the group’s chair or deputy, or the team, if they may read it',
  (actor, it) => mayReadDecision.holds(actor, it) && mayRunMeeting.holds(actor, it),
)

/** `mayReadDecision` as SQL; the query has `agenda_item` and its `meeting`. */
export function readableDecisions(
  eb: ExpressionBuilder<Tables, 'agenda_item' | 'meeting'>,
  actor: Actor | undefined,
) {
  const open = eb.and([eb('agenda_item.handling', '=', 'public'), eb('meeting.state', '=', 'published')])
  if (!actor) return open
  const groups = groupsOf(actor)
  const inside = isTeam(actor)
    ? eb.and([])
    : groups.length > 0
      ? eb('meeting.group_id', 'in', groups)
      : eb.or([])
  return eb.or([
    open,
    eb.and([inside, readableItems(eb, actor), notExcluded(actor, sql.ref('agenda_item.id'))]),
  ])
}

/** The number of another decision that belongs to `d`: nothing to a reader who may not know that it is there. */
export const otherDecision = (which: ReturnType<typeof sql>, actor: Actor | undefined) => {
  const groups = actor ? groupsOf(actor) : []
  return sql<number | null>`(select o.number from board_decision o
    join agenda_item w on w.network_id = o.network_id and w.id = o.item_id
    join meeting q on q.network_id = o.network_id and q.id = o.meeting_id
    where o.network_id = d.network_id and ${which} and ((w.handling = 'public' and q.state = 'published')
      or (w.handling <> 'named' and (${actor ? isTeam(actor) : false} or o.group_id = any(${groups}::integer[]))))
    order by o.id limit 1)`
}

export async function loadDecision(
  doing: Pick<Doing, 'tx' | 'actor'>,
  given: string | undefined,
  how: { forChange: boolean },
): Promise<LoadedDecision | undefined> {
  if (!/^\d{1,9}$/.test(given ?? '')) return undefined
  const found = await doing.tx
    .selectFrom('board_decision as d')
    .innerJoin('agenda_item as i', join =>
      join.onRef('i.network_id', '=', 'd.network_id').onRef('i.id', '=', 'd.item_id'),
    )
    .innerJoin('meeting as m', join =>
      join.onRef('m.network_id', '=', 'd.network_id').onRef('m.id', '=', 'd.meeting_id'),
    )
    .innerJoin('network_group as g', join =>
      join.onRef('g.network_id', '=', 'd.network_id').onRef('g.id', '=', 'd.group_id'),
    )
    .selectAll('d')
    .select([
      'i.handling',
      'i.title as item_title',
      'm.number as meeting_number',
      'm.title as meeting_title',
      'm.starts_at',
      'm.state as meeting_state',
      'g.name as group_name',
    ])
    .select([
      readersOfItem.as('readers'),
      excludedFrom(sql.ref('i.id')).as('excluded'),
      sql<
        LoadedDecision['motion']
      >`(select jsonb_build_object('number', v.number, 'text', v.text) from motion v
        where v.network_id = d.network_id and v.id = d.motion_id)`.as('motion'),
      sql<LoadedDecision['contributions']>`coalesce((select jsonb_agg(jsonb_build_object('number', c.number,
          'groupId', c.group_id, 'published', c.published_at is not null,
          'isMine', exists (select from contributor b where b.network_id = c.network_id
            and b.contribution_id = c.id and b.person_id = ${doing.actor?.personId ?? -1}
            and b.withdrawn_at is null)) order by c.number)
        from decision_contribution x join contribution c on c.network_id = x.network_id and c.id = x.contribution_id
        where x.network_id = d.network_id and x.decision_id = d.id and c.state <> 'withdrawn'), '[]')`.as(
        'contributions',
      ),
      otherDecision(sql`o.id = d.review_of_id`, doing.actor).as('instead_of'),
      otherDecision(sql`o.review_of_id = d.id`, doing.actor).as('replaced_by'),
      sql<LoadedDecision['history']>`coalesce((select jsonb_agg(jsonb_build_object('event', h.event,
          'by', h.by_words, 'at', h.at, 'details', h.details) order by h.id)
        from history h where h.network_id = d.network_id and h.thing_kind = 'decision' and h.thing_id = d.id), '[]')`.as(
        'story',
      ),
    ])
    .where('d.number', '=', Number(given))
    .$if(how.forChange, query => query.forUpdate('d'))
    .executeTakeFirst()
  if (!found) return undefined
  return {
    id: found.id,
    number: found.number,
    // Counts how often it was looked at again.
    version: found.story.length,
    row: found,
    groupName: found.group_name,
    meeting: {
      reference: reference('M', found.meeting_number),
      title: found.meeting_title,
      startsAt: found.starts_at.toString(),
    },
    isPublic: found.handling === 'public' && found.meeting_state === 'published',
    itemTitle: found.item_title,
    motion: found.motion,
    contributions: found.contributions,
    insteadOf: found.instead_of,
    replacedBy: found.replaced_by,
    history: found.story,
    groupId: found.group_id,
    guestIds: [],
    handling: found.handling,
    readerIds: found.readers,
    excludedIds: found.excluded,
  }
}

/** Due to be looked at again: its day has come, and nobody has said since then whether it is still right. */
export const isDueForReview = (
  row: Pick<Row<'board_decision'>, 'review_on' | 'reviewed_at' | 'still_right'>,
  today: PlainDate,
): boolean => {
  if (!row.review_on || row.still_right === 'no') return false
  if (Temporal.PlainDate.compare(row.review_on, today) > 0) return false
  const reviewed = row.reviewed_at?.toZonedDateTimeISO('Europe/London').toPlainDate()
  return !reviewed || Temporal.PlainDate.compare(reviewed, row.review_on) < 0
}

/** `isDueForReview` as SQL, for the table `d`. */
export const dueForReview = (today: PlainDate) => sql<SqlBool>`(d.review_on <= ${today}
  and d.still_right is distinct from 'no'
  and (d.reviewed_at is null or (d.reviewed_at at time zone 'Europe/London')::date < d.review_on))`
