import { z } from 'zod'
import { Form, InsetText, Quote, Radios, TextArea, WarningCallout } from '#design/index.ts'
import { choice, optionalId, text } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  page,
  refused,
  type Submitted,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { anyOf, personRule, type Rule, theTeam } from '#platform/permission.ts'
import { isContributor, raisedIt } from '../access.ts'
import { mayCorrect, withdraw } from '../contribution.ts'
import { contributionPaths } from '../paths.ts'
import { type LoadedThread, loadThread } from '../store.ts'
import { namings } from '../writing/choices.ts'
import { Signpost } from '../writing/signpost.tsx'
import { mostCharacters, NamingRadios } from '../writing/steps.tsx'
import { changeNaming, correct, withdrawFrom } from './changes.ts'
import { latestOf, type OwnText, textsOf } from './words.ts'

const path = (step: string) => `/:network/contributions/:reference/${step}`
/** The person themselves; or the team, who write down what the person said (LOOP-5). */
const theirs: Rule<LoadedThread> = anyOf<LoadedThread>(raisedIt, theTeam as Rule<LoadedThread>)

const load = ({ tx, params }: Visit<undefined>, how: { forChange: boolean }) =>
  loadThread(tx, params.reference, how)

interface WithTexts extends LoadedThread {
  readonly texts: readonly OwnText[]
}
const loadWithTexts = async (
  { tx, params }: Visit<undefined>,
  how: { forChange: boolean },
): Promise<WithTexts | undefined> => {
  const loaded = await loadThread(tx, params.reference, how)
  return loaded && { ...loaded, texts: await textsOf(tx, loaded.id) }
}

const person = optionalId()

/** Whose part it is: one's own, or whom the team names. */
function whose(visit: Visit<LoadedThread>, picked: number | undefined): number | undefined {
  if (isContributor(visit.me, visit.thing)) return visit.me.personId
  const [only, ...more] = visit.thing.contributors
  if (only && more.length === 0) return only.personId
  return visit.thing.contributorIds.find(each => each === picked)
}

function WhoSaidSo({ visit, filled }: { visit: Visit<LoadedThread>; filled: Filled }) {
  if (isContributor(visit.me, visit.thing)) return null
  if (visit.thing.contributors.length < 2) {
    return <p>Write it down only if {visit.thing.contributors[0]?.name ?? 'the person'} asked for it.</p>
  }
  return (
    <Radios
      name="person"
      label="Who asked for it?"
      errors={filled.errors}
      value={filled.values.person}
      options={visit.thing.contributors.map(each => ({ value: String(each.personId), label: each.name }))}
    />
  )
}

const whoFirst = (visit: Visit<LoadedThread>): Submitted =>
  visit.thing.contributors.length > 1
    ? errors({ field: 'person', message: 'Choose who asked for it' })
    : errors({ message: 'Nobody is in this any more, so there is nothing to change' })
const backTo = (visit: Visit<LoadedThread>) => ({
  href: contributionPaths.one(visit.network.slug, visit.thing.reference),
  text: visit.thing.reference,
})

/** Those who took their part out; to everybody else there is no such page. */
const withdrewIt: Rule<WithTexts> = personRule(
  'those who withdrew their words',
  (actor, { texts, contributorIds }) =>
    !contributorIds.includes(actor.personId) &&
    texts.some(each => each.withdrawn && each.personId === actor.personId),
)

