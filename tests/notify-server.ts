import { createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

export interface Taken {
  readonly id: string
  readonly kind: 'email' | 'sms' | 'letter'
  readonly reference: string | undefined
  readonly to: string
  readonly personalisation: Record<string, string>
  readonly content: Buffer | undefined
  readonly postage: string | undefined
  readonly oneClick: string | undefined
  status: string
}

/** GOV.UK Notify as its documentation has it: signs of the key, templates, refusals and their bodies. */
export interface NotifyServer {
  readonly url: string
  readonly key: string
  readonly templates: { email: string; sms: string }
  readonly took: Taken[]
  /** How often it was asked what became of something. */
  asked: number
  /** What it answers instead of taking: the documented bodies of 400, 403, 429 and 500. */
  refusal: { status: number; error: string; message: string } | undefined
  /** It takes the message, and the line breaks before it says so. */
  diesAfterTaking: boolean
}

const serviceId = '26785a09-ab16-4eb0-8407-a37497a57506'
const secret = '3d844edf-8d35-48ac-975b-e847b4f122b0'
export const notifyKey = `first-network-${serviceId}-${secret}`

export async function openNotifyServer(): Promise<NotifyServer> {
  const took: Taken[] = []
  const templates = {
    email: '9d751e0e-f929-4891-82a1-a3e1c3c18ee3',
    sms: 'a1b2c3d4-f929-4891-82a1-a3e1c3c18ee3',
  }
  const bodies: Record<string, { type: string; subject?: string; body: string }> = {
    [templates.email]: { type: 'email', subject: '((subject))', body: '((body))' },
    [templates.sms]: { type: 'sms', body: '((message))' },
  }
  const http = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  await new Promise<void>(done => http.listen(0, '127.0.0.1', done))
  const server: NotifyServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    key: notifyKey,
    templates,
    took,
    asked: 0,
    refusal: undefined,
    diesAfterTaking: false,
  }
  afterAll(() => new Promise<void>(done => void http.close(() => done())))
  return server

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', server.url)
    const say = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json', connection: 'close' })
      response.end(JSON.stringify(body))
    }
    const refuse = (status: number, error: string, message: string) =>
      say(status, { status_code: status, errors: [{ error, message }] })
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece as Buffer)
    if (!signed(request.headers.authorization))
      return refuse(403, 'AuthError', 'Invalid token: API key not found')
    if (request.method === 'GET') {
      const template = bodies[url.pathname.split('/')[3] ?? '']
      if (url.pathname.startsWith('/v2/template/'))
        return template
          ? say(200, { id: url.pathname.split('/')[3], version: 1, ...template })
          : refuse(404, 'NoResultFound', 'No result found')
      server.asked += 1
      const one = /^\/v2\/notifications\/([^/]+)$/.exec(url.pathname)
      if (one) {
        const found = took.find(each => each.id === one[1])
        return found ? say(200, shown(found)) : refuse(404, 'NoResultFound', 'No result found')
      }
      const reference = url.searchParams.get('reference')
      return say(200, {
        notifications: took.filter(each => reference === null || each.reference === reference).map(shown),
        links: { current: url.href },
      })
    }
    if (server.refusal) return refuse(server.refusal.status, server.refusal.error, server.refusal.message)
    const given = JSON.parse(Buffer.concat(pieces).toString('utf8'))
    const kind = url.pathname.split('/').pop() as Taken['kind']
    const to = kind === 'email' ? given.email_address : kind === 'sms' ? given.phone_number : ''
    if (kind === 'sms' && !/^(\+44|0044|0)7\d{9}$/.test(String(to).replace(/[\s()-]/g, '')))
      return refuse(400, 'ValidationError', 'phone_number Not enough digits')
    if (kind !== 'letter' && bodies[given.template_id]?.type !== kind)
      return refuse(400, 'BadRequestError', 'Template not found')
    const taken: Taken = {
      id: randomUUID(),
      kind,
      reference: given.reference,
      to,
      personalisation: given.personalisation ?? {},
      content: given.content === undefined ? undefined : Buffer.from(given.content, 'base64'),
      postage: given.postage,
      oneClick: given.one_click_unsubscribe_url,
      status: kind === 'letter' ? 'pending-virus-check' : 'created',
    }
    took.push(taken)
    if (server.diesAfterTaking) {
      server.diesAfterTaking = false
      response.destroy()
      return
    }
    say(201, { id: taken.id, reference: taken.reference ?? null, postage: taken.postage })
  }
}

const shown = (each: Taken) => ({
  id: each.id,
  reference: each.reference,
  type: each.kind,
  status: each.status,
  created_at: new Date().toISOString(),
})

/** RFC 7519, HS256: who signs is the service, with the secret of its key. */
function signed(header: string | undefined): boolean {
  const [head = '', body = '', signature = ''] = (header ?? '').replace(/^Bearer /, '').split('.')
  const made = createHmac('sha256', secret).update(`${head}.${body}`).digest('base64url')
  if (made !== signature) return false
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  return (
    read(head).alg === 'HS256' &&
    read(body).iss === serviceId &&
    Math.abs(read(body).iat - Date.now() / 1000) < 30
  )
}
