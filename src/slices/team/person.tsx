import { Temporal } from 'temporal-polyfill'
import { ButtonLink, LinkList, Quote, StatusTag, SummaryList, Table, telephone } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import { type AnyRoute, page, type Screen, type Slice, show, type Visit } from '#platform/http/route.ts'
import { settingOf } from '#platform/network-settings.ts'
import { type Actor, holdsPost, theTeam } from '#platform/permission.ts'
import { isResting } from '#platform/preferences.ts'
import { channelWords, registrationPaths } from '#slices/registration/index.ts'
import { idIn } from './messages.tsx'
import { teamPaths as paths } from './paths.ts'
import { type PersonInFull, personInFull } from './people-queries.ts'
import { postWords, roleWords } from './words.ts'

export async function loadPerson(
  visit: Visit,
  how: { forChange: boolean },
): Promise<PersonInFull | undefined> {
  const id = idIn(visit.params.person)
  return id === undefined || id > 2 ** 31 - 1 ? undefined : await personInFull(visit.tx, id, how)
}

/** The way back from a form about a person. */
export const toPerson = (visit: Visit<PersonInFull>) => ({
  href: paths.person(visit.network.slug, visit.thing.person.id),
  text: visit.thing.person.name,
})

export const leadsTheTeam = (actor: Actor): boolean =>
  holdsPost(actor, 'portfolio-manager') || holdsPost(actor, 'director')

/** A volunteer's place that has begun: its end has a reason, a right of reply and a decision. */
export const endsWithAReply = (place: { role: string; from: string }, today: PlainDate): boolean =>
  place.role === 'volunteer' && place.from < today.toString()

export const personRoutes = (slices: () => readonly Slice[]): AnyRoute[] => [
  page<PersonInFull>('/:network/team/people/:person', {
    who: theTeam,
    // Contact details and help somebody needs: each look is logged (R58).
    audit: 'person-opened',
    load: loadPerson,
    handler: visit => show(one(visit, slices())),
  }),
]

const day = (iso: string) => dateInWords(Temporal.PlainDate.from(iso))
const span = (from: string, to: string | null) => (to ? `${day(from)} to ${day(to)}` : `Since ${day(from)}`)

/** While they rest, nothing is asked of them. */
function restOf({ thing: { person }, today }: Visit<PersonInFull>) {
  if (!isResting(person, today)) return []
  const until = person.paused_until ? `until ${dateInWords(person.paused_until)}` : 'until they say'
  return [{ key: 'A time of rest', value: `Rests since ${dateInWords(person.paused_from!)}, ${until}` }]
}

