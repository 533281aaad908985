import { Temporal } from 'temporal-polyfill'
import { beforeEach, expect, test } from 'vitest'
import { readability } from '#kernel/text/readability.ts'
import { type GraphServer, openGraphServer, type StandInReport } from '#tests/graph-server.ts'
import { openTestHouse } from '#tests/house.ts'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'
import { doingAs } from '../for-tests.ts'
import { cancelMeeting, moveMeeting, planMeeting } from '../index.ts'
import { changeDetails } from '../planning/changes.ts'
import { loadMeeting } from '../store.ts'
import { newerReport } from '../teams-report/for-tests.ts'
import { teamsJobs } from './jobs.ts'

const house = await openTestHouse()
const graph: GraphServer = await openGraphServer()
let network: TestNetwork
const start = house.clock.now().toString()

beforeEach(async () => {
  house.clock.set(start)
  // The networks of other tests ask nothing any more.
  await house.owner.query(`update connection set state = 'off'`)
  network = await aNetwork(house)
  graph.meetings.clear()
  graph.calls.length = 0
  graph.next.length = 0
  graph.tokens = 0
})

const jobs = () => teamsJobs(house.house)
const minutesOn = (minutes: number) => house.clock.set(house.clock.now().add({ minutes }).toString())

/** As somebody of the team types it in. */
async function connects(given: Record<string, string> = graph.settings()) {
  const form = await network.coordinator.reads(`/${network.slug}/team/connections/teams/set-up`)
  return await form
    .fill('Tenant id', given.tenant!)
    .fill('Client id', given.client!)
    .fill('Client secret', given.secret!)
    .fill('User id of the organiser', given.organiser!)
    .fill('Address of the sign-in', given.login!)
    .fill('Address of Microsoft Graph', given.graph!)
    .press('Save')
}

async function plans(more: Partial<Parameters<typeof planMeeting>[1]> & { inDays?: number } = {}) {
  const { inDays = 15, ...given } = more
  const made = await doingAs(network, network.coordinator, doing =>
    planMeeting(doing, {
      groupId: network.groups.board,
      title: 'The board meets',
      startsAt: doing.now.add({ hours: 24 * inDays }),
      minutesLong: 120,
      kind: 'online',
      ...given,
    }),
  )
  const row = () =>
    network.inNetwork(tx =>
      tx.selectFrom('meeting').selectAll().where('id', '=', made.id).executeTakeFirstOrThrow(),
    )
  const online = () =>
    network.inNetwork(tx =>
      tx.selectFrom('online_meeting').selectAll().where('meeting_id', '=', made.id).executeTakeFirst(),
    )
  return { ...made, path: `/${network.slug}/meetings/M-${made.number}`, row, online }
}
type Planned = Awaited<ReturnType<typeof plans>>

const change = (
  it: Planned,
  work: (doing: Parameters<typeof moveMeeting>[0], it: Parameters<typeof moveMeeting>[1]) => unknown,
) =>
  doingAs(network, network.coordinator, async doing => {
    await work(doing, (await loadMeeting(doing, it.number, { forChange: true }))!)
  })

const told = async (person: Someone, kind: string) =>
  (await person.wasTold()).filter(each => each.kind === kind)
const entryOf = async (person: Someone, kind: string) => {
  const row = await network.inNetwork(tx =>
    tx
      .selectFrom('message')
      .select('attachment')
      .where('person_id', '=', person.id)
      .where('kind', '=', kind)
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow(),
  )
  return (row.attachment as { text: string }).text.replaceAll('\r\n ', '')
}
const only = () => [...graph.meetings.values()]

