import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { demoSenders } from '#platform/delivery/senders.ts'
import { doingOf } from '#platform/doing.ts'
import { openTestHouse } from '#tests/house.ts'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'

async function tell(network: TestNetwork, person: Someone, more: { key?: string; link?: string } = {}) {
  const { house, slug } = network
  await house.database.enter(
    { slug, accountId: undefined, today: house.clock.today() },
    async (tx, entry) => {
      await doingOf(house.house, tx, entry!, undefined).tell({
        key: more.key ?? `test:${person.id}`,
        personId: person.id,
        kind: 'test',
        subject: 'there is news',
        paragraphs: ['Your view was agreed.'],
        ...(more.link ? { link: { path: more.link, words: 'Say yes or no' } } : {}),
        about: { kind: 'contribution', id: 'C-1001' },
      })
    },
  )
}

test('HOUSE-7 what failed for good is on the team’s page with why, and “try again” sends it once', async () => {
  let broken = true
  const sent: string[] = []
  const house = await openTestHouse({
    senders: {
      ...demoSenders,
      byChannel: {
        ...demoSenders.byChannel,
        email: async message => {
          if (broken) throw new Error('550 mailbox of vera@example.org is full')
          sent.push(message.address)
        },
      },
    },
  })
  const network = await aNetwork(house)
  const { volunteer, coordinator, slug } = network
  // Nobody has anything else to be told: the one meeting is off, and who has no vote has no interests to declare.
  await network.inNetwork(async tx => {
    await tx.updateTable('meeting').set({ state: 'cancelled' }).execute()
    await tx.updateTable('membership').set({ voting: false }).execute()
  })
  await tell(network, volunteer)
  for (let n = 0; n < 30; n += 1) {
    await house.runDue()
    house.clock.set(house.clock.now().add({ hours: 6 }).toString())
  }
  await coordinator.signsIn()
  const front = await coordinator.reads(`/${slug}/team`)
  expect(front.text).toMatch(/Messages that could not be sent 1/)
  const one = await (await front.follow('Messages that could not be sent')).follow('First: there is news')
  expect(one.text).toContain('Could not be sent')
  expect(one.text).toContain('550 mailbox of (address) is full')
  // The address was wrong: it is put right, and the message goes there.
  const contact = await one.follow('Put it right first')
  expect(contact.status).toBe(200)
  await network.inNetwork(tx =>
    tx.updateTable('person').set({ email: 'right@example.org' }).where('id', '=', volunteer.id).execute(),
  )
  broken = false
  const click = one.wouldSend('Try again')
  const twice = await Promise.all([
    coordinator.posts(click.to, click.body),
    coordinator.posts(click.to, click.body),
  ])
  expect(twice.map(each => each.status)).toEqual([200, 200])
  expect(twice[0]!.text).toContain('Waiting to be sent')
  await house.runDue()
  await house.runDue()
  expect(sent).toEqual(['right@example.org'])
  expect((await coordinator.reads(one.path)).text).toContain('Sent')
  // An old page with the button on it sends nothing twice.
  const late = await coordinator.posts(click.to, {
    ...Object.fromEntries([...click.body] as [string, string][]),
    _key: 'another-key-of-this-form',
  })
  expect(late.status).toBe(422)
  expect(late.errors[0]).toContain('on its way already')
  await house.runDue()
  expect(sent).toHaveLength(1)
})

