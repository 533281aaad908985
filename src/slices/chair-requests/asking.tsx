import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  ButtonLink,
  DateField,
  Form,
  InsetText,
  Panel,
  Radios,
  SummaryList,
  TextArea,
} from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { choice, pickedId, text, withDate } from '#platform/form/fields.ts'
import { errors, form, go, page, refused, type Screen, show, type Visit } from '#platform/http/route.ts'
import { anInsider } from '#platform/permission.ts'
import { whoAsked } from './access.ts'
import { ask } from './chair-request.ts'
import { askSig } from './changes.ts'
import { type Draft, neededBy, nextStep, readDraft, type Step, saveDraft, takeDraft } from './draft.ts'
import { noPatients, Signpost } from './parts.tsx'
import { requestPaths } from './paths.ts'
import { groupChoices } from './queries.ts'
import { type LoadedRequest, loadRequest } from './store.ts'
import { requestKinds } from './tables.ts'
import { kindWords } from './words.ts'

type Asking = Visit<Draft>

// An administrator or an applicant has no draft, and `who` sends them away as strangers.
const load = (visit: Visit<undefined>) => (visit.actor ? readDraft(visit.tx, visit.actor.personId) : {})
const common = { who: anInsider, audit: 'request-draft-kept', load, guardsVersion: false } as const

const at = (visit: { network: { slug: string } }, step: Step) => requestPaths.step(visit.network.slug, step)
/** On to the first page that still wants an answer: after a change, back to the check. */
const onward = (visit: Asking, draft: Draft) => ({ to: at(visit, nextStep(draft)) })

function stepBack(visit: Asking, step: Step) {
  const before = { group: undefined, kind: 'group', question: 'kind', why: 'question', check: 'why' } as const
  const to = before[step]
  // Who changes one answer goes back to the check.
  if (step !== 'check' && nextStep(visit.thing) === 'check') return { href: at(visit, 'check'), text: 'Back' }
  return { href: to ? at(visit, to) : requestPaths.new(visit.network.slug), text: 'Back' }
}

const start = page<Draft>('/:network/requests/new', {
  who: anInsider,
  audit: 'nothing',
  load,
  handler(visit) {
    const began = Object.keys(visit.thing).length > 0
    const { answerBy, acknowledgeBy } = ask(visit.when)
    return show({
      title: 'Ask a group something',
      back: { href: requestPaths.list(visit.network.slug), text: 'All requests' },
      body: (
        <>
          <p>
            A special interest group (SIG) knows a lot. You can ask it for information, data, context,
            background or education. Its chair answers, or the deputy while the chair is away.
          </p>
          <p>
            If you ask today, they tell you by {dateInWords(acknowledgeBy)} that they have it, and answer by{' '}
            {dateInWords(answerBy)}. Then you say whether that answers it.
          </p>
          <p>Everyone in the group can read what you ask, and so can the network’s team.</p>
          <Signpost />
          <ButtonLink href={at(visit, began ? nextStep(visit.thing) : 'group')}>
            {began ? 'Carry on with what you began' : 'Start'}
          </ButtonLink>
        </>
      ),
    })
  },
})

const group = form('/:network/requests/new/group', {
  ...common,
  fields: z.object({ group: pickedId('Choose a group') }),
  async screen(visit: Asking, filled): Promise<Screen> {
    const groups = await groupChoices(visit.tx)
    return {
      title: 'Which group do you want to ask?',
      titleInLegend: true,
      back: stepBack(visit, 'group'),
      body: (
        <Form hidden={visit.hidden} button="Continue">
          <Radios
            name="group"
            label="Which group do you want to ask?"
            asHeading
            value={
              filled.values.group ?? (visit.thing.groupId === undefined ? '' : String(visit.thing.groupId))
            }
            errors={filled.errors}
            options={groups.map(each => ({
              value: String(each.id),
              label: each.name,
              ...(each.about ? { hint: each.about } : {}),
            }))}
          />
        </Form>
      ),
    }
  },
  async submit(visit: Asking, { group: groupId }) {
    const known = await visit.tx
      .selectFrom('network_group')
      .select('id')
      .where('id', '=', groupId)
      .executeTakeFirst()
    if (!known) return errors({ field: 'group', message: 'Choose a group from the list' })
    return onward(visit, await saveDraft(visit, { groupId }))
  },
})

const kind = form('/:network/requests/new/kind', {
  ...common,
  fields: z.object({ kind: choice('Choose what you need', requestKinds) }),
  screen: (visit: Asking, filled) => ({
    title: 'What do you need?',
    titleInLegend: true,
    back: stepBack(visit, 'kind'),
    body: (
      <Form hidden={visit.hidden} button="Continue">
        <Radios
          name="kind"
          label="What do you need?"
          asHeading
          value={filled.values.kind ?? visit.thing.kind}
          errors={filled.errors}
          options={requestKinds.map(each => ({
            value: each,
            label: kindWords[each].name,
            hint: kindWords[each].about,
          }))}
        />
      </Form>
    ),
  }),
  submit: async (visit: Asking, { kind: given }) => onward(visit, await saveDraft(visit, { kind: given })),
})

const question = form('/:network/requests/new/question', {
  ...common,
  fields: z.object({ what: text('Write what you want to ask', { max: 2000, name: 'Your question' }) }),
  screen: (visit: Asking, filled) => ({
    title: 'What do you want to ask?',
    titleInLegend: true,
    back: stepBack(visit, 'question'),
    body: (
      <Form hidden={visit.hidden} button="Continue">
        <TextArea
          name="what"
          label="What do you want to ask?"
          asHeading
          hint={`In your own words. ${noPatients}`}
          value={filled.values.what ?? visit.thing.what}
          maxCharacters={2000}
          errors={filled.errors}
        />
        <Signpost />
      </Form>
    ),
  }),
  submit: async (visit: Asking, { what }) => onward(visit, await saveDraft(visit, { what })),
})

