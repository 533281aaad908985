import type { Doing } from '#platform/doing.ts'
import type { Slice } from '#platform/http/route.ts'

/** What the room with the views gives this one, put together in app.ts so that neither imports the other twice. */
export interface ViewsBehindActions {
  /** An action of this contribution was done or dropped. */
  ended(doing: Doing, contributionId: number): Promise<void>
  hrefOf(slug: string, contributionNumber: number): string
}

export function actions(_views: ViewsBehindActions): Slice {
  return { name: 'actions', routes: [] }
}
