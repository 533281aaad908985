import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

/**
 * A stand-in for Microsoft's sign-in and Microsoft Graph, as far as meetings need it, with the paths, bodies and errors
 * of Microsoft's documents.
 */
export interface GraphServer {
  readonly url: string
  readonly tenant: string
  readonly client: string
  secret: string
  readonly organiser: string
  readonly meetings: Map<string, StandInMeeting>
  readonly calls: { method: string; path: string; body: unknown }[]
  /** How often somebody signed in. */
  tokens: number
  /** What it answers to the next calls of Graph instead, in this order. */
  readonly next: (StandInAnswer | 'cut' | 'cut-after')[]
  /** Tokens that were given out so far do not count any more. */
  expireTokens(): void
  settings(): Record<string, string>
}

export interface StandInAnswer {
  readonly status: number
  readonly code?: string
  readonly message?: string
  readonly headers?: Record<string, string>
}

export interface StandInMeeting {
  readonly id: string
  readonly externalId: string
  readonly joinWebUrl: string
  subject: string
  startDateTime: string
  endDateTime: string
  reports: StandInReport[]
}

export interface StandInReport {
  readonly id: string
  readonly attendanceRecords: {
    readonly emailAddress: string | null
    readonly role: 'Organizer' | 'Presenter' | 'Attendee'
    readonly totalAttendanceInSeconds: number
    readonly identity: { readonly displayName: string | null; readonly id: string | null }
    readonly attendanceIntervals: readonly {
      readonly joinDateTime: string
      readonly leaveDateTime: string
      readonly durationInSeconds: number
    }[]
  }[]
}

