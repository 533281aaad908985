import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { afterAll } from 'vitest'

/** A real mail server that keeps what it took; made to refuse, or to do something after it took a message. */
export interface MailServer {
  readonly url: string
  readonly took: ParsedMail[]
  /** What it says to the next messages instead of taking them; undefined takes them. */
  refusal: string | undefined
  /** After a message was taken, before the sender hears of it. */
  afterTaking: (() => Promise<void>) | undefined
}

export async function openMailServer(): Promise<MailServer> {
  const took: ParsedMail[] = []
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, _session, done) {
      simpleParser(stream)
        .then(async mail => {
          if (server.refusal) {
            done(Object.assign(new Error(server.refusal), { responseCode: 451 }))
            return
          }
          took.push(mail)
          await server.afterTaking?.()
          done()
        })
        .catch(done)
    },
  })
  smtp.on('error', () => {})
  await new Promise<void>(resolve => smtp.listen(0, '127.0.0.1', () => resolve()))
  const address = smtp.server.address()
  const server: MailServer = {
    url: `smtp://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    took,
    refusal: undefined,
    afterTaking: undefined,
  }
  afterAll(() => new Promise<void>(resolve => smtp.close(() => resolve())))
  return server
}
