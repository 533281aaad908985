import { Temporal } from 'temporal-polyfill'
import {
  ButtonLink,
  Details,
  InsetText,
  LinkList,
  Quote,
  Reference,
  StatusTag,
  SummaryList,
  type SummaryRow,
  Timeline,
} from '#design/index.ts'
import { dateInWords, dueInWords, momentInWords } from '#kernel/calendar/words.ts'
import { dayOf as dayAt } from '#kernel/calendar/working-days.ts'
import { promisedBy } from '#kernel/clocks.ts'
import { reference } from '#kernel/references.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { actionPaths } from '#slices/actions/index.ts'
import { contributionPaths, outcomeWords } from '#slices/contributions/index.ts'
import {
  dayOf,
  hasCome,
  isAhead,
  type LoadedMeeting,
  loadMeeting,
  mayReadMeeting,
  mayRunMeeting,
  meetingPaths,
} from '#slices/meetings/index.ts'
import { votePaths } from '#slices/votes/index.ts'
import { mayReadMinutes } from './access.ts'
import { type Correction, type MinutesFacts, minutesFacts, motionMark } from './facts.ts'
import { minutesPaths } from './paths.ts'
import { type Attended, type MinutedItem, type MinutedMotion, type ShownItem, shownItems } from './text.ts'
import { conflictInWords, howWords, placeWords } from './words.ts'

type Here = Visit<LoadedMeeting>

export const minutesPage = page<LoadedMeeting>('/:network/meetings/:meeting/minutes', {
  who: mayReadMinutes,
  audit: 'nothing',
  load: visit => loadMeeting(visit, visit.params.meeting, { forChange: false }),
  handler: async visit => show(await minutesScreen(visit)),
})

/** Whether this reader is one of the group or the team, who see more than everybody. */
const isInside = ({ actor, thing }: Here): boolean =>
  actor !== undefined && mayReadMinutes.holds(actor, { ...thing, it: { ...thing.it, state: 'held' } })
const runs = ({ actor, thing }: Here): boolean => mayRunMeeting.holds(actor, thing)

async function minutesScreen(visit: Here): Promise<Screen> {
  const { thing, network, actor } = visit
  const { it } = thing
  const screen = (body: Screen['body']): Screen => ({
    title: `Minutes of ${theirs(thing.row.title)}`,
    caption: thing.reference,
    back: mayReadMeeting.holds(actor, thing)
      ? { href: meetingPaths.one(network.slug, thing.reference), text: 'Back to the meeting' }
      : { href: `/${network.slug}`, text: theirs(network.name) },
    body,
  })
  if (isAhead(it) || it.state === 'cancelled') {
    return screen(
      <p>
        {it.state === 'cancelled'
          ? 'This meeting was cancelled, so it has no minutes.'
          : 'This meeting has not been held yet. Its minutes will be here.'}
      </p>,
    )
  }
  const facts = await minutesFacts(visit, thing)
  if (it.state === 'held' && !runs(visit)) {
    return screen(<p>The minutes are being written. You hear when the draft is there to read.</p>)
  }
  if (it.state !== 'held' && !facts.row) {
    return screen(<p>This meeting was held before its minutes were kept here. Ask the team for them.</p>)
  }
  const items = shownItems(facts.text, item => facts.readingFor(actor, item))
  return screen(
    <>
      <Where visit={visit} facts={facts} />
      <Facts visit={visit} facts={facts} />
      {items.map(item => (
        <Item visit={visit} facts={facts} item={item} key={item.id} />
      ))}
      {runs(visit) && !hasCome(it, 'minutes-agreed') && (
        <NothingYet
          visit={visit}
          items={facts.text.items.filter(each => !items.some(one => one.id === each.id))}
        />
      )}
      <Beside
        corrections={facts.corrections.filter(each => each.itemId === null)}
        visit={visit}
        facts={facts}
      />
      {isInside(visit) && <Story facts={facts} />}
    </>,
  )
}

