import { dateInWords } from '#kernel/calendar/words.ts'
import type { PlainDate } from '../database/tables.ts'
import { catalogue } from '../languages/catalogue.ts'
import { directionOf, type PageLanguage } from '../languages/words.ts'
import { type Direction, directionOfText, withoutSigns } from './direction.ts'
import { hasArabic } from './fonts.ts'

/** Our own words around a letter. */
export const said = (text: string, language: PageLanguage): string =>
  language === 'en' ? text : (catalogue(language).say(text) ?? text)

export const dayIn = (day: PlainDate, language: PageLanguage): string => said(dateInWords(day), language)

export interface Paragraph {
  readonly text: string
  readonly base: Direction
  /** Where it is not the letter's own. */
  readonly lang?: string
}

/** Each begins on the side of its own first word; the letter's side where no word tells it. */
export function paragraphsOf(body: string, language: PageLanguage): readonly Paragraph[] {
  return body
    .split(/\n{2,}/)
    .filter(text => withoutSigns(text).trim())
    .map(text => ({
      text,
      base: directionOfText(text, directionOf(language)),
      // In a letter in Urdu, words in Latin letters alone are English.
      ...(language === 'ur' && /[A-Za-z]/.test(withoutAddresses(text)) && !hasArabic(text)
        ? { lang: 'en-GB' }
        : {}),
    }))
}

const webAddress = /^https?:\/\/\S+$/

/** The address of a page that stands on a line of its own. */
export const linkIn = (line: string): string | undefined => {
  const bare = withoutSigns(line).trim()
  return webAddress.test(bare) ? bare : undefined
}

const withoutAddresses = (text: string): string =>
  text
    .split('\n')
    .filter(line => !linkIn(line))
    .join('\n')
