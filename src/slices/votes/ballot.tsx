import { z } from 'zod'
import {
  ButtonLink,
  Checkboxes,
  Empty,
  type FieldError,
  Form,
  InsetText,
  Panel,
  Radios,
  Select,
} from '#design/index.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { optionalChoice, optionalId, pickedId, several } from '#platform/form/fields.ts'
import {
  type Filled,
  form,
  type Load,
  errors as mistakes,
  page,
  refused,
  type Screen,
  show,
} from '#platform/http/route.ts'
import { isVoter, mayVoteForOthers } from './access.ts'
import { ballotOf } from './ballots.ts'
import { castBallot } from './changes.ts'
import { untilInWords } from './messages.ts'
import { type Choice, choiceCannot, isOverTime, mostOptions, stateWords, type Terms } from './motion.ts'
import { answered, type Here, loadFor, stepScreen } from './parts.tsx'
import { votePaths } from './paths.ts'
import { type LoadedMotion, loadMotion } from './store.ts'
import { choiceInWords, isOurs } from './words.ts'

const keys = Array.from({ length: mostOptions }, (_, n) => String.fromCharCode(97 + n))
const places = Object.fromEntries(keys.map(key => [`place-${key}`, optionalId()]))

/** What a ballot's form sends; which of it counts follows from the kind of the motion. */
const choiceFields = { choice: z.string().max(20).optional(), nothing: several(), ...places }

type Given = { choice?: string | undefined; nothing: readonly string[] } & Record<string, unknown>

function readChoice(terms: Terms, given: Given): Choice {
  if (terms.kind !== 'ranked') return given.choice ? [given.choice] : []
  if (given.nothing.length > 0) return ['abstain']
  const ranked = terms.options.flatMap(({ key }) => {
    const place = given[`place-${key}`]
    return typeof place === 'number' ? [{ key, place }] : []
  })
  // Two in one place: as one name twice, so that the rule refuses it.
  const twice = ranked.find((each, n) => ranked.findIndex(other => other.place === each.place) < n)
  if (twice) return [twice.key, twice.key]
  return ranked.sort((a, b) => a.place - b.place).map(each => each.key)
}

function hiddenOf(terms: Terms, choice: Choice): Record<string, string> {
  if (terms.kind !== 'ranked') return { choice: choice[0]! }
  if (choice[0] === 'abstain') return { nothing: 'yes' }
  return Object.fromEntries(choice.map((key, n) => [`place-${key}`, String(n + 1)]))
}

const firstField = (terms: Terms) => (terms.kind === 'ranked' ? `place-${terms.options[0]?.key}` : 'choice')

/** The choices themselves: large, plain, and without a script. */
function Choices({ terms, filled, errors }: { terms: Terms; filled: Filled; errors: readonly FieldError[] }) {
  const abstains = { value: 'abstain', label: 'Abstain', hint: 'You vote, but for none of them.' }
  if (terms.kind !== 'ranked') {
    return (
      <div className="loop-ballot">
        <Radios
          name="choice"
          label="Choose one"
          value={filled.values.choice}
          errors={errors}
          options={
            terms.kind === 'for-against'
              ? [
                  { value: 'for', label: 'For' },
                  { value: 'against', label: 'Against' },
                  { ...abstains, hint: 'You vote, but neither for nor against.' },
                ]
              : [...terms.options.map(each => ({ value: each.key, label: theirs(each.text) })), abstains]
          }
        />
      </div>
    )
  }
  return (
    <>
      <p>
        Give 1 to the one you want most, 2 to the next, and so on. You need not give a place to each. If the
        one you want most cannot win, your vote goes to your next.
      </p>
      {terms.options.map(each => (
        <Select
          name={`place-${each.key}`}
          label={theirs(each.text)}
          empty="No place"
          value={filled.values[`place-${each.key}`]}
          options={terms.options.map((_, n) => ({ value: String(n + 1), text: String(n + 1) }))}
          errors={errors}
          key={each.key}
        />
      ))}
      <Checkboxes
        name="nothing"
        label="Or vote for none of them"
        values={filled.lists.nothing ?? []}
        errors={errors}
        options={[{ value: 'yes', label: 'Abstain' }]}
      />
    </>
  )
}

const shown = (terms: Terms, choice: Choice): string =>
  isOurs(choice) ? choiceInWords(terms, choice) : theirs(choiceInWords(terms, choice))

