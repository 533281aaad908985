import { z } from 'zod'
import { Checkboxes, type FieldError, Form, InsetText, Radios, TextArea, TextField } from '#design/index.ts'
import { reference } from '#kernel/references.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { choice, several, text } from '#platform/form/fields.ts'
import { type AnyRoute, type Filled, form, refused, type Screen, type Visit } from '#platform/http/route.ts'
import { mayRaiseItem } from './access.ts'
import { mayStillRaise } from './agenda.ts'
import { contributionsToAnswer, type ToAnswer } from './agenda-queries.ts'
import { raiseItem } from './item-raising.ts'
import { meetingPaths } from './paths.ts'
import { type LoadedMeeting, loadMeeting } from './store.ts'

type Here = Visit<LoadedMeeting>

export const minutesField = text('Enter how many minutes it needs', { max: 10, name: 'The minutes' })
  .refine(given => /^\d{1,3}$/.test(given) && Number(given) >= 1 && Number(given) <= 720, {
    error: 'The minutes must be a whole number from 1 to 720',
  })
  .transform(Number)

export const askedChoices = [
  { value: 'discuss', label: 'To discuss it' },
  { value: 'decide', label: 'To decide something' },
  { value: 'note', label: 'To know about it' },
]

export const raisingRoutes: readonly AnyRoute[] = [
  form('/:network/meetings/:meeting/items/new', {
    who: mayRaiseItem,
    audit: 'item-raised',
    // Others' items do not matter to this one.
    guardsVersion: false,
    load: (visit: Visit<undefined>, how) => loadMeeting(visit, visit.params.meeting, how),
    fields: z.object({
      title: text('Enter a title', { max: 150, name: 'The title' }),
      about: text('Say what it is about', { max: 2000, name: 'What it is about' }),
      asked: choice('Choose what you ask of the group', ['discuss', 'decide', 'note']),
      minutes: minutesField,
      answers: several(),
      wished: choice('Choose who may read it', ['public', 'board']),
    }),
    screen: (visit: Here, filled) => raiseScreen(visit, filled),
    async submit(visit: Here, { answers, ...given }) {
      const done = await raiseItem(visit, visit.thing, { ...given, contributionIds: idsIn(answers) })
      if (!done.accepted) {
        return refused(done, done.reason === 'no-such-contribution' ? 'answers' : undefined)
      }
      return { to: meetingPaths.item(visit.network.slug, visit.thing.reference, done.id) }
    },
  }),
]

async function raiseScreen(visit: Here, filled: Filled): Promise<Screen> {
  const { thing, network } = visit
  const cannot = mayStillRaise(thing.it)
  const back = meetingPaths.one(network.slug, thing.reference)
  return {
    title: 'Ask for an item',
    caption: `${thing.reference}, ${theirs(thing.row.title)}`,
    back: { href: back, text: 'Back to the meeting' },
    body:
      cannot && filled.errors.length === 0 ? (
        <p>{cannot.sentence}.</p>
      ) : (
        <>
          <InsetText>
            The chair or the team gives it a place on the agenda. If it has to wait, or is not taken, you are
            told why.
          </InsetText>
          <Form
            hidden={visit.hidden}
            button="Ask for this item"
            secondary={{ text: 'Do not ask', href: back }}
          >
            <ItemFields filled={filled} />
            <AnswersField
              list={await contributionsToAnswer(visit, thing).execute()}
              values={filled.lists.answers ?? []}
              errors={filled.errors}
            />
            <Radios
              name="wished"
              label="Who may read it?"
              hint="The chair decides. Until then only the group can see it."
              value={filled.values.wished}
              errors={filled.errors}
              options={[
                { value: 'public', label: 'Everybody: it can stand in public papers (part A)' },
                { value: 'board', label: 'Only the group (part B)' },
              ]}
            />
          </Form>
        </>
      ),
  }
}

function ItemFields({ filled: { values, errors } }: { filled: Filled }) {
  return (
    <>
      <TextField
        name="title"
        label="Title"
        hint="A few plain words, for example “Letters after a scan”."
        value={values.title}
        errors={errors}
      />
      <TextArea
        name="about"
        label="What is it about?"
        hint="Do not write anything that shows who a patient is."
        value={values.about}
        maxCharacters={2000}
        errors={errors}
      />
      <Radios
        name="asked"
        label="What do you ask of the group?"
        value={values.asked}
        errors={errors}
        options={askedChoices}
      />
      <MinutesField value={values.minutes} errors={errors} />
    </>
  )
}

export const MinutesField = (props: { value: string | undefined; errors: readonly FieldError[] }) => (
  <TextField name="minutes" label="How many minutes does it need?" width={3} inputMode="numeric" {...props} />
)

/** Which contributions an item answers: what is minuted there is their consideration. */
export function AnswersField({
  list,
  values,
  errors,
}: {
  list: readonly ToAnswer[]
  values: readonly string[]
  errors: readonly FieldError[]
}) {
  if (list.length === 0 && errors.length === 0) return null
  return (
    <Checkboxes
      name="answers"
      label="Which contributions does it answer?"
      hint="These wait to be considered by the group. Leave all empty if it answers none."
      optional
      values={values}
      errors={errors}
      options={list.map(each => ({
        value: String(each.id),
        label: `${reference('C', each.number)} ${theirs(shorten(each.title, 80))}`,
      }))}
    />
  )
}

export const idsIn = (list: readonly string[]): number[] =>
  list.filter(each => /^\d{1,9}$/.test(each)).map(Number)
