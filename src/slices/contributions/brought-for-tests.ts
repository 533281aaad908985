import type { Doing } from '#platform/doing.ts'
import { finishAction } from '#slices/actions/index.ts'
import type { Someone, TestNetwork } from '#tests/network.ts'
import { actionOfViewEnded } from './action-ended.ts'
import { giveFeedback, giveVerdict } from './changes/answering.ts'
import { consider, type GivenConsideration } from './changes/considering.ts'
import { acknowledge, ask } from './changes/routing.ts'
import { type Taken, take } from './changes/take.ts'
import type { State } from './contribution.ts'
import { withdraw } from './contribution.ts'
import { doingAs } from './doing-for-tests.ts'
import { type LoadedThread, loadThread } from './store.ts'
import type { Outcome } from './tables.ts'

/** Takes a step as this person and expects it to be taken. */
export async function steps(
  network: TestNetwork,
  number: number,
  by: Someone | undefined,
  step: (doing: Doing, loaded: LoadedThread) => Promise<Taken>,
): Promise<void> {
  const taken = await tries(network, number, by, step)
  if (!taken.accepted) throw new Error(taken.sentence)
}

export async function tries(
  network: TestNetwork,
  number: number,
  by: Someone | undefined,
  step: (doing: Doing, loaded: LoadedThread) => Promise<Taken>,
): Promise<Taken> {
  return await doingAs(network, by, async doing => {
    const loaded = await loadThread(doing.tx, number, { forChange: true })
    if (!loaded) throw new Error(`C-${number} is not there`)
    return await step(doing, loaded)
  })
}

export const aConsideration = (
  network: TestNetwork,
  doing: Pick<Doing, 'today'>,
  outcome: Outcome,
  more: Partial<GivenConsideration> = {},
): GivenConsideration => ({
  groupId: network.groups.board,
  meetingId: null,
  on: doing.today,
  tookPart: 'The board, with two volunteers',
  said: 'People were worried about the wait.',
  saidInPrivate: '',
  outcome,
  agreedPart: outcome === 'partly-agreed' ? 'A new letter.' : '',
  notAgreedPart: outcome === 'partly-agreed' ? 'A new phone line.' : '',
  passedTo: outcome === 'passed-on' ? 'the city council' : '',
  reason: 'It helps people to know how long it takes.',
  actions:
    outcome === 'agreed' || outcome === 'partly-agreed'
      ? [
          {
            what: 'Put the time into the letter',
            ownerPersonId: network.boardMember.id,
            dueOn: doing.today.add({ days: 14 }),
          },
        ]
      : [],
  feedbackOwnerPersonId: network.boardChair.id,
  ...more,
})

export const anAnswer = {
  youSaid: 'The letter should say how long it takes.',
  weHeard: 'Not knowing makes the day hard to plan.',
  whatHappened: 'We did not change the letter, because each scan is different.',
  next: 'We ask again in the spring.',
}

/** Brings what was received on to a state, by the steps that lead there. */
export async function bringTo(
  network: TestNetwork,
  number: number,
  contributor: Someone,
  state: State,
): Promise<void> {
  const { coordinator, boardChair, boardMember } = network
  const to = (by: Someone | undefined, step: (doing: Doing, loaded: LoadedThread) => Promise<Taken>) =>
    steps(network, number, by, step)
  const outcome = (which: Outcome) =>
    to(boardChair, (doing, loaded) => consider(doing, loaded, aConsideration(network, doing, which)))
  if (state === 'received') return
  if (state === 'needs-you') {
    return await to(coordinator, (doing, loaded) => ask(doing, loaded, 'Which letter do you mean?'))
  }
  if (state === 'withdrawn') {
    return await to(contributor, (doing, loaded) =>
      take(doing, loaded, withdraw(loaded.thread, contributor.id)),
    )
  }
  await to(coordinator, (doing, loaded) =>
    acknowledge(doing, loaded, {
      groupId: network.groups.board,
      meetingId: null,
      on: doing.today,
      words: 'The board looks at it today.',
    }),
  )
  if (state === 'to-be-considered') return
  if (state === 'agreed' || state === 'partly-agreed' || state === 'passed-on') return await outcome(state)
  if (state === 'changed') {
    await outcome('agreed')
    const action = await network.inNetwork(tx =>
      tx
        .selectFrom('action')
        .innerJoin('contribution', 'contribution.id', 'action.contribution_id')
        .select('action.number')
        .where('contribution.number', '=', number)
        .executeTakeFirstOrThrow(),
    )
    return await doingAs(network, boardMember, async doing => {
      const done = await finishAction(doing, { ended: actionOfViewEnded }, action.number, {
        whatChanged: 'The letter now says how long it takes.',
        evidence: 'See the new letter.',
        link: '',
        files: [],
      })
      if (!done.accepted) throw new Error(done.sentence)
    })
  }
  await outcome('not-agreed')
  if (state === 'not-agreed') return
  await to(boardChair, (doing, loaded) => giveFeedback(doing, loaded, anAnswer))
  if (state === 'fed-back') return
  if (state === 'ended-unanswered') {
    network.house.clock.daysOn(30)
    return await network.house.runDue()
  }
  const answer = state === 'closed' ? 'yes' : 'no'
  await to(contributor, (doing, loaded) =>
    giveVerdict(doing, loaded, {
      personId: contributor.id,
      answer,
      words: answer === 'yes' ? 'Thank you.' : 'The letter is still the same.',
      how: 'page',
    }),
  )
}
