import { expect, test } from 'vitest'
import { looksLikeAView, meaningOf } from './meaning.ts'

test.each([
  ['Yes', 'yes'],
  ['yes.', 'yes'],
  ['Hi, yes it does. Thank you!', 'yes'],
  ['Dear team,\n\nYes please', 'yes'],
  ["Thank you. That's fine", 'yes'],
  ['I can come.', 'yes'],
  ['OK', 'yes'],
  ['No, because the letter still says nothing', 'no'],
  ['Hello\nno', 'no'],
  ["Sorry, I can't make it", 'no'],
  ['Apologies from me', 'no'],
  ['I am afraid not', 'words'],
  ['Partly. The time is still missing', 'partly'],
  ['Yes and no', 'words'],
  ['Yes, but the letter is still wrong', 'words'],
  ['No problem, it is closed', 'words'],
  ['Nobody told me', 'words'],
  ['Yesterday I waited an hour', 'words'],
  ['Notes are attached', 'words'],
  ['Okra is nice', 'words'],
  ['', 'words'],
  ['Thank you', 'words'],
])('REACH-3 plain words are understood: %j is %s', (words, meaning) => {
  expect(meaningOf(words)).toBe(meaning)
})

test('REACH-2 whoever tells us something is not taken for somebody who wants to take part', () => {
  expect(looksLikeAView('I waited two hours for my scan. Somebody should say so.')).toBe(true)
  expect(looksLikeAView('I would like to take part. My scan was good.')).toBe(false)
  expect(looksLikeAView('Hello there.')).toBe(false)
})
