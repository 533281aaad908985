import type { ReactNode } from 'react'
import { z } from 'zod'
import { Checkboxes, Form, InsetText, SummaryList, type SummaryRow, TextArea } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { readability } from '#kernel/text/readability.ts'
import { optionalText, several, text } from '#platform/form/fields.ts'
import { type AnyRoute, type Filled, errors as noMistakes } from '#platform/http/route.ts'
import { type PossibleOwner, possibleOwners } from '#slices/actions/index.ts'
import { mayAddAView, mayDoForTheGroup, mayGiveTheAnswer } from '../access.ts'
import { addAction, addView, bodyAnswered, chase, consider } from '../changes/considering.ts'
import { type Place, placeOf } from '../changes/routing.ts'
import { ShortSignpost } from '../writing/signpost.tsx'
import {
  ActionFields,
  OutcomeFields,
  outcomeFieldOf,
  outcomeWords,
  readAction,
  readOutcome,
} from './outcome-fields.tsx'
import { readingFields, type StepVisit, stepForm, stepScreen, type Typed } from './step.tsx'
import { readWhere, WhereFields } from './where.tsx'

const long = 5000

const considerFields = readingFields(reader => {
  const where = readWhere(reader)
  const required = (name: string, sentence: string, words: string, max = long) =>
    reader.read(name, text(sentence, { max, name: words })) ?? ''
  const optional = (name: string, words: string, max = long) =>
    reader.read(name, optionalText({ max, name: words })) ?? ''
  const tookPart = required('took-part', 'Enter who took part', 'Who took part', 1000)
  const said = required('said', 'Enter what was said', 'What was said')
  const saidInPrivate = optional('said-in-private', 'The marked part')
  return {
    ...where,
    tookPart,
    said,
    saidInPrivate,
    ...readOutcome(reader, ''),
    reviewed: reader.typed.reviewed === 'yes',
    change: reader.typed.change === 'yes',
    typed: reader.typed,
  }
})

export const consideringRoutes: readonly AnyRoute[] = [
  stepForm('consider', {
    who: mayDoForTheGroup,
    audit: 'contribution-considered',
    title: 'What was decided?',
    button: 'Look at it before it is saved',
    fields: considerFields,
    notNow: ({ thing }) => {
      const { state } = thing.thread.it
      if (state === 'received')
        return 'Say first which group considers this, so that the person hears where it goes'
      return state === 'to-be-considered' || state === 'reopened'
        ? undefined
        : 'This does not wait to be considered now'
    },
    body: considerBody,
    fieldOf: {
      'no-group': 'group',
      'no-meeting': 'meeting',
      'no-day': 'on',
      'in-the-future': 'on',
      ...outcomeFieldOf(''),
    },
    submit: async (visit, given) => {
      if (given.change) return noMistakes()
      const place = await placeOf(visit.tx, given)
      if ('sentence' in place) return place
      if (!given.reviewed) return { screen: await considerReview(visit, given.typed, given, place) }
      return await consider(visit, visit.thing, given)
    },
  }),

  stepForm('view', {
    who: mayAddAView,
    audit: 'member-view-added',
    title: 'Add your view',
    button: 'Add your view',
    fields: z.object({
      words: text('Enter what you think', { max: long, name: 'Your view' }),
      marked: several(),
    }),
    notNow: ({ thing }) =>
      thing.thread.it.state === 'closed' || thing.thread.it.state === 'withdrawn'
        ? 'This loop is over, so no view can be added'
        : undefined,
    body: (visit, filled) => (
      <>
        <ShortSignpost phone={visit.network.phone} />
        <TextArea
          name="words"
          label="What do you think?"
          hint="Those who raised it read this, with your name."
          maxCharacters={long}
          errors={filled.errors}
          value={filled.values.words}
        />
        <Checkboxes
          name="marked"
          label="Who reads it"
          errors={filled.errors}
          values={filled.lists.marked ?? []}
          options={[
            {
              value: 'yes',
              label: 'Only the group and the team',
              hint: 'Those who raised it see that there is a marked view, not what it says.',
            },
          ]}
        />
      </>
    ),
    submit: (visit, { words, marked }) =>
      addView(visit, visit.thing, { words, inPrivate: marked.includes('yes') }),
  }),

  stepForm('action', {
    who: mayDoForTheGroup,
    audit: 'action-added',
    title: 'Add an action',
    button: 'Add the action',
    fields: readingFields(reader => ({ action: readAction(reader, '', 1, true) })),
    notNow: ({ thing }) =>
      thing.thread.it.state === 'agreed' || thing.thread.it.state === 'partly-agreed'
        ? undefined
        : 'Actions can be added while it is agreed and not yet all done',
    body: async (visit, filled) => (
      <ActionFields
        row={1}
        owners={await possibleOwners(visit.tx, visit.today)}
        filled={filled}
        more={false}
      />
    ),
    fieldOf: { 'no-owner': 'action-1-owner', past: 'action-1-due' },
    submit: (visit, { action }) => addAction(visit, visit.thing, action!),
  }),

  stepForm('body-answered', {
    who: mayGiveTheAnswer,
    audit: 'body-answered',
    title: ({ thing }) => `What did ${bodyOf(thing.thread.it)} say?`,
    button: 'Save what they said',
    fields: z.object({ said: text('Enter what they said', { max: long, name: 'What they said' }) }),
    notNow: ({ thing }) => (thing.thread.it.state === 'passed-on' ? undefined : 'This was not passed on'),
    body: (_, filled) => (
      <TextArea
        name="said"
        label="What they said"
        hint="Those who raised it read this. After it, the answer is yours to give."
        maxCharacters={long}
        errors={filled.errors}
        value={filled.values.said}
      />
    ),
    submit: (visit, { said }) => bodyAnswered(visit, visit.thing, said),
  }),

  stepForm('body-chased', {
    who: mayGiveTheAnswer,
    audit: 'body-chased',
    title: ({ thing }) => `You asked ${bodyOf(thing.thread.it)} again`,
    button: 'Save that you asked again',
    fields: z.object({ words: text('Enter how you asked them', { max: 1000, name: 'How you asked' }) }),
    notNow: ({ thing }) =>
      thing.thread.it.state === 'passed-on' && thing.thread.it.answer === null
        ? undefined
        : 'There is nobody to ask again',
    body: (_, filled) => (
      <TextArea
        name="words"
        label="How did you ask them, and whom?"
        rows={3}
        maxCharacters={1000}
        errors={filled.errors}
        value={filled.values.words}
      />
    ),
    submit: (visit, { words }) => chase(visit, visit.thing, words),
  }),
]

