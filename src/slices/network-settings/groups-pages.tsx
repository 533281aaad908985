import { z } from 'zod'
import { ButtonLink, Checkboxes, Empty, Form, LinkList, Radios, TextArea, TextField } from '#design/index.ts'
import { choice, optionalText, several, text } from '#platform/form/fields.ts'
import { type AnyRoute, type Filled, form, page, refused, show, type Visit } from '#platform/http/route.ts'
import { rule, theTeam, theTeamOrAdministrator } from '#platform/permission.ts'
import { addGroup, changeGroup, type GroupHere, groupKinds, groupsOfNetwork, kindWords } from './groups.ts'
import { settingsPaths as paths } from './paths.ts'

const who = theTeamOrAdministrator
const fields = z.object({
  name: text('Enter the name of the group', { max: 120, name: 'The name' }),
  short: optionalText({ max: 60, name: 'The short name' }),
  kind: choice('Choose what kind of group it is', groupKinds),
  about: text('Say what it is for, in one or two sentences', { max: 500, name: 'What it is for' }),
  confirmed: several(),
})
const asGroup = (given: z.infer<typeof fields>) => ({
  name: given.name,
  shortName: given.short || given.name,
  kind: given.kind,
  about: given.about,
  confirmed: given.confirmed.includes('yes'),
})

/** Boards, SIGs and workstreams; who is in them is on the pages of people, how they work on their own (PEOPLE-24). */
export const groupSettingsRoutes: AnyRoute[] = [
  page('/:network/team/settings/groups', {
    who,
    audit: 'nothing',
    async handler(visit) {
      const groups = await groupsOfNetwork(visit.tx)
      return show({
        title: 'Groups',
        back: { href: paths.all(visit.network.slug), text: 'Settings of the network' },
        body: (
          <>
            <ButtonLink href={paths.newGroup(visit.network.slug)}>Add a group</ButtonLink>
            {groups.length === 0 ? (
              <Empty>There is no group here yet. A network begins with its board.</Empty>
            ) : (
              <LinkList
                links={groups.map(each => ({
                  href: paths.group(visit.network.slug, each.slug),
                  text: each.name,
                  hint: `${kindWords[each.kind]}, ${each.members} ${each.members === 1 ? 'member' : 'members'}`,
                }))}
              />
            )}
          </>
        ),
      })
    },
  }),
  form('/:network/team/settings/groups/new', {
    who,
    audit: 'group-added',
    fields,
    screen: (visit, filled) => ({
      title: 'Add a group',
      back: { href: paths.groups(visit.network.slug), text: 'Groups' },
      body: (
        <Form hidden={visit.hidden} button="Add this group">
          <GroupFields filled={filled} />
        </Form>
      ),
    }),
    async submit(visit, given) {
      const added = await addGroup(visit, asGroup(given))
      return added.accepted ? { to: paths.group(visit.network.slug, added.state.slug) } : refused(added)
    },
  }),
  form('/:network/team/settings/groups/:group', {
    who: rule<GroupHere>(who.name, actor => who.holds(actor, undefined)),
    audit: 'group-changed',
    load: async (visit: Visit<undefined>) => (await groupsOfNetwork(visit.tx, visit.params.group ?? ''))[0],
    fields,
    screen: (visit, filled) => {
      const { slug } = visit.network
      const group = visit.thing
      return {
        title: group.name,
        caption: kindWords[group.kind],
        back: { href: paths.groups(slug), text: 'Groups' },
        body: (
          <>
            <LinkList
              links={[
                { href: `/${slug}/groups/${group.slug}`, text: 'Its public page' },
                ...(theTeam.holds(visit.actor, undefined)
                  ? [
                      {
                        href: `/${slug}/groups/${group.slug}/rules`,
                        text: 'How it works: meetings, quorum, papers',
                        hint: 'Its chair and the team can change that.',
                      },
                    ]
                  : []),
              ]}
            />
            <h2 className="nhsuk-heading-m">Change what is said of it</h2>
            <Form hidden={visit.hidden} button="Save">
              <GroupFields filled={filled} group={group} />
            </Form>
          </>
        ),
      }
    },
    async submit(visit, given) {
      await changeGroup(visit, visit.thing, asGroup(given))
      return { to: paths.groups(visit.network.slug) }
    },
  }),
]

function GroupFields({ filled, group }: { filled: Filled; group?: GroupHere }) {
  const { values, lists, errors: wrong } = filled
  const typed = Object.keys(values).length > 0
  return (
    <>
      <TextField name="name" label="Name of the group" value={values.name ?? group?.name} errors={wrong} />
      <TextField
        optional
        name="short"
        label="Short name"
        hint="For lists, like “Paediatric SIG”."
        value={values.short ?? group?.shortName}
        errors={wrong}
      />
      <Radios
        name="kind"
        label="What kind of group is it?"
        value={values.kind ?? group?.kind}
        options={groupKinds.map(each => ({ value: each, label: kindWords[each] }))}
        errors={wrong}
      />
      <TextArea
        name="about"
        label="What is it for?"
        hint="Everybody can read it."
        maxCharacters={500}
        rows={3}
        value={values.about ?? group?.about}
        errors={wrong}
      />
      <Checkboxes
        optional
        name="confirmed"
        label="Is it confirmed?"
        values={typed ? (lists.confirmed ?? []) : (group?.confirmed ?? true) ? ['yes'] : []}
        options={[
          {
            value: 'yes',
            label: 'Yes, the network has confirmed it',
            hint: 'If not, its page says that it is an example.',
          },
        ]}
        errors={wrong}
      />
    </>
  )
}
