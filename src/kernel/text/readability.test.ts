import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readability, sentencesOf, wordsOf } from './readability.ts'
import { syllables } from './syllables.ts'

test.each([
  ['the', 1],
  ['table', 2],
  ['asked', 1],
  ['wanted', 2],
  ['patient', 2],
  ['radiographer', 5],
  ['million', 2],
  ['annual', 3],
  ['seeing', 2],
  ['hospital', 3],
  ['multidisciplinary', 7],
  ['NHS', 3],
  ['follow-up', 3],
  ["don't", 1],
  ['2026', 1],
  ['café', 2],
])('LOOP-9 “%s” has %i syllables', (word, count) => {
  expect(syllables(word)).toBe(count)
})

test.each([
  ['Dr. Smith saw 3.5 patients, e.g. Mrs. Jones. Then she left.', 2],
  ['We open at 2:30pm. You can ring us!', 2],
  ['It was agreed by J. B. Priestley. Good.', 2],
  ['See no. 5 and p. 12 of the paper.', 1],
  ['“Is it late?” she asked.', 1],
  ['He said “no.” We agreed.', 2],
  ['Is it so?! Yes... it is.', 2],
  ['We will:\n- buy a scanner\n- train the staff\n\nThank you', 4],
  ['1. Buy it\n2. Use it', 2],
  ['The letters will be\nwritten again by\nthe staff of Birmingham', 1],
  ['The next meeting will be in\nBirmingham', 1],
  ['The first part\n\nthe second part', 2],
  ['Thank you\r\nSam', 2],
  ['', 0],
  ['…', 1],
])('LOOP-9 sentences of %j', (text, count) => {
  expect(sentencesOf(text)).toHaveLength(count)
})

test('LOOP-9 words are counted as people count them', () => {
  expect(wordsOf("Don't follow-up 3.5 times — it's the in-house x-ray.")).toEqual([
    "Don't",
    'follow-up',
    '3.5',
    'times',
    "it's",
    'the',
    'in-house',
    'x-ray',
  ])
})

// Grades from published counts: the text's own words, sentences and syllables counted by hand.
test('LOOP-9 known texts have their known age', () => {
  const child = 'The cat sat on the mat. The dog ran to the cat. They sat in the sun.'
  expect(readability(child)).toEqual({ readingAge: 5, words: 17, sentences: 3, hardSentences: [] })
  const gettysburg =
    'Four score and seven years ago our fathers brought forth on this continent, a new nation, conceived in Liberty, and dedicated to the proposition that all men are created equal. Now we are engaged in a great civil war, testing whether that nation, or any nation so conceived and so dedicated, can long endure. We are met on a great battle-field of that war.'
  const read = readability(gettysburg)
  expect(read.sentences).toBe(3)
  expect(read.readingAge).toBeGreaterThanOrEqual(13)
  expect(read.readingAge).toBeLessThanOrEqual(16)
  const plain =
    'We will write the letter again. Two volunteers will read it before it goes out. You will get a copy in June.'
  expect(readability(plain).readingAge).toBeLessThanOrEqual(9)
  const officialese =
    'The implementation of multidisciplinary organisational arrangements facilitates the optimisation of operational capacity utilisation.'
  expect(readability(officialese).readingAge).toBe(25)
  expect(readability(officialese).hardSentences).toEqual([officialese])
})

test('LOOP-9 a sentence is hard when it is long or full of long words, and only that one is named', () => {
  const long = `We will ${'ask and '.repeat(13)}tell you.`
  const read = readability(`This is short. ${long} This too.`)
  expect(read.hardSentences).toEqual([long])
  expect(readability('The radiographer had an important idea at the hospital.').hardSentences).toEqual([])
})

test('LOOP-9 nothing and other scripts are met with what can be said', () => {
  expect(readability('')).toEqual({ readingAge: 0, words: 0, sentences: 0, hardSentences: [] })
  expect(readability('... !!! 😀')).toMatchObject({ readingAge: 0, words: 0 })
  expect(readability('مرحبا بكم في المستشفى. شكرا لكم؟')).toMatchObject({ readingAge: 0, sentences: 2 })
  expect(readability('我们会写信。谢谢你。')).toMatchObject({ readingAge: 0, sentences: 2 })
  expect(readability('12 34').readingAge).toBe(0)
})

test('LOOP-9 any text is read without harm, and every hard sentence stands in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), text => {
      const read = readability(text)
      expect(read.readingAge === 0 || (read.readingAge >= 5 && read.readingAge <= 25)).toBe(true)
      expect(read.sentences).toBeLessThanOrEqual(read.words)
      expect(read.hardSentences.length).toBeLessThanOrEqual(read.sentences)
    }),
  )
  const started = 'word '.repeat(20_000)
  expect(readability(started).words).toBe(20_000)
})
