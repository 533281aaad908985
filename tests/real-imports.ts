import type { TestHouse } from './house.ts'

/** Tables from elsewhere. */
export async function realImports(
  _house: TestHouse,
  _slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  return {}
}
