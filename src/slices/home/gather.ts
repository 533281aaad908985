import { Temporal } from 'temporal-polyfill'
import { isLate } from '#kernel/calendar/working-days.ts'
import type { Instant, PlainDate } from '#platform/database/tables.ts'
import type { HomeLine, HomePart, Slice, Visit } from '#platform/http/route.ts'

export interface Gathered {
  readonly needs: readonly HomeLine[]
  readonly moved: readonly HomeLine[]
  readonly waiting: readonly HomeLine[]
}

/** What every slice has for this person; one after the other, since they share one transaction. */
export async function gather(
  visit: Visit,
  slices: readonly Slice[],
  since: Instant | null,
): Promise<Gathered> {
  const parts: HomePart[] = []
  for (const slice of slices) if (slice.home) parts.push(await slice.home(visit, since))
  return inOrder(parts, visit.today)
}

/** Late first, then what is due soonest, then what has no day; what moved last stands first. */
export function inOrder(parts: readonly HomePart[], today: PlainDate): Gathered {
  const byDue = (a: HomeLine, b: HomeLine): number => {
    if (a.due && b.due) return Temporal.PlainDate.compare(a.due, b.due)
    return Number(Boolean(b.due)) - Number(Boolean(a.due))
  }
  const late = (line: HomeLine) => Number(isLate(line.due, today))
  const dueFirst = (lines: HomeLine[]) => lines.sort((a, b) => late(b) - late(a) || byDue(a, b))
  const time = (line: HomeLine) => line.at?.epochMilliseconds ?? 0
  return {
    needs: dueFirst(parts.flatMap(part => part.needs ?? [])),
    waiting: dueFirst(parts.flatMap(part => part.waiting ?? [])),
    moved: parts.flatMap(part => part.moved ?? []).sort((a, b) => time(b) - time(a)),
  }
}
