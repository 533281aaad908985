/** GSM 03.38: with these letters a text message holds 160 of them; one other letter and it holds 70. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
/** These count twice. */
const double = new Set('^{}\\[~]|€')

const plainer: Record<string, string> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  '•': '-',
  '\u00a0': ' ',
}

/** The same in letters that a text message is made of. */
export const inGsm = (text: string): string =>
  [...text.normalize('NFC')]
    .map(each => {
      const plain = plainer[each] ?? each
      if ([...plain].every(one => basic.has(one) || double.has(one))) return plain
      const bare = each.normalize('NFD').replace(/\p{M}/gu, '')
      return [...bare].every(one => basic.has(one)) ? bare : '?'
    })
    .join('')

/** How long it is on the bill. */
export const gsmLength = (text: string): number =>
  [...text].reduce((sum, each) => sum + (double.has(each) ? 2 : 1), 0)

export const isGsm = (text: string): boolean => [...text].every(each => basic.has(each) || double.has(each))

/** GOV.UK Notify knows the letters of English and Welsh; of any other it makes a question mark. */
export const isForNotifyText = (text: string): boolean =>
  [...text.normalize('NFC')].every(each => {
    const plain = plainer[each] ?? each
    return isGsm(plain) || isGsm(plain.normalize('NFD').replace(/\p{M}/gu, ''))
  })

/** Two text messages put together, in letters of ours and in any others. */
const longest = { gsm: 306, any: 134 } as const

/**
 * What a text message says: whose it is, one sentence, and where to go on. Should it be too long, the sentence gives way, never
 * the address.
 * @param letters 'any' for a sentence in a language that is not written in letters of ours
 */
export function textMessage(
  network: string,
  sentence: string,
  address: string | undefined,
  letters: keyof typeof longest = 'gsm',
): string {
  const written = letters === 'gsm' ? inGsm : (text: string) => text
  const lengthOf = letters === 'gsm' ? gsmLength : (text: string) => text.length
  const head = `${written(network)}: `
  const tail = address ? ` ${address}` : ''
  const room = longest[letters] - lengthOf(head) - lengthOf(tail)
  const said = written(sentence)
    .replace(/\s+/g, ' ')
    .replace(/([.!?۔؟])[.۔]+$/, '$1')
    .trim()
  if (lengthOf(said) <= room) return `${head}${said}${tail}`
  let cut = said
  while (cut && lengthOf(cut) > room - 3)
    cut = cut.includes(' ') ? cut.replace(/\s+\S*$/, '') : cut.slice(0, -1)
  return `${head}${cut && `${cut}...`}${tail}`
}

/** Things whose subjects are our own words alone, with a reference or a day: nobody's name, no title that somebody gave. */
const inOurWords = new Set([
  'action',
  'agenda-item',
  'buddy-message',
  'buddy-pair',
  'conflict',
  'contribution',
  'digest',
  'expense-claim',
  'induction',
  'induction-module',
  'interest',
  'learning-wish',
  'meeting',
  'message-thread',
  'minutes',
  'module',
  'motion',
  'own-space',
  'paper',
  'paper-help',
  'priority-round',
  'word-wish',
])

/**
 * One short sentence with nothing personal in it (R42). What nobody made one for, and may have a name in it, is not said.
 * @param say in the reader's language
 */
export function shortOf(
  telling: {
    readonly short?: string
    readonly subject: string
    readonly about?: { readonly kind: string }
    readonly link?: unknown
  },
  say: (text: string) => string = text => text,
  stop = '.',
): string {
  if (telling.short) return say(telling.short)
  if (telling.about && inOurWords.has(telling.about.kind)) {
    const said = say(telling.subject)
    return /[.!?؟۔]$/.test(said) ? said : `${said}${stop}`
  }
  return say(
    telling.link
      ? 'There is something new for you. Please read it here.'
      : 'There is something new for you. Please sign in to read it.',
  )
}
