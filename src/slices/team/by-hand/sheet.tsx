import { dateInWords } from '#kernel/calendar/words.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import { addressLines, forTheReader } from '#platform/letter/address.ts'

/**
 * A letter as it comes out of the printer: the address stands where a window envelope shows it (BS 4264 and DIN 5008,
 * folded in three), and nothing else of the page is printed. The address itself stays in the usual size: it is for the
 * post.
 */
export function LetterSheet(props: {
  letter: { name: string | null; address: string; body: string; largePrint: boolean }
  network: { name: string; phone: string | null }
  day: PlainDate
}) {
  const { letter, network, day } = props
  return (
    <div className={letter.largePrint ? 'loop-letter loop-letter--large' : 'loop-letter'} dir="auto">
      <p className="loop-letter__from">
        {network.name}
        {network.phone && <br />}
        {network.phone}
      </p>
      <p className="loop-letter__to loop-words">
        {letter.address ? addressLines(letter) : 'We have no address'}
      </p>
      <p>{dateInWords(day)}</p>
      <p className="loop-words">{forTheReader(letter.body)}</p>
    </div>
  )
}
