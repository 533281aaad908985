import { networkTable, type Owner, run } from './migration.ts'

/** What volunteers ask of a SIG, its answers, and the library that grows from them. */
export async function up(db: Owner): Promise<void> {
  await networkTable(
    db,
    'chair_request',
    `id integer generated always as identity,
     number integer not null,
     group_id integer not null,
     asker_person_id integer not null,
     kind text not null check (kind in ('information', 'data', 'context', 'background', 'education')),
     what text not null,
     why text not null,
     needed_by date,
     how text not null check (how in ('web', 'phone', 'post', 'in-person')),
     recorded_by_person_id integer,
     asked_at timestamptz not null,
     holder_person_id integer,
     state text not null check (state in ('asked', 'acknowledged', 'needs-asker', 'answered', 'sent-back',
       'with-portfolio-manager', 'closed', 'withdrawn')),
     state_data jsonb not null,
     state_since timestamptz not null,
     waits_for text not null check (waits_for in ('group', 'asker', 'portfolio-manager', 'nobody')),
     due_on date,
     answered_on date,
     promised_on date,
     version integer not null default 1,
     search tsvector generated always as (to_tsvector('english', what || ' ' || why)) stored,
     primary key (network_id, id),
     unique (network_id, number),
     foreign key (network_id, group_id) references network_group (network_id, id),
     foreign key (network_id, asker_person_id) references person (network_id, id),
     foreign key (network_id, recorded_by_person_id) references person (network_id, id),
     foreign key (network_id, holder_person_id) references person (network_id, id)`,
    'select, insert, update',
  )
  await networkTable(
    db,
    'chair_request_answer',
    `id integer generated always as identity,
     request_id integer not null,
     group_id integer not null,
     words text not null,
     by_person_id integer not null,
     at timestamptz not null,
     verdict text check (verdict in ('yes', 'partly', 'no')),
     verdict_words text,
     verdict_at timestamptz,
     verdict_how text,
     verdict_recorded_by_person_id integer,
     asker_consent_at timestamptz,
     group_consent_at timestamptz,
     group_consent_by_person_id integer,
     search tsvector generated always as (to_tsvector('english', words)) stored,
     primary key (network_id, id),
     foreign key (network_id, request_id) references chair_request (network_id, id),
     foreign key (network_id, group_id) references network_group (network_id, id),
     foreign key (network_id, by_person_id) references person (network_id, id)`,
    'select, insert, update',
  )
  await run(
    db,
    `create index chair_request_group on chair_request (network_id, group_id, id desc);
     create index chair_request_asker on chair_request (network_id, asker_person_id, id desc);
     create index chair_request_waits on chair_request (network_id, waits_for, due_on, id);
     create index chair_request_list on chair_request (network_id, id desc);
     create index chair_request_search on chair_request using gin (search);
     create index chair_request_near on chair_request using gin ((what || ' ' || why) gin_trgm_ops);
     create index chair_request_answer_of on chair_request_answer (network_id, request_id, id);
     create index chair_request_library on chair_request_answer (network_id, group_id, id desc)
       where asker_consent_at is not null and group_consent_at is not null;
     create index chair_request_answer_search on chair_request_answer using gin (search);
     create index action_open on action (network_id, due_on, id) where state in ('open', 'asked-for-another-date');
     create index action_over on action (network_id, due_on desc, id desc) where state in ('done', 'dropped');
     create index action_near on action using gin (what gin_trgm_ops);`,
  )
}
