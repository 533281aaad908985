import { sql } from 'kysely'
import { accept, type Decision, happened } from '#kernel/decision.ts'
import type { Row, Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { freeSlug } from './slug.ts'

export const groupKinds = ['board', 'sig', 'workstream'] as const
export type GroupKind = Row<'network_group'>['kind']
export const kindWords: Readonly<Record<GroupKind, string>> = {
  board: 'Board',
  sig: 'Special interest group (SIG)',
  workstream: 'Workstream',
}

export interface GroupWords {
  readonly name: string
  readonly shortName: string
  readonly kind: GroupKind
  readonly about: string
  /** Everything said of it is confirmed. */
  readonly confirmed: boolean
}

export interface GroupHere extends GroupWords {
  readonly id: number
  readonly slug: string
  readonly members: number
  readonly version: number
}

export async function groupsOfNetwork(tx: Tx, slug?: string): Promise<GroupHere[]> {
  return await tx
    .selectFrom('network_group as g')
    .select(['g.id', 'g.slug', 'g.name', 'g.short_name as shortName', 'g.kind', 'g.about'])
    .select([
      sql<boolean>`not g.illustrative`.as('confirmed'),
      sql<number>`(select count(*) from membership m where m.network_id = g.network_id and m.group_id = g.id
        and m.to_on is null)`.as('members'),
      sql<number>`abs(hashtext(g::text))`.as('version'),
    ])
    .$if(slug !== undefined, query => query.where('g.slug', '=', slug!))
    .orderBy(sql`array_position(array['board', 'workstream', 'sig'], g.kind)`)
    .orderBy('g.name')
    .limit(500)
    .execute()
}

export async function addGroup(
  doing: Doing,
  given: GroupWords,
): Promise<Decision<{ id: number; slug: string }>> {
  const { tx, network } = doing
  const taken = new Set(
    (await tx.selectFrom('network_group').select('slug').execute()).map(each => each.slug),
  )
  const slug = freeSlug(given.name, 'group', taken)
  const { id } = await tx
    .insertInto('network_group')
    .values({
      network_id: network.id,
      slug,
      name: given.name,
      short_name: given.shortName || given.name,
      kind: given.kind,
      about: given.about,
      illustrative: !given.confirmed,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'group', id }, [
    happened('group-added', { name: given.name, kind: given.kind }),
  ])
  return accept({ id, slug })
}

export async function changeGroup(doing: Doing, before: GroupHere, to: GroupWords): Promise<void> {
  const changes = (['name', 'shortName', 'kind', 'about', 'confirmed'] as const)
    .filter(each => before[each] !== to[each])
    .map(what => ({ what, from: before[what], to: to[what] }))
  if (changes.length === 0) return
  await doing.tx
    .updateTable('network_group')
    .set({
      name: to.name,
      short_name: to.shortName || to.name,
      kind: to.kind,
      about: to.about,
      illustrative: !to.confirmed,
    })
    .where('id', '=', before.id)
    .execute()
  await doing.happened({ kind: 'group', id: before.id }, [
    happened('group-changed', { name: to.name, changes }),
  ])
}
