import { Temporal } from 'temporal-polyfill'
import { DateField, Details, Form, Quote, Radios, SummaryList, TextArea } from '#design/index.ts'
import { choice, optionalText, pickedId, text } from '#platform/form/fields.ts'
import { type AnyRoute, errors as noMistakes } from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { shape } from '#platform/shaping.ts'
import { originalLang, TranslationsBeside, translationsOf } from '#slices/translations/index.ts'
import { isContributor, mayGiveTheAnswer, mayRead } from '../access.ts'
import { type GivenFeedback, giveFeedback, giveVerdict } from '../changes/answering.ts'
import { mayGiveFeedback } from '../contribution.ts'
import { messageTexts } from '../message-texts.ts'
import { originalOfAnswer, originalsOf } from '../own-words/originals.ts'
import { textsOf } from '../own-words/words.ts'
import { contributionPaths } from '../paths.ts'
import { ShortSignpost } from '../writing/signpost.tsx'
import { Readable } from './considering.tsx'
import {
  dateTyped,
  readingFields,
  type StepVisit,
  stepForm,
  stepScreen,
  type Typed,
  threadPath,
} from './step.tsx'

const part = 2000

const feedbackFields = readingFields(reader => {
  const read = (name: string, sentence: string, words: string) =>
    reader.read(name, text(sentence, { max: part, name: words })) ?? ''
  return {
    youSaid: read('you-said', 'Enter what they said', 'You said'),
    weHeard: read('we-heard', 'Enter what you heard', 'We heard'),
    whatHappened: read('what-happened', 'Enter what was done, or why not', 'What we did, or why not'),
    next: read('next', 'Enter what happens next', 'What happens next'),
    reviewed: reader.typed.reviewed === 'yes',
    change: reader.typed.change === 'yes',
    typed: reader.typed,
  }
})

export const notAnsweredYet = 'You can say whether this closes it once you have had the answer'
export const onlyTheContributor = 'Only the person who raised this can close it'
export const answers = ['yes', 'no'] as const

/** Yes; or no, because. The reason is asked for with "no" alone. */
export const readVerdict = (reader: Parameters<Parameters<typeof readingFields>[0]>[0]) => {
  const answer = reader.read('answer', choice('Choose yes or no', answers)) ?? 'no'
  const words = reader.read('words', optionalText({ max: part, name: 'What you write' })) ?? ''
  if (reader.typed.answer === 'no' && words === '') {
    reader.wrong('words', 'Say what is still open, so that we can look at it again')
  }
  return { answer, words }
}

