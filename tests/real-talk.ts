import { doingOf } from '#platform/doing.ts'
import { actorOf } from '#platform/http/corridor.tsx'
import { beginThread } from '#slices/messages/index.ts'
import type { TestHouse } from './house.ts'

/** Messages, buddies, the volunteers’ own space and Trust contacts. */
export async function realTalk(
  house: TestHouse,
  slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  const people = (
    await house.owner.query<{ id: number; account_id: string | null }>(
      `select p.id, p.account_id from person p join network n on n.id = p.network_id
       join membership m on m.network_id = p.network_id and m.person_id = p.id and m.role = 'volunteer' and m.to_on is null
       where n.slug = $1 and p.account_id is not null and p.left_on is null
         and not exists (select from post_holding h where h.network_id = p.network_id and h.person_id = p.id)
       group by p.id, p.account_id, p.demo_key order by p.demo_key nulls last, p.id limit 2`,
      [slug],
    )
  ).rows
  const [first] = people
  if (!first?.account_id) return {}
  return await house.database.enter(
    { slug, accountId: first.account_id, today: house.clock.today() },
    async (tx, entry): Promise<Record<string, Record<string, string>[]>> => {
      const doing = doingOf(house.house, tx, entry!, actorOf(entry!))
      const thread = await beginThread(doing, {
        to: { kind: 'team' },
        personId: first.id,
        subject: 'A question about the day',
        words: 'When does it end?',
      })
      if (!thread.accepted) throw new Error(thread.sentence)
      return {
        '/:network/messages/to/:person': [{ person: String(first.id) }],
        '/:network/messages/:thread': [{ thread: String(thread.id) }],
      }
    },
  )
}
