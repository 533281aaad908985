import { timingSafeEqual } from 'node:crypto'
import { doingOf } from '#platform/doing.ts'
import type { House } from '#platform/house.ts'
import { type Call, plain, type Slice } from '#platform/http/route.ts'
import { rule, theTeam } from '#platform/permission.ts'
import { keyFor } from '#platform/settings.ts'
import { registrationPaths } from '../paths.ts'
import { mailHeld } from './held.ts'
import { mailAtHome, mailWeek } from './home.ts'
import { apartKept } from './kept.ts'
import { mailRoutes } from './pages.tsx'
import { largestMail } from './read.ts'
import { type HowTaken, type TakenIn, takeInMail } from './take-in.ts'

export { type TakenIn, takeInMail } from './take-in.ts'

/** An interest that comes by e-mail: from the mail server by its token, or as a file from the team (PEOPLE-1). */
export const mailIn = (house: House, rooms: () => readonly Slice[]): Slice => ({
  name: 'mail-in',
  routes: [
    ...mailRoutes(house.mailInServer, rooms),
    plain('POST', '/mail-in/:network', {
      who: rule('the mail server, by its token', () => false),
      audit: 'nothing',
      withoutSession: true,
      withoutToken: true,
      handler: call => fromTheServer(house, call, rooms()),
    }),
  ],
  doors: [
    {
      in: 'team',
      under: 'People',
      text: 'E-mails to look at',
      hint: 'From people who want to take part',
      path: registrationPaths.mails,
      who: theTeam,
      order: 25,
    },
  ],
  home: mailAtHome,
  week: mailWeek,
  held: mailHeld,
  kept: [apartKept],
})

const answers: Record<TakenIn['kind'], { status: number; words: string }> = {
  application: { status: 201, words: 'It became an application.' },
  apart: { status: 202, words: 'It waits for the team.' },
  already: { status: 200, words: 'It was here before.' },
  report: { status: 200, words: 'It is about a message that we sent. That was noted.' },
  'report-elsewhere': { status: 202, words: 'It is about a message that is no longer here.' },
  'passed-on': { status: 201, words: 'It came from somebody whom we know, or answers a message.' },
  private: { status: 200, words: 'It may be private. It was not kept.' },
  calendar: { status: 200, words: 'It answered an invitation to a meeting.' },
  unreadable: { status: 400, words: 'This is no e-mail, or larger than 30 MB.' },
}

async function fromTheServer(house: House, call: Call, rooms: readonly Slice[]): Promise<Response> {
  if (!house.mailInToken || !hasToken(call.request, house.mailInToken)) return call.missing()
  const slug = decodeURIComponent(call.url.pathname.split('/')[2] ?? '')
  const raw = await bodyOf(call.request)
  const taken = await takeInFor(house, slug, raw, house.mailInServer, rooms)
  if (!taken) return call.missing()
  const { status, words } = answers[taken.kind]
  return new Response(`${words}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } })
}

/**
 * One e-mail for one network, in a transaction of its own; when this returns it is kept.
 * @returns undefined when there is no such network
 */
export async function takeInFor(
  house: House,
  slug: string,
  raw: Uint8Array,
  server: string | undefined,
  rooms: readonly Slice[],
  how: HowTaken = { keepsUnreadable: true },
): Promise<TakenIn | undefined> {
  const takeIn = async (network: string) =>
    await house.database.enter(
      { slug: network, accountId: undefined, today: house.clock.today() },
      async (tx, entry): Promise<TakenIn | undefined> =>
        entry && (await takeInMail(doingOf(house, tx, entry, undefined), raw, server, rooms, how)),
    )
  const taken = await takeIn(slug)
  house.wakeWorker()
  if (taken?.kind !== 'report-elsewhere') return taken
  // All networks share one address for what comes back.
  const there = await house.database.pool
    .selectFrom('network')
    .select('slug')
    .where('id', '=', taken.networkId)
    .executeTakeFirst()
  return (there && (await takeIn(there.slug))) ?? taken
}

/** Compared by their MACs, so that the time it takes tells nothing. */
function hasToken(request: Request, token: string): boolean {
  const given = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? ''
  return timingSafeEqual(Buffer.from(keyFor(given, 'mail-in')), Buffer.from(keyFor(token, 'mail-in')))
}

/** @returns nothing of what is too large: then it is no e-mail that we read */
async function bodyOf(request: Request): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  if (!request.body || request.bodyUsed) return new Uint8Array()
  for await (const part of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += part.length
    if (size > largestMail) return new Uint8Array()
    parts.push(part)
  }
  return new Uint8Array(Buffer.concat(parts))
}
