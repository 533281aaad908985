import pg from 'pg'

export const networksSeeded = 50
const peopleANetwork = 40

/** The people who sign in to be measured, in each network. */
export const accountOf = (network: number, who: 'volunteer' | 'co-ordinator') => `bench-${network}-${who}`

/** Networks, people and groups: once. */
export async function seedNetworks(ownerUrl: string): Promise<void> {
  await withOwner(ownerUrl, async client => {
    // The limits count as ever, but never reach their end: the load comes from few people.
    await client.query(`
      create function never_too_many() returns trigger language plpgsql as $$ begin new.uses := 0; return new; end $$;
      create trigger never_too_many before insert or update on rate_window for each row execute function never_too_many()`)
    await client.query(
      `
      insert into network (slug, name, short_name, facts)
      select 'bench-' || n, 'Imaging Network ' || n, 'IN' || n, '{"phone":"0121 496 0000"}' from generate_series(1, $1::int) n`,
      [networksSeeded],
    )
    await client.query(`
      insert into network_group (network_id, slug, name, short_name, kind)
      select n.id, g.slug, g.name, g.name, g.kind from network n,
        (values ('board', 'Operational Board', 'board'), ('paediatric', 'Paediatric SIG', 'sig'), ('mri', 'MRI SIG', 'sig')) g (slug, name, kind)`)
    await client.query(`
      insert into trust (network_id, slug, name, short_name) select n.id, 'trust-' || t, 'Trust ' || t, 'Trust ' || t
      from network n, generate_series(1, 15) t`)
    await client.query(`
      insert into site (network_id, trust_id, slug, name) select t.network_id, t.id, 'site-' || t.id, 'Hospital ' || t.id from trust t`)
    await client.query(`
      insert into priority (network_id, slug, title) select n.id, 'priority-' || p, 'Priority ' || p from network n, generate_series(1, 5) p`)
    await client.query(
      `
      insert into account (id, name, email, email_verified)
      select 'bench-' || n || '-' || w, 'Bench ' || w, 'bench-' || n || '-' || w || '@example.org', true
      from generate_series(1, $1::int) n, (values ('volunteer'), ('co-ordinator')) w (w)`,
      [networksSeeded],
    )
    await client.query(
      `
      insert into person (network_id, account_id, name, known_as, email, channel, created_at)
      select n.id, case p when 1 then n.slug || '-volunteer' when 2 then n.slug || '-co-ordinator' end,
        'Person ' || p, 'Person', n.slug || '-' || p || '@example.org', 'email', now()
      from network n, generate_series(1, $1::int) p`,
      [peopleANetwork],
    )
    await client.query(`
      insert into membership (network_id, person_id, group_id, role, voting, lay, from_on)
      select p.network_id, p.id, g.id, 'volunteer', true, true, '2020-01-01'
      from person p join network_group g on g.network_id = p.network_id and g.slug = 'board'
      where p.account_id is null or p.account_id like '%volunteer'`)
    await client.query(`
      insert into post_holding (network_id, person_id, post, from_on)
      select network_id, id, 'co-ordinator', '2020-01-01' from person where account_id like '%co-ordinator'`)
  })
}

const topics = [
  'parking near the scanner',
  'the letter about my appointment',
  'noise in the MRI room',
  'a hearing loop at the desk',
  'waiting for the results',
  'contrast and kidneys',
  'children who are afraid',
  'an interpreter for sign language',
  'the app that shows pictures',
  'gowns that open at the back',
  'the second scan on another day',
  'a quiet room to wait in',
  'signs on the way to x-ray',
  'weekend appointments',
  'ultrasound in the health centre',
  'questions that nobody answered',
]

