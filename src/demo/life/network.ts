import type { Scene } from './world.ts'

/** The team’s week, settings and new networks. */
export const networkScenes = (_slug: string): Scene[] => []
