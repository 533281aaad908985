import { refuse } from '#kernel/decision.ts'
import type { Doing } from '#platform/doing.ts'
import type { AnsweredMessage, ReplyKind } from '#platform/mail/replies.ts'
import { addToApplication } from './mail/take-in.ts'

const mine = ({ tx }: Doing, { about, personId }: AnsweredMessage) =>
  /^\d{1,9}$/.test(about.id)
    ? tx
        .selectFrom('application')
        .select(['id', 'number'])
        .where('number', '=', Number(about.id))
        .where('person_id', '=', personId)
        .executeTakeFirst()
    : Promise.resolve(undefined)

/** Whoever waits for us adds to what they told us. */
export const applicationReplies: ReplyKind = {
  about: 'application',
  async read(doing, message, { words }) {
    const application = await mine(doing, message)
    return application
      ? {
          accepted: true,
          intent: { answer: 'words', words },
          sentence: `You add this to your application ${application.number}.`,
        }
      : undefined
  },
  async carryOut(doing, message, _intent, mailId) {
    const application = await mine(doing, message)
    if (!application) return refuse('not-there', 'This application is not here any more')
    await addToApplication(doing, mailId, application.id)
    return { accepted: true }
  },
}
