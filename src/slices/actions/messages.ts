import { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import type { Happened } from '#kernel/decision.ts'
import { reference } from '#kernel/references.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Doing } from '#platform/doing.ts'
import type { Telling } from '#platform/outbox.ts'
import { actionPaths } from './paths.ts'
import type { LoadedAction } from './store.ts'

const day = (value: unknown) => dateInWords(Temporal.PlainDate.from(String(value)))

/** What people are told of what happened to an action: made from history, never by hand. */
export function tellingsOf(
  doing: Pick<Doing, 'network' | 'actor'>,
  loaded: LoadedAction,
  events: readonly Happened[],
): Telling[] {
  return events.flatMap(event => tellingsOfOne(doing, loaded, event))
}

function tellingsOfOne(
  doing: Pick<Doing, 'network' | 'actor'>,
  loaded: LoadedAction,
  { event, details }: Happened,
): Telling[] {
  const to = (
    personIds: readonly (number | undefined)[],
    subject: string,
    ...paragraphs: readonly string[]
  ): Telling[] =>
    [...new Set(personIds)]
      // Nobody is told what they have just done themselves.
      .filter((each): each is number => each !== undefined && each !== doing.actor?.personId)
      .map(personId => ({
        key: `action-${event}:${loaded.id}:${loaded.version}:${personId}`,
        personId,
        kind: `action-${event}`,
        subject,
        paragraphs: paragraphs.filter(each => each !== ''),
        link: { path: actionPaths.one(doing.network.slug, loaded.reference), words: 'See it here' },
        about: { kind: 'action', id: loaded.reference },
      }))
  const [what, group] = [theirs(loaded.what), theirs(loaded.groupName)]
  const its = `${loaded.reference}: ${what}`
  const because = details.because ? `The reason: ${theirs(String(details.because))}` : ''
  switch (event) {
    case 'action-made':
      return to(
        [loaded.ownerId],
        `${loaded.reference} is yours to do by ${dateInWords(loaded.it.due)}`,
        `${group} agreed on something, and you are the one who does it.`,
        `${its}. It should be done by ${dateInWords(loaded.it.due)}.`,
        loaded.view ? `It came from what somebody told us: ${reference('C', loaded.view.number)}.` : '',
        'If the date will not do, ask for another one and say why. When it is done, say what changed.',
      )
    case 'asked-for-another-date':
      return to(
        loaded.leaderIds.filter(each => each !== loaded.ownerId),
        `another date is wished for ${loaded.reference}`,
        `${theirs(loaded.ownerName)} asks for more time. ${its}.`,
        `It is due by ${day(details.instead)}. They ask for ${day(details.on)}.`,
        because,
        'Please say whether you agree.',
      )
    case 'date-agreed':
      return to(
        [loaded.ownerId],
        `${loaded.reference} has a new date, ${day(details.on)}`,
        `The date you asked for was agreed. ${its}. It should now be done by ${day(details.on)}.`,
        because,
      )
    case 'date-not-agreed':
      return to(
        [loaded.ownerId],
        `${loaded.reference} keeps its date, ${day(details.stays)}`,
        `Another date was not agreed. ${its}. It should be done by ${day(details.stays)}.`,
        because,
      )
    case 'deferred':
      return [
        ...to(
          [loaded.ownerId],
          `${loaded.reference} has a new date, ${day(details.on)}`,
          `${its}. It should now be done by ${day(details.on)}, not by ${day(details.instead)}.`,
          because,
        ),
      ]
    case 'reassigned':
      return [
        ...to(
          [Number(details.personId)],
          `${loaded.reference} is now yours to do by ${dateInWords(loaded.it.due)}`,
          `This was handed on to you. ${its}. It should be done by ${dateInWords(loaded.it.due)}.`,
          because,
          'If the date will not do, ask for another one and say why. When it is done, say what changed.',
        ),
        ...to(
          [loaded.ownerId],
          `${loaded.reference} was handed on`,
          `You need not do this any more: ${theirs(String(details.name))} does it now. ${its}.`,
          because,
        ),
      ]
    case 'done':
      return to(
        [...loaded.leaderIds, ...(details.recorded ? [loaded.ownerId] : [])],
        `${loaded.reference} is done`,
        `${its}. What changed: ${theirs(String(details.whatChanged))}`,
      )
    case 'dropped':
      return [
        // The reason goes to whoever raised it (product.md, "Actioned").
        ...to(
          loaded.contributorIds,
          `something that was agreed will not be done`,
          `${group} had agreed on this after what you told us${loaded.view ? ` (${reference('C', loaded.view.number)})` : ''}: ${what}. It will not be done.`,
          because,
          'You will hear what happens next, and you will be asked whether that closes it for you.',
        ),
        ...to(
          [...loaded.leaderIds, ...(details.recorded ? [loaded.ownerId] : [])].filter(
            each => !loaded.contributorIds.includes(each),
          ),
          `${loaded.reference} was dropped`,
          `${its}. It will not be done.`,
          because,
        ),
      ]
    default:
      return []
  }
}
