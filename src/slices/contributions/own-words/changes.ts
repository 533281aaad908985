import { accept, happened, type Refusal, refuse } from '#kernel/decision.ts'
import type { Doing } from '#platform/doing.ts'
import type { ByWhom } from '#platform/history.ts'
import { englishOf } from '#platform/outbox.ts'
import { forgetTranslations } from '#slices/translations/index.ts'
import { mayCorrect, withdraw } from '../contribution.ts'
import { type LoadedThread, saveStep } from '../store.ts'
import type { Naming } from '../tables.ts'
import { type HiddenRange, placesOf, withoutHidden } from './hidden.ts'
import { partOf } from './originals.ts'
import { latestOf, type OwnText, refreshShown, textsOf } from './words.ts'

/** Done, or why not. */
export type Done = { readonly accepted: true } | Refusal
const done: Done = { accepted: true }

const notTheirs = refuse('not-theirs', 'Only the person who raised this can do that')

/** Who did it, as history tells it: the person themselves, or staff who wrote down what the person said. */
function byWhom(doing: Doing, loaded: LoadedThread, personId: number): { by?: ByWhom } {
  const person = loaded.contributors.find(each => each.personId === personId)
  if (!person || doing.actor?.personId === personId) return {}
  return {
    by: {
      personId: doing.actor?.personId ?? null,
      words: `${doing.actor?.name ?? 'The team'}, as they said`,
    },
  }
}

/** LOOP-14: a later wording of the person's own. The first stays, and both can be read. */
export async function correct(
  doing: Doing,
  loaded: LoadedThread,
  given: { readonly personId: number; readonly words: string },
): Promise<Done> {
  if (!loaded.contributorIds.includes(given.personId)) return notTheirs
  if (!mayCorrect(loaded.thread)) {
    return refuse(
      'too-late',
      loaded.thread.published
        ? 'This is published as it is. Take back your consent to that first, then you can correct it'
        : 'This is closed, so the words stay as they are',
    )
  }
  const texts = await textsOf(doing.tx, loaded.id)
  if (latestOf(texts, given.personId)?.words === given.words) {
    return refuse('the-same', 'These are the words that we have already. Change what is wrong in them')
  }
  await doing.tx
    .insertInto('correction')
    .values({
      network_id: doing.network.id,
      contribution_id: loaded.id,
      person_id: given.personId,
      words: given.words,
      recorded_by_person_id:
        doing.actor?.personId === given.personId ? null : (doing.actor?.personId ?? null),
      at: doing.now,
    })
    .execute()
  await refreshShown(doing.tx, loaded.row)
  const event = happened('corrected', { personId: given.personId })
  await saveStep(
    doing,
    loaded,
    { state: loaded.thread.it, events: [event] },
    byWhom(doing, loaded, given.personId),
  )
  return done
}

/** LOOP-14: how somebody is named, from now on and everywhere, also for what was said before. */
export async function changeNaming(
  doing: Doing,
  loaded: LoadedThread,
  given: { readonly personId: number; readonly naming: Naming },
): Promise<Done> {
  if (!loaded.contributorIds.includes(given.personId)) return notTheirs
  await doing.tx
    .updateTable('contributor')
    .set({ naming: given.naming })
    .where('contribution_id', '=', loaded.id)
    .where('person_id', '=', given.personId)
    .execute()
  const event = happened('naming-changed', { personId: given.personId })
  await saveStep(
    doing,
    loaded,
    { state: loaded.thread.it, events: [event] },
    byWhom(doing, loaded, given.personId),
  )
  return done
}

/** LOOP-14: one person takes their part out. Nobody but they reads their words from then on. */
export async function withdrawFrom(doing: Doing, loaded: LoadedThread, personId: number): Promise<Done> {
  const step = withdraw(loaded.thread, personId)
  if (!step.accepted) return step
  await doing.tx
    .updateTable('contributor')
    .set({ withdrawn_at: doing.now })
    .where('contribution_id', '=', loaded.id)
    .where('person_id', '=', personId)
    .execute()
  await refreshShown(doing.tx, loaded.row)
  await forgetTranslations(
    doing.tx,
    { kind: 'contribution', id: loaded.id },
    each => step.state.state === 'withdrawn' || each.ofPersonId === personId,
  )
  await saveStep(doing, loaded, step, byWhom(doing, loaded, personId))
  return done
}

