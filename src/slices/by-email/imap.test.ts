import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { shutSecretOf } from '#platform/connections.ts'
import { type Mailbox, openMailbox } from '#tests/mailbox.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { mailInConnection } from './connection.ts'
import { type HowRead, readMailboxes, takenInFolder } from './imap.ts'

let ids = 0
const letter = (subject: string, more: { from?: string; body?: string; type?: string } = {}) =>
  [
    `From: ${more.from ?? `Person ${++ids} <person-${ids}@elsewhere.example>`}`,
    'To: involve@example.org',
    `Subject: ${subject}`,
    `Message-ID: <${subject.replace(/\W/g, '-')}-${++ids}@elsewhere.example>`,
    'Date: Tue, 09 Jun 2026 08:00:00 +0100',
    `Content-Type: ${more.type ?? 'text/plain; charset=utf-8'}`,
    '',
    more.body ?? 'I would like to take part.',
    '',
  ].join('\r\n')

const settingsOf = (mailbox: Mailbox, password = 'testpass') => ({
  address: 'involve@example.org',
  plus: 'yes' as const,
  host: '127.0.0.1',
  port: String(mailbox.port),
  security: 'none' as const,
  user: 'testuser',
  password,
  folder: 'INBOX',
  server: 'mx.example.org',
})

async function connect(network: TestNetwork, mailbox: Mailbox): Promise<void> {
  const { password, ...settings } = settingsOf(mailbox)
  const { house, id } = network
  await house.owner.query(
    `insert into connection (network_id, kind, settings, secrets, set_by_person_id, set_at) values ($1, 'mail-in', $2, $3, $4, now())`,
    [
      id,
      JSON.stringify(settings),
      JSON.stringify({ password: shutSecretOf(house.house, id, 'mail-in', 'password', password) }),
      network.administrator.id,
    ],
  )
}

const read = (network: TestNetwork, how: HowRead = {}) =>
  readMailboxes(network.house.house, () => network.house.app.slices, { everyMs: 300, ...how })

const subjects = async (network: TestNetwork): Promise<string[]> =>
  (
    await network.inNetwork(tx =>
      tx.selectFrom('application_mail').select('subject').orderBy('subject').execute(),
    )
  ).map(each => each.subject)

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  for (let n = 0; n < 400; n += 1) {
    if (await what()) return
    await wait(50)
  }
  throw new Error('it never came')
}

test('REACH-2 what comes to the mailbox is taken in and put away, at once, and reading stops cleanly', async () => {
  const network = await aNetwork()
  const mailbox = await openMailbox()
  await connect(network, mailbox)
  mailbox.arrives(letter('one'))
  const reading = read(network, { everyMs: 20_000 })
  await until(() => mailbox.inFolder(takenInFolder).length === 1)
  // The server tells of it by itself: nobody waits for the next round.
  mailbox.arrives(letter('two'))
  await until(() => mailbox.inFolder(takenInFolder).length === 2)
  expect(await subjects(network)).toEqual(['one', 'two'])
  expect(mailbox.inFolder('INBOX')).toEqual([])
  await reading.stop()
  mailbox.arrives(letter('three'))
  await wait(300)
  expect(await subjects(network)).toEqual(['one', 'two'])
})

test('REACH-2 the line breaks in the middle, again and again, at every place: each e-mail once, none lost', async () => {
  const network = await aNetwork()
  const mailbox = await openMailbox()
  await connect(network, mailbox)
  const all = Array.from({ length: 5 }, (_, n) => `letter ${n}`)
  for (const each of all) mailbox.arrives(letter(each, { body: 'I would like to take part. '.repeat(40) }))
  mailbox.breaksAfter(...Array.from({ length: 12 }, (_, n) => 100 + n * 310))
  const reading = read(network)
  await until(
    () => mailbox.inFolder('INBOX').length === 0 && mailbox.inFolder(takenInFolder).length === all.length,
  )
  await reading.stop()
  expect(mailbox.connections()).toBeGreaterThan(8)
  expect(await subjects(network)).toEqual(all)
  expect(mailbox.inFolder(takenInFolder).sort()).toEqual(all)
})

test('REACH-2 a crash between taking in and putting away: the same e-mail is known again', async () => {
  const network = await aNetwork()
  const mailbox = await openMailbox()
  await connect(network, mailbox)
  mailbox.arrives(letter('once'))
  let crashes = 2
  const reading = read(network, {
    afterTaking: async () => {
      if (crashes-- > 0) throw new Error('the power is gone')
    },
  })
  await until(() => mailbox.inFolder(takenInFolder).length === 1)
  await reading.stop()
  expect(await subjects(network)).toEqual(['once'])
  const told = await network.inNetwork(tx =>
    tx.selectFrom('message').select('id').where('kind', '=', 'registered').execute(),
  )
  expect(told).toHaveLength(1)
})

test('REACH-2 two workers: one of them reads, and the other takes over when it goes', async () => {
  const network = await aNetwork()
  const mailbox = await openMailbox()
  await connect(network, mailbox)
  const first = read(network)
  await until(() => mailbox.connections() === 1)
  const second = read(network)
  await wait(900)
  expect(mailbox.connections()).toBe(1)
  await first.stop()
  await until(() => mailbox.connections() === 2)
  mailbox.arrives(letter('after'))
  await until(() => mailbox.inFolder(takenInFolder).length === 1)
  await second.stop()
})

