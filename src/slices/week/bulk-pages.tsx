import { z } from 'zod'
import {
  ButtonLink,
  Checkboxes,
  Empty,
  Filters,
  Form,
  InsetText,
  NotificationBanner,
  Select,
  SummaryList,
  TextArea,
} from '#design/index.ts'
import { dateInWords, momentInWords } from '#kernel/calendar/words.ts'
import { reference } from '#kernel/references.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { pickedId, several, text } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  refused,
  type Screen,
  type Visit,
} from '#platform/http/route.ts'
import { rule, theTeam } from '#platform/permission.ts'
import { possibleOwners } from '#slices/actions/index.ts'
import {
  actionsOf,
  type BulkStep,
  canUndo,
  chooseStep,
  doStep,
  failedMessages,
  handOverOf,
  hoursToUndo,
  loadStep,
  mostAtOnce,
  ownersNow,
  undoStep,
} from './bulk.ts'
import { weekPaths as paths } from './paths.ts'

const many = (count: number, one: string, more = `${one}s`) => `${count} ${count === 1 ? one : more}`
const idIn = (given: string | null | undefined) => (/^\d{1,9}$/.test(given ?? '') ? Number(given) : undefined)
/** Steps for many things: choose, confirm the count, see what was done, take it back where that can be. */
const theTeamOf = rule<BulkStep>(theTeam.name, actor => theTeam.holds(actor, undefined))
const loadOne = (visit: Visit<undefined>, how: { forChange: boolean }) => {
  const id = idIn(visit.params.step)
  return id === undefined ? undefined : loadStep(visit.tx, id, how)
}

export const bulkRoutes: AnyRoute[] = [
  form('/:network/team/week/hand-over', {
    who: theTeam,
    audit: 'hand-over-chosen',
    fields: z.object({
      from: pickedId('Choose whose actions you want to hand over'),
      actions: several(),
      to: pickedId('Choose who takes them on'),
      because: text('Say why, for the new owner and the group', { max: 500, name: 'The reason' }),
    }),
    screen: handOverScreen,
    async submit(visit, { from, actions, to, because }) {
      const owners = await possibleOwners(visit.tx, visit.today)
      if (!owners.some(each => each.id === to))
        return errors({ field: 'to', message: 'Choose a person of this network' })
      if (from === to) return errors({ field: 'to', message: 'Choose somebody else than who has them now' })
      const numbers = actions.map(Number).filter(each => Number.isSafeInteger(each))
      const id = await handOverOf(visit, { fromId: from, toId: to, because, numbers })
      if (id === undefined) return errors({ field: 'actions', message: 'Choose at least one action' })
      return { to: paths.step(visit.network.slug, id) }
    },
  }),
  form('/:network/team/week/try-again', {
    who: theTeam,
    audit: 'try-again-chosen',
    fields: z.object({}),
    async screen(visit): Promise<Screen> {
      const failed = await failedMessages(visit.tx)
      return {
        title: 'Try messages again',
        back: {
          href: `/${visit.network.slug}/team/messages?state=failed`,
          text: 'Messages that could not be sent',
        },
        body:
          failed.length === 0 ? (
            <Empty>Everything could be sent. Nobody was missed.</Empty>
          ) : (
            <>
              <p>
                {many(failed.length, 'message')} could not be sent. Are the addresses right now? Each goes to
                the address that the person has when you press the button on the next page.
              </p>
              <Form hidden={visit.hidden} button={`Go on with ${many(failed.length, 'message')}`} />
            </>
          ),
      }
    },
    async submit(visit) {
      const ids = await failedMessages(visit.tx)
      if (ids.length === 0) return errors({ message: 'There is no message that could not be sent' })
      return { to: paths.step(visit.network.slug, await chooseStep(visit, 'try-messages-again', { ids })) }
    },
  }),
  form('/:network/team/week/steps/:step', {
    who: theTeamOf,
    audit: 'bulk-step-done',
    load: loadOne,
    fields: z.object({}),
    screen: stepScreen,
    async submit(visit) {
      const done = await doStep(visit, visit.thing)
      return done.accepted ? { to: paths.step(visit.network.slug, visit.thing.id) } : refused(done)
    },
  }),
  form('/:network/team/week/steps/:step/undo', {
    who: theTeamOf,
    audit: 'bulk-step-undone',
    load: loadOne,
    page: false,
    fields: z.object({}),
    screen: stepScreen,
    async submit(visit) {
      const undone = await undoStep(visit, visit.thing)
      return undone.accepted ? { to: paths.step(visit.network.slug, visit.thing.id) } : refused(undone)
    },
  }),
]

async function handOverScreen(visit: Visit, filled: Filled): Promise<Screen> {
  const { slug } = visit.network
  const owners = await ownersNow(visit.tx)
  const from = owners.find(each => each.id === idIn(filled.values.from ?? visit.query.get('from')))
  const back = { href: paths.week(slug), text: 'The team’s week' }
  return {
    title: 'Hand actions over',
    back,
    body: (
      <>
        <p>
          For example when somebody leaves, rests or has too much to do. The new owner is told of each action.
          You see how many there are before anything is done, and you can take it back for {hoursToUndo}{' '}
          hours.
        </p>
        {owners.length === 0 ? (
          <Empty>Nobody has an action to do.</Empty>
        ) : (
          <Filters
            action={paths.handOver(slug)}
            button="Show their actions"
            filters={[
              {
                name: 'from',
                label: 'Whose actions?',
                value: from ? String(from.id) : '',
                options: [
                  { value: '', text: 'Choose a person' },
                  ...owners.map(each => ({
                    value: String(each.id),
                    text: `${each.name} (${each.count})`,
                  })),
                ],
              },
            ]}
          />
        )}
        {from && (await chooseThem(visit, filled, from))}
      </>
    ),
  }
}

