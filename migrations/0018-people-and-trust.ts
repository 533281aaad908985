import { appRole, networkTable, type Owner, run } from './migration.ts'

/** What the rooms about people share: dated settings of a network, the Trust somebody speaks from, a time of rest. */
export async function up(db: Owner): Promise<void> {
  await run(
    db,
    `alter table person add column trust_id integer;
     alter table person add foreign key (network_id, trust_id) references trust (network_id, id);
     -- Their Trust's contact may see their name and what would help.
     alter table person add column trust_may_know boolean not null default false;
     -- A time of rest: nothing is asked of them from the first day to the last; null as last day is "until I say".
     alter table person add column paused_from date;
     alter table person add column paused_until date;
     create index person_trust on person (network_id, trust_id) where trust_id is not null;`,
  )
  await networkTable(
    db,
    'network_setting',
    `id integer generated always as identity,
     name text not null,
     from_on date not null,
     value jsonb not null,
     by_person_id integer,
     at timestamptz not null,
     primary key (network_id, id)`,
    'select, insert',
  )
  await run(
    db,
    `create index network_setting_latest on network_setting (network_id, name, from_on desc, id desc);
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
             and t.from_on <= today and (t.to_on is null or t.to_on >= today)), '[]')));
       end $$;
     grant select on network_setting to ${appRole};`,
  )
}
