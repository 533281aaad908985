import { z } from 'zod'
import { type FieldError, Form, InsetText, Quote, Radios, TextArea } from '#design/index.ts'
import { choice, optionalText, pickedId, several, text, uploads } from '#platform/form/fields.ts'
import { type Filled, form, type Load, refused, type Screen, type Submitted } from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { translationsOf } from '#slices/translations/index.ts'
import { leadsTheSig, mayAnswer, mayConsent, whoAsked, whoAskedOrTheTeam } from './access.ts'
import {
  acknowledgeRequest,
  answerRequest,
  askAskerBack,
  consentToLibrary,
  judgeAnswer,
  replyToSig,
  type Taken,
  withdrawRequest,
} from './changes.ts'
import { type Here, requestScreen } from './one.tsx'
import { noPatients, ReplyField, Signpost, VerdictFields } from './parts.tsx'
import { requestPaths } from './paths.ts'
import { Question } from './said.tsx'
import { type LoadedRequest, loadRequest } from './store.ts'

const load: Load<LoadedRequest> = (visit, how) => loadRequest(visit, visit.params.reference, how)

const pathOf = (visit: Here) => requestPaths.one(visit.network.slug, visit.thing.reference)

function taken(visit: Here, done: Taken, fields: Readonly<Record<string, string>> = {}): Submitted {
  return done.accepted ? { to: pathOf(visit) } : refused(done, fields[done.reason])
}

/** Forms that stand on the request's own page: with mistakes they come back there. */
const onThePage = { load, screen: (visit: Here, filled: Filled) => requestScreen(visit, filled) } as const

const acknowledge = form('/:network/requests/:reference/acknowledge', {
  ...onThePage,
  who: leadsTheSig,
  audit: 'request-acknowledged',
  fields: z.object({}),
  submit: async (visit: Here) => taken(visit, await acknowledgeRequest(visit, visit.thing)),
})

const answer = form('/:network/requests/:reference/answer', {
  ...onThePage,
  who: mayAnswer,
  audit: 'request-answered',
  uploads: true,
  fields: z.object({
    answer: text('Write your answer', { max: 5000, name: 'Your answer' }),
    files: uploads(5),
    library: several(),
  }),
  submit: async (visit: Here, { answer: words, files, library }) =>
    taken(
      visit,
      await answerRequest(visit, visit.thing, { words, files, forLibrary: library.includes('yes') }),
    ),
})

const verdictFields = {
  verdict: choice('Say whether this answers it', ['yes', 'partly', 'no']),
  words: optionalText({ max: 2000, name: 'Your words' }),
  consent: several(),
}

const verdict = form('/:network/requests/:reference/verdict', {
  ...onThePage,
  who: whoAsked,
  audit: 'request-judged',
  fields: z.object(verdictFields),
  submit: async (visit: Here, { verdict: given, words, consent }) =>
    taken(
      visit,
      await judgeAnswer(visit, visit.thing, {
        verdict: given,
        words,
        how: 'web',
        forLibrary: consent.includes('yes'),
      }),
      { 'no-reason': 'words' },
    ),
})

const library = form('/:network/requests/:reference/library', {
  ...onThePage,
  who: mayConsent,
  audit: 'request-library',
  page: false,
  fields: z.object({
    answerId: pickedId('Choose an answer'),
    side: choice('Choose a side', ['asker', 'sig']),
    consents: choice('Choose yes or no', ['yes', 'no']),
  }),
  submit: async (visit: Here, { answerId, side, consents }) =>
    taken(
      visit,
      await consentToLibrary(visit, visit.thing, { answerId, side, consents: consents === 'yes' }),
    ),
})

/** Steps with a page of their own: what they are about stands above the question. */
async function ownScreen(
  visit: Here,
  filled: Filled,
  words: { title: string; button: string; warning?: boolean },
  body: (errors: readonly FieldError[]) => React.ReactNode,
): Promise<Screen> {
  const back = pathOf(visit)
  const translations = await translationsOf(visit.tx, { kind: 'chair-request', id: visit.thing.id })
  return {
    title: words.title,
    caption: visit.thing.reference,
    back: { href: back, text: 'Back to the request' },
    body: (
      <>
        <Question visit={visit} translations={translations} />
        <Form
          hidden={visit.hidden}
          button={words.button}
          warning={words.warning ?? false}
          secondary={{ text: 'Do not change anything', href: back }}
        >
          {body(filled.errors)}
        </Form>
      </>
    ),
  }
}

