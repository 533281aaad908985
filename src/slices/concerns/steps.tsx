import type { ReactNode } from 'react'
import { z } from 'zod'
import { Checkboxes, Empty, FileField, Form, InsetText, Panel, Radios, TextArea } from '#design/index.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { fileKindsInWords } from '#platform/files.ts'
import { choice, optionalText, several, text, uploads } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  type Filled,
  form,
  type Load,
  refused,
  type Screen,
  type Submitted,
  type Visit,
} from '#platform/http/route.ts'
import type { Rule } from '#platform/permission.ts'
import { itsNamedRaiser, itsRaiser, itsReader, whoeverIsInIt } from './access.ts'
import {
  acknowledge,
  answerSupport,
  chooseReaders,
  type Done,
  giveReturnCode,
  giveWord,
  handBack,
  holdIt,
  letItGo,
  offerSupport,
  sayDone,
  sayPlan,
  takeBack,
  writeMore,
} from './changes.ts'
import { loadConcern } from './load.ts'
import { concernPaths } from './paths.ts'
import { asWords } from './readers.ts'
import { inGroups, newReturnCode } from './sealing.ts'
import { capital } from './start.tsx'
import type { LoadedConcern } from './store.ts'

type Here = Visit<LoadedConcern>
const load: Load<LoadedConcern> = loadConcern
const common = { audit: 'nothing', load, keepsWords: false, fresh: true } as const

/** Whoever came with a code is led by way of it: what the service remembers of a sent form does not name the concern. */
const after = (visit: Here): Submitted => ({
  to:
    visit.thing.side === 'raiser' && !visit.thing.raiser
      ? concernPaths.returned(visit.network.slug)
      : concernPaths.one(visit.network.slug, visit.thing.ref),
})
const answer = (visit: Here, done: Done): Submitted => (done.accepted ? after(visit) : refused(done))

function stepScreen(
  visit: Here,
  filled: Filled,
  given: {
    title: string
    button: string
    warning?: boolean
    multipart?: boolean
    before?: ReactNode
    fields: ReactNode
    over?: string | undefined
  },
): Screen {
  const over =
    given.over ??
    (visit.thing.it.state === 'ended' ? 'This concern has ended. If there is more, raise a new one.' : '')
  return {
    title: given.title,
    back: {
      href: concernPaths.one(visit.network.slug, visit.thing.ref),
      text: visit.thing.side === 'reader' ? 'Back to the concern' : 'Back to your concern',
    },
    body:
      over && filled.errors.length === 0 ? (
        <Empty>{over}</Empty>
      ) : (
        <>
          {given.before}
          <Form
            hidden={visit.hidden}
            button={given.button}
            {...(given.warning ? { warning: true } : {})}
            {...(given.multipart ? { multipart: true } : {})}
          >
            {given.fields}
          </Form>
        </>
      ),
  }
}

interface WordsStep {
  readonly step: string
  readonly who: Rule<LoadedConcern>
  readonly title: string
  readonly label: string
  readonly hint?: string
  readonly button: string
  readonly required?: string
  readonly warning?: boolean
  readonly over?: (concern: LoadedConcern) => string | undefined
  take(visit: Here, words: string): Promise<Done>
}

/** A step that is words and a button. */
const wordsStep = (given: WordsStep): AnyRoute =>
  form(`/:network/concerns/:concern/${given.step}`, {
    who: given.who,
    ...common,
    fields: z.object({
      words: given.required
        ? text(given.required, { max: 10_000, name: 'What you write' })
        : optionalText({ max: 10_000, name: 'What you write' }),
    }),
    screen: (visit: Here, filled) =>
      stepScreen(visit, filled, {
        title: given.title,
        button: given.button,
        ...(given.warning ? { warning: true } : {}),
        over: given.over?.(visit.thing),
        fields: (
          <TextArea
            name="words"
            label={given.label}
            hint={given.hint}
            optional={!given.required}
            value={filled.values.words}
            maxCharacters={10_000}
            rows={8}
            errors={filled.errors}
          />
        ),
      }),
    submit: async (visit: Here, { words }) => answer(visit, await given.take(visit, words)),
  })

const acknowledgeStep = wordsStep({
  step: 'acknowledge',
  who: itsReader,
  title: 'Say that it arrived',
  label: 'A few words to whoever raised it',
  hint: 'Thank them. Say when they will hear more.',
  button: 'Say that it arrived',
  required: 'Write a few words to whoever raised it',
  over: ({ it }) => (it.acknowledgedOn ? 'You have said already that it arrived.' : undefined),
  take: (visit, words) => acknowledge(visit, visit.thing, words),
})

const planStep = wordsStep({
  step: 'plan',
  who: itsReader,
  title: 'Say what will be done',
  label: 'What will you do, and by when?',
  hint: 'Say what you will not do, too, and why. Name nobody who need not be named.',
  button: 'Say this to whoever raised it',
  required: 'Say what you will do',
  over: ({ it }) =>
    it.state === 'done'
      ? 'You have said what was done. The word is with the person who raised it.'
      : undefined,
  take: (visit, words) => sayPlan(visit, visit.thing, words),
})

