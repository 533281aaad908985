import { networkTable, type Owner, run } from './migration.ts'

/** Induction, learning, the word list, agreements, and the rest of the register of interests. */
export async function up(db: Owner): Promise<void> {
  await inductionTables(db)
  await learningTables(db)
  await agreementTables(db)
  await run(
    db,
    `-- What kind of body it is: suppliers, charities and funders are looked for apart from NHS Trusts.
     alter table interest add column organisation_kind text not null default 'other'
       check (organisation_kind in ('trust', 'other-nhs', 'supplier', 'charity', 'funder', 'university', 'other'));
     update interest set organisation_kind = 'trust' where trust_id is not null;
     -- For their safety a person asks for it to be kept out of the public register; the team decides.
     alter table interest add column withhold_asked text not null default '';
     alter table interest add column withhold_asked_on date;
     create index interest_of_person on interest (network_id, person_id, from_on desc, id desc);
     create index interest_statement_of_person on interest_statement (network_id, person_id, id desc);`,
  )
  await whoOwesAnAgreement(db)
}

async function inductionTables(db: Owner): Promise<void> {
  await networkTable(
    db,
    'induction_module',
    `id integer generated always as identity,
     slug text not null,
     position integer not null,
     -- Whose plan it is in: roles of memberships, and 'team'.
     roles text[] not null,
     -- From this day on nobody votes in one of those roles without it; null: it is not needed for voting.
     voting_from date,
     ended_on date,
     offered_on date not null,
     version integer not null default 1,
     primary key (network_id, id),
     unique (network_id, slug)`,
    'select, insert, update',
  )
  await networkTable(
    db,
    'induction_text',
    `id integer generated always as identity,
     module_id integer not null,
     title text not null,
     summary text not null,
     body text not null,
     questions jsonb not null,
     what_changed text not null,
     made_at timestamptz not null,
     by_person_id integer,
     primary key (network_id, id),
     foreign key (network_id, module_id) references induction_module (network_id, id),
     foreign key (network_id, by_person_id) references person (network_id, id)`,
    'select, insert',
  )
  await networkTable(
    db,
    'learning_session',
    `id integer generated always as identity,
     -- Null: a session about something else than a module.
     module_id integer,
     title text not null,
     about text not null,
     starts_at timestamptz not null,
     place text not null,
     made_at timestamptz not null,
     by_person_id integer,
     cancelled_because text not null default '',
     version integer not null default 1,
     primary key (network_id, id),
     foreign key (network_id, module_id) references induction_module (network_id, id),
     foreign key (network_id, by_person_id) references person (network_id, id)`,
    'select, insert, update',
  )
  await networkTable(
    db,
    'session_place',
    `session_id integer not null,
     person_id integer not null,
     at timestamptz not null,
     came boolean,
     primary key (network_id, session_id, person_id),
     foreign key (network_id, session_id) references learning_session (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id)`,
  )
  await networkTable(
    db,
    'induction_progress',
    `person_id integer not null,
     module_id integer not null,
     -- Which words they read; null when they were told in another way.
     text_id integer,
     person_on date,
     person_how text check (person_how in ('self', 'session', 'told')),
     recorded_by_person_id integer,
     team_on date,
     team_person_id integer,
     -- The later of the two: from this day on it counts.
     finished_on date,
     primary key (network_id, person_id, module_id),
     foreign key (network_id, person_id) references person (network_id, id),
     foreign key (network_id, module_id) references induction_module (network_id, id),
     foreign key (network_id, text_id) references induction_text (network_id, id),
     foreign key (network_id, recorded_by_person_id) references person (network_id, id),
     foreign key (network_id, team_person_id) references person (network_id, id)`,
  )
  await networkTable(
    db,
    'induction_plan',
    `person_id integer not null,
     started_on date not null,
     due_on date not null,
     primary key (network_id, person_id),
     foreign key (network_id, person_id) references person (network_id, id)`,
  )
  await run(
    db,
    `create index induction_text_of_module on induction_text (network_id, module_id, id desc);
     create index learning_session_ahead on learning_session (network_id, starts_at, id);
     create index session_place_of_person on session_place (network_id, person_id);
     create index induction_progress_to_sign on induction_progress (network_id, person_id)
       where person_on is not null and team_on is null;
     create index induction_plan_due on induction_plan (network_id, due_on, person_id);`,
  )
}

