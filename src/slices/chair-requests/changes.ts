import { sql } from 'kysely'
import { type Decision, happened, type Refusal, refuse } from '#kernel/decision.ts'
import { reference } from '#kernel/references.ts'
import type { PlainDate, RowChange } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { CheckedFile } from '#platform/files.ts'
import { nextNumber } from '#platform/references.ts'
import { leadersOf } from '#platform/who-today.ts'
import { byOf } from './access.ts'
import * as steps from './chair-request.ts'
import { tellingsOf } from './messages.ts'
import { type LoadedRequest, loadRequest, saveStep, stateColumns } from './store.ts'
import type { RequestHow, RequestKind, Verdict } from './tables.ts'

/** Which request: as a route loaded it for a change, or its number. */
type Which = LoadedRequest | number
export type Taken = Decision<steps.ChairRequest>

const notThere = refuse('not-there', 'There is no such request')

export interface NewRequest {
  readonly groupId: number
  readonly askerPersonId: number
  readonly kind: RequestKind
  readonly what: string
  readonly why: string
  readonly neededBy: PlainDate | null
  /** Other than 'web': whoever acts wrote it down for the asker. */
  readonly how: RequestHow
}

/** Asks a SIG. It goes to the chair, or to the deputy while the chair is away. */
export async function askSig(
  doing: Doing,
  given: NewRequest,
): Promise<{ accepted: true; number: number; reference: string } | Refusal> {
  const group = await doing.tx
    .selectFrom('network_group as g')
    .select(['g.id', leadersOf(sql`m.group_id = g.id`, doing.today).as('leaders')])
    .where('g.id', '=', given.groupId)
    .executeTakeFirst()
  if (!group) return refuse('no-such-group', 'Choose a group from the list')
  const recorded = given.how !== 'web'
  const it = steps.ask(doing.when)
  const number = await nextNumber(doing.tx, doing.network.id, 'chair-request', 70)
  const { id } = await doing.tx
    .insertInto('chair_request')
    .values({
      network_id: doing.network.id,
      number,
      group_id: group.id,
      asker_person_id: given.askerPersonId,
      kind: given.kind,
      what: given.what,
      why: given.why,
      needed_by: given.neededBy,
      how: given.how,
      recorded_by_person_id: recorded ? (doing.actor?.personId ?? null) : null,
      asked_at: doing.now,
      holder_person_id: steps.holderOf(null, group.leaders)?.personId ?? null,
      state_since: doing.now,
      ...stateColumns(it),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const asked = happened('asked', recorded ? { recorded: true, how: given.how } : {})
  await doing.happened({ kind: 'chair-request', id }, [asked])
  const loaded = await loadRequest(doing, number, { forChange: false })
  if (!loaded) throw new Error(`${reference('R', number)} is not there`)
  await doing.tell(...tellingsOf(doing, loaded, it, [asked]))
  return { accepted: true, number, reference: loaded.reference }
}

/** Loads, decides, saves: how each step below is taken. */
async function take(
  doing: Doing,
  which: Which,
  decide: (loaded: LoadedRequest, by: steps.By) => Taken | Promise<Taken>,
  change: (loaded: LoadedRequest) => RowChange<'chair_request'> = () => ({}),
): Promise<Taken> {
  const loaded = typeof which === 'number' ? await loadRequest(doing, which, { forChange: true }) : which
  if (!loaded || !doing.actor) return notThere
  const step = await decide(loaded, byOf(doing.actor, loaded))
  if (step.accepted) await saveStep(doing, loaded, step, change(loaded))
  return step
}

export function acknowledgeRequest(doing: Doing, which: Which): Promise<Taken> {
  return take(doing, which, ({ it }, by) => steps.acknowledge(it, by))
}

/** The SIG needs something from the asker: its clock stands still. */
export function askAskerBack(doing: Doing, which: Which, question: string): Promise<Taken> {
  return take(doing, which, ({ it }, by) => steps.askAsker(it, by, question, doing.when))
}

export function replyToSig(doing: Doing, which: Which, words: string): Promise<Taken> {
  return take(doing, which, ({ it }, by) => steps.reply(it, by, words, doing.when))
}

export interface NewAnswer {
  readonly words: string
  readonly files: readonly CheckedFile[]
  /** The SIG's consent to its library; the asker's is theirs to give. */
  readonly forLibrary: boolean
}

export function answerRequest(doing: Doing, which: Which, given: NewAnswer): Promise<Taken> {
  return take(
    doing,
    which,
    async (loaded, by) => {
      if (!steps.mayAnswerNow(loaded.it, by))
        return steps.answer(loaded.it, by, { id: 0, words: '', files: 0 }, doing.when)
      const personId = doing.actor!.personId
      const consents = given.forLibrary && by.leads
      const { id } = await doing.tx
        .insertInto('chair_request_answer')
        .values({
          network_id: doing.network.id,
          request_id: loaded.id,
          group_id: loaded.groupId,
          words: given.words,
          by_person_id: personId,
          at: doing.now,
          verdict: null,
          verdict_words: null,
          verdict_at: null,
          verdict_how: null,
          verdict_recorded_by_person_id: null,
          asker_consent_at: null,
          group_consent_at: consents ? doing.now : null,
          group_consent_by_person_id: consents ? personId : null,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      const thing = { kind: 'chair-request-answer', id }
      await doing.files.keep(doing.tx, doing.network.id, thing, given.files, personId, doing.now)
      return steps.answer(loaded.it, by, { id, words: given.words, files: given.files.length }, doing.when)
    },
    loaded =>
      loaded.answers.length > 0
        ? {}
        : { answered_on: doing.today, promised_on: steps.answerOwedFor(loaded.it, doing.today) },
  )
}

export interface NewVerdict {
  readonly verdict: Verdict
  readonly words: string
  readonly how: steps.VerdictHow
  /** The asker's consent: question and answer, without a name, in the SIG's library. */
  readonly forLibrary: boolean
}

export function judgeAnswer(doing: Doing, which: Which, given: NewVerdict): Promise<Taken> {
  return take(doing, which, async (loaded, by) => {
    const step = steps.judge(loaded.it, by, given, doing.when)
    const answer = loaded.answers.at(-1)
    if (!step.accepted || !answer) return step
    const recorded = steps.isAsSaid(given.how) && !by.isAsker
    await doing.tx
      .updateTable('chair_request_answer')
      .set({
        verdict: given.verdict,
        verdict_words: given.words,
        verdict_at: doing.now,
        verdict_how: recorded || given.how === 'email' ? given.how : 'web',
        verdict_recorded_by_person_id: recorded ? (doing.actor?.personId ?? null) : null,
        asker_consent_at: given.forLibrary ? doing.now : null,
      })
      .where('id', '=', answer.id)
      .execute()
    return step
  })
}

export function withdrawRequest(doing: Doing, which: Which): Promise<Taken> {
  return take(doing, which, ({ it }, by) => steps.withdraw(it, by))
}

/**
 * One side's consent to the library is given or taken back: the asker's for who asked, the SIG's for its chair or
 * deputy. Taken back, it is out of the library at once.
 */
export function consentToLibrary(
  doing: Doing,
  which: Which,
  given: { answerId: number; side: 'asker' | 'sig'; consents: boolean },
): Promise<Taken> {
  return take(doing, which, async (loaded, by) => {
    const step = steps.consent(loaded.it, by, {
      ...given,
      isThere: loaded.answers.some(each => each.id === given.answerId),
    })
    if (!step.accepted) return step
    const at = given.consents ? doing.now : null
    await doing.tx
      .updateTable('chair_request_answer')
      .set(
        given.side === 'asker'
          ? { asker_consent_at: at }
          : {
              group_consent_at: at,
              group_consent_by_person_id: given.consents ? (doing.actor?.personId ?? null) : null,
            },
      )
      .where('id', '=', given.answerId)
      .execute()
    return step
  })
}
