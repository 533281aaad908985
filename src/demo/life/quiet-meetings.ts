import type { Doing } from '#platform/doing.ts'
import {
  endMeeting,
  invitedTo,
  type LoadedMeeting,
  loadMeeting,
  markAttendance,
  openTheMeeting,
  setTheAgenda,
} from '#slices/meetings/index.ts'
import { agree, publish, sendDraft } from '#slices/minutes/index.ts'
import type { SettledMeeting } from '../settle.ts'
import { doingAt, type Scene, took, type World } from './world.ts'

/** The meetings of the past that nothing else is told of: who came, and their minutes on their way. */
export function quietMeetings(world: World): Scene[] {
  return [...world.settled.meetings].flatMap(([group, meetings]) => {
    const past = meetings.filter(each => each.inDays < 0)
    return past.flatMap((meeting, at) => (meeting.wasQuiet ? scenesOf(group, meeting, past[at + 1]) : []))
  })
}

const secretary = (world: World) => (world.settled.slug === 'wmin' ? 'co-ordinator' : 'other-co-ordinator')

function scenesOf(group: string, meeting: SettledMeeting, next: SettledMeeting | undefined): Scene[] {
  const { inDays } = meeting
  const scene = (
    day: number,
    order: number,
    what: string,
    steps: readonly ((
      doing: Doing,
      it: LoadedMeeting,
    ) => Promise<{ accepted: boolean; sentence?: string }>)[],
    when?: (step: number) => Parameters<typeof doingAt>[2],
  ): Scene => ({
    day,
    order,
    about: `${group} ${inDays}: ${what}`,
    async play(here, at) {
      for (const [n, step] of steps.entries()) {
        const doing = doingAt(here, secretary(here), when?.(n) ?? at)
        const loaded = await loadMeeting(doing, meeting.number, { forChange: true })
        took(here, `${group} ${inDays}: ${what}`, await step(doing, loaded!))
      }
    },
  })
  const { startsAt } = meeting
  return [
    scene(inDays, 3_000, 'was held', [setTheAgenda, openTheMeeting, almostEverybodyCame, endMeeting], step =>
      startsAt.add({ minutes: step === 0 ? -60 : step === 3 ? 100 : step }),
    ),
    scene(inDays + 6, 3_100, 'has a draft of its minutes', [sendDraft]),
    ...(next
      ? [
          scene(
            next.inDays,
            3_200,
            'has minutes that are agreed',
            [(doing, it) => agree(doing, it, next.id)],
            () => next.startsAt.add({ minutes: 110 }),
          ),
          scene(next.inDays + 1, 3_300, 'has minutes for everybody', [publish]),
        ]
      : []),
  ]
}

/** One of seven could not come. */
async function almostEverybodyCame(doing: Doing, it: LoadedMeeting) {
  const people = await invitedTo(doing, it)
  const how = it.row.kind === 'in-person' ? 'room' : 'online'
  return await markAttendance(
    doing,
    it,
    new Map(people.map((each, n) => [each.personId, n % 7 === 5 ? 'apologies' : how] as const)),
  )
}
