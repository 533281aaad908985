import { z } from 'zod'
import { ButtonLink, Form, InsetText, Quote, SummaryList, type SummaryRow, telephone } from '#design/index.ts'
import { optionalChoice, optionalId } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  go,
  page,
  type Screen,
  type Submitted,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { emptyFilled } from '#platform/http/submitted.ts'
import { anyone } from '#platform/permission.ts'
import { languages } from '#platform/preferences.ts'
import { type OfferedRole, roleBySlug, rolePaths } from '#slices/roles/index.ts'
import {
  type Answers,
  channelField,
  channelWords,
  contactField,
  helpField,
  isComplete,
  nameField,
  nextStep,
  type Step,
  steps,
  wordsField,
} from './answers.ts'
import { register } from './changes.ts'
import { type Draft, forgetDraft, readDraft, saveDraft } from './draft.ts'
import { registrationPaths as paths } from './paths.ts'
import { type KnownTrust, knownTrusts } from './queries.ts'
import { question } from './questions.tsx'
import { Honeypot, howLongKept } from './why.tsx'

interface Here {
  readonly draft: Draft | undefined
  /** Only where they are asked for or shown. */
  readonly trusts: readonly KnownTrust[]
  /** The role that somebody came from, or chose before. */
  readonly role: OfferedRole | undefined
}
type HereVisit = Visit<Here>
type Question = Exclude<Step, 'check'>

async function load(visit: Visit): Promise<Here> {
  const draft = await readDraft(visit)
  const asksTrusts = /\/(hospitals|check)$/.test(visit.path)
  const wanted = visit.query.get('role') ?? draft?.answers.role
  return {
    draft,
    trusts: asksTrusts ? await knownTrusts(visit.tx) : [],
    role: wanted ? await roleBySlug(visit.tx, wanted) : undefined,
  }
}
const answersOf = (visit: HereVisit): Partial<Answers> => visit.thing.draft?.answers ?? {}
const fromCheck = (visit: Visit) => visit.query.get('from') === 'check'

/** Faster than this nobody reads six pages; a person who is asked to wait has lost nothing. */
const quickestMs = 2_000

/** A visitor registers an interest: no account, no script, no puzzle, and nothing lost on the way (LOOP-1). */
export const journeyRoutes: AnyRoute[] = [
  page<Here>('/:network/register', {
    who: anyone,
    audit: 'nothing',
    load,
    handler: visit => show(start(visit)),
  }),
  ...ask('name', z.object({ name: nameField('Enter your name') }), (fields, _before, { role }) =>
    role ? { ...fields, role: role.slug } : fields,
  ),
  ...ask(
    'channel',
    z.object({ channel: channelField('Choose how we shall reach you') }),
    ({ channel }, before) => (channel === before.channel ? { channel } : { channel, contact: '' }),
  ),
  ...ask('contact', z.object({ contact: z.string().optional() }), ({ contact }, before) => {
    const read = contactField(before.channel ?? 'email').safeParse(contact)
    return read.success
      ? { contact: read.data }
      : errors({ field: 'contact', message: read.error.issues[0]!.message })
  }),
  ...ask('words', z.object({ words: wordsField() }), fields => fields),
  ...ask(
    'hospitals',
    z.object({ trust: optionalId(), mayKnow: optionalChoice(['yes']) }),
    ({ trust, mayKnow }, _before, { trusts }) => {
      const known = trusts.some(each => each.id === trust)
      if (trust !== undefined && !known) {
        return errors({ field: 'trust', message: 'Choose hospitals from the list, or go on without' })
      }
      return { trustId: trust ?? null, trustMayKnow: trust !== undefined && mayKnow === 'yes' }
    },
  ),
  ...ask('help', z.object({ help: helpField() }), fields => fields),
  page<Here>('/:network/register/check', {
    who: anyone,
    audit: 'nothing',
    load,
    handler: visit => {
      const next = nextStep(answersOf(visit))
      return next === 'check' ? show(check(visit)) : go(stepPath(visit, visit.thing.draft ? next : undefined))
    },
  }),
  form('/:network/register/check', {
    who: anyone,
    audit: 'interest-registered',
    load,
    page: false,
    fields: z.object({}),
    againstBots: true,
    limit: { name: 'public-form', uses: 5, minutes: 60 },
    screen: check,
    async submit(visit) {
      const { draft } = visit.thing
      const answers = answersOf(visit)
      if (!draft || !isComplete(answers)) {
        return errors({
          message: 'Some answers are missing. We keep them for 30 days on one device. Please start again',
        })
      }
      if (visit.now.epochMilliseconds - draft.startedAt.epochMilliseconds < quickestMs) {
        return errors({
          message:
            'That was very quick. Wait a few seconds and send it again, so that we know you are a person',
        })
      }
      const { token } = await register(visit, answers, { how: 'web', language: visit.language })
      return { to: paths.received(visit.network.slug, token), cookies: await forgetDraft(visit, draft) }
    },
  }),
  form('/:network/register/delete', {
    who: anyone,
    audit: 'registration-answers-deleted',
    load,
    page: false,
    fields: z.object({}),
    screen: start,
    submit: async visit => ({
      to: paths.start(visit.network.slug),
      cookies: await forgetDraft(visit, visit.thing.draft),
    }),
  }),
]

