import type { TestHouse } from './house.ts'

/** Languages. */
export async function realLanguages(
  _house: TestHouse,
  _slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  return {}
}
