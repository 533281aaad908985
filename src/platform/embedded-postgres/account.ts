import { readFileSync, type Stats, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { StartError } from './start-error.ts'

/** How PostgreSQL's programs are run: as this process, or, since PostgreSQL refuses root, as somebody else. */
export interface Account {
  /** Whose PostgreSQL's files are; undefined when they are simply ours. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined
  /** The command with which a program is started, and the account to start it as. */
  command(
    program: string,
    args: readonly string[],
  ): { file: string; args: readonly string[]; uid?: number; gid?: number }
}

/**
 * @param cluster where the data lies or will lie
 * @param programs what has to be run
 */
export function accountFor(cluster: string, programs: readonly string[]): Account {
  if (process.getuid?.() !== 0) {
    return { owner: undefined, command: (file, args) => ({ file, args }) }
  }
  const owner = ownerBefore(cluster) ?? unprivileged()
  if ([dirname(cluster), ...programs].every(path => reaches(owner, path))) {
    return { owner, command: (file, args) => ({ file, args, ...owner }) }
  }
  // A folder on the way, often /root itself, lets only root through. The other account gets the one right to
  // walk past that, and nothing else of root's; no permission of a folder that is not ours is changed.
  const right = rightToPass()
  if (!right) {
    throw new StartError(
      `PostgreSQL does not run as root, and no other account can reach ${dirname(cluster)} and ${programs[0]}. Start as an ordinary user, or put both where everybody may pass.`,
    )
  }
  return {
    owner,
    command: (file, args) => ({
      file: 'setpriv',
      args: [
        `--reuid=${owner.uid}`,
        `--regid=${owner.gid}`,
        '--clear-groups',
        `--inh-caps=+${right}`,
        `--ambient-caps=+${right}`,
        // Without it access(2) would not count the right.
        '--securebits=+no_setuid_fixup',
        '--',
        file,
        ...args,
      ],
    }),
  }
}

/** Data that an ordinary account made stays that account's, even when root starts the next time. */
function ownerBefore(cluster: string): { uid: number; gid: number } | undefined {
  const found = stat(cluster)
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : undefined
}

/** initdb wants an account that has a name. */
function unprivileged(): { uid: number; gid: number } {
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map(line => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(each => Number.isInteger(each.uid) && each.uid > 0)
  const found =
    accounts.find(each => each.name === 'nobody') ??
    accounts.find(each => each.name === 'daemon') ??
    accounts[0]
  if (!found) {
    throw new StartError(
      'PostgreSQL does not run as root, and this machine has no other account. Make one and start as that.',
    )
  }
  return { uid: found.uid, gid: found.gid }
}

function reaches(who: { uid: number; gid: number }, path: string): boolean {
  const found = stat(path)
  if (found && !found.isDirectory() && !mayPass(who, found)) return false
  for (let folder = found?.isDirectory() ? path : dirname(path); ; folder = dirname(folder)) {
    const there = stat(folder)
    if (there && !mayPass(who, there)) return false
    if (folder === dirname(folder)) return true
  }
}

function mayPass(who: { uid: number; gid: number }, found: Stats): boolean {
  const bits = found.uid === who.uid ? 0o100 : found.gid === who.gid ? 0o010 : 0o001
  return (found.mode & bits) !== 0
}

/** The smaller of two rights that let a process through closed folders, if this root has one (containers take some). */
function rightToPass(): 'dac_read_search' | 'dac_override' | undefined {
  try {
    const status = readFileSync('/proc/self/status', 'utf8')
    const has = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? '0'}`)
    if (!stat('/usr/bin/setpriv') && !stat('/bin/setpriv')) return undefined
    if (has & (1n << 2n)) return 'dac_read_search'
    if (has & (1n << 1n)) return 'dac_override'
  } catch {
    // Not Linux.
  }
  return undefined
}

function stat(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}
