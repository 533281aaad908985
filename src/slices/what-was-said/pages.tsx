import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  ButtonLink,
  DateField,
  Empty,
  Filters,
  Form,
  InsetText,
  LinkList,
  Pagination,
  Quote,
  Radios,
  SearchBox,
  Table,
  TextArea,
  TextField,
} from '#design/index.ts'
import { dateInWords, dueInWords, momentInWords } from '#kernel/calendar/words.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import type { Tx } from '#platform/database/tables.ts'
import { choice, optionalText, pickedId, text, withDate } from '#platform/form/fields.ts'
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
import { saidPaths as paths } from './paths.ts'
import {
  finishNote,
  goOnAs,
  type LoadedNote,
  listNotes,
  loadNote,
  noteIsFrom,
  pageLength,
  writeNote,
} from './store.ts'
import { hows } from './tables.ts'
import { howInWords, saidLine, waysOn } from './ways-on.ts'

const longest = 5000
const mostFound = 20
const idIn = (given: string | null | undefined) => (/^\d{1,9}$/.test(given ?? '') ? Number(given) : undefined)

interface Found {
  readonly id: number
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
}

/** By a name nearly right, e-mail or phone digits. */
async function findPeople(tx: Tx, words: string): Promise<readonly Found[]> {
  const digits = words.replace(/\D/g, '')
  const like = `%${words.replace(/[\\%_]/g, '\\$&')}%`
  const found = await sql<Found>`
    select id, name, email, phone from person
    where left_on is null and (name ilike ${like} or email ilike ${like} or name % ${words}
      or (${digits.length >= 5} and regexp_replace(phone, '[^0-9]', '', 'g') like ${`%${digits}%`}))
    order by similarity(name, ${words}) desc, name limit ${mostFound}`.execute(tx)
  return found.rows
}

const wordsIn = (visit: Visit) => (visit.query.get('q') ?? '').replaceAll('\0', '').trim().slice(0, 100)
const contactOf = (each: Found) => [each.email, each.phone].filter(Boolean).join(', ')

const list = page('/:network/team/said', {
  who: theTeam,
  audit: 'nothing',
  async handler(visit) {
    const { slug } = visit.network
    const state = visit.query.get('show') === 'done' ? 'done' : 'open'
    const found = await listNotes(visit.tx, { state, from: idIn(visit.query.get('after')) })
    const shown = found.slice(0, pageLength)
    return show({
      title: 'What people said',
      caption: 'By phone, by post or in person',
      back: { href: `/${slug}/team`, text: 'The team’s work' },
      wide: true,
      body: (
        <>
          <p>
            <ButtonLink href={paths.find(slug)}>Write down what somebody said</ButtonLink>
          </p>
          <Filters
            action={paths.list(slug)}
            filters={[
              {
                name: 'show',
                label: 'Show',
                value: state,
                options: [
                  { value: 'open', text: 'To go on with' },
                  { value: 'done', text: 'Dealt with' },
                ],
              },
            ]}
          />
          {shown.length === 0 ? (
            <Empty>
              {state === 'open'
                ? 'All that people said is dealt with.'
                : 'Nothing was written down and dealt with yet.'}
            </Empty>
          ) : (
            <Table
              caption={state === 'open' ? 'To go on with, oldest first' : 'Dealt with, newest first'}
              columns={[
                { title: 'Who and when' },
                { title: 'What' },
                { title: 'Became' },
                { title: state === 'open' ? 'By' : 'Dealt with by' },
              ]}
              rows={shown.map(each => [
                <a href={paths.note(slug, each.id)} key="who">
                  <bdi>{saidLine(each)}</bdi>
                </a>,
                <span className="loop-break" dir="auto" key="what">
                  {shorten(each.words, 80)}
                </span>,
                each.became.length === 0 ? 'Nothing yet' : each.became.join(', '),
                each.state === 'open' ? byWhen(each, visit.today) : (each.doneBy ?? 'The service'),
              ])}
            />
          )}
          <Pagination
            next={
              found.length > pageLength
                ? { href: `?${new URLSearchParams({ show: state, after: String(shown.at(-1)!.id) })}` }
                : undefined
            }
          />
        </>
      ),
    })
  },
})

function byWhen(note: LoadedNote, today: Temporal.PlainDate): string {
  const due = dueInWords(note.dueOn, today)
  return due.late ? due.words : dateInWords(note.dueOn)
}

const find = page('/:network/team/said/find', {
  who: theTeam,
  audit: 'nothing',
  async handler(visit) {
    const { slug } = visit.network
    const words = wordsIn(visit)
    const found = words === '' ? undefined : await findPeople(visit.tx, words)
    return show({
      title: 'Who said it?',
      back: { href: paths.list(slug), text: 'What people said' },
      body: (
        <>
          <SearchBox action={paths.find(slug)} label="Name, e-mail or phone number" value={words} />
          {found && found.length > 0 && (
            <LinkList
              links={found.map(each => ({
                href: paths.ofPerson(slug, each.id),
                text: each.name,
                hint: contactOf(each),
              }))}
            />
          )}
          {found?.length === 0 && (
            <Empty>We know nobody of that name. Try a part of the name, or their phone number.</Empty>
          )}
          <p>
            <a href={paths.ofNobody(slug)}>It is somebody new, or I do not know who it is</a>
          </p>
        </>
      ),
    })
  },
})

