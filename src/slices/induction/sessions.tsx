import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  ButtonLink,
  Checkboxes,
  DateField,
  Empty,
  Form,
  InsetText,
  Select,
  SummaryList,
  TextArea,
  TextField,
} from '#design/index.ts'
import { dateInWords, momentInWords } from '#kernel/calendar/words.ts'
import { askTogether, question } from '#platform/database/questions.ts'
import { optionalText, several, text, withDate } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  type Filled,
  form,
  page,
  refused,
  type Screen,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { anInsider, isTeam, type Rule, theTeam } from '#platform/permission.ts'
import { cancelSession, givePlaceBack, noteWhoCame, planSession, takePlace } from './changes.ts'
import { inductionPaths as paths } from './paths.ts'
import { SessionsAhead } from './person.tsx'
import { modulesOf, type SessionLine, sessionsOf } from './queries.ts'
import { peopleToChoose } from './team-queries.ts'

type Here = Visit<SessionLine>

async function load(visit: Visit<undefined>): Promise<SessionLine | undefined> {
  const id = /^\d{1,9}$/.test(visit.params.session ?? '') ? Number(visit.params.session) : -1
  const [found] = await askTogether(visit.tx, [sessionsOf(visit.actor?.personId ?? -1, { id })])
  return found[0]
}

const list = page('/:network/induction/sessions', {
  who: anInsider,
  audit: 'nothing',
  async handler(visit) {
    const [sessions] = await askTogether(visit.tx, [
      sessionsOf(visit.me.personId, { from: visit.now, most: 50 }),
    ])
    return show({
      title: 'Sessions to come',
      body: (
        <>
          <p>Sessions where you learn something together with others. You are welcome at each of them.</p>
          {sessions.length === 0 ? (
            <Empty>No session is planned now. Ask for one, and the team sets a day.</Empty>
          ) : (
            <SessionsAhead visit={visit} sessions={sessions} />
          )}
          {isTeam(visit.me) && (
            <ButtonLink href={paths.newSession(visit.network.slug)} secondary>
              Plan a session
            </ButtonLink>
          )}
        </>
      ),
    })
  },
})

const isOver = (visit: Here) => Temporal.Instant.compare(visit.thing.startsAt, visit.now) <= 0

const one = form('/:network/induction/sessions/:session', {
  who: anInsider as Rule<SessionLine>,
  audit: 'session-place-taken',
  load,
  guardsVersion: false,
  fields: z.object({ comes: z.enum(['yes', 'no'], { error: 'Say if you come' }) }),
  screen(visit: Here): Screen {
    const { thing, network } = visit
    const open = thing.cancelledBecause === '' && !isOver(visit)
    return {
      title: thing.title,
      caption: 'Session',
      back: { href: paths.sessions(network.slug), text: 'Sessions to come' },
      body: (
        <>
          {thing.cancelledBecause !== '' && (
            <InsetText>
              This session does not take place. The reason: <bdi>{thing.cancelledBecause}</bdi>
            </InsetText>
          )}
          {thing.mine && open && <InsetText>You have a place.</InsetText>}
          <SummaryList
            rows={[
              { key: 'When', value: momentInWords(thing.startsAt) },
              { key: 'Where', value: <bdi>{thing.place}</bdi> },
              ...(thing.about ? [{ key: 'What', value: <bdi>{thing.about}</bdi> }] : []),
              ...(thing.moduleSlug
                ? [
                    {
                      key: 'Part of the induction',
                      value: <a href={paths.module(network.slug, thing.moduleSlug)}>Read it beforehand</a>,
                    },
                  ]
                : []),
            ]}
          />
          {open && (
            <Form
              hidden={{ ...visit.hidden, comes: thing.mine ? 'no' : 'yes' }}
              button={thing.mine ? 'I cannot come after all' : 'I would like to come'}
            />
          )}
          {isTeam(visit.me) && (
            <p>
              <a href={paths.whoCame(network.slug, thing.id)}>Who has a place, and who came</a>
            </p>
          )}
        </>
      ),
    }
  },
  async submit(visit: Here, { comes }) {
    if (visit.thing.cancelledBecause !== '' || isOver(visit))
      return refused({ sentence: 'This session is over or cancelled' })
    await (comes === 'yes' ? takePlace : givePlaceBack)(visit, visit.thing.id, visit.me.personId)
    return { to: paths.session(visit.network.slug, visit.thing.id) }
  },
})

