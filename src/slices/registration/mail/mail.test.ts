import fc from 'fast-check'
import { expect, test } from 'vitest'
import { doingOf } from '#platform/doing.ts'
import { doingAs } from '#slices/papers/for-tests.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { registers } from '../for-tests.ts'
import { isVouchedFor, readMail } from './read.ts'
import { takeInMail, whyApart } from './take-in.ts'

const bytes = (text: string) => new TextEncoder().encode(text.replaceAll('\n', '\r\n'))

interface Letter {
  from?: string
  id?: string
  subject?: string
  headers?: readonly string[]
  body?: string
}

let ids = 0
const letter = (given: Letter = {}) =>
  bytes(
    [
      ...(given.headers?.filter(each => /^(Authentication|Return)/.test(each)) ?? []),
      ...(given.from === '' ? [] : [`From: ${given.from ?? 'Emil Mailer <emil@example.org>'}`]),
      'To: take-part@example.org',
      `Subject: ${given.subject ?? 'Taking part'}`,
      `Message-ID: ${given.id ?? `<letter-${++ids}@example.org>`}`,
      'Date: Tue, 09 Jun 2026 08:00:00 +0100',
      'MIME-Version: 1.0',
      ...(given.headers?.filter(each => !/^(Authentication|Return)/.test(each)) ?? [
        'Content-Type: text/plain; charset=utf-8',
      ]),
      '',
      given.body ?? 'I would like to take part. Ring me after lunch.',
      '',
    ].join('\n'),
  )

const comesIn = (network: TestNetwork, raw: Uint8Array, server?: string) =>
  network.house.database.enter(
    { slug: network.slug, accountId: undefined, today: network.house.clock.today() },
    (tx, entry) => takeInMail(doingOf(network.house.house, tx, entry!, undefined), raw, server),
  )

const told = (network: TestNetwork) =>
  network.inNetwork(tx =>
    tx.selectFrom('message').selectAll().where('kind', '=', 'registered').orderBy('id').execute(),
  )

test('PEOPLE-1 an e-mail becomes an application with the sender’s own words, a receipt and the original kept', async () => {
  const network = await aNetwork()
  const { coordinator, slug } = network
  const raw = letter({
    headers: [
      'Authentication-Results: mx.example.org; dmarc=pass header.from=example.org',
      'Content-Type: text/plain',
    ],
  })
  expect(await comesIn(network, raw, 'mx.example.org')).toMatchObject({ kind: 'application', number: 201 })
  const one = await coordinator.reads(`/${slug}/team/applications/201`)
  expect(one.text).toContain('Emil Mailer')
  expect(one.text).toContain('By e-mail')
  expect(one.text).toContain('I would like to take part. Ring me after lunch.')
  expect(one.text).not.toContain('We could not check')
  const [receipt] = await told(network)
  expect(receipt).toMatchObject({ address: 'emil@example.org', channel: 'email' })
  expect(receipt!.body).toContain('Ring me after lunch')
  const mail = await one.follow('E-mail of 9 June 2026, 10am: Taking part')
  const original = await coordinator.opens(
    mail
      .$('main a')
      .filter((_, a) => mail.$(a).text() === 'The e-mail as it came')
      .attr('href')!,
  )
  expect([original.status, original.headers.get('content-type')]).toEqual([200, 'message/rfc822'])
  expect(original.html).toBe(new TextDecoder().decode(raw))
  expect(original.headers.get('content-disposition')).toMatch(/^attachment/)
})

test('PEOPLE-1 an e-mail is taken in once, however often and however many at a time it is handed over', async () => {
  const network = await aNetwork()
  const raw = letter()
  const all = await Promise.all(Array.from({ length: 4 }, () => comesIn(network, raw)))
  expect(all.map(each => each.kind).sort()).toEqual(['already', 'already', 'already', 'application'])
  // The same Message-ID with another footer, and the same bytes again.
  expect(
    (await comesIn(network, letter({ id: `<letter-${ids}@example.org>`, body: 'With a footer.' }))).kind,
  ).toBe('already')
  expect(await told(network)).toHaveLength(1)
})

