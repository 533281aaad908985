import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Instant } from '#platform/database/tables.ts'
import type { TeamsSettings } from './connection.ts'
import { callTrouble, down, failed, type Got, retryAfterOf, signInTrouble } from './trouble.ts'

/** A meeting as it is asked of Teams. */
export interface Wanted {
  readonly title: string
  readonly startsAt: Instant
  readonly minutesLong: number
}

export interface OnlineMeeting {
  readonly id: string
  readonly joinUrl: string
}

/** One stay of one person, as the report has it. */
export interface Stayed {
  readonly name: string
  readonly email: string
  readonly from: Instant
  readonly to: Instant
}

/** Microsoft Graph, as far as meetings need it. Never throws: what went wrong is a value, with words. */
export interface Graph {
  /** One meeting for one external id, however often it is asked for. */
  createOrGet(externalId: string, wanted: Wanted): Promise<Got<OnlineMeeting>>
  move(id: string, wanted: Wanted): Promise<Got<undefined>>
  /** What is gone already is no trouble. */
  remove(id: string): Promise<Got<undefined>>
  /** Of all times that somebody was in this meeting; empty while there is no report. */
  attendance(id: string): Promise<Got<readonly Stayed[]>>
}

const patienceMs = 15_000
const largestAnswer = 5 * 1024 * 1024
/** A report of more pages is none of a meeting of ours. */
const mostPages = 20

const meetingShape = z.object({
  id: z.string().min(1).max(500),
  joinWebUrl: z.url({ protocol: /^https$/ }).max(1000),
})
const reportsShape = z.object({ value: z.array(z.object({ id: z.string().min(1) })) })
const recordShape = z.object({
  emailAddress: z.string().nullish(),
  identity: z.object({ displayName: z.string().nullish() }).nullish(),
  attendanceIntervals: z
    .array(z.object({ joinDateTime: z.string().nullish(), leaveDateTime: z.string().nullish() }))
    .nullish(),
})
const reportShape = z.object({
  attendanceRecords: z.array(recordShape).nullish(),
  'attendanceRecords@odata.nextLink': z.string().nullish(),
})
const pageShape = z.object({ value: z.array(recordShape), '@odata.nextLink': z.string().nullish() })

const readWrite = 'OnlineMeetings.ReadWrite.All'
const readReports = 'OnlineMeetingArtifact.Read.All'

