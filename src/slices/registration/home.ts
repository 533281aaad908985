import { Temporal } from 'temporal-polyfill'
import { momentInWords } from '#kernel/calendar/words.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { HomePart, Visit } from '#platform/http/route.ts'
import { isTeam } from '#platform/permission.ts'
import { dueOf } from './application.ts'
import { inApplicantsWords } from './follow.tsx'
import { registrationPaths as paths } from './paths.ts'
import { applications } from './queries.ts'
import { readState } from './store.ts'
import { teamsWords } from './team-list.tsx'
import { bookedWith } from './times/times.ts'

/** For the team, the applications that wait; for an applicant, where their own is. */
export function registrationHome(visit: Visit): Question<HomePart>[] {
  const { actor, network, tx } = visit
  if (!actor) return []
  if (isTeam(actor)) {
    return [
      question(applications(tx, 'waiting', undefined), waiting => ({
        needs: waiting.slice(0, 10).map(each => ({
          title: `Application ${each.number}: ${each.name}`,
          href: paths.one(network.slug, each.number),
          status: teamsWords[each.state],
          due: each.due_on === null ? null : Temporal.PlainDate.from(each.due_on),
        })),
      })),
      question(bookedWith(actor.personId, visit.now), rows => ({
        coming: rows.map(each => ({
          title: `Talk with ${each.name}`,
          href: paths.one(network.slug, each.number),
          status: 'Booked',
          at: Temporal.Instant.from(each.starts_at),
          hint: momentInWords(Temporal.Instant.from(each.starts_at)),
        })),
      })),
    ]
  }
  if (actor.memberships.length > 0 || actor.trustIds.length > 0 || actor.posts.length > 0) return []
  const own = tx
    .selectFrom('application')
    .select(['number', 'state', 'state_data'])
    .where('person_id', '=', actor.personId)
    .where('state', '<>', 'merged')
    .orderBy('id', 'desc')
    .limit(1)
  return [
    question(own, rows => ({
      waiting: rows.map(row => {
        const it = readState(row.state, row.state_data)
        const { status, next } = inApplicantsWords(it)
        return {
          title: `Your application ${row.number}`,
          href: paths.mine(network.slug),
          status,
          hint: next,
          due: dueOf(it),
        }
      }),
    })),
  ]
}