test('PEOPLE-1 forty attachments: ten are kept, each is named, and the original has them all', async () => {
  const network = await aNetwork()
  const { coordinator, slug } = network
  const pdf = Buffer.from('%PDF-1.4 a letter').toString('base64')
  const parts = Array.from({ length: 40 }, (_, n) =>
    [
      '--edge',
      'Content-Type: application/pdf',
      `Content-Disposition: attachment; filename="page-${n + 1}${n === 0 ? '.exe' : '.pdf'}"`,
      'Content-Transfer-Encoding: base64',
      '',
      pdf,
    ].join('\n'),
  )
  const raw = letter({
    headers: ['Content-Type: multipart/mixed; boundary="edge"'],
    body: ['--edge', 'Content-Type: text/plain', '', 'All my letters.', ...parts, '--edge--'].join('\n'),
  })
  expect((await comesIn(network, raw)).kind).toBe('application')
  const one = await (await coordinator.reads(`/${slug}/team/applications/201`)).follow(
    'E-mail of 9 June 2026, 10am: Taking part',
  )
  expect(one.text).toContain('page-2.pdf')
  expect(one.text).toContain('page-11.pdf')
  expect(one.text).toContain('30 more files are only in the e-mail as it came')
  expect(one.text).toContain('page-1.exe')
  const kept = await network.inNetwork(tx => tx.selectFrom('stored_file').select(['type']).execute())
  expect(kept).toHaveLength(11)
})

test('PEOPLE-1 HTML only, and no name: the text is read, nothing runs, and they are asked what to call them', async () => {
  const network = await aNetwork()
  const { coordinator, slug } = network
  const raw = letter({
    from: 'quiet@example.org',
    headers: ['Content-Type: text/html; charset=utf-8'],
    body: '<html><body><p>I would <b>like</b> to help.</p><script>alert(1)</script><img src="https://track.example.org/x.gif"></body></html>',
  })
  await comesIn(network, raw)
  const one = await coordinator.reads(`/${slug}/team/applications/201`)
  expect(one.text).toContain('I would like to help.')
  expect(one.html).not.toMatch(/alert\(1\)|track\.example/)
  expect(one.text).toContain('quiet@example.org')
  expect((await told(network))[0]!.body).toContain('We do not know your name yet')
})

test('PEOPLE-1 a forged sender: said to the team, and the owner of the address can undo it without having read a word', async () => {
  const network = await aNetwork()
  const { coordinator, slug, visitor } = network
  // The forger writes a line of trust too; below the real one, or in another server's name, it counts for nothing.
  const raw = letter({
    from: 'Vic Tim <vic@example.org>',
    headers: [
      'Authentication-Results: mx.example.org; dmarc=fail header.from=example.org',
      'Authentication-Results: mx.example.org; dmarc=pass header.from=example.org',
      'Content-Type: text/plain',
    ],
    body: 'Buy my pills.',
  })
  await comesIn(network, raw, 'mx.example.org')
  expect((await coordinator.reads(`/${slug}/team/applications/201`)).text).toContain(
    'We could not check who sent this e-mail',
  )
  const [receipt] = await told(network)
  expect(receipt!.address).toBe('vic@example.org')
  expect(receipt!.body).not.toContain('pills')
  expect(receipt!.body).toContain('we could not check that it was you')
  const link = /http:\/\/loop\.test(\/\S+application\/\S+)/.exec(receipt!.body)![1]!
  await (await (await visitor.reads(link)).follow('Withdraw my application')).press('Withdraw and delete')
  for (const table of ['application', 'application_mail', 'person', 'message'] as const) {
    const rows = JSON.stringify(await network.inNetwork(tx => tx.selectFrom(table).selectAll().execute()))
    expect(rows, table).not.toMatch(/pills|vic@|Vic Tim/)
  }
  expect(await network.inNetwork(tx => tx.selectFrom('stored_file').select('id').execute())).toEqual([])
  // It was deleted, and stays so when the server hands it over once more.
  expect((await comesIn(network, raw, 'mx.example.org')).kind).toBe('already')
})

test('PEOPLE-1 only the topmost word of our own server counts, and only for the domain that is shown', () => {
  const good = 'mx.example.org; dkim=pass header.d=example.org; spf=fail smtp.mailfrom=a@other.test'
  expect(isVouchedFor([good], 'a@example.org', 'mx.example.org')).toBe(true)
  expect(isVouchedFor([good], 'a@mail.example.org', 'MX.example.org')).toBe(true)
  const refused: [string[], string, string | undefined][] = [
    [[good], 'a@example.org', undefined],
    [[], 'a@example.org', 'mx.example.org'],
    [[good], 'a@example.org', 'other.example.org'],
    [[good], 'a@bank.test', 'mx.example.org'],
    [['mx.example.org; dkim=pass header.d=evil.test'], 'a@example.org', 'mx.example.org'],
    [['mx.example.org; dkim=pass header.d=notexample.org'], 'a@example.org', 'mx.example.org'],
    [
      ['mx.example.org; dkim=none; spf=softfail smtp.mailfrom=a@example.org'],
      'a@example.org',
      'mx.example.org',
    ],
    [['evil.test; dmarc=pass header.from=example.org', good], 'a@example.org', 'mx.example.org'],
  ]
  for (const [results, address, server] of refused) expect(isVouchedFor(results, address, server)).toBe(false)
})

