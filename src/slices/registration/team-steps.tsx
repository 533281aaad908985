import { z } from 'zod'
import { DateField, Form, Quote, Radios, Select, TextArea } from '#design/index.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import { choice, dateFields, optionalId, pickedId, readDateFields, text } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  refused,
  type Screen,
  type Submitted,
  type Visit,
} from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { type Holder, postHolders } from '#platform/who-today.ts'
import { isOpen } from './application.ts'
import { accept, decline, handOver, keepInTouch, noteConversation } from './changes.ts'
import { registrationPaths as paths } from './paths.ts'
import { around, type Duplicate } from './queries.ts'
import type { LoadedApplication } from './store.ts'
import { byNumber } from './team-one.tsx'
import { BeforeYouWrite } from './why.tsx'

type Placing = LoadedApplication & {
  readonly groups: readonly { id: number; name: string }[]
  readonly duplicates: readonly Duplicate[]
}

const back = (visit: Visit<LoadedApplication>) => ({
  href: paths.one(visit.network.slug, visit.thing.number),
  text: `Application ${visit.thing.number}`,
})
const done = (
  visit: Visit<LoadedApplication>,
  answer: { accepted: true } | { accepted: false; sentence: string },
  field?: string,
): Submitted => (answer.accepted ? { to: back(visit).href } : refused(answer, field))

/** What the team does with one application: a page each, a form each. */
export const stepRoutes: AnyRoute[] = [
  form('/:network/team/applications/:number/conversation', {
    who: theTeam,
    audit: 'conversation-noted',
    load: byNumber,
    fields: z.object({
      said: text('Write down what was said', { max: 5000, name: 'What was said' }),
      ...dateFields('spoken'),
    }),
    screen: conversationScreen,
    async submit(visit, fields) {
      const spoken = readDateFields(fields, 'spoken')
      if (!spoken.ok) return errors({ field: `spoken-${spoken.part}`, message: spoken.sentence })
      const answer = await noteConversation(visit, visit.thing, { said: fields.said, spokenOn: spoken.date })
      return done(visit, answer, answer.accepted || answer.reason !== 'not-yet' ? undefined : 'spoken')
    },
  }),
  form('/:network/team/applications/:number/accept', {
    who: theTeam,
    audit: 'application-accepted',
    load: placing,
    fields: z.object({
      group: pickedId('Choose a group'),
      voting: choice('Choose whether they vote', ['yes', 'no']),
      lay: choice('Choose whether they count as a lay member', ['yes', 'no']),
      person: optionalId(),
    }),
    screen: acceptScreen,
    async submit(visit, { group, voting, lay, person }) {
      const { groups, duplicates, person: own } = visit.thing
      if (!groups.some(each => each.id === group))
        return errors({ field: 'group', message: 'Choose a group' })
      if (duplicates.length > 0 && person === undefined) {
        return errors({ field: 'person', message: 'Choose who this person is' })
      }
      const other = person !== undefined && person !== own.id
      if (other && !duplicates.some(each => each.personId === person)) {
        return errors({ field: 'person', message: 'Choose who this person is' })
      }
      return done(
        visit,
        await accept(visit, visit.thing, {
          groupId: group,
          voting: voting === 'yes',
          lay: lay === 'yes',
          ...(other ? { samePersonAs: person } : {}),
        }),
      )
    },
  }),
  form('/:network/team/applications/:number/decline', {
    who: theTeam,
    audit: 'application-declined',
    load: byNumber,
    fields: z.object({
      reason: text('Write why, for the team', { max: 2000, name: 'The reason' }),
      words: text('Write what we tell them', { max: 2000, name: 'What we tell them' }),
    }),
    screen: declineScreen,
    submit: async (visit, fields) => done(visit, await decline(visit, visit.thing, fields)),
  }),
  form('/:network/team/applications/:number/keep-in-touch', {
    who: theTeam,
    audit: 'application-kept-in-touch',
    load: byNumber,
    fields: z.object({
      why: text('Write why we keep in touch', { max: 2000, name: 'The reason' }),
      ...dateFields('until'),
    }),
    screen: keepInTouchScreen,
    async submit(visit, fields) {
      const until = readDateFields(fields, 'until')
      if (!until.ok) return errors({ field: `until-${until.part}`, message: until.sentence })
      const answer = await keepInTouch(visit, visit.thing, { why: fields.why, until: until.date })
      return done(visit, answer, answer.accepted || answer.reason !== 'not-ahead' ? undefined : 'until')
    },
  }),
  form('/:network/team/applications/:number/owner', {
    who: theTeam,
    audit: 'application-handed-over',
    load: handing,
    fields: z.object({ person: pickedId('Choose who acts next') }),
    screen: handOverScreen,
    async submit(visit, { person }) {
      if (!visit.thing.colleagues.some(each => each.personId === person)) {
        return errors({ field: 'person', message: 'Choose who acts next' })
      }
      await handOver(visit, visit.thing, person)
      return { to: back(visit).href }
    },
  }),
]

type Handing = LoadedApplication & { readonly colleagues: readonly Holder[] }

async function handing(visit: Visit, how: { forChange: boolean }): Promise<Handing | undefined> {
  const loaded = await byNumber(visit, how)
  if (!loaded || !isOpen(loaded.it)) return undefined
  const { coordinators, managers, directors } = await postHolders(visit.tx, visit.today)
  const all = new Map([...coordinators, ...managers, ...directors].map(each => [each.personId, each]))
  return { ...loaded, colleagues: [...all.values()] }
}

