import { sql } from 'kysely'
import { z } from 'zod'
import { Empty, Form, InsetText, Quote, Radios, Select, Table, TextArea } from '#design/index.ts'
import { reference } from '#kernel/references.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { choice, optionalId, optionalText } from '#platform/form/fields.ts'
import { type AnyRoute, form, page, refused, show, type Visit } from '#platform/http/route.ts'
import { isTeam, theTeam } from '#platform/permission.ts'
import { meetingPaths } from '#slices/meetings/index.ts'
import { minutesPaths } from '../paths.ts'
import {
  type AskedAfter,
  answerAfter,
  answeringCannot,
  loadAfter,
  mayAnswerAfter,
  openDays,
} from './store.ts'
import { type Counts, fewest, type MeetingAnswers, trendOf } from './trend.ts'

type Here = Visit<AskedAfter>

const answers = [
  { value: 'yes', label: 'Yes' },
  { value: 'partly', label: 'Partly' },
  { value: 'no', label: 'No' },
]
const three = ['yes', 'partly', 'no'] as const

const asking = form('/:network/meetings/:meeting/after', {
  who: mayAnswerAfter,
  audit: 'after-meeting-answered',
  load: (visit: Visit<undefined>, how) => loadAfter(visit, visit.params.meeting, how),
  guardsVersion: false,
  // Nothing of an answer without a name is written down before it is sent.
  keepsWords: false,
  fields: z.object({
    person: optionalId(),
    'took-part': choice('Choose whether you could take part', three),
    'was-heard': choice('Choose whether you were heard', three),
    'would-help': optionalText({ max: 1000, name: 'What would help' }),
    named: choice('Choose whether your name stands with it', ['yes', 'no']),
  }),
  screen: (visit: Here, filled) => {
    const { thing, me, network, today } = visit
    const { errors, values } = filled
    const mine = thing.volunteers.find(each => each.personId === me.personId)
    const others = isTeam(me) ? thing.volunteers.filter(each => !each.answered) : []
    const back = meetingPaths.one(network.slug, thing.reference)
    const notNow =
      answeringCannot(thing, today)?.sentence ??
      (mine?.answered && others.length === 0
        ? 'Thank you. You have answered these questions'
        : !mine && others.length === 0
          ? 'No volunteer who was there has still to answer'
          : undefined)
    return {
      title: 'How was the meeting for you?',
      caption: `${thing.reference}, ${theirs(thing.row.title)}`,
      back: { href: back, text: 'Back to the meeting' },
      body:
        notNow && errors.length === 0 ? (
          <p>{notNow}.</p>
        ) : (
          <Form hidden={visit.hidden} button="Send" secondary={{ text: 'Not now', href: back }}>
            {!mine && (
              <Select
                name="person"
                label="Whose answers are these?"
                hint="You write down what somebody told you."
                empty="Choose a volunteer"
                errors={errors}
                value={values.person}
                options={others.map(each => ({ value: String(each.personId), text: each.name }))}
              />
            )}
            <Radios
              name="took-part"
              label="Could you take part?"
              errors={errors}
              value={values['took-part']}
              options={answers}
            />
            <Radios
              name="was-heard"
              label="Were you heard?"
              errors={errors}
              value={values['was-heard']}
              options={answers}
            />
            <TextArea
              name="would-help"
              label="What would help next time?"
              optional
              rows={3}
              errors={errors}
              value={values['would-help']}
            />
            <Radios
              name="named"
              label="Does your name stand with it?"
              errors={errors}
              value={values.named}
              options={[
                {
                  value: 'no',
                  label: 'No, without my name',
                  hint: `We keep nothing that leads to you. The team sees answers ${openDays} days after the meeting, and only if ${fewest} people answered without a name.`,
                },
                { value: 'yes', label: 'Yes, with my name', hint: 'The team can talk with you about it.' },
              ]}
            />
          </Form>
        ),
    }
  },
  submit: async (visit: Here, given) => {
    const mine = visit.thing.volunteers.some(each => each.personId === visit.me.personId)
    const done = await answerAfter(visit, visit.thing, mine ? visit.me.personId : (given.person ?? 0), {
      named: given.named === 'yes',
      tookPart: given['took-part'],
      wasHeard: given['was-heard'],
      wouldHelp: given['would-help'],
    })
    if (!done.accepted) return refused(done, done.reason === 'not-there' ? 'person' : undefined)
    return { to: meetingPaths.step(visit.network.slug, visit.thing.reference, 'after') }
  },
})

