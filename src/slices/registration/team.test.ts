import { expect, test } from 'vitest'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { ann, registers } from './for-tests.ts'

const at = (network: TestNetwork, number = 201, step = '') =>
  `/${network.slug}/team/applications/${number}${step && `/${step}`}`

async function told(network: TestNetwork, kind: string) {
  return await network.inNetwork(tx =>
    tx.selectFrom('message').selectAll().where('kind', '=', kind).orderBy('id').execute(),
  )
}

test('LOOP-1 the co-ordinator talks with an applicant and accepts; there is a place, and an invitation', async () => {
  const network = await aNetwork()
  const { visitor, coordinator, slug } = network
  await registers(network, visitor)
  const list = await coordinator.reads(`/${slug}/team/applications`)
  expect(list.text).toContain('201 Ann Newcomer')
  expect(list.text).toContain('by 16 June 2026')
  let one = await list.follow('201 Ann Newcomer')
  expect(one.text).toContain('My son has many scans.')
  expect(one.text).toContain('Large print please.')
  expect(one.hasLink('Accept')).toBe(false)
  // The address is there, but the step is refused.
  const early = await coordinator.reads(at(network, 201, 'accept'))
  const refused = await early
    .fill('Which group?', 'Operational Board')
    .choose('Yes')
    .press('Accept and tell them')
  expect(refused.status).toBe(422)
  expect(refused.errors[0]).toMatch('Note a conversation first')
  one = await (await one.follow('Note a conversation'))
    .fill('What was said?', 'She would like to help with letters.')
    .press('Save')
  expect(one.text).toContain('She would like to help with letters.')
  expect(one.text).toContain('Spoken with on 9 June 2026')
  const accept = await one.follow('Accept')
  one = await accept.fill('Which group?', 'Operational Board').choose('Yes').press('Accept and tell them')
  expect(one.status).toBe(200)
  expect(one.text).toContain('Accepted into Operational Board')
  const place = await network.inNetwork(tx =>
    tx
      .selectFrom('membership as m')
      .innerJoin('person as p', 'p.id', 'm.person_id')
      .select(['m.role', 'm.voting', 'm.lay', 'm.from_on', 'm.group_id', 'p.account_id'])
      .where('p.name', '=', 'Ann Newcomer')
      .execute(),
  )
  expect(place).toHaveLength(1)
  expect(place[0]).toMatchObject({ role: 'volunteer', voting: true, lay: true, account_id: null })
  expect(place[0]!.from_on.toString()).toBe('2026-06-09')
  const [message] = await told(network, 'accepted')
  expect(message).toMatchObject({ channel: 'email', address: 'ann.newcomer@example.org' })
  expect(message!.body).toContain(`http://loop.test/sign-in?to=/${slug}/home`)
})

test('LOOP-1 somebody without e-mail is told by phone or post what happens, and nobody asks them to sign in', async () => {
  const network = await aNetwork()
  const { visitor, coordinator } = network
  await registers(network, visitor, { channel: 'By phone: you ring me', contact: '0121 496 0199' })
  await registers(network, visitor, {
    name: 'Pat Poster',
    channel: 'By post',
    contact: '2 Example Road, Dudley DY1 1AA',
  })
  for (const number of [201, 202]) {
    const noted = await (await coordinator.reads(at(network, number, 'conversation')))
      .fill('What was said?', 'A good talk.')
      .press('Save')
    await (await noted.follow('Accept'))
      .fill('Which group?', 'Operational Board')
      .choose('No')
      .press('Accept and tell them')
  }
  const messages = await told(network, 'accepted')
  expect(messages.map(each => [each.channel, each.state])).toEqual([
    ['phone', 'by-hand'],
    ['post', 'by-hand'],
  ])
  for (const each of messages) {
    expect(each.body).not.toMatch(/sign in with|\/sign-in/i)
    expect(each.body).toContain('You do not need a computer')
  }
  const receipts = await told(network, 'registered')
  expect(receipts[1]!.body).toContain('Dear Pat Poster')
})

