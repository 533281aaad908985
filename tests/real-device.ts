import type { TestHouse } from './house.ts'

/** What a device keeps, and push messages: a device of each network's team. */
export async function realDevice(
  house: TestHouse,
  slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  const made = await house.owner.query<{ id: number }>(
    `insert into push_device (network_id, person_id, name, reach, reach_hash, device_hash, ends, added_at)
     select p.network_id, p.id, 'Chrome on Android', 'shut', 'no device has this hash', 'no browser has this hash', true, now()
     from person p join network n on n.id = p.network_id
     where n.slug = $1 and p.demo_key in ('co-ordinator', 'other-co-ordinator')
     on conflict (network_id, reach_hash) do update set name = excluded.name returning id`,
    [slug],
  )
  const device = { device: String(made.rows[0]!.id) }
  return {
    '/:network/account/notifications/:device/remove': [device],
    '/:network/account/notifications/:device/test': [device],
  }
}