function notNow({ now, thing, me }: Here): string | undefined {
  const { it } = thing
  const voter = thing.roll.find(each => each.personId === me.personId)
  if (it.state !== 'open') return `Nobody can vote on this now: ${stateWords[it.state].toLowerCase()}`
  if (isOverTime(it, now)) return 'The time to vote is over'
  if (voter?.offBecause === 'conflict')
    return 'You have a conflict of interest on this item, so you do not vote on it'
  if (voter && !voter.isVotingNow) return 'Your voting membership has ended, so you cannot vote any more'
  return undefined
}

const secretWords =
  'This is a secret vote. Nobody can see what you choose: not the chair, not the team. Others see only that you voted.'
const openWords = 'This is an open vote. When it is closed, everybody in the group can see how you voted.'

function ballotScreen(visit: Here, filled: Filled): Screen {
  const { thing, network, hidden } = visit
  const { it } = thing
  const not = notNow(visit)
  const back = votePaths.one(network.slug, thing.reference)
  return {
    title: 'How do you vote?',
    caption: thing.reference,
    back: { href: back, text: 'Back to the vote' },
    body: not ? (
      <>
        <p>{not}.</p>
        <ButtonLink href={back}>See where it is</ButtonLink>
      </>
    ) : (
      <>
        <InsetText>
          <p className="loop-words nhsuk-body-l" dir="auto">
            {it.terms.text}
          </p>
        </InsetText>
        <Form hidden={hidden} button="Go on" secondary={{ text: 'Not now', href: back }}>
          <Choices terms={it.terms} filled={filled} errors={filled.errors} />
        </Form>
        <p>{it.terms.isSecret ? secretWords : openWords}</p>
        {it.state === 'open' && it.closesAt && <p>You can vote until {untilInWords(it.closesAt)}.</p>}
      </>
    ),
  }
}

function confirmScreen(visit: Here, choice: Choice): Screen {
  const { thing, hidden } = visit
  const { terms } = thing.it
  return {
    title: 'Is this your vote?',
    caption: thing.reference,
    back: { href: votePaths.ballot(visit.network.slug, thing.reference), text: 'Back' },
    body: (
      <>
        <InsetText>
          <p className="loop-words" dir="auto">
            {terms.text}
          </p>
        </InsetText>
        <p>You vote:</p>
        <p className="nhsuk-heading-l">{shown(terms, choice)}</p>
        <Form
          hidden={{ ...hidden, ...hiddenOf(terms, choice), confirmed: 'yes' }}
          button="Yes, this is my vote"
          secondary={{ text: 'Change it', name: 'change', value: 'yes' }}
        />
        <p>Your vote is not in yet. You can change it until the vote is closed.</p>
      </>
    ),
  }
}

/** With one voter: who comes here, and nobody else of the roll. */
const loadMine: Load<LoadedMotion> = (visit, { forChange }) =>
  loadMotion(visit, visit.params.motion, forChange ? 'motion' : 'nothing', visit.actor?.personId ?? 0)

const ballot = form('/:network/motions/:motion/ballot', {
  fresh: true,
  who: isVoter,
  audit: 'ballot-given',
  load: loadMine,
  // A ballot is never written down in words, also not for somebody who was signed out meanwhile.
  keepsWords: false,
  // Others vote at the same time: what matters is asked of the motion itself.
  guardsVersion: false,
  fields: z.object({
    ...choiceFields,
    confirmed: optionalChoice(['yes']),
    change: optionalChoice(['yes']),
  }),
  screen: ballotScreen,
  async submit(visit: Here, given) {
    const { terms } = visit.thing.it
    const choice = readChoice(terms, given as Given)
    if (given.change) return mistakes()
    const wrong = choiceCannot(terms, choice)
    if (wrong && notNow(visit) === undefined) return refused(wrong, firstField(terms))
    if (!given.confirmed && notNow(visit) === undefined) return { screen: confirmScreen(visit, choice) }
    const done = await castBallot(visit, visit.thing, visit.me.personId, choice)
    if (!done.accepted) return refused(done)
    // The receipt stands on the page alone, never in an address: addresses are kept.
    return { to: votePaths.receipt(visit.network.slug, visit.thing.reference) }
  },
})

