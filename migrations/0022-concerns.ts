import { networkTable, type Owner, run } from './migration.ts'

const me = `nullif(current_setting('app.person', true), '')::integer`
const door = `nullif(current_setting('app.concern', true), '')`
/** The clock’s: those of all readers at once; what nobody reads just now is contained in them too. */
const eyes = `nullif(current_setting('app.eyes', true), '')::integer[]`

/** Concerns, and endings by the network. */
export async function up(db: Owner): Promise<void> {
  await networkTable(
    db,
    'concern',
    `id integer generated always as identity,
     -- In the address: at random, so that nobody can count concerns by it.
     ref text not null,
     -- Made from the return code, or at random where nobody has one: whoever brings it opens the row.
     door text not null,
     raiser_person_id integer,
     raised_at timestamptz not null,
     how text not null check (how = any (array['written', 'told'])),
     -- Subject, whom it is about, what would help: shut with the concern's own key.
     sealed bytea not null,
     state text not null check (state = any (array['received', 'acknowledged', 'planned', 'done', 'ended'])),
     acknowledge_by date not null,
     acknowledged_on date,
     plan_by date not null,
     planned_on date,
     support_offered_on date,
     support_answer text check (support_answer = any (array['wanted', 'not-wanted'])),
     word_by date,
     end_how text check (end_how = any (array['closed', 'taken-back', 'without-word'])),
     ended_on date,
     reader_ids integer[] not null,
     version integer not null,
     primary key (network_id, id),
     unique (network_id, ref),
     unique (network_id, door),
     foreign key (network_id, raiser_person_id) references person (network_id, id)`,
  )
  await networkTable(
    db,
    'concern_key',
    `concern_id integer not null,
     -- 'person:12', or 'code' for whoever has the return code.
     holder text not null,
     wrapped text not null,
     -- Which secret of the house it was wrapped with: after a change of secret it is wrapped anew.
     house_mark text not null,
     primary key (network_id, concern_id, holder),
     foreign key (network_id, concern_id) references concern (network_id, id) on delete cascade`,
  )
  await networkTable(
    db,
    'concern_reader',
    `id integer generated always as identity,
     concern_id integer not null,
     person_id integer not null,
     as_what text not null check (as_what = any (array['portfolio-manager', 'director', 'independent-contact'])),
     from_at timestamptz not null,
     until_at timestamptz,
     until_why text check (until_why = any (array['raiser', 'handed-back', 'left'])),
     primary key (network_id, id),
     foreign key (network_id, concern_id) references concern (network_id, id) on delete cascade,
     foreign key (network_id, person_id) references person (network_id, id)`,
    'select, insert, update',
  )
  await networkTable(
    db,
    'concern_entry',
    `id integer generated always as identity,
     concern_id integer not null,
     kind text not null,
     -- Null: whoever raised it.
     by_person_id integer,
     at timestamptz not null,
     sealed bytea not null,
     primary key (network_id, id),
     foreign key (network_id, concern_id) references concern (network_id, id) on delete cascade,
     foreign key (network_id, by_person_id) references person (network_id, id)`,
    'select, insert',
  )
  await networkTable(
    db,
    'concern_file',
    `id integer generated always as identity,
     concern_id integer not null,
     entry_id integer not null,
     -- Name and kind; the bytes stand beside it so that a list does not fetch them.
     sealed_name bytea not null,
     sealed bytea not null,
     primary key (network_id, id),
     foreign key (network_id, concern_id) references concern (network_id, id) on delete cascade,
     foreign key (network_id, entry_id) references concern_entry (network_id, id) on delete cascade`,
    'select, insert',
  )
  await networkTable(
    db,
    'concern_look',
    `id integer generated always as identity,
     concern_id integer not null,
     person_id integer not null,
     at timestamptz not null,
     what text not null check (what = any (array['page', 'file', 'copy'])),
     primary key (network_id, id),
     foreign key (network_id, concern_id) references concern (network_id, id) on delete cascade,
     foreign key (network_id, person_id) references person (network_id, id)`,
    'select, insert',
  )
  await run(
    db,
    `create index concern_of_raiser on concern (network_id, raiser_person_id, id);
     create index concern_of_readers on concern using gin (reader_ids);
     create index concern_reader_of on concern_reader (network_id, concern_id, id);
     create index concern_entry_of on concern_entry (network_id, concern_id, id);
     create index concern_file_of on concern_file (network_id, concern_id, entry_id, id);
     create index concern_look_of on concern_look (network_id, concern_id, id);
     -- Past the network's own rule a second one: for whoever raised it and whoever they chose, and for nobody else.
     create policy of_raiser_and_readers on concern as restrictive
       using (raiser_person_id = ${me} or ${me} = any (reader_ids) or reader_ids <@ ${eyes} or door = ${door})
       with check (raiser_person_id = ${me} or ${me} = any (reader_ids) or reader_ids <@ ${eyes} or door = ${door});`,
  )
  for (const table of ['concern_key', 'concern_reader', 'concern_entry', 'concern_file', 'concern_look']) {
    const open = `exists (select 1 from concern c where c.network_id = ${table}.network_id and c.id = ${table}.concern_id)`
    await run(
      db,
      `create policy of_raiser_and_readers on ${table} as restrictive using (${open}) with check (${open});`,
    )
  }
  await run(
    db,
    `-- That a message waits about a concern is for its own reader, and for the clock that sends it.
     create policy of_concerns on message as restrictive
       using (about_kind <> 'concern' or person_id = ${me} or ${me} is null)
       with check (about_kind <> 'concern' or person_id = ${me} or ${me} is null);`,
  )
  await networkTable(
    db,
    'independent_contact',
    `id integer generated always as identity,
     person_id integer not null,
     -- How to reach them without this service: public.
     reach text not null,
     from_on date not null,
     to_on date,
     by_person_id integer,
     at timestamptz not null,
     primary key (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id)`,
    'select, insert, update',
  )
  await networkTable(
    db,
    'speak_up_way',
    `id integer generated always as identity,
     name text not null,
     about text not null,
     reach text not null,
     written_at timestamptz not null,
     removed_at timestamptz,
     by_person_id integer,
     primary key (network_id, id)`,
    'select, insert, update',
  )
  await networkTable(
    db,
    'ending',
    `id integer generated always as identity,
     person_id integer not null,
     -- Null: all their places.
     membership_id integer,
     state text not null check (state = any (array['reply', 'replied', 'ends', 'stays', 'taken-back'])),
     reason text not null,
     opened_by_person_id integer not null,
     opened_by_post text not null,
     opened_on date not null,
     reply_by date not null,
     reply text,
     replied_on date,
     -- Who wrote it down, where the person told it by phone or in person.
     reply_noted_by_person_id integer,
     decided_on date,
     decided_by_person_id integer,
     decided_by_post text,
     decision text,
     last_day date,
     version integer not null,
     primary key (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id),
     foreign key (network_id, membership_id) references membership (network_id, id),
     foreign key (network_id, opened_by_person_id) references person (network_id, id),
     foreign key (network_id, decided_by_person_id) references person (network_id, id)`,
    'select, insert, update',
  )
  await run(
    db,
    `create index independent_contact_now on independent_contact (network_id, id desc);
     create index ending_of_person on ending (network_id, person_id, id);
     create index ending_open on ending (network_id, reply_by, id) where state in ('reply', 'replied');
     create unique index ending_one_at_a_time on ending (network_id, person_id) where state in ('reply', 'replied');`,
  )
}
