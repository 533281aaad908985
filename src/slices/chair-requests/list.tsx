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
import { shorten } from '#kernel/text/graphemes.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import { page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { exportLimit, mostInTable, tableAnswer } from '#platform/http/table-answer.ts'
import { anInsider, isTeam } from '#platform/permission.ts'
import { leadsAGroup } from './access.ts'
import { requestPaths } from './paths.ts'
import { type GroupChoice, groupChoices, type ListedRequest, type ListWish, listRequests } from './queries.ts'
import { kindWords, stateWords } from './words.ts'

export const listRoute = page('/:network/requests', {
  who: anInsider,
  audit: 'nothing',
  async handler(visit) {
    const wish = readWish(visit.query)
    const list = await listRequests(visit.tx, visit.me, wish, visit.today)
    return show(listScreen(visit, wish, list, await groupChoices(visit.tx)))
  },
})

/** The same list as a table, narrowed in the same way. */
export const tableRoute = page('/:network/requests.csv', {
  who: anInsider,
  audit: 'requests-exported',
  limit: exportLimit,
  async handler(visit) {
    const wish = { ...readWish(visit.query), before: undefined, after: undefined }
    const { rows } = await listRequests(visit.tx, visit.me, wish, visit.today, mostInTable + 1)
    return tableAnswer(
      visit,
      'requests',
      ['Request', 'What', 'Kind', 'Asked by', 'Group', 'By when', 'Where it is'],
      rows.map(row => [
        reference('R', row.number),
        row.what,
        kindWords[row.kind].name,
        row.asker_name,
        row.group_name,
        row.due_on?.toString() ?? '',
        stateWords[row.state],
      ]),
    )
  },
})

function readWish(query: URLSearchParams): ListWish {
  const number = (name: string) => {
    const given = query.get(name) ?? ''
    return /^\d{1,9}$/.test(given) ? Number(given) : undefined
  }
  const shows = ['open', 'late', 'over', 'mine'] as const
  return {
    show: shows.find(each => each === query.get('show')) ?? 'open',
    groupId: number('group'),
    before: number('before'),
    after: number('after'),
  }
}

function listScreen(
  visit: Visit,
  wish: ListWish,
  list: Awaited<ReturnType<typeof listRequests>>,
  groups: readonly GroupChoice[],
): Screen {
  const { slug } = visit.network
  const here = requestPaths.list(slug)
  const narrowed = wish.groupId !== undefined || wish.show !== 'open'
  const to = (more: Record<string, string>) =>
    `${here}?${new URLSearchParams({
      ...(wish.show === 'open' ? {} : { show: wish.show }),
      ...(wish.groupId === undefined ? {} : { group: String(wish.groupId) }),
      ...more,
    })}`
  const libraries = groups.filter(each => each.library > 0)
  return {
    title: 'Requests',
    wide: true,
    body: (
      <>
        <p>What people of the network ask its groups, and how the groups answer.</p>
        <ButtonLink href={requestPaths.new(slug)}>Ask a group something</ButtonLink>
        <LinkList
          links={[
            ...(isTeam(visit.me)
              ? [{ href: requestPaths.onBehalf(slug), text: 'Write down what somebody asks' }]
              : []),
            ...(leadsAGroup.holds(visit.me, undefined)
              ? [{ href: requestPaths.away(slug), text: 'Say when you are away' }]
              : []),
          ]}
        />
        <Filters
          action={here}
          clear={narrowed ? here : undefined}
          filters={[
            {
              name: 'show',
              label: 'Which',
              value: wish.show,
              options: [
                { value: 'open', text: 'Open' },
                { value: 'late', text: 'Late' },
                { value: 'mine', text: 'Mine' },
                { value: 'over', text: 'Closed or withdrawn' },
              ],
            },
            {
              name: 'group',
              label: 'Group',
              value: wish.groupId === undefined ? '' : String(wish.groupId),
              options: [
                { value: '', text: 'All groups' },
                ...groups.map(each => ({ value: String(each.id), text: each.name })),
              ],
            },
          ]}
        />
        {list.rows.length === 0 ? (
          <Empty>{emptyWords(wish)}</Empty>
        ) : (
          <Table
            caption="Requests"
            captionHidden
            columns={[
              { title: 'Request' },
              { title: 'Kind' },
              { title: 'Asked by' },
              { title: 'Group' },
              { title: 'Where it is' },
            ]}
            rows={list.rows.map(row => [
              <a key="what" href={requestPaths.one(slug, reference('R', row.number))}>
                <Reference>{reference('R', row.number)}</Reference> <bdi>{shorten(row.what, 120)}</bdi>
              </a>,
              kindWords[row.kind].name,
              row.asker_person_id === visit.me.personId ? 'You' : row.asker_name,
              row.group_name,
              <Where key="where" row={row} today={visit.today} />,
            ])}
          />
        )}
        <Pagination
          previous={list.before === undefined ? undefined : { href: to({ before: String(list.before) }) }}
          next={list.after === undefined ? undefined : { href: to({ after: String(list.after) }) }}
        />
        <p>
          <a href={to({}).replace(here, `${here}.csv`)}>This list as a table for a spreadsheet (CSV)</a>
        </p>
        {libraries.length > 0 && (
          <>
            <h2 className="nhsuk-heading-m">Libraries</h2>
            <p>Answers that everybody in the network may read.</p>
            <LinkList
              links={libraries.map(each => ({
                href: requestPaths.library(slug, each.slug),
                text: each.name,
                hint: each.library === 1 ? '1 answer' : `${each.library} answers`,
              }))}
            />
          </>
        )}
      </>
    ),
  }
}

function Where({ row, today }: { row: ListedRequest; today: PlainDate }) {
  if (row.waits_for === 'nobody') {
    return <StatusTag tone={row.state === 'closed' ? 'good' : 'stopped'}>{stateWords[row.state]}</StatusTag>
  }
  const due = row.due_on && dueInWords(row.due_on, today)
  return (
    <>
      <StatusTag tone={row.waits_for === 'asker' ? 'waiting' : 'moving'}>{stateWords[row.state]}</StatusTag>
      {due && row.due_on && (
        <div className={due.late ? 'loop-due loop-due--late' : 'loop-due'}>
          {due.late ? due.words : `by ${dateInWords(row.due_on)}`}
        </div>
      )}
    </>
  )
}

function emptyWords(wish: ListWish): string {
  if (wish.show === 'late') return 'Nothing is late here. That is good.'
  if (wish.show === 'mine') return 'You have not asked anything yet. Any question is welcome.'
  if (wish.show === 'over') return 'Nothing is closed here yet.'
  return 'Nothing is open now. Any question is welcome.'
}
