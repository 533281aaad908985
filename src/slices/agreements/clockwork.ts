import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import { addWorkingDays } from '#kernel/calendar/working-days.ts'
import { clockOn, promisedBy } from '#kernel/clocks.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import type { DueWork, Reminder } from '#platform/http/route.ts'
import { settingOf } from '#platform/network-settings.ts'
import { notYetGiven } from '#platform/outbox.ts'
import { agreementPaths } from './paths.ts'
import { hasRole } from './queries.ts'
import { withoutAgreement } from './settings.ts'

/** Asks whoever has not been asked for the version that holds; reminds before its day and once after it. */
export async function agreementsDue(work: DueWork): Promise<void> {
  const { tx, network, today, when } = work
  await askEverybody(work)
  const open = await sql<{
    person_id: number
    due_on: PlainDate
    asked_on: PlainDate
    slug: string
    title: string
    version_id: number
  }>`
    select a.person_id, a.due_on, a.asked_on, g.slug, v.title, v.id as version_id
    from agreement_ask a join agreement_version v on v.network_id = a.network_id and v.id = a.version_id
    join agreement g on g.network_id = v.network_id and g.id = v.agreement_id
    join person p on p.network_id = a.network_id and p.id = a.person_id
    where ${stillOpen(today)} order by a.due_on, a.person_id, v.id limit 5000`.execute(tx)
  if (open.rows.length === 0) return
  const soon = addWorkingDays(today, Math.max(1, clockOn('remind-before', today, when.clocks)))
  const effect = settingOf(network, withoutAgreement)
  const wanted = open.rows.flatMap((row): Reminder[] => {
    const one = (step: string, sentence: string): Reminder => ({
      key: `agreement-${step}:${row.version_id}:${row.person_id}`,
      personId: row.person_id,
      sentence,
      path: agreementPaths.one(network.slug, row.slug),
    })
    const asks = one(
      'asked',
      `Please read “${theirs(row.title)}” and say if you agree, by ${dateInWords(row.due_on)}.`,
    )
    if (Temporal.PlainDate.compare(row.due_on, today) < 0) {
      return effect === 'nothing'
        ? []
        : [
            one(
              'late',
              `“${theirs(row.title)}” waited for your word until ${dateInWords(row.due_on)}. ${afterwards[effect]}`,
            ),
          ]
    }
    if (Temporal.PlainDate.compare(row.due_on, soon) > 0) return [asks]
    return [asks, one('soon', `“${theirs(row.title)}” waits for your word until ${dateInWords(row.due_on)}.`)]
  })
  for (const reminder of await notYetGiven(tx, wanted)) await work.remind(reminder)
}

const afterwards = {
  reminder: 'You can still agree, or talk with us first.',
  'no-papers': 'Until you agree you get no papers. You can talk with us first.',
  'no-vote': 'Until you agree you do not vote. You can talk with us first.',
} as const

/** Asked for the version that holds, without a yes, and still in one of its roles. */
export const stillOpen = (today: PlainDate) => sql`p.left_on is null
  and (g.ended_on is null or g.ended_on > ${today})
  and v.number = (select max(x.number) from agreement_version x where x.network_id = v.network_id
    and x.agreement_id = v.agreement_id and x.from_on <= ${today})
  and ${hasRole(today)}
  and not exists (select from agreement_answer n where n.network_id = a.network_id and n.person_id = a.person_id
    and n.version_id = a.version_id and n.answer = 'agreed')`

/** Whoever comes later than the version has the whole clock, from the day on which they are asked. */
async function askEverybody({ tx, network, today, when }: DueWork): Promise<void> {
  await sql`insert into agreement_ask (network_id, person_id, version_id, asked_on, due_on)
    select v.network_id, p.id, v.id, ${today},
      case when v.agree_by > ${today} then v.agree_by else ${promisedBy('agreement', today, when.clocks)} end
    from agreement g join agreement_version v on v.network_id = g.network_id and v.agreement_id = g.id
    join person p on p.network_id = g.network_id
    where g.network_id = ${network.id} and p.left_on is null and (g.ended_on is null or g.ended_on > ${today})
      and v.number = (select max(x.number) from agreement_version x where x.network_id = v.network_id
        and x.agreement_id = v.agreement_id and x.from_on <= ${today})
      and ${hasRole(today)}
      and not exists (select from agreement_ask a where a.network_id = v.network_id and a.person_id = p.id
        and a.version_id = v.id)
    on conflict do nothing`.execute(tx)
}

export async function lateAgreements(tx: Tx, today: PlainDate): Promise<Record<string, number>> {
  const found = await sql<{ count: number }>`select count(*)::int as count
    from agreement_ask a join agreement_version v on v.network_id = a.network_id and v.id = a.version_id
    join agreement g on g.network_id = v.network_id and g.id = v.agreement_id
    join person p on p.network_id = a.network_id and p.id = a.person_id
    where ${stillOpen(today)} and a.due_on < ${today}`.execute(tx)
  return { agreements: found.rows[0]?.count ?? 0 }
}
