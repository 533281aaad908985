import { sql } from 'kysely'
import { addWorkingDays } from '#kernel/calendar/working-days.ts'
import { reference } from '#kernel/references.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { HomePart, Visit } from '#platform/http/route.ts'
import { settingOf } from '#platform/network-settings.ts'
import { isTeam } from '#platform/permission.ts'
import { interestPaths } from './paths.ts'
import { daysBeforeMeeting } from './settings.ts'

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
    ...(actor.memberships.some(each => each.voting) ? [anythingNew(visit)] : []),
    ...(isTeam(actor) ? [askedToWithhold(visit)] : []),
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

/** Once the agenda of a meeting where I vote is set: whether there is anything new, until I have said so. */
function anythingNew({ me, network, today, now }: Visit): Question<HomePart> {
  const until = addWorkingDays(today, settingOf(network, daysBeforeMeeting)).toString()
  return question(
    sql<{ number: number; title: string }>`select distinct m.number, m.title, m.starts_at from meeting m
      join membership k on k.network_id = m.network_id and k.group_id = m.group_id and k.voting
        and k.person_id = ${me.personId} and k.from_on <= ${today} and (k.to_on is null or k.to_on >= ${today})
      where m.state in ('agenda-set', 'papers-out') and m.starts_at > ${now}
        and (m.starts_at at time zone 'Europe/London')::date <= ${until}::date
        and not exists (select from interest_statement s where s.network_id = m.network_id and s.meeting_id = m.id
          and s.person_id = ${me.personId})
      order by m.starts_at limit 5`,
    rows => ({
      needs: rows.map(row => ({
        title: 'Is there anything new to declare?',
        href: interestPaths.beforeMeeting(network.slug, reference('M', row.number)),
        status: 'Before the meeting',
        hint: row.title,
      })),
    }),
  )
}

/** Somebody fears for their safety: the team decides, and until then it is not shown. */
function askedToWithhold({ network }: Visit): Question<HomePart> {
  return question(
    sql<{ id: number; name: string }>`select n.id, p.name from interest n
      join person p on p.network_id = n.network_id and p.id = n.person_id
      where n.withhold_asked <> '' order by n.withhold_asked_on, n.id limit 10`,
    rows => ({
      needs: rows.map(row => ({
        title: `${row.name} asks to keep an interest out of the public register`,
        href: interestPaths.step(network.slug, row.id, 'withhold'),
        status: 'Decide',
      })),
    }),
  )
}
