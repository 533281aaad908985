import type { Scene } from './world.ts'

/** Tasks, projects, priorities and expenses. */
export const workScenes = (_slug: string): Scene[] => []
