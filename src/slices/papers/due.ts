import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import { addWorkingDays, dayOf } from '#kernel/calendar/working-days.ts'
import { clockOn } from '#kernel/clocks.ts'
import { reference } from '#kernel/references.ts'
import type { Instant, PlainDate, Tx } from '#platform/database/tables.ts'
import type { DueWork, Reminder } from '#platform/http/route.ts'
import { notYetGiven } from '#platform/outbox.ts'
import { idsOf, postHolders } from '#platform/who-today.ts'
import { meetingPaths } from '#slices/meetings/index.ts'
import { itemStands } from './store.ts'
import { many } from './words.ts'

interface PaperToCome {
  readonly id: number
  readonly number: number
  readonly handling: string
  readonly author_person_id: number
  readonly meeting_number: number
  readonly starts_at: Instant
  readonly papers_due_on: PlainDate | null
}

/** Before the day, on it, and after it: authors of papers, those who answer questions, and the co-ordinator (BOARD-6, 9). */
export async function papersDueNow(work: DueWork): Promise<void> {
  const wanted = [...(await ofPapers(work)), ...(await ofQuestions(work))]
  for (const reminder of await notYetGiven(work.tx, wanted)) await work.remind(reminder)
}

/** "before" for the first day of it that the clock meets, then "on" and "after". */
function stageOf(due: PlainDate, today: PlainDate): 'before' | 'on' | 'after' {
  const order = Temporal.PlainDate.compare(due, today)
  return order > 0 ? 'before' : order === 0 ? 'on' : 'after'
}

async function ofPapers({ tx, today, when, network }: DueWork): Promise<Reminder[]> {
  // A paper is not written in a day: authors hear of it some days earlier than of a step.
  const soon = addWorkingDays(today, clockOn('remind-before', today, when.clocks) + 2)
  const found: PaperToCome[] = await tx
    .selectFrom('paper as p')
    .innerJoin('meeting as m', join =>
      join.onRef('m.network_id', '=', 'p.network_id').onRef('m.id', '=', 'p.meeting_id'),
    )
    .select(['p.id', 'p.number', 'p.handling', 'p.author_person_id'])
    .select(['m.number as meeting_number', 'm.starts_at', 'm.papers_due_on'])
    .where('p.state', '=', 'draft')
    .where(itemStands('p'))
    .where('m.state', 'in', ['planned', 'agenda-open', 'agenda-set', 'papers-out'])
    .where('m.papers_due_on', '<=', soon)
    .where('m.starts_at', '>', sql<Instant>`${today.subtract({ days: 1 }).toString()}::timestamptz`)
    .orderBy('p.id')
    .limit(2000)
    .execute()
  if (found.length === 0) return []
  const team = idsOf((await postHolders(tx, today)).coordinators)
  const words = { before: 'should be out by', on: 'should be out today,', after: 'was due by' }
  const authors = found.map((each): Reminder => {
    const due = each.papers_due_on!
    const stage = stageOf(due, today)
    const mark = reference('P', each.number)
    const late = stage === 'after' ? ' It is late: ask the chair or the team to let it go out.' : ''
    return {
      key: `paper-${stage}:${each.id}:${due}:${each.author_person_id}`,
      personId: each.author_person_id,
      sentence: `Your paper ${mark} for the meeting on ${dateInWords(dayOf(each.starts_at))} ${words[stage]} ${dateInWords(due)}.${late}`,
      path: meetingPaths.paper(network.slug, reference('M', each.meeting_number), mark),
    }
  })
  const meetings = [...new Set(found.map(each => each.meeting_number))].flatMap((number): Reminder[] => {
    // A confidential paper is its author's alone.
    const open = found.filter(each => each.meeting_number === number && each.handling !== 'named')
    const [first] = open
    if (!first) return []
    const due = first.papers_due_on!
    const stage = stageOf(due, today)
    return team.map(personId => ({
      key: `papers-${stage}:${number}:${due}:${personId}`,
      personId,
      sentence: `${many(open.length, 'paper')} for the meeting on ${dateInWords(dayOf(first.starts_at))} ${open.length === 1 ? 'is' : 'are'} not out. Papers ${stage === 'after' ? 'were' : 'are'} due by ${dateInWords(due)}.`,
      path: meetingPaths.step(network.slug, reference('M', number), 'send-papers-out'),
    }))
  })
  return [...authors, ...meetings]
}

async function ofQuestions({ tx, today, when, network }: DueWork): Promise<Reminder[]> {
  const soon = addWorkingDays(today, Math.max(1, clockOn('remind-before', today, when.clocks)))
  const found = await tx
    .selectFrom('paper_question as q')
    .innerJoin('paper as p', join =>
      join.onRef('p.network_id', '=', 'q.network_id').onRef('p.id', '=', 'q.paper_id'),
    )
    .innerJoin('meeting as m', join =>
      join.onRef('m.network_id', '=', 'p.network_id').onRef('m.id', '=', 'p.meeting_id'),
    )
    .select([
      'q.id',
      'q.due_on',
      'p.number',
      'p.author_person_id',
      'm.number as meeting_number',
      'm.starts_at',
    ])
    .where('q.state', '=', 'asked')
    .where('p.state', '=', 'out')
    .where(itemStands('p'))
    .where('q.due_on', '<=', soon)
    .where('m.state', 'in', ['agenda-open', 'agenda-set', 'papers-out'])
    .where('m.starts_at', '>', sql<Instant>`${today.subtract({ days: 1 }).toString()}::timestamptz`)
    .orderBy('q.id')
    .limit(2000)
    .execute()
  return found.map(each => {
    const stage = stageOf(each.due_on, today)
    const mark = reference('P', each.number)
    return {
      key: `paper-question-${stage}:${each.id}:${each.due_on}`,
      personId: each.author_person_id,
      sentence: `A question about your paper ${mark} waits for your answer. It ${stage === 'after' ? 'was' : 'is'} due by ${dateInWords(each.due_on)}.`,
      path: `${meetingPaths.paper(network.slug, reference('M', each.meeting_number), mark)}#question-${each.id}`,
    }
  })
}

/** Papers past their day, for operators' numbers. */
export async function latePapers(tx: Tx, today: PlainDate): Promise<Record<string, number>> {
  const { count } = await tx
    .selectFrom('paper as p')
    .innerJoin('meeting as m', join =>
      join.onRef('m.network_id', '=', 'p.network_id').onRef('m.id', '=', 'p.meeting_id'),
    )
    .select(sql<number>`count(*)`.as('count'))
    .where('p.state', '=', 'draft')
    .where(itemStands('p'))
    .where('m.state', 'in', ['planned', 'agenda-open', 'agenda-set', 'papers-out'])
    .where('m.papers_due_on', '<', today)
    .executeTakeFirstOrThrow()
  return { papers: Number(count) }
}
