import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { question } from '#platform/database/questions.ts'
import type { Held, HomeLine, HomePart, Leaving, Slice, Visit } from '#platform/http/route.ts'
import { isTeam, isVolunteer, personRule, theTeam } from '#platform/permission.ts'
import { prioritiesDue } from './changes.ts'
import { priorityPaths } from './paths.ts'
import { publicRoutes } from './public.tsx'
import { roundRoutes } from './rounds.tsx'

export { adoptPriorities, openRound, proposeIdea, rankIdeas, talkAbout } from './changes.ts'
export { priorityPaths }

/** What waits for a volunteer's wish, and for the team what waits for the board. */
function prioritiesAtHome(visit: Visit) {
  const { actor, network, today } = visit
  if (!actor || !(isVolunteer(actor) || isTeam(actor))) return []
  return [
    question(
      sql<{
        id: number
        title: string
        propose_until: string
        rank_until: string
        counted: boolean
        ranked: boolean
      }>`
        select r.id, r.title, r.propose_until, r.rank_until, r.counted_at is not null as counted,
          exists (select from priority_ranking k where k.network_id = r.network_id and k.round_id = r.id
            and k.person_id = ${actor.personId}) as ranked
        from priority_round r where r.adopted_at is null order by r.id desc limit 5`,
      (rows): HomePart => {
        const needs: HomeLine[] = []
        const coming: HomeLine[] = []
        for (const row of rows) {
          const line = (
            status: string,
            due: string | null,
            href = priorityPaths.round(network.slug, row.id),
          ) => ({
            title: row.title,
            href,
            status,
            due: due === null ? null : Temporal.PlainDate.from(due),
          })
          const day = today.toString()
          if (row.counted) {
            if (isTeam(actor)) needs.push(line('Put it to the board', null))
          } else if (!isVolunteer(actor)) continue
          else if (day <= row.propose_until) coming.push(line('You can propose something', row.propose_until))
          else if (day <= row.rank_until && !row.ranked)
            needs.push(
              line('Put the ideas in order', row.rank_until, priorityPaths.do(network.slug, row.id, 'rank')),
            )
        }
        return { needs, coming }
      },
    ),
  ]
}

export const prioritiesHeld = (personId: number) => [
  question(
    sql<{ what: string; words: string; at: string }>`
      select 'What you proposed'::text as what, title || ': ' || why as words, proposed_at as at from priority_idea
        where proposed_by_person_id = ${personId}
      union all select 'What you said about an idea', words, at from priority_talk where person_id = ${personId}
      union all select 'The order that you sent', places::text, at from priority_ranking where person_id = ${personId}
      order by at`,
    (rows): Held => ({
      title: 'What we work on first',
      note: 'When a ranking is over, we forget who ranked how.',
      rows: rows.map(row => ({ What: row.what, Words: row.words, On: row.at.slice(0, 10) })),
    }),
  ),
]

/** Ideas and words stay as views, without a name if they wish; an order that is not counted goes. */
export const leavingPriorities: Leaving = {
  says: personId =>
    question(
      sql<{ words: number; orders: number }>`select
          (select count(*) from priority_idea where proposed_by_person_id = ${personId})::integer
            + (select count(*) from priority_talk where person_id = ${personId})::integer as words,
          (select count(*) from priority_ranking where person_id = ${personId})::integer as orders`,
      ([row]) => ({
        ...(row?.words
          ? { stays: ['What you proposed and said about priorities, as you choose below'] }
          : {}),
        ...(row?.orders ? { goes: ['The order of priorities that you sent, if it is not counted yet'] } : {}),
      }),
    ),
  async leave({ tx }, personId, { views }) {
    await tx.deleteFrom('priority_ranking').where('person_id', '=', personId).execute()
    if (views !== 'anonymous') return
    await tx
      .updateTable('priority_idea')
      .set({ proposed_by_person_id: null })
      .where('proposed_by_person_id', '=', personId)
      .execute()
    await tx.updateTable('priority_talk').set({ person_id: null }).where('person_id', '=', personId).execute()
  },
}

/** The network’s public list: proposed, talked about, ranked and adopted. */
export const priorities: Slice = {
  name: 'priorities',
  routes: [...publicRoutes, ...roundRoutes],
  doors: [
    {
      in: 'home',
      text: 'What we work on first',
      hint: 'Propose, talk and put in order.',
      path: priorityPaths.rounds,
      who: personRule('a volunteer', isVolunteer),
      order: 62,
    },
    {
      in: 'team',
      under: 'Groups and meetings',
      text: 'Choosing what comes first',
      hint: 'Ask all volunteers, and write down what the board adopted.',
      path: priorityPaths.rounds,
      who: theTeam,
      order: 62,
    },
  ],
  home: prioritiesAtHome,
  due: prioritiesDue,
  held: prioritiesHeld,
  leaving: leavingPriorities,
}
