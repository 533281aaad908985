import { refuse } from '#kernel/decision.ts'
import type { ReplyKind } from '#platform/mail/replies.ts'
import { byOf } from './access.ts'
import { mayAnswerNow } from './chair-request.ts'
import { answerRequest, judgeAnswer, replyToSig } from './changes.ts'
import { loadRequest } from './store.ts'

/** Who asked says whether it is answered, or what was asked back; who leads the SIG answers. */
export const requestReplies: ReplyKind = {
  about: 'chair-request',
  async read(doing, { about, kind, personId }, { answer, words }) {
    const request = await loadRequest(doing, about.id, { forChange: true })
    if (!request || !doing.actor) return undefined
    const by = byOf(doing.actor, request)
    const mark = request.reference
    if (kind === 'request-answered' && request.askerId === personId) {
      if (answer === 'words') return undefined
      if (request.it.state !== 'answered') return refuse('no-answer', `Nothing is asked about ${mark} now`)
      const sentences = {
        yes: `Yes, this answers what you asked in ${mark}.`,
        partly: `This answers only a part of what you asked in ${mark}.`,
        no: `No, this does not answer what you asked in ${mark}.`,
      }
      return { accepted: true, intent: { answer, words }, sentence: sentences[answer] }
    }
    if (words === '') return undefined
    if (kind === 'request-asked-back' && request.askerId === personId) {
      if (request.it.state !== 'needs-asker') return refuse('not-asked', `Nothing is asked about ${mark} now`)
      return {
        accepted: true,
        intent: { answer: 'words', words },
        sentence: `This is your reply to what ${request.groupName} asked you about ${mark}.`,
      }
    }
    if (kind === 'request-answered' || request.askerId === personId || !mayAnswerNow(request.it, by))
      return undefined
    return {
      accepted: true,
      intent: { answer: 'words', words },
      sentence: `This is the answer of ${request.groupName} to ${mark}. It goes to ${request.askerName}.`,
    }
  },
  async carryOut(doing, { about, kind }, { answer, words }) {
    const request = await loadRequest(doing, about.id, { forChange: true })
    if (!request) return refuse('not-there', 'This is not here any more')
    if (answer !== 'words')
      return await judgeAnswer(doing, request, { verdict: answer, words, how: 'email', forLibrary: false })
    return kind === 'request-asked-back'
      ? await replyToSig(doing, request, words)
      : await answerRequest(doing, request, { words, files: [], forLibrary: false })
  },
}
