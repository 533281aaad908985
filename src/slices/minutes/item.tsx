import { Checkboxes, DateField, Form, InsetText, Select, TextArea } from '#design/index.ts'
import { reference } from '#kernel/references.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { optionalId, optionalText, several, text, withDate } from '#platform/form/fields.ts'
import { type AnyRoute, form, refused, type Screen, type Visit } from '#platform/http/route.ts'
import { possibleOwners } from '#slices/actions/index.ts'
import {
  ActionRows,
  OutcomeFields,
  outcomeFieldOf,
  readActions,
  readingFields,
  readOutcomeOrLater,
} from '#slices/contributions/index.ts'
import { mayMinute } from './access.ts'
import { decide, minuteItem } from './changes.ts'
import { minutingCannot } from './minutes.ts'
import { minutesPaths } from './paths.ts'
import { type LoadedItemMinutes, loadItemMinutes, tookPartInWords } from './store.ts'

type Here = Visit<LoadedItemMinutes>

const load = (visit: Visit<undefined>, how: { forChange: boolean }) =>
  loadItemMinutes(visit, { meeting: visit.params.meeting, item: visit.params.item }, how)

const backTo = (visit: Here) => minutesPaths.one(visit.network.slug, visit.thing.meeting.reference)
const cannot = ({ thing }: Here) => minutingCannot(thing.meeting.it, thing.tookPart.length)?.sentence

function itemScreen(visit: Here, title: string, body: Screen['body'], show: boolean): Screen {
  return {
    title,
    caption: theirs(shorten(visit.thing.item.title, 100)),
    back: { href: backTo(visit), text: 'Back to the minutes' },
    body: show ? body : <p>{cannot(visit)}.</p>,
  }
}

const prefixOf = (number: number) => `c-${number}-`

/** One form for the item: what is minuted is the consideration of each contribution that it answers (BOARD-19). */
const itemFields = readingFields(reader => {
  const said = reader.read('said', text('Enter what was said', { max: 5000, name: 'What was said' })) ?? ''
  const saidInPrivate =
    reader.read('said-in-private', optionalText({ max: 5000, name: 'The marked part' })) ?? ''
  const numbers = Object.keys(reader.typed).flatMap(name => {
    const found = /^c-(\d{1,9})-feedback-owner$/.exec(name)
    return found ? [Number(found[1])] : []
  })
  return {
    said,
    saidInPrivate,
    considered: numbers.flatMap(number => {
      const outcome = readOutcomeOrLater(reader, prefixOf(number))
      return outcome ? [{ number, outcome }] : []
    }),
    actions: readActions(reader, '', false),
  }
})

async function itemForm(visit: Here, filled: Parameters<typeof OutcomeFields>[0]['filled']) {
  const { thing, me } = visit
  const owners = await possibleOwners(visit.tx, visit.today)
  const withMe = owners.some(each => each.id === me.personId)
    ? owners
    : [{ id: me.personId, name: me.name }, ...owners]
  const waiting = thing.contributions.filter(each => each.waits)
  const done = thing.contributions.filter(each => each.considered && !each.waits)
  const one = waiting.length === 1
  return (
    <>
      <InsetText>
        <p>Took part: {tookPartInWords(thing)}.</p>
        {waiting.length > 0 && (
          <p>
            What you write here is also the answer to{' '}
            {waiting.map(each => reference('C', each.number)).join(', ')}. Those who raised it read it at
            once, all but the marked part.
          </p>
        )}
        {done.length > 0 && (
          <p>Considered already: {done.map(each => reference('C', each.number)).join(', ')}.</p>
        )}
      </InsetText>
      <TextArea
        name="said"
        label="What was said, and what came of it?"
        hint="In plain English. The vote, the decisions and the actions stand in the minutes by themselves."
        maxCharacters={5000}
        errors={filled.errors}
        value={filled.values.said ?? thing.said}
      />
      <TextArea
        name="said-in-private"
        label="Is there a part that only the group and the team may read?"
        hint="It is never published."
        optional
        rows={3}
        errors={filled.errors}
        value={filled.values['said-in-private'] ?? thing.saidInPrivate}
      />
      {waiting.map(each => {
        const mark = reference('C', each.number)
        return (
          <section aria-labelledby={mark} key={mark}>
            <h2 className="nhsuk-heading-m" id={mark}>
              {mark}: <bdi>{each.title}</bdi>
            </h2>
            <OutcomeFields
              prefix={prefixOf(each.number)}
              {...(one ? {} : { of: `${mark}: ` })}
              rows={one ? 3 : 2}
              mayWait
              filled={filled}
              owners={withMe}
              feedbackOwnerId={me.personId}
            />
          </section>
        )
      })}
      <h2 className="nhsuk-heading-m">
        {thing.contributions.length > 0 ? 'What else will be done' : 'What will be done'}
      </h2>
      <p>Actions of the group itself. Leave these empty if there are none.</p>
      <ActionRows
        filled={filled}
        owners={owners}
        rows={3}
        {...(waiting.length > 0 ? { of: 'The group, ' } : {})}
      />
    </>
  )
}

