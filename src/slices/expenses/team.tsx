import {
  DateField,
  Empty,
  Filters,
  Form,
  LinkList,
  Pagination,
  Select,
  Table,
  TextField,
} from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { reference } from '#kernel/references.ts'
import { csv } from '#kernel/text/csv.ts'
import { choice, withDate } from '#platform/form/fields.ts'
import { form, page, refused, show, type Visit } from '#platform/http/route.ts'
import { type On, theTeam, whenOn } from './access.ts'
import { agreeRate } from './changes.ts'
import { Where } from './mine.tsx'
import { money, pounds } from './money.ts'
import { expensePaths } from './paths.ts'
import { listBookings, listClaims, ratesOf, type Show, shows } from './store.ts'
import { rateKinds } from './tables.ts'
import { bookingWords, rateWords, stateWords } from './words.ts'

const wishOf = (query: URLSearchParams): { show: Show; before: number | undefined } => {
  const before = query.get('before') ?? ''
  return {
    show: shows.find(each => each === query.get('show')) ?? 'open',
    before: /^\d{1,9}$/.test(before) ? Number(before) : undefined,
  }
}

const all = page<On>('/:network/team/expenses', {
  who: theTeam,
  audit: 'nothing',
  load: whenOn,
  async handler(visit) {
    const wish = wishOf(visit.query)
    const { rows, next } = await listClaims(visit.tx, visit.today, wish)
    const bookings = await listBookings(visit.tx, {})
    const { slug } = visit.network
    const here = expensePaths.all(slug)
    return show({
      title: 'Everybody’s expenses',
      wide: true,
      back: { href: `/${slug}/team`, text: 'Back to the team’s work' },
      body: (
        <>
          <p>
            Two people say yes to each claim: nobody to their own, nor to what they wrote down for others.
          </p>
          <LinkList
            links={[
              { href: expensePaths.rates(slug), text: 'The rates that were agreed' },
              {
                href: `${expensePaths.csv(slug)}?show=${wish.show}`,
                text: 'This list for finance, as a spreadsheet (CSV)',
              },
              { href: `/${slug}/team/people`, text: 'Write down expenses for somebody: choose the person' },
            ]}
          />
          <Filters
            action={here}
            clear={wish.show === 'open' ? undefined : here}
            filters={[
              {
                name: 'show',
                label: 'Which',
                value: wish.show,
                options: [
                  { value: 'open', text: 'Open' },
                  { value: 'to-approve', text: 'Wait for a yes' },
                  { value: 'to-pay', text: 'Agreed, to be paid' },
                  { value: 'late', text: 'Late' },
                  { value: 'over', text: 'Paid, not paid or taken back' },
                ],
              },
            ]}
          />
          {rows.length === 0 ? (
            <Empty>{wish.show === 'late' ? 'Nothing is late here. That is good.' : 'Nothing is here.'}</Empty>
          ) : (
            <Table
              caption="Claims"
              captionHidden
              columns={[
                { title: 'Claim' },
                { title: 'Whose' },
                { title: 'Sum', numeric: true },
                { title: 'Where it is' },
              ]}
              rows={rows.map(row => [
                <a key="claim" href={expensePaths.claim(slug, reference('E', row.number))}>
                  {reference('E', row.number)} {row.what_for}
                </a>,
                row.name,
                pounds(row.pence),
                <Where key="where" row={row} today={visit.today} />,
              ])}
            />
          )}
          <Pagination
            next={next === undefined ? undefined : { href: `${here}?show=${wish.show}&before=${next}` }}
          />
          <h2 className="nhsuk-heading-m">To be booked</h2>
          {bookings.length === 0 ? (
            <Empty>Nothing waits to be booked.</Empty>
          ) : (
            <Table
              caption="What people asked us to book"
              captionHidden
              columns={[{ title: 'Booking' }, { title: 'For whom' }, { title: 'Day' }]}
              rows={bookings.map(row => [
                <a key="booking" href={expensePaths.booking(slug, reference('B', row.number))}>
                  {reference('B', row.number)} {bookingWords[row.kind]}
                </a>,
                row.name,
                dateInWords(row.on_date),
              ])}
            />
          )}
        </>
      ),
    })
  },
})

/** For finance: who is owed what, on whose word. No words about anybody's life. */
const table = page<On>('/:network/team/expenses/expenses.csv', {
  who: theTeam,
  audit: 'expenses-taken-out',
  load: whenOn,
  async handler(visit) {
    const { rows } = await listClaims(visit.tx, visit.today, {
      show: wishOf(visit.query).show,
      limit: 10_000,
    })
    return {
      kind: 'text',
      type: 'text/csv; charset=utf-8',
      fileName: 'expenses.csv',
      body: csv([
        [
          'Claim',
          'Person',
          'What for',
          'Day',
          'Sum in pounds',
          'State',
          'First yes',
          'Second yes',
          'Pay by',
          'Paid on',
        ],
        ...rows.map(row => [
          reference('E', row.number),
          row.name,
          row.what_for,
          row.on_date.toString(),
          (row.pence / 100).toFixed(2),
          stateWords[row.state],
          row.first_by ?? '',
          row.second_by ?? '',
          row.pay_by?.toString() ?? '',
          row.paid_on?.toString() ?? '',
        ]),
      ]),
    }
  },
})

const rateFields = withDate(
  'from',
  { required: 'Enter the day from which it holds' },
  {
    kind: choice('Choose what the rate is for', rateKinds),
    pence: money('Write the sum in pounds and pence, such as 0.45'),
  },
)

const rates = form<typeof rateFields, On>('/:network/team/expenses/rates', {
  who: theTeam,
  audit: 'expense-rate-agreed',
  load: whenOn,
  fields: rateFields,
  async screen(visit: Visit<On>, { values, errors }) {
    const agreed = await ratesOf(visit.tx)
    return {
      title: 'The rates that were agreed',
      back: { href: expensePaths.all(visit.network.slug), text: 'Everybody’s expenses' },
      body: (
        <>
          <p>
            Ask your finance department which rates hold. This service brings none along. A cost is paid at
            the rate of its own day.
          </p>
          {agreed.length === 0 ? (
            <Empty>No rate was agreed yet: miles and time cannot be claimed.</Empty>
          ) : (
            <Table
              caption="Rates"
              captionHidden
              columns={[
                { title: 'What for' },
                { title: 'Sum', numeric: true },
                { title: 'From' },
                { title: 'Set by' },
              ]}
              rows={[...agreed]
                .reverse()
                .map(each => [
                  rateWords[each.kind],
                  pounds(each.pence),
                  dateInWords(each.fromOn),
                  each.byName,
                ])}
            />
          )}
          <h2 className="nhsuk-heading-m">A new rate</h2>
          <Form hidden={visit.hidden} button="Save the rate">
            <Select
              name="kind"
              label="What is it for?"
              empty="Choose one"
              value={values.kind}
              options={rateKinds.map(each => ({ value: each, text: rateWords[each] }))}
              errors={errors}
            />
            <TextField
              name="pence"
              label="How much, in pounds?"
              value={values.pence}
              width={10}
              errors={errors}
            />
            <DateField
              name="from"
              label="From which day?"
              value={{ day: values['from-day'], month: values['from-month'], year: values['from-year'] }}
              errors={errors}
            />
          </Form>
        </>
      ),
    }
  },
  async submit(visit: Visit<On>, given) {
    const done = await agreeRate(visit, given)
    return done.accepted ? { to: expensePaths.rates(visit.network.slug) } : refused(done)
  },
})

export const teamRoutes = [all, table, rates]
