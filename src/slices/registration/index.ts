import type { Slice } from '#platform/http/route.ts'
import './tables.ts'

export type { Answers } from './answers.ts'
export { accept, applyFor, decline, keepInTouch, noteConversation, register, withdraw } from './changes.ts'
export { registrationPaths } from './paths.ts'
export { type LoadedApplication, loadApplication } from './store.ts'

export const registration: Slice = { name: 'registration', routes: [] }
