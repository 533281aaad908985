import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { ButtonLink, Empty, Form, InsetText, Select, SummaryList, Table, TextField } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { happened } from '#kernel/decision.ts'
import { askTogether, question } from '#platform/database/questions.ts'
import { optionalChoice, pickedId, text } from '#platform/form/fields.ts'
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
import { holdsPost, isTeam, personRule, theTeam } from '#platform/permission.ts'
import { nameIndependentContact, writeWay } from './changes.ts'
import { concernPaths } from './paths.ts'
import { type Way, waysQuestion } from './ways.ts'

const wayFields = {
  name: text('Enter the name', { max: 150, name: 'The name' }),
  about: text('Say what it is for', { max: 300, name: 'What it is for' }),
  reach: text('Say how to reach it', { max: 300, name: 'How to reach it' }),
}

const waysPage = page('/:network/concerns/ways', {
  who: theTeam,
  audit: 'nothing',
  async handler(visit) {
    const { slug } = visit.network
    const [ways] = await askTogether(visit.tx, [waysQuestion()])
    const own = ways.filter(each => each.id !== null)
    return show({
      title: 'Other ways to speak up',
      back: { href: concernPaths.start(slug), text: 'Back to concerns' },
      body: (
        <>
          <p>This list stands where somebody raises a concern. Keep it right for your area.</p>
          {own.length === 0 && (
            <InsetText>
              The list below is the usual one. When you write your first own way, only your own list is shown.
            </InsetText>
          )}
          <SummaryList
            rows={ways.map(each => ({
              key: each.name,
              value: (
                <>
                  <bdi>{each.about}</bdi>
                  <br />
                  <bdi>{each.reach}</bdi>
                </>
              ),
              ...(each.id === null
                ? {}
                : { action: { href: concernPaths.way(slug, each.id), text: 'Change', about: each.name } }),
            }))}
          />
          <ButtonLink href={concernPaths.newWay(slug)}>Write another way</ButtonLink>
        </>
      ),
    })
  },
})

function WayFields({
  values,
  errors: mistakes,
}: Pick<Filled, 'errors'> & { values: Partial<Record<string, string>> }) {
  const field = (name: string, label: string, hint?: string) => (
    <TextField name={name} label={label} hint={hint} value={values[name]} errors={mistakes} />
  )
  return (
    <>
      {field('name', 'What is it called?')}
      {field('about', 'What is it for?')}
      {field('reach', 'How do people reach it?', 'A phone number, an address, or where to ask.')}
    </>
  )
}

const newWay = form('/:network/concerns/ways/new', {
  who: theTeam,
  audit: 'way-to-speak-up-written',
  fields: z.object(wayFields),
  screen: (visit, filled): Screen => ({
    title: 'Write another way to speak up',
    back: { href: concernPaths.ways(visit.network.slug), text: 'Back to the list' },
    body: (
      <Form hidden={visit.hidden} button="Save">
        <WayFields values={filled.values} errors={filled.errors} />
      </Form>
    ),
  }),
  async submit(visit, given) {
    await writeWay(visit, given)
    return { to: concernPaths.ways(visit.network.slug) }
  },
})

type OwnWay = Way & { readonly id: number }

const oneWay = form('/:network/concerns/ways/:way', {
  who: personRule<OwnWay>('the team', isTeam),
  audit: 'way-to-speak-up-changed',
  async load(visit: Visit<undefined>): Promise<OwnWay | undefined> {
    if (!/^\d{1,9}$/.test(visit.params.way ?? '')) return undefined
    return await visit.tx
      .selectFrom('speak_up_way')
      .select(['id', 'name', 'about', 'reach'])
      .where('id', '=', Number(visit.params.way))
      .where('removed_at', 'is', null)
      .executeTakeFirst()
  },
  fields: z.object({ ...wayFields, remove: optionalChoice(['yes']) }),
  screen: (visit: Visit<OwnWay>, filled): Screen => ({
    title: 'Change a way to speak up',
    back: { href: concernPaths.ways(visit.network.slug), text: 'Back to the list' },
    body: (
      <Form
        hidden={visit.hidden}
        button="Save"
        secondary={{ text: 'Take it off the list', name: 'remove', value: 'yes' }}
      >
        <WayFields
          values={{
            name: visit.thing.name,
            about: visit.thing.about,
            reach: visit.thing.reach,
            ...filled.values,
          }}
          errors={filled.errors}
        />
      </Form>
    ),
  }),
  async submit(visit: Visit<OwnWay>, { remove, ...given }) {
    await visit.tx
      .updateTable('speak_up_way')
      .set(remove ? { removed_at: visit.now } : given)
      .where('id', '=', visit.thing.id)
      .execute()
    await visit.happened({ kind: 'speak-up-way', id: visit.thing.id }, [
      remove ? happened('removed') : happened('changed', { ...given }),
    ])
    return { to: concernPaths.ways(visit.network.slug) }
  },
})

