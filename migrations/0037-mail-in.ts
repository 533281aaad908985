import { networkTable, type Owner, run } from './migration.ts'

/** E-mails that answer our messages, read back before they count, and a mailbox that is read (REACH-2, REACH-3). */
export async function up(db: Owner): Promise<void> {
  await run(
    db,
    `alter table application_mail drop constraint application_mail_state_check;
     alter table application_mail add constraint application_mail_state_check
       check (state in ('joined', 'apart', 'passed-on', 'ended'));`,
  )
  // What somebody said by e-mail, from when it came until they said that it is right.
  await networkTable(
    db,
    'mail_reply',
    `id integer generated always as identity,
     mail_id integer not null,
     person_id integer not null,
     -- The message of ours that it answers.
     message_id bigint,
     what text not null check (what in ('reply', 'message', 'contribution')),
     answer text not null check (answer in ('yes', 'partly', 'no', 'words')),
     words text not null,
     sentence text not null,
     state text not null check (state in ('asked', 'counted', 'not-them', 'older', 'cannot')),
     cannot text,
     token_hash text,
     path text,
     came_at timestamptz not null,
     decided_at timestamptz,
     decided_how text check (decided_how in ('link', 'reply', 'at-once')),
     primary key (network_id, id),
     foreign key (network_id, mail_id) references application_mail (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id)`,
  )
  // Who reads the network's mailbox now: the worker that wrote its name here last, until then.
  await networkTable(
    db,
    'mailbox',
    `holder text not null,
     held_until timestamptz not null,
     seen_at timestamptz,
     trouble text,
     primary key (network_id)`,
  )
  await run(
    db,
    `create unique index mail_reply_token on mail_reply (network_id, token_hash) where token_hash is not null;
     create index mail_reply_of_mail on mail_reply (network_id, mail_id);
     create index mail_reply_of_person on mail_reply (network_id, person_id, id);`,
  )
}
