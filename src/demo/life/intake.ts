import type { Scene } from './world.ts'

/** How people come in: one pipeline, roles on offer, equality monitoring, where voices come from. */
export const intakeScenes = (_slug: string): Scene[] => []