test('REACH-8 the team connects Teams, tries it, and hears in words what is missing; strangers find nothing', async () => {
  const { coordinator, volunteer, stranger, visitor, slug } = network
  for (const nobody of [volunteer, stranger, visitor]) {
    expect((await nobody.opens(`/${slug}/team/connections/teams`)).status).toBe(404)
  }
  const wrong = await connects({ ...graph.settings(), client: 'my app', graph: 'https://evil.example.org' })
  expect(wrong.errors.join()).toMatch(/32 letters and digits.*Enter an address of Microsoft/)
  const button = 'Make a meeting in Teams and delete it again'
  const works = await (await connects()).press(button)
  expect(works.text).toContain('It works. A meeting was made.')
  expect(works.text).toContain('Reports of who was there can be read.')
  expect(only()).toEqual([])
  const page = () => coordinator.reads(`/${slug}/team/connections/teams`)
  graph.next.push({
    status: 403,
    code: 'Forbidden',
    message: 'No application access policy found for this app on the user.',
  })
  expect((await (await page()).press(button)).text).toContain(
    'Ask your Microsoft administrator for an application access policy',
  )
  graph.next.push({
    status: 403,
    code: 'Authorization_RequestDenied',
    message: 'Insufficient privileges to complete the operation.',
  })
  expect((await (await page()).press(button)).text).toContain('to add OnlineMeetings.ReadWrite.All')
  for (const [change, words] of [
    [{ secret: 'another one' }, 'Microsoft does not accept the client secret'],
    [{ tenant: '11111111-2222-4333-8444-555555555555' }, 'Check the tenant id'],
    [{ client: '11111111-2222-4333-8444-555555555555' }, 'Microsoft does not know this app'],
    [{ organiser: '11111111-2222-4333-8444-555555555555' }, 'Check the user id of the organiser'],
    [{ graph: 'http://127.0.0.1:9', login: 'http://127.0.0.1:9' }, 'Microsoft does not answer'],
  ] as const) {
    expect((await (await connects({ ...graph.settings(), ...change })).press(button)).text).toContain(words)
  }
})

test('REACH-8 the link is made, stands in the invitation and on the page; it moves with the meeting and goes with it', async () => {
  const { volunteer, coordinator } = network
  await connects()
  const it = await plans()
  // The invitation waits for it: one message, not two.
  expect(await told(volunteer, 'meeting-invitation')).toEqual([])
  expect((await coordinator.reads(it.path)).text).toContain('Microsoft Teams makes the link to join')
  await jobs()
  const [made] = only()
  expect(made).toMatchObject({
    subject: 'The board meets',
    startDateTime: '2026-06-24T09:00:00Z',
    endDateTime: '2026-06-24T11:00:00Z',
  })
  expect((await it.row()).link).toBe(made!.joinWebUrl)
  expect(await told(volunteer, 'meeting-invitation')).toHaveLength(1)
  expect(await entryOf(volunteer, 'meeting-invitation')).toContain(`Join online: ${made!.joinWebUrl}`)
  expect(await told(volunteer, 'meeting-link')).toEqual([])
  expect((await volunteer.reads(it.path)).text).toContain('The link to join is here from 23 June 2026')
  await jobs()
  expect(graph.calls).toHaveLength(1)

  await change(it, (doing, loaded) =>
    moveMeeting(doing, loaded, {
      startsAt: loaded.it.startsAt.add({ hours: 24 }),
      minutesLong: 60,
      because: 'A better day',
    }),
  )
  await jobs()
  expect(only()).toHaveLength(1)
  expect(only()[0]).toMatchObject({
    joinWebUrl: made!.joinWebUrl,
    startDateTime: '2026-06-25T09:00:00Z',
    endDateTime: '2026-06-25T10:00:00Z',
  })
  await change(it, (doing, loaded) => cancelMeeting(doing, loaded, 'Nobody can come'))
  await jobs()
  expect(only()).toEqual([])
  expect((await it.online())?.state).toBe('gone')
  const calls = graph.calls.length
  minutesOn(120)
  await jobs()
  expect(graph.calls).toHaveLength(calls)
})

test('REACH-8 a link that somebody pasted wins, at once and later; taken away again, Teams makes one', async () => {
  await connects()
  const pasted = await plans({ link: 'https://example.org/ours' })
  await jobs()
  expect(only()).toEqual([])
  expect(await told(network.volunteer, 'meeting-invitation')).toHaveLength(1)

  const it = await plans({ title: 'Another one', inDays: 20 })
  await jobs()
  expect(only()).toHaveLength(1)
  const details = (link: string) =>
    change(it, (doing, loaded) =>
      changeDetails(doing, loaded, {
        title: 'Another one',
        kind: 'online',
        link,
        venue: '',
        access: {},
        travel: '',
      }),
    )
  await details('https://example.org/ours')
  await jobs()
  expect(only()).toEqual([])
  expect((await it.row()).link).toBe('https://example.org/ours')
  await details('')
  await jobs()
  expect(only()).toHaveLength(1)
  expect((await it.row()).link).toBe(only()[0]!.joinWebUrl)
  // Whoever was invited before hears of the link that came later, in their calendar, too.
  expect(await entryOf(network.volunteer, 'meeting-link')).toContain(only()[0]!.joinWebUrl)
  // In a room it needs none.
  await change(it, (doing, loaded) =>
    changeDetails(doing, loaded, {
      title: 'Another one',
      kind: 'in-person',
      link: '',
      venue: 'Room 1',
      access: {},
      travel: '',
    }),
  )
  await jobs()
  expect(only()).toEqual([])
  expect((await pasted.row()).link).toBe('https://example.org/ours')
})