test('LOOP-1 the team kindly declines: the reason stays with the team, the words go to the person', async () => {
  const network = await aNetwork()
  const { visitor, coordinator, house } = network
  const received = await registers(network, visitor)
  const decline = await coordinator.reads(at(network, 201, 'decline'))
  expect((await decline.fill('What do we tell them?', '').press('Decline and tell them')).errors).toEqual([
    'Write why, for the team',
    'Write what we tell them',
  ])
  const one = await decline
    .fill('Why?', 'Works for a supplier.')
    .fill('What do we tell them?', 'We have no place now. Thank you.')
    .press('Decline and tell them')
  expect(one.text).toContain('Works for a supplier.')
  const [message] = await told(network, 'declined')
  expect(message!.body).toContain('We have no place now. Thank you.')
  expect(message!.body).not.toContain('supplier')
  const followed = await received.follow('See where your application is')
  expect(followed.text).toContain('We have no place now. Thank you.')
  expect(followed.text).not.toContain('supplier')
  // An answer is an answer.
  const late = await (await coordinator.reads(at(network, 201, 'accept')))
    .fill('Which group?', 'Operational Board')
    .choose('Yes')
    .press('Accept and tell them')
  expect(late.errors).toEqual(['This was answered with no already'])
  // Six months later the details are gone, and the number is left (R59).
  house.clock.daysOn(190)
  await house.runDue()
  await house.runDue()
  const gone = await (await coordinator.signsIn()).reads(at(network))
  expect(gone.text).toContain('The details were deleted')
  expect(gone.html).not.toMatch(/ann\.newcomer|Ann Newcomer|supplier|many scans|Large print/)
})

test('LOOP-1 keeping in touch is told to the person with a day, and the co-ordinator is reminded of it', async () => {
  const network = await aNetwork()
  const { visitor, coordinator, house } = network
  await registers(network, visitor)
  const page = await coordinator.reads(at(network, 201, 'keep-in-touch'))
  const past = await page
    .fill('Why not now?', 'Has an operation first.')
    .fill('Day', '31')
    .fill('Month', '2')
    .fill('Year', '2026')
    .press('Save and tell them')
  expect(past.errors).toEqual(['The date must be a real date'])
  expect(past.valueOf('Why not now?')).toBe('Has an operation first.')
  const one = await past.fill('Month', '8').press('Save and tell them')
  expect(one.text).toContain('Keeping in touch')
  expect((await told(network, 'keeping-in-touch'))[0]!.body).toContain('by 31 August 2026')
  house.clock.set('2026-08-28T09:00:00Z')
  await house.runDue()
  expect((await coordinator.wasTold()).filter(each => each.kind === 'digest')).toHaveLength(1)
})

test('LOOP-1 the same e-mail twice is shown to the team, never joined by itself', async () => {
  const network = await aNetwork()
  const { visitor, coordinator, volunteer, stranger } = network
  const { email } = await network.inNetwork(tx =>
    tx.selectFrom('person').select('email').where('id', '=', volunteer.id).executeTakeFirstOrThrow(),
  )
  const received = await registers(network, visitor, { name: 'Vera V.', contact: email!.toUpperCase() })
  // A visitor learns nothing of it.
  expect(received.h1).toBe('Thank you')
  expect(received.text).not.toMatch(/already|know/)
  await registers(network, stranger, { name: 'Vera V.', contact: email! })
  const [receipt] = await told(network, 'registered')
  expect(receipt!.address).toBe(email!.toUpperCase())
  let one = await coordinator.reads(at(network))
  expect(one.text).toContain('Perhaps we know this person already')
  expect(one.text).toContain('Vera Volunteer, who has a place with us')
  expect(one.text).toContain('application 202')
  one = await (await one.follow('Note a conversation')).fill('What was said?', 'It is Vera.').press('Save')
  const accept = await one.follow('Accept')
  const unanswered = await accept
    .fill('Which group?', 'MRI Special Interest Group')
    .choose('No')
    .press('Accept and tell them')
  expect(unanswered.errors).toEqual(['Choose who this person is'])
  const done = await unanswered.choose('Yes, this is Vera Volunteer').press('Accept and tell them')
  expect(done.status).toBe(200)
  expect((await volunteer.wasTold()).map(each => each.kind)).toContain('accepted')
  const people = await network.inNetwork(tx =>
    tx
      .selectFrom('person')
      .select(['name', 'left_on'])
      .where('left_on', 'is', null)
      .where('name', 'like', 'Vera%')
      .orderBy('id')
      .execute(),
  )
  expect(people.map(each => each.name)).toEqual(['Vera Volunteer', 'Vera V.'])
})

