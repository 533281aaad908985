import { Fragment, type ReactNode } from 'react'
import { Details, InsetText, LinkList, Reference, StatusTag } from '#design/index.ts'
import { timeInWords } from '#kernel/calendar/words.ts'
import { reference } from '#kernel/references.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Visit } from '#platform/http/route.ts'
import { mayReadItem, mayReadWhatItSays } from './access.ts'
import { askedWords, itemStateWords, lengthOf, minutesInWords, runningClock } from './agenda.ts'
import { type AgendaLine, type AnsweredContribution, mayFollow, onAgenda } from './agenda-queries.ts'
import { meetingPaths } from './paths.ts'
import type { LoadedMeeting } from './store.ts'
import { clockTime } from './words.ts'

interface AgendaProps {
  readonly visit: Visit<LoadedMeeting>
  readonly items: readonly AgendaLine[]
  /** What other rooms show under an item. */
  readonly partsOf: (id: number) => readonly ReactNode[]
}

/** The agenda in its order, each item with the clock time at which it begins. */
export function Agenda({ visit, items, partsOf }: AgendaProps) {
  const all = onAgenda(items)
  const begins = runningClock(visit.thing.it.startsAt, all)
  return (
    <>
      <h2 className="nhsuk-heading-m">Agenda</h2>
      <Length minutes={lengthOf(all)} given={visit.thing.it.minutesLong} />
      <ol className="loop-agenda">
        {all.map((item, n) =>
          mayReadItem.holds(visit.me, item) ? (
            <li className={`loop-agenda__item${isOpen(item) ? ' loop-agenda__item--now' : ''}`} key={item.id}>
              <p className="loop-agenda__time">{timeInWords(begins.get(item.id)!)}</p>
              <div>
                <h3 className="nhsuk-heading-xs loop-agenda__title">
                  {n + 1}.{' '}
                  <a href={meetingPaths.item(visit.network.slug, visit.thing.reference, item.id)}>
                    <Title of={item} />
                  </a>
                </h3>
                <Facts item={item} />
                <OpenActions visit={visit} item={item} />
                {mayReadWhatItSays.holds(visit.me, item) ? (
                  <Answers visit={visit} list={item.contributions} />
                ) : (
                  <p>You do not get the papers for this item, because of a conflict of interest.</p>
                )}
                {partsOf(item.id).map((part, at) => (
                  <Fragment key={at}>{part}</Fragment>
                ))}
              </div>
            </li>
          ) : null,
        )}
      </ol>
    </>
  )
}

/** What comes with every meeting is called by us, and in each language; any other title is somebody's. */
export const Title = ({ of }: { of: Pick<AgendaLine, 'standing' | 'title'> }) =>
  of.standing ? of.title : <bdi>{of.title}</bdi>

const isOpen = (item: AgendaLine) => item.opened_at !== null && item.closed_at === null

/** An agenda may be longer than its meeting: then it says by how much. */
function Length({ minutes, given }: { minutes: number; given: number }) {
  const over = minutes - given
  if (over <= 0) return <p>These items take {minutesInWords(minutes)}.</p>
  return (
    <InsetText>
      The items take {minutesInWords(minutes)}. That is {minutesInWords(over)} longer than the meeting.
    </InsetText>
  )
}

/** What is asked, how long, who presents; in the meeting, when it really began. */
function Facts({ item }: { item: AgendaLine }) {
  const presenter = item.presenterName ?? item.presenter_words
  return (
    <p className="loop-agenda__facts">
      {askedWords[item.asked]}, {minutesInWords(item.minutes)}
      {presenter && <>, with {theirs(presenter)}</>}
      {item.opened_at && `. Began at ${clockTime(item.opened_at)}`}
      {item.closed_at && `, ended at ${clockTime(item.closed_at)}`}
      {item.fromVolunteer && (
        <>
          {' '}
          <StatusTag tone="good">From a volunteer</StatusTag>
        </>
      )}
      {item.handling !== 'public' && (
        <>
          {' '}
          <StatusTag tone="stopped">{item.handling === 'board' ? 'Part B' : 'Confidential'}</StatusTag>
        </>
      )}
      {isOpen(item) && (
        <>
          {' '}
          <StatusTag tone="moving">Now</StatusTag>
        </>
      )}
    </p>
  )
}

/** Matters arising are the group's open actions. */
function OpenActions({ visit, item }: { visit: Visit<LoadedMeeting>; item: AgendaLine }) {
  if (item.standing !== 'matters-arising') return null
  return (
    <p>
      <a href={`/${visit.network.slug}/actions?group=${visit.thing.groupId}`}>
        See what the group has still to do
      </a>
    </p>
  )
}

export function Answers({
  visit,
  list,
}: {
  visit: Pick<Visit, 'me' | 'network'>
  list: readonly AnsweredContribution[]
}) {
  if (list.length === 0) return null
  return (
    <>
      <p className="loop-agenda__facts">This answers:</p>
      <ul className="nhsuk-list loop-links">
        {list.map(each => (
          <li key={each.number}>
            <Answered visit={visit} it={each} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Answered({ visit, it }: { visit: Pick<Visit, 'me' | 'network'>; it: AnsweredContribution }) {
  const mark = <Reference>{reference('C', it.number)}</Reference>
  if (!mayFollow(visit.me, it)) return mark
  return (
    <a href={`/${visit.network.slug}/contributions/${reference('C', it.number)}`}>
      {mark} <bdi>{it.title}</bdi>
    </a>
  )
}

/** What was asked for and has no place yet: volunteers' items first (BOARD-4). */
export function Raised({
  visit,
  items,
  mayPlace,
}: Pick<AgendaProps, 'visit' | 'items'> & { mayPlace: boolean }) {
  const waiting = items.filter(each => each.state === 'raised' && mayReadItem.holds(visit.me, each))
  if (waiting.length === 0) return null
  return (
    <>
      <h2 className="nhsuk-heading-m">Asked for, without a place yet</h2>
      <LinkList
        links={waiting.map(each => ({
          href: meetingPaths.item(visit.network.slug, visit.thing.reference, each.id),
          text: theirs(each.title),
          hint: (
            <>
              {each.fromVolunteer && <StatusTag tone="good">From a volunteer</StatusTag>}{' '}
              {askedWords[each.asked]}
              {each.raiserName && `, asked for by ${theirs(each.raiserName)}`}
              {mayPlace && '. Give it a place, move it to a later meeting, or say why not'}
            </>
          ),
        }))}
      />
    </>
  )
}

/** What was asked for and is not dealt with here: with its answer, so that nothing is lost (BOARD-25). */
export function NotHere({ visit, items }: Pick<AgendaProps, 'visit' | 'items'>) {
  const gone = items.filter(
    each => each.state !== 'raised' && each.state !== 'on-agenda' && mayReadItem.holds(visit.me, each),
  )
  if (gone.length === 0) return null
  return (
    <Details summary="Items that are not dealt with at this meeting">
      <LinkList
        links={gone.map(each => ({
          href: meetingPaths.item(visit.network.slug, visit.thing.reference, each.id),
          text: theirs(each.title),
          hint: itemStateWords[each.state],
        }))}
      />
    </Details>
  )
}
