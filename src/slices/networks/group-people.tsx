import { Temporal } from 'temporal-polyfill'
import { Empty, Pagination, Table } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import { type AnyRoute, page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { loadGroup, mayReadPeople } from './group-rules.tsx'
import { networkPaths } from './paths.ts'
import {
  type GroupMember,
  type GroupPage,
  membershipHistory,
  type PastMember,
  peoplePageSize,
} from './queries.ts'

/** Who was a member of a group when: votes and quorum use the membership of their day (BOARD-1). */
export const groupPeopleRoutes: AnyRoute[] = [
  page<GroupPage>('/:network/groups/:group/people', {
    who: mayReadPeople,
    audit: 'nothing',
    load: loadGroup,
    async handler(visit) {
      const found = await membershipHistory(visit.tx, visit.thing.id, readPlace(visit.query.get('before')))
      return show(peopleScreen(visit, found))
    },
  }),
]

function readPlace(given: string | null): { from: PlainDate; id: number } | undefined {
  const parts = /^(\d{4}-\d\d-\d\d)_(\d{1,9})$/.exec(given ?? '')
  if (!parts) return undefined
  try {
    return { from: Temporal.PlainDate.from(parts[1]!), id: Number(parts[2]) }
  } catch {
    return undefined
  }
}

const roleWords: Record<GroupMember['role'], string> = {
  chair: 'Chair',
  deputy: 'Deputy chair',
  member: 'Member',
  volunteer: 'Volunteer',
}

function peopleScreen({ network, thing, query }: Visit<GroupPage>, found: readonly PastMember[]): Screen {
  const { slug } = network
  const here = networkPaths.groupPeople(slug, thing.slug)
  const shown = found.slice(0, peoplePageSize)
  const last = shown.at(-1)
  return {
    title: 'Who was in it when',
    caption: theirs(thing.name),
    back: { href: networkPaths.group(slug, thing.slug), text: 'Back to the group' },
    wide: true,
    body: (
      <>
        <p>Whoever came last stands first. A vote counts those who were members on its day.</p>
        {shown.length === 0 ? (
          <Empty>Nobody has been in this group yet.</Empty>
        ) : (
          <Table
            caption="Members, now and before"
            captionHidden
            columns={[
              { title: 'Who' },
              { title: 'As what' },
              { title: 'With a vote' },
              { title: 'From' },
              { title: 'To' },
            ]}
            rows={shown.map(each => [
              <bdi key="name">{each.name}</bdi>,
              each.lay && each.role !== 'volunteer'
                ? `${roleWords[each.role]}, a member of the public`
                : roleWords[each.role],
              each.voting ? 'Yes' : 'No',
              dateInWords(each.from),
              each.to === null ? 'Still in it' : dateInWords(each.to),
            ])}
          />
        )}
        <Pagination
          previous={query.has('before') ? { href: here, label: 'the newest' } : undefined}
          next={
            found.length > peoplePageSize && last
              ? { href: `${here}?before=${last.from}_${last.id}`, label: 'who came before' }
              : undefined
          }
        />
      </>
    ),
  }
}
