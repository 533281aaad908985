import { doingOf } from '#platform/doing.ts'
import { wishFor } from '#slices/my-data/index.ts'
import { askToLeave } from '#slices/withdrawal/index.ts'
import type { TestHouse } from './house.ts'

/** Withdrawal, a time of rest, data rights and retention. */
export async function realRights(
  house: TestHouse,
  slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  const today = house.clock.today()
  return await house.database.enter({ slug, accountId: undefined, today }, async (tx, entry) => {
    const doing = doingOf(house.house, tx, entry!, undefined)
    const volunteer = await tx
      .selectFrom('person')
      .select('id')
      .where('demo_key', 'in', ['volunteer-1', 'other-volunteer'])
      .executeTakeFirstOrThrow()
    const wish = await wishFor(doing, {
      kind: 'correct',
      words: 'My second name is spelled wrong.',
      how: 'web',
      whose: { personId: volunteer.id },
    })
    // Somebody whom nobody signs in as.
    const { id: leaver } = await tx
      .insertInto('person')
      .values({
        network_id: entry!.id,
        account_id: null,
        name: 'Wilma Farewell',
        known_as: 'Wilma',
        email: null,
        phone: null,
        postal_address: '3 Example Road',
        channel: 'post',
        demo_key: null,
        created_at: doing.now,
        left_on: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const leaving = await askToLeave(doing, house.app.slices, leaver, {
      onDay: today,
      answersWanted: false,
      views: 'as-they-are',
      thanksWanted: true,
      remembered: false,
      reason: '',
      how: 'post',
    })
    if (!leaving.accepted) throw new Error(leaving.sentence)
    return {
      '/:network/team/leaving/:leaving': [{ leaving: String(leaving.state.id) }],
      '/:network/account/my-data/wishes/:wish': [{ wish: String(wish) }],
      '/:network/team/data-wishes/:wish': [{ wish: String(wish) }],
      '/:network/team/keeping/:kept': [{ kept: 'sent-messages' }],
    }
  })
}