/**
 * LOOP-22: somebody's personal data is hidden wherever it stands in what people wrote, in the title and in messages
 * about it. The texts themselves stay as they are; there is no way to change them.
 * @param given.of one text only, as `textKey` names it; left out: everywhere
 */
export async function hideWords(
  doing: Doing,
  loaded: LoadedThread,
  given: { readonly phrase: string; readonly reason: string; readonly of?: string | undefined },
): Promise<Done> {
  const texts = (await textsOf(doing.tx, loaded.id)).filter(
    each => given.of === undefined || textKey(each) === given.of,
  )
  const found = texts.flatMap(each => {
    const ranges = placesOf(given.phrase, each.words).map(place => ({ ...place, reason: given.reason }))
    return ranges.length > 0 ? [{ text: each, ranges }] : []
  })
  // The translation of what is hidden says the same in words that nobody can find by it: it has to be made anew.
  const forgotten = await forgetTranslations(
    doing.tx,
    { kind: 'contribution', id: loaded.id },
    each =>
      found.some(({ text }) => partOf(text) === each.part) ||
      (texts.some(text => partOf(text) === each.part) &&
        [each, ...each.before].some(wording => placesOf(given.phrase, wording.words).length > 0)),
  )
  if (found.length === 0 && forgotten === 0) {
    return refuse('not-there', 'These words are not in it. Copy them exactly as they are written')
  }
  await concealIn(doing, loaded, found, given.reason)
  const hide = (words: string) =>
    withoutHidden(
      words,
      placesOf(given.phrase, words).map(place => ({ ...place, reason: given.reason })),
    )
  await refreshShown(doing.tx, loaded.row, hide)
  await hideInMessages(doing, loaded, hide)
  const places = found.reduce((sum, each) => sum + each.ranges.length, 0)
  const step = accept(loaded.thread.it, happened('hidden', { reason: given.reason, places }))
  if (step.accepted) await saveStep(doing, loaded, step)
  return done
}

type Found = readonly { readonly text: OwnText; readonly ranges: readonly HiddenRange[] }[]

async function concealIn(doing: Doing, loaded: LoadedThread, found: Found, reason: string): Promise<void> {
  if (found.length === 0) return
  await doing.tx
    .insertInto('concealment')
    .values(
      found.map(({ text, ranges }) => ({
        network_id: doing.network.id,
        contribution_id: loaded.id,
        text_kind: text.kind,
        text_id: text.id,
        ranges: JSON.stringify(ranges satisfies readonly HiddenRange[]),
        reason,
        by_person_id: doing.actor!.personId,
        at: doing.now,
      })),
    )
    .execute()
}

/** A read-back may have told somebody's words on: what can still be read of it is hidden too. */
async function hideInMessages(
  doing: Doing,
  loaded: LoadedThread,
  hide: (words: string) => string,
): Promise<void> {
  const messages = await doing.tx
    .selectFrom('message')
    .select(['id', 'subject', 'body', 'english'])
    .where('about_kind', '=', 'contribution')
    .where('about_id', 'in', [String(loaded.id), loaded.reference])
    .execute()
  const hidden = <Told extends { subject: string; body: string }>(told: Told): Told => ({
    ...told,
    subject: hide(told.subject),
    body: hide(told.body),
  })
  for (const { id, ...message } of messages) {
    const english = englishOf(message)
    const shown = {
      ...hidden({ subject: message.subject, body: message.body }),
      english: english && JSON.stringify(hidden(english)),
    }
    if (shown.subject !== message.subject || shown.body !== message.body || english) {
      await doing.tx.updateTable('message').set(shown).where('id', '=', id).execute()
    }
  }
}

/** A text's name in a form: "words-0", "joined-12". */
export const textKey = (text: Pick<OwnText, 'kind' | 'id'>): string => `${text.kind}-${text.id}`
