import { createHash } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import type { Instant, Tx } from '#platform/database/tables.ts'
import { type AnyRoute, page, type Visit } from '#platform/http/route.ts'
import { anyone } from '#platform/permission.ts'
import type { CalendarEntry } from './entry.ts'
import { feedFile } from './entry.ts'

/** Anybody may read on a group's page when and where it meets: these say the same to a calendar, and no more. */
interface PublicMeeting {
  readonly uid: string
  readonly sequence: number
  readonly changed_at: Instant
  readonly starts_at: Instant
  readonly minutes_long: number
  readonly place: string
  readonly venue: string
  readonly state: string
  readonly group: string
  readonly slug: string
}

async function publicMeetings(tx: Tx, now: Instant, groupId?: number): Promise<PublicMeeting[]> {
  return await tx
    .selectFrom('meeting as m')
    .innerJoin('network_group as g', 'g.id', 'm.group_id')
    .select([
      'm.uid',
      'm.sequence',
      'm.changed_at',
      'm.starts_at',
      'm.minutes_long',
      'm.place',
      'm.venue',
      'm.state',
    ])
    .select(['g.short_name as group', 'g.slug'])
    .where('m.starts_at', '>', now.subtract({ hours: 24 * 90 }))
    .$if(groupId !== undefined, query => query.where('m.group_id', '=', groupId!))
    .orderBy('m.starts_at')
    .orderBy('m.id')
    .limit(1000)
    .execute()
}

function entryOf(it: PublicMeeting, at: { slug: string; publicUrl: string }): CalendarEntry {
  const cancelled = it.state === 'cancelled'
  return {
    // Another one than in invitations: whoever knows it can answer none.
    uid: createHash('sha256').update(`public ${it.uid}`).digest('hex').slice(0, 32),
    sequence: it.sequence,
    changedAt: it.changed_at,
    startsAt: it.starts_at,
    minutesLong: it.minutes_long,
    // What somebody called it is for its people.
    title: cancelled ? `Cancelled: ${it.group}` : it.group,
    where: cancelled ? '' : it.place || it.venue,
    details: '',
    url: `${at.publicUrl}/${at.slug}/groups/${it.slug}`,
    cancelled,
  }
}

async function answer(visit: Visit<unknown>, name: string, groupId?: number) {
  const { network, publicUrl } = visit
  const rows = await publicMeetings(visit.tx, visit.now, groupId)
  return {
    kind: 'text' as const,
    type: 'text/calendar; charset=utf-8',
    fileName: 'meetings.ics',
    ...lastChange(rows),
    body: feedFile(
      name,
      rows.map(row => entryOf(row, { slug: network.slug, publicUrl })),
      { reminds: false },
    ),
  }
}

/** When something in it changed last. */
export function lastChange(rows: readonly { readonly changed_at: Instant }[]): { lastModified?: Instant } {
  const [first, ...rest] = rows
  return first
    ? {
        lastModified: rest.reduce(
          (last, each) => (Temporal.Instant.compare(each.changed_at, last) > 0 ? each.changed_at : last),
          first.changed_at,
        ),
      }
    : {}
}

const common = {
  who: anyone,
  audit: 'nothing',
  limit: { name: 'public-calendar', uses: 600, minutes: 60 },
} as const

export const publicFeedRoutes: readonly AnyRoute[] = [
  page('/:network/calendar/meetings.ics', {
    ...common,
    handler: visit => answer(visit, `${visit.network.shortName}: meetings`),
  }),
  page<{ id: number; short_name: string }>('/:network/calendar/groups/:group', {
    ...common,
    load: visit =>
      visit.tx
        .selectFrom('network_group')
        .select(['id', 'short_name'])
        .where('slug', '=', (visit.params.group ?? '').replace(/\.ics$/, ''))
        .executeTakeFirst(),
    handler: visit => answer(visit, `${visit.network.shortName}: ${visit.thing.short_name}`, visit.thing.id),
  }),
]
