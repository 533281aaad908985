import { hashOfToken } from '#platform/seal.ts'
import type { TestHouse } from './house.ts'

/** Answers of calendars, Microsoft Teams, and sign-in by a hospital. */
export async function realJoining(
  house: TestHouse,
  slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  const token = `an-answer-in-${slug}`
  await house.owner.query(
    `insert into calendar_reply (network_id, meeting_id, person_id, key, answer, from_address, said_at, came_at,
        timed_sequence, state, token_hash)
     select m.network_id, m.id, p.id, $2, 'declined', 'somebody@example.org', now(), now(), m.timed_sequence, 'asked', $2
     from network n join meeting m on m.network_id = n.id and m.state in ('planned', 'agenda-open')
     join membership b on b.network_id = m.network_id and b.group_id = m.group_id
     join person p on p.network_id = b.network_id and p.id = b.person_id and p.left_on is null
     where n.slug = $1 order by m.starts_at desc, p.id limit 1 on conflict do nothing`,
    [slug, hashOfToken(token)],
  )
  const group = await house.owner.query<{ slug: string }>(
    `select g.slug from network_group g join network n on n.id = g.network_id where n.slug = $1 order by g.id limit 1`,
    [slug],
  )
  return {
    '/:network/meeting-answer/:token': [{ token }],
    '/:network/calendar/groups/:group': [{ group: `${group.rows[0]!.slug}.ics` }],
  }
}
