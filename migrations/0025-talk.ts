import { sql } from 'kysely'
import { appRole, networkTable, type Owner, run } from './migration.ts'

/** Messages, buddies, the volunteers’ own space and Trust contacts. */
export async function up(db: Owner): Promise<void> {
  await buddies(db)
  await messages(db)
  await ownSpace(db)
  await trustContacts(db)
}

const person = (column: string) => `foreign key (network_id, ${column}) references person (network_id, id)`
const me = `nullif(current_setting('app.person', true), '')::integer`

async function buddies(db: Owner): Promise<void> {
  await networkTable(
    db,
    'buddy_wish',
    `id integer generated always as identity,
     person_id integer not null,
     words text not null default '',
     how text not null default 'web' check (how in ('web', 'phone', 'post', 'in-person')),
     recorded_by_person_id integer,
     at timestamptz not null,
     due_on date not null,
     ended_at timestamptz,
     primary key (network_id, id),
     ${person('person_id')}, ${person('recorded_by_person_id')}`,
  )
  await networkTable(
    db,
    'buddy_pair',
    `id integer generated always as identity,
     one_person_id integer not null,
     other_person_id integer not null,
     state text not null check (state in ('offered', 'together', 'declined', 'ended')),
     one_accepted_on date,
     other_accepted_on date,
     -- Each says for themselves whether the other may have their phone number.
     one_shows_phone boolean not null default false,
     other_shows_phone boolean not null default false,
     offered_by_person_id integer not null,
     offered_on date not null,
     since_on date,
     ended_on date,
     version integer not null default 1,
     primary key (network_id, id),
     check (one_person_id <> other_person_id),
     ${person('one_person_id')}, ${person('other_person_id')}, ${person('offered_by_person_id')}`,
  )
  await run(
    db,
    `create index buddy_wish_open on buddy_wish (network_id, due_on, id) where ended_at is null;
     create unique index buddy_wish_once on buddy_wish (network_id, person_id) where ended_at is null;
     create index buddy_pair_one on buddy_pair (network_id, one_person_id, id);
     create index buddy_pair_other on buddy_pair (network_id, other_person_id, id);
     create unique index buddy_pair_once on buddy_pair
       (network_id, least(one_person_id, other_person_id), greatest(one_person_id, other_person_id))
       where state in ('offered', 'together');`,
  )
}

async function messages(db: Owner): Promise<void> {
  // Of a thread between two buddies both names stand in each row, and nobody else finds it.
  const betweenTwo = `one_person_id integer,
     other_person_id integer,
     check ((one_person_id is null) = (other_person_id is null)),`
  await networkTable(
    db,
    'message_thread',
    `id integer generated always as identity,
     kind text not null check (kind in ('team', 'chair', 'buddy')),
     person_id integer not null,
     group_id integer,
     pair_id integer,
     ${betweenTwo}
     subject text not null,
     turn text not null check (turn in ('person', 'us', 'nobody')),
     due_on date,
     begun_at timestamptz not null,
     last_at timestamptz not null,
     version integer not null default 1,
     primary key (network_id, id),
     check ((kind = 'chair') = (group_id is not null)),
     check ((kind = 'buddy') = (pair_id is not null and one_person_id is not null)),
     ${person('person_id')}, ${person('one_person_id')}, ${person('other_person_id')},
     foreign key (network_id, group_id) references network_group (network_id, id),
     foreign key (network_id, pair_id) references buddy_pair (network_id, id)`,
  )
  await networkTable(
    db,
    'message_written',
    `id integer generated always as identity,
     thread_id integer not null,
     ${betweenTwo}
     by_person_id integer not null,
     side text not null check (side in ('person', 'us')),
     words text not null,
     how text not null default 'web' check (how in ('web', 'phone', 'post', 'in-person')),
     recorded_by_person_id integer,
     at timestamptz not null,
     primary key (network_id, id),
     ${person('by_person_id')}, ${person('recorded_by_person_id')},
     ${person('one_person_id')}, ${person('other_person_id')},
     foreign key (network_id, thread_id) references message_thread (network_id, id) on delete cascade`,
  )
  for (const table of ['message_thread', 'message_written']) {
    await run(
      db,
      `create policy of_these_two on ${table} as restrictive
         using (one_person_id is null or one_person_id = ${me} or other_person_id = ${me})
         with check (one_person_id is null or one_person_id = ${me} or other_person_id = ${me});`,
    )
  }
  await run(
    db,
    `create index message_thread_person on message_thread (network_id, person_id, last_at desc, id desc);
     create index message_thread_kind on message_thread (network_id, kind, last_at desc, id desc);
     create index message_thread_group on message_thread (network_id, group_id, last_at desc, id desc)
       where group_id is not null;
     create index message_thread_due on message_thread (network_id, due_on) where turn = 'us';
     create unique index message_thread_pair on message_thread (network_id, pair_id) where pair_id is not null;
     create index message_written_thread on message_written (network_id, thread_id, id);
     create index message_written_by on message_written (network_id, by_person_id);`,
  )
}

