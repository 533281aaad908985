import ICAL from 'ical.js'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Doing } from '#platform/doing.ts'
import { attachmentOf } from '#platform/outbox.ts'
import { aContribution } from '#slices/contributions/for-tests.ts'
import { acknowledge, loadThread } from '#slices/contributions/index.ts'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'
import type { SeenPage } from '#tests/person.ts'
import { doingAs } from '../for-tests.ts'
import { cancelMeeting, loadMeeting, moveMeeting, planMeeting } from '../index.ts'

let network: TestNetwork

beforeAll(async () => {
  network = await aNetwork()
})

const at = (path = '') => `/${network.slug}/meetings${path}`

function fillWhen(page: SeenPage, day: string, time: string): SeenPage {
  const [d = '', m = '', y = ''] = day.split(' ')
  return page.fill('Day', d).fill('Month', m).fill('Year', y).fill('When does it begin?', time)
}

/** Plans one meeting through its two pages. @returns its reference */
async function plans(
  by: Someone,
  wish: { day: string; time?: string; how?: string; group?: string; venue?: string; link?: string },
): Promise<string> {
  const page = await by.reads(at('/new'))
  page.fill('Who meets?', wish.group ?? 'Operational Board').choose('One meeting')
  const check = await fillWhen(page, wish.day, wish.time ?? '2pm')
    .choose(wish.how ?? 'Online')
    .press('Continue')
  expect(check.h1).toBe('Check this meeting')
  if (wish.venue) check.fill('Where do people meet?', wish.venue)
  if (wish.link) check.fill('The link to join online (optional)', wish.link)
  const sent = check.wouldSend('Plan it and invite everybody')
  const response = await by.raw(sent.to, {
    method: 'POST',
    body: sent.body,
    headers: { origin: 'http://loop.test' },
  })
  expect(response.status).toBe(303)
  return response.headers.get('location')!.split('/').pop()!
}

async function entryFor(person: Someone, kind: string) {
  const rows = await network.inNetwork(tx =>
    tx
      .selectFrom('message')
      .selectAll()
      .where('person_id', '=', person.id)
      .where('kind', '=', kind)
      .orderBy('id', 'desc')
      .limit(1)
      .execute(),
  )
  const message = rows[0]!
  const attachment = attachmentOf(message)
  if (!attachment) return { message, event: undefined, method: undefined }
  const calendar = new ICAL.Component(ICAL.parse(attachment.text))
  return {
    message,
    method: calendar.getFirstPropertyValue('method'),
    event: new ICAL.Event(calendar.getFirstSubcomponent('vevent')!),
  }
}

const meetingRow = (mark: string) =>
  network.inNetwork(tx =>
    tx
      .selectFrom('meeting')
      .selectAll()
      .where('number', '=', Number(mark.slice(2)))
      .executeTakeFirstOrThrow(),
  )

