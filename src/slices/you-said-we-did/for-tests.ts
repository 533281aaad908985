import { aContribution, doingAs, type MadeContribution } from '#slices/contributions/for-tests.ts'
import { acknowledge, consider, giveFeedback, loadThread } from '#slices/contributions/index.ts'
import type { Someone, TestNetwork } from '#tests/network.ts'
import { answerPublication, proposePublication, publishNow } from './changes.ts'
import { hashOf, type PublicText } from './publication.ts'

type Wish = Parameters<typeof aContribution>[1] & { readonly groupId?: number }

/** A view that went its way: considered (not agreed, so that no action is needed) and answered. */
export async function anAnsweredContribution(network: TestNetwork, wish: Wish): Promise<MadeContribution> {
  const made = await aContribution(network, wish)
  const groupId = wish.groupId ?? network.groups.board
  const step = async (work: Parameters<typeof doingAs>[2]) => {
    const taken = (await doingAs(network, network.coordinator, work)) as { accepted: boolean }
    if (!taken.accepted) throw new Error(JSON.stringify(taken))
  }
  const thread = async (tx: Parameters<typeof loadThread>[0]) =>
    (await loadThread(tx, made.reference, { forChange: true }))!
  const today = network.house.clock.today()
  await step(async doing =>
    acknowledge(doing, await thread(doing.tx), { groupId, meetingId: null, on: today, words: 'Soon.' }),
  )
  await step(async doing =>
    consider(doing, await thread(doing.tx), {
      groupId,
      meetingId: null,
      on: today,
      tookPart: 'The board',
      said: 'We talked about it.',
      saidInPrivate: '',
      outcome: 'not-agreed',
      agreedPart: '',
      notAgreedPart: '',
      passedTo: '',
      reason: 'There is no money this year.',
      actions: [],
      feedbackOwnerPersonId: network.coordinator.id,
    }),
  )
  await step(async doing =>
    giveFeedback(doing, await thread(doing.tx), {
      youSaid: 'Letters should say how long it takes.',
      weHeard: 'People plan their day.',
      whatHappened: 'We cannot pay for new letters this year.',
      next: 'We ask again in April.',
    }),
  )
  return made
}

export const somePublicText: PublicText = {
  title: 'Letters that say how long a scan takes',
  youSaid: 'I never know how long it takes.',
  weDid: 'Every letter now says how long to plan for.',
  next: 'We look at text messages next.',
}

/** The same, published: everyone agreed to `text`. */
export async function aPublishedContribution(
  network: TestNetwork,
  wish: Wish & { readonly text?: Partial<PublicText>; readonly alsoBy?: readonly Someone[] },
): Promise<MadeContribution> {
  const made = await anAnsweredContribution(network, wish)
  const text = { ...somePublicText, ...wish.text }
  const { coordinator } = network
  await doingAs(network, coordinator, doing => proposePublication(doing, made.number, text))
  await doingAs(network, wish.by, doing =>
    answerPublication(doing, made.number, {
      personId: wish.by.id,
      answer: 'yes',
      words: '',
      textHash: hashOf(text),
      how: 'page',
    }),
  )
  const out = await doingAs(network, coordinator, doing => publishNow(doing, made.number))
  if (!out.accepted) throw new Error(out.sentence)
  return made
}
