import { DefinitionNumbers, Details, Empty, Table, type TableColumn } from '#design/index.ts'
import { type ClockName, clockOn } from '#kernel/clocks.ts'
import { type AnyRoute, page, show, type Visit } from '#platform/http/route.ts'
import { anyone } from '#platform/permission.ts'
import {
  type FigureRow,
  type Figures,
  fatesAt,
  promiseFigures,
  type Sum,
  stagesAt,
  sumOf,
  viewFigures,
} from './figures.ts'
import { countPromises, countViews, groupNames } from './queries.ts'

const notShown = 'Not shown'

/** What came of what people said, and whether the network kept its word; public, and about nobody (LOOP-20). */
export const promiseRoutes: AnyRoute[] = [
  page('/:network/promises', {
    who: anyone,
    audit: 'nothing',
    async handler(visit) {
      const { tx, today } = visit
      const groups = await groupNames(tx)
      const views = viewFigures(await countViews(tx), { groups, noGroup: 'No group yet', today })
      const promises = await countPromises(tx, today)
      const ofViews = promiseFigures(
        promises.filter(each => each.of === 'views'),
        { groups, noGroup: 'The involvement team', today },
      )
      const ofRequests = promiseFigures(
        promises.filter(each => each.of === 'requests'),
        { groups, noGroup: 'The portfolio manager', today },
      )
      const ofPapers = promiseFigures(
        promises.filter(each => each.of === 'papers'),
        { groups, noGroup: 'The involvement team', today },
      )
      return show({
        title: 'Promises kept and late',
        wide: true,
        body: (
          <>
            <p>
              When you say something to {visit.network.name}, we promise to write it down, think about it, act
              on it and tell you. Only you can close it. Here is how well we do.
            </p>
            <Views figures={views} />
            <h2>Promises about what people said</h2>
            <OurWord visit={visit} />
            <Kept figures={ofViews} who="Group" />
            <h2>Requests to special interest groups</h2>
            <p>
              People can ask a group for information, data, context, background or education. It says that it
              has the request in {clock(visit, 'request-acknowledge')}, and answers in{' '}
              {clock(visit, 'request-answer')}.
            </p>
            <Kept figures={ofRequests} who="Group" />
            <h2>Papers for meetings</h2>
            <p>
              Papers are out {clock(visit, 'papers')} before a meeting, unless its group has a number of its
              own. A paper that comes later says so for ever.
            </p>
            <Kept figures={ofPapers} who="Group" />
            <h2>Why some numbers are not shown</h2>
            <p>
              A small number could tell you who somebody is. So numbers from 1 to 4 are not shown, nor others
              from which you could work them out. Each number counts what has happened up to today.
            </p>
          </>
        ),
      })
    },
  }),
]

const clock = (visit: Visit, name: ClockName) => {
  const days = clockOn(name, visit.today, visit.network.clocks)
  return `${days} working ${days === 1 ? 'day' : 'days'}`
}

function OurWord({ visit }: { visit: Visit }) {
  return (
    <Details summary="What we promise, and by when">
      <ul className="nhsuk-list nhsuk-list--bullet">
        <li>In {clock(visit, 'acknowledge')}, we say that we have it and where it goes.</li>
        <li>In {clock(visit, 'consider')} after the meeting, we write down what was said.</li>
        <li>In {clock(visit, 'feedback')} after that, or after something changed, we tell you.</li>
        <li>If you say it is not closed, you hear from us again in {clock(visit, 'reopened')}.</li>
      </ul>
    </Details>
  )
}

const inWords = (sum: Sum): string => {
  if (sum.whole) return count(sum.atLeast)
  return sum.atLeast === 0 ? notShown : `${count(sum.atLeast)} or more`
}
const count = (value: number) => value.toLocaleString('en-GB')
const cell = (value: number | null) => (value === null ? notShown : count(value))

const stageColumns = [
  'Waits to be considered',
  'Considered',
  'Acted on or answered',
  'Closed by the person',
  'Told us it is not closed',
  'We did not hear back',
  'Withdrawn',
]

function Views({ figures }: { figures: Figures }) {
  if (figures.total === 0) {
    return <Empty>Nobody has said anything yet. The first view will be counted here.</Empty>
  }
  return (
    <>
      <h2>What people said, and where it is now</h2>
      <DefinitionNumbers
        figures={[
          { figure: cell(figures.total), words: 'views received' },
          {
            figure: inWords(
              sumOf(figures, stagesAt('considered', 'acted', 'closed', 'not-closed', 'unanswered')),
            ),
            words: 'considered',
          },
          {
            figure: inWords(sumOf(figures, stagesAt('acted', 'closed', 'not-closed', 'unanswered'))),
            words: 'acted on, or answered with the reason',
          },
          { figure: inWords(sumOf(figures, stagesAt('closed'))), words: 'closed by the person who said it' },
          { figure: inWords(sumOf(figures, stagesAt('not-closed'))), words: 'not closed: they told us so' },
          {
            figure: inWords(sumOf(figures, stagesAt('unanswered'))),
            words: 'ended: we did not hear back from them',
          },
        ]}
      />
      <Numbers
        caption="Where views are now, by group"
        who="Group"
        rows={figures.byGroup}
        columns={stageColumns}
        all="Received"
      />
      <Numbers
        caption="Where views are now, by when we got them"
        who="Received"
        rows={figures.byTime}
        columns={stageColumns}
        all="All"
      />
    </>
  )
}

const fateColumns = ['Kept in time', 'Kept late', 'Late and still open']

function Kept({ figures, who }: { figures: Figures; who: string }) {
  if (figures.total === 0) return <Empty>No promise has come due yet.</Empty>
  return (
    <>
      <DefinitionNumbers
        figures={[
          { figure: inWords(sumOf(figures, fatesAt('in-time'))), words: 'kept in time' },
          { figure: inWords(sumOf(figures, fatesAt('late'))), words: 'kept late' },
          { figure: inWords(sumOf(figures, fatesAt('open-late'))), words: 'late and still open' },
        ]}
      />
      <Numbers caption="By group" who={who} rows={figures.byGroup} columns={fateColumns} all="All" />
      <Numbers caption="By when it was due" who="Due" rows={figures.byTime} columns={fateColumns} all="All" />
    </>
  )
}

function Numbers(props: {
  caption: string
  who: string
  rows: readonly FigureRow[]
  columns: readonly string[]
  all: string
}) {
  const columns: TableColumn[] = [props.who, props.all, ...props.columns].map((title, n) => ({
    title,
    numeric: n > 0,
  }))
  return (
    <Table
      caption={props.caption}
      columns={columns}
      rows={props.rows.map(row => [row.name, cell(row.total), ...row.cells.map(cell)])}
    />
  )
}
