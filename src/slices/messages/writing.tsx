import { z } from 'zod'
import { Form, Radios, Select, TextField } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { promisedBy } from '#kernel/clocks.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { optionalChoice, pickedId } from '#platform/form/fields.ts'
import { errors, form, refused, type Visit } from '#platform/http/route.ts'
import { aMember, anyOf, isTeam, personRule, theTeam } from '#platform/permission.ts'
import { possibleOwners } from '#slices/actions/index.ts'
import { ledGroups } from './access.ts'
import { beginThread, type To } from './changes.ts'
import {
  HowRadios,
  howField,
  longest,
  Signpost,
  subjectField,
  WantsAnswer,
  WordsField,
  wordsField,
} from './parts.tsx'
import { messagePaths } from './paths.ts'
import { groupsToWriteTo, type Reachable, writableTo } from './queries.ts'

const toField = z.string({ error: 'Choose who it is for' }).regex(/^(team|\d{1,9})$/, 'Choose who it is for')

const readTo = (given: string): To =>
  given === 'team' ? { kind: 'team' } : { kind: 'chair', groupId: Number(given) }

function ToRadios(props: {
  groups: readonly Reachable[]
  value: string | undefined
  mistakes: readonly { field?: string; message: string }[]
}) {
  return (
    <Radios
      name="to"
      label="Who is it for?"
      value={props.value}
      errors={props.mistakes}
      options={[
        { value: 'team', label: 'The team', hint: 'For anything. They know who can help.' },
        ...props.groups.map(each => ({ value: String(each.id), label: `Who leads ${theirs(each.name)}` })),
      ]}
    />
  )
}

const promise = (visit: Visit) =>
  `You get an answer by ${dateInWords(promisedBy('message-answer', visit.today, visit.network.clocks))}.`

const newRoute = form('/:network/messages/new', {
  who: aMember,
  audit: 'message-begun',
  fields: z.object({ to: toField, subject: subjectField, words: wordsField }),
  async screen(visit: Visit, filled) {
    const groups = await groupsToWriteTo(visit.tx, visit.me, visit.today, false)
    return {
      title: 'Write a message',
      back: { href: messagePaths.list(visit.network.slug), text: 'All messages' },
      body: (
        <>
          <p>{promise(visit)} Only you and those who answer can read it.</p>
          <Form hidden={visit.hidden} button="Send">
            <ToRadios groups={groups} value={filled.values.to} mistakes={filled.errors} />
            <SubjectField value={filled.values.subject} mistakes={filled.errors} />
            <WordsField filled={filled} />
            <Signpost />
          </Form>
        </>
      ),
    }
  },
  async submit(visit: Visit, { to, subject, words }) {
    const groups = await groupsToWriteTo(visit.tx, visit.me, visit.today, false)
    if (to !== 'team' && !groups.some(each => String(each.id) === to))
      return errors({ field: 'to', message: 'Choose who it is for' })
    const begun = await beginThread(visit, { to: readTo(to), personId: visit.me.personId, subject, words })
    return begun.accepted ? { to: messagePaths.one(visit.network.slug, begun.id) } : refused(begun, 'to')
  },
})

