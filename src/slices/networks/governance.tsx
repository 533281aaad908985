import { LinkList } from '#design/index.ts'
import { type AnyRoute, page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { anyone } from '#platform/permission.ts'
import type { Facts } from './facts.ts'
import { cadenceInWords } from './facts.ts'
import { GroupList, NotConfirmed } from './parts.tsx'
import { networkPaths } from './paths.ts'
import { type PriorityLine, type PublicNetwork, prioritiesOf, publicNetwork } from './queries.ts'

/** Who decides what, and what comes first (M2, M16). */
export const governanceRoutes: AnyRoute[] = [
  page('/:network/governance', {
    who: anyone,
    audit: 'nothing',
    handler: async visit =>
      show(governanceScreen(visit, await publicNetwork(visit.tx, visit.network.id, visit.today))),
  }),
  page('/:network/priorities', {
    who: anyone,
    audit: 'nothing',
    handler: async visit => show(prioritiesScreen(visit, await prioritiesOf(visit.tx))),
  }),
]

function governanceScreen({ network }: Visit, { facts, groups }: PublicNetwork): Screen {
  const { slug } = network
  const of = (kind: string) => groups.filter(each => each.kind === kind)
  const board = of('board')[0]
  const cadence = facts.groups.find(each => each.slug === board?.slug)?.cadence
  return {
    title: 'Who decides what',
    back: { href: networkPaths.front(slug), text: `Back to ${network.shortName}` },
    body: (
      <>
        <p>
          This page shows the groups of {network.name}, what each one decides, and how something you say gets
          to the right people.
        </p>
        <h2>The board</h2>
        <p>
          The board decides what the network does. Doctors, managers and volunteers sit on it together.
          Volunteers are members of the public. Their vote counts the same as everybody’s.
          {cadence && ` It meets ${cadenceInWords(cadence)}.`}
        </p>
        <GroupList slug={slug} groups={of('board')} />
        {of('workstream').length > 0 && (
          <>
            <h2>Workstreams</h2>
            <p>A workstream gets one big piece of work done for the whole network.</p>
            <GroupList slug={slug} groups={of('workstream')} />
          </>
        )}
        <h2>Special interest groups</h2>
        <p>
          A special interest group, or SIG, knows one kind of scan or one group of patients well. Volunteers
          can ask it for facts, numbers and explanations. Its chair has a set time to answer.
        </p>
        <GroupList slug={slug} groups={of('sig')} />
        <h2>The team</h2>
        <p>
          A co-ordinator looks after volunteers and sees that every view gets to a group. The Network
          Portfolio Manager steps in when something is late or when you tell us that it is not closed. The
          Network Director steps in after that.
        </p>
        <h2>How a view travels</h2>
        <ol className="nhsuk-list nhsuk-list--number">
          <li>
            <strong>Documented.</strong> We keep your own words, and give you a number such as C-1042. Within
            2 working days we say which group will talk about it, and when.
          </li>
          <li>
            <strong>Considered.</strong> The group talks about it. You read who took part, what was said, and
            why they agreed or did not.
          </li>
          <li>
            <strong>Actioned.</strong> What is agreed gets one owner and one day. If it cannot be done, you
            hear why.
          </li>
          <li>
            <strong>Closed.</strong> We tell you what came of it. You say if that closes it. Nobody else can.
          </li>
        </ol>
        <ListOf title="What we ask of volunteers" list={facts.asks} />
        <ListOf title="What we promise volunteers" list={facts.commitments} />
        <NotConfirmed
          when={[...facts.asks, ...facts.commitments].some(each => !each.verified)}
          what="The network has not yet confirmed the exact words of what it asks and promises."
        />
        <LinkList
          links={[
            { href: networkPaths.priorities(slug), text: 'What we work on first' },
            { href: `/${slug}/decisions`, text: 'What was decided' },
            { href: `/${slug}/interests`, text: 'Register of interests' },
            { href: `/${slug}/promises`, text: 'How well we keep our promises' },
            { href: `/${slug}/register`, text: 'Have your say' },
          ]}
        />
      </>
    ),
  }
}

function ListOf({ title, list }: { title: string; list: Facts['asks'] }) {
  if (list.length === 0) return null
  return (
    <>
      <h2>{title}</h2>
      <ul className="nhsuk-list nhsuk-list--bullet">
        {list.map(each => (
          <li key={each.id}>{each.text}</li>
        ))}
      </ul>
    </>
  )
}

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
