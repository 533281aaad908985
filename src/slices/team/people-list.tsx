import { ButtonLink, Empty, Filters, Pagination, SearchBox, Table } from '#design/index.ts'
import { askTogether, type Question, question } from '#platform/database/questions.ts'
import { type AnyRoute, page, type Screen, type SearchHit, show, type Visit } from '#platform/http/route.ts'
import { exportLimit, mostInTable, tableAnswer } from '#platform/http/table-answer.ts'
import { isTeam, theTeam } from '#platform/permission.ts'
import { teamPaths as paths } from './paths.ts'
import { type ListedPerson, pageLength, peopleByName, peopleLike } from './people-queries.ts'
import { postWords, roleWords } from './words.ts'

export const peopleRoutes: AnyRoute[] = [
  page('/:network/team/people', {
    who: theTeam,
    audit: 'people-listed',
    async handler(visit) {
      const words = visit.query.get('q')?.trim() ?? ''
      const [found, groups] = await askTogether(visit.tx, [
        question(
          words
            ? peopleLike(visit.today, words)
            : peopleByName(visit.today, readAfter(visit.query.get('after')), { groupId: groupIn(visit) }),
          rows => rows,
        ),
        question(visit.tx.selectFrom('network_group').select(['id', 'name']).orderBy('name'), rows => rows),
      ])
      return show(list(visit, words, found, groups))
    },
  }),
  // Names and places only: how to reach somebody is on their page, where each look is logged (R58).
  page('/:network/team/people.csv', {
    who: theTeam,
    audit: 'people-exported',
    limit: exportLimit,
    async handler(visit) {
      const { rows: found } = await peopleByName(visit.today, undefined, {
        groupId: groupIn(visit),
        length: mostInTable,
      }).execute(visit.tx)
      return tableAnswer(
        visit,
        'people',
        ['Name', 'Places and posts today'],
        found.map(each => [each.name, holds(each)]),
      )
    },
  }),
]

function groupIn({ query }: Visit): number | undefined {
  const given = query.get('group') ?? ''
  return /^\d{1,9}$/.test(given) ? Number(given) : undefined
}

function readAfter(given: string | null) {
  const [, id, lower] = /^(\d{1,9})_([^\0]*)$/s.exec(given ?? '') ?? []
  return id === undefined ? undefined : { id: Number(id), lower: lower ?? '' }
}

const holds = (person: ListedPerson): string =>
  [
    ...person.posts.map(each => postWords[each] ?? each),
    ...person.places.map(each => `${each.group} (${roleWords[each.role] ?? each.role})`),
  ].join(', ') || 'No place today'

/** People are found by the team only. */
export function searchPeople(visit: Visit, words: string): Question<readonly SearchHit[]> | undefined {
  if (!visit.actor || !isTeam(visit.actor) || words.trim() === '') return undefined
  const why = {
    name: 'The name is like your words',
    email: 'The e-mail address is the same',
    phone: 'The phone number is the same',
  }
  return question(peopleLike(visit.today, words.trim()), found =>
    found.map(each => ({
      kind: 'Person',
      title: each.name,
      href: paths.person(visit.network.slug, each.id),
      why: why[each.why],
      piece: holds(each),
      rank: Number(each.rank),
    })),
  )
}

function list(
  visit: Visit,
  words: string,
  found: readonly ListedPerson[],
  groups: readonly { id: number; name: string }[],
): Screen {
  const { slug } = visit.network
  const group = groupIn(visit)
  const narrowed: Record<string, string> = group === undefined ? {} : { group: String(group) }
  const shown = found.slice(0, pageLength)
  const last = shown.at(-1)
  return {
    title: 'People',
    back: { href: paths.front(slug), text: 'The team’s work' },
    wide: true,
    body: (
      <>
        <SearchBox
          action={paths.people(slug)}
          label="Find somebody"
          hint="By name, e-mail address or phone number"
          value={words}
        />
        <Filters
          action={paths.people(slug)}
          clear={group === undefined ? undefined : paths.people(slug)}
          filters={[
            {
              name: 'group',
              label: 'In which group?',
              value: narrowed.group ?? '',
              options: [
                { value: '', text: 'Everybody' },
                ...groups.map(each => ({ value: String(each.id), text: each.name })),
              ],
            },
          ]}
        />
        <ButtonLink href={paths.newPerson(slug)} secondary>
          Add a person
        </ButtonLink>
        {shown.length === 0 ? (
          <Empty>
            {words ? 'We found nobody like this. Try a part of the name.' : 'There is nobody here yet.'}
          </Empty>
        ) : (
          <Table
            caption={words ? 'People who match' : 'Everybody, by name'}
            columns={[{ title: 'Name' }, { title: 'Places and posts today' }]}
            rows={shown.map(each => [
              <a href={paths.person(slug, each.id)} key="name">
                <bdi>{each.name}</bdi>
              </a>,
              holds(each),
            ])}
          />
        )}
        <Pagination
          next={
            !words && found.length > pageLength && last
              ? { href: `?${new URLSearchParams({ ...narrowed, after: `${last.id}_${last.lower}` })}` }
              : undefined
          }
        />
        <p>
          <a href={`${paths.people(slug)}.csv?${new URLSearchParams(narrowed)}`}>
            Names and places as a table for a spreadsheet (CSV)
          </a>
        </p>
      </>
    ),
  }
}
