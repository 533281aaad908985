import { z } from 'zod'
import { type FieldError, Form, InsetText, Quote, Radios, Select, TextArea } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { choice, optionalId, optionalText, text } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  type Filled,
  form,
  type Load,
  page,
  refused,
  type Screen,
  type Submitted,
  type Visit,
} from '#platform/http/route.ts'
import { personRule, type Rule } from '#platform/permission.ts'
import { isAhead, laterMeetings, mayChair, mayReadPaper, meetingPaths } from '#slices/meetings/index.ts'
import { isLayMember, mayAnswerQuestions, mayAskAbout } from './access.ts'
import {
  answerQuestion,
  answerWish,
  askForHelp,
  askQuestion,
  type LoadedQuestion,
  type LoadedWish,
  takeQuestionBack,
  wishToPutOff,
} from './asking-changes.ts'
import { answerDue } from './question.ts'
import { type LoadedPaper, loadPaper } from './store.ts'
import type { Block } from './text.ts'

type Here = Visit<LoadedPaper>

const load: Load<LoadedPaper> = (visit, how) =>
  loadPaper(visit, { meeting: visit.params.meeting, paper: visit.params.paper }, how)

const paperPath = (visit: Here, anchor = '') =>
  meetingPaths.paper(visit.network.slug, visit.thing.meeting.reference, visit.thing.reference) + anchor

const noPatients = 'Do not write anything that shows who a patient is.'

/** The page of one step of a paper. */
function stepScreen(
  visit: Here,
  filled: Filled,
  words: { title: string; button: string; open?: boolean; otherwise?: string; warning?: boolean },
  body: (errors: readonly FieldError[]) => React.ReactNode,
): Screen {
  const { thing, hidden } = visit
  const back = paperPath(visit)
  return {
    title: words.title,
    caption: `${thing.reference}, ${theirs(shorten(thing.row.title, 100))}`,
    back: { href: back, text: 'Back to the paper' },
    body:
      words.open !== false || filled.errors.length > 0 ? (
        <Form
          hidden={hidden}
          button={words.button}
          warning={words.warning ?? false}
          secondary={{ text: 'Do not change anything', href: back }}
        >
          {body(filled.errors)}
        </Form>
      ) : (
        <p>{words.otherwise ?? 'This is over.'}</p>
      ),
  }
}

/** The words of one part, so that nobody has to copy them. */
async function passageOf(visit: Here): Promise<string> {
  const at = visit.query.get('part')
  const version = visit.thing.current
  if (!version || !/^\d{1,5}$/.test(at ?? '')) return ''
  const row = await visit.tx
    .selectFrom('paper_version')
    .select('text')
    .where('id', '=', version.id)
    .executeTakeFirst()
  const block = ((row?.text ?? []) as Block[])[Number(at)]
  return block && 'text' in block ? block.text : ''
}

const ask = form('/:network/meetings/:meeting/papers/:paper/ask', {
  who: mayAskAbout,
  audit: 'paper-question-asked',
  guardsVersion: false,
  load,
  fields: z.object({
    passage: optionalText({ max: 1000, name: 'The words from the paper' }),
    words: text('Write your question', { max: 1000, name: 'Your question' }),
  }),
  async screen(visit: Here, filled: Filled) {
    const { thing, today, network } = visit
    const { dueOn, forMeeting } = answerDue(thing.meeting.it.startsAt, today, network.clocks)
    const passage = filled.values.passage ?? (await passageOf(visit))
    return stepScreen(
      visit,
      filled,
      {
        title: 'Ask a question',
        button: 'Ask this question',
        open: isAhead(thing.meeting.it),
        otherwise: 'The meeting is over. Ask the author or the involvement team.',
      },
      errors => (
        <>
          <InsetText>
            {forMeeting
              ? 'The time for questions is over, so that the author had time to answer. Ask all the same: your question goes to the meeting, and is taken first.'
              : `${theirs(thing.authorName)} answers by ${dateInWords(dueOn)}. Everybody who may read the paper sees your question, your name and the answer.`}
          </InsetText>
          <TextArea
            name="words"
            label="Your question"
            hint={`There are no silly questions: others may wonder too. ${noPatients}`}
            value={filled.values.words}
            maxCharacters={1000}
            rows={4}
            errors={errors}
          />
          <TextArea
            name="passage"
            label="Words from the paper that it is about"
            optional
            hint="Copy them from the paper, or leave this empty when it is about all of it."
            value={passage}
            rows={3}
            errors={errors}
          />
        </>
      ),
    )
  },
  async submit(visit: Here, given): Promise<Submitted> {
    const done = await askQuestion(visit, visit.thing, given)
    if (!done.accepted) return refused(done, done.reason === 'no-passage' ? 'passage' : undefined)
    return { to: paperPath(visit, `#question-${done.state.id}`) }
  },
})