describe('BOARD-2 a meeting is planned, changed, moved and cancelled', () => {
  test('BOARD-2 a co-ordinator plans a meeting on two pages, and everybody of the group is invited by their channel', async () => {
    const letterReader = await network.aPerson({
      name: 'Lena Letter',
      channel: 'post',
      memberships: [{ group: 'board', role: 'volunteer', voting: true, lay: true }],
    })
    const list = await network.coordinator.reads(at())
    expect(list.hasLink('Plan a meeting')).toBe(true)
    const start = await list.follow('Plan a meeting')
    const none = await start.press('Continue')
    expect(none.status).toBe(422)
    expect(none.errors).toEqual([
      'Enter the day of the meeting',
      'Choose who meets',
      'Choose how many you want to plan',
      'Enter the time at which it begins',
      'Choose how people take part',
    ])
    const check = await fillWhen(none, '15 7 2026', '2.30 pm')
      .fill('Who meets?', 'Operational Board')
      .choose('One meeting')
      .choose('In person and online')
      .press('Continue')
    expect(check.text).toContain('Wednesday 15 July 2026, 2:30pm to 4:30pm')
    // What people will hear stands there before anybody is told.
    expect(check.text).toContain('By 8 July 2026')
    expect(check.text).toContain('Call for items')
    expect(check.text).toContain('On 14 July 2026')
    const nowhere = await check.press('Plan it and invite everybody')
    expect(nowhere.errors).toEqual(['Enter the place where people meet'])
    const wrongLink = await nowhere
      .fill('Where do people meet?', 'Room 4, 10 Example Street, Birmingham')
      .fill('The link to join online (optional)', 'javascript:alert(1)')
      .press('Plan it and invite everybody')
    expect(wrongLink.errors).toEqual(['Enter a link that begins with https://'])
    expect(wrongLink.valueOf('Where do people meet?')).toBe('Room 4, 10 Example Street, Birmingham')
    await wrongLink
      .fill('The link to join online (optional)', 'https://teams.example.org/l/1')
      .fill('Step-free access (optional)', 'Lift to every floor')
      .fill('How do people get there? (optional)', 'Bus 11 stops outside')
      .press('Plan it and invite everybody')
    // Next time the room is there already.
    const next = await network.coordinator.reads(at('/new'))
    next.fill('Who meets?', 'Operational Board').choose('One meeting').choose('In person')
    const again = await fillWhen(next, '16 7 2026', '10am').press('Continue')
    expect(again.valueOf('Where do people meet?')).toBe('Room 4, 10 Example Street, Birmingham')
    expect(again.valueOf('Step-free access (optional)')).toBe('Lift to every floor')
    const told = await entryFor(network.volunteer, 'meeting-invitation')
    expect(told.message.subject).toContain('you are invited to a meeting on 15 July 2026')
    expect(told.message.body).toContain('Lift to every floor')
    expect(told.method).toBe('REQUEST')
    expect(told.event!.sequence).toBe(0)
    expect(told.event!.location).toBe('Room 4, 10 Example Street, Birmingham, and online')
    // The link is always in the calendar entry, and not in the words.
    expect(told.event!.description).toContain('https://teams.example.org/l/1')
    expect(told.message.body).not.toContain('teams.example.org')
    const letter = (await letterReader.wasTold()).at(-1)!
    expect(letter.channel).toBe('post')
    expect(letter.body).toContain('Wednesday 15 July 2026, 2:30pm to 4:30pm')
    expect(letter.body).toContain('Bus 11 stops outside')
    // Nobody outside the group, and nobody twice.
    expect((await network.sigMember.wasTold()).map(each => each.kind)).not.toContain('meeting-invitation')
    await network.house.runDue()
    const all = await network.volunteer.wasTold()
    expect(all.filter(each => each.kind === 'meeting-invitation')).toHaveLength(1)
  })

  test('BOARD-2 a second click, and a group that meets then already, plan nothing twice', async () => {
    const page = await network.boardChair.reads(at('/new'))
    // The chair plans for the own group only.
    expect(page.$('#group option').length).toBe(2)
    const check = await fillWhen(
      page.fill('Who meets?', 'Operational Board').choose('One meeting'),
      '16 9 2026',
      '10am',
    )
      .choose('Online')
      .press('Continue')
    const sent = check.wouldSend('Plan it and invite everybody')
    const post = () =>
      network.boardChair.raw(sent.to, {
        method: 'POST',
        body: sent.body,
        headers: { origin: 'http://loop.test' },
      })
    const [one, two] = [await post(), await post()]
    expect(two.headers.get('location')).toBe(one.headers.get('location'))
    const again = await fillWhen(
      (await network.coordinator.reads(at('/new')))
        .fill('Who meets?', 'Operational Board')
        .choose('One meeting'),
      '16 9 2026',
      '10:00',
    )
      .choose('Online')
      .press('Continue')
    const taken = await again.press('Plan it and invite everybody')
    expect(taken.errors).toEqual(['Operational Board meets on Wednesday 16 September 2026, 10am already'])
  })

  test('BOARD-2 an hour that is not there, or there twice, and days that will not do, each have a sentence', async () => {
    const errorsOf = async (day: string, time: string) => {
      const page = await network.coordinator.reads(at('/new'))
      page.fill('Who meets?', 'Operational Board').choose('One meeting').choose('Online')
      const answer = await fillWhen(page, day, time).press('Continue')
      expect(answer.status).toBe(422)
      expect(answer.valueOf('When does it begin?')).toBe(time)
      return answer.errors
    }
    expect(await errorsOf('28 3 2027', '1:30am')).toEqual([
      'The clocks go forward on 28 March 2027, so there is no 1:30am that day. Choose another time',
    ])
    expect(await errorsOf('31 10 2027', '1:30am')).toEqual([
      'The clocks go back on 31 October 2027, so 1:30am comes twice that day. Choose a time before 1am or from 2am',
    ])
    expect(await errorsOf('1 6 2026', '2pm')).toEqual(['The meeting must be in the future'])
    expect(await errorsOf('1 6 2036', '2pm')).toEqual(['The meeting must be within the next 3 years'])
    expect(await errorsOf('31 2 2027', '2pm')).toEqual(['The date must be a real date'])
    expect(await errorsOf('1 7 2026', 'after lunch')).toEqual(['Enter a time like 2:30pm or 14:30'])
  })

  test('BOARD-2 a year is planned in one go: the days are seen first, bank holidays are avoided, each person hears once', async () => {
    const ringMe = await network.aPerson({
      name: 'Ria Ring',
      channel: 'phone',
      memberships: [{ group: 'mri', role: 'volunteer' }],
    })
    const mailMe = await network.aPerson({
      name: 'Max Mail',
      memberships: [{ group: 'mri', role: 'member' }],
    })
    const start = async () => {
      const page = await network.coordinator.reads(at('/new'))
      page.fill('Who meets?', 'MRI Special Interest Group').choose('A whole year').choose('Online')
      return await fillWhen(page, '6 7 2026', '2pm').press('Continue')
    }
    expect((await start()).errors).toEqual([
      'Say first how often MRI SIG meets: it stands on the group’s page',
    ])
    await network.inNetwork(tx =>
      tx
        .updateTable('network_group')
        .set({ cadence_weeks: 8 })
        .where('id', '=', network.groups.mri)
        .execute(),
    )
    const check = await start()
    expect(check.h1).toBe('Check these 7 meetings')
    // 31 August 2026 and 12 July 2027: one is a bank holiday.
    expect(check.text).toContain('Tuesday 1 September 2026, 2pm')
    expect(check.text).toContain('that is a bank holiday')
    const no = check.wouldSend('Plan them and invite everybody')
    no.body.delete('days')
    const none = await network.coordinator.posts(no.to, no.body)
    expect(none.errors).toEqual(['Choose at least one day'])
    const done = await check.press('Plan them and invite everybody')
    expect(done.text).toContain('MRI SIG, 6 July 2026')
    expect((await ringMe.wasTold()).filter(each => each.kind === 'meeting-invitation')).toHaveLength(1)
    expect((await ringMe.wasTold()).at(-1)!.body).toContain('Tuesday 1 September 2026')
    expect((await mailMe.wasTold()).filter(each => each.kind === 'meeting-invitation')).toHaveLength(7)
  })

  test('BOARD-2 BOARD-3 a move has a reason, goes to everybody, and is the same entry in their calendars', async () => {
    const mark = await plans(network.coordinator, { day: '7 10 2026', link: 'https://teams.example.org/l/2' })
    const before = await entryFor(network.volunteer, 'meeting-invitation')
    const form = await network.boardChair.reads(at(`/${mark}/move`))
    const none = await fillWhen(form, '', '2pm').press('Move it and tell everybody')
    expect(none.errors).toEqual(['Enter the new day', 'Say why the meeting moves'])
    const same = await fillWhen(none, '7 10 2026', '2pm')
      .fill('Why does it move?', 'The chair is away.')
      .press('Move it and tell everybody')
    expect(same.errors).toEqual(['It is planned for this time already'])
    network.house.clock.set('2026-06-09T09:05:00Z')
    const sent = fillWhen(same, '28 10 2026', '10am').wouldSend('Move it and tell everybody')
    const response = await network.boardChair.raw(sent.to, {
      method: 'POST',
      body: sent.body,
      headers: { origin: 'http://loop.test' },
    })
    expect(response.status).toBe(303)
    const row = await meetingRow(mark)
    expect(row.title).toBe('Operational Board, 28 October 2026')
    expect(row.papers_due_on?.toString()).toBe('2026-10-21')
    for (const person of [network.volunteer, network.boardChair]) {
      const moved = await entryFor(person, 'meeting-moved')
      expect(moved.method).toBe('REQUEST')
      expect(moved.event!.uid).toBe(before.event!.uid)
      expect(moved.event!.sequence).toBe(1)
      expect(String(moved.event!.component.getFirstPropertyValue('dtstamp'))).not.toBe(
        String(before.event!.component.getFirstPropertyValue('dtstamp')),
      )
      expect(moved.message.body).toContain('The reason: The chair is away.')
      // After the clocks have gone back.
      expect(moved.event!.startDate.toString()).toBe('2026-10-28T10:00:00')
    }
  })

  test('BOARD-2 BOARD-3 a cancelled meeting has a reason, and goes out of every calendar', async () => {
    const mark = await plans(network.coordinator, { day: '4 11 2026' })
    const form = await network.coordinator.reads(at(`/${mark}/cancel`))
    const none = await form.press('Cancel it and tell everybody')
    expect(none.errors).toEqual(['Say why the meeting is cancelled'])
    const sent = none
      .fill('Why is it cancelled?', 'Too few people can come.')
      .wouldSend('Cancel it and tell everybody')
    await network.coordinator.raw(sent.to, {
      method: 'POST',
      body: sent.body,
      headers: { origin: 'http://loop.test' },
    })
    const off = await entryFor(network.secondVolunteer, 'meeting-cancelled')
    expect(off.method).toBe('CANCEL')
    expect(off.event!.component.getFirstPropertyValue('status')).toBe('CANCELLED')
    expect(off.event!.sequence).toBe(1)
    expect(off.message.body).toContain('Too few people can come.')
    for (const step of ['move', 'cancel', 'details']) {
      expect((await network.coordinator.reads(at(`/${mark}/${step}`))).text).toContain(
        'This meeting was cancelled.',
      )
    }
    expect((await meetingRow(mark)).state).toBe('cancelled')
  })

  test('BOARD-2 where and how can change: everybody hears it and their calendars change', async () => {
    const mark = await plans(network.coordinator, { day: '2 12 2026', link: 'https://teams.example.org/l/3' })
    const form = await network.coordinator.reads(at(`/${mark}/details`))
    const nothing = await form.press('Save and tell everybody')
    expect(nothing.errors).toEqual(['Nothing is different from before'])
    const nowhere = await form.choose('In person').press('Save and tell everybody')
    expect(nowhere.errors).toEqual(['Enter the place where people meet'])
    const sent = nowhere
      .fill('Where do people meet?', 'Room 9\nBirmingham')
      .wouldSend('Save and tell everybody')
    await network.coordinator.raw(sent.to, {
      method: 'POST',
      body: sent.body,
      headers: { origin: 'http://loop.test' },
    })
    const changed = await entryFor(network.volunteer, 'meeting-changed')
    expect(changed.event!.sequence).toBe(1)
    expect(changed.event!.location).toBe('Room 9, Birmingham')
    expect(changed.event!.description).not.toContain('teams.example.org')
    expect(changed.message.body).toContain('Room 9, Birmingham')
  })

  test('BOARD-2 the list shows what comes and what was, page by page; strangers, visitors and others change nothing', async () => {
    const mark = await plans(network.coordinator, { day: '9 12 2026', time: '9am' })
    const list = await network.volunteer.reads(at())
    expect(list.text).toContain('Operational Board, 9 December 2026')
    expect(list.hasLink('Plan a meeting')).toBe(false)
    expect((await network.sigMember.reads(at())).text).not.toContain('Operational Board, 9 December 2026')
    expect((await network.trustContact.reads(at())).text).toContain('No meeting is planned here now.')
    for (const person of [network.visitor, network.stranger, network.administrator, network.applicant]) {
      expect((await person.opens(at())).status).toBe(404)
    }
    for (const person of [
      network.visitor,
      network.stranger,
      network.volunteer,
      network.sigChair,
      network.administrator,
    ]) {
      for (const step of ['move', 'cancel', 'details']) {
        expect((await person.opens(at(`/${mark}/${step}`))).status, step).toBe(404)
      }
    }
    for (const person of [network.visitor, network.stranger, network.volunteer]) {
      expect((await person.opens(at('/new'))).status).toBe(404)
      expect((await person.opens(at('/new/check'))).status).toBe(404)
    }
    expect((await network.director.reads(at('/new/check'))).hasLink('Start')).toBe(true)
    for (const junk of [
      '?after=x_1',
      '?before=2026-01-01T00:00:00Z_9',
      '?group=999&show=past',
      '?after=9_',
    ]) {
      await network.volunteer.reads(at(junk))
    }
    // 45 meetings of the past, 20 on a page, forward and back.
    await network.inNetwork(tx =>
      tx
        .insertInto('meeting')
        .values(
          Array.from({ length: 45 }, (_, n) => ({
            network_id: network.id,
            group_id: network.groups.paediatric,
            number: 900 + n,
            title: `Old ${n}`,
            state: 'held' as const,
            starts_at: network.house.clock.now().subtract({ hours: 24 * (10 + n) }),
          })),
        )
        .execute(),
    )
    const past = await network.sigMember.reads(at('?show=past'))
    expect(past.$('tbody tr').length).toBe(20)
    const second = await network.sigMember.reads(past.$('a[rel=next]').attr('href')!)
    const third = await network.sigMember.reads(second.$('a[rel=next]').attr('href')!)
    expect(third.$('tbody tr').length).toBe(5)
    const back = await network.sigMember.reads(third.$('a[rel=prev]').attr('href')!)
    expect(back.text).toBe(second.text)
  })
})

