// First of all: React asks once, when it is first imported, whether somebody is developing.
import '#design/production.ts'

import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { load } from 'cheerio'
import { migrate } from '#platform/database/migrate.ts'
import { startEmbeddedPostgres } from '#platform/embedded-postgres/index.ts'
import { appPasswordFrom, asApp } from '#src/house-start.ts'
import { type LoadRequest, load as underLoad } from './load.ts'
import { type Measured, measured } from './pages.ts'
import { type RecordedRequest, recordPages } from './record.ts'
import { freshKey, freshMark } from './recording.ts'
import { seedContributions, seedNetworks } from './seed.ts'

// npm run bench: fills a real PostgreSQL and measures the running product beside a bare route with the same SQL.
// BENCH_SIZES=1000,100000 and BENCH_SECONDS=5 make it shorter or longer.

const sizes = (process.env.BENCH_SIZES ?? '1000,100000,1000000').split(',').map(Number)
const seconds = Number(process.env.BENCH_SECONDS ?? '5')
const secret = 'a secret that only the benchmark uses, long enough'

interface Line {
  size: number
  page: string
  perSecond: number
  p95: number
  bare: number
  barep95: number
  queries: number
  failed: number
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'loop-bench-'))
  chmodSync(folder, 0o711)
  const embedded = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') })
  const children: ChildProcess[] = []
  try {
    const password = appPasswordFrom(secret)
    await migrate(embedded.url, password)
    await seedNetworks(embedded.url)
    const lines: Line[] = []
    const memory: string[] = []
    let weights = ''
    for (const size of sizes) {
      const began = Date.now()
      await seedContributions(embedded.url, size)
      console.error(
        `${size.toLocaleString('en-GB')} contributions are in (${Math.round((Date.now() - began) / 1000)} s)`,
      )
      const pages = await recordPages({ appUrl: asApp(embedded.url, password), secret, size, measured })
      const recordingsFile = join(folder, 'recordings.json')
      writeFileSync(
        recordingsFile,
        JSON.stringify(
          Object.fromEntries(pages.map(each => [each.kind, each.requests.map(one => one.recording)])),
        ),
      )
      const appFolder = join(folder, `app-${size}`)
      const app = await begin(children, 'src/server.ts', [], {
        MODE: 'production',
        DATABASE_URL: embedded.url,
        DATA_DIR: appFolder,
        PORT: String(await freePort()),
        SECRET: secret,
        SMTP_URL: 'smtp://127.0.0.1:1',
        MAIL_FROM: 'bench@example.org',
        PUBLIC_URL: 'https://bench.example.org',
        WORKER: 'apart',
        LOG_LEVEL: 'warn',
      })
      const appPassword = appPasswordFrom(secret)
      const bare = await begin(
        children,
        'bench/bare.ts',
        [recordingsFile, asApp(embedded.url, appPassword)],
        {},
      )
      for (const { kind, requests } of pages) {
        await underLoad(app.origin, requests.map(requestToApp), 1)
        const ours = await underLoad(app.origin, requests.map(requestToApp), seconds)
        const bareRequests = requests.map(
          (_, at): LoadRequest => ({ path: `/${kind}/${at}`, ...method(requests[at]!) }),
        )
        await underLoad(bare.origin, bareRequests, 1)
        const theirs = await underLoad(bare.origin, bareRequests, seconds)
        lines.push({
          size,
          page: kind,
          perSecond: ours.perSecond,
          p95: ours.p95,
          bare: theirs.perSecond,
          barep95: theirs.p95,
          queries: Math.max(...requests.map(each => each.recording.statements.filter(isQuestion).length)),
          failed: ours.failed + theirs.failed,
        })
        console.error(`${size} ${kind}: ${ours.perSecond.toFixed(0)}/s`)
      }
      memory.push(`${size.toLocaleString('en-GB')}: ${residentMegabytes(app.child)} MB`)
      weights = await weigh(
        app.origin,
        pages[0]!.requests[0]!,
        pages.find(each => each.kind === 'contribution')?.requests[0],
      )
      await end(app.child)
      await end(bare.child)
    }
    print(lines)
    console.log(`\nMemory of the app process after the load: ${memory.join(', ')}.`)
    console.log(weights)
  } finally {
    for (const child of children) child.kill('SIGTERM')
    await embedded.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const isQuestion = ({ sql }: { sql: string }) => !/^(begin|commit|rollback)/.test(sql)
/** As `npm start` runs it. */
const nodeOptions = (
  JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } }
).scripts.start
  .split(' ')
  .filter(each => each.startsWith('--max'))

