import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  ButtonLink,
  Checkboxes,
  DateField,
  Details,
  Empty,
  Filters,
  Form,
  LinkList,
  Pagination,
  PlainText,
  Quote,
  Radios,
  Select,
  StatusTag,
  SummaryList,
  Table,
  TextArea,
  TextField,
  Timeline,
} from '#design/index.ts'
import { dateInWords, momentInWords } from '#kernel/calendar/words.ts'
import { promisedBy } from '#kernel/clocks.ts'
import { choice, optionalText, readDateFields, several, text, withDate } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  type Filled,
  form,
  page,
  refused,
  type Screen,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { settingOf } from '#platform/network-settings.ts'
import { type Rule, theTeam } from '#platform/permission.ts'
import { forRoles, roleWords } from './agreement.ts'
import { addAgreement, answerAgreement, giveDefaultAgreements, publishVersion, setWho } from './changes.ts'
import { defaultAgreements } from './defaults.ts'
import { agreementPaths as paths } from './paths.ts'
import { dueOf, stateInWords } from './person.tsx'
import {
  type AskedPerson,
  askedFor,
  counted,
  type LoadedAgreement,
  loadAgreement,
  mine,
  versionOn,
} from './queries.ts'
import { withoutAgreement } from './settings.ts'
import type { ForRole } from './tables.ts'

type Here = Visit<LoadedAgreement>
const theirs = theTeam as Rule<LoadedAgreement>
const load = (visit: Visit<undefined>, how: { forChange: boolean }) =>
  loadAgreement(visit, visit.params.agreement, how)
const day = (iso: string) => dateInWords(Temporal.PlainDate.from(iso))

const list = page('/:network/team/agreements', {
  who: theTeam,
  audit: 'nothing',
  async handler(visit) {
    const { tx, network, today } = visit
    const all = await counted(tx, today)
    const effect = withoutAgreement.form.kind === 'choice' && withoutAgreement.form.options
    const chosen = settingOf(network, withoutAgreement)
    return show({
      title: 'Agreements',
      wide: true,
      back: { href: `/${network.slug}/team`, text: 'The team’s work' },
      body: (
        <>
          <p>
            What everybody is asked to agree to. Each change is a new version with its day: people are asked
            again, and what they agreed to before stays as it was.
          </p>
          {all.length === 0 ? (
            <>
              <Empty>There is no agreement yet.</Empty>
              <ButtonLink href={paths.defaults(network.slug)}>Look at ready-made agreements</ButtonLink>
            </>
          ) : (
            <Table
              caption="Agreements"
              captionHidden
              columns={[
                { title: 'Agreement' },
                { title: 'Asked of' },
                { title: 'Agreed', numeric: true },
                { title: 'After their day', numeric: true },
              ]}
              rows={all.map(each => [
                <a href={paths.people(network.slug, each.slug)} key="title">
                  {each.title}
                  <span className="nhsuk-u-visually-hidden">, version {each.number}</span>
                </a>,
                rolesInWords(each.roles),
                `${each.agreed} of ${each.asked}`,
                each.late > 0 ? (
                  <StatusTag tone="late" key="late">
                    {each.late} late
                  </StatusTag>
                ) : (
                  '0'
                ),
              ])}
            />
          )}
          <ButtonLink href={paths.new(network.slug)} secondary>
            Write an agreement
          </ButtonLink>
          <p>
            When somebody has not agreed by the day:{' '}
            {effect ? effect.find(each => each.value === chosen)?.text.toLowerCase() : ''}. A setting of the
            network changes this.
          </p>
        </>
      ),
    })
  },
})

const rolesInWords = (roles: readonly ForRole[]) =>
  roles.map((each, n) => (n === 0 ? roleWords[each] : roleWords[each].toLowerCase())).join(', ')

const most = 25

const people = page<LoadedAgreement>('/:network/team/agreements/:agreement', {
  who: theirs,
  audit: 'nothing',
  load,
  async handler(visit) {
    const { thing, query, tx, today } = visit
    const holds = versionOn(thing.versions, today)
    const wish = {
      show: query.get('show') === 'all' ? ('all' as const) : ('missing' as const),
      after: /^\d{1,9}$/.test(query.get('after') ?? '') ? Number(query.get('after')) : 0,
    }
    const rows = holds ? await askedFor(tx, holds.id, { ...wish, most: most + 1 }) : []
    return show(peopleScreen(visit, wish, rows))
  },
})

