import { sql } from 'kysely'
import { happened } from '#kernel/decision.ts'
import type { Doing } from '#platform/doing.ts'
import type { OfferedRole } from './queries.ts'
import { type RoleWords, slugOf, usualRole } from './role.ts'

export type RoleGiven = RoleWords & { readonly groupId: number | null }

/** @returns the end of its address */
export async function offerRole(doing: Doing, given: RoleGiven): Promise<string> {
  const wanted = slugOf(given.title)
  const taken = await doing.tx
    .selectFrom('offered_role')
    .select('slug')
    .where(sql<boolean>`(slug = ${wanted} or slug like ${`${wanted}-%`})`)
    .execute()
  const slugs = new Set(taken.map(each => each.slug))
  let slug = wanted
  for (let n = 2; slugs.has(slug); n += 1) slug = `${wanted}-${n}`
  const { groupId, ...words } = given
  const { id } = await doing.tx
    .insertInto('offered_role')
    .values({
      network_id: doing.network.id,
      slug,
      ...words,
      group_id: groupId,
      state: 'open',
      changed_at: doing.now,
      changed_by_person_id: doing.actor?.personId ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'role', id }, [happened('offered')])
  return slug
}

export async function changeRole(
  doing: Doing,
  role: OfferedRole,
  given: RoleGiven & { state: OfferedRole['state'] },
): Promise<void> {
  const { groupId, ...rest } = given
  await doing.tx
    .updateTable('offered_role')
    .set({
      ...rest,
      group_id: groupId,
      version: role.version + 1,
      changed_at: doing.now,
      changed_by_person_id: doing.actor?.personId ?? null,
    })
    .where('id', '=', role.id)
    .execute()
  const event = role.state === given.state ? 'changed' : given.state === 'open' ? 'opened' : 'closed'
  await doing.happened({ kind: 'role', id: role.id }, [happened(event)])
}

/** For a network that has none yet. */
export async function addUsualRoles(doing: Doing): Promise<void> {
  const has = await doing.tx.selectFrom('offered_role').select('id').limit(1).executeTakeFirst()
  if (!has) await offerRole(doing, { ...usualRole, groupId: null })
}
