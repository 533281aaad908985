import { networkTable, type Owner, run } from './migration.ts'

/** Complaints about how somebody's data is used: readable by the data protection contact only (R1). */
export async function up(db: Owner): Promise<void> {
  await networkTable(
    db,
    'data_complaint',
    `id integer generated always as identity,
     number integer not null,
     words text not null,
     name text not null,
     channel text not null check (channel in ('email', 'text', 'phone', 'post')),
     address text not null,
     person_id integer,
     how text not null check (how in ('web', 'phone', 'post', 'email', 'in-person')),
     recorded_by_person_id integer,
     received_at timestamptz not null,
     last_day date not null,
     update_by date,
     outcome text,
     answered_at timestamptz,
     answered_by_person_id integer,
     version integer not null default 1,
     primary key (network_id, id),
     unique (network_id, number),
     foreign key (network_id, person_id) references person (network_id, id)`,
    'select, insert, update',
  )
  await run(
    db,
    `create index data_complaint_open on data_complaint (network_id, last_day) where answered_at is null;`,
  )
}