export const answeringRoutes: readonly AnyRoute[] = [
  stepForm('feedback', {
    who: mayGiveTheAnswer,
    audit: 'feedback-given',
    title: 'Give the answer',
    button: 'See how it will look',
    fields: feedbackFields,
    notNow: ({ thing }) => {
      const { it } = thing.thread
      if (mayGiveFeedback(it)) return undefined
      if (it.state === 'agreed' || it.state === 'partly-agreed') {
        return 'Feedback is given when every action is done or dropped'
      }
      return it.state === 'passed-on'
        ? 'Write down first what they said'
        : 'There is nothing to feed back now'
    },
    body: async (visit, { values, errors }) => (
      <>
        <p>Write as you would say it to them. Your name stands under it.</p>
        <p>In their own words:</p>
        {await wordsToAnswer(visit)}
        {(
          [
            ['you-said', 'You said', 'What they told us, in short.'],
            ['we-heard', 'We heard', 'What we understood from it.'],
            ['what-happened', 'What we did, or why not', 'We did this, or we did not, because.'],
            ['next', 'What happens next', 'Also when nothing more happens.'],
          ] as const
        ).map(([name, label, hint]) => (
          <TextArea
            name={name}
            label={label}
            hint={hint}
            rows={4}
            maxCharacters={part}
            errors={errors}
            value={values[name]}
            key={name}
          />
        ))}
      </>
    ),
    submit: async (visit, given) => {
      if (given.change) return noMistakes()
      if (!given.reviewed) return { screen: feedbackPreview(visit, given.typed, given) }
      return await giveFeedback(visit, visit.thing, given)
    },
  }),

  stepForm('verdict', {
    // Whoever may read it may ask: the step itself refuses everybody but those who raised it (LOOP-12).
    who: mayRead,
    audit: 'verdict-given',
    title: 'Does this close the loop for you?',
    button: 'Send my answer',
    fields: readingFields(readVerdict),
    notNow: visit => {
      if (!isContributor(visit.me, visit.thing)) return onlyTheContributor
      const { it, contributors } = visit.thing.thread
      if (it.state !== 'fed-back' && it.state !== 'ended-unanswered') return notAnsweredYet
      return contributors.find(each => each.personId === visit.me.personId)?.verdict === 'yes'
        ? 'You said yes. Thank you'
        : undefined
    },
    body: async (visit, filled) => (
      <>
        {await latestAnswer(visit)}
        <ShortSignpost phone={visit.network.phone} />
        <VerdictFields filled={filled} />
      </>
    ),
    submit: (visit, given) =>
      giveVerdict(visit, visit.thing, { ...given, personId: visit.me.personId, how: 'page' }),
  }),

  stepForm('verdict-by-phone', {
    who: theTeam,
    audit: 'verdict-recorded',
    title: 'What did they say about the answer?',
    button: 'Save what they said',
    fields: readingFields(reader => {
      const on = reader.readDate('said', 'Enter the date on which they said it')
      return {
        personId: reader.read('person', pickedId('Choose who said it')) ?? 0,
        how:
          reader.read('how', choice('Choose how they told you', ['phone', 'post', 'in-person'])) ?? 'phone',
        on: on ?? Temporal.PlainDate.from('2000-01-01'),
        ...readVerdict(reader),
      }
    }),
    notNow: ({ thing }) =>
      thing.thread.it.state === 'fed-back' || thing.thread.it.state === 'ended-unanswered'
        ? undefined
        : 'They can say whether this closes it once they have had the answer',
    body: async (visit, filled) => {
      const still = visit.thing.contributors.filter(each => each.verdict !== 'yes')
      return (
        <>
          <p>
            Only the person who raised it can close it. Write down what they told you, in their own words.
            They get a message that says what you wrote.
          </p>
          {await latestAnswer(visit)}
          <Radios
            name="person"
            label="Who said it?"
            errors={filled.errors}
            value={filled.values.person ?? (still.length === 1 ? String(still[0]!.personId) : undefined)}
            options={still.map(each => ({ value: String(each.personId), label: each.name }))}
          />
          <Radios
            name="how"
            label="How did they tell you?"
            errors={filled.errors}
            value={filled.values.how}
            options={[
              { value: 'phone', label: 'By phone' },
              { value: 'post', label: 'By post' },
              { value: 'in-person', label: 'In person' },
            ]}
          />
          <DateField
            name="said"
            label="When did they say it?"
            errors={filled.errors}
            value={dateTyped(filled.values, 'said')}
          />
          <VerdictFields filled={filled} asSaid />
        </>
      )
    },
    fieldOf: { 'only-the-contributor-closes': 'person', 'in-the-future': 'said' },
    submit: async (visit, { on, ...given }) => {
      if (Temporal.PlainDate.compare(on, visit.today) > 0) {
        return {
          accepted: false,
          reason: 'in-the-future',
          sentence: 'The date they said it must be today or earlier',
        }
      }
      return await giveVerdict(visit, visit.thing, {
        ...given,
        recordedBy: { personId: visit.me.personId, name: visit.me.name, saidOn: on },
      })
    },
  }),
]

