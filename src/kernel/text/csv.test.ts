import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csv } from './csv.ts'

/** Reads RFC 4180 by its grammar. */
function parse(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = text.startsWith('\ufeff') ? 1 : 0
  while (at < text.length) {
    if (text[at] !== '"') throw new Error(`no quote at ${at}`)
    let value = ''
    for (at += 1; ; at += 1) {
      if (text[at] === '"' && text[at + 1] === '"') at += 1
      else if (text[at] === '"') break
      value += text[at]
    }
    row.push(value)
    at += 1
    if (text[at] === ',') at += 1
    else if (text.startsWith('\r\n', at)) {
      rows.push(row)
      row = []
      at += 2
    } else throw new Error(`neither comma nor end of line at ${at}`)
  }
  return rows
}

test('R72 every cell comes back as it was, and none can run as a formula', () => {
  const cells = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom('=1+1', '+44', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1', 'a,"b"\r\nc'),
  )
  fc.assert(
    fc.property(fc.array(fc.array(cells, { minLength: 1, maxLength: 4 }), { maxLength: 4 }), rows => {
      const back = parse(csv(rows))
      expect(back.map(row => row.length)).toEqual(rows.map(row => row.length))
      back.flat().forEach((value, n) => {
        const given = rows.flat()[n]!
        expect(value === given || value === `'${given}`).toBe(true)
        expect(value.trimStart()).not.toMatch(/^[=+\-@＝＋－＠]/)
        expect(value).not.toMatch(/^[\t\r]/)
      })
    }),
  )
})
