/**
 * A text as typed, made safe to keep: composed Unicode, one kind of line break, no characters that no keyboard
 * makes (PostgreSQL refuses NUL). Right-to-left text, emoji and combining marks stay as they are.
 */
export function cleanText(text: string): string {
  return (
    text
      .toWellFormed()
      .replaceAll(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '')
      .normalize('NFC')
      .trim()
  )
}
