import { z } from 'zod'
import {
  ButtonLink,
  Empty,
  type FieldError,
  Form,
  InsetText,
  LinkList,
  Radios,
  Select,
  StatusTag,
  SummaryList,
  TextArea,
} from '#design/index.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { choice, optionalId, optionalText, text } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  type Filled,
  form,
  page,
  refused,
  type Screen,
  type Submitted,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { anyOf, isMemberOf, isTeam, personRule, type Rule } from '#platform/permission.ts'
import {
  type ConflictOutcome,
  itemsOf,
  type LoadedItem,
  type LoadedMeeting,
  loadItem,
  loadMeeting,
  mayReadItem,
  mayRunMeeting,
  meetingPaths,
  votersOn,
} from '#slices/meetings/index.ts'
import { byOf, mayAnswerConflict, mayDecideConflict, mayReadConflict } from './access.ts'
import { answerConflict, choosePresiding, decideConflict, declareConflict } from './changes.ts'
import { decide, outcomeWords } from './conflict.ts'
import { findConflicts } from './finding.ts'
import { interestPaths } from './paths.ts'
import { type ConflictLine, conflictsOf, membersOf } from './queries.ts'
import { type LoadedConflict, loadConflict } from './store.ts'
import { WhatHappened } from './timeline.tsx'

type Here = Visit<LoadedConflict>
const load = (visit: Visit<undefined>, how: { forChange: boolean }) =>
  loadConflict(visit, visit.params.conflict, how)

/** Of a confidential item a person learns that it is there, and no more. */
const titleFor = (visit: Here) =>
  mayReadItem.holds(visit.me, visit.thing.item) ? visit.thing.item.item.title : 'A confidential item'

const backTo = (visit: Here) =>
  mayReadItem.holds(visit.me, visit.thing.item)
    ? {
        href: meetingPaths.item(visit.network.slug, visit.thing.item.meeting.reference, visit.thing.item.id),
        text: 'Back to the item',
      }
    : {
        href: meetingPaths.one(visit.network.slug, visit.thing.item.meeting.reference),
        text: 'Back to the meeting',
      }

/** What is known, above every step. */
function Known({ visit }: { visit: Here }) {
  const { thing, me } = visit
  const { it, interest } = thing
  const own = thing.row.person_id === me.personId
  return (
    <SummaryList
      rows={[
        { key: 'Item', value: <bdi>{titleFor(visit)}</bdi> },
        { key: 'Who', value: own ? 'You' : theirs(thing.personName) },
        ...(interest
          ? [
              {
                key: 'Interest',
                value: <bdi>{[interest.organisation, interest.what].filter(Boolean).join(': ')}</bdi>,
              },
            ]
          : []),
        { key: 'Why it came up', value: <bdi>{thing.row.why}</bdi> },
        {
          key: own ? 'You say' : 'They say',
          value:
            it.personSays === null ? (
              'Not answered yet'
            ) : (
              <>
                {it.personSays === 'yes' ? 'Yes, it touches the interest.' : 'No, it does not.'}
                {it.personWords && (
                  <>
                    <br />
                    <bdi>{it.personWords}</bdi>
                  </>
                )}
              </>
            ),
        },
        {
          key: 'Decided',
          value:
            it.outcome === null ? (
              <StatusTag tone="waiting">The chair decides</StatusTag>
            ) : (
              <>
                <strong>{outcomeWords[it.outcome]}</strong>
                {thing.decidedBy && `, by ${theirs(thing.decidedBy)}`}
                <br />
                <bdi>{it.because}</bdi>
              </>
            ),
        },
      ]}
    />
  )
}

