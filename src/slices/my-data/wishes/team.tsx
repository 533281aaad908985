import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  ButtonLink,
  DateField,
  Empty,
  Form,
  InsetText,
  LinkList,
  Pagination,
  Quote,
  Radios,
  SummaryList,
  TaskList,
  TextArea,
  TextField,
} from '#design/index.ts'
import { dateInWords, dueInWords } from '#kernel/calendar/words.ts'
import { choice, optionalText, text, withDate } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  page,
  refused,
  type Screen,
  type Submitted,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { channelWords } from '#slices/registration/index.ts'
import { myDataPaths as paths } from '../paths.ts'
import { wishKinds } from '../tables.ts'
import { answerWish, askFirst, goOn, type LoadedWish, loadWish, takeMoreTime, wishFor } from './changes.ts'
import { howWords, kindWords, stateWords } from './words.ts'

const pageLength = 25
const load = (visit: Visit<undefined>, how: { forChange: boolean }) =>
  loadWish(visit.tx, visit.params.wish, how)
const hows = ['phone', 'post', 'email', 'in-person'] as const
const channels = ['email', 'phone', 'post'] as const

const newFields = withDate(
  'received',
  { required: 'Enter the day on which it reached us' },
  {
    kind: choice('Choose what they ask for', wishKinds),
    how: choice('Choose how it reached us', hows),
    name: optionalText({ max: 100, name: 'Name' }),
    channel: choice('Choose how we answer', ['own', ...channels]),
    address: optionalText({ max: 500, name: 'Address' }),
    words: text('Write down what they said', { max: 5_000, name: 'What they said' }),
  },
)

/** Wishes about data, however they came: each with its days by law (R6). */
export const teamWishRoutes: AnyRoute[] = [
  page('/:network/team/data-wishes', {
    who: theTeam,
    audit: 'nothing',
    handler: async visit => show(await list(visit)),
  }),
  form('/:network/team/data-wishes/new', {
    who: theTeam,
    audit: 'data-wish-noted',
    fields: newFields,
    screen: (visit: Visit, filled) => noting(visit, filled),
    async submit(visit, given): Promise<Submitted> {
      if (Temporal.PlainDate.compare(given.received, visit.today) > 0)
        return errors({ field: 'received', message: 'The day must be today or earlier' })
      if (Temporal.PlainDate.compare(given.received, visit.today.subtract({ months: 6 })) < 0)
        return errors({ field: 'received', message: 'Enter a day within the last 6 months' })
      const whose = await whoseWish(visit, given)
      if ('field' in whose) return errors(whose)
      const number = await wishFor(visit, {
        kind: given.kind,
        words: given.words,
        how: given.how,
        receivedOn: given.received,
        whose,
      })
      return { to: paths.teamWish(visit.network.slug, number) }
    },
  }),
  page<LoadedWish>('/:network/team/data-wishes/:wish', {
    who: theTeam,
    audit: 'data-wish-opened',
    load,
    handler: visit => show(one(visit)),
  }),
  form('/:network/team/data-wishes/:wish/answer', {
    who: theTeam,
    audit: 'data-wish-answered',
    load,
    fields: z.object({
      done: choice('Choose whether you did it', ['yes', 'no']),
      words: text('Write the answer', { max: 10_000, name: 'The answer' }),
    }),
    screen: (visit: Visit<LoadedWish>, filled) => answering(visit, filled),
    async submit(visit, { done, words }) {
      const answered = await answerWish(visit, visit.thing, { done: done === 'yes', words })
      return answered.accepted ? { to: pathOf(visit) } : refused(answered)
    },
  }),
  form('/:network/team/data-wishes/:wish/ask-first', {
    who: theTeam,
    audit: 'data-wish-paused',
    load,
    fields: z.object({
      words: text('Write what you need to know', { max: 3_000, name: 'What you need to know' }),
    }),
    screen: (visit: Visit<LoadedWish>, { values, errors: list }) => ({
      title: 'Ask them something first',
      caption: `Wish ${visit.thing.row.number}`,
      back: { href: pathOf(visit), text: 'Back to the wish' },
      body: (
        <Form hidden={visit.hidden} button="Send it, and stop the clock">
          <TextArea
            name="words"
            label="What do you need to know, and why?"
            hint="Only who they are, or what exactly they mean. This is sent as you write it."
            value={values.words}
            errors={list}
            maxCharacters={3_000}
          />
        </Form>
      ),
    }),
    async submit(visit, { words }) {
      const done = await askFirst(visit, visit.thing, words)
      return done.accepted ? { to: pathOf(visit) } : refused(done)
    },
  }),
  form('/:network/team/data-wishes/:wish/go-on', {
    who: theTeam,
    audit: 'data-wish-resumed',
    load,
    page: false,
    fields: z.object({}),
    screen: (visit: Visit<LoadedWish>) => one(visit),
    async submit(visit) {
      const done = await goOn(visit, visit.thing)
      return done.accepted ? { to: pathOf(visit) } : refused(done)
    },
  }),
  form('/:network/team/data-wishes/:wish/more-time', {
    who: theTeam,
    audit: 'data-wish-extended',
    load,
    fields: z.object({
      months: choice('Choose how much longer', ['1', '2']),
      words: text('Write the reason', { max: 3_000, name: 'The reason' }),
    }),
    screen: (visit: Visit<LoadedWish>, { values, errors: list }) => ({
      title: 'Take more time',
      caption: `Wish ${visit.thing.row.number}`,
      back: { href: pathOf(visit), text: 'Back to the wish' },
      body: (
        <Form hidden={visit.hidden} button="Send the reason, and take more time">
          <Radios
            name="months"
            label="How much longer?"
            hint="The law allows it once, within the first month, for what is hard to answer."
            value={values.months}
            errors={list}
            options={[
              { value: '1', label: '1 month' },
              { value: '2', label: '2 months' },
            ]}
          />
          <TextArea
            name="words"
            label="Why does it take longer?"
            hint="This is sent as you write it."
            value={values.words}
            errors={list}
            maxCharacters={3_000}
          />
        </Form>
      ),
    }),
    async submit(visit, { months, words }) {
      const done = await takeMoreTime(visit, visit.thing, months === '1' ? 1 : 2, words)
      return done.accepted ? { to: pathOf(visit) } : refused(done)
    },
  }),
]

