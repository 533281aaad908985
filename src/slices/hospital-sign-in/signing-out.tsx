import { ButtonLink } from '#design/index.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { House } from '#platform/house.ts'
import { type AnyRoute, type Call, plain } from '#platform/http/route.ts'
import { errorFacts } from '#platform/log.ts'
import { anyone } from '#platform/permission.ts'
import type { Session } from '#platform/session.ts'
import { auditAccount, signInPaths, usedOnce } from '#slices/sign-in/index.ts'
import { outTo, slugIn, sourceLimit } from './coming-back.tsx'
import { connectedWith } from './connection.ts'
import { tokensOf } from './links.ts'
import { readLogoutToken } from './logout-token.ts'
import { elsewherePaths as paths } from './paths.ts'
import { carrier } from './pending.ts'
import { endThere, keysOf, troubleOf } from './provider.ts'

/** Signing out there when one signs out here, and here when one signs out there. */
export function signingOutRoutes(house: House): AnyRoute[] {
  const carries = carrier(house)
  return [
    plain('GET', '/:network/sign-in/elsewhere/signed-out', {
      who: anyone,
      audit: 'nothing',
      async handler(call) {
        const connected = await connectedWith(house, slugIn(call))
        if (!connected) return call.missing()
        const { network, settings } = connected
        const still = carries.read(call.request).out?.network === network.slug
        return call.page({
          title: 'You are signed out',
          body: still ? (
            <>
              <p>You are signed out here. You may still be signed in with {theirs(settings.name)}.</p>
              <p>Does somebody else use this computer, too? Then sign out there as well.</p>
              <ButtonLink href={paths.out(network.slug)}>Sign out of {theirs(settings.name)}, too</ButtonLink>
            </>
          ) : (
            <>
              <p>You are signed out here and with {theirs(settings.name)}.</p>
              <ButtonLink href={signInPaths.signIn(`/${network.slug}/home`)} secondary>
                Sign in again
              </ButtonLink>
            </>
          ),
        })
      },
    }),
    plain('GET', '/:network/sign-in/elsewhere/out', {
      who: anyone,
      audit: 'nothing',
      limit: sourceLimit,
      async handler(call) {
        const connected = await connectedWith(house, slugIn(call))
        if (!connected) return call.missing()
        const { network, settings } = connected
        const { out, ...rest } = carries.read(call.request)
        const cookies = [carries.write(rest)]
        try {
          const url = await endThere(house, network.slug, settings, out?.idToken)
          return url ? outTo(url, cookies) : call.go(paths.signedOut(network.slug), cookies)
        } catch (error) {
          const trouble = troubleOf(error)
          house.log.warn({ ...errorFacts(error), trouble }, 'hospital sign-out')
          return call.page(
            {
              title: `${theirs(settings.name)} does not answer`,
              body: <p>You are signed out here. Close your browser to be signed out there, too.</p>,
            },
            { status: 503, cookies },
          )
        }
      },
    }),
    // The provider itself calls this one, from its own server: what it says is proven by its signature alone.
    plain('POST', '/:network/sign-in/elsewhere/signed-out', {
      who: anyone,
      audit: 'signed-out-by-hospital',
      withoutToken: true,
      withoutSession: true,
      limit: { name: 'hospital-signs-out', uses: 1000, minutes: 15 },
      handler: async call => await signedOutThere(call),
    }),
  ]

  async function signedOutThere(call: Call): Promise<Response> {
    const connected = await connectedWith(house, slugIn(call))
    if (!connected) return call.missing()
    const { network, settings } = connected
    let said: ReturnType<typeof readLogoutToken>
    let issuer: string
    try {
      const { keys, ...server } = await keysOf(house, settings)
      issuer = server.issuer
      said = readLogoutToken(call.fields.logout_token ?? '', {
        keys,
        issuer,
        client: settings.client,
        now: Date.now() / 1000,
      })
    } catch (error) {
      house.log.warn({ ...errorFacts(error), trouble: troubleOf(error) }, 'hospital sign-out')
      return answered(503)
    }
    if (!said) return answered(400)
    // Said twice it is the same sign-out, and no session that began since.
    if (!(await usedOnce(house, 'hospital-logout', `${issuer} ${said.id}`))) return answered(200)
    const gone = await house.database.pool
      .deleteFrom('session')
      .using('sign_in_method as m')
      .whereRef('m.id', '=', 'session.elsewhere_id')
      .where('m.of_network', '=', network.id)
      .where('m.provider_id', '=', issuer)
      .$if(said.subject !== undefined, rows => rows.where('m.provider_account_id', '=', said.subject!))
      .$if(said.sid !== undefined, rows => rows.where('session.elsewhere_sid', '=', said.sid!))
      .returning('session.account_id')
      .execute()
    for (const accountId of new Set(gone.map(each => each.account_id))) {
      await auditAccount(house, accountId, 'signed-out-by-hospital')
    }
    return answered(200)
  }
}

const answered = (status: 200 | 400 | 503): Response =>
  status === 200
    ? new Response(null, { status, headers: { 'cache-control': 'no-store' } })
    : Response.json(
        { error: status === 400 ? 'invalid_request' : 'temporarily_unavailable' },
        { status, headers: { 'cache-control': 'no-store' } },
      )

/** Where somebody goes who signs out here and is signed in with their hospital; undefined for everybody else. */
export async function afterSigningOut(
  house: House,
  call: Call,
  session: Session,
): Promise<{ to: string; cookies: readonly string[] } | undefined> {
  const slug = session.elsewhere?.network
  if (!slug || !(await connectedWith(house, slug))) return undefined
  const carries = carrier(house)
  const idToken = (await tokensOf(house, session.id))?.idToken
  const out = { network: slug, ...(idToken ? { idToken } : {}) }
  return { to: paths.signedOut(slug), cookies: [carries.write({ ...carries.read(call.request), out })] }
}
