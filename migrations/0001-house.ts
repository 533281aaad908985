import { appRole, networkTable, type Owner, run } from './migration.ts'

/** Networks, people and their places in them, and what every slice stands on. */
export async function up(db: Owner): Promise<void> {
  await run(
    db,
    `create extension if not exists pg_trgm;
     create table network (
       id integer generated always as identity primary key,
       slug text not null unique check (slug ~ '^[a-z][a-z0-9-]{1,30}$'),
       name text not null,
       short_name text not null,
       facts jsonb not null default '{}',
       is_demo boolean not null default false
     );
     grant select, insert, update on network to ${appRole};
     create table kept_writing (
       token_hash text primary key,
       path text not null,
       fields jsonb not null,
       at timestamptz not null
     );
     grant select, insert, delete on kept_writing to ${appRole};
     create table demo_clock (
       single boolean primary key default true check (single),
       ahead_ms bigint not null
     );
     grant select, insert, update on demo_clock to ${appRole};
     create unlogged table rate_window (
       key text not null,
       starts_at timestamptz not null,
       uses integer not null,
       primary key (key, starts_at)
     );
     grant select, insert, update, delete on rate_window to ${appRole};`,
  )
  await networkTable(
    db,
    'counter',
    `kind text not null, last integer not null, primary key (network_id, kind)`,
    'select, insert, update',
  )
  await networkTable(
    db,
    'person',
    `id integer generated always as identity,
     account_id text,
     name text not null check (name <> ''),
     known_as text not null,
     email text,
     phone text,
     postal_address text,
     channel text not null check (channel in ('email', 'text', 'phone', 'post')),
     large_print boolean not null default false,
     help_words text not null default '',
     demo_key text,
     created_at timestamptz not null,
     left_on date,
     primary key (network_id, id),
     unique (network_id, account_id),
     unique (network_id, demo_key)`,
  )
  await run(
    db,
    `create index person_account on person (account_id);
     create unique index person_email on person (network_id, lower(email));
     create index person_name on person using gin (name gin_trgm_ops);
     -- Which networks an account belongs to is asked before a network is chosen: the one named door across.
     create function networks_of_account(account text)
       returns table (network_id integer, slug text, name text, person_id integer, person_name text)
       language sql stable security definer set search_path = public as $$
         select n.id, n.slug, n.name, p.id, p.name
         from person p join network n on n.id = p.network_id
         where p.account_id = account and p.left_on is null order by n.name
       $$;
     -- Who an e-mail address belongs to, for sign-in: answers only ids.
     create function people_with_email(address text)
       returns table (network_id integer, person_id integer, account_id text, name text)
       language sql stable security definer set search_path = public as $$
         select p.network_id, p.id, p.account_id, p.name from person p
         where lower(p.email) = lower(address) and p.left_on is null order by p.network_id, p.id
       $$;
     create function people_with_demo_key(key text)
       returns table (network_id integer, person_id integer, account_id text, name text)
       language sql stable security definer set search_path = public as $$
         select p.network_id, p.id, p.account_id, p.name from person p join network n on n.id = p.network_id
         where p.demo_key = key and n.is_demo and p.left_on is null
       $$;
     revoke execute on function networks_of_account, people_with_email, people_with_demo_key from public;
     grant execute on function networks_of_account, people_with_email, people_with_demo_key to ${appRole};`,
  )
  await networkTable(
    db,
    'trust',
    `id integer generated always as identity,
     slug text not null,
     name text not null,
     short_name text not null,
     ods_code text check (ods_code ~ '^[A-Z0-9]{3,6}$'),
     system_name text not null default '',
     primary key (network_id, id), unique (network_id, slug), unique (network_id, ods_code)`,
  )
  await networkTable(
    db,
    'site',
    `id integer generated always as identity,
     trust_id integer not null,
     slug text not null,
     name text not null,
     town text not null default '',
     ods_code text check (ods_code ~ '^[A-Z0-9]{3,6}$'),
     primary key (network_id, id), unique (network_id, slug), unique (network_id, ods_code),
     foreign key (network_id, trust_id) references trust (network_id, id)`,
  )
  await networkTable(
    db,
    'priority',
    `id integer generated always as identity,
     slug text not null,
     title text not null,
     about text not null default '',
     primary key (network_id, id), unique (network_id, slug)`,
  )
  await networkTable(
    db,
    'project',
    `id integer generated always as identity,
     slug text not null,
     title text not null,
     about text not null default '',
     primary key (network_id, id), unique (network_id, slug)`,
  )
  await networkTable(
    db,
    'network_group',
    `id integer generated always as identity,
     slug text not null,
     name text not null,
     short_name text not null,
     kind text not null check (kind in ('board', 'sig', 'workstream')),
     about text not null default '',
     illustrative boolean not null default false,
     primary key (network_id, id), unique (network_id, slug)`,
  )
  await networkTable(
    db,
    'membership',
    `id integer generated always as identity,
     person_id integer not null,
     group_id integer not null,
     role text not null check (role in ('chair', 'deputy', 'member', 'volunteer')),
     voting boolean not null,
     lay boolean not null,
     from_on date not null,
     to_on date,
     primary key (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id),
     foreign key (network_id, group_id) references network_group (network_id, id)`,
  )
  await networkTable(
    db,
    'post_holding',
    `id integer generated always as identity,
     person_id integer not null,
     post text not null check (post in ('co-ordinator', 'portfolio-manager', 'director', 'administrator')),
     from_on date not null,
     to_on date,
     primary key (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id)`,
  )
  await networkTable(
    db,
    'trust_contact',
    `id integer generated always as identity,
     person_id integer not null,
     trust_id integer not null,
     from_on date not null,
     to_on date,
     primary key (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id),
     foreign key (network_id, trust_id) references trust (network_id, id)`,
  )
  await networkTable(
    db,
    'absence',
    `id integer generated always as identity,
     person_id integer not null,
     from_on date not null,
     to_on date not null,
     primary key (network_id, id),
     foreign key (network_id, person_id) references person (network_id, id)`,
  )
  await networkTable(
    db,
    'meeting',
    `id integer generated always as identity,
     group_id integer not null,
     title text not null,
     starts_at timestamptz not null,
     place text not null default 'Microsoft Teams',
     primary key (network_id, id),
     foreign key (network_id, group_id) references network_group (network_id, id)`,
  )
  await networkTable(
    db,
    'clock_setting',
    `from_on date not null,
     clocks jsonb not null,
     by_person_id integer,
     primary key (network_id, from_on)`,
    'select, insert',
  )
  await run(
    db,
    `create index membership_person on membership (network_id, person_id);
     create index membership_group on membership (network_id, group_id);
     create index post_holding_person on post_holding (network_id, person_id);
     create index trust_contact_person on trust_contact (network_id, person_id);
     create index absence_person on absence (network_id, person_id);
     create index meeting_group on meeting (network_id, group_id, starts_at);`,
  )
  await networkTable(
    db,
    'history',
    `id bigint generated always as identity,
     thing_kind text not null,
     thing_id integer not null,
     event text not null,
     by_person_id integer,
     by_words text not null,
     at timestamptz not null,
     details jsonb not null default '{}',
     primary key (network_id, id)`,
    'select, insert',
  )
  await networkTable(
    db,
    'audit',
    `seq bigint not null,
     at timestamptz not null,
     by_person_id integer,
     action text not null,
     thing_kind text not null,
     thing_id text not null,
     previous_hash bytea not null,
     hash bytea not null,
     primary key (network_id, seq)`,
    'select',
  )
  await networkTable(
    db,
    'audit_head',
    `seq bigint not null, hash bytea not null, primary key (network_id)`,
    'select',
  )
  await run(
    db,
    `create index history_thing on history (network_id, thing_kind, thing_id, id);
     create index audit_thing on audit (network_id, thing_kind, thing_id, seq);
     create function audit_hash(previous bytea, network integer, seq bigint, at timestamptz, person integer,
                                action text, thing_kind text, thing_id text)
       returns bytea language sql immutable set search_path = pg_catalog as $$
         select sha256(previous || convert_to(jsonb_build_array(network, seq,
           to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), person, action, thing_kind, thing_id)::text, 'UTF8'))
       $$;
     -- The only way in: one entry after the other, each sealed with the hash of the one before (R74).
     create function audit_append(at timestamptz, person integer, action text, thing_kind text, thing_id text)
       returns void language plpgsql security definer set search_path = public as $$
       declare
         network integer := nullif(current_setting('app.network', true), '')::integer;
         head audit_head;
         sealed bytea;
       begin
         if network is null then raise exception 'no network is set'; end if;
         insert into audit_head values (network, 0, '\\x00') on conflict do nothing;
         select * into head from audit_head where network_id = network for update;
         sealed := audit_hash(head.hash, network, head.seq + 1, at, person, action, thing_kind, thing_id);
         insert into audit values (network, head.seq + 1, at, person, action, thing_kind, thing_id, head.hash, sealed);
         update audit_head set seq = head.seq + 1, hash = sealed where network_id = network;
       end $$;
     revoke execute on function audit_append from public;
     grant execute on function audit_append to ${appRole};`,
  )
  await networkTable(
    db,
    'reminder',
    `key text not null,
     person_id integer not null,
     at timestamptz not null,
     primary key (network_id, key)`,
    'select, insert',
  )
  await networkTable(
    db,
    'message',
    `id bigint generated always as identity,
     key text not null,
     person_id integer,
     address text not null,
     channel text not null check (channel in ('email', 'text', 'phone', 'post')),
     kind text not null,
     subject text not null,
     body text not null,
     about_kind text not null,
     about_id text not null,
     state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'by-hand', 'done')),
     tries integer not null default 0,
     next_try_at timestamptz not null,
     last_error text,
     created_at timestamptz not null,
     sent_at timestamptz,
     done_by_person_id integer,
     primary key (network_id, id),
     unique (network_id, key)`,
    'select, insert, update',
  )
  await networkTable(
    db,
    'submission',
    `key text not null,
     person_id integer not null,
     location text not null,
     at timestamptz not null,
     primary key (network_id, key, person_id)`,
    'select, insert, update, delete',
  )
  await networkTable(
    db,
    'draft',
    `person_id integer not null,
     kind text not null,
     data jsonb not null,
     updated_at timestamptz not null,
     primary key (network_id, person_id, kind),
     foreign key (network_id, person_id) references person (network_id, id)`,
  )
  await networkTable(
    db,
    'stored_file',
    `id integer generated always as identity,
     thing_kind text not null,
     thing_id integer not null,
     name text not null,
     type text not null,
     bytes integer not null,
     sha256 text not null,
     store_key text not null,
     by_person_id integer,
     at timestamptz not null,
     primary key (network_id, id)`,
    'select, insert, delete',
  )
  await run(
    db,
    `create index message_waiting on message (network_id, next_try_at) where state = 'waiting';
     create index message_team on message (network_id, state, id);
     create index message_person on message (network_id, person_id, id);
     create index stored_file_thing on stored_file (network_id, thing_kind, thing_id);
     -- One statement at the door of each page: chooses the network for the rest of the transaction and tells
     -- who this person is in it today. Runs with the product's own rights, so row-level security holds inside.
     create function enter_network(wanted text, account text, today date) returns jsonb
       language plpgsql volatile set search_path = public as $$
       declare
         n network;
         p person;
         answer jsonb;
       begin
         select * into n from network where slug = wanted;
         if not found then return null; end if;
         perform set_config('app.network', n.id::text, true);
         answer := jsonb_build_object('id', n.id, 'slug', n.slug, 'name', n.name, 'shortName', n.short_name,
           'phone', n.facts ->> 'phone',
           'clocks', coalesce((select jsonb_agg(jsonb_build_object('fromOn', c.from_on, 'clocks', c.clocks)
                                                order by c.from_on) from clock_setting c), '[]'));
         if account is null then return answer; end if;
         select * into p from person where account_id = account and left_on is null;
         if not found then return answer; end if;
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
     -- Whether this account holds a post or leads a group anywhere: a second factor and shorter sessions (R60, R63).
     create function account_is_staff(account text, today date) returns boolean
       language sql stable security definer set search_path = public as $$
         select exists (select 1 from person p where p.account_id = account and p.left_on is null and (
           exists (select 1 from post_holding h where h.network_id = p.network_id and h.person_id = p.id
                   and h.from_on <= today and (h.to_on is null or h.to_on >= today))
           or exists (select 1 from membership m where m.network_id = p.network_id and m.person_id = p.id
                   and m.role in ('chair', 'deputy') and m.from_on <= today
                   and (m.to_on is null or m.to_on >= today))))
       $$;
     revoke execute on function account_is_staff from public;
     grant execute on function enter_network, account_is_staff to ${appRole};`,
  )
}