const method = (request: RecordedRequest): Partial<LoadRequest> =>
  request.body ? { method: 'POST', body: () => '' } : {}

function requestToApp(request: RecordedRequest): LoadRequest {
  const { body } = request
  return {
    path: request.path,
    headers: { ...request.headers, ...(body ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) },
    ...(body
      ? {
          method: 'POST' as const,
          body: () => body.replaceAll(freshMark, freshKey()),
        }
      : {}),
  }
}

function begin(
  children: ChildProcess[],
  script: string,
  args: string[],
  settings: Record<string, string>,
): Promise<{ child: ChildProcess; origin: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...nodeOptions, '--import', 'tsx', script, ...args], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...settings },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    children.push(child)
    child.on('exit', code => reject(new Error(`${script} ended with ${code}`)))
    createInterface({ input: child.stdout! }).on('line', line => {
      // Production names its public address; the port it listens on is what we need.
      const found = /^Ready: \S+?(:\d+)?$/.exec(line)
      if (found) resolve({ child, origin: `http://127.0.0.1:${settings.PORT ?? found[1]?.slice(1)}` })
    })
  })
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

function end(child: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    child.removeAllListeners('exit')
    child.on('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

function residentMegabytes(child: ChildProcess): number {
  const found = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))
  return Math.round(Number(found?.[1] ?? 0) / 1024)
}

/** What one page costs over the wire the first time and afterwards, compressed. */
async function weigh(
  origin: string,
  listed: RecordedRequest,
  page: RecordedRequest | undefined,
): Promise<string> {
  const bytes = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(new URL(path, origin), {
      headers: { ...headers, 'accept-encoding': 'br, gzip' },
    })
    const length = response.headers.get('content-length')
    const body = Buffer.from(await response.arrayBuffer())
    return {
      wire: length ? Number(length) : (await import('node:zlib')).gzipSync(body).length,
      text: body.toString(),
    }
  }
  const request = page ?? listed
  const html = await bytes(request.path, request.headers)
  const $ = load(html.text)
  let first = html.wire
  for (const href of $('link[href], img[src], script[src]')
    .toArray()
    .map(each => $(each).attr('href') ?? $(each).attr('src')!)) {
    first += (await bytes(href)).wire
  }
  return `A page over the wire: ${(first / 1000).toFixed(1)} kB the first time, ${(html.wire / 1000).toFixed(1)} kB afterwards.`
}

function print(lines: readonly Line[]): void {
  console.log(
    '| contributions | page | requests/s | p95 ms | bare route/s | bare p95 ms | ratio | queries | failed |',
  )
  console.log('|---:|---|---:|---:|---:|---:|---:|---:|---:|')
  for (const line of lines) {
    console.log(
      `| ${line.size.toLocaleString('en-GB')} | ${line.page} | ${line.perSecond.toFixed(0)} | ${line.p95.toFixed(1)} | ${line.bare.toFixed(0)} | ${line.barep95.toFixed(1)} | ${(line.perSecond / line.bare).toFixed(2)} | ${line.queries} | ${line.failed} |`,
    )
  }
  const smallest = Math.min(...sizes)
  const largest = Math.max(...sizes)
  if (smallest === largest) return
  console.log()
  for (const page of new Set(lines.map(each => each.page))) {
    const at = (size: number) => lines.find(each => each.page === page && each.size === size)!
    console.log(
      `${page}: p95 grew ${(at(largest).p95 / at(smallest).p95).toFixed(2)}-fold from ${smallest} to ${largest}.`,
    )
  }
}

export type { Measured }

await main()
