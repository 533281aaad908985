import { type Expression, sql } from 'kysely'
import { type Question, question } from '#platform/database/questions.ts'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import type { ReaderAs } from './tables.ts'

/** Somebody who can be chosen to read a concern. */
export interface PossibleReader {
  readonly personId: number
  readonly name: string
  readonly as: ReaderAs
  /** Of the independent contact: how to reach them without this service. */
  readonly reach: string | null
}

export const asWords: Record<ReaderAs, string> = {
  'portfolio-manager': 'Network Portfolio Manager',
  director: 'Network Director',
  'independent-contact': 'independent contact',
}

/**
 * Who reads concerns today: those who hold one of the two posts, and the independent contact. Never an administrator,
 * even one who holds a post as well (R55).
 */
export const possibleReaders = (today: PlainDate): Expression<PossibleReader> => sql<PossibleReader>`
  select p.id as "personId", p.name, who.what as "as", who.reach
  from (
    select h.network_id, h.person_id, h.post as what, null as reach, case h.post when 'director' then 2 else 1 end as place, h.id
      from post_holding h where h.post in ('portfolio-manager', 'director')
      and h.from_on <= ${today} and (h.to_on is null or h.to_on >= ${today})
    union all
    select c.network_id, c.person_id, 'independent-contact', c.reach, 3, c.id from independent_contact c
      where c.from_on <= ${today} and (c.to_on is null or c.to_on >= ${today})
  ) who
  join person p on p.network_id = who.network_id and p.id = who.person_id
  where p.left_on is null and not exists (select from post_holding a where a.network_id = p.network_id
    and a.person_id = p.id and a.post = 'administrator' and a.from_on <= ${today} and (a.to_on is null or a.to_on >= ${today}))
  order by who.place, who.id`

export const readersQuestion = (today: PlainDate): Question<readonly PossibleReader[]> =>
  question<PossibleReader, readonly PossibleReader[]>(possibleReaders(today), rows => {
    // Somebody with both posts is one reader.
    return rows.filter((each, at) => rows.findIndex(other => other.personId === each.personId) === at)
  })

/** Everybody who was ever somebody's possible reader here: with whose eyes the clock looks. */
export async function everReaders(tx: Tx): Promise<number[]> {
  const found = await sql<{ id: number }>`
    select distinct person_id as id from post_holding where post in ('portfolio-manager', 'director')
    union select person_id from independent_contact order by 1`.execute(tx)
  return found.rows.map(each => each.id)
}