async function chooseThem(visit: Visit, filled: Filled, from: { id: number; name: string; count: number }) {
  const actions = await actionsOf(visit.tx, from.id)
  const people = await possibleOwners(visit.tx, visit.today)
  return (
    <Form hidden={{ ...visit.hidden, from: String(from.id) }} button="Go on">
      <Checkboxes
        name="actions"
        label={`Which actions of ${from.name}?`}
        hint={from.count > mostAtOnce ? `These are the first ${mostAtOnce}.` : 'Choose one or more.'}
        values={filled.lists.actions ?? actions.map(each => String(each.number))}
        options={actions.map(each => ({
          value: String(each.number),
          label: `${reference('A', each.number)} ${shorten(each.what, 120)}`,
          hint: `${each.group}, by ${dateInWords(each.due)}`,
        }))}
        errors={filled.errors}
      />
      <Select
        name="to"
        label="Who takes them on?"
        value={filled.values.to ?? ''}
        options={[
          { value: '', text: 'Choose a person' },
          ...people
            .filter(each => each.id !== from.id)
            .map(each => ({ value: String(each.id), text: each.name })),
        ]}
        errors={filled.errors}
      />
      <TextArea
        name="because"
        label="Why?"
        hint="The new owner and the group read it. Do not write about somebody’s health."
        maxCharacters={500}
        value={filled.values.because}
        errors={filled.errors}
      />
    </Form>
  )
}

function stepScreen(visit: Visit<BulkStep>): Screen {
  const step = visit.thing
  return step.kind === 'hand-over-actions' ? handOverStep(visit, step) : tryAgainStep(visit, step)
}

function handOverStep(
  visit: Visit<BulkStep>,
  step: Extract<BulkStep, { kind: 'hand-over-actions' }>,
): Screen {
  const { slug } = visit.network
  const { because, numbers, done = [], back = [] } = step.data
  const from = { id: step.data.fromId, name: step.fromName }
  const to = { name: step.toName }
  const rows = [
    { key: 'From', value: <bdi>{from.name}</bdi> },
    { key: 'To', value: <bdi>{to.name}</bdi> },
    { key: 'Why', value: <span className="loop-words">{because}</span> },
    {
      key: 'Actions',
      value:
        (step.state === 'chosen' ? numbers : done).map(each => reference('A', each)).join(', ') || 'None',
    },
  ]
  const left = numbers.length - done.length
  if (step.state === 'chosen') {
    return {
      title: `Hand over ${many(numbers.length, 'action')}?`,
      back: { href: paths.handOver(slug, from.id), text: 'Choose again' },
      body: (
        <>
          <SummaryList rows={rows} />
          <p>
            <bdi>{to.name}</bdi> is told of each.
          </p>
          <Form hidden={visit.hidden} button={`Hand over ${many(numbers.length, 'action')}`} />
        </>
      ),
    }
  }
  return {
    title:
      step.state === 'done'
        ? `${many(done.length, 'action')} handed over`
        : `${many(back.length, 'action')} given back`,
    back: { href: paths.week(slug), text: 'The team’s week' },
    body: (
      <>
        {step.state === 'done' && step.done_at && (
          <NotificationBanner success>Done on {momentInWords(step.done_at)}</NotificationBanner>
        )}
        {left > 0 && (
          <InsetText>
            {many(left, 'action')} changed meanwhile and {left === 1 ? 'was' : 'were'} left alone.
          </InsetText>
        )}
        {step.state === 'undone' && back.length < done.length && (
          <InsetText>
            {many(done.length - back.length, 'action')} {done.length - back.length === 1 ? 'was' : 'were'}{' '}
            done or given on since, and stayed where {done.length - back.length === 1 ? 'it is' : 'they are'}.
          </InsetText>
        )}
        <SummaryList rows={rows} />
        {canUndo(step, visit.now) && (
          <>
            <p>Was it a mistake? What has not been done since goes back to {from.name}, who is told.</p>
            <Form action={paths.undo(slug, step.id)} hidden={visit.hidden} button="Undo: give them back" />
          </>
        )}
        <ButtonLink href={paths.week(slug)} secondary>
          Back to the team’s week
        </ButtonLink>
      </>
    ),
  }
}

function tryAgainStep(
  visit: Visit<BulkStep>,
  step: Extract<BulkStep, { kind: 'try-messages-again' }>,
): Screen {
  const { slug } = visit.network
  const { ids, done = [] } = step.data
  const back = { href: `/${slug}/team/messages?state=failed`, text: 'Messages that could not be sent' }
  if (step.state === 'chosen') {
    return {
      title: `Try ${many(ids.length, 'message')} again?`,
      back,
      body: (
        <>
          <p>What is sent cannot be taken back. A message that went out meanwhile is not sent twice.</p>
          <Form hidden={visit.hidden} button={`Try ${many(ids.length, 'message')} again`} />
        </>
      ),
    }
  }
  return {
    title: `${many(done.length, 'message')} on the way again`,
    back,
    body: (
      <>
        <NotificationBanner success>They go out within minutes.</NotificationBanner>
        {done.length < ids.length && (
          <InsetText>{many(ids.length - done.length, 'message')} went out meanwhile.</InsetText>
        )}
      </>
    ),
  }
}
