import { Temporal } from 'temporal-polyfill'
import { happened } from '#kernel/decision.ts'
import type { Channel } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { nextNumber } from '#platform/references.ts'
import { type Saying, writeDown } from '#slices/contributions/index.ts'
import { findConflicts } from '#slices/interests/index.ts'
import { freeSlug } from '#slices/network-settings/index.ts'
import type { Problem, Row } from './columns.ts'
import type { ImportedThing, ImportKind } from './tables.ts'

/** Who and what is here already, by the words that a table may use. */
export interface Here {
  /** Ids by name and by short name, in small letters. */
  readonly groups: ReadonlyMap<string, number>
  readonly groupSlugs: ReadonlySet<string>
  readonly byEmail: ReadonlyMap<string, number>
  /** A name may belong to several people. */
  readonly byName: ReadonlyMap<string, readonly number[]>
  readonly today: Temporal.PlainDate
}

const small = (text: string) => text.trim().toLowerCase().replaceAll(/\s+/g, ' ')

export async function whoIsHere({ tx, today }: Pick<Doing, 'tx' | 'today'>): Promise<Here> {
  const groups = await tx.selectFrom('network_group').select(['id', 'name', 'short_name', 'slug']).execute()
  const people = await tx
    .selectFrom('person')
    .select(['id', 'name', 'email'])
    .where('left_on', 'is', null)
    .execute()
  const byName = new Map<string, number[]>()
  for (const each of people) byName.set(small(each.name), [...(byName.get(small(each.name)) ?? []), each.id])
  return {
    groups: new Map(
      groups.flatMap(each => [
        [small(each.short_name), each.id] as const,
        [small(each.name), each.id] as const,
      ]),
    ),
    groupSlugs: new Set(groups.map(each => each.slug)),
    byEmail: new Map(people.flatMap(each => (each.email ? [[small(each.email), each.id] as const] : []))),
    byName,
    today,
  }
}

export interface LinedRow {
  readonly line: number
  readonly row: Row
}

/** What stands in the way in this network, row by row: the form of the cells is right already. */
export function problemsOf(kind: ImportKind, rows: readonly LinedRow[], here: Here): Problem[] {
  const problems: Problem[] = []
  const seen = new Map<string, number>()
  for (const { line, row } of rows) {
    const say = (column: string, sentence: string) => void problems.push({ line, column, sentence })
    const once = (column: string, key: string, what: string) => {
      const before = seen.get(key)
      if (before !== undefined) say(column, `${what} stands in row ${before} already.`)
      else seen.set(key, line)
    }
    const group = (column: string) => {
      if (row[column] && !here.groups.has(small(row[column]))) {
        say(column, `There is no group “${row[column]}” here. Bring groups in first.`)
      }
    }
    const person = (column: string) => {
      const found = personIn(here, row[column] ?? '')
      if (found === 'several')
        say(column, `Several people are called “${row[column]}”. Use the e-mail address.`)
      else if (found === undefined) say(column, `Nobody here is “${row[column]}”. Bring people in first.`)
    }
    const past = (column: string) => {
      if (row[column] && row[column] > here.today.toString()) say(column, 'This day is still to come.')
    }
    switch (kind) {
      case 'groups':
        once('Name', small(row.Name!), 'This group')
        if (here.groups.has(small(row.Name!))) say('Name', 'This group is here already.')
        if (row['Weeks between meetings'] && !inRange(row['Weeks between meetings'], 1, 104)) {
          say('Weeks between meetings', 'A whole number from 1 to 104 must stand here, or nothing.')
        }
        break
      case 'people':
        personProblems(row, here, say, once)
        group('Group')
        if (row.Group && !row.Role) say('Role', 'What is this person in the group?')
        if (row.Role && !row.Group) say('Group', 'In which group?')
        past('Since')
        break
      case 'meetings':
        group('Group')
        past('Day')
        once('Day', `${small(row.Group!)} ${row.Day}`, 'A meeting of this group on this day')
        if (row.Time && !/^([01]?\d|2[0-3]):[0-5]\d$/.test(row.Time)) say('Time', 'Write the time as 14:00.')
        break
      case 'actions':
        person('Owner')
        group('Group')
        past('Done on')
        if (row['Done on'] && !row['What changed']) say('What changed', 'It is done: what changed?')
        break
      case 'interests':
        person('Person')
        past('Since')
        if (row.Until && row.Until < row.Since!) say('Until', 'It ends before it begins.')
        if (row.Type === 'indirect' && !row.Whose) say('Whose', 'It is indirect: whose interest is it?')
        break
      case 'views':
        person('Person')
        group('For the group')
        past('Said on')
        break
    }
  }
  return problems
}

