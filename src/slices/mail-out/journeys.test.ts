import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { deliverWaiting } from '#platform/delivery/deliver.ts'
import { realSenders, type Senders } from '#platform/delivery/senders.ts'
import { doingOf } from '#platform/doing.ts'
import type { Telling } from '#platform/outbox.ts'
import { openTestHouse } from '#tests/house.ts'
import { type MailServer, openMailServer } from '#tests/mail-server.ts'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'
import { testSecret } from '#tests/postgres.ts'

let mail: MailServer
let senders: Senders
let network: TestNetwork
let counter = 0

const settings = () => ({
  smtpUrl: mail.url,
  mailFrom: 'First Network <loop@first.example.org>',
  secret: testSecret,
  bounceAddress: 'bounces@first.example.org',
})

beforeAll(async () => {
  mail = await openMailServer()
  senders = realSenders(settings())
  network = await aNetwork(await openTestHouse({ senders }))
  Object.assign(network.house.house, { mailInToken: 'a-token-of-the-mail-server' })
})

afterEach(() => {
  mail.took.length = 0
  mail.raw.length = 0
  mail.atRecipient = undefined
})

async function tells(person: Someone, more: Partial<Telling> = {}, slug = network.slug): Promise<void> {
  const { house } = network
  await house.database.enter(
    { slug, accountId: undefined, today: house.clock.today() },
    async (tx, entry) => {
      await doingOf(house.house, tx, entry!, undefined).tell({
        key: `journey:${++counter}`,
        personId: person.id,
        kind: 'test',
        subject: 'your view was agreed',
        paragraphs: ['Your view was agreed.'],
        short: 'There is an answer.',
        link: { path: `/${slug}/home`, words: 'Read it here' },
        about: { kind: 'contribution', id: '17' },
        ...more,
      })
    },
  )
  await deliverWaiting(house.house, senders)
}

/** As the receiving server reports it. */
const report = (
  to: string,
  more: { status?: string; action?: string; original?: string; for?: string } = {},
) =>
  new TextEncoder().encode(
    `Return-Path: <>
From: MAILER-DAEMON@mx.example.net
To: ${to}
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="edge"

--edge
Content-Type: text/plain

Sorry. ${++counter}

--edge
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; ${more.for ?? 'somebody@example.org'}
Action: ${more.action ?? 'failed'}
Status: ${more.status ?? '5.1.1'}

--edge
Content-Type: text/rfc822-headers

${more.original ?? 'Subject: x'}

--edge--
`.replace(/\n/g, '\r\n'),
  )

async function comesBack(raw: Uint8Array, slug = network.slug): Promise<[number, string]> {
  const answer = await network.visitor.raw(`/mail-in/${slug}`, {
    method: 'POST',
    body: raw as Uint8Array<ArrayBuffer>,
    headers: { 'content-type': 'message/rfc822', authorization: 'Bearer a-token-of-the-mail-server' },
  })
  return [answer.status, (await answer.text()).trim()]
}

const rowsOf = (person: Someone) =>
  network.inNetwork(tx =>
    tx.selectFrom('message').selectAll().where('person_id', '=', person.id).orderBy('id').execute(),
  )
const noted = [200, 'It is about a message that we sent. That was noted.']
const keptMails = () => network.inNetwork(tx => tx.selectFrom('application_mail').select('id').execute())