test('PEOPLE-1 programs are never answered: their replies, lists, bounces and our own messages wait apart', async () => {
  const network = await aNetwork()
  const { coordinator, slug } = network
  const plain = 'Content-Type: text/plain'
  const programs: Letter[] = [
    { headers: ['Auto-Submitted: auto-replied', plain] },
    { headers: ['Precedence: bulk', plain] },
    { headers: ['X-Auto-Response-Suppress: All', plain] },
    { headers: ['List-Id: <news.example.org>', plain] },
    { headers: ['Return-Path: <>', plain] },
    { from: 'Mail <mailer-daemon@example.org>' },
    { from: 'no-reply@example.org' },
    { id: `<${'0a'.repeat(20)}@example.org>` },
  ]
  for (const each of programs)
    expect((await comesIn(network, letter(each))).kind, JSON.stringify(each)).toBe('apart')
  expect(
    (await comesIn(network, letter({ headers: ['Auto-Submitted: no', plain], from: 'person@example.org' })))
      .kind,
  ).toBe('application')
  // A loop: two programs that answer each other. Ours never begins.
  expect(await told(network)).toHaveLength(1)
  const list = await coordinator.reads(`/${slug}/team/applications/e-mails`)
  expect(list.text).toContain('There is nothing to look at')
  const seen = await coordinator.reads(`/${slug}/team/applications/e-mails?from=programs`)
  expect(seen.text).toContain('A program wrote it, not a person')
  expect(seen.text).toContain('It is a message of ours that came back')
})

test('PEOPLE-1 one address that writes on and on, or writes again, waits for a person: nothing is joined or answered by itself', async () => {
  const network = await aNetwork()
  const { coordinator, visitor, volunteer, stranger, administrator, slug } = network
  await registers(network, visitor, { name: 'Ann Newcomer', contact: 'ann@example.org' })
  const again = await comesIn(
    network,
    letter({ from: 'Ann <ANN@example.org>', body: 'I forgot to say: I like mornings.' }),
  )
  expect(again).toMatchObject({ kind: 'apart', because: 'again' })
  for (let n = 0; n < 5; n += 1)
    await comesIn(network, letter({ from: 'Ann <ann@example.org>', body: `More ${n}.` }))
  expect(await told(network)).toHaveLength(1)
  const list = await (await coordinator.reads(`/${slug}/team/applications`)).follow(
    'E-mails to look at, or to hand in',
  )
  expect(list.text).toContain('We have an application from this address already')
  expect(list.text).toContain('This address wrote several times in a day')
  expect(list.text).toContain('by 16 June 2026')
  expect((await coordinator.reads(`/${slug}/home`)).text).toContain('E-mails to look at')
  const one = await list.follow('Ann')
  expect((await one.press('Save')).errors).toEqual(['Choose what to do with this e-mail'])
  const added = await one.choose('It belongs to application 201, Ann Newcomer').press('Save')
  expect(added.h1).toBe('Application 201')
  expect(added.text).toContain('I forgot to say: I like mornings.')
  expect(added.text).toContain('An e-mail was added')
  // Another one is nothing: its words go.
  const other = await (await coordinator.reads(`/${slug}/team/applications/e-mails`)).follow('Ann')
  await other.choose('It is nothing for us: delete it').press('Save')
  expect((await coordinator.reads(other.path)).text).toContain('This e-mail was deleted')
  expect(
    JSON.stringify(await network.inNetwork(tx => tx.selectFrom('application_mail').selectAll().execute())),
  ).not.toContain('More 0.')
  for (const person of [visitor, volunteer, stranger, administrator]) {
    for (const path of [
      '',
      '/new',
      `/${other.path.split('/').pop()}`,
      `/${other.path.split('/').pop()}/files/1`,
    ]) {
      expect((await person.opens(`/${slug}/team/applications/e-mails${path}`)).status).toBe(404)
    }
  }
})

