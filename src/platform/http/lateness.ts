import type { House } from '../house.ts'
import type { Slice } from './route.ts'

/** How many promises are late now, by kind, over all networks: numbers only, for operators (HOUSE-10). */
export async function promisesLate(house: House, slices: readonly Slice[]): Promise<Record<string, number>> {
  const today = house.clock.today()
  const networks = await house.database.pool.selectFrom('network').select('id').execute()
  const sums: Record<string, number> = {}
  for (const { id } of networks) {
    await house.database.network(id, async tx => {
      for (const slice of slices) {
        for (const [kind, count] of Object.entries((await slice.late?.(tx, today)) ?? {})) {
          sums[kind] = (sums[kind] ?? 0) + Number(count)
        }
      }
    })
  }
  return sums
}
