import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { readReference, reference } from '#kernel/references.ts'
import type { Instant, PlainDate } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { AnswerHow, OfferState } from './tables.ts'
import type { Task } from './task.ts'

/** A task with everybody who was asked or took it; `version` guards the team's forms. */
export interface LoadedTask extends Task {
  readonly id: number
  readonly number: number
  readonly reference: string
  readonly version: number
  readonly title: string
  readonly what: string
  readonly gives: string
  readonly minutes: number
  readonly neededBy: PlainDate | null
  readonly madeById: number
  readonly madeByName: string
  readonly madeAt: Instant
  readonly endReason: string
  readonly offers: readonly Offer[]
}

export interface Offer {
  readonly id: number
  readonly personId: number
  readonly name: string
  readonly state: OfferState
  readonly how: AnswerHow
  readonly askedByName: string | null
  readonly askedAt: Instant | null
  readonly answeredAt: Instant | null
  readonly recordedByName: string | null
  readonly doneAt: Instant | null
  readonly doneWords: string
  readonly thanksBy: PlainDate | null
  readonly thanks: string
  readonly thankedByName: string | null
}

type AsText<T> = { readonly [K in keyof T]: T[K] extends Instant | PlainDate | null ? string | null : T[K] }

/** For a route's `load`: by its reference, held for the change when one is made. */
export async function loadTask(
  { tx }: Pick<Doing, 'tx'>,
  given: string | number | undefined,
  how: { forChange: boolean },
): Promise<LoadedTask | undefined> {
  const number = typeof given === 'number' ? given : readReference('T', given)
  if (number === undefined) return undefined
  if (how.forChange) {
    // The last free place is taken once: whoever comes second waits here and then sees it.
    await tx.selectFrom('task').select('id').where('number', '=', number).forUpdate().execute()
  }
  const found = await tx
    .selectFrom('task as t')
    .innerJoin('person as m', join =>
      join.onRef('m.network_id', '=', 't.network_id').onRef('m.id', '=', 't.made_by_person_id'),
    )
    .selectAll('t')
    .select([
      'm.name as made_by_name',
      sql<AsText<Offer>[]>`coalesce((
        select jsonb_agg(jsonb_build_object('id', o.id, 'personId', o.person_id, 'name', p.name, 'state', o.state,
          'how', o.how, 'askedByName', a.name, 'askedAt', o.asked_at, 'answeredAt', o.answered_at,
          'recordedByName', r.name, 'doneAt', o.done_at, 'doneWords', o.done_words, 'thanksBy', o.thanks_by,
          'thanks', o.thanks, 'thankedByName', h.name) order by o.id)
        from task_offer o join person p on p.network_id = o.network_id and p.id = o.person_id
        left join person a on a.network_id = o.network_id and a.id = o.asked_by_person_id
        left join person r on r.network_id = o.network_id and r.id = o.recorded_by_person_id
        left join person h on h.network_id = o.network_id and h.id = o.thanked_by_person_id
        where o.network_id = t.network_id and o.task_id = t.id), '[]')`.as('offers'),
    ])
    .where('t.number', '=', number)
    .executeTakeFirst()
  if (!found) return undefined
  const at = (text: string | null) => (text === null ? null : Temporal.Instant.from(text))
  return {
    id: found.id,
    number: found.number,
    reference: reference('T', found.number),
    version: found.version,
    title: found.title,
    what: found.what,
    gives: found.gives,
    minutes: found.minutes,
    places: found.places,
    openTo: found.open_to,
    neededBy: found.needed_by,
    madeById: found.made_by_person_id,
    madeByName: found.made_by_name,
    madeAt: found.made_at,
    isOver: found.ended_at !== null,
    endReason: found.end_reason,
    offers: found.offers.map(each => ({
      ...(each as unknown as Offer),
      askedAt: at(each.askedAt),
      answeredAt: at(each.answeredAt),
      doneAt: at(each.doneAt),
      thanksBy: each.thanksBy === null ? null : Temporal.PlainDate.from(each.thanksBy),
    })),
  }
}
