import { z } from 'zod'
import { Checkboxes, EmailField, Form, PhoneField, Radios, TextArea, TextField } from '#design/index.ts'
import { happened } from '#kernel/decision.ts'
import type { Channel } from '#platform/database/tables.ts'
import { choice, optionalText, several } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type FieldError,
  type Filled,
  form,
  type Screen,
  type Visit,
} from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { channelWords, contactField, knownAs, longest, nameField } from '#slices/registration/index.ts'
import { teamPaths as paths } from './paths.ts'
import type { PersonInFull } from './people-queries.ts'
import { toPerson as back, loadPerson } from './person.tsx'

const channels = ['email', 'text', 'phone', 'post'] as const

const contactFields = {
  name: nameField('Enter a name'),
  channel: choice('Choose how they want to be reached', channels),
  email: z.string().optional(),
  phone: z.string().optional(),
  postal_address: z.string().optional(),
  large_print: several(),
  help: optionalText({ max: longest.help, name: 'The help they need' }),
}
const contactSchema = z.object(contactFields)
type Contact = z.infer<typeof contactSchema>

const ownChannel = { email: 'email', phone: 'phone', postal_address: 'post' } as const

/** What is given must be right; what the chosen way needs must be there. */
function readContact(
  given: Contact,
):
  | { ok: true; email: string | null; phone: string | null; postal_address: string | null }
  | { ok: false; mistakes: FieldError[] } {
  const mistakes: FieldError[] = []
  const read = (field: 'email' | 'phone' | 'postal_address', needed: boolean): string | null => {
    const text = (given[field] ?? '').trim()
    if (text === '' && !needed) return null
    const parsed = contactField(ownChannel[field]).safeParse(text)
    if (parsed.success) return parsed.data
    mistakes.push({
      field,
      message: parsed.error.issues[0]!.message.replace(/^Enter your /, 'Enter their '),
    })
    return null
  }
  const answer = {
    email: read('email', given.channel === 'email'),
    phone: read('phone', given.channel === 'phone' || given.channel === 'text'),
    postal_address: read('postal_address', given.channel === 'post'),
  }
  return mistakes.length > 0 ? { ok: false, mistakes } : { ok: true, ...answer }
}

const sameEmail: FieldError = {
  field: 'email',
  message: 'Somebody else in this network has this e-mail address already',
}

/** Who somebody is and how they want to be reached: a new person, or a change. */
export const personContactRoutes: AnyRoute[] = [
  form('/:network/team/people/new', {
    who: theTeam,
    audit: 'person-added',
    fields: contactSchema,
    screen: (visit: Visit, filled: Filled) =>
      contactScreen(visit, filled, {
        title: 'Add a person',
        back: { href: paths.people(visit.network.slug), text: 'People' },
        button: 'Add',
        hasAccount: false,
        now: {},
      }),
    async submit(visit, given) {
      const contact = readContact(given)
      if (!contact.ok) return errors(...contact.mistakes)
      const { ok: _, ...columns } = contact
      const made = await visit.tx
        .insertInto('person')
        .values({
          network_id: visit.network.id,
          account_id: null,
          name: given.name,
          known_as: knownAs(given.name),
          channel: given.channel,
          ...columns,
          large_print: given.large_print.includes('yes'),
          help_words: given.help,
          demo_key: null,
          created_at: visit.now,
          left_on: null,
        })
        .onConflict(on => on.doNothing())
        .returning('id')
        .executeTakeFirst()
      if (!made) return errors(sameEmail)
      await visit.happened({ kind: 'person', id: made.id }, [happened('added')])
      return { to: paths.person(visit.network.slug, made.id) }
    },
  }),
  form('/:network/team/people/:person/contact', {
    who: theTeam,
    audit: 'contact-changed',
    load: loadPerson,
    fields: contactSchema,
    screen(visit: Visit<PersonInFull>, filled) {
      const { person } = visit.thing
      return contactScreen(visit, filled, {
        title: 'Change how to reach them',
        back: back(visit),
        button: 'Save',
        hasAccount: person.account_id !== null,
        now: {
          name: person.name,
          channel: person.channel,
          email: person.email ?? '',
          phone: person.phone ?? '',
          postal_address: person.postal_address ?? '',
          large_print: person.large_print ? 'yes' : '',
          help: person.help_words,
        },
      })
    },
    async submit(visit, given) {
      const { person } = visit.thing
      // Who could change the address that somebody signs in with could sign in as them.
      const locked = person.account_id !== null
      const contact = readContact(locked ? { ...given, email: person.email ?? '' } : given)
      if (!contact.ok) return errors(...contact.mistakes)
      const { ok: _, ...columns } = contact
      if (columns.email !== null && columns.email.toLowerCase() !== person.email?.toLowerCase()) {
        const other = await visit.tx
          .selectFrom('person')
          .select('id')
          .where(eb => eb(eb.fn('lower', ['email']), '=', columns.email!.toLowerCase()))
          .where('id', '<>', person.id)
          .executeTakeFirst()
        if (other) return errors(sameEmail)
      }
      await visit.tx
        .updateTable('person')
        .set({
          name: given.name,
          known_as: given.name === person.name ? person.known_as : knownAs(given.name),
          channel: given.channel,
          ...columns,
          large_print: given.large_print.includes('yes'),
          help_words: given.help,
        })
        .where('id', '=', person.id)
        .execute()
      await visit.happened({ kind: 'person', id: person.id }, [happened('contact-changed')])
      return { to: back(visit).href }
    },
  }),
]

function contactScreen(
  visit: Visit,
  filled: Filled,
  more: Pick<Screen, 'title' | 'back'> & {
    button: string
    hasAccount: boolean
    now: Readonly<Record<string, string>>
  },
): Screen {
  const { errors: mistakes, values, lists } = filled
  const value = (name: string) => values[name] ?? more.now[name]
  const sent = Object.keys(values).length > 0
  return {
    title: more.title,
    ...(more.back ? { back: more.back } : {}),
    body: (
      <Form hidden={visit.hidden} button={more.button}>
        <TextField name="name" label="Name" autocomplete="off" value={value('name')} errors={mistakes} />
        <Radios
          name="channel"
          label="How do they want to be reached?"
          hint="Their choice. What we tell them comes in this way; the other ways may stay empty."
          value={value('channel')}
          options={channels.map((channel: Channel) => ({ value: channel, label: channelWords[channel] }))}
          errors={mistakes}
        />
        {more.hasAccount ? (
          <p>
            E-mail: {more.now.email || 'none'}. They sign in with it, so only they can change it, on their own
            account page.
          </p>
        ) : (
          <EmailField
            name="email"
            label="E-mail"
            autocomplete="off"
            value={value('email')}
            errors={mistakes}
          />
        )}
        <PhoneField
          name="phone"
          label="Phone number"
          autocomplete="off"
          value={value('phone')}
          errors={mistakes}
        />
        <TextArea
          name="postal_address"
          label="Address"
          rows={4}
          autocomplete="off"
          value={value('postal_address')}
          errors={mistakes}
        />
        <Checkboxes
          name="large_print"
          label="Letters"
          options={[{ value: 'yes', label: 'In large print' }]}
          values={sent ? (lists.large_print ?? []) : more.now.large_print ? ['yes'] : []}
          errors={mistakes}
        />
        <TextArea
          optional
          name="help"
          label="Help they need to take part"
          hint="What they need, not why. Only the team sees it, and each look is logged."
          maxCharacters={longest.help}
          value={value('help')}
          errors={mistakes}
        />
      </Form>
    ),
  }
}