const answerWords = { agreed: 'Agreed', 'talk-first': 'Would like to talk first' } as const
const howWords = { web: '', phone: 'by phone', post: 'by post', 'in-person': 'in person' } as const

function peopleScreen(
  visit: Here,
  wish: { show: 'missing' | 'all'; after: number },
  rows: readonly AskedPerson[],
): Screen {
  const { thing, network, today } = visit
  const { slug } = network
  const here = paths.people(slug, thing.slug)
  const holds = versionOn(thing.versions, today)
  const shown = rows.slice(0, most)
  const last = shown.at(-1)
  return {
    title: (holds ?? thing.versions[0]!).title,
    caption: 'Agreement',
    wide: true,
    back: { href: paths.team(slug), text: 'Agreements' },
    body: (
      <>
        <SummaryList
          rows={[
            {
              key: 'Asked of',
              value: thing.endedOn ? `Nobody since ${dateInWords(thing.endedOn)}` : rolesInWords(thing.roles),
              action: { href: paths.rules(slug, thing.slug), about: 'who is asked' },
            },
            {
              key: 'Version',
              value: holds ? `${holds.number}, since ${day(holds.from_on)}` : 'None holds yet',
              action: { href: paths.change(slug, thing.slug), text: 'Write the next version', about: '' },
            },
          ]}
        />
        <h2 className="nhsuk-heading-m">Who was asked</h2>
        <Filters
          action={here}
          clear={wish.show === 'all' ? here : undefined}
          filters={[
            {
              name: 'show',
              label: 'Which',
              value: wish.show,
              options: [
                { value: 'missing', text: 'Those who have not agreed yet' },
                { value: 'all', text: 'Everybody' },
              ],
            },
          ]}
        />
        {shown.length === 0 ? (
          <Empty>
            {wish.show === 'all' ? 'Nobody has been asked yet.' : 'Everybody who was asked agreed.'}
          </Empty>
        ) : (
          <Table
            caption="Who was asked"
            captionHidden
            columns={[
              { title: 'Name' },
              { title: 'What they said' },
              { title: 'By' },
              { title: 'Write down' },
            ]}
            rows={shown.map(each => [
              each.name,
              each.answer ? (
                <>
                  {answerWords[each.answer]}
                  {each.on && ` on ${dateInWords(each.on)}`}
                  {each.how && howWords[each.how] && `, ${howWords[each.how]}`}
                  {each.recordedBy && `, written down by ${each.recordedBy}`}
                  {each.words !== '' && <Quote words={each.words} />}
                </>
              ) : (
                'Nothing yet'
              ),
              each.answer !== 'agreed' && Temporal.PlainDate.compare(each.dueOn, today) < 0 ? (
                <StatusTag tone="late" key="late">{`Late: ${dateInWords(each.dueOn)}`}</StatusTag>
              ) : (
                dateInWords(each.dueOn)
              ),
              each.answer === 'agreed' ? (
                ''
              ) : (
                <a href={paths.of(slug, each.personId)} key="of">
                  What they told you<span className="nhsuk-u-visually-hidden">: {each.name}</span>
                </a>
              ),
            ])}
          />
        )}
        <Pagination
          previous={
            wish.after > 0 ? { href: `${here}?show=${wish.show}`, label: 'From the beginning' } : undefined
          }
          next={
            rows.length > most && last
              ? { href: `${here}?show=${wish.show}&after=${last.personId}` }
              : undefined
          }
        />
        <h2 className="nhsuk-heading-m">Versions</h2>
        <LinkList
          links={thing.versions.map(each => ({
            href: paths.version(slug, thing.slug, each.number),
            text: `Version ${each.number}`,
            hint: `From ${day(each.from_on)}${each.by ? `, written by ${each.by}` : ''}`,
          }))}
        />
        <Details summary="What happened">
          <Timeline
            entries={thing.history.map(each => ({
              when: momentInWords(Temporal.Instant.from(each.at)),
              dateTime: each.at,
              by: each.by_words,
              title: sentence(each.event, each.details as Record<string, unknown>),
            }))}
          />
        </Details>
      </>
    ),
  }
}

