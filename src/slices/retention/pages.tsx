import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  ButtonLink,
  DateField,
  Empty,
  Form,
  InsetText,
  LinkList,
  SummaryList,
  Table,
  TextArea,
  TextField,
} from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { happened } from '#kernel/decision.ts'
import { askTogether } from '#platform/database/questions.ts'
import type { Row } from '#platform/database/tables.ts'
import { text, withDate } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  type Kept,
  page,
  type Screen,
  type Slice,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { setSetting, settingOf } from '#platform/network-settings.ts'
import { holdsPost, personRule, theTeam } from '#platform/permission.ts'
import { beforeOf, holdsOf, keptOf, monthsSet, trialRun } from './keeping.ts'
import { retentionPaths as paths } from './paths.ts'

const leads = personRule<Kept>(
  'the portfolio manager or the director',
  actor => holdsPost(actor, 'portfolio-manager') || holdsPost(actor, 'director'),
)
const theTeamForOne = personRule<Kept>(theTeam.name, actor => theTeam.holds(actor, undefined))

const monthsInWords = (months: number) =>
  months % 12 === 0 && months >= 24 ? `${months / 12} years` : months === 1 ? '1 month' : `${months} months`

/** How long each thing is kept, what the next night would end, and what stops it (R59). */
export const keepingRoutes = (slices: () => readonly Slice[]): AnyRoute[] => {
  const load = (visit: Visit<undefined>) => keptOf(slices()).find(each => each.name === visit.params.kept)
  return [
    page('/:network/team/keeping', {
      who: theTeam,
      audit: 'nothing',
      handler: async visit => show(await list(visit, keptOf(slices()))),
    }),
    page<Kept>('/:network/team/keeping/:kept', {
      who: theTeamForOne,
      audit: 'nothing',
      load,
      handler: async visit => show(await one(visit)),
    }),
    form('/:network/team/keeping/:kept/months', {
      who: leads,
      audit: 'keeping-changed',
      load,
      guardsVersion: false,
      fields: withDate(
        'from',
        { required: 'Enter the day from which it holds' },
        { months: z.string().optional() },
      ),
      screen: (visit: Visit<Kept>, filled) => changing(visit, filled),
      async submit(visit, given) {
        const { form: limits } = visit.thing.months
        const months = /^\d{1,3}$/.test((given.months ?? '').trim()) ? Number(given.months) : Number.NaN
        if (limits.kind === 'number' && !(months >= limits.least && months <= limits.most))
          return errors({
            field: 'months',
            message: `Enter a number of months from ${limits.least} to ${limits.most}`,
          })
        if (Temporal.PlainDate.compare(given.from, visit.today) <= 0)
          return errors({
            field: 'from',
            message: 'Enter a day after today, so that everybody can see first what it would end',
          })
        await setSetting(visit, visit.thing.months, months, given.from)
        return { to: paths.one(visit.network.slug, visit.thing.name) }
      },
    }),
    form('/:network/team/keeping/:kept/hold', {
      who: leads,
      audit: 'legal-hold-put',
      load,
      guardsVersion: false,
      fields: z.object({
        because: text('Write why nothing of this may end', { max: 1_000, name: 'The reason' }),
      }),
      screen: (visit: Visit<Kept>, { values, errors: mistakes }) => ({
        title: 'Stop the ending',
        caption: visit.thing.title,
        back: { href: paths.one(visit.network.slug, visit.thing.name), text: 'Back' },
        body: (
          <Form hidden={visit.hidden} button="Stop it from now on">
            <TextArea
              name="because"
              label="Why may nothing of this end?"
              hint="For example, a court or an inquiry asks for it. Do not name anybody."
              value={values.because}
              errors={mistakes}
              maxCharacters={1_000}
              rows={3}
            />
          </Form>
        ),
      }),
      async submit(visit, { because }) {
        const { id } = await visit.tx
          .insertInto('legal_hold')
          .values({
            network_id: visit.network.id,
            kept: visit.thing.name,
            because,
            from_on: visit.today,
            to_on: null,
            by_person_id: visit.me.personId,
            ended_by_person_id: null,
          })
          .returning('id')
          .executeTakeFirstOrThrow()
        await visit.happened({ kind: 'legal-hold', id }, [happened('hold-put', { kept: visit.thing.name })])
        return { to: paths.one(visit.network.slug, visit.thing.name) }
      },
    }),
    form('/:network/team/keeping/:kept/lift', {
      who: leads,
      audit: 'legal-hold-lifted',
      load,
      page: false,
      guardsVersion: false,
      fields: z.object({}),
      screen: (visit: Visit<Kept>) => one(visit),
      async submit(visit) {
        const holds = (await holdsOf(visit.tx, visit.today)).filter(each => each.kept === visit.thing.name)
        for (const { id } of holds) {
          await visit.tx
            .updateTable('legal_hold')
            .set({ to_on: visit.today.subtract({ days: 1 }), ended_by_person_id: visit.me.personId })
            .where('id', '=', id)
            .execute()
          await visit.happened({ kind: 'legal-hold', id }, [
            happened('hold-lifted', { kept: visit.thing.name }),
          ])
        }
        return { to: paths.one(visit.network.slug, visit.thing.name) }
      },
    }),
  ]
}

