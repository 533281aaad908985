import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { dateInWords, timeInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { reference } from '#kernel/references.ts'
import type { Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { Actor } from '#platform/permission.ts'
import {
  type Asked,
  type Handling,
  itemsOf,
  type LoadedMeeting,
  mayReadItem,
  readablePapers,
  runningClock,
} from '#slices/meetings/index.ts'
import { lateWords } from './paper.ts'
import type { Block } from './text.ts'
import { askedWords, markWords } from './words.ts'

/** What one reader gets of a meeting: those who may read the same share one pack. */
export interface PackContents {
  readonly items: readonly PackItem[]
  readonly papers: readonly PackPaper[]
}

export interface PackItem {
  readonly id: number
  readonly number: number
  readonly title: string
  readonly asked: Asked
  readonly minutes: number
  /** "10:15am" */
  readonly begins: string
  /** A conflict of interest keeps its papers from this reader: the title, and that, and no more (R24). */
  readonly closed: boolean
}

export interface PackPaper {
  readonly id: number
  readonly number: number
  readonly itemId: number
  readonly versionId: number
  readonly title: string
  readonly summary: string
  readonly author: string
  readonly handling: Handling
  readonly lateDays: number
}

/** Worked out for this reader, now, by the rules of items and papers. */
export async function contentsFor(
  doing: Pick<Doing, 'tx'>,
  meeting: LoadedMeeting,
  actor: Actor,
): Promise<PackContents> {
  const all = (await itemsOf(doing, meeting)).filter(each => each.state === 'on-agenda')
  const begins = runningClock(meeting.it.startsAt, all)
  const items = all.flatMap((each, n): PackItem[] =>
    mayReadItem.holds(actor, each)
      ? [
          {
            id: each.id,
            number: n + 1,
            title: each.title,
            asked: each.asked,
            minutes: each.minutes,
            begins: timeInWords(begins.get(each.id)!),
            closed: each.excludedIds.includes(actor.personId),
          },
        ]
      : [],
  )
  const papers = await doing.tx
    .selectFrom('paper')
    .innerJoin('meeting', join =>
      join.onRef('meeting.network_id', '=', 'paper.network_id').onRef('meeting.id', '=', 'paper.meeting_id'),
    )
    .innerJoin('person as w', join =>
      join.onRef('w.network_id', '=', 'paper.network_id').onRef('w.id', '=', 'paper.author_person_id'),
    )
    .innerJoinLateral(
      eb =>
        eb
          .selectFrom('paper_version as v')
          .select('v.id')
          .whereRef('v.network_id', '=', 'paper.network_id')
          .whereRef('v.paper_id', '=', 'paper.id')
          .where('v.out_at', 'is not', null)
          .orderBy('v.number', 'desc')
          .limit(1)
          .as('current'),
      join => join.onTrue(),
    )
    .innerJoin('agenda_item as i', join =>
      join.onRef('i.network_id', '=', 'paper.network_id').onRef('i.id', '=', 'paper.item_id'),
    )
    .select(['paper.id', 'paper.number', 'paper.item_id as itemId', 'current.id as versionId'])
    .select([
      'paper.title',
      'paper.summary',
      'w.name as author',
      'paper.handling',
      'paper.late_days as lateDays',
    ])
    .where('paper.meeting_id', '=', meeting.id)
    .where('paper.state', '=', 'out')
    .where('i.state', '=', 'on-agenda')
    .where(eb => readablePapers(eb, actor))
    .orderBy(sql`i.position nulls last`)
    .orderBy('i.id')
    .orderBy('paper.position')
    .orderBy('paper.id')
    .execute()
  return { items, papers }
}

/** The same for the same contents, and for no other: also a changed title or time makes another pack. */
export function keyOf(contents: PackContents, meeting: LoadedMeeting): string {
  const all = JSON.stringify([contents, meeting.row.title, meeting.it.startsAt.toString(), meeting.row.place])
  return createHash('sha256').update(all).digest('base64url')
}

export const textOf = async (
  tx: Tx,
  versions: readonly number[],
): Promise<ReadonlyMap<number, readonly Block[]>> =>
  new Map(
    (
      await tx
        .selectFrom('paper_version')
        .select(['id', 'text'])
        .where('id', 'in', versions.length > 0 ? versions : [0])
        .execute()
    ).map(each => [each.id, each.text as Block[]]),
  )

export const coverOf = (meeting: LoadedMeeting): string[] => {
  const begins = meeting.it.startsAt.toZonedDateTimeISO('Europe/London')
  return [
    meeting.group.name,
    `${dateInWords(dayOf(meeting.it.startsAt))}, ${timeInWords(begins)}`,
    meeting.row.place,
    meeting.reference,
  ].filter(each => each !== '')
}

export const linesOfItem = (item: PackItem): string[] => [
  `${item.begins}, ${item.minutes} minutes. You are asked to: ${askedWords[item.asked].toLowerCase()}`,
  ...(item.closed
    ? ['You do not get the papers for this item because of a conflict of interest. Its page says why.']
    : []),
]

export const linesOfPaper = (paper: PackPaper): string[] => [
  `Written by ${paper.author}`,
  markWords[paper.handling],
  ...(paper.lateDays > 0 ? [`This paper was ${lateWords(paper.lateDays)}`] : []),
]

export const markOf = (paper: PackPaper): string => reference('P', paper.number)