test('BOARD-2 what waits to be considered at a meeting goes with it when it moves, and to the next when it is cancelled', async () => {
  const its = await aNetwork()
  const as = <T>(work: (doing: Doing) => Promise<T>) => doingAs(its, its.coordinator, work)
  const plan = (days: number) =>
    as(doing =>
      planMeeting(doing, {
        groupId: its.groups.paediatric,
        title: `In ${days} days`,
        startsAt: doing.now.add({ hours: 24 * days }),
        minutesLong: 60,
        kind: 'online',
      }),
    )
  const meeting = await plan(20)
  const view = await aContribution(its, { by: its.volunteer, state: 'received' })
  await as(async doing => {
    const thread = (await loadThread(doing.tx, view.number, { forChange: true }))!
    const where = {
      groupId: its.groups.paediatric,
      meetingId: meeting.id,
      on: null,
      words: 'They know most.',
    }
    expect(await acknowledge(doing, thread, where)).toMatchObject({ accepted: true })
  })
  const found = () =>
    its.inNetwork(tx =>
      tx
        .selectFrom('contribution')
        .select(['meeting_id', 'consider_on', 'state'])
        .where('number', '=', view.number)
        .executeTakeFirstOrThrow(),
    )
  const load = async (doing: Doing) => (await loadMeeting(doing, meeting.number, { forChange: true }))!
  await as(async doing =>
    moveMeeting(doing, await load(doing), {
      startsAt: doing.now.add({ hours: 24 * 30 }),
      minutesLong: 60,
      because: 'A strike',
    }),
  )
  expect((await found()).consider_on?.toString()).toBe('2026-07-09')
  const moved = (await its.volunteer.wasTold()).at(-1)!
  expect(moved.body).toContain('will look at it on 9 July 2026')
  expect(moved.body).toContain('A strike')
  const later = await plan(60)
  await as(async doing => cancelMeeting(doing, await load(doing), 'Nobody can come'))
  expect(await found()).toMatchObject({ meeting_id: later.id, state: 'to-be-considered' })
  expect((await its.volunteer.wasTold()).at(-1)!.body).toContain('Nobody can come')
  await as(async doing =>
    cancelMeeting(doing, (await loadMeeting(doing, later.number, { forChange: true }))!, 'No room'),
  )
  // Nothing else is planned: the day that was promised stays.
  expect(await found()).toMatchObject({ meeting_id: null })
  expect((await found()).consider_on?.toString()).toBe('2026-08-08')
})