const loadQuestion: Load<LoadedQuestion> = async (visit, how) => {
  const paper = await load(visit, how)
  const id = visit.params.question ?? ''
  if (!paper || !/^\d{1,9}$/.test(id)) return undefined
  const question = await visit.tx
    .selectFrom('paper_question')
    .selectAll()
    .where('id', '=', Number(id))
    .where('paper_id', '=', paper.id)
    .executeTakeFirst()
  return question && { ...paper, question, version: question.version }
}

function Asked({ question }: { question: LoadedQuestion['question'] }) {
  return (
    <>
      {question.passage !== '' && <Quote words={question.passage} by="From the paper" />}
      <Quote words={question.words} by={`Asked on ${dateInWords(dayOf(question.asked_at))}`} />
    </>
  )
}

const answer = form('/:network/meetings/:meeting/papers/:paper/questions/:question/answer', {
  who: mayAnswerQuestions,
  audit: 'paper-question-answered',
  load: loadQuestion,
  fields: z.object({ answer: text('Write the answer', { max: 3000, name: 'The answer' }) }),
  screen: (visit: Visit<LoadedQuestion>, filled) =>
    stepScreen(
      visit,
      filled,
      {
        title: 'Answer this question',
        button: 'Send the answer',
        open: visit.thing.question.state === 'asked',
        otherwise: 'This question was answered or taken back.',
      },
      errors => (
        <>
          <Asked question={visit.thing.question} />
          <TextArea
            name="answer"
            label="The answer"
            hint={`In plain words. Everybody who may read the paper sees it. ${noPatients}`}
            value={filled.values.answer}
            maxCharacters={3000}
            rows={6}
            errors={errors}
          />
        </>
      ),
    ),
  async submit(visit: Visit<LoadedQuestion>, given): Promise<Submitted> {
    const done = await answerQuestion(visit, visit.thing, given.answer)
    if (!done.accepted) return refused(done)
    return { to: paperPath(visit, `#question-${visit.thing.question.id}`) }
  },
})

const isAsker: Rule<LoadedQuestion> = personRule(
  'who asked',
  (actor, it) => it.question.asker_person_id === actor.personId && mayReadPaper.holds(actor, it),
)

const takeBack = form('/:network/meetings/:meeting/papers/:paper/questions/:question/take-back', {
  who: isAsker,
  audit: 'paper-question-taken-back',
  load: loadQuestion,
  fields: z.object({}),
  screen: (visit: Visit<LoadedQuestion>, filled) =>
    stepScreen(
      visit,
      filled,
      {
        title: 'Take this question back',
        button: 'Take it back',
        warning: true,
        open: visit.thing.question.state === 'asked',
        otherwise: 'This question was answered or taken back.',
      },
      () => <Asked question={visit.thing.question} />,
    ),
  async submit(visit: Visit<LoadedQuestion>): Promise<Submitted> {
    const done = await takeQuestionBack(visit, visit.thing)
    return done.accepted ? { to: paperPath(visit, '#questions') } : refused(done)
  },
})

const help = form('/:network/meetings/:meeting/papers/:paper/help', {
  who: mayAskAbout,
  // Privately: an administrator reads the audit log.
  audit: 'nothing',
  guardsVersion: false,
  load,
  fields: z.object({ words: optionalText({ max: 1000, name: 'What would help' }) }),
  screen: (visit: Here, filled) =>
    stepScreen(visit, filled, { title: 'Ask for help with this paper', button: 'Ask for help' }, errors => (
      <>
        <p>
          The involvement team helps you: they can explain it, read it with you, or send it in another form.
          Only they see that you ask.
        </p>
        <TextArea
          name="words"
          label="What would help you?"
          optional
          hint={`For example, “Please ring me and go through page 3 with me.” ${noPatients}`}
          value={filled.values.words}
          maxCharacters={1000}
          rows={4}
          errors={errors}
        />
      </>
    )),
  async submit(visit: Here, { words }): Promise<Submitted> {
    await askForHelp(visit, visit.thing, words)
    return { to: `${paperPath(visit)}/help-asked` }
  },
})

