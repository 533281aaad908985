import type { ReactNode } from 'react'
import { z } from 'zod'
import {
  Checkboxes,
  type FieldError,
  Form,
  InsetText,
  Quote,
  Radios,
  Select,
  TextArea,
  TextField,
} from '#design/index.ts'
import { timeInWords } from '#kernel/calendar/words.ts'
import type { Decision } from '#kernel/decision.ts'
import { reference } from '#kernel/references.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { askTogether, question } from '#platform/database/questions.ts'
import { choice, optionalId, optionalText, pickedId, several, text } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  type Filled,
  form,
  type Load,
  refused,
  type Screen,
  type Submitted,
  type Visit,
} from '#platform/http/route.ts'
import { personRule } from '#platform/permission.ts'
import { possibleOwners } from '#slices/actions/index.ts'
import { type ItemAccess, mayPlaceItem, mayReadItem, mayRunMeeting } from './access.ts'
import { type Item, itemStateWords, minutesInWords, runningClock } from './agenda.ts'
import { agendaOf, contributionsToAnswer, onAgenda } from './agenda-queries.ts'
import {
  decline,
  deferToMeeting,
  giveItemAPlace,
  laterMeetings,
  moveItem,
  possibleReaders,
  withdraw,
} from './item-raising.ts'
import { isAhead } from './meeting.ts'
import { meetingPaths } from './paths.ts'
import { AnswersField, askedChoices, idsIn, MinutesField, minutesField } from './raising.tsx'
import { type LoadedItem, type LoadedMeeting, loadItem, loadMeeting } from './store.ts'

type Here = Visit<LoadedItem>

const load: Load<LoadedItem> = (visit, how) =>
  loadItem(visit, { meeting: visit.params.meeting, item: visit.params.item }, how)

const raisedThis = personRule<LoadedItem>(
  'who asked for the item',
  (actor, it) => it.item.raised_by_person_id === actor.personId && mayReadItem.holds(actor, it as ItemAccess),
)

const because = (required: string) => text(required, { max: 1000, name: 'The reason' })

/** The page of one step: what the item is stands above its question; what is decided says so. */
function stepScreen(
  visit: Here,
  filled: Filled,
  words: { title: string; button: string; warning?: boolean; notNow?: string | undefined },
  body: (errors: readonly FieldError[]) => ReactNode,
): Screen {
  const { item, meeting } = visit.thing
  const back = meetingPaths.item(visit.network.slug, meeting.reference, visit.thing.id)
  const open = item.state === 'raised' || item.state === 'on-agenda'
  const notNow = open ? words.notNow : `This has its answer: ${itemStateWords[item.state].toLowerCase()}`
  return {
    title: words.title,
    caption: `${meeting.reference}, ${theirs(meeting.row.title)}`,
    back: { href: back, text: 'Back to the item' },
    body: (
      <>
        <InsetText>
          <bdi>{item.title}</bdi>
        </InsetText>
        {notNow && filled.errors.length === 0 ? (
          <p>{notNow}.</p>
        ) : (
          <Form
            hidden={visit.hidden}
            button={words.button}
            warning={words.warning ?? false}
            secondary={{ text: 'Do not change anything', href: back }}
          >
            {body(filled.errors)}
          </Form>
        )}
      </>
    ),
  }
}

const answered = (visit: Here, done: Decision<Item>, field?: string): Submitted =>
  done.accepted
    ? { to: meetingPaths.item(visit.network.slug, visit.thing.meeting.reference, visit.thing.id) }
    : refused(done, field)

