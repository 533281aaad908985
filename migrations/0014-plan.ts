import { type Owner, run } from './migration.ts'

/** Meetings that are written to people about: a calendar file with a message, and a plan of what is sent when. */
export async function up(db: Owner): Promise<void> {
  await run(
    db,
    `-- What is sent with the words by e-mail: a name, a calendar method and its text.
     alter table message add column attachment jsonb;
     -- Since when its people are told of it; null for a meeting from before.
     alter table meeting add column planned_at timestamptz;
     alter table calendar_feed add column reminds boolean not null default false;
     create index meeting_state on meeting (network_id, state, starts_at);
     create index membership_of_group on membership (network_id, group_id, from_on);`,
  )
}
