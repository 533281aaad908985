import { createHash, generateKeyPairSync, verify } from 'node:crypto'
import * as cheerio from 'cheerio'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { cameBackNow } from '#platform/delivery/came-back.ts'
import { deliverWaiting } from '#platform/delivery/deliver.ts'
import { CameBack } from '#platform/delivery/refusal.ts'
import { realSenders, type Senders } from '#platform/delivery/senders.ts'
import { doingOf } from '#platform/doing.ts'
import { htmlOf } from '#platform/mail/html.ts'
import { layoutOf, readLayout, textOf } from '#platform/mail/layout.ts'
import { mailNames } from '#platform/mail/names.ts'
import { readSignedAddress } from '#platform/mail/signed-address.ts'
import type { Telling } from '#platform/outbox.ts'
import { sealWith } from '#platform/seal.ts'
import { readSettings } from '#platform/settings.ts'
import { openDemoHouse, openTestHouse, testNow } from './house.ts'
import { type MailServer, openMailServer } from './mail-server.ts'
import { aNetwork, type Someone, type TestNetwork } from './network.ts'
import { testSecret } from './postgres.ts'

const mailFrom = 'First Network <loop@first.example.org>'
const dkimKey = generateKeyPairSync('rsa', { modulusLength: 2048 })

let mail: MailServer
let senders: Senders
let network: TestNetwork
let counter = 0

