import { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Visit } from '#platform/http/route.ts'
import { isAhead } from './meeting.ts'
import { knownAccess } from './planning/place.ts'
import type { LoadedMeeting } from './store.ts'

/** Where it is held; the link to join online is shown from the day before (BOARD-2). */
export function Where({ visit }: { visit: Visit<LoadedMeeting> }) {
  const { row, it } = visit.thing
  return (
    <>
      {row.kind !== 'online' && <p>{theirs(row.venue || row.place) || 'The place will be told here.'}</p>}
      {row.kind !== 'in-person' && <Online visit={visit} />}
      {row.kind !== 'online' &&
        knownAccess(row.access).map(each => (
          <p key={each.label}>
            {each.label}: {theirs(each.words)}
          </p>
        ))}
      {row.kind !== 'online' && row.travel && isAhead(it) && (
        <p className="loop-words">{theirs(row.travel)}</p>
      )}
    </>
  )
}

function Online({ visit }: { visit: Visit<LoadedMeeting> }) {
  const { row, it } = visit.thing
  const online = row.kind === 'online' ? theirs(row.place) || 'Online' : 'Also online'
  const over = !isAhead(it) && (it.state !== 'held' || row.ended_at !== null)
  if (row.link === '' || over) return <p>{online}</p>
  const from = it.startsAt.toZonedDateTimeISO('Europe/London').toPlainDate().subtract({ days: 1 })
  if (Temporal.PlainDate.compare(visit.today, from) < 0) {
    return (
      <p>
        {online}. The link to join is here from {dateInWords(from)}.
      </p>
    )
  }
  return (
    <p>
      {online}:{' '}
      <a className="nhsuk-u-text-break-word" href={row.link} rel="noopener noreferrer">
        Join the meeting online
      </a>
    </p>
  )
}
