import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import {
  ButtonLink,
  Checkboxes,
  Empty,
  type FieldError,
  Form,
  InsetText,
  Panel,
  Quote,
  Radios,
  SummaryList,
  TextArea,
  TextField,
} from '#design/index.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { several } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  refused,
  type Screen,
  type Submitted,
  type Visit,
} from '#platform/http/route.ts'
import { rule } from '#platform/permission.ts'
import { aReader, type WhoReads } from './access.ts'
import { raiseConcern } from './changes.ts'
import { loadReaders } from './load.ts'
import { concernPaths } from './paths.ts'
import { asWords, type PossibleReader } from './readers.ts'
import { inGroups } from './sealing.ts'
import { capital } from './start.tsx'

type Here = Visit<WhoReads>
type Values = Readonly<Record<string, string | undefined>>

const longest = 10_000

/**
 * Four short pages in one address: about whom, the words, who reads it, and a look at all of it. Each page carries what
 * was answered before; nothing is kept until it is sent, and nothing of it stands in an address.
 */
const raise = form('/:network/concerns/new', {
  fresh: true,
  who: rule<WhoReads>('anyone', () => true),
  audit: 'nothing',
  load: loadReaders,
  guardsVersion: false,
  keepsWords: false,
  againstBots: true,
  limit: { name: 'private-form', uses: 40, minutes: 60 },
  fields: z.object({
    step: z.enum(['about', 'words', 'reader', 'send']).catch('about'),
    about: several(),
    aboutBefore: z.string().catch(''),
    subject: z.string().catch(''),
    words: z.string().catch(''),
    wish: z.string().catch(''),
    reader: z.string().catch(''),
    name: z.string().catch(''),
    mark: z.string().catch(''),
    back: z.string().catch(''),
  }),
  screen: (visit: Here, filled) => screenOf(visit, stepOf(filled.values.step), filled),
  async submit(visit: Here, given): Promise<Submitted> {
    const about = given.step === 'about' ? given.about : given.aboutBefore.split(' ').filter(Boolean)
    const values = { ...given, about: undefined, aboutBefore: about.join(' ') }
    const to = (step: Step): Submitted => ({
      screen: screenOf(visit, step, { values: onlyText(values), lists: { about }, errors: [] }),
    })
    if (given.back !== '') return to(stepOf(given.back))
    if (given.step === 'about') {
      if (about.length === 0) {
        return errors({ field: 'about', message: 'Choose whom it is about, or “None of these people”' })
      }
      if (about.includes('none') && about.length > 1) {
        return errors({ field: 'about', message: 'Choose people, or “None of these people”, not both' })
      }
      return to('words')
    }
    const mistakes = mistakesIn(visit, given, about)
    const ofStep = mistakes.filter(each => given.step === 'send' || each.step === given.step)
    if (ofStep.length > 0) return errors(...ofStep.map(({ field, message }) => ({ field, message })))
    if (given.step === 'words') return to('reader')
    if (given.step === 'reader') return to('send')
    return await send(visit, { ...given, about })
  },
})

type Step = 'about' | 'words' | 'reader' | 'send'
const steps: readonly Step[] = ['about', 'words', 'reader', 'send']
const stepOf = (given: string | undefined): Step => steps.find(each => each === given) ?? 'about'

const onlyText = (values: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).filter((each): each is [string, string] => typeof each[1] === 'string'),
  )

interface Given {
  subject: string
  words: string
  wish: string
  reader: string
  name: string
}

function mistakesIn(visit: Here, given: Given, about: readonly string[]) {
  const list: (FieldError & { field: string; step: Step })[] = []
  const wrong = (step: Step, field: string, message: string) => list.push({ step, field, message })
  if (given.subject.trim() === '') wrong('words', 'subject', 'Say in a few words what it is about')
  if (given.subject.length > 150)
    wrong('words', 'subject', 'What it is about must be 150 characters or fewer')
  if (given.words.trim() === '') wrong('words', 'words', 'Say what worries you')
  if (given.words.length > longest)
    wrong('words', 'words', 'What worries you must be 10,000 characters or fewer')
  if (given.wish.length > 2000) wrong('words', 'wish', 'What you wish must be 2,000 characters or fewer')
  if (!choosable(visit, about).some(each => String(each.personId) === given.reader)) {
    wrong('reader', 'reader', 'Choose who should read it')
  }
  if (given.name !== 'named' && given.name !== 'anonymous') {
    wrong('reader', 'name', 'Choose if you want to give your name')
  }
  if (given.name === 'named' && !visit.actor) {
    wrong('reader', 'name', 'Sign in first to raise it with your name, or raise it without')
  }
  return list
}