test('REACH-8 somebody pastes a link while Teams makes one: theirs stays, and the other one is taken away', async () => {
  await connects()
  const it = await plans()
  graph.next.push({ status: 503, headers: { 'retry-after': '1' } })
  await jobs()
  await change(it, (doing, loaded) =>
    changeDetails(doing, loaded, {
      title: 'The board meets',
      kind: 'online',
      link: 'https://example.org/theirs',
      venue: '',
      access: {},
      travel: '',
    }),
  )
  minutesOn(10)
  await jobs()
  expect((await it.row()).link).toBe('https://example.org/theirs')
  expect(only()).toEqual([])
})

test('REACH-8 Teams makes it and dies before it answers, and two workers ask at once: there is one meeting', async () => {
  await connects()
  const it = await plans()
  graph.next.push('cut-after')
  await jobs()
  expect(only()).toHaveLength(1)
  expect((await it.row()).link).toBe('')
  minutesOn(2)
  await Promise.all([jobs(), jobs(), jobs()])
  expect(only()).toHaveLength(1)
  expect((await it.row()).link).toBe(only()[0]!.joinWebUrl)
  expect(await told(network.volunteer, 'meeting-invitation')).toHaveLength(1)
  // The same where it was to be deleted.
  graph.next.push('cut-after')
  await change(it, (doing, loaded) => cancelMeeting(doing, loaded, 'Nobody can come'))
  await jobs()
  minutesOn(10)
  await jobs()
  expect(only()).toEqual([])
  expect((await it.online())?.state).toBe('gone')
})

test('REACH-8 a worker dies after Teams made the meeting: the next one takes it up and makes no second', async () => {
  await connects()
  const it = await plans()
  const { nextTask } = await import('./links.ts')
  const task = await doingAs(network, network.coordinator, doing => nextTask(doing))
  expect(task).toMatchObject({ what: 'make', meetingId: it.id })
  graph.meetings.set('known-already', {
    id: 'known-already',
    externalId: task!.externalId,
    joinWebUrl: 'https://teams.example.org/l/meetup-join/known',
    subject: '',
    startDateTime: '',
    endDateTime: '',
    reports: [],
  })
  await jobs()
  expect((await it.row()).link).toBe('')
  minutesOn(6)
  await jobs()
  expect((await it.row()).link).toBe('https://teams.example.org/l/meetup-join/known')
  expect(only()).toHaveLength(1)
})

test('REACH-8 Teams says wait, its token runs out, it is down: tried again as it says, and those who plan read why', async () => {
  const { coordinator, volunteer, boardMember } = network
  await connects()
  const first = await plans()
  await jobs()
  expect(graph.tokens).toBe(1)
  // A new token once, then the call again.
  graph.next.push({ status: 401, code: 'InvalidAuthenticationToken' })
  const second = await plans({ title: 'Second', inDays: 16 })
  await jobs()
  expect(graph.tokens).toBe(3)
  expect((await second.row()).link).not.toBe('')
  const third = await plans({ title: 'Third', inDays: 17 })
  graph.next.push({ status: 429, code: 'TooManyRequests', headers: { 'retry-after': '600' } })
  await jobs()
  const calls = graph.calls.length
  minutesOn(5)
  await jobs()
  expect(graph.calls).toHaveLength(calls)
  minutesOn(6)
  graph.next.push({
    status: 403,
    code: 'Forbidden',
    message: 'No application access policy found for this app',
  })
  await jobs()
  expect((await coordinator.reads(third.path)).text).toContain(
    'Ask your Microsoft administrator for an application access policy',
  )
  expect((await boardMember.reads(third.path)).text).not.toContain('Microsoft administrator')
  expect((await coordinator.reads(`/${network.slug}/team/week`)).text).toContain(
    'Give a meeting its link to join',
  )
  // Nobody waits for an invitation because of it.
  const invited = () => told(volunteer, 'meeting-invitation').then(list => list.length)
  expect(await invited()).toBe(2)
  minutesOn(20)
  await house.runDue()
  expect(await invited()).toBe(3)
  minutesOn(60)
  await jobs()
  expect((await third.row()).link).not.toBe('')
  expect(await told(volunteer, 'meeting-link')).toHaveLength(1)
  // Deleted in Teams by hand: it is made anew.
  graph.meetings.delete((await first.online())!.teams_id!)
  const before = (await first.row()).link
  await change(first, (doing, loaded) =>
    moveMeeting(doing, loaded, {
      startsAt: loaded.it.startsAt.add({ hours: 24 }),
      minutesLong: 120,
      because: 'Later',
    }),
  )
  await jobs()
  const after = (await first.row()).link
  expect(after).not.toBe(before)
  expect(only().map(each => each.joinWebUrl)).toContain(after)
})

