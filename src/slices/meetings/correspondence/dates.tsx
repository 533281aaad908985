import { Details, Table } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import type { Instant } from '#platform/database/tables.ts'
import type { Visit } from '#platform/http/route.ts'
import type { MeetingFacts } from '../meeting-facts.ts'
import type { LoadedMeeting } from '../store.ts'
import { correspondencePlan, type Letter, letterWords, mark } from './plan.ts'

/** What people hear about this meeting, and when; what went out is noted in its history. */
export function CorrespondenceOf({
  meeting,
  history,
  when,
}: {
  meeting: LoadedMeeting
  history: MeetingFacts['history']
  when: Visit['when']
}) {
  const planned = meeting.row.planned_at
  if (planned === null) return null
  const letters = correspondencePlan(meeting.it, dayOf(planned), when.clocks)
  if (letters.length === 0) return null
  const sent = new Map(
    history.filter(each => each.event === 'told').map(each => [String(each.details.what), each.at] as const),
  )
  return (
    <Details summary="What people hear about this meeting, and when">
      <LettersAhead
        letters={letters}
        sentOn={({ kind }) => (kind === 'invitation' ? planned : sent.get(mark(kind, meeting.it.startsAt)))}
      />
    </Details>
  )
}

/** The dates of what people will hear, and of what they heard (BOARD-21). */
export function LettersAhead({
  letters,
  sentOn,
}: {
  letters: readonly Letter[]
  sentOn?: (letter: Letter) => Instant | undefined
}) {
  return (
    <Table
      caption="What people hear, each in their own way"
      columns={[{ title: 'What' }, { title: 'When' }]}
      rows={letters.map(letter => {
        const sent = sentOn?.(letter)
        return [letterWords[letter.kind], sent ? `Sent on ${dateInWords(dayOf(sent))}` : whenWords(letter)]
      })}
    />
  )
}

function whenWords({ kind, on }: Letter): string {
  switch (kind) {
    case 'invitation':
      return 'At once'
    case 'papers':
    case 'what-came':
      return `By ${dateInWords(on)}`
    default:
      return `On ${dateInWords(on)}`
  }
}
