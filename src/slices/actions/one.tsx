import {
  ButtonLink,
  InsetText,
  LinkList,
  Quote,
  Reference,
  StatusTag,
  SummaryList,
  Timeline,
  WarningCallout,
} from '#design/index.ts'
import { dateInWords, dueInWords, momentInWords } from '#kernel/calendar/words.ts'
import { reference } from '#kernel/references.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { missing, page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { byOf, mayRead } from './access.ts'
import { isOpen, stateWords } from './action.ts'
import type { ViewsBehindActions } from './changes.ts'
import { type ActionStep, actionPaths } from './paths.ts'
import { type ActionStory, mayFollow, storyOf } from './queries.ts'
import { type LoadedAction, loadAction } from './store.ts'
import { timelineOf } from './timeline.tsx'

export const oneRoutes = (views: ViewsBehindActions) => [
  page<LoadedAction>('/:network/actions/:reference', {
    who: mayRead,
    audit: 'nothing',
    load: visit => loadAction(visit, visit.params.reference, { forChange: false }),
    handler: async visit => show(actionScreen(visit, views, await storyOf(visit.tx, visit.thing))),
  }),
  page<LoadedAction>('/:network/actions/:reference/files/:file', {
    who: mayRead,
    audit: 'action-file-opened',
    load: visit => loadAction(visit, visit.params.reference, { forChange: false }),
    async handler({ tx, files, thing, params }) {
      const row = /^\d{1,9}$/.test(params.file ?? '')
        ? await tx
            .selectFrom('stored_file')
            .selectAll()
            .where('id', '=', Number(params.file))
            .where('thing_kind', '=', 'action')
            .where('thing_id', '=', thing.id)
            .executeTakeFirst()
        : undefined
      const body = row && (await files.read(row))
      return row && body ? { kind: 'download', name: row.name, type: row.type, body } : missing
    },
  }),
]

function actionScreen(visit: Visit<LoadedAction>, views: ViewsBehindActions, story: ActionStory): Screen {
  const { thing, network, today } = visit
  const { it } = thing
  const title = shorten(thing.what, 100)
  const due = dueInWords(it.due, today)
  return {
    title: theirs(title),
    caption: thing.reference,
    back: { href: actionPaths.list(network.slug), text: 'All actions' },
    body: (
      <>
        <Wish visit={visit} />
        <SummaryList
          rows={[
            ...(title === thing.what ? [] : [{ key: 'What', value: <bdi>{thing.what}</bdi> }]),
            { key: 'Owner', value: theirs(thing.ownerName) },
            {
              key: 'By when',
              value:
                isOpen(it) && due.late ? (
                  <>
                    {dateInWords(it.due)} <StatusTag tone="late">{due.words}</StatusTag>
                  </>
                ) : (
                  dateInWords(it.due)
                ),
            },
            {
              key: 'Where it is',
              value: (
                <StatusTag
                  tone={it.state === 'done' ? 'good' : it.state === 'dropped' ? 'stopped' : 'moving'}
                >
                  {stateWords[it.state]}
                </StatusTag>
              ),
            },
            { key: 'Agreed by', value: theirs(thing.groupName) },
            { key: 'Came from', value: <CameFrom visit={visit} views={views} /> },
          ]}
        />
        <Ending visit={visit} story={story} />
        <Buttons visit={visit} />
        <h2 className="nhsuk-heading-m">What happened</h2>
        <Timeline
          entries={story.history.map(each => ({
            when: momentInWords(each.at),
            dateTime: each.at.toString(),
            by: each.by,
            ...timelineOf(each.event, each.details),
          }))}
        />
      </>
    ),
  }
}

function CameFrom({ visit, views }: { visit: Visit<LoadedAction>; views: ViewsBehindActions }) {
  const { view, contributorIds, ownerId } = visit.thing
  const { me } = visit
  if (!view) return 'The group itself'
  const mark = <Reference>{reference('C', view.number)}</Reference>
  const follows = mayFollow(me, view, {
    isMine: contributorIds.includes(me.personId),
    ownsAction: ownerId === me.personId,
  })
  if (!follows) return mark
  return (
    <a href={views.hrefOf(visit.network.slug, view.number)}>
      {mark} <bdi>{view.title}</bdi>
    </a>
  )
}

