import { sql } from 'kysely'
import type { Channel } from '../database/tables.ts'
import './tables.ts'

/** Which of somebody's addresses, as they are now, did not take what was sent: for a statement with `person as p`. */
export const troubledWays = sql<Channel[]>`array(select t.channel from address_trouble t
  where t.network_id = p.network_id and t.person_id = p.id
    and t.mark = address_mark(case t.channel when 'email' then p.email else p.phone end))`
