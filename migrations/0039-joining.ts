import { networkTable, type Owner, run } from './migration.ts'

/** What calendars answer to invitations, and meetings that Microsoft Teams holds for us. */
export async function up(db: Owner): Promise<void> {
  await run(
    db,
    `-- The SEQUENCE since which its time stands: an answer to an older one is an answer to another time.
     alter table meeting add column timed_sequence integer not null default 0;
     -- A report that Teams gave by itself was brought by nobody.
     alter table attendance_report alter column by_person_id drop not null;`,
  )
  // To whom an invitation went, at which address; the key comes back with the answer where the mailbox allows it.
  await networkTable(
    db,
    'calendar_invitation',
    `meeting_id integer not null,
     person_id integer not null,
     key text not null,
     email text not null,
     primary key (network_id, meeting_id, person_id),
     foreign key (network_id, meeting_id) references meeting (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id)`,
  )
  // Who said that they come, or that they do not know yet. Apologies are attendance.
  await networkTable(
    db,
    'meeting_answer',
    `meeting_id integer not null,
     person_id integer not null,
     answer text not null check (answer in ('coming', 'not-sure')),
     at timestamptz not null,
     primary key (network_id, meeting_id, person_id),
     foreign key (network_id, meeting_id) references meeting (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id)`,
  )
  // What calendars said, each once.
  await networkTable(
    db,
    'calendar_reply',
    `id integer generated always as identity,
     meeting_id integer not null,
     -- Null: nobody who was invited.
     person_id integer,
     key text not null,
     answer text not null check (answer in ('accepted', 'declined', 'tentative', 'counter')),
     from_address text not null,
     words text not null default '',
     deputy_words text not null default '',
     proposed_at timestamptz,
     said_at timestamptz not null,
     came_at timestamptz not null,
     timed_sequence integer not null,
     state text not null check (state in ('counted', 'asked', 'not-them', 'older', 'out-of-date', 'cancelled', 'over',
       'not-invited')),
     -- Of the link by which its person says whether it was them; only its hash is kept.
     token_hash text,
     primary key (network_id, id),
     unique (network_id, key),
     unique (network_id, token_hash),
     foreign key (network_id, meeting_id) references meeting (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id)`,
  )
  // A meeting that Microsoft Teams holds for us, and its attendance report.
  await networkTable(
    db,
    'online_meeting',
    `meeting_id integer not null,
     -- By it Teams makes one meeting, however often it is asked to.
     external_id text not null,
     teams_id text,
     join_url text not null default '',
     state text not null default 'wanted' check (state in ('wanted', 'made', 'gone')),
     wanted_at timestamptz not null,
     -- As Teams knows it.
     sent_title text,
     sent_starts_at timestamptz,
     sent_minutes integer,
     tries integer not null default 0,
     next_try_at timestamptz not null,
     -- Why it did not work, in words.
     trouble text not null default '',
     report_state text not null default 'waiting' check (report_state in ('waiting', 'came', 'none', 'not-needed')),
     report_tries integer not null default 0,
     report_next_at timestamptz,
     primary key (network_id, meeting_id),
     foreign key (network_id, meeting_id) references meeting (network_id, id)`,
  )
  await run(db, 'create index calendar_reply_of_meeting on calendar_reply (network_id, meeting_id, id)')
}
