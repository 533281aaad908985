import { createHash } from 'node:crypto'
import { accept, type Decision, happened, type Refusal, refuse } from '#kernel/decision.ts'
import type { Answer, AnsweredHow, PublicNaming } from './tables.ts'

/** What stands in "You said, we did": this, and nothing else, is what people agree to. */
export interface PublicText {
  readonly title: string
  readonly youSaid: string
  readonly weDid: string
  /** What happens next; may be empty. */
  readonly next: string
}

/** Consent is for exactly one text: for what has this hash. */
export function hashOf(text: PublicText): string {
  return createHash('sha256')
    .update(JSON.stringify([text.title, text.youSaid, text.weDid, text.next]))
    .digest('hex')
}

export interface Given {
  readonly personId: number
  readonly answer: Answer
  readonly words: string
  readonly textHash: string
  readonly how: AnsweredHow
}

/** One version as decisions see it: `answers` holds the latest of each person. */
export interface Version {
  readonly id: number
  readonly textHash: string
  readonly answers: readonly Given[]
}

/** What deciding on publication needs to know of one contribution. */
export interface Publishing {
  /** Where the contribution is. */
  readonly state: string
  readonly hasOutcome: boolean
  /** Everyone who raised or joined it and is still in it. */
  readonly contributorIds: readonly number[]
  /** A text that is being asked about. */
  readonly open: Version | undefined
  readonly published: Version | undefined
}

const withoutOutcome = new Set(['received', 'needs-you', 'to-be-considered', 'withdrawn'])

/** A text can be prepared once there is an outcome to tell of. */
export function propose(it: Publishing, text: PublicText): Decision<PublicText> {
  if (it.state === 'withdrawn')
    return refuse('withdrawn', 'This was withdrawn, so nothing of it is published')
  if (withoutOutcome.has(it.state) && !it.hasOutcome) {
    return refuse('no-outcome', 'There is nothing to publish yet: it has to be considered first')
  }
  const hash = hashOf(text)
  if (it.open?.textHash === hash) {
    return refuse('same', 'This is the text that people are being asked about already')
  }
  if (!it.open && it.published?.textHash === hash) return refuse('same', 'This text is published already')
  return accept(text, happened('publication-proposed', {}))
}

/** Those who have not said yes to exactly this text. */
export function notYetAgreed(version: Version, contributorIds: readonly number[]): number[] {
  return contributorIds.filter(
    personId =>
      !version.answers.some(
        each => each.personId === personId && each.answer === 'yes' && each.textHash === version.textHash,
      ),
  )
}

export type Answered =
  /** Of the open text: `allAgree` when nobody is left who has not said yes. */
  | { readonly of: 'open'; readonly allAgree: boolean }
  /** Of what is published: it comes down at once. */
  | { readonly of: 'published' }

/**
 * A contributor, or staff writing down what they said, answers for one text. Anything but yes to what is published
 * takes it back.
 */
export function answer(it: Publishing, given: Given, recorded: boolean): Decision<Answered> {
  if (!it.contributorIds.includes(given.personId)) {
    return refuse('not-theirs', 'Only those who raised this can say whether it is published')
  }
  const details = {
    answer: given.answer,
    personId: given.personId,
    ...(given.words ? { words: given.words } : {}),
    ...(recorded ? { recorded: true, how: given.how } : {}),
  }
  if (it.open && it.open.textHash === given.textHash) {
    const version: Version = {
      ...it.open,
      answers: [...it.open.answers.filter(each => each.personId !== given.personId), given],
    }
    return accept(
      { of: 'open', allAgree: notYetAgreed(version, it.contributorIds).length === 0 },
      happened('publication-answered', details),
    )
  }
  if (it.published && it.published.textHash === given.textHash) {
    if (given.answer === 'yes') return refuse('is-out', 'This is published already')
    return accept({ of: 'published' }, happened('publication-taken-back', details))
  }
  return otherText
}

const otherText: Refusal = refuse(
  'other-text',
  'The text has changed since you opened this page. Read the new one, then answer',
)

/** Goes out only when everyone who is still in it agreed to exactly this text. */
export function publish(it: Publishing): Decision<Version> {
  if (!it.open) return refuse('nothing-open', 'There is no text that waits to be published')
  if (it.contributorIds.length === 0) {
    return refuse('nobody', 'Nobody is left who could agree to this')
  }
  const missing = notYetAgreed(it.open, it.contributorIds).length
  if (missing > 0) {
    return refuse(
      'not-agreed',
      missing === 1
        ? 'One person has not agreed to exactly this text yet'
        : `${missing} people have not agreed to exactly this text yet`,
    )
  }
  return accept(it.open, happened('published', {}))
}

export function takeDown(it: Publishing, because: string): Decision<Version> {
  if (!it.published) return refuse('not-out', 'This is not published now')
  return accept(it.published, happened('publication-taken-down', { because }))
}

const privacy: readonly PublicNaming[] = ['named', 'first-name', 'anonymous']

/** How somebody is named in public: never with more than when they agreed, nor than they want now. */
export function publicName(person: {
  readonly name: string
  readonly knownAs: string
  readonly agreed: PublicNaming
  readonly wanted: PublicNaming
}): string | undefined {
  const naming = privacy[Math.max(privacy.indexOf(person.agreed), privacy.indexOf(person.wanted))]!
  if (naming === 'named') return person.name
  return naming === 'first-name' ? person.knownAs.split(/\s+/)[0] : undefined
}

/** "Vera Volunteer, Sam and 2 volunteers who are not named". */
export function creditLine(names: readonly (string | undefined)[]): string {
  const named = names.filter(name => name !== undefined)
  const unnamed = names.length - named.length
  const all = [
    ...named,
    ...(unnamed === 1 ? ['a volunteer who is not named'] : []),
    ...(unnamed > 1 ? [`${unnamed} volunteers who are not named`] : []),
  ]
  const line = all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${all.at(-1)}` : (all[0] ?? '')
  return line.charAt(0).toUpperCase() + line.slice(1)
}

export const outcomeWords = {
  agreed: 'Agreed',
  'partly-agreed': 'Partly agreed',
  'not-agreed': 'Not agreed',
  'passed-on': 'Passed on',
} as const
