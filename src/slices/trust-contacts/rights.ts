import { sql } from 'kysely'
import { type Question, question } from '#platform/database/questions.ts'
import type { Held, HomePart, Kept, Leaving, Visit, WhatLeavingMeans } from '#platform/http/route.ts'
import { numberSetting } from '#platform/network-settings.ts'
import { trustPaths } from './paths.ts'
import { countsOf } from './queries.ts'

/** What is late at a contact’s Trust stands on their home page. */
export function trustAtHome(visit: Visit): Question<HomePart>[] {
  const { actor, network } = visit
  if (!actor || actor.trustIds.length === 0) return []
  const counts = countsOf(actor.trustIds, visit.today)
  return [
    {
      rows: counts.rows,
      read: rows => ({
        needs: counts
          .read(rows)
          .filter(each => each.late > 0)
          .map(each => ({
            title: each.late === 1 ? '1 action is late' : `${each.late} actions are late`,
            href: `${trustPaths.actions(network.slug, each.slug)}?show=late`,
            status: 'Late',
            hint: each.name,
          })),
      }),
    },
  ]
}

export const trustHeld = (personId: number): Question<Held>[] => [
  question(
    sql<{ name: string; trust_may_know: boolean }>`select t.name, p.trust_may_know from person p
      join trust t on t.network_id = p.network_id and t.id = p.trust_id where p.id = ${personId}`,
    rows => ({
      title: 'Your hospitals',
      rows: rows.map(each => ({ Trust: each.name, 'Its contact may know of you': each.trust_may_know })),
    }),
  ),
  question(
    sql<{ words: string; at: string; trust: string; given: boolean }>`
      select case when k.by_person_id = ${personId} then k.words else '' end as words, k.at, t.name as trust,
        k.by_person_id = ${personId} as given
      from trust_thanks k join trust t on t.network_id = k.network_id and t.id = k.trust_id
      where k.person_id = ${personId} or k.by_person_id = ${personId} order by k.id`,
    rows => ({
      title: 'Thanks between you and a Trust',
      note: 'The words of others are left out here. You find them on the page of your thanks.',
      rows: rows.map(each => ({
        When: each.at,
        Trust: each.trust,
        What: each.given ? 'You said thank you' : 'You were thanked',
        'Your words': each.words,
      })),
    }),
  ),
]

export const trustLeaving: Leaving = {
  says: personId =>
    question(
      sql<{ trust: boolean; thanks: number }>`select p.trust_id is not null as trust,
        (select count(*)::integer from trust_thanks k where k.person_id = p.id or k.by_person_id = p.id) as thanks
        from person p where p.id = ${personId}`,
      ([row]): WhatLeavingMeans => ({
        goes: [
          ...(row?.trust ? ['Which hospitals you know, and that their contact may know of you'] : []),
          ...(row && row.thanks > 0 ? ['Thanks that you gave or were given'] : []),
        ],
      }),
    ),
  async leave({ tx }, personId) {
    await tx
      .updateTable('person')
      .set({ trust_id: null, trust_may_know: false })
      .where('id', '=', personId)
      .execute()
    await tx
      .deleteFrom('trust_thanks')
      .where(eb => eb.or([eb('person_id', '=', personId), eb('by_person_id', '=', personId)]))
      .execute()
  },
}

const months = numberSetting({
  name: 'trust-thanks-months',
  title: 'How long thanks from a Trust are kept',
  usual: 24,
  least: 1,
  most: 120,
  unit: 'months',
})

export const trustThanksKept: Kept = {
  name: 'trust-thanks',
  title: 'Thanks from a Trust',
  source: 'Records Management Code of Practice, messages: 2 years',
  months,
  count: before =>
    question(
      sql<{ count: number }>`select count(*)::integer as count from trust_thanks
        where at < ${before.toZonedDateTime('Europe/London').toInstant()}`,
      ([row]) => row?.count ?? 0,
    ),
  async end({ tx }, before) {
    const gone = await tx
      .deleteFrom('trust_thanks')
      .where('at', '<', before.toZonedDateTime('Europe/London').toInstant())
      .executeTakeFirst()
    return Number(gone.numDeletedRows)
  },
}
