import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  Empty,
  Filters,
  Form,
  Pagination,
  Radios,
  Select,
  SummaryList,
  TaskList,
  TextArea,
  TextField,
} from '#design/index.ts'
import { dateInWords, dueInWords } from '#kernel/calendar/words.ts'
import { happened } from '#kernel/decision.ts'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import { choice, pickedId, text } from '#platform/form/fields.ts'
import { type AnyRoute, errors, form, page, refused, show, type Visit } from '#platform/http/route.ts'
import { type Rule, theTeam } from '#platform/permission.ts'
import { groupWords, labelOf, needGroups, usualOptions } from './need.ts'
import { needsPaths } from './paths.ts'
import { endPromise, type LoadedPromise, loadNeedPromise } from './store.ts'

const pageLength = 25
const shows = ['to-meet', 'review', 'not-asked'] as const
type Show = (typeof shows)[number]
const showWords: Record<Show, string> = {
  'to-meet': 'To be arranged',
  review: 'To be gone through again',
  'not-asked': 'Not asked yet',
}

interface Line {
  readonly key: string
  readonly id: number
  readonly name: string
  readonly due: PlainDate | null
}

/** The list says for whom and by when, never what: that is on a page whose looks are logged. */
async function listed(tx: Tx, today: PlainDate, which: Show, after: string | null): Promise<readonly Line[]> {
  const [afterDay, afterId] = /^(\d{4}-\d\d-\d\d)_(\d{1,9})$/.exec(after ?? '')?.slice(1) ?? []
  const from = afterDay && isDay(afterDay) ? { day: afterDay, id: Number(afterId) } : undefined
  const soon = today.add({ days: 30 })
  const statement = {
    'to-meet': sql<Line>`
      select r.due_on || '_' || r.id as key, r.id, p.name, r.due_on as due
      from need_promise r join person p on p.network_id = r.network_id and p.id = r.person_id
      where r.state = 'open' ${from ? sql`and (r.due_on, r.id) > (${from.day}::date, ${from.id}::integer)` : sql``}
      order by r.due_on, r.id limit ${pageLength + 1}`,
    review: sql<Line>`
      select s.review_due_on || '_' || p.id as key, p.id, p.name, s.review_due_on as due
      from needs_sheet s join person p on p.network_id = s.network_id and p.id = s.person_id
      where p.left_on is null and s.review_due_on <= ${soon}
        ${from ? sql`and (s.review_due_on, s.person_id) > (${from.day}::date, ${from.id}::integer)` : sql``}
      order by s.review_due_on, s.person_id limit ${pageLength + 1}`,
    // Whoever has a place and was never asked, longest here first.
    'not-asked': sql<Line>`
      select '2000-01-01_' || p.id as key, p.id, p.name, null::date as due from person p
      where p.left_on is null
        and exists (select from membership m where m.network_id = p.network_id and m.person_id = p.id
          and m.role = 'volunteer' and m.from_on <= ${today} and (m.to_on is null or m.to_on >= ${today}))
        and not exists (select from needs_sheet s where s.network_id = p.network_id and s.person_id = p.id)
        ${from ? sql`and p.id > ${from.id}::integer` : sql``}
      order by p.id limit ${pageLength + 1}`,
  }[which]
  return (await statement.execute(tx)).rows
}

const isDay = (text: string) => {
  try {
    return Temporal.PlainDate.from(text).toString() === text
  } catch {
    return false
  }
}

