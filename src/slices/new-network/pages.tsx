import { z } from 'zod'
import {
  ButtonLink,
  EmailField,
  Form,
  InsetText,
  LinkList,
  Panel,
  SummaryList,
  TextArea,
  TextField,
} from '#design/index.ts'
import type { Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { optionalText, text } from '#platform/form/fields.ts'
import type { House } from '#platform/house.ts'
import {
  type AnyRoute,
  errors,
  type FieldError,
  type Filled,
  form,
  page,
  refused,
  type Screen,
  type Slice,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { anAdministrator, rule } from '#platform/permission.ts'
import { NameFields, nameShape, placesHeader, readPlaces } from '#slices/network-settings/index.ts'
import { makeNetwork, reservedSlugs, slugTaken } from './make.ts'
import { newNetworkPaths as paths, type Step } from './paths.ts'
import {
  type Answers,
  missingStep,
  mustBeThere,
  type PostKey,
  planOf,
  postKeys,
  postWords,
  slugForm,
} from './plan.ts'

const kind = 'new-network'
type Here = Answers & { readonly version?: number }

async function readAnswers(tx: Tx, personId: number): Promise<Answers> {
  const found = await tx
    .selectFrom('draft')
    .select('data')
    .where('person_id', '=', personId)
    .where('kind', '=', kind)
    .executeTakeFirst()
  return (found?.data as Answers | undefined) ?? {}
}

async function keep(doing: Doing, answers: Answers): Promise<void> {
  const data = JSON.stringify(answers)
  await doing.tx
    .insertInto('draft')
    .values({
      network_id: doing.network.id,
      person_id: doing.actor!.personId,
      kind,
      data,
      updated_at: doing.now,
    })
    .onConflict(on =>
      on.columns(['network_id', 'person_id', 'kind']).doUpdateSet({ data, updated_at: doing.now }),
    )
    .execute()
}

const who = rule<Here>(anAdministrator.name, actor => anAdministrator.holds(actor, undefined))
const load = async (visit: Visit<undefined>): Promise<Here | undefined> =>
  visit.actor && (await readAnswers(visit.tx, visit.me.personId))

/** After a page: the next one, or back to the check when everything has been asked once. */
const nextAfter = (slug: string, answers: Answers): string =>
  paths.step(slug, missingStep(answers) ?? 'check')

const nameFields = z.object({
  ...nameShape,
  slug: text('Enter the address of its pages', { max: 31, name: 'The address' }).refine(
    given => slugForm.test(given),
    {
      error:
        'The address must be small letters, digits and hyphens, and begin with a letter, like north-imaging',
    },
  ),
  safeguarding: optionalText({ max: 2000, name: 'The safeguarding number' }),
})
const groupFields = z.object({
  board: text('Enter the name of the board', { max: 120, name: 'The name of the board' }),
  sigs: optionalText({ max: 5000, name: 'The list of SIGs' }),
  workstreams: optionalText({ max: 5000, name: 'The list of workstreams' }),
})
const email = optionalText({ max: 254, name: 'The e-mail address' }).refine(
  given => given === '' || /^[^\s@<>()[\]\\,;:"]+@[^\s@.]+(\.[^\s@.]+)+$/.test(given),
  { error: 'Enter an e-mail address in the right form, like name@example.org' },
)
const peopleFields = z.object(
  Object.fromEntries(
    postKeys.flatMap(post => [
      [`${post}-name`, optionalText({ max: 120, name: 'The name' })],
      [`${post}-email`, email],
    ]),
  ) as Record<`${PostKey}-${'name' | 'email'}`, typeof email>,
)

/** A new network on this installation, in five pages; only administrators (PEOPLE-25). */
export const newNetworkRoutes = (house: House, slices: () => readonly Slice[]): AnyRoute[] => [
  page('/:network/new-network', {
    who: anAdministrator,
    audit: 'nothing',
    async handler(visit) {
      const { slug } = visit.network
      const answers = await readAnswers(visit.tx, visit.me.personId)
      const begun = answers.name !== undefined
      return show({
        title: 'Set up a new network',
        back: { href: `/${slug}/home`, text: 'Home' },
        body: (
          <>
            <p>Another network can use this service, apart from yours. It takes about ten minutes.</p>
            <ul className="nhsuk-list nhsuk-list--bullet">
              <li>its name, and how volunteers reach it</li>
              <li>its board, SIGs and workstreams</li>
              <li>its Trusts and hospitals, if you have a list</li>
              <li>its first people: they get an e-mail and sign in by themselves</li>
            </ul>
            <p>
              It comes with texts to start from, and its team makes them its own. Working days follow the bank
              holidays of England. You get no place in the new network, and nobody there sees anything of this
              one.
            </p>
            <ButtonLink href={begun ? nextAfter(slug, answers) : paths.step(slug, 'name')}>
              {begun ? 'Go on where you stopped' : 'Start now'}
            </ButtonLink>
          </>
        ),
      })
    },
  }),
  form('/:network/new-network/name', {
    who,
    audit: 'new-network-named',
    load,
    fields: nameFields,
    screen: (visit, filled) => ({
      ...frame(visit, 'name'),
      body: (
        <Form hidden={visit.hidden} button="Go on">
          <NameFields values={filled.values} errors={filled.errors} before={before(visit.thing)} />
          <TextField
            name="slug"
            label="Address of its pages"
            hint="One short word that stays for good, since it stands in letters: north-imaging becomes /north-imaging."
            width={20}
            value={filled.values.slug ?? visit.thing.name?.slug}
            errors={filled.errors}
          />
          <TextArea
            optional
            name="safeguarding"
            label="Whom to ring when somebody is not safe"
            hint="The safeguarding number, and when somebody answers. It can be said later, before the network opens."
            rows={3}
            maxCharacters={2000}
            value={filled.values.safeguarding ?? visit.thing.name?.safeguarding}
            errors={filled.errors}
          />
        </Form>
      ),
    }),
    async submit(visit, given) {
      if (reservedSlugs(slices()).has(given.slug) || (await slugTaken(visit.tx, given.slug))) {
        return errors({ field: 'slug', message: 'This address is taken. Choose another one' })
      }
      return await goOn(visit, { name: given })
    },
  }),
  form('/:network/new-network/groups', {
    who,
    audit: 'new-network-groups',
    load,
    fields: groupFields,
    screen: (visit, filled) => ({
      ...frame(visit, 'groups'),
      body: (
        <Form hidden={visit.hidden} button="Go on">
          <TextField
            name="board"
            label="What is its board called?"
            value={filled.values.board ?? visit.thing.groups?.board ?? 'Operational Board'}
            errors={filled.errors}
          />
          <TextArea
            optional
            name="sigs"
            label="Special interest groups (SIGs)"
            hint="One on each line. More can be added at any time."
            rows={6}
            value={filled.values.sigs ?? visit.thing.groups?.sigs}
            errors={filled.errors}
          />
          <TextArea
            optional
            name="workstreams"
            label="Workstreams"
            hint="One on each line."
            rows={4}
            value={filled.values.workstreams ?? visit.thing.groups?.workstreams}
            errors={filled.errors}
          />
        </Form>
      ),
    }),
    submit: (visit, given) => goOn(visit, { groups: given }),
  }),
  form('/:network/new-network/trusts', {
    who,
    audit: 'new-network-trusts',
    load,
    fields: z.object({ table: optionalText({ max: 60_000, name: 'The table' }) }),
    screen: (visit, filled) => ({
      ...frame(visit, 'trusts'),
      body: (
        <>
          <p>Paste them from a spreadsheet, one line for each hospital. The first line names the columns:</p>
          <InsetText>{placesHeader}</InsetText>
          <p>Only the Trust must be there. You can also leave this empty, and its team adds them later.</p>
          <Form hidden={visit.hidden} button="Go on">
            <TextArea
              optional
              name="table"
              label="Trusts and hospitals"
              rows={10}
              value={filled.values.table ?? visit.thing.trusts?.table}
              errors={filled.errors}
            />
          </Form>
        </>
      ),
    }),
    async submit(visit, { table }) {
      const read = table.trim() === '' ? undefined : readPlaces(table)
      if (read && !read.ok) {
        return errors(
          ...read.mistakes
            .slice(0, 20)
            .map(each => ({ field: 'table', message: `Line ${each.line}: ${each.sentence}` })),
        )
      }
      return await goOn(visit, { trusts: { table } })
    },
  }),
  form('/:network/new-network/people', {
    who,
    audit: 'new-network-people',
    load,
    fields: peopleFields,
    screen: (visit, filled) => ({
      ...frame(visit, 'people'),
      body: (
        <>
          <p>
            Each gets an e-mail that says how to sign in. There must be a co-ordinator and an administrator.
            One person may have two of these jobs: then write the same name and address twice.
          </p>
          <Form hidden={visit.hidden} button="Go on">
            {postKeys.map(post => (
              <PersonFields key={post} post={post} answers={visit.thing} filled={filled} />
            ))}
          </Form>
        </>
      ),
    }),
    async submit(visit, given) {
      const wrong = postKeys.flatMap((post): FieldError[] => {
        const called = given[`${post}-name`]
        const address = given[`${post}-email`]
        const needed = mustBeThere.includes(post) || called !== '' || address !== ''
        const title = postWords[post].toLowerCase()
        return [
          ...(needed && called === ''
            ? [{ field: `${post}-name`, message: `Enter the name of the ${title}` }]
            : []),
          ...(needed && address === ''
            ? [{ field: `${post}-email`, message: `Enter the e-mail address of the ${title}` }]
            : []),
        ]
      })
      if (wrong.length > 0) return errors(...wrong)
      const people = Object.fromEntries(
        postKeys.map(post => [post, { name: given[`${post}-name`], email: given[`${post}-email`] }]),
      ) as NonNullable<Answers['people']>
      return await goOn(visit, { people })
    },
  }),
  form('/:network/new-network/check', {
    who,
    audit: 'new-network-made',
    load: async (visit: Visit<undefined>): Promise<Here | undefined> => {
      const answers = await load(visit)
      return answers && missingStep(answers) === undefined ? answers : undefined
    },
    limit: { name: 'new-network', uses: 20, minutes: 24 * 60 },
    fields: z.object({}),
    screen: checkScreen,
    async submit(visit) {
      const made = await makeNetwork(visit, house, slices(), planOf(visit.thing))
      if (!made.accepted) return refused(made)
      await visit.tx
        .deleteFrom('draft')
        .where('person_id', '=', visit.me.personId)
        .where('kind', '=', kind)
        .execute()
      house.wakeWorker()
      return { to: paths.made(visit.network.slug, made.state.slug) }
    },
  }),
  page('/:network/new-network/made/:made', {
    who: rule<{ slug: string; name: string }>(anAdministrator.name, actor =>
      anAdministrator.holds(actor, undefined),
    ),
    audit: 'nothing',
    load: async (visit: Visit<undefined>) =>
      await visit.tx
        .selectFrom('network')
        .select(['slug', 'name'])
        .where('slug', '=', visit.params.made ?? '')
        .executeTakeFirst(),
    handler: visit => {
      const { slug, name } = visit.thing
      return show({
        title: `${name} is set up`,
        titleInLegend: true,
        body: (
          <>
            <Panel title={`${name} is set up`} asHeading>
              Its pages are at {visit.publicUrl}/{slug}
            </Panel>
            <h2>What happens next</h2>
            <ol className="nhsuk-list nhsuk-list--number">
              <li>Its first people get an e-mail within minutes, and sign in with a code.</li>
              <li>
                The co-ordinator finds the rest under “Settings of the network”: words, choices and people.
              </li>
              <li>The safeguarding number must be said before volunteers write.</li>
            </ol>
            <LinkList
              links={[
                { href: `/${slug}`, text: `The public page of ${name}` },
                { href: paths.start(visit.network.slug), text: 'Set up another network' },
              ]}
            />
          </>
        ),
      })
    },
  }),
]

const titles: Readonly<Record<Step, string>> = {
  name: 'What is the network called?',
  groups: 'Which groups does it have?',
  trusts: 'Which Trusts and hospitals belong to it?',
  people: 'Who are its first people?',
  check: 'Check before the network is made',
}
const order: readonly Step[] = ['name', 'groups', 'trusts', 'people', 'check']

function frame(visit: Visit<Here>, step: Step): Omit<Screen, 'body'> {
  const at = order.indexOf(step)
  const { slug } = visit.network
  const previous = order[at - 1]
  return {
    title: titles[step],
    caption: `New network, page ${at + 1} of ${order.length}`,
    back: { href: previous ? paths.step(slug, previous) : paths.start(slug), text: 'Back' },
  }
}

async function goOn(visit: Visit<Here>, more: Answers) {
  // The version is the form's, not part of what was answered.
  const answers: Answers = { ...visit.thing, ...more }
  await keep(visit, answers)
  return { to: nextAfter(visit.network.slug, answers) }
}

const before = ({ name }: Answers) => (name ? { ...name, shortName: name.short } : {})

function PersonFields({ post, answers, filled }: { post: PostKey; answers: Answers; filled: Filled }) {
  const known = answers.people?.[post]
  const optional = !mustBeThere.includes(post)
  const title = postWords[post]
  return (
    <>
      <h2 className="nhsuk-heading-m">{title}</h2>
      <TextField
        optional={optional}
        name={`${post}-name`}
        label={`Name of the ${title.toLowerCase()}`}
        value={filled.values[`${post}-name`] ?? known?.name}
        errors={filled.errors}
      />
      <EmailField
        optional={optional}
        name={`${post}-email`}
        label={`E-mail address of the ${title.toLowerCase()}`}
        value={filled.values[`${post}-email`] ?? known?.email}
        errors={filled.errors}
      />
    </>
  )
}

function checkScreen(visit: Visit<Here>): Screen {
  const { slug } = visit.network
  const plan = planOf(visit.thing)
  const hospitals = plan.trusts.reduce((sum, each) => sum + each.hospitals.length, 0)
  const change = (step: Step, about: string) => ({ href: paths.step(slug, step), about })
  return {
    ...frame(visit, 'check'),
    body: (
      <>
        <SummaryList
          rows={[
            {
              key: 'Name',
              value: `${plan.name.name} (${plan.name.short})`,
              action: change('name', 'the name'),
            },
            {
              key: 'Address',
              value: `${visit.publicUrl}/${plan.name.slug}`,
              action: change('name', 'the address'),
            },
            {
              key: 'Contact',
              value:
                [plan.name.phone, plan.name.email, plan.name.website].filter(Boolean).join(', ') ||
                'Not said yet',
              action: change('name', 'the contact'),
            },
            {
              key: 'Safeguarding',
              value: plan.name.safeguarding || 'Not said yet',
              action: change('name', 'the safeguarding number'),
            },
            {
              key: 'Groups',
              value: plan.groups.map(each => each.name).join(', '),
              action: change('groups', 'the groups'),
            },
            {
              key: 'Trusts and hospitals',
              value:
                plan.trusts.length === 0
                  ? 'None yet'
                  : `${plan.trusts.length} ${plan.trusts.length === 1 ? 'Trust' : 'Trusts'}, ${hospitals} ${hospitals === 1 ? 'hospital' : 'hospitals'}`,
              action: change('trusts', 'the Trusts'),
            },
            ...plan.people.map(each => ({
              key: postWords[each.post],
              value: `${each.name}, ${each.email}`,
              action: change('people', `the ${postWords[each.post].toLowerCase()}`),
            })),
          ]}
        />
        <p>When you go on, the network is made and its first people get their e-mail.</p>
        <Form hidden={visit.hidden} button="Make this network" />
        <p>Its team can change all of this later, except the address.</p>
      </>
    ),
  }
}
