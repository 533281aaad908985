import type { ClockName } from '#kernel/clocks.ts'
import type { PictureName } from './pictures.tsx'

/** What a booklet may say of the network: its own facts, as they are today. */
export interface Known {
  readonly slug: string
  readonly shortName: string
  readonly phone: string | null
  readonly email: string | null
  /** "2 working days" */
  readonly days: (clock: ClockName) => string
  readonly paysCosts: boolean
  /** What people can choose to do here. */
  readonly roles: readonly { readonly title: string; readonly href: string }[]
}

/**
 * One idea: a picture and one short sentence. In the words, `*hard word*` is a hard word (the line after it explains
 * it), and `[words](address)` a link.
 */
export type Line = readonly [picture: PictureName, words: string]

export interface Part {
  readonly heading: string
  readonly lines: readonly Line[]
}

export interface Booklet {
  /** The end of its address. */
  readonly at: string
  readonly title: string
  readonly picture: PictureName
  /** In the list. */
  readonly about: string
  /** The page that says the same at length. */
  readonly longer: { readonly path: string; readonly text: string }
  readonly parts: (known: Known) => readonly Part[]
}

/** Lines that are there only if something is so. */
export const only = (so: unknown, ...lines: readonly Line[]): readonly Line[] => (so ? lines : [])

const telephone = (phone: string) => `tel:${phone.replace(/[^\d+]/g, '')}`

export const ringUs = ({ phone }: Known): readonly Line[] =>
  phone ? [['ring', `You can ring us on [${phone}](${telephone(phone)}).`]] : []

/** The end of each booklet. */
export const needHelp = (known: Known): Part => ({
  heading: 'Do you need help?',
  lines: [
    ['together', 'You can read this with somebody you trust.'],
    ...ringUs(known),
    ...only(known.email, ['computer', `You can write to [${known.email}](mailto:${known.email}).`]),
    ['letter', 'You can ask us for these pages on paper.'],
    ['danger', 'Is somebody in danger now?'],
    ['ring', 'Then ring [999](tel:999).'],
  ],
})