const bodyOf = (it: { state: string; to?: string }) => it.to ?? 'they'

async function considerBody(visit: StepVisit, filled: Filled): Promise<ReactNode> {
  const { values, errors } = filled
  const owners = await possibleOwners(visit.tx, visit.today)
  const area = (name: string, label: string, hint?: string, rows = 4) => (
    <TextArea name={name} label={label} hint={hint} rows={rows} errors={errors} value={values[name]} />
  )
  return (
    <>
      <p>
        Without a consideration there is no outcome. Those who raised it read all of this but the marked part.
      </p>
      {
        await WhereFields(visit, filled, {
          when: 'past',
          meeting: 'At which meeting was it considered?',
          date: 'Or on which date?',
        })
      }
      {area('took-part', 'Who took part?', 'Names or roles, such as “the board, with three volunteers”.', 2)}
      {area('said', 'What was said?', 'In plain English, so that those who raised it can follow it.')}
      <TextArea
        name="said-in-private"
        label="Is there a part that only the group and the team may read?"
        hint="It is marked. Those who raised it see that something is marked, not what it says."
        optional
        rows={3}
        errors={errors}
        value={values['said-in-private']}
      />
      <OutcomeFields
        prefix=""
        filled={filled}
        owners={withMe(visit, owners)}
        feedbackOwnerId={visit.me.personId}
        next="Next you see how easy it is to read."
      />
    </>
  )
}

const withMe = (visit: StepVisit, owners: readonly PossibleOwner[]): readonly PossibleOwner[] =>
  owners.some(each => each.id === visit.me.personId)
    ? owners
    : [{ id: visit.me.personId, name: visit.me.name }, ...owners]

/** Read once more before it is saved, with how hard the reason is to read (LOOP-9). */
async function considerReview(
  visit: StepVisit,
  typed: Typed,
  given: z.infer<typeof considerFields>,
  place: Place,
) {
  const owners = await possibleOwners(visit.tx, visit.today)
  const nameOf = (id: number) => withMe(visit, owners).find(each => each.id === id)?.name ?? ''
  const row = (key: string, value: string): SummaryRow[] =>
    value === '' ? [] : [{ key, value: <span className="loop-words">{value}</span> }]
  return stepScreen(
    visit,
    'Read it once more',
    <>
      <Readable text={given.reason} />
      <SummaryList
        rows={[
          ...row('Considered by', `${place.groupName}, ${dateInWords(place.on)}`),
          ...row('Who took part', given.tookPart),
          ...row('What was said', given.said),
          ...row('Marked for the group and the team', given.saidInPrivate),
          ...row('Which way it went', outcomeWords[given.outcome]),
          ...row('What is agreed', given.agreedPart),
          ...row('What is not agreed', given.notAgreedPart),
          ...row('Passed to', given.passedTo),
          ...row('Why', given.reason),
          ...given.actions.flatMap((each, n) =>
            row(
              `Action ${n + 1}`,
              `${each.what}: ${nameOf(each.ownerPersonId)}, by ${dateInWords(each.dueOn)}`,
            ),
          ),
          ...row('Who gives the answer', nameOf(given.feedbackOwnerPersonId)),
        ]}
      />
      <Form
        hidden={{ ...visit.hidden, ...typed, reviewed: 'yes' }}
        button="Save it and tell them"
        secondary={{ text: 'Change it', name: 'change', value: 'yes' }}
      />
    </>,
  )
}

/** The reading age of a text and its hard sentences, for whoever wrote it. */
export function Readable({ text: words }: { text: string }) {
  const { readingAge, hardSentences } = readability(words)
  return (
    <InsetText>
      <p>
        {readingAge > 0
          ? `Most people of ${readingAge} can read why. ${readingAge <= 11 ? 'That is good.' : 'Aim for 11 or younger.'}`
          : 'We cannot tell how easy this is to read.'}
      </p>
      {hardSentences.length > 0 && (
        <>
          <p>These sentences are hard. Shorter ones, or simpler words, help:</p>
          <ul className="nhsuk-list nhsuk-list--bullet">
            {hardSentences.map((each, n) => (
              <li dir="auto" key={n}>
                {each}
              </li>
            ))}
          </ul>
        </>
      )}
    </InsetText>
  )
}
