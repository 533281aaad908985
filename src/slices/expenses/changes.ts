import { type Decision, type Happened, happened, type Refusal, refuse } from '#kernel/decision.ts'
import { reference } from '#kernel/references.ts'
import type { PlainDate, RowChange } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { CheckedFile } from '#platform/files.ts'
import { nextNumber } from '#platform/references.ts'
import { byOf } from './access.ts'
import * as steps from './expense.ts'
import { bookingTelling, claimTellings } from './messages.ts'
import { type LoadedBooking, type LoadedClaim, loadBooking, loadClaim, ratesOf } from './store.ts'
import type { BookingKind, LineKind, RateKind } from './tables.ts'

type Which = LoadedClaim | number
const notThere = refuse('not-there', 'There is no such claim')
const load = (doing: Doing, which: Which) =>
  typeof which === 'number' ? loadClaim(doing, which, { forChange: true }) : Promise.resolve(which)

type Made = { accepted: true; number: number; reference: string } | Refusal

/** Begins a claim: for oneself, or the team for somebody who told them. */
export async function beginClaim(
  doing: Doing,
  given: { personId: number; whatFor: string; on: PlainDate },
): Promise<Made> {
  if (!doing.actor) return refuse('nobody', 'Somebody has to claim')
  const by = byOf(doing.actor)
  if (given.personId !== by.personId && !by.isTeam)
    return refuse('not-yours', 'Only the person whose costs these are can do that')
  if (given.on.toString() > doing.today.toString())
    return refuse('ahead', 'The day must be today or earlier. For later, ask us to book it for you')
  const number = await nextNumber(doing.tx, doing.network.id, 'expense-claim', 1)
  const { id } = await doing.tx
    .insertInto('expense_claim')
    .values({
      network_id: doing.network.id,
      number,
      person_id: given.personId,
      written_by_person_id: by.personId,
      what_for: given.whatFor,
      on_date: given.on,
      state: 'writing',
      sent_at: null,
      pay_by: null,
      first_by_person_id: null,
      first_at: null,
      second_by_person_id: null,
      second_at: null,
      answered_by_person_id: null,
      paid_on: null,
      paid_by_person_id: null,
      made_at: doing.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'expense-claim', id }, [
    happened('begun', given.personId === by.personId ? {} : { recorded: true }),
  ])
  return { accepted: true, number, reference: reference('E', number) }
}

export interface NewLine {
  readonly kind: LineKind
  readonly words: string
  readonly pence: number | undefined
  readonly howMany: number | undefined
  readonly receipts: readonly CheckedFile[]
}

/** One cost with its receipts; the agreed rate and its day are written down with it. */
export async function addCost(doing: Doing, which: Which, given: NewLine): Promise<Decision<steps.Line>> {
  const claim = await load(doing, which)
  if (!claim || !doing.actor) return notThere
  const may = steps.change(claim, byOf(doing.actor))
  if (!may.accepted) return may
  const line = steps.priceOf(given, claim.on, await ratesOf(doing.tx))
  if (!line.accepted) return line
  await doing.tx
    .insertInto('expense_line')
    .values({
      network_id: doing.network.id,
      claim_id: claim.id,
      kind: line.state.kind,
      words: given.words,
      how_many: line.state.howMany,
      pence: line.state.pence,
      rate_pence: line.state.rate?.pence ?? null,
      rate_from_on: line.state.rate?.fromOn ?? null,
    })
    .execute()
  const thing = { kind: 'expense-claim', id: claim.id }
  await doing.files.keep(doing.tx, doing.network.id, thing, given.receipts, doing.actor.personId, doing.now)
  await save(doing, claim, {}, [happened('cost-added', { pence: line.state.pence })])
  return line
}

export async function removeCost(doing: Doing, which: Which, lineId: number): Promise<Decision<'writing'>> {
  const claim = await load(doing, which)
  if (!claim || !doing.actor) return notThere
  const may = steps.change(claim, byOf(doing.actor))
  if (!may.accepted) return may
  await doing.tx
    .deleteFrom('expense_line')
    .where('claim_id', '=', claim.id)
    .where('id', '=', lineId)
    .execute()
  await save(doing, claim, {}, [happened('cost-taken-out')])
  return may
}

export async function sendClaim(doing: Doing, which: Which): Promise<Decision<'sent'>> {
  const claim = await load(doing, which)
  if (!claim || !doing.actor) return notThere
  const step = steps.send(claim, byOf(doing.actor), doing.when)
  if (!step.accepted) return step
  await save(
    doing,
    claim,
    { state: step.state, sent_at: doing.now, pay_by: step.payBy ?? null, because: '' },
    step.events,
  )
  return step
}

/** The first or the second yes; neither by whose money it is, nor by who wrote it down. */
export async function approveClaim(
  doing: Doing,
  which: Which,
): Promise<Decision<'approved-once' | 'approved'>> {
  const claim = await load(doing, which)
  if (!claim || !doing.actor) return notThere
  const step = steps.approve(claim, byOf(doing.actor))
  if (!step.accepted) return step
  const who = doing.actor.personId
  await save(
    doing,
    claim,
    {
      state: step.state,
      ...(step.state === 'approved-once'
        ? { first_by_person_id: who, first_at: doing.now }
        : { second_by_person_id: who, second_at: doing.now }),
    },
    step.events,
  )
  return step
}

export async function sayNoToClaim(
  doing: Doing,
  which: Which,
  given: { what: 'missing' | 'cannot-pay'; because: string },
): Promise<Decision<'writing' | 'refused'>> {
  const claim = await load(doing, which)
  if (!claim || !doing.actor) return notThere
  const step = steps.sayNo(claim, byOf(doing.actor), given)
  if (!step.accepted) return step
  await save(
    doing,
    claim,
    {
      state: step.state,
      because: given.because,
      answered_by_person_id: doing.actor.personId,
      // What comes again is looked at again, by two.
      first_by_person_id: null,
      first_at: null,
    },
    step.events,
  )
  return step
}