test('REACH-2 an e-mail of 60 MB is not fetched: who wrote it and its subject are kept, and its writer hears so', async () => {
  const network = await aNetwork()
  const mailbox = await openMailbox()
  await connect(network, mailbox)
  const from = await network.inNetwork(tx =>
    tx.selectFrom('person').select('email').where('id', '=', network.volunteer.id).executeTakeFirstOrThrow(),
  )
  mailbox.arrives(letter('huge', { from: `Vera <${from.email}>`, body: 'x'.repeat(60 * 1024 * 1024) }))
  mailbox.arrives(letter('small'))
  const before = mailbox.said()
  const reading = read(network)
  await until(() => mailbox.inFolder(takenInFolder).length === 2)
  await reading.stop()
  expect(mailbox.said() - before).toBeLessThan(1_000_000)
  const kept = await network.inNetwork(tx =>
    tx.selectFrom('application_mail').select(['subject', 'apart_because']).orderBy('subject').execute(),
  )
  expect(kept).toEqual([
    { subject: 'huge', apart_because: 'too-large' },
    { subject: 'small', apart_because: null },
  ])
  expect((await network.volunteer.wasTold()).map(each => each.kind)).toContain('mail-too-large')
})

// Of the shapes that mailparser's own tests know.
const malformed: Record<string, string> = {
  'no boundary that ends': letter('m1', {
    type: 'multipart/mixed; boundary="a"',
    body: '--a\r\nContent-Type: text/plain\r\n\r\nhello',
  }),
  'a boundary that is nowhere': letter('m2', { type: 'multipart/mixed; boundary="a"' }),
  'an unknown charset': letter('m3', { type: 'text/plain; charset=nothing-at-all', body: 'h\xe4llo' }),
  'broken base64': letter('m4', {
    type: 'text/plain\r\nContent-Transfer-Encoding: base64',
    body: '=?###$$$aGVsbG8',
  }),
  'broken quoted-printable': letter('m5', {
    type: 'text/plain\r\nContent-Transfer-Encoding: quoted-printable',
    body: '=ZZ=G1=\r\n=',
  }),
  'headers alone': 'From: a@elsewhere.example\r\nSubject: m6\r\nMessage-ID: <m6@x>\r\n\r\n',
  'no headers': '\r\nm7 only words',
  'a header without a colon': `Nonsense\r\n${letter('m8')}`,
  'parts in parts in parts': letter('m9', {
    type: 'multipart/mixed; boundary="b0"',
    body: Array.from(
      { length: 80 },
      (_, n) => `--b${n}\r\nContent-Type: multipart/mixed; boundary="b${n + 1}"\r\n\r\n`,
    ).join(''),
  }),
  'an attachment without a name': letter('m10', {
    type: 'multipart/mixed; boundary="a"',
    body: '--a\r\nContent-Disposition: attachment\r\n\r\nxx\r\n--a--',
  }),
  'a broken encoded word': letter('=?utf-8?Q?m11=ZZ?='),
  'two senders': letter('m12', { from: 'a@elsewhere.example, b@elsewhere.example' }),
  'an e-mail in an e-mail': letter('m13', { type: 'message/rfc822', body: letter('inner') }),
  'a calendar that is none': letter('m14', { type: 'text/calendar; method=REPLY', body: 'BEGIN:VCALENDAR' }),
  'a null byte': letter('m15', { body: 'a\u0000b' }),
  'html that never ends': letter('m16', { type: 'text/html', body: '<div><table><tr><td>hello <b' }),
}

test('REACH-2 however an e-mail is malformed, it is kept as it came, once, and the others behind it come too', async () => {
  const network = await aNetwork()
  const mailbox = await openMailbox()
  await connect(network, mailbox)
  for (const raw of Object.values(malformed)) mailbox.arrives(raw)
  mailbox.arrives(letter('the last one'))
  const reading = read(network)
  await until(() => mailbox.inFolder('INBOX').length === 0)
  await reading.stop()
  expect(mailbox.inFolder(takenInFolder)).toHaveLength(Object.keys(malformed).length + 1)
  const kept = await network.inNetwork(tx => tx.selectFrom('application_mail').select('id').execute())
  expect(kept).toHaveLength(Object.keys(malformed).length + 1)
  const originals = await network.inNetwork(tx =>
    tx
      .selectFrom('stored_file')
      .select('id')
      .where('type', '=', 'message/rfc822')
      .where('name', '=', 'e-mail.eml')
      .execute(),
  )
  expect(originals).toHaveLength(kept.length)
})

test('REACH-2 a mailbox in which nothing can be moved is read, too, and each e-mail once', async () => {
  const network = await aNetwork()
  const mailbox = await openMailbox(['ID', 'IDLE'])
  await connect(network, mailbox)
  mailbox.arrives(letter('one'))
  const reading = read(network)
  await until(async () => (await subjects(network)).length === 1)
  mailbox.arrives(letter('two'))
  await until(async () => (await subjects(network)).length === 2)
  await reading.stop()
})

test('REACH-2 the page of the connection tries it for real and says what is wrong', async () => {
  const network = await aNetwork()
  const mailbox = await openMailbox()
  const entry = { id: network.id } as never
  const nobody = { name: 'Ada', email: null, phone: null }
  const tries = (settings: ReturnType<typeof settingsOf>) =>
    mailInConnection.test(network.house.house, entry, settings as never, nobody)
  expect((await tries(settingsOf(mailbox))).ok).toBe(true)
  expect((await tries(settingsOf(mailbox, 'wrong'))).words).toEqual([
    'The mail server does not take this user name and password.',
  ])
  expect((await tries({ ...settingsOf(mailbox), folder: 'Nowhere' })).words).toEqual([
    'There is no folder “Nowhere” in this mailbox.',
  ])
  expect((await tries({ ...settingsOf(mailbox), port: '1' })).words).toEqual([
    'Nothing answers at this port of the mail server.',
  ])
  expect((await tries({ ...settingsOf(mailbox), host: 'imap.example.org' })).words).toEqual([
    'This is a demonstration: nothing goes out of it.',
  ])
})
