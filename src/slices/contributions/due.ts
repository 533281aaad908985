import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { dateInWords, dueInWords } from '#kernel/calendar/words.ts'
import { reference } from '#kernel/references.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Tx } from '#platform/database/tables.ts'
import type { DueWork } from '#platform/http/route.ts'
import { type Contribution, endUnanswered, turnOf } from './contribution.ts'
import { messageTexts } from './message-texts.ts'
import { telling, verdictLink } from './messages.ts'
import { deputiesOf, type Named, type NetworkPeople, networkPeople, whoLeads } from './network-people.ts'
import { contributionPaths } from './paths.ts'
import { notOfSomebodyAtRest } from './resting.ts'
import { loadThread, readState, saveStep } from './store.ts'
import { nextWake, type Wake, wakesNow } from './wake.ts'

const batch = 200

/** What the clock says is due: reminders before, the next in line after, verdicts asked for once, endings. */
export async function contributionsDue(work: DueWork): Promise<void> {
  let people: NetworkPeople | undefined
  for (;;) {
    const rows = await work.tx
      .selectFrom('contribution')
      .select([
        'id',
        'number',
        'version',
        'state',
        'state_data',
        'group_id',
        'feedback_owner_person_id',
        'wake_on',
      ])
      .where('wake_on', '<=', work.today)
      .where(notOfSomebodyAtRest(work.today))
      .orderBy('wake_on')
      .orderBy('id')
      .limit(batch)
      // Whoever takes a step with one of them right now sets its clock anew.
      .forUpdate()
      .skipLocked()
      .execute()
    if (rows.length === 0) return
    people ??= await networkPeople(work.tx, work.today)
    const next: { id: number; on: string | null }[] = []
    for (const row of rows) {
      const it = readState(row.state, row.state_data)
      const woken = { ...row, it, reference: reference('C', row.number) }
      for (const wake of wakesNow(it, work.when.clocks, row.wake_on!, work.today)) {
        await doWake(work, people, woken, wake)
      }
      // Past its end nothing more wakes it; a step that ended it has set that already.
      next.push({ id: row.id, on: nextWake(it, work.when.clocks, work.today)?.toString() ?? null })
    }
    if (next.length > 0) {
      await sql`update contribution c set wake_on = n.on::date
        from jsonb_to_recordset(${JSON.stringify(next)}::jsonb) as n(id integer, "on" text)
        where c.id = n.id`.execute(work.tx)
    }
  }
}

interface Woken {
  readonly id: number
  readonly number: number
  readonly version: number
  readonly reference: string
  readonly group_id: number | null
  readonly feedback_owner_person_id: number | null
  readonly it: Contribution
}

async function doWake(work: DueWork, people: NetworkPeople, woken: Woken, wake: Wake): Promise<void> {
  switch (wake.what) {
    case 'remind-verdict':
      return await remindOfVerdict(work, woken)
    case 'end': {
      const loaded = await loadThread(work.tx, woken.number, { forChange: true })
      if (!loaded) return
      const step = endUnanswered(loaded.thread, work.when)
      if (step?.accepted) await saveStep(work, loaded, step)
      return
    }
    default: {
      const { due } = turnOf(woken.it)
      if (!due) return
      for (const person of toldAt(people, woken, wake.what)) {
        await work.remind({
          key: `contribution:${woken.id}:${woken.it.state}:${due}:${wake.what}:${person.id}`,
          personId: person.id,
          sentence: reminderSentence(woken, wake.what, due, work.today),
          path: contributionPaths.one(work.network.slug, woken.reference),
        })
      }
    }
  }
}

/** Once, to each who has not said anything yet, with their own link (LOOP-13). */
async function remindOfVerdict(work: DueWork, { id, it, reference: name, version }: Woken): Promise<void> {
  if (it.state !== 'fed-back') return
  const waiting = await work.tx
    .selectFrom('contributor')
    .select('person_id')
    .where('contribution_id', '=', id)
    .where('withdrawn_at', 'is', null)
    .where('verdict', 'is', null)
    .execute()
  await work.tell(
    ...waiting.map(each =>
      telling(
        work,
        { id, reference: name, version },
        each.person_id,
        'verdict-reminder',
        messageTexts['verdict-reminder'](name),
        verdictLink(work, it.feedbackId, each.person_id),
      ),
    ),
  )
}

/** Before: who acts next. After: the next in line, and some days later the portfolio manager. Once each (LOOP-16). */
export function toldAt(
  people: NetworkPeople,
  woken: Pick<Woken, 'it' | 'group_id' | 'feedback_owner_person_id'>,
  what: 'remind' | 'chase' | 'late' | 'escalate',
): readonly Named[] {
  const { portfolioManagers: managers, directors, coordinators } = people
  const first = (...lists: (readonly Named[])[]) => lists.find(each => each.length > 0) ?? []
  const leads = whoLeads(people, woken.group_id)
  const deputies = deputiesOf(people, woken.group_id)
  const owner = woken.feedback_owner_person_id
  const inTurn = what === 'remind' || what === 'chase'
  switch (turnOf(woken.it).waitsFor) {
    case 'team':
      if (inTurn) return first(coordinators, managers)
      return what === 'late' ? first(managers, directors) : directors
    case 'group':
      if (inTurn) return leads
      return what === 'late' ? first(deputies, leads, managers) : first(managers, directors)
    case 'feedback-owner': {
      const answers = owner === null ? leads : [{ id: owner, name: '' }]
      if (inTurn) return answers
      const others = first(
        deputies.filter(each => each.id !== owner),
        leads.filter(each => each.id !== owner),
        managers,
      )
      return what === 'late' ? others : first(managers, directors)
    }
    case 'portfolio-manager':
      if (inTurn) return first(managers, directors)
      return what === 'late' ? first(directors, managers) : []
    case 'director':
      return what === 'escalate' ? [] : first(directors, managers)
    default:
      return []
  }
}

function reminderSentence(
  { it, reference: name }: Pick<Woken, 'it' | 'reference'>,
  what: 'remind' | 'chase' | 'late' | 'escalate',
  due: Temporal.PlainDate,
  today: Temporal.PlainDate,
): string {
  const todo = todoOf(it, name)
  if (what === 'remind') return `${todo} by ${dateInWords(due)}.`
  if (what === 'chase') return `${todo} today.`
  return `${name} is ${dueInWords(due, today).words}. What it waits for: ${todo[0]!.toLowerCase()}${todo.slice(1)}.`
}

/** What whoever acts next has to do. */
function todoOf(it: Contribution, name: string): string {
  switch (it.state) {
    case 'received':
      return `Say where ${name} will be considered`
    case 'to-be-considered':
      return `Write down what was said about ${name}`
    case 'passed-on':
      return it.answer ? `Write the answer to ${name}` : `Ask ${theirs(it.to)} what came of ${name}`
    case 'reopened':
      return `Have ${name} looked at again or answered again`
    default:
      return `Write the answer to ${name}`
  }
}

/** Promises about contributions that are late today, by state: for operators' numbers. */
export async function lateContributions(
  tx: Tx,
  today: Temporal.PlainDate,
): Promise<Readonly<Record<string, number>>> {
  const rows = await tx
    .selectFrom('contribution')
    .select(['state', sql<number>`count(*)`.as('late')])
    .where('due_on', '<', today)
    .groupBy('state')
    .execute()
  return Object.fromEntries(rows.map(each => [`contribution ${each.state}`, each.late]))
}
