import { happened, type Refusal, refuse } from '#kernel/decision.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Doing } from '#platform/doing.ts'
import { trustPaths } from './paths.ts'
import type { Trust } from './queries.ts'

/** A Trust’s contact thanks a volunteer or whoever owns an action, in own words; it reaches them in their own way. */
export async function thank(
  doing: Doing,
  given: { readonly trust: Trust; readonly personId: number; readonly words: string },
): Promise<{ readonly accepted: true } | Refusal> {
  const { actor, network } = doing
  if (!actor) return refuse('nobody', 'Somebody has to say thank you')
  if (given.personId === actor.personId) return refuse('self', 'You cannot thank yourself')
  const { id } = await doing.tx
    .insertInto('trust_thanks')
    .values({
      network_id: network.id,
      trust_id: given.trust.trustId,
      person_id: given.personId,
      by_person_id: actor.personId,
      words: given.words,
      at: doing.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'trust-thanks', id }, [happened('thanked')])
  await doing.tell({
    key: `trust-thanks:${id}`,
    personId: given.personId,
    kind: 'trust-thanks',
    subject: `${theirs(given.trust.name)} thanks you`,
    paragraphs: [`${theirs(actor.name)} of ${theirs(given.trust.name)} wrote to you:`, theirs(given.words)],
    short: 'Somebody thanks you.',
    link: { path: trustPaths.thanks(network.slug), words: 'Read it here' },
    about: { kind: 'trust-thanks', id: String(id) },
  })
  return { accepted: true }
}

/** From which Trust somebody speaks, and whether its contact may know. Nothing asked for it: it is theirs to say. */
export async function sayTrust(
  doing: Doing,
  given: { readonly personId: number; readonly trustId: number | undefined; readonly mayKnow: boolean },
): Promise<{ readonly accepted: true } | Refusal> {
  const { trustId } = given
  if (trustId === undefined && given.mayKnow)
    return refuse('no-trust', 'Choose a Trust first, or leave the box empty')
  if (trustId !== undefined) {
    const known = await doing.tx.selectFrom('trust').select('id').where('id', '=', trustId).executeTakeFirst()
    if (!known) return refuse('no-such-trust', 'Choose a Trust from the list')
  }
  await doing.tx
    .updateTable('person')
    .set({ trust_id: trustId ?? null, trust_may_know: given.mayKnow })
    .where('id', '=', given.personId)
    .execute()
  await doing.happened({ kind: 'person', id: given.personId }, [
    happened('trust-said', { mayKnow: given.mayKnow }),
  ])
  return { accepted: true }
}
