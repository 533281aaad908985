import { sql } from 'kysely'
import { dateInWords } from '#kernel/calendar/words.ts'
import { addWorkingDays, isLate } from '#kernel/calendar/working-days.ts'
import { clockOn } from '#kernel/clocks.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import type { DueWork, Reminder } from '#platform/http/route.ts'
import { notYetGiven } from '#platform/outbox.ts'
import { type Holder, holdersOf, idsOf, type Leader, leadersOf } from '#platform/who-today.ts'
import { answerersOf } from './messages.ts'
import { messagePaths } from './paths.ts'

interface Owed {
  readonly id: number
  readonly kind: 'team' | 'chair'
  readonly due_on: PlainDate
  readonly group_name: string | null
  readonly leaders: readonly Leader[]
  readonly coordinators: readonly Holder[]
}

/** Who owes an answer is reminded before the day; when it is late, who leads with them hears it too. No words, no names. */
export async function messagesDue(work: DueWork): Promise<void> {
  const { tx, today, when, network } = work
  const soon = addWorkingDays(today, Math.max(1, clockOn('remind-before', today, when.clocks)))
  const owed = await sql<Owed>`
    select t.id, t.kind, t.due_on, g.name as group_name,
      ${leadersOf(sql`m.group_id = t.group_id`, today)} as leaders, ${holdersOf('co-ordinator', today)} as coordinators
    from message_thread t left join network_group g on g.network_id = t.network_id and g.id = t.group_id
    where t.turn = 'us' and t.due_on <= ${soon} order by t.due_on, t.id limit 2000`.execute(tx)
  const wanted = owed.rows.flatMap((each): Reminder[] => {
    const late = isLate(each.due_on, today)
    const answerers = answerersOf({
      kind: each.kind,
      leaders: each.leaders,
      coordinatorIds: idsOf(each.coordinators),
    })
    const people = late ? [...new Set([...answerers, ...idsOf(each.leaders)])] : answerers
    const to = each.kind === 'team' ? 'the team' : `who leads ${theirs(each.group_name ?? '')}`
    return people.map(personId => ({
      key: `message-${late ? 'late' : 'soon'}:${each.id}:${each.due_on}:${personId}`,
      personId,
      sentence: late
        ? `A message to ${to} was to be answered by ${dateInWords(each.due_on)}. It is late.`
        : `A message to ${to} waits for an answer by ${dateInWords(each.due_on)}.`,
      path: messagePaths.one(network.slug, each.id),
    }))
  })
  for (const each of await notYetGiven(tx, wanted)) await work.remind(each)
}

export async function lateMessages(tx: Tx, today: PlainDate): Promise<Record<string, number>> {
  const { count } = await tx
    .selectFrom('message_thread')
    .select(sql<number>`count(*)`.as('count'))
    .where('turn', '=', 'us')
    .where('due_on', '<', today)
    .executeTakeFirstOrThrow()
  return { messages: Number(count) }
}