const place = form('/:network/meetings/:meeting/items/:item/place', {
  who: mayPlaceItem,
  audit: 'item-placed',
  load,
  fields: z.object({
    minutes: minutesField,
    asked: choice('Choose what is asked of the group', ['discuss', 'decide', 'note']),
    presenter: optionalId(),
    presenterWords: optionalText({ max: 150, name: 'Who presents it' }),
    handling: choice('Choose who may read it', ['public', 'board', 'named']),
    reason: optionalText({ max: 500, name: 'The reason' }),
    readers: several(),
    answers: several(),
  }),
  async screen(visit: Here, filled) {
    const { item } = visit.thing
    const people = await possibleOwners(visit.tx, visit.today)
    const names = people.map(each => ({ value: String(each.id), text: each.name }))
    const [readers, answers] = await askTogether(visit.tx, [
      question(possibleReaders(visit, visit.thing), rows => rows),
      question(contributionsToAnswer(visit, visit.thing.meeting, item.id), rows =>
        item.standing ? [] : rows,
      ),
    ])
    const typed = filled.errors.length > 0
    const value = (name: string, else_: string) => (typed ? filled.values[name] : else_)
    return stepScreen(
      visit,
      filled,
      {
        title: item.state === 'raised' ? 'Give it a place' : 'Change this item',
        button: item.state === 'raised' ? 'Put it on the agenda' : 'Save',
        notNow: isAhead(visit.thing.meeting.it)
          ? undefined
          : 'The meeting has begun, so the agenda stays as it is',
      },
      errors => (
        <>
          {item.about && <Quote words={item.about} />}
          <MinutesField value={value('minutes', String(item.minutes))} errors={errors} />
          <Radios
            name="asked"
            label="What is asked of the group?"
            value={value('asked', item.asked)}
            errors={errors}
            options={askedChoices}
          />
          {!item.standing && (
            <AnswersField
              list={answers}
              values={
                typed
                  ? (filled.lists.answers ?? [])
                  : answers.filter(each => each.answered).map(each => String(each.id))
              }
              errors={errors}
            />
          )}
          <Select
            name="presenter"
            label="Who presents it?"
            optional
            empty="Nobody of the network"
            value={value('presenter', String(item.presenter_person_id ?? ''))}
            options={names}
            errors={errors}
          />
          <TextField
            name="presenterWords"
            label="Or somebody else, in words"
            optional
            value={value('presenterWords', item.presenter_words)}
            errors={errors}
          />
          <Radios
            name="handling"
            label="Who may read it?"
            hint={
              item.standing
                ? undefined
                : item.wished === 'public'
                  ? 'Whoever asked for it wishes that everybody may read it.'
                  : 'Whoever asked for it wishes that only the group reads it.'
            }
            value={value('handling', item.state === 'raised' ? item.wished : item.handling)}
            errors={errors}
            options={[
              { value: 'public', label: 'Everybody (part A)' },
              { value: 'board', label: 'Only the group (part B)' },
              { value: 'named', label: 'Only people named here, and you' },
            ]}
          />
          <TextArea
            name="reason"
            label="Why not everybody?"
            hint="Needed for part B and for named people."
            optional
            rows={2}
            value={value('reason', item.handling_reason)}
            maxCharacters={500}
            errors={errors}
          />
          <Checkboxes
            name="readers"
            label="The people named"
            hint="Only if it is for named people."
            optional
            values={typed ? (filled.lists.readers ?? []) : visit.thing.readerIds.map(String)}
            errors={errors}
            options={readers.map(each => ({ value: String(each.id), label: each.name }))}
          />
        </>
      ),
    )
  },
  async submit(visit: Here, given) {
    const done = await giveItemAPlace(visit, visit.thing, {
      minutes: given.minutes,
      asked: given.asked,
      presenterPersonId: given.presenter ?? null,
      presenterWords: given.presenterWords,
      handling: given.handling,
      handlingReason: given.reason,
      readerIds: idsIn(given.readers),
      ...(visit.thing.item.standing ? {} : { contributionIds: idsIn(given.answers) }),
    })
    return answered(visit, done, done.accepted ? undefined : fieldOf[done.reason])
  },
})

const fieldOf: Record<string, string> = {
  'no-reason': 'reason',
  'no-presenter': 'presenter',
  'no-readers': 'readers',
  'no-such-contribution': 'answers',
  'too-long': 'minutes',
}

const defer = form('/:network/meetings/:meeting/items/:item/defer', {
  who: mayPlaceItem,
  audit: 'item-deferred',
  load,
  fields: z.object({
    to: pickedId('Choose the meeting it moves to'),
    because: because('Say why it has to wait'),
  }),
  async screen(visit: Here, filled) {
    const later = await laterMeetings(visit, visit.thing.meeting)
    return stepScreen(
      visit,
      filled,
      {
        title: 'Move it to a later meeting',
        button: 'Move it',
        notNow: visit.thing.item.standing
          ? 'This item comes with every meeting and cannot be moved'
          : later.length === 0
            ? 'There is no later meeting whose agenda is still open. Plan one first, so that this is not lost'
            : undefined,
      },
      errors => (
        <>
          <Select
            name="to"
            label="To which meeting?"
            empty="Choose a meeting"
            value={filled.values.to}
            options={later.map(each => ({
              value: String(each.number),
              text: `${reference('M', each.number)} ${each.title}`,
            }))}
            errors={errors}
          />
          <TextArea
            name="because"
            label="Why does it have to wait?"
            hint="Whoever asked for it gets these words."
            value={filled.values.because}
            maxCharacters={1000}
            rows={4}
            errors={errors}
          />
        </>
      ),
    )
  },
  async submit(visit: Here, given) {
    const done = await deferToMeeting(visit, visit.thing, { meeting: given.to, because: given.because })
    return answered(visit, done, !done.accepted && done.reason === 'no-meeting' ? 'to' : undefined)
  },
})