/** Never somebody whom it is about, and never oneself. */
const choosable = (visit: Here, about: readonly string[]): readonly PossibleReader[] =>
  visit.thing.possible.filter(
    each => !about.includes(String(each.personId)) && each.personId !== visit.actor?.personId,
  )

async function send(
  visit: Here,
  given: Given & { about: readonly string[]; mark: string },
): Promise<Submitted> {
  const anonymous = given.name === 'anonymous'
  // From the mark of this page: sent twice, it is the same code and so the same concern.
  const code = anonymous && /^[\w-]{20,40}$/.test(given.mark) ? codeFrom(visit, given.mark) : undefined
  if (anonymous && !code) return errors({ message: 'Something went wrong on the way. Send it again' })
  const done = await raiseConcern(visit, {
    subject: given.subject.trim(),
    words: given.words.trim(),
    wish: given.wish.trim(),
    aboutIds: given.about.filter(each => /^\d{1,9}$/.test(each)).map(Number),
    readerId: Number(given.reader),
    code,
  })
  if (!done.accepted) return refused(done)
  if (code) return { screen: sentScreen(visit, code) }
  return { to: concernPaths.one(visit.network.slug, done.ref) }
}

/** Twenty digits that only this house can make from the mark. */
function codeFrom(visit: Visit, mark: string): string {
  let digits = ''
  for (let n = 0; digits.length < 20; n++) {
    const bytes = Buffer.from(visit.seal('concern return code', `${mark} ${n}`), 'base64url')
    for (const byte of bytes) if (byte < 250) digits += String(byte % 10)
  }
  return digits.slice(0, 20)
}
const newMark = (): string => randomBytes(24).toString('base64url')