/** What the question is about: somebody may come straight from a message, or have it read to them. */
async function latestAnswer(visit: StepVisit) {
  const given = await visit.tx
    .selectFrom('feedback')
    .select(['id', 'you_said as youSaid', 'we_heard as weHeard', 'what_happened as whatHappened', 'next'])
    .where('contribution_id', '=', visit.thing.id)
    .orderBy('id', 'desc')
    .executeTakeFirst()
  if (!given) return undefined
  const translations = await translationsOf(visit.tx, { kind: 'contribution', id: visit.thing.id })
  const row = (key: string, words: string) => ({
    key,
    value: (
      <span className="loop-words" dir="auto">
        {words}
      </span>
    ),
  })
  return (
    <>
      <SummaryList
        rows={[
          row('You said', given.youSaid),
          row('We heard', given.weHeard),
          row('What we did, or why not', given.whatHappened),
          row('What happens next', given.next),
        ]}
      />
      <TranslationsBeside
        original={originalOfAnswer(given)}
        translations={translations}
        at={threadPath(visit)}
        mayChange={false}
      />
    </>
  )
}

/** What they said, and what a translator made of it, for whoever answers. */
async function wordsToAnswer(visit: StepVisit) {
  const translations = await translationsOf(visit.tx, { kind: 'contribution', id: visit.thing.id })
  const words = visit.thing.row.shown_words
  const texts = await textsOf(visit.tx, visit.thing.id)
  const original = originalsOf(visit.thing, texts).find(each => each.words === words)
  return (
    <>
      <Quote words={words} lang={originalLang(original ?? { part: '', words }, translations)} />
      <TranslationsBeside
        original={original}
        translations={translations}
        at={threadPath(visit)}
        mayChange={false}
      />
    </>
  )
}

export function VerdictFields({
  filled,
  asSaid = false,
}: {
  filled: { values: Typed; errors: readonly { field?: string; message: string }[] }
  asSaid?: boolean
}) {
  return (
    <>
      <Radios
        name="answer"
        label={asSaid ? 'Does it close the loop for them?' : 'Does our answer close the loop for you?'}
        errors={filled.errors}
        value={filled.values.answer}
        options={[
          { value: 'yes', label: 'Yes, this closes it' },
          { value: 'no', label: 'No, it is not closed', hint: 'We look at it again.' },
        ]}
      />
      <TextArea
        name="words"
        label={asSaid ? 'Their own words' : 'What would you like to say?'}
        hint={asSaid ? 'Needed with no: what is still open.' : 'If no, tell us what is still open.'}
        rows={4}
        maxCharacters={part}
        errors={filled.errors}
        value={filled.values.words}
      />
    </>
  )
}

const channels = {
  email: 'E-mail',
  text: 'Text message',
  phone: 'What is said on the phone',
  post: 'Letter',
} as const

/** As it will look in each channel, before it is sent (LOOP-11). */
function feedbackPreview(visit: StepVisit, typed: Typed, given: GivenFeedback) {
  const telling = messageTexts['fed-back'](visit.thing.reference, { ...given, by: visit.me.name })
  const person = { name: '(their name)', known_as: '(their name)', large_print: false }
  const link = {
    path: contributionPaths.verdictLink(visit.network.slug, '…'),
    words: telling.link,
    open: true,
  } as const
  const people = visit.thing.contributors.length
  return stepScreen(
    visit,
    'How the answer will look',
    <>
      <p>
        {people === 1
          ? 'It goes to the person who raised it, in the way they like to hear.'
          : `It goes to all ${people} people who raised it, to each in the way they like to hear.`}
      </p>
      <Readable text={given.whatHappened} />
      {(Object.keys(channels) as (keyof typeof channels)[]).map(channel => (
        <Details summary={channels[channel]} open={channel === 'email'} key={channel}>
          <p className="loop-words" dir="auto">
            {shape(
              channel,
              person,
              { ...telling, link },
              { publicUrl: visit.publicUrl, network: visit.network },
            )}
          </p>
        </Details>
      ))}
      <Form
        hidden={{ ...visit.hidden, ...typed, reviewed: 'yes' }}
        button="Send the answer"
        secondary={{ text: 'Change it', name: 'change', value: 'yes' }}
      />
    </>,
  )
}
