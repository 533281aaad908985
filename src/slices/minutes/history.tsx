import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { Quote, Timeline, type TimelineEntry } from '#design/index.ts'
import { momentInWords } from '#kernel/calendar/words.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { isMemberOf, isTeam } from '#platform/permission.ts'
import { actionTimeline } from '#slices/actions/index.ts'
import {
  type ConflictOutcome,
  itemTimeline,
  type LoadedItem,
  loadItem,
  mayReadWhatItSays,
  meetingPaths,
  readablePapers,
} from '#slices/meetings/index.ts'
import { paperTimeline } from '#slices/papers/index.ts'
import { motionTimeline } from '#slices/votes/index.ts'
import { conflictInWords } from './words.ts'

type Here = Visit<LoadedItem>

interface Line {
  readonly thing: 'agenda-item' | 'paper' | 'motion' | 'action' | 'decision' | 'conflict'
  /** Which paper, vote or action; of a conflict whose it is. */
  readonly mark: string
  readonly event: string
  readonly by: string
  readonly at: string
  readonly details: Readonly<Record<string, unknown>>
}

/** Everything that happened around one item, in one line of time: who did what when (BOARD-25). */
export const itemHistory = page<LoadedItem>('/:network/meetings/:meeting/items/:item/history', {
  who: mayReadWhatItSays,
  audit: 'nothing',
  load: (visit, how) => loadItem(visit, { meeting: visit.params.meeting, item: visit.params.item }, how),
  handler: async visit => show(historyScreen(visit, await linesOf(visit))),
})

/** Of papers those that this reader may read; actions and decisions for the group and the team. */
async function linesOf(visit: Here): Promise<readonly Line[]> {
  const { tx, thing, me } = visit
  const papers = tx
    .selectFrom('paper')
    .innerJoin('meeting', join =>
      join.onRef('meeting.network_id', '=', 'paper.network_id').onRef('meeting.id', '=', 'paper.meeting_id'),
    )
    .select('paper.id')
    .where('paper.item_id', '=', thing.id)
    .where(eb => readablePapers(eb, me))
  const inside = isMemberOf(me, thing.groupId) || isTeam(me)
  const ofKind = (kind: string, mark: ReturnType<typeof sql>, ids: ReturnType<typeof sql>) => sql`
    select h.thing_kind as thing, ${mark} as mark, h.event, h.by_words as by, h.at, h.details, h.id
    from history h where h.thing_kind = ${kind} and h.thing_id in (${ids})`
  const found = await sql<Line>`select * from (
    ${ofKind('agenda-item', sql`''`, sql`select ${thing.id}::integer`)}
    union all ${ofKind(
      'paper',
      sql`(select 'P-' || p.number from paper p where p.id = h.thing_id)`,
      sql`${papers}`,
    )}
    union all ${ofKind(
      'motion',
      sql`(select 'V-' || m.number from motion m where m.id = h.thing_id)`,
      sql`select m.id from motion m where m.item_id = ${thing.id}`,
    )}
    union all ${ofKind(
      'action',
      sql`(select 'A-' || a.number from action a where a.id = h.thing_id)`,
      sql`select x.action_id from item_action x where x.item_id = ${thing.id} and ${inside}`,
    )}
    union all ${ofKind(
      'decision',
      sql`(select 'Decision ' || d.number from board_decision d where d.id = h.thing_id)`,
      // That it was decided stands in the item's own history.
      sql`select d.id from board_decision d where d.item_id = ${thing.id} and ${inside} and h.event = 'reviewed'`,
    )}
    union all select 'conflict', p.name, 'decided', coalesce(q.name, ''), c.decided_at,
      jsonb_build_object('outcome', c.outcome, 'because', c.because), 0
      from conflict c join person p on p.network_id = c.network_id and p.id = c.person_id
      left join person q on q.network_id = c.network_id and q.id = c.decided_by_person_id
      where c.item_id = ${thing.id} and c.decided_at is not null and ${inside}
    ) w order by w.at, w.id`.execute(tx)
  return found.rows
}

function historyScreen(visit: Here, lines: readonly Line[]): Screen {
  const { thing, network } = visit
  return {
    title: 'What happened to this item',
    caption: `${thing.meeting.reference}: ${theirs(shorten(thing.item.title, 100))}`,
    back: {
      href: meetingPaths.item(network.slug, thing.meeting.reference, thing.id),
      text: 'Back to the item',
    },
    body:
      lines.length === 0 ? (
        <p>Nothing has happened to it yet.</p>
      ) : (
        <Timeline
          headingLevel={2}
          entries={lines.map(line => {
            const at = Temporal.Instant.from(String(line.at))
            return { when: momentInWords(at), dateTime: at.toString(), by: line.by, ...sentenceOf(line) }
          })}
        />
      ),
  }
}

function sentenceOf({ thing, mark, event, details }: Line): Pick<TimelineEntry, 'title' | 'body'> {
  const of = (said: Pick<TimelineEntry, 'title' | 'body'>) => ({ ...said, title: `${mark}: ${said.title}` })
  switch (thing) {
    case 'agenda-item':
      return itemTimeline(event, details)
    case 'paper':
      return of(paperTimeline(event, details))
    case 'motion':
      return of(motionTimeline(event, details))
    case 'action':
      return of(actionTimeline(event, details))
    case 'conflict':
      return {
        title: conflictInWords(theirs(mark), details.outcome as ConflictOutcome),
        ...(details.because ? { body: <Quote words={String(details.because)} /> } : {}),
      }
    case 'decision':
      return {
        title: `${mark}: looked at again, and it is ${details.answer === 'yes' ? 'still right' : 'not right any more'}`,
        ...(details.because ? { body: <Quote words={String(details.because)} /> } : {}),
      }
  }
}
