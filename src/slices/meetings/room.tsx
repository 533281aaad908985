import { Fragment } from 'react'
import { z } from 'zod'
import {
  assets,
  ButtonLink,
  Details,
  Empty,
  InsetText,
  LinkList,
  Quote,
  WarningCallout,
} from '#design/index.ts'
import { timeInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  type Load,
  page,
  refused,
  type Screen,
  type Visit,
} from '#platform/http/route.ts'
import { isMemberOf } from '#platform/permission.ts'
import { mayReadItem, mayReadMeeting, mayReadWhatItSays, mayRunMeeting } from './access.ts'
import { askedWords, minutesInWords, runningClock } from './agenda.ts'
import { type AgendaLine, agendaOf, onAgenda } from './agenda-queries.ts'
import { Title } from './agenda-view.tsx'
import { turnToItem } from './item-changes.ts'
import { isAhead } from './meeting.ts'
import { askWithParts, type MeetingPart } from './part.ts'
import { meetingPaths } from './paths.ts'
import { type RoomFacts, roomFacts, versionOfRoom } from './room-facts.ts'
import { isGoingOn } from './running.tsx'
import { lowerHand, markSpoke, raiseHand } from './speaking.ts'
import { type LoadedMeeting, loadMeeting } from './store.ts'
import { clockTime, fromTo } from './words.ts'

type Here = Visit<LoadedMeeting>

const load: Load<LoadedMeeting> = (visit, how) => loadMeeting(visit, visit.params.meeting, how)

/** Without a script the page comes anew so often. */
const secondsBetween = 20

export const roomRoutes = (parts: readonly MeetingPart[]): readonly AnyRoute[] => [
  form('/:network/meetings/:meeting/room', {
    who: mayReadMeeting,
    audit: 'room-acted',
    // The page is always a little old; each button says itself what it is about.
    guardsVersion: false,
    load,
    fields: z.object({
      do: z
        .string({ error: 'Choose what to do' })
        .regex(/^(hand-up|hand-down|spoke-\d{1,9}|open-\d{1,9})$/, 'Choose what to do'),
    }),
    screen: (visit: Here, filled) => roomScreen(visit, filled, parts),
    async submit(visit: Here, given) {
      const [what = '', id] = given.do.split(/-(?=\d)/)
      const done = await act(visit, what, Number(id))
      if (!done) return errors({ message: 'Only those who run the meeting can do that' })
      if (!done.accepted) return refused(done)
      const room = meetingPaths.room(visit.network.slug, visit.thing.reference)
      return { to: visit.query.has('still') ? `${room}?still` : room }
    },
  }),
  page<LoadedMeeting>('/:network/meetings/:meeting/room/changes', {
    who: mayReadMeeting,
    audit: 'nothing',
    load,
    handler: ({ thing }) => ({
      kind: 'changes',
      of: `meeting ${thing.id}`,
      version: tx => versionOfRoom(tx, thing.id),
    }),
  }),
]

async function act(visit: Here, what: string, id: number) {
  const { me, thing } = visit
  if (what === 'hand-up') return await raiseHand(visit, thing, me.personId)
  if (what === 'hand-down') return await lowerHand(visit, thing, me.personId)
  if (!mayRunMeeting.holds(me, thing)) return undefined
  return what === 'spoke' ? await markSpoke(visit, thing, id) : await turnToItem(visit, thing, id)
}

