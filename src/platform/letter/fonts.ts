import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'

const { resolve } = createRequire(import.meta.url)

/** Noto (SIL Open Font Licence): each letter carries the parts of it that it needs. */
export const fontFiles = {
  text: resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'),
  strong: resolve('@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf'),
  'arabic-text': resolve('@expo-google-fonts/noto-naskh-arabic/400Regular/NotoNaskhArabic_400Regular.ttf'),
  'arabic-strong': resolve('@expo-google-fonts/noto-naskh-arabic/700Bold/NotoNaskhArabic_700Bold.ttf'),
} as const
export type FontName = keyof typeof fontFiles
export const isArabic = (font: FontName): boolean => font.startsWith('arabic')
export type Weight = 'text' | 'strong'

interface Opened {
  hasGlyphForCodePoint(code: number): boolean
  readonly ascent: number
  readonly descent: number
  readonly unitsPerEm: number
}

const opened = new Map<FontName, Opened>()

/** The font as the PDF library has opened it. */
function open(name: FontName): Opened {
  const known = opened.get(name)
  if (known) return known
  const doc = new PDFDocument({ autoFirstPage: false }).font(fontFiles[name])
  const { font } = (doc as unknown as { _font: { font: Opened } })._font
  opened.set(name, font)
  return font
}

const has = (name: FontName, letter: string): boolean =>
  open(name).hasGlyphForCodePoint(letter.codePointAt(0) ?? 0)

/** Above and below the line on which the letters stand, in parts of the size. */
export function reachOf(name: FontName): { above: number; below: number } {
  const { ascent, descent, unitsPerEm } = open(name)
  return { above: ascent / unitsPerEm, below: -descent / unitsPerEm }
}

export const hasArabic = (text: string): boolean => /\p{Script=Arabic}/u.test(text)

/**
 * Which font a letter comes from. Signs that every script has (spaces, full stops, brackets) follow the words around
 * them, which `rightToLeft` tells.
 */
export function fontFor(letter: string, weight: Weight, rightToLeft: boolean): FontName {
  const arabic = `arabic-${weight}` as const
  if (/[\p{Script=Arabic}\u200c\u200d]/u.test(letter)) return arabic
  const [first, second] = rightToLeft ? ([arabic, weight] as const) : ([weight, arabic] as const)
  return has(first, letter) || !has(second, letter) ? first : second
}

/** Joined letter by letter, or from right to left: more than these fonts is needed to set them. */
const needsShaping = /[\p{Script=Hebrew}\p{Script=Devanagari}]/u

/** What nobody sees, and what yet decides how the letters around it stand: direction, and joining in Arabic script. */
const steers = /[\u061c\u200c-\u200f\u202a-\u202c\u2066-\u2069]/

const prints = (letter: string): boolean =>
  letter === '\n' ||
  steers.test(letter) ||
  (!needsShaping.test(letter) && (has('text', letter) || has('arabic-text', letter)))

/** Stands where a letter of the alphabet could not be printed. */
const instead = '\uFFFD'

const tidy = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, ' ')
    // What nobody sees: control characters, soft hyphens, and marks that turn letters round against their own direction.
    .replace(/[\p{Default_Ignorable_Code_Point}\p{Cc}]/gu, each =>
      each === '\n' || steers.test(each) ? each : '',
    )
    // Joiners mean something between the letters of a joined script only.
    .replace(/(?<!\p{Script=Arabic}\p{M}*)[\u200c\u200d]/gu, '')

/** Whether each character of it comes out of the printer. */
export const printsWhole = (text: string): boolean => [...tidy(text)].every(prints)

/** What cannot be printed stays visible as a sign, rather than being left out. */
export const printable = (text: string): string =>
  [...tidy(text)].map(each => (prints(each) ? each : instead)).join('')