async function ownSpace(db: Owner): Promise<void> {
  // Its name, its house rules and who moderates are no secret; what is said in it is.
  await networkTable(
    db,
    'own_space',
    `id integer generated always as identity,
     group_id integer,
     name text not null,
     rules text not null,
     opened_by_person_id integer not null,
     opened_at timestamptz not null,
     moderator_person_id integer,
     moderator_since date,
     version integer not null default 1,
     primary key (network_id, id),
     foreign key (network_id, group_id) references network_group (network_id, id),
     ${person('opened_by_person_id')}, ${person('moderator_person_id')}`,
    'select, insert, update',
  )
  const ofSpace = 'foreign key (network_id, space_id) references own_space (network_id, id)'
  const restricted: readonly (readonly [string, string])[] = [
    [
      'own_space_topic',
      `title text not null,
       by_person_id integer,
       at timestamptz not null,
       last_at timestamptz not null,
       ${person('by_person_id')},`,
    ],
    [
      'own_space_post',
      `topic_id integer not null,
       by_person_id integer,
       -- Somebody without a computer; whoever writes says whose words they are.
       for_person_id integer,
       words text not null,
       at timestamptz not null,
       hidden_at timestamptz,
       hidden_because text not null default '',
       ${person('by_person_id')}, ${person('for_person_id')},
       foreign key (network_id, topic_id) references own_space_topic (network_id, id) on delete cascade,`,
    ],
    [
      'own_space_report',
      `post_id integer not null,
       by_person_id integer not null,
       because text not null,
       at timestamptz not null,
       due_on date not null,
       decided_at timestamptz,
       decision text check (decision in ('stays', 'hidden')),
       answer text not null default '',
       ${person('by_person_id')},
       foreign key (network_id, post_id) references own_space_post (network_id, id) on delete cascade,`,
    ],
    [
      'own_space_election',
      `opened_by_person_id integer not null,
       opened_on date not null,
       stand_until date not null,
       vote_until date not null,
       counted_on date,
       -- Names and numbers, when it is counted. Who voted how is forgotten then.
       result jsonb,
       elected_person_id integer,
       ${person('opened_by_person_id')}, ${person('elected_person_id')},`,
    ],
    [
      'own_space_candidate',
      `election_id integer not null,
       person_id integer not null,
       words text not null default '',
       at timestamptz not null,
       ${person('person_id')},
       unique (network_id, election_id, person_id),
       foreign key (network_id, election_id) references own_space_election (network_id, id) on delete cascade,`,
    ],
    [
      'own_space_vote',
      `election_id integer not null,
       person_id integer not null,
       candidates jsonb not null,
       ${person('person_id')},
       unique (network_id, election_id, person_id),
       foreign key (network_id, election_id) references own_space_election (network_id, id) on delete cascade,`,
    ],
    [
      'own_space_bringing',
      `words text not null,
       kind text not null check (kind in ('idea', 'experience', 'question')),
       by_person_id integer,
       at timestamptz not null,
       sent_at timestamptz,
       dropped_at timestamptz,
       contribution_number integer,
       version integer not null default 1,
       ${person('by_person_id')},`,
    ],
    [
      'own_space_signing',
      `bringing_id integer not null,
       person_id integer not null,
       naming text not null check (naming in ('named', 'first-name', 'anonymous')),
       -- Which words they put their name to: a change asks them again.
       words_version integer not null,
       at timestamptz not null,
       ${person('person_id')},
       unique (network_id, bringing_id, person_id),
       foreign key (network_id, bringing_id) references own_space_bringing (network_id, id) on delete cascade,`,
    ],
  ]
  // Volunteers and nobody else. A post, a chair or a Trust's desk shuts the door, also to somebody who is a volunteer
  // as well. Without a person and a day, as for the clock and the operators' pages, nobody is let in.
  await run(
    db,
    `create function in_own_space(network integer, space integer) returns boolean
       language sql stable set search_path = public as $$
         select exists (
             select from own_space s join membership m on m.network_id = s.network_id
               and (s.group_id is null or m.group_id = s.group_id)
             where s.network_id = network and s.id = space and m.role = 'volunteer'
               and m.person_id = nullif(current_setting('app.person', true), '')::integer
               and m.from_on <= nullif(current_setting('app.today', true), '')::date
               and (m.to_on is null or m.to_on >= nullif(current_setting('app.today', true), '')::date))
           and not exists (
             select from post_holding h where h.network_id = network
               and h.person_id = nullif(current_setting('app.person', true), '')::integer
               and h.from_on <= nullif(current_setting('app.today', true), '')::date
               and (h.to_on is null or h.to_on >= nullif(current_setting('app.today', true), '')::date))
           and not exists (
             select from trust_contact t where t.network_id = network
               and t.person_id = nullif(current_setting('app.person', true), '')::integer
               and t.from_on <= nullif(current_setting('app.today', true), '')::date
               and (t.to_on is null or t.to_on >= nullif(current_setting('app.today', true), '')::date))
           and not exists (
             select from membership m where m.network_id = network and m.role <> 'volunteer'
               and m.person_id = nullif(current_setting('app.person', true), '')::integer
               and m.from_on <= nullif(current_setting('app.today', true), '')::date
               and (m.to_on is null or m.to_on >= nullif(current_setting('app.today', true), '')::date))
       $$;`,
  )
  for (const [name, columns] of restricted) {
    await networkTable(
      db,
      name,
      `id integer generated always as identity,
       space_id integer not null,
       ${columns}
       primary key (network_id, id),
       ${ofSpace}`,
    )
    await run(
      db,
      `create policy of_volunteers_alone on ${name} as restrictive
         using (in_own_space(network_id, space_id)) with check (in_own_space(network_id, space_id));`,
    )
  }
  await run(
    db,
    `create unique index own_space_one on own_space (network_id, coalesce(group_id, 0));
     create index own_space_moderator on own_space (network_id, moderator_person_id);
     create index own_space_topic_last on own_space_topic (network_id, space_id, last_at desc, id desc);
     create index own_space_post_topic on own_space_post (network_id, topic_id, id);
     create index own_space_post_by on own_space_post (network_id, by_person_id);
     create index own_space_report_open on own_space_report (network_id, space_id, due_on) where decided_at is null;
     create unique index own_space_report_once on own_space_report (network_id, post_id, by_person_id)
       where decided_at is null;
     create unique index own_space_election_open on own_space_election (network_id, space_id) where counted_on is null;
     create index own_space_bringing_of on own_space_bringing (network_id, space_id, id desc);
     create index own_space_signing_by on own_space_signing (network_id, person_id);`,
  )
  await ownDoors(db)
  await dayOfTheVisit(db)
}