export function sentence(event: string, details: Readonly<Record<string, unknown>>): string {
  switch (event) {
    case 'version-published':
      return `Version ${details.number} was written. It holds from ${day(String(details.from))}, to agree by ${day(String(details.by))}`
    case 'asked-of':
      return `Asked of: ${rolesInWords(details.roles as ForRole[])}`
    case 'ended':
      return 'Nobody is asked for it any more'
    default:
      return event
  }
}

/** The second date of the form. */
const byOn = z.unknown().transform((parts, context) => {
  const read = readDateFields(parts as Record<string, unknown>, 'by')
  if (read.ok) return read.date
  context.addIssue({ code: 'custom', message: read.nothing ? 'Enter the day to agree by' : read.sentence })
  return z.NEVER
})
const withBy = <T,>(fields: z.ZodType<T>) =>
  z.preprocess(raw => (typeof raw === 'object' && raw !== null ? { ...raw, by: raw } : raw), fields)

const versionFields = {
  title: text('Give it a title', { max: 120, name: 'The title' }),
  body: text('Write what people agree to', { max: 20_000, name: 'The text' }),
  by: byOn,
}

const dateOf = ({ values }: Filled, name: string, usual: Temporal.PlainDate) => ({
  day: values[`${name}-day`] ?? String(usual.day),
  month: values[`${name}-month`] ?? String(usual.month),
  year: values[`${name}-year`] ?? String(usual.year),
})

function TextFields({
  visit,
  filled,
  title,
  body,
}: {
  visit: Visit<unknown>
  filled: Filled
  title: string
  body: string
}) {
  const by = promisedBy('agreement', visit.today, visit.network.clocks)
  return (
    <>
      <TextField name="title" label="Title" value={filled.values.title ?? title} errors={filled.errors} />
      <TextArea
        name="body"
        label="What people agree to"
        hint="An empty line begins a new paragraph. Begin a line with ## for a heading, and each line of a list with a hyphen and a space."
        value={filled.values.body ?? body}
        rows={18}
        maxCharacters={20_000}
        errors={filled.errors}
      />
      <DateField
        name="from"
        label="From which day does it hold?"
        hint="People are asked from this day on."
        value={dateOf(filled, 'from', visit.today)}
        errors={filled.errors}
      />
      <DateField name="by" label="To agree by" value={dateOf(filled, 'by', by)} errors={filled.errors} />
    </>
  )
}

function RoleFields({ filled, roles }: { filled: Filled; roles: readonly ForRole[] }) {
  return (
    <Checkboxes
      name="roles"
      label="Who is asked for it?"
      values={filled.lists.roles ?? roles}
      errors={filled.errors}
      options={forRoles.map(each => ({ value: each, label: roleWords[each] }))}
    />
  )
}

const chosenRoles = (given: readonly string[]) => forRoles.filter(each => given.includes(each))

const add = form('/:network/team/agreements/new', {
  who: theTeam,
  audit: 'agreement-written',
  fields: withBy(
    withDate(
      'from',
      { required: 'Enter the day from which it holds' },
      { ...versionFields, roles: several() },
    ),
  ),
  screen: (visit, filled): Screen => ({
    title: 'Write an agreement',
    back: { href: paths.team(visit.network.slug), text: 'Agreements' },
    body: (
      <Form
        hidden={visit.hidden}
        button="Ask people to agree"
        secondary={{ text: 'Not now', href: paths.team(visit.network.slug) }}
      >
        <TextFields visit={visit} filled={filled} title="" body="" />
        <RoleFields filled={filled} roles={[]} />
      </Form>
    ),
  }),
  async submit(visit, given) {
    const done = await addAgreement(visit, {
      title: given.title,
      body: given.body,
      whatChanged: '',
      fromOn: given.from,
      agreeBy: given.by,
      roles: chosenRoles(given.roles),
    })
    return done.accepted
      ? { to: paths.people(visit.network.slug, done.state.slug) }
      : refused(done, done.reason)
  },
})

