import type { ConflictOutcome } from '#slices/meetings/index.ts'

/** What came of a conflict of interest, as the minutes say it of somebody (R24). */
export function conflictInWords(name: string, outcome: ConflictOutcome | null): string {
  switch (outcome) {
    case 'none':
      return `${name} named an interest. It was no conflict of interest.`
    case 'noted':
      return `${name} has an interest in this. It was noted.`
    case 'speaks':
      return `${name} had a conflict of interest: spoke on this item, and did not vote.`
    case 'leaves':
      return `${name} had a conflict of interest: left the meeting for this item, and did not vote.`
    case 'no-paper':
      return `${name} had a conflict of interest: did not get the paper, left the meeting for this item, and did not vote.`
    case null:
      return `${name} named an interest. Nobody decided about it.`
  }
}

export const placeWords = {
  chair: 'chair',
  deputy: 'deputy chair',
  member: 'member',
  volunteer: 'volunteer',
  guest: 'guest',
} as const
export type PlaceInMeeting = keyof typeof placeWords

export const howWords = { room: 'in the room', online: 'online', phone: 'by phone' } as const

/** "Ann, Bo and Cy" */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
