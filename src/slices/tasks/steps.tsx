import { z } from 'zod'
import { Form, InsetText, Quote, Radios, TextArea } from '#design/index.ts'
import { choice, optionalText, text } from '#platform/form/fields.ts'
import { type Filled, form, type Load, refused, type Submitted, type Visit } from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { whoMayTake } from './access.ts'
import { answerTask, endTask, finishTask, stepBackFromTask, thankForTask } from './changes.ts'
import { type Here, taskScreen } from './one.tsx'
import { taskPaths } from './paths.ts'
import { type LoadedTask, loadTask, type Offer } from './store.ts'
import type { Step } from './task.ts'

const load: Load<LoadedTask> = (visit, how) => loadTask(visit, visit.params.reference, how)
const pathOf = (visit: Here) => taskPaths.one(visit.network.slug, visit.thing.reference)
const taken = (visit: Here, done: Step | { accepted: boolean; sentence?: string }): Submitted =>
  done.accepted ? { to: pathOf(visit) } : refused(done as { sentence: string })

// What somebody else answers meanwhile does no harm to a yes or no: the step looks again whether a place is free.
const onThePage = {
  load,
  who: whoMayTake,
  guardsVersion: false,
  screen: (visit: Here, filled: Filled) => taskScreen(visit, filled),
} as const

const own = [
  form('/:network/tasks/:reference/yes', {
    ...onThePage,
    audit: 'task-accepted',
    page: false,
    fields: z.object({}),
    submit: async (visit: Here) =>
      taken(
        visit,
        await answerTask(visit, visit.thing, { personId: visit.me.personId, says: 'yes', how: 'web' }),
      ),
  }),
  form('/:network/tasks/:reference/no', {
    ...onThePage,
    audit: 'task-declined',
    page: false,
    fields: z.object({}),
    submit: async (visit: Here) =>
      taken(
        visit,
        await answerTask(visit, visit.thing, { personId: visit.me.personId, says: 'no', how: 'web' }),
      ),
  }),
  form('/:network/tasks/:reference/step-back', {
    ...onThePage,
    audit: 'task-stepped-back',
    page: false,
    fields: z.object({}),
    submit: async (visit: Here) =>
      taken(visit, await stepBackFromTask(visit, visit.thing, { personId: visit.me.personId, how: 'web' })),
  }),
  form('/:network/tasks/:reference/done', {
    ...onThePage,
    audit: 'task-done',
    page: false,
    fields: z.object({ words: optionalText({ max: 2000, name: 'How it went' }) }),
    submit: async (visit: Here, { words }) =>
      taken(visit, await finishTask(visit, visit.thing, { personId: visit.me.personId, words, how: 'web' })),
  }),
]

interface WithOffer extends LoadedTask {
  readonly offer: Offer
}
const loadOffer: Load<WithOffer> = async (visit, how) => {
  const task = await loadTask(visit, visit.params.reference, how)
  const offer = task?.offers.find(each => String(each.personId) === visit.params.person)
  return task && offer ? { ...task, offer } : undefined
}

const thanksFields = z.object({
  words: text('Write your thanks in your own words', { max: 2000, name: 'Your thanks' }),
})

const thank = form<typeof thanksFields, WithOffer>('/:network/tasks/:reference/thank/:person', {
  load: loadOffer,
  who: theTeam,
  audit: 'task-thanked',
  guardsVersion: false,
  fields: thanksFields,
  screen: (visit: Visit<WithOffer>, { values, errors }) => ({
    title: `Thank ${visit.thing.offer.name}`,
    caption: `Task ${visit.thing.reference}`,
    back: { href: pathOf(visit), text: 'Back to the task' },
    body: (
      <>
        <p>They did this: {visit.thing.title}.</p>
        {visit.thing.offer.doneWords !== '' && (
          <Quote words={visit.thing.offer.doneWords} by={visit.thing.offer.name} />
        )}
        <Form hidden={visit.hidden} button="Send your thanks">
          <TextArea
            name="words"
            label="Your thanks, in your own words"
            hint="Say what it changed, if you know. They get it in the way they chose, with your name."
            value={values.words}
            maxCharacters={2000}
            rows={4}
            errors={errors}
          />
        </Form>
      </>
    ),
  }),
  submit: async (visit: Visit<WithOffer>, { words }) =>
    taken(visit, await thankForTask(visit, visit.thing, { personId: visit.thing.offer.personId, words })),
})

