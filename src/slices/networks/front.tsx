import { ButtonLink, Details, LinkList } from '#design/index.ts'
import { theirs } from '#kernel/text/theirs.ts'
import {
  type AnyRoute,
  doorsOf,
  type OpenDoor,
  page,
  type Screen,
  type Slice,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { anyone } from '#platform/permission.ts'
import { peopleInWords } from './facts.ts'
import { GroupList, NotConfirmed } from './parts.tsx'
import { type PublicNetwork, publicNetwork, type TrustLine } from './queries.ts'

/** What the network is and does, for anybody (M1). */
export const frontRoutes = (slices: () => readonly Slice[]): AnyRoute[] => [
  page('/:network', {
    who: anyone,
    audit: 'nothing',
    handler: async visit =>
      show(
        frontScreen(
          visit,
          await publicNetwork(visit.tx, visit.network.id, visit.today),
          doorsOf(slices(), 'network', visit.actor, visit.network),
        ),
      ),
  }),
]

function frontScreen(
  { network }: Visit,
  { facts, groups, trusts }: PublicNetwork,
  doors: readonly OpenDoor[],
): Screen {
  const { slug } = network
  return {
    title: network.name,
    body: (
      <>
        <p>
          {facts.purpose ?? 'A network of hospitals that work together on scans, for patients and staff.'}
        </p>
        <p>
          Scans, such as X-ray, CT and MRI, show doctors what is happening inside the body.{' '}
          {reach(facts, trusts)} People who use the service help to run it: they say what should be better,
          and they have a vote.
        </p>
        <ButtonLink href={`/${slug}/register`}>Have your say</ButtonLink>
        <p>
          You do not need to know anything about scans. You do not need to have had one. You can also see{' '}
          <a href={`/${slug}/you-said-we-did`}>what people said and what we did</a>.
        </p>
        <h2>How your view travels</h2>
        <ol className="nhsuk-list nhsuk-list--number">
          <li>You say it in your own words. We write it down and tell you its number.</li>
          <li>A group talks about it. You hear when, and what they said.</li>
          <li>If they agree, somebody does something by a set day. If not, they say why.</li>
          <li>We tell you what came of it. Only you can say that it is closed.</li>
        </ol>
        <LinkList links={doors} />
        <Principles facts={facts} />
        <h2>Our groups</h2>
        <GroupList slug={slug} groups={groups} />
        <h2>Our hospitals</h2>
        <Hospitals trusts={trusts} />
        <NotConfirmed
          when={!facts.verified || facts.principles.some(each => !each.verified)}
          what={
            facts.verified
              ? 'The network has not yet confirmed every word of its principles on this page.'
              : 'What this page says of the network has not been confirmed.'
          }
        />
      </>
    ),
  }
}

function reach(facts: PublicNetwork['facts'], trusts: readonly TrustLine[]): string {
  const count = facts.trustsCount ?? trusts.length
  const parts = [
    facts.populationMillions && `We serve about ${peopleInWords(facts.populationMillions)}`,
    count > 0 &&
      `${count} NHS Trusts${facts.hospitals ? ` with ${facts.hospitals} hospitals` : ''} work together`,
  ].filter(Boolean)
  return parts.length > 0 ? `${parts.join('. ')}.` : ''
}

function Principles({ facts }: { facts: PublicNetwork['facts'] }) {
  if (facts.principles.length === 0) return null
  return (
    <>
      <h2>How we work together</h2>
      <p>We keep to {facts.principles.length === 5 ? 'five' : facts.principles.length} principles:</p>
      <ol className="nhsuk-list nhsuk-list--number">
        {facts.principles.map(each => (
          <li key={each.id}>
            <strong>{each.title}</strong>
            <br />
            {each.text}.
          </li>
        ))}
      </ol>
    </>
  )
}

function Hospitals({ trusts }: { trusts: readonly TrustLine[] }) {
  if (trusts.length === 0) return <p>The list of hospitals is still to come.</p>
  const systems = [...new Set(trusts.map(each => each.system))]
  return (
    <>
      {systems.map(system => (
        <Details summary={theirs(system) || 'Hospitals'} key={system}>
          {trusts
            .filter(each => each.system === system)
            .map(trust => (
              <div key={trust.name}>
                <h3>{theirs(trust.name)}</h3>
                <ul className="nhsuk-list nhsuk-list--bullet">
                  {trust.hospitals.map(site => (
                    <li key={site.name}>{theirs([site.name, site.town].filter(Boolean).join(', '))}</li>
                  ))}
                </ul>
              </div>
            ))}
        </Details>
      ))}
    </>
  )
}
