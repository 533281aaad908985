import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import { addWorkingDays, isLate } from '#kernel/calendar/working-days.ts'
import { clockOn } from '#kernel/clocks.ts'
import { reference } from '#kernel/references.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import type {
  DueWork,
  Held,
  HomeLine,
  HomePart,
  Kept,
  Leaving,
  Visit,
  WeekRow,
} from '#platform/http/route.ts'
import { numberSetting, settingOf } from '#platform/network-settings.ts'
import { notYetGiven } from '#platform/outbox.ts'
import { isTeam } from '#platform/permission.ts'
import { idsOf, postHolders } from '#platform/who-today.ts'
import { isOn } from './access.ts'
import { pounds } from './money.ts'
import { expensePaths } from './paths.ts'
import { expensesOn } from './setting.ts'
import type { ClaimState } from './tables.ts'
import { bookingStateWords, stateWords } from './words.ts'

interface Line {
  readonly number: number
  readonly what: string
  readonly state: string
  readonly due_on: PlainDate | null
  readonly mine: boolean
  readonly name: string
  readonly booking: boolean
}

/** My own money; for the team, what waits for a yes, a payment or a booking. */
export function expensesAtHome(visit: Visit): Question<HomePart>[] {
  const { actor, network } = visit
  if (!actor || !isOn(visit)) return []
  const me = actor.personId
  const rows = sql<Line>`
    (select c.number, c.what_for as what, c.state, c.pay_by as due_on, c.person_id = ${me} as mine, p.name,
       false as booking
     from expense_claim c join person p on p.network_id = c.network_id and p.id = c.person_id
     where c.state in ('writing', 'sent', 'approved-once', 'approved') and (c.person_id = ${me}
       or (${isTeam(actor)} and ((c.state = 'writing' and c.written_by_person_id = ${me}) or c.state = 'approved'
         or (c.state in ('sent', 'approved-once') and c.written_by_person_id <> ${me}
           and c.first_by_person_id is distinct from ${me}))))
     order by c.pay_by nulls first, c.id limit 15)
    union all
    (select b.number, b.words, b.state, b.on_date, false, p.name, true
     from expense_booking b join person p on p.network_id = b.network_id and p.id = b.person_id
     where b.state = 'asked' and b.person_id <> ${me} and ${isTeam(actor)} order by b.on_date limit 10)`
  return [
    question(rows, found => {
      const needs: HomeLine[] = []
      const waiting: HomeLine[] = []
      for (const row of found) {
        const mark = reference(row.booking ? 'B' : 'E', row.number)
        const line = (status: string): HomeLine => ({
          title: row.what,
          href: row.booking
            ? expensePaths.bookingStep(network.slug, mark, 'answer')
            : expensePaths.claim(network.slug, mark),
          status,
          hint: row.mine ? `Your expenses ${mark}` : `${mark}, ${row.name}`,
          due: row.due_on === null ? null : Temporal.PlainDate.from(row.due_on),
        })
        if (row.booking) needs.push(line('Book it'))
        else if (row.state === 'writing') needs.push(line('Finish it and send it'))
        else if (row.mine) waiting.push(line(stateWords[row.state as ClaimState]))
        else if (row.state === 'approved') needs.push(line('Pay it'))
        else needs.push(line('Say yes or no'))
      }
      return { needs, waiting }
    }),
  ]
}

/** For the team's week. */
export const expensesOfWeek = (visit: Visit) =>
  isOn(visit)
    ? [
        sql<WeekRow>`select 'Pay expenses'::text as promise, 'expenses:' || id || ':pay' as key,
            what_for::text as title, '/expenses/E-' || number as path, null::integer as person_id, pay_by as due_on
          from expense_claim where state in ('sent', 'approved-once', 'approved') and pay_by is not null`,
        sql<WeekRow>`select 'Book something for somebody'::text as promise, 'expenses:' || id || ':book' as key,
            words::text as title, '/expenses/bookings/B-' || number as path, null::integer as person_id,
            on_date as due_on
          from expense_booking where state = 'asked'`,
      ]
    : []

/** The team hears before the day and when it has passed. */
export async function expensesDue(work: DueWork): Promise<void> {
  const { tx, today, network, when } = work
  if (!settingOf(network, expensesOn)) return
  const soon = addWorkingDays(today, Math.max(1, clockOn('remind-before', today, when.clocks)))
  const claims = await tx
    .selectFrom('expense_claim')
    .select(['id', 'number', 'person_id', 'pay_by'])
    .where('state', 'in', ['sent', 'approved-once', 'approved'])
    .where('pay_by', '<=', soon)
    .orderBy('id')
    .limit(1000)
    .execute()
  if (claims.length === 0) return
  const { coordinators, managers } = await postHolders(tx, today)
  const wanted = claims.flatMap(each => {
    const late = isLate(each.pay_by, today)
    const mark = reference('E', each.number)
    const told = late ? [...idsOf(coordinators), ...idsOf(managers)] : idsOf(coordinators)
    return [...new Set(told)]
      .filter(personId => personId !== each.person_id)
      .map(personId => ({
        key: `expenses-${late ? 'late' : 'soon'}:${each.id}:${personId}`,
        personId,
        sentence: late
          ? `Expenses ${mark} were to be paid by ${dateInWords(each.pay_by!)}. They are late.`
          : `Expenses ${mark} are to be paid by ${dateInWords(each.pay_by!)}.`,
        path: expensePaths.claim(network.slug, mark),
      }))
  })
  for (const each of await notYetGiven(tx, wanted)) await work.remind(each)
}

