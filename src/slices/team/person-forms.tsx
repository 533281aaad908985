import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  Checkboxes,
  DateField,
  EmailField,
  Form,
  PhoneField,
  Radios,
  Select,
  TextArea,
  TextField,
} from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { happened } from '#kernel/decision.ts'
import type { Channel, PlainDate } from '#platform/database/tables.ts'
import { choice, dateFields, optionalText, pickedId, readDateFields, several } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type FieldError,
  type Filled,
  form,
  type Screen,
  type Visit,
} from '#platform/http/route.ts'
import { personRule, theTeam } from '#platform/permission.ts'
import { channelWords, contactField, knownAs, longest, nameField } from '#slices/registration/index.ts'
import { idIn } from './messages.tsx'
import { teamPaths as paths } from './paths.ts'
import type { PersonInFull } from './people-queries.ts'
import { leadsTheTeam, loadPerson } from './person.tsx'
import { postWords, roleWords } from './words.ts'

const channels = ['email', 'text', 'phone', 'post'] as const
const roles = ['volunteer', 'member', 'deputy', 'chair'] as const
const posts = ['co-ordinator', 'portfolio-manager', 'director', 'administrator'] as const
const theLeads = personRule<PersonInFull>('the portfolio manager or the director', leadsTheTeam)

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

/** The people of the network as the team keeps them: who they are, what they hold, and from when to when. */
export const personFormRoutes: AnyRoute[] = [
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
  form('/:network/team/people/:person/places/new', {
    who: theTeam,
    audit: 'place-given',
    load: loadPerson,
    fields: z.object({
      group: pickedId('Choose a group'),
      role: choice('Choose what they are in the group', roles),
      voting: choice('Choose whether they vote', ['yes', 'no']),
      lay: choice('Choose whether they count as a lay member', ['yes', 'no']),
      ...dateFields('from'),
      ...dateFields('to'),
    }),
    screen: placeScreen,
    async submit(visit, given) {
      const { person, groups, places } = visit.thing
      const group = groups.find(each => each.id === given.group)
      if (!group) return errors({ field: 'group', message: 'Choose a group' })
      const span = readSpan(visit, given, { toNeeded: false })
      if (!span.ok) return errors(span.mistake)
      const { from, to } = span
      const overlaps = places.some(
        each =>
          each.group === group.name &&
          (each.to === null || each.to >= from.toString()) &&
          (to === null || each.from <= to.toString()),
      )
      if (overlaps) {
        return errors({
          field: 'group',
          message: 'They have a place in this group in that time. End it first',
        })
      }
      await visit.tx
        .insertInto('membership')
        .values({
          network_id: visit.network.id,
          person_id: person.id,
          group_id: group.id,
          role: given.role,
          voting: given.voting === 'yes',
          lay: given.lay === 'yes',
          from_on: from,
          to_on: to,
        })
        .execute()
      await visit.happened({ kind: 'person', id: person.id }, [
        happened('place-given', { group: group.name, role: given.role, from: from.toString() }),
      ])
      return { to: back(visit).href }
    },
  }),
  form('/:network/team/people/:person/places/:place/end', {
    who: theTeam,
    audit: 'place-ended',
    load: async (visit, how) => await withHeld(visit, how, 'places', visit.params.place),
    guardsVersion: false,
    fields: z.object({ ...dateFields('last') }),
    screen: (visit: Visit<WithHeld>, filled) =>
      endScreen(visit, filled, `the place in ${visit.thing.held.what}`),
    submit: async (visit, given) => await end(visit, given, 'membership', 'place-ended'),
  }),
  form('/:network/team/people/:person/absences/new', {
    who: theTeam,
    audit: 'absence-noted',
    load: loadPerson,
    fields: z.object({ ...dateFields('from'), ...dateFields('to') }),
    screen: absenceScreen,
    async submit(visit, given) {
      const span = readSpan(visit, given, { toNeeded: true })
      if (!span.ok) return errors(span.mistake)
      const { id } = visit.thing.person
      await visit.tx
        .insertInto('absence')
        .values({ network_id: visit.network.id, person_id: id, from_on: span.from, to_on: span.to! })
        .execute()
      await visit.happened({ kind: 'person', id }, [
        happened('away', { from: span.from.toString(), to: span.to!.toString() }),
      ])
      return { to: back(visit).href }
    },
  }),
  form('/:network/team/people/:person/posts/new', {
    who: theLeads,
    audit: 'post-given',
    load: loadPerson,
    fields: z.object({ post: choice('Choose a post', posts), ...dateFields('from') }),
    screen: postScreen,
    async submit(visit, given) {
      const span = readSpan(visit, { ...given }, { toNeeded: false })
      if (!span.ok) return errors(span.mistake)
      const held = visit.thing.posts.some(
        each => each.post === given.post && (each.to === null || each.to >= span.from.toString()),
      )
      if (held) return errors({ field: 'post', message: 'They hold this post already' })
      const { id } = visit.thing.person
      await visit.tx
        .insertInto('post_holding')
        .values({
          network_id: visit.network.id,
          person_id: id,
          post: given.post,
          from_on: span.from,
          to_on: null,
        })
        .execute()
      await visit.happened({ kind: 'person', id }, [
        happened('post-given', { post: given.post, from: span.from.toString() }),
      ])
      return { to: back(visit).href }
    },
  }),
  form('/:network/team/people/:person/posts/:post/end', {
    who: personRule<WithHeld>(theLeads.name, leadsTheTeam),
    audit: 'post-ended',
    load: async (visit, how) => await withHeld(visit, how, 'posts', visit.params.post),
    guardsVersion: false,
    fields: z.object({ ...dateFields('last') }),
    screen: (visit: Visit<WithHeld>, filled) => endScreen(visit, filled, `the post ${visit.thing.held.what}`),
    async submit(visit, given) {
      if (visit.thing.person.id === visit.me.personId) {
        return errors({ message: 'You cannot end your own post. Ask the other one who leads the team' })
      }
      return await end(visit, given, 'post_holding', 'post-ended')
    },
  }),
]

