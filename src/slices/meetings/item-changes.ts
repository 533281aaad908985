import { type Decision, type Happened, refuse } from '#kernel/decision.ts'
import type { Row, RowChange } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { closeItem, type Item, type ItemStep, openItem } from './agenda.ts'
import { itemTellings } from './item-messages.ts'
import { noteQuorum } from './quorum-now.ts'
import { type LoadedItem, type LoadedMeeting, loadItem } from './store.ts'

export const itemOf = (row: Row<'agenda_item'>): Item => ({
  state: row.state,
  standing: row.standing,
  openedAt: row.opened_at,
  closedAt: row.closed_at,
  because: row.because,
})

/** An accepted step of an item: its state, its history and what its raiser is told, in one transaction. */
export async function saveItem(
  doing: Doing,
  loaded: LoadedItem,
  step: { state: Item; events: readonly Happened[] },
  change: RowChange<'agenda_item'> = {},
): Promise<void> {
  const { state, openedAt, closedAt, because } = step.state
  await doing.tx
    .updateTable('agenda_item')
    .set({
      state,
      opened_at: openedAt,
      closed_at: closedAt,
      because,
      version: loaded.version + 1,
      ...change,
    })
    .where('id', '=', loaded.id)
    .execute()
  await doing.happened({ kind: 'agenda-item', id: loaded.id }, step.events)
  await doing.tell(...itemTellings(doing, loaded, step.events, change))
}

/** How each step of an item is taken: as a route loaded it for a change, decided, saved. */
export async function takeItem(
  doing: Doing,
  loaded: LoadedItem,
  decide: (it: Item, loaded: LoadedItem) => ItemStep,
  change: RowChange<'agenda_item'> = {},
): Promise<ItemStep> {
  const step = decide(itemOf(loaded.item), loaded)
  if (step.accepted) await saveItem(doing, loaded, step, change)
  return step
}

const noSuchItem = refuse('not-there', 'There is no such item')

/** The group turns to this item; the one that was open is closed. The meeting is held for the change. */
export async function turnToItem(
  doing: Doing,
  meeting: LoadedMeeting,
  itemId: number,
): Promise<Decision<Item>> {
  const next = await loadItem(doing, { meeting: meeting.reference, item: itemId }, { forChange: true })
  if (!next) return noSuchItem
  const step = openItem(itemOf(next.item), meeting.it, doing.now)
  if (!step.accepted) return step
  await closeOpenItems(doing, meeting)
  await saveItem(doing, next, step)
  await noteQuorum(doing, meeting)
  return step
}

/** Closes whatever is open: at most one item is. */
export async function closeOpenItems(doing: Doing, meeting: LoadedMeeting): Promise<void> {
  const open = await doing.tx
    .selectFrom('agenda_item')
    .select('id')
    .where('meeting_id', '=', meeting.id)
    .where('opened_at', 'is not', null)
    .where('closed_at', 'is', null)
    .execute()
  for (const { id } of open) {
    const loaded = await loadItem(doing, { meeting: meeting.reference, item: id }, { forChange: true })
    if (loaded) await takeItem(doing, loaded, it => closeItem(it, doing.now))
  }
}
