import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { doingAs } from '#slices/papers/for-tests.ts'
import { addUsualRoles } from '#slices/roles/index.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { NoScriptPerson } from '#tests/person.ts'
import { registers } from './for-tests.ts'

const at = (network: TestNetwork, number: number, rest = '') =>
  `/${network.slug}/team/applications/${number}${rest}`

async function writesDown(
  network: TestNetwork,
  how: 'By phone' | 'By post' | 'By e-mail' | 'In person' | 'At an event',
  given: { name: string; channel: string; label: string; contact: string; words?: string; event?: string },
) {
  const form = await network.coordinator.reads(`/${network.slug}/team/applications/new`)
  if (given.event) form.fill('Which event?', given.event)
  const back = await form
    .choose(how)
    .fill('What is their name?', given.name)
    .choose(given.channel)
    .fill(given.label, given.contact)
    .fill('What did they say about themselves?', given.words ?? '')
    .press('Continue to read it back')
  return await back.press('It is right: keep it and send the receipt')
}

test('PEOPLE-1 the same person five ways: all are found, none is joined by itself, and a person joins them', async () => {
  const network = await aNetwork()
  const { visitor, coordinator, slug, house } = network
  const first = await registers(network, visitor, {
    name: 'Margaret Oakes',
    contact: 'margaret.oakes@example.org',
    words: 'On the web.',
    help: 'A lift.',
  })
  const link = (await first.follow('See where your application is')).path
  const postal = { channel: 'Post', label: 'Postal address', contact: '9 Example Lane, Dudley DY1 1AA' }
  const rings = { channel: 'Phone call', label: 'Phone number' }
  await writesDown(network, 'By phone', {
    name: 'Margret Oakes',
    ...rings,
    contact: '+44 121 496 0707',
    words: 'On the phone.',
  })
  await writesDown(network, 'By post', { name: 'M. Oakes', ...postal, words: 'In a letter.' })
  await writesDown(network, 'At an event', {
    name: 'Margaret Oaks',
    ...rings,
    contact: '0121 496 0707',
    event: 'Open day in Dudley',
  })
  await registers(network, new NoScriptPerson(house.app), {
    name: 'Oakes Margaret',
    contact: 'MARGARET.OAKES@example.org',
    words: 'Once more.',
  })
  const states = () =>
    network.inNetwork(tx => tx.selectFrom('application').select(['number', 'state']).orderBy('id').execute())
  // Nothing was joined by itself.
  expect((await states()).map(each => each.state)).toEqual(Array(5).fill('received'))
  const one = await coordinator.reads(at(network, 201))
  expect(one.text).toContain('Perhaps we know this person already')
  for (const number of [202, 203, 204, 205]) expect(one.text).toContain(`application ${number}`)
  expect((await coordinator.reads(at(network, 204))).text).toContain('At an event: Open day in Dudley')

  // The event and the call have one phone number.
  const compare = await (await coordinator.reads(at(network, 204))).follow(
    'Compare with Margret Oakes, application 202',
  )
  expect(compare.h1).toBe('Is this one person?')
  expect(compare.text).toContain('+44 121 496 0707')
  expect(compare.text).toContain('0121 496 0707')
  const joined = await compare.press('They are one person: join them')
  expect(joined.h1).toBe('Application 202')
  expect((await states()).map(each => each.state)).toEqual([
    'received',
    'received',
    'received',
    'merged',
    'received',
  ])

  // All others go on with the first one.
  for (const [number, name] of [
    [202, 'Margaret Oakes, application 201'],
    [203, 'Margaret Oakes, application 201'],
    [205, 'Margaret Oakes, application 201'],
  ] as const) {
    await (await (await coordinator.reads(at(network, number))).follow(`Compare with ${name}`)).press(
      'They are one person: join them',
    )
  }
  const whole = await coordinator.reads(at(network, 201))
  for (const words of ['On the web.', 'On the phone.', 'In a letter.', 'Once more.']) {
    expect(whole.text).toContain(words)
  }
  expect(whole.text).toContain('+44 121 496 0707')
  expect(whole.text).toContain('9 Example Lane')
  expect(whole.text).toContain('Application 205 was joined with this one')
  const people = await network.inNetwork(tx =>
    tx.selectFrom('person').select(['name', 'email', 'phone']).where('name', 'like', '%Oak%').execute(),
  )
  expect(people).toEqual([
    { name: 'Margaret Oakes', email: 'margaret.oakes@example.org', phone: '+44 121 496 0707' },
  ])
  // Both keep their links; they lead to the one that goes on, and they are told.
  expect((await visitor.reads(link)).h1).toBe('Application 201')
  const told = await network.inNetwork(tx =>
    tx.selectFrom('message').select(['body', 'address']).where('kind', '=', 'applications-joined').execute(),
  )
  expect(told).toHaveLength(4)
  expect(told.at(-1)!.body).toContain('it goes on as application 201')

  // Their own withdrawal takes the words of all five.
  await (await (await visitor.reads(link)).follow('Withdraw my application')).press('Withdraw and delete')
  for (const table of ['person', 'application', 'message', 'history', 'audit'] as const) {
    const rows = JSON.stringify(await network.inNetwork(tx => tx.selectFrom(table).selectAll().execute()))
    expect(rows, table).not.toMatch(
      /On the web|On the phone|In a letter|Once more|Oak|0707|Example Lane|Open day/,
    )
  }
  expect(slug).toBeTruthy()
})

