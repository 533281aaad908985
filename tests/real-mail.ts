import type { TestHouse } from './house.ts'

/** E-mail both ways. */
export async function realMail(
  house: TestHouse,
  slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  const { rows } = await house.owner.query<{ person: string }>(
    `insert into address_trouble (network_id, person_id, channel, mark, since, words, due_on)
     select p.network_id, p.id, 'email', address_mark(p.email), now(), 'The mailbox is full.', current_date
     from person p join network n on n.id = p.network_id
     where n.slug = $1 and p.left_on is null and p.email is not null and p.demo_key is not null
       and p.demo_key not like '%co-ordinator%' order by p.id desc limit 1
     on conflict (network_id, person_id, channel) do update set mark = excluded.mark
     returning person_id::text as person`,
    [slug],
  )
  const token = `real-${slug}`
  const asked = await house.owner.query<{ token: string }>(
    `with m as (insert into application_mail (network_id, message_key, content_hash, from_address, from_name, subject, words,
         verified, state, received_at)
       select n.id, $2, $2, 'vera@example.org', 'Vera', 'Letters', 'Yes', false, 'passed-on', now()
       from network n where n.slug = $1 on conflict (network_id, message_key) do update set subject = excluded.subject
       returning network_id, id)
     insert into mail_reply (network_id, mail_id, person_id, what, answer, words, sentence, state, token_hash, came_at)
     select m.network_id, m.id, (select min(p.id) from person p where p.network_id = m.network_id and p.left_on is null),
       'contribution', 'words', 'Yes', 'You tell us something new.', 'asked', encode(sha256($2::bytea), 'hex'), now() from m
     on conflict do nothing returning $2::text as token`,
    [slug, token],
  )
  return {
    '/:network/team/came-back/:person': rows,
    '/:network/by-e-mail/:token': asked.rows.length > 0 ? asked.rows : [{ token }],
  }
}
