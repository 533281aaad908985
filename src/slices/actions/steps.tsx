import { z } from 'zod'
import {
  DateField,
  type FieldError,
  FileField,
  Form,
  InsetText,
  Quote,
  Radios,
  Select,
  TextArea,
  TextField,
} from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import type { Decision } from '#kernel/decision.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { fileKindsInWords } from '#platform/files.ts'
import { choice, optionalText, pickedId, text, uploads, withDate } from '#platform/form/fields.ts'
import {
  type Filled,
  form,
  type Load,
  refused,
  type Screen,
  type Submitted,
  type Visit,
} from '#platform/http/route.ts'
import { mayDecide, mayDoAsOwner } from './access.ts'
import { type Action, isOpen, stateWords } from './action.ts'
import {
  answerDateWish,
  askForAnotherDate,
  deferAction,
  dropAction,
  finishAction,
  reassignAction,
  type ViewsBehindActions,
} from './changes.ts'
import { actionPaths } from './paths.ts'
import { possibleOwners } from './people.ts'
import { type LoadedAction, loadAction } from './store.ts'

type Here = Visit<LoadedAction>

const load: Load<LoadedAction> = (visit, how) => loadAction(visit, visit.params.reference, how)
const reason = (required: string) => text(required, { max: 1000, name: 'The reason' })

function answered(visit: Here, done: Decision<Action>, field?: string): Submitted {
  if (!done.accepted) return refused(done, field)
  return { to: actionPaths.one(visit.network.slug, visit.thing.reference) }
}

/** Beside the date when the date was refused, else over the whole form. */
const dated = (visit: Here, done: Decision<Action>) =>
  answered(
    visit,
    done,
    !done.accepted && ['in-the-past', 'same-date', 'too-far'].includes(done.reason) ? 'on' : undefined,
  )

/** The page of one step: what it is about stands above its question; what is over says so. */
function stepScreen(
  visit: Here,
  filled: Filled,
  words: { title: string; button: string; warning?: boolean; multipart?: boolean },
  body: (errors: readonly FieldError[]) => React.ReactNode,
): Screen {
  const { thing, network, hidden } = visit
  const back = actionPaths.one(network.slug, thing.reference)
  return {
    title: words.title,
    caption: thing.reference,
    back: { href: back, text: 'Back to the action' },
    body: (
      <>
        <InsetText>
          <p>
            <bdi>{thing.what}</bdi>
          </p>
          <p>
            {theirs(thing.ownerName)}, by {dateInWords(thing.it.due)}
          </p>
        </InsetText>
        {isOpen(thing.it) || filled.errors.length > 0 ? (
          <Form
            hidden={hidden}
            button={words.button}
            warning={words.warning ?? false}
            multipart={words.multipart ?? false}
            secondary={{ text: 'Do not change anything', href: back }}
          >
            {body(filled.errors)}
          </Form>
        ) : (
          <p>
            This is over: {stateWords[thing.it.state].toLowerCase()}. <a href={back}>See what came of it</a>
          </p>
        )}
      </>
    ),
  }
}

const dateValue = ({ values }: Filled) => ({
  day: values['on-day'],
  month: values['on-month'],
  year: values['on-year'],
})

const noPatients = 'Do not write anything that shows who a patient is.'

const anotherDate = form('/:network/actions/:reference/another-date', {
  who: mayDoAsOwner,
  audit: 'action-date-asked',
  load,
  fields: withDate(
    'on',
    { required: 'Enter the date by which it can be done' },
    { because: reason('Say why it needs more time') },
  ),
  screen: (visit: Here, filled) =>
    stepScreen(visit, filled, { title: 'Ask for another date', button: 'Ask for this date' }, errors => (
      <>
        <DateField
          name="on"
          label="By when can it be done?"
          hint="For example, 31 3 2027"
          value={dateValue(filled)}
          errors={errors}
        />
        <TextArea
          name="because"
          label="Why does it need more time?"
          hint={`The chair reads this, and so does whoever raised it. ${noPatients}`}
          value={filled.values.because}
          maxCharacters={1000}
          rows={4}
          errors={errors}
        />
      </>
    )),
  submit: async (visit: Here, wish) => dated(visit, await askForAnotherDate(visit, visit.thing, wish)),
})

const answerDate = form('/:network/actions/:reference/answer-date', {
  who: mayDecide,
  audit: 'action-date-answered',
  load,
  fields: z.object({
    answer: choice('Choose whether the new date will do', ['yes', 'no']),
    because: optionalText({ max: 1000, name: 'The reason' }),
  }),
  screen: (visit: Here, filled) => {
    const { it } = visit.thing
    return stepScreen(
      visit,
      filled,
      { title: 'Will the new date do?', button: 'Send the answer' },
      errors => (
        <>
          {it.state === 'asked-for-another-date' && (
            <>
              <p>
                {theirs(visit.thing.ownerName)} asks for {dateInWords(it.wish.on)} instead of{' '}
                {dateInWords(it.due)}.
              </p>
              <Quote words={it.wish.because} by="The reason" />
            </>
          )}
          <Radios
            name="answer"
            label="Your answer"
            value={filled.values.answer}
            errors={errors}
            options={[
              { value: 'yes', label: 'Yes, the new date will do' },
              { value: 'no', label: 'No, the date has to stay' },
            ]}
          />
          <TextArea
            name="because"
            label="Why"
            hint={`Needed when the date has to stay. ${noPatients}`}
            value={filled.values.because}
            maxCharacters={1000}
            rows={3}
            errors={errors}
          />
        </>
      ),
    )
  },
  async submit(visit: Here, { answer, because }) {
    const done = await answerDateWish(visit, visit.thing, { agreed: answer === 'yes', because })
    return answered(visit, done, !done.accepted && done.reason === 'no-reason' ? 'because' : undefined)
  },
})

