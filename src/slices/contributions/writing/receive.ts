import { happened } from '#kernel/decision.ts'
import { reference } from '#kernel/references.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { nextNumber } from '#platform/references.ts'
import { receive } from '../contribution.ts'
import { titleFrom } from '../own-words/words.ts'
import { stateColumns } from '../store.ts'
import type { ContributionKind, How, Naming } from '../tables.ts'
import { makeReceiptCode, receiptTelling } from './receipt.ts'

/** What somebody says, with all that is asked about it. */
export interface Saying {
  readonly personId: number
  readonly kind: ContributionKind
  readonly words: string
  readonly about?: {
    readonly priorityId?: number | null
    readonly siteId?: number | null
    readonly projectId?: number | null
  }
  /** The group it is meant for; null is "I don't know". */
  readonly wishedGroupId?: number | null
  readonly naming?: Naming
}

export interface Received {
  readonly id: number
  readonly number: number
  /** "C-1042". */
  readonly reference: string
  readonly receiptCode: string
  readonly due: PlainDate
}

const firstNumber = 1001

/** LOOP-2, LOOP-3: somebody wrote a contribution. Reference, history and receipt in this transaction. */
export async function receiveContribution(doing: Doing, saying: Saying): Promise<Received> {
  const received = await writeDown(doing, saying, { how: 'web' })
  await doing.tell(
    receiptTelling(doing, {
      contributionId: received.id,
      number: received.number,
      code: received.receiptCode,
      personId: saying.personId,
      due: received.due,
    }),
  )
  return received
}

/** By e-mail, from themselves: it is theirs, and nobody wrote it down for them (REACH-2). */
export async function receiveByEmail(doing: Doing, saying: Saying, saidOn: PlainDate): Promise<Received> {
  const received = await writeDown(doing, saying, { how: 'email', saidOn })
  await doing.tell(
    receiptTelling(doing, {
      contributionId: received.id,
      number: received.number,
      code: received.receiptCode,
      personId: saying.personId,
      due: received.due,
    }),
  )
  return received
}

export type HowHeard =
  | { readonly how: 'web' }
  | { readonly how: 'email'; readonly saidOn: PlainDate }
  | {
      readonly how: Exclude<How, 'web'>
      readonly saidOn: PlainDate
      readonly recordedBy: number
      /** Brought in from elsewhere: the promise of this service runs from the day on which it came here. */
      readonly promisedFrom?: PlainDate
    }

/** The contribution itself, without telling anybody: for `receiveContribution` and `recordOnBehalf`. */
export async function writeDown(doing: Doing, saying: Saying, heard: HowHeard): Promise<Received> {
  const { tx, network, now } = doing
  // The promise runs from the day the network heard it, also when it was written down later.
  const today =
    heard.how === 'web' ? doing.today : ('promisedFrom' in heard && heard.promisedFrom) || heard.saidOn
  const it = receive({ ...doing.when, today })
  const number = await nextNumber(tx, network.id, 'contribution', firstNumber)
  const receiptCode = makeReceiptCode()
  const { id } = await tx
    .insertInto('contribution')
    .values({
      network_id: network.id,
      number,
      kind: saying.kind,
      title: titleFrom(saying.words),
      words: saying.words,
      shown_words: saying.words,
      how: heard.how,
      said_on: heard.how === 'web' ? null : heard.saidOn,
      recorded_by_person_id: 'recordedBy' in heard ? heard.recordedBy : null,
      received_at: now,
      wished_group_id: saying.wishedGroupId ?? null,
      group_id: null,
      meeting_id: null,
      consider_on: null,
      priority_id: saying.about?.priorityId ?? null,
      site_id: saying.about?.siteId ?? null,
      project_id: saying.about?.projectId ?? null,
      ...stateColumns(it, doing.when),
      state_since: now,
      feedback_owner_person_id: null,
      receipt_code: receiptCode,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('contributor')
    .values({
      network_id: network.id,
      contribution_id: id,
      person_id: saying.personId,
      is_first: true,
      words: '',
      naming: saying.naming ?? 'named',
      joined_at: now,
      withdrawn_at: null,
      verdict: null,
      verdict_words: null,
      verdict_at: null,
      verdict_how: null,
      verdict_recorded_by_person_id: null,
    })
    .execute()
  await doing.happened({ kind: 'contribution', id }, [
    happened(
      'received',
      heard.how === 'web' ? { how: 'web' } : { how: heard.how, saidOn: heard.saidOn.toString() },
    ),
  ])
  const due = it.state === 'received' ? it.due : today
  return { id, number, reference: reference('C', number), receiptCode, due }
}
