import { momentInWords } from '#kernel/calendar/words.ts'
import type { Instant, Row } from '#platform/database/tables.ts'
import { dayAndTime } from '../words.ts'

/** What a calendar said, as those who run the meeting see it. */
export interface SaidByCalendar {
  readonly answer: Row<'calendar_reply'>['answer']
  readonly state: Row<'calendar_reply'>['state']
  /** Null: nobody who was invited. */
  readonly name: string | null
  readonly from: string
  readonly words: string
  readonly proposedAt: Instant | null
  readonly cameAt: Instant
}

/** What does not show as attendance: other times that people ask for, words, and answers that nobody vouches for. */
export function SaidByCalendars({ said }: { said: readonly SaidByCalendar[] }) {
  if (said.length === 0) return null
  return (
    <>
      <h2 className="nhsuk-heading-m">What calendars answered</h2>
      <ul className="nhsuk-list nhsuk-list--bullet">
        {said.map((each, at) => (
          <li key={at}>
            <bdi>{each.name ?? each.from}</bdi> {sentence(each)}
            {each.words && (
              <>
                {' '}
                <q className="loop-words">{each.words}</q>
              </>
            )}{' '}
            <span className="nhsuk-u-secondary-text-colour">{momentInWords(each.cameAt)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

const plain: Record<SaidByCalendar['answer'], string> = {
  accepted: 'comes.',
  declined: 'cannot come.',
  tentative: 'does not know yet.',
  counter: 'would like another time.',
}

function sentence({ answer, state, name, proposedAt }: SaidByCalendar): string {
  const what =
    answer === 'counter' && proposedAt ? `would like another time: ${dayAndTime(proposedAt)}.` : plain[answer]
  if (name === null) return `was not invited, and answered: ${what}`
  if (state === 'asked')
    return `${what} We are not sure that it came from them, so we asked them. It does not count yet.`
  if (state === 'not-them') return `says that they did not send this answer: ${what}`
  return what
}
