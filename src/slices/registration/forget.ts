import { sql } from 'kysely'
import type { Doing } from '#platform/doing.ts'
import { filesOf } from '#platform/files.ts'
import { endSessionsOf } from '#slices/sign-in/index.ts'

/** What the files of an e-mail belong to: the letter itself, and what came with it. */
export const mailFiles = 'application-mail'

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
  await sql`update message set address = '', subject = 'Deleted', body = 'Deleted, because this person left.', layout = null, english = null,
              last_error = null,
              state = case when state in ('waiting', 'by-hand', 'failed') then 'done' else state end
            where person_id = ${personId}`.execute(tx)
  await tx.deleteFrom('draft').where('person_id', '=', personId).execute()
}

/**
 * What somebody said when they registered, however often and in whatever way: words, conversations, e-mails with
 * their files, and the time that was kept for them. Then the person, if nothing else holds them here.
 */
export async function forgetApplication(
  doing: Doing,
  applicationId: number,
  personId: number,
): Promise<void> {
  const { tx } = doing
  const joined = await sql<{ id: number }>`
    update application set words = '', shared_email = null, occasion = ''
    where id = ${applicationId} or (state = 'merged'
      and (state_data ->> 'into')::int = (select number from application where id = ${applicationId}))
    returning id`.execute(tx)
  const ids = joined.rows.map(each => each.id)
  await tx.deleteFrom('application_conversation').where('application_id', 'in', ids).execute()
  await tx
    .updateTable('conversation_time')
    .set({ application_id: null })
    .where('application_id', 'in', ids)
    .execute()
  const mails = await tx
    .selectFrom('application_mail')
    .select('id')
    .where('application_id', 'in', ids)
    .execute()
  for (const { id } of mails) await forgetMail(doing, id)
  await forgetEverythingOf(doing, personId)
}

/** Words, sender and files of an e-mail go; two hashes stay, so that it does not come in again. */
export async function forgetMail(doing: Doing, id: number): Promise<void> {
  const { tx } = doing
  const files = await filesOf(tx, { kind: mailFiles, id })
  for (const file of files) {
    await tx.deleteFrom('stored_file').where('id', '=', file.id).execute()
    await doing.files.forget(file)
  }
  await tx
    .updateTable('application_mail')
    .set({
      from_address: '',
      from_name: '',
      subject: '',
      words: '',
      files_left_out: '[]',
      state: 'ended',
      due_on: null,
    })
    .where('id', '=', id)
    .execute()
}
