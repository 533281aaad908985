import { type Owner, run } from './migration.ts'

/** What the votes need beyond 0010: leaving the roll, standing instead of another vote, and a result that stands for ever. */
export async function up(db: Owner): Promise<void> {
  await run(
    db,
    `alter table voter add column off_because text check (off_because in ('conflict', 'left'));
     alter table motion add column supersedes_id integer;
     alter table motion add column search tsvector generated always as (to_tsvector('english', text)) stored;
     create index motion_search on motion using gin (search);
     alter table dissent add column recorded_by_person_id integer;

     -- What was voted on cannot change while people vote, and what came of it cannot change afterwards (BOARD-13, BOARD-15).
     create function motion_holds() returns trigger language plpgsql set search_path = public as $$
       begin
         if old.state = 'draft' then return new; end if;
         if (new.text, new.kind, new.options, new.manner, new.is_secret, new.majority, new.counted_of, new.casting_vote,
             new.item_id, new.meeting_id, new.number)
            is distinct from
            (old.text, old.kind, old.options, old.manner, old.is_secret, old.majority, old.counted_of, old.casting_vote,
             old.item_id, old.meeting_id, old.number) then
           raise exception 'a motion that was opened keeps its words' using errcode = 'insufficient_privilege';
         end if;
         if old.state = 'withdrawn' or (old.state = 'closed' and not (old.result ->> 'outcome' = 'waits-for-chair')) then
           if (new.state, new.result, new.because, new.opened_at, new.closes_at, new.closed_at, new.seal)
              is distinct from
              (old.state, old.result, old.because, old.opened_at, old.closes_at, old.closed_at, old.seal) then
             raise exception 'a vote that is over stays as it is' using errcode = 'insufficient_privilege';
           end if;
         elsif old.state = 'closed' and (new.state <> 'closed' or new.result - 'outcome' - 'chosen' - 'casting'
             is distinct from old.result - 'outcome' - 'chosen' - 'casting') then
           raise exception 'the chair''s vote changes no ballot' using errcode = 'insufficient_privilege';
         end if;
         return new;
       end $$;
     create trigger motion_holds before update on motion for each row execute function motion_holds();

     -- A ballot goes in while its vote is open, and afterwards nothing about it changes.
     create function ballot_while_open() returns trigger language plpgsql set search_path = public as $$
       declare
         its record;
       begin
         select state, is_secret into its from motion m
           where m.network_id = coalesce(new.network_id, old.network_id) and m.id = coalesce(new.motion_id, old.motion_id);
         if its.state = 'open' or (tg_op = 'DELETE' and its.is_secret and its.state = 'withdrawn') then
           return coalesce(new, old);
         end if;
         raise exception 'this vote is not open' using errcode = 'insufficient_privilege';
       end $$;
     create trigger ballot_while_open before insert or update or delete on ballot
       for each row execute function ballot_while_open();`,
  )
}
