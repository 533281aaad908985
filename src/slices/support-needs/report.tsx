import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { Filters, Table } from '#design/index.ts'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import { page, show } from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { smallest, suppress } from '#slices/promises/index.ts'
import { groupWords, type NeedGroup, needGroups } from './need.ts'
import { needsPaths } from './paths.ts'

/** April to March (R14). */
export const yearOf = (day: PlainDate): number => (day.month >= 4 ? day.year : day.year - 1)

interface Counts {
  readonly byGroup: readonly { group: NeedGroup; fate: Fate; n: number }[]
  readonly after: readonly { met: 'yes' | 'partly' | 'no'; n: number }[]
  readonly asked: number
  readonly reviewsOverdue: number
}

const fates = ['in-time', 'late', 'not-met', 'overdue', 'open'] as const
type Fate = (typeof fates)[number]
const fateWords: Record<Fate, string> = {
  'in-time': 'Met in time',
  late: 'Met late',
  'not-met': 'Not met',
  overdue: 'Overdue',
  open: 'Still in time',
}

async function countYear(tx: Tx, from: PlainDate, to: PlainDate, today: PlainDate): Promise<Counts> {
  const found = await sql<Counts>`select
    coalesce((select jsonb_agg(c) from (select r.need_group as "group", case
        when r.state = 'met' and r.ended_on <= r.due_on then 'in-time' when r.state = 'met' then 'late'
        when r.state = 'not-met' then 'not-met' when r.due_on < ${today} then 'overdue' else 'open' end as fate,
        count(*) as n
      from need_promise r where r.made_on between ${from} and ${to} and r.state <> 'no-longer' group by 1, 2) c), '[]')
      as "byGroup",
    coalesce((select jsonb_agg(c) from (select met, count(*) as n from need_answer
      where answered_on between ${from} and ${to} group by 1) c), '[]') as after,
    (select count(distinct thing_id) from history where thing_kind = 'person' and event = 'needs-asked'
      and at >= ${from.toZonedDateTime('Europe/London').toInstant()}
      and at < ${to.add({ days: 1 }).toZonedDateTime('Europe/London').toInstant()}) as asked,
    (select count(*) from needs_sheet s join person p on p.network_id = s.network_id and p.id = s.person_id
      where p.left_on is null and s.review_due_on < ${today}) as "reviewsOverdue"`.execute(tx)
  return found.rows[0]!
}

const cell = (value: number | null) => (value === null ? 'Not shown' : value.toLocaleString('en-GB'))
const alone = (value: number) => (value > 0 && value < smallest ? `Fewer than ${smallest}` : cell(value))

/** People asked, and needs met, failed and overdue, with small numbers hidden (R14, R50). */
export const reportRoute = page('/:network/team/needs/report', {
  who: theTeam,
  audit: 'nothing',
  async handler(visit) {
    const { tx, today, network, query } = visit
    const now = yearOf(today)
    const wished = Number(query.get('year'))
    const year = Number.isInteger(wished) && wished >= now - 9 && wished <= now ? wished : now
    const from = Temporal.PlainDate.from({ year, month: 4, day: 1 })
    const to = from.add({ years: 1 }).subtract({ days: 1 })
    const counts = await countYear(tx, from, to, today)
    const numbers = needGroups.map(group =>
      fates.map(fate => counts.byGroup.find(each => each.group === group && each.fate === fate)?.n ?? 0),
    )
    const safe = suppress([numbers], fates.length)
    const answers = (['yes', 'partly', 'no'] as const).map(
      met => counts.after.find(each => each.met === met)?.n ?? 0,
    )
    const safeAnswers = suppress([[answers]], 3)
    const years = Array.from({ length: 5 }, (_, n) => now - n)
    return show({
      title: 'The yearly report on support needs',
      caption: `April ${year} to March ${year + 1}`,
      wide: true,
      back: { href: needsPaths.list(network.slug), text: 'Support needs' },
      body: (
        <>
          <Filters
            action={needsPaths.report(network.slug)}
            filters={[
              {
                name: 'year',
                label: 'Year',
                value: String(year),
                options: years.map(each => ({
                  value: String(each),
                  text: `April ${each} to March ${each + 1}`,
                })),
              },
            ]}
          />
          <Table
            caption="People"
            columns={[{ title: 'What' }, { title: 'How many' }]}
            rows={[
              ['People asked what they need, or who went through it again', alone(counts.asked)],
              ['People to be asked again whose day is over, today', alone(counts.reviewsOverdue)],
            ]}
          />
          <Table
            caption="Needs that were told in this year, and what came of them"
            columns={[
              { title: 'Kind of need' },
              ...fates.map(fate => ({ title: fateWords[fate] })),
              { title: 'All' },
            ]}
            rows={[
              ...needGroups.map((group, row) => [
                groupWords[group].title,
                ...safe.tables[0]!.cells[row]!.map(cell),
                cell(safe.tables[0]!.rowTotals[row]!),
              ]),
              ['All', ...safe.columnTotals.map(cell), cell(safe.total)],
            ]}
          />
          <Table
            caption="After meetings: was what people need there?"
            columns={[{ title: 'Yes' }, { title: 'Partly' }, { title: 'No' }]}
            rows={[safeAnswers.tables[0]!.cells[0]!.map(cell)]}
          />
          <p>
            A small number could tell who somebody is. So numbers from 1 to 4 are not shown, nor others from
            which you could work them out.
          </p>
        </>
      ),
    })
  },
})
