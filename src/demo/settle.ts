import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { addWorkingDays } from '#kernel/calendar/working-days.ts'
import type { Instant, NewRow, Tx } from '#platform/database/tables.ts'
import { atHour, dayFrom, demoVenue, groupRules, type MeetingPlan, meetingTitle } from './calendar.ts'
import type { DemoPerson } from './people.ts'
import type { NetworkSource } from './source.ts'
import { aboutGroup, shortNameOf, type Topic } from './topics.ts'

/** What one network of the demonstration begins with. */
export interface Settlement {
  readonly source: NetworkSource
  readonly priorities: readonly Topic[]
  readonly projects: readonly Topic[]
  readonly people: readonly DemoPerson[]
  readonly meetings: readonly MeetingPlan[]
}

/** Where everything is, by the names that the story uses. */
export interface Settled {
  readonly networkId: number
  readonly slug: string
  readonly today: Temporal.PlainDate
  readonly now: Instant
  readonly groups: ReadonlyMap<string, { id: number; name: string }>
  readonly sites: ReadonlyMap<string, number>
  readonly trusts: ReadonlyMap<string, number>
  readonly priorities: ReadonlyMap<string, number>
  readonly projects: ReadonlyMap<string, number>
  /** By key and by name. */
  readonly people: ReadonlyMap<string, { id: number; accountId: string | null }>
  /** Of a group, oldest first. */
  readonly meetings: ReadonlyMap<string, readonly SettledMeeting[]>
}

export interface SettledMeeting {
  readonly id: number
  /** As planned: days from today. */
  readonly inDays: number
  readonly on: Temporal.PlainDate
  /** The 14 of M-14. */
  readonly number: number
  readonly startsAt: Instant
  /** It is over, and no story tells of it. */
  readonly wasQuiet: boolean
}

/** Networks, places, groups, people and their meetings, in a transaction that has made the network. */
export async function settle(tx: Tx, networkId: number, given: Settlement, now: Instant): Promise<Settled> {
  const { source } = given
  const today = now.toZonedDateTimeISO('Europe/London').toPlainDate()
  const byKey = (rows: readonly { id: number; slug: string }[]) =>
    new Map(rows.map(row => [row.slug, row.id] as const))

  const groupRows = await tx
    .insertInto('network_group')
    .values(
      source.groups.map(group => ({
        network_id: networkId,
        slug: group.id,
        name: group.name,
        short_name: shortNameOf(group),
        kind: group.kind as NewRow<'network_group'>['kind'],
        about: aboutGroup(group),
        illustrative: group.status === 'illustrative',
        terms: groupRules[group.id]?.terms ?? '',
        cadence_weeks: groupRules[group.id]?.weeks ?? null,
        in_person_months: groupRules[group.id]?.inPersonMonths ?? null,
      })),
    )
    .returning(['id', 'slug', 'short_name'])
    .execute()
  const groups = new Map(groupRows.map(row => [row.slug, { id: row.id, name: row.short_name }] as const))
  const system = new Map(source.systems.map(each => [each.id, each.name]))
  const trusts = byKey(
    await tx
      .insertInto('trust')
      .values(
        source.trusts.map(trust => ({
          network_id: networkId,
          slug: trust.id,
          name: trust.name,
          short_name: trust.short,
          ods_code: trust.odsCode,
          system_name: system.get(trust.system) ?? '',
        })),
      )
      .returning(['id', 'slug'])
      .execute(),
  )
  const sites = byKey(
    await tx
      .insertInto('site')
      .values(
        source.trusts.flatMap(trust =>
          trust.hospitals.map(site => ({
            network_id: networkId,
            trust_id: trusts.get(trust.id)!,
            slug: site.id,
            name: site.name,
            town: site.town,
            ods_code: site.odsCode,
          })),
        ),
      )
      .returning(['id', 'slug'])
      .execute(),
  )
  const topics = (list: readonly Topic[]) => list.map(topic => ({ network_id: networkId, ...topic }))
  const priorities = byKey(
    await tx.insertInto('priority').values(topics(given.priorities)).returning(['id', 'slug']).execute(),
  )
  const projects = byKey(
    await tx.insertInto('project').values(topics(given.projects)).returning(['id', 'slug']).execute(),
  )
  const people = await settlePeople(tx, networkId, given, { now, today, groups, trusts })
  const meetings = await settleMeetings(tx, networkId, given, today, groups)
  return {
    networkId,
    slug: source.network.slug,
    today,
    now,
    groups,
    sites,
    trusts,
    priorities,
    projects,
    people,
    meetings,
  }
}

