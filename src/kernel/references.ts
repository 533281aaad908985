/**
 * References that are easy to say on the phone: C-1042, R-77, A-310, D-7, M-14 (a meeting), P-31 (a paper), V-5 (a vote),
 * T-9 (a task), E-12 (expenses), B-4 (a booking).
 */
export type ReferenceLetter = 'C' | 'R' | 'A' | 'D' | 'M' | 'P' | 'V' | 'T' | 'E' | 'B'

export const reference = (letter: ReferenceLetter, number: number): string => `${letter}-${number}`

/** Understands "C-1042", "c1042" and " C 1042 ". @returns undefined for anything else */
export function readReference(letter: ReferenceLetter, given: string | undefined): number | undefined {
  const found = new RegExp(`^\\s*${letter}\\s*-?\\s*(\\d{1,9})\\s*$`, 'i').exec(given ?? '')
  return found ? Number(found[1]) : undefined
}