interface Contact {
  readonly name: string
  readonly reach: string
  readonly from: string
  readonly to: string | null
}

interface ContactThing {
  readonly named: readonly Contact[]
  readonly people: readonly { id: number; name: string }[]
}

const contactPage = form('/:network/concerns/independent-contact', {
  who: personRule<ContactThing>('an administrator', actor => holdsPost(actor, 'administrator')),
  audit: 'independent-contact-named',
  async load(visit: Visit<undefined>): Promise<ContactThing> {
    const { today } = visit
    const [named, people] = await askTogether(visit.tx, [
      question<Contact, readonly Contact[]>(
        sql<Contact>`select p.name, c.reach, c.from_on as "from", c.to_on as "to" from independent_contact c
          join person p on p.network_id = c.network_id and p.id = c.person_id order by c.id desc limit 20`,
        rows => rows,
      ),
      question<{ id: number; name: string }, readonly { id: number; name: string }[]>(
        sql<{ id: number; name: string }>`select p.id, p.name from person p where p.left_on is null
          and not exists (select from post_holding h where h.network_id = p.network_id and h.person_id = p.id
            and h.from_on <= ${today} and (h.to_on is null or h.to_on >= ${today}))
          order by p.name, p.id limit 500`,
        rows => rows,
      ),
    ])
    return { named, people }
  },
  fields: z.object({
    person: pickedId('Choose who it is'),
    reach: text('Say how people reach them', { max: 300, name: 'How to reach them' }),
  }),
  screen: (visit: Visit<ContactThing>, filled): Screen => ({
    title: 'The independent contact for concerns',
    back: { href: concernPaths.start(visit.network.slug), text: 'Back to concerns' },
    body: (
      <>
        <p>
          Somebody outside the team who can read concerns, above all when one is about the portfolio manager
          and the director. They hold no post. Whoever raises a concern can choose them.
        </p>
        {visit.thing.named.length === 0 ? (
          <Empty>Nobody has been named yet.</Empty>
        ) : (
          <Table
            caption="Who has been named"
            columns={[{ title: 'Name' }, { title: 'How to reach them' }, { title: 'From' }, { title: 'To' }]}
            rows={visit.thing.named.map(each => [
              each.name,
              <bdi key="reach">{each.reach}</bdi>,
              dateInWords(Temporal.PlainDate.from(each.from)),
              each.to ? dateInWords(Temporal.PlainDate.from(each.to)) : 'Now',
            ])}
          />
        )}
        <h2>Name somebody else</h2>
        <Form hidden={visit.hidden} button="Name them from today">
          <Select
            name="person"
            label="Who is it?"
            empty="Choose a person"
            options={visit.thing.people.map(each => ({ value: String(each.id), text: each.name }))}
            value={filled.values.person}
            errors={filled.errors}
          />
          <TextField
            name="reach"
            label="How do people reach them without this service?"
            hint="Everybody can read this: a phone number or an e-mail address that is meant for it."
            value={filled.values.reach}
            errors={filled.errors}
          />
        </Form>
      </>
    ),
  }),
  async submit(visit: Visit<ContactThing>, { person, reach }) {
    const done = await nameIndependentContact(visit, person, reach, visit.today)
    if (!done.accepted) return refused(done, 'person')
    await visit.happened({ kind: 'person', id: person }, [happened('named-independent-contact')])
    return { to: concernPaths.contact(visit.network.slug) }
  },
})

export const settingRoutes: AnyRoute[] = [waysPage, newWay, oneWay, contactPage]
