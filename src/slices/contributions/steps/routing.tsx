import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { DateField, InsetText, Radios, TextArea, TextField } from '#design/index.ts'
import { choice, optionalText, pickedId, text, withDate } from '#platform/form/fields.ts'
import { type AnyRoute, errors } from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { mayDoForTheGroup, raisedIt } from '../access.ts'
import { acknowledge, answer, answerAsTold, ask, signpost } from '../changes/routing.ts'
import type { Contribution } from '../contribution.ts'
import { messageTexts } from '../message-texts.ts'
import { ShortSignpost } from '../writing/signpost.tsx'
import { dateTyped, readingFields, stepForm } from './step.tsx'
import { readWhere, WhereFields } from './where.tsx'

const waits = ['received', 'to-be-considered', 'reopened']

export const routingRoutes: readonly AnyRoute[] = [
  stepForm('acknowledge', {
    who: theTeam,
    audit: 'contribution-acknowledged',
    title: 'Where will this be considered?',
    button: 'Tell them where it goes',
    fields: readingFields(reader => ({
      ...readWhere(reader),
      title: reader.read('title', text('Enter a title in plain words', { max: 120, name: 'Title' })) ?? '',
      words: reader.read('words', optionalText({ max: 1000, name: 'What you tell them' })) ?? '',
    })),
    notNow: ({ thing }) =>
      waits.includes(thing.thread.it.state)
        ? undefined
        : 'This has moved on, so where it will be considered cannot be set now',
    body: async (visit, filled) => (
      <>
        {
          await WhereFields(visit, filled, {
            when: 'to-come',
            meeting: 'At which meeting?',
            date: 'Or by which date?',
          })
        }
        <TextArea
          name="words"
          label="What do you want to tell them about it?"
          hint="They are told the group and the date anyway. Write as you would say it to them."
          optional
          rows={4}
          maxCharacters={1000}
          errors={filled.errors}
          value={filled.values.words}
        />
        <TextField
          name="title"
          label="The title, in plain words"
          hint="Short, and without anybody’s name. Their own words below it stay as they are."
          errors={filled.errors}
          value={filled.values.title ?? visit.thing.row.title}
        />
      </>
    ),
    fieldOf: { 'no-group': 'group', 'no-meeting': 'meeting', 'no-day': 'on', 'in-the-past': 'on' },
    submit: (visit, given) => acknowledge(visit, visit.thing, given),
  }),

  stepForm('signpost', {
    who: theTeam,
    audit: 'contribution-signposted',
    title: 'Tell them who can help with care or safety',
    button: 'Tell them now',
    fields: z.object({}),
    notNow: ({ thing }) =>
      thing.thread.it.state === 'withdrawn' ? 'This was withdrawn, so nobody is told about it' : undefined,
    body: visit => (
      <>
        <p>
          Some of what people write is about somebody’s own care, or about being safe. The network cannot put
          that right. This button tells each person who raised it, in their own way of hearing from us, who
          can. What they wrote stays here and is considered like any other.
        </p>
        <p>This is what they are told:</p>
        <InsetText>
          {messageTexts.signposted(visit.thing.reference, visit.network.phone).paragraphs.map((each, n) => (
            <p key={n}>{each}</p>
          ))}
        </InsetText>
      </>
    ),
    submit: visit => signpost(visit, visit.thing),
  }),

  stepForm('ask', {
    who: mayDoForTheGroup,
    audit: 'contribution-asked',
    title: 'What do you need from them?',
    button: 'Ask them',
    fields: z.object({
      question: text('Enter what you need from them', { max: 1000, name: 'Your question' }),
    }),
    notNow: ({ thing }) =>
      waits.includes(thing.thread.it.state) ? undefined : 'It does not wait for the network now',
    body: (_, filled) => (
      <TextArea
        name="question"
        label="Your question"
        hint="One thing, in plain words. The network’s clock stands still until they answer."
        rows={4}
        maxCharacters={1000}
        errors={filled.errors}
        value={filled.values.question}
      />
    ),
    submit: (visit, { question }) => ask(visit, visit.thing, question),
  }),

  stepForm('answer', {
    who: raisedIt,
    audit: 'contribution-answered',
    title: 'Answer what we asked',
    button: 'Send your answer',
    fields: z.object({ words: text('Enter your answer', { max: 5000, name: 'Your answer' }) }),
    notNow: ({ thing }) =>
      thing.thread.it.state === 'needs-you' ? undefined : 'Nothing is being asked of you now. Thank you',
    body: (visit, filled) => {
      const { it } = visit.thing.thread
      return (
        <>
          <WhatIsAsked it={it} />
          <ShortSignpost phone={visit.network.phone} />
          <TextArea
            name="words"
            label="Your answer"
            hint="Please leave out names and anything that shows who a patient is."
            maxCharacters={5000}
            errors={filled.errors}
            value={filled.values.words}
          />
        </>
      )
    },
    submit: (visit, { words }) => answer(visit, visit.thing, words),
  }),

  stepForm('answer-by-phone', {
    who: theTeam,
    audit: 'contribution-answer-recorded',
    title: 'What did they answer?',
    button: 'Write it down',
    fields: withDate(
      'said',
      { required: 'Enter the date on which they said it' },
      {
        person: pickedId('Choose who said it'),
        how: choice('Choose how they told you', ['phone', 'post', 'in-person']),
        words: text('Enter what they said', { max: 5000, name: 'What they said' }),
      },
    ),
    notNow: ({ thing }) =>
      thing.thread.it.state === 'needs-you' ? undefined : 'Nothing is being asked of them now',
    body: (visit, filled) => {
      const { it } = visit.thing.thread
      const { contributors } = visit.thing
      return (
        <>
          <WhatIsAsked it={it} />
          <p>Write it as they said it. They get it read back and can correct it.</p>
          <Radios
            name="person"
            label="Who said it?"
            errors={filled.errors}
            value={
              filled.values.person ??
              (contributors.length === 1 ? String(contributors[0]!.personId) : undefined)
            }
            options={contributors.map(each => ({ value: String(each.personId), label: each.name }))}
          />
          <Radios
            name="how"
            label="How did they tell you?"
            errors={filled.errors}
            value={filled.values.how}
            options={[
              { value: 'phone', label: 'By phone' },
              { value: 'post', label: 'By post' },
              { value: 'in-person', label: 'In person' },
            ]}
          />
          <DateField
            name="said"
            label="When did they say it?"
            errors={filled.errors}
            value={dateTyped(filled.values, 'said')}
          />
          <TextArea
            name="words"
            label="What they said, in their words"
            maxCharacters={5000}
            errors={filled.errors}
            value={filled.values.words}
          />
        </>
      )
    },
    fieldOf: { nobody: 'person' },
    submit: async (visit, { person, said, how, words }) => {
      if (Temporal.PlainDate.compare(said, visit.today) > 0) {
        return errors({ field: 'said', message: 'The date they said it must be today or earlier' })
      }
      return await answerAsTold(visit, visit.thing, { personId: person, how, on: said, words })
    },
  }),
]

/** In its own direction: it is somebody's words. */
function WhatIsAsked({ it }: { it: Contribution }) {
  if (it.state !== 'needs-you') return null
  return (
    <InsetText>
      <span className="loop-words" dir="auto">
        {it.question}
      </span>
    </InsetText>
  )
}
