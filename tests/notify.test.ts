import { getDocumentProxy } from 'unpdf'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { deliverWaiting } from '#platform/delivery/deliver.ts'
import { realSenders } from '#platform/delivery/senders.ts'
import { doingOf } from '#platform/doing.ts'
import type { Telling } from '#platform/outbox.ts'
import { openTestHouse, testNow } from './house.ts'
import { readLetters } from './letters.ts'
import { type MailServer, openMailServer } from './mail-server.ts'
import { aNetwork, type Someone, type TestNetwork } from './network.ts'
import { type NotifyServer, openNotifyServer } from './notify-server.ts'
import { testSecret } from './postgres.ts'

const token = 'a-secret-of-sixteen-letters-or-more'

let notify: NotifyServer
let mail: MailServer
let network: TestNetwork
let counter = 0
let mobile = 0

beforeAll(async () => {
  notify = await openNotifyServer()
  mail = await openMailServer()
  const senders = realSenders({ smtpUrl: mail.url, mailFrom: 'loop@first.example.org', secret: testSecret })
  network = await aNetwork(await openTestHouse({ senders }))
  await setUp()
})

afterEach(async () => {
  // What a test left behind is no other's.
  await deliver()
  notify.took.length = 0
  notify.refusal = undefined
  notify.diesAfterTaking = false
  notify.asked = 0
  network.house.clock.set(testNow)
})

const at = (rest: string) => `/${network.slug}/${rest}`

/** As the team does it, on the page. */
async function setUp(more: Partial<Record<'text' | 'email' | 'letter', 'Yes' | 'No'>> = {}): Promise<void> {
  const page = await network.coordinator.reads(at('team/connections/notify/set-up'))
  const data = page.wouldSend('Save').body
  const given: Record<string, string> = {
    key: notify.key,
    url: notify.url,
    token,
    email: (more.email ?? 'Yes').toLowerCase(),
    text: (more.text ?? 'Yes').toLowerCase(),
    letter: (more.letter ?? 'Yes').toLowerCase(),
    emailTemplate: notify.templates.email,
    textTemplate: notify.templates.sms,
    postage: 'second',
  }
  for (const [name, value] of Object.entries(given)) data.set(name, value)
  const saved = await network.coordinator.posts(page.path, data)
  expect(saved.errors).toEqual([])
}

const senders = () =>
  realSenders({ smtpUrl: mail.url, mailFrom: 'loop@first.example.org', secret: testSecret })
async function deliver(): Promise<void> {
  for (const slice of network.house.app.slices) await slice.jobs?.(network.house.house)
  await deliverWaiting(network.house.house, senders())
}
const later = (minutes: number) =>
  network.house.clock.set(network.house.clock.now().add({ minutes }).toString())

/** Of Ofcom's numbers for stories. */
const aMobile = () => `07700 900${String(200 + ++mobile)}`
const reader = (name: string, more: Parameters<TestNetwork['aPerson']>[0] = {}) =>
  network.aPerson({ name, channel: 'text', phone: aMobile(), ...more })

async function tells(person: Someone, more: Partial<Telling> = {}): Promise<void> {
  const { house } = network.house
  const door = { slug: network.slug, accountId: undefined, today: house.clock.today() }
  await house.database.enter(door, async (tx, entry) => {
    await doingOf(house, tx, entry!, undefined).tell({
      key: `notify:${++counter}`,
      personId: person.id,
      kind: 'test',
      subject: 'there is an answer',
      paragraphs: ['Your view was agreed.'],
      short: 'There is an answer.',
      link: { path: at('home'), words: 'See it' },
      about: { kind: 'contribution', id: '17' },
      ...more,
    })
  })
}

const messagesOf = (person: Someone) =>
  network.inNetwork(tx =>
    tx.selectFrom('message').selectAll().where('person_id', '=', person.id).orderBy('id').execute(),
  )
const phoneOf = async (person: Someone) =>
  (await network.inNetwork(tx =>
    tx.selectFrom('person').select('phone').where('id', '=', person.id).executeTakeFirstOrThrow(),
  ))!.phone!

const calls = (what: 'delivery' | 'text', body: unknown, given: { token?: string; slug?: string } = {}) =>
  network.visitor.raw(`/notify/${given.slug ?? network.slug}/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${given.token ?? token}` },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const receipt = (id: string, status: string) => calls('delivery', { id, reference: null, status, to: '' })
