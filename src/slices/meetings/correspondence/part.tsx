import { LinkList, Table } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import type { Instant } from '#platform/database/tables.ts'
import type { Visit } from '#platform/http/route.ts'
import { mayRunMeeting } from '../access.ts'
import { isAhead } from '../meeting.ts'
import type { MeetingPart } from '../part.ts'
import { meetingPaths } from '../paths.ts'
import type { LoadedMeeting } from '../store.ts'
import { correspondencePlan, type Letter, letterWords, mark } from './plan.ts'

/** On the meeting's own page: what people hear about it and when; for whoever runs it, what can be changed. */
export const planOfMeeting: MeetingPart = {
  async ofMeeting(visit) {
    const { thing, me } = visit
    const links = mayRunMeeting.holds(me, thing) ? planningLinks(visit) : []
    const letters = await lettersOf(visit)
    return letters || links.length > 0 ? (
      <>
        {letters}
        {links.length > 0 && <LinkList links={links} />}
      </>
    ) : null
  },
}

function planningLinks({ network, thing }: Visit<LoadedMeeting>): { href: string; text: string }[] {
  if (!isAhead(thing.it)) return []
  const step = (which: string) => meetingPaths.step(network.slug, thing.reference, which)
  return [
    { href: step('details'), text: 'Change how or where' },
    { href: step('move'), text: 'Move the meeting' },
    { href: step('cancel'), text: 'Cancel the meeting' },
  ]
}

async function lettersOf({ tx, thing, when }: Visit<LoadedMeeting>) {
  const planned = thing.row.planned_at
  if (planned === null) return null
  const letters = correspondencePlan(thing.it, dayOf(planned), when.clocks)
  if (letters.length === 0) return null
  const told = await tx
    .selectFrom('history')
    .select(['at', 'details'])
    .where('thing_kind', '=', 'meeting')
    .where('thing_id', '=', thing.id)
    .where('event', '=', 'told')
    .execute()
  const sent = new Map(told.map(each => [(each.details as { what: string }).what, each.at] as const))
  return (
    <LettersAhead
      letters={letters}
      sentOn={({ kind }) => (kind === 'invitation' ? planned : sent.get(mark(kind, thing.it.startsAt)))}
    />
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
