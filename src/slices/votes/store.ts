import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Happened } from '#kernel/decision.ts'
import { readReference, reference } from '#kernel/references.ts'
import type { AsJson } from '#platform/database/questions.ts'
import type { Row, RowChange } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { HistoryEntry } from '#platform/history.ts'
import { type ConflictOutcome, type ItemAccess, type LoadedItem, loadItem } from '#slices/meetings/index.ts'
import type { Choice, Motion, Option, Terms } from './motion.ts'
import type { Result } from './tally.ts'

/** One person on the roll of a motion. */
export interface OnRoll {
  readonly personId: number
  readonly name: string
  readonly lay: boolean
  readonly hasVoted: boolean
  readonly offBecause: 'conflict' | 'left' | null
  /** Still a voting member of the group today. */
  readonly isVotingNow: boolean
  /** Staff who wrote the ballot down. */
  readonly recordedBy: string | null
  /** In an open vote that is closed, how this person voted. */
  readonly choice: Choice | null
  readonly here: boolean
}

interface ConflictOnItem {
  readonly personId: number
  readonly name: string
  readonly outcome: ConflictOutcome | null
}

interface Dissent {
  readonly personId: number
  readonly name: string
  readonly words: string
  readonly forChairOnly: boolean
  readonly recorded: boolean
}

/** A motion with all that deciding on it needs; `version` guards forms against what happened meanwhile. */
export interface LoadedMotion extends ItemAccess {
  readonly id: number
  /** 'V-5' */
  readonly reference: string
  readonly version: number
  readonly it: Motion
  readonly row: Row<'motion'>
  readonly item: LoadedItem
  readonly proposedBy: string
  readonly roll: readonly OnRoll[]
  readonly conflicts: readonly ConflictOnItem[]
  readonly dissents: readonly Dissent[]
  readonly history: readonly AsJson<HistoryEntry>[]
  /** Chair, deputy, and whoever presides instead of both. */
  readonly leaderIds: readonly number[]
  /** The motion that stands instead of this one, and the one that this stands instead of. */
  readonly supersededBy: string | undefined
  readonly supersedes: string | undefined
}

/** What a change holds: nothing, the motion, or its item before it (the order in which every change takes them). */
export type Hold = 'nothing' | 'motion' | 'item'

/**
 * @param given 'V-5', or the number of it
 * @param only of the roll only this person: for a ballot, of which two hundred may come in one moment
 */
export async function loadMotion(
  doing: Pick<Doing, 'tx' | 'today' | 'when'>,
  given: string | number | undefined,
  hold: Hold,
  only?: number,
): Promise<LoadedMotion | undefined> {
  const number = typeof given === 'number' ? given : readReference('V', given)
  if (number === undefined) return undefined
  const { tx, today } = doing
  if (hold === 'item') {
    await sql`select i.id from agenda_item i join motion m on m.network_id = i.network_id and m.item_id = i.id
              where m.number = ${number} for update of i`.execute(tx)
  }
  if (hold !== 'nothing') {
    await tx.selectFrom('motion').select('id').where('number', '=', number).forUpdate().execute()
  }
  const found = await tx
    .selectFrom('motion as m')
    .innerJoin('meeting as g', join =>
      join.onRef('g.network_id', '=', 'm.network_id').onRef('g.id', '=', 'm.meeting_id'),
    )
    .selectAll('m')
    .select(['g.number as meeting_number', 'g.presiding_person_id as presiding'])
    .select([
      sql<string>`(select p.name from person p where p.network_id = m.network_id and p.id = m.proposed_by_person_id)`.as(
        'proposed_by',
      ),
      // Asked once, not for each, and no ballot is read while people vote: two hundred may vote in one moment.
      sql<
        OnRoll[]
      >`coalesce((select jsonb_agg(jsonb_build_object('personId', v.person_id, 'name', p.name, 'lay', v.lay,
          'hasVoted', v.has_voted, 'offBecause', v.off_because,
          'isVotingNow', v.person_id = any(array(select k.person_id from membership k where k.group_id = g.group_id
            and k.voting and k.from_on <= ${today} and (k.to_on is null or k.to_on >= ${today}))),
          'recordedBy', case when b.recorded_by_person_id is not null then (select s.name from person s
            where s.network_id = m.network_id and s.id = b.recorded_by_person_id) end, 'choice', b.choice,
          'here', v.person_id = any(array(select h.person_id from presence h where h.meeting_id = m.meeting_id
            and h.left_at is null))) order by p.name, p.id)
        from voter v join person p on p.network_id = v.network_id and p.id = v.person_id
        left join ballot b on m.state = 'closed' and b.network_id = v.network_id and b.motion_id = v.motion_id
          and b.person_id = v.person_id
        where v.network_id = m.network_id and v.motion_id = m.id
          and (${only ?? null}::integer is null or v.person_id = ${only ?? null})), '[]')`.as('roll'),
      sql<
        ConflictOnItem[]
      >`coalesce((select jsonb_agg(jsonb_build_object('personId', c.person_id, 'name', p.name,
          'outcome', c.outcome) order by p.name, p.id)
        from conflict c join person p on p.network_id = c.network_id and p.id = c.person_id
        where c.network_id = m.network_id and c.item_id = m.item_id), '[]')`.as('conflicts'),
      sql<Dissent[]>`coalesce((select jsonb_agg(jsonb_build_object('personId', d.person_id, 'name', p.name,
          'words', d.words, 'forChairOnly', d.for_chair_only, 'recorded', d.recorded_by_person_id is not null)
          order by p.name, p.id)
        from dissent d join person p on p.network_id = d.network_id and p.id = d.person_id
        where d.network_id = m.network_id and d.motion_id = m.id), '[]')`.as('dissents'),
      sql<AsJson<HistoryEntry>[]>`coalesce((select jsonb_agg(h order by h.id) from history h
        where h.network_id = m.network_id and h.thing_kind = 'motion' and h.thing_id = m.id), '[]')`.as(
        'story',
      ),
      sql<
        number | null
      >`(select o.number from motion o where o.network_id = m.network_id and o.id = m.superseded_by_id)`.as(
        'superseded_by',
      ),
      sql<
        number | null
      >`(select o.number from motion o where o.network_id = m.network_id and o.id = m.supersedes_id)`.as(
        'instead_of',
      ),
    ])
    .where('m.number', '=', number)
    .executeTakeFirst()
  if (!found) return undefined
  const {
    meeting_number,
    presiding,
    proposed_by,
    roll,
    conflicts,
    dissents,
    story,
    superseded_by,
    instead_of,
    ...row
  } = found
  const item = await loadItem(
    doing,
    { meeting: reference('M', meeting_number), item: row.item_id },
    { forChange: false },
  )
  if (!item) return undefined
  return {
    id: row.id,
    reference: reference('V', row.number),
    version: row.version,
    it: readMotion(row),
    row,
    item,
    proposedBy: proposed_by,
    roll: row.state === 'open' ? roll.map(each => asConflictsStand(each, conflicts)) : roll,
    conflicts,
    dissents,
    history: story,
    leaderIds: [...item.meeting.leaderIds, ...(presiding === null ? [] : [presiding])],
    supersededBy: superseded_by === null ? undefined : reference('V', superseded_by),
    supersedes: instead_of === null ? undefined : reference('V', instead_of),
    groupId: item.groupId,
    guestIds: item.guestIds,
    handling: item.handling,
    readerIds: item.readerIds,
    excludedIds: item.excludedIds,
  }
}

