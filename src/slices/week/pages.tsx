import { Temporal } from 'temporal-polyfill'
import { Empty, Filters, LinkList, Pagination, StatusTag, Table } from '#design/index.ts'
import { dateInWords, dueInWords } from '#kernel/calendar/words.ts'
import { type AnyRoute, page, type Screen, type Slice, show, type Visit } from '#platform/http/route.ts'
import { exportLimit, mostInTable, tableAnswer } from '#platform/http/table-answer.ts'
import { theTeam } from '#platform/permission.ts'
import { weekPaths as paths } from './paths.ts'
import { type Place, type Week, type WeekLine, type WeekWish, weekOf, whens } from './queries.ts'

/** What is due, late and coming, for everybody, on one page; and as a table for a spreadsheet (PEOPLE-23). */
export const weekRoutes = (slices: () => readonly Slice[]): AnyRoute[] => [
  page('/:network/team/week', {
    who: theTeam,
    audit: 'nothing',
    async handler(visit) {
      const wish = readWish(visit)
      return show(screen(visit, wish, await weekOf(visit, slices(), wish)))
    },
  }),
  page('/:network/team/week.csv', {
    who: theTeam,
    audit: 'week-exported',
    limit: exportLimit,
    async handler(visit) {
      const week = await weekOf(visit, slices(), { ...readWish(visit), after: undefined }, mostInTable + 1)
      return tableAnswer(visit, 'week', tableColumns, tableRows(visit, week))
    },
  }),
]

function readWish({ query, me }: Visit): WeekWish {
  const person = query.get('person') ?? ''
  return {
    when: whens.find(each => each === query.get('when')) ?? 'all',
    person:
      person === 'team'
        ? 'team'
        : person === 'me'
          ? me.personId
          : /^\d{1,9}$/.test(person)
            ? Number(person)
            : undefined,
    promise: query.get('promise')?.slice(0, 200) || undefined,
    after: readPlace(query.get('after')),
  }
}

function readPlace(given: string | null): Place | undefined {
  const [, day, key] = /^(\d{4}-\d\d-\d\d)_([\w:-]{1,200})$/.exec(given ?? '') ?? []
  if (!day || !key) return undefined
  try {
    return { due: Temporal.PlainDate.from(day), key }
  } catch {
    return undefined
  }
}

const asQuery = (wish: WeekWish, more: Record<string, string> = {}) =>
  new URLSearchParams({
    ...(wish.when === 'all' ? {} : { when: wish.when }),
    ...(wish.person === undefined ? {} : { person: String(wish.person) }),
    ...(wish.promise === undefined ? {} : { promise: wish.promise }),
    ...more,
  })

function screen(visit: Visit, wish: WeekWish, week: Week): Screen {
  const { slug } = visit.network
  const last = week.lines.at(-1)
  const narrowed = asQuery(wish).size > 0
  return {
    title: 'The team’s week',
    caption: `${week.counts.late} late, ${week.counts.week} due this week, ${week.counts.coming} coming`,
    back: { href: `/${slug}/team`, text: 'The team’s work' },
    wide: true,
    body: (
      <>
        <p>
          What somebody has to do by a day, from all rooms: what is late, and the next four weeks. What is
          late stands first.
        </p>
        <Filters
          action={paths.week(slug)}
          clear={narrowed ? paths.week(slug) : undefined}
          filters={filtersOf(visit, wish, week)}
        />
        {week.lines.length === 0 ? (
          <Empty>
            {narrowed ? 'Nothing like this waits. Show all to see the rest.' : 'Nothing waits. Well done.'}
          </Empty>
        ) : (
          <Table
            caption="What has to be done, the oldest day first"
            columns={[{ title: 'What' }, { title: 'Promise' }, { title: 'Who' }, { title: 'By when' }]}
            rows={week.lines.map(line => [
              <a href={`/${slug}${line.path}`} key="what">
                <bdi>{line.title}</bdi>
              </a>,
              line.promise,
              whoHasIt(visit, line),
              <ByWhen key="when" line={line} visit={visit} />,
            ])}
          />
        )}
        <Pagination
          next={
            week.more && last
              ? {
                  href: paths.week(slug, asQuery(wish, { after: `${last.due}_${last.key}` })),
                  label: 'what is due later',
                }
              : undefined
          }
        />
        <LinkList
          links={[
            {
              href: paths.table(slug, asQuery(wish)),
              text: 'This list as a table for a spreadsheet (CSV)',
              hint: 'With what you have chosen above.',
            },
            {
              href: paths.handOver(slug, typeof wish.person === 'number' ? wish.person : undefined),
              text: 'Hand actions over to somebody else',
              hint: 'Many at once. It can be undone.',
            },
          ]}
        />
      </>
    ),
  }
}

const whoHasIt = ({ me }: Visit, line: WeekLine) =>
  line.person_id === null ? 'The team' : line.person_id === me.personId ? 'You' : <bdi>{line.name}</bdi>

function ByWhen({ line, visit }: { line: WeekLine; visit: Visit }) {
  const due = dueInWords(line.due, visit.today)
  return due.late ? <StatusTag tone="late">{due.words}</StatusTag> : dateInWords(line.due)
}

function filtersOf({ me }: Visit, wish: WeekWish, week: Week) {
  const { counts } = week
  const others = week.people.filter(each => each.id !== null && each.id !== me.personId)
  const mine = week.people.find(each => each.id === me.personId)?.count ?? 0
  const team = week.people.find(each => each.id === null)?.count ?? 0
  return [
    {
      name: 'when',
      label: 'When',
      value: wish.when,
      options: [
        { value: 'all', text: `All (${counts.all})` },
        { value: 'late', text: `Late (${counts.late})` },
        { value: 'week', text: `This week (${counts.week})` },
        { value: 'coming', text: `After this week (${counts.coming})` },
      ],
    },
    {
      name: 'person',
      label: 'Who',
      value: wish.person === undefined ? '' : wish.person === me.personId ? 'me' : String(wish.person),
      options: [
        { value: '', text: 'Everybody' },
        { value: 'me', text: `Me (${mine})` },
        { value: 'team', text: `The team (${team})` },
        ...others.map(each => ({ value: String(each.id), text: `${each.name} (${each.count})` })),
      ],
    },
    {
      name: 'promise',
      label: 'Which promise',
      value: wish.promise ?? '',
      options: [
        { value: '', text: 'All promises' },
        ...week.promises.map(each => ({ value: each.promise, text: `${each.promise} (${each.count})` })),
      ],
    },
  ]
}

const tableColumns = ['What', 'Promise', 'Who', 'By when', 'Late', 'Link']

const tableRows = ({ network, publicUrl, today }: Visit, week: Week): string[][] =>
  week.lines.map(line => [
    line.title,
    line.promise,
    line.name ?? 'The team',
    line.due.toString(),
    Temporal.PlainDate.compare(line.due, today) < 0 ? 'yes' : 'no',
    `${publicUrl}/${network.slug}${line.path}`,
  ])
