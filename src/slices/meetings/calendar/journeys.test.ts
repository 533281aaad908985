import ICAL from 'ical.js'
import { beforeAll, expect, test } from 'vitest'
import { deliverWaiting } from '#platform/delivery/deliver.ts'
import { realSenders } from '#platform/delivery/senders.ts'
import { openMailServer } from '#tests/mail-server.ts'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'
import { testSecret } from '#tests/postgres.ts'
import { aMeeting, doingAs } from '../for-tests.ts'
import { cancelMeeting, moveMeeting, planMeeting } from '../index.ts'
import { loadMeeting } from '../store.ts'

let network: TestNetwork

beforeAll(async () => {
  network = await aNetwork()
})

const page = () => `/${network.slug}/account/calendar`

async function makesFeed(person: Someone, options: { reminds?: boolean } = {}): Promise<string> {
  const form = await person.reads(page())
  if (options.reminds) form.choose('Remind me one day before each meeting')
  const made = await form.press(
    form.hasButton('Make a secret address')
      ? 'Make a secret address'
      : 'Make a new address and stop the old one',
  )
  return new URL(made.$('strong[dir=ltr]').text()).pathname
}

async function titlesIn(address: string): Promise<string[]> {
  const response = await network.visitor.raw(address)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
  const calendar = new ICAL.Component(ICAL.parse(await response.text()))
  return calendar.getAllSubcomponents('vevent').map(each => new ICAL.Event(each).summary)
}

test('BOARD-3 everybody’s own feed is off until asked for, shown once, made anew and stopped; only a hash is kept', async () => {
  await aMeeting(network, { title: 'The board meets' })
  const first = await makesFeed(network.volunteer)
  expect(first).toMatch(/\/calendar\/[\w-]{32}\.ics$/)
  expect(await titlesIn(first)).toContain('The board meets')
  // With the ending and without.
  expect(await titlesIn(first.replace('.ics', ''))).toContain('The board meets')
  const again = await network.volunteer.reads(page())
  expect(again.html).not.toContain(first.split('/').pop()!.replace('.ics', ''))
  expect(again.text).toContain('You made a secret address on 9 June 2026')
  const kept = await network.inNetwork(tx => tx.selectFrom('calendar_feed').selectAll().execute())
  expect(JSON.stringify(kept)).not.toContain(first.split('/').pop()!.replace('.ics', ''))

  const second = await makesFeed(network.volunteer, { reminds: true })
  expect((await network.visitor.opens(first)).status).toBe(404)
  expect(await (await network.visitor.raw(second)).text()).toContain('TRIGGER:-P1D')
  await (await network.volunteer.reads(page())).press('Stop the address')
  expect((await network.visitor.opens(second)).status).toBe(404)
  expect((await network.volunteer.reads(page())).hasButton('Stop the address')).toBe(false)
})

test('BOARD-3 BOARD-24 a feed shows what its person may see at the moment of reading, and ends when they leave', async () => {
  const person = await network.aPerson({
    name: 'Pia Place',
    memberships: [
      { group: 'board', role: 'volunteer', voting: true, lay: true },
      { group: 'mri', role: 'volunteer' },
    ],
  })
  await aMeeting(network, { title: 'Only for the board' })
  await aMeeting(network, { title: 'Only for MRI', groupId: network.groups.mri })
  await aMeeting(network, { title: 'Only for children', groupId: network.groups.paediatric })
  const address = await makesFeed(person)
  expect(await titlesIn(address)).toEqual(expect.arrayContaining(['Only for the board', 'Only for MRI']))
  expect(await titlesIn(address)).not.toContain('Only for children')
  const ends = (group: number) =>
    network.inNetwork(tx =>
      tx
        .updateTable('membership')
        .set({ to_on: network.house.clock.today().subtract({ days: 1 }) })
        .where('person_id', '=', person.id)
        .where('group_id', '=', group)
        .execute(),
    )
  await ends(network.groups.board)
  expect(await titlesIn(address)).toEqual(['Only for MRI'])
  await ends(network.groups.mri)
  expect((await network.visitor.opens(address)).status).toBe(404)
  // And for good when they leave the network.
  const leaving = await network.aPerson({ memberships: [{ group: 'mri', role: 'member' }] })
  const theirs = await makesFeed(leaving)
  await titlesIn(theirs)
  await network.inNetwork(tx =>
    tx
      .updateTable('person')
      .set({ left_on: network.house.clock.today() })
      .where('id', '=', leaving.id)
      .execute(),
  )
  expect((await network.visitor.opens(theirs)).status).toBe(404)
  // The team sees every group's.
  expect(await titlesIn(await makesFeed(network.coordinator))).toContain('Only for children')
})

