import { type SqlBool, sql } from 'kysely'
import { type Question, question } from '#platform/database/questions.ts'
import type { Instant, PlainDate, Row, Tx } from '#platform/database/tables.ts'
import { type Facts, readFacts } from './facts.ts'
import { type RhythmFacts, rhythmFacts } from './rhythm.ts'

export interface GroupLine {
  readonly slug: string
  readonly name: string
  readonly kind: Row<'network_group'>['kind']
  readonly about: string
  readonly illustrative: boolean
}

export interface TrustLine {
  readonly name: string
  readonly system: string
  readonly hospitals: readonly { readonly name: string; readonly town: string }[]
}

export interface PublicNetwork {
  readonly facts: Facts
  readonly groups: readonly GroupLine[]
  readonly trusts: readonly TrustLine[]
}

const groupLines = sql<GroupLine[]>`coalesce((
  select jsonb_agg(jsonb_build_object('slug', g.slug, 'name', g.name, 'kind', g.kind, 'about', g.about,
    'illustrative', g.illustrative) order by array_position(array['board', 'workstream', 'sig'], g.kind), g.name)
  from network_group g where g.network_id = n.id), '[]')`

/** A network's front page in one statement. */
export async function publicNetwork(tx: Tx, networkId: number, today: PlainDate): Promise<PublicNetwork> {
  const found = await tx
    .selectFrom('network as n')
    .select([
      'n.facts',
      groupLines.as('groups'),
      sql<TrustLine[]>`coalesce((
        select jsonb_agg(jsonb_build_object('name', t.name, 'system', t.system_name, 'hospitals', coalesce((
            select jsonb_agg(jsonb_build_object('name', s.name, 'town', s.town) order by s.name)
            from site s where s.network_id = t.network_id and s.trust_id = t.id and (s.to_on is null or s.to_on >= ${today})), '[]')) order by t.system_name, t.name)
        from trust t where t.network_id = n.id and (t.to_on is null or t.to_on >= ${today})), '[]')`.as(
        'trusts',
      ),
    ])
    .where('n.id', '=', networkId)
    .executeTakeFirstOrThrow()
  return { facts: readFacts(found.facts), groups: found.groups, trusts: found.trusts }
}

/** What a network says of itself, to be asked with other questions. */
export const factsQuestion = (networkId: number): Question<Facts> =>
  question(sql<{ facts: unknown }>`select facts from network where id = ${networkId}`, ([row]) =>
    readFacts(row?.facts),
  )

export interface GroupPage {
  readonly id: number
  readonly slug: string
  readonly name: string
  readonly shortName: string
  readonly kind: Row<'network_group'>['kind']
  readonly about: string
  readonly illustrative: boolean
  readonly terms: string
  readonly cadenceWeeks: number | null
  readonly inPersonMonths: number | null
  readonly quorumVoting: number | null
  readonly quorumLay: number
  readonly paperDays: number | null
  readonly castingVote: boolean
  readonly rhythm: RhythmFacts
  readonly facts: Facts
  readonly members: readonly GroupMember[]
  readonly coming: readonly GroupMeeting[]
  readonly past: readonly GroupMeeting[]
}

export interface GroupMember {
  readonly name: string
  readonly role: Row<'membership'>['role']
  readonly voting: boolean
}

export interface GroupMeeting {
  readonly number: number
  readonly title: string
  readonly startsAt: Instant
  readonly place: string
  readonly cancelled: boolean
}

/** One group by its short name: the group with its people, and its meetings, in two statements. */
export async function groupPage(
  tx: Tx,
  slug: string | undefined,
  now: Instant,
  today: PlainDate,
): Promise<GroupPage | undefined> {
  const group = await tx
    .selectFrom('network_group as g')
    .innerJoin('network as n', 'n.id', 'g.network_id')
    .select([
      'g.id',
      'g.slug',
      'g.name',
      'g.short_name as shortName',
      'g.kind',
      'g.about',
      'g.illustrative',
      'g.terms',
      'g.cadence_weeks as cadenceWeeks',
      'g.in_person_months as inPersonMonths',
      'g.quorum_voting as quorumVoting',
      'g.quorum_lay as quorumLay',
      'g.paper_days as paperDays',
      'g.casting_vote as castingVote',
      rhythmFacts('g', today).as('rhythm'),
      'n.facts',
      sql<GroupMember[]>`coalesce((
        select jsonb_agg(jsonb_build_object('name', p.name, 'role', m.role, 'voting', m.voting)
          order by array_position(array['chair', 'deputy', 'member', 'volunteer'], m.role), p.name)
        from membership m join person p on p.network_id = m.network_id and p.id = m.person_id
        where m.network_id = g.network_id and m.group_id = g.id and p.left_on is null and m.from_on <= ${today}
          and (m.to_on is null or m.to_on >= ${today})), '[]')`.as('members'),
    ])
    .where('g.slug', '=', slug ?? '')
    .executeTakeFirst()
  if (!group) return undefined
  const meetings = await tx
    .selectFrom('meeting')
    .select(['number', 'title', 'starts_at as startsAt', 'place', 'venue', 'state'])
    .where('group_id', '=', group.id)
    .orderBy('starts_at', 'desc')
    .limit(18)
    .execute()
  const { facts, ...rest } = group
  const listed = meetings.map(({ state, venue, place, ...each }) => ({
    ...each,
    place: place || venue,
    cancelled: state === 'cancelled',
  }))
  const comes = (each: GroupMeeting) => each.startsAt.epochMilliseconds >= now.epochMilliseconds
  return {
    ...rest,
    facts: readFacts(facts),
    coming: listed.filter(comes).reverse(),
    past: listed.filter(each => !comes(each) && !each.cancelled).slice(0, 6),
  }
}

export interface PastMember {
  readonly id: number
  readonly name: string
  readonly role: Row<'membership'>['role']
  readonly voting: boolean
  readonly lay: boolean
  readonly from: PlainDate
  readonly to: PlainDate | null
}

export const peoplePageSize = 50

/** Who was in a group when, those who came last first; `before` is where the last page ended. */
export async function membershipHistory(
  tx: Tx,
  groupId: number,
  before?: { readonly from: PlainDate; readonly id: number },
): Promise<PastMember[]> {
  return await tx
    .selectFrom('membership as m')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'm.network_id').onRef('p.id', '=', 'm.person_id'),
    )
    .select(['m.id', 'p.name', 'm.role', 'm.voting', 'm.lay', 'm.from_on as from'])
    // Whoever has left the network has left the group, whatever the place said.
    .select(sql<PlainDate | null>`least(m.to_on, p.left_on)`.as('to'))
    .where('m.group_id', '=', groupId)
    .$if(before !== undefined, query =>
      query.where(sql<SqlBool>`(m.from_on, m.id) < (${before!.from}, ${before!.id})`),
    )
    .orderBy('m.from_on', 'desc')
    .orderBy('m.id', 'desc')
    .limit(peoplePageSize + 1)
    .execute()
}
