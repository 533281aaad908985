import { reference } from '#kernel/references.ts'
import type { Row } from '#platform/database/tables.ts'
import { meetingPaths } from '../paths.ts'
import { knownAccess, placeInWords } from '../planning/place.ts'
import type { CalendarEntry } from './entry.ts'

/** The columns that a calendar shows; none of them tells of the agenda (R38). */
export const calendarColumns = [
  'id',
  'number',
  'title',
  'state',
  'starts_at',
  'minutes_long',
  'kind',
  'place',
  'venue',
  'access',
  'travel',
  'link',
  'uid',
  'sequence',
  'changed_at',
] as const

export type CalendarRow = Pick<Row<'meeting'>, (typeof calendarColumns)[number]>

export function entryOf(row: CalendarRow, at: { slug: string; publicUrl: string }): CalendarEntry {
  const cancelled = row.state === 'cancelled'
  const url = `${at.publicUrl}${meetingPaths.one(at.slug, reference('M', row.number))}?sign-in`
  const lines = cancelled
    ? ['This meeting was cancelled.']
    : [
        ...(row.kind !== 'in-person' && row.link ? [`Join online: ${row.link}`] : []),
        ...(row.kind === 'online' ? [] : knownAccess(row.access).map(each => `${each.label}: ${each.words}`)),
        ...(row.kind !== 'online' && row.travel ? [`How to get there: ${row.travel}`] : []),
        `Agenda and papers: ${url}`,
      ]
  return {
    uid: row.uid,
    sequence: row.sequence,
    changedAt: row.changed_at,
    startsAt: row.starts_at,
    minutesLong: row.minutes_long,
    title: cancelled ? `Cancelled: ${row.title}` : row.title,
    where: placeInWords(row),
    details: lines.join('\n'),
    url,
    cancelled,
  }
}
