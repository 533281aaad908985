import { appRole, networkTable, type Owner, run } from './migration.ts'

/** Minutes: which actions an item led to, and answers after a meeting that lead back to nobody. */
export async function up(db: Owner): Promise<void> {
  await networkTable(
    db,
    'item_action',
    `item_id integer not null,
     action_id integer not null,
     primary key (network_id, item_id, action_id),
     foreign key (network_id, item_id) references agenda_item (network_id, id),
     foreign key (network_id, action_id) references action (network_id, id)`,
    'select, insert',
  )
  await run(
    db,
    `create index item_action_of on item_action (network_id, action_id);
     -- Each answer writes all rows of its meeting anew, in the order of their keys: no order and no transaction
     -- tells which answer is whose. Nothing that was said can change.
     grant update (key) on after_meeting to ${appRole};
     grant update (person_id) on after_meeting_answered to ${appRole};
     create index minutes_correction_open on minutes_correction (network_id, meeting_id) where answer is null;`,
  )
}
