import { execFileSync, spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { Account } from './account.ts'

/** What PostgreSQL writes about itself into `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
}

/** The server that runs on this cluster, whoever started it. */
export function runningOn(cluster: string): Postmaster | undefined {
  const file = readPidFile(cluster)
  return file && isAlive(file.pid) && isPostmasterOf(file.pid, cluster) ? file : undefined
}

/**
 * A crash or a copied folder leaves a pid file whose number may belong to any program by now, and PostgreSQL would
 * then refuse to start. One that names a dead process PostgreSQL clears away by itself.
 */
export function clearStalePidFile(cluster: string): void {
  const file = readPidFile(cluster)
  if (file && isAlive(file.pid) && !isPostmasterOf(file.pid, cluster)) {
    rmSync(join(cluster, 'postmaster.pid'), { force: true })
  }
}

function readPidFile(cluster: string): Postmaster | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    const [pid, port] = [Number(lines[0]), Number(lines[3])]
    return pid > 0 ? { pid, port: Math.max(port, 0) || 0 } : undefined
  } catch {
    return undefined
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Killed, and nobody has asked how it ended: in a container whose first process does not care. */
function isZombie(pid: number): boolean {
  try {
    return /^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

function isPostmasterOf(pid: number, cluster: string): boolean {
  if (existsSync('/proc/self/cwd')) {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster)
    } catch {
      return false
    }
  }
  try {
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).includes(cluster)
  } catch {
    return false
  }
}

export interface Spawned {
  readonly pid: number | undefined
  /** True as soon as it has ended. */
  ended(): boolean
  /** What it wrote since it was started. */
  said(): string
}

export async function spawnPostmaster(options: {
  folder: string
  cluster: string
  postgres: string
  account: Account
  port: number
  forTests: boolean
}): Promise<Spawned> {
  const logPath = join(options.folder, 'log')
  const long = existsSync(logPath) && statSync(logPath).size > 5_000_000
  const before = existsSync(logPath) && !long ? statSync(logPath).size : 0
  const log = openSync(logPath, long ? 'w' : 'a', 0o600)
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    // What people write stays out of the server's log, also when a statement fails.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_parameter_max_length_on_error: '0',
    ...(options.forTests ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  }
  const { file, args, ...as } = options.account.command(options.postgres, [
    ...['-D', options.cluster, '-p', String(options.port)],
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ])
  let ended = false
  let failure = ''
  // A group of its own: Ctrl-C in the terminal reaches the product, which finishes its requests first.
  const child = spawn(file, args, { ...as, stdio: ['ignore', log, log], detached: true })
  child.on('error', error => {
    failure = String(error)
    ended = true
  })
  child.on('exit', () => {
    ended = true
  })
  child.unref()
  closeSync(log)
  return {
    pid: child.pid,
    ended: () => ended,
    said: () => failure + readFileSync(logPath, 'utf8').slice(before),
  }
}

/** Asks it to end quickly and cleanly (a "fast shutdown"), and waits. @returns false when it still runs */
export async function stopPostmaster(cluster: string): Promise<boolean> {
  const running = runningOn(cluster)
  if (!running) return true
  const signal = (name: NodeJS.Signals) => {
    try {
      process.kill(running.pid, name)
    } catch {
      // It has just ended.
    }
  }
  signal('SIGINT')
  for (let tries = 0; tries < 1_200; tries++) {
    if (!isAlive(running.pid)) return true
    // After half a minute it is told to stop at once: what was committed is in the log and comes back.
    if (tries === 1_000) signal('SIGQUIT')
    await new Promise(resolve => setTimeout(resolve, 30))
  }
  return false
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
