import { theirs, withoutMarks } from '#kernel/text/theirs.ts'
import type { Channel } from './database/tables.ts'
import { type Say, sayIn, withoutFences } from './languages/message.ts'
import { offeredBy } from './languages/offered.ts'
import type { PageLanguage } from './languages/words.ts'
import { type Layout, layoutOf, type Part, textOf } from './mail/layout.ts'
import { hourInWords, languages } from './preferences.ts'
import { inEnglish, type Sender, type TellingLink, type Words } from './telling.ts'
import { isGsm, shortOf, textMessage } from './text-message.ts'

export interface Reader {
  name: string
  known_as: string
  large_print: boolean
  quiet_from?: number | null
  quiet_until?: number | null
  language?: string | null
}

/** A message in the words of one language, as it is kept. */
export interface InOneLanguage {
  readonly subject: string
  readonly body: string
  readonly layout: Layout | null
}

/** The columns of a message that hold its words. */
export interface Shaped {
  readonly subject: string
  readonly body: string
  readonly layout: string | null
  readonly english: string | null
}

export const asColumns = (told: InOneLanguage, english: InOneLanguage | null = null): Shaped => ({
  subject: told.subject,
  body: told.body,
  layout: told.layout && JSON.stringify(told.layout),
  english: english && JSON.stringify(english),
})

/** How the words of a message are said: in English they are there already. */
interface Speech {
  readonly language: PageLanguage
  readonly say: Say
  /** Whether it had words for all of it so far. */
  readonly whole: () => boolean
}

const english: Speech = { language: 'en', say: withoutMarks, whole: () => true }

function speechIn(language: PageLanguage, { network, missing }: Sender, kind: string | undefined): Speech {
  if (language === 'en') return english
  let whole = true
  const known = { network: network.name, short: network.shortName }
  const say = sayIn(language, known, text => {
    whole = false
    missing?.(language, text, kind)
  })
  return { language, say, whole: () => whole }
}

/**
 * The text for one channel with, for an e-mail, where its parts are: in the reader's language when all of it can be said
 * there, with the English beside it for the team (docs/decisions/0018-translated-where-pages-leave.md). Half a message in
 * each would help nobody. Whoever rings reads English, and says it in their own words.
 */
export function shaped(
  channel: Channel,
  person: Reader,
  telling: Words,
  from: Sender,
  preferences?: string,
): Shaped {
  const plain = inEnglish(telling)
  const language = offeredBy({ settings: from.network.settings ?? {} }).find(each => each === person.language)
  if (channel !== 'phone' && language) {
    const speech = speechIn(language, from, telling.kind)
    const told = form(channel, person, said(telling, channel, speech), from, speech, preferences)
    if (speech.whole()) {
      const reader = { ...person, language: null }
      return asColumns(told, form(channel, reader, plain, from, english, preferences))
    }
  }
  return asColumns(form(channel, person, plain, from, english, preferences))
}

/**
 * What was said already, for another channel: only what stands around it is said anew.
 * @param more paragraphs of ours that come to it, in English
 * @returns undefined when its language has no words for them
 */
export function shapedAgain(
  language: PageLanguage,
  channel: Channel,
  person: Reader,
  words: Words,
  more: readonly string[],
  from: Sender,
  preferences?: string,
): InOneLanguage | undefined {
  const speech = speechIn(language, from, words.kind)
  const all = { ...words, paragraphs: [...words.paragraphs, ...more.map(speech.say)] }
  const told = form(channel, person, all, from, speech, preferences)
  return speech.whole() ? told : undefined
}

/** The text for one channel, in English (product.md, "Everybody the same service"). */
export const shape = (channel: Channel, person: Reader, telling: Words, from: Sender): string =>
  form(channel, person, inEnglish(telling), from, english).body

function said(telling: Words, channel: Channel, { say, language }: Speech): Words {
  const { subject, paragraphs, link, reply } = telling
  return {
    ...telling,
    subject: withoutFences(say(subject)),
    paragraphs: paragraphs.map(say),
    ...(link && { link: { ...link, words: say(link.words) } }),
    ...(reply && channel === 'email' ? { reply: say(reply) } : {}),
    ...(channel === 'post' ? {} : { short: shortOf(telling, say, language === 'ur' ? '۔' : '.') }),
  }
}

function form(
  channel: Channel,
  person: Reader,
  words: Words,
  from: Sender,
  speech: Speech,
  preferences?: string,
): InOneLanguage {
  const subject = `${from.network.shortName}: ${words.subject}`
  const lang = speech.language === 'en' ? {} : { lang: speech.language }
  if (channel === 'email') {
    const parts = emailParts(person, words, from, speech, preferences)
    const large = person.large_print ? { large: true as const } : {}
    const short = words.short ?? shortOf(words, speech.say)
    return { subject, body: textOf(parts), layout: layoutOf(parts, { ...lang, ...large, short }) }
  }
  const body =
    channel === 'text'
      ? inAText(words, from, speech)
      : channel === 'phone'
        ? callOf(person, words, from)
        : letterOf(person, words, from, speech, preferences)
  // A letter and a text message are words alone; in another language they say which.
  return { subject, body, layout: lang.lang ? layoutOf([{ kind: 'words', text: body }], lang) : null }
}

