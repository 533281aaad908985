import { networkTable, type Owner, run } from './migration.ts'

/** Help on each page, and what is wrong with one. */
export async function up(db: Owner): Promise<void> {
  await networkTable(
    db,
    'page_problem',
    `id integer generated always as identity,
     -- Which kind of page, never which thing: '/contributions/:reference'.
     page text not null,
     words text not null,
     person_id integer,
     -- Of somebody who is not known here and wants an answer.
     email text,
     at timestamptz not null,
     due_on date not null,
     answer text,
     done_at timestamptz,
     done_by_person_id integer,
     version integer not null default 1,
     primary key (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id)`,
  )
  await networkTable(
    db,
    'first_steps',
    `person_id integer not null,
     done_at timestamptz not null,
     primary key (network_id, person_id),
     foreign key (network_id, person_id) references person (network_id, id)`,
  )
  await run(
    db,
    `create index page_problem_open on page_problem (network_id, id) where done_at is null;
     create index page_problem_person on page_problem (network_id, person_id) where person_id is not null;`,
  )
}
