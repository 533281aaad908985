import { appRole, type Owner, run } from './migration.ts'

/**
 * Search stays quick in one network however much the others hold: the text indexes begin with the network, and two
 * more named doors reach them, which row-level security does not (its operators are not "leakproof").
 */
export async function up(db: Owner): Promise<void> {
  await run(
    db,
    `create extension if not exists btree_gin;
     drop index contribution_search;
     drop index contribution_title_near;
     drop index consideration_search;
     drop index publication_search;
     drop index publication_near;
     create index contribution_search on contribution using gin (network_id, search);
     create index contribution_title_near on contribution using gin (network_id, title gin_trgm_ops);
     create index consideration_search on consideration using gin (network_id, search);
     create index publication_search on publication using gin (network_id, search) where state = 'published';
     create index publication_near on publication
       using gin (network_id, (title || ' ' || you_said || ' ' || we_did) gin_trgm_ops) where state = 'published';
     -- Contributions of the network that was entered which one reader may read: the newest that have the words, or, when
     -- there are few, those whose titles are spelled nearly so. Whoever asks holds the ids against their own rule again.
     -- ("+ 0" keeps PostgreSQL from reading all that a group has: it takes the few with the words, or the newest first.)
     create function contributions_found(given text, reader integer, groups integer[], everything boolean, most integer)
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
     -- What the network that was entered has published: the newest with the words, or else those nearly so.
     create function publications_found(given text, most integer)
       returns table (id integer, why text, nearness real)
       language plpgsql stable security definer set search_path = public
       set plan_cache_mode = force_custom_plan set pg_trgm.word_similarity_threshold = 0.5 as $$
       declare
         here integer := nullif(current_setting('app.network', true), '')::integer;
         asked tsquery := websearch_to_tsquery('english', given);
       begin
         return query select f.id, 'words', ts_rank_cd(f.search, asked, 32) from (
           select p.id, p.search from publication p
           where p.network_id = here and p.state = 'published' and p.search @@ asked
           order by p.published_at desc, p.id desc limit most) f;
         if not found then
           return query select f.id, 'nearly', word_similarity(given, f.whole) from (
             select p.id, p.title || ' ' || p.you_said || ' ' || p.we_did as whole from publication p
             where p.network_id = here and p.state = 'published'
               and given <% (p.title || ' ' || p.you_said || ' ' || p.we_did) limit most) f;
         end if;
       end $$;
     revoke execute on function contributions_found, publications_found from public;
     grant execute on function contributions_found, publications_found to ${appRole};`,
  )
}
