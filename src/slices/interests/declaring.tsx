import { z } from 'zod'
import {
  Checkboxes,
  DateField,
  Details,
  type FieldError,
  Form,
  InsetText,
  Quote,
  Radios,
  Select,
  SummaryList,
  TextArea,
  TextField,
} from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import type { Refusal } from '#kernel/decision.ts'
import { theirs } from '#kernel/text/theirs.ts'
import {
  choice,
  optionalChoice,
  optionalId,
  optionalText,
  readDateFields,
  several,
  text,
  withDate,
} from '#platform/form/fields.ts'
import {
  type AnyRoute,
  type Filled,
  form,
  page,
  refused,
  type Screen,
  type Submitted,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { aMember, isTeam, isVolunteer, personRule, type Rule, theTeam } from '#platform/permission.ts'
import { isOfTheGroup, type LoadedMeeting, loadMeeting, meetingPaths } from '#slices/meetings/index.ts'
import { mayReadInterest } from './access.ts'
import {
  askToWithhold,
  confirmInterests,
  type Declared,
  declareInterest,
  endInterest,
  nameInRegister,
  sayWhatIsDone,
  withholdInterest,
} from './changes.ts'
import {
  type Interest,
  isLateDeclared,
  kindWords,
  type OrganisationKind,
  organisationWords,
  typeWords,
} from './interest.ts'
import { interestPaths } from './paths.ts'
import { placesToChoose } from './queries.ts'
import { keepingOf } from './settings.ts'
import { type LoadedInterest, loadInterest } from './store.ts'
import { WhatHappened } from './timeline.tsx'

type Kinds = Interest['type']
const types = Object.keys(typeWords) as [Kinds, ...Kinds[]]
const bodies = Object.keys(organisationWords) as [OrganisationKind, ...OrganisationKind[]]
const kinds = Object.keys(kindWords) as [Interest['conflict'], ...Interest['conflict'][]]
const typeHints: Record<Kinds, string> = {
  financial: 'You could gain or lose money: a job, shares, fees, gifts.',
  'non-financial-professional': 'Your work or standing could gain: a role in a body, research, teaching.',
  'non-financial-personal': 'You could gain as a person: a place in a charity, a campaign you are part of.',
  indirect: 'Somebody close to you has such an interest.',
}

/** A second date of a form, which may be left out; the parts of all dates come with the whole form. */
const endOn = z.unknown().transform((parts, context) => {
  const read = readDateFields(parts as Record<string, unknown>, 'to')
  if (read.ok) return read.date
  if (!read.nothing) context.addIssue({ code: 'custom', message: read.sentence })
  return undefined
})
const withEnd = <T,>(fields: z.ZodType<T>) =>
  z.preprocess(raw => (typeof raw === 'object' && raw !== null ? { ...raw, to: raw } : raw), fields)

const declareFields = withEnd(
  withDate(
    'from',
    { required: 'Enter the day on which it began' },
    {
      type: choice('Choose what kind of interest it is', types),
      organisation: optionalText({ max: 200, name: 'The organisation' }),
      body: optionalChoice(bodies),
      trust: optionalId(),
      project: optionalId(),
      what: text('Say what it is', { max: 1000, name: 'What it is' }),
      whose: optionalText({ max: 200, name: 'Whose it is' }),
      conflict: choice('Choose how it touches the network’s work', kinds),
      names: optionalText({ max: 500, name: 'Other names' }),
      danger: optionalText({ max: 1000, name: 'The reason' }),
      to: endOn,
    },
  ),
)

const dateOf = ({ values }: Filled, name: string) => ({
  day: values[`${name}-day`],
  month: values[`${name}-month`],
  year: values[`${name}-year`],
})

async function declareBody(visit: Visit<unknown>, filled: Filled, back: string, intro: React.ReactNode) {
  const { values, errors } = filled
  const places = await placesToChoose(visit.tx)
  const options = (list: readonly { id: number; name: string }[]) =>
    list.map(each => ({ value: String(each.id), text: theirs(each.name) }))
  return (
    <>
      {intro}
      <Form hidden={visit.hidden} button="Declare it" secondary={{ text: 'Not now', href: back }}>
        <Radios
          name="type"
          label="What kind of interest is it?"
          value={values.type}
          errors={errors}
          options={types.map(each => ({ value: each, label: typeWords[each], hint: typeHints[each] }))}
        />
        <TextField
          name="organisation"
          label="Which organisation?"
          hint="A company, charity, university or other body. Leave it empty for a Trust of this network."
          value={values.organisation}
          errors={errors}
        />
        <Select
          name="body"
          label="What kind of organisation is it?"
          optional
          empty="Not sure"
          value={values.body}
          options={bodies.map(each => ({ value: each, text: organisationWords[each] }))}
          errors={errors}
        />
        <Select
          name="trust"
          label="Or a Trust of this network"
          optional
          empty="None of them"
          value={values.trust}
          options={options(places.trusts)}
          errors={errors}
        />
        <TextArea
          name="what"
          label="What is it?"
          hint="For example, “I am paid to give two talks a year.”"
          value={values.what}
          maxCharacters={1000}
          rows={3}
          errors={errors}
        />
        <TextField
          name="whose"
          label="Whose is it, if not yours?"
          optional
          hint="For example, my sister. No name is needed."
          value={values.whose}
          errors={errors}
        />
        <Radios
          name="conflict"
          label="How does it touch the network’s work?"
          value={values.conflict}
          errors={errors}
          options={kinds.map(each => ({ value: each, label: kindWords[each] }))}
        />
        <DateField
          name="from"
          label="When did it begin?"
          hint="For example, 31 3 2025. The first of a month will do."
          value={dateOf(filled, 'from')}
          errors={errors}
        />
        <DateField
          name="to"
          label="When did it end?"
          optional
          hint="Leave it empty if it goes on."
          value={dateOf(filled, 'to')}
          errors={errors}
        />
        <Details
          summary="By what words may it come up?"
          open={errors.length > 0 || Boolean(values.names) || Boolean(values.project)}
        >
          <TextField
            name="names"
            label="Other names"
            optional
            hint="Products or other names, with commas between. We look for them on agendas."
            value={values.names}
            errors={errors}
          />
          <Select
            name="project"
            label="A project of this network"
            optional
            empty="None of them"
            value={values.project}
            options={options(places.projects)}
            errors={errors}
          />
        </Details>
        <p>
          The public can read it in the register{' '}
          {isVolunteer(visit.me) ? 'without your name, unless you want to be named' : 'beside your name'}.
        </p>
        <Details
          summary="It would put somebody in danger if it were public"
          open={errors.length > 0 || Boolean(values.danger)}
        >
          <TextArea
            name="danger"
            label="Why must it not be public?"
            optional
            hint="If you write something here, it is not shown until the team has decided. Only the team reads this."
            value={values.danger}
            maxCharacters={1000}
            rows={3}
            errors={errors}
          />
        </Details>
      </Form>
    </>
  )
}

function readDeclared(given: z.infer<typeof declareFields>): Declared {
  return {
    type: given.type,
    conflict: given.conflict,
    organisation: given.organisation,
    ...(given.body ? { organisationKind: given.body } : {}),
    withholdBecause: given.danger,
    what: given.what,
    whose: given.whose,
    otherNames: given.names,
    from: given.from,
    to: given.to ?? null,
    trustId: given.trust ?? null,
    projectId: given.project ?? null,
  }
}

async function declare(visit: Visit<unknown>, personId: number, given: Declared): Promise<Submitted> {
  if (given.organisation === '' && given.trustId === null) {
    return refused({ sentence: 'Enter an organisation, or choose a Trust' }, 'organisation')
  }
  const done = await declareInterest(visit, personId, given)
  if (!done.accepted) return refused(done, done.reason)
  return { to: interestPaths.one(visit.network.slug, done.state.id) }
}

const declareOwn = form('/:network/interests/new', {
  who: aMember,
  audit: 'interest-declared',
  fields: declareFields,
  async screen(visit, filled) {
    const back = interestPaths.mine(visit.network.slug)
    return {
      title: 'Declare an interest',
      back: { href: back, text: 'My interests' },
      body: await declareBody(
        visit,
        filled,
        back,
        <p>
          Please declare it within {keepingOf(visit.network).daysToDeclare} days after it began. Later is
          better than not at all.
        </p>,
      ),
    }
  },
  submit: (visit, given) => declare(visit, visit.me.personId, readDeclared(given)),
})

/** Somebody of this network, for whom the team writes down what they said. */
interface Told {
  readonly personId: number
  readonly name: string
}

async function loadTold(visit: Visit<undefined>): Promise<Told | undefined> {
  const id = /^\d{1,9}$/.test(visit.params.person ?? '') ? Number(visit.params.person) : -1
  return await visit.tx
    .selectFrom('person')
    .select(['id as personId', 'name'])
    .where('id', '=', id)
    .where('left_on', 'is', null)
    .executeTakeFirst()
}

const declareFor = form('/:network/interests/of/:person/new', {
  who: theTeam as Rule<Told>,
  audit: 'interest-recorded',
  load: loadTold,
  fields: declareFields,
  async screen(visit: Visit<Told>, filled): Promise<Screen> {
    const back = interestPaths.all(visit.network.slug)
    return {
      title: `Declare an interest for ${visit.thing.name}`,
      back: { href: back, text: 'The whole register' },
      body: await declareBody(
        visit,
        filled,
        back,
        <p>As they told you. The register says that the team wrote it down.</p>,
      ),
    }
  },
  submit: (visit: Visit<Told>, given) => declare(visit, visit.thing.personId, readDeclared(given)),
})

const confirmFields = z.object({
  answer: choice('Choose how it is', ['same', 'nothing']),
})

function ConfirmFields({ filled, errors }: { filled: Filled; errors: readonly FieldError[] }) {
  return (
    <Radios
      name="answer"
      label="How is it today?"
      value={filled.values.answer}
      errors={errors}
      options={[
        {
          value: 'same',
          label: 'All is as declared',
          hint: 'Nothing is missing and nothing is out of date.',
        },
        { value: 'nothing', label: 'I have nothing to declare', hint: 'This is written down with the day.' },
      ]}
    />
  )
}

const confirmOwn = form('/:network/interests/confirm', {
  who: aMember,
  audit: 'interests-confirmed',
  fields: confirmFields,
  screen: (visit, filled) => ({
    title: 'Confirm my interests',
    back: { href: interestPaths.mine(visit.network.slug), text: 'My interests' },
    body: (
      <>
        <p>
          Once a year everybody says how it is. If something is new,{' '}
          <a href={interestPaths.new(visit.network.slug)}>declare it</a> instead.
        </p>
        <Form
          hidden={visit.hidden}
          button="Confirm"
          secondary={{ text: 'Not now', href: interestPaths.mine(visit.network.slug) }}
        >
          <ConfirmFields filled={filled} errors={filled.errors} />
        </Form>
      </>
    ),
  }),
  async submit(visit, { answer }) {
    await confirmInterests(visit, visit.me.personId, {
      isNil: answer === 'nothing',
      about: 'yearly',
      meetingId: null,
    })
    return { to: interestPaths.mine(visit.network.slug) }
  },
})

const confirmFor = form('/:network/interests/of/:person/confirm', {
  who: theTeam as Rule<Told>,
  audit: 'interests-confirmed',
  load: loadTold,
  fields: confirmFields,
  screen: (visit: Visit<Told>, filled): Screen => ({
    title: `Confirm the interests of ${visit.thing.name}`,
    back: { href: interestPaths.all(visit.network.slug), text: 'The whole register' },
    body: (
      <>
        <p>As they told you. The answers are in their words.</p>
        <Form
          hidden={visit.hidden}
          button="Confirm as told"
          secondary={{ text: 'Not now', href: interestPaths.all(visit.network.slug) }}
        >
          <ConfirmFields filled={filled} errors={filled.errors} />
        </Form>
      </>
    ),
  }),
  async submit(visit: Visit<Told>, { answer }) {
    await confirmInterests(visit, visit.thing.personId, {
      isNil: answer === 'nothing',
      about: 'yearly',
      meetingId: null,
    })
    return { to: interestPaths.all(visit.network.slug) }
  },
})

const beforeMeeting = form('/:network/meetings/:meeting/anything-to-declare', {
  who: isOfTheGroup as Rule<LoadedMeeting>,
  audit: 'interests-confirmed',
  load: visit => loadMeeting(visit, visit.params.meeting, { forChange: false }),
  guardsVersion: false,
  fields: z.object({ answer: choice('Choose whether there is anything new', ['no', 'yes']) }),
  screen: (visit: Visit<LoadedMeeting>, filled): Screen => {
    const back = meetingPaths.one(visit.network.slug, visit.thing.reference)
    return {
      title: 'Is there anything new to declare?',
      caption: `${visit.thing.reference}, ${theirs(visit.thing.row.title)}`,
      back: { href: back, text: 'Back to the meeting' },
      titleInLegend: true,
      body: (
        <Form hidden={visit.hidden} button="Go on" secondary={{ text: 'Not now', href: back }}>
          <Radios
            name="answer"
            label="Is there anything new to declare?"
            asHeading
            hint="A job, money, a place in a charity, or somebody close to you who has one: what this meeting may talk about."
            value={filled.values.answer}
            errors={filled.errors}
            options={[
              { value: 'no', label: 'No, nothing new' },
              { value: 'yes', label: 'Yes, I want to declare something' },
            ]}
          />
        </Form>
      ),
    }
  },
  async submit(visit: Visit<LoadedMeeting>, { answer }) {
    const { slug } = visit.network
    if (answer === 'yes') return { to: interestPaths.new(slug) }
    const declared = await visit.tx
      .selectFrom('interest')
      .select('id')
      .where('person_id', '=', visit.me.personId)
      .limit(1)
      .executeTakeFirst()
    await confirmInterests(visit, visit.me.personId, {
      isNil: declared === undefined,
      about: 'meeting',
      meetingId: visit.thing.id,
    })
    return { to: meetingPaths.one(slug, visit.thing.reference) }
  },
})

const aVolunteer: Rule = personRule('a volunteer', isVolunteer)

const name = form('/:network/interests/name', {
  who: aVolunteer,
  audit: 'register-naming',
  fields: z.object({ named: several() }),
  async screen(visit, filled) {
    const now = await visit.tx
      .selectFrom('register_consent')
      .select('named')
      .where('person_id', '=', visit.me.personId)
      .executeTakeFirst()
    const back = interestPaths.mine(visit.network.slug)
    return {
      title: 'My name in the public register',
      back: { href: back, text: 'My interests' },
      body: (
        <>
          <p>
            Everybody on the internet can read the register. Your interests stand there as those of “a
            volunteer”, unless you want your name beside them. You can change this at any time.
          </p>
          <Form
            hidden={visit.hidden}
            button="Save"
            secondary={{ text: 'Do not change anything', href: back }}
          >
            <Checkboxes
              name="named"
              label="Your name"
              values={filled.lists.named ?? (now?.named ? ['yes'] : [])}
              errors={filled.errors}
              options={[{ value: 'yes', label: 'Show my name beside my interests' }]}
            />
          </Form>
        </>
      ),
    }
  },
  async submit(visit, { named }) {
    await nameInRegister(visit, visit.me.personId, named.includes('yes'))
    return { to: interestPaths.mine(visit.network.slug) }
  },
})

type Here = Visit<LoadedInterest>
const load = (visit: Visit<undefined>, how: { forChange: boolean }) =>
  loadInterest(visit, visit.params.interest, how)

const one = page<LoadedInterest>('/:network/interests/:interest', {
  who: mayReadInterest,
  audit: 'nothing',
  load,
  handler(visit) {
    const { thing, network, me } = visit
    const { it, row } = thing
    const own = thing.personId === me.personId
    const slug = network.slug
    const declaredOn = row.declared_at.toZonedDateTimeISO('Europe/London').toPlainDate()
    const mayWithhold = isTeam(me) && !own
    const days = keepingOf(network).daysToDeclare
    return show({
      title: theirs(it.organisation || (thing.trust ?? '')) || 'An interest',
      caption: own ? 'My interest' : theirs(thing.personName),
      back: own
        ? { href: interestPaths.mine(slug), text: 'My interests' }
        : { href: interestPaths.all(slug), text: 'The whole register' },
      body: (
        <>
          {row.withhold_asked !== '' && (mayWithhold || own) && (
            <InsetText>
              <p>
                {own
                  ? 'You asked to keep this out of the public register. It is not shown until the team has decided.'
                  : 'They ask to keep this out of the public register. It is not shown until you have decided.'}
              </p>
              <Quote words={row.withhold_asked} by={theirs(thing.personName)} />
            </InsetText>
          )}
          {row.withheld_because !== '' && (
            <InsetText>
              <p>This is kept out of the public register.</p>
              <Quote words={row.withheld_because} by={theirs(thing.withheldBy ?? '')} />
            </InsetText>
          )}
          <SummaryList
            rows={[
              { key: 'What', value: <bdi>{it.what}</bdi> },
              { key: 'Kind', value: `${typeWords[it.type]}. ${kindWords[it.conflict]}` },
              ...(row.organisation_kind === 'other'
                ? []
                : [{ key: 'Kind of organisation', value: organisationWords[row.organisation_kind] }]),
              {
                key: 'What is done about it',
                value: row.what_is_done === '' ? 'Nothing yet' : <bdi>{row.what_is_done}</bdi>,
                action: mayWithhold
                  ? {
                      href: interestPaths.step(slug, thing.id, 'what-is-done'),
                      about: 'what is done about it',
                    }
                  : undefined,
              },
              ...(it.whose ? [{ key: 'Whose', value: <bdi>{it.whose}</bdi> }] : []),
              ...(thing.trust ? [{ key: 'Trust', value: theirs(thing.trust) }] : []),
              ...(thing.project ? [{ key: 'Project', value: theirs(thing.project) }] : []),
              ...(it.otherNames ? [{ key: 'Other names', value: <bdi>{it.otherNames}</bdi> }] : []),
              { key: 'From', value: dateInWords(it.from) },
              {
                key: 'To',
                value: it.to ? dateInWords(it.to) : 'It goes on',
                action: { href: interestPaths.step(slug, thing.id, 'end'), about: 'when it ends' },
              },
              {
                key: 'Declared',
                value: `${dateInWords(declaredOn)}${isLateDeclared(it.from, declaredOn, days) ? `, later than ${days} days after it began` : ''}${thing.recordedBy ? `, written down by ${theirs(thing.recordedBy)}` : ''}`,
              },
              ...(own
                ? [
                    {
                      key: 'Public register',
                      value:
                        row.withheld_because !== ''
                          ? 'Not shown'
                          : row.withhold_asked !== ''
                            ? 'Not shown until the team has decided'
                            : 'Shown',
                      action:
                        row.withheld_because === '' && row.withhold_asked === ''
                          ? {
                              href: interestPaths.step(slug, thing.id, 'keep-out'),
                              text: 'Ask to keep it out',
                              about: '',
                            }
                          : undefined,
                    },
                  ]
                : []),
              ...(mayWithhold
                ? [
                    {
                      key: 'Public register',
                      value: row.withheld_because === '' ? 'Shown' : 'Not shown',
                      action: {
                        href: interestPaths.step(slug, thing.id, 'withhold'),
                        about: 'if it is public',
                      },
                    },
                  ]
                : []),
            ]}
          />
          <WhatHappened history={thing.history} />
        </>
      ),
    })
  },
})

const end = form('/:network/interests/:interest/end', {
  who: mayReadInterest,
  audit: 'interest-ended',
  load,
  fields: withDate('to', {}, {}),
  screen: (visit: Here, filled): Screen => {
    const back = interestPaths.one(visit.network.slug, visit.thing.id)
    const { to } = visit.thing.it
    const sent = filled.values['to-day'] !== undefined
    return {
      title: 'When does it end?',
      caption: theirs(visit.thing.it.organisation || (visit.thing.trust ?? '')),
      back: { href: back, text: 'Back' },
      body: (
        <Form hidden={visit.hidden} button="Save" secondary={{ text: 'Do not change anything', href: back }}>
          <DateField
            name="to"
            label="The last day"
            hint="For example, 31 3 2027. Leave it empty if it goes on after all."
            value={
              sent
                ? dateOf(filled, 'to')
                : { day: to?.day.toString(), month: to?.month.toString(), year: to?.year.toString() }
            }
            errors={filled.errors}
          />
        </Form>
      ),
    }
  },
  async submit(visit: Here, { to }) {
    const done = await endInterest(visit, visit.thing, to)
    if (!done.accepted) return refused(done, 'to')
    return { to: interestPaths.one(visit.network.slug, visit.thing.id) }
  },
})

const mayWithhold: Rule<LoadedInterest> = personRule(
  'the team, not about themselves',
  (actor, it) => isTeam(actor) && it.personId !== actor.personId,
)

const withhold = form('/:network/interests/:interest/withhold', {
  who: mayWithhold,
  audit: 'interest-withheld',
  load,
  fields: z.object({ because: optionalText({ max: 1000, name: 'The reason' }), shown: several() }),
  screen: (visit: Here, filled): Screen => {
    const back = interestPaths.one(visit.network.slug, visit.thing.id)
    const { withheld_because } = visit.thing.row
    return {
      title: 'Keep it out of the public register',
      caption: theirs(visit.thing.personName),
      back: { href: back, text: 'Back' },
      body: (
        <>
          <p>
            Only for a good reason, such as danger for the person. The reason stands in the whole register.
          </p>
          <Form
            hidden={visit.hidden}
            button="Save"
            secondary={{ text: 'Do not change anything', href: back }}
          >
            <TextArea
              name="because"
              label="Why is it kept out?"
              value={filled.values.because ?? withheld_because}
              maxCharacters={1000}
              rows={4}
              errors={filled.errors}
            />
            {(withheld_because !== '' || visit.thing.row.withhold_asked !== '') && (
              <Checkboxes
                name="shown"
                label="Or show it"
                values={filled.lists.shown ?? []}
                errors={filled.errors}
                options={[{ value: 'yes', label: 'Show it in the public register' }]}
              />
            )}
          </Form>
        </>
      ),
    }
  },
  async submit(visit: Here, { because, shown }) {
    if (shown.length === 0 && because === '') {
      return refused({ sentence: 'Say why it is kept out' } satisfies Pick<Refusal, 'sentence'>, 'because')
    }
    await withholdInterest(visit, visit.thing, shown.length > 0 ? '' : because)
    return { to: interestPaths.one(visit.network.slug, visit.thing.id) }
  },
})

const whatIsDone = form('/:network/interests/:interest/what-is-done', {
  who: mayWithhold,
  audit: 'interest-what-is-done',
  load,
  fields: z.object({ done: optionalText({ max: 500, name: 'What is done' }) }),
  screen: (visit: Here, filled): Screen => {
    const back = interestPaths.one(visit.network.slug, visit.thing.id)
    return {
      title: 'What is done about it?',
      caption: theirs(visit.thing.personName),
      back: { href: back, text: 'Back' },
      body: (
        <Form hidden={visit.hidden} button="Save" secondary={{ text: 'Do not change anything', href: back }}>
          <TextArea
            name="done"
            label="What is done about it?"
            hint="For example, “Leaves the room when this supplier is talked about.” Everybody can read it in the register."
            value={filled.values.done ?? visit.thing.row.what_is_done}
            maxCharacters={500}
            rows={3}
            errors={filled.errors}
          />
        </Form>
      ),
    }
  },
  async submit(visit: Here, { done }) {
    await sayWhatIsDone(visit, visit.thing, done)
    return { to: interestPaths.one(visit.network.slug, visit.thing.id) }
  },
})

const whose: Rule<LoadedInterest> = personRule(
  'the person whose interest it is',
  (actor, it) => it.personId === actor.personId,
)

const keepOut = form('/:network/interests/:interest/keep-out', {
  who: whose,
  audit: 'interest-withhold-asked',
  load,
  fields: z.object({ because: text('Say why', { max: 1000, name: 'The reason' }) }),
  screen: (visit: Here, filled): Screen => {
    const back = interestPaths.one(visit.network.slug, visit.thing.id)
    return {
      title: 'Ask to keep it out of the public register',
      back: { href: back, text: 'Back' },
      body: (
        <Form hidden={visit.hidden} button="Ask the team" secondary={{ text: 'Not now', href: back }}>
          <p>
            For somebody’s safety an interest can be kept out. It is not shown from now on, until the team has
            decided. Only the team reads your reason.
          </p>
          <TextArea
            name="because"
            label="Why must it not be public?"
            value={filled.values.because}
            maxCharacters={1000}
            rows={4}
            errors={filled.errors}
          />
        </Form>
      ),
    }
  },
  async submit(visit: Here, { because }) {
    const no = await askToWithhold(visit, visit.thing, because)
    return no ? refused(no, 'because') : { to: interestPaths.one(visit.network.slug, visit.thing.id) }
  },
})

export const declaringRoutes: AnyRoute[] = [
  declareOwn,
  declareFor,
  confirmOwn,
  confirmFor,
  beforeMeeting,
  name,
  one,
  end,
  withhold,
  whatIsDone,
  keepOut,
]
