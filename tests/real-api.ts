import type { TestHouse } from './house.ts'

/** A token and an address that is told, of each network's team. */
export async function realApi(
  house: TestHouse,
  slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  const who = await house.owner.query<{ network_id: number; id: number }>(
    `select p.network_id, p.id from person p join network n on n.id = p.network_id
     where n.slug = $1 and p.demo_key in ('co-ordinator', 'other-co-ordinator')`,
    [slug],
  )
  const { network_id, id } = who.rows[0]!
  const token = await house.owner.query<{ id: number }>(
    `insert into api_token (network_id, person_id, name, token_hash, scopes, made_at, ends_on)
     values ($1, $2, 'The website', 'no-token-has-this-hash', array['actions:read'], now(), '2199-01-01') returning id`,
    [network_id, id],
  )
  const webhook = await house.owner.query<{ id: number }>(
    `insert into webhook (network_id, url, events, secret, made_by_person_id, made_at)
     values ($1, 'https://hooks.example.org/loop', array['contribution closed'], '', $2, now()) returning id`,
    [network_id, id],
  )
  return {
    '/:network/account/tokens/:token': [{ token: String(token.rows[0]!.id) }],
    '/:network/team/webhooks/:webhook': [{ webhook: String(webhook.rows[0]!.id) }],
  }
}
