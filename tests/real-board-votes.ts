import { sql } from 'kysely'
import { reference } from '#kernel/references.ts'
import type { Instant, Tx } from '#platform/database/tables.ts'
import { doingOf } from '#platform/doing.ts'
import { actorOf } from '#platform/http/corridor.tsx'
import { declareInterest } from '#slices/interests/index.ts'
import { loadItem } from '#slices/meetings/index.ts'
import { loadMotion, openVote, proposeMotion, votePaths } from '#slices/votes/index.ts'
import type { TestHouse } from './house.ts'

/** A motion that nobody opened; where there is a chair, an open secret written vote; an interest that meets its item. */
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
      const place = await anItem(tx, entry!.id, doing.now)
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
      const volunteer = await tx
        .selectFrom('person')
        .select('id')
        .where('demo_key', 'in', ['volunteer-1', 'other-volunteer'])
        .executeTakeFirstOrThrow()
      // It meets the item by its own words.
      const declared = await declareInterest(doing, volunteer.id, {
        type: 'financial',
        conflict: 'potential',
        organisation: 'Acme Imaging',
        trustId: null,
        projectId: null,
        what: 'Paid for two talks.',
        whose: '',
        otherNames: place.title,
        from: doing.today,
        to: null,
      })
      if (!declared.accepted) throw new Error(declared.sentence)
      const conflict = await tx.selectFrom('conflict').select('id').orderBy('id').executeTakeFirst()
      return {
        '/:network/interests/:interest': [{ interest: String(declared.state.id) }],
        '/:network/interests/of/:person': [{ person: String(volunteer.id) }],
        '/:network/conflicts/:conflict': conflict ? [{ conflict: String(conflict.id) }] : [],
        [votePaths.one(':network', ':motion')]: made.map(motion => ({ motion })),
        '/:network/meetings/:meeting/items/:item/propose-motion': [
          { meeting: reference('M', place.number), item: String(place.id) },
        ],
      }
    },
  )
}

/** An item of the board's last meeting that is planned. */
async function anItem(tx: Tx, networkId: number, now: Instant) {
  const meeting = await tx
    .selectFrom('meeting as m')
    .innerJoin('network_group as g', join =>
      join.onRef('g.network_id', '=', 'm.network_id').onRef('g.id', '=', 'm.group_id'),
    )
    .select(['m.id', 'm.number'])
    .where('m.state', '!=', 'cancelled')
    .orderBy(sql`g.kind = 'board' desc`)
    .orderBy('m.starts_at', 'desc')
    .executeTakeFirst()
  if (!meeting) return undefined
  const title = 'A contract for large print'
  const { id } = await tx
    .insertInto('agenda_item')
    .values({
      network_id: networkId,
      meeting_id: meeting.id,
      position: 9,
      standing: null,
      title,
      asked: 'decide',
      minutes: 10,
      presenter_person_id: null,
      raised_by_person_id: null,
      raised_at: now,
      state: 'on-agenda',
      moved_to_meeting_id: null,
      opened_at: null,
      closed_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, number: meeting.number, title }
}