describe('REACH-1 a letter that comes back', () => {
  test('REACH-1 a report brings it back to its message and its person: they hear in the next way, the team asks for an address, and they put it right', async () => {
    const { coordinator, stranger, volunteer, visitor, administrator, slug } = network
    const bo = await network.aPerson({ name: 'Bo Bounced', phone: '07700 900321', email: 'bo@gone.example' })
    await tells(bo)
    const { from } = mail.raw[0]!
    expect(from).toMatch(/^bounces\+\d+\.\d+\.[0-9a-f]{20}@first\.example\.org$/)
    const raw = report(from)
    expect(await comesBack(raw)).toEqual(noted)
    expect(await comesBack(raw)).toEqual(noted)
    const [back, instead, ...more] = await rowsOf(bo)
    expect(more).toEqual([])
    expect(back).toMatchObject({ state: 'came-back', told_instead_id: instead!.id })
    expect(instead).toMatchObject({ channel: 'text', address: '07700 900321' })
    expect(instead!.body).toBe(`First: There is an answer. http://loop.test/${slug}/home?sign-in`)
    // A report is kept nowhere: it holds what was written to them.
    expect(await keptMails()).toEqual([])

    // The team sees it: at home, in the week, on the person, on the message.
    expect((await coordinator.reads(`/${slug}/home`)).text).toContain('Addresses that do not work')
    expect((await coordinator.reads(`/${slug}/team/week`)).text).toContain('Ask for an address that works')
    expect((await coordinator.reads(`/${slug}/team/people/${bo.id}`)).text).toMatch(
      /bo@gone\.example Came back/,
    )
    const message = await coordinator.reads(`/${slug}/team/messages/${back!.id}`)
    expect(message.text).toContain('There is no such mailbox.')
    const other = await message.follow('See how they were told instead')
    expect(other.text).toContain('Text message to Bo Bounced')
    const list = await coordinator.reads(`/${slug}/team/came-back`)
    const one = await list.follow('Bo Bounced')
    expect(one.text).toContain('only they can change it')
    for (const who of [stranger, volunteer, visitor, administrator]) {
      for (const path of ['came-back', `came-back/${bo.id}`])
        expect((await who.opens(`/${slug}/team/${path}`)).status).toBe(404)
    }

    // So do they, when they sign in next.
    const home = await bo.reads(`/${slug}/home`)
    const mine = await home.follow('Our messages do not reach you')
    expect(mine.text).toContain('bo@gone.example')
    expect(mine.text).toContain('There is no such mailbox.')
    expect((await bo.reads('/account')).text).toContain('Does not work')
    expect((await visitor.opens(`/${slug}/account/came-back`)).status).not.toBe(200)
    await tells(bo)
    expect((await rowsOf(bo)).at(-1)).toMatchObject({ channel: 'text' })
    const right = await mine.press('It works again')
    expect(right.text).toContain('From now on we write to this address again')
    expect((await bo.reads(`/${slug}/home`)).text).not.toContain('do not reach you')
    expect((await coordinator.reads(`/${slug}/team/came-back`)).text).toContain('Every address works')
    await tells(bo)
    expect((await rowsOf(bo)).at(-1)).toMatchObject({ channel: 'email', state: 'sent' })
  })

  test('REACH-1 without an address of its own a report is found by the Message-ID that it names; one that is only slow changes nothing', async () => {
    const cy = await network.aPerson({ name: 'Cy Slow', phone: '0121 496 0111', email: 'cy@slow.example' })
    await tells(cy)
    const id = mail.took[0]!.messageId!
    const original = `Message-ID: ${id}\nSubject: x`
    const late = report('loop@first.example.org', {
      action: 'delayed',
      status: '4.4.1',
      original,
      for: 'cy@slow.example',
    })
    expect(await comesBack(late)).toEqual(noted)
    expect((await rowsOf(cy))[0]).toMatchObject({ state: 'sent' })
    expect((await rowsOf(cy))[0]!.last_error).toContain('not taken it yet')
    // Somebody passed it on, and that one failed: it did arrive.
    expect(
      await comesBack(report('loop@first.example.org', { original, for: 'friend@other.example' })),
    ).toEqual(noted)
    expect((await rowsOf(cy)).map(each => each.state)).toEqual(['sent'])
    expect(await comesBack(report('loop@first.example.org', { original, for: 'cy@slow.example' }))).toEqual(
      noted,
    )
    expect((await rowsOf(cy)).map(each => [each.channel, each.state])).toEqual([
      ['email', 'came-back'],
      ['phone', 'by-hand'],
    ])
  })

  test('REACH-1 a forged report is not believed: a wrong seal, a guessed name, a report about nothing', async () => {
    const di = await network.aPerson({ name: 'Di Forged', phone: '07700 900322' })
    await tells(di)
    const { from } = mail.raw[0]!
    const before = (await keptMails()).length
    for (const raw of [
      report(from.replace(/\.[0-9a-f]{20}@/, `.${'0'.repeat(20)}@`)),
      report('loop@first.example.org', { original: `Message-ID: <${'0a'.repeat(20)}@first.example.org>` }),
      report('loop@first.example.org'),
    ])
      expect((await comesBack(raw))[0]).toBe(202)
    expect((await rowsOf(di)).map(each => each.state)).toEqual(['sent'])
    expect((await keptMails()).length).toBe(before + 3)
  })

  test('REACH-1 all networks share one address for what comes back: a report reaches the network that it is about, and no other', async () => {
    await tells(network.stranger, {}, network.otherSlug)
    const { from } = mail.raw[0]!
    expect(await comesBack(report(from))).toEqual(noted)
    const there = await network.house.database.network(network.stranger.networkId, tx =>
      tx.selectFrom('message').select(['state']).where('person_id', '=', network.stranger.id).execute(),
    )
    expect(there[0]).toEqual({ state: 'came-back' })
    expect((await network.coordinator.reads(`/${network.slug}/team/came-back`)).text).not.toContain('Stan')
  })

  test('REACH-1 of a concern no report leaves a trace, whoever hands it in', async () => {
    const quiet = await network.aPerson({ name: 'Quinn Quiet', phone: '07700 900456' })
    await tells(quiet, { kind: 'concern', about: { kind: 'concern', id: 'ref' } })
    const { from } = mail.raw[0]!
    const before = (await keptMails()).length
    const page = await network.coordinator.reads(`/${network.slug}/team/applications/e-mails/new`)
    const file = new File([report(from) as Uint8Array<ArrayBuffer>], 'back.eml')
    await page.attach('The e-mail as a file', file).press('Hand it in')
    expect(await comesBack(report(from))).toEqual(noted)
    expect((await keptMails()).length).toBe(before)
    expect((await rowsOf(quiet)).map(each => [each.channel, each.state])).toEqual([['email', 'failed']])
    const { coordinator, slug } = network
    expect((await coordinator.reads(`/${slug}/team/came-back`)).text).not.toContain('Quinn')
    expect((await coordinator.reads(`/${slug}/team/people/${quiet.id}`)).text).not.toContain('Came back')
    expect((await coordinator.reads(`/${slug}/team/messages`)).text).not.toContain('Quinn')
    expect((await quiet.reads(`/${slug}/home`)).text).not.toContain('do not reach you')
  })

  test('REACH-1 the team puts an address right, and what waited for it goes out; a code that was typed shows that it works', async () => {
    const { coordinator, slug } = network
    const ed = await network.aPerson({
      name: 'Ed Elsewhere',
      email: 'ed@gone.example',
      phone: null,
      postalAddress: null,
      signsIn: false,
    })
    mail.atRecipient = address => (address === 'ed@gone.example' ? '550 5.1.1 nobody' : undefined)
    await tells(ed)
    const one = await (await coordinator.reads(`/${slug}/team/came-back`)).follow('Ed Elsewhere')
    expect(one.text).toContain('1 message. It goes out as soon as there is a way.')
    expect(one.text).toContain('Not at all')
    const form = await one.follow('Change how to reach them')
    // Two labels on that page are “E-mail”.
    const { to, body } = form.wouldSend('Save')
    body.set('email', 'ed@example.net')
    expect((await coordinator.posts(to, body)).errors).toEqual([])
    await network.house.runDue()
    expect(mail.raw.map(each => each.to)).toContainEqual(['ed@example.net'])
    expect((await coordinator.reads(`/${slug}/team/came-back`)).text).not.toContain('Ed Elsewhere')

    const fay = await network.aPerson({ name: 'Fay Back', email: 'fay@back.example', phone: '0121 496 0112' })
    mail.atRecipient = address => (address === 'fay@back.example' ? '550 5.2.1 closed' : undefined)
    await tells(fay)
    mail.atRecipient = undefined
    expect((await coordinator.reads(`/${slug}/team/came-back`)).text).toContain('Fay Back')
    const { visitor } = network
    const code = await (await visitor.reads('/sign-in'))
      .fill('Your e-mail address', 'fay@back.example')
      .press('Send me a code')
    await deliverWaiting(network.house.house, senders)
    const digits = /code to sign in is (\d{6})/.exec(mail.took.at(-1)!.text!)![1]!
    await code.fill('Six-digit code', digits).press('Sign in')
    expect((await coordinator.reads(`/${slug}/team/came-back`)).text).not.toContain('Fay Back')
  })
})

