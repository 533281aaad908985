import type { TestHouse } from './house.ts'

/** Withdrawal, a time of rest, data rights and retention. */
export async function realRights(
  _house: TestHouse,
  _slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  return {}
}