const one = page<LoadedConflict>('/:network/conflicts/:conflict', {
  who: mayReadConflict,
  audit: 'nothing',
  load,
  handler(visit) {
    const { thing, me, network } = visit
    const own = thing.row.person_id === me.personId
    const to = (step: 'answer' | 'decide') => interestPaths.conflictStep(network.slug, thing.id, step)
    const mayDecide = mayDecideConflict.holds(me, thing) && !own && !thing.itemIsOver
    return show({
      title: own
        ? 'An interest of yours and an item'
        : `An interest of ${theirs(thing.personName)} and an item`,
      caption: thing.item.meeting.reference,
      back: backTo(visit),
      body: (
        <>
          {own && thing.it.personSays === null && !thing.itemIsOver && (
            <ButtonLink href={to('answer')}>Say whether it touches it</ButtonLink>
          )}
          {mayDecide && thing.it.outcome === null && (
            <ButtonLink href={to('decide')}>Decide what follows</ButtonLink>
          )}
          <Known visit={visit} />
          <LinkList
            links={[
              ...(own && thing.it.personSays !== null && !thing.itemIsOver
                ? [{ href: to('answer'), text: 'Change what I say' }]
                : []),
              ...(!own && isTeam(me) && !thing.itemIsOver
                ? [{ href: to('answer'), text: `Write down what ${thing.personName} says` }]
                : []),
              ...(mayDecide && thing.it.outcome !== null
                ? [{ href: to('decide'), text: 'Decide it anew' }]
                : []),
            ]}
          />
          <WhatHappened history={thing.history} />
        </>
      ),
    })
  },
})

const answer = form('/:network/conflicts/:conflict/answer', {
  who: mayAnswerConflict,
  audit: 'conflict-answered',
  load,
  fields: z.object({
    says: choice('Choose whether it touches the interest', ['yes', 'no']),
    words: optionalText({ max: 1000, name: 'Your words' }),
  }),
  screen: (visit: Here, filled) =>
    stepScreen(
      visit,
      filled,
      {
        title:
          visit.thing.row.person_id === visit.me.personId
            ? 'Does this item touch your interest?'
            : `Does this item touch the interest of ${visit.thing.personName}?`,
        button: 'Send the answer',
        over: visit.thing.itemIsOver ? 'This item is over' : undefined,
      },
      errors => (
        <>
          <Radios
            name="says"
            label="The answer"
            value={filled.values.says}
            errors={errors}
            options={[
              { value: 'yes', label: 'Yes, it touches it' },
              { value: 'no', label: 'No, it does not' },
            ]}
          />
          <TextArea
            name="words"
            label="What the chair should know"
            optional
            value={filled.values.words}
            maxCharacters={1000}
            rows={3}
            errors={errors}
          />
        </>
      ),
    ),
  async submit(visit: Here, { says, words }) {
    const done = await answerConflict(visit, visit.thing, says, words)
    return done.accepted ? toConflict(visit) : refused(done)
  },
})

const toConflict = (visit: Here): Submitted => ({
  to: interestPaths.conflict(visit.network.slug, visit.thing.id),
})

const outcomeHints: Record<ConflictOutcome, string> = {
  none: 'The item does not touch the interest.',
  noted: 'It is minuted, and changes nothing.',
  speaks: 'May say what they know. Is not on the roll of a vote.',
  leaves: 'Is not in the room, does not vote, and does not count for the quorum.',
  'no-paper': 'As before, and cannot open the paper, find it or get it in the pack.',
}

const decideForm = form('/:network/conflicts/:conflict/decide', {
  who: mayDecideConflict,
  audit: 'conflict-decided',
  load,
  fields: z.object({
    outcome: choice('Choose what follows', ['none', 'noted', 'speaks', 'leaves', 'no-paper']),
    because: text('Say why', { max: 1000, name: 'The reason' }),
  }),
  screen: (visit: Here, filled) => {
    const { thing, me } = visit
    // Asked of the rule itself, with an answer that cannot be the same as before.
    const could = decide({ ...thing.it, outcome: null }, byOf(me, thing), 'none', '', thing.itemIsOver)
    return stepScreen(
      visit,
      filled,
      {
        title: 'What follows from this interest?',
        button: 'Decide it',
        over: could.accepted ? undefined : could.sentence,
      },
      errors => (
        <>
          <Radios
            name="outcome"
            label="For this item"
            value={filled.values.outcome ?? thing.it.outcome ?? undefined}
            errors={errors}
            options={(Object.keys(outcomeWords) as ConflictOutcome[]).map(each => ({
              value: each,
              label: outcomeWords[each],
              hint: outcomeHints[each],
            }))}
          />
          <TextArea
            name="because"
            label="Why?"
            hint={`${thing.personName} reads this, and it goes into the minutes.`}
            value={filled.values.because ?? thing.it.because}
            maxCharacters={1000}
            rows={3}
            errors={errors}
          />
        </>
      ),
    )
  },
  async submit(visit: Here, { outcome, because }) {
    const done = await decideConflict(visit, visit.thing, outcome, because)
    return done.accepted ? toConflict(visit) : refused(done, done.reason === 'same' ? 'outcome' : undefined)
  },
})

