import { sql } from 'kysely'
import { happened } from '#kernel/decision.ts'
import type { Doing } from '#platform/doing.ts'
import { type InterestToMeet, type ItemToMeet, meet, whyOf } from './matching.ts'
import { tellingsOf } from './messages.ts'
import { keepingOf } from './settings.ts'
import { loadConflict } from './store.ts'

/** Where to look; without any of them in everything that is still ahead. */
interface Where {
  readonly itemId?: number
  readonly meetingId?: number
  readonly personId?: number
}

interface ItemRow extends ItemToMeet {
  readonly id: number
  readonly group_id: number
  readonly known: readonly number[]
}

interface InterestRow extends InterestToMeet {
  readonly id: number
  readonly personId: number
  readonly groupIds: readonly number[]
}

/**
 * Holds the interests of a group's members against its items that are still ahead (BOARD-11): each hit is asked of the
 * person, and the chair decides. Nobody is asked twice about one item.
 * @returns how many were found
 */
export async function findConflicts(doing: Doing, where: Where = {}): Promise<number> {
  const items = await itemsAhead(doing, where)
  if (items.length === 0) return 0
  const interests = await interestsNow(doing, where)
  const seen = new Set(items.flatMap(item => item.known.map(person => `${item.id} ${person}`)))
  let found = 0
  for (const item of items) {
    for (const interest of interests) {
      const pair = `${item.id} ${interest.personId}`
      if (seen.has(pair) || !interest.groupIds.includes(item.group_id)) continue
      const hit = meet(interest, item)
      if (!hit) continue
      seen.add(pair)
      const id = await addConflict(doing, {
        itemId: item.id,
        personId: interest.personId,
        interestId: interest.id,
        foundBy: 'match',
        why: whyOf(hit),
      })
      if (id !== undefined) found += 1
    }
  }
  return found
}

/** @returns undefined when this person and item had met already */
export async function addConflict(
  doing: Doing,
  given: {
    itemId: number
    personId: number
    interestId: number | null
    foundBy: 'match' | 'person' | 'chair'
    why: string
    says?: 'yes'
  },
): Promise<number | undefined> {
  const made = await doing.tx
    .insertInto('conflict')
    .values({
      network_id: doing.network.id,
      item_id: given.itemId,
      person_id: given.personId,
      interest_id: given.interestId,
      found_by: given.foundBy,
      why: given.why,
      person_says: given.says ?? null,
      outcome: null,
      decided_by_person_id: null,
      decided_at: null,
      found_at: doing.now,
    })
    .onConflict(on => on.columns(['network_id', 'item_id', 'person_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return undefined
  const event = happened('conflict-found', { by: given.foundBy, why: given.why })
  await doing.happened({ kind: 'conflict', id: made.id }, [event])
  const loaded = await loadConflict(doing, made.id, { forChange: false })
  await doing.tell(...tellingsOf(doing, loaded!, event))
  return made.id
}

async function itemsAhead({ tx }: Pick<Doing, 'tx'>, { itemId, meetingId }: Where): Promise<ItemRow[]> {
  const rows = await tx
    .selectFrom('agenda_item as i')
    .innerJoin('meeting as m', join =>
      join.onRef('m.network_id', '=', 'i.network_id').onRef('m.id', '=', 'i.meeting_id'),
    )
    .select(['i.id', 'm.group_id', 'i.title', 'i.about'])
    .select([
      sql<
        { title: string; summary: string }[]
      >`coalesce((select jsonb_agg(jsonb_build_object('title', p.title,
        'summary', p.summary)) from paper p where p.network_id = i.network_id and p.item_id = i.id
        and p.state <> 'withdrawn'), '[]')`.as('papers'),
      sql<number[]>`coalesce((select jsonb_agg(distinct c.project_id) filter (where c.project_id is not null)
        from item_contribution a join contribution c on c.network_id = a.network_id and c.id = a.contribution_id
        where a.network_id = i.network_id and a.item_id = i.id), '[]')`.as('projectIds'),
      sql<number[]>`coalesce((select jsonb_agg(distinct s.trust_id) from item_contribution a
        join contribution c on c.network_id = a.network_id and c.id = a.contribution_id
        join site s on s.network_id = c.network_id and s.id = c.site_id
        where a.network_id = i.network_id and a.item_id = i.id), '[]')`.as('trustIds'),
      sql<number[]>`coalesce((select jsonb_agg(x.person_id) from conflict x where x.network_id = i.network_id
        and x.item_id = i.id), '[]')`.as('known'),
    ])
    .where('i.standing', 'is', null)
    .where('i.state', 'in', ['raised', 'on-agenda'])
    .where(
      sql<boolean>`((m.state in ('planned', 'agenda-open', 'agenda-set', 'papers-out', 'held') and i.closed_at is null)
        or exists (select from motion v where v.network_id = i.network_id and v.item_id = i.id
          and v.state in ('draft', 'open')))`,
    )
    .$if(itemId !== undefined, query => query.where('i.id', '=', itemId!))
    .$if(meetingId !== undefined, query => query.where('i.meeting_id', '=', meetingId!))
    .orderBy('i.id')
    .execute()
  return rows.map(row => ({
    id: row.id,
    group_id: row.group_id,
    known: row.known,
    projectIds: row.projectIds,
    trustIds: row.trustIds,
    texts: [
      { where: 'title', text: row.title },
      { where: 'about', text: row.about },
      ...row.papers.flatMap(
        paper =>
          [
            { where: 'paper-title', text: paper.title },
            { where: 'paper-summary', text: paper.summary },
          ] as const,
      ),
    ],
  }))
}

/** Interests that hold, or ended a short time ago, of people who are in a group today. */
async function interestsNow(
  { tx, today, network }: Pick<Doing, 'tx' | 'today' | 'network'>,
  { personId }: Where,
): Promise<InterestRow[]> {
  return await tx
    .selectFrom('interest as n')
    .leftJoin('trust as t', join =>
      join.onRef('t.network_id', '=', 'n.network_id').onRef('t.id', '=', 'n.trust_id'),
    )
    .leftJoin('project as j', join =>
      join.onRef('j.network_id', '=', 'n.network_id').onRef('j.id', '=', 'n.project_id'),
    )
    .select([
      'n.id',
      'n.person_id as personId',
      'n.organisation',
      'n.other_names as otherNames',
      'n.trust_id as trustId',
      'n.project_id as projectId',
      'j.title as projectTitle',
      sql<string[]>`case when t.id is null then '[]' else jsonb_build_array(t.name, t.short_name) end`.as(
        'trustNames',
      ),
      sql<
        number[]
      >`coalesce((select jsonb_agg(distinct k.group_id) from membership k where k.network_id = n.network_id
        and k.person_id = n.person_id and k.from_on <= ${today} and (k.to_on is null or k.to_on >= ${today})), '[]')`.as(
        'groupIds',
      ),
    ])
    .where(eb =>
      eb.or([
        eb('n.to_on', 'is', null),
        eb('n.to_on', '>=', today.subtract({ months: keepingOf(network).monthsShown })),
      ]),
    )
    .$if(personId !== undefined, query => query.where('n.person_id', '=', personId!))
    .orderBy('n.id')
    .execute()
}
