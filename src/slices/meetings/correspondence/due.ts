import { sql } from 'kysely'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { happened } from '#kernel/decision.ts'
import type { Row } from '#platform/database/tables.ts'
import type { DueWork } from '#platform/http/route.ts'
import { type Meeting, openAgenda } from '../meeting.ts'
import { loadMeeting, saveMeeting } from '../store.ts'
import { invite } from './invite.ts'
import { clockLetter, toldMeeting } from './letters.ts'
import { recipientsOf } from './people.ts'
import { lettersDue, mark } from './plan.ts'

/** Sends what the plan of each meeting says is due: each letter once (BOARD-21). */
export async function correspondenceDue(work: DueWork): Promise<void> {
  await invite(work)
  for (const row of await meetingsWithLetters(work)) {
    const given = { now: work.now, today: work.today, clocks: work.when.clocks }
    const due = lettersDue(stateOf(row), dayOf(row.planned_at!), new Set(row.told), given)
    for (const { kind } of due) {
      if (kind !== 'invitation') await send(work, row.number, kind)
    }
  }
}

async function send(
  work: DueWork,
  number: number,
  kind: Exclude<Parameters<typeof mark>[0], 'invitation'>,
): Promise<void> {
  const loaded = await loadMeeting(work, number, { forChange: true })
  if (!loaded) return
  if (kind === 'call-for-items' && loaded.it.state === 'planned') {
    const step = openAgenda(loaded.it)
    if (!step.accepted) return
    await saveMeeting(work, loaded, step)
  }
  const all = await recipientsOf(work, loaded)
  const heard = kind === 'what-came' ? await haveTheDraft(work, loaded.reference) : new Set<number>()
  const people = all.filter(each => !heard.has(each.personId))
  const told = toldMeeting(loaded.row, loaded.group)
  await work.tell(...people.map(to => clockLetter(work, told, to, kind)))
  await work.happened({ kind: 'meeting', id: loaded.id }, [
    happened('told', { what: mark(kind, loaded.it.startsAt), kind, people: all.length }),
  ])
}

/** Members who were sent the draft of the minutes have read there what came of it: nobody hears it twice. */
async function haveTheDraft({ tx }: DueWork, reference: string): Promise<Set<number>> {
  const rows = await tx
    .selectFrom('message')
    .select('person_id')
    .where('about_kind', '=', 'meeting')
    .where('about_id', '=', reference)
    .where('kind', '=', 'minutes-sent')
    .execute()
  return new Set(rows.flatMap(each => each.person_id ?? []))
}

type DueRow = Pick<
  Row<'meeting'>,
  'number' | 'state' | 'starts_at' | 'minutes_long' | 'papers_due_on' | 'planned_at'
> & {
  readonly told: readonly string[]
}

const stateOf = (row: DueRow): Pick<Meeting, 'state' | 'startsAt' | 'papersDueOn'> => ({
  state: row.state,
  startsAt: row.starts_at,
  papersDueOn: row.papers_due_on ?? dayOf(row.starts_at),
})

/** Meetings of this season, with what was sent about each. */
async function meetingsWithLetters({ tx, now }: DueWork): Promise<DueRow[]> {
  return await tx
    .selectFrom('meeting as m')
    .select(['m.number', 'm.state', 'm.starts_at', 'm.minutes_long', 'm.papers_due_on', 'm.planned_at'])
    .select(told('m').as('told'))
    .where('m.planned_at', '<=', now)
    .where('m.state', 'not in', ['cancelled', 'held'])
    .where('m.starts_at', '>', now.subtract({ hours: 24 * 100 }))
    .where('m.starts_at', '<', now.add({ hours: 24 * 100 }))
    .orderBy('m.starts_at')
    .execute()
}

/** The marks of the letters that went out; `of` is the meeting. */
const told = (of: string) => sql<string[]>`coalesce((select jsonb_agg(h.details ->> 'what') from history h
  where h.network_id = ${sql.ref(`${of}.network_id`)} and h.thing_kind = 'meeting'
    and h.thing_id = ${sql.ref(`${of}.id`)} and h.event = 'told'), '[]')`
