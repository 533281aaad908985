import type { TestHouse } from './house.ts'

/** Answers of calendars, Microsoft Teams, and sign-in by a hospital. */
export async function realJoining(
  _house: TestHouse,
  _slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  return {}
}
