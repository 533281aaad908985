import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '#platform/database/tables.ts'
import type { ContributionKind, Naming } from './choices.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    own_space: OwnSpaceTable
    own_space_topic: OwnSpaceTopicTable
    own_space_post: OwnSpacePostTable
    own_space_report: OwnSpaceReportTable
    own_space_election: OwnSpaceElectionTable
    own_space_candidate: OwnSpaceCandidateTable
    own_space_vote: OwnSpaceVoteTable
    own_space_bringing: OwnSpaceBringingTable
    own_space_signing: OwnSpaceSigningTable
  }
}

/** A space; its name, its rules and who moderates it are no secret. All other tables show themselves to its people alone. */
export interface OwnSpaceTable {
  network_id: number
  id: Generated<number>
  /** Null: of all volunteers of the network. */
  group_id: number | null
  name: string
  rules: string
  opened_by_person_id: number
  opened_at: Instant
  moderator_person_id: Generated<number | null>
  moderator_since: Generated<PlainDate | null>
  version: Generated<number>
}

interface InSpace {
  network_id: number
  space_id: number
  id: Generated<number>
}

export interface OwnSpaceTopicTable extends InSpace {
  title: string
  by_person_id: number | null
  at: Instant
  last_at: Instant
}

export interface OwnSpacePostTable extends InSpace {
  topic_id: number
  by_person_id: number | null
  /** Whose words they are, when somebody wrote them down for another volunteer. */
  for_person_id: number | null
  words: string
  at: Instant
  hidden_at: Generated<Instant | null>
  hidden_because: Generated<string>
}

export interface OwnSpaceReportTable extends InSpace {
  post_id: number
  by_person_id: number
  because: string
  at: Instant
  due_on: PlainDate
  decided_at: Generated<Instant | null>
  decision: Generated<'stays' | 'hidden' | null>
  answer: Generated<string>
}

export interface OwnSpaceElectionTable extends InSpace {
  opened_by_person_id: number
  opened_on: PlainDate
  stand_until: PlainDate
  vote_until: PlainDate
  counted_on: Generated<PlainDate | null>
  result: Generated<unknown>
  elected_person_id: Generated<number | null>
}

export interface OwnSpaceCandidateTable extends InSpace {
  election_id: number
  person_id: number
  words: string
  at: Instant
}

export interface OwnSpaceVoteTable extends InSpace {
  election_id: number
  person_id: number
  candidates: unknown
}

export interface OwnSpaceBringingTable extends InSpace {
  words: string
  kind: ContributionKind
  by_person_id: number | null
  at: Instant
  sent_at: Generated<Instant | null>
  dropped_at: Generated<Instant | null>
  contribution_number: Generated<number | null>
  version: Generated<number>
}

export interface OwnSpaceSigningTable extends InSpace {
  bringing_id: number
  person_id: number
  naming: Naming
  words_version: number
  at: Instant
}
