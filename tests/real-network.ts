import type { TestHouse } from './house.ts'

/** The team’s week, settings and new networks. */
export async function realNetwork(
  _house: TestHouse,
  _slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  return {}
}
