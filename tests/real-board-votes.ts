import { sql } from 'kysely'
import { reference } from '#kernel/references.ts'
import { doingOf } from '#platform/doing.ts'
import { actorOf } from '#platform/http/corridor.tsx'
import { loadItem } from '#slices/meetings/index.ts'
import { loadMotion, openVote, proposeMotion, votePaths } from '#slices/votes/index.ts'
import type { TestHouse } from './house.ts'

/** A motion that nobody opened yet, and where there is a chair, a secret written vote that is open. */
export async function addMotions(
  house: TestHouse,
  slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  const account = async (keys: string[]) =>
    (
      await house.owner.query<{ account_id: string }>(
        `select p.account_id from person p join network n on n.id = p.network_id
         where n.slug = $1 and p.demo_key = any($2)`,
        [slug, keys],
      )
    ).rows[0]?.account_id
  const today = house.clock.today()
  const accountId = await account(['board-chair', 'other-co-ordinator'])
  return await house.database.enter(
    { slug, accountId, today },
    async (tx, entry): Promise<Record<string, Record<string, string>[]>> => {
      const doing = doingOf(house.house, tx, entry!, actorOf(entry!))
      const place = await tx
        .selectFrom('agenda_item as i')
        .innerJoin('meeting as m', join =>
          join.onRef('m.network_id', '=', 'i.network_id').onRef('m.id', '=', 'i.meeting_id'),
        )
        .innerJoin('network_group as g', join =>
          join.onRef('g.network_id', '=', 'm.network_id').onRef('g.id', '=', 'm.group_id'),
        )
        .select(['m.number', 'i.id'])
        .where('i.state', '=', 'on-agenda')
        .where('m.state', '!=', 'cancelled')
        .orderBy(sql`g.kind = 'board' desc`)
        .orderBy('m.starts_at', 'desc')
        .orderBy('i.id')
        .executeTakeFirst()
      if (!place) return {}
      const item = await loadItem(
        doing,
        { meeting: reference('M', place.number), item: place.id },
        { forChange: false },
      )
      const made: string[] = []
      for (const open of entry!.person?.memberships.length ? [false, true] : [false]) {
        const proposed = await proposeMotion(doing, item!, {
          text: 'The board asks each Trust to send letters in large print.',
          kind: 'for-against',
          options: [],
          manner: 'written',
          isSecret: open,
          majority: 'simple',
          countedOf: 'votes',
          castingVote: false,
        })
        if (!proposed.accepted) throw new Error(proposed.sentence)
        const { number } = proposed.state
        made.push(reference('V', number))
        if (!open) continue
        const motion = (await loadMotion(doing, number, 'item'))!
        const opened = await openVote(doing, motion, doing.now.add({ hours: 24 * 5 }))
        if (!opened.accepted) throw new Error(opened.sentence)
      }
      return {
        [votePaths.one(':network', ':motion')]: made.map(motion => ({ motion })),
        '/:network/meetings/:meeting/items/:item/propose-motion': [
          { meeting: reference('M', place.number), item: String(place.id) },
        ],
      }
    },
  )
}