const change = form('/:network/team/agreements/:agreement/new-version', {
  who: theirs,
  audit: 'agreement-written',
  load,
  fields: withBy(
    withDate(
      'from',
      { required: 'Enter the day from which it holds' },
      { ...versionFields, changed: optionalText({ max: 500, name: 'What changed' }) },
    ),
  ),
  screen: (visit: Here, filled): Screen => {
    const newest = visit.thing.versions[0]!
    const back = paths.people(visit.network.slug, visit.thing.slug)
    return {
      title: `Write version ${newest.number + 1}`,
      caption: newest.title,
      back: { href: back, text: newest.title },
      body: (
        <Form hidden={visit.hidden} button="Publish this version" secondary={{ text: 'Not now', href: back }}>
          <p>Everybody is asked again. Who agreed to version {newest.number} is shown what changed.</p>
          <TextFields visit={visit} filled={filled} title={newest.title} body={newest.body} />
          <TextArea
            name="changed"
            label="What changed, in a sentence"
            value={filled.values.changed}
            rows={2}
            maxCharacters={500}
            errors={filled.errors}
          />
        </Form>
      ),
    }
  },
  async submit(visit: Here, given) {
    const done = await publishVersion(visit, visit.thing, {
      title: given.title,
      body: given.body,
      whatChanged: given.changed,
      fromOn: given.from,
      agreeBy: given.by,
    })
    return done.accepted
      ? { to: paths.people(visit.network.slug, visit.thing.slug) }
      : refused(done, done.reason)
  },
})

const who = form('/:network/team/agreements/:agreement/who', {
  who: theirs,
  audit: 'agreement-changed',
  load,
  fields: z.object({ roles: several(), ended: several() }),
  screen: (visit: Here, filled): Screen => {
    const back = paths.people(visit.network.slug, visit.thing.slug)
    return {
      title: 'Who is asked for it?',
      caption: visit.thing.versions[0]!.title,
      back: { href: back, text: visit.thing.versions[0]!.title },
      body: (
        <Form hidden={visit.hidden} button="Save" secondary={{ text: 'Do not change anything', href: back }}>
          <RoleFields filled={filled} roles={visit.thing.roles} />
          <Checkboxes
            name="ended"
            label="Or end it"
            values={filled.lists.ended ?? (visit.thing.endedOn ? ['yes'] : [])}
            errors={filled.errors}
            options={[
              {
                value: 'yes',
                label: 'Nobody is asked for it any more',
                hint: 'What people agreed to stays written down.',
              },
            ]}
          />
        </Form>
      ),
    }
  },
  async submit(visit: Here, { roles, ended }) {
    const done = await setWho(visit, visit.thing, { roles: chosenRoles(roles), ended: ended.includes('yes') })
    return done.accepted ? { to: paths.people(visit.network.slug, visit.thing.slug) } : refused(done, 'roles')
  },
})

const readyMade = form('/:network/team/agreements/ready-made', {
  who: theTeam,
  audit: 'agreement-written',
  guardsVersion: false,
  fields: z.object({}),
  screen(visit): Screen {
    const back = paths.team(visit.network.slug)
    return {
      title: 'Ready-made agreements',
      back: { href: back, text: 'Agreements' },
      body: (
        <>
          <p>Plain texts to begin with. Read them first. You can write your own version of each later.</p>
          {defaultAgreements.map(each => (
            <Details summary={each.title} key={each.slug}>
              <p>Asked of: {rolesInWords(each.roles)}</p>
              <PlainText text={each.body} />
            </Details>
          ))}
          <Form
            hidden={visit.hidden}
            button="Use these agreements"
            secondary={{ text: 'Not now', href: back }}
          />
        </>
      ),
    }
  },
  async submit(visit) {
    const made = await giveDefaultAgreements(visit)
    return made > 0
      ? { to: paths.team(visit.network.slug) }
      : refused({ sentence: 'This network has agreements already' })
  },
})

interface Told {
  readonly personId: number
  readonly name: string
  readonly roles: readonly ForRole[]
}

