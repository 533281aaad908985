import type { ReactNode } from 'react'
import type { Call } from '#platform/http/route.ts'
import type { Session } from '#platform/session.ts'

/** What another room, which signs people in by way of another service, adds to these pages. */
export interface WaysElsewhere {
  /** For the page that signs in: one for each of these networks that has one. */
  buttons(slugs: readonly string[], to: string): Promise<readonly { text: string; href: string }[]>
  /** On one's account: what is connected, and what can be. */
  onAccount(call: Call, accountId: string): Promise<ReactNode>
  /** Before a session ends: where to sign out there, too. */
  afterSignOut(call: Call, session: Session): Promise<{ to: string; cookies: readonly string[] } | undefined>
}
