import { Temporal } from 'temporal-polyfill'
import { ButtonLink, Empty, Filters, Pagination, TaskList } from '#design/index.ts'
import { dateInWords, dueInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { type AnyRoute, page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { exportLimit, mostInTable, tableAnswer } from '#platform/http/table-answer.ts'
import { theTeam } from '#platform/permission.ts'
import { type ApplicationState, applicationStates } from './application.ts'
import { registrationPaths as paths } from './paths.ts'
import { type After, type ListedApplication, listApplications, pageLength } from './queries.ts'

export const teamsWords: Record<ApplicationState, string> = {
  received: 'To be spoken with',
  'spoken-with': 'To be answered',
  'keeping-in-touch': 'Keeping in touch',
  accepted: 'Accepted',
  declined: 'Declined',
  withdrawn: 'Withdrawn',
  merged: 'Joined with another',
}

export const listRoutes: AnyRoute[] = [
  page('/:network/team/applications', {
    who: theTeam,
    audit: 'nothing',
    async handler(visit) {
      const which = applicationStates.find(each => each === visit.query.get('state')) ?? 'waiting'
      const found = await listApplications(visit.tx, which, readAfter(visit.query.get('after'), which))
      return show(list(visit, which, found))
    },
  }),
  page('/:network/team/applications.csv', {
    who: theTeam,
    audit: 'applications-exported',
    limit: exportLimit,
    async handler(visit) {
      const which = applicationStates.find(each => each === visit.query.get('state')) ?? 'waiting'
      const found = await listApplications(visit.tx, which, undefined, mostInTable)
      return tableAnswer(
        visit,
        'applications',
        ['Application', 'Name', 'Where it is', 'Told us on', 'By when'],
        found.map(each => [
          String(each.number),
          each.name,
          teamsWords[each.state],
          dayOf(each.receivedAt).toString(),
          each.due?.toString() ?? '',
        ]),
      )
    },
  }),
]

function readAfter(given: string | null, which: string): After | undefined {
  const [, due, id] = /^(?:(\d{4}-\d\d-\d\d)_)?(\d{1,9})$/.exec(given ?? '') ?? []
  if (id === undefined) return undefined
  if (which !== 'waiting') return { id: Number(id) }
  return due !== undefined && isDate(due) ? { due, id: Number(id) } : undefined
}

function isDate(given: string): boolean {
  try {
    return Temporal.PlainDate.from(given, { overflow: 'reject' }) !== undefined
  } catch {
    return false
  }
}

function list(
  visit: Visit,
  which: 'waiting' | ApplicationState,
  found: readonly ListedApplication[],
): Screen {
  const { slug } = visit.network
  const shown = found.slice(0, pageLength)
  const last = shown.at(-1)
  const state = which === 'waiting' ? '' : which
  const query = (after: string) => `?${new URLSearchParams({ ...(state ? { state } : {}), after })}`
  return {
    title: 'Applications',
    caption: 'People who want to take part',
    back: { href: `/${slug}/team`, text: 'The team’s work' },
    wide: true,
    body: (
      <>
        <ButtonLink href={paths.record(slug)}>Write down an application</ButtonLink>
        <p>
          <a href={paths.mails(slug)}>E-mails to look at, or to hand in</a>
        </p>
        <p>
          <a href={paths.times(slug)}>Times to talk</a>
        </p>
        <Filters
          action={paths.list(slug)}
          filters={[
            {
              name: 'state',
              label: 'Show',
              value: state,
              options: [
                { value: '', text: 'All that wait for the team' },
                ...applicationStates.map(each => ({ value: each, text: teamsWords[each] })),
              ],
            },
          ]}
        />
        {shown.length === 0 ? (
          <Empty>
            {which === 'waiting' ? 'Nobody waits for an answer. Well done.' : 'There is none like this.'}
          </Empty>
        ) : (
          <TaskList
            items={shown.map(each => {
              const due = each.due ? dueInWords(each.due, visit.today) : undefined
              return {
                title: `${each.number} ${each.name}`,
                href: paths.one(slug, each.number),
                hint: `Told us on ${dateInWords(dayOf(each.receivedAt))}`,
                status: teamsWords[each.state],
                ...(due ? { dueWords: due.words, late: due.late } : {}),
              }
            })}
          />
        )}
        <Pagination
          next={
            found.length > pageLength && last
              ? { href: query(last.due && which === 'waiting' ? `${last.due}_${last.id}` : String(last.id)) }
              : undefined
          }
        />
        <p>
          <a href={`${paths.list(slug)}.csv${state ? `?state=${state}` : ''}`}>
            This list as a table for a spreadsheet (CSV)
          </a>
        </p>
      </>
    ),
  }
}
