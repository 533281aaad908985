import { createHash } from 'node:crypto'
import { dateInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { type Refusal, refuse } from '#kernel/decision.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Instant } from '#platform/database/tables.ts'
import { languages } from '#platform/preferences.ts'

/** One text that somebody wrote, and that a translation can stand beside. */
export interface Original {
  /** Its name within the thing: 'said-12', 'feedback-3'. */
  readonly part: string
  /** As everybody who may read it reads it now. */
  readonly words: string
  /** Whose words they are; null: an answer of the network. */
  readonly ofPersonId: number | null
}

/** How a translation reads: the words, in which language, by whom. */
export interface Wording {
  readonly languageFrom: string
  readonly words: string
  /** Somebody of this network, with their name; or else a name, and what they are or where they are from. */
  readonly translatorPersonId: number | null
  readonly translatorName: string
  readonly translatorFrom: string
  readonly professional: boolean
  readonly at: Instant
}

export interface Translation extends Wording {
  readonly id: number
  readonly part: string
  readonly language: string
  readonly ofPersonId: number | null
  readonly ofWordsHash: string
  readonly version: number
  /** What it said before it was corrected, the oldest first. */
  readonly before: readonly Wording[]
}

type LanguageCode = string

/** In alphabetical order of their English names, "another language" last. */
export const languageChoices = Object.entries(languages)
  .sort(([a, one], [b, other]) => Number(a === 'other') - Number(b === 'other') || one.localeCompare(other))
  .map(([value, text]) => ({ value, text: text === 'another language' ? 'Another language' : text }))
export const languageCodes = Object.keys(languages) as [string, ...string[]]

/** As HTML names it; a language that is on no list has no name there, which is an empty one. */
export const langOf = (code: LanguageCode): string => (code === 'en' ? 'en-GB' : code === 'other' ? '' : code)

/** By it one sees whether words are still those that were translated. */
export const fingerprint = (words: string): string => createHash('sha256').update(words).digest('hex')

/** The original was changed after it was translated. */
export const isOfOtherWords = (
  translation: Pick<Translation, 'ofWordsHash'>,
  original: Pick<Original, 'words'>,
): boolean => translation.ofWordsHash !== fingerprint(original.words)

/** Scripts in which one of our languages is written, and none of the others. */
const scripts: readonly (readonly [LanguageCode, RegExp])[] = [
  ['bn', /\p{Script=Bengali}/gu],
  ['gu', /\p{Script=Gujarati}/gu],
  ['pa', /\p{Script=Gurmukhi}/gu],
  ['zh', /\p{Script=Han}/gu],
]
/** Letters that Urdu has, and Arabic has not. */
const urduLetters = /[ٹڈڑےںگچپ]/u

/**
 * The language of words by their letters alone, where these leave no doubt: what is read aloud is then read aloud right
 * before anybody said which language it is. Latin letters say nothing.
 */
export function languageByLetters(words: string): LanguageCode | undefined {
  const letters = words.match(/\p{L}/gu)?.length ?? 0
  const most = (pattern: RegExp) => letters > 0 && (words.match(pattern)?.length ?? 0) * 2 > letters
  const found = scripts.find(([, pattern]) => most(pattern))
  if (found) return found[0]
  if (most(/\p{Script=Arabic}/gu)) return urduLetters.test(words) ? 'ur' : undefined
  return undefined
}

/** The `lang` of an original: as its translator named it, else by its letters. */
export function originalLang(
  original: Pick<Original, 'part' | 'words'>,
  translations: readonly Pick<Translation, 'part' | 'ofWordsHash' | 'languageFrom'>[] = [],
): string | undefined {
  const named = translations.find(each => each.part === original.part && !isOfOtherWords(each, original))
  const code = named?.languageFrom ?? languageByLetters(original.words)
  return code === undefined ? undefined : langOf(code)
}

export interface GivenTranslation {
  readonly languageFrom: LanguageCode
  readonly language: LanguageCode
  readonly words: string
  readonly translator: Translator
  readonly professional: boolean
}

/** A person of the network, or a name and where they are from. */
export type Translator = { readonly personId: number } | { readonly name: string; readonly from: string }

/** Why a translation cannot stand beside these words; undefined when it can. */
export function whyNotAdd(
  given: GivenTranslation,
  original: Original,
  existing: readonly Pick<Translation, 'part' | 'language'>[],
): Refusal | undefined {
  if (original.words === '') return refuse('no-words', 'There are no words to translate any more')
  if (given.language === given.languageFrom) return sameLanguage
  return existing.some(each => each.part === original.part && each.language === given.language)
    ? refuse('there-already', 'There is a translation in this language already. You can correct that one')
    : undefined
}

/** Why a translation cannot be corrected like this; undefined when it can. */
export function whyNotCorrect(
  given: GivenTranslation,
  it: Translation,
  original: Original,
  others: readonly Pick<Translation, 'id' | 'part' | 'language'>[],
): Refusal | undefined {
  const rest = others.filter(each => each.id !== it.id)
  const why = whyNotAdd(given, original, rest)
  if (why) return why
  const same =
    given.words === it.words &&
    given.language === it.language &&
    given.languageFrom === it.languageFrom &&
    given.professional === it.professional &&
    ('personId' in given.translator
      ? given.translator.personId === it.translatorPersonId
      : it.translatorPersonId === null &&
        given.translator.name === it.translatorName &&
        given.translator.from === it.translatorFrom)
  // Whoever looks at it again after the original was changed may find that it still is right.
  return same && !isOfOtherWords(it, original)
    ? refuse('the-same', 'This is the translation that is there already. Change what is wrong in it')
    : undefined
}

const sameLanguage = refuse('same-language', 'The translation must be in another language than what was said')

/** Why a translation is taken back: history tells it without anybody's words. */
export const takeBackReasons = {
  wrong: 'It does not say what was said',
  asked: 'The person whose words they are asked for it',
  private: 'It says something private about somebody',
  'other-words': 'It belongs to other words',
} as const
export type TakeBackReason = keyof typeof takeBackReasons

const inLanguage = (code: LanguageCode): string => `In ${languages[code] ?? 'another language'}.`

/**
 * "In English. Translated by Amina Khan, community interpreter, 3 March 2026. Not by a professional translator."
 * Somebody's own translation never gives a name away that they chose not to show.
 */
export function aboutInWords(
  it: Wording & { readonly language: LanguageCode; readonly ofPersonId: number | null },
): string {
  const day = dateInWords(dayOf(it.at))
  const who = [it.translatorName, it.translatorFrom].filter(Boolean).join(', ')
  const own = it.translatorPersonId !== null && it.translatorPersonId === it.ofPersonId
  return [
    inLanguage(it.language),
    own ? `Translated by the person who said it, ${day}.` : `Translated by ${theirs(who)}, ${day}.`,
    it.professional ? 'By a professional translator.' : 'Not by a professional translator.',
  ].join(' ')
}

/** The line of a thing's timeline; nobody's words are in it. */
export function translationTitle(
  event: string,
  details: Readonly<Record<string, unknown>>,
): string | undefined {
  switch (event) {
    case 'translation-added':
      return details.of === 'answer'
        ? 'A translation was put beside the answer'
        : 'A translation was put beside the words'
    case 'translation-corrected':
      return 'A translation was corrected'
    case 'translation-taken-back':
      return takenBack[details.because as TakeBackReason] ?? 'A translation was taken back'
    default:
      return undefined
  }
}

const takenBack: Readonly<Record<TakeBackReason, string>> = {
  wrong: 'A translation was taken back: it did not say what was said',
  asked: 'A translation was taken back: the person asked for it',
  private: 'A translation was taken back: something in it was private',
  'other-words': 'A translation was taken back: it belonged to other words',
}
