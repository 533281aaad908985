import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from 'kysely'
import type { Tables } from '#platform/database/tables.ts'
import {
  type Actor,
  anyOf,
  groupsOf,
  isMemberOf,
  isTeam,
  leads,
  personRule,
  type Rule,
  rule,
} from '#platform/permission.ts'
import type { Handling } from './tables.ts'

/** What permission asks about a meeting. */
export interface MeetingAccess {
  readonly groupId: number
  /** Presenters and authors from outside the group: they see the meeting they come to. */
  readonly guestIds: readonly number[]
}

/** What permission asks about an agenda item (BOARD-24). */
export interface ItemAccess extends MeetingAccess {
  readonly handling: Handling
  /** Raised it, presents it, or is named. */
  readonly readerIds: readonly number[]
  /** Does not get the paper, because of a conflict of interest: sees the title and why, and no more (R24). */
  readonly excludedIds: readonly number[]
}

/** What permission asks about a paper. */
export interface PaperAccess {
  readonly groupId: number
  readonly authorId: number
  readonly handling: Handling
  readonly out: boolean
  readonly readerIds: readonly number[]
  readonly excludedIds: readonly number[]
}

export const mayReadMeeting: Rule<MeetingAccess> = personRule(
  'the group, those who present or write for the meeting, or the team',
  (actor, it) => isMemberOf(actor, it.groupId) || isTeam(actor) || it.guestIds.includes(actor.personId),
)

/** The chair and the deputy run the meeting, the team is its secretary. */
export const mayRunMeeting: Rule<{ readonly groupId: number }> = personRule(
  'the group’s chair or deputy, or the team',
  (actor, it) => leads(actor, it.groupId) || isTeam(actor),
)

/** Deciding for the group is for its chair and deputy alone. */
export const mayChair: Rule<{ readonly groupId: number }> = personRule(
  'the group’s chair or deputy',
  (actor, it) => leads(actor, it.groupId),
)

export const isOfTheGroup: Rule<{ readonly groupId: number }> = personRule(
  'a member of the group',
  (actor, it) => isMemberOf(actor, it.groupId),
)

/** That the item is there, with its title: also for somebody who does not get its paper. */
export const mayReadItem: Rule<ItemAccess> = personRule(
  'whoever may read the meeting, and for a confidential item those who are named',
  (actor, it) =>
    it.handling === 'named' ? it.readerIds.includes(actor.personId) : mayReadMeeting.holds(actor, it),
)

/** What the item says, beyond its title. */
export const mayReadWhatItSays: Rule<ItemAccess> = personRule(
  'as the item, less those who do not get the paper',
  (actor, it) => mayReadItem.holds(actor, it) && !it.excludedIds.includes(actor.personId),
)

/** Placing, moving or declining an item: who runs the meeting and knows what the item says. */
export const mayPlaceItem: Rule<ItemAccess> = personRule(
  'the group’s chair or deputy, or the team, if they may read what the item says',
  (actor, it) => mayRunMeeting.holds(actor, it) && mayReadWhatItSays.holds(actor, it),
)

/** Any member of the group asks for an item; the team does so too, as its secretary (BOARD-4). */
export const mayRaiseItem: Rule<{ readonly groupId: number }> = personRule(
  'a member of the group, or the team',
  (actor, it) => isMemberOf(actor, it.groupId) || isTeam(actor),
)

/**
 * The one rule of a paper, for its page, its file, search, messages, feeds, packs and exports (BOARD-24, R57).
 * A draft is for its author and those who run the meeting.
 */
export const mayReadPaper: Rule<PaperAccess> = rule(
  'its author; once it is out everybody, the group or those named, as it is marked; nobody whom a conflict or an agreement that is missing excludes',
  (actor, it) => {
    if (actor && it.excludedIds.includes(actor.personId)) return false
    if (actor && it.authorId === actor.personId) return true
    // What everybody may read stays open to them, too.
    if (actor?.withoutPapers) return it.out && it.handling === 'public'
    if (!it.out) return actor !== undefined && it.handling !== 'named' && mayRunMeeting.holds(actor, it)
    switch (it.handling) {
      case 'public':
        return true
      case 'board':
        return actor !== undefined && (isMemberOf(actor, it.groupId) || isTeam(actor))
      case 'named':
        return actor !== undefined && it.readerIds.includes(actor.personId)
    }
  },
)

/** Preparing a paper: its author, and those who run the meeting unless it is confidential to named people. */
export const mayPreparePaper: Rule<PaperAccess> = anyOf(
  personRule<PaperAccess>('its author', (actor, it) => it.authorId === actor.personId),
  personRule<PaperAccess>(
    'who runs the meeting, unless it is confidential to named people',
    (actor, it) =>
      it.handling !== 'named' && mayRunMeeting.holds(actor, it) && !it.excludedIds.includes(actor.personId),
  ),
)

