import { deserialize, serialize } from 'node:v8'
import type { Task } from './index.ts'
import { makePack } from './pack-pdf.ts'
import { readPdf } from './pdf-text.ts'
import { readWord } from './word-text.ts'

// Runs apart from the service, started by index.ts: what it is given comes in, what it made goes out, and nothing else.

// A library's own words must not mix with the answer.
for (const name of ['log', 'info', 'warn', 'debug'] as const) console[name] = () => {}

const parts: Uint8Array[] = []
for await (const part of process.stdin) parts.push(part as Uint8Array)
const task = deserialize(Buffer.concat(parts)) as Task
process.stdout.write(serialize(await work(task)))

async function work(given: Task): Promise<unknown> {
  switch (given.task) {
    case 'text':
      return await (given.type === 'application/pdf' ? readPdf(given.bytes) : readWord(given.bytes))
    case 'pack':
      return await makePack(given.given)
  }
}
