// First of all: React asks once, when it is first imported, whether somebody is developing.
import '#design/production.ts'

import { join } from 'node:path'
import { type ServerType, serve } from '@hono/node-server'
import { openDemoClock, realClock } from '#platform/clock.ts'
import { openDatabase } from '#platform/database/connect.ts'
import { migrate } from '#platform/database/migrate.ts'
import { deliverWaiting } from '#platform/delivery/deliver.ts'
import { runDue } from '#platform/delivery/due.ts'
import { demoSenders, realSenders } from '#platform/delivery/senders.ts'
import { openQueue, type Queue } from '#platform/delivery/worker.ts'
import { folderStore, openFiles } from '#platform/files.ts'
import { openFormTokens } from '#platform/form-token.ts'
import type { House } from '#platform/house.ts'
import { openLog } from '#platform/log.ts'
import { openMetrics } from '#platform/metrics.ts'
import { openSessions } from '#platform/session.ts'
import { keyFor, readSettings, type Settings } from '#platform/settings.ts'
import { openApp } from '#src/app.ts'
import { openDoors, SettingsError, StartError } from '#src/house-start.ts'

/** What has been opened, to be closed in turn, last first. */
const opened: (() => Promise<void>)[] = []
let stopping: Promise<void> | undefined

async function start(settings: Settings): Promise<void> {
  const doors = await openDoors(settings)
  opened.push(() => doors.stop())
  await migrate(doors.ownerUrl, doors.appPassword)
  const database = openDatabase(doors.appUrl, { connections: 20 })
  opened.push(() => database.close())
  const log = openLog(settings.logLevel)
  const demoClock = settings.mode === 'demo' ? await openDemoClock(database.pool) : undefined
  // Known before listening, unless the port is to be any free one: the demonstration's past has links too.
  let address = settings.publicUrl ?? (settings.port > 0 ? addressOn(settings.host, settings.port) : '')
  let queue: Queue | undefined
  const house: House = {
    mode: settings.mode,
    database,
    clock: demoClock ?? realClock,
    sessions: openSessions({
      pool: database.pool,
      // How long somebody is signed in is real time: moving the demo's clock signs nobody out.
      clock: realClock,
      secret: keyFor(settings.secret, 'sessions'),
      secretBefore: settings.secretBefore && keyFor(settings.secretBefore, 'sessions'),
      secure: settings.mode === 'production',
    }),
    tokens: openFormTokens(settings.secret),
    files: openFiles(folderStore(join(settings.dataDir, 'files'))),
    log,
    metrics: openMetrics(),
    secret: settings.secret,
    trustProxy: settings.trustProxy,
    metricsToken: settings.metricsToken,
    publicUrl: () => address,
    wakeWorker: () => queue?.wake(),
  }
  const senders =
    settings.smtpUrl === undefined
      ? demoSenders
      : realSenders({ smtpUrl: settings.smtpUrl, mailFrom: settings.mailFrom })
  opened.push(async () => senders.close())
  const app = openApp(
    house,
    demoClock && {
      clock: demoClock,
      runDay: async slices => {
        await runDue(house, slices)
        await deliverWaiting(house, senders)
      },
    },
  )
  if (settings.mode === 'demo') {
    const { fillDemo } = await import('#demo/index.ts')
    await fillDemo(house, app.slices)
  }
  const listening = await listen(app.http.fetch, settings)
  opened.push(() => closeServer(listening.server))
  address = settings.publicUrl ?? addressOn(settings.host, listening.port)
  // The queue is not needed to answer pages: it opens while the first ones are read.
  queue = await openQueue({
    ownerUrl: doors.ownerUrl,
    house,
    slices: app.slices,
    senders,
    work: settings.workerHere,
  })
  const opening = queue
  opened.push(() => opening.stop())
  house.metrics.measure('queue_depth', 'Jobs waiting, by queue', 'queue', () => opening.depth())
  console.log(`Ready: ${address}`)
}

function addressOn(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

type Fetch = (request: Request, env: { source: string }) => Response | Promise<Response>

function listen(fetch: Fetch, settings: Settings): Promise<{ server: ServerType; port: number }> {
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch: (request, env) => {
          const incoming = (env as { incoming: { socket: { remoteAddress?: string } } }).incoming
          const forwarded = settings.trustProxy
            ? request.headers.get('x-forwarded-for')?.split(',').pop()?.trim()
            : undefined
          return fetch(request, { source: forwarded || (incoming.socket.remoteAddress ?? 'unknown') })
        },
        hostname: settings.host,
        port: settings.port,
      },
      info => resolve({ server, port: info.port }),
    )
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') {
        reject(
          new StartError(
            `Port ${settings.port} on ${settings.host} is taken. Stop the other program, or set PORT to a free one.`,
          ),
        )
      } else if (error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
        reject(
          new StartError(
            `Cannot listen on ${settings.host}:${settings.port} (${error.code}). Set HOST and PORT.`,
          ),
        )
      } else reject(error)
    })
  })
}

/** Lets running requests finish; a connection that only idles is closed at once. */
function closeServer(server: ServerType): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve())
    if ('closeIdleConnections' in server) server.closeIdleConnections()
    setTimeout(() => {
      if ('closeAllConnections' in server) server.closeAllConnections()
    }, 8_000).unref()
  })
}

async function stop(): Promise<void> {
  for (const close of opened.splice(0).reverse()) {
    await close().catch(error =>
      console.error(`While stopping: ${error instanceof Error ? error.message : error}`),
    )
  }
}

function leave(code: number): void {
  stopping ??= stop().finally(() => process.exit(code))
}

process.on('SIGINT', () => leave(0))
process.on('SIGTERM', () => leave(0))

try {
  await start(readSettings(process.env))
} catch (error) {
  const plain = error instanceof SettingsError || error instanceof StartError
  const full = (error as NodeJS.ErrnoException | undefined)?.code === 'ENOSPC'
  console.error(
    plain
      ? error.message
      : full
        ? 'The disk is full. Free some space and start again; nothing that was saved is lost.'
        : `Could not start: ${error instanceof Error ? (error.stack ?? error.message) : error}`,
  )
  leave(1)
}
