import { sql } from 'kysely'
import type { Doing } from '#platform/doing.ts'
import { teamsIsOn } from './connection.ts'
import './tables.ts'

/** An invitation waits so long for the link that Teams makes, and then goes out without it. */
export const minutesToWait = 15

export const ahead = sql`m.state in ('planned', 'agenda-open', 'agenda-set', 'papers-out')`
/** Online, and nobody pasted another link. */
export const wantsLink = sql`${ahead} and m.kind <> 'in-person' and m.link in ('', coalesce(o.join_url, ''))`

/** A meeting that was just planned without a link: its invitation waits a little for the one that Teams makes. */
export async function wantLinks(doing: Pick<Doing, 'tx' | 'network' | 'now'>): Promise<void> {
  const { tx, network, now } = doing
  if (!(await teamsIsOn(tx))) return
  // One that was given up, because it was to be in a room or had another link, is a new one for Teams.
  await sql`
    insert into online_meeting (network_id, meeting_id, external_id, wanted_at, next_try_at)
    select ${network.id}, m.id, m.uid::text, ${now}, ${now}
    from meeting m left join online_meeting o on o.network_id = m.network_id and o.meeting_id = m.id
    where m.network_id = ${network.id} and m.planned_at is not null and m.starts_at > ${now} and ${wantsLink}
      and m.link = '' and (o.meeting_id is null or o.state = 'gone')
    on conflict (network_id, meeting_id) do update set state = 'wanted', teams_id = null, join_url = '', tries = 0,
      external_id = online_meeting.external_id || '-again', wanted_at = excluded.wanted_at,
      next_try_at = excluded.next_try_at, trouble = '', sent_title = null, sent_starts_at = null, sent_minutes = null`.execute(
    tx,
  )
}
