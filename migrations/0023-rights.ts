import { appRole, networkTable, type Owner, run } from './migration.ts'

/** Withdrawal, a time of rest, data rights and retention. */
export async function up(db: Owner): Promise<void> {
  await networkTable(
    db,
    'leaving',
    `id integer generated always as identity,
     person_id integer not null,
     asked_at timestamptz not null,
     how text not null check (how in ('web', 'phone', 'post', 'in-person')),
     recorded_by_person_id integer,
     -- The first day without a place here.
     on_day date not null,
     answers_wanted boolean not null,
     views text not null check (views in ('as-they-are', 'anonymous')),
     thanks_wanted boolean not null,
     -- The team may know, should they come back, that they were here before.
     remembered boolean not null,
     -- Theirs if they offer one; nobody asks again. Deleted with the thank-you.
     reason text not null default '',
     state text not null check (state in ('planned', 'called-off', 'done')),
     done_at timestamptz,
     thanks_due_on date,
     thanks text not null default '',
     thanked_at timestamptz,
     thanked_by_person_id integer,
     version integer not null default 1,
     primary key (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id)`,
    'select, insert, update',
  )
  // The one address that is kept after a goodbye, for what the person still wants to hear, and no day longer.
  await networkTable(
    db,
    'last_address',
    `person_id integer not null,
     channel text not null check (channel in ('email', 'text', 'phone', 'post')),
     address text not null,
     for_answers boolean not null,
     for_thanks boolean not null,
     until date not null,
     primary key (network_id, person_id),
     foreign key (network_id, person_id) references person (network_id, id)`,
  )
  // Somebody who came back, and who they were before: the team says so, since nobody is joined by itself.
  await networkTable(
    db,
    'here_before',
    `person_id integer not null,
     earlier_person_id integer not null,
     by_person_id integer not null,
     at timestamptz not null,
     primary key (network_id, person_id),
     foreign key (network_id, person_id) references person (network_id, id),
     foreign key (network_id, earlier_person_id) references person (network_id, id)`,
  )
  await networkTable(
    db,
    'data_wish',
    `id integer generated always as identity,
     number integer not null,
     kind text not null check (kind in ('copy', 'correct', 'object', 'erase')),
     person_id integer,
     -- For somebody who is no person of the network.
     name text not null default '',
     channel text check (channel in ('email', 'text', 'phone', 'post')),
     address text not null default '',
     words text not null,
     how text not null check (how in ('web', 'phone', 'post', 'email', 'in-person')),
     recorded_by_person_id integer,
     received_at timestamptz not null,
     -- Our own promise, and the end that the law sets (R6).
     due_on date not null,
     last_day date not null,
     state text not null check (state in ('open', 'paused', 'done', 'not-done', 'taken-back')),
     state_data jsonb not null default '{}',
     answer text not null default '',
     answered_at timestamptz,
     answered_by_person_id integer,
     version integer not null default 1,
     primary key (network_id, id),
     unique (network_id, number),
     foreign key (network_id, person_id) references person (network_id, id)`,
  )
  await networkTable(
    db,
    'legal_hold',
    `id integer generated always as identity,
     kept text not null,
     because text not null,
     from_on date not null,
     to_on date,
     by_person_id integer,
     ended_by_person_id integer,
     primary key (network_id, id)`,
    'select, insert, update',
  )
  // What a night's run ended, in numbers: no names.
  await networkTable(
    db,
    'keeping_run',
    `id integer generated always as identity,
     on_day date not null,
     at timestamptz not null,
     counts jsonb not null,
     primary key (network_id, id),
     unique (network_id, on_day)`,
    'select, insert',
  )
  // A board's meeting whose time is over: its minutes and papers are offered to the place of deposit, not deleted.
  await networkTable(
    db,
    'deposit_offer',
    `meeting_id integer not null,
     offered_on date not null,
     primary key (network_id, meeting_id),
     foreign key (network_id, meeting_id) references meeting (network_id, id)`,
    'select, insert',
  )
  await networkTable(
    db,
    'data_contact',
    `id integer generated always as identity,
     person_id integer not null,
     from_on date not null,
     to_on date,
     by_person_id integer not null,
     primary key (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id)`,
    'select, insert, update',
  )
  await run(
    db,
    `create unique index leaving_planned on leaving (network_id, person_id) where state = 'planned';
     create index leaving_on on leaving (network_id, on_day) where state = 'planned';
     create index leaving_thanks on leaving (network_id, thanks_due_on, id) where thanks_due_on is not null and thanked_at is null;
     create index leaving_list on leaving (network_id, on_day desc, id desc);
     create index leaving_person on leaving (network_id, person_id);
     create index data_wish_list on data_wish (network_id, state, id desc);
     create index data_wish_person on data_wish (network_id, person_id);
     create index data_wish_due on data_wish (network_id, due_on) where state in ('open', 'paused');
     create index keeping_run_list on keeping_run (network_id, on_day desc);
     create index person_resting on person (network_id, paused_until) where paused_from is not null;
     -- Who looked at somebody’s page, or at a page behind it: "17", "17/places/3".
     create index audit_of_person on audit (network_id, split_part(thing_id, '/', 1), seq desc) where thing_kind = 'team';
     -- When the person was told that we have it; at once, unless somebody has to ring or write (R2).
     alter table data_complaint add column acknowledged_at timestamptz;
     update data_complaint set acknowledged_at = received_at where channel in ('email', 'text') or answered_at is not null;
     create index data_contact_now on data_contact (network_id, from_on);
     -- Messages and their notes end after their time (R59); complaints and their addresses after theirs.
     grant delete on message, data_complaint, leaving to ${appRole};`,
  )
}