/**
 * While a vote is open its roll follows the conflicts of interest on its item at once, without being told: what is
 * decided there holds here (R24). It is written down when the vote is closed.
 */
function asConflictsStand(voter: OnRoll, conflicts: readonly ConflictOnItem[]): OnRoll {
  if (voter.offBecause === 'left') return voter
  const off = conflicts.some(each => each.personId === voter.personId && keepsFromVoting(each.outcome))
  return off ? { ...voter, offBecause: 'conflict', hasVoted: false } : { ...voter, offBecause: null }
}

const keepsFromVoting = (outcome: ConflictOutcome | null) =>
  outcome === 'speaks' || outcome === 'leaves' || outcome === 'no-paper'

/** An accepted step: the new state and its history. Messages are told by whoever takes the step. */
export async function saveMotion(
  doing: Doing,
  motion: Pick<LoadedMotion, 'id' | 'version'>,
  step: { state: Motion; events: readonly Happened[] },
  change: RowChange<'motion'> = {},
): Promise<void> {
  await doing.tx
    .updateTable('motion')
    .set({ ...motionColumns(step.state), version: motion.version + 1, ...change })
    .where('id', '=', motion.id)
    .execute()
  await doing.happened({ kind: 'motion', id: motion.id }, step.events)
}

export function motionColumns(it: Motion) {
  const { terms } = it
  return {
    text: terms.text,
    kind: terms.kind,
    options: JSON.stringify(terms.options),
    manner: terms.manner,
    is_secret: terms.isSecret,
    majority: terms.majority,
    counted_of: terms.countedOf,
    casting_vote: terms.castingVote,
    state: it.state,
    because: it.state === 'withdrawn' ? it.because : '',
    ...(it.state === 'open' || it.state === 'closed'
      ? { opened_at: it.openedAt, closes_at: it.closesAt }
      : {}),
    ...(it.state === 'closed' ? { closed_at: it.closedAt, result: JSON.stringify(it.result) } : {}),
  }
}

type MotionRow = Pick<
  Row<'motion'>,
  | 'text'
  | 'kind'
  | 'options'
  | 'manner'
  | 'is_secret'
  | 'majority'
  | 'counted_of'
  | 'casting_vote'
  | 'state'
  | 'because'
  | 'opened_at'
  | 'closes_at'
  | 'closed_at'
  | 'result'
>

export function readMotion(row: MotionRow): Motion {
  const terms: Terms = {
    text: row.text,
    kind: row.kind,
    options: row.options as readonly Option[],
    manner: row.manner,
    isSecret: row.is_secret,
    majority: row.majority,
    countedOf: row.counted_of,
    castingVote: row.casting_vote,
  }
  switch (row.state) {
    case 'draft':
      return { state: 'draft', terms }
    case 'open':
      return { state: 'open', terms, openedAt: row.opened_at!, closesAt: row.closes_at }
    case 'closed':
      return {
        state: 'closed',
        terms,
        openedAt: row.opened_at!,
        closesAt: row.closes_at,
        closedAt: row.closed_at!,
        result: row.result as Result,
      }
    case 'withdrawn':
      return { state: 'withdrawn', terms, because: row.because }
  }
}

export const momentOf = (entry: AsJson<HistoryEntry>): Temporal.Instant => Temporal.Instant.from(entry.at)
