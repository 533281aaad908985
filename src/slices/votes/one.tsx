import {
  ButtonLink,
  Details,
  InsetText,
  LinkList,
  Quote,
  Reference,
  StatusTag,
  SummaryList,
  Table,
  Timeline,
} from '#design/index.ts'
import { dateInWords, momentInWords } from '#kernel/calendar/words.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { page, type Screen, show } from '#platform/http/route.ts'
import { type ToDoFirst, toDoBeforeVote, VoteAfter } from '#slices/induction/index.ts'
import { meetingPaths } from '#slices/meetings/index.ts'
import { byOf, mayPropose, mayReadDissent, mayReadMotion, mayVoteForOthers } from './access.ts'
import { dissentCannot } from './changes.ts'
import { untilInWords } from './messages.ts'
import { isOverTime, stateWords } from './motion.ts'
import { type Here, loadFor } from './parts.tsx'
import { type MotionStep, votePaths } from './paths.ts'
import { countedBallots } from './queries.ts'
import { type LoadedMotion, momentOf } from './store.ts'
import type { Result } from './tally.ts'
import { timelineOf } from './timeline.tsx'
import {
  choiceInWords,
  figuresInWords,
  isOurs,
  labelOf,
  majorityWords,
  mannerWords,
  outcomeInWords,
  quorumInWords,
  whatItTells,
} from './words.ts'

type Counted = Awaited<ReturnType<typeof countedBallots>>

export const oneRoutes = [
  page<LoadedMotion>('/:network/motions/:motion', {
    who: mayReadMotion,
    audit: 'nothing',
    load: loadFor('nothing'),
    async handler(visit) {
      const { it, id } = visit.thing
      const secret = it.state === 'closed' && it.terms.isSecret
      const counted = secret ? await countedBallots(visit.tx, id) : []
      // Whoever has a vote in the group and is not on the roll sees why, and what to do about it.
      const onRoll = visit.thing.roll.some(each => each.personId === visit.me.personId)
      const asks = (it.state === 'draft' || it.state === 'open') && !onRoll
      const first = asks ? await toDoBeforeVote(visit, visit.thing.groupId) : []
      return show(motionScreen(visit, counted, first))
    },
  }),
]

function motionScreen(visit: Here, counted: Counted, first: readonly ToDoFirst[]): Screen {
  const { thing, network } = visit
  const { it, item } = thing
  const title = shorten(it.terms.text, 120)
  const back =
    item.item.state === 'on-agenda'
      ? { href: meetingPaths.item(network.slug, item.meeting.reference, item.id), text: 'Back to the item' }
      : { href: meetingPaths.one(network.slug, item.meeting.reference), text: 'Back to the meeting' }
  return {
    title: theirs(title),
    caption: `${thing.reference}, ${theirs(item.meeting.group.name)}`,
    back,
    body: (
      <>
        {title !== it.terms.text && <Quote words={it.terms.text} />}
        <VoteAfter first={first} />
        {it.state === 'closed' ? (
          <Outcome visit={visit} result={it.result} counted={counted} />
        ) : (
          <Now visit={visit} />
        )}
        <SummaryList
          rows={[
            ...(it.state === 'closed'
              ? []
              : [
                  {
                    key: 'Where it is',
                    value: <StatusTag tone={toneOf(visit)}>{whereItIs(visit)}</StatusTag>,
                  },
                ]),
            ...(it.terms.kind === 'for-against'
              ? []
              : [
                  {
                    key: 'Choices',
                    value: (
                      <ul className="nhsuk-list nhsuk-list--bullet">
                        {it.terms.options.map(each => (
                          <li key={each.key}>
                            <bdi>{each.text}</bdi>
                          </li>
                        ))}
                      </ul>
                    ),
                  },
                ]),
            { key: 'How', value: mannerWords(it.terms) },
            {
              key: 'What it takes',
              value: `${majorityWords(it.terms)}.${it.terms.castingVote ? ' On a tie the chair decides.' : ''}`,
            },
            {
              key: 'Item',
              value: (
                <a href={back.href}>
                  <bdi>{item.item.title}</bdi>
                </a>
              ),
            },
            {
              key: 'Meeting',
              value: `${theirs(item.meeting.row.title)}, ${dateInWords(item.meeting.it.startsAt.toZonedDateTimeISO('Europe/London').toPlainDate())}`,
            },
            { key: 'Proposed by', value: theirs(thing.proposedBy) },
            ...(thing.supersedes
              ? [{ key: 'Instead of', value: <Mark visit={visit} motion={thing.supersedes} /> }]
              : []),
          ]}
        />
        {it.state === 'open' && <Roll visit={visit} />}
        <OwnWords visit={visit} />
        <Steps visit={visit} />
        <h2 className="nhsuk-heading-m">What happened</h2>
        <Timeline
          entries={thing.history.map(each => ({
            when: momentInWords(momentOf(each)),
            dateTime: each.at,
            by: each.by_words,
            ...timelineOf(each.event, each.details as Record<string, unknown>),
          }))}
        />
      </>
    ),
  }
}

