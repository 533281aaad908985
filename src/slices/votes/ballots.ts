import { randomInt } from 'node:crypto'
import type { Doing } from '#platform/doing.ts'
import type { Choice } from './motion.ts'
import type { LoadedMotion } from './store.ts'

// How a ballot is kept. A secret one is shut away until the count and gone after it (docs/decisions/0009).

/** No letter or figure that is taken for another when it is read out. */
const letters = 'ABCDEFGHJKLMNPQRTUVWXY346789'

/** Says nothing of who, when or what: ten random letters. */
function newReceipt(): string {
  const ten = Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join('')
  return `${ten.slice(0, 5)}-${ten.slice(5)}`
}

interface Sealed {
  readonly receipt: string
  readonly choice: Choice
}

const aboutBallot = (motion: Pick<LoadedMotion, 'id'>, personId: number) =>
  `motion ${motion.id}, person ${personId}`
const boxOf = (doing: Pick<Doing, 'box'>, motion: LoadedMotion) =>
  doing.box('secret ballots', motion.row.seal!)

function openSealed(
  doing: Pick<Doing, 'box'>,
  motion: LoadedMotion,
  ballot: { person_id: number; sealed: string | null },
): Sealed | undefined {
  if (!motion.row.seal || !ballot.sealed) return undefined
  const text = boxOf(doing, motion).open(ballot.sealed, aboutBallot(motion, ballot.person_id))
  return text === undefined ? undefined : (JSON.parse(text) as Sealed)
}

/** One ballot for one member: the first puts it in, each later one takes its place. @returns its receipt */
export async function putBallot(
  doing: Doing,
  motion: LoadedMotion,
  personId: number,
  choice: Choice,
  recordedBy: number | null,
): Promise<string> {
  const { tx, network, now } = doing
  const { is_secret: secret, opened_at } = motion.row
  const before = await ballotOf(doing, motion, personId)
  const receipt = before?.receipt ?? newReceipt()
  const kept = secret
    ? {
        choice: null,
        receipt: null,
        sealed: boxOf(doing, motion).shut(JSON.stringify({ receipt, choice }), aboutBallot(motion, personId)),
        // Not even when.
        at: opened_at!,
      }
    : { choice: JSON.stringify(choice), receipt, sealed: null, at: now }
  await tx
    .insertInto('ballot')
    .values({
      network_id: network.id,
      motion_id: motion.id,
      person_id: personId,
      recorded_by_person_id: recordedBy,
      ...kept,
    })
    .onConflict(on =>
      on
        .columns(['network_id', 'motion_id', 'person_id'])
        .doUpdateSet({ ...kept, recorded_by_person_id: recordedBy }),
    )
    .execute()
  await tx
    .updateTable('voter')
    .set({ has_voted: true })
    .where('motion_id', '=', motion.id)
    .where('person_id', '=', personId)
    .execute()
  return receipt
}

/** A person's own ballot: of a secret vote, only while it is open. */
export async function ballotOf(
  doing: Pick<Doing, 'tx' | 'box'>,
  motion: LoadedMotion,
  personId: number,
): Promise<{ receipt: string; choice: Choice } | undefined> {
  const row = await doing.tx
    .selectFrom('ballot')
    .select(['person_id', 'choice', 'sealed', 'receipt'])
    .where('motion_id', '=', motion.id)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  if (!row) return undefined
  if (motion.row.is_secret) return openSealed(doing, motion, row)
  return { receipt: row.receipt!, choice: row.choice as Choice }
}

export interface Opened {
  readonly ballots: readonly Sealed[]
  readonly unreadable: number
}

/** All ballots of a vote, in the order of their receipts: random, so that it tells nothing. */
export async function openBallots(doing: Pick<Doing, 'tx' | 'box'>, motion: LoadedMotion): Promise<Opened> {
  const rows = await doing.tx
    .selectFrom('ballot')
    .select(['person_id', 'choice', 'sealed', 'receipt'])
    .where('motion_id', '=', motion.id)
    .execute()
  const opened = rows.map(row =>
    motion.row.is_secret
      ? openSealed(doing, motion, row)
      : { receipt: row.receipt!, choice: row.choice as Choice },
  )
  const ballots = opened.filter(each => each !== undefined).sort((a, b) => (a.receipt < b.receipt ? -1 : 1))
  return { ballots, unreadable: rows.length - ballots.length }
}

/** After the count of a secret vote: the ballots without their voters, in one go; what was sealed is gone. */
export async function partFromVoters(
  doing: Pick<Doing, 'tx' | 'network'>,
  motion: Pick<LoadedMotion, 'id'>,
  ballots: readonly Sealed[],
): Promise<void> {
  if (ballots.length > 0) {
    await doing.tx
      .insertInto('counted_ballot')
      .values(
        ballots.map(({ receipt, choice }) => ({
          network_id: doing.network.id,
          motion_id: motion.id,
          receipt,
          choice: JSON.stringify(choice),
        })),
      )
      .execute()
  }
  await doing.tx.deleteFrom('ballot').where('motion_id', '=', motion.id).execute()
}
