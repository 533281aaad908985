import type { Doing } from '#platform/doing.ts'
import { makeFeed } from '#slices/meetings/calendar/feeds.ts'

/** A calendar's secret address, which nobody could find in the database. */
export async function realBoardPlan(
  doing: Doing,
  personId: number,
): Promise<Record<string, Record<string, string>[]>> {
  return { '/:network/calendar/:token': [{ token: await makeFeed(doing, personId, false) }] }
}
