import { sql } from 'kysely'
import type { ReactNode } from 'react'
import { ButtonLink, InsetText, LinkList, StatusTag, WarningCallout } from '#design/index.ts'
import { dateInWords, dueInWords } from '#kernel/calendar/words.ts'
import { dayOf, workingDaysBetween } from '#kernel/calendar/working-days.ts'
import { reference } from '#kernel/references.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { type AsJson, question } from '#platform/database/questions.ts'
import type { Visit } from '#platform/http/route.ts'
import { agreementPaths } from '#slices/agreements/index.ts'
import {
  isAhead,
  type LoadedMeeting,
  type MeetingPart,
  mayRunMeeting,
  meetingPaths,
  readablePapers,
} from '#slices/meetings/index.ts'
import { lateWords, notReady, stateWords } from './paper.ts'
import { itemStands } from './store.ts'
import { minutesToRead, type TextState } from './text.ts'
import { many, markWords, minutesWords } from './words.ts'

type Here = Visit<LoadedMeeting>

/** The papers of a meeting that this person may read, with what they have read and what is asked. */
const listed = (visit: Here) =>
  visit.tx
    .selectFrom('paper')
    .innerJoin('meeting', join =>
      join.onRef('meeting.network_id', '=', 'paper.network_id').onRef('meeting.id', '=', 'paper.meeting_id'),
    )
    .innerJoin('person as w', join =>
      join.onRef('w.network_id', '=', 'paper.network_id').onRef('w.id', '=', 'paper.author_person_id'),
    )
    .leftJoinLateral(
      eb =>
        eb
          .selectFrom('paper_version as v')
          .select(['v.id', 'v.words', 'v.text_state'])
          .whereRef('v.network_id', '=', 'paper.network_id')
          .whereRef('v.paper_id', '=', 'paper.id')
          .where(eb_ => eb_.or([eb_('v.out_at', 'is not', null), eb_('paper.state', '=', 'draft')]))
          .orderBy('v.number', 'desc')
          .limit(1)
          .as('current'),
      join => join.onTrue(),
    )
    .select(['paper.id', 'paper.number', 'paper.item_id', 'paper.title', 'paper.summary', 'paper.state'])
    .select(['paper.handling', 'paper.late_days', 'paper.author_person_id', 'w.name as author'])
    .select(['current.words', 'current.text_state', itemStands('paper').as('stands')])
    .select([
      sql<boolean>`exists (select from paper_reading r where r.network_id = paper.network_id
        and r.paper_id = paper.id and r.version_id = current.id and r.person_id = ${visit.me.personId})`.as(
        'is_read',
      ),
      sql<{ id: number; words: string }[]>`coalesce((
        select jsonb_agg(jsonb_build_object('id', q.id, 'words', q.words) order by q.id) from paper_question q
        where q.network_id = paper.network_id and q.paper_id = paper.id and q.state = 'asked'), '[]')`.as(
        'open',
      ),
      sql<number>`(select count(*)::integer from deferral_wish d where d.network_id = paper.network_id
        and d.paper_id = paper.id and d.answer is null)`.as('wishes'),
    ])
    .where('paper.meeting_id', '=', visit.thing.id)
    .where('paper.state', '<>', 'withdrawn')
    .where(eb => readablePapers(eb, visit.me))
    .orderBy('paper.position')
    .orderBy('paper.id')

type Listed = AsJson<Awaited<ReturnType<ReturnType<typeof listed>['execute']>>[number]>

export const papersOfMeeting: MeetingPart = (visit, items) =>
  question(listed(visit), rows => {
    const shown = new Map<number, ReactNode>()
    for (const item of items) {
      const papers = rows.filter(row => row.item_id === item)
      if (papers.length > 0) shown.set(item, <PapersOfItem visit={visit} papers={papers} />)
    }
    return {
      ofItems: shown,
      ofMeeting: (
        <>
          {visit.me.withoutPapers && <WithoutPapers visit={visit} />}
          <ToRead visit={visit} papers={rows.filter(row => row.state === 'out' && row.stands)} />
          {mayRunMeeting.holds(visit.me, visit.thing) && isAhead(visit.thing.it) && (
            <ToSend visit={visit} drafts={rows.filter(row => row.state === 'draft' && row.stands)} />
          )}
        </>
      ),
    }
  })

const hrefOf = (visit: Here, paper: Pick<Listed, 'number'>) =>
  meetingPaths.paper(visit.network.slug, visit.thing.reference, reference('P', paper.number))

