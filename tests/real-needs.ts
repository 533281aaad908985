import type { TestHouse } from './house.ts'

/** Support needs, preferences, and what is said by phone or post. */
export async function realNeeds(
  _house: TestHouse,
  _slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  return {}
}