test('BOARD-2 the link to join is there from the day before, for those who may join; the calendar has it always', async () => {
  network.house.clock.set('2026-06-09T09:05:00Z')
  const mark = await plans(network.coordinator, {
    day: '18 6 2026',
    time: '4pm',
    link: 'https://teams.example.org/l/join',
  })
  const link = 'https://teams.example.org/l/join'
  expect((await network.volunteer.reads(at(`/${mark}`))).html).not.toContain(link)
  expect((await network.volunteer.reads(at(`/${mark}`))).text).toContain('from 17 June 2026')
  network.house.clock.set('2026-06-17T05:00:00Z')
  await network.volunteer.signsIn()
  expect((await network.volunteer.reads(at(`/${mark}`))).html).toContain(link)
  for (const person of [network.visitor, network.stranger, network.sigMember, network.administrator]) {
    const seen = await person.opens(at(`/${mark}`))
    expect(seen.status).toBe(404)
    expect(seen.html).not.toContain(link)
  }
  network.house.clock.set('2026-06-09T09:05:00Z')
})

test('BOARD-2 home shows the next meetings and what has moved; a search finds meetings by reference and words', async () => {
  const home = `/${network.slug}/home`
  await network.volunteer.reads(home)
  const mark = await plans(network.coordinator, { day: '17 6 2026', time: '11am' })
  expect((await network.volunteer.reads(home)).text).toContain('Operational Board, 17 June 2026')
  expect((await network.sigMember.reads(home)).text).not.toContain('Operational Board, 17 June 2026')
  const found = async (person: Someone, words: string) =>
    (await person.reads(`/${network.slug}/search?q=${encodeURIComponent(words)}`)).text
  for (const words of [mark, 'operational boards june']) {
    expect(await found(network.volunteer, words), words).toContain('Operational Board, 17 June 2026')
    expect(await found(network.sigMember, words), words).not.toContain('Operational Board, 17 June 2026')
  }
  for (const words of ["%'; drop table x --", '_', '"unclosed', '\\']) await found(network.volunteer, words)
})
