import { z } from 'zod'
import {
  Checkboxes,
  DateField,
  Form,
  LinkList,
  Pagination,
  Radios,
  Select,
  Table,
  TextArea,
  TextField,
} from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { choice, several, text, withDate } from '#platform/form/fields.ts'
import { form, type Load, page, refused, show, type Visit } from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { askPeople, makeTask } from './changes.ts'
import type { Here } from './one.tsx'
import { taskPaths } from './paths.ts'
import { type Helper, possibleHelpers } from './queries.ts'
import { type LoadedTask, loadTask } from './store.ts'
import { hoursInWords, times } from './words.ts'

const load: Load<LoadedTask> = (visit, how) => loadTask(visit, visit.params.reference, how)
const minutes = times.map(each => String(each.minutes)) as [string, ...string[]]
const places = ['1', '2', '3', '4', '5', '6', '8', '10', '15', '20'] as const

const make = form('/:network/tasks/new', {
  who: theTeam,
  audit: 'task-made',
  fields: withDate(
    'needed',
    {},
    {
      title: text('Give it a short title', { max: 100, name: 'The title' }),
      what: text('Say what there is to do', { max: 3000, name: 'What there is to do' }),
      minutes: choice('Choose how much time it takes', minutes),
      gives: text('Say what they get for it', { max: 500, name: 'What they get' }),
      places: choice('Choose how many people you need', places),
      openTo: choice('Choose who can do it', ['asked', 'everyone']),
    },
  ),
  screen: (visit: Visit, { values, errors }) => ({
    title: 'Ask for help with something',
    back: { href: taskPaths.list(visit.network.slug), text: 'All tasks' },
    body: (
      <Form hidden={visit.hidden} button="Save the task">
        <TextField
          name="title"
          label="A short title"
          hint="For example, “Read a letter before it goes out”."
          value={values.title}
          errors={errors}
        />
        <TextArea
          name="what"
          label="What is there to do?"
          hint="In plain words, with where and when. Do not write anything that shows who a patient is."
          value={values.what}
          maxCharacters={3000}
          errors={errors}
        />
        <Select
          name="minutes"
          label="How much time does it take each person?"
          empty="Choose a time"
          value={values.minutes}
          options={times.map(each => ({ value: String(each.minutes), text: each.words }))}
          errors={errors}
        />
        <TextArea
          name="gives"
          label="What do they get for it?"
          hint="For example, what they can learn, whom they meet, what it will change."
          value={values.gives}
          maxCharacters={500}
          rows={2}
          errors={errors}
        />
        <DateField
          name="needed"
          label="By which day do you need it?"
          optional
          value={{ day: values['needed-day'], month: values['needed-month'], year: values['needed-year'] }}
          errors={errors}
        />
        <Select
          name="places"
          label="How many people do you need?"
          value={values.places ?? '1'}
          options={places.map(each => ({ value: each, text: each }))}
          errors={errors}
        />
        <Radios
          name="openTo"
          label="Who can do it?"
          value={values.openTo}
          errors={errors}
          options={[
            { value: 'asked', label: 'Only those whom I ask', hint: 'You choose them on the next page.' },
            {
              value: 'everyone',
              label: 'Any volunteer',
              hint: 'Who says yes first does it. You can still ask some of them on the next page.',
            },
          ]}
        />
      </Form>
    ),
  }),
  async submit(visit: Visit, given) {
    const made = await makeTask(visit, {
      title: given.title,
      what: given.what,
      gives: given.gives,
      minutes: Number(given.minutes),
      places: Number(given.places),
      openTo: given.openTo,
      neededBy: given.needed ?? null,
    })
    if (!made.accepted) return refused(made, 'needed')
    return { to: taskPaths.do(visit.network.slug, made.reference, 'ask') }
  },
})

