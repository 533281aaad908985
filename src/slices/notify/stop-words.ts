/** What somebody wants with a text message that came in. */
export type Meant = 'stop' | 'start' | 'words' | 'nothing'

const stops = new Set(
  'stop stopall stoptexts unsubscribe optout stopiwch stopio بند روکیں روکو سٹاپ اسٹاپ'.split(' '),
)
const starts = new Set('start unstop restart dechrau dechreuwch ailddechrau شروع'.split(' '))
/** Said around it out of politeness, or to say what shall stop. Anything else makes it a sentence to read. */
const around = new Set(
  'please pls plz thanks thank you thankyou hi hello ok okay now all the these your sending send me any more text texts texting texted message messages messaging again to os gwelwch yn dda diolch anfon negeseuon neges testun ataf i mi براہ کرم مہربانی شکریہ کریں کر دیں کرو پیغام پیغامات ٹیکسٹ میسج بھیجنا سے یہ مجھے'.split(
    ' ',
  ),
)

/**
 * "STOP", "Stop please.", "s t o p" and "Please stop texting me" stop, as "Stopiwch" and "بند کریں" do; "Don't stop" and "the
 * bus stop is closed" do not.
 */
export function meantBy(text: string): Meant {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
  if (words.length === 0) return 'nothing'
  const joined = words.every(each => each.length === 1) ? words.join('') : undefined
  const said = joined ? [joined] : words
  if (said.length > 8) return 'words'
  for (const [meant, of] of [
    ['stop', stops],
    ['start', starts],
  ] as const) {
    if (said.some(each => of.has(each)) && said.every(each => of.has(each) || around.has(each))) return meant
  }
  if (/^(opt out|stop all)$/.test(said.join(' '))) return 'stop'
  return 'words'
}
