import { z } from 'zod'
import { ButtonLink, Form, InsetText, Radios } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { choice } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  page,
  refused,
  type Screen,
  type Slice,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { anyone, aPerson } from '#platform/permission.ts'
import { askToLeave, type LeavingRow, stayAfterAll, whatLeavingMeans } from './changes.ts'
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

export async function plannedOf(
  visit: Pick<Visit<unknown>, 'tx'>,
  personId: number,
): Promise<LeavingRow | undefined> {
  return await visit.tx
    .selectFrom('leaving')
    .selectAll()
    .where('person_id', '=', personId)
    .where('state', '=', 'planned')
    .executeTakeFirst()
}

/** Anybody leaves at any time, in two steps: what it means and what they choose; then a look at it, and yes (R8). */
export const leavingRoutes = (slices: () => readonly Slice[]): AnyRoute[] => [
  form('/:network/account/leave', {
    who: aPerson,
    audit: 'leaving-looked-at',
    guardsVersion: false,
    fields: z.object(wishFields),
    screen: (visit: Visit, filled) => choosing(visit, filled, slices()),
    async submit(visit, given) {
      const read = readWish(given, 'web', visit.today)
      if (!read.ok) return errors(read.mistake)
      await keepWish(visit, visit.me.personId, read.wish)
      return { to: paths.check(visit.network.slug) }
    },
  }),
  form('/:network/account/leave/check', {
    who: aPerson,
    audit: 'left-the-network',
    guardsVersion: false,
    fields: z.object({ sure: choice('Choose no or yes', ['no', 'yes']) }),
    screen: (visit: Visit, filled) => checking(visit, filled),
    async submit(visit, { sure }) {
      const { slug } = visit.network
      const kept = await keptWish(visit, visit.me.personId)
      if (!kept) return { to: paths.leave(slug) }
      await forgetWish(visit, visit.me.personId)
      if (sure === 'no') return { to: paths.leave(slug) }
      const done = await askToLeave(visit, slices(), visit.me.personId, asWish(kept, visit.today))
      if (!done.accepted) return refused(done)
      return { to: done.state.left ? paths.goodbye(slug) : paths.leave(slug) }
    },
  }),
  form('/:network/account/leave/stay', {
    who: aPerson,
    audit: 'leaving-called-off',
    page: false,
    guardsVersion: false,
    fields: z.object({}),
    screen: (visit: Visit, filled) => choosing(visit, filled, slices()),
    async submit(visit) {
      const planned = await plannedOf(visit, visit.me.personId)
      if (planned) await stayAfterAll(visit, planned)
      return { to: paths.leave(visit.network.slug) }
    },
  }),
  form('/:network/account/leave/sooner', {
    who: aPerson,
    audit: 'leaving-looked-at',
    page: false,
    guardsVersion: false,
    fields: z.object({}),
    screen: (visit: Visit, filled) => choosing(visit, filled, slices()),
    async submit(visit) {
      const { slug } = visit.network
      const planned = await plannedOf(visit, visit.me.personId)
      if (!planned) return { to: paths.leave(slug) }
      await keepWish(visit, visit.me.personId, {
        onDay: null,
        answersWanted: planned.answers_wanted,
        views: planned.views,
        thanksWanted: planned.thanks_wanted,
        remembered: planned.remembered,
        reason: planned.reason,
        how: 'web',
      })
      return { to: paths.check(slug) }
    },
  }),
  page('/:network/goodbye', {
    who: anyone,
    audit: 'nothing',
    handler: visit =>
      show({
        title: 'You have left',
        body: (
          <>
            <p>
              Your place in {visit.network.name} has ended, and you are signed out everywhere. Thank you for
              your time.
            </p>
            <p>How to reach you is deleted, but for what you still want to hear.</p>
            <p>
              You can come back whenever you like:{' '}
              <a href={`/${visit.network.slug}/register`}>register again</a>
              {visit.network.phone ? `, or ring us on ${visit.network.phone}.` : '.'}
            </p>
          </>
        ),
      }),
  }),
]

async function choosing(visit: Visit, filled: Filled, slices: readonly Slice[]): Promise<Screen> {
  const { slug, name } = visit.network
  const planned = await plannedOf(visit, visit.me.personId)
  const back = { href: '/account', text: 'Your account' }
  if (planned) {
    return {
      title: 'You leave on a day',
      back,
      body: (
        <>
          <InsetText>
            <p>
              You asked to leave on <strong>{dateInWords(planned.on_day)}</strong>. Until then nothing
              changes.
            </p>
          </InsetText>
          <Form action={paths.stay(slug)} hidden={visit.hidden} button="Stay after all" />
          <p>You do not have to wait for that day.</p>
          <Form action={paths.sooner(slug)} hidden={visit.hidden} button="Leave today instead" warning />
        </>
      ),
    }
  }
  const kept = await keptWish(visit, visit.me.personId)
  const means = await whatLeavingMeans(visit.tx, slices, visit.me.personId)
  return {
    title: 'Leave the network',
    back,
    body: (
      <>
        <p>
          You can leave {name} at any time, and nobody asks why. Nothing happens before you say yes on the
          next page.
        </p>
        <p>
          Do you only need some time? <a href={paths.rest(slug)}>Take a rest</a> instead: then nothing is
          asked of you.
        </p>
        <Meaning means={means} you />
        <h2 className="nhsuk-heading-m">What you can choose</h2>
        <Form hidden={visit.hidden} button="Continue">
          <WishQuestions filled={filled} you kept={kept} />
        </Form>
      </>
    ),
  }
}

async function checking(visit: Visit, filled: Filled): Promise<Screen> {
  const { slug } = visit.network
  const kept = await keptWish(visit, visit.me.personId)
  const back = { href: paths.leave(slug), text: 'Back' }
  if (!kept) {
    return {
      title: 'Leave the network',
      back,
      body: (
        <>
          <p>There is nothing to check yet. First see what leaving means.</p>
          <ButtonLink href={paths.leave(slug)}>See what leaving means</ButtonLink>
        </>
      ),
    }
  }
  return {
    title: 'Check before you leave',
    back,
    body: (
      <>
        <WishSummary wish={kept} change={paths.leave(slug)} />
        <Form hidden={visit.hidden} button="Continue" warning>
          <Radios
            name="sure"
            label="Do you want to leave?"
            hint={
              kept.onDay
                ? 'Until that day you can stay after all.'
                : 'This is done at once and cannot be undone.'
            }
            value={filled.values.sure}
            errors={filled.errors}
            options={[
              { value: 'no', label: 'No, not now' },
              { value: 'yes', label: 'Yes, I want to leave' },
            ]}
          />
        </Form>
      </>
    ),
  }
}