interface FoundMeeting extends MeetingAnswers {
  readonly words: readonly { readonly words: string; readonly by: string | null }[]
}

/** Meetings whose questions are closed, the oldest first: what is shown does not move with a single answer. */
async function answered(visit: Visit): Promise<readonly FoundMeeting[]> {
  const closed = visit.today.subtract({ days: openDays })
  const counts = (column: string) => sql`jsonb_build_object(
    'yes', count(*) filter (where ${sql.ref(column)} = 'yes'),
    'partly', count(*) filter (where ${sql.ref(column)} = 'partly'),
    'no', count(*) filter (where ${sql.ref(column)} = 'no'))`
  const found = await sql<FoundMeeting>`
    select m.number, m.title, a.* from meeting m join lateral (
      select count(*)::integer as answers, (count(*) filter (where x.person_id is null))::integer as unnamed,
        ${counts('x.took_part')} as "tookPart", ${counts('x.was_heard')} as "wasHeard",
        coalesce(jsonb_agg(jsonb_build_object('words', x.would_help, 'by', p.name) order by x.key)
          filter (where x.would_help <> ''), '[]') as words
      from after_meeting x left join person p on p.network_id = x.network_id and p.id = x.person_id
      where x.network_id = m.network_id and x.meeting_id = m.id) a on a.answers > 0
    where (m.starts_at at time zone 'Europe/London')::date < ${closed}
    order by m.starts_at, m.id`.execute(visit.tx)
  return found.rows
}

const cells = ({ yes, partly, no }: Counts) => [yes, partly, no]

const trend = page('/:network/team/after-meetings', {
  who: theTeam,
  audit: 'after-meetings-seen',
  async handler(visit) {
    const found = await answered(visit)
    const { periods, hidden } = trendOf(found)
    const shown = new Set(periods.flatMap(each => each.meetings.map(one => one.number)))
    const columns = [
      { title: 'Meetings' },
      { title: 'Answers', numeric: true },
      { title: 'Yes', numeric: true },
      { title: 'Partly', numeric: true },
      { title: 'No', numeric: true },
    ]
    const rowsOf = (which: 'tookPart' | 'wasHeard') =>
      periods.map(each => [
        each.meetings.map((one, n) => (
          <span key={one.number}>
            {n > 0 && '; '}
            <a href={minutesPaths.one(visit.network.slug, reference('M', one.number))}>{one.title}</a>
          </span>
        )),
        each.answers,
        ...cells(each[which]),
      ])
    const words = found.flatMap(each =>
      each.words
        .filter(said => said.by !== null || shown.has(each.number))
        .map(said => ({ ...said, title: each.title })),
    )
    return show({
      title: 'How meetings were for volunteers',
      back: { href: `/${visit.network.slug}/team`, text: 'The team’s work' },
      wide: true,
      body: (
        <>
          <p>
            Volunteers who were there are asked three questions. Their answers are here {openDays} days after
            the meeting, from {fewest} answers on. Meetings with fewer answers are taken together.
          </p>
          {periods.length === 0 ? (
            <Empty>There are not enough answers yet to show them.</Empty>
          ) : (
            <>
              <Table caption="Could you take part?" columns={columns} rows={rowsOf('tookPart')} />
              <Table caption="Were you heard?" columns={columns} rows={rowsOf('wasHeard')} />
            </>
          )}
          {hidden.length > 0 && (
            <InsetText>Too few answers to show them: {hidden.map(each => each.title).join('; ')}.</InsetText>
          )}
          {words.length > 0 && (
            <>
              <h2 className="nhsuk-heading-m">What would help next time</h2>
              {words.map((each, n) => (
                // Which meeting it was could tell whose words they are.
                <Quote
                  words={each.words}
                  by={each.by ? `${each.by}, ${each.title}` : 'A volunteer'}
                  key={n}
                />
              ))}
            </>
          )}
        </>
      ),
    })
  },
})

export const afterRoutes: readonly AnyRoute[] = [asking, trend]
