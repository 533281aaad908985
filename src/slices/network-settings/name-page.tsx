import { sql } from 'kysely'
import { z } from 'zod'
import { Checkboxes, EmailField, Form, PhoneField, TextArea, TextField } from '#design/index.ts'
import { happened } from '#kernel/decision.ts'
import { optionalText, several, text } from '#platform/form/fields.ts'
import { type AnyRoute, form, type Visit } from '#platform/http/route.ts'
import { rule, theTeamOrAdministrator } from '#platform/permission.ts'
import { settingsPaths as paths } from './paths.ts'

const who = theTeamOrAdministrator

export interface NameAndContact {
  readonly name: string
  readonly shortName: string
  readonly purpose: string
  readonly phone: string
  readonly email: string
  readonly website: string
  /** Somebody of the network has checked the way to reach it. */
  readonly confirmed: boolean
}
type Here = NameAndContact & { readonly version: number }

const orEmpty = (name: string, max: number, form_: RegExp, sentence: string) =>
  optionalText({ max, name }).refine(given => given === '' || form_.test(given), { error: sentence })

/** How a network is named and reached, as the fields of a form: also asked when a network is made. */
export const nameShape = {
  name: text('Enter the name of the network', { max: 120, name: 'The name' }),
  short: text('Enter a short name', { max: 40, name: 'The short name' }),
  purpose: optionalText({ max: 600, name: 'What the network is for' }),
  phone: orEmpty('The phone number', 40, /^\+?[\d ()-]{9,24}$/, 'Enter a phone number, like 0121 496 0001'),
  email: orEmpty(
    'The e-mail address',
    254,
    /^[^\s@<>]+@[^\s@.]+(\.[^\s@.]+)+$/,
    'Enter an e-mail address in the right form, like name@example.org',
  ),
  website: orEmpty(
    'The website',
    300,
    /^https?:\/\/[^\s"<>]+$/,
    'Enter the address of the website, beginning with https://',
  ),
}

export const nameRoute: AnyRoute = form('/:network/team/settings/name', {
  who: rule<Here>(who.name, actor => who.holds(actor, undefined)),
  audit: 'network-named',
  load: async ({ tx, network }: Visit<undefined>): Promise<Here | undefined> =>
    await tx
      .selectFrom('network as n')
      .select(['n.name', 'n.short_name as shortName'])
      .select([
        sql<string>`coalesce(n.facts ->> 'purpose', '')`.as('purpose'),
        sql<string>`coalesce(n.facts ->> 'phone', '')`.as('phone'),
        sql<string>`coalesce(n.facts #>> '{contact,email}', '')`.as('email'),
        sql<string>`coalesce(n.facts #>> '{contact,website}', '')`.as('website'),
        sql<boolean>`coalesce(n.facts #>> '{contact,verified}', 'false') = 'true'`.as('confirmed'),
        sql<number>`abs(hashtext(n::text))`.as('version'),
      ])
      .where('n.id', '=', network.id)
      .executeTakeFirst(),
  fields: z.object({ ...nameShape, confirmed: several() }),
  screen: (visit, filled) => ({
    title: 'Name and contact',
    back: { href: paths.all(visit.network.slug), text: 'Settings of the network' },
    body: (
      <>
        <p>The address of its pages, /{visit.network.slug}, stays for good: it stands in letters.</p>
        <Form hidden={visit.hidden} button="Save">
          <NameFields values={filled.values} errors={filled.errors} before={visit.thing} />
          <Checkboxes
            optional
            name="confirmed"
            label="Has the network checked this?"
            values={
              Object.keys(filled.values).length > 0
                ? (filled.lists.confirmed ?? [])
                : visit.thing.confirmed
                  ? ['yes']
                  : []
            }
            options={[{ value: 'yes', label: 'Yes: people reach us there' }]}
            errors={filled.errors}
          />
        </Form>
      </>
    ),
  }),
  async submit(visit, given) {
    const to: NameAndContact = {
      name: given.name,
      shortName: given.short,
      purpose: given.purpose,
      phone: given.phone,
      email: given.email,
      website: given.website,
      confirmed: given.confirmed.includes('yes'),
    }
    await nameNetwork(visit, visit.thing, to)
    return { to: paths.all(visit.network.slug) }
  },
})

/** Only this network's own row: the table of networks is the installation's. */
export async function nameNetwork(visit: Visit, before: NameAndContact, to: NameAndContact): Promise<void> {
  const changes = (Object.keys(to) as (keyof NameAndContact)[])
    .filter(each => before[each] !== to[each])
    .map(what => ({ what, from: before[what], to: to[what] }))
  if (changes.length === 0) return
  await sql`update network set name = ${to.name}, short_name = ${to.shortName}, facts = facts ||
      jsonb_strip_nulls(${factsOf(to)}::jsonb || jsonb_build_object('contact',
        coalesce(facts -> 'contact', '{}') || ${contactOf(to)}::jsonb))
    where id = ${visit.network.id}`.execute(visit.tx)
  await visit.happened({ kind: 'network', id: visit.network.id }, [happened('network-named', { changes })])
}

const factsOf = ({ purpose, phone }: NameAndContact) =>
  JSON.stringify({ purpose: purpose || undefined, phone })
const contactOf = ({ phone, email, website, confirmed }: NameAndContact) =>
  JSON.stringify({ phoneDisplay: phone, email, website, verified: confirmed })

export function NameFields({
  values,
  errors: wrong,
  before,
}: {
  values: Readonly<Record<string, string>>
  errors: readonly { field?: string; message: string }[]
  before?: Partial<NameAndContact>
}) {
  return (
    <>
      <TextField name="name" label="Name of the network" value={values.name ?? before?.name} errors={wrong} />
      <TextField
        name="short"
        label="Short name"
        hint="As people say it."
        width={20}
        value={values.short ?? before?.shortName}
        errors={wrong}
      />
      <TextArea
        optional
        name="purpose"
        label="What is it for?"
        hint="One or two sentences for the public."
        maxCharacters={600}
        rows={3}
        value={values.purpose ?? before?.purpose}
        errors={wrong}
      />
      <PhoneField
        optional
        name="phone"
        label="Phone number for volunteers"
        value={values.phone ?? before?.phone}
        errors={wrong}
      />
      <EmailField
        optional
        name="email"
        label="E-mail address for volunteers"
        value={values.email ?? before?.email}
        errors={wrong}
      />
      <TextField
        optional
        name="website"
        label="Website"
        value={values.website ?? before?.website}
        errors={wrong}
      />
    </>
  )
}
