import { tmpdir } from 'node:os'
import { load } from 'cheerio'
import { realClock } from '#platform/clock.ts'
import { openDatabase } from '#platform/database/connect.ts'
import { folderStore, openFiles } from '#platform/files.ts'
import { openFormTokens } from '#platform/form-token.ts'
import type { House } from '#platform/house.ts'
import { openLog } from '#platform/log.ts'
import { openMetrics } from '#platform/metrics.ts'
import { openSessions } from '#platform/session.ts'
import { keyFor } from '#platform/settings.ts'
import { openApp } from '#src/app.ts'
import type { Measured } from './pages.ts'
import { freshKey, freshMark, type Recording } from './recording.ts'
import { accountOf } from './seed.ts'

export interface RecordedRequest {
  readonly path: string
  readonly headers: Record<string, string>
  /** A POST's fields, with `freshMark` where each request needs its own. */
  readonly body?: string
  readonly recording: Recording
}

/** Asks each page once of the product in this process and writes down the SQL that it sent. */
export async function recordPages(options: {
  appUrl: string
  secret: string
  size: number
  measured: readonly Measured[]
}): Promise<{ kind: string; requests: RecordedRequest[] }[]> {
  let sent: { sql: string; parameters: readonly unknown[] }[] = []
  const database = openDatabase(options.appUrl, {
    connections: 4,
    onStatement: (sql, parameters) => void sent.push({ sql, parameters: parameters.map(plain) }),
  })
  const house: House = {
    mode: 'production',
    database,
    clock: realClock,
    sessions: openSessions({
      pool: database.pool,
      clock: realClock,
      secret: keyFor(options.secret, 'sessions'),
      secure: true,
    }),
    tokens: openFormTokens(options.secret),
    files: openFiles(folderStore(tmpdir())),
    log: openLog('error'),
    metrics: openMetrics(),
    secret: options.secret,
    trustProxy: false,
    metricsToken: undefined,
    publicUrl: () => 'https://bench.example.org',
    wakeWorker: () => {},
  }
  const app = openApp(house)
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await app.http.request(new Request(new URL(path, 'https://bench.example.org'), init))
    const text = await response.text()
    if (response.status >= 400)
      throw new Error(`${path} answered ${response.status}: ${load(text)('main').text().slice(0, 300)}`)
    return text
  }
  try {
    const found = []
    for (const { kind, who, paths, form } of options.measured) {
      const requests: RecordedRequest[] = []
      for (const path of paths(options.size)) {
        const cookie = who
          ? ((await house.sessions.start(accountOf(1, who), { secondFactor: true })).split(';')[0] ?? '')
          : undefined
        const headers: Record<string, string> = cookie ? { cookie } : {}
        const body = form && fieldsOf(await ask(path, { headers }), form)
        // What was sent before is told a moment later.
        await settled()
        sent = []
        // A key that was there before would be a second click, which writes nothing.
        const key = freshKey()
        await ask(path, {
          headers: body ? { ...headers, 'content-type': 'application/x-www-form-urlencoded' } : headers,
          ...(body ? { method: 'POST', body: body.replaceAll(freshMark, key) } : {}),
        })
        await settled()
        const statements = sent.map(each => ({
          sql: each.sql,
          parameters: each.parameters.map(one =>
            typeof one === 'string' ? one.replaceAll(key, freshMark) : one,
          ),
        }))
        requests.push({
          path,
          headers,
          ...(body ? { body } : {}),
          recording: { path, statements },
        })
      }
      found.push({ kind, requests })
    }
    return found
  } finally {
    await database.close()
  }
}

const settled = () => new Promise(resolve => setTimeout(resolve, 20))

/** What a person's browser would send, with a key that is new in each request. */
function fieldsOf(html: string, answers: Readonly<Record<string, string>>): string {
  const $ = load(html)
  const form = $('main form[method="post"]').first()
  const body = new URLSearchParams()
  form.find('input[type="hidden"]').each((_, each) => {
    const name = $(each).attr('name') ?? ''
    // A thing that others change meanwhile would refuse all but the first.
    if (name !== '_version') body.set(name, name === '_key' ? freshMark : ($(each).attr('value') ?? ''))
  })
  for (const [name, value] of Object.entries(answers)) body.set(name, value)
  return body.toString()
}

/** As the driver would write it. */
function plain(value: unknown): unknown {
  const own = value as { toPostgres?: () => unknown } | null
  return typeof own === 'object' && own !== null && typeof own.toPostgres === 'function'
    ? own.toPostgres()
    : value
}
