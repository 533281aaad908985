import type { ReactNode } from 'react'
import { z } from 'zod'
import { type FieldError, Form, InsetText, Quote, Radios, Select, TextArea } from '#design/index.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { choice, optionalId, pickedId, text } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  type Filled,
  form,
  refused,
  type Screen,
  type Submitted,
  type Visit,
} from '#platform/http/route.ts'
import { type LoadedMeeting, loadMeeting, mayRunMeeting } from '#slices/meetings/index.ts'
import { mayCorrect } from './access.ts'
import { agree, answerCorrection, proposeCorrection, publish, sendDraft } from './changes.ts'
import { minutesFacts } from './facts.ts'
import { agreeingCannot, correctingCannot, sendingCannot } from './minutes.ts'
import { minutesPaths } from './paths.ts'
import { type LoadedCorrection, loadCorrection, meetingsSince } from './store.ts'

type Here = Visit<LoadedMeeting>

const load = (visit: Visit<undefined>, how: { forChange: boolean }) =>
  loadMeeting(visit, visit.params.meeting, how)

const backTo = (visit: Here) => minutesPaths.one(visit.network.slug, visit.thing.reference)

function answered(
  visit: Here,
  done: { accepted: true } | { accepted: false; sentence: string },
  field?: string,
): Submitted {
  return done.accepted ? { to: backTo(visit) } : refused(done, field)
}

/** One step of the minutes is one page with one form; what cannot be done now says why instead. */
function stepScreen(
  visit: Here,
  filled: Filled,
  words: { title: string; button: string; notNow: string | undefined },
  body: (errors: readonly FieldError[]) => ReactNode,
): Screen {
  const back = backTo(visit)
  return {
    title: words.title,
    caption: `${visit.thing.reference}, ${theirs(visit.thing.row.title)}`,
    back: { href: back, text: 'Back to the minutes' },
    body:
      words.notNow !== undefined && filled.errors.length === 0 ? (
        <p>{words.notNow}.</p>
      ) : (
        <Form
          hidden={visit.hidden}
          button={words.button}
          secondary={{ text: 'Do not change anything', href: back }}
        >
          {body(filled.errors)}
        </Form>
      ),
  }
}

