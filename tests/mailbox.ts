import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import openImap from 'hoodiecrow-imap'
import { afterAll } from 'vitest'

/** A real mailbox behind a line that can be cut in the middle. */
export interface Mailbox {
  readonly port: number
  /** E-mail arrives. */
  arrives(raw: string): void
  /** The subjects in one folder. */
  inFolder(path: string): string[]
  /** The line breaks after the server has said so many bytes from now on; then after so many more, and so on. */
  breaksAfter(...bytes: number[]): void
  /** How often somebody connected. */
  connections(): number
  /** Bytes that the server said so far. */
  said(): number
}

export async function openMailbox(plugins = ['ID', 'UIDPLUS', 'MOVE', 'IDLE']): Promise<Mailbox> {
  const imap = openImap({
    plugins,
    storage: { INBOX: { messages: [] }, '': { separator: '/', folders: {} } },
  })
  await new Promise<void>(resolve => imap.listen(0, '127.0.0.1', resolve))
  const behind = (imap.server.address() as AddressInfo).port
  const open = new Set<Socket>()
  let left = Number.POSITIVE_INFINITY
  const breaks: number[] = []
  const next = () => breaks.shift() ?? Number.POSITIVE_INFINITY
  let count = 0
  let said = 0
  const line = createServer(caller => {
    count += 1
    const server = connect(behind, '127.0.0.1')
    const cut = () => {
      caller.destroy()
      server.destroy()
    }
    for (const each of [caller, server]) {
      open.add(each)
      each.on('error', cut)
      each.on('close', () => {
        open.delete(each)
        cut()
      })
    }
    caller.pipe(server)
    server.on('data', (piece: Buffer) => {
      said += piece.length
      left -= piece.length
      if (left < 0) {
        caller.write(piece.subarray(0, Math.max(0, piece.length + left)), cut)
        left = next()
      } else caller.write(piece)
    })
  })
  await new Promise<void>(resolve => line.listen(0, '127.0.0.1', resolve))
  afterAll(async () => {
    for (const each of open) each.destroy()
    await new Promise<void>(resolve => line.close(() => resolve()))
    await new Promise<void>(resolve => imap.close(() => resolve()))
  })
  return {
    port: (line.address() as AddressInfo).port,
    arrives: raw => imap.appendMessage('INBOX', [], undefined, raw),
    inFolder: path =>
      (imap.getMailbox(path)?.messages ?? []).map(each => /^Subject: (.*?)\r?$/m.exec(each.raw)?.[1] ?? ''),
    breaksAfter: (...bytes) => {
      breaks.push(...bytes)
      left = next()
    },
    connections: () => count,
    said: () => said,
  }
}