const record = (
  name: string | null,
  email: string | null,
  ...stays: readonly (readonly [string, string])[]
): StandInReport['attendanceRecords'][number] => ({
  emailAddress: email,
  role: 'Attendee',
  totalAttendanceInSeconds: 60,
  identity: { displayName: name, id: null },
  attendanceIntervals: stays.map(([joinDateTime, leaveDateTime]) => ({
    joinDateTime,
    leaveDateTime,
    durationInSeconds: 60,
  })),
})

const emailOf = async (person: Someone) =>
  (
    await network.inNetwork(tx =>
      tx.selectFrom('person').select('email').where('id', '=', person.id).executeTakeFirstOrThrow(),
    )
  ).email!

async function withReport(it: Planned) {
  await jobs()
  house.clock.set((await it.row()).starts_at.add({ minutes: 119 }).toString())
  await jobs()
  const meeting = only()[0]!
  meeting.reports = [
    {
      id: 'report-1',
      attendanceRecords: [
        record(
          'Vera Volunteer',
          await emailOf(network.volunteer),
          ['2026-06-24T09:01:00Z', '2026-06-24T09:30:00.5Z'],
          ['2026-06-24T09:40:00Z', '2026-06-24T10:58:00Z'],
        ),
        record('SECOND, Sam (Guest)', null, ['2026-06-24T09:00:00Z', '2026-06-24T11:01:00Z']),
        record('iPad of the corridor', null, ['2026-06-24T09:05:00Z', '2026-06-24T09:06:00Z']),
        record('Nobody at all', null),
        record('Mo Member', await emailOf(network.boardMember), [
          '2026-06-24T09:10:00Z',
          '2026-06-24T11:00:00Z',
        ]),
      ],
    },
  ]
  return meeting
}

test('REACH-8 an hour after the end, who was there is proposed to the team as an uploaded report is; nothing counts before somebody checked it', async () => {
  const { coordinator, boardChair, stranger, volunteer } = network
  await connects()
  const it = await plans()
  await withReport(it)
  const reads = () => graph.calls.filter(each => each.path.includes('attendanceReports')).length
  expect(reads()).toBe(0)
  minutesOn(30)
  await jobs()
  expect(reads()).toBe(0)
  minutesOn(31)
  await jobs()
  // Three people on a page: the rest came with the next.
  expect(reads()).toBe(3)
  const attendance = () =>
    network.inNetwork(tx => tx.selectFrom('attendance').selectAll().orderBy('person_id').execute())
  expect(await attendance()).toEqual([])
  await Promise.all([coordinator, volunteer, stranger].map(each => each.signsIn()))
  const page = await coordinator.reads(it.path)
  expect(page.text).toContain('Microsoft Teams says who was at the meeting')
  expect((await volunteer.reads(it.path)).text).not.toContain('says who was at the meeting')
  expect((await told(boardChair, 'meeting-report'))[0]!.body).toContain(
    'Nothing counts before you have done so',
  )
  expect((await coordinator.reads(`/${network.slug}/team/week`)).text).toContain('Check who was at a meeting')
  expect((await stranger.opens(`${it.path}/report/check`)).status).toBe(404)
  const check = await page.follow('Check who was there')
  expect(check.text).toContain('4 people are in the report')
  expect(check.text).toContain('We do not know 1 of them')
  expect(check.valueOf('SECOND, Sam (Guest)')).toBe('Sam Second')
  // In London's clocks, with the two stays of one person added up.
  expect(check.text).toContain('10:01am to 11:58am')
  const open = await check.press('This is who was there')
  expect(open.errors).toEqual(['Say who “iPad of the corridor” is'])
  await open.fill('iPad of the corridor', 'nobody').press('This is who was there')
  expect((await attendance()).map(each => [each.person_id, each.state])).toEqual(
    [network.volunteer, network.secondVolunteer, network.boardMember].map(each => [each.id, 'present']),
  )
  // Read once.
  minutesOn(120)
  await jobs()
  expect(reads()).toBe(3)
  await coordinator.signsIn()
  expect((await coordinator.reads(it.path)).text).not.toContain('says who was at the meeting')
})

