import { z } from 'zod'
import { Checkboxes, Form, PhoneField, Radios, TextArea } from '#design/index.ts'
import type { Channel, Row } from '#platform/database/tables.ts'
import { choice, optionalText, several } from '#platform/form/fields.ts'
import { type AnyRoute, errors, type Filled, form, type Visit } from '#platform/http/route.ts'
import { aPerson } from '#platform/permission.ts'
import { channelWords } from './account.tsx'
import { signInPaths as paths } from './paths.ts'

export type Person = Row<'person'>

/** The own row in this network; nothing for a visitor. */
export async function ownRow(
  visit: Visit<undefined>,
  { forChange }: { forChange: boolean },
): Promise<Person | undefined> {
  if (!visit.actor) return undefined
  const query = visit.tx.selectFrom('person').selectAll().where('id', '=', visit.actor.personId)
  return await (forChange ? query.forUpdate() : query).executeTakeFirst()
}

const fields = z.object({
  channel: choice('Choose how we tell you things', ['email', 'text', 'phone', 'post']),
  phone: optionalText({ max: 40, name: 'Phone number' }),
  address: optionalText({ max: 400, name: 'Postal address' }),
  large: several(),
})

/** How one network reaches this person: their own choice, and the same service by each channel. */
export const contactRoute: AnyRoute = form<typeof fields, Person>('/:network/account/contact', {
  who: aPerson,
  audit: 'contact-changed',
  load: ownRow,
  fields,
  screen: (visit, filled) => ({
    title: 'How we reach you',
    back: { href: paths.account, text: 'Your account' },
    body: <ContactForm person={visit.thing} hidden={visit.hidden} filled={filled} />,
  }),
  async submit({ tx, me, thing }, given) {
    const wrong = problemWith(given, thing)
    if (wrong) return errors(wrong)
    await tx
      .updateTable('person')
      .set({
        channel: given.channel,
        phone: given.phone || null,
        postal_address: given.address || null,
        large_print: given.large.includes('yes'),
      })
      .where('id', '=', me.personId)
      .execute()
    return { to: paths.account }
  },
})

/** A channel needs somewhere to go. */
function problemWith(given: z.infer<typeof fields>, person: Pick<Person, 'email'>) {
  const digits = given.phone.replace(/[\s()-]/g, '')
  if (given.phone && !/^\+?\d{9,15}$/.test(digits)) {
    return { field: 'phone', message: 'Enter a phone number, like 07700 900123' }
  }
  if ((given.channel === 'phone' || given.channel === 'text') && !given.phone) {
    return { field: 'phone', message: 'Enter the phone number that we may use' }
  }
  if (given.channel === 'post' && !given.address) {
    return { field: 'address', message: 'Enter the address for letters' }
  }
  if (given.channel === 'email' && !person.email) {
    return { field: 'channel', message: 'We have no e-mail address of yours here. Choose another way' }
  }
  return undefined
}

function ContactForm({
  person,
  hidden,
  filled: { values, lists, errors: wrong },
}: {
  person: Person
  hidden: Readonly<Record<string, string>>
  filled: Filled
}) {
  const typed = Object.keys(values).length > 0
  const large = typed ? (lists.large ?? []) : person.large_print ? ['yes'] : []
  const channels: readonly Channel[] = ['email', 'text', 'phone', 'post']
  return (
    <Form hidden={hidden} button="Save" secondary={{ text: 'Cancel', href: paths.account }}>
      <Radios
        name="channel"
        label="How shall we tell you things?"
        hint="You get the same service whichever you choose."
        errors={wrong}
        value={typed ? values.channel : person.channel}
        options={channels.map(value => ({ value, label: channelWords[value] }))}
      />
      <PhoneField
        name="phone"
        label="Phone number"
        optional
        errors={wrong}
        value={typed ? values.phone : (person.phone ?? '')}
      />
      <TextArea
        name="address"
        label="Postal address"
        optional
        rows={4}
        autocomplete="street-address"
        errors={wrong}
        value={typed ? values.address : (person.postal_address ?? '')}
      />
      <Checkboxes
        name="large"
        label="Letters"
        errors={wrong}
        values={large}
        options={[{ value: 'yes', label: 'Print my letters in large type' }]}
      />
    </Form>
  )
}