test('HOUSE-7 a call is made from a script and noted in the person’s words; a double click notes it once', async () => {
  const network = await aNetwork()
  const { coordinator, slug } = network
  const caller = await network.aPerson({
    name: 'Cal Caller',
    channel: 'phone',
    phone: '0121 496 0777',
    email: null,
  })
  await tell(network, caller)
  const list = await (await coordinator.reads(`/${slug}/team`)).follow('Calls to make')
  let call = await list.follow('Cal Caller')
  expect(call.h1).toBe('Ring Cal Caller')
  expect(call.text).toContain('0121 496 0777')
  expect(call.text).toContain('Say: Your view was agreed.')
  expect((await call.press('Save')).errors).toEqual(['Choose whether you talked with them'])
  expect((await call.choose('No').press('Save')).text).toContain('Cal Caller')
  call = await coordinator.reads(call.path)
  expect(call.text).toContain('Not reached')
  const click = call.choose('Yes').fill('What did they say?', 'I am glad.').wouldSend('Save')
  await Promise.all([coordinator.posts(click.to, click.body), coordinator.posts(click.to, click.body)])
  const done = await coordinator.reads(call.path)
  expect(done.text).toContain('Marked as done by Cora Ordinator')
  expect(done.html.match(/I am glad\./g)).toHaveLength(1)
  expect((await coordinator.reads(`/${slug}/team/calls`)).text).toContain('There is nobody to ring')
})

test('HOUSE-7 a letter prints alone, in large print for who asked, and is marked as posted by whom', async () => {
  const network = await aNetwork()
  const { coordinator, director, slug } = network
  const reader = await network.aPerson({
    name: 'Lea Letter',
    channel: 'post',
    postalAddress: '3 Example Road\nDudley',
  })
  await network.inNetwork(tx =>
    tx.updateTable('person').set({ large_print: true }).where('id', '=', reader.id).execute(),
  )
  await tell(network, reader)
  const letter = await (await coordinator.reads(`/${slug}/team/letters`)).follow('Lea Letter')
  expect(letter.text).toContain('Dear Lea Letter')
  expect(letter.text).not.toContain('[Print in large type')
  expect(letter.$('.loop-letter--large')).toHaveLength(1)
  const second = await director.reads(letter.path)
  expect((await letter.press('It is posted: mark it as done')).text).toContain('There is no letter to post')
  const late = await second.press('It is posted: mark it as done')
  expect(late.errors).toEqual(['This was marked as done already'])
  expect(late.text).toContain('Marked as done by Cora Ordinator')
})

test('R42 the team sees what was sent, but never a key that belongs to its reader alone', async () => {
  const network = await aNetwork()
  const { volunteer, coordinator, slug } = network
  await tell(network, volunteer, { link: `/${slug}/verdict/AbCdEfGhIjKlMnOpQrStUvWxYz012345` })
  await network.inNetwork(async tx => {
    await tx
      .insertInto('message')
      .values(
        ['account', 'data-complaint'].map(about_kind => ({
          network_id: network.id,
          key: about_kind,
          person_id: null,
          address: 'secret@example.org',
          channel: 'email' as const,
          kind: about_kind,
          subject: `Secret subject ${about_kind}`,
          body: 'Your code is 123456',
          about_kind,
          about_id: 'D-1',
          next_try_at: network.house.clock.now(),
          created_at: network.house.clock.now(),
        })),
      )
      .execute()
  })
  const list = await coordinator.reads(`/${slug}/team/messages`)
  const one = await list.follow('First: there is news')
  expect(one.text).toContain('Your view was agreed.')
  expect(one.html).not.toContain('AbCdEfGh')
  const hidden = await list.follow('A private message')
  expect(hidden.status).toBe(200)
  expect(list.html + hidden.html).not.toMatch(/123456|Secret subject|secret@example/)
})