/** Where the minutes are, and what comes next. */
function Where({ visit, facts }: { visit: Here; facts: MinutesFacts }) {
  const { thing, network, when, today } = visit
  const step = (which: 'send' | 'agree' | 'publish' | 'correct') =>
    minutesPaths.step(network.slug, thing.reference, which)
  const day = (at: string | null | undefined) => (at ? dateInWords(dayAt(Temporal.Instant.from(at))) : '')
  const { row } = facts
  switch (thing.it.state) {
    case 'held': {
      const due = dueInWords(promisedBy('minutes', dayOf(thing), when.clocks), today)
      return (
        <InsetText>
          <p>
            This draft made itself from what happened. Write what was said on each item, then send it to the
            members {due.late ? `(${due.words})` : due.words}.
          </p>
          <ButtonLink href={step('send')}>Send the draft to the members</ButtonLink>
        </InsetText>
      )
    }
    case 'minutes-drafted':
      return (
        <InsetText>
          <p>
            This is a draft of {day(row?.draftedAt)}. The next meeting is asked to agree it. If something is
            wrong, write a correction.
          </p>
          <ButtonLink href={step('correct')} secondary>
            Write a correction
          </ButtonLink>
          {runs(visit) && (
            <p>
              <a href={step('agree')}>The meeting has agreed them</a>
            </p>
          )}
        </InsetText>
      )
    case 'minutes-agreed':
      return (
        <InsetText>
          <p>
            Agreed at {theirs(row?.agreedAtMeeting ?? '')} and kept as they stood then. What turns out to be
            wrong later stands beside them as a correction.
          </p>
          {runs(visit) && <ButtonLink href={step('publish')}>Publish part A</ButtonLink>}
          <p>
            <a href={step('correct')}>Write a correction</a>
          </p>
        </InsetText>
      )
    default:
      return (
        <InsetText>
          <p>
            Agreed at {theirs(row?.agreedAtMeeting ?? '')}, published on {day(row?.publishedAt)}.
          </p>
          {isInside(visit) && (
            <p>
              You also see what is not for everybody. <a href={step('correct')}>Write a correction</a>
            </p>
          )}
        </InsetText>
      )
  }
}

/** "Bea Chair, chair" and how they came. */
const attendedInWords = (it: Attended): string =>
  [
    theirs(it.name),
    placeWords[it.place],
    ...(it.lay && it.place !== 'volunteer' ? ['lay member'] : []),
    ...(it.how === 'room' ? [] : [howWords[it.how]]),
    ...(it.partly ? ['for a part of it'] : []),
  ].join(', ')

function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <ul className="nhsuk-list">
      {lines.map(each => (
        <li key={each}>{each}</li>
      ))}
    </ul>
  )
}

function Facts({ visit, facts }: { visit: Here; facts: MinutesFacts }) {
  const { thing } = visit
  const { text } = facts
  const rows: SummaryRow[] = [
    { key: 'When', value: momentInWords(thing.it.startsAt) },
    { key: 'Group', value: theirs(thing.group.name) },
    {
      key: 'Who was there',
      value:
        text.present.length > 0 ? (
          <Lines lines={text.present.map(attendedInWords)} />
        ) : (
          <>
            Nobody is marked yet.{' '}
            {runs(visit) && !hasCome(thing.it, 'minutes-agreed') && (
              <a href={meetingPaths.step(visit.network.slug, thing.reference, 'attendance')}>
                Mark who was there
              </a>
            )}
          </>
        ),
    },
  ]
  if (text.guests.length > 0) {
    rows.push({
      key: 'Guests',
      value: (
        <Lines
          lines={text.guests.map(each =>
            each.why ? `${theirs(each.name)}, ${theirs(each.why)}` : theirs(each.name),
          )}
        />
      ),
    })
  }
  if (text.apologies.length > 0) {
    rows.push({
      key: 'Apologies',
      value: (
        <Lines
          lines={text.apologies.map(each =>
            each.deputy ? `${theirs(each.name)} (${theirs(each.deputy)} came instead)` : theirs(each.name),
          )}
        />
      ),
    })
  }
  if (isInside(visit) && text.absent.length > 0) {
    rows.push({ key: 'Did not come', value: <Lines lines={text.absent.map(theirs)} /> })
  }
  return <SummaryList rows={rows} />
}

const clock = (at: string) => momentInWords(Temporal.Instant.from(at)).split(', ').at(-1)

