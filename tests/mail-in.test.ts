import { expect, test } from 'vitest'
import { realSenders } from '#platform/delivery/senders.ts'
import { replyAddresses } from '#platform/mail/reply-address.ts'
import { readSignedAddress, signedAddress } from '#platform/mail/signed-address.ts'
import { sealWith } from '#platform/seal.ts'
import { aRequest } from '#slices/chair-requests/for-tests.ts'
import { aConcern } from '#slices/concerns/for-tests.ts'
import { aContribution } from '#slices/contributions/for-tests.ts'
import { aMeeting, doingAs, loadMeeting } from '#slices/meetings/for-tests.ts'
import { cancelMeeting } from '#slices/meetings/index.ts'
import { takeInFor } from '#slices/registration/index.ts'
import { aTask } from '#slices/tasks/for-tests.ts'
import { openTestHouse } from './house.ts'
import { openMailServer } from './mail-server.ts'
import { aNetwork, type Someone, type TestNetwork } from './network.ts'
import { testSecret } from './postgres.ts'

const server = 'mx.example.org'
const seal = sealWith(testSecret)

let ids = 0
/** As a mail server of the network hands it over; `sure`: it vouches for the sender. */
function mail(given: {
  from: string
  to?: string
  subject?: string
  body: string
  sure?: boolean
  id?: string
  headers?: readonly string[]
}): Uint8Array {
  return new TextEncoder().encode(
    [
      ...(given.sure ? [`Authentication-Results: ${server}; dmarc=pass header.from=example.org`] : []),
      ...(given.headers ?? []),
      `From: ${given.from}`,
      `To: ${given.to ?? 'involve@example.org'}`,
      `Subject: ${given.subject ?? 'Re: something'}`,
      `Message-ID: ${given.id ?? `<answer-${++ids}@example.org>`}`,
      'Date: Tue, 09 Jun 2026 08:00:00 +0100',
      'Content-Type: text/plain; charset=utf-8',
      '',
      given.body,
    ].join('\r\n'),
  )
}

const comesIn = (network: TestNetwork, raw: Uint8Array) =>
  takeInFor(network.house.house, network.slug, raw, server, network.house.app.slices)

const emailOf = (network: TestNetwork, who: Someone) =>
  network
    .inNetwork(tx =>
      tx.selectFrom('person').select('email').where('id', '=', who.id).executeTakeFirstOrThrow(),
    )
    .then(row => row.email!)

/** The newest message of one kind to somebody, and where it is answered. */
async function toAnswer(network: TestNetwork, who: Someone, kind: string) {
  const row = await network.inNetwork(tx =>
    tx
      .selectFrom('message')
      .select(['id', 'network_id', 'body', 'subject'])
      .where('person_id', '=', who.id)
      .where('kind', '=', kind)
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow(),
  )
  return { ...row, address: signedAddress('involve@example.org', seal, 'reply', row)! }
}

const answers = async (network: TestNetwork, who: Someone, kind: string, body: string, sure = true) =>
  comesIn(
    network,
    mail({
      from: await emailOf(network, who),
      to: (await toAnswer(network, who, kind)).address,
      body: `${body}\r\n\r\nOn Tue, 9 Jun 2026 at 09:00, First <involve@example.org> wrote:\r\n> Yes or no?`,
      sure,
    }),
  )

const linkIn = (body: string) => /http:\/\/loop\.test(\/\S+by-e-mail\/\S+)/.exec(body)![1]!

test('REACH-3 a contributor closes the loop by answering “yes”, after it was read back; a second yes changes nothing', async () => {
  const network = await aNetwork()
  const { volunteer, visitor, stranger } = network
  const it = await aContribution(network, { by: volunteer, state: 'fed-back' })
  expect((await answers(network, volunteer, 'fed-back', 'Yes, thank you'))?.kind).toBe('passed-on')
  // It does not count before it was read back.
  expect(await it.state()).toBe('fed-back')
  const readBack = await toAnswer(network, volunteer, 'mail-reply')
  expect(readBack.body).toContain(`Yes, our answer closes ${it.reference} for you.`)
  expect(readBack.body).not.toContain('On Tue')
  const link = linkIn(readBack.body)
  const page = await visitor.reads(link)
  expect(page.text).toContain('Yes, thank you')
  expect(await it.state()).toBe('fed-back')
  const done = await page.press('Yes, that is right')
  expect(done.text).toContain('It counts now')
  expect(await it.state()).toBe('closed')
  expect(await (await visitor.reads(link)).text).toContain('It counts now')
  expect((await stranger.opens(link.replace(network.slug, network.otherSlug))).status).toBe(404)
  expect((await stranger.opens(`/${network.slug}/by-e-mail/nothing`)).status).toBe(404)
  await answers(network, volunteer, 'fed-back', 'Yes')
  expect((await toAnswer(network, volunteer, 'mail-reply-cannot')).body).toContain('could not count')
  expect(await it.state()).toBe('closed')
})