/**
 * Three doors past the rule above, none of which shows a word of somebody else: one’s own words, also when one is no
 * volunteer any more; taking one’s own words away on leaving; and the end of what is old, which answers a number.
 */
async function ownDoors(db: Owner): Promise<void> {
  const here = `nullif(current_setting('app.network', true), '')::integer`
  await run(
    db,
    `create function own_space_mine() returns table (words text, at timestamptz)
       language sql stable security definer set search_path = public as $$
         select p.words, p.at from own_space_post p
         where p.network_id = ${here} and p.by_person_id = ${me} order by p.id
       $$;
     create function own_space_forget(person integer) returns void
       language sql volatile security definer set search_path = public as $$
         delete from own_space_signing where network_id = ${here} and person_id = person;
         delete from own_space_vote where network_id = ${here} and person_id = person;
         delete from own_space_candidate where network_id = ${here} and person_id = person;
         delete from own_space_report where network_id = ${here} and by_person_id = person;
         delete from own_space_post where network_id = ${here} and (by_person_id = person or for_person_id = person);
         update own_space_topic set by_person_id = null where network_id = ${here} and by_person_id = person;
         update own_space_bringing set by_person_id = null where network_id = ${here} and by_person_id = person;
         update own_space set moderator_person_id = null, moderator_since = null
           where network_id = ${here} and moderator_person_id = person;
       $$;
     create function own_space_old(before timestamptz, take_away boolean) returns integer
       language plpgsql volatile security definer set search_path = public as $$
         declare n integer;
         begin
           select count(*) into n from own_space_topic where network_id = ${here} and last_at < before;
           if take_away then
             delete from own_space_topic where network_id = ${here} and last_at < before;
           end if;
           return n;
         end $$;
     revoke execute on function own_space_mine(), own_space_forget(integer), own_space_old(timestamptz, boolean) from public;
     grant execute on function own_space_mine(), own_space_forget(integer), own_space_old(timestamptz, boolean) to ${appRole};`,
  )
}

/** Whoever enters a network brings the day along, for rules that ask who holds a place today. */
async function dayOfTheVisit(db: Owner): Promise<void> {
  const asked = await sql<{ source: string }>`
    select pg_get_functiondef('enter_network(text, text, date)'::regprocedure) as source`.execute(db)
  const before = `perform set_config('app.network', n.id::text, true),`
  const source = asked.rows[0]!.source
  if (!source.includes(before)) throw new Error('enter_network no longer begins as this migration knows it')
  await run(db, source.replace(before, `${before} set_config('app.today', coalesce(today::text, ''), true),`))
}

async function trustContacts(db: Owner): Promise<void> {
  await networkTable(
    db,
    'trust_thanks',
    `id integer generated always as identity,
     trust_id integer not null,
     person_id integer not null,
     by_person_id integer not null,
     words text not null,
     at timestamptz not null,
     primary key (network_id, id),
     foreign key (network_id, trust_id) references trust (network_id, id),
     ${person('person_id')}, ${person('by_person_id')}`,
  )
  await run(
    db,
    `create index trust_thanks_person on trust_thanks (network_id, person_id, id desc);
     create index trust_thanks_trust on trust_thanks (network_id, trust_id, id desc);
     create index site_trust on site (network_id, trust_id);`,
  )
}
