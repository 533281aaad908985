import {
  ButtonLink,
  Details,
  InsetText,
  LinkList,
  LoopStrip,
  Reference,
  SummaryList,
  Timeline,
} from '#design/index.ts'
import { dateInWords, momentInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { reference } from '#kernel/references.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Screen, Visit } from '#platform/http/route.ts'
import { isMemberOf, isTeam } from '#platform/permission.ts'
import { actionPaths } from '#slices/actions/index.ts'
import { languageByLetters } from '#slices/translations/index.ts'
import { publicationPaths } from '#slices/you-said-we-did/index.ts'
import { isContributor, maySeeMarked } from '../access.ts'
import type { State } from '../contribution.ts'
import { originalOfAnswer } from '../own-words/originals.ts'
import { contributionPaths } from '../paths.ts'
import type { LoadedThread } from '../store.ts'
import { whatCanBeDone } from './can-do.ts'
import { marksOf } from './marks.ts'
import { standingOf } from './standing.ts'
import { Beside, namesFor, OwnWords, OwnWordsAndMore, type Seen, TheWords } from './their-words.tsx'
import { timelineOf } from './timeline.ts'
import type { SeenAction, SeenConsideration, SeenFeedback, ThreadView } from './view.ts'

/** One page, the same for the contributor and everyone who may see it (LOOP-15). */
export function threadScreen(visit: Visit<LoadedThread>, view: ThreadView): Screen {
  const { loaded } = view
  return {
    title: theirs(loaded.row.title),
    ...titleIn(languageByLetters(loaded.row.title)),
    caption: loaded.reference,
    back: { href: contributionPaths.list(visit.network.slug), text: 'All contributions' },
    wide: true,
    body: (
      <>
        <LoopStrip {...marksOf(view)} />
        <WhereItIs visit={visit} view={view} />
        <CanDoNow visit={visit} view={view} />
        <TheAnswer visit={visit} view={view} />
        <TheWords visit={visit} view={view} />
        <WhatWasDecided visit={visit} view={view} />
        <Actions slug={visit.network.slug} actions={view.actions} />
        <Views visit={visit} view={view} />
        <Verdicts visit={visit} view={view} />
        <WhatHappened visit={visit} view={view} />
      </>
    ),
  }
}

const titleIn = (code: string | undefined) => (code === undefined ? {} : { titleLang: code })

function WhereItIs({ visit, view }: Seen) {
  const standing = standingOf(view, isContributor(visit.me, view.loaded), visit.today)
  return (
    <InsetText>
      <h2 className="nhsuk-heading-m">{standing.headline}</h2>
      {standing.sentences.map((sentence, n) => (
        <p className="loop-words" key={n}>
          {sentence}
        </p>
      ))}
      {standing.next && (
        <p>
          Next: <strong>{standing.next}</strong>
          {standing.due && (
            <>
              , <strong>{standing.due.words}</strong>
            </>
          )}
        </p>
      )}
      <OnTheAgenda visit={visit} view={view} />
    </InsetText>
  )
}

/** The group and the team are led to where it is, or was, dealt with. */
function OnTheAgenda({ visit, view }: Seen) {
  const { onAgenda } = view
  if (!onAgenda || !(isTeam(visit.me) || isMemberOf(visit.me, onAgenda.groupId))) return null
  const meeting = `/${visit.network.slug}/meetings/${reference('M', onAgenda.meeting)}`
  return (
    <p>
      <a href={onAgenda.item === null ? meeting : `${meeting}/items/${onAgenda.item}`}>
        {onAgenda.item === null ? 'See the meeting' : 'See the item on the agenda of'} “{onAgenda.title}”
      </a>
    </p>
  )
}

function CanDoNow({ visit, view }: Seen) {
  const { slug } = visit.network
  const all = whatCanBeDone(visit.me, view.loaded, view.publicText)
  if (all.length === 0) return null
  const next = all[0]?.aside ? undefined : all[0]
  const more = all.filter(each => each !== next)
  const href = (step: string) => contributionPaths.do(slug, view.loaded.reference, step)
  return (
    <nav aria-labelledby="can-do">
      <h2 className="nhsuk-heading-m" id="can-do">
        What you can do now
      </h2>
      {next && <ButtonLink href={href(next.step)}>{next.text}</ButtonLink>}
      {more.length > 0 && <LinkList links={more.map(each => ({ href: href(each.step), text: each.text }))} />}
    </nav>
  )
}

/** The latest answer, high up: it is what they waited for. Earlier ones stand below it, folded. */
function TheAnswer({ visit, view }: Seen) {
  const [latest, ...earlier] = [...view.feedback].reverse()
  if (!latest) return null
  return (
    <section aria-labelledby="answer">
      <h2 className="nhsuk-heading-m" id="answer">
        The answer
      </h2>
      <OneAnswer visit={visit} view={view} feedback={latest} />
      {view.loaded.thread.published && (
        <p>
          <a href={publicationPaths.one(visit.network.slug, view.loaded.reference)}>
            Read it in “You said, we did”
          </a>
        </p>
      )}
      {earlier.map(each => (
        <Details summary={`The answer of ${dateInWords(dayOf(each.at))}`} key={each.id}>
          <OneAnswer visit={visit} view={view} feedback={each} />
        </Details>
      ))}
    </section>
  )
}

function OneAnswer({ visit, view, feedback }: Seen & { feedback: SeenFeedback }) {
  return (
    <>
      <SummaryList
        rows={[
          { key: 'You said', value: <Words>{feedback.youSaid}</Words> },
          { key: 'We heard', value: <Words>{feedback.weHeard}</Words> },
          { key: 'What we did, or why not', value: <Words>{feedback.whatHappened}</Words> },
          { key: 'What happens next', value: <Words>{feedback.next}</Words> },
        ]}
      />
      <p>
        Sent by {theirs(feedback.by)} on {dateInWords(dayOf(feedback.at))}.
      </p>
      <Beside visit={visit} view={view} original={originalOfAnswer(feedback)} />
    </>
  )
}

function Words({ children }: { children: string }) {
  return (
    <span className="loop-words" dir="auto">
      {children}
    </span>
  )
}

const outcomeWords = {
  agreed: 'Agreed',
  'partly-agreed': 'Partly agreed',
  'not-agreed': 'Not agreed',
  'passed-on': 'Passed on',
} as const

function WhatWasDecided({ visit, view }: Seen) {
  if (view.considerations.length === 0) return null
  return (
    <section aria-labelledby="decided">
      <h2 className="nhsuk-heading-m" id="decided">
        How it was considered
      </h2>
      {[...view.considerations].reverse().map(each => (
        <OneConsideration
          visit={visit}
          it={each}
          seesMarked={maySeeMarked(visit.me, view.loaded, each.groupId)}
          key={each.id}
        />
      ))}
    </section>
  )
}

interface OneConsiderationProps {
  readonly visit: Seen['visit']
  readonly it: SeenConsideration
  readonly seesMarked: boolean
}

/** Where the meeting is to read: for everybody once its minutes are published, else for its group and the team. */
function meetingPath({ me, network }: Seen['visit'], it: SeenConsideration): string | undefined {
  if (it.meetingNumber === null) return undefined
  const meeting = `/${network.slug}/meetings/${reference('M', it.meetingNumber)}`
  if (it.minutesArePublic) return `${meeting}/minutes`
  return isMemberOf(me, it.groupId) || isTeam(me) ? meeting : undefined
}

function OneConsideration({ visit, it, seesMarked }: OneConsiderationProps) {
  const path = meetingPath(visit, it)
  // "Operational Board, 11 December 2026" says the group and the day already.
  const day = dateInWords(it.on)
  const group = it.meetingTitle?.startsWith(it.groupName) ? '' : `${theirs(it.groupName)}, `
  const when = it.meetingTitle?.endsWith(day) ? '' : `, ${day}`
  const where = it.meetingTitle ? (
    <>
      {group}
      {path ? <a href={path}>{it.meetingTitle}</a> : `“${it.meetingTitle}”`}
      {when}
    </>
  ) : (
    `${theirs(it.groupName)}, ${day}`
  )
  return (
    <>
      <h3 className="nhsuk-heading-s">
        {outcomeWords[it.outcome]}: {where}
      </h3>
      <SummaryList
        rows={[
          { key: 'Who took part', value: <Words>{it.tookPart}</Words> },
          { key: 'What was said', value: <Words>{it.said}</Words> },
          ...(it.saidInPrivate
            ? [
                {
                  key: 'Marked for the group and the team',
                  value: seesMarked ? (
                    <Words>{it.saidInPrivate}</Words>
                  ) : (
                    'A part of what was said is marked. Only the group and the team read it.'
                  ),
                },
              ]
            : []),
          ...(it.agreedPart ? [{ key: 'What is agreed', value: <Words>{it.agreedPart}</Words> }] : []),
          ...(it.notAgreedPart
            ? [{ key: 'What is not agreed', value: <Words>{it.notAgreedPart}</Words> }]
            : []),
          ...(it.passedTo ? [{ key: 'Passed to', value: <Words>{it.passedTo}</Words> }] : []),
          { key: 'Why', value: <Words>{it.reason}</Words> },
          { key: 'Written down by', value: theirs(it.by) },
        ]}
      />
    </>
  )
}

const actionStates: Record<SeenAction['state'], string> = {
  open: 'To be done',
  'asked-for-another-date': 'To be done, another date is asked for',
  done: 'Done',
  dropped: 'Dropped',
}

function Actions({ slug, actions }: { slug: string; actions: readonly SeenAction[] }) {
  if (actions.length === 0) return null
  return (
    <section aria-labelledby="actions">
      <h2 className="nhsuk-heading-m" id="actions">
        What is being done
      </h2>
      <ul className="nhsuk-list nhsuk-list--bullet">
        {actions.map(each => (
          <li key={each.id}>
            <a href={actionPaths.one(slug, reference('A', each.number))}>
              <Reference>{reference('A', each.number)}</Reference>
            </a>{' '}
            <span dir="auto">{each.what}</span> <br />
            {theirs(each.owner)}, by {dateInWords(each.due)}. <strong>{actionStates[each.state]}</strong>
            {each.data.whatChanged && `: ${theirs(each.data.whatChanged)}`}
            {each.state === 'dropped' && each.data.because && `, because ${theirs(each.data.because)}`}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Views({ visit, view }: Seen) {
  const views = view.texts.filter(each => each.kind === 'view')
  if (views.length === 0) return null
  const seesMarked = maySeeMarked(visit.me, view.loaded, view.loaded.groupId)
  const visible = views.filter(each => !each.inPrivate || seesMarked || each.personId === visit.me.personId)
  const marked = views.length - visible.length
  const nameOf = (id: number | null) => view.viewers.find(each => each.id === id)?.name
  return (
    <section aria-labelledby="views">
      <h2 className="nhsuk-heading-m" id="views">
        What members of the group think
      </h2>
      {visible.map(each => (
        <OwnWords
          reader={visit.me}
          text={each}
          by={`${theirs(nameOf(each.personId) ?? '') || 'A member'}, ${dateInWords(dayOf(each.at))}${each.inPrivate ? ', marked for the group and the team' : ''}`}
          key={each.id}
        />
      ))}
      {marked > 0 && (
        <p>
          {marked === 1 ? 'One view is marked' : `${marked} views are marked`}. Only the group and the team
          read {marked === 1 ? 'it' : 'them'}.
        </p>
      )}
    </section>
  )
}

const answeredStates: readonly State[] = ['fed-back', 'closed', 'reopened', 'ended-unanswered']
const hows: Record<string, string> = {
  link: 'by the link in their message',
  email: 'by e-mail',
  phone: 'by phone, written down by',
  post: 'by post, written down by',
  'in-person': 'in person, written down by',
}

function Verdicts({ visit, view }: Seen) {
  if (!answeredStates.includes(view.loaded.thread.it.state)) return null
  const nameOf = namesFor(visit.me, view)
  const still = view.everyone.filter(each => !each.left)
  if (still.every(each => each.verdict === null) && still.length < 2) return null
  return (
    <section aria-labelledby="verdicts">
      <h2 className="nhsuk-heading-m" id="verdicts">
        Does it close the loop?
      </h2>
      <SummaryList
        rows={still.map(each => ({
          key: theirs(nameOf(each.personId) ?? ''),
          value: each.verdict
            ? [
                `${each.verdict === 'yes' ? 'Yes' : 'No'}, on ${dateInWords(dayOf(each.verdictAt!))}`,
                hows[each.verdictHow ?? ''],
                each.recordedBy ? `${theirs(each.recordedBy)}, as said` : '',
              ]
                .filter(Boolean)
                .join(' ')
            : 'Not said yet',
        }))}
      />
    </section>
  )
}

function WhatHappened({ visit, view }: Seen) {
  const lines = timelineOf(view.history, namesFor(visit.me, view))
  return (
    <section aria-labelledby="history">
      <h2 className="nhsuk-heading-m" id="history">
        What happened
      </h2>
      <Timeline
        entries={lines.map(line => {
          const own = line.ownWords
            ? view.texts.find(each => each.kind === 'answer' && each.id === line.id)
            : undefined
          return {
            when: momentInWords(line.at),
            dateTime: line.at.toString(),
            title: line.title,
            by: line.by ? theirs(line.by) : undefined,
            body: own ? (
              <OwnWordsAndMore visit={visit} view={view} text={own} by={undefined} />
            ) : line.body ? (
              <p className="loop-words" dir="auto">
                {line.body}
              </p>
            ) : undefined,
          }
        })}
      />
    </section>
  )
}