const sendersFor = (server: MailServer, more: Partial<Parameters<typeof realSenders>[0]> = {}) =>
  realSenders({
    smtpUrl: server.url,
    mailFrom,
    secret: testSecret,
    bounceAddress: 'bounces@first.example.org',
    dkim: {
      domain: 'first.example.org',
      selector: 'loop',
      key: dkimKey.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
    ...more,
  })

beforeAll(async () => {
  mail = await openMailServer()
  senders = sendersFor(mail)
  network = await aNetwork(await openTestHouse({ senders }))
})

afterEach(() => {
  mail.took.length = 0
  mail.raw.length = 0
  mail.refusal = undefined
  mail.atRecipient = undefined
  mail.diesAfterTaking = false
  network.house.clock.set(testNow)
})

const deliver = (with_ = senders) => deliverWaiting(network.house.house, with_)

async function tells(person: Someone, more: Partial<Telling> = {}): Promise<void> {
  const { house } = network.house
  const entered = { slug: network.slug, accountId: undefined, today: house.clock.today() }
  await house.database.enter(entered, async (tx, entry) => {
    await doingOf(house, tx, entry!, undefined).tell({
      key: `mail-out:${++counter}`,
      personId: person.id,
      kind: 'test',
      subject: 'something moved',
      paragraphs: ['Something that you said has moved.'],
      link: { path: `/${network.slug}/home`, words: 'See where it is' },
      about: { kind: 'contribution', id: '17' },
      ...more,
    })
  })
}

const messagesOf = (person: Someone) =>
  network.inNetwork(tx =>
    tx.selectFrom('message').selectAll().where('person_id', '=', person.id).orderBy('id').execute(),
  )

const header = (n: number, name: string) => {
  const line = mail.took[n]!.headerLines.find(each => each.key === name)?.line
  return line
    ?.slice(line.indexOf(':') + 1)
    .replace(/\s+/g, ' ')
    .trim()
}

test('REACH-1 an e-mail comes as text and as HTML with the same words, the link as a button, and nothing from elsewhere', async () => {
  await tells(network.volunteer, {
    paragraphs: ['They said <b>& "more"</b>.', 'See:\nhttps://evil.example/'],
    short: 'Something moved.',
  })
  await deliver()
  const [one] = mail.took
  expect(one!.text).toContain('They said <b>& "more"</b>.')
  const html = String(one!.html)
  expect(html).toContain('They said &lt;b&gt;&amp; &quot;more&quot;&lt;/b&gt;.')
  expect(html).toMatch(/<html lang="en" dir="ltr">/)
  // The button is our link; what somebody wrote never becomes one.
  const links = [...html.matchAll(/<a [^>]*href="([^"]*)"/g)].map(each => each[1])
  expect(links).toEqual([
    `http://loop.test/${network.slug}/home?sign-in`,
    'tel:01214960001',
    expect.stringMatching(new RegExp(`^http://loop\\.test/${network.slug}/preferences/`)),
  ])
  expect(html).not.toMatch(/<img|<script|<link|src=|url\(|@import|@font-face/i)
  for (const words of ['Dear Vera', 'See where it is', 'First Imaging Network']) {
    expect(one!.text).toContain(words)
    expect(html).toContain(words)
  }
})

test('REACH-1 the HTML follows its language, large print and lists, and a text whose parts are not known is words alone', () => {
  const parts = [
    { kind: 'greeting', text: 'عزيزتي' },
    { kind: 'words', text: '• one' },
    { kind: 'words', text: '• two\nlines' },
  ] as const
  const body = textOf(parts)
  const html = htmlOf({ subject: 's', body }, layoutOf(parts, { lang: 'ar', large: true }))
  expect(html).toContain('<html lang="ar" dir="rtl">')
  expect(html).toContain('font-size:24px')
  expect(html).toMatch(/<ul[^>]*><li[^>]*>one<\/li><li[^>]*>two<br>lines<\/li><\/ul>/)
  const bare = htmlOf({ subject: 's', body: 'Deleted, because this person left.' }, undefined)
  expect(bare).toContain('Deleted, because this person left.')
})

test('REACH-1 each message has a name of its own, all about one thing and one reader are one thread, and what comes back finds its message', async () => {
  await tells(network.volunteer)
  await tells(network.volunteer)
  await tells(network.volunteer, { about: { kind: 'contribution', id: '18' } })
  await tells(network.secondVolunteer)
  await tells(network.volunteer, { about: { kind: 'concern', id: 'x' }, kind: 'concern' })
  await deliver()
  expect(mail.took).toHaveLength(5)
  const ids = mail.took.map(each => each.messageId)
  expect(new Set(ids).size).toBe(5)
  for (const id of ids) expect(id).toMatch(/^<[0-9a-f]{40}@first\.example\.org>$/)
  const threads = mail.took.map((_, n) => header(n, 'references'))
  expect(threads[0]).toBeTruthy()
  expect(threads[1]).toBe(threads[0])
  expect(header(1, 'in-reply-to')).toBe(threads[0])
  expect(new Set([threads[0], threads[2], threads[3]]).size).toBe(3)
  // From a thread nobody reads which messages belong to one concern.
  expect(threads[4]).toBeUndefined()
  const messages = await messagesOf(network.volunteer)
  for (const { from, bytes } of mail.raw) {
    const found = readSignedAddress(from, sealWith(testSecret), 'bounce')
    expect(found?.networkId).toBe(network.id)
    const id = /^message-id:\s*(<[^>]+>)/im.exec(bytes.toString())![1]
    const row = messages.find(each => each.id === found!.messageId)
    if (row) expect(row.sent_as).toBe(id)
    expect(
      readSignedAddress(from.replace(/\.(\d+)\./, '.9$1.'), sealWith(testSecret), 'bounce'),
    ).toBeUndefined()
    expect(readSignedAddress(from, sealWith('another secret that is long enough'), 'bounce')).toBeUndefined()
    expect(readSignedAddress(from.toUpperCase(), sealWith(testSecret), 'bounce')).toEqual(found)
  }
  // Nobody who guesses what was told can name it: the names are keyed.
  const named = { id: 1, network_id: 1, key: 'a', person_id: 1, address: '', about_kind: 'b', about_id: '1' }
  const names = (secret: string) => mailNames({ secret, mailFrom, bounceAddress: undefined }).messageId(named)
  expect(names(testSecret)).not.toBe(names('another secret that is long enough'))
})

test('REACH-1 what may be switched off says how to mail programs; answers, receipts and codes do not; an answer goes to the address that is given', async () => {
  const asked: string[] = []
  const replying = sendersFor(mail, {
    replyAddress: message => {
      asked.push(message.kind)
      return message.about_kind === 'contribution' ? 'replies+token@first.example.org' : undefined
    },
  })
  await tells(network.volunteer, { kind: 'digest', about: { kind: 'digest', id: '1' } })
  await tells(network.volunteer)
  await tells(network.volunteer, { kind: 'sign-in', about: { kind: 'account', id: '' } })
  await tells(network.volunteer, { about: { kind: 'meeting', id: '1' } })
  await deliver(replying)
  replying.close()
  expect(header(0, 'list-unsubscribe')).toMatch(
    new RegExp(`^<http://loop\\.test/stop/${network.slug}/reminders/[a-z2-9-]{24}>$`),
  )
  expect(header(0, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
  for (const n of [1, 2, 3]) expect(header(n, 'list-unsubscribe')).toBeUndefined()
  expect(mail.took.map(each => each.replyTo?.text)).toEqual([
    undefined,
    'replies+token@first.example.org',
    undefined,
    undefined,
  ])
  expect(asked).toHaveLength(4)
})

/** RFC 6376, as a receiving server does it: hashes the body, then checks the signature over the headers. */
function dkimVerdict(raw: Buffer): { bodyHash: boolean; signature: boolean; signed: string[] } {
  const text = raw.toString('latin1')
  const cut = text.indexOf('\r\n\r\n')
  const fields = text
    .slice(0, cut)
    .split(/\r\n(?![ \t])/)
    .map(field => ({ name: field.slice(0, field.indexOf(':')).trim().toLowerCase(), field }))
  const own = fields.find(each => each.name === 'dkim-signature')!
  const tags = new Map(
    own.field
      .slice(own.field.indexOf(':') + 1)
      .split(';')
      .map(each => each.trim())
      .filter(Boolean)
      .map(each => [
        each.slice(0, each.indexOf('=')).trim(),
        each.slice(each.indexOf('=') + 1).replace(/\s+/g, ''),
      ]),
  )
  expect(tags.get('c')).toBe('relaxed/relaxed')
  const body = `${text
    .slice(cut + 4)
    .replace(/[ \t]+/g, ' ')
    .replace(/ \r\n/g, '\r\n')
    .replace(/(\r\n)*$/, '')}\r\n`
  const relaxed = (field: string) => {
    const at = field.indexOf(':')
    const value = field
      .slice(at + 1)
      .replace(/\r\n/g, '')
      .replace(/[ \t]+/g, ' ')
    return `${field.slice(0, at).trim().toLowerCase()}:${value.trim()}`
  }
  const signed = tags.get('h')!.toLowerCase().split(':')
  const left = [...fields].reverse()
  const lines = signed.flatMap(name => {
    const at = left.findIndex(each => each.name === name)
    return at < 0 ? [] : [relaxed(left.splice(at, 1)[0]!.field)]
  })
  const unsigned = relaxed(own.field).replace(/(;\s*b=)[^;]*/, '$1')
  const data = Buffer.from([...lines, unsigned].join('\r\n'), 'latin1')
  return {
    bodyHash: createHash('sha256').update(Buffer.from(body, 'latin1')).digest('base64') === tags.get('bh'),
    signature: verify('sha256', data, dkimKey.publicKey, Buffer.from(tags.get('b')!, 'base64')),
    signed,
  }
}

test('REACH-1 what goes out is signed (DKIM), the names of its thread and how to stop it with it; a changed word breaks it', async () => {
  await tells(network.volunteer, {
    kind: 'digest',
    about: { kind: 'digest', id: '1' },
    paragraphs: ['Grüße — «ok»'],
  })
  await deliver()
  const { bytes } = mail.raw[0]!
  const verdict = dkimVerdict(bytes)
  expect(verdict).toMatchObject({ bodyHash: true, signature: true })
  expect(verdict.signed).toEqual(
    expect.arrayContaining([
      'from',
      'to',
      'subject',
      'message-id',
      'list-unsubscribe',
      'list-unsubscribe-post',
    ]),
  )
  const changed = Buffer.from(bytes.toString('latin1').replace('Dear Vera', 'Dear Eve!'), 'latin1')
  expect(dkimVerdict(changed).bodyHash).toBe(false)
  const forged = Buffer.from(bytes.toString('latin1').replace(/^Subject: .*$/m, 'Subject: pay now'), 'latin1')
  expect(dkimVerdict(forged)).toMatchObject({ bodyHash: true, signature: false })
})

test('REACH-1 settings for e-mail that do not fit are told of in one line at the start', () => {
  const key = dkimKey.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const dkim = { DKIM_DOMAIN: 'a.example', DKIM_SELECTOR: 'loop' }
  const base = { SECRET: 'x'.repeat(40) }
  expect(readSettings({ ...base, ...dkim, DKIM_KEY: key.replaceAll('\n', '\\n') }).dkim?.key).toBe(key)
  for (const [wrong, words] of [
    [{ DKIM_DOMAIN: 'a.example' }, 'DKIM_SELECTOR'],
    [{ ...dkim, DKIM_KEY: 'nonsense' }, 'DKIM_KEY is no private RSA key'],
    [{ ...dkim, DKIM_KEY_FILE: '/nowhere/key.pem' }, 'Cannot read the file in DKIM_KEY_FILE (ENOENT)'],
    [{ BOUNCE_ADDRESS: 'not an address' }, 'BOUNCE_ADDRESS must be an address'],
    [{ MAIL_PER_MINUTE: '0' }, 'MAIL_PER_MINUTE must be a whole number'],
    [{ MAIL_PER_MINUTE: 'fast' }, 'MAIL_PER_MINUTE must be a whole number'],
  ] as const) {
    expect(() => readSettings({ ...base, ...wrong }), JSON.stringify(wrong)).toThrow(words)
  }
})

test('REACH-1 several workers together send at most as fast as the setting allows, evenly, a code first, and nothing is lost', async () => {
  const perMinute = 600
  const paced = [1, 2, 3].map(() => sendersFor(mail, { mailPerMinute: perMinute }))
  for (let n = 0; n < 12; n++) await tells(network.volunteer)
  await tells(network.secondVolunteer, {
    kind: 'sign-in',
    about: { kind: 'account', id: '' },
    subject: 'your code',
  })
  await Promise.all(paced.map(each => deliver(each)))
  for (const each of paced) each.close()
  expect(mail.took).toHaveLength(13)
  expect(mail.took.slice(0, 3).map(each => each.subject)).toContain('First: your code')
  const times = mail.raw.map(each => each.at)
  // 13 at 600 a minute take 1.2 seconds or more: the gaps are of the claims, so a slow one may be followed sooner.
  expect(times.at(-1)! - times[0]!).toBeGreaterThan((12 * 60_000) / perMinute - 100)
})

test('REACH-1 a server that puts us off (greylisting) is tried again, with the same sender and name, and then takes it once', async () => {
  const seen = new Map<string, number>()
  const triples: string[] = []
  mail.atRecipient = address => {
    seen.set(address, (seen.get(address) ?? 0) + 1)
    return seen.get(address) === 1 ? '450 4.7.1 Greylisted, try again in 5 minutes' : undefined
  }
  await tells(network.volunteer)
  await deliver()
  const [first] = (await messagesOf(network.volunteer)).slice(-1)
  expect(first).toMatchObject({ state: 'waiting', tries: 1, came_back_at: null })
  expect(first!.last_error).toContain('Greylisted')
  network.house.clock.set(network.house.clock.now().add({ minutes: 3 }).toString())
  await deliver()
  triples.push(mail.raw[0]!.from)
  expect(mail.took).toHaveLength(1)
  expect(readSignedAddress(triples[0]!, sealWith(testSecret), 'bounce')?.messageId).toBe(first!.id)
  await deliver()
  expect(mail.took).toHaveLength(1)
})

test('REACH-1 a server that takes it and dies: it is tried again later under the same name, not six times at once; one that is gone loses nothing', async () => {
  mail.diesAfterTaking = true
  await tells(network.volunteer)
  await deliver()
  expect(mail.took).toHaveLength(1)
  expect((await messagesOf(network.volunteer)).at(-1)).toMatchObject({ state: 'waiting', tries: 1 })
  mail.diesAfterTaking = false
  network.house.clock.set(network.house.clock.now().add({ minutes: 3 }).toString())
  await deliver()
  expect(mail.took.map(each => each.messageId)).toEqual([mail.took[0]!.messageId, mail.took[0]!.messageId])
  expect((await messagesOf(network.volunteer)).at(-1)).toMatchObject({ state: 'sent' })
  const gone = await openMailServer()
  const toNobody = sendersFor(gone)
  await gone.close()
  await tells(network.volunteer)
  await deliver(toNobody)
  toNobody.close()
  expect((await messagesOf(network.volunteer)).at(-1)).toMatchObject({ state: 'waiting', tries: 1 })
  network.house.clock.set(network.house.clock.now().add({ hours: 1 }).toString())
  await deliver()
  expect((await messagesOf(network.volunteer)).at(-1)).toMatchObject({ state: 'sent', tries: 2 })
})

test('REACH-1 one of three is refused: the others have it, this one is told in the next way they have, and nobody twice', async () => {
  const mobile = await network.aPerson({ name: 'Moby Mobile', phone: '07700 900123' })
  const home = await network.aPerson({ name: 'Holly Home', phone: '0121 496 0000' })
  const bad = (await network.inNetwork(tx =>
    tx.selectFrom('person').select('email').where('id', '=', home.id).executeTakeFirstOrThrow(),
  ))!.email!
  mail.atRecipient = address => (address === bad ? '550 5.1.1 No such user here' : undefined)
  for (const person of [network.volunteer, home, mobile]) await tells(person)
  await deliver()
  await deliver()
  expect(mail.took).toHaveLength(2)
  const [back, instead, ...more] = await messagesOf(home)
  expect(more).toEqual([])
  expect(back).toMatchObject({
    state: 'came-back',
    came_back_words: 'There is no such mailbox.',
    told_instead_id: instead!.id,
  })
  expect(instead).toMatchObject({ channel: 'phone', state: 'by-hand', address: '0121 496 0000' })
  expect(instead!.body).toContain('Say: Something that you said has moved.')
  expect(instead!.body).toContain('it came back to us')
  // From now on they are told so at once, until the address is put right.
  await tells(home)
  expect((await messagesOf(home)).at(-1)).toMatchObject({ channel: 'phone', state: 'by-hand' })
  await network.inNetwork(tx =>
    tx.updateTable('person').set({ email: 'holly@example.net' }).where('id', '=', home.id).execute(),
  )
  await tells(home)
  await deliver()
  expect((await messagesOf(home)).at(-1)).toMatchObject({
    channel: 'email',
    state: 'sent',
    address: 'holly@example.net',
  })
})

test('REACH-1 whoever has no other way is the team’s to see, and hears all of it once there is an address', async () => {
  const only = await network.aPerson({
    name: 'Olly Only',
    email: 'olly@nowhere.example',
    phone: null,
    postalAddress: null,
  })
  mail.atRecipient = address => (address.endsWith('@nowhere.example') ? '553 sorry' : undefined)
  await tells(only)
  await deliver()
  await tells(only)
  await deliver()
  expect((await messagesOf(only)).map(each => each.state)).toEqual(['failed', 'failed'])
  expect(mail.took).toHaveLength(0)
  await network.house.runDue()
  expect((await messagesOf(only)).map(each => each.state)).toEqual(['failed', 'failed'])
  await network.inNetwork(tx =>
    tx.updateTable('person').set({ email: 'olly@example.net' }).where('id', '=', only.id).execute(),
  )
  await network.house.runDue()
  await network.house.runDue()
  expect(mail.raw.filter(each => each.to.includes('olly@example.net'))).toHaveLength(2)
  expect((await messagesOf(only)).map(each => each.state)).toEqual(['came-back', 'came-back', 'sent', 'sent'])
})

test('REACH-1 that we are not wanted as a sender, or our password is wrong, is laid at nobody’s address', async () => {
  for (const answer of ['550 5.7.1 Relaying denied', '554 Blocked by our policy', '421 4.3.2 closing']) {
    mail.atRecipient = () => answer
    await tells(network.secondVolunteer)
    await deliver()
    expect((await messagesOf(network.secondVolunteer)).at(-1), answer).toMatchObject({
      state: 'waiting',
      tries: 1,
    })
  }
  const locked = await openMailServer({
    authOptional: false,
    disabledCommands: ['STARTTLS'],
    onAuth: (_auth, _session, done) => done(Object.assign(new Error('no'), { responseCode: 535 })),
  })
  const wrong = sendersFor(locked, { smtpUrl: locked.url.replace('//', '//loop:wrong@') })
  mail.atRecipient = undefined
  await tells(network.secondVolunteer)
  await deliver(wrong)
  wrong.close()
  expect((await messagesOf(network.secondVolunteer)).at(-1)).toMatchObject({
    state: 'waiting',
    came_back_at: null,
  })
})

test('REACH-1 of a message about a concern that comes back there is no trace: nothing is told in another way, nothing is marked', async () => {
  const quiet = await network.aPerson({ name: 'Quinn Quiet', phone: '07700 900456' })
  mail.atRecipient = () => '550 5.1.1 No such user'
  await tells(quiet, { kind: 'concern', about: { kind: 'concern', id: 'ref' } })
  await deliver()
  await network.house.runDue()
  expect((await messagesOf(quiet)).map(each => [each.channel, each.state])).toEqual([['email', 'failed']])
  const count = (table: 'address_trouble' | 'history') =>
    network.inNetwork(async tx => {
      const rows = await tx.selectFrom(table).selectAll().execute()
      return rows.filter(each => JSON.stringify(each).includes(`"person_id":${quiet.id}`)).length
    })
  expect(await count('address_trouble')).toBe(0)
  const [message] = await messagesOf(quiet)
  const told = await network.inNetwork(tx =>
    tx
      .selectFrom('history')
      .selectAll()
      .where('thing_kind', '=', 'message')
      .where('thing_id', '=', message!.id)
      .execute(),
  )
  expect(told).toEqual([])
})

test('REACH-1 a crash right after it came back loses nothing: the clock tells it in another way, and once', async () => {
  const kim = await network.aPerson({ name: 'Kim Crash', phone: '0121 496 0222' })
  await tells(kim)
  await deliver()
  const [sent] = await messagesOf(kim)
  await network.inNetwork(tx =>
    tx
      .updateTable('message')
      .set(cameBackNow({ trouble: 'address', words: 'The mailbox is full.' }, network.house.clock.now()))
      .where('id', '=', sent!.id)
      .execute(),
  )
  await Promise.all([network.house.runDue(), network.house.runDue()])
  await network.house.runDue()
  expect((await messagesOf(kim)).map(each => [each.channel, each.state])).toEqual([
    ['email', 'came-back'],
    ['phone', 'by-hand'],
  ])
})

test('REACH-1 a text message to a number that does not exist is told by e-mail; one message that was too large leaves the address as it is', async () => {
  const texter = await network.aPerson({ name: 'Tex Texter', channel: 'text', phone: '07700 900999' })
  const broken: Senders = {
    ...senders,
    byChannel: {
      ...senders.byChannel,
      text: async () => {
        throw new CameBack({ trouble: 'address', words: 'There is no such number.' })
      },
    },
  }
  await tells(texter, { short: 'Something moved.' })
  await deliver(broken)
  await deliver(broken)
  const [back, instead] = await messagesOf(texter)
  expect(back).toMatchObject({ channel: 'text', state: 'came-back', told_instead_id: instead!.id })
  expect(instead).toMatchObject({ channel: 'email', state: 'sent' })
  expect(mail.took.at(-1)!.text).toContain('Dear Tex')
  await tells(texter)
  expect((await messagesOf(texter)).at(-1)).toMatchObject({ channel: 'email' })

  const large = await network.aPerson({ name: 'Lea Large', phone: null })
  mail.atRecipient = () => '552 5.3.4 too large'
  await tells(large)
  await deliver()
  mail.atRecipient = undefined
  expect((await messagesOf(large)).map(each => [each.channel, each.state])).toEqual([
    ['email', 'came-back'],
    ['post', 'by-hand'],
  ])
  await tells(large)
  expect((await messagesOf(large)).at(-1)).toMatchObject({ channel: 'email', state: 'waiting' })
})

test('REACH-1 every kind of e-mail of the demonstration comes in the one look with all of its words', async () => {
  const demo = await openDemoHouse()
  const { rows } = await demo.owner.query<{ kind: string; subject: string; body: string; layout: unknown }>(
    `select distinct on (kind) kind, subject, body, layout from message where channel = 'email' order by kind, id desc`,
  )
  expect(rows.length).toBeGreaterThan(40)
  for (const { kind, subject, body, layout } of rows) {
    const read = readLayout(layout, body)
    expect(read, kind).toBeDefined()
    expect(read!.parts.map(([part]) => part).join(' '), kind).toMatch(
      /^greeting (words )+(note )*(link )?(note )*from( preferences)?$/,
    )
    const html = htmlOf({ subject, body }, read)
    const shown = cheerio.load(html)('body').text().replace(/\s+/g, ' ')
    const words = body
      .split(/\n/)
      .map(line => line.replace(/^• /, '').replace(/:$/, ''))
      .filter(line => line && !/\/preferences\//.test(line))
    for (const line of words) expect(shown, kind).toContain(line.replace(/\s+/g, ' ').trim())
    expect(html.length, kind).toBeLessThan(60_000)
  }
}, 120_000)
