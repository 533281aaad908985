import type { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Outcome } from './tables.ts'

/** One message in plain English; the outbox shapes it for each channel. Nothing personal in subject and short (R42). */
export interface MessageText {
  readonly subject: string
  readonly paragraphs: readonly string[]
  readonly short: string
  /** The words of its link. */
  readonly link: string
}

type PlainDate = Temporal.PlainDate

/** Every message about a contribution. `it` is "C-1042". */
export const messageTexts = {
  acknowledged: (it: string, group: string, on: PlainDate, words: string): MessageText => ({
    subject: `where ${it} goes next`,
    paragraphs: [
      `Thank you for what you sent us, ${it}.`,
      `The ${theirs(group)} will look at it on ${dateInWords(on)}.`,
      ...(words ? [theirs(words)] : []),
      'We will tell you what they say.',
    ],
    short: `We can now say who looks at ${it}, and when.`,
    link: 'Follow it here',
  }),
  'acknowledged-group': (it: string, group: string, on: PlainDate): MessageText => ({
    subject: `${it} comes to the ${theirs(group)}`,
    paragraphs: [
      `${it} comes to the ${theirs(group)}.`,
      `Please look at it on ${dateInWords(on)}. Then write down what was said, and why.`,
    ],
    short: `${it} comes to your group.`,
    link: 'Read it here',
  }),
  asked: (it: string, question: string): MessageText => ({
    subject: `we need something from you for ${it}`,
    paragraphs: [
      `We need something from you before we can go on with ${it}:`,
      theirs(question),
      'There is no hurry. We wait for your answer.',
    ],
    short: `We need something from you for ${it}.`,
    link: 'Answer here',
  }),
  answered: (it: string): MessageText => ({
    subject: `${it} was answered`,
    paragraphs: [`What you asked about ${it} was answered. It is your turn again.`],
    short: `What you asked about ${it} was answered.`,
    link: 'Read it here',
  }),
  signposted: (it: string, phone: string | null): MessageText => ({
    subject: `who else can help with ${it}`,
    paragraphs: [
      `Thank you for telling us, ${it}. We have it, and it stays with us.`,
      'Part of it may be about care that you or somebody else had, or about being safe. We cannot put that right, but others can:',
      'If somebody is in danger now, ring 999. If you need medical help now, ring 111.',
      'If you are worried about care, talk to PALS. They listen and help, and every hospital has them. You can also ask the hospital’s complaints team.',
      ...(phone ? [`If you are not sure whom to ask, ring us on ${theirs(phone)}.`] : []),
    ],
    short: `Others may be able to help with ${it}. In danger, ring 999. For medical help now, ring 111.`,
    link: 'See it here',
  }),
  considered: (it: string, given: { outcome: Outcome; group: string; reason: string; passedTo: string }) => ({
    subject: `what was decided about ${it}`,
    paragraphs: [
      `The ${theirs(given.group)} has looked at ${it}. ${outcomeSentence(given.outcome, given.passedTo)}`,
      `Why: ${theirs(given.reason)}`,
      nextSentence[given.outcome],
    ],
    short: `The ${theirs(given.group)} has looked at ${it}.`,
    link: 'Read all of it here',
  }),
  'answer-due': (it: string, due: PlainDate): MessageText => ({
    subject: `${it} waits for your answer`,
    paragraphs: [
      `Please write the answer to ${it} by ${dateInWords(due)}.`,
      'It goes to each person who raised it, in the way they like to hear.',
    ],
    short: `${it} waits for your answer.`,
    link: 'Write the answer here',
  }),
  'fed-back': (
    it: string,
    given: { youSaid: string; weHeard: string; whatHappened: string; next: string; by: string },
  ): MessageText => ({
    subject: `our answer to ${it}`,
    paragraphs: [
      `Here is our answer to ${it}.`,
      `You said: ${theirs(given.youSaid)}`,
      `We heard: ${theirs(given.weHeard)}`,
      `What we did, or why not: ${theirs(given.whatHappened)}`,
      `What happens next: ${theirs(given.next)}`,
      `This answer is from ${theirs(given.by)}.`,
      'Does this close the loop for you? Only you can say so. If not, tell us why, and we look at it again.',
    ],
    short: `We have an answer to ${it}. Does it close the loop for you?`,
    link: 'Say yes or no here. You do not have to sign in',
  }),
  'verdict-reminder': (it: string): MessageText => ({
    subject: `did our answer to ${it} help?`,
    paragraphs: [
      `We sent you an answer to ${it}. Does it close the loop for you?`,
      'You can say yes, or no and why. We ask you only this once more.',
    ],
    short: `Did our answer to ${it} close the loop for you?`,
    link: 'Say yes or no here. You do not have to sign in',
  }),
  'ended-unanswered': (it: string): MessageText => ({
    subject: `${it} stays open to your answer`,
    paragraphs: [
      `We did not hear whether our answer to ${it} closes the loop for you. That is fine.`,
      'We will not ask again. You can still tell us, whenever you like.',
    ],
    short: `You can still tell us about ${it}, whenever you like.`,
    link: 'Tell us here',
  }),
  'answer-translated': (it: string): MessageText => ({
    subject: `our answer to ${it} in your language`,
    paragraphs: [
      `You can now read our answer to ${it} in your language.`,
      'Its page says who translated it. The answer as it was given stands above it.',
    ],
    short: `You can now read our answer to ${it} in your language.`,
    link: 'Read it here',
  }),
  'verdict-recorded': (it: string, answer: 'yes' | 'no', words: string): MessageText => ({
    subject: `what we wrote down about ${it}`,
    paragraphs: [
      answer === 'yes'
        ? `You told us that our answer closes ${it} for you. We wrote that down.`
        : `You told us that ${it} is not closed for you. We wrote that down, and look at it again.`,
      ...(words ? [`Your words: ${theirs(words)}`] : []),
      'If that is not what you said, please tell us.',
    ],
    short: `We wrote down what you told us about ${it}.`,
    link: 'See it here',
  }),
  reopened: (it: string, due: PlainDate, times: number): MessageText => ({
    subject: `${it} is not closed and comes to you`,
    paragraphs: [
      times > 1
        ? `${it} is not closed for those who raised it. They have said so ${times} times, so it comes to you.`
        : `${it} is not closed for those who raised it, so it comes to you.`,
      `Please have it looked at again, or give a better answer, by ${dateInWords(due)}.`,
    ],
    short: `${it} is not closed and comes to you.`,
    link: 'Read why here',
  }),
  closed: (it: string): MessageText => ({
    subject: `${it} is closed`,
    paragraphs: [
      `${it} is closed. Those who raised it said so themselves.`,
      'Thank you for your part in it.',
    ],
    short: `${it} is closed. Thank you for your part in it.`,
    link: 'See it here',
  }),
} as const

export type MessageKind = keyof typeof messageTexts

function outcomeSentence(outcome: Outcome, passedTo: string): string {
  switch (outcome) {
    case 'agreed':
      return 'They agreed.'
    case 'partly-agreed':
      return 'They agreed with a part of it.'
    case 'not-agreed':
      return 'They did not agree.'
    case 'passed-on':
      return `They passed it to ${theirs(passedTo)}, who can do something about it.`
  }
}

const nextSentence: Record<Outcome, string> = {
  agreed: 'Now somebody does it. We tell you when it is done.',
  'partly-agreed': 'Now somebody does that part. We tell you when it is done.',
  'not-agreed': 'We will write to you about it soon.',
  'passed-on': 'We ask them what came of it, and tell you.',
}
