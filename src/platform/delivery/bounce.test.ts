import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readBounce } from './bounce.ts'
import { refusalOf, refusalOfStatus } from './refusal.ts'

const bytes = (text: string) => new TextEncoder().encode(text.replace(/\n/g, '\r\n'))

interface Report {
  to?: string
  status?: string
  action?: string
  diagnostic?: string
  recipient?: string
  original?: string
  more?: string
}

const report = (given: Report = {}) =>
  bytes(`Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example.net>
To: ${given.to ?? 'loop@first.example.org'}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="edge"

--edge
Content-Type: text/plain

I am sorry to have to inform you.

--edge
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
Arrival-Date: Tue, 9 Jun 2026 10:00:00 +0100

Final-Recipient: rfc822; ${given.recipient ?? 'vera@example.org'}
Action: ${given.action ?? 'failed'}
Status: ${given.status ?? '5.1.1'}
Diagnostic-Code: smtp; ${given.diagnostic ?? '550 5.1.1 <vera@example.org>: Recipient\n address rejected'}
${given.more ?? ''}
--edge
Content-Type: ${given.original === undefined ? 'text/plain' : 'text/rfc822-headers'}

${given.original ?? ''}
--edge--
`)

describe('REACH-1 what comes back', () => {
  test('REACH-1 a report says what became of it, for whom, and of which message', async () => {
    const id = `<${'ab'.repeat(20)}@first.example.org>`
    const read = await readBounce(
      report({
        to: 'bounces+1.17.00000000000000000000@first.example.org',
        original: `From: loop@first.example.org\nMessage-ID: ${id}\nSubject: First: news`,
      }),
    )
    expect(read).toMatchObject({
      what: 'failed',
      status: '5.1.1',
      recipients: ['vera@example.org'],
      messageId: id,
      prose: false,
      refusal: { trouble: 'address', words: 'There is no such mailbox.' },
    })
    expect(read!.to).toContain('bounces+1.17.00000000000000000000@first.example.org')
  })

  test('REACH-1 the whole message may come back, folded and encoded', async () => {
    const id = `<${'cd'.repeat(20)}@first.example.org>`
    const text = new TextDecoder().decode(report({ original: `Message-ID:\n ${id}\nSubject: x\n\nbody` }))
    const whole = bytes(text.replaceAll('\r\n', '\n').replace('text/rfc822-headers', 'message/rfc822'))
    expect((await readBounce(whole))?.messageId).toBe(id)
  })

  test.each([
    [{ status: '4.4.7', action: 'failed' }, 'failed', 'message'],
    [{ status: '4.2.2', action: 'failed' }, 'failed', 'address'],
    [{ status: '5.0.0', diagnostic: 'smtp; 550 5.2.1 disabled' }, 'failed', 'address'],
    [{ status: '5.7.1', diagnostic: 'spam' }, 'failed', 'message'],
    [{ status: '4.4.1', action: 'delayed' }, 'delayed', 'later'],
    [{ status: '2.0.0', action: 'relayed' }, 'arrived', 'message'],
    [{ status: '2.1.5', action: 'delivered' }, 'arrived', 'address'],
    [{ status: 'nonsense' }, 'failed', 'message'],
  ] as const)('REACH-1 a report like %j is %s', async (given, what, trouble) => {
    const read = await readBounce(report(given))
    expect(read?.what).toBe(what)
    if (what !== 'arrived') expect(read?.refusal.trouble).toBe(trouble)
  })

  test('REACH-1 of several for whom it was, the one that failed counts', async () => {
    const more = '\nFinal-Recipient: rfc822; other@example.org\nAction: delivered\nStatus: 2.0.0\n'
    expect(await readBounce(report({ more }))).toMatchObject({
      what: 'failed',
      recipients: ['vera@example.org'],
    })
  })

  test('REACH-1 an answer of somebody, or of a program that is away until Monday, is no report', async () => {
    for (const [from, extra] of [
      ['vera@example.org', ''],
      ['vera@example.org', 'Auto-Submitted: auto-replied\n'],
      ['postmaster@example.org', ''],
    ]) {
      const letter = `From: ${from}\nTo: bounces+1.17.00000000000000000000@first.example.org\nSubject: Out of office\n${extra}\nI am away until Monday.\n`
      expect(await readBounce(bytes(letter)), from).toBeUndefined()
    }
  })

  test('REACH-1 a letter of an old mail server counts as one for the address alone', async () => {
    const letter = `From: MAILER-DAEMON@old.example.net\nTo: x@first.example.org\nSubject: failure notice\n\nHi. This is the qmail-send program.\n<vera@example.org>:\n550 5.1.1 no mailbox here (#5.1.1)\n`
    expect(await readBounce(bytes(letter))).toMatchObject({ what: 'failed', prose: true, status: '5.1.1' })
  })

  test('REACH-1 whatever bytes come in, they are read or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.string(), async (junk, text) => {
        await readBounce(junk)
        await readBounce(report({ status: text.replace(/[\r\n]/g, ' '), diagnostic: text }))
      }),
      { numRuns: 30 },
    )
  })

  test.each([
    ['550 5.1.1 No such user', 550, 'RCPT TO', 'address'],
    ['550 No such user', 550, 'RCPT TO', 'address'],
    ['552 5.2.2 over quota', 552, 'RCPT TO', 'address'],
    ['552 5.2.2 over quota', 552, 'DATA', 'address'],
    ['554 5.6.0 cannot read', 554, 'DATA', 'message'],
    ['554 Transaction failed', 554, 'DATA', 'message'],
    ['550 5.7.1 relaying denied', 550, 'RCPT TO', 'later'],
    ['550 blocked as spam', 550, 'DATA', 'later'],
    ['553 5.1.8 sender domain unknown', 553, 'RCPT TO', 'later'],
    ['550 5.1.0 sender refused', 550, 'MAIL FROM', 'later'],
    ['535 5.7.8 bad password', 535, 'AUTH PLAIN', 'later'],
    ['451 4.7.1 greylisted', 451, 'RCPT TO', 'later'],
    ['', undefined, 'CONN', 'later'],
  ] as const)('REACH-1 “%s” is the trouble of: %4$s', (response, responseCode, command, trouble) => {
    expect(refusalOf({ response, responseCode, command }).trouble).toBe(trouble)
  })

  test('REACH-1 each word about an address is plain and holds no address', () => {
    for (const status of [
      '5.1.1',
      '5.1.2',
      '5.2.1',
      '5.2.2',
      '5.3.4',
      '5.4.4',
      '5.4.7',
      '5.6.1',
      '5.7.1',
      '5.9.9',
      '',
    ])
      expect(refusalOfStatus(status).words).toMatch(/^[A-Z][^@]{10,60}\.$/)
  })
})