const texts = async (person: Someone, message: string, id = `in-${++counter}`) =>
  await calls('text', {
    id,
    source_number: (await phoneOf(person)).replace(/^0/, '44').replaceAll(' ', ''),
    destination_number: '447700900000',
    message,
    date_received: '2026-06-09T10:00:00.000000Z',
  })

describe('REACH-4 GOV.UK Notify', () => {
  test('REACH-10 a text message in Urdu is the team’s to send, since Notify has no letters for it; one in Welsh goes out as it is written', async () => {
    await setUp()
    await network.house.owner.query(
      `insert into network_setting (network_id, name, from_on, value, at)
       select $1, name, '2026-01-01', 'true', now() from unnest(array['in-urdu', 'in-welsh']) name`,
      [network.id],
    )
    const reads = async (language: string) => {
      const person = await reader(`Reader in ${language}`)
      await network.house.owner.query(
        `insert into preference (network_id, person_id, channels, digest, language, easy_read, version)
         values ($1, $2, '{}', 'as-it-comes', $3, false, 1)`,
        [network.id, person.id, language],
      )
      await tells(person, {
        subject: 'a meeting has moved to 3 March 2027',
        paragraphs: ['The chair has put it off.'],
        short: 'your idea is in',
        link: { path: at('home'), words: 'See it here' },
      })
      return person
    }
    const [asma, wyn] = [await reads('ur'), await reads('cy')]
    await deliver()
    const [inUrdu] = await messagesOf(asma)
    expect(inUrdu).toMatchObject({ state: 'by-hand', sent_by: 'hand' })
    expect(inUrdu!.body).toMatch(/[\u0600-\u06ff]/)
    const call = await network.coordinator.reads(at(`team/calls/${inUrdu!.id}`))
    expect(call.text).toContain('your idea is in')
    const [inWelsh] = await messagesOf(wyn)
    expect(inWelsh).toMatchObject({ state: 'sent', sent_by: 'notify' })
    expect(notify.took.some(each => JSON.stringify(each).includes('mae eich syniad i mewn'))).toBe(true)
    expect(notify.took.some(each => /[\u0600-\u06ff]/.test(JSON.stringify(each)))).toBe(false)
  })

  test('REACH-4 the team sets it up, and the page tests it with real templates and a message; what is wrong is said', async () => {
    const { coordinator, stranger, volunteer } = network
    const form = await coordinator.reads(at('team/connections/notify/set-up'))
    expect(form.html).not.toContain(notify.key)
    const empty = form.wouldSend('Save').body
    for (const [name, value] of Object.entries({
      key: 'abc',
      url: 'ftp://x',
      email: 'yes',
      emailTemplate: '',
    }))
      empty.set(name, value)
    expect((await coordinator.posts(form.path, empty)).errors).toEqual(
      expect.arrayContaining([
        'Copy the whole key from Notify. It has a name and two long numbers',
        'Enter the address of Notify. It begins with https://',
      ]),
    )
    const one = await coordinator.reads(at('team/connections/notify'))
    const tried = await one.press('Test it and send me a message')
    expect(tried.text).toContain('It works. A test for e-mail is on its way to you. A test for text messages')
    expect(notify.took.map(each => each.kind).sort()).toEqual(['email', 'sms'])
    const right = notify.templates.sms
    notify.templates.sms = notify.templates.email
    await setUp()
    const wrong = await (await coordinator.reads(at('team/connections/notify'))).press(
      'Test it and send me a message',
    )
    expect(wrong.text).toContain('The template for text messages is for something else.')
    notify.templates.sms = right
    await setUp()
    for (const each of [stranger, volunteer])
      expect((await each.opens(at('team/connections/notify'))).status).toBe(404)
  })

  test('REACH-4 e-mail, text message and letter go by Notify; a code to sign in and a calendar entry stay with our own mail', async () => {
    const ann = await reader('Ann Mail', { channel: 'email' })
    const bob = await reader('Bob Text')
    const lea = await reader('Lea Letter', {
      channel: 'post',
      signsIn: false,
      postalAddress: 'Lea Letter\n1 Made-up Road\nWalsall\nWS1 1AA',
    })
    for (const each of [ann, bob, lea]) await tells(each)
    await tells(ann, { about: { kind: 'sign-in', id: '1' }, kind: 'sign-in' })
    await deliver()
    expect(mail.took).toHaveLength(1)
    const [email] = notify.took.filter(each => each.kind === 'email')
    expect(email!.personalisation.subject).toBe('First: there is an answer')
    expect(email!.personalisation.body).toContain('Your view was agreed.')
    const [sms] = notify.took.filter(each => each.kind === 'sms')
    expect(sms!.personalisation.message).toMatch(/^First: There is an answer\. http:\/\/loop\.test\//)
    const [letter] = notify.took.filter(each => each.kind === 'letter')
    expect(letter!.postage).toBe('second')
    const pdf = await getDocumentProxy(new Uint8Array(letter!.content!))
    const { items } = await (await pdf.getPage(1)).getTextContent()
    expect(items.map(each => ('str' in each ? each.str : '')).join(' ')).toContain('Dear Lea Letter')
    for (const each of [ann, bob, lea])
      expect((await messagesOf(each))[0]).toMatchObject({ state: 'sent', sent_by: 'notify' })
    for (const each of notify.took) expect(each.reference).toMatch(/^[0-9a-f]{40}$/)
  })

  test('REACH-10 a letter in Urdu goes by Notify as it would be printed here; one to an address in Urdu stays with the team', async () => {
    const una = await reader('Una Urdu', {
      channel: 'post',
      signsIn: false,
      postalAddress: 'Una Urdu\n1 Made-up Road\nWalsall\nWS1 1AA',
    })
    const najma = await reader('نجمہ بیگم', {
      channel: 'post',
      signsIn: false,
      postalAddress: '1 Made-up Road\nWalsall\nWS1 1AA',
    })
    for (const each of [una, najma]) await tells(each)
    const words = 'آپ کی رائے \u2066C-1042\u2069 منظور ہوئی۔'
    await network.inNetwork(tx =>
      tx
        .updateTable('message')
        .set({ body: words, layout: JSON.stringify({ lang: 'ur', parts: [] }) })
        .where('person_id', 'in', [una.id, najma.id])
        .execute(),
    )
    await deliver()
    const letters = notify.took.filter(each => each.kind === 'letter')
    expect(letters).toHaveLength(1)
    const { language, parts, pages } = await readLetters(new Uint8Array(letters[0]!.content!))
    expect(language).toBe('ur')
    expect(parts.map(each => each.says)).toContain(words.replaceAll(/[\u2066\u2069]/g, ''))
    expect(pages[0]!.map(each => each.text)).toContain('WS1 1AA')
    expect((await messagesOf(najma))[0]).toMatchObject({ state: 'by-hand', sent_by: 'hand' })
  })

  test('REACH-4 nothing goes twice: a line that breaks after it was taken, and a crash, are asked about first', async () => {
    const bob = await reader('Bob Twice')
    await tells(bob)
    notify.diesAfterTaking = true
    await deliver()
    expect(await messagesOf(bob)).toMatchObject([
      { state: 'waiting', last_error: 'GOV.UK Notify did not answer.' },
    ])
    later(5)
    await deliver()
    expect(notify.took).toHaveLength(1)
    expect(await messagesOf(bob)).toMatchObject([{ state: 'sent', sent_as: notify.took[0]!.id }])
    // A crash: it went out, and nobody wrote it down.
    await network.inNetwork(tx =>
      tx
        .updateTable('message')
        .set({ state: 'sending', sent_as: null, tries: 0 })
        .where('person_id', '=', bob.id)
        .execute(),
    )
    await deliver()
    expect(notify.took).toHaveLength(1)
    expect(await messagesOf(bob)).toMatchObject([{ state: 'sent', sent_as: notify.took[0]!.id }])
  })

  test.each([
    [
      { status: 403, error: 'AuthError', message: 'Invalid token: API key not found' },
      'does not accept our key',
    ],
    [
      {
        status: 400,
        error: 'BadRequestError',
        message: 'Can’t send to this recipient using a team-only API key',
      },
      'trial mode',
    ],
    [{ status: 400, error: 'BadRequestError', message: 'Missing personalisation: message' }, 'our template'],
    [
      { status: 429, error: 'TooManyRequestsError', message: 'Exceeded send limits (50) for today' },
      'its limit',
    ],
    [{ status: 429, error: 'RateLimitError', message: 'Exceeded rate limit for key type LIVE' }, 'its limit'],
    [{ status: 500, error: 'Exception', message: 'Internal server error' }, 'a fault of its own'],
  ])(
    'REACH-4 a refusal like %j is no fault of the number: it waits and goes later, once',
    async (refusal, words) => {
      const bob = await reader('Bob Waits')
      await tells(bob)
      notify.refusal = refusal
      await deliver()
      const [message] = await messagesOf(bob)
      expect(message).toMatchObject({ state: 'waiting', came_back_at: null })
      expect(message!.last_error).toContain(words)
      notify.refusal = undefined
      later(5)
      await deliver()
      expect(notify.took).toHaveLength(1)
      expect(await messagesOf(bob)).toMatchObject([{ state: 'sent' }])
    },
  )

  test('REACH-4 a number that Notify does not take, and one that is not there, are told in the next way', async () => {
    const bob = await reader('Bob Wrong', { phone: '0121 496 0002' })
    await tells(bob)
    await deliver()
    const [first, second] = await messagesOf(bob)
    expect(first).toMatchObject({ state: 'came-back', came_back_words: 'This is no mobile number.' })
    expect(second).toMatchObject({ channel: 'email', id: first!.told_instead_id })
    expect(second!.body).toContain('There is an answer.')
    const cat = await reader('Cat Gone')
    await tells(cat)
    await deliver()
    const sent = (await messagesOf(cat))[0]!
    expect((await receipt(sent.sent_as!, 'permanent-failure')).status).toBe(200)
    expect((await receipt(sent.sent_as!, 'permanent-failure')).status).toBe(200)
    const now = await messagesOf(cat)
    expect(now).toHaveLength(2)
    expect(now[0]).toMatchObject({
      state: 'came-back',
      delivered: 'permanent-failure',
    })
    expect(now[1]).toMatchObject({ channel: 'email', state: 'waiting' })
    expect((await network.coordinator.reads(at('team/came-back'))).text).toMatch(
      /Cat Gone.*There is no such number/,
    )
    // A late word changes nothing.
    await receipt(sent.sent_as!, 'delivered')
    expect((await messagesOf(cat))[0]).toMatchObject({ state: 'came-back' })
  })

  test('REACH-4 delivered is noted; a temporary failure goes the next way and leaves the number in peace', async () => {
    const bob = await reader('Bob Arrives')
    const cat = await reader('Cat Off')
    for (const each of [bob, cat]) await tells(each)
    await deliver()
    const [of, off] = [(await messagesOf(bob))[0]!, (await messagesOf(cat))[0]!]
    await receipt(of.sent_as!, 'sending')
    expect((await messagesOf(bob))[0]!.delivered).toBeNull()
    await receipt(of.sent_as!, 'delivered')
    expect((await messagesOf(bob))[0]).toMatchObject({ state: 'sent', delivered: 'delivered', ask_at: null })
    const page = await network.coordinator.reads(at(`team/messages/${of.id}`))
    expect(page.text).toContain('It arrived')
    await receipt(off.sent_as!, 'temporary-failure')
    expect((await messagesOf(cat)).map(each => each.channel)).toEqual(['text', 'email'])
    await tells(cat)
    expect((await messagesOf(cat)).at(-1)!.channel).toBe('text')
  })

  test('REACH-4 only Notify is heard: without its token, for another network, or with nonsense nothing happens', async () => {
    const bob = await reader('Bob Safe')
    await tells(bob)
    await deliver()
    const id = (await messagesOf(bob))[0]!.sent_as!
    const told = { id, status: 'permanent-failure' }
    for (const given of [{ token: 'wrong' }, { token: '' }, { slug: network.otherSlug }, { slug: 'nowhere' }])
      expect((await calls('delivery', told, given)).status).toBe(404)
    expect((await calls('delivery', '{')).status).toBe(400)
    expect((await calls('delivery', { id: 7 })).status).toBe(400)
    expect((await calls('delivery', 'x'.repeat(70_000))).status).toBeGreaterThanOrEqual(400)
    expect((await receipt('no-such-id', 'permanent-failure')).status).toBe(200)
    expect(await messagesOf(bob)).toMatchObject([{ state: 'sent', delivered: null }])
  })

  test('REACH-4 where nobody tells us what became of it, we ask; a letter that cannot be posted comes back to the team', async () => {
    const bob = await reader('Bob Asked')
    const lea = await reader('Lea Returned', {
      channel: 'post',
      postalAddress: 'Lea Returned\n1 Made-up Road\nWalsall\nWS1 1AA',
    })
    const ned = await reader('Ned Nowhere', {
      channel: 'post',
      postalAddress: '1 Example Street, Birmingham',
    })
    for (const each of [bob, lea, ned]) await tells(each)
    await deliver()
    // No postcode: the team posts it, as ever.
    expect(await messagesOf(ned)).toMatchObject([{ state: 'by-hand', sent_by: 'hand' }])
    for (const each of notify.took) each.status = each.kind === 'letter' ? 'validation-failed' : 'delivered'
    await deliver()
    expect((await messagesOf(bob))[0]!.delivered).toBeNull()
    later(90)
    await network.coordinator.signsIn()
    await deliver()
    expect(await messagesOf(bob)).toMatchObject([{ delivered: 'delivered' }])
    expect(await messagesOf(lea)).toMatchObject([{ state: 'by-hand', sent_by: 'hand', sent_at: null }])
    expect((await network.coordinator.reads(at('team/letters'))).text).toContain('Lea Returned')
    const before = notify.took.length
    await deliver()
    expect(notify.took).toHaveLength(before)
  })

  test('REACH-4 switched off, all goes as before: our own mail, texts and letters by hand', async () => {
    const one = await network.coordinator.reads(at('team/connections/notify'))
    await one.press('Switch it off')
    const bob = await reader('Bob Hand')
    const ann = await reader('Ann Smtp', { channel: 'email' })
    for (const each of [bob, ann]) await tells(each)
    const before = mail.took.length
    await deliver()
    expect(await messagesOf(bob)).toMatchObject([{ state: 'by-hand' }])
    expect(mail.took).toHaveLength(before + 1)
    expect((await receipt('x', 'delivered')).status).toBe(404)
    await (await network.coordinator.reads(at('team/connections/notify'))).press('Switch it on again')
  })
})

describe('REACH-5 text messages that come in', () => {
  test('REACH-5 STOP: no text goes out any more, what waits goes the next way, nothing is texted back, the team sees it, and they switch it on again', async () => {
    const bob = await reader('Bob Stops')
    await tells(bob)
    await deliver()
    await tells(bob)
    const before = notify.took.length
    expect((await texts(bob, 'Stop please.', 'stop-1')).status).toBe(200)
    expect((await texts(bob, 'Stop please.', 'stop-1')).status).toBe(200)
    await tells(bob)
    await deliver()
    expect(notify.took.slice(before).filter(each => each.kind === 'sms')).toEqual([])
    const rows = await messagesOf(bob)
    expect(rows.map(each => [each.channel, each.state])).toEqual([
      ['text', 'sent'],
      ['text', 'came-back'],
      ['email', 'sent'],
      ['email', 'sent'],
    ])
    expect(rows.map(each => each.body).join()).not.toContain('came back to us')
    const seen = await network.coordinator.reads(at('team/texts'))
    expect(seen.text).toMatch(/Bob Stops asked for no more text messages/)
    expect(seen.text.match(/Bob Stops/g)).toHaveLength(1)
    for (const each of [network.stranger, network.volunteer, network.administrator])
      expect((await each.opens(at('team/texts'))).status).toBe(404)
    const mine = await bob.reads(at('account/preferences'))
    expect(mine.text).toContain('You answered STOP')
    await mine.press('Switch text messages on again')
    await tells(bob)
    expect((await messagesOf(bob)).at(-1)!.channel).toBe('text')
    await texts(bob, 'STOP')
    await texts(bob, 'start')
    await tells(bob)
    expect((await messagesOf(bob)).at(-1)!.channel).toBe('text')
  })

  test('REACH-5 a number that two people share is stopped for both, however it is written; another number begins anew', async () => {
    const ann = await reader('Ann Shares')
    const plain = (await phoneOf(ann)).replaceAll(' ', '')
    const ben = await reader('Ben Shares', { phone: `+44 (0)${plain.slice(1)}` })
    await texts(ann, 's t o p')
    for (const each of [ann, ben]) {
      await tells(each)
      expect((await messagesOf(each)).at(-1)!.channel).toBe('email')
    }
    await network.inNetwork(tx =>
      tx.updateTable('person').set({ phone: aMobile() }).where('id', '=', ben.id).execute(),
    )
    await tells(ben)
    expect((await messagesOf(ben)).at(-1)!.channel).toBe('text')
    await tells(ann)
    expect((await messagesOf(ann)).at(-1)!.channel).toBe('email')
  })

  test('REACH-5 after STOP not even a message about a concern is texted, and it takes no road where somebody else reads it', async () => {
    const bob = await reader('Bob Quiet')
    const noMail = await reader('Nora Quiet', { email: null })
    for (const each of [bob, noMail]) {
      await texts(each, 'STOP')
      await tells(each, { about: { kind: 'concern', id: '999' }, kind: 'concern' })
    }
    expect((await messagesOf(bob)).map(each => each.channel)).toEqual(['email'])
    expect((await messagesOf(noMail)).map(each => [each.channel, each.state])).toEqual([['text', 'failed']])
    await deliver()
    expect(notify.took.filter(each => each.kind === 'sms')).toEqual([])
  })

  test('REACH-5 an answer becomes a message to the team, with the text that it answers; it comes once', async () => {
    const bob = await reader('Bob Answers')
    await tells(bob)
    await deliver()
    await texts(bob, 'Yes, that helps. Thank you!', 'reply-1')
    await texts(bob, 'Yes, that helps. Thank you!', 'reply-1')
    const list = await network.coordinator.reads(at('team/texts'))
    const thread = await list.follow('read it and answer')
    expect(thread.h1).toBe('Answer to our text: there is an answer')
    expect(thread.text).toContain('Yes, that helps. Thank you!')
    expect(thread.text).toContain('by text message')
    expect(list.hasLink('the text that we sent')).toBe(true)
    // We answer, and their next text goes on there.
    await thread.fill('Your message', 'Good to hear.').choose('No').press('Send')
    await deliver()
    await texts(bob, 'Bye for now', 'reply-2')
    const again = await network.coordinator.reads(thread.path)
    expect(again.text).toContain('Bye for now')
    const threads = await network.inNetwork(tx =>
      tx.selectFrom('message_thread').select('id').where('person_id', '=', bob.id).execute(),
    )
    expect(threads).toHaveLength(1)
    expect((await network.stranger.opens(thread.path)).status).toBe(404)
  })

  test('REACH-5 what may answer a word about a concern is kept nowhere and shown to nobody; its writer hears so', async () => {
    const bob = await reader('Bob Concerned')
    await tells(bob, { about: { kind: 'concern', id: '999' }, kind: 'concern' })
    await deliver()
    await tells(bob)
    await deliver()
    notify.took.length = 0
    await texts(bob, 'I am afraid of Dr Hidden', 'private-1')
    await texts(bob, 'I am afraid of Dr Hidden', 'private-1')
    await deliver()
    expect(notify.took.map(each => each.personalisation.message)).toEqual([
      expect.stringContaining('nobody read your text'),
    ])
    const whole = await network.house.owner.query(
      `select (select count(*) from text_in where notify_id = 'private-1') as came_in,
        (select count(*) from message_written where words like '%Hidden%') as written,
        (select count(*) from message where body like '%Hidden%') as told`,
    )
    expect(whole.rows[0]).toEqual({ came_in: '0', written: '0', told: '0' })
    expect(network.house.logged.join()).not.toContain('Hidden')
    const list = await network.coordinator.reads(at('team/texts'))
    expect(list.text).not.toContain('Bob Concerned')
    // STOP is done all the same.
    await texts(bob, 'STOP')
    await tells(bob)
    expect((await messagesOf(bob)).at(-1)!.channel).toBe('email')
  })

  test('REACH-5 a number we do not know is kept apart, told nothing, and deleted when somebody has seen to it', async () => {
    const body = { id: 'unknown-1', source_number: '447700900999', message: 'Is this the hospital?' }
    expect((await calls('text', body)).status).toBe(200)
    expect((await calls('text', { ...body, id: 'unknown-2', message: 'STOP' })).status).toBe(200)
    await deliver()
    expect(notify.took).toEqual([])
    // Whoever registers an interest with that number gets no text either.
    const nina = await reader('Nina New', { phone: '+44 7700 900999' })
    await tells(nina)
    expect((await messagesOf(nina)).map(each => each.channel)).toEqual(['email'])
    const list = await network.coordinator.reads(at('team/texts'))
    expect(list.text).toContain('Is this the hospital?')
    const home = await network.coordinator.reads(at('home'))
    expect(home.text).toContain('Text messages from somebody we do not know')
    const after = await list.press('I have seen to it: delete the text from 447700900999')
    expect(after.text).not.toContain('Is this the hospital?')
  })
})
