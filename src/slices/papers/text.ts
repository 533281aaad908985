/** A paper's text as data: our own component makes the page, never the file's HTML (BOARD-5). */
export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3 | 4; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly string[] }
  | {
      readonly kind: 'table'
      readonly header: readonly string[]
      readonly rows: readonly (readonly string[])[]
    }

export type TextState = 'waiting' | 'readable' | 'scanned' | 'encrypted' | 'broken' | 'too-large'

/** What reading a file gives: its text, or why there is none. */
export interface ReadText {
  readonly state: Exclude<TextState, 'waiting'>
  readonly blocks: readonly Block[]
  readonly pages: number | null
}

/** More than anybody reads before a meeting: it goes back to its author. */
export const mostPages = 500
export const mostCharacters = 1_500_000

export function plainTextOf(blocks: readonly Block[]): string {
  return blocks
    .map(block => {
      switch (block.kind) {
        case 'list':
          return block.items.join('\n')
        case 'table':
          return [block.header, ...block.rows].map(row => row.join(' ')).join('\n')
        default:
          return block.text
      }
    })
    .join('\n\n')
}

/** Words as a reader meets them: for how long it takes. */
export const wordsIn = (text: string): number => text.split(/\s+/u).filter(each => each !== '').length

/** How long it takes to read, at 200 words a minute. */
export const minutesToRead = (words: number): number => Math.max(1, Math.ceil(words / 200))

const plain = (text: string) => text.replaceAll(/\s+/gu, ' ').trim().toLocaleLowerCase('en-GB')
/** A passage is the same however its lines are broken. */
export const holdsPassage = (text: string, passage: string): boolean => plain(text).includes(plain(passage))

/** Why a file has no text, for its author: what to do, before it goes out. */
export const unreadable: Record<Exclude<TextState, 'waiting' | 'readable'>, string> = {
  scanned:
    'This file is a picture of pages, so a screen reader and a phone cannot read it. Save it as a PDF from the program in which it was written, or send the Word file.',
  encrypted: 'This file is locked with a password. Save it without one and add it again.',
  broken: 'We cannot open this file. Save it again as a PDF or Word file and add it again.',
  'too-large': `This file is too long to read before a meeting: it may have up to ${mostPages} pages. Send a shorter paper, and add the rest as its own papers.`,
}
