import { networkTable, type Owner, run } from './migration.ts'

/** GOV.UK Notify, text messages that come in and are stopped, letters by Notify (REACH-4, REACH-5, REACH-6). */
export async function up(db: Owner): Promise<void> {
  await run(
    db,
    `-- Which way a message went that may go more than one; 'hand': Notify cannot take this letter.
     alter table message add column sent_by text check (sent_by in ('notify', 'hand'));
     alter table message add column delivered text
       check (delivered in ('delivered', 'permanent-failure', 'temporary-failure', 'technical-failure'));
     alter table message add column delivered_at timestamptz;
     -- When Notify is asked next what became of it.
     alter table message add column ask_at timestamptz;
     create index message_to_ask on message (network_id, ask_at) where ask_at is not null;
     alter table message_written drop constraint message_written_how_check;
     alter table message_written add constraint message_written_how_check
       check (how in ('web', 'email', 'text', 'phone', 'post', 'in-person'));
     -- The same number, however it is written: 07700 900123, +44 7700 900123, 0044 (0)7700 900123.
     create function number_of(phone text) returns text language sql immutable parallel safe
       return regexp_replace(regexp_replace(phone, '[^0-9]', '', 'g'), '^(0044|44)?0*', '');
     create function number_mark(phone text) returns text language sql immutable parallel safe
       return encode(sha256(convert_to('number ' || number_of(phone), 'UTF8')), 'hex');
     create index person_number on person (network_id, number_of(phone)) where phone is not null;`,
  )
  // For whoever has this number: another one was given to be reached at it.
  await networkTable(
    db,
    'text_stop',
    `mark text not null,
     since timestamptz not null,
     primary key (network_id, mark)`,
  )
  await networkTable(
    db,
    'text_in',
    `id integer generated always as identity,
     notify_id text not null,
     received_at timestamptz not null,
     what text not null check (what in ('stop', 'start', 'reply', 'apart')),
     person_id integer,
     -- Of a text that belongs to nobody we know, or to more than one.
     number text,
     words text,
     answers_message_id bigint,
     thread_id integer,
     primary key (network_id, id),
     unique (network_id, notify_id),
     foreign key (network_id, person_id) references person (network_id, id)`,
  )
}
