import { Empty, LinkList, SummaryList, WarningCallout } from '#design/index.ts'
import { momentInWords } from '#kernel/calendar/words.ts'
import { reference } from '#kernel/references.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import { type AnyRoute, page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { aMemberOrTheTeam, anInsider, anyone } from '#platform/permission.ts'
import { cadenceInWords } from './facts.ts'
import { mayChangeRules, mayReadPeople, rhythmInWords, rulesInWords } from './group-rules.tsx'
import { NotConfirmed } from './parts.tsx'
import { networkPaths } from './paths.ts'
import { type GroupMeeting, type GroupMember, type GroupPage, groupPage } from './queries.ts'
import { rhythmWarnings } from './rhythm.ts'

/** One group for everyone: what it does, who is in it, when it meets (M37). */
export const groupRoutes: AnyRoute[] = [
  page<GroupPage>('/:network/groups/:group', {
    who: anyone,
    audit: 'nothing',
    load: ({ tx, params, now, today }) => groupPage(tx, params.group, now, today),
    handler: visit => show(groupScreen(visit)),
  }),
]

function groupScreen(visit: Visit<GroupPage>): Screen {
  const { network, thing, actor } = visit
  const isInside = aMemberOrTheTeam.holds(actor, undefined)
  const runs = mayChangeRules.holds(actor, thing)
  const { slug } = network
  const known = thing.facts.groups.find(each => each.slug === thing.slug)
  return {
    title: theirs(thing.name),
    back: { href: networkPaths.governance(slug), text: 'Back to who decides what' },
    body: (
      <>
        <p>{theirs(thing.about)}</p>
        <NotConfirmed
          when={thing.illustrative}
          what="This group is an example. The network has not confirmed it yet."
        />
        <p>{rhythmInWords(thing) ?? (known?.cadence && `It meets ${cadenceInWords(known.cadence)}.`)}</p>
        {isInside && <Warnings thing={thing} today={visit.today} slug={slug} mayPlan={runs} />}
        <h2>Who is in it</h2>
        <Members members={thing.members} named={isInside} />
        {mayReadPeople.holds(actor, thing) && (
          <p>
            <a href={networkPaths.groupPeople(slug, thing.slug)}>Who was in it when</a>
          </p>
        )}
        <h2>Next meetings</h2>
        <Meetings
          meetings={thing.coming}
          none="No meeting is planned yet. Look in again soon."
          slug={mayReadPeople.holds(actor, thing) ? slug : undefined}
        />
        {thing.coming.length > 0 && (
          <p>
            <a href={`/${slug}/calendar/groups/${thing.slug}.ics`}>Put these meetings in your calendar</a>, or{' '}
            <a href={`/${slug}/calendar/meetings.ics`}>those of all groups</a>. When one moves, it moves there
            too.
          </p>
        )}
        {thing.past.length > 0 && (
          <>
            <h2>Past meetings</h2>
            <Meetings
              meetings={thing.past}
              none=""
              slug={mayReadPeople.holds(actor, thing) ? slug : undefined}
            />
          </>
        )}
        <h2>How it works</h2>
        {thing.terms && <p className="loop-words">{theirs(thing.terms)}</p>}
        <SummaryList rows={rulesInWords(thing, visit)} />
        {runs && (
          <p>
            <a href={networkPaths.groupRules(slug, thing.slug)}>Change how it works</a>
          </p>
        )}
        <h2>What it does with what people say</h2>
        <p>
          Each view that comes to this group is talked about. The person who raised it reads what was said,
          and why.
        </p>
        <LinkList
          links={[
            { href: `/${slug}/you-said-we-did?group=${thing.slug}`, text: 'You said, we did' },
            {
              href: `/${slug}/decisions`,
              text: 'Decisions',
              hint: 'What was decided, why, and whose views it used',
            },
            {
              href: `/${slug}/interests`,
              text: 'Register of interests',
              hint: 'What those who vote have a stake in',
            },
            {
              href: `/${slug}/promises`,
              text: 'How well it keeps its promises',
              hint: 'How fast it answers, and what was late',
            },
            ...(anInsider.holds(actor, undefined) && thing.kind === 'sig'
              ? [
                  {
                    href: `/${slug}/groups/${thing.slug}/library`,
                    text: `Library of the ${theirs(thing.shortName)}`,
                    hint: 'What people asked it before, and what it answered',
                  },
                ]
              : []),
            ...(aMemberOrTheTeam.holds(actor, undefined) && thing.kind === 'sig'
              ? [{ href: `/${slug}/requests/new`, text: `Ask the ${theirs(thing.shortName)} something` }]
              : []),
          ]}
        />
      </>
    ),
  }
}