function handOverScreen(visit: Visit<Handing>, { values, errors: mistakes }: Filled): Screen {
  const { number, person, row, colleagues } = visit.thing
  return {
    title: 'Who acts next?',
    caption: `Application ${number}, ${person.name}`,
    back: back(visit),
    body: (
      <Form hidden={visit.hidden} button="Hand over">
        <p>They are reminded, and the applicant sees their name. The day that we promised stays the same.</p>
        <Radios
          name="person"
          label="Choose somebody of the team"
          value={values.person ?? (row.owner_person_id === null ? undefined : String(row.owner_person_id))}
          options={colleagues.map(each => ({ value: String(each.personId), label: each.name }))}
          errors={mistakes}
        />
      </Form>
    ),
  }
}

async function placing(visit: Visit, how: { forChange: boolean }): Promise<Placing | undefined> {
  const loaded = await byNumber(visit, how)
  if (!loaded) return undefined
  const groups = await visit.tx.selectFrom('network_group').select(['id', 'name']).orderBy('name').execute()
  const { duplicates } = await around(visit.tx, loaded, visit.today)
  return { ...loaded, groups, duplicates: duplicates.filter(each => each.sameContact) }
}

const dateValue = (filled: Filled, name: string, first: PlainDate | undefined) => ({
  day: filled.values[`${name}-day`] ?? (first && String(first.day)),
  month: filled.values[`${name}-month`] ?? (first && String(first.month)),
  year: filled.values[`${name}-year`] ?? (first && String(first.year)),
})

function conversationScreen(visit: Visit<LoadedApplication>, filled: Filled): Screen {
  return {
    title: 'Note a conversation',
    caption: `Application ${visit.thing.number}, ${visit.thing.person.name}`,
    back: back(visit),
    body: (
      <>
        {visit.thing.row.words && <Quote words={visit.thing.row.words} by="What they wrote to us" />}
        <Form hidden={visit.hidden} button="Save">
          <DateField
            name="spoken"
            label="When did you talk?"
            value={dateValue(filled, 'spoken', visit.today)}
            errors={filled.errors}
          />
          <TextArea
            name="said"
            label="What was said?"
            hint="In plain words, as they would say it. Only the team sees it, and it is deleted if they withdraw. Have they questions? What would they like to do?"
            maxCharacters={5000}
            value={filled.values.said}
            errors={filled.errors}
          />
          <BeforeYouWrite />
        </Form>
      </>
    ),
  }
}

function acceptScreen(visit: Visit<Placing>, filled: Filled): Screen {
  const { groups, duplicates, person, number } = visit.thing
  const yesNo = [
    { value: 'yes', label: 'Yes' },
    { value: 'no', label: 'No' },
  ]
  return {
    title: `Accept ${person.name}?`,
    caption: `Application ${number}`,
    back: back(visit),
    body: (
      <>
        <p>
          They get a place as a volunteer from today on, and we tell them in the way they chose. If we have
          their e-mail address, the message invites them to sign in.
        </p>
        <Form hidden={visit.hidden} button="Accept and tell them">
          {duplicates.length > 0 && (
            <Radios
              name="person"
              label="Is this somebody we know already?"
              hint="The same e-mail address or phone number can also belong to two people of one house."
              value={filled.values.person}
              options={[
                { value: String(person.id), label: `No, ${person.name} is new` },
                ...duplicates.map(each => ({
                  value: String(each.personId),
                  label: `Yes, this is ${each.name}`,
                  hint: each.hasPlace ? 'Has a place with us' : `Application ${each.application ?? ''}`,
                })),
              ]}
              errors={filled.errors}
            />
          )}
          <Select
            name="group"
            label="Which group?"
            empty="Choose a group"
            options={groups.map(each => ({ value: String(each.id), text: each.name }))}
            value={filled.values.group}
            errors={filled.errors}
          />
          <Radios
            name="voting"
            label="Do they vote in this group?"
            value={filled.values.voting}
            options={yesNo}
            errors={filled.errors}
          />
          <Radios
            name="lay"
            label="Do they count as a lay member?"
            hint="Somebody who does not work for the health service."
            value={filled.values.lay ?? 'yes'}
            options={yesNo}
            errors={filled.errors}
          />
        </Form>
      </>
    ),
  }
}

function declineScreen(visit: Visit<LoadedApplication>, filled: Filled): Screen {
  return {
    title: 'Kindly decline',
    caption: `Application ${visit.thing.number}, ${visit.thing.person.name}`,
    back: back(visit),
    body: (
      <Form hidden={visit.hidden} button="Decline and tell them" warning>
        <TextArea
          name="reason"
          label="Why?"
          hint="For the team only. It is deleted after 6 months."
          maxCharacters={2000}
          value={filled.values.reason}
          errors={filled.errors}
        />
        <TextArea
          name="words"
          label="What do we tell them?"
          hint="It goes out in the way they chose. Say why, say what else they could do, and thank them."
          maxCharacters={2000}
          value={
            filled.values.words ??
            'We cannot offer you a place at the moment. We are grateful that you came forward, and you can register again at any time.'
          }
          errors={filled.errors}
        />
      </Form>
    ),
  }
}

function keepInTouchScreen(visit: Visit<LoadedApplication>, filled: Filled): Screen {
  return {
    title: 'Keep in touch for later',
    caption: `Application ${visit.thing.number}, ${visit.thing.person.name}`,
    back: back(visit),
    body: (
      <Form hidden={visit.hidden} button="Save and tell them">
        <TextArea
          name="why"
          label="Why not now?"
          hint="For the team only: what you agreed with them."
          maxCharacters={2000}
          value={filled.values.why}
          errors={filled.errors}
        />
        <DateField
          name="until"
          label="By when are we in touch again?"
          hint="They are told this day, and we remind the team."
          value={dateValue(filled, 'until', undefined)}
          errors={filled.errors}
        />
      </Form>
    ),
  }
}
