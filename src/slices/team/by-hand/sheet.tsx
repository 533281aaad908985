import type { PlainDate } from '#platform/database/tables.ts'
import { directionOf, type PageLanguage, tagOf } from '#platform/languages/words.ts'
import { addressLines, forTheReader } from '#platform/letter/address.ts'
import { dayIn, paragraphsOf } from '#platform/letter/language.ts'

/**
 * A letter as it comes out of the printer: the address stands where a window envelope shows it (BS 4264 and DIN 5008,
 * folded in three), and nothing else of the page is printed. The address itself stays in the usual size, and on the left:
 * it is for the post. The words are in the letter's own language and direction, whatever those of the page around it.
 */
export function LetterSheet(props: {
  letter: { name: string | null; address: string; body: string; largePrint: boolean; language: PageLanguage }
  network: { name: string; phone: string | null }
  day: PlainDate
}) {
  const { letter, network, day } = props
  const { language } = letter
  return (
    <div
      className={letter.largePrint ? 'loop-letter loop-letter--large' : 'loop-letter'}
      lang={tagOf(language)}
      dir={directionOf(language)}
      translate="no"
    >
      <p className="loop-letter__from" lang="en-GB">
        <bdi>{network.name}</bdi>
        {network.phone && <br />}
        {network.phone && <bdi dir="ltr">{network.phone}</bdi>}
      </p>
      <p className="loop-letter__to loop-words" lang="en-GB" dir="ltr">
        {letter.address ? addressLines(letter) : 'We have no address'}
      </p>
      <p>{dayIn(day, language)}</p>
      {paragraphsOf(forTheReader(letter.body), language).map(({ text, base, lang }, n) => (
        <p className="loop-words" dir={base} lang={lang} key={n}>
          {text}
        </p>
      ))}
    </div>
  )
}