function one(visit: Visit<PersonInFull>, slices: readonly Slice[]): Screen {
  const { person, places, posts, absences, trusts, applications } = visit.thing
  const { slug } = visit.network
  const at = (rest: string) => paths.ofPerson(slug, person.id, rest)
  const ended = (to: string | null) => to !== null && to < visit.today.toString()
  return {
    title: person.name,
    back: { href: paths.people(slug), text: 'People' },
    wide: true,
    body: (
      <>
        <h2 className="nhsuk-heading-m">How to reach them</h2>
        <SummaryList
          rows={[
            { key: 'The way they chose', value: channelWords[person.channel] },
            {
              key: 'E-mail',
              value: person.email ? (
                <>
                  <a href={`mailto:${person.email}`}>{person.email}</a>
                  {visit.thing.troubled.includes('email') && (
                    <>
                      {' '}
                      <StatusTag tone="late">Came back</StatusTag>{' '}
                      <a href={`/${slug}/team/came-back/${person.id}`}>See why, and put it right</a>
                    </>
                  )}
                </>
              ) : (
                'None'
              ),
            },
            {
              key: 'Phone number',
              value: person.phone ? <a href={telephone(person.phone)}>{person.phone}</a> : 'None',
            },
            {
              key: 'Address',
              value: <span className="loop-words">{person.postal_address ?? 'None'}</span>,
            },
            { key: 'Large print', value: person.large_print ? 'Yes' : 'No' },
            {
              key: 'Help they need',
              value: person.help_words ? <Quote words={person.help_words} /> : 'None',
            },
            ...restOf(visit),
            { key: 'Sign-in', value: person.account_id ? 'Has signed in' : 'Has not signed in yet' },
            ...(trusts.length > 0 ? [{ key: 'Contact of', value: trusts.join(', ') }] : []),
          ]}
        />
        <ButtonLink href={at('contact')} secondary>
          Change how to reach them
        </ButtonLink>
        <h2 className="nhsuk-heading-m">Places in groups</h2>
        {places.length === 0 ? (
          <p>None.</p>
        ) : (
          <Table
            caption="Places, now and before"
            captionHidden
            columns={[{ title: 'Group' }, { title: 'As' }, { title: 'When' }, { title: 'Change' }]}
            rows={places.map(each => [
              each.group,
              `${roleWords[each.role] ?? each.role}, ${each.voting ? 'votes' : 'does not vote'}${each.lay ? ', lay' : ''}`,
              span(each.from, each.to),
              ended(each.to) ? (
                'Has ended'
              ) : endsWithAReply(each, visit.today) && !leadsTheTeam(visit.me) ? (
                'Only the portfolio manager or the director can ask for its end'
              ) : (
                <a
                  href={
                    endsWithAReply(each, visit.today)
                      ? at(`ending?place=${each.id}`)
                      : at(`places/${each.id}/end`)
                  }
                  key="end"
                >
                  End<span className="nhsuk-u-visually-hidden"> the place in {each.group}</span>
                </a>
              ),
            ])}
          />
        )}
        <ButtonLink href={at('places/new')} secondary>
          Give a place in a group
        </ButtonLink>
        <h2 className="nhsuk-heading-m">Posts</h2>
        {posts.length === 0 ? (
          <p>None.</p>
        ) : (
          <Table
            caption="Posts, now and before"
            captionHidden
            columns={[{ title: 'Post' }, { title: 'When' }, { title: 'Change' }]}
            rows={posts.map(each => [
              postWords[each.post] ?? each.post,
              span(each.from, each.to),
              !ended(each.to) && leadsTheTeam(visit.me) ? (
                <a href={at(`posts/${each.id}/end`)} key="end">
                  End<span className="nhsuk-u-visually-hidden"> the post {postWords[each.post]}</span>
                </a>
              ) : (
                ''
              ),
            ])}
          />
        )}
        {leadsTheTeam(visit.me) && (
          <ButtonLink href={at('posts/new')} secondary>
            Give a post
          </ButtonLink>
        )}
        <h2 className="nhsuk-heading-m">Away</h2>
        <p>While a chair is away, what comes in goes to the deputy by itself.</p>
        {absences.length > 0 && (
          <ul className="nhsuk-list nhsuk-list--bullet">
            {absences.map(each => (
              <li key={each.id}>{span(each.from, each.to)}</li>
            ))}
          </ul>
        )}
        <ButtonLink href={at('absences/new')} secondary>
          Note when they are away
        </ButtonLink>
        <h2 className="nhsuk-heading-m">More</h2>
        <LinkList
          links={[
            ...applications.map(number => ({
              href: registrationPaths.one(slug, number),
              text: `Application ${number}`,
            })),
            ...slices
              .flatMap(slice => slice.personDoors ?? [])
              .filter(
                door =>
                  door.who.holds(visit.me, undefined) &&
                  (!door.needsPlace || places.some(each => !ended(each.to))) &&
                  (!door.while || settingOf(visit.network, door.while)),
              )
              .sort((a, b) => a.order - b.order)
              .map(({ text, hint, path }) => ({
                text,
                ...(hint ? { hint } : {}),
                href: path(slug, person.id),
              })),
          ]}
        />
      </>
    ),
  }
}
