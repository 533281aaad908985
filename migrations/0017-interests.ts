import { networkTable, type Owner, run } from './migration.ts'

/** Interests: the words by which one comes up, and whether a volunteer's name stands in the public register. */
export async function up(db: Owner): Promise<void> {
  // Products, suppliers, other names: their own words for what an agenda may say.
  await run(db, `alter table interest add column other_names text not null default '';`)
  await networkTable(
    db,
    'register_consent',
    `person_id integer not null,
     named boolean not null,
     at timestamptz not null,
     primary key (network_id, person_id),
     foreign key (network_id, person_id) references person (network_id, id)`,
    'select, insert, update',
  )
}
