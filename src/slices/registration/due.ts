import { sql } from 'kysely'
import { dateInWords } from '#kernel/calendar/words.ts'
import { addWorkingDays, isLate } from '#kernel/calendar/working-days.ts'
import { clockOn } from '#kernel/clocks.ts'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import type { DueWork } from '#platform/http/route.ts'
import { type Holder, idsOf, postHolders } from '#platform/who-today.ts'
import { forgetOldDrafts } from './draft.ts'
import { registrationPaths as paths } from './paths.ts'

/** Before a promise ends whoever acts next is reminded; after it, the portfolio manager is told. Once each. */
export async function registrationDue(work: DueWork): Promise<void> {
  await forgetOldDrafts(work.tx, work.now)
  const soon = addWorkingDays(work.today, clockOn('remind-before', work.today, work.network.clocks))
  const waiting = await work.tx
    .selectFrom('application')
    .select(['id', 'number', 'state', 'due_on', 'owner_person_id'])
    .where('due_on', '<=', soon)
    .orderBy('due_on')
    .execute()
  if (waiting.length === 0) return
  const { coordinators, managers, team } = await whoActs(work)
  for (const { id, number, state, due_on, owner_person_id } of waiting) {
    const due = due_on!
    const late = isLate(due, work.today)
    const what = { received: 'talk with', 'spoken-with': 'answer' }[state as string] ?? 'get in touch with'
    const sentence = late
      ? `Application ${number} is late: we promised to ${what} this person by ${dateInWords(due)}.`
      : `Application ${number}: ${what} this person by ${dateInWords(due)}.`
    const owner = owner_person_id !== null && team.includes(owner_person_id) ? [owner_person_id] : undefined
    for (const personId of late ? managers : (owner ?? coordinators)) {
      await work.remind({
        key: `application-${late ? 'late' : 'soon'}:${id}:${state}:${due}:${personId}`,
        personId,
        sentence,
        path: paths.one(work.network.slug, number),
      })
    }
  }
}

/** Where there is no co-ordinator the managers stand in, and the other way round. */
async function whoActs({
  tx,
  today,
}: DueWork): Promise<{ coordinators: number[]; managers: number[]; team: number[] }> {
  const { coordinators, managers, directors } = await postHolders(tx, today)
  const first = (...lists: (readonly Holder[])[]) => idsOf(lists.find(each => each.length > 0) ?? [])
  return {
    coordinators: first(coordinators, managers, directors),
    managers: first(managers, directors, coordinators),
    team: idsOf([...coordinators, ...managers, ...directors]),
  }
}

export async function lateApplications(tx: Tx, today: PlainDate): Promise<Record<string, number>> {
  const counted = await sql<{ late: number }>`
    select count(*) as late from application where due_on < ${today}`.execute(tx)
  return { application: Number(counted.rows[0]!.late) }
}