function Item({ visit, facts, item }: { visit: Here; facts: MinutesFacts; item: ShownItem }) {
  const inside = isInside(visit)
  const { slug } = visit.network
  const { reference: meeting } = visit.thing
  const canWrite = runs(visit) && !item.kept && !hasCome(visit.thing.it, 'minutes-agreed')
  return (
    <section aria-labelledby={`item-${item.id}`}>
      <h2 className="nhsuk-heading-m" id={`item-${item.id}`}>
        {item.nth}. {item.standing ? item.title : <bdi>{item.title}</bdi>}
      </h2>
      {item.kept && <p>You do not get this part, because of a conflict of interest.</p>}
      {!item.kept && (
        <>
          {(item.presenter || (inside && item.handling !== 'public')) && (
            <p>
              {item.presenter && `Presented by ${theirs(item.presenter)}. `}
              {inside && item.handling !== 'public' && (
                <StatusTag tone="stopped">{item.handling === 'board' ? 'Part B' : 'Confidential'}</StatusTag>
              )}
            </p>
          )}
          {!item.opened && !item.standing && <p>The meeting did not come to this item.</p>}
          {item.conflicts.map(each => (
            <p key={each.name}>
              {conflictInWords(theirs(each.name), each.outcome)}
              {inside && each.because && ` The chair’s reason: ${theirs(each.because)}`}
            </p>
          ))}
          {item.quorum.map(each => (
            <p key={each.at}>
              {each.held ? 'There was a quorum again' : 'There was no quorum'} from {clock(each.at)}.{' '}
              {inside && each.words}
            </p>
          ))}
          {item.said && (
            <p className="loop-words" dir="auto">
              {item.said}
            </p>
          )}
          {inside && item.hasMarked && <Marked words={item.saidInPrivate} />}
          {item.motions.map(each => (
            <Motion slug={slug} inside={inside} motion={each} key={each.number} />
          ))}
          {item.decisions.map(each => (
            <div key={each.number}>
              <h3 className="nhsuk-heading-s">
                <a href={minutesPaths.decision(slug, each.number)}>Decision {each.number}</a>
              </h3>
              <p className="loop-words" dir="auto">
                {each.text}
              </p>
              <p className="loop-words">
                Why: <bdi>{each.because}</bdi>
              </p>
            </div>
          ))}
          <Contributions visit={visit} item={item} />
          <Actions visit={visit} item={item} />
        </>
      )}
      <Beside
        corrections={facts.corrections.filter(each => each.itemId === item.id)}
        visit={visit}
        facts={facts}
      />
      {canWrite && (
        <LinkList
          links={[
            {
              href: minutesPaths.item(slug, meeting, item.id),
              text: `${item.said ? 'Change' : 'Write'} what was said on item ${item.nth}`,
            },
            {
              href: minutesPaths.decide(slug, meeting, item.id),
              text: `Write down a decision on item ${item.nth}`,
            },
          ]}
        />
      )}
    </section>
  )
}

/** Standing items without a word: they stand in the minutes once something is said on them. */
function NothingYet({ visit, items }: { visit: Here; items: readonly MinutedItem[] }) {
  const standing = items.filter(each => each.standing !== null)
  if (standing.length === 0) return null
  return (
    <Details summary="Standing items without words">
      <LinkList
        links={standing.map(each => ({
          href: minutesPaths.item(visit.network.slug, visit.thing.reference, each.id),
          text: `Write what was said on “${each.title}”`,
        }))}
      />
    </Details>
  )
}

function Marked({ words }: { words: string }) {
  return words === '' ? (
    <p>A part is marked. Those who raised what this item answers do not read it.</p>
  ) : (
    <Quote words={words} by="Marked: for the group and the team" />
  )
}

function Motion({ slug, inside, motion }: { slug: string; inside: boolean; motion: MinutedMotion }) {
  const mark = <Reference>{motionMark(motion)}</Reference>
  return (
    <>
      <h3 className="nhsuk-heading-s">
        Vote {inside ? <a href={votePaths.one(slug, motionMark(motion))}>{mark}</a> : mark}
      </h3>
      <p className="loop-words" dir="auto">
        {motion.text}
      </p>
      {motion.isClosed || motion.outcome ? (
        <p>
          {motion.outcome} {motion.figures}
          {motion.isSecret && ' It was a secret vote.'}
        </p>
      ) : (
        <p>This vote is not closed.</p>
      )}
      {motion.chosen.length > 0 && (
        <ul className="nhsuk-list nhsuk-list--bullet">
          {motion.chosen.map(each => (
            <li key={each.choice}>
              {['For', 'Against', 'Abstain'].includes(each.choice) ? each.choice : <bdi>{each.choice}</bdi>}:{' '}
              {theirs(each.names.join(', '))}
            </li>
          ))}
        </ul>
      )}
      {motion.dissents.map(each => (
        <Quote words={each.words} by={`${theirs(each.name)}, in their own words`} key={each.name} />
      ))}
    </>
  )
}