/** Somebody who was written to in their language goes on in it, on a device that does not know them, too. */
function addressOf(link: TellingLink | undefined, from: Sender, language: PageLanguage = 'en') {
  return link && withMore(`${from.publicUrl}${link.path}`, language, link.open ? [] : ['sign-in'])
}

/** What a message puts behind an address, and what `withoutMore` takes away again. */
function withMore(href: string, language: PageLanguage, more: readonly string[] = []): string {
  const [path = '', ...rest] = href.split('?')
  const query = [...rest, ...more, ...(language === 'en' ? [] : [`language=${language}`])].join('&')
  return `${path}${query && `?${query}`}`
}

export function withoutMore(href: string): string {
  const [path = '', query = ''] = href.split('?')
  const rest = query.split('&').filter(each => each !== '' && each !== 'sign-in' && !/^language=/.test(each))
  return rest.length > 0 ? `${path}?${rest.join('&')}` : path
}

function emailParts(
  person: Reader,
  words: Words,
  from: Sender,
  speech: Speech,
  preferences: string | undefined,
): Part[] {
  const { say } = speech
  const { link, attachment, reply } = words
  const address = addressOf(link, from, speech.language)
  const part = (kind: Part['kind'], text: string | false | undefined): Part[] =>
    text ? [{ kind, text }] : []
  return [
    ...part('greeting', say(`Dear ${theirs(person.known_as)}`)),
    ...words.paragraphs.flatMap(each => part('words', each)),
    ...part(
      'note',
      attachment &&
        say(`The file ${theirs(attachment.name)} comes with this e-mail. It puts this into your calendar.`),
    ),
    ...part('link', link && `${link.words}:\n${address}`),
    ...part('note', reply),
    ...part('note', aboutLanguage(person.language, from, speech)),
    ...part('from', `${from.network.name}${from.network.phone ? `\n${from.network.phone}` : ''}`),
    ...part(
      'preferences',
      preferences &&
        `${say('Change how we reach you, without signing in:')}\n${withMore(preferences, speech.language)}`,
    ),
  ]
}

function inAText(words: Words, from: Sender, { say, language }: Speech): string {
  const { shortName } = from.network
  const sentence = withoutFences(words.short ?? shortOf(words, say))
  const address = addressOf(words.link, from)
  if (language === 'ur') return textMessage(shortName, sentence, address, 'any')
  if (language === 'cy') {
    // With every accent where it fits: one of them makes the whole message dearer and shorter.
    const whole = textMessage(shortName, sentence, address, 'any')
    if (!isGsm(whole) && whole.includes(sentence)) return whole
  }
  return textMessage(shortName, sentence, address)
}

function callOf(person: Reader, { paragraphs }: Words, from: Sender): string {
  const { language } = person
  return [
    `Ring ${person.name}. Say who you are, that you ring for ${from.network.name}, and ask if now is a good time.`,
    ...quietWords(person),
    ...(language && language !== 'en' ? [`Language: ${languages[language] ?? language}.`] : []),
    ...paragraphs.map(each => `Say: ${each}`),
    'Ask what they would like to say back, and write it down in their own words.',
  ].join('\n\n')
}

function letterOf(
  person: Reader,
  words: Words,
  from: Sender,
  speech: Speech,
  preferences: string | undefined,
): string {
  const { say } = speech
  const { name, phone } = from.network
  const language = aboutLanguage(person.language, from, speech)
  return [
    ...(person.large_print ? ['[Print in large type: 18 point]'] : []),
    say(`Dear ${theirs(person.name)}`),
    ...words.paragraphs,
    say(phone ? `You can answer by post, or ring us on ${theirs(phone)}.` : 'You can answer by post.'),
    ...(language ? [language] : []),
    ...(preferences
      ? [
          `${say('To change how we reach you, write or ring, or go to this page. It needs no sign-in.')}\n${preferences}`,
        ]
      : []),
    `${say('Yours sincerely')}\n${name}`,
  ].join('\n\n')
}

/** A call is made by a person, at an hour that suits. */
const quietWords = (person: Reader): string[] =>
  typeof person.quiet_from === 'number' && typeof person.quiet_until === 'number'
    ? [`Do not ring between ${hourInWords(person.quiet_from)} and ${hourInWords(person.quiet_until)}.`]
    : []

/** Whoever reads a translation can have the English; whoever reads English and chose another language, a person (R17). */
function aboutLanguage(
  language: string | null | undefined,
  from: Sender,
  speech: Speech,
): string | undefined {
  const { phone } = from.network
  if (speech.language !== 'en')
    return speech.say(
      `This translation has not been checked by a professional translator. ${
        phone ? `To have this in English, ring us on ${theirs(phone)}.` : 'To have this in English, tell us.'
      }`,
    )
  return !language || language === 'en'
    ? undefined
    : `This is in English. If you would rather have it in ${languages[language] ?? 'another language'}, ${
        phone ? `ring us on ${phone}` : 'tell us'
      } and we find somebody to help.`
}
