import type { Scene } from './world.ts'

/** Concerns, and endings by the network. */
export const concernsScenes = (_slug: string): Scene[] => []
