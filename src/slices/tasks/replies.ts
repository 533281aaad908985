import { refuse } from '#kernel/decision.ts'
import type { ReplyKind } from '#platform/mail/replies.ts'
import { answerTask } from './changes.ts'
import { loadTask } from './store.ts'

/** Whoever was asked says yes or no; a no needs no reason, and none is kept. */
export const taskReplies: ReplyKind = {
  about: 'task',
  async read(doing, { about, kind, personId }, { answer }) {
    if (kind !== 'task-asked' || (answer !== 'yes' && answer !== 'no')) return undefined
    const task = await loadTask(doing, about.id, { forChange: true })
    const offer = task?.offers.find(each => each.personId === personId)
    if (!task || !offer) return undefined
    if (task.isOver) return refuse('over', `${task.reference} is not needed any more`)
    if (offer.state !== 'asked' && !(offer.state === 'declined' && answer === 'yes'))
      return refuse('answered', `You answered for ${task.reference} before`)
    return {
      accepted: true,
      intent: { answer, words: '' },
      sentence: answer === 'yes' ? `You will do this: ${task.title}.` : `You cannot do this: ${task.title}.`,
    }
  },
  carryOut: (doing, { about, personId }, { answer }) =>
    loadTask(doing, about.id, { forChange: true }).then(task =>
      task
        ? answerTask(doing, task, { personId, says: answer === 'yes' ? 'yes' : 'no', how: 'web' })
        : refuse('not-there', 'This task is not here any more'),
    ),
}