test('LOOP-1 an applicant withdraws by the link: a look changes nothing, the details go at once', async () => {
  const network = await aNetwork()
  const { visitor, coordinator, stranger, slug, otherSlug } = network
  const received = await registers(network, visitor)
  await (await coordinator.reads(at(network, 201, 'conversation')))
    .fill('What was said?', 'Something personal.')
    .press('Save')
  const followed = await received.follow('See where your application is')
  expect(followed.text).toContain('We have talked with you')
  expect(followed.text).toContain('by 16 June 2026')
  expect(followed.text).not.toContain('Something personal')
  const token = followed.path.split('/').pop()!
  expect((await stranger.opens(`/${otherSlug}/application/${token}`)).status).toBe(404)
  expect((await visitor.opens(`/${slug}/application/${'x'.repeat(32)}`)).status).toBe(404)
  const confirm = await followed.follow('Withdraw my application')
  const first = confirm.wouldSend('Withdraw and delete')
  const done = await confirm.press('Withdraw and delete')
  expect(done.text).toContain('We have deleted your name')
  expect((await visitor.posts(first.to, first.body)).text).toContain('You withdrew this')
  for (const table of [
    'person',
    'application',
    'application_conversation',
    'message',
    'history',
    'audit',
    'application_draft',
  ] as const) {
    const rows = await network.inNetwork(tx => tx.selectFrom(table).selectAll().execute())
    expect(JSON.stringify(rows), table).not.toMatch(
      /newcomer@|Ann Newcomer|many scans|Large print please|Something personal/,
    )
    expect(JSON.stringify(rows), table).not.toContain(token)
  }
  // The link ends with its days.
  network.house.clock.daysOn(181)
  const ended = await visitor.opens(`/${slug}/application/${token}`)
  expect([ended.status, ended.h1]).toEqual([410, 'This link has ended'])
})

test('LOOP-1 staff write down a call, read it back, and the caller gets the same receipt (M40)', async () => {
  const network = await aNetwork()
  const { coordinator, slug } = network
  const form = await (await coordinator.reads(`/${slug}/team/applications`)).follow(
    'Write down an application',
  )
  const wrong = await form.press('Continue to read it back')
  expect(wrong.status).toBe(422)
  expect(wrong.errors).toEqual([
    'Choose how they told us',
    'Enter their name',
    'Choose how they want to be reached',
  ])
  const back = await wrong
    .choose('By phone')
    .fill('Day', '5')
    .fill('What is their name?', 'Con Caller')
    .choose('Phone call')
    .fill('Phone number', '0121 496 0555')
    .fill('What did they say about themselves?', 'I waited long for a letter.')
    .fill('What help do they need to take part?', 'A hearing loop.')
    .press('Continue to read it back')
  expect(back.h1).toBe('Read it back to them')
  expect(back.text).toContain('By phone, on 5 June 2026')
  expect(await network.inNetwork(tx => tx.selectFrom('application').select('id').execute())).toEqual([])
  const changed = await back.press('Change something')
  expect(changed.valueOf('What is their name?')).toBe('Con Caller')
  expect(changed.valueOf('Phone call')).toBe('chosen')
  const right = await (
    await changed.fill('What is their name?', 'Connie Caller').press('Continue to read it back')
  ).press('It is right: keep it and send the receipt')
  expect(right.h1).toBe('Application 201')
  expect(right.text).toContain('written down by Cora Ordinator')
  // Five working days from the call, not from the writing.
  expect(right.text).toContain('by 12 June 2026')
  const [receipt] = await told(network, 'registered')
  expect(receipt).toMatchObject({ channel: 'phone', address: '0121 496 0555', state: 'by-hand' })
  expect(receipt!.body).toContain('I waited long for a letter.')
  expect(receipt!.body).not.toContain('hearing loop')
})

test('LOOP-1 nobody but the team sees an application: for all others the address does not exist', async () => {
  const network = await aNetwork()
  const { visitor, volunteer, administrator, applicant, boardChair, trustContact, stranger, slug } = network
  await registers(network, network.director)
  const missing = await volunteer.opens(`/${slug}/nothing-here`)
  for (const person of [volunteer, administrator, applicant, boardChair, trustContact, stranger, visitor]) {
    for (const path of ['', '/201', '/new', '/201/accept', '/201/conversation', '/201/decline']) {
      const seen = await person.opens(`/${slug}/team/applications${path}`)
      expect([seen.status, seen.h1], `${person.name} ${path}`).toEqual([404, missing.h1])
      const posted = await person.posts(`/${slug}/team/applications${path}`, { said: 'x' })
      expect(posted.status).toBe(404)
    }
  }
  for (const person of [network.coordinator, network.portfolioManager, network.director]) {
    expect((await person.reads(`/${slug}/team/applications/201`)).h1).toBe('Application 201')
  }
  // Each look at somebody's contact details is in the audit (R58).
  const looks = await network.inNetwork(tx =>
    tx.selectFrom('audit').select('by_person_id').where('action', '=', 'application-opened').execute(),
  )
  expect(looks).toHaveLength(3)
})

