import { z } from 'zod'
import {
  ButtonLink,
  Empty,
  Form,
  Pagination,
  Radios,
  Select,
  TaskList,
  TextArea,
  TextField,
} from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { choice, optionalId, text } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  page,
  type Screen,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { changeRole, offerRole } from './changes.ts'
import { rolePaths as paths } from './paths.ts'
import { type OfferedRole, pageLength, roleBySlug, rolesOf } from './queries.ts'
import { longest } from './role.ts'

interface Writing {
  readonly role?: OfferedRole
  readonly version?: number
  readonly groups: readonly { id: number; name: string }[]
}

const fields = {
  title: text('Enter what the role is called', { max: longest.title, name: 'What it is called' }),
  about: text('Write what it is about', { max: longest.about, name: 'What it is about' }),
  asked: text('Write what you ask of people', { max: longest.asked, name: 'What you ask' }),
  given: text('Write what people get', { max: longest.given, name: 'What people get' }),
  takes: text('Enter how much time it takes', { max: longest.takes, name: 'How much time it takes' }),
  group: optionalId(),
}

const groupsOf = (visit: Visit) =>
  visit.tx.selectFrom('network_group').select(['id', 'name']).orderBy('name').execute()

/** The team says what it offers; it is public at once. */
export const teamRoutes: AnyRoute[] = [
  page('/:network/team/roles', {
    who: theTeam,
    audit: 'nothing',
    async handler(visit) {
      const after = /^\d{1,9}$/.test(visit.query.get('after') ?? '') ? Number(visit.query.get('after')) : 0
      return show(list(visit, await rolesOf(visit.tx, 'all', after)))
    },
  }),
  form('/:network/team/roles/new', {
    who: theTeam,
    audit: 'role-offered',
    load: async (visit: Visit): Promise<Writing> => ({ groups: await groupsOf(visit) }),
    fields: z.object(fields),
    screen: (visit: Visit<Writing>, filled) => writing(visit, filled),
    async submit(visit, { group, ...words }) {
      if (group !== undefined && !visit.thing.groups.some(each => each.id === group)) return noSuchGroup
      const slug = await offerRole(visit, { ...words, groupId: group ?? null })
      return { to: paths.one(visit.network.slug, slug) }
    },
  }),
  form('/:network/team/roles/:role', {
    who: theTeam,
    audit: 'role-changed',
    async load(visit: Visit, how): Promise<Writing | undefined> {
      const role = await roleBySlug(visit.tx, visit.params.role, how)
      return role && { role, version: role.version, groups: await groupsOf(visit) }
    },
    fields: z.object({
      ...fields,
      state: choice('Choose whether people can register for it', ['open', 'closed']),
    }),
    screen: (visit: Visit<Writing>, filled) => writing(visit, filled),
    async submit(visit, { group, ...given }) {
      const { role, groups } = visit.thing
      if (group !== undefined && !groups.some(each => each.id === group)) return noSuchGroup
      await changeRole(visit, role!, { ...given, groupId: group ?? null })
      return { to: paths.one(visit.network.slug, role!.slug) }
    },
  }),
]

const noSuchGroup = errors({ field: 'group', message: 'Choose a group of this network' })

function list(visit: Visit, roles: readonly OfferedRole[]): Screen {
  const { slug } = visit.network
  const shown = roles.slice(0, pageLength)
  const last = shown.at(-1)
  return {
    title: 'Roles on offer',
    back: { href: `/${slug}/team`, text: 'The team’s work' },
    body: (
      <>
        <p>
          Everybody can read these: <a href={paths.list(slug)}>Ways to take part</a>.
        </p>
        <ButtonLink href={paths.add(slug)}>Offer another role</ButtonLink>
        {shown.length === 0 ? (
          <Empty>There is none yet. People can register all the same.</Empty>
        ) : (
          <TaskList
            items={shown.map(role => ({
              title: role.title,
              href: paths.edit(slug, role.slug),
              hint: `Last changed on ${dateInWords(dayOf(role.changed_at))}`,
              status:
                role.state === 'open'
                  ? { words: 'Open', tone: 'good' as const }
                  : { words: 'Closed', tone: 'plain' as const },
            }))}
          />
        )}
        <Pagination next={roles.length > pageLength && last ? { href: `?after=${last.id}` } : undefined} />
      </>
    ),
  }
}

function writing(visit: Visit<Writing>, { values, errors: mistakes }: Filled): Screen {
  const { role, groups } = visit.thing
  const { slug } = visit.network
  const area = (name: 'about' | 'asked' | 'given', label: string, hint: string) => (
    <TextArea
      name={name}
      label={label}
      hint={hint}
      maxCharacters={longest[name]}
      value={values[name] ?? role?.[name]}
      errors={mistakes}
    />
  )
  return {
    title: role ? `Change the role: ${role.title}` : 'Offer another role',
    back: { href: paths.team(slug), text: 'Roles on offer' },
    body: (
      <Form hidden={visit.hidden} button={role ? 'Save the role' : 'Offer the role'}>
        <p>
          Ask only for what the role cannot do without. Somebody who has never heard of imaging must be able
          to say yes. Whether expenses are paid is added by itself.
        </p>
        <TextField
          name="title"
          label="What is the role called?"
          value={values.title ?? role?.title}
          errors={mistakes}
        />
        {area('about', 'What is it about?', 'In plain words: what does somebody in it do, and for whom?')}
        {area('asked', 'What do you ask of people?', 'One line for each thing.')}
        {area('given', 'What do people get?', 'Help, company, learning, thanks. One line for each thing.')}
        <TextField
          name="takes"
          label="How much time does it take?"
          hint="For example: about 4 hours a month."
          value={values.takes ?? role?.takes}
          errors={mistakes}
        />
        <Select
          optional
          name="group"
          label="In which group is it?"
          empty="No group, or more than one"
          options={groups.map(each => ({ value: String(each.id), text: each.name }))}
          value={values.group ?? (role?.group_id ? String(role.group_id) : undefined)}
          errors={mistakes}
        />
        {role && (
          <Radios
            name="state"
            label="Can people register for it?"
            value={values.state ?? role.state}
            options={[
              { value: 'open', label: 'Yes, it is open' },
              { value: 'closed', label: 'No, it is full or has ended' },
            ]}
            errors={mistakes}
          />
        )}
      </Form>
    ),
  }
}