const decisionFields = withDate(
  'review',
  {},
  {
    text: text('Enter what was decided', { max: 2000, name: 'What was decided' }),
    because: text('Say why, in plain English', { max: 3000, name: 'The reason' }),
    motion: optionalId(),
    instead: optionalId(),
    views: several(),
  },
)

export const itemRoutes: readonly AnyRoute[] = [
  form('/:network/meetings/:meeting/items/:item/minutes', {
    who: mayMinute,
    audit: 'item-minuted',
    load,
    fields: itemFields,
    screen: async (visit: Here, filled) => {
      const show = !cannot(visit) || filled.errors.length > 0
      return itemScreen(
        visit,
        'What was said on this item?',
        show && (
          <Form
            hidden={visit.hidden}
            button={visit.thing.contributions.some(each => each.waits) ? 'Save it and tell them' : 'Save it'}
            secondary={{ text: 'Go back without saving', href: backTo(visit) }}
          >
            {await itemForm(visit, filled)}
          </Form>
        ),
        show,
      )
    },
    submit: async (visit: Here, given) => {
      const done = await minuteItem(visit, visit.thing, given)
      if (done.accepted) return { to: backTo(visit) }
      const prefix = done.number === undefined ? '' : prefixOf(done.number)
      return refused(done, outcomeFieldOf(prefix)[done.reason])
    },
  }),

  form('/:network/meetings/:meeting/items/:item/decision', {
    who: mayMinute,
    audit: 'decision-written',
    load,
    guardsVersion: false,
    fields: decisionFields,
    screen: (visit: Here, filled) => {
      const { thing } = visit
      const { errors, values, lists } = filled
      const show = !cannot(visit) || errors.length > 0
      const carried = thing.motions.filter(each => each.decides)
      const views =
        lists.views ?? (values.text === undefined ? thing.contributions.map(each => String(each.id)) : [])
      return itemScreen(
        visit,
        'Write down a decision',
        show && (
          <Form
            hidden={visit.hidden}
            button="Save the decision"
            secondary={{ text: 'Go back without saving', href: backTo(visit) }}
          >
            <TextArea
              name="text"
              label="What was decided?"
              maxCharacters={2000}
              errors={errors}
              value={values.text ?? carried[0]?.text}
            />
            <TextArea
              name="because"
              label="Why?"
              hint="In plain English. Somebody who reads this in five years should understand it."
              maxCharacters={3000}
              errors={errors}
              value={values.because}
            />
            {thing.motions.length > 0 && (
              <Select
                name="motion"
                label="Which vote decided it?"
                empty="Decided without a vote"
                errors={errors}
                value={
                  values.motion ?? (values.text === undefined ? String(carried[0]?.id ?? '') : undefined)
                }
                options={thing.motions.map(each => ({
                  value: String(each.id),
                  text: `${reference('V', each.number)} ${shorten(each.text, 80)}`,
                }))}
              />
            )}
            {thing.contributions.length > 0 && (
              <Checkboxes
                name="views"
                label="Whose views did it use?"
                hint="They stand here by reference, without a name."
                errors={errors}
                values={views}
                options={thing.contributions.map(each => ({
                  value: String(each.id),
                  label: `${reference('C', each.number)} ${each.title}`,
                }))}
              />
            )}
            {thing.toReplace.length > 0 && (
              <Select
                name="instead"
                label="Does it stand instead of an earlier decision?"
                empty="No"
                errors={errors}
                value={values.instead}
                options={thing.toReplace.map(each => ({
                  value: String(each.id),
                  text: `Decision ${each.number}: ${shorten(each.text, 80)}`,
                }))}
              />
            )}
            <DateField
              name="review"
              label="When should the group look at it again?"
              hint="If you give a day, the group is asked then: is this still right?"
              optional
              errors={errors}
              value={{
                day: values['review-day'],
                month: values['review-month'],
                year: values['review-year'],
              }}
            />
          </Form>
        ),
        show,
      )
    },
    submit: async (visit: Here, given) => {
      const done = await decide(visit, visit.thing, {
        text: given.text,
        because: given.because,
        reviewOn: given.review ?? null,
        motionId: given.motion ?? null,
        insteadOfId: given.instead ?? null,
        contributionIds: given.views.map(Number),
      })
      if (done.accepted) return { to: minutesPaths.decision(visit.network.slug, done.number) }
      const fields: Record<string, string> = {
        'no-motion': 'motion',
        'decided-nothing': 'motion',
        'review-past': 'review',
        'no-decision': 'instead',
      }
      return refused(done, fields[done.reason])
    },
  }),
]