test('HOUSE-7 nobody but the team has these pages, the administrator included', async () => {
  const network = await aNetwork()
  const { volunteer, administrator, boardChair, applicant, trustContact, stranger, visitor, slug } = network
  const caller = await network.aPerson({ name: 'Cal Caller', channel: 'phone' })
  await tell(network, caller)
  const { id } = await network.inNetwork(tx =>
    tx.selectFrom('message').select('id').executeTakeFirstOrThrow(),
  )
  const pages = [
    '',
    '/messages',
    `/messages/${id}`,
    '/calls',
    `/calls/${id}`,
    '/letters',
    '/settings/clocks',
    '/people',
    '/people/new',
    `/people/${caller.id}`,
    `/people/${caller.id}/contact`,
  ]
  for (const person of [volunteer, administrator, boardChair, applicant, trustContact, stranger, visitor]) {
    for (const path of pages) {
      expect((await person.opens(`/${slug}/team${path}`)).status, `${person.name} ${path}`).toBe(404)
      expect((await person.posts(`/${slug}/team${path}`, { reached: 'yes' })).status).toBe(404)
    }
  }
  for (const path of pages) await network.portfolioManager.reads(`/${slug}/team${path}`)
  // A message of this network opened under the other one's name.
  expect((await network.coordinator.opens(`/${network.otherSlug}/team/messages/${id}`)).status).toBe(404)
})

test('HOUSE-7 long lists are read page by page, and no page asks the database more than six times', async () => {
  const network = await aNetwork()
  const { volunteer, coordinator, slug, house } = network
  for (let n = 0; n < 30; n += 1) await tell(network, volunteer, { key: `test:${n}` })
  const first = await coordinator.reads(`/${slug}/team/messages`)
  expect(first.$('tbody tr')).toHaveLength(25)
  const second = await coordinator.opens(`/${slug}/team/messages${first.$('a[rel=next]').attr('href')}`)
  expect(second.$('tbody tr')).toHaveLength(5)
  for (const path of [
    '',
    '/messages',
    '/calls',
    '/letters',
    '/settings/clocks',
    '/people',
    `/people/${volunteer.id}`,
    '/applications',
  ]) {
    const before = house.database.statements.count
    await coordinator.reads(`/${slug}/team${path}`)
    expect(house.database.statements.count - before, path).toBeLessThanOrEqual(6)
  }
})

test('LOOP-16 a promise keeps the number it was made under, and the new number holds from its day on', async () => {
  const network = await aNetwork()
  const { coordinator, house, slug } = network
  const page = await coordinator.reads(`/${slug}/team/settings/clocks`)
  const label = 'We talk with somebody who registered an interest'
  const wrong = await page.fill(label, 'soon').press('Save')
  expect(wrong.status).toBe(422)
  expect(wrong.errors).toEqual(['Enter a whole number of working days, from 1 to 260'])
  expect(wrong.valueOf(label)).toBe('soon')
  expect((await page.fill(label, '5').press('Save')).errors).toEqual([
    'Nothing is different from what holds on that day',
  ])
  expect((await page.fill(label, '3').fill('Day', '8').press('Save')).errors[0]).toContain(
    'must be today or in the future',
  )
  const saved = await page.fill(label, '3').fill('Day', '10').press('Save')
  expect(saved.text).toContain('10 June 2026')
  expect(saved.text).toContain(`${label}: 3`)
  expect(saved.text).toContain('Cora Ordinator')
  const { register } = await import('#slices/registration/index.ts')
  const due = async () =>
    await house.database.enter(
      { slug, accountId: undefined, today: house.clock.today() },
      async (tx, entry) => {
        const made = await register(doingOf(house.house, tx, entry!, undefined), {
          name: 'Ann',
          channel: 'phone',
          contact: '0121 496 0111',
          words: '',
          help: '',
        })
        return made.due.toString()
      },
    )
  expect(await due()).toBe('2026-06-16')
  house.clock.daysOn(1)
  expect(await due()).toBe('2026-06-15')
  const kept = await network.inNetwork(tx =>
    tx.selectFrom('application').select('due_on').orderBy('id').execute(),
  )
  expect(kept.map(each => String(each.due_on))).toEqual(['2026-06-16', '2026-06-15'])
  // The same day a second time, from an old page.
  const again = await (await (await coordinator.signsIn()).reads(`/${slug}/team/settings/clocks`))
    .fill(label, '4')
    .press('Save')
  expect(again.errors[0]).toContain('Something was set from that day on already')
  expect(Temporal.PlainDate.from('2026-06-10').equals(house.clock.today())).toBe(true)
})