test('REACH-3 “no, because …” opens the loop again with their words, confirmed by a second e-mail alone', async () => {
  const network = await aNetwork()
  const { volunteer, coordinator } = network
  const it = await aContribution(network, { by: volunteer, state: 'fed-back' })
  await answers(network, volunteer, 'fed-back', 'No, because the letter still says nothing about the time.')
  await answers(network, volunteer, 'mail-reply', 'yes')
  expect(await it.state()).toBe('reopened')
  const page = await coordinator.reads(it.path)
  expect(page.text).toContain('the letter still says nothing about the time')
})

test('REACH-3 “no” to what was read back: nothing changes', async () => {
  const network = await aNetwork()
  const { volunteer } = network
  const it = await aContribution(network, { by: volunteer, state: 'fed-back' })
  await answers(network, volunteer, 'fed-back', 'Yes')
  await answers(network, volunteer, 'mail-reply', 'No, that was my neighbour')
  expect(await it.state()).toBe('fed-back')
  await answers(network, volunteer, 'mail-reply', 'yes')
  expect(await it.state()).toBe('fed-back')
})

test('REACH-3 only the contributor’s own word counts: somebody who has the e-mail cannot give it', async () => {
  const network = await aNetwork()
  const { volunteer, secondVolunteer, coordinator, slug } = network
  const it = await aContribution(network, { by: volunteer, state: 'fed-back' })
  const { address } = await toAnswer(network, volunteer, 'fed-back')
  // Passed on to somebody else, who answers: the contributor is asked, at the address on file.
  await comesIn(
    network,
    mail({ from: await emailOf(network, secondVolunteer), to: address, body: 'Yes', sure: true }),
  )
  const readBack = await toAnswer(network, volunteer, 'mail-reply')
  await comesIn(
    network,
    mail({ from: await emailOf(network, secondVolunteer), to: readBack.address, body: 'Yes', sure: true }),
  )
  expect(await it.state()).toBe('fed-back')
  // An address that we did not make leads nowhere.
  const forged = address.replace(/[0-9a-f]{20}@/, `${'0'.repeat(20)}@`)
  await comesIn(network, mail({ from: await emailOf(network, volunteer), to: forged, body: 'Yes' }))
  expect(await it.state()).toBe('fed-back')
  // The team hands in an e-mail that says yes to what was read back: no word of the contributor.
  const again = await toAnswer(network, volunteer, 'mail-reply')
  const file = new File(
    [
      mail({
        from: await emailOf(network, volunteer),
        to: again.address,
        body: 'Yes',
        sure: true,
      }) as Uint8Array<ArrayBuffer>,
    ],
    'mail.eml',
  )
  await (await coordinator.reads(`/${slug}/team/applications/e-mails/new`))
    .attach('The e-mail as a file', file)
    .press('Hand it in')
  expect(await it.state()).toBe('fed-back')
})

test('REACH-3 a task is taken by an e-mail, once', async () => {
  const network = await aNetwork()
  const { volunteer, visitor } = network
  const task = await aTask(network, { asks: [volunteer] })
  await answers(network, volunteer, 'task-asked', 'Happy to. Vera')
  const { body } = await toAnswer(network, volunteer, 'mail-reply')
  expect(body).toContain('You will do this: Read a letter.')
  await (await visitor.reads(linkIn(body))).press('Yes, that is right')
  const offer = await network.inNetwork(tx => tx.selectFrom('task_offer').select('state').executeTakeFirst())
  expect(offer?.state, task.reference).toBe('accepted')
  await answers(network, volunteer, 'task-asked', 'Yes')
  expect((await toAnswer(network, volunteer, 'mail-reply-cannot')).body).toContain('You answered for T-')
})

