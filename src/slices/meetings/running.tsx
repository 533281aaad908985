import type { ReactNode } from 'react'
import { z } from 'zod'
import { Form } from '#design/index.ts'
import { type Decision, refuse } from '#kernel/decision.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Doing } from '#platform/doing.ts'
import { type AnyRoute, form, refused, type Visit } from '#platform/http/route.ts'
import { mayRunMeeting } from './access.ts'
import { lengthOf, longestAgenda, minutesInWords } from './agenda.ts'
import { type AgendaLine, agendaOf, onAgenda } from './agenda-queries.ts'
import { endMeeting } from './attendance.ts'
import { hold, type Meeting, openAgenda, setAgenda } from './meeting.ts'
import { meetingPaths } from './paths.ts'
import { type LoadedMeeting, loadMeeting, saveMeeting } from './store.ts'
import { fromTo } from './words.ts'

type Here = Visit<LoadedMeeting>

/** It has begun and nobody has ended it yet. */
export const isGoingOn = ({ it, row }: Pick<LoadedMeeting, 'it' | 'row'>): boolean =>
  it.state === 'held' && row.ended_at === null

/** An accepted step of the meeting itself, saved; the refusal else. */
async function take(
  doing: Doing,
  meeting: LoadedMeeting,
  step: Decision<Meeting>,
): Promise<Decision<Meeting>> {
  if (step.accepted) await saveMeeting(doing, meeting, step)
  return step
}

/** From now on anybody in the group may ask for items. */
export const openTheAgenda = (doing: Doing, meeting: LoadedMeeting) =>
  take(doing, meeting, openAgenda(meeting.it))

/** Nothing is dropped in silence: whatever was asked for has a place or an answer before the agenda is set. */
export async function setTheAgenda(doing: Doing, meeting: LoadedMeeting): Promise<Decision<Meeting>> {
  const items = await agendaOf(doing, meeting)
  return await take(doing, meeting, unanswered(items) ?? tooLong(items) ?? setAgenda(meeting.it))
}

function unanswered(items: readonly AgendaLine[]) {
  const [first, ...rest] = items.filter(each => each.state === 'raised')
  if (!first) return undefined
  const others = rest.length > 0 ? `, and ${rest.length} more` : ''
  // Its title may be confidential: who is not named there does not read it here either.
  const name = first.handling === 'named' ? 'a confidential item' : `“${first.title}”`
  return refuse(
    'unanswered',
    `Give ${name} a place, move it to a later meeting or say why not, before you set the agenda${others}`,
  )
}

function tooLong(items: readonly AgendaLine[]) {
  const minutes = lengthOf(onAgenda(items))
  if (minutes <= longestAgenda) return undefined
  return refuse('too-long', `The agenda takes ${minutesInWords(minutes)}. It can be 12 hours at most`)
}

/** The meeting begins. */
export const openTheMeeting = (doing: Doing, meeting: LoadedMeeting) =>
  take(doing, meeting, hold(meeting.it, doing.today))

function stepRoute(options: {
  path: string
  audit: string
  title: string
  button: string
  about: (visit: Here) => ReactNode
  take: (doing: Doing, meeting: LoadedMeeting) => Promise<Decision<Meeting>>
  next: (slug: string, meeting: string) => string
}): AnyRoute {
  return form(`/:network/meetings/:meeting/${options.path}`, {
    who: mayRunMeeting,
    audit: options.audit,
    load: (visit: Visit<undefined>, how) => loadMeeting(visit, visit.params.meeting, how),
    fields: z.object({}),
    screen: (visit: Here) => {
      const back = meetingPaths.one(visit.network.slug, visit.thing.reference)
      return {
        title: options.title,
        caption: `${visit.thing.reference}, ${theirs(visit.thing.row.title)}`,
        back: { href: back, text: 'Back to the meeting' },
        body: (
          <>
            {options.about(visit)}
            <Form
              hidden={visit.hidden}
              button={options.button}
              secondary={{ text: 'Do not change anything', href: back }}
            />
          </>
        ),
      }
    },
    submit: async (visit: Here) => {
      const done = await options.take(visit, visit.thing)
      return done.accepted ? { to: options.next(visit.network.slug, visit.thing.reference) } : refused(done)
    },
  })
}

export const runningRoutes: readonly AnyRoute[] = [
  stepRoute({
    path: 'open-agenda',
    audit: 'agenda-opened',
    title: 'Open the agenda',
    button: 'Open the agenda',
    about: () => (
      <p>Anybody in the group can then ask for an item. You decide later what has a place on the agenda.</p>
    ),
    take: openTheAgenda,
    next: meetingPaths.one,
  }),
  stepRoute({
    path: 'set-agenda',
    audit: 'agenda-set',
    title: 'Set the agenda',
    button: 'Set the agenda',
    about: () => (
      <p>
        After this nobody can ask for more items at this meeting. Whatever was asked for needs an answer
        first: a place, a later meeting, or a reason why not.
      </p>
    ),
    take: setTheAgenda,
    next: meetingPaths.one,
  }),
  stepRoute({
    path: 'open',
    audit: 'meeting-opened',
    title: 'Open the meeting',
    button: 'Open the meeting',
    about: ({ thing }) => (
      <>
        <p>{fromTo(thing.it.startsAt, thing.it.minutesLong)}.</p>
        <p>
          The room opens for everybody who may join. You then mark who is here and open the items one after
          the other.
        </p>
      </>
    ),
    take: openTheMeeting,
    next: meetingPaths.room,
  }),
  stepRoute({
    path: 'end',
    audit: 'meeting-ended',
    title: 'End the meeting',
    button: 'End the meeting',
    about: () => (
      <p>The open item is closed, everybody has left, and whoever was never marked did not come.</p>
    ),
    take: endMeeting,
    next: meetingPaths.one,
  }),
]
