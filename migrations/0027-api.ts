import { appRole, networkTable, type Owner, run } from './migration.ts'

/** Programs that read on behalf of somebody, and addresses elsewhere that are told what happened. */
export async function up(db: Owner): Promise<void> {
  await networkTable(
    db,
    'api_token',
    `id integer generated always as identity,
     person_id integer not null,
     name text not null,
     -- Only the hash: the token itself is shown once.
     token_hash text not null,
     scopes text[] not null,
     made_at timestamptz not null,
     ends_on date not null,
     used_on date,
     primary key (network_id, id),
     unique (network_id, token_hash),
     foreign key (network_id, person_id) references person (network_id, id)`,
  )
  await networkTable(
    db,
    'webhook',
    `id integer generated always as identity,
     url text not null,
     events text[] not null,
     -- Encrypted: it signs what is sent.
     secret text not null,
     made_by_person_id integer not null,
     made_at timestamptz not null,
     state text not null default 'on' check (state in ('on', 'off')),
     off_because text not null default '',
     failing_since timestamptz,
     version integer not null default 1,
     primary key (network_id, id),
     foreign key (network_id, made_by_person_id) references person (network_id, id)`,
  )
  await networkTable(
    db,
    'webhook_call',
    `id bigint generated always as identity,
     -- The same for each try, so that whoever receives it twice can tell.
     uid uuid not null default gen_random_uuid(),
     webhook_id integer not null,
     event text not null,
     thing_kind text not null,
     thing_id integer not null,
     happened_at timestamptz not null,
     state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
     tries integer not null default 0,
     next_try_at timestamptz not null,
     last_status integer,
     last_error text not null default '',
     sent_at timestamptz,
     primary key (network_id, id),
     foreign key (network_id, webhook_id) references webhook (network_id, id) on delete cascade`,
  )
  await run(
    db,
    `create index api_token_person on api_token (network_id, person_id);
     create index webhook_call_waiting on webhook_call (network_id, next_try_at) where state = 'waiting';
     create index webhook_call_of on webhook_call (network_id, webhook_id, id);
     -- What happened is written for each address that asked for it, in the same transaction, whoever writes history.
     create function history_for_webhooks() returns trigger language plpgsql set search_path = public as $$
       begin
         insert into webhook_call (network_id, webhook_id, event, thing_kind, thing_id, happened_at, next_try_at)
         select new.network_id, w.id, new.event, new.thing_kind, new.thing_id, new.at, new.at
         from webhook w where w.network_id = new.network_id and w.state = 'on'
           and (new.thing_kind || ' ' || new.event) = any (w.events);
         return null;
       end $$;
     create trigger history_for_webhooks after insert on history for each row execute function history_for_webhooks();
     -- Whose token this is, before a network is entered. Answers only while the token holds.
     create function account_of_api_token(wanted text, hash text, today date)
       returns table (account_id text, person_id integer, name text, scopes text[])
       language plpgsql volatile security definer set search_path = public as $$
       begin
         update api_token t set used_on = today from network n
           where n.slug = wanted and t.network_id = n.id and t.token_hash = hash and t.used_on is distinct from today
             and t.ends_on >= today;
         return query select p.account_id, p.id, p.name, t.scopes from api_token t
           join network n on n.id = t.network_id
           join person p on p.network_id = t.network_id and p.id = t.person_id
           where n.slug = wanted and t.token_hash = hash and t.ends_on >= today and p.left_on is null
             and p.account_id is not null;
       end $$;
     revoke execute on function account_of_api_token from public;
     grant execute on function account_of_api_token to ${appRole};`,
  )
}
