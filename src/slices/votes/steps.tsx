import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  Checkboxes,
  DateField,
  Details,
  type FieldError,
  Form,
  InsetText,
  Radios,
  Select,
  SummaryList,
  TextArea,
} from '#design/index.ts'
import type { Refusal } from '#kernel/decision.ts'
import { reference } from '#kernel/references.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { choice, optionalId, optionalText, several, text, withDate } from '#platform/form/fields.ts'
import { type Filled, form, refused, type Screen, type Visit } from '#platform/http/route.ts'
import { type LoadedItem, loadItem, meetingPaths } from '#slices/meetings/index.ts'
import {
  byOf,
  isInConflict,
  isVoter,
  mayChangeMotion,
  mayLeadVote,
  mayPropose,
  mayReadMotion,
  mayVoteForOthers,
} from './access.ts'
import {
  addDissent,
  castDeciding,
  changeMotion,
  closeVote,
  dissentCannot,
  openVote,
  proposeMotion,
  rollFor,
  withdrawMotion,
} from './changes.ts'
import { castDeciding as mayCast, stateWords, type Terms } from './motion.ts'
import { answered, type Here, loadFor, stepScreen } from './parts.tsx'
import { votePaths } from './paths.ts'
import { labelOf, majorityWords, mannerWords } from './words.ts'

const ways = {
  open: {
    manner: 'open',
    isSecret: false,
    label: 'Open, in the meeting',
    hint: 'Everybody sees afterwards who voted how.',
  },
  secret: {
    manner: 'secret',
    isSecret: true,
    label: 'Secret, in the meeting',
    hint: 'Nobody sees who voted how.',
  },
  written: {
    manner: 'written',
    isSecret: false,
    label: 'Open, in writing between meetings',
    hint: 'With a day on which it closes.',
  },
  'written-secret': {
    manner: 'written',
    isSecret: true,
    label: 'Secret, in writing between meetings',
    hint: 'With a day on which it closes.',
  },
} as const
type Way = keyof typeof ways

const counts = {
  'simple votes': 'More than half of the votes for and against',
  'two-thirds votes': 'Two thirds of the votes for and against',
  'simple present': 'More than half of those present who can vote',
  'two-thirds present': 'Two thirds of those present who can vote',
  'simple all': 'More than half of all who can vote',
  'two-thirds all': 'Two thirds of all who can vote',
} as const
type CountedBy = keyof typeof counts

const wayOf = (terms: Pick<Terms, 'manner' | 'isSecret'>): Way =>
  (Object.keys(ways) as Way[]).find(
    each => ways[each].manner === terms.manner && ways[each].isSecret === terms.isSecret,
  ) ?? 'open'

const termsFields = z.object({
  text: text('Write what is put to the vote', { max: 1000, name: 'What is put to the vote' }),
  kind: choice('Choose what people vote between', ['for-against', 'one-of', 'ranked']),
  options: optionalText({ max: 2000, name: 'The choices' }),
  way: choice('Choose how people vote', Object.keys(ways) as [Way, ...Way[]]),
  counted: choice('Choose what it takes', Object.keys(counts) as [CountedBy, ...CountedBy[]]),
  casting: several(),
})

function readTerms(given: z.infer<typeof termsFields>): Terms {
  const [majority, countedOf] = given.counted.split(' ') as [Terms['majority'], Terms['countedOf']]
  const lines = given.options
    .split('\n')
    .map(each => each.trim())
    .filter(each => each !== '')
  const { manner, isSecret } = ways[given.way]
  return {
    text: given.text,
    kind: given.kind,
    options:
      given.kind === 'for-against'
        ? []
        : lines.map((each, n) => ({ key: String.fromCharCode(97 + n), text: each })),
    manner,
    isSecret,
    majority,
    countedOf,
    castingVote: given.casting.length > 0,
  }
}

const fieldOf: Record<string, string> = {
  'too-few-options': 'options',
  'too-many-options': 'options',
  'same-options': 'options',
  'nobody-present': 'counted',
  'no-tie': 'casting',
}
const termsRefused = (refusal: Refusal) => refused(refusal, fieldOf[refusal.reason])

interface Before {
  readonly terms?: Terms
  readonly castingVote?: boolean
}

