import type { z } from 'zod'
import type { Channel } from '#platform/database/tables.ts'
import { choice, emailAddress, optionalText, text } from '#platform/form/fields.ts'

/** What somebody tells us when they register. No question on knowledge, and none for a CV (M5). */
export interface Answers {
  readonly name: string
  readonly channel: Channel
  /** The e-mail address, phone number or postal address that belongs to the channel. */
  readonly contact: string
  readonly words: string
  readonly help: string
  /** The Trust whose hospitals they know; null: none, or they would rather not say. */
  readonly trustId?: number | null
  /** That Trust's contact may see their name and what would help. */
  readonly trustMayKnow?: boolean
  /** The role that they would like, by the end of its address. */
  readonly role?: string
}

const channels = ['email', 'phone', 'text', 'post'] as const satisfies readonly Channel[]

export const longest = { name: 100, phone: 30, post: 400, words: 3000, help: 5000 } as const

/** One line, whatever was pasted. */
const oneLine = (given: string) => given.replace(/\s+/g, ' ')

export const nameField = (required: string) =>
  text(required, { max: longest.name, name: 'Name' }).transform(oneLine)

export const channelField = (required: string) => choice(required, channels)

export const wordsField = () => optionalText({ max: longest.words, name: 'What you write' })
export const helpField = () => optionalText({ max: longest.help, name: 'What you write' })

const phoneNumber = (required: string) =>
  text(required, { max: longest.phone, name: 'Phone number' })
    .transform(oneLine)
    .refine(
      given => /^[+()\d\s./-]+(\s*(x|ext\.?|extension)\s*\d{1,6})?$/i.test(given) && enoughDigits(given),
      {
        error: 'Enter a phone number, like 0121 496 0000 or 07700 900 982',
      },
    )

const enoughDigits = (given: string) => {
  const digits = given.replace(/\D/g, '').length
  return digits >= 7 && digits <= 20
}

const postalAddress = (required: string) =>
  text(required, { max: longest.post, name: 'Address' }).refine(given => given.length >= 8, {
    error: 'Enter the whole address: house, street, town and postcode',
  })

/** The one field that belongs to the way somebody chose. */
export function contactField(channel: Channel): z.ZodType<string, string | undefined> {
  switch (channel) {
    case 'email':
      return emailAddress('Enter your e-mail address')
    case 'phone':
      return phoneNumber('Enter your phone number')
    case 'text':
      return phoneNumber('Enter your mobile phone number')
    case 'post':
      return postalAddress('Enter your address')
  }
}

/** The columns of a person that a contact fills. */
export function contactColumns(channel: Channel, contact: string) {
  return {
    channel,
    email: channel === 'email' ? contact : null,
    phone: channel === 'phone' || channel === 'text' ? contact : null,
    postal_address: channel === 'post' ? contact : null,
  }
}

/** How a letter begins: "Dear Vera", but "Dear Dr Miah". */
export function knownAs(name: string): string {
  const [first = name, ...rest] = name.split(' ')
  return rest.length > 0 && /^(mr|mrs|ms|miss|mx|dr|prof|professor|rev|sir|dame|lady|lord)\.?$/i.test(first)
    ? name
    : first
}

export const channelWords: Record<Channel, string> = {
  email: 'E-mail',
  phone: 'Phone call',
  text: 'Text message',
  post: 'Post',
}

/** The pages of the journey, in order. */
export const steps = ['name', 'channel', 'contact', 'words', 'hospitals', 'help', 'check'] as const
export type Step = (typeof steps)[number]

/** The first page that still wants an answer. Words, hospitals and help may stay empty, but are asked once. */
export function nextStep(answers: Partial<Answers>): Step {
  if (!answers.name) return 'name'
  if (!answers.channel) return 'channel'
  if (!answers.contact) return 'contact'
  if (answers.words === undefined) return 'words'
  if (answers.trustId === undefined) return 'hospitals'
  if (answers.help === undefined) return 'help'
  return 'check'
}

export function isComplete(answers: Partial<Answers>): answers is Answers {
  return nextStep(answers) === 'check'
}
