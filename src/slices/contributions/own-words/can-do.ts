import { type Actor, anInsider, holdsPost, isTeam } from '#platform/permission.ts'
import { isContributor } from '../access.ts'
import { mayCorrect, mayJoin } from '../contribution.ts'
import type { LoadedThread } from '../store.ts'

/** For the thread's page: what this person can do with the words. Each leads to a page of its own. */
export function wordsCanDo(actor: Actor, loaded: LoadedThread): { step: string; text: string }[] {
  const { it } = loaded.thread
  const mine = isContributor(actor, loaded)
  const team = isTeam(actor)
  if (it.state === 'withdrawn') return []
  const asSaid = (own: string, staff: string) => (mine ? own : staff)
  const list: { step: string; text: string }[] = []
  if (!mine && mayJoin(it) && anInsider.holds(actor, undefined)) {
    list.push({ step: 'join', text: 'Join this: I want to say the same' })
  }
  if ((mine || team) && mayCorrect(loaded.thread)) {
    list.push({
      step: 'correct',
      text: asSaid('Correct your words', 'Write down a correction, as they said'),
    })
  }
  if (mine) list.push({ step: 'naming', text: 'Change how you are named' })
  if ((mine || team) && !loaded.thread.published) {
    list.push({ step: 'withdraw', text: asSaid('Withdraw it', 'Withdraw it, as they asked') })
  }
  if (team) list.push({ step: 'hide', text: 'Hide somebody’s personal details' })
  if (holdsPost(actor, 'director')) list.push({ step: 'original', text: 'Look at what was hidden' })
  return list
}
