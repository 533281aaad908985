import { Temporal } from 'temporal-polyfill'
import { Empty, Filters, Pagination, Reference, StatusTag, Table } from '#design/index.ts'
import { dateInWords, dueInWords } from '#kernel/calendar/words.ts'
import { reference } from '#kernel/references.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import { page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { exportLimit, mostInTable, tableAnswer } from '#platform/http/table-answer.ts'
import { anInsider } from '#platform/permission.ts'
import { stateWords } from './action.ts'
import type { ViewsBehindActions } from './changes.ts'
import { actionPaths } from './paths.ts'
import {
  type ActionList,
  type Choices,
  type ListedAction,
  type ListWish,
  listActions,
  listChoices,
  mayFollow,
  type Place,
} from './queries.ts'

export const listRoute = (views: ViewsBehindActions) =>
  page('/:network/actions', {
    who: anInsider,
    audit: 'nothing',
    async handler(visit) {
      const wish = readWish(visit)
      const list = await listActions(visit.tx, visit.me, wish, visit.today)
      const choices = await listChoices(visit.tx, visit.me)
      return show(listScreen(visit, views, wish, list, choices))
    },
  })

/** The same list as a table, narrowed in the same way. */
export const tableRoute = page('/:network/actions.csv', {
  who: anInsider,
  audit: 'actions-exported',
  limit: exportLimit,
  async handler(visit) {
    const wish = { ...readWish(visit), before: undefined, after: undefined }
    const { rows } = await listActions(visit.tx, visit.me, wish, visit.today, mostInTable + 1)
    return tableAnswer(
      visit,
      'actions',
      ['Action', 'What', 'Owner', 'Group', 'By when', 'Where it is'],
      rows.map(row => [
        reference('A', row.number),
        row.what,
        row.owner_name,
        row.group_name,
        row.due_on.toString(),
        stateWords[row.state],
      ]),
    )
  },
})

function readWish({ query, me }: Visit): ListWish {
  const shown = query.get('show')
  const id = (name: string) => {
    const given = query.get(name) ?? ''
    return given === 'me' ? me.personId : /^\d{1,9}$/.test(given) ? Number(given) : undefined
  }
  return {
    show: shown === 'late' || shown === 'over' ? shown : 'open',
    groupId: id('group'),
    ownerId: id('owner'),
    before: readPlace(query.get('before')),
    after: readPlace(query.get('after')),
  }
}

export const writePlace = (place: Place) => `${place.due}_${place.id}`

export function readPlace(given: string | null): Place | undefined {
  const parts = /^(\d{4}-\d\d-\d\d)_(\d{1,9})$/.exec(given ?? '')
  if (!parts) return undefined
  try {
    return { due: Temporal.PlainDate.from(parts[1]!), id: Number(parts[2]) }
  } catch {
    return undefined
  }
}

function listScreen(
  visit: Visit,
  views: ViewsBehindActions,
  wish: ListWish,
  list: ActionList,
  choices: Choices,
): Screen {
  const here = actionPaths.list(visit.network.slug)
  const me = visit.me.personId
  const narrowed = wish.groupId !== undefined || wish.ownerId !== undefined || wish.show !== 'open'
  const to = (more: Record<string, string>) => {
    const query = new URLSearchParams({
      ...(wish.show === 'open' ? {} : { show: wish.show }),
      ...(wish.groupId === undefined ? {} : { group: String(wish.groupId) }),
      ...(wish.ownerId === undefined ? {} : { owner: String(wish.ownerId) }),
      ...more,
    })
    return query.size > 0 ? `${here}?${query}` : here
  }
  const asOptions = (all: readonly { id: number; name: string }[]) =>
    all.map(each => ({ value: String(each.id), text: theirs(each.name) }))
  return {
    title: 'Actions',
    wide: true,
    body: (
      <>
        <p>
          What was agreed, who does it and by when. You see the actions of your groups, your own, and those
          that came from what you said.
        </p>
        <Filters
          action={here}
          clear={narrowed ? here : undefined}
          filters={[
            {
              name: 'show',
              label: 'Which',
              value: wish.show,
              options: [
                { value: 'open', text: 'To do' },
                { value: 'late', text: 'Late' },
                { value: 'over', text: 'Done or dropped' },
              ],
            },
            {
              name: 'group',
              label: 'Group',
              value: wish.groupId === undefined ? '' : String(wish.groupId),
              options: [{ value: '', text: 'All groups' }, ...asOptions(choices.groups)],
            },
            {
              name: 'owner',
              label: 'Owner',
              value: wish.ownerId === undefined ? '' : wish.ownerId === me ? 'me' : String(wish.ownerId),
              options: [
                { value: '', text: 'Everybody' },
                { value: 'me', text: 'Me' },
                ...asOptions(choices.owners.filter(each => each.id !== me)),
              ],
            },
          ]}
        />
        {list.rows.length === 0 ? (
          <Empty>{emptyWords(wish, narrowed)}</Empty>
        ) : (
          <Table
            caption="Actions"
            captionHidden
            columns={[
              { title: 'What' },
              { title: 'Owner' },
              { title: 'Group' },
              { title: 'By when' },
              { title: 'Came from' },
            ]}
            rows={list.rows.map(row => listedRow(row, visit, views))}
          />
        )}
        <Pagination
          previous={list.before && { href: to({ before: writePlace(list.before) }) }}
          next={list.after && { href: to({ after: writePlace(list.after) }) }}
        />
        <p>
          <a href={to({}).replace(here, `${here}.csv`)}>This list as a table for a spreadsheet (CSV)</a>
        </p>
      </>
    ),
  }
}

function listedRow(row: ListedAction, visit: Visit, views: ViewsBehindActions) {
  const mark = reference('A', row.number)
  const own = row.owner_person_id === visit.me.personId
  return [
    <a key="what" href={actionPaths.one(visit.network.slug, mark)}>
      <Reference>{mark}</Reference> <bdi>{shorten(row.what, 120)}</bdi>
    </a>,
    own ? 'You' : theirs(row.owner_name),
    theirs(row.group_name),
    <ByWhen key="when" row={row} today={visit.today} />,
    row.view && mayFollow(visit.me, row.view, { isMine: row.view.isMine, ownsAction: own }) ? (
      <a key="from" href={views.hrefOf(visit.network.slug, row.view.number)}>
        <Reference>{reference('C', row.view.number)}</Reference> <bdi>{shorten(row.view.title, 60)}</bdi>
      </a>
    ) : row.view ? (
      reference('C', row.view.number)
    ) : (
      'The group itself'
    ),
  ]
}

function ByWhen({ row, today }: { row: ListedAction; today: PlainDate }) {
  if (row.state === 'done') return <StatusTag tone="good">{stateWords.done}</StatusTag>
  if (row.state === 'dropped') return <StatusTag tone="stopped">{stateWords.dropped}</StatusTag>
  const due = dueInWords(row.due_on, today)
  return (
    <>
      {due.late ? <StatusTag tone="late">{due.words}</StatusTag> : dateInWords(row.due_on)}
      {row.state === 'asked-for-another-date' && <div>{stateWords[row.state]}</div>}
    </>
  )
}

function emptyWords(wish: ListWish, narrowed: boolean): string {
  if (wish.show === 'late') return 'Nothing is late here. That is good.'
  if (wish.show === 'over') return 'Nothing has been done or dropped here yet.'
  return narrowed
    ? 'There is nothing to do here. Show all to see the rest.'
    : 'There is nothing to do now. When a group agrees on something, it stands here.'
}