/** @param pageSize so many people on one page of a report */
export async function openGraphServer({ pageSize = 3 } = {}): Promise<GraphServer> {
  let good = new Set<string>()
  const http = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy())
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', server.url)
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const text = Buffer.concat(parts).toString()
    const json = (status: number, body: unknown, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(body === undefined ? undefined : JSON.stringify(body))
    }
    const no = (status: number, code: string, message: string, headers?: Record<string, string>) =>
      json(status, { error: { code, message, innerError: { date: '2026-06-09T09:00:00' } } }, headers)

    if (url.pathname.endsWith('/oauth2/v2.0/token')) {
      const given = new URLSearchParams(text)
      const wrong = (error: string, code: number, words: string) =>
        json(400, { error, error_description: `AADSTS${code}: ${words}`, error_codes: [code] })
      if (url.pathname !== `/${server.tenant}/oauth2/v2.0/token`) {
        return wrong('invalid_request', 90002, 'Tenant not found.')
      }
      if (
        given.get('grant_type') !== 'client_credentials' ||
        given.get('scope') !== `${server.url}/.default`
      ) {
        return wrong('invalid_scope', 70011, 'The scope is not valid.')
      }
      if (given.get('client_id') !== server.client) {
        return wrong('unauthorized_client', 700016, 'Application was not found in the directory.')
      }
      if (given.get('client_secret') !== server.secret) {
        return json(401, {
          error: 'invalid_client',
          error_description: 'AADSTS7000215: Invalid client secret provided.',
        })
      }
      const token = randomUUID()
      good.add(token)
      server.tokens += 1
      return json(200, { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token: token })
    }

    const body = text === '' ? undefined : (JSON.parse(text) as Record<string, string>)
    server.calls.push({ method: request.method ?? '', path: url.pathname, body })
    const instead = server.next.shift()
    if (instead === 'cut') return void response.destroy()
    if (instead && instead !== 'cut-after') {
      return no(instead.status, instead.code ?? 'Error', instead.message ?? '', instead.headers)
    }
    if (!good.has(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '')) {
      return no(401, 'InvalidAuthenticationToken', 'Lifetime validation failed, the token is expired.')
    }
    const base = `/v1.0/users/${server.organiser}/onlineMeetings`
    if (!url.pathname.startsWith(base)) return no(404, 'NotFound', 'User not found')
    const [id = '', , report] = url.pathname
      .slice(base.length + 1)
      .split('/')
      .map(decodeURIComponent)
    const key = `${request.method} ${url.pathname
      .slice(base.length)
      .replace(/^\/(?!createOrGet)[^/]+/, '/:id')
      .replace(/(attendanceReports)\/.+/, '$1/:report')}`

    if (key === 'POST /createOrGet') {
      if (!body?.externalId) return no(400, 'BadRequest', 'externalId is required')
      const there = [...server.meetings.values()].find(each => each.externalId === body.externalId)
      const made = there ?? {
        id: `MSo1N2Y5ZGFjYy03MWJmLTQ3NDMtYjQxMy01M2EdFGkdRWHJlQ=/${server.meetings.size + 1}`,
        externalId: body.externalId,
        joinWebUrl: `https://teams.example.org/l/meetup-join/19%3ameeting_${randomUUID()}%40thread.v2/0`,
        subject: body.subject ?? '',
        startDateTime: body.startDateTime ?? '',
        endDateTime: body.endDateTime ?? '',
        reports: [],
      }
      server.meetings.set(made.id, made)
      // Made, and nobody hears of it.
      if (instead === 'cut-after') return void response.destroy()
      const { reports, externalId, ...shown } = made
      return json(there ? 200 : 201, {
        '@odata.context': `${server.url}/v1.0/$metadata#users('${server.organiser}')/onlineMeetings/$entity`,
        ...shown,
        creationDateTime: '2026-06-09T09:00:00Z',
        isBroadcast: false,
        participants: {
          organizer: {
            upn: 'team@example.org',
            role: 'presenter',
            identity: { user: { id: server.organiser } },
          },
          attendees: [],
        },
      })
    }
    const meeting = server.meetings.get(id)
    if (!meeting) return no(404, 'NotFound', 'Meeting not found')
    switch (key) {
      case 'PATCH /:id':
        Object.assign(meeting, body)
        return json(200, { id: meeting.id, joinWebUrl: meeting.joinWebUrl, subject: meeting.subject })
      case 'DELETE /:id':
        server.meetings.delete(id)
        if (instead === 'cut-after') return void response.destroy()
        response.writeHead(204).end()
        return
      case 'GET /:id/attendanceReports':
        return json(200, {
          value: meeting.reports.map(each => ({
            id: each.id,
            totalParticipantCount: each.attendanceRecords.length,
            meetingStartDateTime: meeting.startDateTime,
            meetingEndDateTime: meeting.endDateTime,
          })),
        })
      case 'GET /:id/attendanceReports/:report': {
        const found = meeting.reports.find(each => each.id === report)
        if (!found) return no(404, 'NotFound', 'Report not found')
        const skip = Number(url.searchParams.get('$skip') ?? 0)
        const records = found.attendanceRecords.slice(skip, skip + pageSize)
        const more = found.attendanceRecords.length > skip + pageSize
        const nextLink = `${server.url}${url.pathname}?$expand=attendanceRecords&$skip=${skip + pageSize}`
        return skip === 0
          ? json(200, {
              id: found.id,
              totalParticipantCount: found.attendanceRecords.length,
              ...(url.searchParams.get('$expand') === 'attendanceRecords'
                ? { attendanceRecords: records }
                : {}),
              ...(more ? { 'attendanceRecords@odata.nextLink': nextLink } : {}),
            })
          : json(200, { value: records, ...(more ? { '@odata.nextLink': nextLink } : {}) })
      }
      default:
        return no(405, 'MethodNotAllowed', '')
    }
  }

  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  const server: GraphServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    tenant: randomUUID(),
    client: randomUUID(),
    secret: 'made-up-secret-value',
    organiser: randomUUID(),
    meetings: new Map(),
    calls: [],
    tokens: 0,
    next: [],
    expireTokens: () => {
      good = new Set()
    },
    settings: () => ({
      tenant: server.tenant,
      client: server.client,
      secret: server.secret,
      organiser: server.organiser,
      login: server.url,
      graph: server.url,
    }),
  }
  afterAll(() => {
    http.closeAllConnections()
    http.close()
  })
  return server
}
