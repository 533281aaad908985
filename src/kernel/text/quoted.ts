/** "Sent from my iPhone", in the words of the programs that write it. */
const byAProgram =
  /^(sent from (my|outlook|yahoo|samsung|the all new|gmail|mail for|proton)\b[^.,]{0,40}\.?|get outlook for .{0,40}|von meinem .{0,40} gesendet|envoyé de mon .{0,40})$/i
const original = /^-{2,}\s*original (message|appointment)\s*-{2,}$/i
const field = /^\*?(from|sent|date|to|cc|subject)\s*:\*?(\s|$)/i
const underscores = /^_{10,}$/

/**
 * What somebody wrote themselves in an e-mail: without the message that it answers and without signatures. Every line
 * that is left stands in the e-mail; nothing is added. Empty when nothing of it is their own.
 */
export function ownWords(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const own: string[] = []
  for (let n = 0; n < lines.length; n += 1) {
    const line = lines[n]!.replace(/\u00a0/g, ' ').trimEnd()
    if (isQuoted(line) || byAProgram.test(line.trim())) continue
    const head = lengthOfHead(lines, n)
    if (head > 0) {
      // Quoted with marks: whoever answers between the lines wrote what has none.
      if (!isQuoted(nextWords(lines, n + head) ?? '')) break
      n += head - 1
      continue
    }
    if (original.test(line.trim()) || isFieldsOfAnother(lines, n)) break
    if ((lines[n] === '-- ' || line === '--') && isSignature(lines, n)) {
      n = endOfSignature(lines, n)
      continue
    }
    own.push(line)
  }
  return own
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

const isQuoted = (line: string): boolean => /^\s{0,3}>/.test(line)

const nextWords = (lines: readonly string[], from: number): string | undefined =>
  lines.slice(from).find(each => each.trim() !== '')

/** "On Tue, 9 Jun 2026 at 10:00, First Imaging Network <loop@example.org> wrote:", in up to three lines. */
function lengthOfHead(lines: readonly string[], n: number): number {
  if (!/^\s*((on|am|le|ar)\s|\p{Script=Arabic}+،\s.*\d)/iu.test(lines[n]!)) return 0
  for (let length = 1; length <= 3 && n + length <= lines.length; length += 1) {
    const words = lines
      .slice(n, n + length)
      .join(' ')
      .trim()
    if (words.length > 400) return 0
    // A person may write "On Monday the doctor wrote:"; a program gives an address or the minute.
    if (/\b(wrote|schrieb.{0,120}|a écrit|ysgrifennodd.{0,120})\s*:$|نے لکھا\s*:$/i.test(words))
      return /@|\d[:.h]\d\d/.test(words) || isQuoted(nextWords(lines, n + length) ?? '') ? length : 0
  }
  return 0
}

/** Outlook: "From: … Sent: … To: …", often under a line. */
function isFieldsOfAnother(lines: readonly string[], n: number): boolean {
  const from = underscores.test(lines[n]!.trim()) ? n + 1 : n
  const first = lines.slice(from).findIndex(each => each.trim() !== '')
  if (first < 0 || (from === n && first > 0) || first > 2) return false
  const block = lines.slice(from + first, from + first + 6).map(each => each.trim())
  return /^\*?from\s*:/i.test(block[0]!) && block.filter(each => field.test(each)).length >= 3
}

/** RFC 3676; what follows is short, or it was a line of dashes in the words. */
const isSignature = (lines: readonly string[], n: number): boolean =>
  endOfSignature(lines, n) - n <= (lines[n] === '-- ' ? 40 : 12)

function endOfSignature(lines: readonly string[], n: number): number {
  let end = n
  while (
    end + 1 < lines.length &&
    !isQuoted(lines[end + 1]!) &&
    lengthOfHead(lines, end + 1) === 0 &&
    !isFieldsOfAnother(lines, end + 1) &&
    !original.test(lines[end + 1]!.trim())
  )
    end += 1
  return end
}
