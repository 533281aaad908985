import { InsetText, LinkList } from '#design/index.ts'
import { clockOn } from '#kernel/clocks.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { askTogether } from '#platform/database/questions.ts'
import { type AnyRoute, page, type Screen, show, type Visit } from '#platform/http/route.ts'
import type { Post } from '#platform/permission.ts'
import { anyone } from '#platform/permission.ts'
import {
  type Facts,
  factsQuestion,
  NotConfirmed,
  networkPaths,
  weeksInWords,
} from '#slices/networks/index.ts'
import { loopOf, type Station, treeOf } from './layout.ts'
import { Drawing } from './picture.tsx'
import { type GroupNow, groupsNow, postsHeld } from './queries.ts'

interface Here {
  readonly facts: Facts
  readonly groups: readonly GroupNow[]
  readonly posts: ReadonlySet<Post>
}

/** Who decides what and how a view travels: drawn and said, from what is so today (M2, M16, PEOPLE-22). */
export const governanceRoutes: AnyRoute[] = [
  page('/:network/governance', {
    who: anyone,
    audit: 'nothing',
    async handler(visit) {
      const [facts, groups, posts] = await askTogether(visit.tx, [
        factsQuestion(visit.network.id),
        groupsNow(visit.today),
        postsHeld(visit.today),
      ])
      return show(screen(visit, { facts, groups, posts }))
    },
  }),
]

const many = (count: number, one: string, more = `${one}s`) => `${count} ${count === 1 ? one : more}`

