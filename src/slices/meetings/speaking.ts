import { type Refusal, refuse } from '#kernel/decision.ts'
import type { Instant } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { LoadedMeeting } from './store.ts'

/** Somebody who wants to speak to the open item. */
export interface Wish {
  readonly id: number
  readonly personId: number
  readonly name: string
  readonly askedAt: Instant
  /** How often they have spoken at this meeting. */
  readonly spoke: number
}

/** Those who spoke least come first, then those who asked first (BOARD-20). */
export const inTurn = (wishes: readonly Wish[]): readonly Wish[] =>
  [...wishes].sort(
    (a, b) => a.spoke - b.spoke || a.askedAt.epochMilliseconds - b.askedAt.epochMilliseconds || a.id - b.id,
  )

type Done = { readonly accepted: true } | Refusal

/** @returns the id of the item that is open now */
async function openItemOf(doing: Doing, meeting: LoadedMeeting): Promise<number | undefined> {
  const open = await doing.tx
    .selectFrom('agenda_item')
    .select('id')
    .where('meeting_id', '=', meeting.id)
    .where('opened_at', 'is not', null)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  return open?.id
}

/** Raised once, however often the button is pressed. */
export async function raiseHand(doing: Doing, meeting: LoadedMeeting, personId: number): Promise<Done> {
  const itemId = await openItemOf(doing, meeting)
  if (itemId === undefined) return refuse('nothing-open', 'No item is open now')
  const out = await doing.tx
    .selectFrom('conflict')
    .select('id')
    .where('item_id', '=', itemId)
    .where('person_id', '=', personId)
    .where('outcome', 'in', ['leaves', 'no-paper'])
    .executeTakeFirst()
  if (out)
    return refuse('in-conflict', 'You do not take part in this item, because of a conflict of interest')
  const raised = await doing.tx
    .selectFrom('wish_to_speak')
    .select('id')
    .where('item_id', '=', itemId)
    .where('person_id', '=', personId)
    .where('spoke_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  if (raised) return { accepted: true }
  await doing.tx
    .insertInto('wish_to_speak')
    .values({
      network_id: doing.network.id,
      item_id: itemId,
      person_id: personId,
      asked_at: doing.now,
      spoke_at: null,
      withdrawn_at: null,
    })
    .execute()
  return { accepted: true }
}

export async function lowerHand(doing: Doing, meeting: LoadedMeeting, personId: number): Promise<Done> {
  const itemId = await openItemOf(doing, meeting)
  await doing.tx
    .updateTable('wish_to_speak')
    .set({ withdrawn_at: doing.now })
    .where('item_id', '=', itemId ?? -1)
    .where('person_id', '=', personId)
    .where('spoke_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute()
  return { accepted: true }
}

/** Whoever runs the meeting marks that somebody has spoken. */
export async function markSpoke(doing: Doing, meeting: LoadedMeeting, wishId: number): Promise<Done> {
  const marked = await doing.tx
    .updateTable('wish_to_speak')
    .set({ spoke_at: doing.now })
    .where('id', '=', wishId)
    .where('withdrawn_at', 'is', null)
    .where(eb =>
      eb(
        'item_id',
        'in',
        eb.selectFrom('agenda_item as i').select('i.id').where('i.meeting_id', '=', meeting.id),
      ),
    )
    .executeTakeFirst()
  return Number(marked.numUpdatedRows) > 0
    ? { accepted: true }
    : refuse('not-there', 'This hand is down again')
}
