import { appRole, networkTable, type Owner, run } from './migration.ts'

/** Tables from elsewhere, brought in as a whole and taken back as a whole within a day; and mail from before. */
export async function up(db: Owner): Promise<void> {
  await networkTable(
    db,
    'import_run',
    `id integer generated always as identity,
     kind text not null check (kind in ('people', 'groups', 'meetings', 'actions', 'interests', 'views')),
     file_name text not null,
     state text not null default 'checked' check (state in ('checked', 'done', 'undone')),
     rows jsonb not null,
     many integer not null,
     by_person_id integer not null,
     made_at timestamptz not null,
     done_at timestamptz,
     undone_at timestamptz,
     version integer not null default 1,
     primary key (network_id, id),
     foreign key (network_id, by_person_id) references person (network_id, id)`,
  )
  await networkTable(
    db,
    'import_item',
    `id bigint generated always as identity,
     import_id integer not null,
     thing_kind text not null check (thing_kind in ('person', 'membership', 'network_group', 'meeting', 'action', 'interest',
       'contribution')),
     thing_id integer not null,
     primary key (network_id, id),
     foreign key (network_id, import_id) references import_run (network_id, id)`,
    'select, insert, delete',
  )
  await networkTable(
    db,
    'past_mail',
    `id integer generated always as identity,
     -- Of the whole mail: the same one comes in once.
     sha256 text not null,
     sender text not null,
     receivers text not null,
     subject text not null,
     sent_at timestamptz,
     words text not null,
     search tsvector generated always as (to_tsvector('english', left(sender || ' ' || subject || ' ' || words, 200000))) stored,
     brought_in_at timestamptz not null,
     brought_in_by_person_id integer not null,
     primary key (network_id, id),
     unique (network_id, sha256)`,
    'select, insert, delete',
  )
  await run(
    db,
    `create index import_run_list on import_run (network_id, id desc);
     create index import_item_of on import_item (network_id, import_id, id desc);
     create index past_mail_when on past_mail (network_id, coalesce(sent_at, 'epoch'::timestamptz) desc, id desc);
     create index past_mail_search on past_mail using gin (search);
     -- Takes back what one import made, and nothing else: only of the network that was entered, only within a day, and
     -- only while nothing else refers to it. All of it or nothing.
     create function undo_import(wanted integer, now_is timestamptz) returns boolean
       language plpgsql volatile security definer set search_path = public as $$
       declare
         net integer := nullif(current_setting('app.network', true), '')::integer;
         item import_item;
       begin
         if net is null then raise exception 'no network is set'; end if;
         if not exists (select from import_run r where r.network_id = net and r.id = wanted and r.state = 'done'
                        and r.done_at > now_is - interval '24 hours') then return false; end if;
         for item in select * from import_item i where i.network_id = net and i.import_id = wanted order by i.id desc loop
           case item.thing_kind
             when 'contribution' then
               delete from contributor where network_id = net and contribution_id = item.thing_id;
               delete from contribution where network_id = net and id = item.thing_id;
             when 'meeting' then
               delete from agenda_item where network_id = net and meeting_id = item.thing_id;
               delete from meeting where network_id = net and id = item.thing_id;
             else
               execute format('delete from %I where network_id = $1 and id = $2', item.thing_kind) using net, item.thing_id;
           end case;
         end loop;
         delete from import_item i where i.network_id = net and i.import_id = wanted;
         update import_run r set state = 'undone', undone_at = now_is, rows = '[]', version = version + 1
           where r.network_id = net and r.id = wanted;
         return true;
       exception when foreign_key_violation then
         return false;
       end $$;
     revoke execute on function undo_import from public;
     grant execute on function undo_import to ${appRole};`,
  )
}