function TermsFields({
  filled,
  errors,
  before,
}: {
  filled: Filled
  errors: readonly FieldError[]
  before: Before
}) {
  const { values } = filled
  const { terms } = before
  // A form that was sent shows what was typed; one that is opened shows what stands.
  const sent = values.kind !== undefined || values.text !== undefined
  const casting = sent
    ? (filled.lists.casting ?? [])
    : (terms?.castingVote ?? before.castingVote)
      ? ['yes']
      : []
  return (
    <>
      <TextArea
        name="text"
        label="What is put to the vote?"
        hint="One sentence that people can say yes or no to, such as “The board asks each Trust to send letters in large print.”"
        value={sent ? values.text : terms?.text}
        maxCharacters={1000}
        rows={4}
        errors={errors}
      />
      <Radios
        name="kind"
        label="What do people vote between?"
        value={sent ? values.kind : (terms?.kind ?? 'for-against')}
        errors={errors}
        options={[
          { value: 'for-against', label: 'For, against or abstain' },
          { value: 'one-of', label: 'One of several choices' },
          { value: 'ranked', label: 'Several choices, put in order' },
        ]}
      />
      <TextArea
        name="options"
        label="The choices"
        optional
        hint="Only when there are several: 2 to 10, each on its own line."
        value={sent ? values.options : terms?.options.map(each => each.text).join('\n')}
        rows={4}
        errors={errors}
      />
      <Radios
        name="way"
        label="How do people vote?"
        value={sent ? values.way : terms ? wayOf(terms) : 'open'}
        errors={errors}
        options={(Object.keys(ways) as Way[]).map(each => ({
          value: each,
          label: ways[each].label,
          hint: ways[each].hint,
        }))}
      />
      <Details summary="How it is counted" open={errors.length > 0 || terms !== undefined}>
        <Select
          name="counted"
          label="What does it take?"
          value={sent ? values.counted : terms ? `${terms.majority} ${terms.countedOf}` : 'simple votes'}
          options={(Object.keys(counts) as CountedBy[]).map(each => ({ value: each, text: counts[each] }))}
          errors={errors}
        />
        <Checkboxes
          name="casting"
          label="On a tie"
          hint="Without this, a tie is not carried."
          values={casting}
          errors={errors}
          options={[{ value: 'yes', label: 'The chair decides' }]}
        />
      </Details>
    </>
  )
}

const propose = form('/:network/meetings/:meeting/items/:item/propose-motion', {
  who: mayPropose,
  audit: 'motion-proposed',
  load: visit =>
    loadItem(visit, { meeting: visit.params.meeting, item: visit.params.item }, { forChange: false }),
  // Much happens to an item while somebody writes, and a motion changes none of it.
  guardsVersion: false,
  fields: termsFields,
  screen: (visit: Visit<LoadedItem>, filled): Screen => {
    const { thing, network } = visit
    const back = meetingPaths.item(network.slug, thing.meeting.reference, thing.id)
    return {
      title: 'Propose a motion',
      caption: `${thing.meeting.reference}, ${theirs(thing.item.title)}`,
      back: { href: back, text: 'Back to the item' },
      body: (
        <>
          <p>Any member can propose one. The chair decides when it is put to the vote.</p>
          <Form hidden={visit.hidden} button="Propose it" secondary={{ text: 'Not now', href: back }}>
            <TermsFields
              filled={filled}
              errors={filled.errors}
              before={{ castingVote: thing.meeting.group.casting_vote }}
            />
          </Form>
        </>
      ),
    }
  },
  async submit(visit: Visit<LoadedItem>, given) {
    const done = await proposeMotion(visit, visit.thing, readTerms(given))
    if (!done.accepted) return termsRefused(done)
    return { to: votePaths.one(visit.network.slug, reference('V', done.state.number)) }
  },
})

const change = form('/:network/motions/:motion/change', {
  who: mayChangeMotion,
  audit: 'motion-changed',
  load: loadFor('motion'),
  fields: termsFields,
  screen: (visit: Here, filled) =>
    stepScreen(
      visit,
      filled,
      {
        title: 'Change this motion',
        button: 'Save it',
        notNow:
          visit.thing.it.state === 'draft'
            ? undefined
            : 'The vote was opened, so its words cannot change any more',
      },
      errors => <TermsFields filled={filled} errors={errors} before={{ terms: visit.thing.it.terms }} />,
    ),
  async submit(visit: Here, given) {
    const done = await changeMotion(visit, visit.thing, readTerms(given))
    return done.accepted ? answered(visit, done) : termsRefused(done)
  },
})

const again = form('/:network/motions/:motion/again', {
  who: mayReadMotion,
  audit: 'motion-proposed',
  load: loadFor('motion'),
  fields: termsFields,
  screen: (visit: Here, filled) =>
    stepScreen(
      visit,
      filled,
      {
        title: 'Propose another motion instead',
        button: 'Propose it',
        notNow:
          visit.thing.it.state === 'closed'
            ? undefined
            : 'Only a vote that is closed can be followed by another one',
      },
      errors => (
        <>
          <p>
            What came of {visit.thing.reference} stays as it is. If the new motion is carried, it stands
            instead of it.
          </p>
          <TermsFields filled={filled} errors={errors} before={{ terms: visit.thing.it.terms }} />
        </>
      ),
    ),
  async submit(visit: Here, given) {
    if (!mayPropose.holds(visit.me, visit.thing)) {
      return refused({ sentence: 'Only a member of this group or the team can propose a motion' })
    }
    const done = await proposeMotion(visit, visit.thing.item, readTerms(given), visit.thing)
    if (!done.accepted) return termsRefused(done)
    return { to: votePaths.one(visit.network.slug, reference('V', done.state.number)) }
  },
})