type WithHeld = PersonInFull & {
  readonly held: {
    readonly id: number
    readonly what: string
    readonly from: string
    readonly to: string | null
  }
}

async function withHeld(
  visit: Visit,
  how: { forChange: boolean },
  which: 'places' | 'posts',
  given: string | undefined,
): Promise<WithHeld | undefined> {
  const full = await loadPerson(visit, how)
  const id = idIn(given)
  if (!full) return undefined
  const place = which === 'places' ? full.places.find(each => each.id === id) : undefined
  if (place) return { ...full, held: { ...place, what: place.group } }
  const post = which === 'posts' ? full.posts.find(each => each.id === id) : undefined
  return post && { ...full, held: { ...post, what: postWords[post.post] ?? post.post } }
}

async function end(
  visit: Visit<WithHeld>,
  given: Readonly<Record<string, unknown>>,
  table: 'membership' | 'post_holding',
  event: string,
) {
  const last = readDateFields(given, 'last')
  if (!last.ok) return errors({ field: `last-${last.part}`, message: last.sentence })
  const { held, person } = visit.thing
  if (last.date.toString() < held.from) {
    return errors({
      field: 'last',
      message: `The last day cannot be before the first, ${dateInWords(Temporal.PlainDate.from(held.from))}`,
    })
  }
  await visit.tx.updateTable(table).set({ to_on: last.date }).where('id', '=', held.id).execute()
  await visit.happened({ kind: 'person', id: person.id }, [
    happened(event, { what: held.what, last: last.date.toString() }),
  ])
  return { to: back(visit).href }
}

type Span = { ok: true; from: PlainDate; to: PlainDate | null } | { ok: false; mistake: FieldError }

function readSpan(
  visit: Visit,
  given: Readonly<Record<string, unknown>>,
  { toNeeded }: { toNeeded: boolean },
): Span {
  const from = readDateFields(given, 'from')
  if (!from.ok) return { ok: false, mistake: { field: `from-${from.part}`, message: from.sentence } }
  if (Math.abs(from.date.until(visit.today).total({ unit: 'days' })) > 366 * 20) {
    return {
      ok: false,
      mistake: { field: 'from', message: 'The first day must be within 20 years of today' },
    }
  }
  const to = readDateFields(given, 'to')
  if (!to.ok) {
    if (to.nothing && !toNeeded) return { ok: true, from: from.date, to: null }
    return { ok: false, mistake: { field: `to-${to.part}`, message: to.sentence } }
  }
  if (Temporal.PlainDate.compare(to.date, from.date) < 0) {
    return { ok: false, mistake: { field: 'to', message: 'The last day cannot be before the first' } }
  }
  return { ok: true, from: from.date, to: to.date }
}