/** A paper comes from whoever runs the meeting, or from whoever raised or presents the item. */
export const mayAddPaper: Rule<
  ItemAccess & { readonly item: { raised_by_person_id: number | null; presenter_person_id: number | null } }
> = personRule(
  'who runs the meeting, or who raised or presents the item',
  (actor, it) =>
    mayReadWhatItSays.holds(actor, it) &&
    (mayRunMeeting.holds(actor, it) ||
      it.item.raised_by_person_id === actor.personId ||
      it.item.presenter_person_id === actor.personId),
)

/** `mayReadMeeting` as SQL, for lists, search and feeds. */
export function readableMeetings(
  eb: ExpressionBuilder<Tables, 'meeting'>,
  actor: Actor,
): ExpressionWrapper<Tables, 'meeting', SqlBool> {
  if (isTeam(actor)) return eb.and([])
  const groups = groupsOf(actor)
  return eb.or([
    ...(groups.length > 0 ? [eb('meeting.group_id', 'in', groups)] : []),
    sql<SqlBool>`exists (select from agenda_item i where i.network_id = meeting.network_id and i.meeting_id = meeting.id
      and i.state = 'on-agenda' and i.presenter_person_id = ${actor.personId})`,
    sql<SqlBool>`exists (select from paper p where p.network_id = meeting.network_id and p.meeting_id = meeting.id
      and p.state <> 'withdrawn' and p.author_person_id = ${actor.personId})`,
  ])
}

/** `mayReadItem` as SQL; the query has `agenda_item` and its `meeting`. */
export function readableItems(
  eb: ExpressionBuilder<Tables, 'agenda_item' | 'meeting'>,
  actor: Actor,
): ExpressionWrapper<Tables, 'agenda_item' | 'meeting', SqlBool> {
  const meeting = readableMeetings(eb as unknown as ExpressionBuilder<Tables, 'meeting'>, actor)
  return eb.or([
    eb.and([eb('agenda_item.handling', '<>', 'named'), meeting as never]),
    eb.and([eb('agenda_item.handling', '=', 'named'), namedFor('item', actor, sql.ref('agenda_item.id'))]),
    eb.and([
      eb('agenda_item.handling', '=', 'named'),
      eb.or([
        eb('agenda_item.raised_by_person_id', '=', actor.personId),
        eb('agenda_item.presenter_person_id', '=', actor.personId),
      ]),
    ]),
  ])
}

/** Not kept from the paper by a conflict of interest; `item` is the column with the item's id. */
export const notExcluded = (actor: Actor, item: ReturnType<typeof sql.ref>) => sql<SqlBool>`not exists (
  select from conflict x where x.network_id = ${actor.networkId} and x.item_id = ${item}
    and x.person_id = ${actor.personId} and x.outcome = 'no-paper')`

const namedFor = (
  kind: 'item' | 'paper',
  actor: Actor,
  id: ReturnType<typeof sql.ref>,
) => sql<SqlBool>`exists (
  select from named_reader r where r.network_id = ${actor.networkId} and r.thing_kind = ${kind} and r.thing_id = ${id}
    and r.person_id = ${actor.personId})`

/** `mayReadPaper` as SQL, for a person; the query has `paper` and its `meeting`. */
export function readablePapers(
  eb: ExpressionBuilder<Tables, 'paper' | 'meeting'>,
  actor: Actor,
): ExpressionWrapper<Tables, 'paper' | 'meeting', SqlBool> {
  const groups = groupsOf(actor)
  const led = actor.memberships
    .filter(each => each.role === 'chair' || each.role === 'deputy')
    .map(each => each.groupId)
  const ofGroup = isTeam(actor)
    ? eb.and([])
    : groups.length > 0
      ? eb('meeting.group_id', 'in', groups)
      : eb.or([])
  const runs = isTeam(actor) ? eb.and([]) : led.length > 0 ? eb('meeting.group_id', 'in', led) : eb.or([])
  if (actor.withoutPapers) {
    return eb.and([
      notExcluded(actor, sql.ref('paper.item_id')),
      eb.or([
        eb('paper.author_person_id', '=', actor.personId),
        eb.and([eb('paper.state', '=', 'out'), eb('paper.handling', '=', 'public')]),
      ]),
    ])
  }
  return eb.and([
    notExcluded(actor, sql.ref('paper.item_id')),
    eb.or([
      eb('paper.author_person_id', '=', actor.personId),
      eb.and([eb('paper.state', '<>', 'out'), eb('paper.handling', '<>', 'named'), runs]),
      eb.and([
        eb('paper.state', '=', 'out'),
        eb.or([
          eb('paper.handling', '=', 'public'),
          eb.and([eb('paper.handling', '=', 'board'), ofGroup]),
          eb.and([eb('paper.handling', '=', 'named'), namedFor('paper', actor, sql.ref('paper.id'))]),
        ]),
      ]),
    ]),
  ])
}
