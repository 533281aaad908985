import type { TestHouse } from './house.ts'

/** GOV.UK Notify, text messages and letters. */
export async function realNotify(
  house: TestHouse,
  _slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  return { '/:network/team/letters/day/:day/letters.pdf': [{ day: house.clock.today().toString() }] }
}