export const stepRoutes: readonly AnyRoute[] = [
  form('/:network/meetings/:meeting/minutes/send', {
    who: mayRunMeeting,
    audit: 'minutes-sent',
    load,
    fields: z.object({}),
    screen: (visit: Here, filled) =>
      stepScreen(
        visit,
        filled,
        {
          title: 'Send the draft to the members',
          button: 'Send the draft',
          // Whether somebody was there is asked when it is sent.
          notNow: sendingCannot(visit.thing.it, { endedAt: visit.thing.row.ended_at, present: 1 }, visit.now)
            ?.sentence,
        },
        () => (
          <p>
            Each member is told and can read it and write corrections. You can still change the words until
            the next meeting agrees them.
          </p>
        ),
      ),
    submit: async (visit: Here) => answered(visit, await sendDraft(visit, visit.thing)),
  }),

  form('/:network/meetings/:meeting/minutes/agree', {
    who: mayRunMeeting,
    audit: 'minutes-agreed',
    load,
    fields: z.object({ meeting: pickedId('Choose the meeting that agreed them') }),
    async screen(visit: Here, filled) {
      const later = await meetingsSince(visit, visit.thing)
      return stepScreen(
        visit,
        filled,
        {
          title: 'The minutes are agreed',
          button: 'Save that they are agreed',
          notNow:
            agreeingCannot(visit.thing.it, 0)?.sentence ??
            (later.length === 0
              ? 'Minutes are agreed at the next meeting of the group. It has not begun yet'
              : undefined),
        },
        errors => (
          <>
            <p>
              They are kept exactly as they stand now. After this only a correction with its date can stand
              beside them.
            </p>
            <Select
              name="meeting"
              label="Which meeting agreed them?"
              empty="Choose a meeting"
              errors={errors}
              value={filled.values.meeting}
              options={later.map(each => ({
                value: String(each.id),
                text: `M-${each.number} ${theirs(each.title)}`,
              }))}
            />
          </>
        ),
      )
    },
    submit: async (visit: Here, { meeting }) => {
      const done = await agree(visit, visit.thing, meeting)
      return answered(visit, done, !done.accepted && done.reason === 'no-meeting' ? 'meeting' : undefined)
    },
  }),

  form('/:network/meetings/:meeting/minutes/publish', {
    who: mayRunMeeting,
    audit: 'minutes-published',
    load,
    fields: z.object({}),
    async screen(visit: Here, filled) {
      const notNow =
        visit.thing.it.state === 'minutes-agreed'
          ? undefined
          : visit.thing.it.state === 'published'
            ? 'These minutes are published already'
            : 'Minutes are published once they are agreed'
      const facts = notNow ? undefined : await minutesFacts(visit, visit.thing)
      const open = facts?.text.items.filter(item => facts.readingFor(undefined, item)) ?? []
      const held = (facts?.text.items.length ?? 0) - open.length
      return stepScreen(
        visit,
        filled,
        { title: 'Publish the minutes', button: 'Publish part A', notNow },
        () => (
          <>
            <p>Everybody can then read who was there, and these items:</p>
            <ul className="nhsuk-list nhsuk-list--bullet">
              {open.map(item => (
                <li dir="auto" key={item.id}>
                  {item.title}
                </li>
              ))}
            </ul>
            <InsetText>
              {held === 0
                ? 'All items are part A.'
                : `${held === 1 ? '1 item is' : `${held} items are`} held back, with the title.`}
            </InsetText>
          </>
        ),
      )
    },
    submit: async (visit: Here) => answered(visit, await publish(visit, visit.thing)),
  }),

  form('/:network/meetings/:meeting/minutes/correct', {
    who: mayCorrect,
    audit: 'minutes-correction-proposed',
    load,
    guardsVersion: false,
    fields: z.object({
      item: optionalId(),
      words: text('Say what is wrong and how it should read', { max: 2000, name: 'The correction' }),
    }),
    async screen(visit: Here, filled) {
      const notNow = correctingCannot(visit.thing.it)?.sentence
      const facts = notNow ? undefined : await minutesFacts(visit, visit.thing)
      const items = facts?.text.items.filter(item => facts.readingFor(visit.actor, item)?.reads) ?? []
      return stepScreen(
        visit,
        filled,
        { title: 'Write a correction', button: 'Send the correction', notNow },
        errors => (
          <>
            <Select
              name="item"
              label="What is it about?"
              empty="The meeting as a whole: who was there, or the time"
              errors={errors}
              value={filled.values.item}
              options={items.map(each => ({ value: String(each.id), text: theirs(each.title) }))}
            />
            <TextArea
              name="words"
              label="What is wrong, and how should it read?"
              hint="The group reads this with your name. Once the minutes are published, a correction that is taken is there for everybody."
              maxCharacters={2000}
              errors={errors}
              value={filled.values.words}
            />
          </>
        ),
      )
    },
    submit: async (visit: Here, { item, words }) => {
      const done = await proposeCorrection(visit, visit.thing, { itemId: item ?? null, words })
      return answered(visit, done, !done.accepted && done.reason === 'no-item' ? 'item' : undefined)
    },
  }),

  form<z.ZodType<{ answer: 'taken' | 'not-taken'; because: string }>, LoadedCorrection>(
    '/:network/meetings/:meeting/minutes/corrections/:correction',
    {
      who: mayRunMeeting,
      audit: 'minutes-correction-answered',
      load: (visit, how) =>
        loadCorrection(visit, { meeting: visit.params.meeting, correction: visit.params.correction }, how),
      fields: z.object({
        answer: choice('Choose whether it is taken', ['taken', 'not-taken']),
        because: text('Say why', { max: 1000, name: 'The reason' }),
      }),
      screen: (visit, filled) => {
        const { correction } = visit.thing
        return stepScreen(
          visit,
          filled,
          {
            title: 'Answer a correction',
            button: 'Send the answer',
            notNow: correction.answer === null ? undefined : 'This correction has its answer already',
          },
          errors => (
            <>
              {correction.itemTitle && (
                <p>
                  About <bdi>{correction.itemTitle}</bdi>
                </p>
              )}
              <Quote words={correction.words} by={correction.by} />
              <Radios
                name="answer"
                label="Is it taken?"
                errors={errors}
                value={filled.values.answer}
                options={[
                  {
                    value: 'taken',
                    label: 'Yes',
                    hint: 'While it is a draft, change the words of the item as well. Later the correction stands beside the minutes, for everybody who reads them.',
                  },
                  { value: 'not-taken', label: 'No' },
                ]}
              />
              <TextArea
                name="because"
                label="Why?"
                hint={`${correction.by} is told.`}
                rows={3}
                errors={errors}
                value={filled.values.because}
              />
            </>
          ),
        )
      },
      submit: async (visit, given) => answered(visit, await answerCorrection(visit, visit.thing, given)),
    },
  ),
]