function PapersOfItem({ visit, papers }: { visit: Here; papers: readonly Listed[] }) {
  const day = dayOf(visit.thing.it.startsAt)
  // When the meeting comes, what was not answered comes first.
  const open = day.until(visit.today).days >= 0 ? papers.filter(each => each.open.length > 0) : []
  return (
    <>
      {open.map(paper => (
        <WarningCallout title="Questions that wait for an answer" headingLevel={3} key={paper.id}>
          <LinkList
            links={paper.open.map(each => ({
              href: `${hrefOf(visit, paper)}#question-${each.id}`,
              text: theirs(each.words),
              hint: `About ${reference('P', paper.number)}`,
            }))}
          />
        </WarningCallout>
      ))}
      <LinkList
        links={papers.map(each => ({
          href: hrefOf(visit, each),
          text: `${reference('P', each.number)} ${theirs(each.title)}`,
          hint: (
            <>
              {theirs(each.author)}. {markWords[each.handling]}
              {each.state === 'out' && each.words
                ? `. To read it takes ${minutesWords(minutesToRead(each.words))}`
                : ''}{' '}
              {each.state === 'draft' && <StatusTag tone="waiting">{stateWords.draft}</StatusTag>}{' '}
              {each.is_read && <StatusTag tone="good">You have read this</StatusTag>}{' '}
              {each.late_days > 0 && <StatusTag tone="late">{lateWords(each.late_days)}</StatusTag>}
            </>
          ),
        }))}
      />
    </>
  )
}

/** Whoever gets no papers sees why, and what to do about it. */
const WithoutPapers = ({ visit }: { visit: Here }) => (
  <InsetText>
    <p>
      You get no papers of this meeting yet, because an agreement still waits for your word. Papers that
      everybody may read are open to you.
    </p>
    <p>
      <a href={agreementPaths.mine(visit.network.slug)}>See which agreement, and answer</a>
    </p>
  </InsetText>
)

/** What is left to read, and how long that takes. */
function ToRead({ visit, papers }: { visit: Here; papers: readonly Listed[] }) {
  if (papers.length === 0) return null
  const left = papers.filter(each => !each.is_read && each.author_person_id !== visit.me.personId)
  const words = left.reduce((sum, each) => sum + (each.words ?? 0), 0)
  return (
    <>
      <h2 className="nhsuk-heading-m" id="papers">
        Papers
      </h2>
      <p>
        {left.length === 0
          ? `You have read ${papers.length === 1 ? 'the one paper' : `all ${papers.length} papers`}.`
          : `You have ${left.length} of ${many(papers.length, 'paper')} left to read. That takes ${minutesWords(minutesToRead(words))}.`}{' '}
        Only you see this.
      </p>
      {left.length > 0 && (
        <LinkList
          links={left.map(each => ({
            href: hrefOf(visit, each),
            text: `${reference('P', each.number)} ${theirs(each.title)}`,
            hint: minutesWords(minutesToRead(each.words ?? 0)),
          }))}
        />
      )}
      <LinkList
        links={[
          {
            href: meetingPaths.pack(visit.network.slug, visit.thing.reference),
            text: 'All papers in one file, in large print, or to be read aloud',
          },
        ]}
      />
    </>
  )
}

/** For whoever runs the meeting: how many working days are left, what is ready, and what is missing. */
function ToSend({ visit, drafts }: { visit: Here; drafts: readonly Listed[] }) {
  const { thing, today, network } = visit
  if (drafts.length === 0 && thing.it.state !== 'agenda-set') return null
  const due = dueInWords(thing.it.papersDueOn, today)
  const days = Math.max(0, workingDaysBetween(today, thing.it.papersDueOn))
  const why = (each: Listed) =>
    notReady({ summary: each.summary, textState: (each.text_state ?? undefined) as TextState | undefined })
  const ready = drafts.filter(each => why(each).length === 0).length
  return (
    <>
      <h2 className="nhsuk-heading-m">Sending the papers out</h2>
      <p>
        {due.late
          ? `Papers were due by ${dateInWords(thing.it.papersDueOn)}: ${due.words}.`
          : `Papers are due ${due.words}: ${days === 0 ? 'that is today' : `${days} working ${days === 1 ? 'day' : 'days'} from today`}.`}{' '}
        {many(ready, 'paper')} of {drafts.length} {ready === 1 ? 'is' : 'are'} ready.
      </p>
      <LinkList
        links={drafts.map(each => ({
          href: hrefOf(visit, each),
          text: `${reference('P', each.number)} ${theirs(each.title)}`,
          hint: `${theirs(each.author)}. ${why(each).join(' ') || 'Ready.'}`,
        }))}
      />
      <ButtonLink href={meetingPaths.step(network.slug, thing.reference, 'send-papers-out')}>
        Send the papers out
      </ButtonLink>
    </>
  )
}