test('PEOPLE-1 the team hands in a saved e-mail; what is none is refused with a sentence', async () => {
  const network = await aNetwork()
  const { coordinator, slug } = network
  const page = await coordinator.reads(`/${slug}/team/applications/e-mails/new`)
  expect((await page.press('Hand it in')).errors).toEqual(['Choose the saved e-mail'])
  const photo = new File([new Uint8Array([0xff, 0xd8, 0xff, 0xe0])], 'photo.eml')
  expect((await page.attach('The e-mail as a file', photo).press('Hand it in')).errors).toEqual([
    'This is not a saved e-mail. Save it again as .eml',
  ])
  const good = new File([letter() as Uint8Array<ArrayBuffer>], 'mail.eml')
  const one = await (await coordinator.reads(`/${slug}/team/applications/e-mails/new`))
    .attach('The e-mail as a file', good)
    .press('Hand it in')
  expect(one.h1).toBe('Application 201')
  expect(one.text).toContain('written down by Cora Ordinator')
  const twice = await (await coordinator.reads(`/${slug}/team/applications/e-mails/new`))
    .attach('The e-mail as a file', good)
    .press('Hand it in')
  expect(twice.text).toContain('It belongs to application 201')
})

test('PEOPLE-1 HOUSE-9 the mail server’s door exists only with its token, and for networks that there are', async () => {
  const network = await aNetwork()
  const { house, visitor, slug } = network
  const send = (to: string, authorization: string | undefined, raw = letter()) =>
    visitor.raw(`/mail-in/${to}`, {
      method: 'POST',
      body: raw as Uint8Array<ArrayBuffer>,
      headers: { 'content-type': 'message/rfc822', ...(authorization ? { authorization } : {}) },
    })
  expect((await send(slug, 'Bearer undefined')).status).toBe(404)
  Object.assign(house.house, { mailInToken: 'a-token-of-the-mail-server' })
  const missing = await visitor.opens('/nowhere')
  const wrong = await send(slug, 'Bearer another')
  expect([wrong.status, await wrong.text()]).toEqual([404, missing.html])
  expect((await send(slug, undefined)).status).toBe(404)
  expect((await send('nowhere', 'Bearer a-token-of-the-mail-server')).status).toBe(404)
  const raw = letter()
  expect((await send(slug, 'Bearer a-token-of-the-mail-server', raw)).status).toBe(201)
  expect((await send(slug, 'Bearer a-token-of-the-mail-server', raw)).status).toBe(200)
  expect((await send(slug, 'Bearer a-token-of-the-mail-server', bytes(''))).status).toBe(400)
  const other = await house.database.enter(
    { slug: network.otherSlug, accountId: undefined, today: house.clock.today() },
    tx => tx.selectFrom('application').select('id').execute(),
  )
  expect(other).toEqual([])
})

test('PEOPLE-1 whatever bytes come in, they are read or refused, and never become a broken page', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.string(), async (junk, from) => {
      for (const raw of [junk, letter({ from: from.replace(/[\r\n]/g, ' ') })]) {
        const read = await readMail(raw, 'mx.example.org')
        if (!read) continue
        expect(read.words.length).toBeLessThanOrEqual(3000)
        expect(read.from?.address ?? 'a@b.c').toMatch(/^[^\s@]+@[^\s@]+$/)
        expect(whyApart(read, { lately: 9, waiting: true })).toBeDefined()
      }
    }),
    { numRuns: 60 },
  )
})

test('PEOPLE-1 what somebody wrote by e-mail is part of what they can read about themselves', async () => {
  const network = await aNetwork()
  await comesIn(network, letter())
  const { mailHeld } = await import('./held.ts')
  const { askTogether } = await import('#platform/database/questions.ts')
  const { person_id } = await network.inNetwork(tx =>
    tx.selectFrom('application').select('person_id').executeTakeFirstOrThrow(),
  )
  const [held] = await doingAs(network, network.coordinator, doing =>
    askTogether(doing.tx, [mailHeld(person_id)[0]!]),
  )
  expect(JSON.stringify(held)).toContain('Ring me after lunch')
  const [nothing] = await doingAs(network, network.coordinator, doing =>
    askTogether(doing.tx, [mailHeld(network.volunteer.id)[0]!]),
  )
  expect(nothing!.rows).toEqual([])
})

test('PEOPLE-1 R59 an e-mail that became no application is deleted after its time, and does not come in again', async () => {
  const network = await aNetwork()
  const { apartKept } = await import('./kept.ts')
  const raw = letter({ headers: ['Precedence: bulk', 'Content-Type: text/plain'], body: 'Buy, buy.' })
  await comesIn(network, raw)
  const ends = (inDays: number) =>
    doingAs(network, network.coordinator, doing => apartKept.end(doing, doing.today.add({ days: inDays })))
  expect(await ends(0)).toBe(0)
  expect(await ends(1)).toBe(1)
  const left = await network.inNetwork(tx => tx.selectFrom('application_mail').selectAll().execute())
  expect(JSON.stringify(left)).not.toMatch(/Buy|emil/)
  expect(await network.inNetwork(tx => tx.selectFrom('stored_file').select('id').execute())).toEqual([])
  expect((await comesIn(network, raw)).kind).toBe('already')
})
