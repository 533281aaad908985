import type { TestHouse } from './house.ts'

/** What a device keeps, and push messages. */
export async function realDevice(
  _house: TestHouse,
  _slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  return {}
}
