import type { Frame, LanguageChoice } from '#design/index.ts'
import type { House } from '../house.ts'
import { isPageLanguage, languageNames, otherLanguages, type PageLanguage } from './words.ts'

const year = 365 * 24 * 3600

/**
 * In which language a page is shown: the one asked for in its address, else the one that whoever is signed in chose for
 * their messages, else the one that this browser was last shown.
 */
export function openLanguages(house: House) {
  const cookie = house.sessions.cookie('language')

  const chosen = (request: Request, preference: string | null | undefined): PageLanguage => {
    const asked = new URL(request.url).searchParams.get('language')
    const kept = cookie.read(request)
    return [asked, preference, kept].find(isPageLanguage) ?? 'en'
  }

  return {
    /**
     * @param url of the page, where there is one: what is not there must not repeat its address
     * @param preference of whoever is signed in, in this network
     */
    frame(
      request: Request,
      url?: URL,
      preference?: string | null,
    ): Pick<Frame, 'lang' | 'languages' | 'here'> {
      const language = chosen(request, preference)
      const query = new URLSearchParams(url?.search)
      query.delete('language')
      const here = url ? { here: `${url.pathname}${query.size > 0 ? `?${query}` : ''}` } : {}
      const languages = (['en', ...otherLanguages] as const).map((code): LanguageChoice => {
        query.set('language', code)
        return { code, name: languageNames[code], href: `?${query}`, current: code === language }
      })
      return { ...here, languages, ...(language === 'en' ? {} : { lang: language }) }
    },

    /** Pages that know nobody yet, and those that say that something is not there, go by what this browser was shown. */
    cookies(request: Request, frame: Pick<Frame, 'lang'>): string[] {
      const shown = frame.lang ?? 'en'
      const kept = cookie.read(request)
      return kept === shown || (kept === undefined && shown === 'en') ? [] : [cookie.set(shown, year)]
    },
  }
}
