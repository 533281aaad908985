import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '#platform/database/tables.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    equality_count: EqualityCountTable
    equality_once: EqualityOnceTable
    census_load: CensusLoadTable
    census_figure: CensusFigureTable
  }
}

/** How many gave this answer in this quarter. */
export interface EqualityCountTable {
  network_id: number
  /** Its first day. */
  quarter: PlainDate
  question: string
  answer: string
  people: number
}

export interface EqualityOnceTable {
  network_id: number
  quarter: PlainDate
  key_hash: string
}

/** Figures of the network's area that somebody loaded; the last one counts. */
export interface CensusLoadTable {
  network_id: number
  id: Generated<number>
  source: string
  loaded_at: Instant
  by_person_id: number | null
}

export interface CensusFigureTable {
  network_id: number
  load_id: number
  question: string
  answer: string
  people: number
}
