import { Temporal } from 'temporal-polyfill'
import { Quote, type TimelineEntry } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'

const day = (value: unknown) => dateInWords(Temporal.PlainDate.from(String(value)))

/** The sentence of one thing that happened to an action, and the words that were said with it. */
export function timelineOf(
  event: string,
  details: Readonly<Record<string, unknown>>,
): Pick<TimelineEntry, 'title' | 'body'> {
  const said = (words: unknown) => (words ? { body: <Quote words={String(words)} /> } : {})
  const told = details.recorded ? ', as the owner told the team' : ''
  switch (event) {
    case 'action-made':
      return { title: `Agreed, to be done by ${day(details.due)}` }
    case 'asked-for-another-date':
      return { title: `Another date was asked for${told}: ${day(details.on)}`, ...said(details.because) }
    case 'date-agreed':
      return { title: `The new date was agreed: ${day(details.on)}`, ...said(details.because) }
    case 'date-not-agreed':
      return { title: `The date stays: ${day(details.stays)}`, ...said(details.because) }
    case 'deferred':
      return { title: `The date was moved to ${day(details.on)}`, ...said(details.because) }
    case 'reassigned':
      return { title: `Handed on to ${theirs(String(details.name))}`, ...said(details.because) }
    case 'done':
      return { title: `Done${told}`, ...said(details.whatChanged) }
    case 'dropped':
      return { title: `Dropped${told}`, ...said(details.because) }
    default:
      return { title: event }
  }
}
