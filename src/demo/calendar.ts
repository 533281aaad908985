import type { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import { isWorkingDay } from '#kernel/calendar/working-days.ts'

type PlainDate = Temporal.PlainDate

/** When groups meet, in days from the day the demonstration is made, so that it never looks old. */
export interface MeetingPlan {
  readonly group: string
  readonly inDays: readonly number[]
  readonly hour: number
  /** Those of them that are not online only. */
  readonly inPerson?: readonly number[]
  /** Those of the past of which a story tells what happened in them. */
  readonly told?: readonly number[]
  readonly hybrid?: readonly number[]
}

/** How a group works, as its page shows it. */
export interface GroupRules {
  readonly terms: string
  readonly weeks: number
  readonly inPersonMonths?: number
}

const sigTerms =
  'This group brings together people who know one kind of scan or one group of patients well. It shares what works, answers questions, and says what should change. What costs money goes to the Operational Board.'
const workstreamTerms =
  'This group gets one big piece of work done for the whole network, and tells the Operational Board how far it is.'

export const groupRules: Readonly<Record<string, GroupRules>> = {
  'operational-board': {
    terms:
      'The board decides what the network does, and what it does first. It agrees the yearly plan, follows the work of every group, and considers what volunteers say. Volunteers are full members, and their vote counts the same as everybody’s.',
    weeks: 9,
    inPersonMonths: 12,
  },
  digital: { terms: workstreamTerms, weeks: 9 },
  pathways: { terms: workstreamTerms, weeks: 9 },
  'paediatric-sig': { terms: sigTerms, weeks: 9 },
  'mri-sig': { terms: sigTerms, weeks: 9 },
  'ct-sig': { terms: sigTerms, weeks: 15 },
  // Its next meeting is a little late: so that the page shows what it says then.
  'plain-film-sig': { terms: sigTerms, weeks: 13 },
  'breast-sig': { terms: sigTerms, weeks: 13 },
}

export const demoVenue = {
  venue: 'The Garden Room, Example House\n10 Example Street, Birmingham B1 1AA',
  access: {
    'step-free': 'Yes: a ramp at the door, and a lift to every floor',
    'hearing-loop': 'Yes, in the room',
    parking: '3 spaces for Blue Badge holders at the door',
    'quiet-room': 'Yes, next to the reception',
  },
  travel: 'Bus 11 stops outside. The station is 10 minutes away on foot. We pay your travel.',
}

export const wminMeetings: readonly MeetingPlan[] = [
  {
    group: 'operational-board',
    inDays: [-164, -103, -42, 16, 77],
    hour: 14,
    inPerson: [-164],
    told: [-103, -42],
  },
  { group: 'paediatric-sig', inDays: [-130, -72, -21, 23, 86], hour: 12, hybrid: [23] },
  { group: 'mri-sig', inDays: [-88, -33, 30], hour: 13 },
  { group: 'ct-sig', inDays: [-60, 41], hour: 16 },
  { group: 'digital', inDays: [-95, -25, 34], hour: 10 },
  { group: 'pathways', inDays: [-110, -50, 12], hour: 11 },
  { group: 'plain-film-sig', inDays: [-64, 37], hour: 9 },
  { group: 'breast-sig', inDays: [-47, 44], hour: 15 },
]

export const exampleMeetings: readonly MeetingPlan[] = [
  { group: 'operational-board', inDays: [-55, 26], hour: 14 },
]

/** The working day so many days from `today`, or the next one after it. */
export function dayFrom(today: PlainDate, days: number): PlainDate {
  let day = today.add({ days })
  while (!isWorkingDay(day)) day = day.add({ days: 1 })
  return day
}

export function atHour(day: PlainDate, hour: number, minute = 0): Temporal.Instant {
  return day.toZonedDateTime({ timeZone: 'Europe/London', plainTime: { hour, minute } }).toInstant()
}

/** "Operational Board, 3 March 2027". */
export function meetingTitle(shortName: string, day: PlainDate): string {
  return `${shortName}, ${dateInWords(day)}`
}