function stepScreen(
  visit: Here,
  filled: Filled,
  words: { title: string; button: string; over: string | undefined },
  body: (errors: readonly FieldError[]) => React.ReactNode,
): Screen {
  const back = interestPaths.conflict(visit.network.slug, visit.thing.id)
  return {
    title: words.title,
    caption: visit.thing.item.meeting.reference,
    back: { href: back, text: 'Back' },
    body: (
      <>
        <Known visit={visit} />
        {words.over === undefined ? (
          <Form
            hidden={visit.hidden}
            button={words.button}
            secondary={{ text: 'Do not change anything', href: back }}
          >
            {body(filled.errors)}
          </Form>
        ) : (
          <p>{words.over}.</p>
        )}
      </>
    ),
  }
}

const mayDeclare: Rule<LoadedItem> = personRule(
  'a member of the group who may read the item, or the team',
  (actor, it) => (isMemberOf(actor, it.groupId) || isTeam(actor)) && mayReadItem.holds(actor, it),
)
/** The chair, the deputy and the secretary can name somebody. */
const mayName = anyOf<LoadedItem>(mayRunMeeting)

const declare = form('/:network/meetings/:meeting/items/:item/conflict', {
  who: mayDeclare,
  audit: 'conflict-declared',
  load: (visit, how) => loadItem(visit, { meeting: visit.params.meeting, item: visit.params.item }, how),
  guardsVersion: false,
  fields: z.object({
    person: optionalId(),
    words: text('Say what the interest is', { max: 1000, name: 'What it is' }),
  }),
  async screen(visit: Visit<LoadedItem>, filled): Promise<Screen> {
    const { thing, network, me } = visit
    const back = meetingPaths.item(network.slug, thing.meeting.reference, thing.id)
    const names = mayName.holds(me, thing)
    const member = isMemberOf(me, thing.groupId)
    const people = names ? await membersOf(visit.tx, thing.groupId, visit.today) : []
    return {
      title: 'Declare an interest in this item',
      caption: `${thing.meeting.reference}, ${theirs(thing.item.title)}`,
      back: { href: back, text: 'Back to the item' },
      body: (
        <Form hidden={visit.hidden} button="Declare it" secondary={{ text: 'Not now', href: back }}>
          {names && (
            <Select
              name="person"
              label="Whose interest is it?"
              empty={member ? 'My own' : 'Choose a person'}
              value={filled.values.person}
              options={people
                .filter(each => each.id !== me.personId)
                .map(each => ({ value: String(each.id), text: each.name }))}
              errors={filled.errors}
            />
          )}
          <TextArea
            name="words"
            label="What is the interest?"
            hint="For example, “My brother works for the maker of this scanner.” The chair then decides what follows."
            value={filled.values.words}
            maxCharacters={1000}
            rows={3}
            errors={filled.errors}
          />
        </Form>
      ),
    }
  },
  async submit(visit: Visit<LoadedItem>, { person, words }) {
    const { thing, me, network } = visit
    const own = person === undefined || person === me.personId
    if (!own && !mayName.holds(me, thing)) {
      return refused({ sentence: 'You can declare your own interest only' }, 'person')
    }
    if (own && !isMemberOf(me, thing.groupId))
      return refused({ sentence: 'Choose whose interest it is' }, 'person')
    const done = await declareConflict(visit, thing, {
      personId: own ? me.personId : person,
      words,
      by: own ? 'person' : 'chair',
    })
    if (!done.accepted) return refused(done, done.reason === 'not-in-group' ? 'person' : undefined)
    return { to: interestPaths.conflict(network.slug, done.state.id) }
  },
})

