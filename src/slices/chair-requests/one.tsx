import {
  Form,
  InsetText,
  LinkList,
  Quote,
  StatusTag,
  SummaryList,
  Timeline,
  WarningCallout,
} from '#design/index.ts'
import { dateInWords, momentInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { type Filled, missing, page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { originalLang, type Translation } from '#slices/translations/index.ts'
import { byOf, mayRead, mayTranslate } from './access.ts'
import { isOver, mayAnswerNow } from './chair-request.ts'
import {
  originalOfAnswer,
  originalOfQuestion,
  originalOfVerdict,
  originalsOf,
  replyOriginal,
} from './originals.ts'
import { AnswerFields, FileLinks, ReplyField, VerdictFields } from './parts.tsx'
import { type RequestStep, requestPaths } from './paths.ts'
import { answerFile, storyAndTranslations } from './queries.ts'
import { Question, Said } from './said.tsx'
import { type GivenAnswer, type LoadedRequest, loadRequest } from './store.ts'
import { timelineOf } from './timeline.tsx'
import { kindWords, stateWords, turnInWords, verdictWords } from './words.ts'

export type Here = Visit<LoadedRequest>

interface Seen {
  readonly visit: Here
  readonly translations: readonly Translation[]
}

const nothing: Filled = { values: {}, lists: {}, errors: [] }

export const oneRoutes = [
  page<LoadedRequest>('/:network/requests/:reference', {
    who: mayRead,
    audit: 'nothing',
    load: visit => loadRequest(visit, visit.params.reference, { forChange: false }),
    handler: async visit => show(await requestScreen(visit, nothing)),
  }),
  page<LoadedRequest>('/:network/requests/:reference/files/:file', {
    who: mayRead,
    audit: 'request-file-opened',
    load: visit => loadRequest(visit, visit.params.reference, { forChange: false }),
    async handler({ tx, files, thing, params }) {
      const row = await answerFile(
        tx,
        thing.answers.map(each => each.id),
        params.file,
      )
      const body = row && (await files.read(row))
      return row && body ? { kind: 'download', name: row.name, type: row.type, body } : missing
    },
  }),
]

/**
 * The page of a request. What this person can do now stands at the top, ready to be filled in: a chair answers on a
 * phone without going anywhere else (LOOP-17). Forms with mistakes come back on the same page.
 */
export async function requestScreen(visit: Here, filled: Filled): Promise<Screen> {
  const { thing, network, today, me } = visit
  const { story, translations } = await storyAndTranslations(visit.tx, thing)
  const turn = turnInWords(thing, me, today)
  // Whoever is asked about an answer reads it there, with the question.
  const judges = thing.it.state === 'answered' && byOf(me, thing).isAsker
  const lang = originalLang(originalOfQuestion(thing), translations)
  const answers = judges ? thing.answers.slice(0, -1) : thing.answers
  return {
    title: shorten(thing.what, 80),
    ...(lang === undefined ? {} : { titleLang: lang }),
    caption: `${thing.reference}, a request to ${thing.groupName}`,
    back: { href: requestPaths.list(network.slug), text: 'All requests' },
    body: (
      <>
        {turn.late ? (
          <WarningCallout title="This is late">{turn.words}</WarningCallout>
        ) : (
          <InsetText>{turn.words}</InsetText>
        )}
        <Question visit={visit} translations={translations} />
        <WhatNow visit={visit} filled={filled} translations={translations} />
        {answers.length > 0 && (
          <>
            <h2 className="nhsuk-heading-m">{headingOf(answers.length, judges)}</h2>
            {answers.map(answer => (
              <Answer visit={visit} answer={answer} translations={translations} key={answer.id} />
            ))}
          </>
        )}
        <MoreToDo visit={visit} />
        <h2 className="nhsuk-heading-m">About this request</h2>
        <SummaryList
          rows={[
            { key: 'Asked by', value: askedBy(thing) },
            { key: 'Asked of', value: thing.groupName },
            { key: 'Kind', value: kindWords[thing.kind].name },
            ...(thing.neededBy ? [{ key: 'Needed by', value: dateInWords(thing.neededBy) }] : []),
            {
              key: 'Where it is',
              value: <StatusTag tone={toneOf(thing)}>{stateWords[thing.it.state]}</StatusTag>,
            },
          ]}
        />
        <h2 className="nhsuk-heading-m">What happened</h2>
        <Timeline
          entries={story.map(each => ({
            when: momentInWords(each.at),
            dateTime: each.at.toString(),
            by: each.by,
            ...timelineOf(each.event, each.details),
            ...(each.event === 'replied' && each.details.words
              ? {
                  body: (
                    <Said
                      visit={visit}
                      translations={translations}
                      original={replyOriginal(each.id, String(each.details.words), thing.askerId)}
                    />
                  ),
                }
              : {}),
          }))}
        />
      </>
    ),
  }
}

function headingOf(answers: number, earlier: boolean): string {
  if (earlier) return answers === 1 ? 'The answer before' : 'The answers before'
  return answers === 1 ? 'The answer' : 'The answers'
}

function askedBy(request: LoadedRequest): string {
  const on = dateInWords(dayOf(request.askedAt))
  return request.recordedByName === null
    ? `${request.askerName}, ${on}`
    : `${request.askerName}, ${on}, written down by ${request.recordedByName}`
}

export function toneOf({ it }: Pick<LoadedRequest, 'it'>) {
  if (it.state === 'closed') return 'good'
  if (it.state === 'withdrawn') return 'stopped'
  return it.state === 'needs-asker' || it.state === 'answered' ? 'waiting' : 'moving'
}

const step = (visit: Here, which: RequestStep) =>
  requestPaths.do(visit.network.slug, visit.thing.reference, which)

/** What the reader can do now, on this page. */
function WhatNow({ visit, filled, translations }: Seen & { filled: Filled }) {
  const { it, groupName } = visit.thing
  const by = byOf(visit.me, visit.thing)
  const missed = it.state === 'sent-back' || it.state === 'with-portfolio-manager' ? it : undefined
  return (
    <>
      {missed && (
        <>
          <h2 className="nhsuk-heading-s">
            {missed.verdict === 'no' ? 'Why the answer did not help' : 'What is missing in the answer'}
          </h2>
          <Said
            visit={visit}
            translations={translations}
            original={{ ...lastVerdict(visit.thing), words: missed.because }}
            by={visit.thing.askerName}
          />
        </>
      )}
      {it.state === 'needs-asker' && (
        <>
          <h2 className="nhsuk-heading-s">What {groupName} asks</h2>
          <Quote words={it.question} by={dateInWords(it.stoppedOn)} />
          {by.isAsker && (
            <Form action={step(visit, 'reply')} hidden={visit.hidden} button="Send your reply">
              <ReplyField filled={filled} label="Your reply" />
            </Form>
          )}
        </>
      )}
      {mayAnswerNow(it, by) && (
        <>
          {it.state === 'asked' && (
            <Form
              action={step(visit, 'acknowledge')}
              hidden={visit.hidden}
              button="We have it: tell them"
              secondary={{ text: 'Ask them something first', href: step(visit, 'ask') }}
            />
          )}
          <Form action={step(visit, 'answer')} hidden={visit.hidden} button="Send the answer" multipart>
            <AnswerFields filled={filled} mayLetIn={by.leads} />
          </Form>
          {it.state !== 'asked' && it.state !== 'needs-asker' && (
            <p>
              <a href={step(visit, 'ask')}>Ask them something first</a>
            </p>
          )}
        </>
      )}
      {it.state === 'answered' && by.isAsker && (
        <>
          <LatestAnswer visit={visit} translations={translations} />
          <Form action={step(visit, 'verdict')} hidden={visit.hidden} button="Tell them">
            <VerdictFields filled={filled} asSaid={false} />
          </Form>
        </>
      )}
    </>
  )
}

const lastVerdict = ({ answers, askerId }: LoadedRequest) =>
  originalOfVerdict(answers.at(-1) ?? { id: 0, verdictWords: null }, askerId)

function LatestAnswer({ visit, translations }: Seen) {
  const answer = visit.thing.answers.at(-1)
  if (!answer) return null
  return (
    <>
      <h2 className="nhsuk-heading-s">What they answered</h2>
      <Said
        visit={visit}
        translations={translations}
        original={originalOfAnswer(answer)}
        by={`${answer.byName}, ${dateInWords(dayOf(answer.at))}`}
      />
      <FileLinks
        files={answer.files}
        href={file => requestPaths.file(visit.network.slug, visit.thing.reference, file)}
      />
    </>
  )
}

function Answer({ visit, answer, translations }: Seen & { answer: GivenAnswer }) {
  return (
    <>
      <Said
        visit={visit}
        translations={translations}
        original={originalOfAnswer(answer)}
        by={`${answer.byName}, ${dateInWords(dayOf(answer.at))}`}
      />
      <FileLinks
        files={answer.files}
        href={file => requestPaths.file(visit.network.slug, visit.thing.reference, file)}
      />
      {answer.verdict && (
        <p>
          <strong>{verdictWords[answer.verdict]}</strong>, said {visit.thing.askerName}
          {answer.verdictRecordedBy && ` (${answer.verdictRecordedBy} wrote it down as they said it)`}.
        </p>
      )}
      {answer.verdictWords && (
        <Said
          visit={visit}
          translations={translations}
          original={originalOfVerdict(answer, visit.thing.askerId)}
        />
      )}
      <LibraryConsent visit={visit} answer={answer} />
    </>
  )
}

/** Question and answer stand in the library only while both sides let them. */
function LibraryConsent({ visit, answer }: { visit: Here; answer: GivenAnswer }) {
  const { thing, network, hidden } = visit
  const by = byOf(visit.me, thing)
  const inIt = answer.askerConsents && answer.groupConsents
  const sides = [
    ...(by.isAsker || (by.isTeam && answer.askerConsents)
      ? [{ side: 'asker', gives: answer.askerConsents }]
      : []),
    ...(by.leads ? [{ side: 'sig', gives: answer.groupConsents }] : []),
  ]
  return (
    <>
      {inIt ? (
        <p>
          This answer is in{' '}
          <a href={requestPaths.entry(network.slug, thing.groupSlug, answer.id)}>
            the library of {thing.groupName}
          </a>
          , without a name.
        </p>
      ) : (
        sides.some(each => each.gives) && (
          <p>One side lets it into the library. It goes there when the other side does so too.</p>
        )
      )}
      {sides.map(({ side, gives }) => (
        <Form
          key={side}
          action={step(visit, 'library')}
          hidden={{ ...hidden, answerId: String(answer.id), side, consents: gives ? 'no' : 'yes' }}
          button={
            gives
              ? 'Take it back: not in the library'
              : 'Let question and answer into the library, without a name'
          }
        />
      ))}
    </>
  )
}

const canTranslate = ({ me, thing }: Here) =>
  !isOver(thing.it) && originalsOf(thing).some(each => each.words !== '' && mayTranslate(me, thing, each))

function MoreToDo({ visit }: { visit: Here }) {
  const { it, askerName } = visit.thing
  const by = byOf(visit.me, visit.thing)
  const links: { href: string; text: string }[] = []
  if (by.isTeam && !by.isAsker) {
    if (it.state === 'answered') {
      links.push({
        href: step(visit, 'verdict-as-said'),
        text: `Write down what ${askerName} said about the answer`,
      })
    }
    if (it.state === 'needs-asker') {
      links.push({ href: step(visit, 'reply'), text: `Write down what ${askerName} replied` })
    }
  }
  if (canTranslate(visit)) links.push({ href: step(visit, 'translate'), text: 'Add a translation' })
  if ((by.isAsker || by.isTeam) && !isOver(it)) {
    links.push({
      href: step(visit, 'withdraw'),
      text: by.isAsker
        ? 'I do not need this any more'
        : `${askerName} told us that it is not needed any more`,
    })
  }
  return links.length > 0 ? <LinkList links={links} /> : null
}
