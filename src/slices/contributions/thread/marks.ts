import type { LoopMark } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import type { ThreadView } from './view.ts'

/** documented, considered, actioned, closed: each with its day, or what stands in its place. */
export function marksOf(
  view: ThreadView,
): Record<'documented' | 'considered' | 'actioned' | 'closed', LoopMark> {
  const { row, thread } = view.loaded
  const { state } = thread.it
  const last = view.considerations.at(-1)
  const dayOfEvent = (event: string) => {
    const found = view.history.findLast(each => each.thing === 'contribution' && each.event === event)
    return found && dateInWords(dayOf(found.at))
  }
  const withdrawn = state === 'withdrawn' ? { words: 'Withdrawn' } : {}
  return {
    documented: { when: dateInWords(dayOf(row.received_at)) },
    considered: last ? { when: dateInWords(last.on) } : withdrawn,
    actioned: actionedMark(view, dayOfEvent) ?? withdrawn,
    closed:
      state === 'closed'
        ? { when: dayOfEvent('closed') }
        : state === 'ended-unanswered'
          ? { words: 'We did not hear' }
          : withdrawn,
  }
}

function actionedMark(
  view: ThreadView,
  dayOfEvent: (event: string) => string | undefined,
): LoopMark | undefined {
  const last = view.considerations.at(-1)
  if (last?.outcome === 'not-agreed') return { words: 'Nothing to do: it was not agreed' }
  if (last?.outcome === 'passed-on') {
    const answered = dayOfEvent('body-answered')
    return answered
      ? { when: answered, words: `by ${last.passedTo}` }
      : { words: `Passed to ${last.passedTo}` }
  }
  if (view.actions.length === 0) return undefined
  const open = view.actions.filter(each => each.state !== 'done' && each.state !== 'dropped').length
  const changed = dayOfEvent('changed')
  if (open === 0 && changed) {
    return view.actions.some(each => each.state === 'done')
      ? { when: changed }
      : { words: 'The actions were dropped' }
  }
  return { words: `Not yet: ${view.actions.length - open} of ${view.actions.length} done` }
}