function screenOf(visit: Here, step: Step, filled: Filled): Screen {
  const { values } = filled
  const about = filled.lists.about ?? (values.aboutBefore ?? '').split(' ').filter(Boolean)
  const hidden = {
    ...visit.hidden,
    step,
    ...(step === 'about' ? {} : { aboutBefore: about.join(' ') }),
    ...(step === 'words' ? {} : kept(values, ['subject', 'words', 'wish'])),
    ...(step === 'reader' ? {} : kept(values, ['reader', 'name'])),
    mark: values.mark || newMark(),
  }
  const back = { href: concernPaths.start(visit.network.slug), text: 'Leave without sending' }
  const caption = `Raise a concern: page ${steps.indexOf(step) + 1} of 4`
  const backTo = (to: Step) => ({ text: 'Go back one page', name: 'back', value: to })
  const { slug } = visit.network
  switch (step) {
    case 'about':
      return {
        title: 'Is it about any of these people?',
        caption,
        back,
        body: (
          <Form hidden={hidden} button="Go on">
            <Checkboxes
              name="about"
              label="Choose all whom it is about"
              hint="Whoever you choose here can never read it. They do not learn that it exists."
              values={about}
              errors={filled.errors}
              options={[
                ...visit.thing.possible.map(each => ({
                  value: String(each.personId),
                  label: theirs(each.name),
                  hint: capital(asWords[each.as]),
                })),
                { value: 'none', label: 'None of these people', divider: 'or' },
              ]}
            />
          </Form>
        ),
      }
    case 'words':
      return {
        title: 'What worries you?',
        caption,
        back,
        body: (
          <Form hidden={hidden} button="Go on" secondary={backTo('about')}>
            <TextField
              name="subject"
              label="In a few words, what is it about?"
              value={values.subject}
              errors={filled.errors}
            />
            <TextArea
              name="words"
              label="What happened, or what worries you?"
              hint="In your own words. You can add more, and files, after you have sent it."
              value={values.words}
              maxCharacters={longest}
              rows={10}
              errors={filled.errors}
            />
            <TextArea
              name="wish"
              label="What would help?"
              optional
              value={values.wish}
              maxCharacters={2000}
              rows={4}
              errors={filled.errors}
            />
          </Form>
        ),
      }
    case 'reader': {
      const open = choosable(visit, about)
      if (open.length === 0) return nobodyScreen(visit, back, values)
      return {
        title: 'Who should read it?',
        caption,
        back,
        body: (
          <Form hidden={hidden} button="Go on" secondary={backTo('words')}>
            <Radios
              name="reader"
              label="Choose one person"
              hint="Only this person reads it. You can choose somebody else later."
              value={values.reader}
              errors={filled.errors}
              options={open.map(each => ({
                value: String(each.personId),
                label: each.name,
                hint: capital(asWords[each.as]),
              }))}
            />
            <Radios
              name="name"
              label="Do you want to give your name?"
              value={values.name}
              errors={filled.errors}
              options={[
                ...(visit.actor
                  ? [
                      {
                        value: 'named',
                        label: `Yes, as ${visit.actor.name}`,
                        hint: 'Only whoever reads it sees your name. You follow it here when you are signed in.',
                      },
                    ]
                  : []),
                {
                  value: 'anonymous',
                  label: 'No, without my name',
                  hint: 'You get a return code. With it you read the answer and write back. We keep nothing that says who you are.',
                },
              ]}
            />
            {!visit.actor && (
              <p>
                To give your name,{' '}
                <a href={`/sign-in?to=${encodeURIComponent(concernPaths.raise(slug))}`}>sign in first</a>.
                What you wrote here would be gone, so copy it before.
              </p>
            )}
          </Form>
        ),
      }
    }
    case 'send': {
      const reader = visit.thing.possible.find(each => String(each.personId) === values.reader)
      const names = visit.thing.possible.filter(each => about.includes(String(each.personId)))
      return {
        title: 'Check your concern before you send it',
        caption,
        back,
        body: (
          <>
            <SummaryList
              rows={[
                { key: 'What it is about', value: <bdi>{values.subject}</bdi> },
                { key: 'What worries you', value: <Quote words={values.words ?? ''} /> },
                ...(values.wish?.trim()
                  ? [{ key: 'What would help', value: <Quote words={values.wish} /> }]
                  : []),
                {
                  key: 'About these people',
                  value: names.length > 0 ? names.map(each => theirs(each.name)).join(', ') : 'None of them',
                },
                {
                  key: 'Who reads it',
                  value: reader ? `${theirs(reader.name)}, ${asWords[reader.as]}` : 'Nobody chosen',
                },
                {
                  key: 'Your name',
                  value: values.name === 'named' ? visit.actor?.name : 'Not given. You get a return code',
                },
              ]}
            />
            <Form hidden={hidden} button="Send it" secondary={backTo('reader')} />
          </>
        ),
      }
    }
  }
}

const kept = (values: Values, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map(name => [name, values[name] ?? '']))

/** All who could read it are those whom it is about, or the posts are vacant. */
function nobodyScreen(visit: Here, back: Screen['back'], { subject, words, wish }: Values): Screen {
  const { network } = visit
  return {
    title: 'Nobody here can read it',
    ...(back ? { back } : {}),
    body: (
      <>
        <p>
          Everybody who reads concerns in this network is somebody whom it is about, or nobody holds these
          posts now. So we did not keep what you wrote. Here it is, to copy:
        </p>
        <Quote words={[subject, words, wish].filter(each => each?.trim()).join('\n\n')} />
        <Empty>Please use one of the other ways to speak up. They are not part of this network.</Empty>
        {network.phone && <p>You can also ring us on {network.phone}. You need not say why.</p>}
        <ButtonLink href={concernPaths.start(network.slug)}>See the other ways to speak up</ButtonLink>
      </>
    ),
  }
}

