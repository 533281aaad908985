import {
  ButtonLink,
  Checkboxes,
  DateField,
  Empty,
  Form,
  InsetText,
  LinkList,
  Radios,
  StatusTag,
  Table,
  TextArea,
  TextField,
} from '#design/index.ts'
import { dateInWords, dueInWords } from '#kernel/calendar/words.ts'
import { reference } from '#kernel/references.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { choice, several, text, withDate } from '#platform/form/fields.ts'
import {
  type Filled,
  form,
  type Load,
  page,
  refused,
  type Screen,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { isTeam } from '#platform/permission.ts'
import { possibleOwners } from '#slices/actions/index.ts'
import { anInsider, isOn, type On, theTeam, whenOn } from './access.ts'
import { askToBook, beginClaim } from './changes.ts'
import { pounds } from './money.ts'
import { expensePaths } from './paths.ts'
import { listBookings, listClaims } from './store.ts'
import { bookingKinds } from './tables.ts'
import { bookingStateWords, bookingWords, stateWords, toneOf } from './words.ts'

/** For whom something is written down: oneself, or by the team somebody who told them. */
interface ForPerson {
  readonly person: { readonly id: number; readonly name: string }
}
const loadPerson: Load<ForPerson> = async visit => {
  const id = visit.params.person ?? ''
  if (!isOn(visit) || !/^\d{1,9}$/.test(id)) return undefined
  const [person] = await possibleOwners(visit.tx, visit.today, Number(id))
  return person && { person }
}

const mine = page<On>('/:network/expenses', {
  who: anInsider,
  audit: 'nothing',
  load: whenOn,
  async handler(visit) {
    const before = visit.query.get('before') ?? ''
    const claims = await listClaims(visit.tx, visit.today, {
      personId: visit.me.personId,
      before: /^\d{1,9}$/.test(before) ? Number(before) : undefined,
    })
    const bookings = await listBookings(visit.tx, { personId: visit.me.personId })
    const { slug } = visit.network
    return show({
      title: 'Your expenses',
      wide: true,
      body: (
        <>
          <p>Taking part should not cost you anything. We can book things for you, or pay you back.</p>
          <ButtonLink href={expensePaths.book(slug)}>Ask us to book and pay something</ButtonLink>{' '}
          <ButtonLink href={expensePaths.new(slug)} secondary>
            Claim what you have paid
          </ButtonLink>
          <p>You can also ring us. We write it down for you.</p>
          {isTeam(visit.me) && (
            <LinkList links={[{ href: expensePaths.all(slug), text: 'Everybody’s expenses' }]} />
          )}
          {claims.rows.length === 0 ? (
            <Empty>You have not claimed anything yet.</Empty>
          ) : (
            <Table
              caption="What you claimed"
              columns={[{ title: 'Claim' }, { title: 'Sum', numeric: true }, { title: 'Where it is' }]}
              rows={claims.rows.map(row => [
                <a key="claim" href={expensePaths.claim(slug, reference('E', row.number))}>
                  {reference('E', row.number)} {theirs(row.what_for)}
                </a>,
                pounds(row.pence),
                <Where key="where" row={row} today={visit.today} />,
              ])}
            />
          )}
          {claims.next !== undefined && (
            <p>
              <a href={`${expensePaths.mine(slug)}?before=${claims.next}`}>Older claims</a>
            </p>
          )}
          {bookings.length > 0 && (
            <Table
              caption="What we book for you"
              columns={[{ title: 'Booking' }, { title: 'For when' }, { title: 'Where it is' }]}
              rows={bookings.map(row => [
                <a key="booking" href={expensePaths.booking(slug, reference('B', row.number))}>
                  {reference('B', row.number)} {bookingWords[row.kind]}
                </a>,
                dateInWords(row.on_date),
                <StatusTag key="where" tone={toneOf(row.state)}>
                  {bookingStateWords[row.state]}
                </StatusTag>,
              ])}
            />
          )}
        </>
      ),
    })
  },
})

export function Where({
  row,
  today,
}: {
  row: { state: keyof typeof stateWords; pay_by: Visit['today'] | null; paid_on: Visit['today'] | null }
  today: Visit['today']
}) {
  const open = row.state === 'sent' || row.state === 'approved-once' || row.state === 'approved'
  const due = open && row.pay_by ? dueInWords(row.pay_by, today) : undefined
  return (
    <>
      <StatusTag tone={toneOf(row.state)}>{stateWords[row.state]}</StatusTag>
      {due && (
        <div className={due.late ? 'loop-due loop-due--late' : 'loop-due'}>
          {due.late ? due.words : `paid by ${dateInWords(row.pay_by!)}`}
        </div>
      )}
      {row.paid_on && <div className="loop-due">on {dateInWords(row.paid_on)}</div>}
    </>
  )
}

/** Before anything is claimed: what money from us can mean for benefits and tax (R52). */
export function BenefitsNotice() {
  return (
    <InsetText>
      <h2 className="nhsuk-heading-s">If you get benefits or pay tax, read this first</h2>
      <p>
        Money back for what you have spent is not usually counted as income. Being paid for your time can be
        counted as income. It can change what you get, and you may have to tell the office that pays you.
      </p>
      <p>
        Ask before you claim: your work coach at the Jobcentre, or{' '}
        <a href="https://www.citizensadvice.org.uk">Citizens Advice</a>. You can always say no to payment, or
        take less of it. It changes nothing about your place here.
      </p>
    </InsetText>
  )
}

const claimFields = withDate(
  'on',
  { required: 'Enter the day on which you had the costs' },
  {
    whatFor: text('Say what it was for', { max: 200, name: 'What it was for' }),
    notice: several().refine(list => list.includes('read'), {
      error: 'Read the words about benefits first, and tick the box',
    }),
  },
)

function claimScreen(visit: Visit<unknown>, { values, lists, errors }: Filled, other?: string): Screen {
  const { slug } = visit.network
  return {
    title: other ? `Write down expenses for ${other}` : 'Claim what you have paid',
    back: { href: other ? expensePaths.all(slug) : expensePaths.mine(slug), text: 'Back to expenses' },
    body: (
      <>
        {other && <p>Read this to them. They decide.</p>}
        <BenefitsNotice />
        <Form hidden={visit.hidden} button="Continue">
          <TextField
            name="whatFor"
            label="What was it for?"
            hint="For example, “Board meeting in June”."
            value={values.whatFor}
            errors={errors}
          />
          <DateField
            name="on"
            label="On which day?"
            hint="One claim for each day, please."
            value={{ day: values['on-day'], month: values['on-month'], year: values['on-year'] }}
            errors={errors}
          />
          <Checkboxes
            name="notice"
            label="Benefits and tax"
            values={lists.notice ?? []}
            errors={errors}
            options={[
              {
                value: 'read',
                label: other ? 'I have read it to them' : 'I have read what it can mean for benefits and tax',
              },
            ]}
          />
        </Form>
      </>
    ),
  }
}

const begin = form<typeof claimFields, On>('/:network/expenses/new', {
  who: anInsider,
  audit: 'expenses-begun',
  load: whenOn,
  fields: claimFields,
  screen: (visit: Visit<On>, filled) => claimScreen(visit, filled),
  async submit(visit: Visit<On>, { whatFor, on }) {
    const made = await beginClaim(visit, { personId: visit.me.personId, whatFor, on })
    return made.accepted
      ? { to: expensePaths.do(visit.network.slug, made.reference, 'add') }
      : refused(made, 'on')
  },
})

const beginFor = form<typeof claimFields, ForPerson>('/:network/expenses/for/:person', {
  who: theTeam,
  audit: 'expenses-begun-for',
  load: loadPerson,
  fields: claimFields,
  screen: (visit: Visit<ForPerson>, filled) => claimScreen(visit, filled, visit.thing.person.name),
  async submit(visit: Visit<ForPerson>, { whatFor, on }) {
    const made = await beginClaim(visit, { personId: visit.thing.person.id, whatFor, on })
    return made.accepted
      ? { to: expensePaths.do(visit.network.slug, made.reference, 'add') }
      : refused(made, 'on')
  },
})

const bookFields = withDate(
  'on',
  { required: 'Enter the day for which it is' },
  {
    kind: choice('Choose what we can book', bookingKinds),
    words: text('Say what you need', { max: 1000, name: 'What you need' }),
  },
)

function bookScreen(visit: Visit<unknown>, { values, errors }: Filled, other?: string): Screen {
  const { slug } = visit.network
  return {
    title: other ? `Book something for ${other}` : 'Ask us to book and pay something',
    back: { href: other ? expensePaths.all(slug) : expensePaths.mine(slug), text: 'Back to expenses' },
    body: (
      <Form hidden={visit.hidden} button={other ? 'Put it on the list' : 'Ask us'}>
        <p>We book it and pay it, so that nobody has to pay first.</p>
        <Radios
          name="kind"
          label="What is it?"
          value={values.kind}
          errors={errors}
          options={bookingKinds.map(each => ({ value: each, label: bookingWords[each] }))}
        />
        <TextArea
          name="words"
          label="What is needed?"
          hint="From where to where, at what time, and what would help, such as a step-free way."
          value={values.words}
          maxCharacters={1000}
          rows={4}
          errors={errors}
        />
        <DateField
          name="on"
          label="For which day?"
          value={{ day: values['on-day'], month: values['on-month'], year: values['on-year'] }}
          errors={errors}
        />
      </Form>
    ),
  }
}

const book = form<typeof bookFields, On>('/:network/expenses/book', {
  who: anInsider,
  audit: 'booking-asked',
  load: whenOn,
  fields: bookFields,
  screen: (visit: Visit<On>, filled) => bookScreen(visit, filled),
  async submit(visit: Visit<On>, given) {
    const made = await askToBook(visit, { personId: visit.me.personId, ...given })
    return made.accepted
      ? { to: expensePaths.booking(visit.network.slug, made.reference) }
      : refused(made, 'on')
  },
})

const bookFor = form<typeof bookFields, ForPerson>('/:network/expenses/book/for/:person', {
  who: theTeam,
  audit: 'booking-asked-for',
  load: loadPerson,
  fields: bookFields,
  screen: (visit: Visit<ForPerson>, filled) => bookScreen(visit, filled, visit.thing.person.name),
  async submit(visit: Visit<ForPerson>, given) {
    const made = await askToBook(visit, { personId: visit.thing.person.id, ...given })
    return made.accepted
      ? { to: expensePaths.booking(visit.network.slug, made.reference) }
      : refused(made, 'on')
  },
})

export const mineRoutes = [mine, begin, beginFor, book, bookFor]