const dayEnds = (day: Temporal.PlainDate) =>
  day
    .toZonedDateTime({ timeZone: 'Europe/London', plainTime: Temporal.PlainTime.from('23:59:59') })
    .toInstant()

const open = form('/:network/motions/:motion/open', {
  who: mayLeadVote,
  audit: 'vote-opened',
  load: loadFor('item'),
  fields: withDate('until', {}, { minutes: optionalId() }),
  async screen(visit: Here, filled) {
    const { it, conflicts } = visit.thing
    const roll = await rollFor(visit, visit.thing)
    const off = conflicts.filter(each => isInConflict(visit.thing, each.personId))
    const undecided = off.filter(each => each.outcome === null)
    return stepScreen(
      visit,
      filled,
      {
        title: 'Open the vote',
        button: 'Open the vote',
        notNow:
          it.state === 'draft' ? undefined : `It is too late for that: ${stateWords[it.state].toLowerCase()}`,
      },
      errors => (
        <>
          <SummaryList
            rows={[
              { key: 'How', value: mannerWords(it.terms) },
              { key: 'What it takes', value: majorityWords(it.terms) },
              { key: 'Who can vote', value: `${roll.length} voting members` },
              ...(off.length > 0
                ? [{ key: 'In conflict', value: off.map(each => each.name).join(', ') }]
                : []),
            ]}
          />
          {undecided.length > 0 && (
            <p>
              Decide first whether there is a conflict of interest for{' '}
              {undecided.map(each => each.name).join(', ')}.
            </p>
          )}
          {it.terms.manner === 'written' ? (
            <DateField
              name="until"
              label="Until the end of which day can people vote?"
              hint="For example, 31 3 2027. It ends earlier when everybody has voted."
              value={{
                day: filled.values['until-day'],
                month: filled.values['until-month'],
                year: filled.values['until-year'],
              }}
              errors={errors}
            />
          ) : (
            <Select
              name="minutes"
              label="Does it close by itself?"
              value={filled.values.minutes}
              empty="No, I close it"
              options={[2, 5, 10, 15, 30, 60].map(each => ({
                value: String(each),
                text: `After ${each} minutes`,
              }))}
              errors={errors}
            />
          )}
          <p>Once the vote is open, its words cannot change any more.</p>
        </>
      ),
    )
  },
  async submit(visit: Here, { until, minutes }) {
    const written = visit.thing.it.terms.manner === 'written'
    const closesAt = written
      ? until && dayEnds(until)
      : minutes && minutes <= 600
        ? visit.now.add({ minutes })
        : undefined
    const done = await openVote(visit, visit.thing, closesAt ?? null)
    const ofDay = !done.accepted && ['no-closing', 'in-the-past'].includes(done.reason) && written
    return answered(visit, done, ofDay ? 'until' : undefined)
  },
})

const close = form('/:network/motions/:motion/close', {
  who: mayLeadVote,
  audit: 'vote-closed',
  load: loadFor('motion'),
  fields: z.object({}),
  screen: (visit: Here, filled) => {
    const { it, roll } = visit.thing
    const on = roll.filter(each => each.offBecause === null)
    return stepScreen(
      visit,
      filled,
      {
        title: 'Close the vote',
        button: 'Close the vote and count',
        warning: true,
        notNow:
          it.state === 'open'
            ? undefined
            : `There is nothing to close: ${stateWords[it.state].toLowerCase()}`,
      },
      () => (
        <>
          <p>
            {on.filter(each => each.hasVoted).length} of {on.length} have voted. Once it is closed, nobody can
            vote any more, and what comes of it stands.
          </p>
        </>
      ),
    )
  },
  submit: async (visit: Here) => answered(visit, await closeVote(visit, visit.thing)),
})

