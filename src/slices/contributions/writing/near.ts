import { sql } from 'kysely'
import type { Instant, Tx } from '#platform/database/tables.ts'
import type { Actor } from '#platform/permission.ts'
import { readable } from '../access.ts'
import type { State } from '../contribution.ts'
import type { Naming } from '../tables.ts'

/** Something that was raised before and is like what is being written (LOOP-4). */
export interface Near {
  readonly id: number
  readonly number: number
  readonly title: string
  readonly shownWords: string
  readonly state: State
  readonly receivedAt: Instant
  readonly first: { personId: number; name: string; knownAs: string; naming: Naming } | null
  readonly contributors: number
  /** This person raised or joined it already. */
  readonly mine: boolean
  /** What was decided and why, or what came of it, in the words in which it was told. */
  readonly cameOfIt: string | null
}

const mostCandidates = 200
const mostShown = 5

/**
 * What is like these words, within what this person may see, nearest first. The database finds candidates of this
 * network by its search and trigram indexes; the rule of permission then decides, as everywhere.
 */
export async function nearOnes(
  tx: Tx,
  actor: Actor,
  words: string,
  most = mostShown,
): Promise<readonly Near[]> {
  if (words.trim() === '') return []
  const candidates = sql<{
    id: number
    nearness: number
  }>`contributions_near(${words.slice(0, 4_000)}, ${mostCandidates})`
  return await tx
    .selectFrom('contribution')
    .innerJoin(
      eb => eb.selectFrom(candidates.as('found')).selectAll('found').as('near'),
      join => join.onRef('near.id', '=', 'contribution.id'),
    )
    .leftJoin('contributor as b', join =>
      join
        .onRef('b.network_id', '=', 'contribution.network_id')
        .onRef('b.contribution_id', '=', 'contribution.id')
        .on('b.is_first', '=', true)
        .on('b.withdrawn_at', 'is', null),
    )
    .leftJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'b.network_id').onRef('p.id', '=', 'b.person_id'),
    )
    .where(eb => readable(eb as never, actor))
    .where('contribution.state', '<>', 'withdrawn')
    .select([
      'contribution.id',
      'contribution.number',
      'contribution.title',
      'contribution.shown_words as shownWords',
      sql<State>`contribution.state`.as('state'),
      'contribution.received_at as receivedAt',
      sql<Near['first']>`case when p.id is not null then
        jsonb_build_object('personId', p.id, 'name', p.name, 'knownAs', p.known_as, 'naming', b.naming) end`.as(
        'first',
      ),
      sql<number>`(select count(*) from contributor o where o.network_id = contribution.network_id
        and o.contribution_id = contribution.id and o.withdrawn_at is null)::integer`.as('contributors'),
      sql<boolean>`exists (select 1 from contributor o where o.network_id = contribution.network_id
        and o.contribution_id = contribution.id and o.person_id = ${actor.personId} and o.withdrawn_at is null)`.as(
        'mine',
      ),
      sql<string | null>`coalesce(
        (select f.what_happened from feedback f where f.network_id = contribution.network_id
          and f.contribution_id = contribution.id order by f.id desc limit 1),
        (select n.reason from consideration n where n.network_id = contribution.network_id
          and n.contribution_id = contribution.id order by n.id desc limit 1))`.as('cameOfIt'),
    ])
    .orderBy('near.nearness', 'desc')
    .orderBy('contribution.id', 'desc')
    .limit(most)
    .execute()
}

/** Where it is, as others say it ("You closed this loop" is for who raised it). */
export const stateForOthers: Readonly<Record<State, string>> = {
  received: 'We have it, and will say which group looks at it',
  'needs-you': 'We asked the person who raised it something',
  'to-be-considered': 'A group will look at it',
  agreed: 'Agreed, and being done',
  'partly-agreed': 'Partly agreed, and being done',
  'not-agreed': 'Not agreed',
  'passed-on': 'Passed on to somebody else',
  changed: 'Something changed because of it',
  'fed-back': 'Answered',
  closed: 'Closed by the person who raised it',
  reopened: 'Being looked at again',
  'ended-unanswered': 'Answered',
  withdrawn: 'Withdrawn',
}