async function roomScreen(visit: Here, filled: Filled, parts: readonly MeetingPart[]): Promise<Screen> {
  const { thing, network, me, query } = visit
  const items = onAgenda(await agendaOf(visit, thing))
  const open = items.find(each => each.opened_at && !each.closed_at)
  const readable = open && mayReadItem.holds(me, open) ? open : undefined
  const asked = roomFacts(visit, thing, open?.id)
  const { facts, ofItem } = readable
    ? await askWithParts(visit, asked, parts, [readable.id])
    : await askWithParts(visit, asked, [], [])
  const runs = mayRunMeeting.holds(me, thing)
  const moves = isGoingOn(thing) && !query.has('still') && filled.errors.length === 0
  const room = meetingPaths.room(network.slug, thing.reference)
  return {
    title: 'In the room',
    caption: `${thing.reference}, ${theirs(thing.row.title)}`,
    back: { href: meetingPaths.one(network.slug, thing.reference), text: 'Back to the meeting' },
    ...(moves ? { script: assets().roomScript.path, refreshAfter: secondsBetween } : {}),
    body: (
      <div id="do" {...(moves ? { 'data-changes': `${room}/changes`, 'data-version': facts.version } : {})}>
        {isGoingOn(thing) ? (
          <>
            <Now items={items} open={open} readable={readable} visit={visit} />
            <QuorumNow facts={facts} open={open !== undefined} />
            {runs ? (
              <Steer visit={visit} items={items} open={open} facts={facts} />
            ) : (
              open && <Hand visit={visit} facts={facts} />
            )}
            {readable && mayReadWhatItSays.holds(me, readable) && readable.about && (
              <Quote words={readable.about} />
            )}
            {readable && ofItem(readable.id).map((part, at) => <Fragment key={at}>{part}</Fragment>)}
            {readable && <Note visit={visit} item={readable.id} note={facts.note} />}
            <Comes items={items} visit={visit} />
            <p>
              {moves ? (
                <>
                  This page shows what is new by itself. <a href={`${room}?still`}>Stop that</a>
                </>
              ) : (
                <>
                  This page stays as it is. <a href={room}>Show what is new by itself</a>
                </>
              )}
            </p>
          </>
        ) : (
          <NotNow visit={visit} />
        )}
      </div>
    ),
  }
}

function NotNow({ visit }: { visit: Here }) {
  const { thing, me, network } = visit
  if (!isAhead(thing.it)) {
    return <p>This meeting is over. Its page says what comes next.</p>
  }
  return (
    <>
      <p>The meeting has not begun. {fromTo(thing.it.startsAt, thing.it.minutesLong)}.</p>
      {mayRunMeeting.holds(me, thing) && (
        <ButtonLink href={meetingPaths.step(network.slug, thing.reference, 'open')}>
          Open the meeting
        </ButtonLink>
      )}
    </>
  )
}

/** Where we are: the open item, and the clock as planned and as it is. */
function Now(props: {
  visit: Here
  items: readonly AgendaLine[]
  open: AgendaLine | undefined
  readable: AgendaLine | undefined
}) {
  const { visit, items, open, readable } = props
  if (!open) {
    const begun = items.some(each => each.opened_at)
    return <InsetText>{begun ? 'No item is open now.' : 'The first item opens soon.'}</InsetText>
  }
  const number = items.indexOf(open) + 1
  const planned = runningClock(visit.thing.it.startsAt, items).get(open.id)!
  const spent = Math.max(
    0,
    Math.floor((visit.now.epochMilliseconds - open.opened_at!.epochMilliseconds) / 60_000),
  )
  const presenter = open.presenterName ?? open.presenter_words
  return (
    <>
      <h2 className="nhsuk-heading-m">
        Now: {number}.{' '}
        {readable ? (
          <a href={meetingPaths.item(visit.network.slug, visit.thing.reference, open.id)}>
            <Title of={open} />
          </a>
        ) : (
          'A confidential item'
        )}
      </h2>
      <p>
        {askedWords[open.asked]}
        {readable && presenter && `, with ${theirs(presenter)}`}. Planned for {timeInWords(planned)}, began at{' '}
        {clockTime(open.opened_at!)}. {minutesInWords(spent)} of {minutesInWords(open.minutes)} used.
      </p>
    </>
  )
}

/** A lost quorum is said at once. */
function QuorumNow({ facts, open }: { facts: RoomFacts; open: boolean }) {
  const { quorum } = facts
  return quorum.held ? (
    <p>{quorum.words}</p>
  ) : (
    <WarningCallout title="There is no quorum">
      <p>{quorum.words.replace('There is no quorum: ', '').replace(/^./, first => first.toUpperCase())}</p>
      {open && <p>You can go on talking. A vote now only shows what people think.</p>}
    </WarningCallout>
  )
}

/** One button of the room. */
function Press(props: { visit: Here; value: string; words: string; about?: string; secondary?: boolean }) {
  return (
    <form method="post" noValidate>
      {Object.entries(props.visit.hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={value} key={name} />
      ))}
      <button
        className={`nhsuk-button${props.secondary ? ' nhsuk-button--secondary' : ''}`}
        type="submit"
        name="do"
        value={props.value}
      >
        {props.words}
        {props.about && <span className="nhsuk-u-visually-hidden"> {props.about}</span>}
      </button>
    </form>
  )
}

/** What has not been opened: what comes after the open item first, then what was passed over. */
function toCome(items: readonly AgendaLine[]): readonly AgendaLine[] {
  const at = items.findIndex(each => each.opened_at && !each.closed_at)
  return [...items.slice(at + 1), ...items.slice(0, at + 1)].filter(each => !each.opened_at)
}

