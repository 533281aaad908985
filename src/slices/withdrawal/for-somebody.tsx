import { z } from 'zod'
import { ButtonLink, Form, InsetText, Radios } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import type { Channel } from '#platform/database/tables.ts'
import { choice } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  refused,
  type Screen,
  type Slice,
  type Visit,
} from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { askToLeave, type LeavingRow, stayAfterAll, whatLeavingMeans } from './changes.ts'
import { earliest } from './goodbye.ts'
import { plannedOf } from './leaving.tsx'
import { withdrawalPaths as paths } from './paths.ts'
import {
  asWish,
  forgetWish,
  keepWish,
  keptWish,
  Meaning,
  readWish,
  WishQuestions,
  WishSummary,
  wishFields,
} from './wish.tsx'

export interface Somebody {
  readonly id: number
  readonly name: string
  readonly channel: Channel
  readonly paused_from: import('#platform/database/tables.ts').PlainDate | null
  readonly paused_until: import('#platform/database/tables.ts').PlainDate | null
}

export async function loadSomebody(visit: Visit<undefined>): Promise<Somebody | undefined> {
  const given = visit.params.person ?? ''
  if (!/^\d{1,9}$/.test(given)) return undefined
  return await visit.tx
    .selectFrom('person')
    .select(['id', 'name', 'channel', 'paused_from', 'paused_until'])
    .where('id', '=', Number(given))
    .where('left_on', 'is', null)
    .executeTakeFirst()
}

/** They have heard of it by then. */
const firstDay = ({ thing, today }: Visit<Somebody>) => earliest('the-team', thing.channel, today)

export const toSomebody = (visit: Visit<Somebody>) => ({
  href: `/${visit.network.slug}/team/people/${visit.thing.id}`,
  text: visit.thing.name,
})

const hows = ['phone', 'post', 'in-person'] as const
const howWords = { phone: 'By phone', post: 'By post', 'in-person': 'In person' }

/** The team writes down that somebody wants to leave: the same two steps, as they said it (PEOPLE-16). */
export const forSomebodyRoutes = (slices: () => readonly Slice[]): AnyRoute[] => [
  form('/:network/team/people/:person/withdraw', {
    who: theTeam,
    audit: 'leaving-noted',
    load: loadSomebody,
    guardsVersion: false,
    fields: z.object({ ...wishFields, how: choice('Choose how they told you', hows) }),
    screen: (visit: Visit<Somebody>, filled) => choosing(visit, filled, slices()),
    async submit(visit, given) {
      const first = firstDay(visit)
      const read = readWish(given, given.how, visit.today, first)
      if (!read.ok) return errors(read.mistake)
      await keepWish(visit, visit.thing.id, read.wish)
      return { to: paths.checkForSomebody(visit.network.slug, visit.thing.id) }
    },
  }),
  form('/:network/team/people/:person/withdraw/check', {
    who: theTeam,
    audit: 'leaving-written-down',
    load: loadSomebody,
    guardsVersion: false,
    fields: z.object({ sure: choice('Choose no or yes', ['no', 'yes']) }),
    screen: (visit: Visit<Somebody>, filled) => checking(visit, filled),
    async submit(visit, { sure }) {
      const { slug } = visit.network
      const { id } = visit.thing
      const kept = await keptWish(visit, id)
      if (!kept) return { to: paths.forSomebody(slug, id) }
      await forgetWish(visit, id)
      if (sure === 'no') return { to: toSomebody(visit).href }
      const done = await askToLeave(visit, slices(), id, asWish(kept, firstDay(visit)))
      return done.accepted ? { to: paths.one(slug, done.state.id) } : refused(done)
    },
  }),
  form('/:network/team/people/:person/withdraw/stay', {
    who: theTeam,
    audit: 'leaving-called-off',
    load: loadSomebody,
    page: false,
    guardsVersion: false,
    fields: z.object({}),
    screen: (visit: Visit<Somebody>, filled) => choosing(visit, filled, slices()),
    async submit(visit) {
      const planned = await plannedOf(visit, visit.thing.id)
      if (planned) await stayAfterAll(visit, planned)
      return { to: toSomebody(visit).href }
    },
  }),
]

function alreadyPlanned(visit: Visit<Somebody>, planned: LeavingRow): Screen {
  return {
    title: 'They leave on a day',
    caption: visit.thing.name,
    back: toSomebody(visit),
    body: (
      <>
        <InsetText>
          <p>
            {visit.thing.name} leaves on <strong>{dateInWords(planned.on_day)}</strong>.
          </p>
        </InsetText>
        <Form
          action={`${paths.forSomebody(visit.network.slug, visit.thing.id)}/stay`}
          hidden={visit.hidden}
          button="They stay after all"
        />
      </>
    ),
  }
}

async function choosing(visit: Visit<Somebody>, filled: Filled, slices: readonly Slice[]): Promise<Screen> {
  const { id, name } = visit.thing
  const planned = await plannedOf(visit, id)
  if (planned) return alreadyPlanned(visit, planned)
  const kept = await keptWish(visit, id)
  const means = await whatLeavingMeans(visit.tx, slices, id)
  return {
    title: 'Somebody wants to leave',
    caption: name,
    back: toSomebody(visit),
    body: (
      <>
        <p>
          Write it down as they said it. Read this page to them, and do not ask why. They can also say that
          they only <a href={paths.restOfSomebody(visit.network.slug, id)}>need a rest</a>.
        </p>
        <Meaning means={means} you={false} />
        <h2 className="nhsuk-heading-m">What they can choose</h2>
        <Form hidden={visit.hidden} button="Continue">
          <Radios
            name="how"
            label="How did they tell you?"
            value={filled.values.how ?? kept?.how}
            errors={filled.errors}
            options={hows.map(value => ({ value, label: howWords[value] }))}
          />
          <WishQuestions filled={filled} you={false} kept={kept} first={firstDay(visit)} />
        </Form>
      </>
    ),
  }
}

async function checking(visit: Visit<Somebody>, filled: Filled): Promise<Screen> {
  const start = paths.forSomebody(visit.network.slug, visit.thing.id)
  const kept = await keptWish(visit, visit.thing.id)
  if (!kept) {
    return {
      title: 'Somebody wants to leave',
      caption: visit.thing.name,
      back: { href: start, text: 'Back' },
      body: (
        <>
          <p>There is nothing to check yet. First write down what they said.</p>
          <ButtonLink href={start}>Write it down</ButtonLink>
        </>
      ),
    }
  }
  return {
    title: 'Read this back to them',
    caption: visit.thing.name,
    back: { href: start, text: 'Back' },
    body: (
      <>
        <WishSummary wish={kept} change={start} first={firstDay(visit)} />
        <Form hidden={visit.hidden} button="Continue" warning>
          <Radios
            name="sure"
            label="Do they say yes?"
            hint="They are told today. Until that day they can stay after all."
            value={filled.values.sure}
            errors={filled.errors}
            options={[
              { value: 'no', label: 'No, they stay for now' },
              { value: 'yes', label: 'Yes, they leave' },
            ]}
          />
        </Form>
      </>
    ),
  }
}
