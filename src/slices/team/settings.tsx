import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { DateField, Form, InsetText, Table, TextField } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { type ClockName, clockOn, defaultClocks } from '#kernel/clocks.ts'
import { happened } from '#kernel/decision.ts'
import type { Tx } from '#platform/database/tables.ts'
import { dateFields, readDateFields } from '#platform/form/fields.ts'
import { type AnyRoute, errors, type Filled, form, type Screen, type Visit } from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { teamPaths as paths } from './paths.ts'

/** Each promise in the words of whoever it is given to. */
export const clockWords: Record<ClockName, string> = {
  conversation: 'We talk with somebody who registered an interest',
  'application-answer': 'After the talk, we give them our answer',
  papers: 'The papers are out so long before their meeting',
  'paper-question': 'Questions on a paper are asked so long before its meeting',
  'agenda-items': 'We ask for items so long before the papers are due',
  minutes: 'Minutes are drafted after a meeting',
  acknowledge: 'We say where a view will be considered',
  consider: 'After the meeting, we write down what was said',
  feedback: 'After a decision or a change, the person hears from us',
  chase: 'We ask a body that we passed a view to what came of it',
  'verdict-reminder': 'We remind the person that we wait for their word',
  'end-unanswered': 'Without their word, the loop ends as not answered',
  escalate: 'When a view or an action is late, the portfolio manager hears of it after',
  reopened: 'We answer again when a loop is not closed',
  'remind-before': 'We remind whoever acts next, so long before the day',
  'request-acknowledge': 'A group says that it has a request',
  'request-answer': 'A group answers a request',
  'request-escalate': 'When a request is late, the portfolio manager hears of it after',
  learning: 'We answer a wish to know more',
  'word-explained': 'We explain a word that somebody asks about',
  agreement: 'A new version of an agreement is agreed to',
  'by-hand': 'We make a call that somebody waits for, or post their letter',
  'need-met': 'We arrange what somebody needs to take part',
  'message-answer': 'A message is answered',
  'concern-acknowledge': 'A concern is acknowledged',
  'concern-plan': 'We say what will be done about a concern',
  'right-of-reply': 'Somebody whose place we mean to end can reply',
  'post-report': 'A reported post is looked at',
  'task-thanks': 'Somebody who has done a task is thanked',
  'expenses-paid': 'Expenses are paid',
  'data-wish': 'We answer a wish about somebody’s own data',
  'thank-you': 'We thank somebody who leaves',
}
const names = Object.keys(clockWords) as ClockName[]
const most = 260

interface Setting {
  readonly fromOn: string
  readonly clocks: Partial<Record<ClockName, number>>
  readonly by: string | null
}
interface Here {
  readonly history: readonly Setting[]
}

const days = z
  .string()
  .optional()
  .transform(given => (given ?? '').trim())
  .refine(given => /^\d{1,3}$/.test(given) && Number(given) >= 1 && Number(given) <= most, {
    error: `Enter a whole number of working days, from 1 to ${most}`,
  })
  .transform(Number)

/** The network's promises: each number with the day from which it holds, and who set it. Nothing is overwritten. */
export const settingsRoutes: AnyRoute[] = [
  form('/:network/team/settings/clocks', {
    who: theTeam,
    audit: 'promises-set',
    load: async (visit): Promise<Here> => ({ history: await settings(visit.tx) }),
    fields: z.object({
      ...(Object.fromEntries(names.map(name => [name, days])) as Record<ClockName, typeof days>),
      ...dateFields('from'),
    }),
    screen,
    async submit(visit, fields) {
      const from = readDateFields(fields, 'from')
      if (!from.ok) return errors({ field: `from-${from.part}`, message: from.sentence })
      const mistake = wrongDay(visit, from.date) ?? wrongOrder(fields)
      if (mistake) return errors(mistake)
      const changed = names.filter(name => fields[name] !== clockOn(name, from.date, visit.network.clocks))
      if (changed.length === 0) return errors({ message: 'Nothing is different from what holds on that day' })
      const clocks = Object.fromEntries(changed.map(name => [name, fields[name]]))
      const written = await visit.tx
        .insertInto('clock_setting')
        .values({
          network_id: visit.network.id,
          from_on: from.date,
          clocks: JSON.stringify(clocks),
          by_person_id: visit.me.personId,
        })
        .onConflict(on => on.doNothing())
        .executeTakeFirst()
      if (Number(written.numInsertedOrUpdatedRows ?? 0) === 0) return errors(taken)
      await visit.happened({ kind: 'network', id: visit.network.id }, [
        happened('promises-set', { from: from.date.toString(), clocks }),
      ])
      return { to: paths.settings(visit.network.slug) }
    },
  }),
]