test('REACH-8 a report that somebody uploaded or checked is not written over by the one of Teams', async () => {
  const { coordinator } = network
  await connects()
  const it = await plans()
  await withReport(it)
  const file = new File(
    [newerReport([{ name: 'Bea Chair', joined: '24/06/2026, 10:00:00', left: '24/06/2026, 12:00:00' }])],
    'report.csv',
    { type: 'text/csv' },
  )
  await coordinator.signsIn()
  const upload = await coordinator.reads(`${it.path}/report`)
  const check = await upload.attach('The attendance report', file).press('Read the report')
  expect(check.text).toContain('1 person is in the report')
  minutesOn(61)
  await jobs()
  await coordinator.signsIn()
  expect((await coordinator.reads(`${it.path}/report/check`)).text).toContain('1 person is in the report')
  expect((await it.online())?.report_state).toBe('not-needed')
})

test('REACH-8 no report, no permission for it: asked each hour for a day, then the page says what to do by hand', async () => {
  const { coordinator } = network
  await connects()
  const it = await plans()
  await jobs()
  house.clock.set((await it.row()).starts_at.add({ minutes: 181 }).toString())
  await jobs()
  expect((await it.online())?.report_state).toBe('waiting')
  for (let hour = 0; hour < 24; hour++) {
    minutesOn(61)
    graph.next.push({ status: 403, code: 'Forbidden', message: 'Missing role permissions on the request.' })
    await jobs()
  }
  expect((await it.online())?.report_state).toBe('none')
  await coordinator.signsIn()
  graph.next.length = 0
  await network.inNetwork(tx =>
    tx.updateTable('meeting').set({ state: 'held' }).where('id', '=', it.id).execute(),
  )
  const page = await coordinator.reads(it.path)
  expect(page.text).toContain('Microsoft Teams gave no report of who was there')
  expect(page.text).toContain('OnlineMeetingArtifact.Read.All')
})

test('REACH-8 without a connection, and in a network whose own is off, all is as before', async () => {
  const { volunteer } = network
  const it = await plans()
  expect(await told(volunteer, 'meeting-invitation')).toHaveLength(1)
  await jobs()
  expect(graph.calls).toEqual([])
  expect(await it.online()).toBeUndefined()
  const other = await aNetwork(house)
  network = other
  await connects()
  await (await other.coordinator.reads(`/${other.slug}/team/connections/teams`)).press('Switch it off')
  await plans()
  await jobs()
  expect(graph.calls).toEqual([])
})

test('REACH-8 our sign-in goes to Microsoft alone: no redirect, no page of a report on another host is followed', async () => {
  await connects()
  const it = await plans()
  graph.next.push({ status: 302, headers: { location: 'http://127.0.0.1:9/' } })
  await jobs()
  expect((await it.online())?.trouble).toBe('Microsoft does not answer at the moment.')
  const { reach } = await import('./connection.ts')
  const settings = graph.settings() as never
  expect(reach({ mode: 'production', clock: house.clock }, settings)).toBeUndefined()
  const real = {
    ...graph.settings(),
    login: 'https://login.microsoftonline.com',
    graph: 'https://graph.microsoft.com',
  } as never
  expect(reach({ mode: 'demo', clock: house.clock }, real)).toBeUndefined()
  expect(reach({ mode: 'production', clock: house.clock }, real)).toBeDefined()
  expect(Temporal.Instant.compare(house.clock.now(), Temporal.Instant.from(start))).toBe(0)
})

test('REACH-8 R48 what people are told about Teams can be read at eleven', async () => {
  const { rows } = await house.owner.query<{ kind: string; body: string }>(
    `select distinct on (kind) kind, body from message where kind in ('meeting-link', 'meeting-report') order by kind`,
  )
  expect(rows.map(each => each.kind)).toEqual(['meeting-link', 'meeting-report'])
  for (const { kind, body } of rows) {
    const words = body
      .split('\n')
      .filter(line => !/https?:|^(Dear|Yours)|^\d/.test(line))
      .join(' ')
    expect(readability(words).readingAge, `${kind}: ${words}`).toBeLessThanOrEqual(11)
  }
})