/** For the chair, the deputy and the team. */
function Steer(props: {
  visit: Here
  items: readonly AgendaLine[]
  open: AgendaLine | undefined
  facts: RoomFacts
}) {
  const { visit, items, open, facts } = props
  const { network, thing } = visit
  const [next] = toCome(items)
  const titleOf = (item: AgendaLine) =>
    mayReadItem.holds(visit.me, item) ? theirs(item.title) : 'A confidential item'
  const step = (which: string) => meetingPaths.step(network.slug, thing.reference, which)
  return (
    <>
      {next && (
        <Press
          visit={visit}
          value={`open-${next.id}`}
          words={`Open item ${items.indexOf(next) + 1}: ${titleOf(next)}`}
        />
      )}
      <Speakers visit={visit} facts={facts} open={open !== undefined} />
      <Details summary="Go to another item">
        {items
          .filter(each => each !== open && each !== next)
          .map(each => (
            <Press
              visit={visit}
              value={`open-${each.id}`}
              words={`${items.indexOf(each) + 1}. ${titleOf(each)}`}
              secondary
              key={each.id}
            />
          ))}
      </Details>
      <LinkList
        links={[
          { href: step('attendance'), text: `Mark who is here (${facts.present.length} now)` },
          { href: step('end'), text: 'End the meeting' },
        ]}
      />
    </>
  )
}

function Speakers({ visit, facts, open }: { visit: Here; facts: RoomFacts; open: boolean }) {
  if (!open) return null
  return (
    <>
      <h2 className="nhsuk-heading-m">Who wants to speak</h2>
      {facts.wishes.length === 0 ? (
        <Empty>Nobody has a hand up now.</Empty>
      ) : (
        <ol className="loop-agenda">
          {facts.wishes.map(each => (
            <li className="loop-agenda__item" key={each.id}>
              <p className="loop-agenda__time">{timesSpoken(each.spoke)}</p>
              <div>
                <p className="loop-agenda__title">{theirs(each.name)}</p>
                <Press
                  visit={visit}
                  value={`spoke-${each.id}`}
                  words="Has spoken"
                  about={theirs(each.name)}
                  secondary
                />
              </div>
            </li>
          ))}
        </ol>
      )}
      {isMemberOf(visit.me, visit.thing.groupId) && <Hand visit={visit} facts={facts} />}
    </>
  )
}

const timesSpoken = (times: number) =>
  times === 0 ? 'Not yet' : times === 1 ? 'Once' : times === 2 ? 'Twice' : `${times} times`

/** Raising a hand, and where one stands. */
function Hand({ visit, facts }: { visit: Here; facts: RoomFacts }) {
  const place = facts.wishes.findIndex(each => each.personId === visit.me.personId)
  if (place < 0) return <Press visit={visit} value="hand-up" words="Raise my hand" secondary />
  return (
    <>
      <p>
        Your hand is up.{' '}
        {place === 0
          ? 'You are next.'
          : `${place} ${place === 1 ? 'person speaks' : 'people speak'} before you.`}
      </p>
      <Press visit={visit} value="hand-down" words="Lower my hand" secondary />
    </>
  )
}

function Note({ visit, item, note }: { visit: Here; item: number; note: string }) {
  const href = meetingPaths.itemStep(visit.network.slug, visit.thing.reference, item, 'note')
  return (
    <>
      <h2 className="nhsuk-heading-m">My notes</h2>
      {note && <p className="loop-words">{theirs(note)}</p>}
      <p>
        <a href={href}>{note ? 'Change my note' : 'Write a note'}</a>. Only you can see it.
      </p>
    </>
  )
}

function Comes({ visit, items }: { visit: Here; items: readonly AgendaLine[] }) {
  const next = toCome(items)
    .filter(each => mayReadItem.holds(visit.me, each))
    .slice(0, 3)
  if (next.length === 0) return null
  const begins = runningClock(visit.thing.it.startsAt, items)
  return (
    <>
      <h2 className="nhsuk-heading-m">What comes next</h2>
      <LinkList
        links={next.map(each => ({
          href: meetingPaths.item(visit.network.slug, visit.thing.reference, each.id),
          text: `${items.indexOf(each) + 1}. ${each.standing ? each.title : theirs(each.title)}`,
          hint: `Planned for ${timeInWords(begins.get(each.id)!)}, ${minutesInWords(each.minutes)}`,
        }))}
      />
    </>
  )
}