const ask = form('/:network/tasks/:reference/ask', {
  load,
  who: theTeam,
  audit: 'task-asked',
  guardsVersion: false,
  fields: z.object({
    people: several().refine(list => list.length > 0, { error: 'Choose at least one person' }),
  }),
  async screen(visit: Here, { lists, errors }) {
    const { thing, network } = visit
    const back = taskPaths.one(network.slug, thing.reference)
    const helpers = await possibleHelpers(visit.tx, visit.today)
    const free = helpers.filter(
      each => !each.isResting && !thing.offers.some(offer => offer.personId === each.id),
    )
    const resting = helpers.filter(each => each.isResting).length
    return {
      title: 'Whom do you want to ask?',
      caption: `Task ${thing.reference}: ${thing.title}`,
      back: { href: back, text: 'Back to the task' },
      body: (
        <Form
          hidden={visit.hidden}
          button="Ask them"
          secondary={{
            text: thing.openTo === 'everyone' ? 'Ask nobody: leave it open to all' : 'Ask nobody now',
            href: back,
          }}
        >
          <p>
            Those who were asked for least in the last 12 months come first, so that it is not always the same
            few.
            {resting > 0 &&
              (resting === 1
                ? ' 1 person takes a rest and is not in this list.'
                : ` ${resting} people take a rest and are not in this list.`)}
          </p>
          <Checkboxes
            name="people"
            label="Volunteers"
            values={lists.people ?? []}
            errors={errors}
            options={free.map(each => ({
              value: String(each.id),
              label: each.name,
              hint: loadInWords(each),
            }))}
          />
          {free.length === 0 && <p>There is nobody left to ask.</p>}
        </Form>
      ),
    }
  },
  async submit(visit: Here, { people }) {
    const asked = await askPeople(
      visit,
      visit.thing,
      people.filter(each => /^\d{1,9}$/.test(each)).map(Number),
    )
    return asked.accepted
      ? { to: taskPaths.one(visit.network.slug, visit.thing.reference) }
      : refused(asked, 'people')
  },
})

export function loadInWords(helper: Helper): string {
  if (helper.asked === 0 && helper.accepted === 0) return 'Not asked in the last 12 months'
  const asked = helper.asked === 1 ? 'asked once' : `asked ${helper.asked} times`
  const gave = helper.minutes === 0 ? 'no time given' : `${hoursInWords(helper.minutes)} given`
  const last = helper.lastAskedOn ? `, last on ${dateInWords(helper.lastAskedOn)}` : ''
  return `In the last 12 months: ${asked}${last}; ${gave}`
}

const pageSize = 50

/** How much is asked of whom: for the team, so that the same three are not always asked. */
const loadPage = page('/:network/tasks/who-was-asked', {
  who: theTeam,
  audit: 'nothing',
  async handler(visit) {
    const after = /^(\d{1,9})\.(\d{1,9})$/.exec(visit.query.get('after') ?? '')
    const helpers = await possibleHelpers(visit.tx, visit.today, {
      after: after ? { minutes: Number(after[1]), id: Number(after[2]) } : undefined,
      limit: pageSize + 1,
    })
    const shown = helpers.slice(0, pageSize)
    const last = shown.at(-1)
    const { slug } = visit.network
    return show({
      title: 'How much was asked of each person',
      wide: true,
      back: { href: taskPaths.list(slug), text: 'All tasks' },
      body: (
        <>
          <p>
            All volunteers, and what they were asked for in the last 12 months. Those who gave least time come
            first. Who said no is not counted: saying no is always fine.
          </p>
          <Table
            caption="What was asked of each volunteer in the last 12 months"
            captionHidden
            columns={[
              { title: 'Volunteer' },
              { title: 'Asked', numeric: true },
              { title: 'Said yes', numeric: true },
              { title: 'Time given' },
              { title: 'Last asked' },
            ]}
            rows={shown.map(each => [
              <a key="name" href={`${taskPaths.list(slug)}?person=${each.id}`}>
                {each.name}
              </a>,
              each.asked,
              each.accepted,
              hoursInWords(each.minutes),
              each.isResting ? 'Takes a rest' : each.lastAskedOn ? dateInWords(each.lastAskedOn) : 'Not yet',
            ])}
          />
          <Pagination
            next={
              helpers.length > pageSize && last
                ? { href: `${taskPaths.load(slug)}?after=${last.minutes}.${last.id}` }
                : undefined
            }
          />
          <LinkList links={[{ href: taskPaths.new(slug), text: 'Ask for help with something' }]} />
        </>
      ),
    })
  },
})

export const askingRoutes = [make, loadPage, ask]
