import { type SqlBool, sql } from 'kysely'
import { type Decision, happened, type Refusal, refuse } from '#kernel/decision.ts'
import { reference } from '#kernel/references.ts'
import type { Doing } from '#platform/doing.ts'
import { possibleOwners } from '#slices/actions/index.ts'
import {
  declineItem,
  deferItem,
  type Item,
  lengthOf,
  longestAgenda,
  mayStillRaise,
  moved,
  placeItem,
  withdrawItem,
} from './agenda.ts'
import { agendaOf, contributionsToAnswer, onAgenda } from './agenda-queries.ts'
import { itemOf, saveItem, takeItem } from './item-changes.ts'
import { hasCome, isAhead } from './meeting.ts'
import { type LoadedItem, type LoadedMeeting, loadMeeting } from './store.ts'
import type { Asked, Handling } from './tables.ts'

export interface NewItem {
  readonly title: string
  readonly about: string
  readonly asked: Asked
  readonly minutes: number
  readonly wished: 'public' | 'board'
  readonly contributionIds: readonly number[]
}

/** Somebody asks for an item. It is for the group alone until the chair gives it a place (R28). */
export async function raiseItem(
  doing: Doing,
  meeting: LoadedMeeting,
  given: NewItem,
): Promise<{ accepted: true; id: number } | Refusal> {
  const cannot = mayStillRaise(meeting.it)
  if (cannot) return cannot
  if (given.minutes > longestAgenda) return refuse('too-long', 'An item can take 12 hours at most')
  const unknown = await unknownAmong(doing, meeting, given.contributionIds)
  if (unknown) return unknown
  const { contributionIds, ...words } = given
  const { id } = await doing.tx
    .insertInto('agenda_item')
    .values({
      ...words,
      network_id: doing.network.id,
      meeting_id: meeting.id,
      position: null,
      standing: null,
      raised_by_person_id: doing.actor?.personId ?? null,
      raised_at: doing.now,
      presenter_person_id: null,
      moved_to_meeting_id: null,
      opened_at: null,
      closed_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await answers(doing, id, contributionIds)
  await doing.happened({ kind: 'agenda-item', id }, [happened('item-raised', { asked: given.asked })])
  return { accepted: true, id }
}

/** Only what waits for this group can be answered, and what the item answers already. */
async function unknownAmong(
  doing: Doing,
  meeting: LoadedMeeting,
  contributionIds: readonly number[],
  itemId?: number,
): Promise<Refusal | undefined> {
  if (contributionIds.length === 0) return undefined
  const there = new Set((await contributionsToAnswer(doing, meeting, itemId).execute()).map(each => each.id))
  return contributionIds.every(id => there.has(id))
    ? undefined
    : refuse('no-such-contribution', 'Choose contributions that wait to be considered by this group')
}

async function answers(doing: Doing, itemId: number, given: readonly number[]): Promise<void> {
  const contributionIds = [...new Set(given)]
  await doing.tx.deleteFrom('item_contribution').where('item_id', '=', itemId).execute()
  if (contributionIds.length === 0) return
  await doing.tx
    .insertInto('item_contribution')
    .values(
      contributionIds.map(id => ({ network_id: doing.network.id, item_id: itemId, contribution_id: id })),
    )
    .execute()
}

export interface Place {
  readonly minutes: number
  readonly asked: Asked
  readonly presenterPersonId: number | null
  readonly presenterWords: string
  readonly handling: Handling
  readonly handlingReason: string
  readonly readerIds: readonly number[]
  /** The contributions it answers; left out, they stay as they are. */
  readonly contributionIds?: readonly number[]
}

/** The chair or the team gives an item its place, at the end before Any other business, or changes one that has it. */
export async function giveItemAPlace(
  doing: Doing,
  loaded: LoadedItem,
  given: Place,
): Promise<Decision<Item>> {
  if (given.handling !== 'public' && given.handlingReason === '' && !loaded.item.standing) {
    return refuse('no-reason', 'Say why not everybody may read it')
  }
  const people = await possibleOwners(doing.tx, doing.today)
  const known = (id: number) => people.some(each => each.id === id)
  if (given.presenterPersonId !== null && !known(given.presenterPersonId)) {
    return refuse('no-presenter', 'Choose a person of this network')
  }
  if (given.handling === 'named') {
    const readers = await possibleReaders(doing, loaded).execute()
    const fits = given.readerIds.every(id => readers.some(each => each.id === id))
    if (given.readerIds.length === 0 || !fits) return refuse('no-readers', 'Choose who may read it')
  }
  const unknown = await unknownAmong(doing, loaded.meeting, given.contributionIds ?? [], loaded.id)
  if (unknown) return unknown
  const items = onAgenda(await agendaOf(doing, loaded.meeting))
  const others = items.filter(each => each.id !== loaded.id)
  const step = placeItem(itemOf(loaded.item), loaded.meeting.it, given.minutes, lengthOf(others), {
    handling: given.handling,
    minutes: given.minutes,
  })
  if (!step.accepted) return step
  await saveItem(doing, loaded, step, {
    minutes: given.minutes,
    asked: given.asked,
    presenter_person_id: given.presenterPersonId,
    presenter_words: given.presenterPersonId === null ? given.presenterWords : '',
    handling: given.handling,
    handling_reason: given.handling === 'public' ? '' : given.handlingReason,
  })
  await nameReaders(doing, loaded.id, given)
  if (given.contributionIds) await answers(doing, loaded.id, given.contributionIds)
  if (loaded.item.state === 'raised') {
    const last = others.findIndex(each => each.standing === 'any-other-business')
    const at = last === others.length - 1 && last >= 0 ? last : others.length
    await saveOrder(doing, others.map(each => each.id).toSpliced(at, 0, loaded.id))
  }
  return step
}

/** Who can be named to read a confidential item: the group, the team, and whoever is named already. */
export function possibleReaders(doing: Pick<Doing, 'tx' | 'today'>, loaded: LoadedItem) {
  const today = sql`from_on <= ${doing.today} and (to_on is null or to_on >= ${doing.today})`
  return doing.tx
    .selectFrom('person as p')
    .select(['p.id', 'p.name'])
    .where('p.left_on', 'is', null)
    .where(
      sql<SqlBool>`(p.id = any(${[...loaded.readerIds]}::integer[])
        or exists (select from membership m where m.network_id = p.network_id and m.person_id = p.id
          and m.group_id = ${loaded.groupId} and ${today})
        or exists (select from post_holding h where h.network_id = p.network_id and h.person_id = p.id
          and h.post <> 'administrator' and ${today}))`,
    )
    .orderBy('p.name')
    .orderBy('p.id')
}

/** Who marks an item as confidential stays one of those who may read it. */
async function nameReaders(doing: Doing, itemId: number, given: Place): Promise<void> {
  await doing.tx
    .deleteFrom('named_reader')
    .where('thing_kind', '=', 'item')
    .where('thing_id', '=', itemId)
    .execute()
  if (given.handling !== 'named') return
  const readers = new Set([...given.readerIds, ...(doing.actor ? [doing.actor.personId] : [])])
  await doing.tx
    .insertInto('named_reader')
    .values(
      [...readers].map(person_id => ({
        network_id: doing.network.id,
        thing_kind: 'item' as const,
        thing_id: itemId,
        person_id,
      })),
    )
    .execute()
}

async function saveOrder(doing: Pick<Doing, 'tx'>, order: readonly number[]): Promise<void> {
  await sql`update agenda_item i set position = o.place
    from unnest(${order}::integer[]) with ordinality as o(id, place)
    where i.id = o.id and i.position is distinct from o.place`.execute(doing.tx)
}

/** One up or one down, by whoever runs the meeting. */
export async function moveItem(
  doing: Doing,
  meeting: LoadedMeeting,
  itemId: number,
  way: 'up' | 'down',
): Promise<{ accepted: true } | Refusal> {
  if (!isAhead(meeting.it)) {
    return refuse('held', 'The meeting has begun, so the order of its agenda stays as it is')
  }
  const order = onAgenda(await agendaOf(doing, meeting)).map(each => each.id)
  if (!order.includes(itemId)) return refuse('not-there', 'This item is not on the agenda')
  await saveOrder(doing, moved(order, itemId, way))
  return { accepted: true }
}

export interface LaterMeeting {
  readonly id: number
  readonly number: number
  readonly title: string
}

/** The group's later meetings whose agenda is not set yet. */
export async function laterMeetings(
  doing: Pick<Doing, 'tx'>,
  meeting: LoadedMeeting,
): Promise<readonly LaterMeeting[]> {
  return await doing.tx
    .selectFrom('meeting')
    .select(['id', 'number', 'title'])
    .where('group_id', '=', meeting.groupId)
    .where('state', 'in', ['planned', 'agenda-open'])
    .where('starts_at', '>', meeting.it.startsAt)
    .orderBy('starts_at')
    .limit(30)
    .execute()
}

/** To a later meeting: there it waits for a place again, with all that was said about it. Its raiser is told. */
export async function deferToMeeting(
  doing: Doing,
  loaded: LoadedItem,
  to: { meeting: number; because: string },
): Promise<Decision<Item>> {
  // A later one: whoever moves items takes meetings in the order of their dates.
  const target = await loadMeeting(doing, to.meeting, { forChange: true })
  const fits =
    target &&
    target.groupId === loaded.groupId &&
    isAhead(target.it) &&
    !hasCome(target.it, 'agenda-set') &&
    target.it.startsAt.epochMilliseconds > loaded.meeting.it.startsAt.epochMilliseconds
  if (!fits) return refuse('no-meeting', 'Choose a later meeting of this group whose agenda is not set yet')
  const words = { reference: `${target.row.title} (${target.reference})`, because: to.because }
  const done = await takeItem(doing, loaded, it => deferItem(it, words, doing.now), {
    moved_to_meeting_id: target.id,
  })
  if (!done.accepted) return done
  await copyTo(doing, loaded, target, to.because)
  return done
}

async function copyTo(
  doing: Doing,
  { item, meeting }: LoadedItem,
  target: LoadedMeeting,
  because: string,
): Promise<void> {
  const { id } = await doing.tx
    .insertInto('agenda_item')
    .values({
      network_id: doing.network.id,
      meeting_id: target.id,
      position: null,
      standing: null,
      title: item.title,
      about: item.about,
      asked: item.asked,
      minutes: item.minutes,
      presenter_person_id: item.presenter_person_id,
      presenter_words: item.presenter_words,
      raised_by_person_id: item.raised_by_person_id,
      raised_at: item.raised_at,
      moved_to_meeting_id: null,
      handling: item.handling === 'named' ? 'named' : 'board',
      handling_reason: item.handling_reason,
      wished: item.wished,
      came_from_id: item.id,
      opened_at: null,
      closed_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await sql`insert into item_contribution (network_id, item_id, contribution_id)
    select network_id, ${id}, contribution_id from item_contribution where item_id = ${item.id}`.execute(
    doing.tx,
  )
  await sql`insert into named_reader (network_id, thing_kind, thing_id, person_id)
    select network_id, 'item', ${id}, person_id from named_reader
    where thing_kind = 'item' and thing_id = ${item.id}`.execute(doing.tx)
  await doing.happened({ kind: 'agenda-item', id }, [
    happened('item-came', { from: `${meeting.row.title} (${reference('M', meeting.row.number)})`, because }),
  ])
}

/** With the reason, which goes to whoever asked for it. */
export const decline = (doing: Doing, loaded: LoadedItem, because: string): Promise<Decision<Item>> =>
  takeItem(doing, loaded, it => declineItem(it, because))

/** Whoever asked for it takes it back. */
export const withdraw = (doing: Doing, loaded: LoadedItem): Promise<Decision<Item>> =>
  takeItem(doing, loaded, it => withdrawItem(it))
