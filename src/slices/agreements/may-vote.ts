import { type SqlBool, sql } from 'kysely'
import type { PlainDate } from '#platform/database/tables.ts'

/** As a condition on `m`, a membership: no missing agreement keeps its person from voting on that day. */
export const agreedForVoting = (day: PlainDate) =>
  sql<SqlBool>`not agreement_owed(m.network_id, m.person_id, ${day}, 'no-vote')`

/** As a condition on `membership`: no missing agreement keeps its person from papers today. */
export const getsPapers = (day: PlainDate) =>
  sql<SqlBool>`not agreement_owed(membership.network_id, membership.person_id, ${day}, 'no-papers')`