const Mark = ({ visit, motion }: { visit: Here; motion: string }) => (
  <a href={votePaths.one(visit.network.slug, motion)}>
    <Reference>{motion}</Reference>
  </a>
)

function whereItIs({ thing, now }: Here): string {
  return isOverTime(thing.it, now) ? 'The time is over, it is being counted' : stateWords[thing.it.state]
}

const toneOf = ({ thing }: Here) =>
  thing.it.state === 'open' ? 'moving' : thing.it.state === 'withdrawn' ? 'stopped' : 'waiting'

/** Before it is closed: what this person can do now. */
function Now({ visit }: { visit: Here }) {
  const { thing, me, network, now } = visit
  const { it } = thing
  if (it.state === 'withdrawn') return <Quote words={it.because} by="Why it was withdrawn" />
  if (it.state !== 'open' || isOverTime(it, now)) return null
  const mine = thing.roll.find(each => each.personId === me.personId)
  const until = it.closesAt && <p>You can vote until {untilInWords(it.closesAt)}.</p>
  if (!mine) return null
  if (mine.offBecause === 'conflict') {
    return <InsetText>You have a conflict of interest on this item, so you do not vote on it.</InsetText>
  }
  if (!mine.hasVoted) {
    return (
      <>
        <ButtonLink href={votePaths.ballot(network.slug, thing.reference)}>Vote now</ButtonLink>
        {until}
      </>
    )
  }
  return (
    <InsetText>
      <p>You have voted. You can change your vote until the vote is closed.</p>
      <p>
        <a href={votePaths.receipt(network.slug, thing.reference)}>See my receipt</a>
      </p>
      <p>
        <a href={votePaths.ballot(network.slug, thing.reference)}>Change my vote</a>
      </p>
    </InsetText>
  )
}

function Outcome({ visit, result, counted }: { visit: Here; result: Result; counted: Counted }) {
  const { thing, network } = visit
  const { terms } = thing.it
  const tells = whatItTells(terms, result)
  return (
    <>
      <InsetText>
        <p>
          <strong>{outcomeInWords(terms, result)}</strong>
        </p>
        <p>{figuresInWords(terms, result)}</p>
        {thing.supersededBy && (
          <p>
            <Mark visit={visit} motion={thing.supersededBy} /> stands instead of it now.
          </p>
        )}
      </InsetText>
      {result.outcome === 'waits-for-chair' && byOf(visit.me, thing).leads && (
        <ButtonLink href={votePaths.step(network.slug, thing.reference, 'casting-vote')}>
          Give your casting vote
        </ButtonLink>
      )}
      <p>{quorumInWords(result)}</p>
      {result.conflicts.length > 0 && (
        <p>
          Conflicts of interest:{' '}
          {result.conflicts
            .map(
              each =>
                `${theirs(thing.conflicts.find(one => one.personId === each.personId)?.name ?? '') || 'a member'} (${outcomeOfConflict[each.outcome]})`,
            )
            .join(', ')}
          .
        </p>
      )}
      {result.rounds.length > 1 && (
        <Table
          caption="Round by round"
          columns={[{ title: 'Round' }, { title: 'Votes' }, { title: 'Left out after it' }]}
          rows={result.rounds.map((round, n) => [
            String(n + 1),
            <Voted
              key={n}
              words={round.counts.map(each => `${labelOf(terms, each.key)}: ${each.votes}`).join(', ')}
            />,
            <Voted
              key={n}
              words={round.out.length > 0 ? round.out.map(each => labelOf(terms, each)).join(', ') : 'None'}
              ours={round.out.length === 0}
            />,
          ])}
        />
      )}
      {terms.isSecret ? (
        counted.length > 0 && (
          <>
            <Details summary="All ballots, without names">
              <p>In the order of their receipts. If you wrote yours down, you find your ballot here.</p>
              <Table
                caption="All ballots"
                captionHidden
                columns={[{ title: 'Receipt' }, { title: 'Vote' }]}
                rows={counted.map(each => [
                  theirs(each.receipt),
                  <Voted
                    key={each.receipt}
                    words={choiceInWords(terms, each.choice)}
                    ours={isOurs(each.choice)}
                  />,
                ])}
              />
            </Details>
            {tells && <p>{tells}</p>}
          </>
        )
      ) : (
        <Details summary="Who voted how" open={thing.roll.length <= 20}>
          <Table
            caption="Who voted how"
            captionHidden
            columns={[{ title: 'Name' }, { title: 'Vote' }]}
            rows={thing.roll.map(each => [
              theirs(each.name),
              each.choice ? (
                <Voted
                  key="vote"
                  ours={isOurs(each.choice)}
                  words={`${choiceInWords(terms, each.choice)}${each.recordedBy ? `, as told to ${theirs(each.recordedBy)}` : ''}`}
                />
              ) : each.offBecause === 'conflict' ? (
                'Conflict of interest'
              ) : each.offBecause === 'left' ? (
                'Membership ended'
              ) : (
                'Did not vote'
              ),
            ])}
          />
        </Details>
      )}
    </>
  )
}

