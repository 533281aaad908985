import { doingOf } from '#platform/doing.ts'
import { actorOf } from '#platform/http/corridor.tsx'
import { chooseStep } from '#slices/week/bulk.ts'
import type { TestHouse } from './house.ts'

/** The team’s week, settings and new networks. */
export async function realNetwork(
  house: TestHouse,
  slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  const coordinator = await house.owner.query<{ account_id: string }>(
    `select p.account_id from person p join network n on n.id = p.network_id
     where n.slug = $1 and p.demo_key in ('co-ordinator', 'other-co-ordinator')`,
    [slug],
  )
  const accountId = coordinator.rows[0]!.account_id
  return await house.database.enter({ slug, accountId, today: house.clock.today() }, async (tx, entry) => {
    const doing = doingOf(house.house, tx, entry!, actorOf(entry!))
    const step = await chooseStep(doing, 'try-messages-again', { ids: [] })
    const settings = '/:network/team/settings'
    const site = await tx
      .selectFrom('site as s')
      .innerJoin('trust as t', join =>
        join.onRef('t.network_id', '=', 's.network_id').onRef('t.id', '=', 's.trust_id'),
      )
      .select(['s.slug as site', 't.slug as trust'])
      .orderBy('s.id')
      .executeTakeFirst()
    const group = await tx.selectFrom('network_group').select('slug').orderBy('id').executeTakeFirstOrThrow()
    return {
      '/:network/team/week/steps': [{ step: String(step) }],
      [`${settings}/trusts`]: site ? [{ trust: site.trust, site: site.site }] : [],
      [`${settings}/groups`]: [{ group: group.slug }],
      [`${settings}/choices`]: [{ setting: 'expenses' }],
      [`${settings}/texts`]: [{ text: 'help' }],
      '/:network/new-network/made': [{ made: slug }],
    }
  })
}