const defer = form('/:network/actions/:reference/defer', {
  who: mayDecide,
  audit: 'action-deferred',
  load,
  fields: withDate('on', { required: 'Enter the new date' }, { because: reason('Say why the date moves') }),
  screen: (visit: Here, filled) =>
    stepScreen(visit, filled, { title: 'Set another date', button: 'Set this date' }, errors => (
      <>
        <DateField
          name="on"
          label="The new date"
          hint="For example, 31 3 2027"
          value={dateValue(filled)}
          errors={errors}
        />
        <TextArea
          name="because"
          label="Why does the date move?"
          hint={`Whoever raised it reads this too. ${noPatients}`}
          value={filled.values.because}
          maxCharacters={1000}
          rows={4}
          errors={errors}
        />
      </>
    )),
  submit: async (visit: Here, to) => dated(visit, await deferAction(visit, visit.thing, to)),
})

const reassign = form('/:network/actions/:reference/reassign', {
  who: mayDecide,
  audit: 'action-reassigned',
  load,
  fields: z.object({
    owner: pickedId('Choose who does it now'),
    because: reason('Say why somebody else does it'),
  }),
  async screen(visit: Here, filled) {
    const people = await possibleOwners(visit.tx, visit.today)
    return stepScreen(visit, filled, { title: 'Hand it on', button: 'Hand it on' }, errors => (
      <>
        <Select
          name="owner"
          label="Who does it now?"
          hint="Anybody of the network, also outside the group."
          empty="Choose a person"
          value={filled.values.owner}
          options={people
            .filter(each => each.id !== visit.thing.ownerId)
            .map(each => ({ value: String(each.id), text: each.name }))}
          errors={errors}
        />
        <TextArea
          name="because"
          label="Why?"
          value={filled.values.because}
          maxCharacters={1000}
          rows={3}
          errors={errors}
        />
      </>
    ))
  },
  async submit(visit: Here, { owner, because }) {
    const done = await reassignAction(visit, visit.thing, { personId: owner, because })
    return answered(visit, done, !done.accepted && done.reason !== 'over' ? 'owner' : undefined)
  },
})

const webAddress = optionalText({ max: 500, name: 'The link' }).refine(
  given => given === '' || isWebAddress(given),
  { error: 'Enter a web address that begins with https:// or http://' },
)

function isWebAddress(given: string): boolean {
  if (!/^https?:\/\/\S+$/i.test(given)) return false
  try {
    // A name and a password in an address serve only to mislead.
    const { username, password } = new URL(given)
    return username === '' && password === ''
  } catch {
    return false
  }
}

const done = (views: ViewsBehindActions) =>
  form('/:network/actions/:reference/done', {
    who: mayDoAsOwner,
    audit: 'action-done',
    load,
    uploads: true,
    fields: z.object({
      changed: text('Say what changed', { max: 2000, name: 'What changed' }),
      evidence: optionalText({ max: 2000, name: 'How people can see it' }),
      link: webAddress,
      files: uploads(5),
    }),
    screen: (visit: Here, filled) =>
      stepScreen(
        visit,
        filled,
        { title: 'Say what changed', button: 'It is done', multipart: true },
        errors => (
          <>
            <TextArea
              name="changed"
              label="What changed?"
              hint={`In plain words: whoever raised it reads this. ${noPatients}`}
              value={filled.values.changed}
              maxCharacters={2000}
              errors={errors}
            />
            <h2 className="nhsuk-heading-m">How people can see it</h2>
            <p>Give at least one of these.</p>
            <TextArea
              name="evidence"
              label="In words"
              optional
              hint="For example, “The new leaflet is in every waiting room since May.”"
              value={filled.values.evidence}
              maxCharacters={2000}
              rows={3}
              errors={errors}
            />
            <TextField
              name="link"
              label="A web address"
              optional
              type="url"
              inputMode="url"
              dir="ltr"
              spellCheck={false}
              autoCapitalize="none"
              value={filled.values.link}
              errors={errors}
            />
            <FileField
              name="files"
              label="Files"
              optional
              multiple
              hint={`Up to 5, each ${fileKindsInWords} of at most 10 MB.`}
              accept=".jpg,.jpeg,.png,.pdf,.docx"
              errors={errors}
            />
          </>
        ),
      ),
    async submit(visit: Here, { changed, ...rest }) {
      const finished = await finishAction(visit, views, visit.thing, { whatChanged: changed, ...rest })
      return answered(
        visit,
        finished,
        !finished.accepted && finished.reason === 'no-evidence' ? 'evidence' : undefined,
      )
    },
  })

const drop = (views: ViewsBehindActions) =>
  form('/:network/actions/:reference/drop', {
    who: mayDoAsOwner,
    audit: 'action-dropped',
    load,
    fields: z.object({ because: reason('Say why it cannot be done') }),
    screen: (visit: Here, filled) =>
      stepScreen(
        visit,
        filled,
        { title: 'It cannot be done', button: 'Drop this action', warning: true },
        errors => (
          <TextArea
            name="because"
            label="Why can it not be done?"
            hint={`Whoever raised it gets these words. Be honest and kind. ${noPatients}`}
            value={filled.values.because}
            maxCharacters={1000}
            rows={5}
            errors={errors}
          />
        ),
      ),
    submit: async (visit: Here, { because }) =>
      answered(visit, await dropAction(visit, views, visit.thing, because)),
  })

export const stepRoutes = (views: ViewsBehindActions) => [
  anotherDate,
  answerDate,
  defer,
  reassign,
  done(views),
  drop(views),
]
