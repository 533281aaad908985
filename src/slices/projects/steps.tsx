import { z } from 'zod'
import { Checkboxes, Form, Radios, Select, TextArea, TextField } from '#design/index.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { choice, optionalId, optionalText, pickedId, several, text } from '#platform/form/fields.ts'
import {
  type Filled,
  form,
  type Load,
  refused,
  type Screen,
  type Submitted,
  type Visit,
} from '#platform/http/route.ts'
import { anInsider } from '#platform/permission.ts'
import { possibleOwners } from '#slices/actions/index.ts'
import {
  beginProject,
  beginProjectStage,
  bringIn,
  changeProject,
  takeOut,
  wishToJoin,
  writeNote,
} from './changes.ts'
import { type Here, mayBegin, projectScreen } from './pages.tsx'
import { projectPaths } from './paths.ts'
import { kindWords, missingKinds, possibleStages, stageHints, stageWords } from './project.ts'
import { type LoadedProject, loadProject, mayLead } from './store.ts'
import { kinds, stages } from './tables.ts'

const load: Load<LoadedProject> = (visit, how) => loadProject(visit, visit.params.project, how)
const pathOf = (visit: Here) => projectPaths.one(visit.network.slug, visit.thing.slug)
const taken = (visit: Here, done: { accepted: boolean; sentence?: string }, field?: string): Submitted =>
  done.accepted ? { to: pathOf(visit) } : refused(done as { sentence: string }, field)
const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

const own = (visit: Here, title: string, button: string, fields: React.ReactNode): Screen => ({
  title,
  caption: theirs(visit.thing.title),
  back: { href: pathOf(visit), text: 'Back to the project' },
  body: (
    <Form
      hidden={visit.hidden}
      button={button}
      secondary={{ text: 'Do not change anything', href: pathOf(visit) }}
    >
      {fields}
    </Form>
  ),
})

const aboutFields = z.object({
  title: text('Give it a short title', { max: 100, name: 'The title' }),
  about: text('Say what it is about', { max: 1000, name: 'What it is about' }),
  priority: optionalId(),
  lead: pickedId('Choose who leads it'),
})

async function AboutFields(visit: Visit<unknown>, { values, errors }: Filled) {
  const people = await possibleOwners(visit.tx, visit.today)
  const priorities = await prioritiesToChoose(visit)
  return (
    <>
      <TextField name="title" label="A short title" value={values.title} errors={errors} />
      <TextArea
        name="about"
        label="What is it about?"
        hint="What should be better, and for whom? In plain words: the public can read this."
        value={values.about}
        maxCharacters={1000}
        rows={3}
        errors={errors}
      />
      <Select
        name="priority"
        label="Which of our priorities is it for?"
        optional
        empty="None of them"
        value={values.priority}
        options={priorities.map(each => ({ value: String(each.id), text: theirs(each.title) }))}
        errors={errors}
      />
      <Select
        name="lead"
        label="Who leads it?"
        empty="Choose a person"
        value={values.lead}
        options={people.map(each => ({ value: String(each.id), text: theirs(each.name) }))}
        errors={errors}
      />
    </>
  )
}

const prioritiesToChoose = (visit: Pick<Visit, 'tx'>) =>
  visit.tx
    .selectFrom('priority')
    .select(['id', 'title'])
    .where('ended_on', 'is', null)
    .orderBy('title')
    .limit(200)
    .execute()

async function aboutOf(visit: Pick<Visit, 'tx'>, given: z.infer<typeof aboutFields>) {
  const known =
    given.priority !== undefined && (await prioritiesToChoose(visit)).some(each => each.id === given.priority)
  return {
    title: given.title,
    about: given.about,
    priorityId: known ? given.priority! : null,
    leadId: given.lead,
  }
}

const begin = form('/:network/projects/new', {
  who: mayBegin,
  audit: 'project-begun',
  fields: aboutFields,
  screen: async (visit: Visit, filled) => ({
    title: 'Begin a project',
    back: { href: projectPaths.list(visit.network.slug), text: 'All projects' },
    body: (
      <Form hidden={visit.hidden} button="Begin it">
        <p>It begins as an idea. On its page you bring in who takes part, before the first stage begins.</p>
        {await AboutFields(visit, filled)}
      </Form>
    ),
  }),
  async submit(visit: Visit, given) {
    const made = await beginProject(visit, await aboutOf(visit, given))
    return made.accepted ? { to: projectPaths.one(visit.network.slug, made.slug) } : refused(made, 'lead')
  },
})

const about = form('/:network/projects/:project/about', {
  load,
  who: mayLead,
  audit: 'project-changed',
  fields: aboutFields,
  async screen(visit: Here, filled) {
    const { thing } = visit
    const before = {
      title: thing.title,
      about: thing.about,
      priority: thing.priorityId === null ? '' : String(thing.priorityId),
      lead: thing.leadId === null ? '' : String(thing.leadId),
    }
    const fields = await AboutFields(visit, { ...filled, values: { ...before, ...filled.values } })
    return own(visit, 'Change what the page says', 'Save', fields)
  },
  submit: async (visit: Here, given) =>
    taken(visit, await changeProject(visit, visit.thing, await aboutOf(visit, given)), 'lead'),
})

