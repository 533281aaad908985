import { type Owner, run } from './migration.ts'

/** In the room: when a meeting ended, and what the raiser of an item wished about who may read it. */
export async function up(db: Owner): Promise<void> {
  await run(
    db,
    `alter table meeting add column ended_at timestamptz;
     -- What the raiser wished; until the chair places it, an item is for the group (R28).
     alter table agenda_item add column wished text not null default 'board' check (wished in ('public', 'board'));
     alter table agenda_item add column came_from_id integer;
     alter table agenda_item add constraint agenda_item_came_from
       foreign key (network_id, came_from_id) references agenda_item (network_id, id);
     create index attendance_person on attendance (network_id, person_id);`,
  )
}
