import type { Frame, LanguageChoice } from '#design/index.ts'
import type { Entry } from '../database/connect.ts'
import type { House } from '../house.ts'
import { offeredBy } from './offered.ts'
import { isPageLanguage, languageNames, otherLanguages, type PageLanguage } from './words.ts'

const year = 365 * 24 * 3600

/** Of a network: what it offers, and what whoever is signed in chose there for their messages. */
type Of = Pick<Entry, 'settings' | 'language'> | undefined

/**
 * In which language a page is shown: the one asked for in its address, else the one that whoever is signed in chose for
 * their messages, else the one that this browser was last shown. Outside of any network every language is there.
 */
export function openLanguages(house: House) {
  const cookie = house.sessions.cookie('language')

  const offered = (network: Of): readonly PageLanguage[] => [
    'en',
    ...(network ? offeredBy(network) : otherLanguages),
  ]

  function shown(request: Request, network: Of): PageLanguage {
    const asked = new URL(request.url).searchParams.get('language')
    const there = offered(network)
    const wanted = [asked, network?.language, cookie.read(request)]
    return wanted.filter(isPageLanguage).find(each => there.includes(each)) ?? 'en'
  }

  function lang(request: Request, network?: Of): Pick<Frame, 'lang'> {
    const language = shown(request, network)
    return { lang: language === 'en' ? undefined : language }
  }

  return {
    shown,

    /** Without a choice: whoever goes elsewhere from the answer to a form loses what they typed. */
    lang,

    /** @param url of the page, where there is one: what is not there must not repeat its address */
    frame(request: Request, url?: URL, network?: Of): Pick<Frame, 'lang' | 'languages' | 'here'> {
      const language = shown(request, network)
      const query = new URLSearchParams(url?.search)
      query.delete('language')
      const here = url ? { here: `${url.pathname}${query.size > 0 ? `?${query}` : ''}` } : {}
      const languages = offered(network).map((code): LanguageChoice => {
        query.set('language', code)
        return { code, name: languageNames[code], href: `?${query}`, current: code === language }
      })
      return { ...here, ...lang(request, network), languages }
    },

    /** Pages that know nobody yet, and those that say that something is not there, go by what this browser was shown. */
    cookies(request: Request, frame: Pick<Frame, 'lang' | 'languages'>): string[] {
      if (!frame.languages || frame.languages.length < 2) return []
      const now = frame.lang ?? 'en'
      const kept = cookie.read(request)
      return kept === now || (kept === undefined && now === 'en') ? [] : [cookie.set(now, year)]
    },
  }
}
