import type { TestHouse } from './house.ts'

/** Messages, buddies, the volunteers’ own space and Trust contacts. */
export async function realTalk(
  _house: TestHouse,
  _slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  return {}
}
