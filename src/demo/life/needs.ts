import type { Scene } from './world.ts'

/** Support needs, preferences, and what is said by phone or post. */
export const needsScenes = (_slug: string): Scene[] => []