function sentScreen(visit: Visit, code: string, told = false): Screen {
  const { slug } = visit.network
  return {
    title: told ? 'It is written down' : 'Your concern is sent',
    titleInLegend: true,
    body: (
      <>
        <Panel title={told ? 'It is written down' : 'Your concern is sent'} asHeading>
          The return code is
          <br />
          <strong translate="no" dir="ltr">
            {inGroups(code)}
          </strong>
        </Panel>
        <InsetText>
          {told
            ? 'Read the code to them now, twice, and ask them to write it down. It is shown only this once. You do not need it yourself.'
            : 'Write this code down now and keep it where only you find it. It is shown only this once, and we cannot find it again for you.'}
        </InsetText>
        <h2>What happens next</h2>
        <ul>
          <li>
            {told ? 'They' : 'You'} can come back with the code at any time, on any device, or by phone:
            whoever reads the concern can open it, nobody else.
          </li>
          <li>Within a few working days it is said that it has arrived, and then what will be done.</li>
          <li>Nothing is sent to anybody’s address, because we do not know who raised it.</li>
        </ul>
        <ButtonLink href={concernPaths.comeBack(slug)} secondary>
          {told ? 'Come back with a code' : 'Try the code'}
        </ButtonLink>
      </>
    ),
  }
}

/** Told by phone or face to face: its reader writes it down, and gives the code to whoever told it. */
const told = form('/:network/concerns/told', {
  fresh: true,
  who: aReader,
  audit: 'nothing',
  load: loadReaders,
  guardsVersion: false,
  keepsWords: false,
  fields: z.object({
    by: z.string().catch(''),
    about: several(),
    subject: z.string().catch(''),
    words: z.string().catch(''),
    mark: z.string().catch(''),
  }),
  screen: (visit: Here, filled): Screen => ({
    title: 'Write down a concern that you were told',
    back: { href: concernPaths.start(visit.network.slug), text: 'Back to concerns' },
    body: (
      <>
        <p>
          First ask if it is about you. If so, stop, and tell them who else can write it down:{' '}
          {visit.thing.possible
            .filter(each => each.personId !== visit.me.personId)
            .map(each => `${each.name} (${asWords[each.as]})`)
            .join(', ') || 'nobody else here, so one of the other ways to speak up'}
          .
        </p>
        <Form
          hidden={{ ...visit.hidden, mark: filled.values.mark || newMark() }}
          button="Keep it and make a return code"
        >
          {visit.thing.possible.some(each => each.personId !== visit.me.personId) && (
            <Checkboxes
              name="about"
              optional
              label="Is it about any of these people?"
              hint="Whoever you choose here can never read it."
              values={filled.lists.about ?? []}
              errors={filled.errors}
              options={visit.thing.possible
                .filter(each => each.personId !== visit.me.personId)
                .map(each => ({
                  value: String(each.personId),
                  label: theirs(each.name),
                  hint: capital(asWords[each.as]),
                }))}
            />
          )}
          <TextField
            name="by"
            label="Their name, if they want to give it"
            optional
            value={filled.values.by}
            errors={filled.errors}
          />
          <TextField
            name="subject"
            label="In a few words, what is it about?"
            value={filled.values.subject}
            errors={filled.errors}
          />
          <TextArea
            name="words"
            label="What they said, in their words"
            value={filled.values.words}
            maxCharacters={longest}
            rows={10}
            errors={filled.errors}
          />
        </Form>
      </>
    ),
  }),
  async submit(visit: Here, given): Promise<Submitted> {
    const mistakes: FieldError[] = []
    if (given.subject.trim() === '')
      mistakes.push({ field: 'subject', message: 'Say in a few words what it is about' })
    if (given.subject.length > 150)
      mistakes.push({ field: 'subject', message: 'What it is about must be 150 characters or fewer' })
    if (given.words.trim() === '') mistakes.push({ field: 'words', message: 'Write down what they said' })
    if (given.words.length > longest)
      mistakes.push({ field: 'words', message: 'What they said must be 10,000 characters or fewer' })
    if (given.by.length > 200)
      mistakes.push({ field: 'by', message: 'The name must be 200 characters or fewer' })
    if (!/^[\w-]{20,40}$/.test(given.mark))
      mistakes.push({ message: 'Something went wrong on the way. Send it again' })
    if (mistakes.length > 0) return errors(...mistakes)
    const code = codeFrom(visit, given.mark)
    const done = await raiseConcern(visit, {
      subject: given.subject.trim(),
      words: given.words.trim(),
      wish: '',
      aboutIds: given.about.filter(each => /^\d{1,9}$/.test(each)).map(Number),
      readerId: visit.me.personId,
      code,
      told: { by: given.by.trim() },
    })
    return done.accepted ? { screen: sentScreen(visit, code, true) } : refused(done)
  },
})

export const raiseRoutes: AnyRoute[] = [raise, told]
