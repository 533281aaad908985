import type { TestHouse } from './house.ts'

/** How people come in: one pipeline, roles on offer, equality monitoring, where voices come from. */
export async function realIntake(
  _house: TestHouse,
  _slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  return {}
}
