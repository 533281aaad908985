import { doingOf } from '#platform/doing.ts'
import { addUsualRoles } from '#slices/roles/index.ts'
import type { TestHouse } from './house.ts'

/** How people come in: one pipeline, roles on offer, equality monitoring, where voices come from. */
export async function realIntake(
  house: TestHouse,
  slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  const today = house.clock.today()
  return await house.database.enter({ slug, accountId: undefined, today }, async (tx, entry) => {
    const doing = doingOf(house.house, tx, entry!, undefined)
    await addUsualRoles(doing)
    const role = await tx.selectFrom('offered_role').select('slug').limit(1).executeTakeFirstOrThrow()
    return {
      '/:network/roles/:role': [{ role: role.slug }],
      '/:network/team/roles/:role': [{ role: role.slug }],
    }
  })
}
