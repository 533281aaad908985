import { z } from 'zod'
import { Form, Quote, TextArea } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { happened, type Refusal, refuse } from '#kernel/decision.ts'
import type { Doing } from '#platform/doing.ts'
import { choice, optionalText } from '#platform/form/fields.ts'
import { type AnyRoute, form, refused, type Visit } from '#platform/http/route.ts'
import { anInsider, personRule, type Rule } from '#platform/permission.ts'
import { mayRead, shownName } from '../access.ts'
import { mayJoin } from '../contribution.ts'
import { type OwnText, refreshShown, textsOf, wordsFor } from '../own-words/words.ts'
import { contributionPaths } from '../paths.ts'
import { type LoadedThread, loadThread, saveStep } from '../store.ts'
import type { Naming } from '../tables.ts'
import { namings } from './choices.ts'
import { type Draft, forgetDraft, readDraft } from './draft.ts'
import { receiptTelling } from './receipt.ts'
import { Signpost } from './signpost.tsx'
import { mostCharacters, NamingRadios } from './steps.tsx'

/** LOOP-4: somebody raises the same with words of their own; they get the answer and have an own say on closing. */
export async function joinContribution(
  doing: Doing,
  loaded: LoadedThread,
  given: { readonly personId: number; readonly words: string; readonly naming: Naming },
): Promise<{ readonly accepted: true } | Refusal> {
  const { tx, network, now } = doing
  if (!mayJoin(loaded.thread.it)) {
    return refuse(
      'wrong-state',
      'This has its answer already. Please tell us what you want to say as something new',
    )
  }
  const added = await tx
    .insertInto('contributor')
    .values({
      network_id: network.id,
      contribution_id: loaded.id,
      person_id: given.personId,
      is_first: false,
      words: given.words,
      naming: given.naming,
      joined_at: now,
      withdrawn_at: null,
      verdict: null,
      verdict_words: null,
      verdict_at: null,
      verdict_how: null,
      verdict_recorded_by_person_id: null,
    })
    .onConflict(on => on.columns(['network_id', 'contribution_id', 'person_id']).doNothing())
    .executeTakeFirst()
  if (Number(added.numInsertedOrUpdatedRows ?? 0) === 0) {
    return loaded.contributorIds.includes(given.personId)
      ? refuse('there-already', 'You are in this one already')
      : // Their words would come back with them, and those they took out.
        refuse('left', 'You took your part out of this. Please tell us what you want to say as something new')
  }
  await refreshShown(tx, loaded.row)
  await saveStep(doing, loaded, {
    state: loaded.thread.it,
    events: [happened('joined', { personId: given.personId })],
  })
  await doing.tell(
    receiptTelling(doing, {
      contributionId: loaded.id,
      number: loaded.number,
      code: loaded.row.receipt_code,
      personId: given.personId,
      due: loaded.thread.it.state === 'received' ? loaded.thread.it.due : null,
    }),
  )
  return { accepted: true }
}

interface Joining extends LoadedThread {
  readonly texts: readonly OwnText[]
  readonly draft: Draft
}

const mayReadAndWrite: Rule<LoadedThread> = personRule(
  'those with a place in the network who may read it',
  (actor, it) => anInsider.holds(actor, undefined) && mayRead.holds(actor, it),
)

export const joinRoutes: readonly AnyRoute[] = [
  form('/:network/contributions/:reference/join', {
    who: mayReadAndWrite as Rule<Joining>,
    audit: 'contribution-joined',
    // Whatever happens to it meanwhile, joining stays the same; what forbids it is refused with its reason.
    guardsVersion: false,
    load: async ({ tx, params, actor }, how): Promise<Joining | undefined> => {
      const loaded = actor && (await loadThread(tx, params.reference, how))
      if (!loaded) return undefined
      const { draft } = await readDraft(tx, actor.personId)
      return { ...loaded, texts: await textsOf(tx, loaded.id), draft }
    },
    fields: z.object({
      words: optionalText({ max: mostCharacters, name: 'What you want to add' }),
      naming: choice('Choose how you want to be named', namings),
    }),
    screen: (visit: Visit<Joining>, filled) => {
      const { thing, me, network } = visit
      const original = thing.texts.find(each => each.kind === 'words')
      const first = thing.contributors.find(each => each.isFirst)
      const day = dateInWords(thing.row.received_at.toZonedDateTimeISO('Europe/London').toPlainDate())
      const inIt = thing.contributorIds.includes(me.personId)
      return {
        title: `Join ${thing.reference}`,
        back: { href: contributionPaths.one(network.slug, thing.reference), text: thing.reference },
        body: (
          <>
            {original && wordsFor(me, original).words !== '' && (
              <Quote
                words={wordsFor(me, original).words}
                by={`First raised by ${first ? shownName(first, me) : 'somebody who has left it'} on ${day}`}
              />
            )}
            {inIt ? (
              <p>You are in this one already.</p>
            ) : (
              <>
                <p>
                  When you join, you hear what comes of it, and you have your own say on whether it is closed.
                  {thing.draft.words &&
                    ' What you had begun to write is below. It is sent with this and not a second time.'}
                </p>
                <Signpost phone={network.phone} />
                <Form hidden={visit.hidden} button="Join">
                  <TextArea
                    name="words"
                    label="What you want to add, in your own words"
                    optional
                    rows={6}
                    maxCharacters={mostCharacters}
                    errors={filled.errors}
                    value={filled.values.words ?? thing.draft.words}
                  />
                  <NamingRadios
                    label="How do you want to be named?"
                    filled={filled}
                    value={thing.draft.naming}
                  />
                </Form>
              </>
            )}
          </>
        ),
      }
    },
    submit: async (visit, { words, naming }) => {
      const { personId } = visit.me
      const answer = await joinContribution(visit, visit.thing, { personId, words, naming })
      if (!answer.accepted) return refused(answer)
      await forgetDraft(visit, personId)
      return { to: contributionPaths.do(visit.network.slug, visit.thing.reference, 'received') }
    },
  }),
]
