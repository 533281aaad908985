import { networkTable, type Owner, run } from './migration.ts'

/** How people come in: one pipeline, roles on offer, equality monitoring, where voices come from. */
export async function up(db: Owner): Promise<void> {
  await networkTable(
    db,
    'offered_role',
    `id integer generated always as identity,
     slug text not null,
     title text not null,
     about text not null,
     asked text not null,
     given text not null,
     takes text not null,
     group_id integer,
     state text not null check (state in ('open', 'closed')),
     version integer not null default 1,
     changed_at timestamptz not null,
     changed_by_person_id integer,
     primary key (network_id, id),
     unique (network_id, slug),
     foreign key (network_id, group_id) references network_group (network_id, id)`,
    'select, insert, update',
  )
  await run(
    db,
    `alter table application drop constraint application_how_check;
     alter table application add constraint application_how_check
       check (how in ('web', 'phone', 'post', 'email', 'in-person', 'event'));
     alter table application drop constraint application_state_check;
     alter table application add constraint application_state_check
       check (state in ('received', 'spoken-with', 'keeping-in-touch', 'accepted', 'declined', 'withdrawn', 'merged'));
     -- Who of the team acts next; null, or somebody without a post today: the whole team.
     alter table application add column owner_person_id integer;
     alter table application add foreign key (network_id, owner_person_id) references person (network_id, id);
     alter table application add column role_id integer;
     alter table application add foreign key (network_id, role_id) references offered_role (network_id, id);
     -- At which event they told us.
     alter table application add column occasion text not null default '';
     create index application_owner on application (network_id, owner_person_id) where due_on is not null;
     create index application_role on application (network_id, role_id) where role_id is not null;`,
  )
  // An e-mail that came in, once each: of what was deleted only the two hashes stay, so that it cannot come again.
  await networkTable(
    db,
    'application_mail',
    `id integer generated always as identity,
     message_key text not null,
     content_hash text not null,
     from_address text not null,
     from_name text not null,
     subject text not null,
     words text not null,
     -- The mail server that received it vouches for the sender's address.
     verified boolean not null,
     state text not null check (state in ('joined', 'apart', 'ended')),
     apart_because text,
     application_id integer,
     files_left_out jsonb not null default '[]',
     received_at timestamptz not null,
     due_on date,
     primary key (network_id, id),
     unique (network_id, message_key),
     unique (network_id, content_hash),
     foreign key (network_id, application_id) references application (network_id, id)`,
  )
  // Times for a conversation that the team offers; the applicant takes one.
  await networkTable(
    db,
    'conversation_time',
    `id integer generated always as identity,
     starts_at timestamptz not null,
     manner text not null check (manner in ('phone', 'video', 'in-person')),
     place text not null default '',
     offered_by_person_id integer not null,
     application_id integer,
     primary key (network_id, id),
     foreign key (network_id, offered_by_person_id) references person (network_id, id),
     foreign key (network_id, application_id) references application (network_id, id)`,
  )
  // Sums only. There is no row for one person's answers, no time and no order: see src/slices/equality/README.md.
  await networkTable(
    db,
    'equality_count',
    `quarter date not null,
     question text not null,
     answer text not null,
     people integer not null check (people >= 0),
     primary key (network_id, quarter, question, answer)`,
    'select, insert, update',
  )
  // A form counts once, also when it is sent twice. Nothing here leads to answers or to a person.
  await networkTable(
    db,
    'equality_once',
    `quarter date not null,
     key_hash text not null,
     primary key (network_id, key_hash)`,
    'select, insert, delete',
  )
  await networkTable(
    db,
    'census_load',
    `id integer generated always as identity,
     source text not null,
     loaded_at timestamptz not null,
     by_person_id integer,
     primary key (network_id, id)`,
    'select, insert',
  )
  await networkTable(
    db,
    'census_figure',
    `load_id integer not null,
     question text not null,
     answer text not null,
     people integer not null check (people >= 0),
     primary key (network_id, load_id, question, answer),
     foreign key (network_id, load_id) references census_load (network_id, id)`,
    'select, insert',
  )
  await run(
    db,
    `create index application_mail_list on application_mail (network_id, state, id);
     create index application_mail_from on application_mail (network_id, lower(from_address), received_at);
     create index application_mail_of on application_mail (network_id, application_id, id)
       where application_id is not null;
     create index conversation_time_list on conversation_time (network_id, starts_at, id);
     create unique index conversation_time_of on conversation_time (network_id, application_id)
       where application_id is not null;`,
  )
}
