import type { Asked, Handling } from '#slices/meetings/index.ts'

/** One mark decides who may read it; it is shown in words (R57). */
export const markWords: Record<Handling, string> = {
  public: 'Public: anybody may read it',
  board: 'For the group only',
  named: 'Confidential: for named people only',
}

export const askedWords: Record<Asked, string> = {
  decide: 'Decide on it',
  discuss: 'Talk about it',
  note: 'Know about it, with nothing to decide',
}

export const sizeInWords = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`

export const kindOfFile = (type: string): string => (type === 'application/pdf' ? 'PDF' : 'Word')

export const minutesWords = (minutes: number): string =>
  `about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`

/** "1 paper", "3 papers" */
export const many = (count: number, one: string, more = `${one}s`): string =>
  `${count} ${count === 1 ? one : more}`