const supportStep = wordsStep({
  step: 'support',
  who: itsReader,
  title: 'Offer support',
  label: 'What can you offer?',
  hint: 'For example: somebody to talk to outside the network, somebody beside them in meetings, or a rest from tasks.',
  button: 'Offer this',
  required: 'Say what you can offer',
  take: (visit, words) => offerSupport(visit, visit.thing, words),
})

const doneStep = wordsStep({
  step: 'done',
  who: itsReader,
  title: 'Say what was done',
  label: 'What was done, and what changed?',
  hint: 'Whoever raised it then says if this ends it.',
  button: 'Say this and ask for their word',
  required: 'Say what was done',
  over: ({ it }) =>
    it.state === 'planned'
      ? it.supportOfferedOn
        ? undefined
        : 'First offer support to the person who raised this. Then say what was done.'
      : it.state === 'done'
        ? 'You have said what was done already.'
        : 'First say what you will do. Then say what was done.',
  take: (visit, words) => sayDone(visit, visit.thing, words),
})

const holdStep = wordsStep({
  step: 'hold',
  who: itsReader,
  title: 'Keep it for longer',
  label: 'Why is it kept?',
  hint: 'For example: an inquiry, or a court that asked for it. Whoever raised it reads this.',
  button: 'Keep it for longer',
  required: 'Say why it is kept',
  over: ({ it }) => (it.heldSince ? 'It is kept for longer already.' : ''),
  take: (visit, words) => holdIt(visit, visit.thing, words),
})

const letGoStep = wordsStep({
  step: 'let-go',
  who: itsReader,
  title: 'It need not be kept for longer any more',
  label: 'Why not any more?',
  hint: 'Whoever raised it reads this. When its time is over it is deleted.',
  button: 'Let it go',
  required: 'Say why it need not be kept any more',
  over: ({ it }) => (it.heldSince ? '' : 'It is not kept for longer.'),
  take: (visit, words) => letItGo(visit, visit.thing, words),
})

const handBackStep = wordsStep({
  step: 'hand-back',
  who: itsReader,
  title: 'Give it back',
  label: 'Why somebody else should read it',
  hint: 'Only whoever raised it sees this. They choose who reads it next; you cannot, and you see nothing of it any more.',
  button: 'Give it back now',
  warning: true,
  take: async (visit, words) => await handBack(visit, visit.thing, words),
})

/** After giving it back there is nothing to see: the list is where they go. */
const handBackRoute: AnyRoute = {
  ...(handBackStep as Extract<AnyRoute, { kind: 'form' }>),
  submit: async (visit: Here, { words }: { words: string }) => {
    const done = await handBack(visit, visit.thing, words)
    return done.accepted ? { to: concernPaths.start(visit.network.slug) } : refused(done)
  },
}

const writeStep = form('/:network/concerns/:concern/write', {
  who: whoeverIsInIt,
  ...common,
  uploads: true,
  guardsVersion: false,
  limit: { name: 'private-form', uses: 40, minutes: 60 },
  fields: z.object({
    words: text('Write what you want to say', { max: 10_000, name: 'What you write' }),
    files: uploads(5),
  }),
  screen: (visit: Here, filled) =>
    stepScreen(visit, filled, {
      title: visit.thing.side === 'reader' ? 'Write to whoever raised it' : 'Write more',
      button: 'Send',
      multipart: true,
      fields: (
        <>
          <TextArea
            name="words"
            label="What do you want to say?"
            value={filled.values.words}
            maxCharacters={10_000}
            rows={8}
            errors={filled.errors}
          />
          <FileField
            name="files"
            label="Files"
            optional
            multiple
            hint={`At most five, each ${fileKindsInWords}. They are locked like your words.`}
            errors={filled.errors}
          />
        </>
      ),
    }),
  submit: async (visit: Here, { words, files }) =>
    answer(visit, await writeMore(visit, visit.thing, words, files)),
})

const supportAnswerStep = form('/:network/concerns/:concern/support-answer', {
  who: itsRaiser,
  ...common,
  fields: z.object({
    answer: choice('Choose if you would like the support', ['wanted', 'not-wanted']),
    words: optionalText({ max: 2000, name: 'Your words' }),
  }),
  screen: (visit: Here, filled) =>
    stepScreen(visit, filled, {
      title: 'Would you like the support?',
      button: 'Send the answer',
      over: visit.thing.it.supportOfferedOn ? undefined : 'No support has been offered yet.',
      fields: (
        <>
          <Radios
            name="answer"
            label="Your answer"
            value={filled.values.answer ?? visit.thing.it.supportAnswer ?? undefined}
            errors={filled.errors}
            options={[
              { value: 'wanted', label: 'Yes please' },
              { value: 'not-wanted', label: 'No, thank you', hint: 'You can say yes later.' },
            ]}
          />
          <TextArea
            name="words"
            label="Anything to add"
            optional
            value={filled.values.words}
            maxCharacters={2000}
            rows={4}
            errors={filled.errors}
          />
        </>
      ),
    }),
  submit: async (visit: Here, given) =>
    answer(visit, await answerSupport(visit, visit.thing, given.answer, given.words)),
})

