import { Temporal } from 'temporal-polyfill'
import { isLate } from '#kernel/calendar/working-days.ts'
import { askTogether } from '#platform/database/questions.ts'
import type { Instant, PlainDate } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { HomeLine, HomePart, Slice, Visit } from '#platform/http/route.ts'
import type { Actor } from '#platform/permission.ts'

export interface Gathered {
  readonly needs: readonly HomeLine[]
  readonly coming: readonly HomeLine[]
  readonly moved: readonly HomeLine[]
  readonly waiting: readonly HomeLine[]
}

/** With how much needs them, as a number may show it: what must leave no trace is not in it. */
interface Counted extends Gathered {
  readonly count: number
}

/** What every slice has for this person, in one statement. */
export async function gather(
  visit: Visit,
  slices: readonly Slice[],
  since: Instant | null,
): Promise<Counted> {
  const asked = slices.flatMap(slice =>
    (slice.home?.(visit, since) ?? []).map(question => ({ question, counts: !slice.untraced })),
  )
  const parts = await askTogether(
    visit.tx,
    asked.map(each => each.question),
  )
  const count = parts.reduce((sum, part, n) => sum + (asked[n]!.counts ? (part.needs?.length ?? 0) : 0), 0)
  return { ...inOrder(parts, visit.today), count }
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
    coming: parts.flatMap(part => part.coming ?? []),
    waiting: dueFirst(parts.flatMap(part => part.waiting ?? [])),
    moved: parts.flatMap(part => part.moved ?? []).sort((a, b) => time(b) - time(a)),
  }
}

/** How much needs somebody, as their home page counts it, for where there is no page. */
export async function needsOf(doing: Doing, me: Actor, slices: readonly Slice[]): Promise<number> {
  const visit: Visit = {
    ...doing,
    me,
    actor: me,
    thing: undefined,
    params: {},
    query: new URLSearchParams(),
    path: '',
    cookie: () => undefined,
    hidden: {},
    demo: false,
    isFresh: false,
    language: 'en',
  }
  return (await gather(visit, slices, null)).count
}
