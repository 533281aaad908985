import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import { addWorkingDays } from '#kernel/calendar/working-days.ts'
import { reference } from '#kernel/references.ts'
import type { Instant, PlainDate } from '#platform/database/tables.ts'
import type { DueWork, Reminder } from '#platform/http/route.ts'
import { settingOf } from '#platform/network-settings.ts'
import { notYetGiven } from '#platform/outbox.ts'
import { findConflicts } from './finding.ts'
import { confirmBy, occasionOf } from './interest.ts'
import { interestPaths } from './paths.ts'
import { daysBeforeMeeting, keepingOf } from './settings.ts'

/** Looks where interests meet items, and reminds: who has to decide, and who has to say how it is (R20). */
export async function interestsDue(work: DueWork): Promise<void> {
  await findConflicts(work)
  const wanted = [...(await toDecide(work)), ...(await toConfirm(work)), ...(await beforeMeetings(work))]
  for (const reminder of await notYetGiven(work.tx, wanted)) await work.remind(reminder)
}

/** The chair and the deputy, unless they are in conflict on that item themselves; else the team. */
async function toDecide({ tx, today, network }: DueWork): Promise<Reminder[]> {
  const rows = await tx
    .selectFrom('conflict as c')
    .innerJoin('agenda_item as i', join =>
      join.onRef('i.network_id', '=', 'c.network_id').onRef('i.id', '=', 'c.item_id'),
    )
    .innerJoin('meeting as m', join =>
      join.onRef('m.network_id', '=', 'i.network_id').onRef('m.id', '=', 'i.meeting_id'),
    )
    .select(['c.id', 'm.starts_at'])
    .select([
      sql<number[]>`coalesce((select jsonb_agg(distinct w.person) from (
          select k.person_id as person from membership k where k.network_id = m.network_id and k.group_id = m.group_id
            and k.role in ('chair', 'deputy') and k.from_on <= ${today} and (k.to_on is null or k.to_on >= ${today})
          union select m.presiding_person_id) w
        where w.person is not null and not exists (select from conflict o where o.network_id = c.network_id
          and o.item_id = c.item_id and o.person_id = w.person and (o.outcome is null or o.outcome not in ('none', 'noted')))),
        '[]')`.as('deciders'),
      sql<
        number[]
      >`coalesce((select jsonb_agg(distinct h.person_id) from post_holding h where h.network_id = m.network_id
        and h.post = 'co-ordinator' and h.from_on <= ${today} and (h.to_on is null or h.to_on >= ${today})), '[]')`.as(
        'team',
      ),
    ])
    .where('c.outcome', 'is', null)
    .where('i.closed_at', 'is', null)
    .where('i.state', 'in', ['raised', 'on-agenda'])
    .where('m.state', 'in', ['planned', 'agenda-open', 'agenda-set', 'papers-out', 'held'])
    .orderBy('c.id')
    .limit(2000)
    .execute()
  return rows.flatMap(row => {
    const day = dateInWords(row.starts_at.toZonedDateTimeISO('Europe/London').toPlainDate())
    const nobody = row.deciders.length === 0
    return (nobody ? row.team : row.deciders).map(personId => ({
      key: `conflict-to-decide:${row.id}:${personId}`,
      personId,
      sentence: nobody
        ? `Neither chair nor deputy can decide about a conflict of interest at the meeting of ${day}. The members choose who presides.`
        : `An interest may touch an item of the meeting of ${day}. Please decide what follows.`,
      path: interestPaths.conflict(network.slug, row.id),
    }))
  })
}

/** On joining, on a change of role, and each year: 30 and 7 days before and on the day. */
async function toConfirm({ tx, today, network }: DueWork): Promise<Reminder[]> {
  const people = await tx
    .selectFrom('person as p')
    .select('p.id')
    .select(
      sql<PlainDate | null>`(select max(s.on_day) from interest_statement s where s.network_id = p.network_id
        and s.person_id = p.id)`.as('last'),
    )
    .select(
      sql<PlainDate | null>`(select max(k.from_on) from membership k where k.network_id = p.network_id
        and k.person_id = p.id and k.voting and k.from_on <= ${today} and (k.to_on is null or k.to_on >= ${today}))`.as(
        'newest',
      ),
    )
    .where('p.left_on', 'is', null)
    .where(
      sql<boolean>`exists (select from membership k where k.network_id = p.network_id and k.person_id = p.id and k.voting
        and k.from_on <= ${today} and (k.to_on is null or k.to_on >= ${today}))`,
    )
    .orderBy('p.id')
    .execute()
  const { monthsBetween } = keepingOf(network)
  return people.flatMap(({ id, last, newest }): Reminder[] => {
    if (last === null) {
      return [
        {
          key: `interests-joining:${id}`,
          personId: id,
          sentence: 'You vote in a group: please say what interests you have, or that you have none.',
          path: interestPaths.mine(network.slug),
        },
      ]
    }
    if (occasionOf(last, newest) === 'change-of-role') {
      return [
        {
          key: `interests-role:${id}:${newest}`,
          personId: id,
          sentence: 'You have a new role: please say if your interests have changed.',
          path: interestPaths.confirm(network.slug),
        },
      ]
    }
    const by = confirmBy(last, monthsBetween)
    const within = (days: number) => Temporal.PlainDate.compare(today.add({ days }), by) >= 0
    const step = within(0) ? 0 : within(7) ? 7 : within(30) ? 30 : undefined
    if (step === undefined) return []
    return [
      {
        key: `interests-yearly:${id}:${by}:${step}`,
        personId: id,
        sentence: `Please confirm your interests by ${dateInWords(by)}, as ${monthsBetween === 12 ? 'every year' : 'always after some time'}.`,
        path: interestPaths.confirm(network.slug),
      },
    ]
  })
}

/** Once an agenda is set: whoever votes there and has not said since whether there is anything new. */
async function beforeMeetings({ tx, today, network, now }: DueWork): Promise<Reminder[]> {
  const until = addWorkingDays(today, settingOf(network, daysBeforeMeeting))
  const rows = await sql<{ id: number; number: number; starts_at: Instant; person_id: number }>`
    select distinct m.id, m.number, m.starts_at, k.person_id from meeting m
    join membership k on k.network_id = m.network_id and k.group_id = m.group_id and k.voting
      and k.from_on <= ${today} and (k.to_on is null or k.to_on >= ${today})
    join person p on p.network_id = k.network_id and p.id = k.person_id and p.left_on is null
    where m.state in ('agenda-set', 'papers-out') and m.starts_at > ${now} and m.starts_at < ${endOf(until)}
      and not exists (select from interest_statement s where s.network_id = m.network_id and s.meeting_id = m.id
        and s.person_id = k.person_id)
    order by m.id, k.person_id limit 2000`.execute(tx)
  return rows.rows.map(row => ({
    key: `interests-meeting:${row.id}:${row.person_id}`,
    personId: row.person_id,
    sentence: `Before the meeting of ${dateInWords(row.starts_at.toZonedDateTimeISO('Europe/London').toPlainDate())}: is there anything new to declare?`,
    path: interestPaths.beforeMeeting(network.slug, reference('M', row.number)),
  }))
}

const endOf = (day: PlainDate): Instant =>
  day.add({ days: 1 }).toZonedDateTime({ timeZone: 'Europe/London' }).toInstant()
