import type { TestHouse } from './house.ts'

/** GOV.UK Notify, text messages and letters. */
export async function realNotify(
  _house: TestHouse,
  _slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  return {}
}
