import type { House } from '#platform/house.ts'
import type { Slice } from '#platform/http/route.ts'

/** Fills an empty installation with the demonstration's networks, people and months of life. */
export async function fillDemo(_house: House, _slices: readonly Slice[]): Promise<void> {}
