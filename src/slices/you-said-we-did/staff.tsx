import { z } from 'zod'
import {
  Form,
  InsetText,
  Radios,
  ReadingHelp,
  SummaryList,
  TextArea,
  TextField,
  WarningCallout,
} from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { choice, optionalText, pickedId, text } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  refused,
  type Screen,
  type Visit,
} from '#platform/http/route.ts'
import { type Actor, isTeam, personRule, type Rule } from '#platform/permission.ts'
import { answerPublication, proposePublication, publishNow, takeDown } from './changes.ts'
import { publicationPaths as to } from './paths.ts'
import { notYetAgreed, type PublicText, publicName } from './publication.ts'
import {
  type LoadedAnswer,
  type LoadedPublishing,
  type LoadedVersion,
  loadPublishing,
  mayPrepare,
  mayRecord,
  mayTakeDown,
  type PublicationContributor,
} from './store.ts'
import { PublicTextParts } from './text.tsx'

const load = (visit: Visit<undefined>, how: { forChange: boolean }) =>
  loadPublishing(visit.tx, visit.params.reference, how)

const lengths = { title: 120, youSaid: 2_000, weDid: 4_000, next: 1_000 }
const theTeamOfIt: Rule<LoadedPublishing> = personRule('the team', isTeam)

/** The network's side: write the text, see who agreed, publish, take it down, write down what was said. */
export const staffRoutes: AnyRoute[] = [
  form('/:network/contributions/:reference/publish', {
    who: mayPrepare,
    audit: 'publication-proposed',
    load,
    fields: z.object({
      title: text('Enter a title', { max: lengths.title, name: 'Title' }),
      you_said: text('Enter what the person said', { max: lengths.youSaid, name: 'What they said' }),
      we_did: text('Enter what was done, or why not', { max: lengths.weDid, name: 'What was done' }),
      next: optionalText({ max: lengths.next, name: 'What happens next' }),
    }),
    screen: (visit, filled) => writeScreen(visit, filled),
    async submit(visit, fields) {
      const step = await proposePublication(visit, visit.thing, {
        title: fields.title,
        youSaid: fields.you_said,
        weDid: fields.we_did,
        next: fields.next,
      })
      return step.accepted ? { to: to.write(visit.network.slug, visit.thing.reference) } : refused(step)
    },
  }),
  form('/:network/contributions/:reference/publish/now', {
    who: theTeamOfIt,
    audit: 'published',
    page: false,
    load,
    fields: z.object({}),
    screen: (visit, filled) => writeScreen(visit, filled),
    async submit(visit) {
      const step = await publishNow(visit, visit.thing)
      return step.accepted ? { to: to.one(visit.network.slug, visit.thing.reference) } : refused(step)
    },
  }),
  form('/:network/contributions/:reference/publish/take-down', {
    who: mayTakeDown,
    audit: 'publication-taken-down',
    load,
    fields: z.object({
      because: text('Enter why it is taken down', { max: 1_000, name: 'The reason' }),
    }),
    screen: (visit, filled) => ({
      title: 'Take it down',
      caption: visit.thing.reference,
      back: backToWriting(visit),
      body: (
        <>
          <p>
            It goes at once from the page, the list, the feeds and every search. You can publish it again
            later.
          </p>
          <Form hidden={visit.hidden} button="Take it down" warning>
            <TextArea
              name="because"
              label="Why is it taken down?"
              hint="This stays in the history. Those who raised it can read it."
              value={filled.values.because}
              errors={filled.errors}
              maxCharacters={1_000}
              rows={3}
            />
          </Form>
        </>
      ),
    }),
    async submit(visit, { because }) {
      const step = await takeDown(visit, visit.thing, because)
      return step.accepted ? { to: to.write(visit.network.slug, visit.thing.reference) } : refused(step)
    },
  }),
  form('/:network/contributions/:reference/publish/as-said', {
    who: mayRecord,
    audit: 'publication-answer-recorded',
    load,
    fields: z.object({
      person: pickedId('Choose who told you'),
      answer: choice('Choose what they said', ['yes', 'different', 'no']),
      how: choice('Choose how they told you', ['phone', 'post', 'in-person']),
      words: optionalText({ max: 1_000, name: 'Their words' }),
      text: z.string().optional(),
    }),
    screen: (visit, filled) => asSaidScreen(visit, filled),
    async submit(visit, fields) {
      if (fields.answer === 'different' && fields.words === '') {
        return errors({ field: 'words', message: 'Enter what should be different' })
      }
      const step = await answerPublication(visit, visit.thing, {
        personId: fields.person,
        answer: fields.answer,
        how: fields.how,
        words: fields.words,
        textHash: fields.text ?? '',
      })
      return step.accepted
        ? { to: to.write(visit.network.slug, visit.thing.reference) }
        : refused(step, step.reason === 'not-theirs' ? 'person' : undefined)
    },
  }),
]