test('PEOPLE-1 two with a place are never joined, a stranger compares nobody, and a second click joins once', async () => {
  const network = await aNetwork()
  const { visitor, coordinator, volunteer, secondVolunteer, stranger, administrator } = network
  await registers(network, visitor, { name: 'Vera Volunteer', contact: 'vera@example.org' })
  const path = at(network, 201, `/same-person/${volunteer.id}`)
  for (const person of [visitor, volunteer, stranger, administrator, network.boardChair]) {
    expect((await person.opens(path)).status).toBe(404)
  }
  expect((await coordinator.opens(at(network, 201, `/same-person/${stranger.id}`))).status).toBe(404)
  expect((await coordinator.opens(at(network, 201, '/same-person/nobody'))).status).toBe(404)
  const click = (await coordinator.reads(path)).wouldSend('They are one person: join them')
  const both = await Promise.all([
    coordinator.posts(click.to, click.body),
    coordinator.posts(click.to, click.body),
  ])
  expect(both.map(each => each.h1)).toEqual(['Application 201', 'Application 201'])
  // She has a place, so she is the one who stays, and the application is hers now.
  expect(both[0]!.text).toContain('Vera Volunteer')
  const own = await network.inNetwork(tx =>
    tx.selectFrom('application').select('person_id').where('number', '=', 201).executeTakeFirstOrThrow(),
  )
  expect(own.person_id).toBe(volunteer.id)
  const two = await coordinator.reads(at(network, 201, `/same-person/${secondVolunteer.id}`))
  expect(two.text).toContain('Both have a place or said something here, so we cannot join them')
  expect(two.hasButton('They are one person: join them')).toBe(false)
})

test('PEOPLE-1 each application has somebody who acts next: the applicant reads the name, and it can be handed over', async () => {
  const network = await aNetwork()
  const { visitor, coordinator, portfolioManager, volunteer, house, slug } = network
  const received = await registers(network, visitor)
  const follow = await received.follow('See where your application is')
  expect(follow.text).toContain('Cora Ordinator gets in touch with you, by 16 June 2026')
  const owner = await (await coordinator.reads(at(network, 201))).follow('Hand over')
  expect(owner.valueOf('Cora Ordinator')).toBe('chosen')
  const over = await owner.choose('Petra Manager').press('Hand over')
  expect(over.text).toContain('Petra Manager')
  expect((await visitor.reads(follow.path)).text).toContain('Petra Manager gets in touch')
  // Who acts is who is reminded.
  house.clock.set('2026-06-15T09:00:00Z')
  await house.runDue()
  expect((await portfolioManager.wasTold()).filter(each => each.kind === 'digest')).toHaveLength(1)
  expect((await coordinator.wasTold()).filter(each => each.kind === 'digest')).toHaveLength(0)
  // A post that has ended is nobody's name any more: the whole team acts.
  await network.inNetwork(tx =>
    sql`update post_holding set to_on = '2026-06-14' where person_id = ${portfolioManager.id}`.execute(tx),
  )
  expect((await visitor.reads(follow.path)).text).toContain('Somebody from the team gets in touch')
  for (const person of [visitor, volunteer, network.stranger]) {
    expect((await person.opens(`/${slug}/team/applications/201/owner`)).status).toBe(404)
  }
})

