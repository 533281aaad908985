import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { meantBy } from './stop-words.ts'

describe('REACH-5 what a text message means', () => {
  test.each([
    ['STOP', 'stop'],
    ['stop', 'stop'],
    [' Stop. ', 'stop'],
    ['S T O P', 'stop'],
    ['S.T.O.P!', 'stop'],
    ['Stop please', 'stop'],
    ['“Please stop texting me”', 'stop'],
    ['STOP ALL', 'stop'],
    ['STOPALL', 'stop'],
    ['unsubscribe', 'stop'],
    ['opt out', 'stop'],
    ['ＳＴＯＰ', 'stop'],
    ['Please stop sending me these texts, thank you', 'stop'],
    ['Stopiwch os gwelwch yn dda', 'stop'],
    ['بند کریں', 'stop'],
    ['براہِ کرم پیغام بھیجنا بند کر دیں۔', 'stop'],
    ['راستہ بند ہے', 'words'],
    ['شروع کریں', 'start'],
    ['Dechrau', 'start'],
    ['START', 'start'],
    ['start texts again please', 'start'],
    ['Don’t stop', 'words'],
    ['The bus stop is closed', 'words'],
    ['Stop, I have pain', 'words'],
    ['Can we start the meeting at 3?', 'words'],
    ['Yes', 'words'],
    ['no more', 'words'],
    ['', 'nothing'],
    [' … ', 'nothing'],
  ])('REACH-5 “%s” is %s', (text, meant) => {
    expect(meantBy(text)).toBe(meant)
  })

  test('REACH-5 STOP is heard in any case, with anything but letters and digits around it', () => {
    const letter = (upper: string) => fc.constantFrom(upper, upper.toLowerCase())
    const around = fc.stringMatching(/^[\s.,!?'"()*-]{0,5}$/)
    fc.assert(
      fc.property(around, letter('S'), letter('T'), letter('O'), letter('P'), around, (a, s, t, o, p, b) => {
        expect(meantBy(`${a}${s}${t}${o}${p}${b}`)).toBe('stop')
      }),
    )
  })
})
