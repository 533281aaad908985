import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { DateField, Empty, Form, Pagination, Radios, Table, TextField } from '#design/index.ts'
import { readTime } from '#kernel/calendar/times.ts'
import { momentInWords } from '#kernel/calendar/words.ts'
import type { Instant } from '#platform/database/tables.ts'
import { choice, optionalText, text, withDate } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  refused,
  type Screen,
  type Submitted,
  type Visit,
} from '#platform/http/route.ts'
import { anyone, personRule, theTeam } from '#platform/permission.ts'
import { isOpen } from '../application.ts'
import { registrationPaths as paths } from '../paths.ts'
import { findByLink, type LoadedApplication, loadApplication, numberIn } from '../store.ts'
import { byNumber } from '../team-one.tsx'
import {
  book,
  giveBack,
  hoursBefore,
  type Manner,
  mannerWords,
  offerTime,
  pageLength,
  type TimeOffered,
  takeAway,
  timesAhead,
  timesFor,
} from './times.ts'

interface Ahead {
  readonly times: readonly TimeOffered[]
}
type Choosing = LoadedApplication & { readonly times: readonly TimeOffered[] }

const manners = ['phone', 'video', 'in-person'] as const satisfies readonly Manner[]

async function choosing(visit: Visit, loaded: LoadedApplication | undefined): Promise<Choosing | undefined> {
  if (!loaded || !isOpen(loaded.it)) return undefined
  return { ...loaded, times: await timesFor(visit.tx, visit.now, loaded.id) }
}

const whoRegistered = personRule<Choosing>(
  'the person who registered',
  (actor, { person }) => person.id === actor.personId,
)

const chosen = z.object({
  time: z.string({ error: 'Choose a time' }).regex(/^(\d{1,9}|none)$/, 'Choose a time'),
})

export const timeRoutes: AnyRoute[] = [
  form('/:network/team/applications/times', {
    who: theTeam,
    audit: 'conversation-time-offered',
    load: ahead,
    fields: withDate(
      'day',
      { required: 'Enter the day' },
      {
        time: text('Enter the time', { max: 20, name: 'The time' }),
        manner: choice('Choose how you talk', manners),
        place: optionalText({ max: 200, name: 'The place' }),
      },
    ),
    screen: offering,
    async submit(visit, { day, time, manner, place }) {
      const at = readTime(time)
      if (!at) return errors({ field: 'time', message: 'Enter a time, like 2:30pm or 14:30' })
      const startsAt = day.toZonedDateTime({ timeZone: 'Europe/London', plainTime: at }).toInstant()
      const done = await offerTime(visit, { startsAt, manner, place })
      return done.accepted ? { to: paths.times(visit.network.slug) } : refused(done, 'time')
    },
  }),
  form('/:network/team/applications/times/:time/take-away', {
    who: theTeam,
    audit: 'conversation-time-taken-away',
    page: false,
    load: ahead,
    fields: z.object({}),
    screen: offering,
    async submit(visit) {
      const id = numberIn(visit.params.time)
      if (id !== undefined) await takeAway(visit, id)
      return { to: paths.times(visit.network.slug) }
    },
  }),
  form('/:network/team/applications/:number/time', {
    who: theTeam,
    audit: 'conversation-booked',
    load: async (visit: Visit, how) => choosing(visit, await byNumber(visit, how)),
    guardsVersion: false,
    fields: chosen,
    screen: (visit: Visit<Choosing>, filled) =>
      choose(visit, filled, paths.one(visit.network.slug, visit.thing.number)),
    submit: (visit, { time }) => decide(visit, time, paths.one(visit.network.slug, visit.thing.number)),
  }),
  form('/:network/application/time', {
    who: whoRegistered,
    audit: 'conversation-booked',
    load: async (visit: Visit, how) =>
      visit.actor &&
      choosing(visit, await loadApplication(visit.tx, { personId: visit.actor.personId }, how)),
    guardsVersion: false,
    fields: chosen,
    screen: (visit: Visit<Choosing>, filled) => choose(visit, filled, paths.mine(visit.network.slug)),
    submit: (visit, { time }) => decide(visit, time, paths.mine(visit.network.slug)),
  }),
  form('/:network/application/:token/time', {
    who: anyone,
    audit: 'conversation-booked',
    async load(visit: Visit, how) {
      const found = await findByLink(visit, visit.params.token, how)
      return found && !found.ended ? choosing(visit, found) : undefined
    },
    guardsVersion: false,
    fields: chosen,
    screen: (visit: Visit<Choosing>, filled) =>
      choose(visit, filled, paths.follow(visit.network.slug, visit.params.token!)),
    submit: (visit, { time }) => decide(visit, time, paths.follow(visit.network.slug, visit.params.token!)),
  }),
]

