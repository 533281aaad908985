import { appRole, networkTable, type Owner, run } from './migration.ts'

/** A translation by a named person beside what somebody wrote in another language (REACH-10). */
export async function up(db: Owner): Promise<void> {
  const wording = `
    language_from text not null,
    words text not null check (words <> ''),
    -- A person of this network, or a name and where they are from.
    translator_person_id integer,
    translator_name text not null,
    translator_from text not null,
    professional boolean not null,
    by_person_id integer not null,
    at timestamptz not null`
  await networkTable(
    db,
    'translation',
    `id integer generated always as identity,
     about_kind text not null check (about_kind in ('contribution', 'chair-request')),
     about_id integer not null,
     -- Which of its texts: 'said-12', 'feedback-3'.
     part text not null,
     -- Whose words they are; null: an answer of the network.
     of_person_id integer,
     language text not null,
     ${wording},
     -- By it one sees that the original was changed since.
     of_words_hash text not null,
     version integer not null default 1,
     search tsvector generated always as (to_tsvector('english', words)) stored,
     primary key (network_id, id),
     unique (network_id, about_kind, about_id, part, language),
     check (language <> language_from),
     check ((translator_person_id is null) = (translator_name <> '')),
     foreign key (network_id, of_person_id) references person (network_id, id),
     foreign key (network_id, translator_person_id) references person (network_id, id),
     foreign key (network_id, by_person_id) references person (network_id, id)`,
  )
  await networkTable(
    db,
    'translation_before',
    `id integer generated always as identity,
     translation_id integer not null,
     ${wording},
     primary key (network_id, id),
     foreign key (network_id, translation_id) references translation (network_id, id) on delete cascade,
     foreign key (network_id, translator_person_id) references person (network_id, id),
     foreign key (network_id, by_person_id) references person (network_id, id)`,
    // What it said before is never changed; it goes with the translation.
    'select, insert',
  )
  await run(
    db,
    `create index translation_words on translation using gin (search);
     create index translation_of_person on translation (network_id, of_person_id);
     create index translation_before_of on translation_before (network_id, translation_id);`,
  )
  await foundByItsTranslation(db)
}

/** A contribution is found by the words of its translation, too, by whoever may read it and by nobody else. */
async function foundByItsTranslation(db: Owner): Promise<void> {
  await run(
    db,
    `create or replace function contributions_found(given text, reader integer, groups integer[], everything boolean, most integer)
       returns table (id integer, why text, nearness real)
       language plpgsql stable security definer set search_path = public
       set plan_cache_mode = force_custom_plan set pg_trgm.word_similarity_threshold = 0.5 as $$
       declare
         here integer := nullif(current_setting('app.network', true), '')::integer;
         asked tsquery := websearch_to_tsquery('english', given);
         own integer[];
         many integer;
       begin
         select array(
           select b.contribution_id from contributor b
             where b.network_id = here and b.person_id = reader and b.withdrawn_at is null
           union select a.contribution_id from action a
             where a.network_id = here and a.owner_person_id = reader and a.contribution_id is not null
           union select c.id from contribution c
             where c.network_id = here and c.feedback_owner_person_id = reader
         ) into own;
         return query select f.id, 'words', ts_rank(f.search, asked) from (
           select c.id, c.search from contribution c
           where c.network_id = here and c.search @@ asked
             and (everything or c.group_id + 0 = any (groups) or c.id + 0 = any (own))
           order by c.id desc limit most) f;
         get diagnostics many = row_count;
         return query select c.id, 'translation', ts_rank(t.search, asked) from translation t
           join contribution c on c.network_id = t.network_id and c.id = t.about_id
           where t.network_id = here and t.about_kind = 'contribution' and t.search @@ asked
             and (everything or c.group_id + 0 = any (groups) or c.id + 0 = any (own))
           order by t.id desc limit most;
         return query select c.id, 'outcome', 0::real from consideration k
           join contribution c on c.network_id = k.network_id and c.id = k.contribution_id
           where k.network_id = here and k.search @@ asked
             and (everything or c.group_id + 0 = any (groups) or c.id + 0 = any (own))
           order by k.id desc limit most;
         if many < 5 then
           return query select f.id, 'near', word_similarity(given, f.title) from (
             select c.id, c.title from contribution c
             where c.network_id = here and given <% c.title
               and (everything or c.group_id + 0 = any (groups) or c.id + 0 = any (own)) limit most) f;
         end if;
       end $$;
     revoke execute on function contributions_found from public;
     grant execute on function contributions_found to ${appRole};`,
  )
}
