import { Fragment } from 'react'
import {
  InsetText,
  LinkList,
  Quote,
  StatusTag,
  SummaryList,
  Timeline,
  WarningCallout,
} from '#design/index.ts'
import { momentInWords } from '#kernel/calendar/words.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { mayAddPaper, mayPlaceItem, mayReadItem, mayReadWhatItSays } from './access.ts'
import { askedWords, handlingWords, itemStateWords, minutesInWords } from './agenda.ts'
import { Answers } from './agenda-view.tsx'
import { type ItemStory, itemStory } from './item-story.ts'
import { itemTimeline } from './item-timeline.tsx'
import { isAhead } from './meeting.ts'
import { askWithParts, type MeetingPart } from './part.ts'
import { meetingPaths } from './paths.ts'
import { type LoadedItem, loadItem } from './store.ts'

type Here = Visit<LoadedItem>

export const itemPage = (parts: readonly MeetingPart[]) =>
  page<LoadedItem>('/:network/meetings/:meeting/items/:item', {
    who: mayReadItem,
    audit: 'nothing',
    load: (visit, how) => loadItem(visit, { meeting: visit.params.meeting, item: visit.params.item }, how),
    handler: async visit => show(await itemScreen(visit, parts)),
  })

async function itemScreen(visit: Here, parts: readonly MeetingPart[]): Promise<Screen> {
  const { thing, network, me } = visit
  const { item, meeting } = thing
  const { facts: story, ofItem } = await askWithParts(visit, itemStory(visit, thing), parts, [thing.id])
  const reads = mayReadWhatItSays.holds(me, thing)
  const title = shorten(item.title, 100)
  return {
    title: item.standing ? title : theirs(title),
    caption: `${meeting.reference}, ${theirs(meeting.row.title)}`,
    back: { href: meetingPaths.one(network.slug, meeting.reference), text: 'Back to the meeting' },
    body: (
      <>
        <Answer visit={visit} story={story} />
        {!reads && <Excluded story={story} />}
        <SummaryList
          rows={[
            ...(title === item.title ? [] : [{ key: 'Title', value: <bdi>{item.title}</bdi> }]),
            { key: 'What is asked', value: askedWords[item.asked] },
            { key: 'Time', value: minutesInWords(item.minutes) },
            ...(story.presenterName || item.presenter_words
              ? [{ key: 'Who presents it', value: theirs(story.presenterName ?? item.presenter_words) }]
              : []),
            ...(story.raiserName
              ? [
                  {
                    key: 'Asked for by',
                    value: (
                      <>
                        {theirs(story.raiserName)}{' '}
                        {story.fromVolunteer && <StatusTag tone="good">Volunteer</StatusTag>}
                      </>
                    ),
                  },
                ]
              : []),
            ...(story.cameFrom
              ? [
                  {
                    key: 'Moved here from',
                    value: (
                      <a
                        href={meetingPaths.item(network.slug, story.cameFrom.reference, story.cameFrom.item)}
                      >
                        {theirs(story.cameFrom.title)}
                      </a>
                    ),
                  },
                ]
              : []),
            {
              key: 'Who may read it',
              value: item.handling_reason
                ? `${handlingWords[item.handling]}. ${theirs(item.handling_reason)}`
                : handlingWords[item.handling],
            },
          ]}
        />
        {reads && item.about && <Quote words={item.about} />}
        {reads && <Answers visit={visit} list={story.contributions} />}
        {ofItem(thing.id).map((part, at) => (
          <Fragment key={at}>{part}</Fragment>
        ))}
        <ToDo visit={visit} />
        {reads && story.history.length > 0 && (
          <>
            <h2 className="nhsuk-heading-m">What happened</h2>
            <Timeline
              entries={story.history.map(each => ({
                when: momentInWords(each.at),
                dateTime: each.at.toString(),
                by: each.by,
                ...itemTimeline(each.event, each.details),
              }))}
            />
          </>
        )}
      </>
    ),
  }
}

/** What came of asking for it, when it has no place here (any more). */
function Answer({ visit, story }: { visit: Here; story: ItemStory }) {
  const { item, meeting } = visit.thing
  if (item.state === 'on-agenda') return null
  if (item.state === 'raised') {
    return (
      <InsetText>
        {isAhead(meeting.it)
          ? 'It waits for a place on the agenda. The chair or the team will answer before the agenda is set.'
          : 'It never had a place on the agenda of this meeting.'}
      </InsetText>
    )
  }
  return (
    <InsetText>
      <p>
        {itemStateWords[item.state]}
        {story.movedTo && (
          <>
            :{' '}
            <a href={meetingPaths.one(visit.network.slug, story.movedTo.reference)}>
              {theirs(story.movedTo.title)}
            </a>
          </>
        )}
        .
      </p>
      {item.because && <Quote words={item.because} by="The reason" />}
    </InsetText>
  )
}

/** Somebody who does not get the paper sees that, and why, and no more (R24). */
function Excluded({ story }: { story: ItemStory }) {
  return (
    <WarningCallout title="You do not get the papers for this item">
      <p>The chair decided so because of a conflict of interest.</p>
      {story.excludedBecause && <Quote words={story.excludedBecause} by="The reason" />}
    </WarningCallout>
  )
}

function ToDo({ visit }: { visit: Here }) {
  const { item, meeting } = visit.thing
  const open = item.state === 'raised' || item.state === 'on-agenda'
  if (!open) return null
  const step = (which: string) =>
    meetingPaths.itemStep(visit.network.slug, meeting.reference, visit.thing.id, which)
  const links: { href: string; text: string }[] = []
  if (mayAddPaper.holds(visit.me, visit.thing) && isAhead(meeting.it)) {
    links.push({ href: step('add-paper'), text: 'Add a paper' })
  }
  if (mayPlaceItem.holds(visit.me, visit.thing) && !item.closed_at) {
    if (isAhead(meeting.it)) {
      links.push({
        href: step('place'),
        text: item.state === 'raised' ? 'Give it a place' : 'Change minutes, presenter or who may read it',
      })
    }
    if (!item.standing) links.push({ href: step('defer'), text: 'Move it to a later meeting' })
    if (!item.standing && !item.opened_at)
      links.push({ href: step('decline'), text: 'Say why it is not taken' })
  }
  if (item.raised_by_person_id === visit.me.personId && isAhead(meeting.it)) {
    links.push({ href: step('withdraw'), text: 'Take it back' })
  }
  return links.length === 0 ? null : <LinkList links={links} />
}
