import { theirs, withoutMarks } from '#kernel/text/theirs.ts'
import { catalogue } from './catalogue.ts'
import { lookIn, sentencesOf } from './look.ts'
import { type Known, sentenceOf } from './sentence.ts'
import type { OtherLanguage } from './words.ts'

/** Says a text of ours in the reader's language; what is marked, and addresses, stay as they are. */
export type Say = (text: string) => string

/** What stands as it is meanwhile: what is marked, and quotes with more than one line. */
const apart = /\uf8d0([^\uf8d1]*)\uf8d1|“[^”]*\n[^”]*”/g
const box = /\uf8d3(\d+)\uf8d3/g
/** Mail programs would take the fence for a part of the address. */
const fencedAddress = /[\u2066\u2068]((?:https?:\/\/|[\w.+-]+@)[^\s\u2069]+)\u2069/g

/**
 * How one language says the texts of one message: line by line, with the points of a list.
 * @param missing hears of each sentence that it has no words for, by its key; then the message must not go out like this
 */
export function sayIn(language: OtherLanguage, known: Known, missing: (key: string) => void): Say {
  const texts = catalogue(language, 'messages')
  const look = lookIn(texts, known)
  return text => {
    const kept: string[] = []
    const line = (words: string): string => {
      const [, point = '', rest = ''] = /^(•\s+)?(.*)$/s.exec(words)!
      if (!/\S/.test(rest)) return words
      const found = look(rest)
      if (found !== undefined) return point + found
      for (const each of sentencesOf(rest))
        if (texts.say(each, known) === undefined) missing(sentenceOf(each, known).key)
      return words
    }
    const boxed = text.replaceAll(apart, (whole, marked: string | undefined) => {
      kept.push(marked ?? withoutMarks(whole))
      return theirs(`\uf8d3${kept.length - 1}\uf8d3`)
    })
    return withoutMarks(boxed.split('\n').map(line).join('\n'))
      .replaceAll(box, (_, number: string) => kept[Number(number)]!)
      .replaceAll(fencedAddress, '$1')
  }
}

/** In a text message each fence would count as a letter. */
export const withoutFences = (text: string): string => text.replaceAll(/[\u2066-\u2069]/g, '')
