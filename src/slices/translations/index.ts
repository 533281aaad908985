import type { Slice } from '#platform/http/route.ts'
import { held, leaving } from './rights.ts'

export { TranslationsBeside } from './beside.tsx'
export { putTranslation, type Translatable } from './loading.ts'
export { translationRoutes } from './pages.tsx'
export {
  forgetTranslations,
  type RawTranslation,
  readTranslations,
  translationsAsJson,
  translationsOf,
  translationsQuestion,
} from './store.ts'
export {
  type GivenTranslation,
  languageByLetters,
  type Original,
  originalLang,
  type Translation,
  translationTitle,
} from './translation.ts'

/** A translation by a named person beside what somebody wrote; each room has the pages for its own things. */
export const translations: Slice = { name: 'translations', routes: [], held, leaving }
