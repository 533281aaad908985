import { beforeAll, describe, expect, test } from 'vitest'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { aHeldMeeting, aMeeting } from './for-tests.ts'

let network: TestNetwork

beforeAll(async () => {
  network = await aNetwork()
})

describe('BOARD-20 in the room', () => {
  test('BOARD-20 the chair opens the meeting and its items in turn, and ends it', async () => {
    const meeting = await aMeeting(network, { inDays: 0 })
    const { boardChair, volunteer, coordinator, house } = network
    expect((await volunteer.reads(meeting.step('room'))).text).toContain('The meeting has not begun')
    const early = await (await boardChair.reads(meeting.step('open'))).press('Open the meeting')
    expect(early.errors).toEqual(['Set the agenda before you open the meeting'])
    await (await boardChair.reads(meeting.step('set-agenda'))).press('Set the agenda')
    const room = await (await boardChair.reads(meeting.step('open'))).press('Open the meeting')
    expect(room.h1).toBe('In the room')
    expect(room.text).toContain('The first item opens soon.')
    const first = await room.press('Open item 1: Welcome and apologies')
    expect(first.text).toContain('Now: 1. Welcome and apologies')
    house.clock.set(house.clock.now().add({ minutes: 7 }).toString())
    const late = await boardChair.reads(meeting.step('room'))
    expect(late.text).toContain('Planned for 10am, began at 10am. 7 minutes of 5 minutes used.')
    await late.press('Open item 2: Conflicts of interest')
    const page = await volunteer.reads(meeting.path)
    expect(page.text).toContain('It is on now')
    expect(page.text).toContain('Began at 10am, ended at 10:07am')
    // A member steers nothing.
    const asked = await volunteer.reads(meeting.step('room'))
    expect(asked.hasButton('Open item 3: Minutes of last time')).toBe(false)
    const { body } = asked.wouldSend('Raise my hand')
    body.set('do', `open-${(await meeting.items())['Matters arising']}`)
    expect((await volunteer.posts(meeting.step('room'), body)).errors).toEqual([
      'Only those who run the meeting can do that',
    ])
    await (await coordinator.reads(meeting.step('end'))).press('End the meeting')
    expect((await volunteer.reads(meeting.path)).text).toContain('The meeting was held')
    expect((await volunteer.reads(meeting.step('room'))).text).toContain('This meeting is over')
    expect((await coordinator.reads(meeting.step('attendance'))).valueOf('Mo Member')).toBe('Did not come')
    for (const person of [network.stranger, network.visitor, network.sigMember, network.administrator]) {
      for (const path of ['room', 'room/changes', 'open', 'end']) {
        expect((await person.opens(meeting.step(path))).status).toBe(404)
      }
    }
  })

  test('BOARD-20 hands go up, and those who spoke least come first', async () => {
    const meeting = await aHeldMeeting(network)
    const { boardChair, volunteer, secondVolunteer, boardMember, house } = network
    const tick = () => house.clock.set(house.clock.now().add({ seconds: 30 }).toString())
    await meeting.opens(network, 'Matters arising')
    const room = meeting.step('room')
    for (const person of [volunteer, boardMember]) {
      await (await person.reads(room)).press('Raise my hand')
      tick()
    }
    const queue = async () =>
      (await boardChair.reads(room))
        .$('main ol .loop-agenda__title')
        .toArray()
        .map(each => each.children.map(node => ('data' in node ? node.data : '')).join(''))
    expect(await queue()).toEqual(['Vera Volunteer', 'Mo Member'])
    const member = await boardMember.reads(room)
    expect(member.text).toContain('1 person speaks before you')
    await (await boardChair.reads(room)).press('Has spoken Vera Volunteer')
    tick()
    await (await volunteer.reads(room)).press('Raise my hand')
    tick()
    await (await secondVolunteer.reads(room)).press('Raise my hand')
    expect(await queue()).toEqual(['Mo Member', 'Sam Second', 'Vera Volunteer'])
    // Pressed twice from two phones: one hand.
    const twice = await secondVolunteer.reads(room)
    expect(twice.hasButton('Raise my hand')).toBe(false)
    await twice.press('Lower my hand')
    expect(await queue()).toEqual(['Mo Member', 'Vera Volunteer'])
  })

  test('BOARD-20 a note is for its writer alone, and is there in the room', async () => {
    const meeting = await aHeldMeeting(network)
    await meeting.opens(network, 'Matters arising')
    const form = await (await network.volunteer.reads(meeting.step('room'))).follow('Write a note')
    const room = await form.fill('Your note on this item', 'Ask about the letters.').press('Keep my note')
    expect(room.h1).toBe('In the room')
    expect(room.text).toContain('Ask about the letters.')
    for (const person of [network.secondVolunteer, network.boardChair, network.coordinator]) {
      expect((await person.reads(meeting.step('room'))).text).not.toContain('Ask about the letters.')
    }
    const seen = await network.inNetwork(tx => tx.selectFrom('reading_note').selectAll().execute())
    expect(seen).toEqual([])
    const item = await meeting.item('Matters arising')
    for (const person of [network.stranger, network.visitor]) {
      expect((await person.opens(`${item}/note`)).status).toBe(404)
    }
    const again = await network.volunteer.reads(`${item}/note`)
    expect(again.valueOf('Your note on this item').trim()).toBe('Ask about the letters.')
    expect((await again.fill('Your note on this item', '').press('Keep my note')).text).not.toContain(
      'Ask about',
    )
  })

  test('BOARD-20 the room comes anew by itself without a script, can be stopped, and tells a script what has changed', async () => {
    const meeting = await aHeldMeeting(network)
    const room = await network.volunteer.reads(meeting.step('room'))
    expect(room.$('head noscript').html()).toContain('http-equiv="refresh" content="20"')
    expect(room.headers.get('content-security-policy')).toContain("script-src 'self'")
    const still = await room.follow('Stop that')
    expect(still.html).not.toContain('http-equiv="refresh"')
    expect(still.$('script')).toHaveLength(0)
    const version = async () => (await network.volunteer.opens(meeting.step('room/changes'))).html
    const before = await version()
    expect(before).toContain(room.$('[data-version]').attr('data-version')!)
    await meeting.opens(network, 'Matters arising')
    expect(await version()).not.toBe(before)
    // Nothing that is typed stands on a page that comes anew.
    expect(room.$('main textarea, main input:not([type=hidden])')).toHaveLength(0)
  })

  test('BOARD-20 a browser that listens hears of each change', async () => {
    const meeting = await aHeldMeeting(network)
    const answer = await network.volunteer.raw(meeting.step('room/changes'), {
      headers: { accept: 'text/event-stream' },
    })
    expect(answer.headers.get('content-type')).toContain('text/event-stream')
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
    let heard = ''
    const until = async (count: number) => {
      while ((heard.match(/^data: /gm) ?? []).length < count) heard += (await reader.read()).value ?? ''
    }
    await until(1)
    await meeting.opens(network, 'Matters arising')
    await until(2)
    await reader.cancel()
  }, 15_000)

  test('BOARD-20 the room asks the database at most six times, whatever other rooms have a part in it', async () => {
    const meeting = await aHeldMeeting(network)
    await meeting.opens(network, 'Matters arising')
    for (const person of [network.volunteer, network.boardChair, network.coordinator]) {
      const before = network.house.database.statements.count
      await person.reads(meeting.step('room/changes'))
      const middle = network.house.database.statements.count
      await person.reads(meeting.step('room'))
      // The transaction's begin and commit are no questions.
      expect(middle - before - 2).toBeLessThanOrEqual(4)
      expect(network.house.database.statements.count - middle - 2).toBeLessThanOrEqual(6)
    }
  })
})