const taken = { field: 'from', message: 'Something was set from that day on already. Choose another day' }

function wrongDay(visit: Visit<Here>, from: Temporal.PlainDate) {
  if (Temporal.PlainDate.compare(from, visit.today) < 0) {
    return {
      field: 'from',
      message: 'The day must be today or in the future: what was promised stays promised',
    }
  }
  if (Temporal.PlainDate.compare(from, visit.today.add({ years: 2 })) > 0) {
    return { field: 'from', message: 'The day must be within the next two years' }
  }
  return visit.thing.history.some(each => each.fromOn === from.toString()) ? taken : undefined
}

function wrongOrder(fields: Record<ClockName, number>) {
  if (fields['verdict-reminder'] >= fields['end-unanswered']) {
    return { field: 'end-unanswered', message: 'The end must come after the reminder' }
  }
  if (fields['request-acknowledge'] > fields['request-answer']) {
    return {
      field: 'request-answer',
      message: 'The answer cannot be due before the group says that it has it',
    }
  }
  return undefined
}

async function settings(tx: Tx): Promise<Setting[]> {
  const found = await sql<Setting>`
    select c.from_on::text as "fromOn", c.clocks, p.name as by from clock_setting c
    left join person p on p.network_id = c.network_id and p.id = c.by_person_id
    order by c.from_on desc limit 100`.execute(tx)
  return found.rows
}

function screen(visit: Visit<Here>, filled: Filled): Screen {
  const { today, network, thing } = visit
  return {
    title: 'Promises and their days',
    back: { href: `/${network.slug}/team/settings`, text: 'Settings of the network' },
    body: (
      <>
        <p>
          These are the promises that everybody gets, in working days. Working days are Monday to Friday,
          without the bank holidays of England.
        </p>
        <InsetText>A promise that was made under an old number keeps the old number.</InsetText>
        <Form hidden={visit.hidden} button="Save">
          {names.map(name => (
            <TextField
              key={name}
              name={name}
              label={clockWords[name]}
              hint={`Working days. Usual: ${defaultClocks[name]}`}
              width={3}
              inputMode="numeric"
              value={filled.values[name] ?? String(clockOn(name, today, network.clocks))}
              errors={filled.errors}
            />
          ))}
          <DateField
            name="from"
            label="From which day on?"
            hint="Today or later."
            value={{
              day: filled.values['from-day'] ?? String(today.day),
              month: filled.values['from-month'] ?? String(today.month),
              year: filled.values['from-year'] ?? String(today.year),
            }}
            errors={filled.errors}
          />
        </Form>
        {thing.history.length === 0 ? (
          <p>Nothing has been changed so far: the usual numbers hold.</p>
        ) : (
          <Table
            caption="What was set"
            columns={[{ title: 'From' }, { title: 'What' }, { title: 'By' }]}
            rows={thing.history.map(each => [
              dateInWords(Temporal.PlainDate.from(each.fromOn)),
              Object.entries(each.clocks)
                .map(([name, count]) => `${clockWords[name as ClockName] ?? name}: ${count}`)
                .join('. '),
              each.by ?? 'The start of the network',
            ])}
          />
        )}
      </>
    ),
  }
}
