import { Details } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { translationPaths } from './paths.ts'
import {
  aboutInWords,
  isOfOtherWords,
  langOf,
  type Original,
  type Translation,
  type Wording,
} from './translation.ts'

interface BesideProps {
  readonly original: Original | undefined
  readonly translations: readonly Translation[]
  /** Where the thing is: '/wmin/contributions/C-1042'. */
  readonly at: string
  /** This reader may correct what stands beside these words. */
  readonly mayChange: boolean
}

/** What stands beside one text of somebody: each translation in a box of its own, below the original. */
export function TranslationsBeside({ original, translations, at, mayChange }: BesideProps) {
  if (!original) return null
  return translations
    .filter(each => each.part === original.part)
    .map(each => (
      <div className="loop-translation" key={each.id}>
        <Words it={each} about={each} />
        {isOfOtherWords(each, original) && (
          <p>
            These are the words as they were on {dateInWords(dayOf(each.at))}. They have been changed since.
          </p>
        )}
        {each.before.length > 0 && (
          <Details summary="The translation as it was before">
            {each.before.map((before, n) => (
              <Words it={before} about={each} key={n} />
            ))}
          </Details>
        )}
        {mayChange && (
          <p>
            <a href={translationPaths.one(at, each.id)}>Correct this translation</a>
          </p>
        )}
      </div>
    ))
}

function Words({ it, about }: { it: Wording; about: Pick<Translation, 'language' | 'ofPersonId'> }) {
  return (
    <figure className="loop-translation__one">
      <figcaption>
        {aboutInWords({ ...it, language: about.language, ofPersonId: about.ofPersonId })}
      </figcaption>
      <blockquote className="loop-quote__words" translate="no" dir="auto" lang={langOf(about.language)}>
        {it.words}
      </blockquote>
    </figure>
  )
}