const receipt = page<LoadedMotion>('/:network/motions/:motion/ballot/receipt', {
  fresh: true,
  who: isVoter,
  audit: 'nothing',
  load: loadMine,
  async handler(visit) {
    const { thing, me, network } = visit
    const mine = await ballotOf(visit, thing, me.personId)
    const voted = thing.roll.some(each => each.personId === me.personId && each.hasVoted)
    return show(receiptScreen(visit, voted ? mine : undefined, votePaths.one(network.slug, thing.reference)))
  },
})

function receiptScreen(
  visit: Here,
  mine: { receipt: string; choice: Choice } | undefined,
  back: string,
): Screen {
  const { thing, now } = visit
  const { it } = thing
  const common = { caption: thing.reference, back: { href: back, text: 'Back to the vote' } }
  if (!mine) {
    const gone = it.state === 'closed' && it.terms.isSecret
    return {
      ...common,
      title: 'Your receipt',
      body: gone ? (
        <p>
          The ballots of this secret vote are counted, and nothing leads from a ballot to a person any more.
          So we cannot show your receipt again. If you wrote it down, you find it{' '}
          <a href={back}>in the list of ballots</a>.
        </p>
      ) : (
        <Empty>You have not voted on this, so there is no receipt.</Empty>
      ),
    }
  }
  const open = it.state === 'open' && !isOverTime(it, now)
  return {
    ...common,
    title: 'Your vote is in',
    titleInLegend: true,
    body: (
      <>
        <Panel title="Your vote is in" asHeading>
          Your receipt
          <br />
          <strong className="nhsuk-u-nowrap">{theirs(mine.receipt)}</strong>
        </Panel>
        {it.terms.isSecret ? (
          <p>
            <strong>Write this receipt down now.</strong> When the vote is closed, all ballots are listed
            without names, each with its receipt. So you can see that yours was counted as you gave it. After
            that nobody can tell you your receipt, because nobody knows which is yours. Show it to nobody: it
            would show how you voted.
          </p>
        ) : (
          <p>
            You voted: {shown(it.terms, mine.choice)}. It is shown with your name when the vote is closed.
          </p>
        )}
        {open ? (
          <>
            <p>You can change your vote until the vote is closed. Your receipt stays the same.</p>
            <p>
              <a href={votePaths.ballot(visit.network.slug, thing.reference)}>Change my vote</a>
            </p>
          </>
        ) : (
          <p>The vote is closed.</p>
        )}
        <p>
          <a href={back}>See where the vote is</a>
        </p>
      </>
    ),
  }
}

const ballotFor = form('/:network/motions/:motion/ballot-for', {
  fresh: true,
  who: mayVoteForOthers,
  audit: 'ballot-recorded',
  load: loadFor('motion'),
  guardsVersion: false,
  fields: z.object({ person: pickedId('Choose who told you how they vote'), ...choiceFields }),
  screen: (visit: Here, filled) => {
    const { it, roll } = visit.thing
    const can = roll.filter(each => each.offBecause === null && each.isVotingNow)
    return stepScreen(
      visit,
      filled,
      {
        title: 'Write down a vote',
        button: 'Write it down',
        notNow:
          it.state === 'open' && !isOverTime(it, visit.now)
            ? undefined
            : `Nobody can vote on this now: ${stateWords[it.state].toLowerCase()}`,
      },
      errors => (
        <>
          <p>
            For somebody who cannot vote on a screen. The result says that you wrote it down as they told you.
          </p>
          <Select
            name="person"
            label="Who told you how they vote?"
            empty="Choose a person"
            value={filled.values.person}
            options={can.map(each => ({
              value: String(each.personId),
              text: each.hasVoted ? `${each.name} (has voted)` : each.name,
            }))}
            errors={errors}
          />
          <Choices terms={it.terms} filled={filled} errors={errors} />
        </>
      ),
    )
  },
  async submit(visit: Here, { person, ...given }) {
    const choice = readChoice(visit.thing.it.terms, given as Given)
    const done = await castBallot(visit, visit.thing, person, choice, true)
    const ofChoice =
      !done.accepted && ['no-choice', 'no-such-choice', 'one-only', 'twice'].includes(done.reason)
    const ofPerson = !done.accepted && ['not-on-roll', 'off-roll', 'left'].includes(done.reason)
    return answered(
      visit,
      done,
      ofChoice ? firstField(visit.thing.it.terms) : ofPerson ? 'person' : undefined,
    )
  },
})

export const ballotRoutes = [ballot, receipt, ballotFor]