const pathOf = (visit: Visit<LoadedWish>) => paths.teamWish(visit.network.slug, visit.thing.row.number)

type New = z.infer<typeof newFields>

/** Somebody of the network, by their whole name; or anybody, with a name and an address. */
async function whoseWish(
  visit: Visit,
  given: New,
): Promise<
  | { personId: number }
  | { name: string; channel: (typeof channels)[number]; address: string }
  | { field: string; message: string }
> {
  if (given.channel === 'own') {
    const people = await visit.tx
      .selectFrom('person')
      .select('id')
      .where(eb => eb(eb.fn('lower', ['name']), '=', given.name.toLowerCase()))
      .where('left_on', 'is', null)
      .limit(2)
      .execute()
    if (people.length === 1) return { personId: people[0]!.id }
    return {
      field: 'name',
      message:
        people.length === 0
          ? 'We know nobody by this name. Check it, or choose another way to answer'
          : 'Two people have this name. Choose how to answer this one',
    }
  }
  if (given.name === '') return { field: 'name', message: 'Enter a name' }
  if (given.address === '') return { field: 'address', message: 'Enter where the answer goes' }
  return { name: given.name, channel: given.channel, address: given.address }
}

async function list(visit: Visit): Promise<Screen> {
  const { slug } = visit.network
  const all = visit.query.get('show') === 'all'
  const after = /^\d{1,9}$/.test(visit.query.get('after') ?? '')
    ? Number(visit.query.get('after'))
    : undefined
  const rows = await visit.tx
    .selectFrom('data_wish as w')
    .leftJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'w.network_id').onRef('p.id', '=', 'w.person_id'),
    )
    .selectAll('w')
    .select('p.name as personName')
    .$if(!all, query => query.where('w.state', 'in', ['open', 'paused']))
    .$if(after !== undefined, query => query.where('w.id', '<', after!))
    .orderBy('w.id', 'desc')
    .limit(pageLength + 1)
    .execute()
  const shown = rows.slice(0, pageLength)
  return {
    title: 'Wishes about data',
    back: { href: `/${slug}/team`, text: 'Team' },
    body: (
      <>
        <p>
          Anybody can ask for a copy, or that something is corrected, stopped or erased, in any way and to
          anyone of us. Write it down on the day it comes: from then the law gives us one month.
        </p>
        <ButtonLink href={paths.newWish(slug)}>Write down a wish</ButtonLink>
        <LinkList
          links={[
            all
              ? { href: paths.wishes(slug), text: 'Show only what waits' }
              : { href: `${paths.wishes(slug)}?show=all`, text: 'Show also what is answered' },
          ]}
        />
        {shown.length === 0 ? (
          <Empty>Nothing waits.</Empty>
        ) : (
          <TaskList
            items={shown.map(row => {
              const open = row.state === 'open' || row.state === 'paused'
              const due = open ? dueInWords(row.due_on, visit.today) : undefined
              return {
                title: `${row.number}: ${row.personName ?? row.name}`,
                href: paths.teamWish(slug, row.number),
                hint: `Asks ${kindWords[row.kind].asked}. Last day by law: ${dateInWords(row.last_day)}`,
                status: {
                  words: stateWords[row.state],
                  tone: due?.late ? ('late' as const) : open ? ('waiting' as const) : ('good' as const),
                },
                dueWords: due?.words,
                late: due?.late ?? false,
              }
            })}
          />
        )}
        <Pagination
          next={
            rows.length > pageLength
              ? {
                  href: `${paths.wishes(slug)}?${all ? 'show=all&' : ''}after=${shown.at(-1)!.id}`,
                  label: 'Earlier',
                }
              : undefined
          }
        />
      </>
    ),
  }
}

