import { z } from 'zod'
import { FileField, Form, InsetText, Radios, Select } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { textOf } from '#platform/files.ts'
import { uploads } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  type Load,
  refused,
  type Screen,
  type Visit,
} from '#platform/http/route.ts'
import { mayRunMeeting } from '../access.ts'
import { minutesInWords } from '../agenda.ts'
import { cannotMark } from '../attendance.ts'
import { meetingPaths } from '../paths.ts'
import { type LoadedMeeting, loadMeeting } from '../store.ts'
import { clockTime } from '../words.ts'
import { type Answer, confirmReport, knownPeople, reportOf, takeReport } from './changes.ts'
import {
  type DateOrder,
  type Known,
  knownAs,
  minutesIn,
  peopleOf,
  type ReportPerson,
  readMoment,
} from './people.ts'

type Here = Visit<LoadedMeeting>

const load: Load<LoadedMeeting> = (visit, how) => loadMeeting(visit, visit.params.meeting, how)
const pathTo = (visit: Here, which: string) =>
  meetingPaths.step(visit.network.slug, visit.thing.reference, which)

const upload = form('/:network/meetings/:meeting/report', {
  who: mayRunMeeting,
  audit: 'attendance-report-read',
  guardsVersion: false,
  uploads: true,
  load,
  fields: z.object({ report: uploads(1, { csv: true }) }),
  screen: (visit: Here, filled) => uploadScreen(visit, filled),
  async submit(visit: Here, { report }) {
    const [file] = report
    if (!file) return errors({ field: 'report', message: 'Choose the report' })
    const done = await takeReport(visit, visit.thing, textOf(file.bytes) ?? '')
    return done.accepted ? { to: pathTo(visit, 'report/check') } : refused(done, 'report')
  },
})

function uploadScreen(visit: Here, filled: Filled): Screen {
  const cannot = cannotMark(visit.thing.it, visit.today)
  return {
    title: 'Use the Teams report',
    caption: `${visit.thing.reference}, ${theirs(visit.thing.row.title)}`,
    back: { href: pathTo(visit, 'attendance'), text: 'Back to who is here' },
    body:
      cannot && filled.errors.length === 0 ? (
        <p>{cannot.sentence}.</p>
      ) : (
        <>
          <p>
            In Microsoft Teams, open the meeting, choose “Attendance” and “Download”. You check every name on
            the next page before anything changes.
          </p>
          <Form
            hidden={visit.hidden}
            button="Read the report"
            multipart
            secondary={{ text: 'Mark by hand instead', href: pathTo(visit, 'attendance') }}
          >
            <FileField
              name="report"
              label="The attendance report"
              hint="A CSV file of at most 2 MB, as it came from Teams."
              accept=".csv,.tsv,.txt"
              errors={filled.errors}
            />
          </Form>
        </>
      ),
  }
}

interface Checked {
  readonly order: DateOrder | undefined
  readonly answers: Readonly<Record<string, string>>
}

const checkFields: z.ZodType<Checked> = z.record(z.string(), z.unknown()).transform(raw => ({
  order: raw.order === 'day-first' || raw.order === 'month-first' ? raw.order : undefined,
  answers: Object.fromEntries(
    Object.entries(raw).flatMap(([name, value]) =>
      /^r-\d+$/.test(name) && typeof value === 'string' ? [[name, value]] : [],
    ),
  ),
}))

const check = form('/:network/meetings/:meeting/report/check', {
  who: mayRunMeeting,
  audit: 'attendance-report-confirmed',
  guardsVersion: false,
  load,
  fields: checkFields,
  screen: (visit: Here, filled) => checkScreen(visit, filled),
  async submit(visit: Here, given) {
    const kept = await reportOf(visit, visit.thing)
    if (!kept) return errors({ message: 'There is no report to check any more. Choose the file again' })
    const order = kept.order === 'ask' ? given.order : kept.order
    if (!order) return errors({ field: 'order', message: 'Choose how the dates are written' })
    const read = peopleOf(kept.rows, order)
    if (!read.ok) return errors({ message: read.sentence })
    const open = read.people.flatMap((person, at) =>
      answerOf(given.answers[`r-${at}`]) === undefined
        ? [{ field: `r-${at}`, message: `Say who “${person.name}” is` }]
        : [],
    )
    if (open.length > 0) return errors(...open)
    const answers = read.people.map((person, at) => ({ person, is: answerOf(given.answers[`r-${at}`])! }))
    const done = await confirmReport(visit, visit.thing, { order, answers, rows: kept.rows })
    return done.accepted ? { to: pathTo(visit, 'attendance') } : refused(done)
  },
})

