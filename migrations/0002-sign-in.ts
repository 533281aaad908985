import { appRole, type Owner, run } from './migration.ts'

/** Accounts and sessions: of the installation, since one person may belong to several networks. */
export async function up(db: Owner): Promise<void> {
  await run(
    db,
    `create table account (
       id text primary key,
       name text not null,
       email text not null,
       email_verified boolean not null default false,
       image text,
       two_factor_enabled boolean default false,
       created_at timestamptz not null default now(),
       updated_at timestamptz not null default now()
     );
     create unique index account_email on account (lower(email));
     create table session (
       id text primary key,
       token text not null unique,
       account_id text not null references account (id) on delete cascade,
       expires_at timestamptz not null,
       ip_address text,
       user_agent text,
       second_factor_at timestamptz,
       seen_at timestamptz not null default now(),
       created_at timestamptz not null default now(),
       updated_at timestamptz not null default now()
     );
     create index session_account on session (account_id);
     create table sign_in_method (
       id text primary key,
       account_id text not null references account (id) on delete cascade,
       provider_id text not null,
       provider_account_id text not null,
       access_token text,
       refresh_token text,
       id_token text,
       access_token_expires_at timestamptz,
       refresh_token_expires_at timestamptz,
       scope text,
       password text,
       created_at timestamptz not null default now(),
       updated_at timestamptz not null default now()
     );
     create index sign_in_method_account on sign_in_method (account_id);
     create table verification (
       id text primary key,
       identifier text not null,
       value text not null,
       expires_at timestamptz not null,
       created_at timestamptz not null default now(),
       updated_at timestamptz not null default now()
     );
     create index verification_identifier on verification (identifier);
     create index verification_expires on verification (expires_at);
     create table second_factor (
       id text primary key,
       secret text not null,
       backup_codes text not null,
       account_id text not null references account (id) on delete cascade,
       verified boolean not null default true,
       failed_verification_count integer default 0,
       locked_until timestamptz
     );
     create unique index second_factor_account on second_factor (account_id);
     create table passkey (
       id text primary key,
       name text,
       public_key text not null,
       account_id text not null references account (id) on delete cascade,
       credential_id text not null unique,
       counter bigint not null,
       device_type text not null,
       backed_up boolean not null,
       transports text,
       aaguid text,
       created_at timestamptz not null default now(),
       used_at timestamptz
     );
     create index passkey_account on passkey (account_id);
     grant select, insert, update, delete on account, session, sign_in_method, verification, second_factor, passkey
       to ${appRole};
     -- One statement at the door: whose session this is, and the networks for the switcher.
     create function open_session(wanted text, today date)
       returns table (id text, account_id text, name text, second_factor_at timestamptz, created_at timestamptz,
                      seen_at timestamptz, expires_at timestamptz, is_staff boolean, networks jsonb)
       language sql stable security definer set search_path = public as $$
         select s.id, a.id, a.name, s.second_factor_at, s.created_at, s.seen_at, s.expires_at,
           account_is_staff(a.id, today),
           coalesce((select jsonb_agg(jsonb_build_object('slug', n.slug, 'name', n.name)) from networks_of_account(a.id) n), '[]')
         from session s join account a on a.id = s.account_id where s.token = wanted
       $$;
     -- Where a sign-in message for this address goes: to somebody whom a network knows by it, or whose account has it.
     -- A person whose account has another address is not found by an address that only the network wrote down: who
     -- may change a person's file could otherwise sign in as that person.
     create function sign_in_door(address text)
       returns table (network_id integer, person_id integer, account_id text)
       language sql stable security definer set search_path = public as $$
         select p.network_id, p.id, a.id
         from person p left join account a on a.id = p.account_id
         where p.left_on is null and (
           (lower(p.email) = lower(address) and (p.account_id is null or lower(a.email) = lower(address)))
           or p.account_id = (select k.id from account k where lower(k.email) = lower(address)))
         order by (lower(p.email) = lower(address)) desc nulls last, a.id nulls last, p.network_id limit 1
       $$;
     revoke execute on function open_session, sign_in_door from public;
     grant execute on function open_session, sign_in_door to ${appRole};`,
  )
}