test('REACH-3 apologies for a meeting, and coming after all, by an e-mail', async () => {
  const network = await aNetwork()
  const { volunteer, coordinator } = network
  const meeting = await aMeeting(network)
  await network.house.runDue()
  await answers(network, volunteer, 'meeting-invitation', 'Sorry, I have a scan on that day.')
  const of = () =>
    network.inNetwork(tx =>
      tx
        .selectFrom('attendance')
        .select(['state', 'because'])
        .where('meeting_id', '=', meeting.id)
        .where('person_id', '=', volunteer.id)
        .execute(),
    )
  expect(await of()).toEqual([])
  await answers(network, volunteer, 'mail-reply', 'yes')
  expect(await of()).toEqual([{ state: 'apologies', because: 'Sorry, I have a scan on that day.' }])
  await answers(network, volunteer, 'meeting-invitation', 'I can come after all')
  await answers(network, volunteer, 'mail-reply', 'Yes')
  expect(await of()).toEqual([])
  await doingAs(network, coordinator, async doing => {
    const loaded = await loadMeeting(doing, meeting.reference, { forChange: true })
    return await cancelMeeting(doing, loaded!, 'Too few can come')
  })
  await answers(network, volunteer, 'meeting-invitation', 'Yes')
  expect((await toAnswer(network, volunteer, 'mail-reply-cannot')).body).toContain(
    'This meeting was cancelled',
  )
})

test('REACH-2 over real mail: each e-mail has its own address for answers, one about a concern has none; without one its name is enough', async () => {
  const smtp = await openMailServer()
  const senders = realSenders({
    smtpUrl: smtp.url,
    mailFrom: 'Network <no-reply@example.org>',
    secret: testSecret,
    replyAddress: replyAddresses(testSecret),
  })
  const house = await openTestHouse({ senders, mode: 'production' })
  const network = await aNetwork(house)
  const { volunteer, administrator, portfolioManager } = network
  const settings = (plus: string) =>
    house.owner.query(
      `insert into connection (network_id, kind, settings, set_by_person_id, set_at) values ($1, 'mail-in', $2, $3, now())
       on conflict (network_id, kind) do update set settings = excluded.settings`,
      [network.id, JSON.stringify({ address: 'involve@example.org', plus }), administrator.id],
    )
  await settings('yes')
  const it = await aContribution(network, { by: volunteer, state: 'fed-back' })
  await aConcern(network, { by: volunteer, reader: portfolioManager })
  await house.runDue()
  const concerned = await house.owner.query<{ sent_as: string }>(
    "select sent_as from message where about_kind = 'concern' and sent_as is not null",
  )
  expect(concerned.rows.length).toBeGreaterThan(0)
  for (const { sent_as } of concerned.rows)
    expect(smtp.took.find(each => each.messageId === sent_as)?.replyTo).toBeUndefined()
  const asked = smtp.took.find(
    each => /does it close the loop|answer/i.test(each.subject ?? '') && each.replyTo,
  )!
  const from = await emailOf(network, volunteer)
  const to = (await toAnswer(network, volunteer, 'fed-back')).address
  expect(smtp.took.map(each => each.replyTo?.value[0]?.address)).toContain(to)
  expect(asked.replyTo?.value[0]?.address).toMatch(/^involve\+r\./)
  // No plus in this mailbox, and a mail program that keeps what it answers.
  await settings('no')
  const sent = await house.owner.query<{ sent_as: string }>(
    "select sent_as from message where kind = 'fed-back' and person_id = $1",
    [volunteer.id],
  )
  await comesIn(network, mail({ from, body: 'Yes', headers: [`In-Reply-To: ${sent.rows[0]!.sent_as}`] }))
  await house.runDue()
  const readBack = smtp.took.at(-1)!
  expect(readBack.subject).toContain('did we understand your e-mail')
  expect(readBack.replyTo?.value[0]?.address).toBe('involve@example.org')
  await comesIn(network, mail({ from, body: 'yes', headers: [`References: <x@y> ${readBack.messageId}`] }))
  expect(await it.state()).toBe('closed')
  senders.close()
})

test('REACH-3 a SIG answers by e-mail, and who asked says by e-mail that it is not enough', async () => {
  const network = await aNetwork()
  const { volunteer, sigChair } = network
  const request = await aRequest(network, { by: volunteer })
  await answers(network, sigChair, 'request-asked', 'They wait six weeks.')
  expect(await request.state()).toBe('asked')
  await answers(network, sigChair, 'mail-reply', 'yes')
  expect(await request.state()).toBe('answered')
  await answers(network, volunteer, 'request-answered', 'No. The numbers of last year are missing.')
  await answers(network, volunteer, 'mail-reply', 'Yes')
  expect(await request.state()).toBe('sent-back')
  expect((await sigChair.reads(request.path)).text).toContain('The numbers of last year are missing.')
  const given = await network.inNetwork(tx =>
    tx.selectFrom('chair_request_answer').select(['verdict_how', 'verdict_recorded_by_person_id']).execute(),
  )
  expect(given).toEqual([{ verdict_how: 'email', verdict_recorded_by_person_id: null }])
})

