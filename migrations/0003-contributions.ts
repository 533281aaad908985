import { appRole, networkTable, type Owner, run } from './migration.ts'

/** What people say, what was made of it, and what was done. */
export async function up(db: Owner): Promise<void> {
  await networkTable(
    db,
    'contribution',
    `id integer generated always as identity,
     number integer not null,
     kind text not null check (kind in ('idea', 'experience', 'question')),
     title text not null,
     words text not null,
     shown_words text not null,
     search_more text not null default '',
     how text not null check (how in ('web', 'phone', 'post', 'in-person')),
     said_on date,
     recorded_by_person_id integer,
     received_at timestamptz not null,
     wished_group_id integer,
     group_id integer,
     meeting_id integer,
     consider_on date,
     priority_id integer,
     site_id integer,
     project_id integer,
     state text not null check (state in ('received', 'needs-you', 'to-be-considered', 'agreed', 'partly-agreed',
       'not-agreed', 'passed-on', 'changed', 'fed-back', 'closed', 'reopened', 'ended-unanswered', 'withdrawn')),
     state_data jsonb not null,
     state_since timestamptz not null,
     waits_for text not null,
     due_on date,
     wake_on date,
     feedback_owner_person_id integer,
     receipt_code text not null,
     published_at timestamptz,
     times_not_closed integer not null default 0,
     version integer not null default 1,
     search tsvector generated always as
       (to_tsvector('english', title || ' ' || shown_words || ' ' || search_more)) stored,
     primary key (network_id, id),
     unique (network_id, number),
     foreign key (network_id, group_id) references network_group (network_id, id),
     foreign key (network_id, wished_group_id) references network_group (network_id, id),
     foreign key (network_id, meeting_id) references meeting (network_id, id),
     foreign key (network_id, priority_id) references priority (network_id, id),
     foreign key (network_id, site_id) references site (network_id, id),
     foreign key (network_id, project_id) references project (network_id, id)`,
    'select, insert',
  )
  await networkTable(
    db,
    'contributor',
    `contribution_id integer not null,
     person_id integer not null,
     is_first boolean not null,
     words text not null default '',
     naming text not null check (naming in ('named', 'first-name', 'anonymous')),
     joined_at timestamptz not null,
     withdrawn_at timestamptz,
     verdict text check (verdict in ('yes', 'no')),
     verdict_words text,
     verdict_at timestamptz,
     verdict_how text,
     verdict_recorded_by_person_id integer,
     primary key (network_id, contribution_id, person_id),
     foreign key (network_id, contribution_id) references contribution (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id)`,
    'select, insert',
  )
  // What somebody said is as given, for ever: the product's own role has no right to change those columns (LOOP-22).
  await run(
    db,
    `grant update (kind, title, shown_words, search_more, wished_group_id, group_id, meeting_id, consider_on, priority_id,
       site_id, project_id, state, state_data, state_since, waits_for, due_on, wake_on, feedback_owner_person_id, published_at,
       times_not_closed, version) on contribution to ${appRole};
     grant update (naming, joined_at, withdrawn_at, verdict, verdict_words, verdict_at, verdict_how,
       verdict_recorded_by_person_id) on contributor to ${appRole};
     -- A file chosen while writing moves to what was written; its bytes and its name do not change.
     grant update (thing_kind, thing_id) on stored_file to ${appRole};`,
  )
  await networkTable(
    db,
    'correction',
    `id integer generated always as identity,
     contribution_id integer not null,
     person_id integer not null,
     words text not null,
     recorded_by_person_id integer,
     at timestamptz not null,
     primary key (network_id, id),
     foreign key (network_id, contribution_id) references contribution (network_id, id)`,
    'select, insert',
  )
  await networkTable(
    db,
    'concealment',
    `id integer generated always as identity,
     contribution_id integer not null,
     text_kind text not null check (text_kind in ('words', 'correction', 'joined', 'view', 'answer')),
     text_id integer not null,
     ranges jsonb not null,
     reason text not null,
     by_person_id integer not null,
     at timestamptz not null,
     primary key (network_id, id),
     foreign key (network_id, contribution_id) references contribution (network_id, id)`,
    'select, insert',
  )
  await networkTable(
    db,
    'consideration',
    `id integer generated always as identity,
     contribution_id integer not null,
     group_id integer not null,
     meeting_id integer,
     considered_on date not null,
     took_part text not null,
     said text not null,
     said_in_private text not null default '',
     outcome text not null check (outcome in ('agreed', 'partly-agreed', 'not-agreed', 'passed-on')),
     agreed_part text not null default '',
     not_agreed_part text not null default '',
     passed_to text not null default '',
     reason text not null,
     by_person_id integer not null,
     at timestamptz not null,
     search tsvector generated always as (to_tsvector('english', reason || ' ' || agreed_part)) stored,
     primary key (network_id, id),
     foreign key (network_id, contribution_id) references contribution (network_id, id),
     foreign key (network_id, group_id) references network_group (network_id, id)`,
    'select, insert',
  )
  await networkTable(
    db,
    'member_view',
    `id integer generated always as identity,
     contribution_id integer not null,
     person_id integer not null,
     words text not null,
     in_private boolean not null default false,
     at timestamptz not null,
     primary key (network_id, id),
     foreign key (network_id, contribution_id) references contribution (network_id, id)`,
    'select, insert',
  )
  await networkTable(
    db,
    'feedback',
    `id integer generated always as identity,
     contribution_id integer not null,
     you_said text not null,
     we_heard text not null,
     what_happened text not null,
     next text not null,
     by_person_id integer not null,
     at timestamptz not null,
     primary key (network_id, id),
     foreign key (network_id, contribution_id) references contribution (network_id, id)`,
    'select, insert',
  )
  // The link in a message with which one person says, once, whether one answer closes it (R42: kept as a hash).
  await networkTable(
    db,
    'verdict_link',
    `token_hash text not null,
     contribution_id integer not null,
     feedback_id integer not null,
     person_id integer not null,
     expires_on date not null,
     used_at timestamptz,
     answer text check (answer in ('yes', 'no')),
     primary key (network_id, token_hash),
     unique (network_id, feedback_id, person_id),
     foreign key (network_id, feedback_id) references feedback (network_id, id),
     foreign key (network_id, contribution_id) references contribution (network_id, id)`,
    'select, insert, update',
  )
  await networkTable(
    db,
    'action',
    `id integer generated always as identity,
     number integer not null,
     contribution_id integer,
     consideration_id integer,
     group_id integer not null,
     what text not null,
     owner_person_id integer not null,
     due_on date not null,
     state text not null check (state in ('open', 'asked-for-another-date', 'done', 'dropped')),
     state_data jsonb not null,
     made_at timestamptz not null,
     version integer not null default 1,
     search tsvector generated always as (to_tsvector('english', what)) stored,
     primary key (network_id, id),
     unique (network_id, number),
     foreign key (network_id, contribution_id) references contribution (network_id, id),
     foreign key (network_id, group_id) references network_group (network_id, id),
     foreign key (network_id, owner_person_id) references person (network_id, id)`,
  )
  await run(
    db,
    `create unique index contribution_receipt on contribution (network_id, receipt_code);
     create index contribution_group on contribution (network_id, group_id, id desc);
     create index contribution_waits on contribution (network_id, waits_for, due_on, wake_on, id);
     create index contribution_state on contribution (network_id, state, id desc);
     create index contribution_late on contribution (network_id, due_on, id) where due_on is not null;
     create index contribution_wakes on contribution (network_id, wake_on, id) where wake_on is not null;
     create index contribution_moved on contribution (network_id, state_since desc);
     create index contribution_group_moved on contribution (network_id, group_id, state_since desc);
     create index contribution_feedback_owner on contribution (network_id, feedback_owner_person_id, id desc)
       where feedback_owner_person_id is not null;
     create index contribution_title_near on contribution using gin (title gin_trgm_ops);
     create index consideration_search on consideration using gin (search);
     create index contribution_search on contribution using gin (search);
     create index contributor_person on contributor (network_id, person_id, contribution_id desc);
     create index correction_of on correction (network_id, contribution_id, id);
     create index concealment_of on concealment (network_id, contribution_id, id);
     create index consideration_of on consideration (network_id, contribution_id, id);
     create index member_view_of on member_view (network_id, contribution_id, id);
     create index feedback_of on feedback (network_id, contribution_id, id);
     create index action_of on action (network_id, contribution_id, id);
     create index action_owner on action (network_id, owner_person_id, state, due_on);
     create index action_group on action (network_id, group_id, state, due_on);
     create index action_list on action (network_id, state, due_on, id);
     create index action_search on action using gin (search);`,
  )
  // Named doors past row-level security: under it PostgreSQL may not use the search indexes, because the operators
  // of text search are not "leakproof". Each chooses this network by itself and answers ids only; whoever asks joins
  // them with what the person may read.
  await run(
    db,
    `-- The words of a text by which others like it can be found: not those that half of all contributions have.
     create function telling_words(given text, most integer) returns text[]
       language sql stable security definer set search_path = public as $$
         with common as (
           select w.word from pg_stats s
             cross join unnest(s.most_common_elems::text::text[]) with ordinality w (word, n)
             join unnest(s.most_common_elem_freqs) with ordinality f (often, n) on f.n = w.n
           where s.schemaname = 'public' and s.tablename = 'contribution' and s.attname = 'search' and f.often > 0.01
             and (select reltuples from pg_class where oid = 'contribution'::regclass) > 2000
         )
         select coalesce(array_agg(t.lexeme), '{}') from (
           select l.lexeme from unnest(to_tsvector('english', given)) l
           where length(l.lexeme) between 3 and 40 and strpos(l.lexeme, '''') = 0 and strpos(l.lexeme, chr(92)) = 0
             and l.lexeme not in (select word from common)
           order by l.positions[1] limit most) t
       $$;
     -- What is like a text, nearest first: several telling words in common (full text), or a title that begins alike
     -- although it is spelled otherwise (trigrams).
     create function contributions_near(given text, most integer) returns table (id integer, nearness real)
       language plpgsql stable security definer set search_path = public as $$
       declare
         here integer := nullif(current_setting('app.network', true), '')::integer;
         telling text[] := telling_words(given, 16);
         asked tsquery;
         beginning text := left(given, 80);
       begin
         select string_agg('''' || t || '''', ' | ')::tsquery into asked from unnest(telling) t;
         return query
         with found as (
           (select c.id, c.title, c.search from contribution c
            where c.network_id = here and c.search @@ asked order by ts_rank(c.search, asked) desc limit most)
           union
           (select c.id, c.title, c.search from contribution c
            where c.network_id = here and c.title % beginning order by similarity(c.title, beginning) desc limit most)
         ), weighed as (
           select f.id, similarity(f.title, beginning) as alike,
             (select count(*) from unnest(tsvector_to_array(f.search)) x where x = any (telling)) as shared
           from found f
         )
         select w.id, (w.shared::real / greatest(3, cardinality(telling)) + w.alike)::real from weighed w
         where w.shared >= 2 or w.alike > 0.3 order by 2 desc limit most;
       end $$;
     revoke execute on function telling_words, contributions_near from public;
     grant execute on function contributions_near to ${appRole};`,
  )
}