test('BOARD-3 a feed of another network, made-up and broken addresses find nothing', async () => {
  const address = await makesFeed(network.volunteer)
  const token = address.split('/').pop()!
  for (const path of [
    `/${network.otherSlug}/calendar/${token}`,
    `/${network.slug}/calendar/${'x'.repeat(32)}.ics`,
    `/${network.slug}/calendar/x.ics`,
    `/${network.slug}/calendar/%00.ics`,
  ]) {
    expect((await network.visitor.opens(path)).status, path).toBe(404)
  }
  for (const person of [network.visitor, network.stranger, network.administrator, network.applicant]) {
    expect((await person.opens(page())).status).toBe(404)
  }
})

test('REACH-7 R39 feeds for all: one’s own with its marks, and for anybody what a group’s page says anyway; a cancelled meeting is shown as cancelled', async () => {
  const { visitor, slug, volunteer, boardChair, coordinator } = network
  const meeting = await aMeeting(network, {
    title: 'A name for its people',
    inDays: 70,
    link: 'https://example.org/secret-join',
  })
  const other = await aMeeting(network, { title: 'Called off', inDays: 75, groupId: network.groups.mri })
  const own = await makesFeed(volunteer)
  const first = await visitor.raw(own)
  const etag = first.headers.get('etag')!
  expect(first.headers.get('last-modified')).toMatch(/ GMT$/)
  expect((await visitor.raw(own, { headers: { 'if-none-match': etag } })).status).toBe(304)
  const group = `/${slug}/calendar/groups/board.ics`
  const all = `/${slug}/calendar/meetings.ics`
  const uids = async (path: string) => {
    const text = await (await visitor.raw(path)).text()
    const calendar = new ICAL.Component(ICAL.parse(text))
    return { text, events: calendar.getAllSubcomponents('vevent').map(each => new ICAL.Event(each)) }
  }
  const read = await uids(group)
  expect(read.text).not.toMatch(/secret-join|A name for its people|M-\d/)
  expect(read.events.map(each => each.summary)).toContain('Operational Board')
  const { uid } = await network.inNetwork(tx =>
    tx.selectFrom('meeting').select('uid').where('id', '=', meeting.id).executeTakeFirstOrThrow(),
  )
  expect(read.events.map(each => each.uid)).not.toContain(uid)
  expect((await visitor.reads(`/${slug}/groups/board`)).text).toContain('Put these meetings in your calendar')
  await doingAs(network, coordinator, async doing => {
    await cancelMeeting(
      doing,
      (await loadMeeting(doing, other.reference, { forChange: true }))!,
      'Nobody can come',
    )
    await moveMeeting(doing, (await loadMeeting(doing, meeting.reference, { forChange: true }))!, {
      startsAt: doing.now.add({ hours: 24 * 71 }),
      minutesLong: 60,
      because: 'A better day',
    })
  })
  expect((await visitor.raw(own, { headers: { 'if-none-match': etag } })).status).toBe(200)
  const everywhere = await uids(all)
  const off = everywhere.events.find(each => each.summary === 'Cancelled: MRI SIG')!
  expect(off.component.getFirstPropertyValue('status')).toBe('CANCELLED')
  expect(
    read.events.map(each => each.uid).every(each => everywhere.events.some(one => one.uid === each)),
  ).toBe(true)
  expect((await uids(group)).events.some(each => each.summary === 'Cancelled: MRI SIG')).toBe(false)
  // The chair of another group sees in their own feed what they may see, and it is renewed by its owner alone.
  expect(await titlesIn(await makesFeed(boardChair))).not.toContain('Cancelled: Called off')
  for (const path of [
    `/${slug}/calendar/groups/no-such-group.ics`,
    `/${network.otherSlug}/calendar/groups/x.ics`,
  ]) {
    expect((await visitor.opens(path)).status).toBe(404)
  }
})

