import { appRole, networkTable, type Owner, run } from './migration.ts'

/** What came of a view, published with consent; which promises were kept; and when somebody was last here. */
export async function up(db: Owner): Promise<void> {
  await networkTable(
    db,
    'publication',
    `id integer generated always as identity,
     contribution_id integer not null,
     number integer not null,
     version integer not null,
     title text not null check (title <> ''),
     you_said text not null check (you_said <> ''),
     we_did text not null check (we_did <> ''),
     next text not null default '',
     outcome text check (outcome in ('agreed', 'partly-agreed', 'not-agreed', 'passed-on')),
     text_hash text not null,
     state text not null check (state in ('proposed', 'consented', 'published', 'taken-back', 'replaced')),
     group_id integer,
     priority_id integer,
     trust_id integer,
     proposed_by_person_id integer not null,
     proposed_at timestamptz not null,
     published_at timestamptz,
     published_on date,
     published_by_person_id integer,
     ended_at timestamptz,
     search tsvector generated always as
       (to_tsvector('english', title || ' ' || you_said || ' ' || we_did || ' ' || next)) stored,
     primary key (network_id, id),
     unique (network_id, contribution_id, version),
     check ((state = 'published') <= (published_at is not null and published_on is not null)),
     foreign key (network_id, contribution_id) references contribution (network_id, id),
     foreign key (network_id, group_id) references network_group (network_id, id),
     foreign key (network_id, priority_id) references priority (network_id, id),
     foreign key (network_id, trust_id) references trust (network_id, id)`,
    'select, insert, update',
  )
  // Each answer stands for exactly one text, by its hash; a later answer of the same person is a further row.
  await networkTable(
    db,
    'publication_answer',
    `id integer generated always as identity,
     publication_id integer not null,
     person_id integer not null,
     answer text not null check (answer in ('yes', 'no', 'different')),
     words text not null default '',
     text_hash text not null,
     naming text not null check (naming in ('named', 'first-name', 'anonymous')),
     how text not null check (how in ('page', 'phone', 'post', 'in-person')),
     recorded_by_person_id integer,
     at timestamptz not null,
     primary key (network_id, id),
     foreign key (network_id, publication_id) references publication (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id)`,
    'select, insert',
  )
  await networkTable(
    db,
    'promise_kept',
    `id bigint generated always as identity,
     kind text not null,
     thing_kind text not null,
     thing_id integer not null,
     group_id integer,
     due_on date not null,
     kept_on date not null,
     primary key (network_id, id),
     foreign key (network_id, group_id) references network_group (network_id, id)`,
    'select, insert',
  )
  await networkTable(
    db,
    'home_visit',
    `person_id integer not null,
     at timestamptz not null,
     previous timestamptz,
     primary key (network_id, person_id),
     foreign key (network_id, person_id) references person (network_id, id)`,
    'select, insert, update, delete',
  )
  await run(
    db,
    `create unique index publication_out on publication (network_id, contribution_id) where state = 'published';
     create unique index publication_open on publication (network_id, contribution_id)
       where state in ('proposed', 'consented');
     create index publication_list on publication (network_id, published_at desc, id desc) where state = 'published';
     create index publication_number on publication (network_id, number) where state = 'published';
     create index publication_group on publication (network_id, group_id, published_at desc, id desc)
       where state = 'published';
     create index publication_priority on publication (network_id, priority_id, published_at desc, id desc)
       where state = 'published';
     create index publication_trust on publication (network_id, trust_id, published_at desc, id desc)
       where state = 'published';
     create index publication_search on publication using gin (search) where state = 'published';
     create index publication_near on publication
       using gin ((title || ' ' || you_said || ' ' || we_did) gin_trgm_ops) where state = 'published';
     create index publication_answer_of on publication_answer (network_id, publication_id, person_id, id desc);
     create index promise_kept_due on promise_kept (network_id, due_on);
     create index promise_kept_thing on promise_kept (network_id, thing_kind, thing_id);
     -- "Has this been raised before?" asks every network, and learns only what each has published.
     create function published_near(words text, most integer)
       returns table (network_id integer, slug text, network_name text, number integer, title text,
                      you_said text, we_did text, outcome text, published_at timestamptz, likeness real)
       language sql stable security definer set search_path = public as $$
         with wanted as (
           -- Any of the words, not all of them. The parser has quoted them, so the text is safe to read again.
           select replace(plainto_tsquery('english', left(words, 2000))::text, ' & ', ' | ')::tsquery as any_word,
                  left(words, 300) as start
         )
         select n.id, n.slug, n.name, p.number, p.title, p.you_said, p.we_did, p.outcome, p.published_at,
                (ts_rank_cd(p.search, w.any_word, 1)
                 + greatest(similarity(p.title, w.start), word_similarity(p.title, w.start)))::real as likeness
         from wanted w
           cross join publication p join network n on n.id = p.network_id
         where p.state = 'published' and p.search @@ w.any_word
         order by likeness desc, p.published_at desc
         limit least(greatest(most, 0), 20)
       $$;
     revoke execute on function published_near from public;
     grant execute on function published_near to ${appRole};`,
  )
}
