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
  return { '/:network/team/came-back/:person': rows }
}
