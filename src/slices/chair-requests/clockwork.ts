import { type SqlBool, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import { addWorkingDays, isLate } from '#kernel/calendar/working-days.ts'
import { clockOn, promisedBy } from '#kernel/clocks.ts'
import { type Happened, happened } from '#kernel/decision.ts'
import { reference } from '#kernel/references.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { DueWork, Reminder } from '#platform/http/route.ts'
import { notYetGiven } from '#platform/outbox.ts'
import { idsOf, type Leader, leadersOf, postHolders } from '#platform/who-today.ts'
import { holderOf } from './chair-request.ts'
import { tellingsOf } from './messages.ts'
import { requestPaths } from './paths.ts'
import { loadRequest, readState } from './store.ts'

interface OpenRequest {
  readonly id: number
  readonly number: number
  readonly what: string
  readonly group_name: string
  readonly asker_person_id: number
  readonly holder_person_id: number | null
  readonly state: string
  readonly state_data: unknown
  readonly waits_for: string
  readonly due_on: PlainDate | null
  readonly leaders: readonly Leader[]
}

type Posts = Readonly<Record<'managers' | 'coordinators', readonly number[]>>

/**
 * Hands requests on where the chair is away or has left; reminds who acts next before the promise; when it is late
 * tells the deputy at once and the portfolio manager some working days later. Once each.
 */
export async function requestsDue(work: DueWork): Promise<void> {
  const open = await openRequests(work.tx, work.today)
  if (open.length === 0) return
  const { managers, coordinators } = await postHolders(work.tx, work.today)
  const posts = { managers: idsOf(managers), coordinators: idsOf(coordinators) }
  const moved = await handOn(work, open)
  const wanted = moved.flatMap(each => remindersOf(work, each, posts))
  const news = new Map<string, { id: number; event: Happened }>()
  for (const each of await notYetGiven(work.tx, wanted)) {
    await work.remind(each)
    if (each.event)
      news.set(`${each.event.event}:${each.requestId}`, { id: each.requestId, event: each.event })
  }
  for (const { id, event } of news.values()) await work.happened({ kind: 'chair-request', id }, [event])
}

async function openRequests(tx: Tx, today: PlainDate): Promise<OpenRequest[]> {
  return await tx
    .selectFrom('chair_request as r')
    .innerJoin('network_group as g', join =>
      join.onRef('g.network_id', '=', 'r.network_id').onRef('g.id', '=', 'r.group_id'),
    )
    .select([
      'r.id',
      'r.number',
      'r.what',
      'r.asker_person_id',
      'r.holder_person_id',
      'r.state',
      'r.state_data',
      'r.waits_for',
      'r.due_on',
      'g.name as group_name',
      leadersOf(sql`m.group_id = r.group_id`, today).as('leaders'),
    ])
    .where(sql<SqlBool>`r.waits_for in ('group', 'asker', 'portfolio-manager')`)
    .orderBy('r.id')
    .limit(5000)
    .execute()
}

/**
 * Gives each request that waits for a SIG to whoever is there. Called by the clock, and at once when somebody says
 * that they are away.
 */
export async function handOnRequests(doing: Doing): Promise<void> {
  await handOn(doing, await openRequests(doing.tx, doing.today))
}

async function handOn(doing: Doing, open: readonly OpenRequest[]): Promise<OpenRequest[]> {
  const after: OpenRequest[] = []
  for (const each of open) {
    const next = holderOf(each.holder_person_id, each.leaders)
    const nextId = next?.personId ?? null
    after.push({ ...each, holder_person_id: nextId })
    if (nextId === each.holder_person_id || each.waits_for === 'nobody') continue
    await doing.tx
      .updateTable('chair_request')
      .set({ holder_person_id: nextId })
      .where('id', '=', each.id)
      .execute()
    const before = each.leaders.find(leader => leader.personId === each.holder_person_id)
    const because =
      before?.away === true
        ? `${before.name} is away.`
        : `Nobody had it in ${each.group_name}, or who had it has left.`
    const event = happened('passed-on', { personId: nextId, name: next?.name ?? 'the team', because })
    await doing.happened({ kind: 'chair-request', id: each.id }, [event])
    const loaded = next && (await loadRequest(doing, each.number, { forChange: false }))
    // One row of the message's key for each hand over: the same two may take turns.
    if (loaded && each.waits_for === 'group') {
      const tellings = tellingsOf(doing, loaded, loaded.it, [event])
      await doing.tell(...tellings.map(one => ({ ...one, key: `${one.key}:${doing.today}` })))
    }
  }
  return after
}

type Wanted = Reminder & { readonly requestId: number; readonly event?: Happened }

function remindersOf(work: DueWork, each: OpenRequest, posts: Posts): Wanted[] {
  const { today, when, network } = work
  const mark = reference('R', each.number)
  const its = `${mark}, ${theirs(shorten(each.what, 100))}`
  const to = (
    why: string,
    since: PlainDate,
    people: readonly number[],
    sentence: string,
    event?: Happened,
  ): Wanted[] =>
    [...new Set(people)].map(personId => ({
      key: `request-${why}:${each.id}:${since}:${personId}`,
      personId,
      sentence,
      path: requestPaths.one(network.slug, mark),
      requestId: each.id,
      ...(event ? { event } : {}),
    }))
  const it = readState(each.state, each.state_data)
  if (it.state === 'needs-asker' || it.state === 'answered') {
    const remindOn =
      it.state === 'answered' ? it.remindOn : promisedBy('verdict-reminder', it.stoppedOn, when.clocks)
    if (Temporal.PlainDate.compare(today, remindOn) < 0) return []
    return to(
      'asker',
      remindOn,
      [each.asker_person_id],
      it.state === 'answered'
        ? `${its}: there is an answer. Does it answer what you asked?`
        : `${its}: ${theirs(each.group_name)} asks you something before it can answer.`,
    )
  }
  const due = each.due_on
  if (!due) return []
  const what = it.state === 'asked' ? 'say that you have it' : 'answer it'
  const withManager = each.waits_for === 'portfolio-manager'
  const holder = withManager
    ? posts.managers
    : each.holder_person_id === null
      ? posts.coordinators
      : [each.holder_person_id]
  if (!isLate(due, today)) {
    const soon = addWorkingDays(today, Math.max(1, clockOn('remind-before', today, when.clocks)))
    if (Temporal.PlainDate.compare(due, soon) > 0) return []
    return to('soon', due, holder, `${its}: please ${what} by ${dateInWords(due)}.`)
  }
  const late = `${its}: ${theirs(each.group_name)} was to ${it.state === 'asked' ? 'say that it has it' : 'answer'} by ${dateInWords(due)}. It is late.`
  if (withManager) return to('late', due, posts.managers, late)
  const deputies = each.leaders.filter(leader => leader.role === 'deputy').map(leader => leader.personId)
  const goesOn = promisedBy('request-escalate', due, when.clocks)
  const told = deputies.length > 0 ? deputies : posts.coordinators
  return [
    ...to('late', due, told, late, happened(deputies.length > 0 ? 'deputy-told' : 'team-told')),
    ...to('late', due, holder, late),
    ...(Temporal.PlainDate.compare(today, goesOn) > 0
      ? to('late-still', due, posts.managers, late, happened('portfolio-manager-told'))
      : []),
  ].filter((one, at, all) => all.findIndex(other => other.key === one.key) === at)
}

export async function lateRequests(tx: Tx, today: PlainDate): Promise<Record<string, number>> {
  const { count } = await tx
    .selectFrom('chair_request')
    .select(sql<number>`count(*)`.as('count'))
    .where('waits_for', 'in', ['group', 'portfolio-manager'])
    .where('due_on', '<', today)
    .executeTakeFirstOrThrow()
  return { requests: Number(count) }
}
