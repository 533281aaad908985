// Of what a PDF's own fonts can draw: Latin letters and the signs of Windows-1252.
const signs = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ')
const canDraw = (one: string) => /^[\x20-\x7e\xa0-\xff]$/.test(one) || signs.has(one)

const instead: Readonly<Record<string, string>> = {
  '→': '->',
  '←': '<-',
  '⇒': '=>',
  '≤': '<=',
  '≥': '>=',
  '≠': 'not',
  '≈': 'about',
  '−': '-',
  '‐': '-',
  '‑': '-',
  '―': '—',
  '✓': 'yes',
  '✔': 'yes',
  '✗': 'no',
  '✘': 'no',
  '●': '•',
  '▪': '•',
  '◦': '•',
  Ł: 'L',
  ł: 'l',
  Đ: 'D',
  đ: 'd',
  ı: 'i',
}

/** The same words in letters that can be drawn: marks are left out, and what has no letter here becomes "?". */
export function drawable(text: string): string {
  let drawn = ''
  for (const one of text.replaceAll(/\s/gu, ' ').normalize('NFC')) {
    if (canDraw(one)) drawn += one
    else if (instead[one] !== undefined) drawn += instead[one]
    else if (!/^[\p{Cf}\p{Mn}\p{Cc}]$/u.test(one)) {
      const plain = Array.from(one.normalize('NFKD'), each => (canDraw(each) ? each : '')).join('')
      drawn += plain === '' ? '?' : plain
    }
  }
  return drawn
}
