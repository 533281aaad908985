import type { TestHouse } from './house.ts'

/** Induction, learning, the word list, agreements, and the rest of the register of interests. */
export async function realInduction(
  _house: TestHouse,
  _slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  return {}
}