/** The team writes down a message that somebody gave by phone, by post or in the room. */
const onBehalfRoute = form('/:network/messages/on-behalf', {
  who: theTeam,
  audit: 'message-begun-on-behalf',
  fields: z.object({
    person: pickedId('Choose who said it'),
    how: howField,
    to: toField,
    subject: subjectField,
    words: wordsField,
  }),
  async screen(visit: Visit, filled) {
    const { values, errors: mistakes } = filled
    const people = await possibleOwners(visit.tx, visit.today)
    const groups = await groupsToWriteTo(visit.tx, visit.me, visit.today, true)
    return {
      title: 'Write down a message',
      back: { href: messagePaths.list(visit.network.slug), text: 'All messages' },
      body: (
        <Form hidden={visit.hidden} button="Send it for them">
          <p>
            Use their own words. They hear them back, and can put them right. What is for who leads a group
            you can write here once, and not read again.
          </p>
          <Select
            name="person"
            label="Who said it?"
            empty="Choose a person"
            value={values.person ?? visit.query.get('person') ?? undefined}
            options={people.map(each => ({ value: String(each.id), text: theirs(each.name) }))}
            errors={mistakes}
          />
          <HowRadios filled={filled} />
          <ToRadios groups={groups} value={values.to} mistakes={mistakes} />
          <SubjectField value={values.subject} mistakes={mistakes} />
          <WordsField filled={filled} label="What they said" />
          <Signpost />
        </Form>
      ),
    }
  },
  async submit(visit: Visit, { person, how, to, subject, words }) {
    const [said] = await possibleOwners(visit.tx, visit.today, person)
    if (!said) return errors({ field: 'person', message: 'Choose a person from the list' })
    const begun = await beginThread(visit, { to: readTo(to), personId: said.id, subject, words, how })
    if (!begun.accepted) return refused(begun, 'to')
    const { slug } = visit.network
    return { to: to === 'team' ? messagePaths.one(slug, begun.id) : messagePaths.list(slug) }
  },
})

const leadsOrTeam = anyOf<unknown>(
  theTeam,
  personRule('who leads a group', actor => ledGroups(actor).length > 0),
)

type Addressee = NonNullable<Awaited<ReturnType<typeof writableTo>>>

/** The team, or who leads a group of theirs, begins: a message to one person. */
const toPersonRoute = form('/:network/messages/to/:person', {
  who: leadsOrTeam,
  audit: 'message-begun-to',
  load: ({ tx, actor, params, today }) => actor && writableTo(tx, actor, params.person, today),
  fields: z.object({
    from: z.string().optional(),
    subject: subjectField,
    words: wordsField,
    wants: optionalChoice(['yes', 'no']),
  }),
  screen: (visit: Visit<Addressee>, filled) => ({
    title: `Write to ${theirs(visit.thing.name)}`,
    back: { href: messagePaths.list(visit.network.slug), text: 'All messages' },
    body: (
      <>
        <p>It reaches them in the way they have chosen.</p>
        <Form hidden={visit.hidden} button="Send">
          {sendersOf(visit).length > 1 && (
            <Radios
              name="from"
              label="Who writes?"
              value={filled.values.from}
              errors={filled.errors}
              options={sendersOf(visit)}
            />
          )}
          <SubjectField value={filled.values.subject} mistakes={filled.errors} />
          <WordsField filled={filled} />
          <WantsAnswer filled={filled} />
        </Form>
      </>
    ),
  }),
  async submit(visit: Visit<Addressee>, { from, subject, words, wants }) {
    if (!wants) return errors({ field: 'wants', message: 'Say whether you would like an answer' })
    const senders = sendersOf(visit)
    const sender = senders.length === 1 ? senders[0] : senders.find(each => each.value === from)
    if (!sender) return errors({ field: 'from', message: 'Choose who writes' })
    const begun = await beginThread(visit, {
      to: readTo(sender.value),
      personId: visit.thing.id,
      subject,
      words,
      wantsAnswer: wants === 'yes',
    })
    return begun.accepted ? { to: messagePaths.one(visit.network.slug, begun.id) } : refused(begun)
  },
})

const sendersOf = ({ me, thing }: Visit<Addressee>) => [
  ...(isTeam(me) ? [{ value: 'team', label: 'The team' }] : []),
  ...thing.groups.map(each => ({ value: String(each.id), label: `Who leads ${theirs(each.name)}` })),
]

function SubjectField(props: {
  value: string | undefined
  mistakes: readonly { field?: string; message: string }[]
}) {
  return (
    <TextField
      name="subject"
      label="What is it about?"
      hint={`A few words, up to ${longest.subject} characters.`}
      value={props.value}
      errors={props.mistakes}
    />
  )
}

export const writingRoutes = [newRoute, onBehalfRoute, toPersonRoute]