async function decide(visit: Visit<Choosing>, time: string, to: string): Promise<Submitted> {
  if (time === 'none') {
    await giveBack(visit, visit.thing)
    return { to }
  }
  const done = await book(visit, visit.thing, Number(time))
  return done.accepted ? { to } : refused(done, 'time')
}

async function ahead(visit: Visit): Promise<Ahead> {
  return { times: await timesAhead(visit.tx, visit.now, readInstant(visit.query.get('after'))) }
}

function readInstant(given: string | null): Instant | undefined {
  try {
    return given ? Temporal.Instant.from(given) : undefined
  } catch {
    return undefined
  }
}

export const timeInWordsOf = (time: Pick<TimeOffered, 'starts_at' | 'manner' | 'place'>): string =>
  `${momentInWords(time.starts_at)}, ${mannerWords[time.manner]}${time.place ? `, ${time.place}` : ''}`

function choose(visit: Visit<Choosing>, { values, errors: mistakes }: Filled, back: string): Screen {
  const { times, number, id } = visit.thing
  const own = times.find(each => each.application_id === id)
  return {
    title: 'Choose a time to talk',
    caption: `Application ${number}`,
    back: { href: back, text: 'Back' },
    body:
      times.length === 0 ? (
        <Empty>There is no free time at the moment. We get in touch with you as we said.</Empty>
      ) : (
        <Form hidden={visit.hidden} button="Book this time">
          <Radios
            name="time"
            label="When suits you?"
            hint={`It takes about half an hour. You can change it until ${hoursBefore} hours before. If none suits, go back: we get in touch anyway.`}
            value={values.time ?? (own && String(own.id))}
            options={[
              ...times.map(each => ({
                value: String(each.id),
                label: timeInWordsOf(each),
                hint: `With ${each.by}`,
              })),
              ...(own ? [{ value: 'none', label: 'I cannot come: give my time back', divider: 'or' }] : []),
            ]}
            errors={mistakes}
          />
        </Form>
      ),
  }
}

function offering(visit: Visit<Ahead>, { values, errors: mistakes }: Filled): Screen {
  const { slug } = visit.network
  const shown = visit.thing.times.slice(0, pageLength)
  const last = shown.at(-1)
  return {
    title: 'Times to talk',
    caption: 'People who want to take part',
    back: { href: paths.list(slug), text: 'Applications' },
    wide: true,
    body: (
      <>
        <p>
          Offer times when you can talk. Applicants choose one on their own page; for somebody on the phone,
          choose it on their application. Whoever offers a time is who talks with them.
        </p>
        {shown.length === 0 ? (
          <Empty>No time is offered at the moment.</Empty>
        ) : (
          <Table
            caption="Times that lie ahead"
            columns={[{ title: 'When' }, { title: 'With' }, { title: 'Taken' }]}
            rows={shown.map(each => [
              timeInWordsOf(each),
              each.by,
              each.number === null ? (
                <Form
                  key={each.id}
                  action={paths.takeAwayTime(slug, each.id)}
                  hidden={visit.hidden}
                  button={`Take away ${momentInWords(each.starts_at)}`}
                />
              ) : (
                <a key={each.id} href={paths.one(slug, each.number)}>
                  Application {each.number}
                </a>
              ),
            ])}
          />
        )}
        <Pagination
          next={
            visit.thing.times.length > pageLength && last
              ? { href: `?${new URLSearchParams({ after: last.starts_at.toString() })}` }
              : undefined
          }
        />
        <h2 className="nhsuk-heading-m">Offer a time</h2>
        <Form action={paths.times(slug)} hidden={visit.hidden} button="Offer this time">
          <DateField
            name="day"
            label="On which day?"
            value={{ day: values['day-day'], month: values['day-month'], year: values['day-year'] }}
            errors={mistakes}
          />
          <TextField
            name="time"
            label="At what time?"
            hint="For example, 2:30pm"
            width={10}
            value={values.time}
            errors={mistakes}
          />
          <Radios
            name="manner"
            label="How do you talk?"
            value={values.manner}
            options={[
              { value: 'phone', label: 'By phone: you ring them' },
              { value: 'video', label: 'By video call' },
              { value: 'in-person', label: 'In person' },
            ]}
            errors={mistakes}
          />
          <TextField
            optional
            name="place"
            label="Where?"
            hint="A place, or how to join. They can read it."
            value={values.place}
            errors={mistakes}
          />
        </Form>
      </>
    ),
  }
}
