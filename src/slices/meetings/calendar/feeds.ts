import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Instant, PlainDate, Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { type Actor, anInsider } from '#platform/permission.ts'
import { hashOfToken } from '#platform/seal.ts'
import { readableMeetings } from '../access.ts'
import { type CalendarRow, calendarColumns } from './of-meeting.ts'

export interface Feed {
  readonly madeAt: Instant
  readonly reminds: boolean
}

/** The feed that this person has now; its address is known to nobody but them. */
export async function feedOf(tx: Tx, personId: number): Promise<Feed | undefined> {
  return await tx
    .selectFrom('calendar_feed')
    .select(['made_at as madeAt', 'reminds'])
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
}

/** A new secret address; the one before stops. Only its hash is kept: 192 bits, shown once (R39). */
export async function makeFeed(doing: Doing, personId: number, reminds: boolean): Promise<string> {
  await stopFeed(doing, personId)
  const token = randomBytes(24).toString('base64url')
  await doing.tx
    .insertInto('calendar_feed')
    .values({
      network_id: doing.network.id,
      token_hash: hashOfToken(token),
      person_id: personId,
      made_at: doing.now,
      ended_at: null,
      reminds,
    })
    .execute()
  return token
}

export async function stopFeed({ tx, now }: Pick<Doing, 'tx' | 'now'>, personId: number): Promise<void> {
  await tx
    .updateTable('calendar_feed')
    .set({ ended_at: now })
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .execute()
}

export interface OpenFeed {
  readonly actor: Actor
  readonly reminds: boolean
}

/** Whose feed this is, as they are today; undefined when it was stopped, or they have no place here any more. */
export async function openFeed(
  { tx, network, today }: Pick<Doing, 'tx' | 'network' | 'today'>,
  token: string,
): Promise<OpenFeed | undefined> {
  if (!/^[\w-]{32}$/.test(token)) return undefined
  const holds = (of: string) => sql`${sql.ref(`${of}.from_on`)} <= ${today as PlainDate}
    and (${sql.ref(`${of}.to_on`)} is null or ${sql.ref(`${of}.to_on`)} >= ${today as PlainDate})`
  const found = await tx
    .selectFrom('calendar_feed as f')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'f.network_id').onRef('p.id', '=', 'f.person_id'),
    )
    .select(['f.reminds', 'p.id', 'p.name', 'p.known_as'])
    .select([
      sql<
        Actor['memberships']
      >`coalesce((select jsonb_agg(jsonb_build_object('groupId', m.group_id, 'role', m.role,
        'voting', m.voting, 'lay', m.lay)) from membership m
        where m.network_id = p.network_id and m.person_id = p.id and ${holds('m')}), '[]')`.as('memberships'),
      sql<Actor['posts']>`coalesce((select jsonb_agg(h.post) from post_holding h
        where h.network_id = p.network_id and h.person_id = p.id and ${holds('h')}), '[]')`.as('posts'),
      sql<Actor['trustIds']>`coalesce((select jsonb_agg(t.trust_id) from trust_contact t
        where t.network_id = p.network_id and t.person_id = p.id and ${holds('t')}), '[]')`.as('trust_ids'),
    ])
    .where('f.token_hash', '=', hashOfToken(token))
    .where('f.ended_at', 'is', null)
    .where('p.left_on', 'is', null)
    .executeTakeFirst()
  if (!found) return undefined
  const actor: Actor = {
    networkId: network.id,
    personId: found.id,
    name: found.name,
    knownAs: found.known_as,
    posts: found.posts,
    memberships: found.memberships,
    trustIds: found.trust_ids,
  }
  return anInsider.holds(actor, undefined) ? { actor, reminds: found.reminds } : undefined
}

/** What this person may see at the moment of reading, of the last year and of all that is planned. */
export async function meetingsInFeed(tx: Tx, actor: Actor, now: Instant): Promise<CalendarRow[]> {
  return await tx
    .selectFrom('meeting')
    .select(calendarColumns.map(each => `meeting.${each}` as const))
    .where(eb => readableMeetings(eb, actor))
    .where('meeting.starts_at', '>', now.subtract({ hours: 24 * 366 }))
    .orderBy('meeting.starts_at')
    .orderBy('meeting.id')
    .limit(2000)
    .execute()
}
