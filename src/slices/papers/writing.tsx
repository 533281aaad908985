import { z } from 'zod'
import {
  Checkboxes,
  type FieldError,
  FileField,
  Form,
  InsetText,
  Radios,
  ReadingHelp,
  Select,
  TextArea,
  TextField,
} from '#design/index.ts'
import { dateInWords, dueInWords } from '#kernel/calendar/words.ts'
import { workingDaysBetween } from '#kernel/calendar/working-days.ts'
import { reference } from '#kernel/references.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { choice, optionalId, optionalText, several, text, uploads } from '#platform/form/fields.ts'
import { type AnyRoute, errors, type Filled, form, refused, type Visit } from '#platform/http/route.ts'
import {
  isAhead,
  type LoadedItem,
  type LoadedMeeting,
  loadItem,
  mayAddPaper,
  mayPreparePaper,
  mayRunMeeting,
  meetingPaths,
} from '#slices/meetings/index.ts'
import { addPaper, changePaper } from './changes.ts'
import { mostWords, summaryWords } from './paper.ts'
import { type NearPerson, peopleOf } from './people.ts'
import { type LoadedPaper, loadPaper } from './store.ts'
import { mostPages } from './text.ts'
import { askedWords } from './words.ts'

const handlings = ['public', 'board', 'named'] as const

const summary = optionalText({ max: 3000, name: 'The summary' }).refine(
  given => summaryWords(given) <= mostWords,
  { error: `The summary must have ${mostWords} words or fewer` },
)

const paperFile = uploads(1).refine(
  files => files.every(each => each.type === 'application/pdf' || each.type.includes('wordprocessingml')),
  { error: 'The paper must be a PDF or a Word file (DOCX)' },
)

const shape = {
  title: text('Enter the title of the paper', { max: 200, name: 'The title' }),
  summary,
  handling: choice('Choose who may read it', handlings),
  readers: several(),
  files: paperFile,
}

const namedNeedsReaders = (given: {
  handling: string
  readers: readonly number[]
}): FieldError | undefined =>
  given.handling === 'named' && given.readers.length === 0
    ? { field: 'readers', message: 'Choose the people who may read it' }
    : undefined

/** Only people of this meeting's list; whatever else was sent is no reader. */
const readersAmong = (people: readonly NearPerson[], sent: readonly string[]): number[] =>
  people.filter(each => sent.includes(String(each.id))).map(each => each.id)

function PaperFields(props: {
  values: Readonly<Record<string, string | undefined>>
  readers: readonly string[]
  people: readonly NearPerson[]
  errors: readonly FieldError[]
  fileHint?: string
}) {
  const { values, people, errors: list } = props
  return (
    <>
      <TextField name="title" label="Title" value={values.title} errors={list} />
      <TextArea
        name="summary"
        label="Summary in plain English"
        optional
        hint={`At most ${mostWords} words. Say what it is about and what you ask of the group, as you would say it to a neighbour. You can write it later, but the paper cannot go out without it.`}
        value={values.summary}
        rows={8}
        errors={list}
      />
      {(values.summary ?? '') !== '' && (
        <>
          <p>
            This summary has {summaryWords(values.summary ?? '')} of {mostWords} words.
          </p>
          <ReadingHelp text={values.summary ?? ''} what="This summary" headingLevel={2} />
        </>
      )}
      <Radios
        name="handling"
        label="Who may read it?"
        value={values.handling}
        errors={list}
        options={[
          { value: 'public', label: 'Anybody', hint: 'It is public, also to people who are not signed in.' },
          { value: 'board', label: 'The group only', hint: 'The group’s members and the team.' },
          {
            value: 'named',
            label: 'Named people only',
            hint: 'It is confidential. Each opening is written down.',
            content: (
              <Checkboxes
                name="readers"
                label="Which people?"
                hint="For a confidential paper only. Its author can always read it."
                values={props.readers}
                errors={list}
                options={people.map(each => ({ value: String(each.id), label: each.name }))}
              />
            ),
          },
        ]}
      />
      <FileField
        name="files"
        label="The file"
        optional
        hint={`${props.fileHint ?? ''}A PDF or a Word file (DOCX) of at most 10 MB and ${mostPages} pages. We make a page of its text that phones and screen readers can read. Do not put anything in it that shows who a patient is.`}
        accept=".pdf,.docx"
        errors={list}
      />
    </>
  )
}

/** By when papers are due, and how many working days that is from today. */
export function DueWords({ meeting, visit }: { meeting: LoadedMeeting; visit: Pick<Visit, 'today'> }) {
  const { papersDueOn } = meeting.it
  const due = dueInWords(papersDueOn, visit.today)
  const days = workingDaysBetween(visit.today, papersDueOn)
  return due.late ? (
    <p>
      Papers were due by {dateInWords(papersDueOn)}. A paper that goes out now is marked as late, and stays
      so.
    </p>
  ) : (
    <p>
      Papers should be out {due.words}, so that everybody has time to read them.
      {days > 0 && ` That is ${days} working ${days === 1 ? 'day' : 'days'} from today.`}
    </p>
  )
}

