import { type Owner, run } from './migration.ts'

/** A message that is just being handed over says so, so that a crash in that moment is known afterwards. */
export async function up(db: Owner): Promise<void> {
  await run(
    db,
    `alter table message drop constraint message_state_check;
     alter table message add constraint message_state_check
       check (state in ('waiting', 'sending', 'sent', 'failed', 'by-hand', 'done'));
     alter table message add column trying_since timestamptz;
     create index message_sending on message (network_id, next_try_at) where state = 'sending';`,
  )
}
