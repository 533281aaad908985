import { DefinitionNumbers, LinkList, TaskList } from '#design/index.ts'
import {
  type AnyRoute,
  doorsOf,
  type OpenDoor,
  page,
  type Screen,
  type Slice,
  show,
  teamHeadings,
  type Visit,
} from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { registrationPaths } from '#slices/registration/index.ts'
import { teamPaths as paths } from './paths.ts'
import { type MessageCounts, type TeamCounts, teamCounts } from './queries.ts'

export const frontRoutes = (slices: () => readonly Slice[]): AnyRoute[] => [
  page('/:network/team', {
    who: theTeam,
    audit: 'nothing',
    handler: async visit =>
      show(
        front(
          visit,
          await teamCounts(visit.tx, visit.today),
          doorsOf(slices(), 'team', visit.me, visit.network),
        ),
      ),
  }),
]

const line = (title: string, href: string, count: number, late = 0) => ({
  title,
  href,
  count,
  late,
  status: count === 0 ? 'Nothing waits' : late > 0 ? `${count}, ${late} late` : String(count),
})

/** What waits for the team's own hands, as lines of a list: here and on the home page. */
export const messageJobs = (slug: string, counts: MessageCounts) => [
  line('Calls to make', paths.calls(slug), counts.calls),
  line('Letters to post', paths.letters(slug), counts.letters),
  line('Messages that could not be sent', paths.messages(slug, 'failed'), counts.failed),
]

/** All that waits for the team. */
function jobs(slug: string, counts: TeamCounts) {
  return [
    line('Applications', registrationPaths.list(slug), counts.applications, counts.applicationsLate),
    line(
      'Views to acknowledge',
      `/${slug}/contributions?show=to-acknowledge`,
      counts.toAcknowledge,
      counts.toAcknowledgeLate,
    ),
    ...messageJobs(slug, counts),
  ]
}

/** The rooms under their headings; what has none stands at the end. */
function byHeading(doors: readonly OpenDoor[]) {
  return [
    ...teamHeadings.map(heading => ({ heading, links: doors.filter(each => each.under === heading) })),
    { heading: 'More', links: doors.filter(each => each.under === undefined) },
  ].filter(each => each.links.length > 0)
}

function front(visit: Visit, counts: TeamCounts, doors: readonly OpenDoor[]): Screen {
  const { slug } = visit.network
  const number = (count: number, href: string) => <a href={href}>{count}</a>
  return {
    title: 'The team’s work',
    wide: true,
    body: (
      <>
        <h2 className="nhsuk-heading-m">What waits for you</h2>
        <TaskList
          items={jobs(slug, counts).map(each => ({
            title: each.title,
            href: each.href,
            status: {
              words: each.status,
              tone: each.count === 0 ? 'plain' : each.late > 0 ? 'late' : 'waiting',
            },
          }))}
        />
        <h2 className="nhsuk-heading-m">What is late now, with anybody</h2>
        <DefinitionNumbers
          figures={[
            { words: 'Views', figure: number(counts.viewsLate, `/${slug}/contributions?show=late`) },
            { words: 'Actions', figure: number(counts.actionsLate, `/${slug}/actions?show=late`) },
            {
              words: 'Requests to groups',
              figure: number(counts.requestsLate, `/${slug}/requests?show=late`),
            },
          ]}
        />
        {byHeading(doors).map(({ heading, links }) => (
          <section key={heading}>
            <h2 className="nhsuk-heading-m">{heading}</h2>
            <LinkList links={links} />
          </section>
        ))}
      </>
    ),
  }
}