const noteFields = {
  how: choice('Choose how they said it', hows),
  words: text('Write down what they said', { max: longest, name: 'What they said' }),
}

/** Both forms: somebody we know, and somebody new. */
function writing(
  visit: Visit<unknown>,
  { values, errors: mistakes }: Filled,
  title: string,
  isNew: boolean,
): Screen {
  const { network, today } = visit
  const typed = Object.keys(values).length > 0
  return {
    title,
    back: { href: paths.find(network.slug), text: 'Somebody else' },
    body: (
      <>
        <InsetText>
          <p>
            Is it a concern about how somebody was treated, or about somebody in the network? Do not write it
            here. <a href={`/${network.slug}/concerns`}>It goes to one person only, whom they choose</a>.
          </p>
          <p>Is somebody in danger? Ring 999. For medical help that cannot wait, ring 111.</p>
        </InsetText>
        <Form hidden={visit.hidden} button="Keep it and go on">
          {isNew && (
            <TextField
              name="name"
              label="Their name, if they said it"
              optional
              autocomplete="off"
              value={values.name}
              errors={mistakes}
            />
          )}
          <Radios
            name="how"
            label="How did they say it?"
            value={values.how}
            options={[
              { value: 'phone', label: 'On the phone' },
              { value: 'post', label: 'By post' },
              { value: 'in-person', label: 'In person' },
            ]}
            errors={mistakes}
          />
          <DateField
            name="said"
            label="When did they say it?"
            hint="For a letter, the day it came."
            value={
              typed
                ? { day: values['said-day'], month: values['said-month'], year: values['said-year'] }
                : { day: String(today.day), month: String(today.month), year: String(today.year) }
            }
            errors={mistakes}
          />
          <TextArea
            name="words"
            label="What they said, in their words"
            hint="All of it, also when it is several things. Leave out what shows who another patient is."
            rows={10}
            maxCharacters={longest}
            value={values.words}
            errors={mistakes}
          />
        </Form>
      </>
    ),
  }
}