const ask = form('/:network/requests/:reference/ask', {
  load,
  who: mayAnswer,
  audit: 'request-asked-back',
  fields: z.object({ question: text('Write what you need to know', { max: 2000, name: 'Your question' }) }),
  screen: (visit: Here, filled) =>
    ownScreen(visit, filled, { title: 'Ask them something first', button: 'Send the question' }, errors => (
      <TextArea
        name="question"
        label={`What do you need to know from ${visit.thing.askerName}?`}
        hint={`Your clock stands still until they reply. ${noPatients}`}
        value={filled.values.question}
        maxCharacters={2000}
        rows={4}
        errors={errors}
      />
    )),
  submit: async (visit: Here, { question }) => taken(visit, await askAskerBack(visit, visit.thing, question)),
})

const reply = form('/:network/requests/:reference/reply', {
  load,
  who: whoAskedOrTheTeam,
  audit: 'request-replied',
  fields: z.object({ reply: text('Write the reply', { max: 2000, name: 'The reply' }) }),
  screen: (visit: Here, filled) => {
    const { it, askerId, askerName, groupName } = visit.thing
    const own = visit.me.personId === askerId
    return ownScreen(
      visit,
      filled,
      { title: own ? 'Your reply' : `What ${askerName} replied`, button: 'Send the reply' },
      () => (
        <>
          {it.state === 'needs-asker' ? (
            <Quote words={it.question} by={`${groupName} asks`} />
          ) : (
            <InsetText>Nothing is being asked now.</InsetText>
          )}
          <ReplyField filled={filled} label={own ? 'Your reply' : 'In their own words'} />
          <Signpost />
        </>
      ),
    )
  },
  submit: async (visit: Here, { reply: words }) => taken(visit, await replyToSig(visit, visit.thing, words)),
})

const verdictAsSaid = form('/:network/requests/:reference/verdict-as-said', {
  load,
  who: theTeam,
  audit: 'request-judged-as-said',
  fields: z.object({
    ...verdictFields,
    how: choice('Choose how they told you', ['phone', 'post', 'in-person']),
  }),
  screen: (visit: Here, filled) =>
    ownScreen(
      visit,
      filled,
      { title: `What ${visit.thing.askerName} said`, button: 'Write it down as said' },
      errors => (
        <>
          {visit.thing.answers.slice(-1).map(each => (
            <Quote words={each.words} by="The answer" key={each.id} />
          ))}
          <p>
            Only they can say whether it answers what they asked. Write down what they said, and they hear it
            back.
          </p>
          <Radios
            name="how"
            label="How did they tell you?"
            value={filled.values.how}
            errors={errors}
            options={[
              { value: 'phone', label: 'On the phone' },
              { value: 'post', label: 'By post' },
              { value: 'in-person', label: 'In the room' },
            ]}
          />
          <VerdictFields filled={filled} asSaid />
        </>
      ),
    ),
  submit: async (visit: Here, { verdict: given, words, consent, how }) =>
    taken(
      visit,
      await judgeAnswer(visit, visit.thing, {
        verdict: given,
        words,
        how,
        forLibrary: consent.includes('yes'),
      }),
      { 'no-reason': 'words' },
    ),
})

const withdraw = form('/:network/requests/:reference/withdraw', {
  load,
  who: whoAskedOrTheTeam,
  audit: 'request-withdrawn',
  fields: z.object({}),
  screen: (visit: Here, filled) =>
    ownScreen(
      visit,
      filled,
      {
        title: 'Is an answer not needed any more?',
        button: 'It is not needed any more',
        warning: true,
      },
      () => <p>{visit.thing.groupName} is told that it need not answer. What was said so far stays.</p>,
    ),
  submit: async (visit: Here) => taken(visit, await withdrawRequest(visit, visit.thing)),
})

export const stepRoutes = [acknowledge, answer, verdict, library, ask, reply, verdictAsSaid, withdraw]