const wordStep = form('/:network/concerns/:concern/word', {
  who: itsRaiser,
  ...common,
  fields: z.object({
    word: choice('Choose if this ends it', ['heard', 'not-heard']),
    words: optionalText({ max: 5000, name: 'Your words' }),
  }),
  screen: (visit: Here, filled) =>
    stepScreen(visit, filled, {
      title: 'Does this end it?',
      button: 'Send my word',
      over:
        visit.thing.it.state === 'done' ? undefined : 'You are asked for your word when something was done.',
      fields: (
        <>
          <Radios
            name="word"
            label="Your word"
            value={filled.values.word}
            errors={filled.errors}
            options={[
              { value: 'heard', label: 'Yes, this ends it' },
              {
                value: 'not-heard',
                label: 'No, not yet',
                hint: 'There will be a new plan, with a new date.',
              },
            ]}
          />
          <TextArea
            name="words"
            label="In your own words"
            optional
            value={filled.values.words}
            maxCharacters={5000}
            rows={5}
            errors={filled.errors}
          />
        </>
      ),
    }),
  submit: async (visit: Here, given) =>
    answer(visit, await giveWord(visit, visit.thing, given.word, given.words)),
})

const takeBackStep = form('/:network/concerns/:concern/take-back', {
  who: itsRaiser,
  ...common,
  fields: z.object({}),
  screen: (visit: Here, filled) =>
    stepScreen(visit, filled, {
      title: 'Take your concern back?',
      button: 'Take it back',
      warning: true,
      before: (
        <p>
          It ends now. You need not say why. What was said stays readable for you and for whoever reads it.
        </p>
      ),
      fields: null,
    }),
  submit: async (visit: Here) => answer(visit, await takeBack(visit, visit.thing)),
})

const readersStep = form('/:network/concerns/:concern/readers', {
  who: itsRaiser,
  ...common,
  fields: z.object({ readers: several() }),
  screen: (visit: Here, filled) => {
    const open = choosable(visit.thing)
    return stepScreen(visit, filled, {
      title: 'Who should read your concern?',
      button: 'Save',
      over:
        open.length > 0 || visit.thing.it.state === 'ended'
          ? undefined
          : 'Nobody else can read it now. Use one of the other ways to speak up: they stand on the page about concerns.',
      before: (
        <p>
          Whoever you leave out sees nothing of it any more. Whoever is new reads all that was said. Those
          whom it is about are not in the list.
        </p>
      ),
      fields: (
        <Checkboxes
          name="readers"
          label="Who reads it"
          values={
            filled.lists.readers ??
            visit.thing.readers.filter(each => each.holds).map(each => String(each.personId))
          }
          errors={filled.errors}
          options={open.map(each => ({
            value: String(each.personId),
            label: theirs(each.name),
            hint: capital(asWords[each.as]),
          }))}
        />
      ),
    })
  },
  async submit(visit: Here, { readers }) {
    const chosen = readers.filter(each => /^\d{1,9}$/.test(each)).map(Number)
    const done = await chooseReaders(visit, visit.thing, chosen)
    return done.accepted ? after(visit) : refused(done, 'readers')
  },
})

const choosable = (concern: LoadedConcern) =>
  concern.possible.filter(
    each =>
      each.personId !== concern.raiser?.personId &&
      !concern.facts.about.some(other => other.id === each.personId),
  )

const codeStep = form('/:network/concerns/:concern/code', {
  who: itsNamedRaiser,
  ...common,
  guardsVersion: false,
  fields: z.object({}),
  screen: (visit: Here, filled) =>
    stepScreen(visit, filled, {
      title: 'Get a return code for your concern',
      button: 'Make a return code',
      over: undefined,
      before: (
        <p>
          With the code you come back without signing in, also when you have left the network. A code that you
          got before for this concern stops working.
        </p>
      ),
      fields: null,
    }),
  async submit(visit: Here): Promise<Submitted> {
    const code = newReturnCode()
    const done = await giveReturnCode(visit, visit.thing, code)
    if (!done.accepted) return refused(done)
    return {
      screen: {
        title: 'Your return code',
        titleInLegend: true,
        back: { href: concernPaths.one(visit.network.slug, visit.thing.ref), text: 'Back to your concern' },
        body: (
          <>
            <Panel title="Your return code" asHeading>
              <strong translate="no" dir="ltr">
                {inGroups(code)}
              </strong>
            </Panel>
            <InsetText>
              Write it down now and keep it where only you find it. It is shown only this once.
            </InsetText>
          </>
        ),
      },
    }
  },
})

export const stepRoutes: AnyRoute[] = [
  acknowledgeStep,
  planStep,
  supportStep,
  doneStep,
  handBackRoute,
  holdStep,
  letGoStep,
  writeStep,
  supportAnswerStep,
  wordStep,
  takeBackStep,
  readersStep,
  codeStep,
]