const stage = form('/:network/projects/:project/stage', {
  load,
  who: mayLead,
  audit: 'project-stage-began',
  fields: z.object({
    stage: choice('Choose the stage', [...stages, 'ended']),
    because: optionalText({ max: 1000, name: 'The reason' }),
  }),
  screen(visit: Here, { values, errors }) {
    const missing = missingKinds(visit.thing)
    return own(
      visit,
      'Begin the next stage',
      'Begin it',
      <>
        <Radios
          name="stage"
          label="Which stage begins?"
          value={values.stage}
          errors={errors}
          options={possibleStages(visit.thing).map(each => ({
            value: each,
            label: each === 'ended' ? 'The project ends' : stageWords[each],
            hint: each === 'ended' ? 'Write down what changed first.' : stageHints[each],
          }))}
        />
        {missing.length > 0 && (
          <TextArea
            name="because"
            label={`Why does it begin without ${missing.map(each => kindWords[each]).join(' and ')}?`}
            hint="Better: bring somebody in first. The reason stays on the page for everybody."
            value={values.because}
            maxCharacters={1000}
            rows={3}
            errors={errors}
          />
        )}
      </>,
    )
  },
  async submit(visit: Here, given) {
    const done = await beginProjectStage(visit, visit.thing, given)
    return taken(visit, done, !done.accepted && done.reason === 'kind-missing' ? 'because' : 'stage')
  },
})

const people = form('/:network/projects/:project/people', {
  load,
  who: mayLead,
  audit: 'project-person-in',
  fields: z.object({
    person: pickedId('Choose a person'),
    kind: choice('Choose as what they take part', kinds),
  }),
  async screen(visit: Here, { values, errors }) {
    const list = await possibleOwners(visit.tx, visit.today)
    return own(
      visit,
      'Bring somebody in',
      'Bring them in',
      <>
        <Select
          name="person"
          label="Who?"
          empty="Choose a person"
          value={values.person}
          options={list.map(each => ({ value: String(each.id), text: theirs(each.name) }))}
          errors={errors}
        />
        <Radios
          name="kind"
          label="As what do they take part?"
          value={values.kind}
          errors={errors}
          options={kinds.map(each => ({ value: each, label: capital(kindWords[each]) }))}
        />
      </>,
    )
  },
  submit: async (visit: Here, { person, kind }) =>
    taken(visit, await bringIn(visit, visit.thing, { personId: person, kind }), 'person'),
})

const leave = form('/:network/projects/:project/leave', {
  load,
  who: mayLead,
  audit: 'project-person-out',
  fields: z.object({ place: pickedId('Choose who stops') }),
  screen: (visit: Here, { values, errors }) =>
    own(
      visit,
      'Somebody stops',
      'Save',
      <Radios
        name="place"
        label="Who stops?"
        hint="That they took part stays on the page."
        value={values.place}
        errors={errors}
        options={visit.thing.people
          .filter(each => each.to === null)
          .map(each => ({
            value: String(each.id),
            label: `${theirs(each.name ?? '')}, ${kindWords[each.kind]}`,
          }))}
      />,
    ),
  submit: async (visit: Here, { place }) => taken(visit, await takeOut(visit, visit.thing, place), 'place'),
})

const decision = form('/:network/projects/:project/decision', {
  load,
  who: mayLead,
  audit: 'project-decision',
  fields: z.object({
    words: text('Write what was decided, and why', { max: 2000, name: 'The decision' }),
    with: several(),
  }),
  screen: (visit: Here, { values, lists, errors }) =>
    own(
      visit,
      'Write down a decision',
      'Save and tell everybody in it',
      <>
        <TextArea
          name="words"
          label="What was decided, and why?"
          value={values.words}
          maxCharacters={2000}
          errors={errors}
        />
        <Checkboxes
          name="with"
          label="Who took part in the decision?"
          values={lists.with ?? []}
          errors={errors}
          options={kinds.map(each => ({ value: each, label: capital(kindWords[each]) }))}
        />
      </>,
    ),
  submit: async (visit: Here, given) =>
    taken(
      visit,
      await writeNote(visit, visit.thing, {
        kind: 'decision',
        words: given.words,
        sharedWith: kinds.filter(each => given.with.includes(each)),
      }),
    ),
})

const change = form('/:network/projects/:project/change', {
  load,
  who: mayLead,
  audit: 'project-change',
  fields: z.object({ words: text('Write what changed', { max: 2000, name: 'What changed' }) }),
  screen: (visit: Here, { values, errors }) =>
    own(
      visit,
      'Write down what changed',
      'Save and tell everybody in it',
      <TextArea
        name="words"
        label="What changed?"
        hint="For whom, since when, and how do you know? If nothing changed, say so, and why. The public can read this."
        value={values.words}
        maxCharacters={2000}
        errors={errors}
      />,
    ),
  submit: async (visit: Here, { words }) =>
    taken(visit, await writeNote(visit, visit.thing, { kind: 'change', words, sharedWith: [] })),
})

const join = form('/:network/projects/:project/join', {
  load,
  who: anInsider,
  audit: 'project-wish-to-join',
  page: false,
  guardsVersion: false,
  fields: z.object({}),
  screen: (visit: Here) => projectScreen(visit),
  submit: async (visit: Here) => taken(visit, await wishToJoin(visit, visit.thing)),
})

export const stepRoutes = [begin, about, stage, people, leave, decision, change, join]
