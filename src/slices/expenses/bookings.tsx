import { z } from 'zod'
import { Form, InsetText, Quote, Radios, SummaryList, TextArea, TextField } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { choice, text } from '#platform/form/fields.ts'
import { form, type Load, page, refused, type Screen, show, type Visit } from '#platform/http/route.ts'
import { isTeam } from '#platform/permission.ts'
import { isOn, mayRead, theTeam } from './access.ts'
import { answerBooking, withdrawBooking } from './changes.ts'
import { optionalMoney, pounds } from './money.ts'
import { expensePaths } from './paths.ts'
import { type LoadedBooking, loadBooking } from './store.ts'
import { bookingStateWords, bookingWords } from './words.ts'

type Here = Visit<LoadedBooking>
const load: Load<LoadedBooking> = async (visit, how) =>
  isOn(visit) ? await loadBooking(visit, visit.params.booking, how) : undefined
const pathOf = (visit: Here) => expensePaths.booking(visit.network.slug, visit.thing.reference)

const one = page<LoadedBooking>('/:network/expenses/bookings/:booking', {
  who: mayRead,
  audit: 'nothing',
  load,
  handler: visit => show(bookingScreen(visit)),
})

function bookingScreen(visit: Here): Screen {
  const { thing, network, me } = visit
  const { row } = thing
  const mine = thing.personId === me.personId
  return {
    title: bookingWords[row.kind],
    caption: `Booking ${thing.reference}`,
    back: mine
      ? { href: expensePaths.mine(network.slug), text: 'Your expenses' }
      : { href: expensePaths.all(network.slug), text: 'Everybody’s expenses' },
    body: (
      <>
        {row.state === 'asked' && <InsetText>The team will book it, or say why not.</InsetText>}
        <SummaryList
          rows={[
            { key: 'For whom', value: theirs(thing.name) },
            { key: 'Day', value: dateInWords(row.on_date) },
            { key: 'Where it is', value: bookingStateWords[row.state] },
            ...(row.pence === null
              ? []
              : [{ key: 'What it cost', value: `${pounds(row.pence)}, paid by us` }]),
          ]}
        />
        <h2 className="nhsuk-heading-s">What is needed</h2>
        <Quote words={row.words} by={theirs(thing.name)} />
        {row.answer !== '' && (
          <>
            <h2 className="nhsuk-heading-s">The answer</h2>
            <Quote words={row.answer} by={theirs(thing.answeredByName ?? '')} />
          </>
        )}
        {row.state === 'asked' && isTeam(me) && !mine && (
          <p>
            <a href={expensePaths.bookingStep(network.slug, thing.reference, 'answer')}>
              Say that it is booked, or why not
            </a>
          </p>
        )}
        {row.state === 'asked' && (
          <Form
            action={expensePaths.bookingStep(network.slug, thing.reference, 'withdraw')}
            hidden={visit.hidden}
            button="It is not needed any more"
          />
        )}
      </>
    ),
  }
}

const answer = form('/:network/expenses/bookings/:booking/answer', {
  load,
  who: theTeam,
  audit: 'booking-answered',
  fields: z.object({
    booked: choice('Choose whether it is booked', ['yes', 'no']),
    words: text('Write what they need to know', { max: 1000, name: 'What they need to know' }),
    pence: optionalMoney(),
  }),
  screen: (visit: Here, { values, errors }) => ({
    title: 'Is it booked?',
    caption: `Booking ${visit.thing.reference}`,
    back: { href: pathOf(visit), text: 'Back to the booking' },
    body: (
      <Form hidden={visit.hidden} button="Tell them">
        <Quote words={visit.thing.row.words} by={visit.thing.name} />
        <Radios
          name="booked"
          label="Is it booked?"
          value={values.booked}
          errors={errors}
          options={[
            { value: 'yes', label: 'Yes, it is booked and paid' },
            { value: 'no', label: 'No, we cannot book it' },
          ]}
        />
        <TextArea
          name="words"
          label="What do they need to know?"
          hint="Times and numbers, or why it cannot be booked."
          value={values.words}
          maxCharacters={1000}
          rows={3}
          errors={errors}
        />
        <TextField
          name="pence"
          label="What did it cost, in pounds?"
          hint="Leave it empty if it is not booked."
          value={values.pence}
          width={10}
          errors={errors}
        />
      </Form>
    ),
  }),
  async submit(visit: Here, { booked, words, pence }) {
    const done = await answerBooking(visit, visit.thing, { booked: booked === 'yes', words, pence })
    return done.accepted
      ? { to: pathOf(visit) }
      : refused(done, done.reason === 'pence' ? 'pence' : undefined)
  },
})

const withdraw = form('/:network/expenses/bookings/:booking/withdraw', {
  load,
  who: mayRead,
  audit: 'booking-taken-back',
  page: false,
  fields: z.object({}),
  screen: (visit: Here) => bookingScreen(visit),
  async submit(visit: Here) {
    const done = await withdrawBooking(visit, visit.thing)
    return done.accepted ? { to: pathOf(visit) } : refused(done)
  },
})

export const bookingRoutes = [one, answer, withdraw]
