import type { Slot } from './sentence.ts'

/** Languages that the interface is written in, besides English. */
export const otherLanguages = ['cy', 'ur'] as const
export type OtherLanguage = (typeof otherLanguages)[number]
export type PageLanguage = 'en' | OtherLanguage

export const isPageLanguage = (code: unknown): code is PageLanguage =>
  code === 'en' || otherLanguages.includes(code as OtherLanguage)

/** In their own words, as a reader looks for them. */
export const languageNames: Readonly<Record<PageLanguage, string>> = {
  en: 'English',
  cy: 'Cymraeg',
  ur: 'اردو',
}

export const directionOf = (language: PageLanguage): 'ltr' | 'rtl' => (language === 'ur' ? 'rtl' : 'ltr')

/** Of a page or a passage (WCAG 2.2, 3.1.1 and 3.1.2). */
export const tagOf = (language: PageLanguage): string => (language === 'en' ? 'en-GB' : language)

/** What a message says of its own words; English when it says nothing. */
export function languageOf(layout: unknown): PageLanguage {
  const lang = (layout as { lang?: unknown } | null)?.lang
  return isPageLanguage(lang) ? lang : 'en'
}

const english =
  'January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(
    ' ',
  )
const names: Readonly<Record<OtherLanguage, readonly string[]>> = {
  cy: 'Ionawr|Chwefror|Mawrth|Ebrill|Mai|Mehefin|Gorffennaf|Awst|Medi|Hydref|Tachwedd|Rhagfyr|Dydd Llun|Dydd Mawrth|Dydd Mercher|Dydd Iau|Dydd Gwener|Dydd Sadwrn|Dydd Sul'.split(
    '|',
  ),
  ur: 'جنوری|فروری|مارچ|اپریل|مئی|جون|جولائی|اگست|ستمبر|اکتوبر|نومبر|دسمبر|پیر|منگل|بدھ|جمعرات|جمعہ|ہفتہ|اتوار'.split(
    '|',
  ),
}

/** A day or a month of the calendar: the numbers stay as they are. */
const calendar = (text: string, language: OtherLanguage): string =>
  text
    .replaceAll(/[A-Z][a-z]+/g, word => names[language][english.indexOf(word)] ?? word)
    .replace(/,/, language === 'ur' ? '،' : ',')

/** In Urdu the time of day is said before the hour, as people say it. */
function time(text: string, language: OtherLanguage): string {
  if (text === 'midday') return language === 'cy' ? 'hanner dydd' : 'دوپہر 12 بجے'
  if (text === 'midnight') return language === 'cy' ? 'hanner nos' : 'رات 12 بجے'
  if (language === 'cy') return text
  const [, hours = '0', minutes, half] = /^(\d+)(?:[:.](\d+))?(am|pm)$/.exec(text) ?? []
  const hour = (Number(hours) % 12) + (half === 'pm' ? 12 : 0)
  const part = hour < 4 ? 'رات' : hour < 12 ? 'صبح' : hour < 16 ? 'دوپہر' : hour < 19 ? 'شام' : 'رات'
  return `${part} ${hours}${minutes ? `:${minutes}` : ''} بجے`
}

/** What runs from left to right in every script, and falls apart without a fence: "020 7946 0000". */
const latin = (text: string): string => `\u2066${text}\u2069`
const own = (text: string): string => `\u2068${text}\u2069`

/** How a slot is said in a language; `look` finds words of ours that stand in it. */
export function slotIn(
  slot: Pick<Slot, 'kind' | 'text'>,
  language: OtherLanguage,
  look: (text: string) => string | undefined,
): string {
  const { kind, text } = slot
  switch (kind) {
    case 'date':
    case 'month':
      return calendar(text, language)
    case 'time':
      return time(text, language)
    case 'n':
      return text
    case 'quote': {
      const ours = look(text.slice(1, -1))
      return ours === undefined && language === 'ur' ? own(text) : `“${ours ?? text.slice(1, -1)}”`
    }
    case 'url':
    case 'email':
    case 'ref':
    case 'phone':
      return language === 'ur' ? latin(text) : text
    default:
      return language === 'ur' ? own(text) : text
  }
}
