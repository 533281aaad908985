import { type SqlBool, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import { addWorkingDays, isLate } from '#kernel/calendar/working-days.ts'
import { clockOn, promisedBy } from '#kernel/clocks.ts'
import { reference } from '#kernel/references.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import type { DueWork, Reminder } from '#platform/http/route.ts'
import { notYetGiven } from '#platform/outbox.ts'
import { idsOf, type Leader, leadersOf, postHolders } from '#platform/who-today.ts'
import { actionPaths } from './paths.ts'

interface DueAction {
  readonly id: number
  readonly number: number
  readonly what: string
  readonly due_on: PlainDate
  readonly owner_person_id: number
  readonly owner_name: string
  readonly leaders: readonly Leader[]
}

/**
 * Reminds the owner before the date; when it has passed, tells the chair and the deputy, and some working days
 * later the portfolio manager. Once each: a new date starts again.
 */
export async function actionsDue(work: DueWork): Promise<void> {
  const { tx, today, when, network } = work
  const soon = addWorkingDays(today, Math.max(1, clockOn('remind-before', today, when.clocks)))
  const found = await dueActions(tx, today, soon)
  if (found.length === 0) return
  const managers = idsOf((await postHolders(tx, today)).managers)
  const wanted = found.flatMap((each): Reminder[] => {
    const mark = reference('A', each.number)
    const path = actionPaths.one(network.slug, mark)
    const its = `${mark}, ${theirs(shorten(each.what, 100))}`
    const to = (why: string, people: readonly number[], sentence: string): Reminder[] =>
      [...new Set(people)].map(personId => ({
        key: `action-${why}:${each.id}:${each.due_on}:${personId}`,
        personId,
        sentence,
        path,
      }))
    const by = dateInWords(each.due_on)
    if (!isLate(each.due_on, today)) {
      return to('soon', [each.owner_person_id], `${its}: yours to do by ${by}.`)
    }
    const leaders = idsOf(each.leaders).filter(personId => personId !== each.owner_person_id)
    const late = `${its}: ${theirs(each.owner_name)} was to do it by ${by}. It is late.`
    const goesOn = promisedBy('request-escalate', each.due_on, when.clocks)
    return [
      ...to('late', [each.owner_person_id], `${its}: yours was due by ${by}. It is late.`),
      ...to('late', leaders.length > 0 ? leaders : managers, late),
      ...(Temporal.PlainDate.compare(today, goesOn) > 0 ? to('late-still', managers, late) : []),
    ]
  })
  for (const reminder of await notYetGiven(tx, wanted)) await work.remind(reminder)
}

async function dueActions(tx: Tx, today: PlainDate, soon: PlainDate): Promise<DueAction[]> {
  return await tx
    .selectFrom('action as a')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'a.network_id').onRef('p.id', '=', 'a.owner_person_id'),
    )
    .select(['a.id', 'a.number', 'a.what', 'a.due_on', 'a.owner_person_id', 'p.name as owner_name'])
    .select(leadersOf(sql`m.group_id = a.group_id`, today).as('leaders'))
    .where(sql<SqlBool>`a.state in ('open', 'asked-for-another-date')`)
    .where('a.due_on', '<=', soon)
    // What is older than a season has been told of, or the network has come back from a long sleep.
    .where('a.due_on', '>=', today.subtract({ days: 100 }))
    .orderBy('a.due_on')
    .orderBy('a.id')
    .limit(5000)
    .execute()
}

export async function lateActions(tx: Tx, today: PlainDate): Promise<Record<string, number>> {
  const { count } = await tx
    .selectFrom('action')
    .select(sql<number>`count(*)`.as('count'))
    .where(sql<SqlBool>`state in ('open', 'asked-for-another-date')`)
    .where('due_on', '<', today)
    .executeTakeFirstOrThrow()
  return { actions: Number(count) }
}
