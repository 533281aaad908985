import { sql } from 'kysely'
import type { AsJson } from '#platform/database/questions.ts'
import type { Row } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { HistoryEntry } from '#platform/history.ts'
import { type LoadedItem, loadItem } from '#slices/meetings/index.ts'
import type { Conflict } from './conflict.ts'
import type { Interest } from './interest.ts'

export interface LoadedInterest {
  readonly id: number
  readonly version: number
  readonly personId: number
  readonly personName: string
  readonly it: Interest
  readonly row: Row<'interest'>
  readonly trust: string | null
  readonly project: string | null
  readonly recordedBy: string | null
  readonly withheldBy: string | null
  readonly history: readonly AsJson<HistoryEntry>[]
}

const idOf = (given: string | number | undefined): number =>
  typeof given === 'number' ? given : /^\d{1,9}$/.test(given ?? '') ? Number(given) : -1

const nameOf = (column: string) =>
  sql<
    string | null
  >`(select p.name from person p where p.network_id = x.network_id and p.id = ${sql.ref(`x.${column}`)})`
const historyOf = (kind: string) => sql<AsJson<HistoryEntry>[]>`coalesce((
  select jsonb_agg(h order by h.id) from history h
  where h.network_id = x.network_id and h.thing_kind = ${kind} and h.thing_id = x.id), '[]')`

export async function loadInterest(
  doing: Pick<Doing, 'tx'>,
  given: string | number | undefined,
  how: { forChange: boolean },
): Promise<LoadedInterest | undefined> {
  const found = await doing.tx
    .selectFrom('interest as x')
    .selectAll('x')
    .select([
      nameOf('person_id').as('person_name'),
      nameOf('declared_for_person_id').as('recorded_by'),
      nameOf('withheld_by_person_id').as('withheld_by'),
      historyOf('interest').as('story'),
      sql<
        string | null
      >`(select t.name from trust t where t.network_id = x.network_id and t.id = x.trust_id)`.as('trust'),
      sql<
        string | null
      >`(select j.title from project j where j.network_id = x.network_id and j.id = x.project_id)`.as(
        'project',
      ),
    ])
    .where('x.id', '=', idOf(given))
    .$if(how.forChange, query => query.forUpdate('x'))
    .executeTakeFirst()
  if (!found) return undefined
  const { person_name, recorded_by, withheld_by, story, trust, project, ...row } = found
  return {
    id: row.id,
    version: row.version,
    personId: row.person_id,
    personName: person_name ?? '',
    it: readInterest(row),
    row,
    trust,
    project,
    recordedBy: recorded_by,
    withheldBy: withheld_by,
    history: story,
  }
}

const readInterest = (row: Row<'interest'>): Interest => ({
  type: row.type,
  conflict: row.conflict,
  organisation: row.organisation,
  what: row.what,
  whose: row.whose,
  otherNames: row.other_names,
  from: row.from_on,
  to: row.to_on,
})

/** A conflict with its item and everything that deciding on it needs. */
export interface LoadedConflict {
  readonly id: number
  readonly version: number
  readonly it: Conflict
  readonly row: Row<'conflict'>
  readonly personName: string
  readonly decidedBy: string | null
  readonly interest: Pick<Row<'interest'>, 'organisation' | 'what'> | null
  readonly item: LoadedItem
  /** Chair, deputy, and whoever presides instead of both. */
  readonly leaderIds: readonly number[]
  /** Those with a conflict on this item that is more than noted, or not decided yet. */
  readonly inConflict: readonly number[]
  /** Closed, and nothing on it is or will be voted on. */
  readonly itemIsOver: boolean
  readonly history: readonly AsJson<HistoryEntry>[]
}

export async function loadConflict(
  doing: Pick<Doing, 'tx' | 'today' | 'when'>,
  given: string | number | undefined,
  how: { forChange: boolean },
): Promise<LoadedConflict | undefined> {
  const { tx } = doing
  const id = idOf(given)
  if (how.forChange) {
    // The meeting first, then its item, then this: the order in which every change takes them.
    await sql`select m.id from meeting m join agenda_item i on i.network_id = m.network_id and i.meeting_id = m.id
      join conflict c on c.network_id = i.network_id and c.item_id = i.id where c.id = ${id} for update of m`.execute(
      tx,
    )
    await sql`select i.id from agenda_item i join conflict c on c.network_id = i.network_id and c.item_id = i.id
      where c.id = ${id} for update of i, c`.execute(tx)
  }
  const found = await tx
    .selectFrom('conflict as x')
    .innerJoin('agenda_item as i', join =>
      join.onRef('i.network_id', '=', 'x.network_id').onRef('i.id', '=', 'x.item_id'),
    )
    .innerJoin('meeting as m', join =>
      join.onRef('m.network_id', '=', 'i.network_id').onRef('m.id', '=', 'i.meeting_id'),
    )
    .selectAll('x')
    .select(['m.number as meeting_number', 'i.closed_at'])
    .select([
      nameOf('person_id').as('person_name'),
      nameOf('decided_by_person_id').as('decided_by'),
      historyOf('conflict').as('story'),
      sql<Pick<
        Row<'interest'>,
        'organisation' | 'what'
      > | null>`(select jsonb_build_object('organisation', n.organisation,
        'what', n.what) from interest n where n.network_id = x.network_id and n.id = x.interest_id)`.as(
        'its_interest',
      ),
      sql<number[]>`coalesce((select jsonb_agg(o.person_id) from conflict o where o.network_id = x.network_id
        and o.item_id = x.item_id and (o.outcome is null or o.outcome not in ('none', 'noted'))), '[]')`.as(
        'in_conflict',
      ),
      sql<boolean>`exists (select from motion v where v.network_id = x.network_id and v.item_id = x.item_id
        and v.state in ('draft', 'open'))`.as('votes_wait'),
    ])
    .where('x.id', '=', id)
    .executeTakeFirst()
  if (!found) return undefined
  const {
    meeting_number,
    closed_at,
    person_name,
    decided_by,
    story,
    its_interest,
    in_conflict,
    votes_wait,
    ...row
  } = found
  const item = await loadItem(
    doing,
    { meeting: `M-${meeting_number}`, item: row.item_id },
    { forChange: false },
  )
  if (!item) return undefined
  const presiding = item.meeting.row.presiding_person_id
  return {
    id: row.id,
    version: row.version,
    it: {
      personSays: row.person_says,
      personWords: row.person_words,
      outcome: row.outcome,
      because: row.because,
    },
    row,
    personName: person_name ?? '',
    decidedBy: decided_by,
    interest: its_interest,
    item,
    leaderIds: [...item.meeting.leaderIds, ...(presiding === null ? [] : [presiding])],
    inConflict: in_conflict,
    itemIsOver: closed_at !== null && !votes_wait,
    history: story,
  }
}