export function openGraph(settings: TeamsSettings, now: () => Instant): Graph {
  const base = `${settings.graph}/v1.0/users/${encodeURIComponent(settings.organiser)}/onlineMeetings`
  let token: string | undefined

  async function signIn(): Promise<Got<string>> {
    const answer = await send(`${settings.login}/${encodeURIComponent(settings.tenant)}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        client_id: settings.client,
        client_secret: settings.secret,
        scope: `${settings.graph}/.default`,
        grant_type: 'client_credentials',
      }),
    })
    if (!answer) return down
    const given = (answer.body as { access_token?: unknown } | undefined)?.access_token
    if (answer.status === 200 && typeof given === 'string') return { ok: true, value: given }
    return signInTrouble(answer.status, answer.body, retryAfterOf(answer.retryAfter, now()))
  }

  /** With a new token once, when the one that we had has run out. */
  async function call(
    method: string,
    url: string,
    permission: string,
    body?: unknown,
  ): Promise<Got<unknown>> {
    for (let tokens = 0; ; tokens++) {
      if (token === undefined) {
        const signedIn = await signIn()
        if (!signedIn.ok) return signedIn
        token = signedIn.value
      }
      const answer = await send(url, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      if (!answer) return down
      if (answer.status >= 200 && answer.status < 300) return { ok: true, value: answer.body }
      if (answer.status === 401) token = undefined
      if (answer.status === 401 && tokens === 0) continue
      return callTrouble(answer.status, answer.body, retryAfterOf(answer.retryAfter, now()), permission)
    }
  }

  const one = (id: string) => `${base}/${encodeURIComponent(id)}`

  async function recordsOf(id: string, report: string): Promise<Got<readonly z.infer<typeof recordShape>[]>> {
    const got = await call(
      'GET',
      `${one(id)}/attendanceReports/${encodeURIComponent(report)}?$expand=attendanceRecords`,
      readReports,
    )
    if (!got.ok) return got
    const read = reportShape.safeParse(got.value)
    if (!read.success) return unreadable
    const records = [...(read.data.attendanceRecords ?? [])]
    let next = read.data['attendanceRecords@odata.nextLink']
    for (let pages = 0; next && pages < mostPages; pages++) {
      // Our token goes to Microsoft Graph and to nobody else.
      if (!next.startsWith(`${settings.graph}/`)) return unreadable
      const more = await call('GET', next, readReports)
      if (!more.ok) return more
      const page = pageShape.safeParse(more.value)
      if (!page.success) return unreadable
      records.push(...page.data.value)
      next = page.data['@odata.nextLink']
    }
    return { ok: true, value: records }
  }

  return {
    async createOrGet(externalId, wanted) {
      const got = await call('POST', `${base}/createOrGet`, readWrite, { externalId, ...asGraph(wanted) })
      if (!got.ok) return got
      const read = meetingShape.safeParse(got.value)
      return read.success
        ? { ok: true, value: { id: read.data.id, joinUrl: read.data.joinWebUrl } }
        : unreadable
    },
    async move(id, wanted) {
      const got = await call('PATCH', one(id), readWrite, asGraph(wanted))
      return got.ok ? { ok: true, value: undefined } : got
    },
    async remove(id) {
      const got = await call('DELETE', one(id), readWrite)
      return got.ok || got.trouble.kind === 'gone' ? { ok: true, value: undefined } : got
    },
    async attendance(id) {
      const got = await call('GET', `${one(id)}/attendanceReports`, readReports)
      if (!got.ok) return got
      const reports = reportsShape.safeParse(got.value)
      if (!reports.success) return unreadable
      const stays: Stayed[] = []
      // One report for each time that the meeting was opened.
      for (const report of reports.data.value.slice(0, 50)) {
        const records = await recordsOf(id, report.id)
        if (!records.ok) return records
        stays.push(...records.value.flatMap(staysOf))
      }
      return { ok: true, value: stays }
    },
  }
}

const unreadable = failed('refused', 'Microsoft answered something that we cannot read.')

const asGraph = ({ title, startsAt, minutesLong }: Wanted) => ({
  subject: title.slice(0, 250),
  startDateTime: startsAt.toString(),
  endDateTime: startsAt.add({ minutes: minutesLong }).toString(),
})

function staysOf(record: z.infer<typeof recordShape>): Stayed[] {
  const name = record.identity?.displayName?.trim() || record.emailAddress?.trim() || ''
  return (record.attendanceIntervals ?? []).flatMap(({ joinDateTime, leaveDateTime }) => {
    const [from, to] = [momentOf(joinDateTime), momentOf(leaveDateTime)]
    if (!name || !from || !to || Temporal.Instant.compare(from, to) > 0) return []
    return [{ name, email: record.emailAddress?.trim() ?? '', from, to }]
  })
}

function momentOf(text: string | null | undefined): Instant | undefined {
  try {
    return text ? Temporal.Instant.from(text) : undefined
  } catch {
    return undefined
  }
}

interface Answered {
  readonly status: number
  readonly body: unknown
  readonly retryAfter: string | null
}

/** @returns undefined when nobody answered in time */
async function send(url: string, init: RequestInit): Promise<Answered | undefined> {
  try {
    const response = await fetch(url, {
      ...init,
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    })
    const text = await response.text()
    if (text.length > largestAnswer) return undefined
    return {
      status: response.status,
      body: readJson(text),
      retryAfter: response.headers.get('retry-after'),
    }
  } catch {
    return undefined
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