export async function payClaim(doing: Doing, which: Which, on: PlainDate): Promise<Decision<'paid'>> {
  const claim = await load(doing, which)
  if (!claim || !doing.actor) return notThere
  const step = steps.pay(claim, byOf(doing.actor), on, doing.today)
  if (!step.accepted) return step
  await save(
    doing,
    claim,
    { state: 'paid', paid_on: on, paid_by_person_id: doing.actor.personId },
    step.events,
  )
  return step
}

export async function withdrawClaim(doing: Doing, which: Which): Promise<Decision<'withdrawn'>> {
  const claim = await load(doing, which)
  if (!claim || !doing.actor) return notThere
  const step = steps.withdraw(claim, byOf(doing.actor))
  if (!step.accepted) return step
  await save(doing, claim, { state: 'withdrawn' }, step.events)
  return step
}

async function save(
  doing: Doing,
  claim: LoadedClaim,
  change: RowChange<'expense_claim'>,
  events: readonly Happened[],
): Promise<void> {
  await doing.tx
    .updateTable('expense_claim')
    .set({ ...change, version: claim.version + 1 })
    .where('id', '=', claim.id)
    .execute()
  await doing.happened({ kind: 'expense-claim', id: claim.id }, events)
  const after = await loadClaim(doing, claim.number, { forChange: false })
  if (after) await doing.tell(...claimTellings(doing, after, events))
}

/** From that day on; what was claimed for earlier days keeps the earlier rate. */
export async function agreeRate(
  doing: Doing,
  given: { kind: RateKind; pence: number; from: PlainDate },
): Promise<Decision<'agreed'>> {
  if (!doing.actor) return refuse('nobody', 'Somebody has to agree it')
  await doing.tx
    .insertInto('expense_rate')
    .values({
      network_id: doing.network.id,
      kind: given.kind,
      pence: given.pence,
      from_on: given.from,
      by_person_id: doing.actor.personId,
      at: doing.now,
    })
    .execute()
  await doing.happened({ kind: 'network', id: doing.network.id }, [
    happened('rate-agreed', { kind: given.kind, pence: given.pence, from: given.from.toString() }),
  ])
  return { accepted: true, state: 'agreed', events: [] }
}

/** Asks the team to book and pay something, so that nobody has to pay first (R52). */
export async function askToBook(
  doing: Doing,
  given: { personId: number; kind: BookingKind; words: string; on: PlainDate },
): Promise<Made> {
  if (!doing.actor) return refuse('nobody', 'Somebody has to ask')
  const by = byOf(doing.actor)
  if (given.personId !== by.personId && !by.isTeam)
    return refuse('not-yours', 'Only the person themselves can ask for that')
  if (given.on.toString() < doing.today.toString())
    return refuse('past', 'The day must be today or later. For what you have paid, claim it')
  const number = await nextNumber(doing.tx, doing.network.id, 'expense-booking', 1)
  const { id } = await doing.tx
    .insertInto('expense_booking')
    .values({
      network_id: doing.network.id,
      number,
      person_id: given.personId,
      written_by_person_id: by.personId,
      kind: given.kind,
      words: given.words,
      on_date: given.on,
      state: 'asked',
      asked_at: doing.now,
      pence: null,
      answered_by_person_id: null,
      answered_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'expense-booking', id }, [happened('asked')])
  return { accepted: true, number, reference: reference('B', number) }
}

/** Somebody else of the team books it, or says why not. */
export async function answerBooking(
  doing: Doing,
  which: LoadedBooking | number,
  given: { booked: boolean; words: string; pence: number | undefined },
): Promise<Decision<'booked' | 'not-booked'>> {
  const booking = typeof which === 'number' ? await loadBooking(doing, which, { forChange: true }) : which
  if (!booking || !doing.actor) return refuse('not-there', 'There is no such booking')
  const by = byOf(doing.actor)
  if (!by.isTeam) return refuse('not-the-team', 'The team books')
  if (booking.personId === by.personId) return refuse('own', 'Somebody else books for you')
  if (booking.row.state !== 'asked') return refuse('answered', 'This was answered already')
  if (given.booked && given.pence === undefined) return refuse('pence', 'Write what it cost, such as 4.20')
  const state = given.booked ? 'booked' : 'not-booked'
  await doing.tx
    .updateTable('expense_booking')
    .set({
      state,
      answer: given.words,
      pence: given.booked ? (given.pence ?? null) : null,
      answered_by_person_id: by.personId,
      answered_at: doing.now,
      version: booking.version + 1,
    })
    .where('id', '=', booking.id)
    .execute()
  const event = happened(state)
  await doing.happened({ kind: 'expense-booking', id: booking.id }, [event])
  await doing.tell(bookingTelling(doing, booking, { booked: given.booked, words: given.words }))
  return { accepted: true, state, events: [event] }
}

export async function withdrawBooking(doing: Doing, booking: LoadedBooking): Promise<Decision<'withdrawn'>> {
  if (!doing.actor) return refuse('not-there', 'There is no such booking')
  if (booking.row.state !== 'asked') return refuse('answered', 'This was answered already. Ring the team')
  await doing.tx
    .updateTable('expense_booking')
    .set({ state: 'withdrawn', version: booking.version + 1 })
    .where('id', '=', booking.id)
    .execute()
  const event = happened('withdrawn')
  await doing.happened({ kind: 'expense-booking', id: booking.id }, [event])
  return { accepted: true, state: 'withdrawn', events: [event] }
}
