import type { BookingKind, ClaimState, ExpenseBookingTable, LineKind, RateKind } from './tables.ts'

export const kindWords: Record<LineKind, string> = {
  travel: 'Bus, train or taxi',
  miles: 'Miles in your own car',
  parking: 'Parking',
  care: 'Somebody who looked after a person you care for',
  meals: 'A meal',
  other: 'Something else',
  payment: 'Payment for your time, by the half-day',
}
export const rateWords: Record<RateKind, string> = {
  miles: 'For each mile',
  meals: 'For a meal, at most',
  payment: 'For each half-day of somebody’s time',
}
export const bookingWords: Record<BookingKind, string> = {
  train: 'A train or bus ticket',
  taxi: 'A taxi',
  room: 'A room for the night',
  care: 'Somebody who looks after a person they care for',
  other: 'Something else',
}
export const stateWords: Record<ClaimState, string> = {
  writing: 'Not sent yet',
  sent: 'Sent',
  'approved-once': 'One person said yes',
  approved: 'Agreed, to be paid',
  paid: 'Paid',
  refused: 'Not paid',
  withdrawn: 'Taken back',
}
export const bookingStateWords: Record<ExpenseBookingTable['state'], string> = {
  asked: 'Asked for',
  booked: 'Booked',
  'not-booked': 'Not booked',
  withdrawn: 'Taken back',
}
export const toneOf = (state: ClaimState | ExpenseBookingTable['state']) =>
  state === 'paid' || state === 'booked'
    ? 'good'
    : state === 'refused' || state === 'withdrawn' || state === 'not-booked'
      ? 'stopped'
      : state === 'writing'
        ? 'waiting'
        : 'moving'