test('REACH-2 an e-mail of somebody we know becomes a view with a receipt and its files; of a forged sender only after they said so', async () => {
  const network = await aNetwork()
  const { volunteer, visitor, coordinator, slug } = network
  const from = `Vera <${await emailOf(network, volunteer)}>`
  const views = () =>
    network.inNetwork(tx =>
      tx.selectFrom('contribution').select(['how', 'words', 'recorded_by_person_id']).execute(),
    )
  const forged = mail({ from, subject: 'Letters', body: 'The letters are too small.' })
  expect((await comesIn(network, forged))?.kind).toBe('passed-on')
  expect(await views()).toEqual([])
  const { body } = await toAnswer(network, volunteer, 'mail-reply')
  // What anybody may have sent is not sent on.
  expect(body).not.toContain('too small')
  await (await visitor.reads(linkIn(body))).press('No, it is not right')
  expect(await views()).toEqual([])
  const raw = mail({
    from,
    subject: 'Letters',
    body: 'The letters are too small.\r\n-- \r\nVera',
    sure: true,
  })
  expect((await comesIn(network, raw))?.kind).toBe('passed-on')
  expect((await comesIn(network, raw))?.kind).toBe('already')
  expect(await views()).toEqual([
    { how: 'email', words: 'The letters are too small.', recorded_by_person_id: null },
  ])
  expect((await toAnswer(network, volunteer, 'received')).body).toContain('Your receipt code')
  const page = await coordinator.reads(`/${slug}/contributions/C-1001`)
  expect(page.text).toContain('by e-mail')
})

test('REACH-2 words that answer nothing in particular go to the team, once; programs are held apart with why', async () => {
  const network = await aNetwork()
  const { volunteer, coordinator, slug } = network
  await aContribution(network, { by: volunteer })
  await answers(network, volunteer, 'received', 'I have moved to Leeds.')
  const list = await coordinator.reads(`/${slug}/messages`)
  expect(list.text).toContain('Answer to our e-mail')
  const { address } = await toAnswer(network, volunteer, 'received')
  const away = mail({
    from: await emailOf(network, volunteer),
    to: address,
    body: 'I am away.',
    sure: true,
    headers: ['Auto-Submitted: auto-replied'],
  })
  expect((await comesIn(network, away))?.kind).toBe('apart')
  expect(
    (await comesIn(network, mail({ from: 'a@example.org', body: 'Buy', headers: ['X-Spam-Flag: YES'] })))
      ?.kind,
  ).toBe('apart')
  const held = await coordinator.reads(`/${slug}/team/applications/e-mails?from=programs`)
  expect(held.text).toContain('A mail server says that it is spam')
  expect(held.text).toContain('A program wrote it, not a person')
})

test('REACH-2 somebody unknown who tells us something waits for the team; what cannot be read is kept', async () => {
  const network = await aNetwork()
  const { coordinator, slug } = network
  const view = mail({ from: 'new@example.org', body: 'I waited three hours for my scan. Why?', sure: true })
  expect(await comesIn(network, view)).toMatchObject({ kind: 'apart', because: 'perhaps-a-view' })
  expect(await comesIn(network, new Uint8Array([0xff, 0x00, 0x01]))).toMatchObject({ because: 'unreadable' })
  const list = await coordinator.reads(`/${slug}/team/applications/e-mails`)
  expect(list.text).toContain('Somebody we do not know tells us something')
  expect(list.text).toContain('We could not read it')
})

