import { Empty, LinkList, Quote, SummaryList } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { reference } from '#kernel/references.ts'
import { page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { anInsider, anyone } from '#platform/permission.ts'
import { projectPaths, stageWords } from '#slices/projects/index.ts'
import { priorityPaths } from './paths.ts'
import { type PublicPriority, publicPriorities } from './store.ts'

const list = page('/:network/priorities', {
  who: anyone,
  audit: 'nothing',
  handler: async visit => show(listScreen(visit, await publicPriorities(visit))),
})

function listScreen(visit: Visit, priorities: readonly PublicPriority[]): Screen {
  const { network, actor } = visit
  const { slug } = network
  return {
    title: 'What we work on first',
    back: { href: `/${slug}`, text: `Back to ${network.shortName}` },
    body: (
      <>
        <p>These are our priorities. Volunteers propose them and put them in order. The board adopts them.</p>
        {priorities.length === 0 && <Empty>The network has not named its priorities yet.</Empty>}
        {priorities.map(each => (
          <section key={each.slug} id={each.slug}>
            <h2>
              <a href={priorityPaths.one(slug, each.slug)}>{each.title}</a>
            </h2>
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
        <h2>How they are chosen</h2>
        <LinkList
          links={[
            { href: priorityPaths.how(slug), text: 'How we choose, and why it is fair' },
            ...(anInsider.holds(actor, undefined)
              ? [
                  { href: priorityPaths.rounds(slug), text: 'Propose, talk and rank' },
                  { href: projectPaths.list(slug), text: 'Our projects' },
                ]
              : []),
          ]}
        />
        <p>
          Is something missing? <a href={`/${slug}/register`}>Have your say</a>.
        </p>
      </>
    ),
  }
}

const lower = (title: string) => title.charAt(0).toLowerCase() + title.slice(1)

const one = page<PublicPriority>('/:network/priorities/:priority', {
  who: anyone,
  audit: 'nothing',
  load: async visit => (await publicPriorities(visit, visit.params.priority ?? ''))[0],
  handler: visit => show(oneScreen(visit)),
})

/** A priority with all that came of it: what people said, its projects, what changed. */
function oneScreen(visit: Visit<PublicPriority>): Screen {
  const { thing, network, actor } = visit
  const { slug } = network
  const insider = anInsider.holds(actor, undefined)
  const changes = thing.projects.flatMap(each => each.changes.map(words => ({ words, title: each.title })))
  return {
    title: thing.title,
    caption: 'What we work on first',
    back: { href: priorityPaths.list(slug), text: 'All priorities' },
    body: (
      <>
        <p>{thing.about}</p>
        <SummaryList
          rows={[
            ...(thing.why ? [{ key: 'Why', value: thing.why }] : []),
            ...(thing.adopted_on ? [{ key: 'Adopted on', value: dateInWords(thing.adopted_on) }] : []),
            ...(thing.motion_number === null
              ? []
              : [
                  {
                    key: 'Adopted by',
                    value: `The board, in its vote ${reference('V', thing.motion_number)}`,
                  },
                ]),
            ...(thing.ended_on
              ? [{ key: 'Not a priority any more', value: `Since ${dateInWords(thing.ended_on)}` }]
              : []),
            { key: 'Views made public', value: String(thing.published) },
          ]}
        />
        <h2 className="nhsuk-heading-m">What people said, and what we did</h2>
        {thing.views.length === 0 ? (
          <Empty>Nothing that people said about this has been made public yet.</Empty>
        ) : (
          <LinkList
            links={thing.views.map(each => ({
              href: `/${slug}/you-said-we-did/${reference('C', each.number)}`,
              text: each.title,
              hint: each.did,
            }))}
          />
        )}
        {thing.published > thing.views.length && (
          <p>
            <a href={`/${slug}/you-said-we-did?priority=${thing.slug}`}>See all of them</a>
          </p>
        )}
        <h2 className="nhsuk-heading-m">Projects</h2>
        {thing.projects.length === 0 && <Empty>There is no project for this yet.</Empty>}
        {thing.projects.map(each => (
          <section key={each.slug}>
            <h3 className="nhsuk-heading-s">
              {insider ? <a href={projectPaths.one(slug, each.slug)}>{each.title}</a> : each.title}
            </h3>
            <p>{each.about}</p>
            <p>
              {each.stage === 'ended'
                ? 'It has ended.'
                : `Stage: ${stageWords[each.stage as keyof typeof stageWords]}.`}
            </p>
          </section>
        ))}
        <h2 className="nhsuk-heading-m">What changed</h2>
        {changes.length === 0 && <Empty>Nothing changed yet.</Empty>}
        {changes.map((each, n) => (
          <Quote words={each.words} by={`From the project ${each.title}`} key={n} />
        ))}
      </>
    ),
  }
}

/** The fair method in plain words. */
const how = page('/:network/priorities/how-we-choose', {
  who: anyone,
  audit: 'nothing',
  handler: visit =>
    show({
      title: 'How we choose what comes first',
      back: { href: priorityPaths.list(visit.network.slug), text: 'All priorities' },
      body: (
        <>
          <ol className="nhsuk-list nhsuk-list--number">
            <li>
              <strong>Volunteers propose.</strong> Each says what we should work on, and why.
            </li>
            <li>
              <strong>Everybody talks.</strong> People ask and answer under each idea.
            </li>
            <li>
              <strong>Volunteers rank.</strong> Each gives first, second, third place and so on. Two ideas can
              share a place. You can leave out what you have no wish about: it comes after the ones that you
              named.
            </li>
            <li>
              <strong>The board votes.</strong> Only what the board adopts in a vote comes on the public list.
            </li>
          </ol>
          <h2>How the places are counted</h2>
          <p>It works like a league. Each idea plays once against each other idea.</p>
          <ul className="nhsuk-list nhsuk-list--bullet">
            <li>An idea wins its match when more people put it before the other than behind it.</li>
            <li>
              A win gives 2 points. If as many people are for the one as for the other, both get 1 point.
            </li>
            <li>The idea with the most points comes first.</li>
            <li>
              If two have as many points, we look at all their matches: how many people were for it, less how
              many were against it. More is better. It is like goals in football.
            </li>
            <li>If they are still level, they share the place.</li>
          </ul>
          <h2>An example</h2>
          <p>
            Three people rank tea, cake and fruit. Two put tea before cake, and all three put cake before
            fruit. Tea wins both its matches and gets 4 points. Cake wins one and gets 2. Fruit wins none. Tea
            is first.
          </p>
          <h2>Why it is fair</h2>
          <ul className="nhsuk-list nhsuk-list--bullet">
            <li>Every person counts the same, and the order in which they send it does not matter.</li>
            <li>What beats every other idea, one by one, always comes first.</li>
            <li>If everybody puts one idea before another, so does the result.</li>
            <li>A second idea that is much like the first does not split the votes.</li>
          </ul>
          <p>When the ranking is over, we keep the table of matches, and forget who ranked how.</p>
        </>
      ),
    }),
})

export const publicRoutes = [list, how, one]
