import type { TestHouse } from './house.ts'

/** GOV.UK Notify, text messages and letters. */
export async function realNotify(
  house: TestHouse,
  slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  const { rows } = await house.owner.query<{ text: string }>(
    `insert into text_in (network_id, notify_id, received_at, what, number, words)
     select id, 'real-thing', now(), 'apart', '447700900999', 'Is this the hospital?' from network where slug = $1
     on conflict (network_id, notify_id) do update set what = excluded.what returning id::text as text`,
    [slug],
  )
  const today = house.clock.today()
  // A network whose people all read e-mail has no letters by itself.
  await house.owner.query(
    `insert into message (network_id, key, person_id, address, channel, kind, subject, body, about_kind, about_id,
       state, due_on, next_try_at, created_at)
     select p.network_id, 'real-letter', p.id, '3 Example Road', 'post', 'receipt', 'A letter', 'Dear reader', 'test', '',
       'by-hand', $2::date, now(), now()
     from person p join network n on n.id = p.network_id
     where n.slug = $1 and p.demo_key in ('co-ordinator', 'other-co-ordinator')
     on conflict do nothing`,
    [slug, today.toString()],
  )
  return {
    '/:network/team/texts/:text/seen-to': rows,
    '/:network/team/letters/day/:day/letters.pdf': [{ day: today.toString() }],
  }
}
