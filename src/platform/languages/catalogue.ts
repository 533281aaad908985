import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Known, literal, placesOf, type Sentence, sentenceOf } from './sentence.ts'
import { type OtherLanguage, slotIn } from './words.ts'

/** One language's texts. */
export interface Catalogue {
  readonly language: OtherLanguage
  readonly size: number
  /** Entries that were left out, because their place-holders are not those of the English. */
  readonly refused: readonly string[]
  /** The same in this language; undefined when it has no words for it. */
  say(text: string, known?: Known): string | undefined
}

interface Pattern {
  readonly of: RegExp
  readonly names: readonly string[]
  /** How long a text can be that it fits. */
  readonly upTo: number
  readonly translation: string
}

/** Letters that one place of a pattern catches. */
const longestCaught = 120

/** What was looked up is kept, up to so many: some 4 MB for a language. */
const remembered = 5_000

/** Whether each place-holder and tag of the English is there, once for each time. */
export const samePlaces = (one: string, other: string): boolean =>
  placesOf(one).sort().join() === placesOf(other).sort().join() && tagsClose(other)

function tagsClose(text: string): boolean {
  const open: string[] = []
  for (const [, end, number, alone] of text.matchAll(/<(\/?)(\d+)(\/?)>/g)) {
    if (alone) continue
    if (!end) open.push(number!)
    else if (open.pop() !== number) return false
  }
  return open.length === 0
}

/**
 * The texts of one language by their English. What lacks a place-holder is left out, so that its reader gets the
 * English, never half a sentence (REACH-10).
 */
export function catalogueOf(language: OtherLanguage, texts: Readonly<Record<string, string>>): Catalogue {
  const exact = new Map<string, string>()
  const patterns: Pattern[] = []
  const refused: string[] = []
  for (const [english, translation] of Object.entries(texts)) {
    if (typeof translation !== 'string' || translation === '' || !samePlaces(english, translation)) {
      refused.push(english)
    } else if (/\{[a-f]\}/.test(english)) patterns.push(patternOf(english, translation))
    else exact.set(english, translation)
  }
  // What is longer says more: it is tried first.
  patterns.sort((a, b) => b.of.source.length - a.of.source.length)
  const said = new Map<string, { template: string; names: ReadonlyMap<string, string> } | undefined>()

  function find(key: string) {
    if (said.has(key)) return said.get(key)
    const found = search(key)
    if (said.size > remembered) said.clear()
    said.set(key, found)
    return found
  }

  function search(key: string) {
    const template = exact.get(key)
    if (template !== undefined) return { template, names: new Map<string, string>() }
    for (const { of, names, upTo, translation } of patterns) {
      // Somebody's long words make no work.
      const match = key.length <= upTo ? of.exec(key) : null
      if (match) {
        return { template: translation, names: new Map(names.map((name, at) => [name, match[at + 1]!])) }
      }
    }
    return undefined
  }

  function say(text: string, known: Known = {}): string | undefined {
    const sentence = sentenceOf(text, known)
    const found = find(sentence.key)
    if (found) return fill(found.template, found.names, sentence, known)
    // Dates, numbers and names alone need no words.
    return /[A-Za-z]/.test(sentence.key.replaceAll(/\{\w+\}/g, ''))
      ? undefined
      : fill(sentence.key, new Map(), sentence, known)
  }

  function fill(
    template: string,
    names: ReadonlyMap<string, string>,
    sentence: Sentence,
    known: Known,
  ): string {
    const slot = (name: string): string => {
      const found = sentence.slots.find(each => each.name === name)
      return found ? slotIn(found, language, words => say(words, known)) : `{${name}}`
    }
    return template.replaceAll(/\{([a-z]+\d*)\}/g, (_, name: string) => {
      const inside = names.get(name)
      if (inside === undefined) return slot(name)
      // What a pattern caught is a place of the key again, or words: ours in this language, or somebody's as they are.
      const place = /^\{([a-z]+\d*)\}$/.exec(inside)?.[1]
      if (place) return slot(place)
      const raw = inside.replaceAll(
        /\{([a-z]+\d*)\}/g,
        (whole, each: string) => sentence.slots.find(one => one.name === each)?.text ?? whole,
      )
      return say(raw, known) ?? slotIn({ kind: 'x', text: raw }, language, () => undefined)
    })
  }

  return { language, size: exact.size + patterns.length, refused, say }
}

/** "Considered by {a} on {date}": {a} to {f} catch any words, the others what they are named for. */
function patternOf(english: string, translation: string): Pattern {
  const names: string[] = []
  const source = english
    .split(/(\{[a-z]+\d*\})/)
    .map(part => {
      const name = /^\{([a-z]+)(\d*)\}$/.exec(part)
      if (!name) return literal(part)
      names.push(name[1]! + name[2]!)
      return /^[a-f]$/.test(name[1]!)
        ? `((?:(?![.!?] )[^<>]){1,${longestCaught}}?)`
        : `(\\{${name[1]}\\d*\\})`
    })
    .join('')
  const upTo = english.length + names.length * longestCaught
  return { of: new RegExp(`^${source}$`, 'u'), names, upTo, translation }
}

const folder = new URL('./texts/', import.meta.url)

type Texts = Record<string, string>

/** What is written for a language, file by file. */
function filesOf(language: OtherLanguage): { readonly name: string; readonly texts: Texts }[] {
  const path = fileURLToPath(new URL(`${language}/`, folder))
  return readdirSync(path)
    .filter(name => name.endsWith('.json'))
    .sort()
    .map(name => ({ name, texts: JSON.parse(readFileSync(path + name, 'utf8')) as Texts }))
}

/** All that is written for a language, from its files. */
export const textsOf = (language: OtherLanguage): Texts =>
  Object.assign({}, ...filesOf(language).map(each => each.texts))

/**
 * A message goes out whole or not at all, so no pattern made for a page may catch a sentence of it and leave English in
 * the middle: only those that were written for messages.
 */
function textsOfMessages(language: OtherLanguage): Texts {
  const files = filesOf(language).map(({ name, texts }) =>
    name === 'messages.json'
      ? texts
      : Object.fromEntries(Object.entries(texts).filter(([english]) => !/\{[a-f]\}/.test(english))),
  )
  return Object.assign({}, ...files)
}

const opened = new Map<string, Catalogue>()

/** Read when the first reader comes who needs it. */
export function catalogue(language: OtherLanguage, of: 'pages' | 'messages' = 'pages'): Catalogue {
  const name = `${language} ${of}`
  const known = opened.get(name)
  if (known) return known
  const made = catalogueOf(language, of === 'pages' ? textsOf(language) : textsOfMessages(language))
  opened.set(name, made)
  return made
}