const told = form('/:network/team/agreements/of/:person', {
  who: theTeam as Rule<Told>,
  audit: 'agreement-recorded',
  guardsVersion: false,
  async load(visit): Promise<Told | undefined> {
    const id = /^\d{1,9}$/.test(visit.params.person ?? '') ? Number(visit.params.person) : -1
    const found = await visit.tx
      .selectFrom('person as p')
      .select([
        'p.id',
        'p.name',
        sql<ForRole[]>`(select coalesce(jsonb_agg(distinct w.role), '[]') from (
          select m.role from membership m where m.network_id = p.network_id and m.person_id = p.id
            and m.from_on <= ${visit.today} and (m.to_on is null or m.to_on >= ${visit.today})
          union select 'team' from post_holding h where h.network_id = p.network_id and h.person_id = p.id
            and h.post <> 'administrator' and h.from_on <= ${visit.today}
            and (h.to_on is null or h.to_on >= ${visit.today})) w)`.as('roles'),
      ])
      .where('p.id', '=', id)
      .where('p.left_on', 'is', null)
      .executeTakeFirst()
    return found && { personId: found.id, name: found.name, roles: found.roles }
  },
  fields: z.object({
    agreement: z.string({ error: 'Choose which agreement' }).min(1, 'Choose which agreement').max(60),
    answer: choice('Choose what they said', ['agreed', 'talk-first']),
    words: optionalText({ max: 1000, name: 'Their words' }),
    how: choice('Choose how they told you', ['phone', 'post', 'in-person']),
  }),
  async screen(visit: Visit<Told>, filled): Promise<Screen> {
    const all = await mine(visit, visit.thing.personId, visit.thing.roles)
    const open = all.filter(each => each.standing.agreedOn === null)
    const back = `/${visit.network.slug}/team/people/${visit.thing.personId}`
    return {
      title: `Agreements of ${visit.thing.name}`,
      back: { href: back, text: visit.thing.name },
      body: (
        <>
          {all.length === 0 && <Empty>Nothing is asked of them.</Empty>}
          {all.length > 0 && (
            <SummaryList
              rows={all.map(each => ({
                key: each.title,
                value: (
                  <>
                    <StatusTag tone={stateInWords(each, visit).tone}>
                      {stateInWords(each, visit).words}
                    </StatusTag>{' '}
                    {each.standing.agreedOn
                      ? `on ${dateInWords(each.standing.agreedOn)}`
                      : `by ${dateInWords(dueOf(each, visit))}`}
                  </>
                ),
              }))}
            />
          )}
          {open.length > 0 && (
            <>
              <h2 className="nhsuk-heading-m">Write down what they told you</h2>
              <p>Read the agreement to them first, or send it in the way that they need.</p>
              <Form hidden={visit.hidden} button="Write it down" secondary={{ text: 'Not now', href: back }}>
                <Select
                  name="agreement"
                  label="Which agreement?"
                  empty="Choose one"
                  value={filled.values.agreement}
                  options={open.map(each => ({
                    value: each.slug,
                    text: `${each.title}, version ${each.number}`,
                  }))}
                  errors={filled.errors}
                />
                <Radios
                  name="answer"
                  label="What did they say?"
                  value={filled.values.answer}
                  errors={filled.errors}
                  options={[
                    { value: 'agreed', label: 'They agree' },
                    { value: 'talk-first', label: 'They would like to talk about it first' },
                  ]}
                />
                <TextArea
                  name="words"
                  label="Their words"
                  optional
                  value={filled.values.words}
                  rows={3}
                  maxCharacters={1000}
                  errors={filled.errors}
                />
                <Radios
                  name="how"
                  label="How did they tell you?"
                  value={filled.values.how}
                  errors={filled.errors}
                  options={[
                    { value: 'phone', label: 'On the phone' },
                    { value: 'post', label: 'By post' },
                    { value: 'in-person', label: 'In the room' },
                  ]}
                />
              </Form>
            </>
          )}
        </>
      ),
    }
  },
  async submit(visit: Visit<Told>, given) {
    const [it] = await mine(visit, visit.thing.personId, given.agreement)
    if (!it?.roles.some(each => visit.thing.roles.includes(each))) {
      return refused({ sentence: 'Choose an agreement from the list' }, 'agreement')
    }
    const done = await answerAgreement(visit, visit.thing.personId, { ...given, number: it.number })
    return done.accepted
      ? { to: paths.of(visit.network.slug, visit.thing.personId) }
      : refused(done, 'agreement')
  },
})

// Addresses with words of their own come before those where an agreement's name may stand.
export const teamRoutes: AnyRoute[] = [list, add, readyMade, told, people, change, who]
