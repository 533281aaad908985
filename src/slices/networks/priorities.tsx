import { type AnyRoute, page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { anyone } from '#platform/permission.ts'
import { networkPaths } from './paths.ts'
import { type PriorityLine, prioritiesOf } from './queries.ts'

/** What comes first (M2). */
export const priorityRoutes: AnyRoute[] = [
  page('/:network/priorities', {
    who: anyone,
    audit: 'nothing',
    handler: async visit => show(prioritiesScreen(visit, await prioritiesOf(visit.tx))),
  }),
]

function prioritiesScreen(
  { network }: Visit,
  {
    priorities,
    projects,
  }: { priorities: readonly PriorityLine[]; projects: readonly Omit<PriorityLine, 'published'>[] },
): Screen {
  const { slug } = network
  return {
    title: 'What we work on first',
    back: { href: networkPaths.front(slug), text: `Back to ${network.shortName}` },
    body: (
      <>
        <p>These are our priorities. Volunteers help to choose them, and say what should change.</p>
        {priorities.length === 0 && <p>The network has not named its priorities yet.</p>}
        {priorities.map(each => (
          <section key={each.slug} id={each.slug}>
            <h2>{each.title}</h2>
            <p>{each.about}</p>
            <p>
              {each.published > 0 ? (
                <a href={`/${slug}/you-said-we-did?priority=${each.slug}`}>
                  See what volunteers said about {lower(each.title)}, and what we did
                </a>
              ) : (
                'Nothing that volunteers said about this has been made public yet.'
              )}
            </p>
          </section>
        ))}
        {projects.length > 0 && (
          <>
            <h2>Our projects</h2>
            <dl className="nhsuk-summary-list">
              {projects.map(each => (
                <div className="nhsuk-summary-list__row" key={each.slug}>
                  <dt className="nhsuk-summary-list__key">{each.title}</dt>
                  <dd className="nhsuk-summary-list__value">{each.about}</dd>
                </div>
              ))}
            </dl>
          </>
        )}
        <p>
          Is something missing? <a href={`/${slug}/register`}>Have your say</a>.
        </p>
      </>
    ),
  }
}

const lower = (title: string) => title.charAt(0).toLowerCase() + title.slice(1)