export async function lateExpenses(tx: Tx, today: PlainDate): Promise<Record<string, number>> {
  const { count } = await tx
    .selectFrom('expense_claim')
    .select(sql<number>`count(*)::integer`.as('count'))
    .where('state', 'in', ['sent', 'approved-once', 'approved'])
    .where('pay_by', '<', today)
    .executeTakeFirstOrThrow()
  return { expenses: count }
}

/** What this room holds about one person. */
export const expensesHeld = (personId: number) => [
  question(
    sql<{
      number: number
      what_for: string
      on_date: string
      state: ClaimState
      pence: number
      paid_on: string | null
    }>`
      select c.number, c.what_for, c.on_date, c.state, c.paid_on, coalesce((select sum(l.pence) from expense_line l
        where l.network_id = c.network_id and l.claim_id = c.id), 0)::integer as pence
      from expense_claim c where c.person_id = ${personId} order by c.id`,
    (rows): Held => ({
      title: 'Expenses',
      note: 'What was paid is kept for 6 years for finance.',
      rows: rows.map(row => ({
        Claim: `${reference('E', row.number)}, ${row.what_for}`,
        Day: row.on_date,
        Sum: pounds(row.pence),
        'Where it is': stateWords[row.state],
        'Paid on': row.paid_on,
      })),
    }),
  ),
  question(
    sql<{
      number: number
      words: string
      on_date: string
      state: keyof typeof bookingStateWords
      answer: string
    }>`
      select number, words, on_date, state, answer from expense_booking where person_id = ${personId} order by id`,
    (rows): Held => ({
      title: 'Bookings for you',
      rows: rows.map(row => ({
        Booking: `${reference('B', row.number)}, ${row.words}`,
        Day: row.on_date,
        'Where it is': bookingStateWords[row.state],
        'What we wrote': row.answer || null,
      })),
    }),
  ),
]

/** What is owed is still paid; what was never sent goes; what was paid stays for finance. */
export const leavingExpenses: Leaving = {
  says: personId =>
    question(
      sql<{ open: number; paid: number; drafts: number; bookings: number }>`select
          (select count(*) from expense_claim where person_id = ${personId}
             and state in ('sent', 'approved-once', 'approved'))::integer as open,
          (select count(*) from expense_claim where person_id = ${personId} and state = 'paid')::integer as paid,
          (select count(*) from expense_claim where person_id = ${personId} and state = 'writing')::integer as drafts,
          (select count(*) from expense_booking where person_id = ${personId} and state = 'asked')::integer as bookings`,
      ([row]) => ({
        goes: [
          ...(row?.drafts ? ['Expenses that you began and did not send'] : []),
          ...(row?.bookings ? ['What you asked us to book'] : []),
        ],
        stays: [
          ...(row?.open ? ['Expenses that you sent: we still pay them'] : []),
          ...(row?.paid ? ['What we paid you: finance keeps it for 6 years'] : []),
        ],
      }),
    ),
  async leave(doing, personId) {
    const drafts = await doing.tx
      .deleteFrom('expense_claim')
      .where('person_id', '=', personId)
      .where('state', '=', 'writing')
      .returning('id')
      .execute()
    await forgetReceipts(
      doing,
      drafts.map(each => each.id),
    )
    await doing.tx
      .updateTable('expense_booking')
      .set({
        state: sql`case when state = 'asked' then 'withdrawn' else state end` as never,
        words: '',
        answer: '',
      })
      .where('person_id', '=', personId)
      .execute()
  },
}

async function forgetReceipts(doing: Parameters<Kept['end']>[0], claimIds: readonly number[]): Promise<void> {
  if (claimIds.length === 0) return
  const gone = await doing.tx
    .deleteFrom('stored_file')
    .where('thing_kind', '=', 'expense-claim')
    .where('thing_id', 'in', [...claimIds])
    .returning('store_key')
    .execute()
  for (const each of gone) await doing.files.forget(each)
}

export const expensesKeptMonths = numberSetting({
  name: 'expenses-kept',
  title: 'How long expenses are kept after they were paid or answered',
  usual: 72,
  least: 12,
  most: 240,
  unit: 'months',
})

export const keptExpenses: Kept = {
  name: 'expenses',
  title: 'Expenses that are over, with their receipts',
  source: 'Financial records are usually kept for 6 years; ask your finance department (R59)',
  months: expensesKeptMonths,
  count: before =>
    question(
      sql<{ count: number }>`select count(*)::integer as count from expense_claim
        where state in ('paid', 'refused', 'withdrawn') and coalesce(paid_on, on_date) < ${before}`,
      ([row]) => row?.count ?? 0,
    ),
  async end(doing, before) {
    const gone = await doing.tx
      .deleteFrom('expense_claim')
      .where('state', 'in', ['paid', 'refused', 'withdrawn'])
      .where(sql<boolean>`coalesce(paid_on, on_date) < ${before}`)
      .returning('id')
      .execute()
    await forgetReceipts(
      doing,
      gone.map(each => each.id),
    )
    return gone.length
  },
}
