import { reference } from '#kernel/references.ts'
import { type Doing, doingOf } from '#platform/doing.ts'
import { actorOf } from '#platform/http/corridor.tsx'
import { offerBuddies } from '#slices/buddies/index.ts'
import { beginThread } from '#slices/messages/index.ts'
import { beginBringing, beginTopic, loadSpace, openElection, openSpace } from '#slices/own-space/index.ts'
import { sayTrust } from '#slices/trust-contacts/index.ts'
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
         and not exists (select from membership o where o.network_id = p.network_id and o.person_id = p.id
           and o.role <> 'volunteer')
       group by p.id, p.account_id, p.demo_key order by p.demo_key nulls last, p.id limit 2`,
      [slug],
    )
  ).rows
  const [first, second] = people
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
      const pair = second && (await offerBuddies(doing, { one: first.id, other: second.id }))
      const pairs = pair?.accepted ? [{ pair: String(pair.id) }] : []
      const about = await aTrust(house, slug)
      if (about) await sayTrust(doing, { personId: first.id, trustId: about.id, mayKnow: true })
      const trust = about ? { trust: about.slug } : undefined
      return {
        '/:network/trusts/:trust/volunteers/:person': trust ? [{ ...trust, person: String(first.id) }] : [],
        '/:network/trusts/:trust/actions/:reference':
          trust && about?.action ? [{ ...trust, reference: reference('A', about.action) }] : [],
        '/:network/trusts/:trust': trust ? [trust] : [],
        ...(await spaceOf(doing)),
        '/:network/buddies/:pair': pairs,
        '/:network/team/buddies/:pair': pairs,
        '/:network/messages/to/:person': [{ person: String(first.id) }],
        '/:network/messages/:thread': [{ thread: String(thread.id) }],
      }
    },
  )
}

/** A space with a topic, something reported, an election and something to bring out; all of it told as one volunteer. */
async function spaceOf(doing: Doing): Promise<Record<string, Record<string, string>[]>> {
  const opened = await openSpace(doing, null)
  const space = opened.accepted ? await loadSpace(doing.tx, opened.id) : undefined
  if (!space) throw new Error('the volunteers have no space of their own')
  const topic = await beginTopic(doing, space, { title: 'Buses', words: 'Which bus goes there?' })
  const bringing = await beginBringing(doing, space, {
    words: 'Meetings should end by four.',
    kind: 'idea',
    naming: 'named',
  })
  if (!topic.accepted || !bringing.accepted) throw new Error('the volunteers could not say a word')
  const { id: post } = await doing.tx
    .selectFrom('own_space_post')
    .select('id')
    .where('topic_id', '=', topic.id)
    .executeTakeFirstOrThrow()
  await openElection(doing, space)
  const report = await doing.tx.selectFrom('own_space_report').select('id').limit(1).executeTakeFirst()
  const here = { space: String(space.spaceId) }
  return {
    '/:network/own-space/:space/topics/new': [here],
    '/:network/own-space/:space/topics/:topic': [{ ...here, topic: String(topic.id) }],
    '/:network/own-space/:space/posts/:post': [{ ...here, post: String(post) }],
    '/:network/own-space/:space/reports/:report': report ? [{ ...here, report: String(report.id) }] : [],
    '/:network/own-space/:space/bring/:bringing': [{ ...here, bringing: String(bringing.id) }],
    '/:network/own-space/:space': [here],
  }
}

/** The Trust that has a contact, with one of its actions, or the first there is. */
async function aTrust(house: TestHouse, slug: string) {
  const found = await house.owner.query<{ id: number; slug: string; action: number | null }>(
    `select t.id, t.slug, (select a.number from action a where a.network_id = t.network_id and (
         exists (select from trust_contact k where k.network_id = a.network_id and k.trust_id = t.id
           and k.person_id = a.owner_person_id)
         or exists (select from contribution c join site s on s.network_id = c.network_id and s.id = c.site_id
           where c.network_id = a.network_id and c.id = a.contribution_id and s.trust_id = t.id))
       order by a.id limit 1) as action
     from trust t join network n on n.id = t.network_id
     where n.slug = $1
     order by exists (select from trust_contact k where k.network_id = t.network_id and k.trust_id = t.id) desc, t.id
     limit 1`,
    [slug],
  )
  return found.rows[0]
}
