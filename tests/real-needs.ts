import { doingOf } from '#platform/doing.ts'
import { hashOfTypedToken, preferenceToken } from '#platform/preferences.ts'
import { loadSheet, recordNeeds } from '#slices/support-needs/index.ts'
import { writeNote } from '#slices/what-was-said/index.ts'
import type { TestHouse } from './house.ts'

/** Support needs, preferences, and what is said by phone or post. */
export async function realNeeds(
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
    const sheet = await loadSheet(tx, volunteer.id, today, { forChange: true })
    await recordNeeds(
      doing,
      sheet!,
      'support',
      { options: ['hearing-loop'], words: 'A seat near the door' },
      'self',
    )
    const promise = await tx
      .selectFrom('need_promise')
      .select('id')
      .where('state', '=', 'open')
      .orderBy('id')
      .limit(1)
      .executeTakeFirstOrThrow()
    const token = preferenceToken(doing.seal, entry!.id, volunteer.id, today)
    await tx
      .insertInto('preference_link')
      .values({
        network_id: entry!.id,
        token_hash: hashOfTypedToken(token),
        person_id: volunteer.id,
        expires_on: today.add({ months: 6 }),
      })
      .onConflict(on => on.columns(['network_id', 'token_hash']).doNothing())
      .execute()
    // After a meeting only who was there is asked.
    const meeting = await tx
      .selectFrom('meeting')
      .innerJoin('attendance', join =>
        join
          .onRef('attendance.network_id', '=', 'meeting.network_id')
          .onRef('attendance.meeting_id', '=', 'meeting.id'),
      )
      .select('meeting.number')
      .where('attendance.state', '=', 'present')
      .orderBy('meeting.id')
      .limit(1)
      .executeTakeFirst()
    const coordinator = await tx
      .selectFrom('person')
      .select(['id', 'name', 'known_as'])
      .where('demo_key', 'in', ['co-ordinator', 'other-co-ordinator'])
      .executeTakeFirstOrThrow()
    const byTeam = doingOf(house.house, tx, entry!, {
      networkId: entry!.id,
      personId: coordinator.id,
      name: coordinator.name,
      knownAs: coordinator.known_as,
      posts: ['co-ordinator'],
      memberships: [],
      trustIds: [],
    })
    const given = { name: '', how: 'phone', saidOn: today, words: 'I have something to say.' } as const
    const known = await writeNote(byTeam, { ...given, personId: volunteer.id })
    const unknown = await writeNote(byTeam, { ...given, personId: null, name: 'Somebody New' })
    return {
      '/:network/team/said/of/:person': [{ person: String(volunteer.id) }],
      '/:network/team/said/:note/who': [{ note: String(unknown) }],
      '/:network/team/said/:note': [{ note: String(known) }, { note: String(unknown) }],
      '/:network/preferences/:token': [{ token }],
      '/:network/team/needs/promises/:promise': [{ promise: String(promise.id) }],
      ...(meeting ? { '/:network/meetings/:meeting/needs-met': [{ meeting: `M-${meeting.number}` }] } : {}),
    }
  })
}
