import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'

const { resolve } = createRequire(import.meta.url)

/** Noto Sans (SIL Open Font Licence): each letter carries the part of it that it needs. */
export const fontFiles = {
  regular: resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'),
  bold: resolve('@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf'),
} as const

interface Glyphs {
  hasGlyphForCodePoint(code: number): boolean
}

let glyphs: Glyphs | undefined

/** The font as the PDF library has opened it. */
function openGlyphs(): Glyphs {
  if (!glyphs) {
    const doc = new PDFDocument({ autoFirstPage: false }).font(fontFiles.regular)
    glyphs = (doc as unknown as { _font: { font: Glyphs } })._font.font
  }
  return glyphs
}

/** Written from right to left or joined letter by letter: more than a font is needed to set them. */
const needsShaping = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Devanagari}]/u

const prints = (letter: string): boolean =>
  letter === '\n' ||
  (!needsShaping.test(letter) && openGlyphs().hasGlyphForCodePoint(letter.codePointAt(0) ?? 0))

/** Stands where a letter of the alphabet could not be printed. */
const instead = '\uFFFD'

const tidy = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, ' ')
    // What nobody sees: joiners, marks of direction, control characters.
    .replace(/[\p{Cf}\p{Cc}]/gu, each => (each === '\n' ? each : ''))

/** Whether each character of it comes out of the printer. */
export const printsWhole = (text: string): boolean => [...tidy(text)].every(prints)

/** What cannot be printed stays visible as a sign, rather than being left out. */
export const printable = (text: string): string =>
  [...tidy(text)].map(each => (prints(each) ? each : instead)).join('')