const backToWriting = (visit: Visit<LoadedPublishing>) => ({
  href: to.write(visit.network.slug, visit.thing.reference),
  text: 'Publish what came of it',
})

/** What the form starts from: the text that is asked about, else the one that is out, else the latest feedback. */
function startOf(it: LoadedPublishing): PublicText {
  const written = it.open ?? it.published ?? it.latest
  if (written) return written.text
  return {
    // A title that is only the beginning of the words is none.
    title: it.title.endsWith('…') ? '' : it.title,
    youSaid: it.feedback?.youSaid ?? '',
    weDid: it.feedback?.whatHappened ?? '',
    next: it.feedback?.next ?? '',
  }
}

function writeScreen(visit: Visit<LoadedPublishing>, filled: Filled): Screen {
  const it = visit.thing
  const { slug } = visit.network
  const start = startOf(it)
  const value = (name: string, given: string) => filled.values[name] ?? given
  return {
    title: 'Publish what came of it',
    caption: it.reference,
    back: { href: to.contribution(slug, it.reference), text: it.reference },
    body: (
      <>
        {it.published && (
          <InsetText>
            <p>
              It is published. <a href={to.one(slug, it.reference)}>See it in “You said, we did”</a>.
            </p>
            {isTeam(visit.me) && (
              <p>
                <a href={to.takeDown(slug, it.reference)}>Take it down</a>
              </p>
            )}
          </InsetText>
        )}
        {it.open ? (
          <Asked visit={visit} version={it.open} />
        ) : (
          <p>
            You write what everybody will read. Each person who raised this is asked if they agree to exactly
            these words. Nothing goes out before they all do.
          </p>
        )}
        {!it.open && isTeam(visit.me) && it.published && (
          <p>
            <a href={to.asSaid(slug, it.reference)}>Write down what somebody told you</a>
          </p>
        )}
        <h2>{it.open || it.published ? 'Change the text' : 'Write the text'}</h2>
        {(it.open || it.published) && <p>A changed text is sent to everyone again, and they answer again.</p>}
        <Form
          action={to.write(slug, it.reference)}
          hidden={visit.hidden}
          button={it.open || it.published ? 'Ask again with this text' : 'Ask if they agree'}
        >
          <TextField
            name="title"
            label="Title"
            hint="Short and plain. Do not give details that identify a patient."
            value={value('title', start.title)}
            errors={filled.errors}
          />
          <TextArea
            name="you_said"
            label="You said"
            value={value('you_said', start.youSaid)}
            errors={filled.errors}
            maxCharacters={lengths.youSaid}
          />
          <TextArea
            name="we_did"
            label="We did, or did not because"
            value={value('we_did', start.weDid)}
            errors={filled.errors}
            maxCharacters={lengths.weDid}
          />
          <TextArea
            name="next"
            label="What happens next"
            optional
            value={value('next', start.next)}
            errors={filled.errors}
            maxCharacters={lengths.next}
            rows={3}
          />
        </Form>
        <ReadingHelp text={value('we_did', start.weDid)} what="“We did”" headingLevel={2} />
      </>
    ),
  }
}