/** What is wrong with how often it meets, for those who can do something about it (BOARD-1). */
function Warnings({
  thing,
  today,
  slug,
  mayPlan,
}: {
  thing: GroupPage
  today: PlainDate
  slug: string
  mayPlan: boolean
}) {
  const warnings = rhythmWarnings(thing.rhythm, today)
  if (warnings.length === 0) return null
  return (
    <WarningCallout title="Meetings to plan">
      {warnings.map(each => (
        <p key={each.kind}>{each.sentence}</p>
      ))}
      {mayPlan && (
        <p>
          <a href={`/${slug}/meetings/new?group=${thing.slug}`}>Plan a meeting</a>
        </p>
      )}
    </WarningCallout>
  )
}

function Members({ members, named }: { members: readonly GroupMember[]; named: boolean }) {
  const of = (role: GroupMember['role']) => members.filter(each => each.role === role)
  const volunteers = of('volunteer')
  const rows = [
    { key: 'Chair', people: of('chair') },
    { key: 'Deputy chair', people: of('deputy') },
    { key: 'Members', people: of('member') },
  ]
    .filter(row => row.people.length > 0)
    .map(row => ({ key: row.key, value: <Names of={row.people} /> }))
  if (rows.length === 0 && volunteers.length === 0)
    return <Empty>This group is looking for its first people.</Empty>
  return (
    <>
      <SummaryList
        rows={[
          ...rows,
          {
            key: 'Volunteers',
            // The public reads how many there are: a volunteer's name is theirs to give (R23).
            value:
              volunteers.length === 0 ? (
                'None yet. It could be you.'
              ) : named ? (
                <Names of={volunteers} />
              ) : volunteers.length === 1 ? (
                '1 member of the public'
              ) : (
                `${volunteers.length} members of the public`
              ),
          },
        ]}
      />
      {volunteers.some(each => each.voting) && (
        <p>Volunteers here have a vote, like everybody else in the group.</p>
      )}
    </>
  )
}

function Names({ of }: { of: readonly GroupMember[] }) {
  return (
    <ul className="nhsuk-list nhsuk-u-margin-bottom-0">
      {of.map(each => (
        <li key={each.name} dir="auto">
          {each.name}
        </li>
      ))}
    </ul>
  )
}

function Meetings({
  meetings,
  none,
  slug,
}: {
  meetings: readonly GroupMeeting[]
  none: string
  /** For those who may open a meeting's page. */
  slug: string | undefined
}) {
  if (meetings.length === 0) return <Empty>{none}</Empty>
  return (
    <ul className="nhsuk-list nhsuk-list--bullet">
      {meetings.map(each => (
        <li key={each.startsAt.toString()}>
          <When meeting={each} slug={slug} />, {each.cancelled ? 'cancelled' : each.place}
        </li>
      ))}
    </ul>
  )
}

function When({ meeting, slug }: { meeting: GroupMeeting; slug: string | undefined }) {
  const time = <time dateTime={meeting.startsAt.toString()}>{momentInWords(meeting.startsAt)}</time>
  return slug ? <a href={`/${slug}/meetings/${reference('M', meeting.number)}`}>{time}</a> : time
}