const back = (visit: Visit<PersonInFull>) => ({
  href: paths.person(visit.network.slug, visit.thing.person.id),
  text: visit.thing.person.name,
})

const dateValue = (filled: Filled, name: string, first?: PlainDate) => ({
  day: filled.values[`${name}-day`] ?? (first && String(first.day)),
  month: filled.values[`${name}-month`] ?? (first && String(first.month)),
  year: filled.values[`${name}-year`] ?? (first && String(first.year)),
})

const yesNo = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
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

function placeScreen(visit: Visit<PersonInFull>, filled: Filled): Screen {
  const { values, errors: mistakes } = filled
  return {
    title: 'Give a place in a group',
    caption: visit.thing.person.name,
    back: back(visit),
    body: (
      <Form hidden={visit.hidden} button="Save">
        <Select
          name="group"
          label="Which group?"
          empty="Choose a group"
          options={visit.thing.groups.map(each => ({ value: String(each.id), text: each.name }))}
          value={values.group}
          errors={mistakes}
        />
        <Radios
          name="role"
          label="As what?"
          value={values.role}
          options={roles.map(role => ({ value: role, label: capital(roleWords[role]!) }))}
          errors={mistakes}
        />
        <Radios
          name="voting"
          label="Do they vote in this group?"
          value={values.voting}
          options={yesNo}
          errors={mistakes}
        />
        <Radios
          name="lay"
          label="Do they count as a lay member?"
          hint="Somebody who does not work for the health service."
          value={values.lay}
          options={yesNo}
          errors={mistakes}
        />
        <DateField
          name="from"
          label="First day"
          value={dateValue(filled, 'from', visit.today)}
          errors={mistakes}
        />
        <DateField
          name="to"
          label="Last day"
          optional
          hint="Leave it empty if it has no end."
          value={dateValue(filled, 'to')}
          errors={mistakes}
        />
      </Form>
    ),
  }
}

function endScreen(visit: Visit<WithHeld>, filled: Filled, what: string): Screen {
  return {
    title: `End ${what}`,
    caption: visit.thing.person.name,
    back: back(visit),
    body: (
      <Form hidden={visit.hidden} button="Save" warning>
        <DateField
          name="last"
          label="What is the last day?"
          hint="On the next day it gives no rights any more. What they said and did stays."
          value={dateValue(filled, 'last', visit.today)}
          errors={filled.errors}
        />
      </Form>
    ),
  }
}

function absenceScreen(visit: Visit<PersonInFull>, filled: Filled): Screen {
  return {
    title: 'Note when they are away',
    caption: visit.thing.person.name,
    back: back(visit),
    body: (
      <Form hidden={visit.hidden} button="Save">
        <DateField
          name="from"
          label="First day away"
          value={dateValue(filled, 'from', visit.today)}
          errors={filled.errors}
        />
        <DateField name="to" label="Last day away" value={dateValue(filled, 'to')} errors={filled.errors} />
      </Form>
    ),
  }
}

function postScreen(visit: Visit<PersonInFull>, filled: Filled): Screen {
  return {
    title: 'Give a post',
    caption: visit.thing.person.name,
    back: back(visit),
    body: (
      <Form hidden={visit.hidden} button="Save">
        <Radios
          name="post"
          label="Which post?"
          hint="A post opens other people’s details. An administrator sees no content."
          value={filled.values.post}
          options={posts.map(post => ({ value: post, label: postWords[post]! }))}
          errors={filled.errors}
        />
        <DateField
          name="from"
          label="First day"
          value={dateValue(filled, 'from', visit.today)}
          errors={filled.errors}
        />
      </Form>
    ),
  }
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
