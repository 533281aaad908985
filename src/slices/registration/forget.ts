import { sql } from 'kysely'
import type { Doing } from '#platform/doing.ts'
import { endSessionsOf } from '#slices/sign-in/index.ts'

/**
 * Deletes what we hold about an applicant: name, ways to reach them, help they need, and the texts of what was
 * sent to them (R9). Somebody with another place in the network stays as they are.
 */
export async function forgetEverythingOf(doing: Doing, personId: number): Promise<void> {
  const { tx } = doing
  const kept = await sql<{ kept: boolean }>`
    select exists (select 1 from membership where person_id = ${personId})
        or exists (select 1 from post_holding where person_id = ${personId})
        or exists (select 1 from trust_contact where person_id = ${personId})
        or exists (select 1 from contributor where person_id = ${personId})
        or exists (select 1 from application where person_id = ${personId}
                   and state in ('received', 'spoken-with', 'keeping-in-touch')) as kept`.execute(tx)
  if (kept.rows[0]?.kept) return
  const name = 'Somebody who left'
  const { account_id } = await tx
    .selectFrom('person')
    .select('account_id')
    .where('id', '=', personId)
    .executeTakeFirstOrThrow()
  if (account_id !== null) await endSessionsOf(tx, account_id)
  await tx
    .updateTable('person')
    .set({
      account_id: null,
      name,
      known_as: name,
      email: null,
      phone: null,
      postal_address: null,
      help_words: '',
      left_on: doing.today,
    })
    .where('id', '=', personId)
    .execute()
  await sql`delete from message_note n using message m
            where m.id = n.message_id and m.person_id = ${personId}`.execute(tx)
  await sql`update message set address = '', subject = 'Deleted', body = 'Deleted, because this person left.',
              last_error = null,
              state = case when state in ('waiting', 'by-hand', 'failed') then 'done' else state end
            where person_id = ${personId}`.execute(tx)
  await tx.deleteFrom('draft').where('person_id', '=', personId).execute()
}
