import { type SqlBool, sql } from 'kysely'
import type { PlainDate } from '#platform/database/tables.ts'
import { agreedForVoting } from '#slices/agreements/index.ts'

/**
 * As a condition on `m`, a voting membership: whether its person may vote on that day. They have finished the modules
 * that the network asks for before a vote in that role, and no missing agreement keeps them from it. Without a module
 * marked so everybody votes. The roll and quorum ask it (`missingForVote` says the same in plain code).
 */
export const mayVoteOn = (day: PlainDate) => sql<SqlBool>`(not exists (
    select from induction_module i where i.network_id = m.network_id and m.role = any(i.roles)
      and i.voting_from <= ${day} and (i.ended_on is null or i.ended_on > ${day})
      and not exists (select from induction_progress d where d.network_id = i.network_id and d.module_id = i.id
        and d.person_id = m.person_id and d.finished_on <= ${day}))
  and ${agreedForVoting(day)})`
