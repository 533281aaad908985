import type { Scene } from './world.ts'

/** Withdrawal, a time of rest, data rights and retention. */
export const rightsScenes = (_slug: string): Scene[] => []