/** A choice of one endless word breaks rather than widening the page. */
const Voted = ({ words, ours = false }: { words: string; ours?: boolean }) =>
  ours ? <span className="loop-break">{words}</span> : <bdi className="loop-break">{words}</bdi>

const outcomeOfConflict = {
  none: 'none',
  noted: 'noted',
  speaks: 'speaks, does not vote',
  leaves: 'leaves for the item',
  'no-paper': 'does not get the paper',
} as const

/** Who has voted, never how. */
function Roll({ visit }: { visit: Here }) {
  const on = visit.thing.roll.filter(each => each.offBecause === null)
  const voted = on.filter(each => each.hasVoted)
  return (
    <Details summary={`${voted.length} of ${on.length} have voted`}>
      <ul className="nhsuk-list nhsuk-list--bullet">
        {on.map(each => (
          <li key={each.personId}>
            {theirs(each.name)}: {each.hasVoted ? 'has voted' : 'not yet'}
          </li>
        ))}
      </ul>
    </Details>
  )
}

function OwnWords({ visit }: { visit: Here }) {
  const { thing, me } = visit
  const shown = thing.dissents.filter(each => mayReadDissent(me, thing, each))
  if (shown.length === 0) return null
  return (
    <>
      <h2 className="nhsuk-heading-m">In their own words</h2>
      {shown.map(each => (
        <Quote
          words={each.words}
          by={`${theirs(each.name)}${each.recorded ? ', as told to the team' : ''}${each.forChairOnly ? '. For the chair and the deputy only' : ''}`}
          key={each.personId}
        />
      ))}
    </>
  )
}

function Steps({ visit }: { visit: Here }) {
  const { thing, me, network } = visit
  const { it } = thing
  const by = byOf(me, thing)
  const to = (step: MotionStep, text: string) => ({
    href: votePaths.step(network.slug, thing.reference, step),
    text,
  })
  const forOthers = mayVoteForOthers.holds(me, thing)
  const links = [
    ...(it.state === 'draft' && by.leads ? [to('open', 'Open the vote')] : []),
    ...(it.state === 'open' && by.leads ? [to('close', 'Close the vote')] : []),
    ...(it.state === 'open' && forOthers ? [to('ballot-for', 'Write down a vote for somebody')] : []),
    ...(it.state === 'draft' && (by.leads || by.isTeam || by.proposed)
      ? [to('change', 'Change this motion')]
      : []),
    ...((it.state === 'draft' && (by.leads || by.isTeam || by.proposed)) ||
    (it.state === 'open' && (by.leads || by.isTeam))
      ? [to('withdraw', 'Withdraw this motion')]
      : []),
    ...(it.state === 'closed' &&
    (dissentCannot(thing, me.personId) === undefined ||
      (forOthers && thing.roll.some(each => dissentCannot(thing, each.personId) === undefined)))
      ? [to('dissent', 'Add own words')]
      : []),
    ...(it.state === 'closed' && mayPropose.holds(me, thing)
      ? [to('again', 'Propose another motion instead')]
      : []),
  ]
  if (links.length === 0) return null
  return (
    <>
      <h2 className="nhsuk-heading-m">What you can do</h2>
      <LinkList links={links} />
    </>
  )
}
