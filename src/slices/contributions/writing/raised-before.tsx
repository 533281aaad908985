import { ButtonLink, Quote } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { reference } from '#kernel/references.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { type AnyRoute, go, page, show, type Visit } from '#platform/http/route.ts'
import { anInsider } from '#platform/permission.ts'
import { type PublishedNear, publishedNear } from '#slices/you-said-we-did/index.ts'
import { shownName } from '../access.ts'
import { mayJoin } from '../contribution.ts'
import { contributionPaths } from '../paths.ts'
import { readDraft } from './draft.ts'
import { type Near, nearOnes, stateForOthers } from './near.ts'
import { backFrom } from './steps.tsx'

const mostPublished = 3
/** Less than this shares a common word and no more. */
const alike = 0.4

/** LOOP-4: "Has this been raised before?", what came of it, and joining it instead. */
export const raisedBeforeRoutes: readonly AnyRoute[] = [
  page('/:network/contributions/new/raised-before', {
    who: anInsider,
    audit: 'nothing',
    handler: async visit => {
      const { tx, me, network } = visit
      const { draft } = await readDraft(tx, me.personId)
      const next = contributionPaths.step(network.slug, visit.query.has('change') ? 'check' : 'about')
      if (!draft.words) return go(contributionPaths.step(network.slug, 'words'))
      const near = await nearOnes(tx, me, draft.words)
      const here = new Set(near.map(each => reference('C', each.number)))
      // What this network published and this person sees whole above is not shown twice.
      const published = (await publishedNear(tx, draft.words, mostPublished + near.length))
        .filter(
          each => each.likeness >= alike && !(each.networkId === network.id && here.has(each.reference)),
        )
        .slice(0, mostPublished)
      if (near.length + published.length === 0) return go(next)
      return show({
        title: 'Has this been raised before?',
        back: backFrom(visit, 'raised-before'),
        body: (
          <>
            {near.length > 0 && (
              <p>
                These are like what you wrote. If one is the same, you can join it and add your own words. You
                then hear what comes of it, and have your own say on whether it is closed.
              </p>
            )}
            {near.map(each => (
              <NearOne visit={visit} near={each} key={each.id} />
            ))}
            {published.length > 0 && (
              <>
                <h2 className="nhsuk-heading-m">What came of something like it</h2>
                <p>This is public. You can still send yours.</p>
                {published.map(each => (
                  <PublishedOne near={each} key={each.href} />
                ))}
              </>
            )}
            <ButtonLink href={next}>Mine is different: carry on</ButtonLink>
          </>
        ),
      })
    },
  }),
]

/** Published by this or another network, with the consent of those who raised it to exactly this text. */
function PublishedOne({ near }: { near: PublishedNear }) {
  return (
    <section className="nhsuk-card">
      <div className="nhsuk-card__content">
        <h3 className="nhsuk-card__heading nhsuk-heading-s">
          <a href={near.href}>
            {near.networkName}: <span dir="auto">{near.title}</span>
          </a>
        </h3>
        <p dir="auto">You said: {shorten(near.youSaid, 200)}</p>
        <p dir="auto">We did: {shorten(near.weDid, 300)}</p>
      </div>
    </section>
  )
}

function NearOne({ visit, near }: { visit: Visit; near: Near }) {
  const { slug } = visit.network
  const name = reference('C', near.number)
  return (
    <section className="nhsuk-card">
      <div className="nhsuk-card__content">
        <h2 className="nhsuk-card__heading nhsuk-heading-s">
          <a href={contributionPaths.one(slug, name)}>
            {name}: <span dir="auto">{near.title}</span>
          </a>
        </h2>
        <Quote words={shorten(near.shownWords, 200)} />
        <p>
          {creditInWords(near, visit)} <strong>{stateForOthers[near.state]}.</strong>
        </p>
        {near.cameOfIt && <p dir="auto">{shorten(near.cameOfIt, 300)}</p>}
        {near.mine ? (
          <p>You are in this one already.</p>
        ) : (
          mayJoin({ state: near.state } as Parameters<typeof mayJoin>[0]) && (
            <p>
              <a href={contributionPaths.do(slug, name, 'join')}>
                Join this one<span className="nhsuk-u-visually-hidden"> ({name})</span>
              </a>
            </p>
          )
        )}
      </div>
    </section>
  )
}

/** Who raised it first, as they chose to be named. */
function creditInWords(near: Near, visit: Visit): string {
  const day = dateInWords(near.receivedAt.toZonedDateTimeISO('Europe/London').toPlainDate())
  const who = near.first ? shownName(near.first, visit.me) : 'Somebody who has left it'
  const more = near.contributors - (near.first ? 1 : 0)
  const others = more <= 0 ? '' : more === 1 ? ', and one person joined' : `, and ${more} people joined`
  return `First raised by ${who} on ${day}${others}.`
}