function screen(visit: Visit, here: Here): Screen {
  const { network } = visit
  const { slug } = network
  const { groups, facts } = here
  const of = (kind: GroupNow['kind']) => groups.filter(each => each.kind === kind)
  const days = clockOn('acknowledge', visit.today, network.clocks)
  return {
    title: 'Who decides what',
    back: { href: networkPaths.front(slug), text: `Back to ${network.shortName}` },
    body: (
      <>
        <p>
          This page shows the groups of {network.name}, what each one decides, and how something you say gets
          to the right people. Each picture says the same as the words below it.
        </p>
        <h2>The groups</h2>
        {groups.length === 0 ? (
          <p>The network has not named its groups yet.</p>
        ) : (
          <Drawing
            picture={treeOf(
              of('board').map(each => stationOf(each)),
              [...of('workstream'), ...of('sig')].map(each => stationOf(each)),
            )}
            title={`The groups of ${network.name}`}
            description={treeInWords(of('board'), of('workstream'), of('sig'))}
          />
        )}
        <h3>The board</h3>
        <p>
          The board decides what the network does. Doctors, managers and volunteers sit on it together.
          Volunteers are members of the public. Their vote counts the same as everybody’s.
        </p>
        <Groups slug={slug} groups={of('board')} />
        {of('workstream').length > 0 && (
          <>
            <h3>Workstreams</h3>
            <p>A workstream gets one big piece of work done for the whole network.</p>
            <Groups slug={slug} groups={of('workstream')} />
          </>
        )}
        <h3>Special interest groups</h3>
        <p>
          A special interest group, or SIG, knows one kind of scan or one group of patients well. Volunteers
          can ask it for facts, numbers and explanations. Its chair has{' '}
          {many(clockOn('request-answer', visit.today, network.clocks), 'working day')} to answer.
        </p>
        <Groups slug={slug} groups={of('sig')} />
        <h3>The team</h3>
        <Team posts={here.posts} />
        <h2>How a view travels</h2>
        <Drawing
          picture={loopOf(travelStations(days))}
          title="How a view travels"
          description={`A view goes round in five steps and comes back to you. ${travelStations(days)
            .map((each, n) => `${n + 1}: ${each.words}. ${each.note}.`)
            .join(' ')}`}
        />
        <Travel days={days} />
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

const peopleOf = ({ members, lay }: GroupNow): string =>
  members === 0 ? 'Nobody yet' : `${many(members, 'member')}, ${lay} from the public`

const stationOf = (group: GroupNow): Station => ({ words: theirs(group.name), note: peopleOf(group) })

function treeInWords(
  boards: readonly GroupNow[],
  workstreams: readonly GroupNow[],
  sigs: readonly GroupNow[],
): string {
  const named = (groups: readonly GroupNow[]) =>
    groups.map(each => `${theirs(each.name)}: ${peopleOf(each)}`).join('; ')
  return [
    boards.length > 0 && `At the top: ${named(boards)}.`,
    workstreams.length > 0 && `Below it ${many(workstreams.length, 'workstream')}: ${named(workstreams)}.`,
    sigs.length > 0 && `Below it ${many(sigs.length, 'special interest group')}: ${named(sigs)}.`,
  ]
    .filter(Boolean)
    .join(' ')
}

/** "16 members, 5 from the public. 12 have a vote, 5 of them from the public. It meets about every 9 weeks." */
function numbersInWords(group: GroupNow): string {
  return [
    `${peopleOf(group)}.`,
    group.voting > 0 &&
      `${group.voting} ${group.voting === 1 ? 'has' : 'have'} a vote, ${group.layVoting} of them from the public.`,
    group.cadenceWeeks !== null && `It means to meet ${weeksInWords(group.cadenceWeeks)}.`,
    group.decisions > 0 && `${many(group.decisions, 'public decision')} in the last 12 months.`,
  ]
    .filter(Boolean)
    .join(' ')
}

function Groups({ slug, groups }: { slug: string; groups: readonly GroupNow[] }) {
  if (groups.length === 0) return <p>There is no group here yet.</p>
  return (
    <LinkList
      links={groups.map(group => ({
        href: networkPaths.group(slug, group.slug),
        text: theirs(group.name),
        hint: `${theirs(group.about)}${group.illustrative ? ' (An example: not yet confirmed.)' : ''} ${numbersInWords(group)}`,
      }))}
    />
  )
}

/** Who stands in for a post that nobody holds today is the same rule that reminders follow. */
function Team({ posts }: { posts: ReadonlySet<Post> }) {
  const vacant = [
    !posts.has('co-ordinator') && 'There is no co-ordinator now. The Network Portfolio Manager stands in.',
    !posts.has('portfolio-manager') &&
      'There is no Network Portfolio Manager now. The Network Director stands in.',
    !posts.has('director') && 'There is no Network Director now. The Network Portfolio Manager stands in.',
  ].filter(each => each !== false)
  return (
    <>
      <p>
        A co-ordinator looks after volunteers and sees that every view gets to a group. The Network Portfolio
        Manager steps in when something is late or when you tell us that it is not closed. The Network
        Director steps in after that.
      </p>
      {vacant.map(each => (
        <InsetText key={each}>{each}</InsetText>
      ))}
    </>
  )
}

const travelStations = (days: number): readonly Station[] => [
  { words: 'You say it', note: 'In your own words, in any way you like' },
  {
    words: 'Documented',
    note: `It gets a number. Within ${many(days, 'working day')} you hear where it goes`,
  },
  { words: 'Considered', note: 'A group talks about it, and says yes or no and why' },
  { words: 'Actioned', note: 'What is agreed gets one person and one day' },
  { words: 'You close it', note: 'Or you say no, and it goes round again' },
]

function Travel({ days }: { days: number }) {
  return (
    <ol className="nhsuk-list nhsuk-list--number">
      <li>
        <strong>You say it.</strong> In your own words: on this website, by phone, by post or in a meeting.
      </li>
      <li>
        <strong>Documented.</strong> We keep your own words, and give you a number such as C-1042. Within{' '}
        {many(days, 'working day')} we say which group will talk about it, and when.
      </li>
      <li>
        <strong>Considered.</strong> The group talks about it. You read who took part, what was said, and why
        they agreed or did not.
      </li>
      <li>
        <strong>Actioned.</strong> What is agreed gets one owner and one day. If it cannot be done, you hear
        why.
      </li>
      <li>
        <strong>Closed.</strong> We tell you what came of it. You say if that closes it. Nobody else can. If
        you say no, it goes round again.
      </li>
    </ol>
  )
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
