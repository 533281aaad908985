import { networkTable, type Owner, run } from './migration.ts'

/** Registering an interest, and what was said when a message was delivered by hand. */
export async function up(db: Owner): Promise<void> {
  await networkTable(
    db,
    'application',
    `id integer generated always as identity,
     number integer not null,
     person_id integer not null,
     words text not null,
     how text not null check (how in ('web', 'phone', 'post', 'email', 'in-person')),
     recorded_by_person_id integer,
     -- The e-mail address as given, when somebody else of the network has it already: never merged by itself.
     shared_email text,
     received_at timestamptz not null,
     state text not null check (state in ('received', 'spoken-with', 'keeping-in-touch', 'accepted', 'declined',
       'withdrawn')),
     state_data jsonb not null,
     state_since timestamptz not null,
     due_on date,
     version integer not null default 1,
     primary key (network_id, id),
     unique (network_id, number),
     foreign key (network_id, person_id) references person (network_id, id)`,
  )
  // Apart from history, which can never be deleted: these are a person's own words.
  await networkTable(
    db,
    'application_conversation',
    `id integer generated always as identity,
     application_id integer not null,
     spoken_on date not null,
     said text not null,
     by_person_id integer,
     at timestamptz not null,
     primary key (network_id, id),
     foreign key (network_id, application_id) references application (network_id, id)`,
    'select, insert, delete',
  )
  await networkTable(
    db,
    'application_draft',
    `token_hash text not null,
     answers jsonb not null,
     started_at timestamptz not null,
     updated_at timestamptz not null,
     primary key (network_id, token_hash)`,
  )
  await networkTable(
    db,
    'application_link',
    `token_hash text not null,
     application_id integer not null,
     expires_at timestamptz not null,
     primary key (network_id, token_hash),
     foreign key (network_id, application_id) references application (network_id, id)`,
    'select, insert, delete',
  )
  await networkTable(
    db,
    'message_note',
    `id integer generated always as identity,
     message_id bigint not null,
     reached boolean not null,
     words text not null,
     by_person_id integer not null,
     at timestamptz not null,
     primary key (network_id, id),
     foreign key (network_id, message_id) references message (network_id, id)`,
    'select, insert, delete',
  )
  await run(
    db,
    `create index application_list on application (network_id, state, id desc);
     create index application_due on application (network_id, due_on) where due_on is not null;
     create index application_person on application (network_id, person_id);
     create index application_shared_email on application (network_id, lower(shared_email))
       where shared_email is not null;
     create index application_conversation_of on application_conversation (network_id, application_id, id);
     create index application_draft_age on application_draft (network_id, updated_at);
     create index application_link_of on application_link (network_id, application_id);
     create index message_note_of on message_note (network_id, message_id, id);
     create index message_failed on message (network_id, id) where state = 'failed';
     create index message_by_hand on message (network_id, channel, id) where state = 'by-hand';
     create index person_phone_digits on person (network_id, (regexp_replace(phone, '\\D', '', 'g')))
       where phone is not null;
     create index person_sorted on person (network_id, lower(name), id);`,
  )
}
