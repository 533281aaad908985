import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** A program of the house as a process of its own, as `npm start` and the others run it. */
export interface Program {
  readonly child: ChildProcess
  /** What it wrote to standard output and standard error. */
  readonly out: () => string
  readonly err: () => string
  /** The address of its last line; throws with what it said when it ends before. */
  ready(): Promise<string>
  ended(): Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

const running = new Set<ChildProcess>()

export function begin(
  script: string,
  settings: Record<string, string>,
  options: { as?: Account; before?: readonly string[] } = {},
): Program {
  const [file = '', ...args] = [...(options.before ?? []), process.execPath, '--import', 'tsx', script]
  const child = spawn(file, args, {
    // The test runner has a MODE of its own: only what a shell would have is handed on.
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options.as,
  })
  running.add(child)
  let [out, err] = ['', '']
  child.stdout!.on('data', part => {
    out += part
  })
  child.stderr!.on('data', part => {
    err += part
  })
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>(resolve =>
    child.on('close', (code, signal) => {
      running.delete(child)
      resolve({ code, signal })
    }),
  )
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout!.on('data', () => {
      const found = /^Ready: (.+)$/m.exec(out)
      if (found) resolve(found[1]!)
    })
    child.on('close', () => reject(new Error(`${script} ended before it was ready: ${out}${err}`)))
  })
  ready.catch(() => {})
  return { child, out: () => out, err: () => err, ready: () => ready, ended: () => ended }
}

export interface Account {
  readonly uid: number
  readonly gid: number
}

/** An ordinary account for a process, when we are root and it can read this folder; else undefined. */
export function ordinaryAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const account = { uid: 65534, gid: 65534 }
  const reads = spawnSync(process.execPath, ['--import', 'tsx', '-e', 'console.log("yes")'], {
    ...account,
    env: { PATH: process.env.PATH },
    encoding: 'utf8',
  })
  return reads.stdout?.trim() === 'yes' ? account : undefined
}

/** A folder of the file's own for DATA_DIR, closed to everybody but its owner; gone afterwards with what runs in it. */
export function ownFolder(as?: Account): string {
  const folder = mkdtempSync(join(tmpdir(), 'loop-life-'))
  chmodSync(folder, 0o700)
  if (as) chownSync(folder, as.uid, as.gid)
  afterAll(() => {
    for (const child of running) child.kill('SIGKILL')
    const postmaster = postmasterIn(folder)
    if (postmaster) end(postmaster, 'SIGQUIT')
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  })
  return folder
}

/** The process id of the embedded PostgreSQL of this DATA_DIR. */
export function postmasterIn(dataDir: string): number | undefined {
  try {
    return Number(readFileSync(join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return undefined
  }
}

export function end(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It is gone already.
  }
}

export { isAlive as isThere } from '#platform/embedded-postgres/postmaster.ts'