test('BOARD-3 no calendar tells of the agenda: not the feed, not the invitation', async () => {
  const meeting = await aMeeting(network, { title: 'Quiet titles', inDays: 40 })
  await network.inNetwork(tx =>
    tx
      .updateTable('agenda_item')
      .set({ title: 'A very private matter', handling: 'board' })
      .where('meeting_id', '=', meeting.id)
      .execute(),
  )
  await network.house.runDue()
  const feed = await (await network.visitor.raw(await makesFeed(network.boardChair))).text()
  expect(feed).toContain('Quiet titles')
  expect(feed).not.toContain('private matter')
  const messages = await network.inNetwork(tx => tx.selectFrom('message').selectAll().execute())
  expect(messages.some(each => each.attachment !== null)).toBe(true)
  expect(JSON.stringify(messages)).not.toContain('private matter')
})

test('BOARD-3 HOUSE-11 the demonstration shows the file that came with a message', async () => {
  await aMeeting(network, { title: 'Shown in the demonstration', inDays: 50 })
  await network.house.runDue()
  const outbox = await network.visitor.reads('/demo/outbox')
  expect(outbox.text).toContain('With it: meeting.ics')
  expect(outbox.text).toContain('BEGIN:VCALENDAR')
  expect(outbox.text).toContain('SUMMARY:Shown in the demonstration')
})

test('BOARD-3 an e-mail carries the entry as mailboxes read it: asked, moved over the clock change, and cancelled', async () => {
  const mail = await openMailServer()
  const senders = realSenders({
    smtpUrl: mail.url,
    mailFrom: 'First <loop@first.example.org>',
    secret: testSecret,
  })
  const { house } = network.house
  await deliverWaiting(house, { byChannel: { email: async () => {} }, close() {} })
  const act = <T>(work: Parameters<typeof doingAs<T>>[2]) => doingAs(network, network.coordinator, work)
  const { number } = await act(doing =>
    planMeeting(doing, {
      groupId: network.groups.paediatric,
      title: 'Paediatric SIG, 23 October 2026',
      startsAt: doing.now.add({ hours: 24 * 136 + 4 }),
      minutesLong: 60,
      kind: 'online',
    }),
  )
  const change = (
    work: (doing: Parameters<typeof moveMeeting>[0], it: Parameters<typeof moveMeeting>[1]) => unknown,
  ) => act(async doing => void (await work(doing, (await loadMeeting(doing, number, { forChange: true }))!)))
  await change((doing, it) =>
    moveMeeting(doing, it, {
      startsAt: it.it.startsAt.add({ hours: 24 * 7 + 1 }),
      minutesLong: 60,
      because: 'A room is free then',
    }),
  )
  await change((doing, it) => cancelMeeting(doing, it, 'Nobody can come'))
  await deliverWaiting(house, senders)
  const entries = mail.took.flatMap(each => {
    const file = each.attachments.find(one => one.filename === 'meeting.ics')
    return file ? [{ to: JSON.stringify(each.to), file }] : []
  })
  const byPerson = new Map<string, { sequence: number; method: string; uid: string; hour: number }[]>()
  for (const { to, file } of entries) {
    const calendar = new ICAL.Component(ICAL.parse(file.content.toString('utf8')))
    const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent')!)
    byPerson.set(to, [
      ...(byPerson.get(to) ?? []),
      {
        sequence: event.sequence,
        method: String(calendar.getFirstPropertyValue('method')),
        uid: event.uid,
        hour: event.startDate.hour,
      },
    ])
  }
  // Chair, deputy and member of the group, each three.
  expect(byPerson.size).toBe(3)
  for (const list of byPerson.values()) {
    expect(list.map(each => each.method)).toEqual(['REQUEST', 'REQUEST', 'CANCEL'])
    expect(list.map(each => each.sequence)).toEqual([0, 1, 2])
    expect(new Set(list.map(each => each.uid)).size).toBe(1)
    // 2pm in summer time; then an hour and a week later, in winter time, which is 2pm again.
    expect(list.map(each => each.hour)).toEqual([14, 14, 14])
  }
  const raw = mail.took[0]!
  expect(raw.text).toContain('The file meeting.ics comes with this e-mail')
  expect(raw.headers.get('content-type')).toMatchObject({ value: 'multipart/mixed' })
  senders.close()
})
