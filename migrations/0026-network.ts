import { networkTable, type Owner, run } from './migration.ts'

/** The team's week, settings and new networks. */
export async function up(db: Owner): Promise<void> {
  // One step for many things: chosen, then done after the count was confirmed, and undone where that can be.
  await networkTable(
    db,
    'bulk_step',
    `id integer generated always as identity,
     kind text not null check (kind in ('hand-over-actions', 'try-messages-again')),
     -- Which things, and how each was before.
     data jsonb not null,
     state text not null default 'chosen' check (state in ('chosen', 'done', 'undone')),
     by_person_id integer not null,
     made_at timestamptz not null,
     done_at timestamptz,
     version integer not null default 1,
     primary key (network_id, id),
     foreign key (network_id, by_person_id) references person (network_id, id)`,
    'select, insert, update',
  )
  // What a network says in its own words; rows are only added, the latest holds.
  await networkTable(
    db,
    'network_text',
    `id integer generated always as identity,
     name text not null,
     words text not null,
     by_person_id integer,
     at timestamptz not null,
     primary key (network_id, id)`,
    'select, insert',
  )
  await run(
    db,
    `-- What was changed of the network itself, the latest first.
     create index history_of_network on history (network_id, id desc)
       where thing_kind in ('network', 'trust', 'site', 'group');
     create index network_text_latest on network_text (network_id, name, id desc);
     -- From when to when a Trust is one; and which Trust it became part of (R69).
     alter table trust add column from_on date;
     alter table trust add column to_on date;
     alter table trust add column became_trust_id integer;
     alter table trust add foreign key (network_id, became_trust_id) references trust (network_id, id);
     alter table trust add check (became_trust_id is null or (to_on is not null and became_trust_id <> id));
     alter table trust add check (from_on is null or to_on is null or from_on <= to_on);
     alter table site add column from_on date;
     alter table site add column to_on date;
     -- Which day a merger has come: asked each night.
     create index trust_ends on trust (network_id, to_on) where to_on is not null;`,
  )
}
