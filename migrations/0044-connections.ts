import { networkTable, type Owner } from './migration.ts'

/** Services that a network is connected to: its mailbox, its text messages, its meetings, its hospitals' sign-in. */
export async function up(db: Owner): Promise<void> {
  await networkTable(
    db,
    'connection',
    `kind text not null,
     settings jsonb not null default '{}',
     -- Each shut on its own with the house's secret.
     secrets jsonb not null default '{}',
     state text not null default 'on' check (state in ('on', 'off')),
     set_by_person_id integer not null,
     set_at timestamptz not null,
     tried_at timestamptz,
     works boolean,
     tried_words text[] not null default '{}',
     version integer not null default 1,
     primary key (network_id, kind),
     foreign key (network_id, set_by_person_id) references person (network_id, id)`,
  )
}