test('PEOPLE-1 the hospitals somebody knows are asked with a choice of who may know; nothing is said by default', async () => {
  const network = await aNetwork()
  const { visitor, house, slug } = network
  let page = await (await visitor.reads(`/${slug}/register`)).follow('Start')
  page = await page.fill('What is your name?', 'Hope Hospital').press('Continue')
  page = await page.choose('By e-mail').press('Continue')
  page = await page.fill('What is your e-mail address?', 'hope@example.org').press('Continue')
  page = await page.press('Continue')
  expect(page.h1).toBe('Which hospitals do you know best?')
  expect(page.text).toContain('First Hospital')
  expect(page.valueOf('None of these, or I would rather not say')).toBe('chosen')
  page = await page.choose('First Hospitals NHS Trust').choose('Yes, that person').press('Continue')
  page = await page.press('Continue')
  expect(page.text).toContain('First Hospitals NHS Trust. Their contact may see your name')
  const change = await page.follow('Change the hospitals you know')
  expect(change.valueOf('First Hospitals NHS Trust')).toBe('chosen')
  house.clock.set(house.clock.now().add({ seconds: 60 }).toString())
  await page.press('Send')
  const known = await network.inNetwork(tx =>
    tx
      .selectFrom('person')
      .select(['trust_id', 'trust_may_know'])
      .where('name', '=', 'Hope Hospital')
      .execute(),
  )
  expect(known).toEqual([{ trust_id: network.trustId, trust_may_know: true }])
  // Somebody who goes on without a choice has said nothing.
  await registers(network, new NoScriptPerson(house.app), {
    name: 'Nina Nothing',
    contact: 'nina@example.org',
  })
  const silent = await network.inNetwork(tx =>
    tx
      .selectFrom('person')
      .select(['trust_id', 'trust_may_know'])
      .where('name', '=', 'Nina Nothing')
      .execute(),
  )
  expect(silent).toEqual([{ trust_id: null, trust_may_know: false }])
})

test('PEOPLE-2 an interest can be in a role, and no question asks what somebody knows, does or is', async () => {
  const network = await aNetwork()
  const { visitor, coordinator, slug, house } = network
  await doingAs(network, coordinator, addUsualRoles)
  const role = await (await visitor.reads(`/${slug}/roles`)).follow('Service user representative')
  let page = await role.follow('Register for this role')
  expect(page.text).toContain('You would like to be: Service user representative')
  page = await page.follow('Start')
  const asked: string[] = []
  const fields = (): string[] => {
    const { $ } = page
    return $('main label, main legend, main .nhsuk-hint')
      .toArray()
      .map(each => $(each).text())
  }
  asked.push(...fields())
  page = await page.fill('What is your name?', 'Rolf Role').press('Continue')
  asked.push(...fields())
  page = await page.choose('By e-mail').press('Continue')
  asked.push(...fields())
  page = await page.fill('What is your e-mail address?', 'rolf@example.org').press('Continue')
  for (let n = 0; n < 3; n += 1) {
    asked.push(...fields())
    page = await page.press('Continue')
  }
  expect(page.h1).toBe('Check your answers')
  expect(page.text).toContain('Service user representative')
  const without = asked
    .join(' ')
    .replaceAll('You do not need to know anything about imaging, and we do not want a CV.', '')
  expect(without).toContain('Is there any help')
  for (const selecting of [
    /\bknow(ledge)? (about|of) (imaging|scans)/i,
    /qualif|degree|education|profession|occupation|employ|\bjob\b|career|\bCV\b|skill|interview|reference/i,
    /\bage\b|date of birth|how old|gender|ethnic|nationality|disab|diagnos|condition/i,
    /computer|internet|available (in|on|during)/i,
  ]) {
    expect(without).not.toMatch(selecting)
  }
  house.clock.set(house.clock.now().add({ seconds: 60 }).toString())
  await page.press('Send')
  expect((await coordinator.reads(`/${slug}/team/applications/201`)).text).toContain(
    'Service user representative',
  )
})