function one(visit: Visit<LoadedWish>): Screen {
  const { row, it } = visit.thing
  const { slug } = visit.network
  const open = it.state === 'open' || it.state === 'paused'
  return {
    title: `Wish ${row.number}: ${row.personName ?? row.name}`,
    back: { href: paths.wishes(slug), text: 'Wishes about data' },
    body: (
      <>
        <SummaryList
          rows={[
            { key: 'They ask', value: kindWords[row.kind].asked },
            { key: 'How it came', value: `${howWords[row.how]}, ${dateInWords(it.receivedOn)}` },
            { key: 'Where it is', value: stateWords[row.state] },
            ...(open
              ? [
                  { key: 'Our promise', value: dueInWords(it.dueOn, visit.today).words },
                  { key: 'Last day by law', value: dateInWords(it.lastDay) },
                ]
              : []),
            {
              key: 'The answer goes',
              value:
                row.person_id === null
                  ? `${channelWords[row.channel ?? 'post']}: ${row.address}`
                  : 'The way they chose',
            },
          ]}
        />
        <Quote words={row.words} by={row.personName ?? row.name} />
        {it.state === 'paused' && (
          <InsetText>
            <p>
              You asked on {dateInWords(it.since)}: {it.because}
            </p>
          </InsetText>
        )}
        {row.answer !== '' && (
          <>
            <h2 className="nhsuk-heading-m">Our answer</h2>
            <Quote words={row.answer} />
          </>
        )}
        {it.state === 'paused' && (
          <Form action={`${pathOf(visit)}/go-on`} hidden={visit.hidden} button="They answered: go on" />
        )}
        {open && (
          <LinkList
            links={[
              { href: `${pathOf(visit)}/answer`, text: 'Answer this wish' },
              ...(it.state === 'open'
                ? [{ href: `${pathOf(visit)}/ask-first`, text: 'Ask them something first' }]
                : []),
              ...(it.extendedBy === 0
                ? [{ href: `${pathOf(visit)}/more-time`, text: 'Take more time' }]
                : []),
              ...(row.person_id !== null
                ? [
                    {
                      href: `/${slug}/team/people/${row.person_id}`,
                      text: `Open the page of ${row.personName}`,
                    },
                  ]
                : []),
            ]}
          />
        )}
      </>
    ),
  }
}

function answering(visit: Visit<LoadedWish>, { values, errors: list }: Filled): Screen {
  return {
    title: 'Answer this wish',
    caption: `Wish ${visit.thing.row.number}`,
    back: { href: pathOf(visit), text: 'Back to the wish' },
    body: (
      <Form hidden={visit.hidden} button="Send the answer">
        <p>
          What was said and decided in a meeting stays in its minutes, declared interests stay for their time,
          and what others wrote is theirs. All else can be corrected or erased.
        </p>
        <Radios
          name="done"
          label="Did you do what they ask?"
          value={values.done}
          errors={list}
          options={[
            { value: 'yes', label: 'Yes, it is done' },
            { value: 'no', label: 'No, or not all of it' },
          ]}
        />
        <TextArea
          name="words"
          label="Your answer"
          hint="What you did. If not, why, and which law asks us to keep it. This is sent as you write it; we add how to complain."
          value={values.words}
          errors={list}
          maxCharacters={10_000}
          rows={8}
        />
      </Form>
    ),
  }
}

function noting(visit: Visit, { values, errors: list }: Filled): Screen {
  const part = (name: string) => values[`received-${name}`]
  const sent = Object.keys(values).length > 0
  const { today } = visit
  return {
    title: 'Write down a wish about data',
    back: { href: paths.wishes(visit.network.slug), text: 'Wishes about data' },
    body: (
      <Form hidden={visit.hidden} button="Save, and tell them">
        <TextField
          name="name"
          label="Whose wish is it?"
          hint="Their whole name"
          value={values.name}
          errors={list}
        />
        <Radios
          name="kind"
          label="What do they ask for?"
          value={values.kind}
          errors={list}
          options={wishKinds.map(value => ({ value, label: kindWords[value].title }))}
        />
        <TextArea
          name="words"
          label="What did they say, in their own words?"
          value={values.words}
          errors={list}
          maxCharacters={5_000}
        />
        <Radios
          name="how"
          label="How did it reach us?"
          value={values.how}
          errors={list}
          options={hows.map(value => ({ value, label: howWords[value] }))}
        />
        <DateField
          name="received"
          label="On which day?"
          hint="The month that the law gives us begins then."
          value={
            sent
              ? { day: part('day'), month: part('month'), year: part('year') }
              : { day: String(today.day), month: String(today.month), year: String(today.year) }
          }
          errors={list}
        />
        <Radios
          name="channel"
          label="How shall we answer?"
          value={values.channel}
          errors={list}
          options={[
            { value: 'own', label: 'They are a person of the network: the way they chose' },
            ...channels.map(value => ({ value, label: channelWords[value] })),
          ]}
        />
        <TextArea
          optional
          name="address"
          label="Where does the answer go?"
          hint="Only if they are no person of the network."
          value={values.address}
          errors={list}
          rows={3}
        />
      </Form>
    ),
  }
}