const list = page('/:network/team/needs', {
  who: theTeam,
  audit: 'nothing',
  async handler(visit) {
    const { tx, today, network, query } = visit
    const which = shows.find(each => each === query.get('show')) ?? 'to-meet'
    const found = await listed(tx, today, which, query.get('after'))
    const shown = found.slice(0, pageLength)
    const none = {
      'to-meet': 'Every need that we were told of is seen to.',
      review: 'Nobody has to be asked again within the next 30 days.',
      'not-asked': 'Every volunteer was asked what they need.',
    }[which]
    return show({
      title: 'Support needs',
      caption: 'What people need to take part',
      back: { href: `/${network.slug}/team`, text: 'The team’s work' },
      body: (
        <>
          <p>Open a line to see what it is. Each look is logged, and the person can read who looked.</p>
          <Filters
            action={needsPaths.list(network.slug)}
            filters={[
              {
                name: 'show',
                label: 'Show',
                value: which,
                options: shows.map(value => ({ value, text: showWords[value] })),
              },
            ]}
          />
          {shown.length === 0 ? (
            <Empty>{none}</Empty>
          ) : (
            <TaskList
              items={shown.map(each => {
                const due = each.due && dueInWords(each.due, today)
                return {
                  title: each.name,
                  href:
                    which === 'to-meet'
                      ? needsPaths.promise(network.slug, each.id)
                      : needsPaths.ofPerson(network.slug, each.id),
                  status: {
                    words: showWords[which],
                    tone: due?.late ? ('late' as const) : ('waiting' as const),
                  },
                  ...(due ? { dueWords: due.words, late: due.late } : {}),
                }
              })}
            />
          )}
          <Pagination
            next={
              found.length > pageLength
                ? { href: `?${new URLSearchParams({ show: which, after: shown.at(-1)!.key })}` }
                : undefined
            }
          />
          <p>
            <a href={needsPaths.choices(network.slug)}>Add to the lists that people choose from</a>
          </p>
          <p>
            <a href={needsPaths.report(network.slug)}>The yearly report on support needs</a>
          </p>
        </>
      ),
    })
  },
})

const loadPromise = async (
  visit: Visit<undefined>,
  how: { forChange: boolean },
): Promise<LoadedPromise | undefined> =>
  /^\d{1,9}$/.test(visit.params.promise ?? '')
    ? await loadNeedPromise(visit.tx, Number(visit.params.promise), how)
    : undefined

const promise = form('/:network/team/needs/promises/:promise', {
  who: theTeam as Rule<LoadedPromise>,
  audit: 'need-promise-ended',
  load: loadPromise,
  fields: z.object({
    outcome: choice('Choose what came of it', ['met', 'not-met']),
    words: text('Say what was arranged, or why not', { max: 1000, name: 'What you write' }),
  }),
  async screen(visit: Visit<LoadedPromise>, { values, errors: mistakes }) {
    const { thing, today, network } = visit
    await visit.audit('needs-seen-promise', 'person', String(thing.personId))
    const due = dueInWords(thing.dueOn, today)
    const over = thing.state === 'met' || thing.state === 'no-longer'
    return {
      title: `Arrange what ${thing.name} needs`,
      back: { href: needsPaths.list(network.slug), text: 'Support needs' },
      body: (
        <>
          <SummaryList
            rows={[
              {
                key: groupWords[thing.group].title,
                value: (
                  <span className="loop-words" dir="auto">
                    {labelOf({ ...thing, words: thing.ownWords }) || 'Their own words, taken out since'}
                  </span>
                ),
              },
              { key: 'Told on', value: dateInWords(thing.madeOn) },
              { key: 'Promised by', value: `${dateInWords(thing.dueOn)}${due.late ? `, ${due.words}` : ''}` },
              ...(thing.words ? [{ key: 'What came of it', value: thing.words }] : []),
            ]}
          />
          <p>
            <a href={needsPaths.ofPerson(network.slug, thing.personId)}>All that {thing.name} needs</a>
          </p>
          {over ? (
            <p>{thing.state === 'met' ? 'This is arranged.' : 'They do not need this any more.'}</p>
          ) : (
            <Form hidden={visit.hidden} button="Save">
              <Radios
                name="outcome"
                label="What came of it?"
                value={values.outcome}
                options={[
                  { value: 'met', label: 'It is arranged' },
                  {
                    value: 'not-met',
                    label: 'It cannot be done now',
                    hint: 'It can still be arranged later.',
                  },
                ]}
                errors={mistakes}
              />
              <TextArea
                name="words"
                label="What was arranged, or why not?"
                hint={`${thing.name} can read this.`}
                rows={4}
                maxCharacters={1000}
                value={values.words}
                errors={mistakes}
              />
            </Form>
          )}
        </>
      ),
    }
  },
  async submit(visit: Visit<LoadedPromise>, { outcome, words }) {
    const step = await endPromise(visit, visit.thing, outcome, words)
    return step.accepted ? { to: needsPaths.list(visit.network.slug) } : refused(step)
  },
})

