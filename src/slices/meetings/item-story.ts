import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { reference } from '#kernel/references.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { Instant } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { type AnsweredContribution, contributionsOf, raisedByVolunteer } from './agenda-queries.ts'
import type { LoadedItem } from './store.ts'

/** What its page tells of an item besides the item itself. */
export interface ItemStory {
  readonly presenterName: string | null
  readonly raiserName: string | null
  readonly fromVolunteer: boolean
  readonly contributions: readonly AnsweredContribution[]
  readonly movedTo: { readonly reference: string; readonly title: string } | undefined
  /** The item of an earlier meeting that was moved to this one. */
  readonly cameFrom: { readonly reference: string; readonly title: string; readonly item: number } | undefined
  /** Why this reader does not get the paper. */
  readonly excludedBecause: string | null
  readonly history: readonly {
    readonly event: string
    readonly by: string
    readonly at: Instant
    readonly details: Readonly<Record<string, unknown>>
  }[]
}

export function itemStory(doing: Pick<Doing, 'tx' | 'actor'>, loaded: LoadedItem): Question<ItemStory> {
  const asked = doing.tx
    .selectFrom('agenda_item as i')
    .leftJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'i.network_id').onRef('p.id', '=', 'i.presenter_person_id'),
    )
    .leftJoin('person as r', join =>
      join.onRef('r.network_id', '=', 'i.network_id').onRef('r.id', '=', 'i.raised_by_person_id'),
    )
    .leftJoin('meeting as m', join =>
      join.onRef('m.network_id', '=', 'i.network_id').onRef('m.id', '=', 'i.moved_to_meeting_id'),
    )
    .leftJoin('agenda_item as f', join =>
      join.onRef('f.network_id', '=', 'i.network_id').onRef('f.id', '=', 'i.came_from_id'),
    )
    .leftJoin('meeting as fm', join =>
      join.onRef('fm.network_id', '=', 'f.network_id').onRef('fm.id', '=', 'f.meeting_id'),
    )
    .select([
      'f.id as fromItem',
      'fm.number as fromNumber',
      'fm.title as fromTitle',
      'p.name as presenterName',
      'r.name as raiserName',
      'm.number as movedNumber',
      'm.title as movedTitle',
    ])
    .select([
      raisedByVolunteer.as('fromVolunteer'),
      contributionsOf(doing.actor).as('contributions'),
      sql<
        string | null
      >`(select x.because from conflict x where x.network_id = i.network_id and x.item_id = i.id
        and x.person_id = ${doing.actor?.personId ?? -1} and x.outcome = 'no-paper')`.as('excludedBecause'),
      sql<
        { event: string; by: string; at: string; details: Record<string, unknown> }[]
      >`coalesce((select jsonb_agg(jsonb_build_object('event', h.event, 'by', h.by_words, 'at', h.at,
          'details', h.details) order by h.id)
        from history h where h.network_id = i.network_id and h.thing_kind = 'agenda-item' and h.thing_id = i.id), '[]')`.as(
        'history',
      ),
    ])
    .where('i.id', '=', loaded.id)
  return question(asked, ([row]) => {
    const { movedNumber, movedTitle, fromItem, fromNumber, fromTitle, history, ...rest } = row!
    return {
      ...rest,
      movedTo:
        movedNumber === null || movedTitle === null
          ? undefined
          : { reference: reference('M', movedNumber), title: movedTitle },
      cameFrom:
        fromItem === null || fromNumber === null || fromTitle === null
          ? undefined
          : { reference: reference('M', fromNumber), title: fromTitle, item: fromItem },
      history: history.map(each => ({ ...each, at: Temporal.Instant.from(each.at) })),
    }
  })
}
