// First of all: React asks once, when it is first imported, whether somebody is developing.
import '#design/production.ts'

import { join } from 'node:path'
import { realClock } from '#platform/clock.ts'
import { openDatabase } from '#platform/database/connect.ts'
import { folderStore, openFiles } from '#platform/files.ts'
import { openFormTokens } from '#platform/form-token.ts'
import type { House } from '#platform/house.ts'
import { routeTable } from '#platform/http/route.ts'
import { openLog } from '#platform/log.ts'
import { openMetrics } from '#platform/metrics.ts'
import { openSessions } from '#platform/session.ts'
import { openApp } from '#src/app.ts'

/**
 * `npm run --silent routes`: method, path, who and what is audited of every route, the demo's doors included. The
 * house is put together but nobody lives in it: nothing connects to a database or writes to the disk.
 */
const secret = 'only to put the routes together: opens nothing'
const database = openDatabase('postgres://nobody@127.0.0.1:1/nothing')
const house: House = {
  mode: 'demo',
  database,
  clock: realClock,
  sessions: openSessions({ pool: database.pool, clock: realClock, secret, secure: false }),
  tokens: openFormTokens(secret),
  files: openFiles(folderStore(join('data', 'files'))),
  log: openLog('silent'),
  metrics: openMetrics(),
  secret,
  trustProxy: false,
  metricsToken: undefined,
  publicUrl: () => 'http://127.0.0.1',
  wakeWorker: () => {},
}
const clock = { ...realClock, moveTo: async () => false, refresh: async () => {} }
const { slices } = openApp(house, { clock, runDay: async () => {} })
const table = routeTable(slices).sort((a, b) => (`${a.path} ${a.method}` < `${b.path} ${b.method}` ? -1 : 1))
console.log(JSON.stringify(table, undefined, 2))
