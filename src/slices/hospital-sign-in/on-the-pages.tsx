import type { ReactNode } from 'react'
import { ButtonLink, Form } from '#design/index.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { House } from '#platform/house.ts'
import { placesOf, signInPaths, type WaysElsewhere } from '#slices/sign-in/index.ts'
import { connectedWith } from './connection.ts'
import { linkedNetworks } from './links.ts'
import { elsewherePaths as paths } from './paths.ts'
import { afterSigningOut } from './signing-out.tsx'

/** What the pages of signing in and of one's account show of it. */
export function hospitalWays(house: House): WaysElsewhere {
  return {
    async buttons(slugs, to) {
      const found = []
      for (const slug of slugs) {
        const connected = await connectedWith(house, slug)
        if (!connected) continue
        const { network, settings } = connected
        const where = slugs.length > 1 ? ` (${theirs(network.shortName)})` : ''
        found.push({ text: `Sign in with ${theirs(settings.name)}${where}`, href: paths.start(slug, to) })
      }
      return found
    },
    async onAccount(call, accountId): Promise<ReactNode> {
      const linked = await linkedNetworks(house, accountId)
      const parts: ReactNode[] = []
      for (const { network_id, slug } of await placesOf(house, accountId)) {
        const connected = await connectedWith(house, slug)
        const isLinked = linked.includes(network_id)
        if (!connected && !isLinked) continue
        const nameShown = connected ? theirs(connected.settings.name) : 'your hospital'
        parts.push(
          <div key={slug}>
            <h3 className="nhsuk-heading-s">{nameShown}</h3>
            {isLinked ? (
              <Form action={paths.remove(slug)} hidden={call.hidden} button={`Remove ${nameShown}`}>
                <p>
                  You can sign in with {nameShown}
                  {connected ? ` in ${theirs(connected.network.name)}` : ''}.
                </p>
              </Form>
            ) : (
              <ButtonLink href={paths.start(slug, signInPaths.account)} secondary>
                Connect {nameShown}
              </ButtonLink>
            )}
          </div>,
        )
      }
      return parts.length > 0 ? parts : null
    },
    afterSignOut: (call, session) => afterSigningOut(house, call, session),
  }
}
