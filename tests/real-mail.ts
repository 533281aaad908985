import type { TestHouse } from './house.ts'

/** E-mail both ways. */
export async function realMail(
  _house: TestHouse,
  _slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  return {}
}
