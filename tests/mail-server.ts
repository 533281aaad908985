import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterAll } from 'vitest'

/** A real mail server that keeps what it took; made to refuse, to die, or to do something after it took a message. */
export interface MailServer {
  readonly url: string
  readonly took: ParsedMail[]
  /** The same, byte for byte, with who it was from and for on the envelope. */
  readonly raw: { bytes: Buffer; from: string; to: string[]; at: number }[]
  /** What it says to the next messages instead of taking them; undefined takes them. */
  refusal: string | undefined
  /** What it says to one recipient: "550 5.1.1 no such mailbox"; undefined takes it. */
  atRecipient: ((address: string) => string | undefined) | undefined
  /** After a message was taken, before the sender hears of it. */
  afterTaking: (() => Promise<void>) | undefined
  /** The connection dies after a message was taken: the sender never hears of it. */
  diesAfterTaking: boolean
  close(): Promise<void>
}

/** "550 5.1.1 no such mailbox" as what the server answers. */
const saying = (answer: string): Error =>
  Object.assign(new Error(answer.replace(/^\d{3} /, '')), { responseCode: Number(answer.slice(0, 3)) })

export async function openMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const took: ParsedMail[] = []
  const raw: MailServer['raw'] = []
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    closeTimeout: 100,
    onRcptTo({ address }, _session, done) {
      const answer = server.atRecipient?.(address)
      done(answer ? saying(answer) : null)
    },
    onData(stream, session, done) {
      const pieces: Buffer[] = []
      stream.on('data', (piece: Buffer) => void pieces.push(piece))
      stream.on('error', done)
      stream.on('end', () => {
        const bytes = Buffer.concat(pieces)
        simpleParser(bytes)
          .then(async mail => {
            if (server.refusal) {
              done(Object.assign(new Error(server.refusal), { responseCode: 451 }))
              return
            }
            took.push(mail)
            raw.push({
              bytes,
              from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
              to: session.envelope.rcptTo.map(each => each.address),
              at: performance.now(),
            })
            await server.afterTaking?.()
            if (server.diesAfterTaking) {
              for (const connection of smtp.connections) connection.close()
              return
            }
            done()
          })
          .catch(done)
      })
    },
    ...options,
  })
  smtp.on('error', () => {})
  await new Promise<void>(resolve => smtp.listen(0, '127.0.0.1', () => resolve()))
  const address = smtp.server.address()
  const server: MailServer = {
    url: `smtp://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    took,
    raw,
    refusal: undefined,
    atRecipient: undefined,
    afterTaking: undefined,
    diesAfterTaking: false,
    close: () => new Promise<void>(resolve => smtp.close(() => resolve())),
  }
  afterAll(() => server.close())
  return server
}
