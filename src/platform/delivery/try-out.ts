import { createPublicKey } from 'node:crypto'
import { Resolver } from 'node:dns/promises'
import nodemailer from 'nodemailer'
import type SMTPTransport from 'nodemailer/lib/smtp-transport'
import { htmlOf } from '../mail/html.ts'
import { layoutOf, type Part, textOf } from '../mail/layout.ts'
import { type MailSettings, transportOptions } from './email.ts'

export interface TriedOut {
  readonly ok: boolean
  readonly words: readonly string[]
}

const patience = {
  connectionTimeout: 8_000,
  greetingTimeout: 8_000,
  socketTimeout: 12_000,
  dnsTimeout: 5_000,
}

/** Sends one e-mail for real and says in words what was seen, or what is wrong and where to put it right. */
export async function tryOutMail(
  settings: MailSettings,
  network: { readonly name: string; readonly shortName: string; readonly phone: string | null },
  to: { readonly name: string; readonly address: string },
): Promise<TriedOut> {
  const server = new URL(settings.smtpUrl)
  const transport = nodemailer.createTransport({
    ...transportOptions(settings),
    ...patience,
  } as SMTPTransport.Options)
  const parts: Part[] = [
    { kind: 'greeting', text: `Dear ${to.name}` },
    { kind: 'words', text: 'This is a test. E-mail of this service reaches you.' },
    { kind: 'words', text: 'If it lies among unwanted e-mail, tell whoever runs your mail server.' },
    { kind: 'from', text: network.phone ? `${network.name}\n${network.phone}` : network.name },
  ]
  const subject = `${network.shortName}: a test`
  try {
    await transport.sendMail({
      from: settings.mailFrom,
      to: to.address,
      subject,
      text: textOf(parts),
      html: htmlOf({ subject, body: textOf(parts) }, layoutOf(parts)),
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
  } catch (error) {
    return { ok: false, words: whatIsWrong(error, server, settings.mailFrom) }
  } finally {
    transport.close()
  }
  return {
    ok: true,
    words: [
      `${server.hostname} took a test e-mail for ${to.address}. Look into your mailbox.`,
      ...(await aboutSigning(settings)),
      ...(settings.bounceAddress
        ? []
        : ['BOUNCE_ADDRESS is not set. So we may not hear when an e-mail comes back.']),
    ],
  }
}

interface MailError {
  readonly code?: string
  readonly responseCode?: number
  readonly response?: string
  readonly command?: string
  readonly message?: string
  readonly cause?: { readonly code?: string }
}

/** What a mail server or the way to it answered, in words, with the setting that puts it right. */
function whatIsWrong(error: unknown, server: URL, mailFrom: string): string[] {
  const { code = '', responseCode = 0, response = '', command = '', message = '' } = error as MailError
  const at = `${server.hostname}, port ${server.port || (server.protocol === 'smtps:' ? 465 : 587)}`
  const said = response ? [`It said: ${response.replace(/\s+/g, ' ').slice(0, 200)}`] : []
  const all = `${code} ${message}`
  if (/EDNS|ENOTFOUND|EAI_AGAIN|getaddrinfo/.test(all)) {
    return [`There is no server called ${server.hostname}. Check the name in SMTP_URL.`]
  }
  if (/ECONNREFUSED/.test(all)) {
    return [`Nothing answers at ${at}. Check the port in SMTP_URL, and whether the mail server runs.`]
  }
  if (/certificate|altnames|self.signed/i.test(all)) {
    return [
      `${server.hostname} does not prove who it is: its certificate is not in order.`,
      `What we saw: ${message.slice(0, 200)}`,
    ]
  }
  if (/wrong version number|ETLS|SSL|TLS/i.test(all)) {
    return [
      `The safe connection to ${at} could not be made.`,
      'Use smtps:// in SMTP_URL for port 465, and smtp:// for the others.',
    ]
  }
  if (code === 'EAUTH' || command.startsWith('AUTH') || responseCode === 535 || responseCode === 530) {
    return [`${server.hostname} does not accept the name or the password in SMTP_URL.`, ...said]
  }
  if (/ETIMEDOUT|ETIMEOUT|timeout|never received/i.test(all)) {
    return [`${at} does not answer. Perhaps a firewall is between us.`]
  }
  if (command === 'MAIL FROM') {
    return [`${server.hostname} does not let us send as ${mailFrom}. Check MAIL_FROM.`, ...said]
  }
  if (responseCode >= 400 && responseCode < 500) {
    return [
      `${server.hostname} asks us to come back later. Many servers do so with somebody new.`,
      'Messages of this service are tried again by themselves. Try this test again in ten minutes.',
      ...said,
    ]
  }
  if (command === 'RCPT TO') {
    return [`${server.hostname} does not take e-mail for your address.`, ...said]
  }
  if (responseCode >= 500) return [`${server.hostname} did not take the e-mail.`, ...said]
  return [`${server.hostname} broke off. What we saw: ${message.slice(0, 200)}`]
}

/** Whether others can check our signature: the public key must stand in the DNS. */
async function aboutSigning({ dkim, mailFrom }: MailSettings): Promise<string[]> {
  if (!dkim) return ['It is not signed (DKIM). So it may lie among unwanted e-mail elsewhere.']
  const domain = /@([^\s>]+)/.exec(mailFrom)?.[1]?.toLowerCase() ?? ''
  const ours = dkim.domain.toLowerCase()
  if (domain !== ours && !domain.endsWith(`.${ours}`)) {
    return [`It is signed for ${dkim.domain}, but comes from ${domain}. Set DKIM_DOMAIN to ${domain}.`]
  }
  const place = `${dkim.selector}._domainkey.${dkim.domain}`
  try {
    const found = await new Resolver({ timeout: 2_000, tries: 1 }).resolveTxt(place)
    const key = createPublicKey(dkim.key).export({ type: 'spki', format: 'der' }).toString('base64')
    return found.some(each => each.join('').replace(/\s/g, '').includes(`p=${key}`))
      ? [`It is signed for ${dkim.domain}, and the key stands in the DNS.`]
      : [`It is signed, but at ${place} in the DNS stands another key.`]
  } catch {
    return [`It is signed for ${dkim.domain}, but we did not find the key in the DNS at ${place}.`]
  }
}
