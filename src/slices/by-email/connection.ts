import { ImapFlow } from 'imapflow'
import { z } from 'zod'
import { type Connection, type ConnectionSettings, isHere, type Tried } from '#platform/connections.ts'
import { text } from '#platform/form/fields.ts'

/** How a network's mailbox is reached, and how its mail server speaks. */
export interface MailInSettings extends ConnectionSettings {
  readonly host: string
  readonly port: string
  readonly security: 'tls' | 'starttls' | 'none'
  readonly user: string
  readonly password: string
  readonly folder: string
  readonly address: string
  readonly plus: 'yes' | 'no'
  readonly server: string
}

const fields = z
  .object({
    address: text('Enter the address', { max: 200, name: 'The address' }).refine(
      given => /^[^\s@<>"]+@[^\s@.]+(\.[^\s@.]+)+$/.test(given),
      { error: 'Enter an address like involve@example.nhs.uk' },
    ),
    plus: z.enum(['yes', 'no'], { error: 'Choose whether the mailbox takes addresses with a plus sign' }),
    host: text('Enter the name of the mail server', { max: 200, name: 'The name' }).refine(
      given => /^[a-z0-9.:[\]-]+$/i.test(given),
      { error: 'Enter a name like imap.example.nhs.uk' },
    ),
    port: z.string().regex(/^\d{1,5}$/, 'Enter the port, usually 993'),
    security: z.enum(['tls', 'starttls', 'none'], { error: 'Choose how the connection is kept safe' }),
    user: text('Enter the user name', { max: 200, name: 'The user name' }),
    password: text('Enter the password', { max: 300, name: 'The password' }),
    folder: text('Enter the folder, usually INBOX', { max: 100, name: 'The folder' }),
    server: z
      .string()
      .max(200)
      .optional()
      .transform(given => (given ?? '').trim()),
  })
  .superRefine(({ security, host }, context) => {
    if (security === 'none' && !isHere(host))
      context.addIssue({
        code: 'custom',
        path: ['security'],
        message: 'A password goes only over a safe connection. Choose one of the others',
      })
  })

const patience = 15_000

/** A connection that is not opened yet. */
export function clientFor(settings: MailInSettings): ImapFlow {
  const client = new ImapFlow({
    host: settings.host,
    port: Number(settings.port),
    secure: settings.security === 'tls',
    ...(settings.security === 'none' ? { doSTARTTLS: false } : {}),
    ...(settings.security === 'starttls' ? { doSTARTTLS: true } : {}),
    auth: { user: settings.user, pass: settings.password },
    logger: false,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: 5 * 60_000,
  })
  // What breaks is told by the call that waits for it.
  client.on('error', () => {})
  return client
}

/** What went wrong, in words, and who can put it right. */
export function troubleWith(error: unknown): string {
  const { code, authenticationFailed, message } = error as {
    code?: string
    authenticationFailed?: boolean
    message?: string
  }
  if (authenticationFailed) return 'The mail server does not take this user name and password.'
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'There is no mail server of this name.'
    case 'ECONNREFUSED':
      return 'Nothing answers at this port of the mail server.'
    case 'CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
    case 'GREETING_TIMEOUT':
      return 'The mail server does not answer. Perhaps a firewall is in between.'
  }
  if (/certificate|self.signed|altname/i.test(message ?? ''))
    return 'The mail server’s certificate is not in order.'
  return 'The connection to the mail server broke.'
}

/** The network's own mailbox: what comes in there is read here (REACH-2). */
export const mailInConnection: Connection<MailInSettings> = {
  kind: 'mail-in',
  title: 'E-mail that comes in',
  hint: 'Reads the network’s mailbox, so that people can answer by e-mail',
  says: [
    'What comes to this mailbox becomes an interest, a view, or the answer to one of our messages. What was read goes to the folder “Taken in”.',
    'Use a mailbox that is for this alone: everything in the folder is taken in.',
    'Without this, people sign in or ring. Your mail server can also hand e-mail over.',
  ],
  fields,
  ask: [
    { name: 'address', label: 'Address of the mailbox', hint: 'Like involve@example.nhs.uk.' },
    {
      name: 'plus',
      label: 'Does the mailbox take addresses with a plus sign?',
      hint: 'Like involve+anything@example.nhs.uk. With it we know surely which message is answered.',
      options: [
        { value: 'yes', label: 'Yes' },
        { value: 'no', label: 'No, or I do not know' },
      ],
    },
    { name: 'host', label: 'Name of the mail server', hint: 'For IMAP, like imap.example.nhs.uk.' },
    { name: 'port', label: 'Port', hint: 'Usually 993.' },
    {
      name: 'security',
      label: 'How is the connection kept safe?',
      options: [
        { value: 'tls', label: 'TLS from the start', hint: 'Usual, with port 993.' },
        { value: 'starttls', label: 'STARTTLS', hint: 'Usual with port 143.' },
        { value: 'none', label: 'Not at all', hint: 'Only for a mail server on the same machine.' },
      ],
    },
    { name: 'user', label: 'User name' },
    { name: 'password', label: 'Password', secret: true },
    { name: 'folder', label: 'Folder', hint: 'Usually INBOX.' },
    {
      name: 'server',
      label: 'Name in “Authentication-Results”',
      hint: 'The first word of that line in an e-mail that you got. Without it we cannot check who wrote an e-mail, and ask everybody first.',
    },
  ],
  testWords: 'Look into the mailbox',
  async test(house, _network, settings): Promise<Tried> {
    if (house.mode === 'demo' && !isHere(settings.host))
      return { ok: false, words: ['This is a demonstration: nothing goes out of it.'] }
    const client = clientFor(settings)
    try {
      await client.connect()
      const found = await client.status(settings.folder, { messages: true }).catch(() => false as const)
      if (!found) return { ok: false, words: [`There is no folder “${settings.folder}” in this mailbox.`] }
      return {
        ok: true,
        words: [
          `The mailbox opens. There ${found.messages === 1 ? 'is 1 e-mail' : `are ${found.messages ?? 0} e-mails`} in the folder.`,
          ...(settings.server
            ? []
            : ['Without the name in “Authentication-Results” we cannot check who wrote an e-mail.']),
        ],
      }
    } catch (error) {
      return { ok: false, words: [troubleWith(error)] }
    } finally {
      client.close()
    }
  },
}
