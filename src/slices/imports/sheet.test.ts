import fc from 'fast-check'
import { expect, test } from 'vitest'
import { importParts, partOf, readDay, readRows } from './columns.ts'
import { anExcelFile, type TestCell } from './for-tests.ts'
import { readPastMail, splitMailbox } from './mailbox.ts'
import { mostRows, readSheet } from './sheet.ts'

const table = (name: string, content: string | Uint8Array) =>
  readSheet({
    name,
    type: '',
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
  })

const groups = partOf('groups')!

test('REACH-17 a table is read from CSV with commas, semicolons or tabs, in UTF-8 or UTF-16, with its own quotation marks', async () => {
  const rows = [
    ['Name', 'Kind', 'About'],
    ['Ärzte, “quoted"', 'sig', 'two\nlines'],
  ]
  const line = (row: string[], by: string) => row.map(each => `"${each.replaceAll('"', '""')}"`).join(by)
  for (const by of [',', ';', '\t']) {
    const text = rows.map(row => line(row, by)).join('\r\n')
    const utf16 = new Uint8Array([0xff, 0xfe, ...new Uint8Array(Buffer.from(text, 'utf16le'))])
    for (const content of [text, `\ufeff${text}`, utf16]) {
      expect(await table('a.csv', content)).toEqual({
        ok: true,
        sheet: { heads: rows[0], rows: [{ line: 2, cells: rows[1] }] },
      })
    }
  }
})

test('REACH-17 an Excel file is read with its days and with the results of its formulas', async () => {
  const read = await table(
    'a.xlsx',
    anExcelFile([
      ['Name', 'Since'],
      [{ f: '"Ann"&" B"', v: 'Ann B' }, 45000],
      [null, null],
      ['Ben', null],
    ]),
  )
  expect(read).toEqual({
    ok: true,
    sheet: {
      heads: ['Name', 'Since'],
      rows: [
        { line: 2, cells: ['Ann B', '2023-03-15'] },
        { line: 4, cells: ['Ben', ''] },
      ],
    },
  })
})

test('REACH-17 joined cells and formulas without a value are named by their place, not guessed', async () => {
  const read = await table(
    'a.xlsx',
    anExcelFile(
      [
        ['Name', 'Since'],
        ['Ann', { f: 'A9', v: '#REF!', error: true }],
        [{ f: '1+1' }, null],
      ],
      ['A2:A3'],
    ),
  )
  expect(read).toEqual({
    ok: false,
    sentences: [
      'Cells A2:A3 are joined. Split them, so that each row has its own words.',
      'Cell B2 has a mistake in its formula (#REF!). Type its value instead.',
      'Cell A3 has a formula without a value. Type its value instead.',
    ],
  })
})

test('REACH-17 what is no table is refused with a sentence', async () => {
  const sentence = async (name: string, content: string | Uint8Array) => {
    const read = await table(name, content)
    return read.ok ? 'read' : read.sentences.join(' ')
  }
  expect(await sentence('a.csv', new Uint8Array([0, 1, 2, 255]))).toContain('The file is no text')
  expect(await sentence('a.csv', 'Name,"Kind\nA,sig')).toContain('quotation mark left open')
  expect(await sentence('a.csv', '\n\n')).toContain('The table is empty')
  expect(await sentence('a.csv', 'Name,Kind\n,\n')).toContain('no row under them')
  expect(await sentence('a.xlsx', new TextEncoder().encode('PK not really'))).toContain('cannot be read')
  const many = `Name\n${'A\n'.repeat(mostRows + 1)}`
  expect(await sentence('a.csv', many)).toContain(`at most ${mostRows}`)
})

test('REACH-17 each problem of the form is named by its row and its column', async () => {
  const read = await table('a.csv', 'Name,Kind,Colour,Name\nA,sig,red,B')
  expect(read.ok && readRows(groups, read.sheet)).toEqual({
    ok: false,
    problems: [
      { line: 1, column: 'Name', sentence: 'This column is there twice.' },
      {
        line: 1,
        column: 'Colour',
        sentence: 'We do not know this column. Take it out, or use a name of the template.',
      },
    ],
  })
  const second = await table('a.csv', 'name,KIND\n,sig\nB,club\n')
  expect(second.ok && readRows(groups, second.sheet)).toEqual({
    ok: false,
    problems: [
      { line: 2, column: 'Name', sentence: 'Something must stand here.' },
      { line: 3, column: 'Kind', sentence: 'One of these must stand here: board, sig, workstream.' },
    ],
  })
})

test('REACH-17 the example of each template is a row without problems of form', async () => {
  for (const part of importParts) {
    const text = [part.columns.map(each => each.title), part.columns.map(each => each.example)]
      .map(row => row.map(each => `"${each}"`).join(','))
      .join('\n')
    const read = await table('a.csv', text)
    expect(read.ok && readRows(part, read.sheet), part.kind).toMatchObject({ ok: true })
  }
})

test('REACH-17 a day is read day first, and one that is not in the calendar is none', () => {
  expect(readDay('31/03/2026')).toBe('2026-03-31')
  expect(readDay('3.4.2026')).toBe('2026-04-03')
  expect(readDay('2026-03-31')).toBe('2026-03-31')
  for (const wrong of ['31/02/2026', '13/13/2026', 'March', '45000', '1/1/26', '']) {
    expect(readDay(wrong), wrong).toBeUndefined()
  }
})

test('REACH-17 whatever stands in a table, reading it ends with rows or with sentences', async () => {
  const cell: fc.Arbitrary<TestCell> = fc.oneof(
    fc.string(),
    fc.constant(null),
    fc.integer({ min: 1, max: 60_000 }),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { maxLength: 5 }), { maxLength: 6 }),
      fc.string(),
      async (rows, text) => {
        for (const read of [await table('a.xlsx', anExcelFile(rows)), await table('a.csv', text)]) {
          if (read.ok) for (const part of importParts) readRows(part, read.sheet)
          else expect(read.sentences.length).toBeGreaterThan(0)
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('REACH-17 a mailbox file is taken apart into its mails, and none of them breaks it', async () => {
  const mbox = [
    'From ann@example.org Tue Mar 31 09:00:00 2026',
    'From: Ann Example <ann@example.org>',
    'To: network@example.org',
    'Subject: =?utf-8?Q?The_letters_=E2=80=93_again?=',
    'Date: Tue, 31 Mar 2026 09:00:00 +0100',
    '',
    '>From my hospital I got a letter.',
    '',
    'From nobody Tue Mar 31 10:00:00 2026',
    'this is no mail at all',
    '',
    'From eve@example.org Tue Mar 31 11:00:00 2026',
    'From: eve@example.org',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<p>Only <b>HTML</b></p><script>alert(1)</script>',
    '',
  ].join('\r\n')
  const raws = splitMailbox(new TextEncoder().encode(mbox))
  expect(raws.length).toBe(3)
  const [first, second, third] = await Promise.all(raws.map(readPastMail))
  expect(first).toMatchObject({
    sender: '"Ann Example" <ann@example.org>',
    subject: 'The letters – again',
    sentAt: '2026-03-31T08:00:00.000Z',
    words: 'From my hospital I got a letter.',
  })
  expect(second!.sha256).toMatch(/^[0-9a-f]{64}$/)
  expect(third!.sender).toBe('eve@example.org')
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async bytes => {
      expect((await readPastMail(bytes)).sha256).toMatch(/^[0-9a-f]{64}$/)
    }),
    { numRuns: 100 },
  )
})
