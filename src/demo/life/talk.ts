import type { Scene } from './world.ts'

/** Messages, buddies, the volunteers’ own space and Trust contacts. */
export const talkScenes = (_slug: string): Scene[] => []