function Contributions({ visit, item }: { visit: Here; item: ShownItem }) {
  if (item.contributions.length === 0) return null
  const inside = isInside(visit)
  return (
    <p>
      This answered{' '}
      {item.contributions.map((each, n) => {
        const mark = reference('C', each.number)
        return (
          <span key={mark}>
            {n > 0 && ', '}
            {inside ? (
              <a href={contributionPaths.one(visit.network.slug, mark)}>
                <Reference>{mark}</Reference>
              </a>
            ) : (
              <Reference>{mark}</Reference>
            )}
            {inside &&
              each.outcome &&
              ` (${outcomeWords[each.outcome as keyof typeof outcomeWords].toLowerCase()})`}
          </span>
        )
      })}
      .
    </p>
  )
}

function Actions({ visit, item }: { visit: Here; item: ShownItem }) {
  if (item.actions.length === 0) return null
  const inside = isInside(visit)
  return (
    <>
      <h3 className="nhsuk-heading-s">What will be done</h3>
      <ul className="nhsuk-list nhsuk-list--bullet">
        {item.actions.map(each => {
          const mark = reference('A', each.number)
          return (
            <li key={mark}>
              {inside ? <a href={actionPaths.one(visit.network.slug, mark)}>{mark}</a> : mark}{' '}
              <bdi>{each.what}</bdi>: {theirs(each.owner)}, by{' '}
              {dateInWords(Temporal.PlainDate.from(each.due))}
            </li>
          )
        })}
      </ul>
    </>
  )
}

/**
 * Corrections: while it is a draft, for the group alone. Of what is agreed, those that were taken stand beside it
 * for everybody, with their date; the earlier text stays as it was (R32).
 */
function Beside(props: { corrections: readonly Correction[]; visit: Here; facts: MinutesFacts }) {
  const { corrections, visit, facts } = props
  const inside = isInside(visit)
  const shown = corrections.filter(each => inside || (each.answer === 'taken' && isAfter(each, facts)))
  if (shown.length === 0) return null
  return (
    <>
      {shown.map(each => (
        <InsetText key={each.id}>
          <p>
            {isAfter(each, facts) && each.answer === 'taken'
              ? `Corrected on ${dateInWords(dayAt(Temporal.Instant.from(each.answeredAt!)))}:`
              : 'A correction was asked for:'}
          </p>
          <Quote
            words={each.words}
            by={inside ? `${theirs(each.by)}, ${momentInWords(Temporal.Instant.from(each.at))}` : undefined}
          />
          {inside && each.answer !== null && (
            <p>
              {each.answer === 'taken' ? 'Taken' : 'Not taken'} by {theirs(each.answeredBy ?? '')}:{' '}
              <bdi>{each.because}</bdi>
            </p>
          )}
          {each.answer === null &&
            (runs(visit) ? (
              <p>
                <a href={minutesPaths.correction(visit.network.slug, visit.thing.reference, each.id)}>
                  Answer this correction
                </a>
              </p>
            ) : (
              <p>It waits for an answer.</p>
            ))}
        </InsetText>
      ))}
    </>
  )
}

/** Asked for once the minutes were agreed. */
const isAfter = (it: Correction, { row, text }: MinutesFacts): boolean =>
  Boolean(row?.agreedAt) && it.id > text.lastCorrection

function Story({ facts }: { facts: MinutesFacts }) {
  if (facts.history.length === 0) return null
  return (
    <>
      <h2 className="nhsuk-heading-m">What happened to these minutes</h2>
      <Timeline
        entries={facts.history.map(each => ({
          when: momentInWords(Temporal.Instant.from(each.at)),
          dateTime: each.at,
          by: each.by,
          title: storyWords(each.event, each.details),
        }))}
      />
    </>
  )
}

function storyWords(event: string, details: Readonly<Record<string, unknown>>): string {
  switch (event) {
    case 'minutes-sent':
      return 'The draft was sent to the members'
    case 'correction-proposed':
      return 'A correction was asked for'
    case 'correction-answered':
      return details.answer === 'taken' ? 'A correction was taken' : 'A correction was not taken'
    case 'minutes-agreed':
      return `Agreed at ${details.at}`
    case 'minutes-published':
      return 'Published'
    default:
      return event
  }
}