/** Fills up to `total` contributions over all networks. GIN indexes are made again afterwards: that is much faster. */
export async function seedContributions(ownerUrl: string, total: number): Promise<void> {
  await withOwner(ownerUrl, async client => {
    const there = Number((await client.query('select count(*) as n from contribution')).rows[0].n)
    const each = Math.floor(total / networksSeeded)
    const before = Math.floor(there / networksSeeded)
    const gin = (
      await client.query<{ indexname: string; indexdef: string }>(
        `select indexname, indexdef from pg_indexes where tablename in ('contribution', 'publication') and indexdef like '%USING gin%'`,
      )
    ).rows
    for (const index of gin) await client.query(`drop index ${index.indexname}`)
    await client.query(
      `insert into contribution (network_id, number, kind, title, words, shown_words, how, received_at, group_id, priority_id, site_id, state,
         state_data, state_since, waits_for, due_on, receipt_code, published_at)
       select n.id, 1000 + i, (array['idea','experience','question'])[1 + i % 3],
         'About ' || ($3::text[])[1 + i % 16] || ' ' || i,
         said.words, said.words, 'web', now() - (i % 900) * interval '1 day', g.id, pr.id, s.id,
         (array['received','to-be-considered','closed','fed-back'])[1 + i % 4],
         (array['{"due":"2026-12-01"}', '{"groupId":1,"meetingId":null,"on":"2026-12-01","due":"2026-12-08"}', '{}',
                '{"feedbackId":1,"remindOn":"2026-12-01","endsOn":"2026-12-20"}'])[1 + i % 4]::jsonb,
         now() - (i % 900) * interval '1 day', (array['team','group','nobody','contributor'])[1 + i % 4],
         case when i % 4 < 2 then current_date + (i % 20) end, 'code-' || n.id || '-' || i,
         case when i % 10 = 2 then now() end
       from network n
       cross join generate_series($1::int + 1, $2::int) i
       cross join lateral (
         select 'I would like to tell you about ' || ($3::text[])[1 + i % 16] || ' and also ' || ($3::text[])[1 + (i * 7 + 3) % 16]
           || '. It happened on visit ' || (i * 37 % 9973) || ' and I think that it could be better for everyone who comes after me.'
           as words) said
       join lateral (select id from network_group g where g.network_id = n.id order by id offset i % 3 limit 1) g on true
       join lateral (select id from priority p where p.network_id = n.id order by id offset i % 5 limit 1) pr on true
       join lateral (select id from site s where s.network_id = n.id order by id offset i % 15 limit 1) s on true`,
      [before, each, topics],
    )
    await client.query(
      `insert into contributor (network_id, contribution_id, person_id, is_first, naming, joined_at)
       select c.network_id, c.id, b.id, true, 'first-name', c.received_at
       from contribution c
       join (select network_id, id, row_number() over (partition by network_id order by id) - 1 as place from person) b
         on b.network_id = c.network_id and b.place = c.number % $3::int
       where c.number > 1000 + $1::int and c.number <= 1000 + $2::int`,
      [before, each, peopleANetwork],
    )
    await client.query(
      `insert into history (network_id, thing_kind, thing_id, event, by_person_id, by_words, at, details)
       select c.network_id, 'contribution', c.id, e.event, null, 'Closing the Loop', c.received_at + e.n * interval '1 day', '{}'
       from contribution c, (values (0, 'received'), (1, 'acknowledged')) e (n, event)
       where c.number > 1000 + $1::int and c.number <= 1000 + $2::int`,
      [before, each],
    )
    await client.query(
      `insert into publication (network_id, contribution_id, number, version, title, you_said, we_did, outcome, text_hash, state,
         group_id, priority_id, proposed_by_person_id, proposed_at, published_at, published_on, published_by_person_id)
       select c.network_id, c.id, c.number, 1, c.title, c.shown_words, 'We changed it and told everyone who works there.', 'agreed',
         'hash', 'published', c.group_id, c.priority_id, b.id, c.received_at, c.received_at, c.received_at::date, b.id
       from contribution c join (select network_id, min(id) as id from person group by network_id) b on b.network_id = c.network_id
       where c.published_at is not null and c.number > 1000 + $1::int and c.number <= 1000 + $2::int`,
      [before, each],
    )
    for (const index of gin) await client.query(index.indexdef)
    await client.query('vacuum analyze')
  })
}

async function withOwner(ownerUrl: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(`set maintenance_work_mem = '256MB'`)
    await work(client)
  } finally {
    await client.end()
  }
}