const asSaidFields = z.object({
  says: choice('Choose what they said', ['yes', 'no', 'step-back', 'done']),
  how: choice('Choose how they told us', ['phone', 'post', 'in-person']),
  words: optionalText({ max: 2000, name: 'Their words' }),
})

/** Somebody with only a telephone answers like everybody else; the team writes it down. */
const asSaid = form<typeof asSaidFields, WithOffer>('/:network/tasks/:reference/as-said/:person', {
  load: loadOffer,
  who: theTeam,
  audit: 'task-answered-as-said',
  guardsVersion: false,
  fields: asSaidFields,
  screen: (visit: Visit<WithOffer>, { values, errors }) => {
    const accepted = visit.thing.offer.state === 'accepted'
    return {
      title: `What did ${visit.thing.offer.name} say?`,
      caption: `Task ${visit.thing.reference}`,
      back: { href: pathOf(visit), text: 'Back to the task' },
      body: (
        <>
          <InsetText>We asked them for this: {visit.thing.title}.</InsetText>
          <Form hidden={visit.hidden} button="Save what they said">
            <Radios
              name="says"
              label="What did they say?"
              value={values.says}
              errors={errors}
              options={
                accepted
                  ? [
                      { value: 'done', label: 'It is done' },
                      { value: 'step-back', label: 'They cannot do it after all' },
                    ]
                  : [
                      { value: 'yes', label: 'Yes, they will do it' },
                      { value: 'no', label: 'No. Do not ask why' },
                    ]
              }
            />
            <Radios
              name="how"
              label="How did they tell you?"
              value={values.how}
              errors={errors}
              options={[
                { value: 'phone', label: 'On the phone' },
                { value: 'post', label: 'By post' },
                { value: 'in-person', label: 'In the room' },
              ]}
            />
            {accepted && (
              <TextArea
                name="words"
                label="How did it go, in their own words?"
                optional
                value={values.words}
                maxCharacters={2000}
                rows={3}
                errors={errors}
              />
            )}
          </Form>
        </>
      ),
    }
  },
  submit: async (visit: Visit<WithOffer>, { says, how, words }) => {
    const { personId } = visit.thing.offer
    if (says === 'done') return taken(visit, await finishTask(visit, visit.thing, { personId, words, how }))
    if (says === 'step-back')
      return taken(visit, await stepBackFromTask(visit, visit.thing, { personId, how }))
    return taken(visit, await answerTask(visit, visit.thing, { personId, says, how }))
  },
})

const end = form('/:network/tasks/:reference/end', {
  load,
  who: theTeam,
  audit: 'task-ended',
  fields: z.object({ why: text('Say why it is not needed any more', { max: 500, name: 'Why' }) }),
  screen: (visit: Here, { values, errors }) => ({
    title: 'End this task',
    caption: `Task ${visit.thing.reference}`,
    back: { href: pathOf(visit), text: 'Back to the task' },
    body: (
      <Form
        hidden={visit.hidden}
        button="End the task"
        warning
        secondary={{ text: 'Do not end it', href: pathOf(visit) }}
      >
        <p>Everybody who was asked or said yes hears that it is not needed any more, and why.</p>
        <TextArea
          name="why"
          label="Why is it not needed any more?"
          value={values.why}
          maxCharacters={500}
          rows={3}
          errors={errors}
        />
      </Form>
    ),
  }),
  submit: async (visit: Here, { why }) => taken(visit, await endTask(visit, visit.thing, why)),
})

export const stepRoutes = [...own, thank, asSaid, end]