export const ownWordsRoutes: readonly AnyRoute[] = [
  form(path('correct'), {
    who: theirs,
    audit: 'contribution-corrected',
    load: loadWithTexts,
    fields: z.object({
      words: text('Enter the words as they should be', { max: mostCharacters, name: 'The words' }),
      person,
    }),
    screen: (visit: Visit<WithTexts>, filled) => {
      const mine = isContributor(visit.me, visit.thing)
      const single = visit.thing.contributors.length === 1 ? visit.thing.contributors[0]?.personId : undefined
      const of = mine ? visit.me.personId : single
      const latest = of === undefined ? undefined : latestOf(visit.thing.texts, of)
      const before = latest && (mine || latest.hidden.length === 0) ? latest.words : ''
      return {
        title: mine ? 'Correct your words' : 'Correct the words, as they said',
        caption: visit.thing.reference,
        back: backTo(visit),
        body: mayCorrect(visit.thing.thread) ? (
          <>
            <p>
              The first words are kept. Everybody who may read them sees both, and which are the later ones.
            </p>
            <Signpost phone={visit.network.phone} />
            <Form hidden={visit.hidden} button="Keep this wording">
              <WhoSaidSo visit={visit} filled={filled} />
              <TextArea
                name="words"
                label="The words as they should be"
                rows={10}
                maxCharacters={mostCharacters}
                errors={filled.errors}
                value={filled.values.words ?? before}
              />
            </Form>
          </>
        ) : (
          <p>These words cannot be corrected now: it is closed or published.</p>
        ),
      }
    },
    submit: async (visit, fields) => {
      const personId = whose(visit, fields.person)
      if (personId === undefined) return whoFirst(visit)
      const answer = await correct(visit, visit.thing, { personId, words: fields.words })
      return answer.accepted ? { to: backTo(visit).href } : refused(answer, 'words')
    },
  }),
  form(path('naming'), {
    who: theirs,
    audit: 'naming-changed',
    load,
    fields: z.object({ naming: choice('Choose how the name is shown', namings), person }),
    screen: (visit: Visit<LoadedThread>, filled) => ({
      title: 'How do you want to be named?',
      caption: visit.thing.reference,
      back: backTo(visit),
      body: (
        <>
          <p>This changes how the name is shown from now on, also beside what was said before.</p>
          <Form hidden={visit.hidden} button="Change it">
            <WhoSaidSo visit={visit} filled={filled} />
            <NamingRadios
              label="How the name is shown"
              filled={filled}
              value={visit.thing.contributors.find(each => each.personId === visit.me.personId)?.naming}
            />
          </Form>
        </>
      ),
    }),
    submit: async (visit, fields) => {
      const personId = whose(visit, fields.person)
      if (personId === undefined) return whoFirst(visit)
      const answer = await changeNaming(visit, visit.thing, { personId, naming: fields.naming })
      return answer.accepted ? { to: backTo(visit).href } : refused(answer)
    },
  }),
  form(path('withdraw'), {
    who: theirs,
    audit: 'contribution-withdrawn',
    load,
    fields: z.object({ sure: choice('Choose yes if you want to withdraw it', ['yes']), person }),
    screen: withdrawScreen,
    submit: async (visit, fields) => {
      const personId = whose(visit, fields.person)
      if (personId === undefined) return whoFirst(visit)
      const answer = await withdrawFrom(visit, visit.thing, personId)
      if (!answer.accepted) return refused(answer)
      const mine = personId === visit.me.personId
      return {
        to: mine
          ? contributionPaths.do(visit.network.slug, visit.thing.reference, 'withdrawn')
          : backTo(visit).href,
      }
    },
  }),
  page<WithTexts>(path('withdrawn'), {
    who: withdrewIt,
    audit: 'nothing',
    load: loadWithTexts,
    handler: visit => {
      const { texts, reference } = visit.thing
      const mine = texts.filter(each => each.withdrawn && each.personId === visit.me.personId)
      return show({
        title: `You withdrew ${reference}`,
        back: { href: contributionPaths.list(visit.network.slug), text: 'Contributions' },
        body: (
          <>
            <p>Nobody else can read your words any more. Only you see them here.</p>
            {mine.map(each => (
              <Quote words={each.words} key={`${each.kind}-${each.id}`} />
            ))}
            <p>
              You can <a href={contributionPaths.new(visit.network.slug)}>tell us something new</a> at any
              time.
            </p>
          </>
        ),
      })
    },
  }),
]

function withdrawScreen(visit: Visit<LoadedThread>, filled: Filled) {
  const { thread, contributors } = visit.thing
  const personId = isContributor(visit.me, visit.thing) ? visit.me.personId : contributors[0]?.personId
  const step = withdraw(thread, personId ?? 0)
  const others = contributors.length - 1
  const mine = isContributor(visit.me, visit.thing)
  return {
    title: mine ? 'Withdraw what you said' : 'Withdraw it, as they asked',
    caption: visit.thing.reference,
    back: backTo(visit),
    body: step.accepted ? (
      <>
        <WarningCallout title="What happens when you withdraw it">
          <ul className="nhsuk-list nhsuk-list--bullet">
            <li>Nobody can read the words any more, only the person who said them.</li>
            <li>The group sees that it was withdrawn, and not why.</li>
            <li>
              {others > 0
                ? `It goes on without these words, because ${others === 1 ? 'one other person' : `${others} other people`} raised it too.`
                : 'Nobody works on it any more.'}
            </li>
            <li>It cannot be brought back. You can always say it again as something new.</li>
          </ul>
        </WarningCallout>
        <Form
          hidden={visit.hidden}
          button="Withdraw it"
          warning
          secondary={{ text: 'Keep it', href: backTo(visit).href }}
        >
          <WhoSaidSo visit={visit} filled={filled} />
          <Radios
            name="sure"
            label="Do you want to withdraw it?"
            errors={filled.errors}
            options={[{ value: 'yes', label: 'Yes, withdraw it' }]}
          />
        </Form>
      </>
    ) : (
      <InsetText>{step.sentence}.</InsetText>
    ),
  }
}