export const whyFields = withDate(
  'needed',
  {},
  {
    why: text('Write why you need it', { max: 1000, name: 'Why you need it' }),
  },
)

export const tooEarly = (day: Temporal.PlainDate | undefined, today: Temporal.PlainDate) =>
  day !== undefined && Temporal.PlainDate.compare(day, today) < 0
    ? errors({ field: 'needed', message: 'The day must be today or later' })
    : undefined

const why = form('/:network/requests/new/why', {
  ...common,
  fields: whyFields,
  screen(visit: Asking, filled) {
    const day = neededBy(visit.thing)
    const typed = (part: 'day' | 'month' | 'year') =>
      filled.values[`needed-${part}`] ?? (day ? String(day[part]) : undefined)
    return {
      title: 'Why do you need it?',
      back: stepBack(visit, 'why'),
      body: (
        <Form hidden={visit.hidden} button="Continue">
          <TextArea
            name="why"
            label="What will it help you to do?"
            hint={`It helps the group to give you the right thing. ${noPatients}`}
            value={filled.values.why ?? visit.thing.why}
            maxCharacters={1000}
            rows={4}
            errors={filled.errors}
          />
          <DateField
            name="needed"
            label="Is there a day by which you need it?"
            optional
            hint={`The group has until ${dateInWords(ask(visit.when).answerBy)} to answer. If you need it sooner, say so, and they will see it. For example, 31 3 2027`}
            value={{ day: typed('day'), month: typed('month'), year: typed('year') }}
            errors={filled.errors}
          />
        </Form>
      ),
    }
  },
  async submit(visit: Asking, { why: given, needed }) {
    return (
      tooEarly(needed, visit.today) ??
      onward(visit, await saveDraft(visit, { why: given, neededBy: needed?.toString() ?? null }))
    )
  },
})

const check = form('/:network/requests/new/check', {
  ...common,
  audit: 'request-asked',
  fields: z.object({}),
  async screen(visit: Asking) {
    const draft = visit.thing
    const missing = nextStep(draft)
    const groups = await groupChoices(visit.tx)
    const chosen = groups.find(each => each.id === draft.groupId)
    const day = neededBy(draft)
    const change = (step: Step, about: string) => ({ href: at(visit, step), about })
    return {
      title: 'Check what you ask',
      back: stepBack(visit, 'check'),
      body:
        missing !== 'check' ? (
          <>
            <p>Something is still to be filled in before you can send this.</p>
            <ButtonLink href={at(visit, missing)}>Carry on</ButtonLink>
          </>
        ) : (
          <>
            <SummaryList
              rows={[
                { key: 'Group', value: chosen?.name ?? '', action: change('group', 'the group') },
                {
                  key: 'What you need',
                  value: kindWords[draft.kind!].name,
                  action: change('kind', 'what you need'),
                },
                {
                  key: 'Your question',
                  value: (
                    <span className="loop-words" dir="auto">
                      {draft.what}
                    </span>
                  ),
                  action: change('question', 'your question'),
                },
                {
                  key: 'Why you need it',
                  value: (
                    <span className="loop-words" dir="auto">
                      {draft.why}
                    </span>
                  ),
                  action: change('why', 'why you need it'),
                },
                {
                  key: 'Needed by',
                  value: day ? dateInWords(day) : 'No special day',
                  action: change('why', 'by when you need it'),
                },
              ]}
            />
            <InsetText>
              Everyone in {chosen?.name ?? 'the group'} can read this with your name, and so can the network’s
              team.
            </InsetText>
            <Form hidden={visit.hidden} button="Send it" />
          </>
        ),
    }
  },
  async submit(visit: Asking) {
    const draft = visit.thing
    if (nextStep(draft) !== 'check') {
      return errors({ message: 'Something is still to be filled in, or this was sent already' })
    }
    // Two tabs with the same words: the second finds nothing left to send.
    if (!(await takeDraft(visit.tx, visit.me.personId))) return errors({ message: 'This was sent already' })
    const sent = await askSig(visit, {
      groupId: draft.groupId!,
      askerPersonId: visit.me.personId,
      kind: draft.kind!,
      what: draft.what!,
      why: draft.why!,
      neededBy: neededBy(draft),
      how: 'web',
    })
    return sent.accepted ? { to: requestPaths.sent(visit.network.slug, sent.reference) } : refused(sent)
  },
})

const sent = page<LoadedRequest>('/:network/requests/:reference/sent', {
  who: whoAsked,
  audit: 'nothing',
  load: visit => loadRequest(visit, visit.params.reference, { forChange: false }),
  handler(visit) {
    const { it, reference, groupName } = visit.thing
    const to = requestPaths.one(visit.network.slug, reference)
    if (it.state !== 'asked') return go(to)
    return show({
      title: 'Your request was sent',
      titleInLegend: true,
      body: (
        <>
          <Panel title="Your request was sent" asHeading>
            Your reference is <strong>{reference}</strong>
          </Panel>
          <h2 className="nhsuk-heading-m">What happens next</h2>
          <p>
            {groupName} tells you by {dateInWords(it.acknowledgeBy)} that they have it, and answers by{' '}
            {dateInWords(it.answerBy)}. If they are late, the deputy hears of it at once, and then the
            portfolio manager.
          </p>
          <p>When the answer is there, we tell you, and you say whether it answers what you asked.</p>
          <p>
            <a href={to}>See your request</a>
          </p>
        </>
      ),
    })
  },
})

export const askingRoutes = [start, group, kind, question, why, check, sent]
