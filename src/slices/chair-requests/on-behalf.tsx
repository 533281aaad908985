import { DateField, Form, Radios, Select, TextArea } from '#design/index.ts'
import { choice, pickedId, text, withDate } from '#platform/form/fields.ts'
import { errors, form, refused, type Visit } from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { possibleOwners } from '#slices/actions/index.ts'
import { tooEarly } from './asking.tsx'
import { askSig } from './changes.ts'
import { noPatients, Signpost } from './parts.tsx'
import { requestPaths } from './paths.ts'
import { groupChoices } from './queries.ts'
import { requestKinds } from './tables.ts'
import { kindWords } from './words.ts'

/** The team writes down what somebody asked by phone, by post or in the room; they get it read back. */
export const onBehalfRoute = form('/:network/requests/on-behalf', {
  who: theTeam,
  audit: 'request-asked-on-behalf',
  fields: withDate(
    'needed',
    {},
    {
      person: pickedId('Choose who asks'),
      how: choice('Choose how they asked', ['phone', 'post', 'in-person']),
      group: pickedId('Choose which group they ask'),
      kind: choice('Choose what they need', requestKinds),
      what: text('Write what they ask', { max: 2000, name: 'What they ask' }),
      why: text('Write why they need it', { max: 1000, name: 'Why they need it' }),
    },
  ),
  async screen(visit: Visit, { values, errors: mistakes }) {
    const groups = await groupChoices(visit.tx)
    const people = await possibleOwners(visit.tx, visit.today)
    return {
      title: 'Write down what somebody asks',
      back: { href: requestPaths.list(visit.network.slug), text: 'All requests' },
      body: (
        <Form hidden={visit.hidden} button="Send it for them">
          <p>Write it as they said it. They hear it back in the way they chose, and can put it right.</p>
          <Select
            name="person"
            label="Who asks?"
            empty="Choose a person"
            value={values.person}
            options={people.map(each => ({ value: String(each.id), text: each.name }))}
            errors={mistakes}
          />
          <Radios
            name="how"
            label="How did they ask?"
            value={values.how}
            errors={mistakes}
            options={[
              { value: 'phone', label: 'On the phone' },
              { value: 'post', label: 'By post' },
              { value: 'in-person', label: 'In the room' },
            ]}
          />
          <Select
            name="group"
            label="Which group do they ask?"
            empty="Choose a group"
            value={values.group}
            options={groups.map(each => ({ value: String(each.id), text: each.name }))}
            errors={mistakes}
          />
          <Radios
            name="kind"
            label="What do they need?"
            value={values.kind}
            errors={mistakes}
            options={requestKinds.map(each => ({ value: each, label: kindWords[each].name }))}
          />
          <TextArea
            name="what"
            label="What they ask, in their own words"
            hint={noPatients}
            value={values.what}
            maxCharacters={2000}
            errors={mistakes}
          />
          <TextArea
            name="why"
            label="Why they need it"
            hint={noPatients}
            value={values.why}
            maxCharacters={1000}
            rows={3}
            errors={mistakes}
          />
          <DateField
            name="needed"
            label="Is there a day by which they need it?"
            optional
            value={{ day: values['needed-day'], month: values['needed-month'], year: values['needed-year'] }}
            errors={mistakes}
          />
          <Signpost />
        </Form>
      ),
    }
  },
  async submit(visit: Visit, { person, group, kind, what, why, how, needed }) {
    const early = tooEarly(needed, visit.today)
    if (early) return early
    const [asker] = await possibleOwners(visit.tx, visit.today, person)
    if (!asker) return errors({ field: 'person', message: 'Choose a person from the list' })
    const sent = await askSig(visit, {
      groupId: group,
      askerPersonId: asker.id,
      kind,
      what,
      why,
      neededBy: needed ?? null,
      how,
    })
    return sent.accepted
      ? { to: requestPaths.one(visit.network.slug, sent.reference) }
      : refused(sent, 'group')
  },
})
