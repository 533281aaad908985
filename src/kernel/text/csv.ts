/**
 * Rows as RFC 4180 wants them: every cell quoted, CRLF after each row. A cell that a spreadsheet would run as a
 * formula gets an apostrophe in front, which shows the spreadsheet that it is text (R72).
 */
export function csv(rows: readonly (readonly string[])[]): string {
  // With the mark Excel reads UTF-8; without it "é" becomes two letters.
  return `\ufeff${rows.map(row => `${row.map(cell).join(',')}\r\n`).join('')}`
}

const cell = (words: string) => `"${harmless(words).replaceAll('"', '""')}"`

// White space before it, and the wide forms of the signs, do not stop a spreadsheet.
const harmless = (words: string) =>
  /^\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(words) ? `'${words}` : words