function personProblems(
  row: Row,
  here: Here,
  say: (column: string, sentence: string) => void,
  once: (column: string, key: string, what: string) => void,
): void {
  const email = row['E-mail'] ?? ''
  if (email) {
    if (!/^[^\s@<>()[\]\\,;:"]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email)) {
      say('E-mail', 'This is no e-mail address such as name@example.org.')
    }
    once('E-mail', `mail ${small(email)}`, 'This e-mail address')
    if (here.byEmail.has(small(email))) say('E-mail', 'Somebody here has this e-mail address already.')
  } else if (here.byName.has(small(row.Name!))) {
    say('Name', 'Somebody of this name is here already. Add an e-mail address, or take the row out.')
  } else {
    once('Name', `name ${small(row.Name!)}`, 'Somebody of this name, without an e-mail address,')
  }
  if (row.Phone && row.Phone.replace(/\D/g, '').length < 7) say('Phone', 'This is no whole phone number.')
  const needs = { 'e-mail': 'E-mail', text: 'Phone', phone: 'Phone', post: 'Address' }[
    row['How to tell'] ?? ''
  ]
  if (needs && !row[needs]) say(needs, `We are to tell them by ${row['How to tell']}: this must stand here.`)
}

const inRange = (text: string, least: number, most: number): boolean =>
  /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most

function personIn(here: Here, words: string): number | 'several' | undefined {
  const byEmail = here.byEmail.get(small(words))
  if (byEmail !== undefined) return byEmail
  const named = here.byName.get(small(words)) ?? []
  return named.length > 1 ? 'several' : named[0]
}

export interface Made {
  readonly kind: ImportedThing
  readonly id: number
}

/**
 * Brings rows in that have no problem. Nobody is told: they were told long ago, elsewhere.
 * @returns what was made, in its order, so that it can be taken back in the other
 */
export async function bringIn(
  given: Doing,
  kind: ImportKind,
  rows: readonly Row[],
  here: Here,
): Promise<readonly Made[]> {
  const doing: Doing = { ...given, tell: async () => {} }
  const made: Made[] = []
  const slugs = new Set(here.groupSlugs)
  // People are many: a few hundred in a statement.
  if (kind === 'people') {
    for (let at = 0; at < rows.length; at += 500) {
      made.push(...(await bringPeople(doing, rows.slice(at, at + 500), here)))
    }
    return made
  }
  for (const row of rows) made.push(...(await bringers[kind](doing, row, here, slugs)))
  return made
}

type Bringer = (doing: Doing, row: Row, here: Here, slugs: Set<string>) => Promise<readonly Made[]>

const broughtIn = happened('brought-in')
const dayOf = (text: string) => Temporal.PlainDate.from(text)
const groupIn = (here: Here, words: string): number => here.groups.get(small(words))!
const knownPerson = (here: Here, words: string): number => personIn(here, words) as number

const bringers: Record<Exclude<ImportKind, 'people'>, Bringer> = {
  async groups({ tx, network, happened: happens }, row, _here, slugs) {
    const slug = freeSlug(row['Short name'] || row.Name!, 'group', slugs)
    slugs.add(slug)
    const { id } = await tx
      .insertInto('network_group')
      .values({
        network_id: network.id,
        slug,
        name: row.Name!,
        short_name: row['Short name'] || row.Name!,
        kind: row.Kind as 'board' | 'sig' | 'workstream',
        about: row.About ?? '',
        cadence_weeks: row['Weeks between meetings'] ? Number(row['Weeks between meetings']) : null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await happens({ kind: 'group', id }, [broughtIn])
    return [{ kind: 'network_group', id }]
  },
  async meetings(doing, row, here) {
    const { tx, network } = doing
    const [hour = 10, minute = 0] = (row.Time || '10:00').split(':').map(Number)
    const startsAt = dayOf(row.Day!)
      .toZonedDateTime({ timeZone: 'Europe/London', plainTime: new Temporal.PlainTime(hour, minute) })
      .toInstant()
    const number = await nextNumber(tx, network.id, 'meeting', 1)
    const { id } = await tx
      .insertInto('meeting')
      .values({
        network_id: network.id,
        group_id: groupIn(here, row.Group!),
        number,
        title: row.Title!,
        starts_at: startsAt,
        place: row.Place || 'Not known',
        // Its minutes are elsewhere: nobody owes them here.
        state: 'published',
        ended_at: startsAt.add({ hours: 2 }),
        planned_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await doing.happened({ kind: 'meeting', id }, [broughtIn])
    return [{ kind: 'meeting', id }]
  },
  async actions(doing, row, here) {
    const { tx, network, now } = doing
    const number = await nextNumber(tx, network.id, 'action', 300)
    const done = row['Done on']
    const { id } = await tx
      .insertInto('action')
      .values({
        network_id: network.id,
        number,
        contribution_id: null,
        consideration_id: null,
        group_id: groupIn(here, row.Group!),
        what: row.What!,
        owner_person_id: knownPerson(here, row.Owner!),
        made_at: now,
        state: done ? 'done' : 'open',
        due_on: dayOf(row.Due!),
        state_data: JSON.stringify(
          done ? { on: done, whatChanged: row['What changed'], evidence: '', link: '' } : {},
        ),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await doing.happened({ kind: 'action', id }, [broughtIn])
    return [{ kind: 'action', id }]
  },
  async interests(doing, row, here) {
    const personId = knownPerson(here, row.Person!)
    const { id } = await doing.tx
      .insertInto('interest')
      .values({
        network_id: doing.network.id,
        person_id: personId,
        type: row.Type!.replaceAll(' ', '-') as 'financial',
        conflict: row.Conflict as 'actual',
        organisation: row.Organisation!,
        trust_id: null,
        project_id: null,
        what: row.What!,
        whose: row.Whose ?? '',
        from_on: dayOf(row.Since!),
        to_on: row.Until ? dayOf(row.Until) : null,
        declared_at: doing.now,
        declared_for_person_id: doing.actor?.personId ?? null,
        withheld_by_person_id: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await doing.happened({ kind: 'interest', id }, [broughtIn])
    await findConflicts(doing, { personId })
    return [{ kind: 'interest', id }]
  },
  async views(doing, row, here) {
    const saying: Saying = {
      personId: knownPerson(here, row.Person!),
      kind: row.Kind as Saying['kind'],
      words: row.Words!,
      wishedGroupId: row['For the group'] ? groupIn(here, row['For the group']) : null,
    }
    const how = ({ 'e-mail': 'email', 'in person': 'in-person' }[row.How!] ?? row.How) as 'email'
    // Said long ago, but promised from today: the clock of this service begins when it has the view.
    const heard = {
      how,
      saidOn: dayOf(row['Said on']!),
      recordedBy: doing.actor!.personId,
      promisedFrom: doing.today,
    }
    const { id } = await writeDown(doing, saying, heard)
    await doing.happened({ kind: 'contribution', id }, [broughtIn])
    return [{ kind: 'contribution', id }]
  },
}

async function bringPeople(doing: Doing, rows: readonly Row[], here: Here): Promise<readonly Made[]> {
  const { tx, network, now, today } = doing
  const people = await tx
    .insertInto('person')
    .values(
      rows.map(row => ({
        network_id: network.id,
        account_id: null,
        name: row.Name!,
        known_as: row['Known as'] || row.Name!.split(' ')[0]!,
        email: row['E-mail'] || null,
        phone: row.Phone || null,
        postal_address: row.Address || null,
        channel: ({ 'e-mail': 'email' }[row['How to tell']!] ?? row['How to tell']) as Channel,
        large_print: row['Large print'] === 'yes',
        demo_key: null,
        created_at: now,
        left_on: null,
      })),
    )
    .returning('id')
    .execute()
  const made: Made[] = people.map(({ id }) => ({ kind: 'person', id }))
  const places = rows.flatMap((row, at) =>
    row.Group
      ? [
          {
            network_id: network.id,
            person_id: people[at]!.id,
            group_id: groupIn(here, row.Group),
            role: row.Role as 'volunteer',
            voting: row.Votes === 'yes',
            lay: row.Role === 'volunteer',
            from_on: row.Since ? dayOf(row.Since) : today,
            to_on: null,
          },
        ]
      : [],
  )
  if (places.length > 0) {
    const given = await tx.insertInto('membership').values(places).returning('id').execute()
    made.push(...given.map(({ id }) => ({ kind: 'membership' as const, id })))
  }
  return made
}
