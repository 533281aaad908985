/** A real IMAP server that keeps its mailbox in memory. */
declare module 'hoodiecrow-imap' {
  import type { Server } from 'node:net'

  interface Message {
    uid: number
    flags: string[]
    raw: string
  }
  interface Imap {
    readonly server: Server
    listen(port: number, host: string, done: () => void): void
    close(done?: () => void): void
    getMailbox(path: string): { messages: Message[] } | undefined
    appendMessage(mailbox: string, flags: string[], date: Date | undefined, raw: string): void
  }
  export default function open(options: { plugins?: string[]; storage?: object }): Imap
}
