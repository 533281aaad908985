import { networkTable, type Owner, run } from './migration.ts'

/** Support needs, preferences, and what is said by phone or post. */
export async function up(db: Owner): Promise<void> {
  await preferences(db)
  await needs(db)
  await said(db)
}

const ofPerson = 'foreign key (network_id, person_id) references person (network_id, id)'
const byPerson = (column: string) => `foreign key (network_id, ${column}) references person (network_id, id)`

/** How and when somebody wants to be told. */
async function preferences(db: Owner): Promise<void> {
  await networkTable(
    db,
    'preference',
    `person_id integer not null,
     -- By group of messages; what is not here comes in the person's usual way.
     channels jsonb not null default '{}',
     quiet_from smallint check (quiet_from between 0 and 23),
     quiet_until smallint check (quiet_until between 0 and 23),
     digest text not null default 'as-it-comes' check (digest in ('as-it-comes', 'daily', 'weekly')),
     language text not null default 'en',
     easy_read boolean not null default false,
     version integer not null default 1,
     primary key (network_id, person_id),
     check ((quiet_from is null) = (quiet_until is null)),
     ${ofPerson}`,
  )
  // The link in a message: only its hash is kept (R42).
  await networkTable(
    db,
    'preference_link',
    `token_hash text not null,
     person_id integer not null,
     expires_on date not null,
     primary key (network_id, token_hash),
     ${ofPerson}`,
    'select, insert, delete',
  )
  // A reminder that waits for its person's daily or weekly message.
  await networkTable(
    db,
    'reminder_held',
    `id integer generated always as identity,
     person_id integer not null,
     key text not null,
     sentence text not null,
     path text not null,
     send_at timestamptz not null,
     primary key (network_id, id),
     ${ofPerson}`,
    'select, insert, delete',
  )
  await run(
    db,
    `-- A call or a letter is made by a person, by a day.
     alter table message add column due_on date;
     create index preference_link_person on preference_link (network_id, person_id);
     create index reminder_held_due on reminder_held (network_id, send_at);
     create index reminder_held_person on reminder_held (network_id, person_id);`,
  )
}

/** What somebody needs to take part, in the six steps of the Accessible Information Standard (R11 to R14). */
async function needs(db: Owner): Promise<void> {
  await networkTable(
    db,
    'needs_sheet',
    `person_id integer not null,
     -- Identified: asked, by whom and how.
     asked_on date not null,
     asked_by_person_id integer,
     asked_how text not null check (asked_how in ('self', 'phone', 'post', 'in-person')),
     -- Outside the team, by the person's own ticks.
     shared text[] not null default '{}',
     reviewed_on date not null,
     review_due_on date not null,
     version integer not null default 1,
     primary key (network_id, person_id),
     ${ofPerson},
     ${byPerson('asked_by_person_id')}`,
  )
  await networkTable(
    db,
    'support_need',
    `id integer generated always as identity,
     person_id integer not null,
     need_group text not null check (need_group in ('contact', 'format', 'professional', 'support')),
     -- From the list, or 'own-words'.
     option text not null,
     words text not null default '',
     recorded_on date not null,
     by_person_id integer,
     primary key (network_id, id),
     unique (network_id, person_id, need_group, option),
     ${ofPerson},
     ${byPerson('by_person_id')}`,
  )
  // What a network adds to the lists.
  await networkTable(
    db,
    'need_option',
    `id integer generated always as identity,
     need_group text not null check (need_group in ('contact', 'format', 'professional', 'support')),
     label text not null,
     from_on date not null,
     to_on date,
     by_person_id integer,
     primary key (network_id, id),
     ${byPerson('by_person_id')}`,
    'select, insert, update',
  )
  // To arrange for a need is a promise with a clock.
  await networkTable(
    db,
    'need_promise',
    `id integer generated always as identity,
     person_id integer not null,
     need_group text not null,
     option text not null,
     made_on date not null,
     due_on date not null,
     state text not null default 'open' check (state in ('open', 'met', 'not-met', 'no-longer')),
     -- What was arranged, or why not: the person reads it.
     words text not null default '',
     by_person_id integer,
     ended_on date,
     version integer not null default 1,
     primary key (network_id, id),
     ${ofPerson},
     ${byPerson('by_person_id')}`,
  )
  // Something was sent though a need was not met: why, for the person to read.
  await networkTable(
    db,
    'need_not_met',
    `id integer generated always as identity,
     person_id integer not null,
     -- 'letter', 'call', 'papers'
     thing text not null,
     thing_id integer not null,
     reason text not null,
     by_person_id integer not null,
     at timestamptz not null,
     primary key (network_id, id),
     ${ofPerson},
     ${byPerson('by_person_id')}`,
    'select, insert, delete',
  )
  // After a meeting: was what I need there?
  await networkTable(
    db,
    'need_answer',
    `person_id integer not null,
     meeting_id integer not null,
     met text not null check (met in ('yes', 'partly', 'no')),
     words text not null default '',
     answered_on date not null,
     by_person_id integer,
     primary key (network_id, person_id, meeting_id),
     ${ofPerson},
     ${byPerson('by_person_id')},
     foreign key (network_id, meeting_id) references meeting (network_id, id)`,
  )
  await run(
    db,
    `create index needs_sheet_review on needs_sheet (network_id, review_due_on, person_id);
     create index need_promise_open on need_promise (network_id, due_on, id) where state = 'open';
     create index need_promise_person on need_promise (network_id, person_id);
     create index need_not_met_person on need_not_met (network_id, person_id);
     create index need_answer_meeting on need_answer (network_id, meeting_id);
     create index need_option_group on need_option (network_id, need_group, id);`,
  )
}

/** What somebody said by phone, post or in person, until it has become what it is. */
async function said(db: Owner): Promise<void> {
  await networkTable(
    db,
    'said_note',
    `id integer generated always as identity,
     -- Null: somebody whom the network does not know yet.
     person_id integer,
     name text not null default '',
     how text not null check (how in ('phone', 'post', 'in-person')),
     said_on date not null,
     words text not null,
     written_at timestamptz not null,
     written_by_person_id integer not null,
     -- By when it is gone on with.
     due_on date not null,
     state text not null default 'open' check (state in ('open', 'done')),
     -- What it became, in the order in which it was gone on with.
     became text[] not null default '{}',
     done_at timestamptz,
     done_by_person_id integer,
     version integer not null default 1,
     primary key (network_id, id),
     ${ofPerson},
     ${byPerson('written_by_person_id')},
     ${byPerson('done_by_person_id')}`,
  )
  await run(
    db,
    `create index said_note_open on said_note (network_id, id) where state = 'open';
     create index said_note_done on said_note (network_id, done_at) where state = 'done';
     create index said_note_person on said_note (network_id, person_id);`,
  )
}