async function settlePeople(
  tx: Tx,
  networkId: number,
  { source, people }: Settlement,
  at: {
    now: Instant
    today: Temporal.PlainDate
    groups: ReadonlyMap<string, { id: number }>
    trusts: ReadonlyMap<string, number>
  },
): Promise<Settled['people']> {
  const accountOf = (person: DemoPerson): string | null =>
    person.accountOf
      ? `demo-wmin-${person.accountOf}`
      : person.key || person.signsIn
        ? `demo-${source.network.slug}-${person.key ?? emailOf(person)?.split('@')[0]}`
        : null
  for (const person of people) {
    const account = accountOf(person)
    if (!account) continue
    await sql`insert into account (id, name, email, email_verified)
              values (${account}, ${person.name}, ${emailOf(person)}, true) on conflict do nothing`.execute(
      tx,
    )
  }
  const came = (person: DemoPerson) => at.today.subtract({ months: person.monthsHere ?? 14 })
  const rows = await tx
    .insertInto('person')
    .values(
      people.map(person => ({
        network_id: networkId,
        account_id: accountOf(person),
        name: person.name,
        known_as: person.knownAs ?? person.name.split(' ')[0]!,
        email: emailOf(person),
        phone: person.phone ?? null,
        postal_address: person.address ?? null,
        channel: person.channel ?? 'email',
        large_print: person.largePrint ?? false,
        help_words: person.help ?? '',
        demo_key: person.key ?? null,
        created_at: atHour(came(person), 10),
        left_on: null,
      })),
    )
    .returning(['id', 'name', 'account_id'])
    .execute()
  const idOf = new Map(rows.map(row => [row.name, row.id]))
  const at14 = (person: DemoPerson) => ({
    network_id: networkId,
    person_id: idOf.get(person.name)!,
    from_on: came(person),
    to_on: null,
  })
  await tx
    .insertInto('membership')
    .values(
      people.flatMap(person =>
        (person.in ?? []).map(place => ({
          ...at14(person),
          group_id: at.groups.get(place.group)!.id,
          role: place.role,
          voting: place.voting ?? false,
          lay: place.lay ?? false,
        })),
      ),
    )
    .execute()
  await tx
    .insertInto('post_holding')
    .values(people.flatMap(person => (person.post ? [{ ...at14(person), post: person.post }] : [])))
    .execute()
  const contacts = people.flatMap(person =>
    person.trustContactOf ? [{ ...at14(person), trust_id: at.trusts.get(person.trustContactOf)! }] : [],
  )
  if (contacts.length > 0) await tx.insertInto('trust_contact').values(contacts).execute()
  return new Map(
    people.flatMap(person => {
      const row = rows.find(each => each.name === person.name)!
      const found = { id: row.id, accountId: row.account_id }
      return [[person.name, found] as const, ...(person.key ? [[person.key, found] as const] : [])]
    }),
  )
}

async function settleMeetings(
  tx: Tx,
  networkId: number,
  { source, meetings }: Settlement,
  today: Temporal.PlainDate,
  groups: ReadonlyMap<string, { id: number; name: string }>,
): Promise<Settled['meetings']> {
  const found = new Map<string, SettledMeeting[]>()
  let number = 0
  for (const plan of meetings) {
    const group = groups.get(plan.group)!
    const usual = source.groups.find(each => each.id === plan.group)?.cadence?.usualPlace ?? 'Microsoft Teams'
    const isTold = (inDays: number) => plan.told?.includes(inDays) ?? false
    const days = plan.inDays.map(days => dayFrom(today, days))
    const rows = await tx
      .insertInto('meeting')
      .values(
        days.map((on, index) => {
          const inDays = plan.inDays[index]!
          const startsAt = atHour(on, plan.hour)
          const kind = plan.inPerson?.includes(inDays)
            ? ('in-person' as const)
            : plan.hybrid?.includes(inDays)
              ? ('hybrid' as const)
              : ('online' as const)
          number += 1
          return {
            network_id: networkId,
            group_id: group.id,
            number,
            title: meetingTitle(group.name, on),
            starts_at: startsAt,
            minutes_long: 120,
            kind,
            place: kind === 'online' ? usual : 'Birmingham',
            link:
              kind === 'in-person' ? '' : `https://teams.example.org/meet/${source.network.slug}-${number}`,
            ...(kind === 'online' ? {} : { ...demoVenue, access: JSON.stringify(demoVenue.access) }),
            papers_due_on: addWorkingDays(on, -5),
            changed_at: atHour(plannedOn(today, inDays), 10),
            // Those from before the service came were told of in other ways.
            planned_at: inDays < 0 ? null : atHour(plannedOn(today, inDays), 10),
          }
        }),
      )
      .returning(['id', 'number', 'starts_at'])
      .execute()
    found.set(
      plan.group,
      rows.map((row, index) => {
        const inDays = plan.inDays[index]!
        return {
          id: row.id,
          number: row.number,
          inDays,
          on: days[index]!,
          startsAt: row.starts_at,
          wasQuiet: inDays < 0 && !isTold(inDays),
        }
      }),
    )
  }
  // The next one is numbered after them.
  await tx.insertInto('counter').values({ network_id: networkId, kind: 'meeting', last: number }).execute()
  return found
}

/** The near ones were planned some weeks ago, those after them last week. */
const plannedOn = (today: Temporal.PlainDate, inDays: number) =>
  today.subtract({ days: inDays < 30 ? 27 : 8 })

function emailOf(person: DemoPerson): string | null {
  if (person.noEmail) return null
  const plain = person.name
    .replace(/^Dr /, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '.')
  return `${plain}@example.org`
}
