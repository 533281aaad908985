import { theirs } from '#kernel/text/theirs.ts'
import type { House } from '#platform/house.ts'
import { type AnyRoute, type Call, plain } from '#platform/http/route.ts'
import { errorFacts } from '#platform/log.ts'
import { anyone } from '#platform/permission.ts'
import type { Limit } from '#platform/rate-limit.ts'
import { homeOf, insidePath, placesOf, signInPaths, startSession, usedOnce } from '#slices/sign-in/index.ts'
import { isEnough, verifiedAddress } from './claims.ts'
import { type Connected, connectedWith } from './connection.ts'
import { countsOf } from './hospital-settings.ts'
import { type Linking, openLinking } from './linking.tsx'
import { confirmed, elsewhereOf, type Link, linkOf, sealTokens } from './links.ts'
import { type Carried, carrier, type Pending } from './pending.ts'
import { begin, finish, type Said, troubleOf } from './provider.ts'
import { notIn, troubleScreen } from './screens.tsx'

/** For each source: a hospital's people share one. */
export const sourceLimit: Limit = { name: 'hospital-sign-in', uses: 200, minutes: 15 }

export const slugIn = (call: Call): string => call.url.pathname.split('/')[1] ?? ''

/** Going to the hospital's sign-in, and coming back. */
export function comingBackRoutes(house: House): AnyRoute[] {
  const carries = carrier(house)
  const linking = openLinking(house)
  return [
    plain('GET', '/:network/sign-in/elsewhere', {
      who: anyone,
      audit: 'nothing',
      limit: sourceLimit,
      async handler(call) {
        const slug = slugIn(call)
        const to = insidePath(call.url.searchParams.get('to'))
        const again = call.url.searchParams.has('again')
        const session = again ? await toCheck(call) : undefined
        const connected = await connectedWith(house, slug)
        if (!connected) {
          if (!session) return call.missing()
          // It was taken away meanwhile: nobody can say any more that they are still there.
          await house.sessions.end(session.id)
          return call.go(signInPaths.signIn(to), [house.sessions.forget])
        }
        // Another window has asked meanwhile.
        if (again && !session) return call.go(to || `/${slug}/home`)
        const carried = carries.read(call.request)
        try {
          const { url, pending } = await begin(house, slug, connected.settings, { to, again })
          return outTo(url, [carries.write({ ...carried, pending: [...carried.pending, pending] })])
        } catch (error) {
          return await didNotWork(call, connected, error, { to, again, cookies: [] })
        }
      },
    }),
    plain('GET', '/:network/sign-in/elsewhere/back', {
      who: anyone,
      audit: 'signed-in-elsewhere',
      limit: sourceLimit,
      async handler(call) {
        const slug = slugIn(call)
        const connected = await connectedWith(house, slug)
        if (!connected) return call.missing()
        const { pending, rest } = taken(carries.read(call.request), slug, call.url.searchParams.get('state'))
        // Another browser, an old window, or somebody else's answer: it is not looked at.
        if (!pending || !(await usedOnce(house, 'hospital-state', pending.state))) {
          return notIn(call, connected, {
            title: 'Begin again',
            to: '',
            status: 400,
            body: <p>This sign-in was not begun in this browser, or it is too old.</p>,
          })
        }
        let said: Said
        try {
          said = await finish(house, slug, connected.settings, call.url.search, pending)
        } catch (error) {
          return await didNotWork(call, connected, error, { ...pending, cookies: [carries.write(rest)] })
        }
        return await take(call, connected, said, pending, rest)
      },
    }),
    ...linking.routes,
  ]

  function toCheck(call: Call) {
    return house.sessions.toCheck(call.request.headers.get('cookie') ?? undefined)
  }

  /** Whoever only had to be asked again and could not be is signed out: it is not known that they are still there. */
  async function didNotWork(
    call: Call,
    connected: Connected,
    error: unknown,
    how: { to: string; again: boolean; cookies: readonly string[] },
  ): Promise<Response> {
    const trouble = troubleOf(error)
    if (trouble !== 'cancelled' && trouble !== 'ask-them') {
      house.log.warn({ ...errorFacts(error), trouble }, 'hospital sign-in')
    }
    const session = how.again ? await toCheck(call) : undefined
    if (session) await house.sessions.end(session.id)
    return notIn(call, connected, {
      ...troubleScreen(trouble, connected.settings.name),
      to: how.to,
      cookies: session ? [...how.cookies, house.sessions.forget] : how.cookies,
    })
  }

  /** The provider has said who somebody is. */
  async function take(
    call: Call,
    connected: Connected,
    said: Said,
    pending: Pending,
    rest: Carried,
  ): Promise<Response> {
    const { network, settings } = connected
    const counts = countsOf(settings)
    const cookies = [carries.write(rest)]
    const enough = isEnough(said.claims, counts)
    const link = await linkOf(house, network.id, said)
    const session = pending.again ? await toCheck(call) : undefined
    if (session && (enough.is !== 'enough' || link?.id !== session.linkId)) {
      await house.sessions.end(session.id)
      const gone = troubleScreen('ask-them', settings.name)
      return notIn(call, connected, { ...gone, to: pending.to, cookies: [...cookies, house.sessions.forget] })
    }
    if (enough.is !== 'enough') {
      return notIn(call, connected, {
        title: `${theirs(settings.name)} is not sure enough`,
        to: pending.to,
        status: 403,
        cookies,
        body: <p>{enough.words} This network asks for that.</p>,
      })
    }
    const factor = enough.secondFactor
    if (session) {
      await confirmed(house, session.id, sealTokens(house, said.tokens), { sid: said.sid, factor })
      return call.go(pending.to || `/${network.slug}/home`, cookies)
    }
    if (link) return await signedIn(call, connected, said, link, { to: pending.to, factor, cookies })
    const address = verifiedAddress(said.claims, counts)
    const wish: Linking = { said, address, factor, to: pending.to }
    return await linking.offer(call, connected, wish, rest)
  }

  async function signedIn(
    call: Call,
    { network }: Connected,
    said: Said,
    link: Link,
    how: { to: string; factor: boolean; cookies: readonly string[] },
  ): Promise<Response> {
    const { session } = call
    // Whoever is signed in with a proof of ours has more already.
    if (session && !session.onlyIn && session.accountId === link.accountId) {
      return call.go(how.to || (await homeOf(house, link.accountId)), how.cookies)
    }
    const places = await placesOf(house, link.accountId)
    if (!places.some(each => each.network_id === network.id))
      return call.go(signInPaths.signIn(how.to), how.cookies)
    const cookie = await startSession(house, call, link.accountId, {
      secondFactor: false,
      proven: false,
      elsewhere: elsewhereOf(house, link.id, said, how.factor),
    })
    const inside = how.to.startsWith(`/${network.slug}/`) ? how.to : `/${network.slug}/home`
    return call.go(how.to === '' ? inside : how.to, [cookie, ...how.cookies])
  }
}

/** Only once, and only in the network where it was begun. */
function taken(
  carried: Carried,
  slug: string,
  state: string | null,
): { pending: Pending | undefined; rest: Carried } {
  const pending = carried.pending.find(each => each.state === state && each.network === slug)
  return { pending, rest: { ...carried, pending: carried.pending.filter(each => each !== pending) } }
}

/** The one kind of answer that leads to another service: an address that the provider gave when it was set up. */
export function outTo(url: URL, cookies: readonly string[]): Response {
  const headers = new Headers({ location: url.href, 'cache-control': 'no-store' })
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return new Response(null, { status: 302, headers })
}
