import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { withoutMarks } from '#kernel/text/theirs.ts'
import { languages } from '#platform/preferences.ts'
import {
  aboutInWords,
  fingerprint,
  isOfOtherWords,
  langOf,
  languageByLetters,
  languageChoices,
  originalLang,
  type Translation,
  whyNotAdd,
  whyNotCorrect,
} from './translation.ts'

const urdu = 'ہسپتال کا خط بہت مشکل تھا۔'
const original = { part: 'said-7', words: urdu, ofPersonId: 7 }
const it: Translation = {
  id: 1,
  part: 'said-7',
  language: 'en',
  languageFrom: 'ur',
  words: 'The hospital’s letter was very hard.',
  translatorPersonId: null,
  translatorName: 'Amina Khan',
  translatorFrom: 'community interpreter',
  professional: false,
  at: Temporal.Instant.from('2026-03-03T10:00:00Z'),
  ofPersonId: 7,
  ofWordsHash: fingerprint(urdu),
  version: 1,
  before: [],
}
const given = {
  languageFrom: 'ur',
  language: 'en',
  words: it.words,
  translator: { name: 'Amina Khan', from: 'community interpreter' },
  professional: false,
}

test('REACH-10 a translation says its language, who made it, when, and whether that is their profession', () => {
  expect(withoutMarks(aboutInWords(it))).toBe(
    'In English. Translated by Amina Khan, community interpreter, 3 March 2026. Not by a professional translator.',
  )
  expect(withoutMarks(aboutInWords({ ...it, translatorFrom: '', professional: true }))).toBe(
    'In English. Translated by Amina Khan, 3 March 2026. By a professional translator.',
  )
})

test('REACH-10 who translated their own words is not named: they may have chosen that nobody sees who they are', () => {
  const own = aboutInWords({
    ...it,
    translatorPersonId: 7,
    translatorName: 'Vera Volunteer',
    translatorFrom: '',
  })
  expect(own).toContain('Translated by the person who said it, 3 March 2026.')
  expect(own).not.toContain('Vera')
})

test('REACH-10 any change of the original shows, and nothing else does', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const of = { ofWordsHash: fingerprint(one) }
      expect(isOfOtherWords(of, { words: one })).toBe(false)
      expect(isOfOtherWords(of, { words: other })).toBe(one !== other)
    }),
  )
})

test('REACH-10 letters tell a language only where they leave no doubt', () => {
  expect(languageByLetters(urdu)).toBe('ur')
  expect(languageByLetters('আমি দুই ঘণ্টা অপেক্ষা করেছি।')).toBe('bn')
  expect(languageByLetters('મેં બે કલાક રાહ જોઈ.')).toBe('gu')
  expect(languageByLetters('ਮੈਂ ਦੋ ਘੰਟੇ ਉਡੀਕ ਕੀਤੀ।')).toBe('pa')
  expect(languageByLetters('我等了两个小时。')).toBe('zh')
  // Arabic or another language in its letters; and all that is written in Latin ones.
  expect(languageByLetters('انتظرت ساعتين')).toBeUndefined()
  for (const words of ['Diolch yn fawr', 'Waiting for two hours', '', '12 + 3'])
    expect(languageByLetters(words)).toBeUndefined()
  expect(languageByLetters('The letter said: خط only')).toBeUndefined()
})

test('REACH-10 the language that the translator named stands before that of the letters, while the words are the same', () => {
  const polish = { part: 'said-7', words: 'List był za trudny.' }
  const named = { part: 'said-7', languageFrom: 'pl', ofWordsHash: fingerprint(polish.words) }
  expect(originalLang(polish, [named])).toBe('pl')
  expect(originalLang({ ...polish, words: 'The letter was too hard.' }, [named])).toBeUndefined()
  expect(originalLang(original, [])).toBe('ur')
})

test('REACH-10 every language can be chosen, and has a name for those who read aloud', () => {
  expect(languageChoices.map(each => each.value).sort()).toEqual(Object.keys(languages).sort())
  expect(languageChoices.at(-1)?.value).toBe('other')
  expect(langOf('en')).toBe('en-GB')
  expect(langOf('other')).toBe('')
  expect(langOf('ur')).toBe('ur')
})

test('REACH-10 one translation for each language, into another language, of words that are there', () => {
  expect(whyNotAdd(given, original, [])).toBeUndefined()
  expect(whyNotAdd(given, original, [it])?.reason).toBe('there-already')
  expect(whyNotAdd({ ...given, language: 'cy' }, original, [it])).toBeUndefined()
  expect(whyNotAdd(given, { ...original, part: 'answer-3' }, [it])).toBeUndefined()
  expect(whyNotAdd({ ...given, language: 'ur' }, original, [])?.reason).toBe('same-language')
  expect(whyNotAdd(given, { ...original, words: '' }, [])?.reason).toBe('no-words')
})

test('REACH-10 a correction changes something, or says that it still holds for other words', () => {
  expect(whyNotCorrect(given, it, original, [it])?.reason).toBe('the-same')
  expect(whyNotCorrect({ ...given, words: 'Better.' }, it, original, [it])).toBeUndefined()
  expect(whyNotCorrect({ ...given, professional: true }, it, original, [it])).toBeUndefined()
  expect(whyNotCorrect({ ...given, translator: { personId: 7 } }, it, original, [it])).toBeUndefined()
  expect(whyNotCorrect(given, it, { ...original, words: 'other words' }, [it])).toBeUndefined()
  const welsh = { ...it, id: 2, language: 'cy' }
  expect(whyNotCorrect({ ...given, language: 'cy' }, it, original, [it, welsh])?.reason).toBe('there-already')
})
