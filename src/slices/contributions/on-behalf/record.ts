import { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import { type Refusal, refuse } from '#kernel/decision.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { Telling } from '#platform/outbox.ts'
import { contributionPaths } from '../paths.ts'
import type { How } from '../tables.ts'
import { howWords } from '../writing/choices.ts'
import { codeInWords } from '../writing/receipt.ts'
import { type Received, type Saying, writeDown } from '../writing/receive.ts'

/** LOOP-5: what a person said to the team, with how and when. */
export interface Said extends Saying {
  readonly how: Exclude<How, 'web'>
  readonly saidOn: PlainDate
}

/** Staff write down what somebody said; the person gets the read-back by their own channel and can correct it. */
export async function recordOnBehalf(
  doing: Doing,
  said: Said,
): Promise<{ readonly accepted: true; readonly received: Received } | Refusal> {
  if (Temporal.PlainDate.compare(said.saidOn, doing.today) > 0) {
    return refuse('in-the-future', 'The day they said it must be today or in the past')
  }
  const received = await writeDown(doing, said, {
    how: said.how,
    saidOn: said.saidOn,
    recordedBy: doing.actor!.personId,
  })
  await doing.tell(readBack(doing, said, received))
  return { accepted: true, received }
}

function readBack(doing: Doing, said: Said, received: Received): Telling {
  const { reference } = received
  const { slug, phone } = doing.network
  const ring = phone ? `, or ring us on ${theirs(phone)}` : ''
  return {
    key: `read-back:${received.id}:${said.personId}`,
    personId: said.personId,
    kind: 'read-back',
    subject: `this is what we wrote down, ${reference}`,
    paragraphs: [
      `On ${dateInWords(said.saidOn)} you told us something ${howWords[said.how]}. We wrote it down. Its reference is ${reference}.`,
      `This is what we wrote down: “${theirs(said.words)}”`,
      `Is it right? If something is wrong or missing, tell us${ring}. We keep both what we wrote first and what you correct.`,
      `By ${dateInWords(received.due)} we will tell you which group will look at it, and when. Only you can say that it is closed.`,
      `Your receipt code is ${theirs(codeInWords(received.receiptCode))}. With the reference and this code anyone can check that we had it, and nothing else: ${doing.publicUrl}${contributionPaths.receipt(slug)}`,
    ],
    link: {
      path: contributionPaths.do(slug, reference, 'correct'),
      words: 'Correct it here, if something is wrong',
    },
    short: `We wrote down what you told us, ${reference}. Read it and correct it here, or ring us.`,
    about: { kind: 'contribution', id: String(received.id) },
  }
}
