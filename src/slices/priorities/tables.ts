import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '#platform/database/tables.ts'
import type { LeagueRow } from './league.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    priority_round: PriorityRoundTable
    priority_idea: PriorityIdeaTable
    priority_talk: PriorityTalkTable
    priority_ranking: PriorityRankingTable
  }
}

export interface PriorityRoundTable {
  network_id: number
  id: Generated<number>
  title: string
  propose_until: PlainDate
  rank_until: PlainDate
  opened_by_person_id: number
  opened_at: Instant
  /** When the ranking is over: the league, and how many ranked. Who ranked how is forgotten then. */
  result: unknown
  counted_at: Instant | null
  motion_id: number | null
  adopted_at: Instant | null
  version: Generated<number>
}
export interface CountedRound {
  readonly people: number
  readonly rows: readonly LeagueRow[]
}

export type ToldHow = 'web' | 'phone' | 'post' | 'in-person'

export interface PriorityIdeaTable {
  network_id: number
  id: Generated<number>
  round_id: number
  title: string
  why: string
  proposed_by_person_id: number | null
  proposed_at: Instant
  how: Generated<string>
  recorded_by_person_id: number | null
  withdrawn_at: Instant | null
  priority_id: number | null
}

export interface PriorityTalkTable {
  network_id: number
  id: Generated<number>
  idea_id: number
  person_id: number | null
  words: string
  at: Instant
  taken_down_because: Generated<string>
}

export interface PriorityRankingTable {
  network_id: number
  round_id: number
  person_id: number
  /** Idea to place. */
  places: unknown
  at: Instant
  how: Generated<string>
  recorded_by_person_id: number | null
}