async function learningTables(db: Owner): Promise<void> {
  await networkTable(
    db,
    'learning_wish',
    `id integer generated always as identity,
     person_id integer not null,
     words text not null,
     how text not null check (how in ('web', 'phone', 'post', 'in-person')),
     recorded_by_person_id integer,
     asked_at timestamptz not null,
     due_on date not null,
     state text not null check (state in ('asked', 'in-a-session', 'answered', 'withdrawn')),
     session_id integer,
     title text not null default '',
     answer text not null default '',
     answered_at timestamptz,
     answered_by_person_id integer,
     -- Both must say yes: then question and answer stand in the library, without a name.
     asker_shares boolean not null default false,
     team_shares boolean not null default false,
     version integer not null default 1,
     search tsvector generated always as (to_tsvector('english', title || ' ' || words || ' ' || answer)) stored,
     primary key (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id),
     foreign key (network_id, recorded_by_person_id) references person (network_id, id),
     foreign key (network_id, answered_by_person_id) references person (network_id, id),
     foreign key (network_id, session_id) references learning_session (network_id, id)`,
  )
  // A meaning is never changed: the newest of a key counts, and one that was taken out has no more.
  await networkTable(
    db,
    'word_meaning',
    `id integer generated always as identity,
     key text not null,
     word text not null,
     -- Other spellings, with commas between.
     also text not null,
     meaning text not null,
     taken_out boolean not null default false,
     at timestamptz not null,
     by_person_id integer,
     primary key (network_id, id),
     foreign key (network_id, by_person_id) references person (network_id, id)`,
    'select, insert',
  )
  await networkTable(
    db,
    'word_wish',
    `id integer generated always as identity,
     word text not null,
     where_seen text not null,
     -- Null: a visitor asked.
     person_id integer,
     asked_at timestamptz not null,
     due_on date not null,
     state text not null check (state in ('asked', 'explained', 'not-explained')),
     because text not null default '',
     done_at timestamptz,
     done_by_person_id integer,
     version integer not null default 1,
     primary key (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id),
     foreign key (network_id, done_by_person_id) references person (network_id, id)`,
  )
  await run(
    db,
    `create index learning_wish_open on learning_wish (network_id, due_on, id) where state = 'asked';
     create index learning_wish_of_person on learning_wish (network_id, person_id, id desc);
     create index learning_wish_shared on learning_wish (network_id, id desc) where asker_shares and team_shares;
     create index learning_wish_search on learning_wish using gin (search);
     create index word_meaning_latest on word_meaning (network_id, key, id desc);
     create index word_wish_open on word_wish (network_id, due_on, id) where state = 'asked';
     create index word_wish_of_person on word_wish (network_id, person_id);`,
  )
}

async function agreementTables(db: Owner): Promise<void> {
  await networkTable(
    db,
    'agreement',
    `id integer generated always as identity,
     slug text not null,
     position integer not null,
     roles text[] not null,
     ended_on date,
     version integer not null default 1,
     primary key (network_id, id),
     unique (network_id, slug)`,
    'select, insert, update',
  )
  await networkTable(
    db,
    'agreement_version',
    `id integer generated always as identity,
     agreement_id integer not null,
     number integer not null,
     title text not null,
     body text not null,
     what_changed text not null,
     from_on date not null,
     agree_by date not null,
     made_at timestamptz not null,
     by_person_id integer,
     primary key (network_id, id),
     unique (network_id, agreement_id, number),
     foreign key (network_id, agreement_id) references agreement (network_id, id),
     foreign key (network_id, by_person_id) references person (network_id, id)`,
    'select, insert',
  )
  // Somebody was asked to agree to a version by a day.
  await networkTable(
    db,
    'agreement_ask',
    `person_id integer not null,
     version_id integer not null,
     asked_on date not null,
     due_on date not null,
     primary key (network_id, person_id, version_id),
     foreign key (network_id, person_id) references person (network_id, id),
     foreign key (network_id, version_id) references agreement_version (network_id, id)`,
    'select, insert, delete',
  )
  await networkTable(
    db,
    'agreement_answer',
    `id integer generated always as identity,
     person_id integer not null,
     version_id integer not null,
     answer text not null check (answer in ('agreed', 'talk-first')),
     words text not null,
     on_day date not null,
     at timestamptz not null,
     how text not null check (how in ('web', 'phone', 'post', 'in-person')),
     recorded_by_person_id integer,
     primary key (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id),
     foreign key (network_id, version_id) references agreement_version (network_id, id),
     foreign key (network_id, recorded_by_person_id) references person (network_id, id)`,
    'select, insert, delete',
  )
  await run(
    db,
    `create index agreement_version_latest on agreement_version (network_id, agreement_id, number desc);
     create index agreement_answer_of_person on agreement_answer (network_id, person_id, version_id, id desc);
     create index agreement_ask_due on agreement_ask (network_id, due_on, person_id);`,
  )
}

/** Whether somebody's missing agreement has this effect today, and who enters learns it of themselves. */
async function whoOwesAnAgreement(db: Owner): Promise<void> {
  await run(
    db,
    `create function agreement_owed(network integer, person integer, on_day date, effect text) returns boolean
       language sql stable set search_path = public as $$
       select case when effect = coalesce((select s.value #>> '{}' from network_setting s
           where s.network_id = network and s.name = 'agreement-missing' and s.from_on <= on_day
           order by s.from_on desc, s.id desc limit 1), 'reminder')
         then exists (select from agreement_ask a
           join agreement_version v on v.network_id = a.network_id and v.id = a.version_id
           join agreement g on g.network_id = v.network_id and g.id = v.agreement_id
           where a.network_id = network and a.person_id = person and a.due_on < on_day
             and (g.ended_on is null or g.ended_on > on_day)
             and v.number = (select max(x.number) from agreement_version x where x.network_id = v.network_id
               and x.agreement_id = v.agreement_id and x.from_on <= on_day)
             and exists (select from membership m where m.network_id = network and m.person_id = person
               and m.role = any(g.roles) and m.from_on <= on_day and (m.to_on is null or m.to_on >= on_day))
             and not exists (select from agreement_answer n where n.network_id = network and n.person_id = person
               and n.version_id = v.id and n.answer = 'agreed' and n.on_day <= on_day))
         else false end $$;
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
                                                order by c.from_on) from clock_setting c), '[]'),
           -- The value that holds today, of each.
           'settings', coalesce((select jsonb_object_agg(s.name, s.value) from (
             select distinct on (name) name, value from network_setting where from_on <= today
             order by name, from_on desc, id desc) s), '{}'));
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
             and t.from_on <= today and (t.to_on is null or t.to_on >= today)), '[]'),
           'withoutPapers', agreement_owed(n.id, p.id, today, 'no-papers')));
       end $$;`,
  )
}