const declineForm = form('/:network/meetings/:meeting/items/:item/decline', {
  who: mayPlaceItem,
  audit: 'item-declined',
  load,
  fields: z.object({ because: because('Say why it is not taken') }),
  screen: (visit: Here, filled) =>
    stepScreen(
      visit,
      filled,
      {
        title: 'Say why it is not taken',
        button: 'Do not take this item',
        warning: true,
        notNow: visit.thing.item.standing
          ? 'This item comes with every meeting and cannot be declined'
          : undefined,
      },
      errors => (
        <TextArea
          name="because"
          label="Why is it not taken?"
          hint="Whoever asked for it gets these words. Be honest and kind."
          value={filled.values.because}
          maxCharacters={1000}
          rows={4}
          errors={errors}
        />
      ),
    ),
  submit: async (visit: Here, given) => answered(visit, await decline(visit, visit.thing, given.because)),
})

const withdrawForm = form('/:network/meetings/:meeting/items/:item/withdraw', {
  who: raisedThis,
  audit: 'item-withdrawn',
  load,
  fields: z.object({}),
  screen: (visit: Here, filled) =>
    stepScreen(visit, filled, { title: 'Take it back', button: 'Take it back', warning: true }, () => (
      <p>It will not be on the agenda. You can ask for it again at another meeting.</p>
    )),
  submit: async (visit: Here) => answered(visit, await withdraw(visit, visit.thing)),
})

/** Up and down by buttons, without a script. */
const order = form('/:network/meetings/:meeting/order', {
  who: mayRunMeeting,
  audit: 'agenda-order-changed',
  guardsVersion: false,
  load: (visit: Visit<undefined>, how) => loadMeeting(visit, visit.params.meeting, how),
  fields: z.object({
    move: z
      .string({ error: 'Choose an item to move' })
      .regex(/^(up|down)-\d{1,9}$/, 'Choose an item to move'),
  }),
  screen: (visit: Visit<LoadedMeeting>) => orderScreen(visit),
  async submit(visit: Visit<LoadedMeeting>, { move }) {
    const [way, id] = move.split('-') as ['up' | 'down', string]
    const done = await moveItem(visit, visit.thing, Number(id), way)
    if (!done.accepted) return refused(done)
    return { to: `${meetingPaths.step(visit.network.slug, visit.thing.reference, 'order')}#item-${id}` }
  },
})

async function orderScreen(visit: Visit<LoadedMeeting>): Promise<Screen> {
  const { thing, network, me } = visit
  const items = onAgenda(await agendaOf(visit, thing))
  const begins = runningClock(thing.it.startsAt, items)
  const back = meetingPaths.one(network.slug, thing.reference)
  const titleOf = (item: (typeof items)[number]) =>
    mayReadItem.holds(me, item) ? item.title : 'A confidential item'
  return {
    title: 'Change the order',
    caption: `${thing.reference}, ${theirs(thing.row.title)}`,
    back: { href: back, text: 'Back to the meeting' },
    body: !isAhead(thing.it) ? (
      <p>The order of this agenda cannot change any more.</p>
    ) : (
      <form method="post" noValidate>
        {Object.entries(visit.hidden).map(([name, value]) => (
          <input type="hidden" name={name} value={value} key={name} />
        ))}
        <ol className="loop-agenda" id="move" tabIndex={-1}>
          {items.map((item, n) => (
            <li className="loop-agenda__item" id={`item-${item.id}`} key={item.id}>
              <p className="loop-agenda__time">{timeInWords(begins.get(item.id)!)}</p>
              <div>
                <p className="loop-agenda__title">
                  {n + 1}. <bdi>{titleOf(item)}</bdi>, {minutesInWords(item.minutes)}
                </p>
                <div className="nhsuk-button-group">
                  {n > 0 && <MoveButton way="up" item={item.id} title={titleOf(item)} />}
                  {n < items.length - 1 && <MoveButton way="down" item={item.id} title={titleOf(item)} />}
                </div>
              </div>
            </li>
          ))}
        </ol>
      </form>
    ),
  }
}

const MoveButton = ({ way, item, title }: { way: 'up' | 'down'; item: number; title: string }) => (
  <button
    className="nhsuk-button nhsuk-button--secondary nhsuk-button--small"
    type="submit"
    name="move"
    value={`${way}-${item}`}
  >
    {way === 'up' ? 'Up' : 'Down'}
    <span className="nhsuk-u-visually-hidden"> {title}</span>
  </button>
)

export const placingRoutes: readonly AnyRoute[] = [place, defer, declineForm, withdrawForm, order]
