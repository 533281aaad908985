import { Temporal } from 'temporal-polyfill'
import {
  ButtonLink,
  Details,
  Empty,
  Form,
  InsetText,
  LinkList,
  Quote,
  ReadingHelp,
  StatusTag,
  SummaryList,
  Timeline,
  type TimelineEntry,
  WarningCallout,
} from '#design/index.ts'
import { dateInWords, momentInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { type AnyRoute, missing, page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { WordsFound, wordsIn } from '#slices/learning/index.ts'
import {
  hasCome,
  isAhead,
  mayChair,
  mayPreparePaper,
  mayReadMeeting,
  mayReadPaper,
  meetingPaths,
} from '#slices/meetings/index.ts'
import { isLayMember, mayAnswerQuestions, mayAskAbout } from './access.ts'
import { nextOut } from './changes.ts'
import { lateWords, notReady, stateWords } from './paper.ts'
import { PaperText } from './paper-text.tsx'
import { questionDeadline } from './question.ts'
import { type LoadedPaper, loadPaper, shownVersion, type Version } from './store.ts'
import { holdsPassage, minutesToRead } from './text.ts'
import { type AskedQuestion, type PaperView, viewOf } from './view.ts'
import { askedWords, kindOfFile, markWords, minutesWords, sizeInWords } from './words.ts'
import { DueWords } from './writing.tsx'

type Here = Visit<LoadedPaper>

const load = (visit: Visit<undefined>, how: { forChange: boolean }) =>
  loadPaper(visit, { meeting: visit.params.meeting, paper: visit.params.paper }, how)

/** Each opening of a confidential paper is written down (R58). */
async function noteOpening(visit: Pick<Here, 'audit'>, paper: LoadedPaper, what: string): Promise<void> {
  if (paper.handling === 'named') await visit.audit(`confidential-${what}-opened`, 'paper', paper.reference)
}

export const paperRoutes: AnyRoute[] = [
  page<LoadedPaper>('/:network/meetings/:meeting/papers/:paper', {
    who: mayReadPaper,
    audit: 'nothing',
    load,
    async handler(visit) {
      const version = shownVersion(visit.thing, mayPreparePaper.holds(visit.actor, visit.thing))
      await noteOpening(visit, visit.thing, 'paper')
      return show(paperScreen(visit, version, await viewOf(visit, version)))
    },
  }),
  page<LoadedPaper>('/:network/meetings/:meeting/papers/:paper/files/:file', {
    who: mayReadPaper,
    audit: 'paper-file-opened',
    load,
    async handler(visit) {
      const { thing, tx, files, params } = visit
      const prepares = mayPreparePaper.holds(visit.actor, thing)
      const version = thing.versions.find(
        each => String(each.file?.id) === params.file && (each.outAt !== null || prepares),
      )
      const row =
        version?.file &&
        (await tx
          .selectFrom('stored_file')
          .select(['name', 'type', 'store_key'])
          .where('id', '=', version.file.id)
          .where('thing_kind', '=', 'paper')
          .where('thing_id', '=', thing.id)
          .executeTakeFirst())
      const body = row && (await files.read(row))
      if (!row || !body) return missing
      await noteOpening(visit, thing, 'file')
      return { kind: 'download', name: row.name, type: row.type, body }
    },
  }),
]

const step = (visit: Here, which: string) =>
  meetingPaths.paperStep(visit.network.slug, visit.thing.meeting.reference, visit.thing.reference, which)

function paperScreen(visit: Here, version: Version | undefined, view: PaperView): Screen {
  const { thing, network, actor } = visit
  const meeting = meetingPaths.one(network.slug, thing.meeting.reference)
  return {
    title: theirs(thing.row.title),
    caption: `${thing.reference}, ${theirs(thing.meeting.row.title)}`,
    ...(mayReadMeeting.holds(actor, thing.meeting)
      ? { back: { href: meeting, text: 'Back to the meeting' } }
      : {}),
    body: (
      <>
        <Preparing visit={visit} />
        <h2 className="nhsuk-heading-m">In short</h2>
        {thing.row.summary === '' ? (
          <Empty>There is no summary yet.</Empty>
        ) : (
          thing.row.summary.split(/\n\s*\n/).map((paragraph, n) => (
            <p className="loop-words" dir="auto" key={n}>
              {paragraph}
            </p>
          ))
        )}
        <WordsFound words={wordsIn(`${thing.row.summary} ${view.plainText}`, view.words)} />
        <Facts visit={visit} version={version} />
        <Wishes visit={visit} view={view} />
        <ChangedSince visit={visit} version={version} view={view} />
        <Original visit={visit} version={version} />
        {version && version.textState === 'readable' && (
          <>
            <h2 className="nhsuk-heading-m" id="text">
              The whole paper
            </h2>
            <PaperText
              blocks={view.blocks}
              askHref={mayAsk(visit) ? block => `${step(visit, 'ask')}?part=${block}` : undefined}
            />
          </>
        )}
        <Reading visit={visit} version={version} view={view} />
        <Questions visit={visit} view={view} />
        <Notes visit={visit} view={view} />
        <Versions visit={visit} />
        <History visit={visit} view={view} />
      </>
    ),
  }
}

const mayAsk = (visit: Here): boolean =>
  mayAskAbout.holds(visit.actor, visit.thing) && isAhead(visit.thing.meeting.it)

function Facts({ visit, version }: { visit: Here; version: Version | undefined }) {
  const { thing, network } = visit
  const { late, outAt, state } = thing.it
  const item = meetingPaths.item(network.slug, thing.meeting.reference, thing.item.id)
  const readsItem = thing.item.handling !== 'named' && mayReadMeeting.holds(visit.actor, thing.meeting)
  return (
    <SummaryList
      rows={[
        { key: 'You are asked to', value: askedWords[thing.item.asked] },
        ...(readsItem ? [{ key: 'Item', value: <a href={item}>{theirs(thing.item.title)}</a> }] : []),
        { key: 'Written by', value: theirs(thing.authorName) },
        { key: 'Who may read it', value: markWords[thing.handling] },
        {
          key: 'Sent out',
          value:
            state === 'out' && outAt ? (
              <>
                {dateInWords(dayOf(outAt))}{' '}
                {late && <StatusTag tone="late">{lateWords(late.days)}</StatusTag>}
                {late && (
                  <p>
                    It was due by {dateInWords(thing.meeting.it.papersDueOn)}.{' '}
                    {theirs(thing.allowedByName ?? '') || 'The chair'} allowed it to be late, because:{' '}
                    <bdi>{late.because}</bdi>
                  </p>
                )}
              </>
            ) : (
              <StatusTag tone={state === 'withdrawn' ? 'stopped' : 'waiting'}>{stateWords[state]}</StatusTag>
            ),
        },
        ...(version && version.words > 0
          ? [{ key: 'To read it takes', value: minutesWords(minutesToRead(version.words)) }]
          : []),
      ]}
    />
  )
}

/** For whoever prepares it: what is missing, and the next step. */
function Preparing({ visit }: { visit: Here }) {
  const { thing, actor } = visit
  const { state, because } = thing.it
  if (state === 'withdrawn') {
    return (
      <InsetText>
        <p>This paper was withdrawn.</p>
        <Quote words={because} by="The reason" />
      </InsetText>
    )
  }
  if (!mayPreparePaper.holds(actor, thing) || !isAhead(thing.meeting.it)) return null
  const isNewVersion = state === 'out'
  if (isNewVersion && !thing.draft) {
    return (
      <LinkList
        links={[
          { href: step(visit, 'change'), text: 'Make a new version' },
          { href: step(visit, 'withdraw'), text: 'Withdraw this paper' },
        ]}
      />
    )
  }
  const why = notReady(nextOut(thing))
  return (
    <WarningCallout title={isNewVersion ? 'A new version is being prepared' : 'This paper is not out yet'}>
      {why.length > 0 ? (
        <>
          <p>Before it can go out:</p>
          <ul className="nhsuk-list nhsuk-list--bullet">
            {why.map(each => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </>
      ) : (
        <p>It is ready to go out. Look at its text below first, as others will read it.</p>
      )}
      <DueWords meeting={thing.meeting} visit={visit} />
      <ReadingHelp text={nextOut(thing).summary} what="The summary" />
      <div className="nhsuk-button-group">
        {why.length === 0 && <ButtonLink href={step(visit, 'send-out')}>Send it out</ButtonLink>}
        <ButtonLink href={step(visit, 'change')} secondary={why.length === 0}>
          Change this paper
        </ButtonLink>
      </div>
      <p>
        <a href={step(visit, 'withdraw')}>Withdraw this paper</a>
      </p>
    </WarningCallout>
  )
}

function Original({ visit, version }: { visit: Here; version: Version | undefined }) {
  const file = version?.file
  if (!file) return null
  return (
    <LinkList
      links={[
        {
          href: step(visit, `files/${file.id}`),
          text: `Download the original: ${theirs(file.name)}`,
          hint: `${kindOfFile(file.type)}, ${sizeInWords(file.bytes)}${version.pages ? `, ${version.pages} pages` : ''}`,
        },
      ]}
    />
  )
}

/** For whoever has read an older version: what is new. */
function ChangedSince({
  visit,
  version,
  view,
}: {
  visit: Here
  version: Version | undefined
  view: PaperView
}) {
  const read = view.readVersions
  if (!version || read.length === 0 || read.includes(version.id)) return null
  const newer = visit.thing.versions.filter(
    each => each.outAt !== null && each.id > Math.max(...read) && each.whatChanged,
  )
  return (
    <InsetText>
      <p>You have read an older version of this paper. What changed since then:</p>
      {newer.map(each => (
        <p dir="auto" key={each.id}>
          {each.whatChanged}
        </p>
      ))}
    </InsetText>
  )
}

/** "I have read this", for the reader alone. */
function Reading({ visit, version, view }: { visit: Here; version: Version | undefined; view: PaperView }) {
  const { actor, thing } = visit
  if (!actor || !version || !thing.out) return null
  const isRead = view.readVersions.includes(version.id)
  return (
    <Form
      hidden={{ ...visit.hidden, read: isRead ? 'no' : 'yes' }}
      action={step(visit, 'read')}
      button={isRead ? 'I have not read this' : 'I have read this'}
    >
      <p>{isRead && <StatusTag tone="good">You have read this</StatusTag>} Only you see this mark.</p>
    </Form>
  )
}

function Questions({ visit, view }: { visit: Here; view: PaperView }) {
  const { thing } = visit
  if (!thing.out && view.questions.length === 0) return null
  const deadline = questionDeadline(thing.meeting.it.startsAt, visit.today, visit.network.clocks)
  return (
    <>
      <h2 className="nhsuk-heading-m" id="questions">
        Questions
      </h2>
      {view.questions.length === 0 && <Empty>Nobody has asked anything yet.</Empty>}
      {view.questions.map(each => (
        <OneQuestion visit={visit} view={view} asked={each} key={each.id} />
      ))}
      {mayAsk(visit) && (
        <>
          <p>
            {Temporal.PlainDate.compare(visit.today, deadline) > 0
              ? `The time for questions ended on ${dateInWords(deadline)}. You can still ask: your question goes to the meeting.`
              : `Ask by ${dateInWords(deadline)}, and ${theirs(thing.authorName)} answers before the meeting. Everybody who may read the paper sees it.`}
          </p>
          <div className="nhsuk-button-group">
            <ButtonLink href={step(visit, 'ask')}>Ask a question</ButtonLink>
            <ButtonLink href={step(visit, 'help')} secondary>
              Ask for help with this paper
            </ButtonLink>
          </div>
        </>
      )}
    </>
  )
}

function OneQuestion({ visit, view, asked }: { visit: Here; view: PaperView; asked: AskedQuestion }) {
  const mine = asked.askerId === visit.actor?.personId
  const name = mine ? 'You' : visit.actor ? theirs(asked.askerName) : 'A member of the group'
  return (
    <section>
      <h3 className="nhsuk-heading-s" id={`question-${asked.id}`}>
        {name} asked on {dateInWords(dayOf(asked.askedAt))}
      </h3>
      {asked.passage !== '' && (
        <>
          <Quote words={asked.passage} by="From the paper" />
          {!holdsPassage(view.plainText, asked.passage) && (
            <p>These words are gone from the paper as it is now.</p>
          )}
        </>
      )}
      <p className="loop-words" dir="auto">
        {asked.words}
      </p>
      {asked.state === 'answered' ? (
        <Quote
          words={asked.answer}
          by={`Answered${asked.answeredByName ? ` by ${theirs(asked.answeredByName)}` : ''}, ${asked.answeredAt ? momentInWords(asked.answeredAt) : ''}`}
        />
      ) : (
        <p>
          <StatusTag tone="waiting">
            {hasCome(visit.thing.meeting.it, 'held') ||
            Temporal.PlainDate.compare(asked.dueOn, visit.today) < 0
              ? 'For the meeting'
              : 'Waits for an answer'}
          </StatusTag>
        </p>
      )}
      {asked.state === 'asked' && mayAnswerQuestions.holds(visit.actor, visit.thing) && (
        <p>
          <a href={step(visit, `questions/${asked.id}/answer`)}>
            Answer this<span className="nhsuk-u-visually-hidden"> question of {theirs(asked.askerName)}</span>
          </a>
        </p>
      )}
      {asked.state === 'asked' && mine && (
        <p>
          <a href={step(visit, `questions/${asked.id}/take-back`)}>Take this question back</a>
        </p>
      )}
    </section>
  )
}

function Notes({ visit, view }: { visit: Here; view: PaperView }) {
  if (!visit.actor || !visit.thing.out) return null
  return (
    <>
      <h2 className="nhsuk-heading-m" id="notes">
        My notes
      </h2>
      <p>Only you see your notes. Nobody else can, not the team and not an administrator.</p>
      {view.note !== '' && <Quote words={view.note} />}
      <p>
        <a href={step(visit, 'notes')}>{view.note === '' ? 'Write a note' : 'Change my notes'}</a>
      </p>
    </>
  )
}

/** A lay member may ask to put an item off when its paper was late; the chair answers on record. */
function Wishes({ visit, view }: { visit: Here; view: PaperView }) {
  const { thing, actor } = visit
  if (!thing.it.late || !actor || !mayReadMeeting.holds(actor, thing.meeting)) return null
  const open = isAhead(thing.meeting.it) && thing.item.state === 'on-agenda'
  const mine = view.wishes.some(each => each.personId === actor.personId)
  return (
    <>
      {view.wishes.map(each => (
        <InsetText key={each.id}>
          <p>
            {each.personId === actor.personId ? 'You ask' : `${theirs(each.personName)} asks`} to put this
            off:
          </p>
          <Quote words={each.words} />
          {each.answer ? (
            <p>
              {each.answer === 'deferred' ? 'The item was put off' : 'The item goes ahead'}, because:{' '}
              <bdi>{each.because}</bdi>
            </p>
          ) : mayChair.holds(actor, thing) && open ? (
            <ButtonLink href={step(visit, `wishes/${each.id}`)}>Answer this wish</ButtonLink>
          ) : (
            <p>The chair answers.</p>
          )}
        </InsetText>
      ))}
      {open && !mine && isLayMember.holds(actor, thing) && (
        <p>
          This paper was late. <a href={step(visit, 'put-off')}>Ask to put the item off</a>
        </p>
      )}
    </>
  )
}

function Versions({ visit }: { visit: Here }) {
  const out = visit.thing.versions.filter(each => each.outAt !== null)
  if (out.length < 2) return null
  return (
    <Details summary={`Versions (${out.length})`}>
      {out.map(each => (
        <div key={each.id}>
          <p>
            Version {each.number}, sent out {dateInWords(dayOf(Temporal.Instant.from(each.outAt!)))} by{' '}
            {theirs(each.byName)}
            {each.whatChanged && (
              <>
                : <bdi>{each.whatChanged}</bdi>
              </>
            )}
          </p>
          {each.file && (
            <p>
              <a href={step(visit, `files/${each.file.id}`)}>
                {theirs(each.file.name)}
                <span className="nhsuk-u-visually-hidden"> of version {each.number}</span>
              </a>
            </p>
          )}
        </div>
      ))}
    </Details>
  )
}

/** What happened to the paper, for those who come to the meeting (BOARD-25). */
function History({ visit, view }: { visit: Here; view: PaperView }) {
  if (!mayReadMeeting.holds(visit.actor, visit.thing.meeting)) return null
  return (
    <Details summary="What happened to this paper">
      <Timeline
        entries={view.history.map(each => ({
          when: momentInWords(each.at),
          dateTime: each.at.toString(),
          by: each.by,
          ...paperTimeline(each.event, each.details),
        }))}
      />
    </Details>
  )
}

/** The sentence of one thing that happened to a paper, and the words that were said with it. */
export function paperTimeline(
  event: string,
  details: Readonly<Record<string, unknown>>,
): Pick<TimelineEntry, 'title' | 'body'> {
  const said = (words: unknown) => (words ? <Quote words={String(words)} /> : undefined)
  switch (event) {
    case 'paper-added':
      return { title: 'Added' }
    case 'paper-changed':
      return {
        title: details.handling
          ? `Changed: ${markWords[details.handling as LoadedPaper['handling']]}`
          : 'Changed',
      }
    case 'paper-out':
      return {
        title: details.lateDays ? `Sent out, ${lateWords(Number(details.lateDays))}` : 'Sent out in time',
        body: said(details.because),
      }
    case 'version-out':
      return { title: `Version ${details.number} sent out`, body: said(details.whatChanged) }
    case 'paper-withdrawn':
      return { title: 'Withdrawn', body: said(details.because) }
    case 'question-asked':
      return { title: 'A question was asked' }
    case 'question-answered':
      return { title: 'A question was answered' }
    case 'question-taken-back':
      return { title: 'A question was taken back' }
    case 'put-off-asked':
      return { title: 'Asked to put the item off', body: said(details.words) }
    case 'put-off-answered':
      return {
        title: details.answer === 'deferred' ? 'The item was put off' : 'The item goes ahead',
        body: said(details.because),
      }
    default:
      return { title: event }
  }
}
