import { networkTable, type Owner, run } from './migration.ts'

/** Tasks, projects, priorities and expenses. */
export async function up(db: Owner): Promise<void> {
  await tasks(db)
  await priorities(db)
  await projects(db)
  await expenses(db)
}

async function tasks(db: Owner): Promise<void> {
  await networkTable(
    db,
    'task',
    `id integer generated always as identity,
     number integer not null,
     title text not null,
     what text not null,
     gives text not null,
     minutes integer not null check (minutes > 0),
     places integer not null check (places > 0),
     open_to text not null check (open_to in ('asked', 'everyone')),
     needed_by date,
     made_by_person_id integer not null,
     made_at timestamptz not null,
     ended_at timestamptz,
     end_reason text not null default '',
     version integer not null default 1,
     search tsvector generated always as (to_tsvector('english', title || ' ' || what)) stored,
     primary key (network_id, id), unique (network_id, number),
     foreign key (network_id, made_by_person_id) references person (network_id, id)`,
  )
  // One line for each person and task: asked of them or taken by themselves.
  await networkTable(
    db,
    'task_offer',
    `id integer generated always as identity,
     task_id integer not null,
     person_id integer not null,
     state text not null check (state in ('asked', 'accepted', 'declined', 'stepped-back', 'done', 'thanked')),
     asked_by_person_id integer,
     asked_at timestamptz,
     answered_at timestamptz,
     how text not null default 'web' check (how in ('web', 'phone', 'post', 'in-person')),
     recorded_by_person_id integer,
     done_at timestamptz,
     done_words text not null default '',
     thanks_by date,
     thanks text not null default '',
     thanked_at timestamptz,
     thanked_by_person_id integer,
     primary key (network_id, id), unique (network_id, task_id, person_id),
     foreign key (network_id, task_id) references task (network_id, id) on delete cascade,
     foreign key (network_id, person_id) references person (network_id, id)`,
  )
  await run(
    db,
    `create index task_open on task (network_id, id desc) where ended_at is null;
     create index task_search on task using gin (search);
     create index task_offer_person on task_offer (network_id, person_id, state);
     create index task_offer_thanks on task_offer (network_id, thanks_by) where state = 'done';`,
  )
}

async function priorities(db: Owner): Promise<void> {
  await run(
    db,
    `alter table priority add column why text not null default '';
     alter table priority add column adopted_on date;
     alter table priority add column motion_id integer;
     alter table priority add column ended_on date;
     alter table priority add foreign key (network_id, motion_id) references motion (network_id, id);`,
  )
  await networkTable(
    db,
    'priority_round',
    `id integer generated always as identity,
     title text not null,
     propose_until date not null,
     rank_until date not null,
     opened_by_person_id integer not null,
     opened_at timestamptz not null,
     -- The table of matches, when the ranking is over. Who ranked how is forgotten then.
     result jsonb,
     counted_at timestamptz,
     motion_id integer,
     adopted_at timestamptz,
     version integer not null default 1,
     primary key (network_id, id),
     check (rank_until > propose_until),
     foreign key (network_id, opened_by_person_id) references person (network_id, id),
     foreign key (network_id, motion_id) references motion (network_id, id)`,
  )
  await networkTable(
    db,
    'priority_idea',
    `id integer generated always as identity,
     round_id integer not null,
     title text not null,
     why text not null,
     proposed_by_person_id integer,
     proposed_at timestamptz not null,
     how text not null default 'web',
     recorded_by_person_id integer,
     withdrawn_at timestamptz,
     priority_id integer,
     primary key (network_id, id),
     foreign key (network_id, round_id) references priority_round (network_id, id),
     foreign key (network_id, proposed_by_person_id) references person (network_id, id),
     foreign key (network_id, priority_id) references priority (network_id, id)`,
  )
  await networkTable(
    db,
    'priority_talk',
    `id integer generated always as identity,
     idea_id integer not null,
     person_id integer,
     words text not null,
     at timestamptz not null,
     taken_down_because text not null default '',
     primary key (network_id, id),
     foreign key (network_id, idea_id) references priority_idea (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id)`,
  )
  await networkTable(
    db,
    'priority_ranking',
    `round_id integer not null,
     person_id integer not null,
     -- Idea and place, the first place is 1; two ideas may share a place; what is not named comes last.
     places jsonb not null,
     at timestamptz not null,
     how text not null default 'web',
     recorded_by_person_id integer,
     primary key (network_id, round_id, person_id),
     foreign key (network_id, round_id) references priority_round (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id)`,
  )
  await run(
    db,
    `create index priority_idea_round on priority_idea (network_id, round_id, id);
     create index priority_idea_by on priority_idea (network_id, proposed_by_person_id);
     create index priority_talk_idea on priority_talk (network_id, idea_id, id);
     create index priority_talk_by on priority_talk (network_id, person_id);
     create index priority_ranking_by on priority_ranking (network_id, person_id);`,
  )
}

