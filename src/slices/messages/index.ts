import type { Slice } from '#platform/http/route.ts'

/** Between a volunteer and the team, a chair or a buddy: whose turn, by when. */
export const messages: Slice = { name: 'messages', routes: [] }
