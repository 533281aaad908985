import type { PlainDate } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { hashOfToken } from '#platform/seal.ts'
import * as contribution from '../contribution.ts'
import type { LoadedThread, ThreadContributor } from '../store.ts'
import { daysOfLink, verdictToken } from '../verdict-token.ts'
import { type Taken, take } from './take.ts'

export interface GivenFeedback {
  readonly youSaid: string
  readonly weHeard: string
  /** We did, or did not, because. */
  readonly whatHappened: string
  readonly next: string
}

/** The answer, to everyone who raised or joined it, each by their channel, each with a link of their own (LOOP-11). */
export async function giveFeedback(doing: Doing, loaded: LoadedThread, given: GivenFeedback): Promise<Taken> {
  const possible = contribution.giveFeedback(loaded.thread, 0, doing.when)
  if (!possible.accepted) return possible
  const { id } = await doing.tx
    .insertInto('feedback')
    .values({
      network_id: doing.network.id,
      contribution_id: loaded.id,
      you_said: given.youSaid,
      we_heard: given.weHeard,
      what_happened: given.whatHappened,
      next: given.next,
      by_person_id: doing.actor?.personId ?? loaded.feedbackOwnerId ?? 0,
      at: doing.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  // Each says again whether this answer closes it; what they said of an earlier one stays in the history.
  await doing.tx
    .updateTable('contributor')
    .set({
      verdict: null,
      verdict_words: null,
      verdict_at: null,
      verdict_how: null,
      verdict_recorded_by_person_id: null,
    })
    .where('contribution_id', '=', loaded.id)
    .execute()
  if (loaded.contributors.length > 0) {
    await doing.tx
      .insertInto('verdict_link')
      .values(
        loaded.contributors.map(each => ({
          network_id: doing.network.id,
          token_hash: hashOfToken(verdictToken(doing, id, each.personId)),
          contribution_id: loaded.id,
          feedback_id: id,
          person_id: each.personId,
          expires_on: doing.today.add({ days: daysOfLink }),
          used_at: null,
          answer: null,
        })),
      )
      .execute()
  }
  return await take(doing, loaded, contribution.giveFeedback(loaded.thread, id, doing.when))
}

export interface SaidVerdict {
  readonly personId: number
  readonly answer: 'yes' | 'no'
  readonly words: string
  readonly how: 'page' | 'link' | 'email' | 'phone' | 'post' | 'in-person'
  /** Staff who wrote down what the person said; it is shown so. */
  readonly recordedBy?: { readonly personId: number; readonly name: string; readonly saidOn?: PlainDate }
}

/** Only the contributor closes: by page, by link, or through staff who write down what they said (LOOP-12). */
export async function giveVerdict(doing: Doing, loaded: LoadedThread, said: SaidVerdict): Promise<Taken> {
  const person = loaded.contributors.find(each => each.personId === said.personId)
  const theirs = said.how === 'link' || doing.actor?.personId === said.personId
  const step = contribution.giveVerdict(
    loaded.thread,
    {
      answer: said.answer,
      words: said.words,
      personId: said.personId,
      by: said.recordedBy ? 'staff-as-said' : person && theirs ? 'contributor' : 'staff',
      ...(said.recordedBy
        ? { told: { how: said.how, on: (said.recordedBy.saidOn ?? doing.today).toString() } }
        : {}),
    },
    doing.when,
  )
  if (!step.accepted) return step
  await doing.tx
    .updateTable('contributor')
    .set({
      verdict: said.answer,
      verdict_words: said.words,
      verdict_at: doing.now,
      verdict_how: said.how,
      verdict_recorded_by_person_id: said.recordedBy?.personId ?? null,
    })
    .where('contribution_id', '=', loaded.id)
    .where('person_id', '=', said.personId)
    .execute()
  if (said.answer === 'no') await reopenedOnce(doing, loaded)
  const { it } = loaded.thread
  if (it.state === 'fed-back' || it.state === 'ended-unanswered') {
    // Said is said: the link in their message then only tells what they said.
    await doing.tx
      .updateTable('verdict_link')
      .set({ used_at: doing.now, answer: said.answer })
      .where('feedback_id', '=', it.feedbackId)
      .where('person_id', '=', said.personId)
      .execute()
  }
  return await take(doing, loaded, step, {
    by: said.recordedBy
      ? { personId: said.recordedBy.personId, words: said.recordedBy.name }
      : byContributor(person!),
  })
}

const byContributor = (person: ThreadContributor) => ({ personId: person.personId, words: person.name })

async function reopenedOnce(doing: Doing, loaded: LoadedThread): Promise<void> {
  await doing.tx
    .updateTable('contribution')
    .set({ times_not_closed: loaded.thread.timesNotClosed + 1 })
    .where('id', '=', loaded.id)
    .execute()
}