function stepPath(visit: Visit, step: Step | undefined): string {
  return step ? paths.step(visit.network.slug, step) : paths.start(visit.network.slug)
}

/** One question: a page that shows it, and a form that keeps the answer and goes on. */
function ask<Step extends Question, Fields extends z.ZodType>(
  step: Step,
  fields: Fields,
  answer: (fields: z.infer<Fields>, before: Partial<Answers>, here: Here) => Partial<Answers> | Submitted,
): AnyRoute[] {
  const screen = (visit: HereVisit, filled: Filled) => questionScreen(step, visit, filled)
  return [
    page<Here>(`/:network/register/${step}`, {
      who: anyone,
      audit: 'nothing',
      load,
      handler(visit) {
        const next = nextStep(answersOf(visit))
        return steps.indexOf(step) > steps.indexOf(next)
          ? go(stepPath(visit, next))
          : show(screen(visit, emptyFilled))
      },
    }),
    form(`/:network/register/${step}`, {
      who: anyone,
      audit: 'registration-answered',
      load,
      page: false,
      fields,
      againstBots: true,
      // Only the first answer makes something new to keep.
      ...(step === 'name' ? { limit: { name: 'registration-started', uses: 60, minutes: 60 } } : {}),
      screen,
      async submit(visit, given) {
        const before = answersOf(visit)
        const next = nextStep(before)
        if (steps.indexOf(step) > steps.indexOf(next)) return { to: stepPath(visit, next) }
        const answered = answer(given, before, visit.thing)
        if ('errors' in answered) return answered
        const answers = { ...before, ...(answered as Partial<Answers>) }
        const cookies = await saveDraft(visit, visit.thing.draft, answers)
        return { to: whereNext(visit, step, answers), cookies }
      },
    }),
  ]
}

function whereNext(visit: HereVisit, step: Question, answers: Partial<Answers>): string {
  const { slug } = visit.network
  if (!fromCheck(visit)) return paths.step(slug, steps[steps.indexOf(step) + 1]!)
  const next = nextStep(answers)
  return paths.step(slug, next, next === 'check' ? undefined : 'check')
}

function questionScreen(step: Question, visit: HereVisit, filled: Filled): Screen {
  const { slug, name } = visit.network
  const { title, body } = question(step, {
    slug,
    network: name,
    answers: answersOf(visit),
    filled,
    trusts: visit.thing.trusts,
  })
  const before = steps[steps.indexOf(step) - 1]
  return {
    title,
    titleInLegend: true,
    back: {
      href: fromCheck(visit)
        ? paths.step(slug, 'check')
        : before
          ? paths.step(slug, before)
          : paths.start(slug),
      text: 'Back',
    },
    caption: `Register your interest: question ${steps.indexOf(step) + 1} of ${steps.length - 1}`,
    body: (
      <Form hidden={visit.hidden} button="Continue">
        {body}
        <Honeypot />
      </Form>
    ),
  }
}

