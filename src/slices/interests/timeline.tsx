import { Temporal } from 'temporal-polyfill'
import { Quote, Timeline, type TimelineEntry } from '#design/index.ts'
import { dateInWords, momentInWords } from '#kernel/calendar/words.ts'
import type { AsJson } from '#platform/database/questions.ts'
import type { HistoryEntry } from '#platform/history.ts'
import type { ConflictOutcome } from '#slices/meetings/index.ts'
import { outcomeWords } from './conflict.ts'

/** What happened to an interest or a conflict, oldest first. */
export function WhatHappened({ history }: { history: readonly AsJson<HistoryEntry>[] }) {
  return (
    <>
      <h2 className="nhsuk-heading-m">What happened</h2>
      <Timeline
        entries={history.map(each => ({
          when: momentInWords(Temporal.Instant.from(each.at)),
          dateTime: each.at,
          by: each.by_words,
          ...sentence(each.event, each.details as Record<string, unknown>),
        }))}
      />
    </>
  )
}

function sentence(
  event: string,
  details: Readonly<Record<string, unknown>>,
): Pick<TimelineEntry, 'title' | 'body'> {
  const said = (words: unknown) => (words ? { body: <Quote words={String(words)} /> } : {})
  const told = details.recorded ? ', as told to the team' : ''
  switch (event) {
    case 'declared':
      return {
        title: `Declared${told}${details.late ? `, later than ${details.days ?? 28} days after it began` : ''}`,
      }
    case 'ends':
      return { title: `It ends, or ended, on ${dateInWords(Temporal.PlainDate.from(String(details.on)))}` }
    case 'goes-on':
      return { title: 'The end was taken back: it goes on' }
    case 'withheld':
      return { title: 'Kept out of the public register', ...said(details.because) }
    case 'withhold-asked':
      return { title: 'Asked to be kept out of the public register, for somebody’s safety' }
    case 'what-is-done':
      return { title: 'It was written down what is done about it' }
    case 'nothing-done':
      return { title: 'Nothing is done about it any more' }
    case 'shown-again':
      return { title: 'Shown in the public register again' }
    case 'conflict-found':
      return {
        title:
          details.by === 'match'
            ? 'Found: an interest meets the item'
            : details.by === 'person'
              ? 'Declared by the person'
              : 'Raised by the chair or the team',
        ...said(details.why),
      }
    case 'conflict-answered':
      return {
        title: `${details.says === 'yes' ? 'Answered: yes, it touches the interest' : 'Answered: no'}${told}`,
        ...said(details.words),
      }
    case 'conflict-decided':
      return {
        title: `Decided: ${outcomeWords[details.outcome as ConflictOutcome]}`,
        ...said(details.because),
      }
    default:
      return { title: event }
  }
}
