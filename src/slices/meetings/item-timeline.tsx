import { Quote, type TimelineEntry } from '#design/index.ts'

/** The sentence of one thing that happened to an item, and the words that were said with it. */
export function itemTimeline(
  event: string,
  details: Readonly<Record<string, unknown>>,
): Pick<TimelineEntry, 'title' | 'body'> {
  const said = (words: unknown) => (words ? { body: <Quote words={String(words)} /> } : {})
  switch (event) {
    case 'item-raised':
      return { title: 'Asked for' }
    case 'item-came':
      return { title: `Came from ${details.from}`, ...said(details.because) }
    case 'item-placed':
      return { title: 'Given a place on the agenda' }
    case 'item-changed':
      return { title: 'Changed on the agenda' }
    case 'item-deferred':
      return { title: `Moved to ${details.to}`, ...said(details.because) }
    case 'item-declined':
      return { title: 'Not taken', ...said(details.because) }
    case 'item-withdrawn':
      return { title: 'Taken back' }
    case 'item-opened':
      return { title: 'The meeting came to this item' }
    case 'item-opened-again':
      return { title: 'The meeting came back to this item' }
    case 'item-closed':
      return { title: 'The meeting closed this item' }
    case 'minuted':
      return { title: 'Its minutes were written' }
    case 'minuted-again':
      return { title: 'The words of its minutes were changed' }
    case 'decided':
      return { title: `Decision ${details.number} was written down` }
    case 'quorum-lost':
      return { title: 'There was no quorum', ...said(details.words) }
    case 'quorum-regained':
      return { title: 'There was a quorum again' }
    default:
      return { title: event }
  }
}
