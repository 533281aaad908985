import { sql } from 'kysely'
import { type Question, question } from '#platform/database/questions.ts'
import type { HomePart, Visit } from '#platform/http/route.ts'
import { interestPaths } from './paths.ts'

/** Items that may touch my interests, and as a chair what I have to decide. */
export function interestsAtHome(visit: Visit): Question<HomePart>[] {
  const { actor, tx, network } = visit
  if (!actor) return []
  const led = actor.memberships
    .filter(each => each.role === 'chair' || each.role === 'deputy')
    .map(each => each.groupId)
  const rows = tx
    .selectFrom('conflict as c')
    .innerJoin('agenda_item as i', join =>
      join.onRef('i.network_id', '=', 'c.network_id').onRef('i.id', '=', 'c.item_id'),
    )
    .innerJoin('meeting as m', join =>
      join.onRef('m.network_id', '=', 'i.network_id').onRef('m.id', '=', 'i.meeting_id'),
    )
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'c.network_id').onRef('p.id', '=', 'c.person_id'),
    )
    .select(['c.id', 'c.person_id', 'c.why', 'p.name', 'm.title'])
    .where('c.outcome', 'is', null)
    .where('i.closed_at', 'is', null)
    .where('i.state', 'in', ['raised', 'on-agenda'])
    .where('m.state', 'in', ['planned', 'agenda-open', 'agenda-set', 'papers-out', 'held'])
    .where(
      sql<boolean>`((c.person_id = ${actor.personId} and c.person_says is null)
        or (c.person_id <> ${actor.personId} and i.handling <> 'named'
          and (m.group_id = any(${led}::integer[]) or m.presiding_person_id = ${actor.personId})
          and not exists (select from conflict o where o.network_id = c.network_id and o.item_id = c.item_id
            and o.person_id = ${actor.personId} and (o.outcome is null or o.outcome not in ('none', 'noted')))))`,
    )
    .orderBy('m.starts_at')
    .orderBy('c.id')
    .limit(20)
  return [
    question(rows, found => ({
      needs: found.map(row => {
        const mine = row.person_id === actor.personId
        return {
          title: mine
            ? 'Does this item touch an interest of yours?'
            : `An interest of ${row.name} meets an item`,
          href: interestPaths.conflictStep(network.slug, row.id, mine ? 'answer' : 'decide'),
          status: mine ? 'Say yes or no' : 'Decide',
          hint: row.title,
        }
      }),
    })),
  ]
}
