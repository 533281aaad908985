import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { DateField, Form, Radios, Select } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { happened } from '#kernel/decision.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import { choice, dateFields, pickedId, readDateFields } from '#platform/form/fields.ts'
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
import { endSessionsOfWhoLeft } from '#slices/sign-in/index.ts'
import { idIn } from './messages.tsx'
import type { PersonInFull } from './people-queries.ts'
import { toPerson as back, endsWithAReply, leadsTheTeam, loadPerson } from './person.tsx'
import { postWords, roleWords } from './words.ts'

const roles = ['volunteer', 'member', 'deputy', 'chair'] as const
const posts = ['co-ordinator', 'portfolio-manager', 'director', 'administrator'] as const
const theLeads = personRule<PersonInFull>('the portfolio manager or the director', leadsTheTeam)

/** What people hold, from when to when: places in groups, posts, and when they are away. */
export const personPlaceRoutes: AnyRoute[] = [
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
    load: async (visit, how) => {
      const found = await withHeld(visit, how, 'places', visit.params.place)
      // A volunteer's place that has begun never ends by a button alone (PEOPLE-17): that is the room of endings.
      const place = found?.places.find(each => each.id === found.held.id)
      return place && endsWithAReply(place, visit.today) ? undefined : found
    },
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
  await endSessionsOfWhoLeft(visit, person.id)
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

const dateValue = (filled: Filled, name: string, first?: PlainDate) => ({
  day: filled.values[`${name}-day`] ?? (first && String(first.day)),
  month: filled.values[`${name}-month`] ?? (first && String(first.month)),
  year: filled.values[`${name}-year`] ?? (first && String(first.year)),
})

const yesNo = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
]

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
