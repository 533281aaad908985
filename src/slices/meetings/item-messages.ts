import type { Happened } from '#kernel/decision.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { RowChange } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { Telling } from '#platform/outbox.ts'
import { meetingPaths } from './paths.ts'
import type { LoadedItem } from './store.ts'

/**
 * What the raiser and the presenter are told of an item: made from its history. An item's title may be in part B,
 * so no message carries it (R42).
 */
export function itemTellings(
  doing: Pick<Doing, 'network' | 'actor'>,
  loaded: LoadedItem,
  events: readonly Happened[],
  change: RowChange<'agenda_item'> = {},
): Telling[] {
  const { meeting, item } = loaded
  const to = (
    event: string,
    personId: number | null | undefined,
    subject: string,
    ...paragraphs: readonly string[]
  ): Telling[] =>
    // Nobody is told what they have just done themselves.
    personId === null || personId === undefined || personId === doing.actor?.personId
      ? []
      : [
          {
            key: `${event}:${loaded.id}:${loaded.version}:${personId}`,
            personId,
            kind: event,
            subject,
            paragraphs: paragraphs.filter(each => each !== ''),
            link: {
              path: meetingPaths.item(doing.network.slug, meeting.reference, loaded.id),
              words: 'See it here',
            },
            about: { kind: 'meeting', id: meeting.reference },
          },
        ]
  const where = `${theirs(meeting.row.title)} (${meeting.reference})`
  return events.flatMap(({ event, details }) => {
    const because = details.because ? `The reason: ${theirs(String(details.because))}` : ''
    switch (event) {
      case 'item-placed':
        return [
          ...to(
            event,
            item.raised_by_person_id,
            'the item you asked for is on the agenda',
            `The item you asked for has a place on the agenda of ${where}.`,
          ),
          ...presenterTold(event),
        ]
      case 'item-changed':
        return presenterTold(event)
      case 'item-deferred':
        return to(
          event,
          item.raised_by_person_id,
          'the item you asked for was moved to a later meeting',
          `The item you asked for at ${where} was moved to ${theirs(String(details.to))}.`,
          because,
        )
      case 'item-declined':
        return to(
          event,
          item.raised_by_person_id,
          'the item you asked for was not taken',
          `The item you asked for at ${where} will not be on its agenda.`,
          because,
          'If you think that is wrong, tell the chair or the team, or ask again at the next meeting.',
        )
      default:
        return []
    }
  })

  function presenterTold(event: string): Telling[] {
    const presenter = change.presenter_person_id as number | null | undefined
    if (!presenter || presenter === item.presenter_person_id || presenter === item.raised_by_person_id) {
      return []
    }
    return to(
      `${event}-presenter`,
      presenter,
      'you are asked to present an item',
      `You are named to present an item at ${where}.`,
      'If that will not do, please tell the team.',
    )
  }
}
