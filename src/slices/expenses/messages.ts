import { dateInWords } from '#kernel/calendar/words.ts'
import type { Happened } from '#kernel/decision.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Doing } from '#platform/doing.ts'
import type { Telling } from '#platform/outbox.ts'
import { totalOf } from './expense.ts'
import { pounds } from './money.ts'
import { expensePaths } from './paths.ts'
import type { LoadedBooking, LoadedClaim } from './store.ts'

type Where = Pick<Doing, 'network' | 'actor'>

/** What the person is told of their claim; the team finds its part on the home page. */
export function claimTellings(doing: Where, claim: LoadedClaim, events: readonly Happened[]): Telling[] {
  return events.flatMap(({ event }): Telling[] => {
    const tell = (subject: string, ...paragraphs: string[]): Telling[] => [
      {
        key: `expense-${event}:${claim.id}:${claim.version}`,
        personId: claim.personId,
        kind: `expense-${event}`,
        subject,
        paragraphs,
        link: { path: expensePaths.claim(doing.network.slug, claim.reference), words: 'See your claim' },
        short: `there is news about your expenses ${claim.reference}.`,
        about: { kind: 'expense-claim', id: claim.reference },
      },
    ]
    const sum = theirs(pounds(totalOf(claim)))
    switch (event) {
      case 'sent':
        return tell(
          `we have your expenses ${claim.reference}`,
          `We have your claim for ${sum}.`,
          `Two people look at it. You get the money by ${claim.payBy ? dateInWords(claim.payBy) : 'the promised day'}.`,
        )
      case 'sent-back':
        return tell(
          `something is missing in your expenses ${claim.reference}`,
          `We looked at your claim for ${sum}, and something is missing: ${theirs(claim.because)}`,
          'Put it right and send it again, or ring us and we do it together.',
        )
      case 'refused':
        return tell(
          `we cannot pay your expenses ${claim.reference}`,
          `We cannot pay your claim for ${sum}. Why: ${theirs(claim.because)}`,
          'If you think that this is wrong, ring us.',
        )
      case 'paid':
        return tell(
          `your expenses ${claim.reference} were paid`,
          `We paid you ${sum} on ${claim.paidOn ? dateInWords(claim.paidOn) : 'this day'}.`,
          'It can take some days until your bank shows it. Thank you for what you do.',
        )
      default:
        return []
    }
  })
}

export function bookingTelling(
  doing: Where,
  booking: LoadedBooking,
  given: { booked: boolean; words: string },
): Telling {
  return {
    key: `expense-booking:${booking.id}:${booking.version}`,
    personId: booking.personId,
    kind: 'expense-booking',
    subject: given.booked
      ? `${booking.reference} is booked for you`
      : `we could not book ${booking.reference}`,
    paragraphs: [
      `You asked us to book something for ${dateInWords(booking.row.on_date)}: ${theirs(booking.row.words)}`,
      given.booked
        ? `It is booked and paid. ${theirs(given.words)}`
        : `We could not book it. Why: ${theirs(given.words)} If you pay yourself, you can claim it.`,
    ],
    link: {
      path: expensePaths.booking(doing.network.slug, booking.reference),
      words: 'See the booking',
    },
    short: `there is news about your booking ${booking.reference}.`,
    about: { kind: 'expense-booking', id: booking.reference },
  }
}
