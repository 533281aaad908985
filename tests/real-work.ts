import type { TestHouse } from './house.ts'

/** Tasks, projects, priorities and expenses. */
export async function realWork(
  _house: TestHouse,
  _slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  return {}
}
