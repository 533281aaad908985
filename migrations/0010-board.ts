import { appRole, networkTable, type Owner, run } from './migration.ts'

/** The board: meetings, agendas, papers, interests, votes and minutes, for every group. */
export async function up(db: Owner): Promise<void> {
  await run(
    db,
    `alter table network_group add column terms text not null default '';
     alter table network_group add column cadence_weeks integer check (cadence_weeks between 1 and 104);
     alter table network_group add column in_person_months integer check (in_person_months between 1 and 60);
     -- Null: a third of the voting members, rounded up (R29).
     alter table network_group add column quorum_voting integer check (quorum_voting > 0);
     alter table network_group add column quorum_lay integer not null default 2 check (quorum_lay >= 0);
     -- Null: the network's own clock for papers.
     alter table network_group add column paper_days integer check (paper_days between 1 and 60);
     alter table network_group add column casting_vote boolean not null default false;
     grant update on network_group to ${appRole};

     alter table meeting add column number integer;
     alter table meeting add column state text not null default 'planned' check (state in ('planned', 'agenda-open',
       'agenda-set', 'papers-out', 'held', 'minutes-drafted', 'minutes-agreed', 'published', 'cancelled'));
     update meeting m set number = n.number, state = case when m.starts_at < now() then 'held' else 'planned' end
     from (select network_id, id, row_number() over (partition by network_id order by starts_at, id) as number from meeting) n
     where n.network_id = m.network_id and n.id = m.id;
     alter table meeting alter column number set not null;
     alter table meeting add constraint meeting_number unique (network_id, number);
     insert into counter (network_id, kind, last) select network_id, 'meeting', max(number) from meeting group by network_id
       on conflict (network_id, kind) do nothing;
     alter table meeting add column state_data jsonb not null default '{}';
     alter table meeting add column version integer not null default 1;
     alter table meeting add column kind text not null default 'online' check (kind in ('online', 'in-person', 'hybrid'));
     alter table meeting add column minutes_long integer not null default 120 check (minutes_long between 5 and 720);
     alter table meeting add column link text not null default '';
     alter table meeting add column venue text not null default '';
     alter table meeting add column access jsonb not null default '{}';
     alter table meeting add column travel text not null default '';
     -- The promise about papers, worked out when the meeting was planned or moved (product.md, "Clocks").
     alter table meeting add column papers_due_on date;
     alter table meeting add column uid uuid not null default gen_random_uuid();
     alter table meeting add column sequence integer not null default 0;
     alter table meeting add column changed_at timestamptz not null default now();
     alter table meeting add column presiding_person_id integer;
     create index meeting_when on meeting (network_id, starts_at);`,
  )
  await networkTable(
    db,
    'agenda_item',
    `id integer generated always as identity,
     meeting_id integer not null,
     -- Null until the chair gives it a place.
     position integer,
     standing text check (standing in ('welcome', 'conflicts', 'minutes', 'matters-arising', 'volunteers-time',
       'any-other-business')),
     title text not null,
     about text not null default '',
     asked text not null check (asked in ('decide', 'discuss', 'note')),
     minutes integer not null check (minutes > 0),
     presenter_person_id integer,
     presenter_words text not null default '',
     raised_by_person_id integer,
     raised_at timestamptz not null,
     state text not null default 'raised' check (state in ('raised', 'on-agenda', 'deferred', 'declined', 'withdrawn')),
     because text not null default '',
     moved_to_meeting_id integer,
     handling text not null default 'board' check (handling in ('public', 'board', 'named')),
     handling_reason text not null default '',
     opened_at timestamptz,
     closed_at timestamptz,
     version integer not null default 1,
     search tsvector generated always as (to_tsvector('english', title || ' ' || about)) stored,
     primary key (network_id, id),
     foreign key (network_id, meeting_id) references meeting (network_id, id),
     foreign key (network_id, moved_to_meeting_id) references meeting (network_id, id),
     foreign key (network_id, raised_by_person_id) references person (network_id, id),
     foreign key (network_id, presenter_person_id) references person (network_id, id)`,
    'select, insert, update',
  )
  await networkTable(
    db,
    'item_contribution',
    `item_id integer not null,
     contribution_id integer not null,
     primary key (network_id, item_id, contribution_id),
     foreign key (network_id, item_id) references agenda_item (network_id, id),
     foreign key (network_id, contribution_id) references contribution (network_id, id)`,
  )
  await networkTable(
    db,
    'paper',
    `id integer generated always as identity,
     number integer not null,
     meeting_id integer not null,
     item_id integer not null,
     position integer not null default 1,
     title text not null,
     summary text not null default '',
     author_person_id integer not null,
     handling text not null default 'board' check (handling in ('public', 'board', 'named')),
     handling_reason text not null default '',
     state text not null default 'draft' check (state in ('draft', 'out', 'withdrawn')),
     because text not null default '',
     out_at timestamptz,
     -- Working days after the promise; 0 is on time. Stays for ever.
     late_days integer not null default 0,
     late_because text not null default '',
     late_allowed_by_person_id integer,
     made_at timestamptz not null,
     version integer not null default 1,
     search tsvector generated always as (to_tsvector('english', title || ' ' || summary)) stored,
     primary key (network_id, id),
     unique (network_id, number),
     foreign key (network_id, meeting_id) references meeting (network_id, id),
     foreign key (network_id, item_id) references agenda_item (network_id, id),
     foreign key (network_id, author_person_id) references person (network_id, id)`,
    'select, insert, update',
  )
  await networkTable(
    db,
    'paper_version',
    `id integer generated always as identity,
     paper_id integer not null,
     number integer not null,
     file_id integer,
     -- Headings, paragraphs, lists and tables, as data: the page makes the HTML.
     text jsonb not null default '[]',
     text_state text not null check (text_state in ('waiting', 'readable', 'scanned', 'encrypted', 'broken', 'too-large')),
     pages integer,
     words integer not null default 0,
     what_changed text not null default '',
     by_person_id integer not null,
     at timestamptz not null,
     out_at timestamptz,
     plain_text text not null default '',
     search tsvector generated always as (to_tsvector('english', left(plain_text, 200000))) stored,
     primary key (network_id, id),
     unique (network_id, paper_id, number),
     foreign key (network_id, paper_id) references paper (network_id, id)`,
    'select, insert, update',
  )
  await networkTable(
    db,
    'named_reader',
    `thing_kind text not null check (thing_kind in ('item', 'paper')),
     thing_id integer not null,
     person_id integer not null,
     primary key (network_id, thing_kind, thing_id, person_id),
     foreign key (network_id, person_id) references person (network_id, id)`,
  )
  for (const [name, columns] of [
    [
      'paper_reading',
      `paper_id integer not null,
       person_id integer not null,
       version_id integer not null,
       read_at timestamptz not null,
       primary key (network_id, paper_id, person_id, version_id),
       foreign key (network_id, paper_id) references paper (network_id, id),
       foreign key (network_id, person_id) references person (network_id, id)`,
    ],
    [
      'reading_note',
      `id integer generated always as identity,
       person_id integer not null,
       paper_id integer,
       item_id integer,
       words text not null,
       at timestamptz not null,
       primary key (network_id, id),
       foreign key (network_id, paper_id) references paper (network_id, id),
       foreign key (network_id, item_id) references agenda_item (network_id, id),
       foreign key (network_id, person_id) references person (network_id, id)`,
    ],
  ] as const) {
    await networkTable(db, name, columns)
    // For the reader's eyes only: whoever else asks finds no row, the team and the administrator included.
    await run(
      db,
      `create policy of_this_reader on ${name} as restrictive
         using (person_id = nullif(current_setting('app.person', true), '')::integer)
         with check (person_id = nullif(current_setting('app.person', true), '')::integer);`,
    )
  }
  await networkTable(
    db,
    'paper_question',
    `id integer generated always as identity,
     paper_id integer not null,
     version_id integer not null,
     asker_person_id integer not null,
     passage text not null default '',
     words text not null,
     asked_at timestamptz not null,
     due_on date not null,
     state text not null default 'asked' check (state in ('asked', 'answered', 'withdrawn')),
     answer text not null default '',
     answered_by_person_id integer,
     answered_at timestamptz,
     version integer not null default 1,
     primary key (network_id, id),
     foreign key (network_id, paper_id) references paper (network_id, id),
     foreign key (network_id, asker_person_id) references person (network_id, id)`,
    'select, insert, update',
  )
  await networkTable(
    db,
    'paper_help',
    `id integer generated always as identity,
     paper_id integer not null,
     person_id integer not null,
     words text not null default '',
     asked_at timestamptz not null,
     answer text not null default '',
     done_at timestamptz,
     done_by_person_id integer,
     primary key (network_id, id),
     foreign key (network_id, paper_id) references paper (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id)`,
    'select, insert, update',
  )
  await networkTable(
    db,
    'deferral_wish',
    `id integer generated always as identity,
     item_id integer not null,
     paper_id integer not null,
     person_id integer not null,
     words text not null,
     at timestamptz not null,
     answer text check (answer in ('deferred', 'goes-ahead')),
     because text not null default '',
     answered_by_person_id integer,
     answered_at timestamptz,
     primary key (network_id, id),
     foreign key (network_id, item_id) references agenda_item (network_id, id),
     foreign key (network_id, paper_id) references paper (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id)`,
    'select, insert, update',
  )
  await networkTable(
    db,
    'pack',
    `id integer generated always as identity,
     meeting_id integer not null,
     -- Which papers and versions are in it: those who may read the same share one.
     contents text not null,
     file_id integer,
     state text not null check (state in ('waiting', 'ready', 'failed')),
     wanted_at timestamptz not null,
     made_at timestamptz,
     primary key (network_id, id),
     unique (network_id, meeting_id, contents),
     foreign key (network_id, meeting_id) references meeting (network_id, id)`,
  )
  await networkTable(
    db,
    'attendance',
    `meeting_id integer not null,
     person_id integer not null,
     state text not null check (state in ('apologies', 'present', 'absent')),
     deputy_words text not null default '',
     because text not null default '',
     how text not null default 'online' check (how in ('room', 'online', 'phone')),
     recorded_by_person_id integer,
     at timestamptz not null,
     primary key (network_id, meeting_id, person_id),
     foreign key (network_id, meeting_id) references meeting (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id)`,
  )
  await networkTable(
    db,
    'presence',
    `id integer generated always as identity,
     meeting_id integer not null,
     person_id integer not null,
     joined_at timestamptz not null,
     left_at timestamptz,
     primary key (network_id, id),
     foreign key (network_id, meeting_id) references meeting (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id)`,
  )
  await networkTable(
    db,
    'meeting_guest',
    `id integer generated always as identity,
     meeting_id integer not null,
     name text not null,
     why text not null default '',
     primary key (network_id, id),
     foreign key (network_id, meeting_id) references meeting (network_id, id)`,
  )
  await networkTable(
    db,
    'attendance_report',
    `id integer generated always as identity,
     meeting_id integer not null,
     rows jsonb not null,
     by_person_id integer not null,
     at timestamptz not null,
     primary key (network_id, id),
     foreign key (network_id, meeting_id) references meeting (network_id, id)`,
  )
  await networkTable(
    db,
    'wish_to_speak',
    `id integer generated always as identity,
     item_id integer not null,
     person_id integer not null,
     asked_at timestamptz not null,
     spoke_at timestamptz,
     withdrawn_at timestamptz,
     primary key (network_id, id),
     foreign key (network_id, item_id) references agenda_item (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id)`,
  )
  await networkTable(
    db,
    'calendar_feed',
    `token_hash text not null,
     person_id integer not null,
     made_at timestamptz not null,
     ended_at timestamptz,
     primary key (network_id, token_hash),
     foreign key (network_id, person_id) references person (network_id, id)`,
    'select, insert, update',
  )
  await networkTable(
    db,
    'interest',
    `id integer generated always as identity,
     person_id integer not null,
     type text not null check (type in ('financial', 'non-financial-professional', 'non-financial-personal', 'indirect')),
     conflict text not null check (conflict in ('actual', 'potential', 'perceived')),
     organisation text not null,
     trust_id integer,
     project_id integer,
     what text not null,
     whose text not null default '',
     from_on date not null,
     to_on date,
     what_is_done text not null default '',
     declared_at timestamptz not null,
     declared_for_person_id integer,
     withheld_because text not null default '',
     withheld_by_person_id integer,
     version integer not null default 1,
     primary key (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id),
     foreign key (network_id, trust_id) references trust (network_id, id),
     foreign key (network_id, project_id) references project (network_id, id)`,
    'select, insert, update',
  )
  await networkTable(
    db,
    'interest_statement',
    `id integer generated always as identity,
     person_id integer not null,
     is_nil boolean not null,
     on_day date not null,
     about text not null check (about in ('joining', 'change-of-role', 'yearly', 'meeting', 'own-wish')),
     meeting_id integer,
     primary key (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id),
     foreign key (network_id, meeting_id) references meeting (network_id, id)`,
    'select, insert',
  )
  await networkTable(
    db,
    'conflict',
    `id integer generated always as identity,
     item_id integer not null,
     person_id integer not null,
     interest_id integer,
     found_by text not null check (found_by in ('match', 'person', 'chair')),
     why text not null,
     person_says text check (person_says in ('yes', 'no')),
     person_words text not null default '',
     outcome text check (outcome in ('none', 'noted', 'speaks', 'leaves', 'no-paper')),
     because text not null default '',
     decided_by_person_id integer,
     decided_at timestamptz,
     found_at timestamptz not null,
     version integer not null default 1,
     primary key (network_id, id),
     unique (network_id, item_id, person_id),
     foreign key (network_id, item_id) references agenda_item (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id),
     foreign key (network_id, interest_id) references interest (network_id, id)`,
    'select, insert, update',
  )
  await networkTable(
    db,
    'motion',
    `id integer generated always as identity,
     number integer not null,
     meeting_id integer not null,
     item_id integer not null,
     text text not null,
     kind text not null check (kind in ('for-against', 'one-of', 'ranked')),
     options jsonb not null,
     manner text not null check (manner in ('open', 'secret', 'written')),
     is_secret boolean not null default false,
     majority text not null check (majority in ('simple', 'two-thirds')),
     counted_of text not null check (counted_of in ('votes', 'present', 'all')),
     casting_vote boolean not null default false,
     proposed_by_person_id integer not null,
     state text not null default 'draft' check (state in ('draft', 'open', 'closed', 'withdrawn')),
     because text not null default '',
     opened_at timestamptz,
     closes_at timestamptz,
     closed_at timestamptz,
     closed_by_person_id integer,
     result jsonb,
     -- Sealed ballots of a secret vote are opened with it, once; then it is gone.
     seal text,
     superseded_by_id integer,
     made_at timestamptz not null,
     version integer not null default 1,
     primary key (network_id, id),
     unique (network_id, number),
     foreign key (network_id, meeting_id) references meeting (network_id, id),
     foreign key (network_id, item_id) references agenda_item (network_id, id)`,
    'select, insert, update',
  )
  await networkTable(
    db,
    'voter',
    `motion_id integer not null,
     person_id integer not null,
     lay boolean not null,
     has_voted boolean not null default false,
     primary key (network_id, motion_id, person_id),
     foreign key (network_id, motion_id) references motion (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id)`,
    'select, insert, update',
  )
  await networkTable(
    db,
    'ballot',
    `motion_id integer not null,
     person_id integer not null,
     choice jsonb,
     -- A secret ballot, sealed while the vote is open.
     sealed text,
     receipt text,
     recorded_by_person_id integer,
     at timestamptz not null,
     primary key (network_id, motion_id, person_id),
     foreign key (network_id, motion_id, person_id) references voter (network_id, motion_id, person_id)`,
  )
  await networkTable(
    db,
    'counted_ballot',
    `motion_id integer not null,
     receipt text not null,
     choice jsonb not null,
     primary key (network_id, motion_id, receipt),
     foreign key (network_id, motion_id) references motion (network_id, id)`,
    'select, insert',
  )
  await networkTable(
    db,
    'dissent',
    `motion_id integer not null,
     person_id integer not null,
     words text not null,
     for_chair_only boolean not null,
     at timestamptz not null,
     primary key (network_id, motion_id, person_id),
     foreign key (network_id, motion_id) references motion (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id)`,
    'select, insert',
  )
  await networkTable(
    db,
    'board_decision',
    `id integer generated always as identity,
     number integer not null,
     meeting_id integer not null,
     item_id integer not null,
     group_id integer not null,
     motion_id integer,
     text text not null,
     because text not null,
     review_on date,
     review_of_id integer,
     still_right text check (still_right in ('yes', 'no')),
     reviewed_at timestamptz,
     by_person_id integer not null,
     at timestamptz not null,
     search tsvector generated always as (to_tsvector('english', text || ' ' || because)) stored,
     primary key (network_id, id),
     unique (network_id, number),
     foreign key (network_id, meeting_id) references meeting (network_id, id),
     foreign key (network_id, item_id) references agenda_item (network_id, id),
     foreign key (network_id, group_id) references network_group (network_id, id),
     foreign key (network_id, motion_id) references motion (network_id, id)`,
    'select, insert, update',
  )
  await networkTable(
    db,
    'decision_contribution',
    `decision_id integer not null,
     contribution_id integer not null,
     primary key (network_id, decision_id, contribution_id),
     foreign key (network_id, decision_id) references board_decision (network_id, id),
     foreign key (network_id, contribution_id) references contribution (network_id, id)`,
    'select, insert',
  )
  await networkTable(
    db,
    'minutes',
    `meeting_id integer not null,
     drafted_at timestamptz not null,
     drafted_by_person_id integer,
     agreed_at timestamptz,
     agreed_at_meeting_id integer,
     published_at timestamptz,
     -- What was agreed, as it stood: attendance, conflicts, votes and words.
     agreed_text jsonb,
     version integer not null default 1,
     primary key (network_id, meeting_id),
     foreign key (network_id, meeting_id) references meeting (network_id, id)`,
    'select, insert, update',
  )
  await networkTable(
    db,
    'item_minutes',
    `item_id integer not null,
     said text not null,
     said_in_private text not null default '',
     by_person_id integer not null,
     at timestamptz not null,
     version integer not null default 1,
     primary key (network_id, item_id),
     foreign key (network_id, item_id) references agenda_item (network_id, id)`,
    'select, insert, update',
  )
  await networkTable(
    db,
    'minutes_correction',
    `id integer generated always as identity,
     meeting_id integer not null,
     item_id integer,
     person_id integer not null,
     words text not null,
     at timestamptz not null,
     answer text check (answer in ('taken', 'not-taken')),
     because text not null default '',
     answered_by_person_id integer,
     answered_at timestamptz,
     primary key (network_id, id),
     foreign key (network_id, meeting_id) references meeting (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id)`,
    'select, insert, update',
  )
  await networkTable(
    db,
    'after_meeting',
    `meeting_id integer not null,
     -- A random key, so that an answer without a name leads to nobody.
     key text not null,
     -- Null when the person chose not to be named.
     person_id integer,
     took_part text not null check (took_part in ('yes', 'partly', 'no')),
     was_heard text not null check (was_heard in ('yes', 'partly', 'no')),
     would_help text not null default '',
     primary key (network_id, meeting_id, key),
     foreign key (network_id, meeting_id) references meeting (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id)`,
    'select, insert',
  )
  await networkTable(
    db,
    'after_meeting_answered',
    `meeting_id integer not null,
     person_id integer not null,
     primary key (network_id, meeting_id, person_id),
     foreign key (network_id, meeting_id) references meeting (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id)`,
    'select, insert',
  )
  await run(
    db,
    `create index agenda_item_meeting on agenda_item (network_id, meeting_id, position);
     create index agenda_item_raiser on agenda_item (network_id, raised_by_person_id);
     create index agenda_item_search on agenda_item using gin (search);
     create index item_contribution_of on item_contribution (network_id, contribution_id);
     create index paper_meeting on paper (network_id, meeting_id);
     create index paper_item on paper (network_id, item_id);
     create index paper_author on paper (network_id, author_person_id);
     create index paper_search on paper using gin (search);
     create index paper_version_search on paper_version using gin (search);
     create index paper_question_paper on paper_question (network_id, paper_id, id);
     create index paper_question_open on paper_question (network_id, due_on) where state = 'asked';
     create index paper_help_open on paper_help (network_id, id) where done_at is null;
     create index deferral_wish_item on deferral_wish (network_id, item_id);
     create index pack_waiting on pack (network_id, id) where state = 'waiting';
     create index presence_meeting on presence (network_id, meeting_id, person_id);
     create index wish_to_speak_item on wish_to_speak (network_id, item_id, id);
     create index calendar_feed_person on calendar_feed (network_id, person_id);
     create index interest_person on interest (network_id, person_id);
     create index interest_statement_person on interest_statement (network_id, person_id, on_day);
     create index conflict_person on conflict (network_id, person_id);
     create index motion_item on motion (network_id, item_id);
     create index motion_meeting on motion (network_id, meeting_id);
     create index motion_open on motion (network_id, closes_at) where state = 'open';
     create index voter_person on voter (network_id, person_id);
     create index board_decision_group on board_decision (network_id, group_id, id);
     create index board_decision_item on board_decision (network_id, item_id);
     create index board_decision_review on board_decision (network_id, review_on) where reviewed_at is null;
     create index board_decision_search on board_decision using gin (search);
     create index minutes_correction_meeting on minutes_correction (network_id, meeting_id, id);
     create index reading_note_of on reading_note (network_id, person_id);
     -- Who is to hear that a paper they had read has changed: used to tell them, never shown.
     create function readers_of_paper(paper integer) returns table (person_id integer)
       language sql stable security definer set search_path = public as $$
         select distinct r.person_id from paper_reading r
         where r.network_id = nullif(current_setting('app.network', true), '')::integer and r.paper_id = paper
       $$;
     revoke execute on function readers_of_paper from public;
     grant execute on function readers_of_paper to ${appRole};
     -- As before, and now it also says to row-level security who reads: for what is for the reader's eyes only.
     create or replace function enter_network(wanted text, account text, today date) returns jsonb
       language plpgsql volatile set search_path = public as $$
       declare
         n network;
         p person;
         answer jsonb;
       begin
         select * into n from network where slug = wanted;
         if not found then return null; end if;
         perform set_config('app.network', n.id::text, true), set_config('app.person', '', true);
         answer := jsonb_build_object('id', n.id, 'slug', n.slug, 'name', n.name, 'shortName', n.short_name,
           'phone', n.facts ->> 'phone',
           'clocks', coalesce((select jsonb_agg(jsonb_build_object('fromOn', c.from_on, 'clocks', c.clocks)
                                                order by c.from_on) from clock_setting c), '[]'));
         if account is null then return answer; end if;
         select * into p from person where account_id = account and left_on is null;
         if not found then return answer; end if;
         perform set_config('app.person', p.id::text, true);
         return answer || jsonb_build_object('person', jsonb_build_object(
           'id', p.id, 'name', p.name, 'knownAs', p.known_as,
           'posts', coalesce((select jsonb_agg(h.post) from post_holding h where h.person_id = p.id
             and h.from_on <= today and (h.to_on is null or h.to_on >= today)), '[]'),
           'memberships', coalesce((select jsonb_agg(jsonb_build_object('groupId', m.group_id, 'role', m.role,
               'voting', m.voting, 'lay', m.lay)) from membership m where m.person_id = p.id
             and m.from_on <= today and (m.to_on is null or m.to_on >= today)), '[]'),
           'trustIds', coalesce((select jsonb_agg(t.trust_id) from trust_contact t where t.person_id = p.id
             and t.from_on <= today and (t.to_on is null or t.to_on >= today)), '[]')));
       end $$;`,
  )
}
