import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { deserialize, serialize } from 'node:v8'
import type { ReadText } from '../text.ts'
import type { PackGiven } from './pack-pdf.ts'

export type { PackGiven }

/** What is done in a process of its own, because a file from outside may be made to harm. */
export type Task =
  | { readonly task: 'text'; readonly type: string; readonly bytes: Uint8Array }
  | { readonly task: 'pack'; readonly given: PackGiven }

interface Limits {
  readonly seconds: number
  readonly megabytes: number
}

const ofText: Limits = { seconds: 60, megabytes: 768 }
const ofPack: Limits = { seconds: 180, megabytes: 1536 }
const child = fileURLToPath(new URL('./child.ts', import.meta.url))

/** A file's text. Whatever the file does to its reader, the answer is a value: the service stays up. */
export async function readText(type: string, bytes: Uint8Array, limits: Limits = ofText): Promise<ReadText> {
  const read = (await apart({ task: 'text', type, bytes }, limits)) as ReadText | Stopped
  return typeof read === 'string'
    ? { state: read === 'broke' ? 'broken' : 'too-large', pages: null, blocks: [] }
    : read
}

/** A pack; when a file stops it, once more with the papers' texts alone. */
export async function makePackApart(
  given: PackGiven,
  limits: Limits = ofPack,
): Promise<Uint8Array | undefined> {
  const whole = await apart({ task: 'pack', given }, limits)
  if (whole instanceof Uint8Array) return whole
  const texts = { ...given, papers: given.papers.map(each => ({ ...each, pdf: undefined })) }
  const plain = await apart({ task: 'pack', given: texts }, ofPack)
  return plain instanceof Uint8Array ? plain : undefined
}
/** It took too long or too much room, or it broke. */
type Stopped = 'too-much' | 'broke'

/** One process for one task, without our settings, with an end to its time and its memory. */
function apart(task: Task, limits: Limits): Promise<unknown | Stopped> {
  return new Promise(answer => {
    const process_ = spawn(
      process.execPath,
      [
        `--max-old-space-size=${Math.round(limits.megabytes / 2)}`,
        '--permission',
        '--allow-fs-read=*',
        '--no-warnings',
        child,
      ],
      { env: {}, stdio: ['pipe', 'pipe', 'ignore'] },
    )
    let stopped = false
    const stop = () => {
      stopped = true
      process_.kill('SIGKILL')
    }
    const tooLong = setTimeout(stop, limits.seconds * 1000)
    const tooLarge = setInterval(() => {
      if (megabytesOf(process_.pid) > limits.megabytes) stop()
    }, 200)
    const out: Buffer[] = []
    process_.stdout.on('data', (part: Buffer) => out.push(part))
    // It may end before it has read all: that is told by its end.
    process_.stdin.on('error', () => {})
    process_.on('error', () => {})
    process_.on('close', code => {
      clearTimeout(tooLong)
      clearInterval(tooLarge)
      // Out of its own memory it ends by a signal, or with one of these.
      if (stopped || code === null || code === 134 || code === 137) return answer('too-much')
      if (code !== 0) return answer('broke')
      try {
        answer(deserialize(Buffer.concat(out)))
      } catch {
        answer('broke')
      }
    })
    process_.stdin.end(serialize(task))
  })
}

/** What it holds in memory, outside JavaScript's own too; 0 where the system does not tell. */
function megabytesOf(pid: number | undefined): number {
  try {
    return (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096) / 1_000_000
  } catch {
    return 0
  }
}
