import { sql } from 'kysely'
import { z } from 'zod'
import { DateField, Empty, Form, LinkList, Radios, SearchBox, Select, TextArea } from '#design/index.ts'
import type { Row, Tx } from '#platform/database/tables.ts'
import { choice, dateFields, readDateFields, text } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  page,
  refused,
  type Screen,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { type Rule, theTeam } from '#platform/permission.ts'
import { contributionPaths } from '../paths.ts'
import {
  aboutColumns,
  type Choices,
  choicesOf,
  groupColumn,
  kindHints,
  kinds,
  kindWords,
  namings,
} from '../writing/choices.ts'
import { Signpost } from '../writing/signpost.tsx'
import { groupOptions, mostCharacters, NamingRadios } from '../writing/steps.tsx'
import { recordOnBehalf } from './record.ts'

const mostFound = 20

type Found = Pick<Row<'person'>, 'id' | 'name' | 'email' | 'phone'>

/** By name, e-mail or phone; also when the name is spelled a little otherwise. */
async function findPeople(tx: Tx, words: string): Promise<Found[]> {
  const like = `%${words.replace(/[\\%_]/g, '\\$&')}%`
  const digits = words.replace(/\D/g, '')
  return await tx
    .selectFrom('person')
    .select(['id', 'name', 'email', 'phone'])
    .where('left_on', 'is', null)
    .where(eb =>
      eb.or([
        eb('name', 'ilike', like),
        eb('email', 'ilike', like),
        sql<boolean>`name % ${words}`,
        ...(digits.length >= 5
          ? [sql<boolean>`regexp_replace(phone, '[^0-9]', '', 'g') like ${`%${digits}%`}`]
          : []),
      ]),
    )
    .orderBy(sql`similarity(name, ${words})`, 'desc')
    .orderBy('name')
    .limit(mostFound)
    .execute()
}

interface ForPerson {
  readonly person: Found
  readonly choices: Choices
}

export const onBehalfRoutes: readonly AnyRoute[] = [
  page('/:network/contributions/on-behalf', {
    who: theTeam,
    audit: 'nothing',
    handler: async ({ tx, network, query }) => {
      const words = (query.get('q') ?? '').replaceAll('\0', '').trim().slice(0, 100)
      const found = words === '' ? undefined : await findPeople(tx, words)
      const here = contributionPaths.onBehalf(network.slug)
      return show({
        title: 'Who told you something?',
        back: { href: contributionPaths.list(network.slug), text: 'Contributions' },
        body: (
          <>
            <p>
              Write down what somebody said on the phone, in a letter or in the room. They get it read back.
            </p>
            <SearchBox action={here} label="Name, e-mail or phone number" value={words} />
            {found && found.length > 0 && (
              <LinkList
                links={found.map(each => ({
                  href: `${here}/${each.id}`,
                  text: each.name,
                  hint: [each.email, each.phone].filter(Boolean).join(', '),
                }))}
              />
            )}
            {found?.length === 0 && (
              <Empty>We know nobody of that name. Try a part of the name, or their phone number.</Empty>
            )}
            {found?.length === mostFound && <p>These are the first {mostFound}. Write more of the name.</p>}
          </>
        ),
      })
    },
  }),
  form('/:network/contributions/on-behalf/:person', {
    who: theTeam as Rule<ForPerson>,
    audit: 'recorded-on-behalf',
    load: async ({ tx, params, today }): Promise<ForPerson | undefined> => {
      if (!/^\d{1,9}$/.test(params.person ?? '')) return undefined
      const person = await tx
        .selectFrom('person')
        .select(['id', 'name', 'email', 'phone'])
        .where('id', '=', Number(params.person))
        .where('left_on', 'is', null)
        .executeTakeFirst()
      return person && { person, choices: await choicesOf(tx, today) }
    },
    fields: z.object({
      how: choice('Choose how they said it', ['phone', 'email', 'post', 'in-person']),
      ...dateFields('said'),
      words: text('Enter what they said', { max: mostCharacters, name: 'What they said' }),
      kind: choice('Choose what it is', kinds),
      about: z.string({ error: 'Choose what it is about' }),
      group: z.string({ error: 'Choose a group, or “I do not know”' }),
      naming: choice('Choose how they want to be named', namings),
    }),
    screen: onBehalfScreen,
    submit: async (visit: Visit<ForPerson>, fields) => {
      const { person, choices } = visit.thing
      const saidOn = readDateFields(fields, 'said')
      const wrong = [
        ...(saidOn.ok ? [] : [dateMistake(saidOn)]),
        ...(choices.about.some(each => each.value === fields.about)
          ? []
          : [{ field: 'about', message: 'Choose what it is about' }]),
        ...(choices.groups.some(each => each.value === fields.group)
          ? []
          : [{ field: 'group', message: 'Choose a group, or “I do not know”' }]),
      ]
      if (wrong.length > 0 || !saidOn.ok) return errors(...wrong)
      const answer = await recordOnBehalf(visit, {
        personId: person.id,
        kind: fields.kind,
        words: fields.words,
        about: aboutColumns(fields.about),
        wishedGroupId: groupColumn(fields.group),
        naming: fields.naming,
        how: fields.how,
        saidOn: saidOn.date,
      })
      if (!answer.accepted) return refused(answer, 'said')
      return { to: contributionPaths.one(visit.network.slug, answer.received.reference) }
    },
  }),
]

const dateMistake = (read: { nothing: boolean; part: string; sentence: string }) =>
  read.nothing
    ? { field: 'said', message: 'Enter the day they said it' }
    : { field: `said-${read.part}`, message: read.sentence }

function onBehalfScreen(visit: Visit<ForPerson>, filled: Filled): Screen {
  const { person, choices } = visit.thing
  const { values, errors: mistakes } = filled
  return {
    title: `What did ${person.name} say?`,
    back: { href: contributionPaths.onBehalf(visit.network.slug), text: 'Somebody else' },
    body: (
      <>
        <Signpost phone={visit.network.phone} />
        <Form hidden={visit.hidden} button="Write it down">
          <Radios
            name="how"
            label="How did they say it?"
            errors={mistakes}
            value={values.how}
            options={[
              { value: 'phone', label: 'On the phone' },
              { value: 'post', label: 'By post' },
              { value: 'email', label: 'By e-mail' },
              { value: 'in-person', label: 'In person' },
            ]}
          />
          <DateField
            name="said"
            label="When did they say it?"
            hint="For a letter, the day it came. For example, 3 3 2027"
            errors={mistakes}
            value={{ day: values['said-day'], month: values['said-month'], year: values['said-year'] }}
          />
          <TextArea
            name="words"
            label="What they said, in their words"
            hint="Write it as they said it. They get it read back and can correct it."
            rows={8}
            maxCharacters={mostCharacters}
            errors={mistakes}
            value={values.words}
          />
          <Radios
            name="kind"
            label="What is it?"
            errors={mistakes}
            value={values.kind}
            options={kinds.map(value => ({ value, label: kindWords[value], hint: kindHints[value] }))}
          />
          <Select
            name="about"
            label="What is it about?"
            errors={mistakes}
            value={values.about}
            options={choices.about.map(each => ({ value: each.value, text: each.text }))}
          />
          <Radios
            name="group"
            label="Which group is it for?"
            errors={mistakes}
            value={values.group}
            options={groupOptions(choices)}
          />
          <NamingRadios label="How do they want to be named?" filled={filled} value={values.naming} />
        </Form>
      </>
    ),
  }
}