const castingVote = form('/:network/motions/:motion/casting-vote', {
  fresh: true,
  who: mayLeadVote,
  audit: 'casting-vote',
  load: loadFor('motion'),
  fields: z.object({ choice: z.string().max(20).optional() }),
  screen: (visit: Here, filled) => {
    const { it, reference: mark } = visit.thing
    const tied = it.state === 'closed' ? it.result.tied : []
    const cannot = mayCast(it, byOf(visit.me, visit.thing), tied[0] ?? '')
    return stepScreen(
      visit,
      filled,
      {
        title: 'It is a tie: you decide',
        button: 'This is my casting vote',
        notNow: cannot.accepted ? undefined : cannot.sentence,
      },
      errors => (
        <Radios
          name="choice"
          label={`Your casting vote on ${mark}`}
          hint="It is shown with your name. It cannot be changed."
          value={filled.values.choice}
          errors={errors}
          options={tied.map(each => ({ value: each, label: labelOf(it.terms, each) }))}
        />
      ),
    )
  },
  async submit(visit: Here, given) {
    if (!given.choice) return refused({ sentence: 'Choose how you decide' }, 'choice')
    const done = await castDeciding(visit, visit.thing, given.choice)
    return answered(visit, done, !done.accepted && done.reason === 'no-such-choice' ? 'choice' : undefined)
  },
})

const withdraw = form('/:network/motions/:motion/withdraw', {
  who: mayChangeMotion,
  audit: 'motion-withdrawn',
  load: loadFor('motion'),
  fields: z.object({ because: text('Say why it is withdrawn', { max: 1000, name: 'The reason' }) }),
  screen: (visit: Here, filled) => {
    const { state } = visit.thing.it
    return stepScreen(
      visit,
      filled,
      {
        title: 'Withdraw this motion',
        button: 'Withdraw it',
        warning: true,
        notNow:
          state === 'draft' || state === 'open'
            ? undefined
            : `It is too late for that: ${stateWords[state].toLowerCase()}`,
      },
      errors => (
        <TextArea
          name="because"
          label="Why is it withdrawn?"
          hint="Everybody who could vote reads this. The ballots given so far are not counted."
          value={filled.values.because}
          maxCharacters={1000}
          rows={3}
          errors={errors}
        />
      ),
    )
  },
  submit: async (visit: Here, { because }) =>
    answered(visit, await withdrawMotion(visit, visit.thing, because)),
})

const dissent = form('/:network/motions/:motion/dissent', {
  who: {
    name: `${isVoter.name}, or ${mayVoteForOthers.name}`,
    holds: (actor, it) => isVoter.holds(actor, it) || mayVoteForOthers.holds(actor, it),
  },
  audit: 'dissent-given',
  load: loadFor('motion'),
  fields: z.object({
    person: optionalId(),
    words: text('Write your own words', { max: 2000, name: 'Your own words' }),
    where: choice('Choose who reads them', ['minutes', 'chair']),
  }),
  screen: (visit: Here, filled) => {
    const { thing, me } = visit
    const { isSecret } = thing.it.terms
    const cannot = dissentCannot(thing, me.personId)
    // The team writes down what somebody without a device says; never in a secret vote.
    const others = mayVoteForOthers.holds(me, thing)
      ? thing.roll.filter(each => dissentCannot(thing, each.personId) === undefined)
      : []
    return stepScreen(
      visit,
      filled,
      {
        title: 'Add own words',
        button: 'Add these words',
        notNow: cannot && others.length === 0 ? cannot.sentence : undefined,
      },
      errors => (
        <>
          <InsetText>
            <p>Nobody edits these words, and they cannot be changed afterwards.</p>
            {isSecret && (
              <p>
                This was a secret vote. With these words you say yourself that you did not vote for it. Nobody
                can find out if you do not write them.
              </p>
            )}
          </InsetText>
          {others.length > 0 && (
            <Select
              name="person"
              label="Whose words are they?"
              empty={cannot ? 'Choose a person' : 'My own'}
              value={filled.values.person}
              options={others.map(each => ({ value: String(each.personId), text: each.name }))}
              errors={errors}
            />
          )}
          <TextArea
            name="words"
            label="In your own words"
            hint="Do not write anything that shows who a patient is."
            value={filled.values.words}
            maxCharacters={2000}
            rows={5}
            errors={errors}
          />
          <Radios
            name="where"
            label="Who reads them?"
            value={filled.values.where}
            errors={errors}
            options={[
              { value: 'minutes', label: 'Everybody: they go into the minutes as they are, with the name' },
              { value: 'chair', label: 'Only the chair and the deputy' },
            ]}
          />
        </>
      ),
    )
  },
  async submit(visit: Here, { person, words, where }) {
    const personId = person ?? visit.me.personId
    const recorded = personId !== visit.me.personId
    if (recorded && !mayVoteForOthers.holds(visit.me, visit.thing)) {
      return refused({ sentence: 'Only the person can add own words' }, 'person')
    }
    const done = await addDissent(visit, visit.thing, {
      personId,
      words,
      forChairOnly: where === 'chair',
      recorded,
    })
    return answered(visit, done)
  },
})

export const stepRoutes = [propose, change, open, close, castingVote, withdraw, again, dissent]
