import { accept, type Decision, happened, refuse } from '#kernel/decision.ts'

/** The four groups in which needs are recorded (R12). */
export const needGroups = ['contact', 'format', 'professional', 'support'] as const
export type NeedGroup = (typeof needGroups)[number]

/** With whom somebody shares what they need, besides the team (R13). */
export const audiences = ['chair', 'trust-contact', 'buddy'] as const
export type Audience = (typeof audiences)[number]

export const groupWords: Record<NeedGroup, { title: string; question: string; theirs: string }> = {
  contact: {
    title: 'Getting in touch',
    question: 'How can we get in touch so that it works for you?',
    theirs: 'How can we get in touch so that it works for them?',
  },
  format: {
    title: 'What we send',
    question: 'In which form do you need what we send?',
    theirs: 'In which form do they need what we send?',
  },
  professional: {
    title: 'A person who helps to communicate',
    question: 'Do you need a person who helps to communicate?',
    theirs: 'Do they need a person who helps to communicate?',
  },
  support: {
    title: 'At meetings and elsewhere',
    question: 'What helps you to take part?',
    theirs: 'What helps them to take part?',
  },
}

/** The lists that every network begins with; each adds its own (R12). */
export const usualOptions: Record<NeedGroup, Readonly<Record<string, string>>> = {
  contact: {
    'text-relay': 'Text relay (Relay UK)',
    'call-me': 'Ring me',
    'via-carer': 'Through somebody who cares for me',
    'text-only': 'By text message, not by voice',
    'email-only': 'By e-mail, not by voice',
    'post-only': 'By letter',
  },
  format: {
    'large-print': 'Large print',
    'easy-read': 'Easy read',
    audio: 'Audio',
    braille: 'Braille, by post',
    'bsl-video': 'A video in British Sign Language',
    'screen-reader': 'A file for a screen reader',
  },
  professional: {
    bsl: 'British Sign Language interpreter',
    'lip-speaker': 'Lip-speaker',
    'speech-to-text': 'Speech-to-text reporter',
    'note-taker': 'Note-taker',
    'language-interpreter': 'Interpreter for another language',
    deafblind: 'Interpreter for deafblind people',
    advocate: 'Advocate',
  },
  support: {
    captions: 'Captions on the screen',
    breaks: 'Breaks',
    'step-free': 'A way in without steps',
    'hearing-loop': 'Hearing loop',
    'quiet-room': 'A quiet room',
    'read-with': 'Somebody to read with',
    time: 'More time to speak',
    companion: 'Somebody who comes with me',
  },
}

/** Free text beside the list. */
export const ownWords = 'own-words'
export const longestWords = 5000

/** A need as it is read: its label is the network's own, or the usual one, or the person's words. */
export interface Need {
  readonly personId: number
  readonly group: NeedGroup
  readonly option: string
  readonly words: string
  /** Of an option that the network added. */
  readonly label: string | null
}

export const optionOf = (id: number): string => `option-${id}`

export function labelOf(need: Pick<Need, 'group' | 'option' | 'words' | 'label'>): string {
  if (need.option === ownWords) return need.words
  return need.label ?? usualOptions[need.group][need.option] ?? need.option
}

/** What of a list came and what went: to arrange for what came is a promise. */
export function changesOf(
  before: readonly string[],
  after: readonly string[],
): { came: string[]; went: string[] } {
  return {
    came: [...new Set(after)].filter(each => !before.includes(each)),
    went: [...new Set(before)].filter(each => !after.includes(each)),
  }
}

/** The promise to meet a need. What is late follows from its day. */
export interface NeedPromise {
  readonly state: 'open' | 'met' | 'not-met' | 'no-longer'
  readonly words: string
}

/** Arranged, in words that the person reads. A need that could not be met can still be met later. */
export function meetNeed(it: NeedPromise, words: string): Decision<NeedPromise> {
  if (it.state === 'met') return refuse('met-already', 'This need is met already')
  if (it.state === 'no-longer') return refuse('no-longer', 'They do not need this any more')
  if (words === '') return refuse('no-words', 'Say what was arranged')
  return accept({ state: 'met', words }, happened('need-met'))
}

/** It cannot be met: never without a reason, which the person reads (R13). */
export function cannotMeetNeed(it: NeedPromise, words: string): Decision<NeedPromise> {
  if (it.state === 'met') return refuse('met-already', 'This need is met already')
  if (it.state === 'no-longer') return refuse('no-longer', 'They do not need this any more')
  if (words === '') return refuse('no-words', 'Say why it cannot be met')
  return accept({ state: 'not-met', words }, happened('need-not-met'))
}
