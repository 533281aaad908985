import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gsmLength, inGsm, isGsm, shortOf, textMessage } from './text-message.ts'

const address = 'https://loop.example.nhs.uk/wmin/contributions/C-1042?sign-in'

describe('REACH-5 text messages', () => {
  test('REACH-5 whatever the sentence is, it fits two text messages in their own letters, and the address is whole', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 900 }),
        fc.string({ maxLength: 40 }),
        (said, name) => {
          const text = textMessage(name, said, address)
          expect(gsmLength(text)).toBeLessThanOrEqual(306)
          expect(isGsm(text)).toBe(true)
          expect(text.endsWith(` ${address}`)).toBe(true)
          const other = textMessage('WMIN', said, address, 'any')
          expect(other.length).toBeLessThanOrEqual(134)
          expect(other.endsWith(` ${address}`)).toBe(true)
        },
      ),
    )
  })

  test.each([
    ['It’s “yes” – really…', 'It\'s "yes" - really...'],
    ['Łódź, Ñandú, café, Škoda', '?ódz, Ñandú, café, Skoda'],
    ['€5 [a] {b}', '€5 [a] {b}'],
  ])('REACH-5 “%s” is texted as it can be', (given, made) => {
    // What GSM has keeps its accent; ó and ú it has not.
    expect(inGsm(given)).toBe(made.replaceAll('ó', 'o').replaceAll('ú', 'u'))
  })

  test('REACH-5 what nobody wrote a sentence for says nothing of its subject, unless it is in our own words', () => {
    expect(shortOf({ subject: 'Rosa says yes', about: { kind: 'task' }, link: {} })).not.toContain('Rosa')
    expect(shortOf({ subject: 'anything', about: { kind: 'a-new-room' } })).not.toContain('anything')
    expect(shortOf({ subject: 'please vote on V-6', about: { kind: 'motion' } })).toBe('please vote on V-6.')
    expect(textMessage('First', 'Would you like a buddy?.', undefined)).toBe('First: Would you like a buddy?')
  })
})