async function list(visit: Visit, kept: readonly Kept[]): Promise<Screen> {
  const { slug } = visit.network
  const due = await trialRun(visit, kept)
  const held = new Set((await holdsOf(visit.tx, visit.today)).map(each => each.kept))
  const runs = await visit.tx
    .selectFrom('keeping_run')
    .selectAll()
    .orderBy('on_day', 'desc')
    .limit(14)
    .execute()
  return {
    title: 'How long we keep things',
    back: { href: `/${slug}/team`, text: 'Team' },
    wide: true,
    body: (
      <>
        <p>
          Each night, what has had its time ends by itself. Here you see what the next night would end, before
          it does. The list of who looked at what stays whole: nobody can take anything out of it.
        </p>
        <Table
          caption="What is kept, and for how long"
          columns={[
            { title: 'What' },
            { title: 'Kept for' },
            { title: 'The next night ends', numeric: true },
          ]}
          rows={kept.map(each => [
            <a href={paths.one(slug, each.name)} key="a">
              {each.title}
            </a>,
            monthsInWords(settingOf(visit.network, each.months)),
            held.has(each.name) ? 'Nothing: it is stopped' : String(due.get(each.name) ?? 0),
          ])}
        />
        <h2 className="nhsuk-heading-m">What the last nights ended</h2>
        {runs.length === 0 ? (
          <Empty>No night has run yet.</Empty>
        ) : (
          <Table
            caption="The last 14 nights"
            captionHidden
            columns={[{ title: 'Day' }, { title: 'What ended' }]}
            rows={runs.map(run => [dateInWords(run.on_day), countsInWords(run, kept)])}
          />
        )}
        <LinkList
          links={[
            {
              href: `/${slug}/team/personal-data`,
              text: 'What we hold, why, and who reads it',
              hint: 'Every field with personal data, for the data protection officer',
            },
          ]}
        />
      </>
    ),
  }
}

function countsInWords(run: Row<'keeping_run'>, kept: readonly Kept[]): string {
  const parts = Object.entries(run.counts as Record<string, number>).map(
    ([name, count]) => `${kept.find(each => each.name === name)?.title ?? name}: ${count}`,
  )
  return parts.length > 0 ? parts.join('. ') : 'Nothing'
}

async function one(visit: Visit<Kept>): Promise<Screen> {
  const { slug } = visit.network
  const kept = visit.thing
  const now = settingOf(visit.network, kept.months)
  const holds = (await holdsOf(visit.tx, visit.today)).filter(each => each.kept === kept.name)
  const set = await monthsSet(visit.tx, kept.months.name)
  const next = set.filter(each => Temporal.PlainDate.compare(each.from_on, visit.today) > 0).at(-1)
  const before = beforeOf(visit.today, now)
  const nextBefore = next ? beforeOf(next.from_on, next.value) : before
  const [count, lines, nextCount] = await askTogether(visit.tx, [
    kept.count(before),
    kept.list?.(before) ?? { rows: kept.count(before).rows, read: () => [] as readonly string[] },
    kept.count(nextBefore),
  ])
  const mayChange = leads.holds(visit.me, kept)
  const at = paths.one(slug, kept.name)
  return {
    title: kept.title,
    back: { href: paths.list(slug), text: 'How long we keep things' },
    body: (
      <>
        <SummaryList
          rows={[
            { key: 'Kept for', value: monthsInWords(now) },
            { key: 'Why so long', value: kept.source },
            {
              key: 'The next night ends',
              value: holds.length > 0 ? 'Nothing: it is stopped' : String(count),
            },
            ...(next
              ? [
                  {
                    key: `From ${dateInWords(next.from_on)}`,
                    value: `Kept for ${monthsInWords(next.value)}. That night would end ${nextCount}`,
                  },
                ]
              : []),
          ]}
        />
        {holds.map(hold => (
          <InsetText key={hold.id}>
            <p>
              Since {dateInWords(hold.from_on)} nothing of this ends: {hold.because}
            </p>
          </InsetText>
        ))}
        {lines.length > 0 && (
          <>
            <h2 className="nhsuk-heading-m">What it would be</h2>
            <ul className="nhsuk-list nhsuk-list--bullet">
              {lines.map(line => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            {count > lines.length && lines.length === 50 && <p>And more: these are the first 50.</p>}
          </>
        )}
        {mayChange && (
          <>
            <ButtonLink href={`${at}/months`} secondary>
              Change how long
            </ButtonLink>
            {holds.length > 0 ? (
              <Form action={`${at}/lift`} hidden={visit.hidden} button="Let it end again" />
            ) : (
              <p>
                <a href={`${at}/hold`}>Stop the ending</a>
              </p>
            )}
          </>
        )}
        {set.length > 0 && (
          <Table
            caption="What was set"
            columns={[{ title: 'From' }, { title: 'Kept for' }, { title: 'Set by' }]}
            rows={set.map(each => [
              dateInWords(each.from_on),
              monthsInWords(each.value),
              each.by ?? 'The service',
            ])}
          />
        )}
      </>
    ),
  }
}

function changing(visit: Visit<Kept>, { values, errors: mistakes }: Filled): Screen {
  const kept = visit.thing
  const tomorrow = visit.today.add({ days: 1 })
  const sent = Object.keys(values).length > 0
  return {
    title: 'Change how long it is kept',
    caption: kept.title,
    back: { href: paths.one(visit.network.slug, kept.name), text: 'Back' },
    body: (
      <Form hidden={visit.hidden} button="Save">
        <TextField
          name="months"
          label="For how many months?"
          hint={`Now it is ${settingOf(visit.network, kept.months)} months. ${kept.source}.`}
          width={4}
          inputMode="numeric"
          value={values.months}
          errors={mistakes}
        />
        <DateField
          name="from"
          label="From which day?"
          hint="After today. Until then the page shows what it would end, and you can set it back."
          value={
            sent
              ? { day: values['from-day'], month: values['from-month'], year: values['from-year'] }
              : { day: String(tomorrow.day), month: String(tomorrow.month), year: String(tomorrow.year) }
          }
          errors={mistakes}
        />
      </Form>
    ),
  }
}
