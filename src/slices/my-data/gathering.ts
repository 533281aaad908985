import { askTogether } from '#platform/database/questions.ts'
import type { Row, Tx } from '#platform/database/tables.ts'
import type { Held, Slice } from '#platform/http/route.ts'

/** All that every room holds about one person, in one statement (R5). */
export async function whatWeHold(tx: Tx, slices: readonly Slice[], personId: number): Promise<Held[]> {
  return await askTogether(
    tx,
    slices.flatMap(each => each.held?.(personId) ?? []),
  )
}

/** Said wherever the data is shown or taken along. */
export const leftOut: readonly string[] = [
  'Names and words of other people, since they are theirs.',
  'Your ballots in secret votes: nobody can find out which one is yours, and neither can we.',
  'Concerns that other people raised.',
]

/** Files that somebody gave us themselves. A paper's file belongs to its meeting, and a concern keeps its own. */
const ownFileKinds = [
  'contribution',
  'draft',
  'chair-request-answer',
  'action',
  'expense-claim',
  'message-written',
]
export const mostBytes = 100 * 1024 * 1024

export async function filesOfPerson(tx: Tx, personId: number): Promise<Row<'stored_file'>[]> {
  return await tx
    .selectFrom('stored_file')
    .selectAll()
    .where('by_person_id', '=', personId)
    .where('thing_kind', 'in', ownFileKinds)
    .orderBy('id')
    .limit(1000)
    .execute()
}

/** As a program reads it. */
export function asJson(about: { network: string; name: string; on: string }, held: readonly Held[]): string {
  return JSON.stringify(
    {
      network: about.network,
      person: about.name,
      made: about.on,
      leftOut,
      data: held.map(({ title, note, rows }) => ({ title, ...(note ? { note } : {}), rows })),
    },
    null,
    2,
  )
}