const inPast = (day: Temporal.PlainDate, today: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(day, today) <= 0 &&
  Temporal.PlainDate.compare(day, today.subtract({ years: 1 })) >= 0
const notInPast = { field: 'said', message: 'The day they said it must be today or within the last year' }

const ofPerson = form('/:network/team/said/of/:person', {
  who: theTeam as Rule<{ id: number; name: string }>,
  audit: 'said-written-down',
  load: async (visit: Visit<undefined>) => {
    const id = idIn(visit.params.person)
    return id === undefined
      ? undefined
      : await visit.tx
          .selectFrom('person')
          .select(['id', 'name'])
          .where('id', '=', id)
          .where('left_on', 'is', null)
          .executeTakeFirst()
  },
  fields: withDate('said', { required: 'Enter the day they said it' }, noteFields),
  screen: (visit: Visit<{ id: number; name: string }>, filled) =>
    writing(visit, filled, `What did ${visit.thing.name} say?`, false),
  async submit(visit: Visit<{ id: number; name: string }>, { said, how, words }) {
    if (!inPast(said, visit.today)) return errors(notInPast)
    const id = await writeNote(visit, { personId: visit.thing.id, name: '', how, words, saidOn: said })
    return { to: paths.note(visit.network.slug, id) }
  },
})

const ofSomebodyNew = form('/:network/team/said/of-somebody-new', {
  who: theTeam,
  audit: 'said-written-down',
  fields: withDate(
    'said',
    { required: 'Enter the day they said it' },
    { ...noteFields, name: optionalText({ max: 100, name: 'The name' }) },
  ),
  screen: (visit: Visit, filled) => writing(visit, filled, 'What did they say?', true),
  async submit(visit: Visit, { said, how, words, name }) {
    if (!inPast(said, visit.today)) return errors(notInPast)
    const id = await writeNote(visit, { personId: null, name, how, words, saidOn: said })
    return { to: paths.note(visit.network.slug, id) }
  },
})

type Here = Visit<LoadedNote>

const load = async (
  visit: Visit<undefined>,
  how: { forChange: boolean },
): Promise<LoadedNote | undefined> => {
  const id = idIn(visit.params.note)
  return id === undefined ? undefined : await loadNote(visit.tx, id, how)
}

async function noteScreen(visit: Here, filled: Filled): Promise<Screen> {
  const { thing, network, tx } = visit
  const { slug } = network
  const open = thing.state === 'open'
  const ways = open ? await waysOn(tx, slug, thing) : []
  return {
    title: thing.personName ? `What ${thing.personName} said` : `What ${thing.name || 'somebody new'} said`,
    caption: `${sentence(howInWords[thing.how])}, ${dateInWords(thing.saidOn)}`,
    back: { href: paths.list(slug), text: 'What people said' },
    body: (
      <>
        <Quote
          words={thing.words}
          by={`Written down by ${thing.writtenBy}, ${momentInWords(thing.writtenAt)}`}
        />
        {thing.became.length > 0 && (
          <>
            <h2 className="nhsuk-heading-m">What you went on with</h2>
            <ul className="nhsuk-list nhsuk-list--bullet">
              {thing.became.map((each, n) => (
                <li key={n}>{each}</li>
              ))}
            </ul>
          </>
        )}
        {!open && (
          <InsetText>
            {`Dealt with${thing.doneBy ? ` by ${thing.doneBy}` : ''}${thing.doneAt ? `, ${momentInWords(thing.doneAt)}` : ''}.`}
          </InsetText>
        )}
        {open && (
          <>
            <Form hidden={visit.hidden} button="Go on with it">
              <Radios
                name="way"
                label={thing.became.length === 0 ? 'What is it?' : 'What else is it?'}
                hint="The next page has their words in it already. One call can be several things: come back for the next."
                value={filled.values.way}
                options={ways.map(each => ({
                  value: each.key,
                  label: each.text,
                  ...(each.hint ? { hint: each.hint } : {}),
                }))}
                errors={filled.errors}
              />
            </Form>
            {thing.personId === null && (
              <p>
                <a href={paths.who(slug, thing.id)}>We know this person: say who it is</a>
              </p>
            )}
            <h2 className="nhsuk-heading-m">Is all of it dealt with?</h2>
            <Form
              action={paths.done(slug, thing.id)}
              hidden={visit.hidden}
              button={
                thing.became.length === 0 ? 'There is nothing to go on with' : 'All of it is dealt with'
              }
            >
              <p>The words stay readable here for a time. Then they are deleted.</p>
            </Form>
          </>
        )}
      </>
    ),
  }
}

const sentence = (words: string) => `${words[0]!.toUpperCase()}${words.slice(1)}`

const one = form('/:network/team/said/:note', {
  who: theTeam as Rule<LoadedNote>,
  audit: 'said-went-on',
  load,
  // The way back from the form leads here: a page that was left open is as good.
  guardsVersion: false,
  fields: z.object({ way: z.string({ error: 'Choose what it is' }) }),
  screen: noteScreen,
  async submit(visit: Here, { way }) {
    const ways = await waysOn(visit.tx, visit.network.slug, visit.thing)
    const chosen = ways.find(each => each.key === way)
    if (!chosen) return errors({ field: 'way', message: 'Choose what it is from the list' })
    const step = await goOnAs(visit, visit.thing, chosen.became)
    if (!step.accepted) return refused(step)
    return Object.keys(chosen.fills).length > 0
      ? { to: chosen.path, fills: chosen.fills }
      : { to: chosen.path }
  },
})

const done = form('/:network/team/said/:note/done', {
  who: theTeam as Rule<LoadedNote>,
  audit: 'said-dealt-with',
  load,
  page: false,
  guardsVersion: false,
  fields: z.object({}),
  screen: noteScreen,
  async submit(visit: Here) {
    const step = await finishNote(visit, visit.thing)
    return step.accepted ? { to: paths.list(visit.network.slug) } : refused(step)
  },
})

const who = form('/:network/team/said/:note/who', {
  who: theTeam as Rule<LoadedNote>,
  audit: 'said-by-known',
  load: async (visit, how) => {
    const note = await load(visit, how)
    return note?.personId === null && note.state === 'open' ? note : undefined
  },
  guardsVersion: false,
  fields: z.object({ person: pickedId('Choose who it is') }),
  async screen(visit: Here, { errors: mistakes }) {
    const { slug } = visit.network
    const words = wordsIn(visit) || visit.thing.name
    const found = words === '' ? [] : await findPeople(visit.tx, words)
    return {
      title: 'Who said it?',
      back: { href: paths.note(slug, visit.thing.id), text: 'What they said' },
      body: (
        <>
          <SearchBox
            action={paths.who(slug, visit.thing.id)}
            label="Name, e-mail or phone number"
            value={words}
          />
          {words !== '' && found.length === 0 && <Empty>We know nobody of that name.</Empty>}
          {found.length > 0 && (
            <Form hidden={visit.hidden} button="It is this person">
              <Radios
                name="person"
                label="Which of them is it?"
                options={found.map(each => ({
                  value: String(each.id),
                  label: each.name,
                  ...(contactOf(each) ? { hint: contactOf(each) } : {}),
                }))}
                errors={mistakes}
              />
            </Form>
          )}
        </>
      ),
    }
  },
  async submit(visit: Here, { person }) {
    const known = await visit.tx
      .selectFrom('person')
      .select('id')
      .where('id', '=', person)
      .where('left_on', 'is', null)
      .executeTakeFirst()
    if (!known) return errors({ field: 'person', message: 'Choose who it is from the list' })
    const step = await noteIsFrom(visit, visit.thing, known.id)
    return step.accepted ? { to: paths.note(visit.network.slug, visit.thing.id) } : refused(step)
  },
})

// Addresses with words of their own come before those where a number may stand.
export const saidRoutes: AnyRoute[] = [list, find, ofSomebodyNew, ofPerson, one, done, who]
