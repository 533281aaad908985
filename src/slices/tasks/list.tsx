import {
  ButtonLink,
  Empty,
  Filters,
  LinkList,
  Pagination,
  Reference,
  StatusTag,
  Table,
} from '#design/index.ts'
import { dateInWords, dueInWords } from '#kernel/calendar/words.ts'
import { reference } from '#kernel/references.ts'
import { csv } from '#kernel/text/csv.ts'
import { page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { isTeam, theTeam } from '#platform/permission.ts'
import { aVolunteerOrTheTeam } from './access.ts'
import { taskPaths } from './paths.ts'
import { type ListedTask, listTasks, type Show, shows } from './queries.ts'
import { stateWords, timeWords } from './words.ts'

export const listRoutes = [
  page('/:network/tasks', {
    who: aVolunteerOrTheTeam,
    audit: 'nothing',
    async handler(visit) {
      const wish = readWish(visit.query)
      return show(listScreen(visit, wish, await listTasks(visit.tx, visit.me, wish)))
    },
  }),
  page('/:network/tasks/tasks.csv', {
    who: theTeam,
    audit: 'tasks-taken-out',
    async handler(visit) {
      const { rows } = await listTasks(visit.tx, visit.me, { ...readWish(visit.query), limit: 5000 })
      return {
        kind: 'text',
        type: 'text/csv; charset=utf-8',
        fileName: 'tasks.csv',
        body: csv([
          ['Task', 'Title', 'Time', 'People needed', 'Said yes', 'Not answered yet', 'Needed by', 'Over'],
          ...rows.map(row => [
            reference('T', row.number),
            row.title,
            timeWords(row.minutes),
            String(row.places),
            String(row.taken),
            String(row.waiting),
            row.needed_by?.toString() ?? '',
            row.over ? 'yes' : 'no',
          ]),
        ]),
      }
    },
  }),
]

interface Wish {
  readonly show: Show
  readonly personId: number | undefined
  readonly before: number | undefined
}

function readWish(query: URLSearchParams): Wish {
  const number = (name: string) => {
    const given = query.get(name) ?? ''
    return /^\d{1,9}$/.test(given) ? Number(given) : undefined
  }
  return {
    show: shows.find(each => each === query.get('show')) ?? 'open',
    personId: number('person'),
    before: number('before'),
  }
}

function listScreen(visit: Visit, wish: Wish, list: Awaited<ReturnType<typeof listTasks>>): Screen {
  const { slug } = visit.network
  const here = taskPaths.list(slug)
  const team = isTeam(visit.me)
  const asked = (more: Record<string, string> = {}) =>
    String(
      new URLSearchParams({
        ...(wish.show === 'open' ? {} : { show: wish.show }),
        ...(wish.personId === undefined ? {} : { person: String(wish.personId) }),
        ...more,
      }),
    )
  return {
    title: 'Tasks',
    wide: true,
    body: (
      <>
        <p>
          {team
            ? 'What we ask of volunteers. Look first who has been asked for much already.'
            : 'Things that you can help with. You can always say no, and you do not have to say why.'}
        </p>
        {team && <ButtonLink href={taskPaths.new(slug)}>Ask for help with something</ButtonLink>}
        {team && (
          <LinkList
            links={[
              { href: taskPaths.load(slug), text: 'See how much was asked of each person' },
              { href: `${taskPaths.csv(slug)}?${asked()}`, text: 'This list for a spreadsheet (CSV)' },
            ]}
          />
        )}
        <Filters
          action={here}
          clear={wish.show !== 'open' || wish.personId !== undefined ? here : undefined}
          filters={[
            {
              name: 'show',
              label: 'Which',
              value: wish.show,
              options: [
                { value: 'open', text: 'Open' },
                { value: 'mine', text: 'Mine' },
                ...(team ? [{ value: 'thanks', text: 'Done, thanks to come' }] : []),
                { value: 'over', text: 'Over' },
                { value: 'all', text: 'All' },
              ],
            },
          ]}
        />
        {list.rows.length === 0 ? (
          <Empty>{emptyWords(wish.show)}</Empty>
        ) : (
          <Table
            caption="Tasks"
            captionHidden
            columns={[{ title: 'Task' }, { title: 'Time' }, { title: 'Needed by' }, { title: 'Where it is' }]}
            rows={list.rows.map(row => [
              <a key="title" href={taskPaths.one(slug, reference('T', row.number))}>
                <Reference>{reference('T', row.number)}</Reference> <bdi>{row.title}</bdi>
              </a>,
              timeWords(row.minutes),
              <NeededBy key="due" row={row} visit={visit} />,
              <Where key="where" row={row} team={team} />,
            ])}
          />
        )}
        <Pagination
          next={
            list.next === undefined ? undefined : { href: `${here}?${asked({ before: String(list.next) })}` }
          }
        />
      </>
    ),
  }
}

function NeededBy({ row, visit }: { row: ListedTask; visit: Visit }) {
  if (!row.needed_by) return <>No day</>
  const due = dueInWords(row.needed_by, visit.today)
  if (row.over || !due.late) return <>{dateInWords(row.needed_by)}</>
  return <span className="loop-due loop-due--late">{due.words}</span>
}

function Where({ row, team }: { row: ListedTask; team: boolean }) {
  if (row.mine && row.mine !== 'declined')
    return (
      <StatusTag tone={row.mine === 'asked' ? 'waiting' : row.mine === 'thanked' ? 'good' : 'moving'}>
        {row.mine === 'asked' ? 'Waits for your yes or no' : stateWords[row.mine]}
      </StatusTag>
    )
  if (row.over) return <StatusTag tone="stopped">Over</StatusTag>
  const words = row.places === 1 && row.taken === 1 ? 'Taken' : `${row.taken} of ${row.places} said yes`
  return (
    <>
      <StatusTag tone={row.taken >= row.places ? 'good' : 'plain'}>{words}</StatusTag>
      {team && row.waiting > 0 && <div className="loop-due">{row.waiting} not answered yet</div>}
      {!team && row.taken < row.places && <div className="loop-due">Open to you</div>}
    </>
  )
}

function emptyWords(which: Show): string {
  if (which === 'mine') return 'You have no task. You are free.'
  if (which === 'thanks') return 'Everybody has been thanked. That is good.'
  if (which === 'over') return 'Nothing is over yet.'
  return 'Nothing is open now.'
}
