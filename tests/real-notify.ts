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
  return {
    '/:network/team/texts/:text/seen-to': rows,
    '/:network/team/letters/day/:day/letters.pdf': [{ day: house.clock.today().toString() }],
  }
}
