import { Temporal } from 'temporal-polyfill'
import { Quote, type TimelineEntry } from '#design/index.ts'
import { momentInWords } from '#kernel/calendar/words.ts'
import { letterWords } from './correspondence/plan.ts'
import { meetingWords } from './meeting.ts'

/** The sentence of one thing that happened to a meeting, and the words that were said with it. */
export function meetingTimeline(
  event: string,
  details: Readonly<Record<string, unknown>>,
): Pick<TimelineEntry, 'title' | 'body'> {
  const said = details.because ? { body: <Quote words={String(details.because)} /> } : {}
  const when = (value: unknown) => (value ? momentInWords(Temporal.Instant.from(String(value))) : '')
  switch (event) {
    case 'planned':
      return { title: `Planned for ${when(details.on)}` }
    case 'moved':
      return { title: `Moved from ${when(details.from)} to ${when(details.to)}`, ...said }
    case 'details-changed':
      return { title: 'How or where people meet was changed' }
    case 'told':
      return { title: `Sent to ${Number(details.people)} people: ${letterName(details.kind)}` }
    case 'agenda-open':
      return { title: 'The agenda was opened' }
    case 'held':
      return { title: 'The meeting began' }
    case 'ended':
      return { title: 'The meeting ended' }
    case 'apologies':
      return { title: 'Apologies were sent' }
    case 'apologies-taken-back':
      return { title: 'Apologies were taken back' }
    case 'link-made':
      return { title: 'Microsoft Teams made the link to join' }
    case 'report-from-teams':
      return { title: 'Microsoft Teams said who was there, for somebody to check' }
    case 'says-coming':
      return { title: 'Somebody said that they come' }
    case 'says-not-sure':
      return { title: 'Somebody does not know yet if they come' }
    case 'attendance-from-report':
      return { title: 'Who was there was read from the Teams report' }
    default:
      return { title: meetingWords[event as keyof typeof meetingWords] ?? event, ...said }
  }
}

const letterName = (kind: unknown) => (letterWords[kind as keyof typeof letterWords] ?? '').toLowerCase()