const plan = form('/:network/team/induction/sessions/new', {
  who: theTeam,
  audit: 'session-planned',
  fields: withDate(
    'on',
    { required: 'Enter the day' },
    {
      module: z.string().max(60).optional(),
      title: optionalText({ max: 120, name: 'The title' }),
      about: optionalText({ max: 1000, name: 'What it is about' }),
      at: text('Enter when it begins', { max: 5, name: 'The time' }).pipe(
        z.string().regex(/^([01]?\d|2[0-3])[:.][0-5]\d$/, 'Enter the time like 10:30'),
      ),
      place: text('Say where it is', { max: 200, name: 'Where' }),
    },
  ),
  async screen(visit, filled): Promise<Screen> {
    const [modules] = await askTogether(visit.tx, [modulesOf(visit.tx, -1, visit.today)])
    const back = paths.team(visit.network.slug)
    const { values, errors } = filled
    return {
      title: 'Plan a session',
      back: { href: back, text: 'Induction' },
      body: (
        <Form hidden={visit.hidden} button="Plan it" secondary={{ text: 'Not now', href: back }}>
          <Select
            name="module"
            label="Which part of the induction?"
            optional
            empty="Something else"
            value={values.module ?? visit.query.get('module') ?? undefined}
            options={modules.map(each => ({ value: each.slug, text: each.title }))}
            errors={errors}
          />
          <TextField
            name="title"
            label="Title, if it is about something else"
            optional
            value={values.title}
            errors={errors}
          />
          <TextArea
            name="about"
            label="What is it about?"
            optional
            rows={3}
            maxCharacters={1000}
            value={values.about}
            errors={errors}
          />
          <DateField
            name="on"
            label="Which day?"
            value={{ day: values['on-day'], month: values['on-month'], year: values['on-year'] }}
            errors={errors}
          />
          <TextField
            name="at"
            label="When does it begin?"
            hint="For example, 10:30"
            width={5}
            value={values.at}
            errors={errors}
          />
          <TextField
            name="place"
            label="Where is it?"
            hint="A room, or where to click or ring"
            value={values.place}
            errors={errors}
          />
        </Form>
      ),
    }
  },
  async submit(visit, given) {
    const [hour, minute] = given.at.split(/[:.]/).map(Number)
    const done = await planSession(visit, {
      module: given.module || undefined,
      title: given.title,
      about: given.about,
      place: given.place,
      startsAt: given.on
        .toZonedDateTime({ timeZone: 'Europe/London', plainTime: { hour: hour!, minute: minute! } })
        .toInstant(),
    })
    return done.accepted
      ? { to: paths.whoCame(visit.network.slug, done.state.id) }
      : refused(done, done.reason)
  },
})

interface Place {
  readonly personId: number
  readonly name: string
  readonly came: boolean | null
}

const placesOf = (sessionId: number) =>
  question(
    sql<Place>`select p.id as "personId", p.name, x.came from session_place x
      join person p on p.network_id = x.network_id and p.id = x.person_id
      where x.session_id = ${sessionId} and p.left_on is null order by p.name, p.id limit 500`,
    rows => rows,
  )

