import type { TestHouse } from './house.ts'

/** Concerns, and endings by the network. */
export async function realConcerns(
  _house: TestHouse,
  _slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  return {}
}
