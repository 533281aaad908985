import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { type Doing, doingOf } from '#platform/doing.ts'
import type { House } from '#platform/house.ts'
import { type AnyRoute, type Call, plain } from '#platform/http/route.ts'
import { notifyOf } from '#platform/notify/senders.ts'
import { rule } from '#platform/permission.ts'
import { keyFor } from '#platform/settings.ts'
import { noteWhatBecame } from './became.ts'
import { takeInText } from './texts.ts'

const byItsToken = rule('GOV.UK Notify, by its token', () => false)

/** What Notify tells us: only with the token of this network, and each telling does its work once (R41). */
export function callbackRoutes(house: House): AnyRoute[] {
  const door = <Told>(
    path: string,
    told: z.ZodType<Told>,
    take: (doing: Doing, told: Told) => Promise<void>,
  ) =>
    plain('POST', path, {
      who: byItsToken,
      audit: 'nothing',
      withoutSession: true,
      withoutToken: true,
      handler: call => answer(house, call, told, take),
    })
  return [
    door('/notify/:network/delivery', delivery, (doing, told) => noteWhatBecame(doing, told)),
    door('/notify/:network/text', receivedText, (doing, told) =>
      takeInText(house, doing, { id: told.id, number: told.source_number, words: told.message }),
    ),
  ]
}

const delivery = z.object({
  id: z.string().min(1).max(100),
  reference: z.string().max(1000).nullish(),
  status: z.string().max(50),
})
const receivedText = z.object({
  id: z.string().min(1).max(100),
  source_number: z.string().max(40),
  message: z.string().max(20_000),
})

async function answer<Told>(
  house: House,
  call: Call,
  shape: z.ZodType<Told>,
  take: (doing: Doing, told: Told) => Promise<void>,
): Promise<Response> {
  const slug = decodeURIComponent(call.url.pathname.split('/')[2] ?? '')
  const raw = await bodyOf(call.request)
  const response = await house.database.enter(
    { slug, accountId: undefined, today: house.clock.today() },
    async (tx, entry) => {
      const settings = entry && (await notifyOf(house, tx, entry.id))
      if (!entry || !settings || !hasToken(call.request, settings.token)) return undefined
      const told = shape.safeParse(jsonIn(raw))
      if (!told.success) return said(400, 'This is not what GOV.UK Notify sends.')
      await take(doingOf(house, tx, entry, undefined), told.data)
      return said(200, 'Thank you.')
    },
  )
  if (!response) return call.missing()
  house.wakeWorker()
  return response
}

const said = (status: number, words: string) =>
  new Response(`${words}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } })

/** Compared by their MACs, so that the time it takes tells nothing. */
function hasToken(request: Request, token: string): boolean {
  const given = /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? ''
  return timingSafeEqual(Buffer.from(keyFor(given, 'notify')), Buffer.from(keyFor(token, 'notify')))
}

const largestBody = 64 * 1024

async function bodyOf(request: Request): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  if (!request.body || request.bodyUsed) return ''
  for await (const part of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += part.length
    if (size > largestBody) return ''
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function jsonIn(raw: string): unknown {
  try {
    return JSON.parse(raw)
  } catch {
    return undefined
  }
}