function start(visit: HereVisit): Screen {
  const { slug, name, phone } = visit.network
  const { draft, role } = visit.thing
  const first = `${paths.step(slug, 'name')}${role ? `?role=${role.slug}` : ''}`
  return {
    title: 'Register your interest',
    easyRead: 'register',
    back: { href: `/${slug}`, text: 'Back' },
    body: (
      <>
        <p>
          Would you like to help {name} to make things better for patients? Tell us who you are and how we can
          reach you. It takes less than three minutes.
        </p>
        <ul className="nhsuk-list nhsuk-list--bullet">
          <li>You do not need to know anything about imaging, such as X-rays and scans.</li>
          <li>You do not need an account or a CV.</li>
          <li>We ask 6 short questions. You must answer only 3 of them.</li>
        </ul>
        <ForRole slug={slug} role={role} />
        <p>Then somebody from the team gets in touch, to hear from you and to answer your questions.</p>
        {visit.actor && (
          <InsetText>
            You are signed in as {visit.actor.name}. Use this page only for somebody who is new to us.
          </InsetText>
        )}
        {draft ? (
          <>
            <p>You have begun on this device. We keep what you wrote for 30 days.</p>
            <ButtonLink href={role ? first : paths.step(slug, nextStep(draft.answers))}>Carry on</ButtonLink>
            <Form
              action={`${paths.start(slug)}/delete`}
              hidden={visit.hidden}
              button="Delete what I wrote"
              warning
            />
          </>
        ) : (
          <ButtonLink href={first}>Start</ButtonLink>
        )}
        <p>
          {phone ? (
            <>
              You can also ring us on <a href={telephone(phone)}>{phone}</a>, and we write it down for you.
            </>
          ) : (
            'You can also tell somebody of the team, who writes it down for you.'
          )}
        </p>
        <p>
          Are you ill or worried about your care? We cannot help with that here. Ring 111, or 999 if somebody
          is in danger.
        </p>
      </>
    ),
  }
}

function ForRole({ slug, role }: { slug: string; role: OfferedRole | undefined }) {
  return role ? (
    <InsetText>
      <p>
        You would like to be: <a href={rolePaths.one(slug, role.slug)}>{role.title}</a>. We also talk with you
        about what else there is.
      </p>
    </InsetText>
  ) : (
    <p>
      You do not have to know yet what you would like to do. If you wish, look at the{' '}
      <a href={rolePaths.list(slug)}>ways to take part</a> first.
    </p>
  )
}

function check(visit: HereVisit): Screen {
  const { slug } = visit.network
  const answers = answersOf(visit)
  const { trusts, role } = visit.thing
  const trust = trusts.find(each => each.id === answers.trustId)
  const row = (key: string, value: SummaryRow['value'], step: Step, about: string): SummaryRow => ({
    key,
    value,
    action: { href: paths.step(slug, step, 'check'), about },
  })
  return {
    title: 'Check your answers',
    back: { href: paths.step(slug, 'help'), text: 'Back' },
    caption: 'Register your interest',
    body: (
      <>
        <SummaryList
          rows={[
            ...(role ? [{ key: 'Role you would like', value: role.title }] : []),
            row('Name', <span dir="auto">{answers.name}</span>, 'name', 'your name'),
            row(
              'How we reach you',
              answers.channel ? channelWords[answers.channel] : '',
              'channel',
              'how we reach you',
            ),
            row(
              answers.channel === 'post'
                ? 'Address'
                : answers.channel === 'email'
                  ? 'E-mail'
                  : 'Phone number',
              <span className="loop-words" dir="auto">
                {answers.contact}
              </span>,
              'contact',
              'where we reach you',
            ),
            ...(visit.language === 'en'
              ? []
              : [{ key: 'Language of our messages', value: languages[visit.language]! }]),
            row(
              'About yourself',
              answers.words ? <Quote words={answers.words} /> : 'Nothing yet',
              'words',
              'what you tell us about yourself',
            ),
            row(
              'Hospitals you know',
              trust
                ? `${trust.name}. ${answers.trustMayKnow ? 'Their contact may see your name and what would help you.' : 'Their contact does not see your name.'}`
                : 'Not said',
              'hospitals',
              'the hospitals you know',
            ),
            row(
              'Help you need',
              answers.help ? <Quote words={answers.help} /> : 'None',
              'help',
              'the help you need',
            ),
          ]}
        />
        <p>Only the team sees this. {howLongKept}</p>
        <Form hidden={visit.hidden} button="Send">
          <Honeypot />
        </Form>
      </>
    ),
  }
}
