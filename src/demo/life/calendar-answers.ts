import type { Instant } from '#platform/database/tables.ts'
import { takeInCalendarReplies } from '#slices/meetings/index.ts'
import { doingAt, known, type Scene, type World } from './world.ts'

/** What calendars answered to the invitation to the board's next meeting: yes, not sure, another time, and one that nobody vouches for. */
const answers = [
  { part: 'ACCEPTED', words: '' },
  { part: 'TENTATIVE', words: 'I wait for a date at the clinic' },
  { part: 'TENTATIVE', words: 'An hour later would suit me', method: 'COUNTER' },
  { part: 'ACCEPTED', words: 'I join by phone if the train is late' },
  { part: 'DECLINED', words: '', vouchedFor: false },
] as const

export const calendarScenes = (slug: string): Scene[] =>
  slug !== 'wmin'
    ? []
    : [
        {
          day: -1,
          order: 9_700,
          about: 'calendars answer an invitation',
          async play(world, at) {
            const doing = doingAt(world, undefined, at)
            const meeting = await nextOfTheBoard(world)
            if (!meeting) throw new Error('the board has no meeting ahead')
            for (const [n, { part, words, ...more }] of answers.entries()) {
              const to = meeting.to[n]
              if (!to) continue
              await takeInCalendarReplies(doing, {
                from: to.email,
                verified: !('vouchedFor' in more),
                to: [],
                calendars: [
                  [
                    'BEGIN:VCALENDAR',
                    'VERSION:2.0',
                    'PRODID:-//Demonstration//EN',
                    `METHOD:${'method' in more ? more.method : 'REPLY'}`,
                    'BEGIN:VEVENT',
                    `UID:${meeting.uid}`,
                    `SEQUENCE:${meeting.sequence}`,
                    `DTSTAMP:${compact(at)}`,
                    `DTSTART:${compact('method' in more ? meeting.starts_at.add({ hours: 1 }) : meeting.starts_at)}`,
                    `ATTENDEE;PARTSTAT=${part}:mailto:${to.email}`,
                    ...(words ? [`COMMENT:${words}`] : []),
                    'END:VEVENT',
                    'END:VCALENDAR',
                    '',
                  ].join('\r\n'),
                ],
              })
            }
          },
        },
      ]

const compact = (at: Instant) => String(at).replace(/\.\d+/, '').replaceAll('-', '').replaceAll(':', '')

async function nextOfTheBoard({ tx, settled }: World) {
  const meeting = await tx
    .selectFrom('meeting')
    .select(['id', 'uid', 'sequence', 'starts_at'])
    .where('group_id', '=', known(settled.groups, 'operational-board').id)
    .where('state', 'in', ['planned', 'agenda-open', 'agenda-set', 'papers-out'])
    .orderBy('starts_at')
    .executeTakeFirst()
  if (!meeting) return undefined
  const to = await tx
    .selectFrom('calendar_invitation as c')
    .innerJoin('person as p', 'p.id', 'c.person_id')
    .select('p.email')
    .where('c.meeting_id', '=', meeting.id)
    .where('p.email', 'is not', null)
    .where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('attendance')
            .select('attendance.person_id')
            .whereRef('attendance.person_id', '=', 'c.person_id')
            .where('attendance.meeting_id', '=', meeting.id),
        ),
      ),
    )
    .orderBy('p.id')
    .execute()
  return { ...meeting, to: to.map(each => ({ email: each.email! })) }
}