/** The owner asks for another date: everyone sees it, and who decides is led to it. */
function Wish({ visit }: { visit: Visit<LoadedAction> }) {
  const { it, ownerName } = visit.thing
  if (it.state !== 'asked-for-another-date') return null
  const by = byOf(visit.me, visit.thing)
  const decides = by.leads && !by.isOwner && by.personId !== it.wish.byPersonId
  return (
    <WarningCallout title="Another date is wished for">
      <p>
        {by.isOwner ? 'You ask' : `${theirs(ownerName)} asks`} for {dateInWords(it.wish.on)} instead of{' '}
        {dateInWords(it.due)}.
      </p>
      <Quote words={it.wish.because} by={by.isOwner ? 'Your reason' : 'The reason'} />
      {decides ? (
        <ButtonLink href={step(visit, 'answer-date')}>Answer this</ButtonLink>
      ) : (
        <p>The chair, the deputy or the team say whether that will do.</p>
      )}
    </WarningCallout>
  )
}

function Ending({ visit, story }: { visit: Visit<LoadedAction>; story: ActionStory }) {
  const { it, reference: mark } = visit.thing
  if (it.state === 'dropped') {
    return (
      <InsetText>
        <p>This will not be done. It was dropped on {dateInWords(it.on)}.</p>
        <Quote words={it.because} by="The reason" />
      </InsetText>
    )
  }
  if (it.state !== 'done') return null
  return (
    <>
      <h2 className="nhsuk-heading-m">What changed</h2>
      <Quote words={it.whatChanged} by={dateInWords(it.on)} />
      <h3 className="nhsuk-heading-s">How you can see it</h3>
      {it.evidence && <Quote words={it.evidence} />}
      {it.link && (
        <p>
          <a className="nhsuk-u-text-break-word" href={it.link} rel="noopener noreferrer nofollow">
            {theirs(it.link)}
          </a>
        </p>
      )}
      {story.files.length > 0 && (
        <LinkList
          links={story.files.map(file => ({
            href: actionPaths.file(visit.network.slug, mark, file.id),
            text: theirs(file.name),
            hint: sizeInWords(file.bytes),
          }))}
        />
      )}
    </>
  )
}

function Buttons({ visit }: { visit: Visit<LoadedAction> }) {
  const { it, ownerName } = visit.thing
  if (!isOpen(it)) return null
  const by = byOf(visit.me, visit.thing)
  const links: { href: string; text: string }[] = []
  if (!by.isOwner && by.isTeam) {
    links.push(
      { href: step(visit, 'done'), text: `${theirs(ownerName)} told us it is done` },
      { href: step(visit, 'drop'), text: `${theirs(ownerName)} told us it cannot be done` },
    )
  }
  if (by.leads && !by.isOwner) links.push({ href: step(visit, 'defer'), text: 'Set another date' })
  if (by.leads) links.push({ href: step(visit, 'reassign'), text: 'Hand it on to somebody else' })
  return (
    <>
      {by.isOwner && (
        <div className="nhsuk-button-group">
          <ButtonLink href={step(visit, 'done')}>It is done</ButtonLink>
          <ButtonLink href={step(visit, 'another-date')} secondary>
            Ask for another date
          </ButtonLink>
          <ButtonLink href={step(visit, 'drop')} secondary>
            It cannot be done
          </ButtonLink>
        </div>
      )}
      {links.length > 0 && <LinkList links={links} />}
    </>
  )
}

const step = (visit: Visit<LoadedAction>, which: ActionStep) =>
  actionPaths.do(visit.network.slug, visit.thing.reference, which)

function sizeInWords(bytes: number): string {
  return bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`
}