test('REACH-2 PEOPLE-29 an answer to a message about a concern is kept nowhere and read by nobody', async () => {
  const network = await aNetwork(await openTestHouse())
  const { volunteer, portfolioManager, house } = network
  await aConcern(network, { by: volunteer, reader: portfolioManager })
  const sent = await house.owner.query<{
    id: number
    network_id: number
    subject: string
    person_id: number
  }>(
    `update message set sent_as = '<${'ab'.repeat(20)}@loop.test>' where about_kind = 'concern'
     returning id, network_id, subject, person_id`,
  )
  expect(sent.rows.length).toBeGreaterThan(0)
  const reader = sent.rows[0]!.person_id === portfolioManager.id ? portfolioManager : volunteer
  const from = await emailOf(network, reader)
  const words = 'The shouting was on Monday'
  const ways = [
    mail({ from, body: words, sure: true, headers: [`In-Reply-To: <${'ab'.repeat(20)}@loop.test>`] }),
    mail({ from, body: words, sure: true, subject: `Re: ${sent.rows[0]!.subject}` }),
    mail({
      from,
      body: words,
      sure: true,
      to: signedAddress('involve@example.org', seal, 'reply', sent.rows[0]!)!,
    }),
  ]
  for (const each of ways) expect((await comesIn(network, each))?.kind).toBe('private')
  for (const table of [
    'application_mail',
    'mail_reply',
    'message',
    'message_written',
    'stored_file',
    'contribution',
  ]) {
    const { rows } = await house.owner.query(`select to_jsonb(t)::text as row from ${table} t`)
    expect(JSON.stringify(rows), table).not.toContain('shouting')
  }
  expect((await house.owner.query('select id from stored_file')).rows).toEqual([])
  expect(house.logged.join('\n')).not.toContain('shouting')
})

test('REACH-2 reply addresses are signed: one for each message, and no other is believed', () => {
  const address = signedAddress('involve@network.nhs.uk', seal, 'reply', { network_id: 3, id: 77 })!
  expect(address).toMatch(/^involve\+r\.3\.77\.[0-9a-f]{20}@network\.nhs\.uk$/)
  expect(readSignedAddress(address.toUpperCase(), seal, 'reply')).toEqual({ networkId: 3, messageId: 77 })
  expect(readSignedAddress(address.replace('.77.', '.78.'), seal, 'reply')).toBeUndefined()
  expect(
    readSignedAddress(address, sealWith('another secret of the house that is long'), 'reply'),
  ).toBeUndefined()
})

/** As the team connects it; nothing is read in these tests. */
const hasAMailbox = ({ house, id, administrator }: TestNetwork) =>
  house.owner.query(
    `insert into connection (network_id, kind, settings, set_by_person_id, set_at) values ($1, 'mail-in', $2, $3, now())`,
    [id, JSON.stringify({ address: 'involve@example.org', plus: 'yes' }), administrator.id],
  )

test('REACH-3 where a mailbox is read, an e-mail says what can be answered to it in plain words', async () => {
  const network = await aNetwork()
  const { volunteer, secondVolunteer, sigChair } = network
  const says = async (who: Someone, kind: string) =>
    /^You can also answer this e-mail.*$/m.exec((await toAnswer(network, who, kind)).body)?.[0]
  await aContribution(network, { by: volunteer, state: 'fed-back' })
  expect(await says(volunteer, 'fed-back')).toBeUndefined()

  await hasAMailbox(network)
  await aContribution(network, { by: volunteer, state: 'fed-back' })
  expect(await says(volunteer, 'fed-back')).toMatch(/write yes if it closes the loop for you, or no and why/)
  expect(await says(volunteer, 'received')).toBeUndefined()
  const request = await aRequest(network, { by: volunteer })
  expect(await says(sigChair, 'request-asked')).toMatch(/What you write is the answer/)
  expect(await says(volunteer, 'request-asked')).toBeUndefined()
  await answers(network, sigChair, 'request-asked', 'They wait six weeks.')
  await answers(network, sigChair, 'mail-reply', 'yes')
  expect(await request.state()).toBe('answered')
  expect(await says(volunteer, 'request-answered')).toMatch(/write yes, partly or no/)
  await aTask(network, { asks: [volunteer] })
  expect(await says(volunteer, 'task-asked')).toMatch(/with yes or no/)

  // Nobody can answer an e-mail that they got as a text message.
  await network.inNetwork(tx =>
    tx
      .updateTable('person')
      .set({ channel: 'text', phone: '07700 900 123' })
      .where('id', '=', secondVolunteer.id)
      .execute(),
  )
  await aContribution(network, { by: secondVolunteer, state: 'fed-back' })
  const text = await toAnswer(network, secondVolunteer, 'fed-back')
  expect(text.body).not.toContain('answer this')
  await network.house.owner.query(`update connection set state = 'off'`)
  await aContribution(network, { by: volunteer, state: 'fed-back' })
  expect(await says(volunteer, 'fed-back')).toBeUndefined()
})
