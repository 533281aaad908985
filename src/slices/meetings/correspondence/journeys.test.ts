import { Temporal } from 'temporal-polyfill'
import { beforeAll, expect, test } from 'vitest'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'
import { doingAs } from '../for-tests.ts'
import { cancelMeeting, moveMeeting, planMeeting } from '../index.ts'
import { loadMeeting } from '../store.ts'

let network: TestNetwork

beforeAll(async () => {
  network = await aNetwork()
})

const noon = (day: string) => `${day}T09:00:00Z`
const kindsOf = async (person: Someone, mark: string) =>
  (
    await network.inNetwork(tx =>
      tx
        .selectFrom('message')
        .select('kind')
        .where('person_id', '=', person.id)
        .where('about_id', '=', mark)
        .orderBy('id')
        .execute(),
    )
  ).map(each => each.kind)

async function aMeetingOn(moment: string) {
  const { number, id } = await doingAs(network, network.coordinator, doing =>
    planMeeting(doing, {
      groupId: network.groups.board,
      title: 'The board',
      startsAt: Temporal.Instant.from(moment),
      minutesLong: 60,
      kind: 'online',
      link: 'https://teams.example.org/x',
    }),
  )
  return { mark: `M-${number}`, number, id }
}

async function runs(day: string) {
  network.house.clock.set(noon(day))
  await network.house.runDue()
  // The worker comes every ten minutes: nothing is said twice.
  await network.house.runDue()
}

const setState = (id: number, state: 'papers-out' | 'minutes-drafted' | 'agenda-set') =>
  network.inNetwork(tx => tx.updateTable('meeting').set({ state }).where('id', '=', id).execute())

test('BOARD-21 from the invitation to what came of it: each on its day, once, by each person’s channel', async () => {
  network.house.clock.set(noon('2026-06-09'))
  const rings = await network.aPerson({
    name: 'Rob Ring',
    channel: 'phone',
    memberships: [{ group: 'board', role: 'volunteer', voting: true, lay: true }],
  })
  const { mark, id } = await aMeetingOn('2026-09-16T13:00:00Z')
  expect(await kindsOf(network.volunteer, mark)).toEqual(['meeting-invitation'])
  const page = await network.volunteer.reads(`/${network.slug}/meetings/${mark}`)
  // The days stand there beforehand: papers 5 working days before, items 10 before that (one is a bank holiday).
  expect(page.text).toContain('Call for items When On 25 August 2026')
  expect(page.text).toContain('By 9 September 2026')
  expect(page.text).toContain('On 15 September 2026')
  await runs('2026-08-24')
  expect(await kindsOf(network.volunteer, mark)).toEqual(['meeting-invitation'])
  await runs('2026-08-25')
  expect(await kindsOf(network.volunteer, mark)).toEqual(['meeting-invitation', 'meeting-call-for-items'])
  const state = await network.inNetwork(tx =>
    tx.selectFrom('meeting').select('state').where('id', '=', id).executeTakeFirstOrThrow(),
  )
  expect(state.state).toBe('agenda-open')
  await setState(id, 'agenda-set')
  await runs('2026-09-09')
  expect(await kindsOf(network.volunteer, mark)).not.toContain('meeting-papers')
  await setState(id, 'papers-out')
  await runs('2026-09-10')
  await runs('2026-09-15')
  await setState(id, 'minutes-drafted')
  await runs('2026-09-25')
  const whole = [
    'meeting-invitation',
    'meeting-call-for-items',
    'meeting-papers',
    'meeting-reminder',
    'meeting-what-came',
  ]
  for (const person of [network.volunteer, network.boardChair, rings]) {
    expect(await kindsOf(person, mark), person.name).toEqual(whole)
  }
  const call = (await rings.wasTold()).find(each => each.kind === 'meeting-reminder')!
  expect(call.channel).toBe('phone')
  expect(call.body).toContain('Say: Operational Board meets on Wednesday 16 September 2026, 2pm to 3pm.')
  for (const person of [network.sigMember, network.stranger, network.coordinator]) {
    expect(await kindsOf(person, mark), person.name).toEqual([])
  }
  await network.volunteer.signsIn()
  const after = await network.volunteer.reads(`/${network.slug}/meetings/${mark}`)
  expect(after.text).toContain('Reminder When Sent on 15 September 2026')
  await network.house.clock.set(noon('2026-06-09'))
})

test('BOARD-21 the letters move when the meeting moves, and stop when it is cancelled', async () => {
  network.house.clock.set(noon('2026-06-09'))
  const { mark, number } = await aMeetingOn('2026-11-11T14:00:00Z')
  const act = (
    work: (
      doing: Parameters<typeof moveMeeting>[0],
      it: Parameters<typeof moveMeeting>[1],
    ) => Promise<unknown>,
  ) =>
    doingAs(network, network.coordinator, async doing => {
      await work(doing, (await loadMeeting(doing, number, { forChange: true }))!)
    })
  await runs('2026-10-22')
  await runs('2026-11-10')
  expect((await kindsOf(network.volunteer, mark)).at(-1)).toBe('meeting-reminder')
  await act((doing, it) =>
    moveMeeting(doing, it, {
      startsAt: Temporal.Instant.from('2026-12-09T14:00:00Z'),
      minutesLong: 60,
      because: 'Snow',
    }),
  )
  await runs('2026-11-11')
  expect((await kindsOf(network.volunteer, mark)).at(-1)).toBe('meeting-moved')
  await runs('2026-12-08')
  const kinds = await kindsOf(network.volunteer, mark)
  expect(kinds.filter(each => each === 'meeting-reminder')).toHaveLength(2)
  expect(kinds.filter(each => each === 'meeting-call-for-items')).toHaveLength(1)

  network.house.clock.set(noon('2026-06-09'))
  const other = await aMeetingOn('2026-10-14T13:00:00Z')
  await doingAs(network, network.coordinator, async doing => {
    await cancelMeeting(doing, (await loadMeeting(doing, other.number, { forChange: true }))!, 'No time')
  })
  for (const day of ['2026-09-24', '2026-10-07', '2026-10-13', '2026-10-20']) await runs(day)
  expect(await kindsOf(network.volunteer, other.mark)).toEqual(['meeting-invitation', 'meeting-cancelled'])
})

test('BOARD-21 who joins a group later is invited to what lies ahead, once; who has left hears nothing', async () => {
  network.house.clock.set(noon('2026-06-09'))
  const { mark } = await aMeetingOn('2027-02-10T14:00:00Z')
  const late = await network.aPerson({
    name: 'Lou Later',
    memberships: [{ group: 'board', role: 'volunteer', voting: true, lay: true }],
  })
  await network.inNetwork(tx =>
    tx
      .updateTable('membership')
      .set({ to_on: network.house.clock.today().subtract({ days: 1 }) })
      .where('person_id', '=', network.secondVolunteer.id)
      .execute(),
  )
  await runs('2026-06-10')
  expect(await kindsOf(late, mark)).toEqual(['meeting-invitation'])
  await runs('2027-01-26')
  await runs('2027-02-09')
  expect(await kindsOf(late, mark)).toEqual([
    'meeting-invitation',
    'meeting-call-for-items',
    'meeting-reminder',
  ])
  expect(await kindsOf(network.secondVolunteer, mark)).toEqual(['meeting-invitation'])
})
