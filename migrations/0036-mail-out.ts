import { appRole, networkTable, type Owner, run } from './migration.ts'

/** E-mail that comes back, in the look of our pages, and at a pace (REACH-1). */
export async function up(db: Owner): Promise<void> {
  await run(
    db,
    `alter table message drop constraint message_state_check;
     alter table message add constraint message_state_check
       check (state in ('waiting', 'sending', 'sent', 'failed', 'came-back', 'by-hand', 'done'));
     alter table message add column layout jsonb;
     alter table message add column sent_as text;
     alter table message add column came_back_at timestamptz;
     alter table message add column came_back_words text;
     alter table message add column came_back_for text check (came_back_for in ('address', 'message'));
     alter table message add column told_instead_id bigint;
     create index message_sent_as on message (network_id, sent_as) where sent_as is not null;
     create index message_came_back on message (network_id, id) where state = 'came-back';
     -- An address as it is remembered when it does not work: whoever deletes the address has deleted it here, too.
     create function address_mark(address text) returns text language sql immutable parallel safe
       return encode(sha256(convert_to(lower(address), 'UTF8')), 'hex');`,
  )
  // Holds while the person has this very address: another one makes it meaningless, wherever it was changed.
  await networkTable(
    db,
    'address_trouble',
    `person_id integer not null,
     channel text not null check (channel in ('email', 'text')),
     mark text not null,
     since timestamptz not null,
     words text not null,
     due_on date not null,
     primary key (network_id, person_id, channel),
     foreign key (network_id, person_id) references person (network_id, id)`,
  )
  // One line for the installation: not before when the next e-mail may go out, whichever worker sends it.
  await run(
    db,
    `create table mail_pace (id integer primary key, next_at timestamptz not null);
     grant select, insert, update on mail_pace to ${appRole};`,
  )
}
