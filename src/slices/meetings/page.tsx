import { Fragment } from 'react'
import {
  ButtonLink,
  Details,
  InsetText,
  LinkList,
  StatusTag,
  SummaryList,
  Timeline,
  type Tone,
} from '#design/index.ts'
import { dateInWords, momentInWords } from '#kernel/calendar/words.ts'
import { reference } from '#kernel/references.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { MeetingState } from '#platform/database/tables.ts'
import { page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { isMemberOf, isTeam } from '#platform/permission.ts'
import { mayRaiseItem, mayReadItem, mayReadMeeting, mayRunMeeting } from './access.ts'
import { mayStillRaise } from './agenda.ts'
import { type AgendaLine, agendaOf } from './agenda-queries.ts'
import { Agenda, NotHere, Raised } from './agenda-view.tsx'
import { cannotMark } from './attendance.ts'
import { SaidByCalendars } from './calendar/answers-view.tsx'
import { CorrespondenceOf } from './correspondence/dates.tsx'
import { hasCome, isAhead, meetingWords } from './meeting.ts'
import { type MeetingFacts, meetingFacts } from './meeting-facts.ts'
import { meetingTimeline } from './meeting-timeline.tsx'
import { askWithParts, type MeetingPart } from './part.ts'
import { meetingPaths } from './paths.ts'
import { isGoingOn } from './running.tsx'
import { type LoadedMeeting, loadMeeting } from './store.ts'
import { TeamsSays } from './teams/view.tsx'
import { Where } from './where.tsx'
import { fromTo } from './words.ts'

type Here = Visit<LoadedMeeting>

/** The meeting's own page: what it is, what happens next, its agenda, and what other rooms know of it. */
export const meetingPage = (parts: readonly MeetingPart[]) =>
  page<LoadedMeeting>('/:network/meetings/:meeting', {
    who: mayReadMeeting,
    audit: 'nothing',
    load: (visit, how) => loadMeeting(visit, visit.params.meeting, how),
    handler: async visit => show(await meetingScreen(visit, parts)),
  })

async function meetingScreen(visit: Here, parts: readonly MeetingPart[]): Promise<Screen> {
  const { thing, network, me } = visit
  const items = await agendaOf(visit, thing)
  const readable = items.filter(each => mayReadItem.holds(me, each)).map(each => each.id)
  const { facts, ofItem, ofMeeting } = await askWithParts(visit, meetingFacts(thing), parts, readable)
  return {
    title: theirs(thing.row.title),
    caption: `${thing.reference}, ${theirs(thing.group.short_name)}`,
    back: { href: meetingPaths.list(network.slug), text: 'All meetings' },
    body: (
      <>
        <Next visit={visit} />
        <SummaryList
          rows={[
            { key: 'When', value: fromTo(thing.it.startsAt, thing.it.minutesLong) },
            { key: 'Where', value: <Where visit={visit} /> },
            ...(isAhead(thing.it) && facts.coming.length > 0
              ? [{ key: 'Say that they come', value: theirs(facts.coming.join(', ')) }]
              : []),
            ...(isAhead(thing.it) && facts.notSure.length > 0
              ? [{ key: 'Do not know yet', value: theirs(facts.notSure.join(', ')) }]
              : []),
            ...(facts.apologies.length > 0
              ? [{ key: 'Cannot come', value: facts.apologies.map(apologyWords).join(', ') }]
              : []),
            {
              key: 'How far it is',
              value: <StatusTag tone={meetingTones[thing.it.state]}>{stateWords(thing)}</StatusTag>,
            },
          ]}
        />
        {mayRunMeeting.holds(me, thing) && <TeamsSays visit={visit} facts={facts.teams} />}
        <ToDo visit={visit} items={items} />
        <Raised visit={visit} items={items} mayPlace={mayRunMeeting.holds(me, thing)} />
        <Agenda visit={visit} items={items} partsOf={ofItem} />
        {isAhead(thing.it) && (isMemberOf(me, thing.groupId) || isTeam(me)) && (
          <WithoutItem slug={network.slug} list={facts.withoutItem} />
        )}
        <NotHere visit={visit} items={items} />
        {ofMeeting.map((part, at) => (
          <Fragment key={at}>{part}</Fragment>
        ))}
        {mayRunMeeting.holds(me, thing) && isAhead(thing.it) && <SaidByCalendars said={facts.said} />}
        <CorrespondenceOf meeting={thing} history={facts.history} when={visit.when} />
        <Details summary="What happened to this meeting">
          <Timeline
            entries={facts.history.map(each => ({
              when: momentInWords(each.at),
              dateTime: each.at.toString(),
              by: each.by,
              ...meetingTimeline(each.event, each.details),
            }))}
          />
        </Details>
      </>
    ),
  }
}

/** Nothing that waits for this meeting is forgotten. */
function WithoutItem({ slug, list }: { slug: string; list: MeetingFacts['withoutItem'] }) {
  if (list.length === 0) return null
  return (
    <>
      <h2 className="nhsuk-heading-m">To be considered here, without an item yet</h2>
      <LinkList
        links={list.map(each => ({
          href: `/${slug}/contributions/${reference('C', each.number)}`,
          text: `${reference('C', each.number)} ${theirs(shorten(each.title, 100))}`,
        }))}
      />
    </>
  )
}

const apologyWords = ({ name, deputy }: MeetingFacts['apologies'][number]) =>
  deputy ? `${theirs(name)} (${theirs(deputy)} comes instead)` : theirs(name)

export const meetingTones: Record<MeetingState, Tone> = {
  planned: 'plain',
  'agenda-open': 'waiting',
  'agenda-set': 'moving',
  'papers-out': 'moving',
  held: 'good',
  'minutes-drafted': 'good',
  'minutes-agreed': 'good',
  published: 'good',
  cancelled: 'stopped',
}

const stateWords = (meeting: LoadedMeeting) =>
  isGoingOn(meeting) ? 'It is on now' : meetingWords[meeting.it.state]

/** What happens next, and by when: one or two sentences that anybody understands. */
function Next({ visit }: { visit: Here }) {
  const { it } = visit.thing
  const day = dateInWords(it.startsAt.toZonedDateTimeISO('Europe/London').toPlainDate())
  const papers = dateInWords(it.papersDueOn)
  switch (it.state) {
    case 'planned':
      return <InsetText>Next, the agenda opens. The papers are due by {papers}.</InsetText>
    case 'agenda-open':
      return (
        <InsetText>
          Anybody in the group can ask for an item now, until the agenda is set. The papers are due by{' '}
          {papers}.
        </InsetText>
      )
    case 'agenda-set':
      return <InsetText>The agenda is set. Next, the papers go out, by {papers}.</InsetText>
    case 'papers-out':
      return <InsetText>The papers are out. Read them before the meeting on {day}.</InsetText>
    case 'held':
      return isGoingOn(visit.thing) ? (
        <InsetText>
          <p>The meeting is on now.</p>
          <ButtonLink href={meetingPaths.room(visit.network.slug, visit.thing.reference)}>
            Go to the room
          </ButtonLink>
        </InsetText>
      ) : (
        <InsetText>The meeting was held. Next, its minutes are drafted.</InsetText>
      )
    case 'minutes-drafted':
      return <InsetText>The minutes are drafted. The next meeting is asked to agree them.</InsetText>
    case 'minutes-agreed':
      return <InsetText>The minutes are agreed. Next, they are published.</InsetText>
    case 'published':
      return <InsetText>The minutes are published.</InsetText>
    case 'cancelled':
      return (
        <InsetText>This meeting was cancelled.{it.because && ` The reason: ${theirs(it.because)}`}</InsetText>
      )
  }
}

/** What this person can do here now: what moves the meeting on, or gets them ready for it, is the button. */
function ToDo({ visit, items }: { visit: Here; items: readonly AgendaLine[] }) {
  const { thing, network, me } = visit
  const { it } = thing
  const step = (which: string) => meetingPaths.step(network.slug, thing.reference, which)
  const runs = mayRunMeeting.holds(me, thing)
  const ahead = isAhead(it)
  const onItsDay = !cannotMark(it, visit.today)
  const links: { href: string; text: string }[] = []
  if (runs && it.state === 'planned') links.push({ href: step('open-agenda'), text: 'Open the agenda' })
  if (runs && ahead && !hasCome(it, 'agenda-set')) {
    links.push({ href: step('set-agenda'), text: 'Set the agenda' })
  }
  if (runs && ahead && hasCome(it, 'agenda-set') && onItsDay) {
    links.push({ href: step('open'), text: 'Open the meeting' })
  }
  if (it.state === 'papers-out' && isMemberOf(me, thing.groupId)) {
    links.push({
      href: meetingPaths.pack(network.slug, thing.reference),
      text: 'Read all papers in one file',
    })
  }
  if (mayRaiseItem.holds(me, thing) && !mayStillRaise(it)) {
    links.push({ href: step('items/new'), text: 'Ask for an item' })
  }
  const mains = links.length
  if (runs && onItsDay) links.push({ href: step('attendance'), text: 'Mark who is here' })
  if (ahead) links.push({ href: step('apologies'), text: runs ? 'Say who cannot come' : 'I cannot come' })
  if (runs && ahead && items.some(each => each.state === 'on-agenda')) {
    links.push({ href: step('order'), text: 'Change the order' })
  }
  if (runs && ahead) {
    links.push({ href: step('details'), text: 'Change how or where' })
    links.push({ href: step('move'), text: 'Move the meeting' })
    links.push({ href: step('cancel'), text: 'Cancel the meeting' })
  }
  const first = mains > 0 ? links[0] : undefined
  const rest = first ? links.slice(1) : links
  if (links.length === 0) return null
  return (
    <>
      {first && (
        <p>
          <ButtonLink href={first.href}>{first.text}</ButtonLink>
        </p>
      )}
      {rest.length > 0 && <LinkList links={rest} />}
    </>
  )
}