async function projects(db: Owner): Promise<void> {
  await run(
    db,
    `alter table project add column stage text not null default 'idea'
       check (stage in ('idea', 'plan', 'do', 'check', 'share', 'ended'));
     alter table project add column stage_since date;
     alter table project add column priority_id integer;
     alter table project add column lead_person_id integer;
     alter table project add column version integer not null default 1;
     alter table project add column search tsvector
       generated always as (to_tsvector('english', title || ' ' || about)) stored;
     alter table project add foreign key (network_id, priority_id) references priority (network_id, id);
     alter table project add foreign key (network_id, lead_person_id) references person (network_id, id);
     create index project_search on project using gin (search);
     create index project_priority on project (network_id, priority_id);`,
  )
  await networkTable(
    db,
    'project_person',
    `id integer generated always as identity,
     project_id integer not null,
     person_id integer,
     kind text not null check (kind in ('patients-and-carers', 'clinicians', 'managers')),
     since_stage text not null,
     from_on date not null,
     to_on date,
     primary key (network_id, id),
     foreign key (network_id, project_id) references project (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id)`,
  )
  // Each beginning of a stage, with the kinds that were missing and the reason: it stays on the page.
  await networkTable(
    db,
    'project_stage',
    `id integer generated always as identity,
     project_id integer not null,
     stage text not null,
     began_on date not null,
     missing jsonb not null default '[]',
     because text not null default '',
     by_person_id integer not null,
     primary key (network_id, id),
     foreign key (network_id, project_id) references project (network_id, id),
     foreign key (network_id, by_person_id) references person (network_id, id)`,
    'select, insert',
  )
  await networkTable(
    db,
    'project_note',
    `id integer generated always as identity,
     project_id integer not null,
     kind text not null check (kind in ('decision', 'change')),
     stage text not null,
     words text not null,
     shared_with jsonb not null default '[]',
     on_date date not null,
     by_person_id integer not null,
     at timestamptz not null,
     primary key (network_id, id),
     foreign key (network_id, project_id) references project (network_id, id),
     foreign key (network_id, by_person_id) references person (network_id, id)`,
  )
  await run(
    db,
    `create index project_person_of on project_person (network_id, project_id, kind);
     create index project_person_who on project_person (network_id, person_id) where to_on is null;
     create index project_stage_of on project_stage (network_id, project_id, id);
     create index project_note_of on project_note (network_id, project_id, id);`,
  )
}

async function expenses(db: Owner): Promise<void> {
  await networkTable(
    db,
    'expense_rate',
    `id integer generated always as identity,
     kind text not null,
     pence integer not null check (pence > 0),
     from_on date not null,
     by_person_id integer not null,
     at timestamptz not null,
     primary key (network_id, id),
     foreign key (network_id, by_person_id) references person (network_id, id)`,
    'select, insert',
  )
  await networkTable(
    db,
    'expense_claim',
    `id integer generated always as identity,
     number integer not null,
     person_id integer not null,
     written_by_person_id integer not null,
     what_for text not null,
     on_date date not null,
     state text not null check (state in ('writing', 'sent', 'approved-once', 'approved', 'paid', 'refused', 'withdrawn')),
     sent_at timestamptz,
     pay_by date,
     first_by_person_id integer,
     first_at timestamptz,
     second_by_person_id integer,
     second_at timestamptz,
     answered_by_person_id integer,
     because text not null default '',
     paid_on date,
     paid_by_person_id integer,
     version integer not null default 1,
     made_at timestamptz not null,
     primary key (network_id, id), unique (network_id, number),
     foreign key (network_id, person_id) references person (network_id, id),
     foreign key (network_id, written_by_person_id) references person (network_id, id),
     check (first_by_person_id is null or first_by_person_id <> person_id),
     check (second_by_person_id is null or (second_by_person_id <> person_id and second_by_person_id <> first_by_person_id))`,
  )
  await networkTable(
    db,
    'expense_line',
    `id integer generated always as identity,
     claim_id integer not null,
     kind text not null,
     words text not null,
     -- Miles, or half-days.
     how_many integer,
     pence integer not null check (pence > 0),
     -- The agreed rate and its day, as it was used.
     rate_pence integer,
     rate_from_on date,
     primary key (network_id, id),
     foreign key (network_id, claim_id) references expense_claim (network_id, id) on delete cascade`,
  )
  // Something is booked for a person, so that nobody has to pay first.
  await networkTable(
    db,
    'expense_booking',
    `id integer generated always as identity,
     number integer not null,
     person_id integer not null,
     written_by_person_id integer not null,
     kind text not null,
     words text not null,
     on_date date not null,
     state text not null check (state in ('asked', 'booked', 'not-booked', 'withdrawn')),
     asked_at timestamptz not null,
     answer text not null default '',
     pence integer,
     answered_by_person_id integer,
     answered_at timestamptz,
     version integer not null default 1,
     primary key (network_id, id), unique (network_id, number),
     foreign key (network_id, person_id) references person (network_id, id),
     foreign key (network_id, written_by_person_id) references person (network_id, id)`,
  )
  await run(
    db,
    `create index expense_claim_person on expense_claim (network_id, person_id, id desc);
     create index expense_claim_due on expense_claim (network_id, pay_by) where state in ('sent', 'approved-once', 'approved');
     create index expense_line_claim on expense_line (network_id, claim_id, id);
     create index expense_rate_latest on expense_rate (network_id, kind, from_on desc, id desc);
     create index expense_booking_person on expense_booking (network_id, person_id, id desc);
     create index expense_booking_open on expense_booking (network_id, on_date) where state = 'asked';`,
  )
}
