import { type Expression, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import { addWorkingDays, isLate } from '#kernel/calendar/working-days.ts'
import { clockOn } from '#kernel/clocks.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { Instant, PlainDate } from '#platform/database/tables.ts'
import { asPerson } from '#platform/doing.ts'
import type {
  DueWork,
  Held,
  HomeLine,
  HomePart,
  Kept,
  Leaving,
  Visit,
  WhatLeavingMeans,
} from '#platform/http/route.ts'
import { numberSetting } from '#platform/network-settings.ts'
import { aVolunteerAlone, mayDecide } from './access.ts'
import { countElection, tellAlone } from './changes.ts'
import { spacePaths } from './paths.ts'
import { peopleOf } from './store.ts'

/** Reports that wait for me, an election that wants my vote, and what was said since I was last here. */
export function spaceAtHome(visit: Visit, since: Instant | null): Question<HomePart>[] {
  const { actor, network, today } = visit
  if (!actor || !aVolunteerAlone.holds(actor, undefined)) return []
  const reports: Expression<{
    space_id: number
    name: string
    moderator: number | null
    by_person_id: number
    author: number | null
    due_on: PlainDate
  }> =
    sql`select r.space_id, s.name, s.moderator_person_id as moderator, r.by_person_id, p.by_person_id as author, r.due_on
    from own_space_report r join own_space s on s.network_id = r.network_id and s.id = r.space_id
      join own_space_post p on p.network_id = r.network_id and p.id = r.post_id
    where r.decided_at is null order by r.id limit 20`
  const parts: Question<HomePart>[] = [
    question(reports, rows => ({
      needs: rows
        .filter(each =>
          mayDecide(
            actor,
            { moderatorId: each.moderator },
            { byId: each.by_person_id, authorId: each.author },
          ),
        )
        .map(
          (each): HomeLine => ({
            title: 'Look at a reported post',
            href: spacePaths.in(network.slug, each.space_id, 'reports'),
            status: 'Reported',
            hint: theirs(each.name),
            due: Temporal.PlainDate.from(each.due_on),
          }),
        ),
    })),
    question(
      sql<{ space_id: number; name: string; vote_until: string }>`
        select e.space_id, s.name, e.vote_until from own_space_election e
          join own_space s on s.network_id = e.network_id and s.id = e.space_id
        where e.counted_on is null and e.stand_until < ${today} and e.vote_until >= ${today}
          and not exists (select from own_space_vote v where v.network_id = e.network_id and v.election_id = e.id
            and v.person_id = ${actor.personId})
          and exists (select from own_space_candidate c where c.network_id = e.network_id and c.election_id = e.id)`,
      rows => ({
        needs: rows.map(each => ({
          title: 'Vote for a moderator',
          href: spacePaths.in(network.slug, each.space_id, 'moderator'),
          status: 'Your vote',
          hint: theirs(each.name),
          due: Temporal.PlainDate.from(each.vote_until),
        })),
      }),
    ),
  ]
  if (since) {
    parts.push(
      question(
        sql<{ space_id: number; id: number; title: string; at: string }>`
          select t.space_id, t.id, t.title, t.last_at as at from own_space_topic t
          where t.last_at > ${since} and exists (select from own_space_post p where p.network_id = t.network_id
            and p.topic_id = t.id and p.at > ${since} and p.by_person_id is distinct from ${actor.personId})
          order by t.last_at desc limit 5`,
        rows => ({
          moved: rows.map(each => ({
            title: theirs(each.title),
            href: spacePaths.topic(network.slug, each.space_id, each.id),
            status: 'New posts',
            hint: 'Volunteers’ own space',
            at: Temporal.Instant.from(each.at),
          })),
        }),
      ),
    )
  }
  return parts
}

/**
 * The clock sees nothing of a space. It asks in the name of one of its volunteers: counts an election whose time is
 * over, and reminds who decides on a report. Nothing of it goes to anybody else, nor into the team’s week.
 */
export async function spaceDue(work: DueWork): Promise<void> {
  const { tx, today, network, when } = work
  const spaces = await tx
    .selectFrom('own_space')
    .select(['id', 'group_id', 'moderator_person_id'])
    .orderBy('id')
    .limit(500)
    .execute()
  const soon = addWorkingDays(today, Math.max(1, clockOn('remind-before', today, when.clocks)))
  for (const space of spaces) {
    const people = await peopleOf(work, space.group_id)
    // Somebody who has a post since then, or has left, moderates no longer.
    if (space.moderator_person_id !== null && !people.some(each => each.id === space.moderator_person_id)) {
      await tx
        .updateTable('own_space')
        .set({ moderator_person_id: null, moderator_since: null })
        .where('id', '=', space.id)
        .execute()
      space.moderator_person_id = null
    }
    const [first] = people
    if (!first) continue
    const open = await asPerson(work, first.id, async () => {
      const ended = await tx
        .selectFrom('own_space_election')
        .select(['id as electionId', 'stand_until as standUntil', 'vote_until as voteUntil'])
        .where('space_id', '=', space.id)
        .where('counted_on', 'is', null)
        .where('vote_until', '<', today)
        .execute()
      for (const each of ended) await countElection(work, space.id, each)
      return await tx
        .selectFrom('own_space_report as r')
        .innerJoin('own_space_post as p', join =>
          join.onRef('p.network_id', '=', 'r.network_id').onRef('p.id', '=', 'r.post_id'),
        )
        .select(['r.id', 'r.due_on', 'r.by_person_id as byId', 'p.by_person_id as authorId'])
        .where('r.space_id', '=', space.id)
        .where('r.decided_at', 'is', null)
        .where('r.due_on', '<=', soon)
        .limit(200)
        .execute()
    })
    for (const each of open) {
      const deciding = people.filter(person =>
        mayDecide({ personId: person.id }, { moderatorId: space.moderator_person_id }, each),
      )
      for (const { id: personId } of deciding) {
        await tellAlone(work, space.id, {
          key: `own-space-report-${isLate(each.due_on, today) ? 'late' : 'soon'}:${each.id}:${personId}`,
          personId,
          kind: 'own-space-report',
          subject: 'something in the volunteers’ own space needs you',
          paragraphs: [
            `Something in the volunteers’ own space is to be looked at by ${dateInWords(each.due_on)}.`,
          ],
          link: { path: spacePaths.in(network.slug, space.id, 'reports'), words: 'Look at it here' },
        })
      }
    }
  }
}

/** One’s own words, also of somebody who is no volunteer any more. */
export const spaceHeld = (personId: number): Question<Held>[] => [
  question(
    sql<{ words: string; at: string }>`select words, at from own_space_mine()
      where ${personId} = nullif(current_setting('app.person', true), '')::integer`,
    rows => ({
      title: 'What you wrote in the volunteers’ own space',
      note: 'Only you can get this: to anybody else of the network it does not open. What others wrote is left out.',
      rows: rows.map(each => ({ When: each.at, 'Your words': each.words })),
    }),
  ),
]

export const spaceLeaving: Leaving = {
  says: () =>
    question(
      sql<{ one: number }>`select 1 as one`,
      (): WhatLeavingMeans => ({
        goes: ['All that you wrote in the volunteers’ own space, if you wrote there'],
      }),
    ),
  async leave({ tx }, personId) {
    await sql`select own_space_forget(${personId})`.execute(tx)
  },
}

const months = numberSetting({
  name: 'own-space-months',
  title: 'How long topics in the volunteers’ own space are kept',
  hint: 'Counted from the last post.',
  usual: 24,
  least: 1,
  most: 120,
  unit: 'months',
})

const start = (day: PlainDate) => day.toZonedDateTime('Europe/London').toInstant()

export const spaceKept: Kept = {
  name: 'own-space',
  title: 'Topics in the volunteers’ own space',
  source: 'Records Management Code of Practice, messages: 2 years',
  months,
  count: before =>
    question(
      sql<{ count: number }>`select own_space_old(${start(before)}, false) as count`,
      ([row]) => row?.count ?? 0,
    ),
  async end({ tx }, before) {
    const ended = await sql<{ count: number }>`select own_space_old(${start(before)}, true) as count`.execute(
      tx,
    )
    return ended.rows[0]?.count ?? 0
  },
}