const helpAsked = page<LoadedPaper>('/:network/meetings/:meeting/papers/:paper/help-asked', {
  who: mayAskAbout,
  audit: 'nothing',
  load,
  handler: visit => ({
    kind: 'screen',
    screen: {
      title: 'You have asked for help',
      caption: visit.thing.reference,
      back: { href: paperPath(visit), text: 'Back to the paper' },
      body: (
        <p>
          The involvement team will be in touch with you before the meeting on{' '}
          {dateInWords(dayOf(visit.thing.meeting.it.startsAt))}. Nobody else sees that you asked.
        </p>
      ),
    },
  }),
})

const putOffRule: Rule<LoadedPaper> = personRule(
  'a lay member of the group who may read the paper',
  (actor, it) => it.it.late !== null && mayAskAbout.holds(actor, it) && isLayMember.holds(actor, it),
)

const putOff = form('/:network/meetings/:meeting/papers/:paper/put-off', {
  who: putOffRule,
  audit: 'put-off-asked',
  guardsVersion: false,
  load,
  fields: z.object({ words: text('Say why it should be put off', { max: 1000, name: 'The reason' }) }),
  screen: (visit: Here, filled) =>
    stepScreen(
      visit,
      filled,
      {
        title: 'Ask to put the item off',
        button: 'Ask the chair',
        open: isAhead(visit.thing.meeting.it) && visit.thing.item.state === 'on-agenda',
        otherwise: 'This item cannot be put off any more.',
      },
      errors => (
        <>
          <p>
            You were promised time to read. This paper was late, so you can ask that its item waits for
            another meeting. The chair answers with a reason, and both stand on the record.
          </p>
          <TextArea
            name="words"
            label="Why should it be put off?"
            value={filled.values.words}
            maxCharacters={1000}
            rows={4}
            errors={errors}
          />
        </>
      ),
    ),
  async submit(visit: Here, { words }): Promise<Submitted> {
    const done = await wishToPutOff(visit, visit.thing, words)
    return done.accepted ? { to: paperPath(visit) } : refused(done)
  },
})

const answerPutOff = form('/:network/meetings/:meeting/papers/:paper/wishes/:wish', {
  who: mayChair,
  audit: 'put-off-answered',
  guardsVersion: false,
  load: (async (visit, how) => {
    const paper = await load(visit, how)
    const id = visit.params.wish ?? ''
    if (!paper || !/^\d{1,9}$/.test(id)) return undefined
    const wish = await visit.tx
      .selectFrom('deferral_wish')
      .selectAll()
      .where('id', '=', Number(id))
      .where('paper_id', '=', paper.id)
      .executeTakeFirst()
    return wish && { ...paper, wish }
  }) satisfies Load<LoadedWish>,
  fields: z.object({
    answer: choice('Choose whether it is put off', ['deferred', 'goes-ahead']),
    to: optionalId(),
    because: text('Say why', { max: 1000, name: 'The reason' }),
  }),
  async screen(visit: Visit<LoadedWish>, filled: Filled) {
    const { wish, meeting } = visit.thing
    const later = await laterMeetings(visit, meeting)
    return stepScreen(
      visit,
      filled,
      {
        title: 'Should the item be put off?',
        button: 'Send the answer',
        open: !wish.answer && isAhead(meeting.it),
        otherwise: 'This was answered, or the meeting is over.',
      },
      errors => (
        <>
          <Quote words={wish.words} by="The reason" />
          <Radios
            name="answer"
            label="Your answer"
            value={filled.values.answer}
            errors={errors}
            options={[
              {
                value: 'deferred',
                label: 'Yes, it waits for another meeting',
                content: (
                  <Select
                    name="to"
                    label="Which meeting?"
                    empty="Choose a meeting"
                    value={filled.values.to}
                    options={later.map(each => ({ value: String(each.number), text: theirs(each.title) }))}
                    errors={errors}
                  />
                ),
              },
              { value: 'goes-ahead', label: 'No, it goes ahead' },
            ]}
          />
          <TextArea
            name="because"
            label="Why?"
            hint="Who asked gets these words, and they stand on the record."
            value={filled.values.because}
            maxCharacters={1000}
            rows={3}
            errors={errors}
          />
        </>
      ),
    )
  },
  async submit(visit: Visit<LoadedWish>, { answer: given, because, to }): Promise<Submitted> {
    const done = await answerWish(visit, visit.thing, { answer: given, because, meeting: to })
    if (!done.accepted) return refused(done, done.reason === 'no-meeting' ? 'to' : undefined)
    return { to: paperPath(visit) }
  },
})

export const askingRoutes: AnyRoute[] = [ask, answer, takeBack, help, helpAsked, putOff, answerPutOff]
