import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Entry } from '#platform/database/connect.ts'
import type { Instant, Tx } from '#platform/database/tables.ts'
import { type Doing, doingOf } from '#platform/doing.ts'
import type { House } from '#platform/house.ts'
import type { Slice } from '#platform/http/route.ts'
import type { Actor } from '#platform/permission.ts'
import { atHour, dayFrom } from '../calendar.ts'
import type { Settled } from '../settle.ts'

/** Where a story happens: a network with its people, in the one transaction that makes it. */
export interface World {
  readonly house: House
  readonly slices: readonly Slice[]
  readonly tx: Tx
  /** With the settings that hold then. */
  entry: Entry
  readonly settled: Settled
  readonly actors: ReadonlyMap<number, Actor>
  /** What could not be told: a refusal of the product's own rules. Nothing, in a good story. */
  readonly refusals: string[]
}

/** So many days from today (negative: past), moved on to a working day; what has happened never lies ahead. */
export function day({ settled }: World, days: number): Temporal.PlainDate {
  const found = dayFrom(settled.today, days)
  return days <= 0 && found.toString() > settled.today.toString() ? settled.today : found
}

export async function enter(tx: Tx, { slug, today }: Pick<Settled, 'slug' | 'today'>): Promise<Entry> {
  const entered = await sql<{ entry: Entry }>`
    select enter_network(${slug}, ${null}, ${today}) as entry`.execute(tx)
  return entered.rows[0]!.entry
}

export function personId(world: World, name: string): number {
  const found = world.settled.people.get(name)
  if (!found) throw new Error(`nobody in the demonstration is called ${name}`)
  return found.id
}

export function groupId(world: World, slug: string): number {
  return known(world.settled.groups, slug).id
}

export function known<Value>(map: ReadonlyMap<string, Value>, slug: string): Value {
  const found = map.get(slug)
  if (found === undefined) throw new Error(`nothing in the demonstration is called ${slug}`)
  return found
}

export function meetingOf(world: World, group: string, inDays: number) {
  const found = known(world.settled.meetings, group).find(each => each.inDays === inDays)
  if (!found) throw new Error(`${group} does not meet in ${inDays} days`)
  return found
}

/** Somebody acts at that time; nobody: the clock. */
export function doingAt(world: World, who: string | undefined, at: Instant): Doing {
  const actor = who === undefined ? undefined : world.actors.get(personId(world, who))
  return doingOf(world.house, world.tx, world.entry, actor, at)
}

/** Something that happens on a day. `order` keeps what happens on one day in its order. */
export interface Scene {
  readonly day: number
  readonly order: number
  readonly about: string
  play(world: World, at: Instant): Promise<void>
}

/** All scenes as they happened, one day after the other, with what the clock does on its mornings. */
export async function play(
  world: World,
  scenes: readonly Scene[],
  onMorning: (at: Instant) => Promise<void>,
): Promise<void> {
  const inOrder = [...scenes].sort((a, b) => a.day - b.day || a.order - b.order)
  const first = inOrder[0]?.day ?? 0
  let next = 0
  let minute = 0
  let before: Temporal.PlainDate | undefined
  for (let days = first; days <= 0; days++) {
    const today = day(world, days)
    // A weekend: what was to happen then happens on the Monday.
    const begins = before === undefined || !today.equals(before)
    before = today
    if (begins) minute = 0
    if (begins && clockRuns(days, today)) {
      const morning = atHour(today, 7)
      if (!isAhead(world, morning)) await onMorning(morning)
    }
    for (; next < inOrder.length && inOrder[next]!.day <= days; next++, minute += 7) {
      const at = atHour(today, 9).add({ minutes: Math.min(minute, 480) })
      // Nothing has happened yet that is still to come.
      await inOrder[next]!.play(world, isAhead(world, at) ? world.settled.now : at)
    }
  }
}

const isAhead = (world: World, at: Instant) => at.epochMilliseconds > world.settled.now.epochMilliseconds

/** Each morning in the last weeks; of what lies further back, Mondays tell enough, and the first start stays quick. */
const clockRuns = (days: number, today: Temporal.PlainDate) =>
  days > -25 || (days > -200 && today.dayOfWeek === 1)

/** Who everybody is, without their sign-in: the past is told by people who may never have one. */
export async function actorsOf(tx: Tx, networkId: number): Promise<ReadonlyMap<number, Actor>> {
  const rows = await tx
    .selectFrom('person as p')
    .select([
      'p.id as personId',
      'p.network_id as networkId',
      'p.name',
      'p.known_as as knownAs',
      sql<Actor['posts']>`coalesce((select jsonb_agg(h.post) from post_holding h
        where h.network_id = p.network_id and h.person_id = p.id), '[]')`.as('posts'),
      sql<
        Actor['memberships']
      >`coalesce((select jsonb_agg(jsonb_build_object('groupId', m.group_id, 'role', m.role,
        'voting', m.voting, 'lay', m.lay)) from membership m
        where m.network_id = p.network_id and m.person_id = p.id), '[]')`.as('memberships'),
      sql<Actor['trustIds']>`coalesce((select jsonb_agg(c.trust_id) from trust_contact c
        where c.network_id = p.network_id and c.person_id = p.id), '[]')`.as('trustIds'),
    ])
    .where('p.network_id', '=', networkId)
    .execute()
  return new Map(rows.map(row => [row.personId, row]))
}

/** Refusals are values: the story goes on, and a test counts them. */
export function took(
  world: World,
  about: string,
  taken: { accepted: boolean; sentence?: string } | { sentence: string },
): boolean {
  if ('accepted' in taken && taken.accepted) return true
  world.refusals.push(`${about}: ${taken.sentence}`)
  return false
}