interface OwnOption {
  readonly id: number
  readonly need_group: (typeof needGroups)[number]
  readonly label: string
}

const ownOptions = (tx: Tx, today: PlainDate): Promise<OwnOption[]> =>
  tx
    .selectFrom('need_option')
    .select(['id', 'need_group', 'label'])
    .where('from_on', '<=', today)
    .where(eb => eb.or([eb('to_on', 'is', null), eb('to_on', '>', today)]))
    .orderBy('id')
    .limit(200)
    .execute()

/** A network's own words beside the usual list (R12). */
const choices = form('/:network/team/needs/choices', {
  who: theTeam,
  audit: 'need-option-added',
  fields: z.object({
    group: choice('Choose where it belongs', needGroups),
    label: text('Enter the words that people choose', { max: 80, name: 'The words' }),
  }),
  async screen(visit: Visit, { values, errors: mistakes }) {
    const own = await ownOptions(visit.tx, visit.today)
    return {
      title: 'The lists that people choose from',
      back: { href: needsPaths.list(visit.network.slug), text: 'Support needs' },
      body: (
        <>
          <SummaryList
            rows={needGroups.map(group => ({
              key: groupWords[group].title,
              value: [
                ...Object.values(usualOptions[group]),
                ...own.filter(each => each.need_group === group).map(each => `${each.label} (ours)`),
              ].join(', '),
            }))}
          />
          <h2 className="nhsuk-heading-m">Add to a list</h2>
          <Form hidden={visit.hidden} button="Add it">
            <Select
              name="group"
              label="Where does it belong?"
              empty="Choose a list"
              value={values.group}
              options={needGroups.map(value => ({ value, text: groupWords[value].title }))}
              errors={mistakes}
            />
            <TextField
              name="label"
              label="The words that people choose"
              hint="What is needed, never an illness. For example, A sign with large letters"
              value={values.label}
              errors={mistakes}
            />
          </Form>
          {own.length > 0 && (
            <>
              <h2 className="nhsuk-heading-m">Take out of a list</h2>
              <p>Whoever has chosen it keeps it. Nobody else can choose it any more.</p>
              <Form
                action={`${needsPaths.choices(visit.network.slug)}/end`}
                hidden={visit.hidden}
                button="Take it out"
              >
                <Select
                  name="option"
                  label="Which one?"
                  empty="Choose one"
                  options={own.map(each => ({
                    value: String(each.id),
                    text: `${each.label} (${groupWords[each.need_group].title})`,
                  }))}
                  errors={mistakes}
                />
              </Form>
            </>
          )}
        </>
      ),
    }
  },
  async submit(visit: Visit, { group, label }) {
    const { tx, network, today, me } = visit
    const same = [
      ...Object.values(usualOptions[group]),
      ...(await ownOptions(tx, today)).filter(each => each.need_group === group).map(each => each.label),
    ].some(each => each.toLowerCase() === label.toLowerCase())
    if (same) return errors({ field: 'label', message: 'This is in the list already' })
    const made = await tx
      .insertInto('need_option')
      .values({
        network_id: network.id,
        need_group: group,
        label,
        from_on: today,
        to_on: null,
        by_person_id: me.personId,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await visit.happened({ kind: 'need-option', id: made.id }, [
      happened('need-option-added', { group, label }),
    ])
    return { to: needsPaths.choices(network.slug) }
  },
})

const endChoice = form('/:network/team/needs/choices/end', {
  who: theTeam,
  audit: 'need-option-ended',
  page: false,
  fields: z.object({ option: pickedId('Choose which one') }),
  screen: choices.screen,
  async submit(visit: Visit, { option }) {
    const ended = await visit.tx
      .updateTable('need_option')
      .set({ to_on: visit.today })
      .where('id', '=', option)
      .where('to_on', 'is', null)
      .executeTakeFirst()
    if (Number(ended.numUpdatedRows) > 0) {
      await visit.happened({ kind: 'need-option', id: option }, [happened('need-option-ended')])
    }
    return { to: needsPaths.choices(visit.network.slug) }
  },
})

export const teamNeedsRoutes: AnyRoute[] = [list, choices, endChoice, promise]
