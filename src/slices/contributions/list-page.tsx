import { ButtonLink, Empty, Filters, Pagination, TaskList } from '#design/index.ts'
import { dueInWords } from '#kernel/calendar/words.ts'
import { reference } from '#kernel/references.ts'
import { type AnyRoute, page, show, type Visit } from '#platform/http/route.ts'
import { exportLimit, mostInTable, tableAnswer } from '#platform/http/table-answer.ts'
import { anInsider, aPerson, isTeam } from '#platform/permission.ts'
import { type State, stateWords } from './contribution.ts'
import { type ListedContribution, type ListWish, listContributions } from './list.ts'
import { contributionPaths } from './paths.ts'

const shows = { raised: 'What I raised', mine: 'What waits for me', late: 'What is late' } as const
const teamShows = { ...shows, 'to-acknowledge': 'What is to be acknowledged' } as const

/** A state's words where the reader may be anybody. */
export const listWords: Record<State, string> = {
  ...stateWords,
  'needs-you': 'Waits for an answer',
  changed: 'Something changed',
  'fed-back': 'Answered',
  closed: 'Closed',
  reopened: 'Not closed yet',
  'ended-unanswered': 'No word on the answer',
  withdrawn: 'Withdrawn',
}

export const listRoutes: readonly AnyRoute[] = [
  page('/:network/contributions', {
    who: aPerson,
    audit: 'nothing',
    handler: async visit => {
      const wish = wishOf(visit.query)
      const { rows, newer, older } = await listContributions(visit.tx, visit.me, visit.today, wish)
      const groups = await visit.tx
        .selectFrom('network_group')
        .select(['id', 'name'])
        .orderBy('kind')
        .orderBy('name')
        .execute()
      const { slug } = visit.network
      const here = contributionPaths.list(slug)
      const filtered = Boolean(wish.groupId ?? wish.state ?? wish.show)
      const at = (key: 'before' | 'after', row: ListedContribution | undefined) => {
        const query = new URLSearchParams(visit.query)
        for (const each of ['before', 'after']) query.delete(each)
        query.set(key, String(row?.number ?? 0))
        return `${here}?${query}`
      }
      return show({
        title: 'Contributions',
        wide: true,
        body: (
          <>
            <p>What people told the network, newest first, and where it is now.</p>
            {anInsider.holds(visit.me, undefined) && (
              <ButtonLink href={contributionPaths.new(slug)}>Tell us something</ButtonLink>
            )}
            <Filters
              action={here}
              clear={filtered ? here : undefined}
              filters={[
                {
                  name: 'show',
                  label: 'Show',
                  value: wish.show,
                  options: [
                    { value: '', text: 'All that I may see' },
                    ...Object.entries(isTeam(visit.me) ? teamShows : shows).map(([value, text]) => ({
                      value,
                      text,
                    })),
                  ],
                },
                {
                  name: 'group',
                  label: 'Group',
                  value: wish.groupId?.toString(),
                  options: [
                    { value: '', text: 'Every group' },
                    ...groups.map(each => ({ value: String(each.id), text: each.name })),
                  ],
                },
                {
                  name: 'state',
                  label: 'Where it is',
                  value: wish.state,
                  options: [
                    { value: '', text: 'Anywhere' },
                    ...Object.entries(listWords).map(([value, text]) => ({ value, text })),
                  ],
                },
              ]}
            />
            {rows.length === 0 ? (
              <Empty>{emptyWords(wish, filtered)}</Empty>
            ) : (
              <TaskList items={rows.map(row => taskOf(visit, row))} />
            )}
            <Pagination
              previous={newer ? { href: at('after', rows[0]), label: 'newer' } : undefined}
              next={
                older && rows.length > 0 ? { href: at('before', rows.at(-1)), label: 'older' } : undefined
              }
            />
            <p>
              <a href={`${here}.csv${filtered ? `?${visit.query}` : ''}`}>
                This list as a table for a spreadsheet (CSV)
              </a>
            </p>
          </>
        ),
      })
    },
  }),
  page('/:network/contributions.csv', {
    who: aPerson,
    audit: 'contributions-exported',
    limit: exportLimit,
    async handler(visit) {
      const wish = { ...wishOf(visit.query), before: undefined, after: undefined }
      const { rows } = await listContributions(visit.tx, visit.me, visit.today, wish, mostInTable + 1)
      return tableAnswer(
        visit,
        'contributions',
        ['Contribution', 'Title', 'Group', 'By when', 'Where it is'],
        rows.map(row => [
          reference('C', row.number),
          row.title,
          row.groupName ?? '',
          row.dueOn?.toString() ?? '',
          listWords[row.state],
        ]),
      )
    },
  }),
]

function wishOf(query: URLSearchParams): ListWish {
  const number = (name: string) => {
    const given = query.get(name) ?? ''
    return /^\d{1,9}$/.test(given) ? Number(given) : undefined
  }
  const show = query.get('show') ?? ''
  const state = query.get('state') ?? ''
  return {
    groupId: number('group'),
    state: Object.hasOwn(listWords, state) ? (state as State) : undefined,
    show: Object.hasOwn(teamShows, show) ? (show as keyof typeof teamShows) : undefined,
    before: number('before'),
    after: number('after'),
  }
}

function emptyWords(wish: ListWish, filtered: boolean): string {
  if (wish.show === 'mine') return 'Nothing waits for you now. Thank you for all that you have done.'
  if (wish.show === 'late') return 'Nothing is late. Every promise is kept so far.'
  if (wish.show === 'to-acknowledge') return 'Everybody who told us something has heard where it goes.'
  if (wish.show === 'raised') return 'You have not told us anything yet. We would like to hear from you.'
  return filtered
    ? 'There is nothing like that. Choose something else, or show all.'
    : 'There is nothing here yet that you may see. Tell us something, and you can follow it from here.'
}

function taskOf(visit: Visit, row: ListedContribution) {
  const due = row.dueOn ? dueInWords(row.dueOn, visit.today) : undefined
  return {
    title: row.title,
    href: contributionPaths.one(visit.network.slug, reference('C', row.number)),
    hint: [
      reference('C', row.number),
      row.groupName,
      row.joined > 1 ? `${row.joined} people raised this` : '',
    ]
      .filter(Boolean)
      .join(', '),
    status: listWords[row.state],
    dueWords: due?.words,
    late: due?.late ?? false,
  }
}
