import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../folder.ts'
import type { Account } from './account.ts'
import { isAlive } from './postmaster.ts'
import { StartError, startErrorFrom } from './start-error.ts'

/** The folder of the embedded server: `cluster` is whole or not there, `password` is the owner's. */
export async function makeCluster(options: {
  folder: string
  cluster: string
  initdb: string
  account: Account
  forTests: boolean
}): Promise<{ password: string }> {
  const { folder, cluster, account } = options
  try {
    makeFolder(folder, 0o700)
    if (account.owner) chownSync(folder, account.owner.uid, account.owner.gid)
    const password = passwordIn(folder)
    if (!existsSync(cluster)) await initialise(options, password)
    return { password }
  } catch (error) {
    if (error instanceof StartError) throw error
    throw startErrorFrom(String(error), folder)
  }
}

/** Made apart and put in place when it is whole: what was interrupted is never taken for a database. */
async function initialise(
  options: { folder: string; cluster: string; initdb: string; account: Account; forTests: boolean },
  password: string,
): Promise<void> {
  const { folder, cluster, account } = options
  removeHalves(folder)
  const half = join(folder, `half-${process.pid}-${randomBytes(3).toString('hex')}`)
  const passwordFile = `${half}-password`
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (account.owner) chownSync(passwordFile, account.owner.uid, account.owner.gid)
  const sync = options.forTests ? ['--no-sync'] : process.platform === 'linux' ? ['--sync-method=syncfs'] : []
  try {
    await run(
      account.command(options.initdb, [
        ...['-D', half, '-U', 'owner', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8'],
        // Letters of all languages are letters, whatever the machine's locale is; sorting is the same everywhere.
        ...['--no-locale', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', ...sync],
      ]),
      folder,
    )
    renameSync(half, cluster)
  } catch (error) {
    // Another process that started at the same moment was first: its cluster is as good.
    if (!existsSync(cluster)) throw error
  } finally {
    rmSync(half, { recursive: true, force: true })
    rmSync(passwordFile, { force: true })
  }
}

function removeHalves(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = /^half-(\d+)-/.exec(name)?.[1]
    if (pid && !isAlive(Number(pid))) rmSync(join(folder, name), { recursive: true, force: true })
  }
}

/** One password, whoever comes first. */
function passwordIn(folder: string): string {
  const path = join(folder, 'password')
  if (!existsSync(path)) {
    const made = `${path}-${process.pid}`
    writeFileSync(made, randomBytes(24).toString('base64url'), { mode: 0o600, flush: true })
    try {
      linkSync(made, path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    } finally {
      rmSync(made, { force: true })
    }
  }
  chmodSync(path, 0o600)
  return readFileSync(path, 'utf8')
}

function run(
  command: { file: string; args: readonly string[]; uid?: number; gid?: number },
  folder: string,
): Promise<void> {
  const { file, args, ...as } = command
  return new Promise((resolve, reject) => {
    // In the middle of it a Ctrl-C must not leave a half: a group of its own, and we wait.
    const child = spawn(file, args, { ...as, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
    let said = ''
    child.stdout.on('data', part => {
      said += part
    })
    child.stderr.on('data', part => {
      said += part
    })
    child.on('error', error => reject(startErrorFrom(String(error), folder)))
    child.on('close', code => (code === 0 ? resolve() : reject(startErrorFrom(said, folder))))
  })
}
