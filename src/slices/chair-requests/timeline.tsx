import { Quote, type TimelineEntry } from '#design/index.ts'
import { translationTitle } from '#slices/translations/index.ts'

/** The sentence of one thing that happened to a request, and the words that were said with it. */
export function timelineOf(
  event: string,
  details: Readonly<Record<string, unknown>>,
): Pick<TimelineEntry, 'title' | 'body'> {
  const said = (words: unknown) => (words ? { body: <Quote words={String(words)} /> } : {})
  const told = details.recorded ? ', as they told the team' : ''
  switch (event) {
    case 'asked':
      return { title: `Asked${details.recorded ? ', written down by the team' : ''}` }
    case 'acknowledged':
      return { title: 'The SIG has it' }
    case 'asked-back':
      return { title: 'The SIG asked something back. Its clock stands still', ...said(details.question) }
    case 'replied':
      return { title: `A reply${told}. The clock goes on`, ...said(details.words) }
    case 'answered':
      return { title: 'Answered' }
    case 'said-yes':
      return { title: `“This answers it”${told}`, ...said(details.words) }
    case 'said-partly':
      return { title: `“This answers a part of it”${told}`, ...said(details.words) }
    case 'said-no':
      return { title: `“This does not answer it”${told}`, ...said(details.words) }
    case 'sent-back':
      return { title: 'Back to the SIG' }
    case 'to-portfolio-manager':
      return { title: 'On to the portfolio manager' }
    case 'withdrawn':
      return { title: `Withdrawn${told}` }
    case 'passed-on':
      return { title: `Now with ${details.name}`, body: <p>{String(details.because)}</p> }
    case 'deputy-told':
      return { title: 'Late: the deputy was told' }
    case 'team-told':
      return { title: 'Late: the team was told' }
    case 'portfolio-manager-told':
      return { title: 'Still late: the portfolio manager was told' }
    case 'library-yes':
      return {
        title:
          details.side === 'asker'
            ? 'Who asked lets it into the library'
            : 'The SIG lets it into its library',
      }
    case 'library-no':
      return { title: 'It may not be in the library any more' }
    default:
      return { title: translationTitle(event, details) ?? event }
  }
}
