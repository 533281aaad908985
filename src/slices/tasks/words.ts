import type { OfferState } from './tables.ts'

/** The time that can be asked, in minutes, in words. */
export const times: readonly { readonly minutes: number; readonly words: string }[] = [
  { minutes: 30, words: 'Half an hour' },
  { minutes: 60, words: '1 hour' },
  { minutes: 120, words: '2 hours' },
  { minutes: 240, words: 'Half a day' },
  { minutes: 420, words: 'A day' },
  { minutes: 840, words: '2 days' },
  { minutes: 2100, words: '5 days, not all at once' },
]

export const timeWords = (minutes: number): string =>
  times.find(each => each.minutes === minutes)?.words ?? hoursInWords(minutes)

/** A sum of time: "3½ hours". */
export function hoursInWords(minutes: number): string {
  const halves = Math.round(minutes / 30)
  if (halves === 0) return 'none'
  if (halves === 1) return 'half an hour'
  const hours = `${Math.floor(halves / 2)}${halves % 2 ? '½' : ''}`
  return hours === '1' ? '1 hour' : `${hours} hours`
}

export const stateWords: Record<OfferState, string> = {
  asked: 'Asked, no answer yet',
  accepted: 'Said yes',
  declined: 'Said no',
  'stepped-back': 'Stepped back',
  done: 'Done, thanks to come',
  thanked: 'Done and thanked',
}