test('LOOP-1 two of the team at once: the second sees what happened, and nothing is done twice', async () => {
  const network = await aNetwork()
  const { visitor, coordinator, director } = network
  await registers(network, visitor)
  await (await coordinator.reads(at(network, 201, 'conversation')))
    .fill('What was said?', 'Talk.')
    .press('Save')
  const mine = (await coordinator.reads(at(network, 201, 'accept')))
    .fill('Which group?', 'Operational Board')
    .choose('Yes')
  const theirs = (await director.reads(at(network, 201, 'decline'))).fill(
    'Why?',
    'A long and careful reason.',
  )
  const click = mine.wouldSend('Accept and tell them')
  const both = await Promise.all([
    coordinator.posts(click.to, click.body),
    coordinator.posts(click.to, click.body),
  ])
  expect(both.map(each => [each.status, each.h1])).toEqual([
    [200, 'Application 201'],
    [200, 'Application 201'],
  ])
  const stale = await theirs.press('Decline and tell them')
  expect(stale.status).toBe(422)
  expect(stale.errors[0]).toContain('Something happened here while you were writing')
  expect(stale.valueOf('Why?')).toBe('A long and careful reason.')
  expect(await told(network, 'accepted')).toHaveLength(1)
  const places = await network.inNetwork(tx =>
    tx
      .selectFrom('membership as m')
      .innerJoin('person as p', 'p.id', 'm.person_id')
      .select('m.id')
      .where('p.name', '=', ann.name)
      .execute(),
  )
  expect(places).toHaveLength(1)
})

test('LOOP-1 the co-ordinator is reminded before the conversation is late, the portfolio manager after, once each', async () => {
  const network = await aNetwork()
  const { visitor, coordinator, portfolioManager, house, slug } = network
  await registers(network, visitor)
  const digests = async (person: typeof coordinator) =>
    (await person.wasTold()).filter(each => each.kind === 'digest').map(each => each.body)
  house.clock.set('2026-06-12T09:00:00Z')
  await house.runDue()
  expect(await digests(coordinator)).toEqual([])
  house.clock.set('2026-06-15T09:00:00Z')
  await house.runDue()
  await house.runDue()
  house.clock.set('2026-06-16T21:00:00Z')
  await house.runDue()
  expect(await digests(coordinator)).toHaveLength(1)
  expect((await digests(coordinator))[0]).toContain('Application 201: talk with this person by 16 June 2026.')
  expect(await digests(portfolioManager)).toEqual([])
  // Midnight in London, not in Greenwich.
  house.clock.set('2026-06-16T23:00:00Z')
  await house.runDue()
  await house.runDue()
  expect(await digests(portfolioManager)).toHaveLength(1)
  const list = await (await coordinator.signsIn()).reads(`/${slug}/team/applications`)
  expect(list.text).toContain('1 working day late')
})

test('LOOP-1 an applicant with a sign-in follows and withdraws the own application, and sees nobody else’s', async () => {
  const network = await aNetwork()
  const { applicant, volunteer, house, slug } = network
  const { applyFor } = await import('./index.ts')
  const { doingOf } = await import('#platform/doing.ts')
  await house.database.enter(
    { slug, accountId: applicant.accountId, today: house.clock.today() },
    async (tx, entry) => await applyFor(doingOf(house.house, tx, entry!, undefined), applicant.id, 'Hello'),
  )
  const own = await applicant.reads(`/${slug}/application`)
  expect(own.text).toContain('We have it')
  expect((await volunteer.opens(`/${slug}/application`)).status).toBe(404)
  const gone = await (await own.follow('Withdraw my application')).press('Withdraw and delete')
  expect(gone.path).toBe(`/${slug}`)
  expect((await applicant.opens(`/${slug}/application`)).status).toBe(404)
})