describe('REACH-1 reminders are stopped by one press', () => {
  test('REACH-1 the button of a mail program stops reminders and nothing else, without a session; a look at the page changes nothing', async () => {
    const gus = await network.aPerson({ name: 'Gus Stopper', signsIn: false })
    await tells(gus, { kind: 'digest', about: { kind: 'digest', id: String(gus.id) } })
    const header = mail.took[0]!.headerLines.find(each => each.key === 'list-unsubscribe')!.line
    const address = new URL(/<([^>]+)>/.exec(header.replace(/\s+/g, ''))![1]!).pathname
    const { visitor } = network
    const wishes = async () =>
      (
        await network.inNetwork(tx =>
          tx.selectFrom('preference').select('channels').where('person_id', '=', gus.id).execute(),
        )
      )[0]?.channels
    const page = await visitor.reads(address)
    expect(page.text).toContain('Stop reminders by e-mail?')
    expect(page.html).not.toContain('Gus')
    expect(await wishes()).toBeUndefined()
    const press = () =>
      visitor.raw(address, {
        method: 'POST',
        body: 'List-Unsubscribe=One-Click',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
    const pressed = await press()
    expect(pressed.status).toBe(200)
    expect(await pressed.text()).toContain('Reminders are stopped')
    expect((await press()).status).toBe(200)
    expect(await wishes()).toEqual({ reminders: 'off' })
    mail.took.length = 0
    await tells(gus, { kind: 'digest', about: { kind: 'digest', id: String(gus.id) } })
    await tells(gus)
    expect(mail.took.map(each => each.subject)).toEqual(['First: your view was agreed'])
    // What nobody may switch off has no such door, and a wrong key opens none.
    for (const wrong of [
      address.replace('/reminders/', '/answers/'),
      address.replace(network.slug, network.otherSlug),
      address.replace(/[^/]+$/, 'aaaa-bbbb-cccc-dddd-eeee'),
      address.replace(/[^/]+$/, '%E0%A4%A'),
    ]) {
      expect((await visitor.raw(wrong, { method: 'POST' })).status, wrong).toBe(404)
      expect((await visitor.opens(wrong)).status, wrong).toBe(404)
    }
    const again = await (await visitor.reads(address)).press('Stop reminders')
    expect((await again.follow('have them again, or choose another way')).h1).toBe('In which way?')
  })
})

describe('REACH-1 a test e-mail', () => {
  const tries = async (mailOut: object | undefined) => {
    Object.assign(network.house.house, { mailOut })
    const page = await network.coordinator.reads(`/${network.slug}/team/connections/mail-out`)
    return (await page.press('Send me a test e-mail')).text
  }

  test('REACH-1 the page sends a test to whoever asks, and says in words what is wrong', async () => {
    expect(await tries(undefined)).toContain('This is a demonstration: no e-mail goes out')
    const works = await tries(settings())
    expect(works).toContain('It works. 127.0.0.1 took a test e-mail for person-')
    expect(works).toContain('It is not signed (DKIM)')
    expect(mail.took[0]!.text).toContain('This is a test.')

    const gone = await openMailServer()
    await gone.close()
    const locked = await openMailServer({
      authOptional: false,
      disabledCommands: ['STARTTLS'],
      onAuth: (_auth, _session, done) => done(Object.assign(new Error('no'), { responseCode: 535 })),
    })
    const safe = await openMailServer({ disabledCommands: ['AUTH'] })
    const strict = await openMailServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      onMailFrom: (_address, _session, done) =>
        done(Object.assign(new Error('not you'), { responseCode: 550 })),
    })
    for (const [wrong, words] of [
      [{ smtpUrl: 'smtp://no-such-server.invalid:25' }, 'There is no server called no-such-server.invalid'],
      [{ smtpUrl: gone.url }, 'Nothing answers at 127.0.0.1, port'],
      [{ smtpUrl: locked.url.replace('//', '//loop:wrong@') }, 'does not accept the name or the password'],
      [{ smtpUrl: safe.url }, 'its certificate is not in order'],
      [{ smtpUrl: mail.url.replace('smtp:', 'smtps:') }, 'The safe connection to 127.0.0.1, port'],
      [
        { smtpUrl: strict.url },
        'does not let us send as First Network <loop@first.example.org>. Check MAIL_FROM',
      ],
    ] as const) {
      const text = await tries({ ...settings(), ...wrong })
      expect(text, words).toContain('It does not work yet.')
      expect(text).toContain(words)
      expect(text).not.toContain('wrong@')
    }
    mail.atRecipient = () => '450 4.7.1 Greylisted'
    expect(await tries(settings())).toContain('asks us to come back later')
    mail.atRecipient = () => '550 5.1.1 no such mailbox'
    expect(await tries(settings())).toContain('does not take e-mail for your address')
    const { volunteer, stranger, visitor, slug } = network
    for (const who of [volunteer, stranger, visitor])
      expect((await who.opens(`/${slug}/team/connections/mail-out`)).status).toBe(404)
  }, 30_000)
})
