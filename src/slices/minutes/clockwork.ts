import { type SqlBool, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import { addWorkingDays, dayOf as dayAt, isLate } from '#kernel/calendar/working-days.ts'
import { clockOn, promisedBy } from '#kernel/clocks.ts'
import { reference } from '#kernel/references.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Instant, PlainDate, Tx } from '#platform/database/tables.ts'
import type { DueWork, Reminder } from '#platform/http/route.ts'
import { notYetGiven, type Telling } from '#platform/outbox.ts'
import { idsOf, leadersOf, postHolders } from '#platform/who-today.ts'
import { excludedFrom, meetingPaths, readersOfItem } from '#slices/meetings/index.ts'
import { laysThere, openDays } from './after/store.ts'
import { dueForReview } from './decisions/store.ts'
import { minutesPaths } from './paths.ts'

/** Minutes that are due or late, decisions to look at again, and the three questions after a meeting. */
export async function minutesDue(work: DueWork): Promise<void> {
  await askAfterwards(work)
  const wanted = [...(await draftReminders(work)), ...(await reviewReminders(work))]
  for (const reminder of await notYetGiven(work.tx, wanted)) await work.remind(reminder)
}

const to = (people: readonly number[], key: string, sentence: string, path: string): Reminder[] =>
  [...new Set(people)].map(personId => ({ key: `${key}:${personId}`, personId, sentence, path }))

/** Whoever is the group's secretary, and its chair: before the draft is due, when it is late, and who hears it then. */
async function draftReminders({ tx, now, today, when, network }: DueWork): Promise<Reminder[]> {
  const rows = await tx
    .selectFrom('meeting as g')
    .select(['g.id', 'g.number', 'g.title', 'g.starts_at'])
    .select(leadersOf(sql`m.group_id = g.group_id`, today).as('leaders'))
    .where('g.state', '=', 'held')
    .where('g.starts_at', '<', now)
    // What is older than a season has been told of.
    .where('g.starts_at', '>', now.subtract({ hours: 24 * 100 }))
    .orderBy('g.id')
    .execute()
  if (rows.length === 0) return []
  const posts = await postHolders(tx, today)
  return rows.flatMap(row => {
    const due = promisedBy('minutes', dayAt(row.starts_at), when.clocks)
    const soon = addWorkingDays(today, Math.max(1, clockOn('remind-before', today, when.clocks)))
    if (Temporal.PlainDate.compare(due, soon) > 0) return []
    const path = minutesPaths.one(network.slug, reference('M', row.number))
    const its = `the minutes of ${theirs(row.title)}`
    const writers = [...idsOf(posts.coordinators), ...idsOf(row.leaders)]
    if (!isLate(due, today)) {
      return to(writers, `minutes-soon:${row.id}`, `Send ${its} to the members by ${dateInWords(due)}.`, path)
    }
    const late = `${its[0]!.toUpperCase()}${its.slice(1)} were due by ${dateInWords(due)}. They are late.`
    const goesOn = promisedBy('escalate', due, when.clocks)
    return [
      ...to(writers, `minutes-late:${row.id}`, late, path),
      ...(Temporal.PlainDate.compare(today, goesOn) > 0
        ? to(idsOf(posts.managers), `minutes-late-still:${row.id}`, late, path)
        : []),
    ]
  })
}

/** "Is this still right?" comes back on its day to the same group (BOARD-18). */
async function reviewReminders({ tx, today, network }: DueWork): Promise<Reminder[]> {
  const rows = await tx
    .selectFrom('board_decision as d')
    .innerJoin('agenda_item as i', join =>
      join.onRef('i.network_id', '=', 'd.network_id').onRef('i.id', '=', 'd.item_id'),
    )
    .select(['d.id', 'd.number', 'd.review_on', 'i.handling'])
    .select([readersOfItem.as('readers'), excludedFrom(sql.ref('i.id')).as('excluded')])
    .select(leadersOf(sql`m.group_id = d.group_id`, today).as('leaders'))
    .where(dueForReview(today))
    .where('d.review_on', '>=', today.subtract({ days: 100 }))
    .orderBy('d.id')
    .execute()
  if (rows.length === 0) return []
  const posts = await postHolders(tx, today)
  return rows.flatMap(row =>
    to(
      // Nobody is led to what they may not read.
      [...idsOf(row.leaders), ...idsOf(posts.coordinators)].filter(
        id => !row.excluded.includes(id) && (row.handling !== 'named' || row.readers.includes(id)),
      ),
      `decision-review:${row.id}:${row.review_on}`,
      // What was decided may be part B: the number leads to it.
      `Decision ${row.number}: is this still right? The day has come to look at it again.`,
      minutesPaths.review(network.slug, row.number),
    ),
  )
}

interface ToAsk {
  readonly meetingId: number
  readonly number: number
  readonly title: string
  readonly personId: number
}

/** Each volunteer who was there, once, by their channel (BOARD-23). */
async function askAfterwards(work: DueWork): Promise<void> {
  const { tx, now, network } = work
  const found = await sql<ToAsk>`
    select m.id as "meetingId", m.number, m.title, v.person_id as "personId"
    from meeting m, lateral (${laysThere}) v
    where m.ended_at is not null and m.starts_at > ${now.subtract({ hours: 24 * openDays })} and m.starts_at <= ${now}
      and not exists (select from after_meeting_answered d where d.network_id = m.network_id
        and d.meeting_id = m.id and d.person_id = v.person_id)
      and not exists (select from message g where g.network_id = m.network_id
        and g.key = 'after-meeting:' || m.id || ':' || v.person_id)
    order by m.id, v.person_id`.execute(tx)
  await work.tell(
    ...found.rows.map(
      (each): Telling => ({
        key: `after-meeting:${each.meetingId}:${each.personId}`,
        personId: each.personId,
        kind: 'after-meeting',
        subject: 'how was the meeting for you?',
        paragraphs: [
          `You were at ${theirs(each.title)}. Three short questions:`,
          'Could you take part? Were you heard? What would help next time?',
          'You choose whether your name stands with your answers.',
        ],
        link: {
          path: meetingPaths.step(network.slug, reference('M', each.number), 'after'),
          words: 'Answer here',
        },
        about: { kind: 'meeting', id: reference('M', each.number) },
      }),
    ),
  )
}

/** Meetings whose draft should be with the members. */
export async function lateMinutes(tx: Tx, today: PlainDate): Promise<Record<string, number>> {
  const rows = await tx
    .selectFrom('meeting')
    .select('starts_at')
    .where('state', '=', 'held')
    .where(sql<SqlBool>`starts_at < ${today}`)
    .execute()
  const late = (at: Instant) => isLate(promisedBy('minutes', dayAt(at), []), today)
  return { minutes: rows.filter(each => late(each.starts_at)).length }
}