const ofMeeting = form('/:network/meetings/:meeting/conflicts', {
  who: mayRunMeeting as Rule<LoadedMeeting>,
  audit: 'conflicts-searched',
  load: visit => loadMeeting(visit, visit.params.meeting, { forChange: false }),
  guardsVersion: false,
  fields: z.object({}),
  async screen(visit: Visit<LoadedMeeting>): Promise<Screen> {
    const { thing, network, me, tx } = visit
    const items = (await itemsOf(visit, thing)).filter(each => mayReadItem.holds(me, each))
    const found = await conflictsOf(
      tx,
      items.map(each => each.id),
    ).execute()
    const back = meetingPaths.one(network.slug, thing.reference)
    const open = found.filter(each => each.outcome === null).length
    const bothInConflict =
      thing.leaderIds.length > 0 &&
      thing.leaderIds.every(leader =>
        found.some(each => each.personId === leader && each.outcome !== 'none' && each.outcome !== 'noted'),
      )
    return {
      title: 'Conflicts of interest',
      caption: `${thing.reference}, ${theirs(thing.row.title)}`,
      back: { href: back, text: 'Back to the meeting' },
      body: (
        <>
          <p>
            {found.length === 0
              ? 'No interest that anybody declared meets an item of this meeting.'
              : open === 0
                ? 'All are decided.'
                : `${open} of ${found.length} wait for a decision. An item cannot be put to the vote before.`}
          </p>
          {items
            .filter(item => found.some(each => each.itemId === item.id))
            .map(item => (
              <section key={item.id}>
                <h2 className="nhsuk-heading-s">
                  <bdi>{item.title}</bdi>
                </h2>
                <Conflicts slug={network.slug} list={found.filter(each => each.itemId === item.id)} />
              </section>
            ))}
          <Form
            hidden={visit.hidden}
            button="Look again"
            secondary={{ text: 'Back to the meeting', href: back }}
          />
          {(bothInConflict || thing.row.presiding_person_id !== null) && (
            <p>
              <a href={interestPaths.presiding(network.slug, thing.reference)}>Say who presides</a>, when the
              chair and the deputy are both in conflict.
            </p>
          )}
        </>
      ),
    }
  },
  async submit(visit: Visit<LoadedMeeting>) {
    await findConflicts(visit, { meetingId: visit.thing.id })
    return { to: interestPaths.conflicts(visit.network.slug, visit.thing.reference) }
  },
})

/** Each with what is known and what is decided. */
export function Conflicts({ slug, list }: { slug: string; list: readonly ConflictLine[] }) {
  return (
    <LinkList
      links={list.map(each => ({
        href: interestPaths.conflict(slug, each.id),
        text: each.name,
        hint: (
          <>
            <StatusTag tone={each.outcome === null ? 'waiting' : 'plain'}>
              {each.outcome === null ? 'To decide' : outcomeWords[each.outcome]}
            </StatusTag>{' '}
            <bdi>{each.why}</bdi>
            {each.personSays && `. They say ${each.personSays}`}
          </>
        ),
      }))}
    />
  )
}

/** The team writes down whom the members chose; nobody chooses themselves. */
const presiding = form('/:network/meetings/:meeting/presiding', {
  who: personRule<LoadedMeeting>('the team', isTeam),
  audit: 'presiding-chosen',
  load: (visit, how) => loadMeeting(visit, visit.params.meeting, how),
  fields: z.object({ person: optionalId() }),
  async screen(visit: Visit<LoadedMeeting>, filled): Promise<Screen> {
    const { thing, network } = visit
    const voters = await votersOn(visit.tx, thing.groupId, visit.today)
    const back = interestPaths.conflicts(network.slug, thing.reference)
    const now = thing.row.presiding_person_id
    return {
      title: 'Who presides?',
      caption: `${thing.reference}, ${theirs(thing.row.title)}`,
      back: { href: back, text: 'Back to the conflicts of interest' },
      body: (
        <>
          <InsetText>
            When the chair and the deputy both have a conflict of interest, the members who have none choose
            who presides. Write down whom they chose.
          </InsetText>
          {voters.length === 0 ? (
            <Empty>Nobody has a vote in this group.</Empty>
          ) : (
            <Form
              hidden={visit.hidden}
              button="Save"
              secondary={{ text: 'Do not change anything', href: back }}
            >
              <Select
                name="person"
                label="Whom did they choose?"
                empty="Nobody: the chair or the deputy presides"
                value={filled.values.person ?? (now === null ? '' : String(now))}
                options={voters
                  .filter(each => !thing.leaderIds.includes(each.personId))
                  .map(each => ({ value: String(each.personId), text: each.name }))}
                errors={filled.errors}
              />
            </Form>
          )}
        </>
      ),
    }
  },
  async submit(visit: Visit<LoadedMeeting>, { person }) {
    const done = await choosePresiding(visit, visit.thing, person ?? null)
    if (!done.accepted) return refused(done, 'person')
    return { to: interestPaths.conflicts(visit.network.slug, visit.thing.reference) }
  },
})

export const conflictRoutes: AnyRoute[] = [one, answer, decideForm, declare, ofMeeting, presiding]
