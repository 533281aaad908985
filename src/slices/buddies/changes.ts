import { promisedBy } from '#kernel/clocks.ts'
import { type Decision, happened, type Refusal, refuse } from '#kernel/decision.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { RowChange } from '#platform/database/tables.ts'
import { asPerson, type Doing } from '#platform/doing.ts'
import type { Telling } from '#platform/outbox.ts'
import { messagePaths, openThread } from '#slices/messages/index.ts'
import * as steps from './pair.ts'
import { buddyPaths } from './paths.ts'
import { type LoadedPair, loadPair, possibleBuddies } from './store.ts'
import type { HowAsked } from './tables.ts'

type Done = { readonly accepted: true } | Refusal
type Which = LoadedPair | number

/** Somebody would like a buddy: the team finds one, by a day. */
export async function wishForBuddy(
  doing: Doing,
  given: { readonly personId: number; readonly words: string; readonly how: HowAsked },
): Promise<Done> {
  const [person] = await possibleBuddies(doing, given.personId)
  if (!person) return refuse('no-volunteer', 'Choose a volunteer from the list')
  const made = await doing.tx
    .insertInto('buddy_wish')
    .values({
      network_id: doing.network.id,
      person_id: given.personId,
      words: given.words,
      how: given.how,
      recorded_by_person_id: given.how === 'web' ? null : (doing.actor?.personId ?? null),
      at: doing.now,
      due_on: promisedBy('message-answer', doing.today, doing.network.clocks),
    })
    .onConflict(on => on.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return refuse('asked', 'This was asked for already. The team looks for somebody')
  await doing.happened({ kind: 'buddy-wish', id: made.id }, [happened('asked')])
  return { accepted: true }
}

/** No buddy is looked for any more: one was found, or it is not wished for now. */
export async function endWish(doing: Doing, personId: number): Promise<void> {
  const ended = await doing.tx
    .updateTable('buddy_wish')
    .set({ ended_at: doing.now })
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .returning('id')
    .execute()
  for (const { id } of ended) await doing.happened({ kind: 'buddy-wish', id }, [happened('ended')])
}

/** The team offers two volunteers each other. Nothing begins before both have said yes. */
export async function offerBuddies(
  doing: Doing,
  given: { readonly one: number; readonly other: number },
): Promise<{ readonly accepted: true; readonly id: number } | Refusal> {
  if (given.one === given.other) return refuse('same', 'Choose two different people')
  for (const [field, id] of [
    ['one', given.one],
    ['other', given.other],
  ] as const) {
    const [person] = await possibleBuddies(doing, id)
    if (!person) return refuse(`no-${field}`, 'Choose a volunteer from the list who is not resting')
  }
  const made = await doing.tx
    .insertInto('buddy_pair')
    .values({
      network_id: doing.network.id,
      one_person_id: given.one,
      other_person_id: given.other,
      state: 'offered',
      offered_by_person_id: doing.actor!.personId,
      offered_on: doing.today,
    })
    .onConflict(on => on.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return refuse('there', 'These two were offered each other already')
  await endWish(doing, given.one)
  await endWish(doing, given.other)
  await doing.happened({ kind: 'buddy-pair', id: made.id }, [happened('offered')])
  const pair = await loadPair(doing.tx, made.id, { forChange: false })
  if (pair) {
    await doing.tell(
      ...both(pair, doing, 'offered', 'would you like a buddy?', other => [
        `${theirs(other.name)} could be your buddy: somebody to ask, or to go to a meeting with.`,
        'You can say yes or no. You need not give a reason. It only begins when both of you have said yes.',
      ]),
    )
  }
  return { accepted: true, id: made.id }
}

async function save(
  doing: Doing,
  pair: LoadedPair,
  step: Decision<steps.Pair>,
  change: RowChange<'buddy_pair'> = {},
): Promise<Done> {
  if (!step.accepted) return step
  await doing.tx
    .updateTable('buddy_pair')
    .set({ ...change, state: step.state.state, version: pair.version + 1 })
    .where('id', '=', pair.id)
    .execute()
  await doing.happened({ kind: 'buddy-pair', id: pair.id }, step.events)
  return { accepted: true }
}

const load = async (doing: Doing, which: Which) =>
  typeof which === 'number' ? await loadPair(doing.tx, which, { forChange: true }) : which

const notThere = refuse('not-there', 'There is no such pair')

/** @param given.recorded the team wrote down what they said */
export async function sayYes(
  doing: Doing,
  which: Which,
  given: { readonly side: steps.Side; readonly showsPhone: boolean; readonly recorded: boolean },
): Promise<Done> {
  const pair = await load(doing, which)
  if (!pair) return notThere
  const step = steps.sayYes(pair.it, given.side, given.recorded)
  const together = step.accepted && step.state.state === 'together'
  const done = await save(doing, pair, step, {
    ...(given.side === 'one'
      ? { one_accepted_on: doing.today, one_shows_phone: given.showsPhone }
      : { other_accepted_on: doing.today, other_shows_phone: given.showsPhone }),
    ...(together ? { since_on: doing.today } : {}),
  })
  if (!done.accepted || !together) return done
  // The team may have written the last yes down; what follows belongs to the two alone.
  const thread = await asPerson(doing, pair.one.id, () =>
    openThread(doing, {
      to: { kind: 'buddy', pairId: pair.id, one: pair.one.id, other: pair.other.id },
      personId: pair.one.id,
      subject: `${pair.one.name} and ${pair.other.name}`,
    }),
  )
  await doing.tell(
    ...both(
      pair,
      doing,
      'together',
      'you have a buddy',
      other => [
        `${theirs(other.name)} is your buddy now. You both said yes. Either of you can end it at any time.`,
      ],
      messagePaths.one(doing.network.slug, thread),
    ),
  )
  return done
}

export async function sayNo(doing: Doing, which: Which): Promise<Done> {
  const pair = await load(doing, which)
  if (!pair) return notThere
  const done = await save(doing, pair, steps.sayNo(pair.it), { ended_on: doing.today })
  if (done.accepted) {
    await doing.tell(
      ...both(pair, doing, 'declined', 'about a buddy', () => [
        'This time it did not come about. If you would like a buddy, tell us, and we look for somebody.',
      ]),
    )
  }
  return done
}

/** What they wrote to each other goes with it. */
export async function endPair(doing: Doing, which: Which): Promise<Done> {
  const pair = await load(doing, which)
  if (!pair) return notThere
  const done = await save(doing, pair, steps.end(pair.it), { ended_on: doing.today })
  if (!done.accepted) return done
  await forgetWords(doing, pair)
  await doing.tell(
    ...both(pair, doing, 'ended', 'about your buddy', other => [
      `You and ${theirs(other.name)} are not buddies any more. What you wrote to each other is gone. Thank you for being there.`,
    ]),
  )
  return done
}

export async function forgetWords(doing: Doing, pair: LoadedPair): Promise<void> {
  await asPerson(doing, pair.one.id, () =>
    doing.tx.deleteFrom('message_thread').where('pair_id', '=', pair.id).execute(),
  )
}

export async function showPhone(
  doing: Doing,
  pair: LoadedPair,
  given: { readonly side: steps.Side; readonly shows: boolean },
): Promise<void> {
  await doing.tx
    .updateTable('buddy_pair')
    .set({
      ...(given.side === 'one' ? { one_shows_phone: given.shows } : { other_shows_phone: given.shows }),
      version: pair.version + 1,
    })
    .where('id', '=', pair.id)
    .execute()
  await doing.happened({ kind: 'buddy-pair', id: pair.id }, [happened('phone-choice')])
}

/** Each of the two hears it, with the other’s name; nobody what they have just done themselves. */
function both(
  pair: LoadedPair,
  doing: Doing,
  event: string,
  subject: string,
  paragraphs: (other: { name: string }) => string[],
  path = buddyPaths.one(doing.network.slug, pair.id),
): Telling[] {
  return (['one', 'other'] as const)
    .filter(side => event === 'together' || pair[side].id !== doing.actor?.personId)
    .map(side => ({
      key: `buddy-${event}:${pair.id}:${pair[side].id}`,
      personId: pair[side].id,
      kind: `buddy-${event}`,
      subject,
      paragraphs: paragraphs(pair[side === 'one' ? 'other' : 'one']),
      link: { path, words: 'See it here' },
      about: { kind: 'buddy-pair', id: String(pair.id) },
    }))
}
