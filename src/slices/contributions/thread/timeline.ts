import { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import { reference } from '#kernel/references.ts'
import { translationTitle } from '#slices/translations/index.ts'
import type { SeenEvent } from './view.ts'

/** How one event of the history reads in the timeline. */
export interface Sentence {
  readonly title: string
  /** A staff's words that belong to it. */
  readonly body?: string
}

interface EventWords {
  /** Whose deed it is: what a contributor does is shown under the name that they chose (LOOP-2). */
  readonly by: 'contributor' | 'staff' | 'clock'
  /** `who` is the contributor's shown name, where the event is about one. */
  say(details: Readonly<Record<string, unknown>>, who: string): Sentence
  /** Its words are somebody's own: they stand below, as `wordsFor` lets this reader see them. */
  readonly ownWords?: boolean
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const day = (value: unknown) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text(value)) ? dateInWords(Temporal.PlainDate.from(text(value))) : ''
const plain =
  (title: string): EventWords['say'] =>
  () => ({ title })
const withBody = (title: string, body: unknown): Sentence =>
  text(body) ? { title, body: text(body) } : { title }

const outcomes: Record<string, string> = {
  agreed: 'agreed',
  'partly-agreed': 'partly agreed',
  'not-agreed': 'not agreed',
  'passed-on': 'passed on',
}
const publicationAnswers: Record<string, string> = {
  yes: 'yes, publish this text',
  different: 'publish it with other words',
  no: 'do not publish it',
}
const ways: Record<string, string> = {
  email: 'by e-mail',
  phone: 'by phone',
  post: 'by post',
  'in-person': 'in person',
}

const asTold = ({ recorded, how, on }: Readonly<Record<string, unknown>>) =>
  recorded ? `. Written down as said ${ways[text(how)] ?? ''} ${on ? `on ${day(on)}` : ''}`.trimEnd() : ''

/** Every event of a contribution. A test holds this list against every `happened(…)` of the slices that tell its story. */
export const contributionEvents: Record<string, EventWords> = {
  received: {
    by: 'contributor',
    say: ({ how, saidOn }) => {
      const way = ways[text(how)]
      return {
        title: way ? `Said ${way}${saidOn ? ` on ${day(saidOn)}` : ''}, and written down` : 'Received',
      }
    },
  },
  joined: { by: 'contributor', say: (_, who) => ({ title: `${who} raised the same` }) },
  corrected: {
    by: 'contributor',
    say: plain('The words were corrected by who raised it. The first words are kept'),
  },
  'naming-changed': { by: 'contributor', say: plain('Changed how they are named') },
  hidden: { by: 'staff', say: plain('Somebody’s personal details were hidden. The first text is kept') },
  titled: { by: 'staff', say: plain('The title was put in plain words') },
  signposted: {
    by: 'staff',
    say: plain('They were told who can help with somebody’s own care or safety. The view stays here'),
  },
  acknowledged: {
    by: 'staff',
    say: ({ group, on, words }) => withBody(`Will be considered by the ${text(group)}, ${day(on)}`, words),
  },
  asked: { by: 'staff', say: ({ question }) => withBody('We asked for something', question) },
  answered: {
    by: 'contributor',
    say: details => ({ title: `Answered what we asked${asTold(details)}` }),
    ownWords: true,
  },
  considered: {
    by: 'staff',
    say: ({ group, meeting, outcome, reason, passedTo }) =>
      withBody(
        `Considered by the ${text(group)}${meeting ? ` at “${text(meeting)}”` : ''}: ${outcomes[text(outcome)] ?? text(outcome)}${passedTo ? ` to ${text(passedTo)}` : ''}`,
        reason,
      ),
  },
  'view-added': {
    by: 'staff',
    say: ({ marked }) => ({
      title: marked ? 'Added a view that is marked for the group and the team' : 'Added a view',
    }),
  },
  'body-answered': { by: 'staff', say: ({ to, said }) => withBody(`${text(to)} answered`, said) },
  'body-chased': { by: 'staff', say: ({ to, words }) => withBody(`Asked ${text(to)} again`, words) },
  changed: { by: 'clock', say: plain('Every action is done or dropped') },
  'fed-back': { by: 'staff', say: plain('The answer was sent') },
  'said-yes': {
    by: 'contributor',
    say: (details, who) => ({ title: `${who}: yes, this closes it${asTold(details)}` }),
    ownWords: true,
  },
  'said-no': {
    by: 'contributor',
    say: (details, who) => ({ title: `${who}: no, it is not closed${asTold(details)}` }),
    ownWords: true,
  },
  reopened: {
    by: 'clock',
    say: ({ to }) => ({
      title: `Open again: it goes to the ${to === 'director' ? 'Network Director' : 'Network Portfolio Manager'}`,
    }),
  },
  closed: { by: 'clock', say: plain('The loop is closed') },
  'ended-unanswered': {
    by: 'clock',
    say: plain('We did not hear whether this closes it. It can still be answered, at any time'),
  },
  withdrawn: { by: 'contributor', say: plain('Withdrawn by who raised it') },
  left: { by: 'contributor', say: plain('Somebody took their part out') },
  // Whoever did it, it stands under the name that they chose, if they are one of those who raised it.
  ...Object.fromEntries(
    ['translation-added', 'translation-corrected', 'translation-taken-back'].map(event => [
      event,
      {
        by: 'contributor',
        say: details => ({ title: translationTitle(event, details) ?? event }),
      } as const satisfies EventWords,
    ]),
  ),
  'publication-proposed': {
    by: 'staff',
    say: plain('A text for “You said, we did” was written, and those who raised it were asked'),
  },
  'publication-answered': {
    by: 'contributor',
    say: (details, who) => ({
      title: `${who}: ${publicationAnswers[text(details.answer)] ?? 'answered about the text'}${asTold(details)}`,
    }),
  },
  published: { by: 'staff', say: plain('Published in “You said, we did”') },
  'publication-taken-back': {
    by: 'contributor',
    say: (details, who) => ({
      title: `${who} took back their yes, so it is not published any more${asTold(details)}`,
    }),
  },
  'publication-taken-down': {
    by: 'staff',
    say: ({ because }) => withBody('Taken down from “You said, we did”', because),
  },
  'publication-dropped': {
    by: 'clock',
    say: plain('Nobody is asked any more about the new text for “You said, we did”'),
  },
}

/** What happened to an action that came of it. */
export const actionEvents: Record<string, EventWords> = {
  'action-made': {
    by: 'staff',
    say: ({ what, due }) => withBody(`To be done${due ? ` by ${day(due)}` : ''}`, what),
  },
  'asked-for-another-date': {
    by: 'staff',
    say: ({ on, because }) => withBody(`Asked for another date, ${day(on)}`, because),
  },
  'date-agreed': { by: 'staff', say: ({ on, because }) => withBody(`The date is now ${day(on)}`, because) },
  'date-not-agreed': {
    by: 'staff',
    say: ({ stays, because }) => withBody(`The date stays ${day(stays)}`, because),
  },
  deferred: { by: 'staff', say: ({ on, because }) => withBody(`Put off to ${day(on)}`, because) },
  reassigned: { by: 'staff', say: ({ name, because }) => withBody(`Now with ${text(name)}`, because) },
  done: { by: 'staff', say: ({ whatChanged }) => withBody('Done', whatChanged) },
  dropped: { by: 'staff', say: ({ because }) => withBody('Dropped', because) },
}

/** What an event is called that nobody has words for: never a blank line. */
const unknownEvent: EventWords = { by: 'staff', say: plain('Something was changed') }

export interface TimelineLine extends Sentence {
  readonly id: number
  readonly at: Temporal.Instant
  readonly by: string
  readonly ownWords: boolean
}

/**
 * The timeline of one thread for one reader.
 * @param nameOf a contributor's name as this reader may see it; undefined for whoever is none
 */
export function timelineOf(
  events: readonly SeenEvent[],
  nameOf: (personId: number) => string | undefined,
): TimelineLine[] {
  return events.map(event => {
    const words = (event.thing === 'action' ? actionEvents : contributionEvents)[event.event] ?? unknownEvent
    const about = typeof event.details.personId === 'number' ? event.details.personId : event.byPersonId
    const who = (about !== null && nameOf(about)) || event.by
    const sentence = words.say(event.details, who)
    const actsAsContributor = words.by === 'contributor' && !event.details.recorded
    return {
      ...sentence,
      title:
        event.thing === 'action' && event.number !== null
          ? `${reference('A', event.number)}: ${sentence.title}`
          : sentence.title,
      id: event.id,
      at: event.at,
      by: byLine(event, words.by, actsAsContributor, nameOf),
      ownWords: words.ownWords ?? false,
    }
  })
}

function byLine(
  event: SeenEvent,
  by: EventWords['by'],
  actsAsContributor: boolean,
  nameOf: (personId: number) => string | undefined,
): string {
  if (by === 'clock') return ''
  if (actsAsContributor && event.byPersonId !== null) return nameOf(event.byPersonId) ?? event.by
  return event.by
}
