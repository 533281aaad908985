import { sql } from 'kysely'
import type { PlainDate } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { type LoadedItem, type LoadedMeeting, loadItem, loadMeeting } from '#slices/meetings/index.ts'
import { listed } from './words.ts'

/** An item with the words of its minutes; `version` guards them, not the item's place on the agenda. */
export interface LoadedItemMinutes extends LoadedItem {
  readonly said: string
  readonly saidInPrivate: string
  readonly written: boolean
  /** Who took part in this item: there, and not sent out of it by a conflict of interest. */
  readonly tookPart: readonly string[]
  readonly contributions: readonly LinkedContribution[]
  readonly motions: readonly LinkedMotion[]
  /** Decisions of this group that were found to be not right any more, and that nothing stands instead of. */
  readonly toReplace: readonly { readonly id: number; readonly number: number; readonly text: string }[]
}

export interface LinkedContribution {
  readonly id: number
  readonly number: number
  readonly title: string
  readonly waits: boolean
  /** At this meeting. */
  readonly considered: boolean
}

export interface LinkedMotion {
  readonly id: number
  readonly number: number
  readonly text: string
  readonly decides: boolean
}

export async function loadItemMinutes(
  doing: Pick<Doing, 'tx' | 'today' | 'when'>,
  given: { meeting: string | undefined; item: string | number | undefined },
  how: { forChange: boolean },
): Promise<LoadedItemMinutes | undefined> {
  const loaded = await loadItem(doing, given, how)
  if (!loaded) return undefined
  const found = await sql<
    Omit<LoadedItemMinutes, keyof LoadedItem | 'written'> & { words_version: number | null }
  >`select
    coalesce((select n.said from item_minutes n where n.item_id = ${loaded.id}), '') as said,
    coalesce((select n.said_in_private from item_minutes n where n.item_id = ${loaded.id}), '') as "saidInPrivate",
    (select n.version from item_minutes n where n.item_id = ${loaded.id}) as words_version,
    coalesce((select jsonb_agg(p.name order by p.name) from attendance a
      join person p on p.network_id = a.network_id and p.id = a.person_id
      where a.meeting_id = ${loaded.meeting.id} and a.state = 'present'
        and not exists (select from conflict x where x.item_id = ${loaded.id} and x.person_id = a.person_id
          and x.outcome in ('leaves', 'no-paper'))), '[]') as "tookPart",
    coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'number', c.number,
        'title', case when c.state = 'withdrawn' then 'A view that was withdrawn' else c.title end,
        'waits', c.state in ('to-be-considered', 'reopened'),
        'considered', exists (select from consideration k where k.contribution_id = c.id
          and k.meeting_id = ${loaded.meeting.id})) order by c.number)
      from item_contribution x join contribution c on c.network_id = x.network_id and c.id = x.contribution_id
      where x.item_id = ${loaded.id}), '[]') as contributions,
    coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'number', m.number, 'text', m.text,
        'decides', m.result ->> 'outcome' = 'carried' and not (m.result -> 'indicative')::boolean
          and m.superseded_by_id is null) order by m.id)
      from motion m where m.item_id = ${loaded.id} and m.state = 'closed'), '[]') as motions,
    coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'number', d.number, 'text', d.text) order by d.id)
      from board_decision d where d.group_id = ${loaded.groupId} and d.still_right = 'no'
        and not exists (select from board_decision n where n.network_id = d.network_id and n.review_of_id = d.id)),
      '[]') as "toReplace"`.execute(doing.tx)
  const { words_version, ...rest } = found.rows[0]!
  return { ...loaded, ...rest, written: words_version !== null, version: words_version ?? 0 }
}

export const tookPartInWords = ({ tookPart }: Pick<LoadedItemMinutes, 'tookPart'>): string => listed(tookPart)

export interface LoadedCorrection extends LoadedMeeting {
  readonly correction: {
    readonly id: number
    readonly words: string
    readonly by: string
    readonly personId: number
    readonly itemId: number | null
    readonly itemTitle: string | null
    readonly answer: 'taken' | 'not-taken' | null
  }
}

export async function loadCorrection(
  doing: Pick<Doing, 'tx' | 'today' | 'when'>,
  given: { meeting: string | undefined; correction: string | undefined },
  how: { forChange: boolean },
): Promise<LoadedCorrection | undefined> {
  if (!/^\d{1,9}$/.test(given.correction ?? '')) return undefined
  const meeting = await loadMeeting(doing, given.meeting, how)
  if (!meeting) return undefined
  const row = await doing.tx
    .selectFrom('minutes_correction as c')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'c.network_id').onRef('p.id', '=', 'c.person_id'),
    )
    .leftJoin('agenda_item as i', join =>
      join.onRef('i.network_id', '=', 'c.network_id').onRef('i.id', '=', 'c.item_id'),
    )
    .select(['c.id', 'c.words', 'c.person_id', 'c.item_id', 'c.answer', 'p.name', 'i.title'])
    .where('c.id', '=', Number(given.correction))
    .where('c.meeting_id', '=', meeting.id)
    .$if(how.forChange, query => query.forUpdate('c'))
    .executeTakeFirst()
  if (!row) return undefined
  return {
    ...meeting,
    correction: {
      id: row.id,
      words: row.words,
      by: row.name,
      personId: row.person_id,
      itemId: row.item_id,
      itemTitle: row.title,
      answer: row.answer,
    },
  }
}

/** How many are marked as there. */
export async function presentCount(doing: Pick<Doing, 'tx'>, meetingId: number): Promise<number> {
  const { count } = await doing.tx
    .selectFrom('attendance')
    .select(sql<number>`count(*)::integer`.as('count'))
    .where('meeting_id', '=', meetingId)
    .where('state', '=', 'present')
    .executeTakeFirstOrThrow()
  return count
}

export interface LaterMeeting {
  readonly id: number
  readonly number: number
  readonly title: string
}

/** The group's later meetings that were begun: at one of them the minutes are agreed. */
export async function meetingsSince(
  doing: Pick<Doing, 'tx'>,
  meeting: LoadedMeeting,
): Promise<readonly LaterMeeting[]> {
  return await doing.tx
    .selectFrom('meeting')
    .select(['id', 'number', 'title'])
    .where('group_id', '=', meeting.groupId)
    .where('starts_at', '>', meeting.it.startsAt)
    .where('state', 'in', ['held', 'minutes-drafted', 'minutes-agreed', 'published'])
    .orderBy('starts_at')
    .limit(20)
    .execute()
}

export async function membersOf(
  doing: Pick<Doing, 'tx'>,
  groupId: number,
  day: PlainDate,
): Promise<readonly number[]> {
  const rows = await doing.tx
    .selectFrom('membership')
    .select('person_id')
    .distinct()
    .where('group_id', '=', groupId)
    .where('from_on', '<=', day)
    .where(eb => eb.or([eb('to_on', 'is', null), eb('to_on', '>=', day)]))
    .execute()
  return rows.map(each => each.person_id)
}
