import { appRole, networkTable, type Owner, run } from './migration.ts'

/** Devices that somebody wants to be told on, and the key by which their makers' services know this installation. */
export async function up(db: Owner): Promise<void> {
  await run(
    db,
    `create table push_key (
       -- There is one.
       id integer primary key default 1 check (id = 1),
       public_key text not null,
       -- Encrypted with the installation's secret.
       private_key text not null,
       made_at timestamptz not null
     );
     grant select, insert, update on push_key to ${appRole};`,
  )
  await networkTable(
    db,
    'push_device',
    `id integer generated always as identity,
     person_id integer not null,
     name text not null,
     -- Where and how to reach it, encrypted; the hash tells that it is the same device again.
     reach text not null,
     reach_hash text not null,
     -- By which the browser is known when somebody signs out there: it is told nothing more then, if it ends with that.
     device_hash text not null,
     ends boolean not null,
     added_at timestamptz not null,
     told_at timestamptz,
     -- Something waits for its person since then, or is to be tried again then.
     due_at timestamptz,
     tries integer not null default 0,
     failing_since timestamptz,
     primary key (network_id, id),
     unique (network_id, reach_hash),
     foreign key (network_id, person_id) references person (network_id, id)`,
  )
  await run(
    db,
    `create index push_device_person on push_device (network_id, person_id);
     create index push_device_hash on push_device (network_id, device_hash);
     create index push_device_due on push_device (network_id, due_at) where due_at is not null;
     -- A device hears of each message, whichever way it goes, in the same transaction and without a word of it. Of what
     -- must leave no trace it hears nothing, and a code to sign in is for where one signs in.
     create function message_for_devices() returns trigger language plpgsql set search_path = public as $$
       begin
         if new.person_id is not null and new.about_kind not in ('concern', 'own-space-private', 'sign-in')
           and new.kind <> 'sign-in'
         then
           update push_device set due_at = least(due_at, new.next_try_at)
             where network_id = new.network_id and person_id = new.person_id;
         end if;
         return null;
       end $$;
     create trigger message_for_devices after insert on message for each row execute function message_for_devices();
     -- Signing out is of the installation: in whichever networks this browser was told something, it ends.
     create function forget_device(hash text) returns void
       language sql volatile security definer set search_path = public as $$
         delete from push_device where device_hash = hash and ends $$;
     revoke execute on function forget_device from public;
     grant execute on function forget_device to ${appRole};`,
  )
}