const add = form('/:network/meetings/:meeting/items/:item/add-paper', {
  who: mayAddPaper,
  audit: 'paper-added',
  uploads: true,
  guardsVersion: false,
  load: (visit, how) => loadItem(visit, { meeting: visit.params.meeting, item: visit.params.item }, how),
  fields: z.object({ ...shape, author: optionalId() }),
  async screen(visit: Visit<LoadedItem>, filled: Filled) {
    const { thing, network, me } = visit
    const people = await peopleOf(visit.tx, thing.groupId, visit.today)
    const back = meetingPaths.item(network.slug, thing.meeting.reference, thing.id)
    return {
      title: 'Add a paper',
      caption: theirs(thing.item.title),
      back: { href: back, text: 'Back to the item' },
      body: isAhead(thing.meeting.it) ? (
        <>
          <InsetText>
            <p>The group is asked to: {askedWords[thing.item.asked].toLowerCase()}.</p>
            <DueWords meeting={thing.meeting} visit={visit} />
          </InsetText>
          <Form
            hidden={visit.hidden}
            button="Add this paper"
            multipart
            secondary={{ text: 'Do not add a paper', href: back }}
          >
            {mayRunMeeting.holds(me, thing) && (
              <Select
                name="author"
                label="Who writes it?"
                hint="They are told, and answer questions about it."
                value={filled.values.author ?? String(me.personId)}
                options={authors(people, visit).map(each => ({ value: String(each.id), text: each.name }))}
                errors={filled.errors}
              />
            )}
            <PaperFields
              values={{ handling: thing.handling, ...filled.values }}
              readers={filled.lists.readers ?? []}
              people={people}
              errors={filled.errors}
            />
          </Form>
        </>
      ) : (
        <p>This meeting is over, so no paper can be added.</p>
      ),
    }
  },
  async submit(visit: Visit<LoadedItem>, { author, files, readers, ...given }) {
    const { thing, me, network } = visit
    const people = await peopleOf(visit.tx, thing.groupId, visit.today)
    const authorId = mayRunMeeting.holds(me, thing) ? (author ?? me.personId) : me.personId
    if (!authors(people, visit).some(each => each.id === authorId)) {
      return errors({ field: 'author', message: 'Choose who writes it from the list' })
    }
    const words = { ...given, readers: readersAmong(people, readers), file: files[0] }
    const wrong = namedNeedsReaders(words)
    if (wrong) return errors(wrong)
    const added = await addPaper(visit, thing, { ...words, authorId })
    if (!added.accepted) return refused(added, added.reason === 'too-open' ? 'handling' : undefined)
    return {
      to: meetingPaths.paper(network.slug, thing.meeting.reference, reference('P', added.state.number)),
    }
  },
})

/** The group and the team, the presenter from outside among them when it is they who add it. */
const authors = (people: readonly NearPerson[], { me }: Pick<Visit, 'me'>) =>
  people.some(each => each.id === me.personId)
    ? people
    : [...people, { id: me.personId, name: me.name, runs: false }]

const change = form('/:network/meetings/:meeting/papers/:paper/change', {
  who: mayPreparePaper,
  audit: 'paper-changed',
  uploads: true,
  load: (visit, how) => loadPaper(visit, { meeting: visit.params.meeting, paper: visit.params.paper }, how),
  fields: z.object({ ...shape, changed: optionalText({ max: 1000, name: 'What changed' }) }),
  async screen(visit: Visit<LoadedPaper>, filled: Filled) {
    const { thing, network } = visit
    const people = await peopleOf(visit.tx, thing.groupId, visit.today)
    const back = meetingPaths.paper(network.slug, thing.meeting.reference, thing.reference)
    const isOut = thing.it.state === 'out'
    const first = filled.errors.length === 0 && Object.keys(filled.values).length === 0
    const { draft, row } = thing
    return {
      title: isOut ? 'Make a new version' : 'Change this paper',
      caption: thing.reference,
      back: { href: back, text: 'Back to the paper' },
      body:
        isAhead(thing.meeting.it) && thing.it.state !== 'withdrawn' ? (
          <>
            {isOut && (
              <InsetText>
                <p>
                  This paper is out. What you change here is a new version: people see it once you send it
                  out, with what changed. The version before is kept.
                </p>
              </InsetText>
            )}
            <Form
              hidden={visit.hidden}
              button={isOut ? 'Keep this new version' : 'Save this paper'}
              multipart
              secondary={{ text: 'Do not change anything', href: back }}
            >
              {isOut && (
                <TextArea
                  name="changed"
                  label="What changed?"
                  hint="For those who have read it: what is new, and where."
                  value={filled.values.changed ?? draft?.whatChanged}
                  maxCharacters={1000}
                  rows={4}
                  errors={filled.errors}
                />
              )}
              <PaperFields
                values={{
                  title: draft?.title ?? row.title,
                  summary: draft?.summary ?? row.summary,
                  handling: row.handling,
                  ...filled.values,
                }}
                readers={first ? thing.readerIds.map(String) : (filled.lists.readers ?? [])}
                people={people}
                errors={filled.errors}
                fileHint={thing.versions.length > 0 ? 'Only if the file changes. ' : ''}
              />
            </Form>
          </>
        ) : (
          <p>This paper cannot be changed any more.</p>
        ),
    }
  },
  async submit(visit: Visit<LoadedPaper>, { files, readers, changed, ...given }) {
    const { thing, network } = visit
    const people = await peopleOf(visit.tx, thing.groupId, visit.today)
    const words = { ...given, readers: readersAmong(people, readers), file: files[0] }
    const wrong = namedNeedsReaders(words)
    if (wrong) return errors(wrong)
    const done = await changePaper(visit, thing, { ...words, whatChanged: changed })
    if (!done.accepted) {
      return refused(done, { 'what-changed': 'changed', 'too-open': 'handling' }[done.reason])
    }
    return { to: meetingPaths.paper(network.slug, thing.meeting.reference, thing.reference) }
  },
})

export const writingRoutes: AnyRoute[] = [add, change]
