import type { Scene } from './world.ts'

/** Induction, learning, the word list, agreements, and the rest of the register of interests. */
export const inductionScenes = (_slug: string): Scene[] => []
