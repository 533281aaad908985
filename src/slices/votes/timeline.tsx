import { Temporal } from 'temporal-polyfill'
import { Quote, type TimelineEntry } from '#design/index.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { untilInWords } from './messages.ts'

/** The sentence of one thing that happened to a motion, and the words that were said with it. */
export function timelineOf(
  event: string,
  details: Readonly<Record<string, unknown>>,
): Pick<TimelineEntry, 'title' | 'body'> {
  const said = (words: unknown) => (words ? { body: <Quote words={String(words)} /> } : {})
  switch (event) {
    case 'proposed':
      return {
        title: details.insteadOf ? `Proposed instead of ${details.insteadOf}` : 'Proposed',
        ...said(details.text),
      }
    case 'changed':
      return { title: 'Its words were changed', ...said(details.text) }
    case 'opened':
      return {
        title: details.closesAt
          ? `The vote was opened, until ${untilInWords(Temporal.Instant.from(String(details.closesAt)))}`
          : 'The vote was opened',
      }
    case 'ballot-recorded':
      return { title: `The vote of ${theirs(String(details.name))} was written down as told` }
    case 'closed':
      return {
        title:
          details.why === 'time'
            ? 'The time was over, and the ballots were counted'
            : details.why === 'all-voted'
              ? 'Everybody had voted, and the ballots were counted'
              : 'The vote was closed and counted',
      }
    case 'casting-vote':
      return { title: 'The chair gave the casting vote' }
    case 'withdrawn':
      return { title: 'Withdrawn', ...said(details.because) }
    case 'superseded':
      return { title: `${details.by} stands instead of it now` }
    case 'dissent':
      return {
        title: details.recorded ? 'Own words were added, as told to the team' : 'Own words were added',
      }
    default:
      return { title: event }
  }
}