const whoCame = form('/:network/team/induction/sessions/:session', {
  who: theTeam as Rule<SessionLine>,
  audit: 'session-attendance-noted',
  load,
  fields: z.object({ came: several(), clear: several(), also: several() }),
  async screen(visit: Here, filled: Filled): Promise<Screen> {
    const { thing, network, tx, today } = visit
    const [places, people] = await askTogether(tx, [placesOf(thing.id), peopleToChoose(today)])
    const others = people.filter(each => !places.some(place => place.personId === each.id))
    const options = (list: readonly { id: number; name: string }[]) =>
      list.map(each => ({ value: String(each.id), label: each.name }))
    const booked = places.map(each => ({ id: each.personId, name: each.name }))
    const back = paths.team(network.slug)
    const past = isOver(visit)
    return {
      title: thing.title,
      caption: `Session, ${momentInWords(thing.startsAt)}`,
      back: { href: back, text: 'Induction' },
      body: (
        <>
          {thing.cancelledBecause !== '' && (
            <InsetText>
              Cancelled. The reason: <bdi>{thing.cancelledBecause}</bdi>
            </InsetText>
          )}
          {!past && thing.cancelledBecause === '' && (
            <p>
              <a href={paths.cancelSession(network.slug, thing.id)}>Cancel this session</a>
            </p>
          )}
          {booked.length === 0 && <Empty>Nobody has a place yet.</Empty>}
          {thing.cancelledBecause === '' && (
            <Form
              hidden={visit.hidden}
              button={past ? 'Write down who came' : 'Give them a place'}
              secondary={{ text: 'Not now', href: back }}
            >
              {!past && booked.length > 0 && (
                <>
                  <h2 className="nhsuk-heading-m">Who has a place</h2>
                  <ul className="nhsuk-list nhsuk-list--bullet">
                    {booked.map(each => (
                      <li key={each.id}>{each.name}</li>
                    ))}
                  </ul>
                </>
              )}
              {past && booked.length > 0 && (
                <>
                  <Checkboxes
                    name="came"
                    label="Who came?"
                    values={
                      filled.lists.came ??
                      places.filter(each => each.came !== false).map(each => String(each.personId))
                    }
                    errors={filled.errors}
                    options={options(booked)}
                  />
                  {thing.moduleSlug && (
                    <Checkboxes
                      name="clear"
                      label="Who said that it is clear to them?"
                      hint="They have signed with that. The others sign on their page, or ring you."
                      values={filled.lists.clear ?? []}
                      errors={filled.errors}
                      options={options(booked)}
                    />
                  )}
                </>
              )}
              {others.length > 0 && (
                <Checkboxes
                  name="also"
                  label={past ? 'Who else came?' : 'Who else would like to come?'}
                  hint={past ? undefined : 'For those who told you by phone or by post.'}
                  values={filled.lists.also ?? []}
                  errors={filled.errors}
                  options={options(others)}
                />
              )}
            </Form>
          )}
        </>
      ),
    }
  },
  async submit(visit: Here, given) {
    const { thing, tx, today, network } = visit
    if (thing.cancelledBecause !== '') return refused({ sentence: 'This session is cancelled' })
    const [people, places] = await askTogether(tx, [peopleToChoose(today), placesOf(thing.id)])
    const known = new Set([...people.map(each => each.id), ...places.map(each => each.personId)])
    const ids = (list: readonly string[]) => list.map(Number).filter(each => known.has(each))
    if (!isOver(visit)) {
      for (const each of ids(given.also)) await takePlace(visit, thing.id, each)
    } else {
      const came = [...new Set([...ids(given.came), ...ids(given.also)])]
      const done = await noteWhoCame(visit, thing, {
        came,
        clear: ids(given.clear).filter(each => came.includes(each)),
      })
      if (!done.accepted) return refused(done)
    }
    return { to: paths.whoCame(network.slug, thing.id) }
  },
})

const cancel = form('/:network/team/induction/sessions/:session/cancel', {
  who: theTeam as Rule<SessionLine>,
  audit: 'session-cancelled',
  load,
  fields: z.object({ because: text('Say why', { max: 500, name: 'The reason' }) }),
  screen: (visit: Here, filled): Screen => {
    const back = paths.whoCame(visit.network.slug, visit.thing.id)
    return {
      title: 'Cancel this session',
      caption: `${visit.thing.title}, ${dateInWords(visit.thing.startsAt.toZonedDateTimeISO('Europe/London').toPlainDate())}`,
      back: { href: back, text: 'Back to the session' },
      body: (
        <Form
          hidden={visit.hidden}
          button="Cancel it and tell everybody"
          warning
          secondary={{ text: 'Keep it', href: back }}
        >
          <p>
            {visit.thing.booked === 1 ? 'One person has' : `${visit.thing.booked} people have`} a place. Each
            is told in the way they chose.
          </p>
          <TextArea
            name="because"
            label="Why does it not take place?"
            hint="Everybody who has a place reads this."
            rows={3}
            maxCharacters={500}
            value={filled.values.because}
            errors={filled.errors}
          />
        </Form>
      ),
    }
  },
  async submit(visit: Here, { because }) {
    const no = await cancelSession(visit, visit.thing, because)
    return no ? refused(no, 'because') : { to: paths.whoCame(visit.network.slug, visit.thing.id) }
  },
})

export const sessionRoutes: AnyRoute[] = [list, one, plan, whoCame, cancel]
