import type { TestHouse } from './house.ts'

/** Help on each page, and what is wrong with one. */
export async function realHelp(
  _house: TestHouse,
  _slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  return {}
}
