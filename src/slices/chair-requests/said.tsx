import { Quote } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import type { Visit } from '#platform/http/route.ts'
import {
  type Original,
  originalLang,
  type Translation,
  TranslationsBeside,
} from '#slices/translations/index.ts'
import { mayTranslate } from './access.ts'
import { originalOfQuestion } from './originals.ts'
import { requestPaths } from './paths.ts'
import type { LoadedRequest } from './store.ts'

interface Seen {
  readonly visit: Visit<LoadedRequest>
  readonly translations: readonly Translation[]
}

/** Somebody's words, and below them what translators made of them. */
export function Said(props: Seen & { original: Original; by?: string | undefined }) {
  const { visit, translations, original, by } = props
  return (
    <>
      <Quote words={original.words} by={by} lang={originalLang(original, translations)} />
      <Beside visit={visit} translations={translations} original={original} />
    </>
  )
}

function Beside({ visit, translations, original }: Seen & { original: Original }) {
  return (
    <TranslationsBeside
      original={original}
      translations={translations}
      at={requestPaths.one(visit.network.slug, visit.thing.reference)}
      mayChange={mayTranslate(visit.me, visit.thing, original)}
    />
  )
}

export function Question({ visit, translations }: Seen) {
  const request = visit.thing
  const original = originalOfQuestion(request)
  const lang = originalLang(original, translations)
  return (
    <>
      <h2 className="nhsuk-heading-s">The question</h2>
      <Quote
        words={request.what}
        by={`${request.askerName}, ${dateInWords(dayOf(request.askedAt))}`}
        lang={lang}
      />
      <h2 className="nhsuk-heading-s">Why they need it</h2>
      <Quote
        words={request.why}
        by={request.neededBy ? `Needed by ${dateInWords(request.neededBy)}` : undefined}
        lang={lang}
      />
      <Beside visit={visit} translations={translations} original={original} />
    </>
  )
}