/** How they wanted to be named: only the team knows more. */
const nameFor = (reader: Actor, person: PublicationContributor): string =>
  isTeam(reader)
    ? person.name
    : (publicName({ ...person, agreed: person.naming, wanted: person.naming }) ??
      'A volunteer who is not named')

function Asked({ visit, version }: { visit: Visit<LoadedPublishing>; version: LoadedVersion }) {
  const it = visit.thing
  const { slug } = visit.network
  const missing = notYetAgreed(version, it.publishing.contributorIds)
  const all = missing.length === 0 && it.contributors.length > 0
  return (
    <>
      <h2>This text is being asked about</h2>
      <PublicTextParts text={version.text} titleLevel={3} />
      <h2>Who agreed</h2>
      <SummaryList
        rows={it.contributors.map(person => ({
          key: nameFor(visit.me, person),
          value: <Said answer={version.answers.find(each => each.personId === person.personId)} />,
        }))}
      />
      {isTeam(visit.me) && (
        <p>
          <a href={to.asSaid(slug, it.reference)}>Write down what somebody told you</a>
        </p>
      )}
      {all && isTeam(visit.me) && (
        <Form action={to.publish(slug, it.reference)} hidden={visit.hidden} button="Publish it now" />
      )}
      {all && !isTeam(visit.me) && <p>Everyone agreed. The involvement team publishes it.</p>}
      {!all && (
        <p>
          {missing.length === 1
            ? 'It can go out when one more person agrees.'
            : `It can go out when ${missing.length} more people agree.`}
        </p>
      )}
    </>
  )
}

export const answerWords = {
  yes: 'Agreed to exactly this text',
  different: 'Wants it to be different',
  no: 'Does not want it published',
} as const
const howWords = { page: '', phone: ', on the phone', post: ', by post', 'in-person': ', in person' } as const

function Said({ answer }: { answer: LoadedAnswer | undefined }) {
  if (!answer) return <>Has not answered yet</>
  return (
    <>
      {answerWords[answer.answer]}, {dateInWords(dayOf(answer.at))}
      {howWords[answer.how]}
      {answer.words && (
        <p className="loop-words" dir="auto">
          “{answer.words}”
        </p>
      )}
    </>
  )
}

function asSaidScreen(visit: Visit<LoadedPublishing>, filled: Filled): Screen {
  const it = visit.thing
  const version = it.open ?? it.published
  if (!version) {
    return {
      title: 'Nothing is asked about',
      caption: it.reference,
      back: backToWriting(visit),
      body: <p>There is no text now that somebody could agree to.</p>,
    }
  }
  return {
    title: 'Write down what somebody told you',
    caption: it.reference,
    back: backToWriting(visit),
    body: (
      <>
        <WarningCallout>Read these words to the person first, exactly as they are.</WarningCallout>
        <PublicTextParts text={version.text} titleLevel={2} />
        <Form hidden={{ ...visit.hidden, text: version.textHash }} button="Write it down">
          <Radios
            name="person"
            label="Who told you?"
            value={filled.values.person}
            errors={filled.errors}
            options={it.contributors.map(each => ({ value: String(each.personId), label: each.name }))}
          />
          <Radios
            name="answer"
            label="What did they say?"
            value={filled.values.answer}
            errors={filled.errors}
            options={[
              ...(it.open ? [{ value: 'yes', label: 'Yes, publish exactly this' }] : []),
              ...(it.open ? [{ value: 'different', label: 'They want it to be different' }] : []),
              { value: 'no', label: it.open ? 'No, do not publish it' : 'They take their agreement back' },
            ]}
          />
          <Radios
            name="how"
            label="How did they tell you?"
            value={filled.values.how}
            errors={filled.errors}
            options={[
              { value: 'phone', label: 'On the phone' },
              { value: 'post', label: 'By post' },
              { value: 'in-person', label: 'In person' },
            ]}
          />
          <TextArea
            name="words"
            label="Their own words"
            hint="What should be different, or why, if they said so."
            optional
            value={filled.values.words}
            errors={filled.errors}
            maxCharacters={1_000}
            rows={3}
          />
        </Form>
      </>
    ),
  }
}
