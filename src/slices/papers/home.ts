import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { reference } from '#kernel/references.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { HomePart, Visit } from '#platform/http/route.ts'
import { groupsOf, isTeam } from '#platform/permission.ts'
import { meetingPaths, readablePapers } from '#slices/meetings/index.ts'
import { helpPaths } from './asking-changes.ts'
import { itemStands } from './store.ts'
import { minutesToRead } from './text.ts'
import { many, minutesWords } from './words.ts'

const ahead = ['planned', 'agenda-open', 'agenda-set', 'papers-out'] as const
const dayIn = (at: string) => dayOf(Temporal.Instant.from(at))

/** Papers to write and to read, questions to answer, and what people ask of the team. */
export function papersAtHome(visit: Visit): Question<HomePart>[] {
  const { actor } = visit
  if (!actor) return []
  return [
    ...(groupsOf(actor).length > 0 ? [toRead(visit)] : []),
    toWrite(visit),
    questions(visit),
    ...(isTeam(actor) ? [helpAsked(visit)] : []),
  ]
}

/** Papers with their meeting, of meetings to come. */
const papersAhead = ({ tx, now }: Visit) =>
  tx
    .selectFrom('paper')
    .innerJoin('meeting', join =>
      join.onRef('meeting.network_id', '=', 'paper.network_id').onRef('meeting.id', '=', 'paper.meeting_id'),
    )
    .where('meeting.state', 'in', ahead)
    .where('meeting.starts_at', '>', now)
    .where(itemStands('paper'))

/** What is out and I have not marked as read: one line for each meeting, with how long it takes. */
function toRead(visit: Visit): Question<HomePart> {
  const { network, me } = visit
  const rows = papersAhead(visit)
    .innerJoinLateral(
      eb =>
        eb
          .selectFrom('paper_version as v')
          .select(['v.id', 'v.words'])
          .whereRef('v.network_id', '=', 'paper.network_id')
          .whereRef('v.paper_id', '=', 'paper.id')
          .where('v.out_at', 'is not', null)
          .orderBy('v.number', 'desc')
          .limit(1)
          .as('current'),
      join => join.onTrue(),
    )
    .select(['meeting.number', 'meeting.title', 'meeting.starts_at'])
    .select([
      sql<number>`count(*)::integer`.as('papers'),
      sql<number>`sum(current.words)::integer`.as('words'),
    ])
    .where('paper.state', '=', 'out')
    .where('meeting.group_id', 'in', groupsOf(me))
    .where('paper.author_person_id', '<>', me.personId)
    .where(eb => readablePapers(eb, me))
    .where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('paper_reading as r')
            .select('r.paper_id')
            .whereRef('r.network_id', '=', 'paper.network_id')
            .whereRef('r.paper_id', '=', 'paper.id')
            .whereRef('r.version_id', '=', 'current.id')
            .where('r.person_id', '=', me.personId),
        ),
      ),
    )
    .groupBy(['meeting.number', 'meeting.title', 'meeting.starts_at'])
    .orderBy('meeting.starts_at')
    .limit(10)
  return question(rows, found => ({
    needs: found.map(row => ({
      title: `Read ${many(row.papers, 'paper')} for ${shorten(row.title, 80)}`,
      href: `${meetingPaths.one(network.slug, reference('M', row.number))}#papers`,
      status: 'To read',
      hint: minutesWords(minutesToRead(row.words)),
      due: dayIn(row.starts_at),
    })),
  }))
}

function toWrite(visit: Visit): Question<HomePart> {
  const { network, me } = visit
  const rows = papersAhead(visit)
    .select(['paper.number', 'paper.title', 'meeting.number as meeting_number', 'meeting.papers_due_on'])
    .where('paper.state', '=', 'draft')
    .where('paper.author_person_id', '=', me.personId)
    .orderBy('meeting.papers_due_on')
    .orderBy('paper.id')
    .limit(20)
  return question(rows, found => ({
    needs: found.map(row => ({
      title: shorten(row.title, 100),
      href: meetingPaths.paper(network.slug, reference('M', row.meeting_number), reference('P', row.number)),
      status: 'Yours to write',
      hint: reference('P', row.number),
      due: row.papers_due_on ? Temporal.PlainDate.from(row.papers_due_on) : null,
    })),
  }))
}

/** Questions on my papers, and my own that wait for an answer. */
function questions(visit: Visit): Question<HomePart> {
  const { network, me } = visit
  const rows = papersAhead(visit)
    .innerJoin('paper_question as q', join =>
      join.onRef('q.network_id', '=', 'paper.network_id').onRef('q.paper_id', '=', 'paper.id'),
    )
    .select(['q.id', 'q.words', 'q.due_on', 'q.asker_person_id', 'q.asked_at'])
    .select(['paper.number', 'paper.author_person_id', 'meeting.number as meeting_number'])
    .where('q.state', '=', 'asked')
    .where('paper.state', '=', 'out')
    .where(eb => readablePapers(eb, me))
    .where(eb =>
      eb.or([eb('paper.author_person_id', '=', me.personId), eb('q.asker_person_id', '=', me.personId)]),
    )
    .orderBy('q.due_on')
    .orderBy('q.id')
    .limit(30)
  return question(rows, found => {
    const line = (row: (typeof found)[number], status: string) => ({
      title: shorten(row.words, 100),
      href: `${meetingPaths.paper(network.slug, reference('M', row.meeting_number), reference('P', row.number))}#question-${row.id}`,
      status,
      hint: `About ${reference('P', row.number)}, asked on ${dateInWords(dayIn(row.asked_at))}`,
      due: Temporal.PlainDate.from(row.due_on),
    })
    const mine = (row: (typeof found)[number]) => row.author_person_id === me.personId
    return {
      needs: found.filter(mine).map(row => line(row, 'A question for you')),
      waiting: found.filter(row => !mine(row)).map(row => line(row, 'You asked')),
    }
  })
}

function helpAsked(visit: Visit): Question<HomePart> {
  const rows = visit.tx
    .selectFrom('paper_help as h')
    .select(sql<number>`count(*)::integer`.as('count'))
    .where('h.done_at', 'is', null)
  return question(rows, ([row]) => ({
    needs: row?.count
      ? [
          {
            title: `Help with papers: ${many(row.count, 'person waits', 'people wait')}`,
            href: helpPaths.list(visit.network.slug),
            status: 'Asked for help',
          },
        ]
      : [],
  }))
}
