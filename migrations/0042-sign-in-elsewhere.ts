import { appRole, type Owner, run } from './migration.ts'

/** Signing in at one’s hospital, and when somebody last showed us themselves who they are. */
export async function up(db: Owner): Promise<void> {
  await run(
    db,
    `alter table sign_in_method add column of_network integer references network (id);
     -- Whom a provider knows by this number, and one of them for an account in a network.
     create unique index sign_in_method_subject on sign_in_method (of_network, provider_id, provider_account_id);
     create unique index sign_in_method_one on sign_in_method (of_network, account_id);
     alter table session
       -- The last proof that we took ourselves: a code by e-mail, a passkey, a code of an app.
       add column proven_at timestamptz,
       -- Begun at a hospital's sign-in: by which link, and when it last said that this person is still there.
       add column elsewhere_id text references sign_in_method (id) on delete cascade,
       add column elsewhere_sid text,
       add column elsewhere_tokens text,
       add column elsewhere_factor boolean not null default false,
       add column elsewhere_checked_at timestamptz,
       add column elsewhere_tried_at timestamptz;
     update session set proven_at = coalesce(second_factor_at, created_at);
     create index session_elsewhere on session (elsewhere_id) where elsewhere_id is not null;
     drop function open_session(text, date);
     create function open_session(wanted text, today date)
       returns table (id text, account_id text, name text, second_factor_at timestamptz, proven_at timestamptz,
                      created_at timestamptz, seen_at timestamptz, expires_at timestamptz, elsewhere text,
                      elsewhere_id text, elsewhere_factor boolean, elsewhere_checked_at timestamptz, is_staff boolean,
                      networks jsonb)
       language sql stable security definer set search_path = public as $$
         select s.id, a.id, a.name, s.second_factor_at, s.proven_at, s.created_at, s.seen_at, s.expires_at,
           (select w.slug from sign_in_method m join network w on w.id = m.of_network where m.id = s.elsewhere_id),
           s.elsewhere_id, s.elsewhere_factor, s.elsewhere_checked_at,
           account_is_staff(a.id, today),
           coalesce((select jsonb_agg(jsonb_build_object('slug', n.slug, 'name', n.name)) from networks_of_account(a.id) n), '[]')
         from session s join account a on a.id = s.account_id where s.token = wanted
       $$;
     revoke execute on function open_session from public;
     grant execute on function open_session to ${appRole};`,
  )
}