const answerOf = (given: string | undefined): Answer | undefined =>
  given === 'guest' || given === 'nobody' ? given : /^\d{1,9}$/.test(given ?? '') ? Number(given) : undefined

async function checkScreen(visit: Here, filled: Filled): Promise<Screen> {
  const kept = await reportOf(visit, visit.thing)
  const screen = {
    title: 'Check who was there',
    caption: `${visit.thing.reference}, ${theirs(visit.thing.row.title)}`,
    back: { href: pathTo(visit, 'report'), text: 'Choose another file' },
  }
  if (!kept) {
    return {
      ...screen,
      body: (
        <p>
          There is no report to check. <a href={pathTo(visit, 'report')}>Choose the file</a>
        </p>
      ),
    }
  }
  // Who is in it does not hang on how its dates are read.
  const order =
    filled.values.order === 'month-first' || kept.order === 'month-first' ? 'month-first' : 'day-first'
  const read = peopleOf(kept.rows, order)
  const people = read.ok ? read.people : []
  const known = await knownPeople(visit, visit.thing)
  const matched = people.map(person => knownAs(person, known))
  const open = matched.filter(each => each === undefined).length
  return {
    ...screen,
    body: (
      <>
        <InsetText>
          {people.length} {people.length === 1 ? 'person is' : 'people are'} in the report.{' '}
          {open === 0 ? 'We know them all.' : `We do not know ${open} of them: please say who they are.`}{' '}
          Nothing changes before you press the button. Then the report is deleted.
        </InsetText>
        <Form
          hidden={visit.hidden}
          button="This is who was there"
          secondary={{ text: 'Do not use it', href: pathTo(visit, 'attendance') }}
        >
          {kept.order === 'ask' && <OrderField visit={visit} rows={kept.rows} filled={filled} />}
          {people.map((person, at) => (
            <PersonField
              person={person}
              at={at}
              match={matched[at]}
              options={optionsFrom(known, matched)}
              filled={filled}
              clear={kept.order !== 'ask'}
              key={at}
            />
          ))}
        </Form>
      </>
    ),
  }
}

/** "9/6/2026" could be two days: a person says which. */
function OrderField({
  visit,
  rows,
  filled,
}: {
  visit: Here
  rows: readonly { joined: string }[]
  filled: Filled
}) {
  const first = rows[0]!.joined
  const dayOf = (order: DateOrder) => {
    const at = readMoment(first, order)
    return at ? dateInWords(at.toZonedDateTimeISO('Europe/London').toPlainDate()) : ''
  }
  return (
    <Radios
      name="order"
      label={`The report says “${first.split(/[ ,]/)[0]}”. Which day is that?`}
      hint={`This meeting is on ${dateInWords(visit.thing.it.startsAt.toZonedDateTimeISO('Europe/London').toPlainDate())}.`}
      value={filled.values.order ?? 'day-first'}
      errors={filled.errors}
      options={[
        { value: 'day-first', label: dayOf('day-first') },
        { value: 'month-first', label: dayOf('month-first') },
      ]}
    />
  )
}

function optionsFrom(known: readonly Known[], matched: readonly (Known | undefined)[]) {
  return [
    { value: 'guest', text: 'A guest: keep the name as it is' },
    { value: 'nobody', text: 'Leave this one out' },
    ...known
      .filter(each => each.invited || matched.includes(each))
      .map(each => ({ value: String(each.id), text: each.name })),
  ]
}

function PersonField(props: {
  person: ReportPerson
  at: number
  match: Known | undefined
  options: readonly { value: string; text: string }[]
  filled: Filled
  /** The times are certain. */
  clear: boolean
}) {
  const { person, at, match, options, filled, clear } = props
  const name = `r-${at}`
  const [first] = person.stays
  const last = person.stays.at(-1)
  const times = clear && first && last ? `${clockTime(first.from)} to ${clockTime(last.to)}, ` : ''
  return (
    <Select
      name={name}
      label={person.name}
      hint={`${times}${minutesInWords(minutesIn(person.stays))}${person.email ? `, ${person.email}` : ''}`}
      value={filled.values[name] ?? (match ? String(match.id) : '')}
      empty="Who is this?"
      options={options}
      errors={filled.errors}
    />
  )
}

export const reportRoutes: readonly AnyRoute[] = [upload, check]
