import { refuse } from '#kernel/decision.ts'
import type { ReplyKind } from '#platform/mail/replies.ts'
import { sideOf } from './access.ts'
import { writeInThread } from './changes.ts'
import { loadThread } from './store.ts'

/** The next word in the same thread, by whoever is one of its two sides. */
export const messageReplies: ReplyKind = {
  about: 'message-thread',
  async read(doing, { about }, { words }) {
    const thread = await loadThread(doing, about.id, { forChange: false })
    if (!thread || !doing.actor || words === '' || !sideOf(doing.actor, thread)) return undefined
    return {
      accepted: true,
      intent: { answer: 'words', words },
      sentence: `This is your next message about “${thread.subject}”.`,
    }
  },
  async carryOut(doing, { about }, { words }) {
    const thread = await loadThread(doing, about.id, { forChange: true })
    return thread
      ? await writeInThread(doing, thread, { words, how: 'email' })
      : refuse('not-there', 'These messages are not here any more')
  },
}
