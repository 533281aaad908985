import { sql } from 'kysely'
import type { Instant } from '#platform/database/tables.ts'
import type { Visit } from '#platform/http/route.ts'

/** Coming back sooner is the same visit: opening the page again does not take away what moved. */
const sameVisitMinutes = 60

/**
 * Notes this visit. A note about reading, not about any thing of the network: a GET changes nothing else.
 * @returns since when to tell what moved: when the visit before this one began; null the first time
 */
export async function lastHere(visit: Visit): Promise<Instant | null> {
  const { tx, network, now } = visit
  const before = now.subtract({ minutes: sameVisitMinutes })
  const noted = await sql<{ previous: Instant | null }>`
    insert into home_visit as v (network_id, person_id, at) values (${network.id}, ${visit.me.personId}, ${now})
    on conflict (network_id, person_id) do update set
      previous = case when v.at < ${before} then v.at else v.previous end,
      at = case when v.at < ${before} then excluded.at else v.at end
    returning previous`.execute(tx)
  return noted.rows[0]?.previous ?? null
}
