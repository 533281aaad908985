import { type Expression, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { shorten } from '#kernel/text/graphemes.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { Instant } from '#platform/database/tables.ts'
import type { HomeLine, HomePart, Visit, WeekRow } from '#platform/http/route.ts'
import { isTeam } from '#platform/permission.ts'
import { readable } from './access.ts'
import { messagePaths } from './paths.ts'
import { type ListedThread, myTurn } from './queries.ts'
import { listedWith } from './words.ts'

type Row = Pick<
  ListedThread,
  | 'id'
  | 'kind'
  | 'subject'
  | 'turn'
  | 'due_on'
  | 'person_id'
  | 'person_name'
  | 'group_id'
  | 'group_name'
  | 'other_name'
> & { readonly mine: boolean; readonly last_at: Instant }

/** What waits for my answer, and what I wait for. */
export function messagesAtHome(visit: Visit, _since: Instant | null): Question<HomePart>[] {
  const { actor, tx, network } = visit
  if (!actor) return []
  const open: Expression<Row> = tx
    .selectFrom('message_thread')
    .innerJoin('person as p', join =>
      join
        .onRef('p.network_id', '=', 'message_thread.network_id')
        .onRef('p.id', '=', 'message_thread.person_id'),
    )
    .leftJoin('network_group as g', join =>
      join
        .onRef('g.network_id', '=', 'message_thread.network_id')
        .onRef('g.id', '=', 'message_thread.group_id'),
    )
    .select([
      'message_thread.id',
      'message_thread.kind',
      'message_thread.subject',
      'message_thread.turn',
      'message_thread.due_on',
      'message_thread.last_at',
      'message_thread.person_id',
      'message_thread.group_id',
      'p.name as person_name',
      'g.name as group_name',
      sql<string | null>`(select b.name from person b where b.network_id = message_thread.network_id
        and b.id in (message_thread.one_person_id, message_thread.other_person_id) and b.id <> ${actor.personId})`.as(
        'other_name',
      ),
      sql<boolean>`${myTurn(actor)}`.as('mine'),
    ])
    .where(eb => readable(eb, actor))
    .where('message_thread.turn', '<>', 'nobody')
    .orderBy('message_thread.due_on')
    .orderBy('message_thread.id')
    .limit(20)
  return [
    question(open, rows => {
      const needs: HomeLine[] = []
      const waiting: HomeLine[] = []
      for (const row of rows) {
        const due = row.due_on === null ? null : Temporal.PlainDate.from(row.due_on)
        const listed = { ...row, due_on: due, last_at: Temporal.Instant.from(row.last_at) }
        const line = (status: string): HomeLine => ({
          title: shorten(row.subject, 100),
          href: messagePaths.one(network.slug, row.id),
          status,
          hint: `A message. ${listedWith(listed, actor)}`,
          due,
        })
        if (row.mine) needs.push(line(row.kind === 'buddy' ? 'Your buddy wrote' : 'Wants an answer'))
        else if (row.kind !== 'buddy' && row.person_id === actor.personId)
          waiting.push(line('You get an answer'))
      }
      return { needs, waiting }
    }),
  ]
}

/** Messages to the team with their subject; of what is for who leads a group, only that there is one. */
export function messagesInTheWeek(visit: Visit): Expression<WeekRow>[] {
  if (!visit.actor || !isTeam(visit.actor)) return []
  return [
    sql<WeekRow>`select 'Answer a message'::text as promise, 'message:' || t.id as key, t.subject as title,
        '/messages/' || t.id as path, null::integer as person_id, t.due_on
      from message_thread t where t.turn = 'us' and t.due_on is not null and t.kind = 'team'`,
  ]
}
