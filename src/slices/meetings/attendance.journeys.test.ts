import { beforeAll, describe, expect, test } from 'vitest'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { aHeldMeeting, aMeeting, doingAs, loadMeeting } from './for-tests.ts'
import { loadQuorum, presentNow } from './index.ts'

let network: TestNetwork

beforeAll(async () => {
  network = await aNetwork()
})

describe('BOARD-10 who comes and who was there', () => {
  test('BOARD-10 a member sends apologies with a deputy, or the team does for them, and takes them back', async () => {
    const meeting = await aMeeting(network)
    const form = await (await network.boardMember.reads(meeting.path)).follow('I cannot come')
    const sent = await form
      .fill('Who comes in your place?', 'Nell Nurse')
      .fill('Why?', 'I am on call.')
      .press('Send apologies')
    expect(sent.text).toContain('Mo Member (Nell Nurse comes instead)')
    expect(sent.text).not.toContain('I am on call')
    const back = await network.boardMember.reads(meeting.step('apologies'))
    expect(back.text).toContain('You said that you cannot come.')
    expect((await back.press('I can come after all')).text).not.toContain('Cannot come')
    const team = await (await network.coordinator.reads(meeting.path)).follow('Say who cannot come')
    expect((await team.press('Send apologies')).errors).toEqual([
      'Choose somebody who is invited to this meeting',
    ])
    await team.fill('Who?', 'Vera Volunteer').press('Send apologies')
    expect((await network.volunteer.reads(meeting.path)).text).toContain('Cannot come Vera Volunteer')
    for (const person of [network.stranger, network.visitor, network.sigMember]) {
      expect((await person.opens(meeting.step('apologies'))).status).toBe(404)
      expect((await person.opens(meeting.step('attendance'))).status).toBe(404)
    }
    expect((await network.boardMember.opens(meeting.step('attendance'))).status).toBe(404)
    // Nobody sends apologies for another member.
    await network.volunteer.posts(meeting.step('apologies'), {
      ...Object.fromEntries(back.wouldSend('Send apologies').body as unknown as Iterable<[string, string]>),
      person: String(network.boardChair.id),
    })
    expect((await network.coordinator.reads(meeting.path)).text).not.toContain('Bea Chair')
  })

  test('BOARD-10 BOARD-12 the secretary marks who is here on one page; who goes takes the quorum along, and history says so', async () => {
    const meeting = await aHeldMeeting(network)
    const { volunteer, secondVolunteer, boardChair, coordinator, house } = network
    const page = await coordinator.reads(meeting.step('attendance'))
    await page
      .fill('Bea Chair', 'Here, in the room')
      .fill('Vera Volunteer', 'Here, by phone')
      .fill('Sam Second', 'Here, online')
      .fill('Guests', 'Gil Guest, from the council\nAnna Auditor')
      .press('Save who is here')
    const marked = await coordinator.reads(meeting.step('attendance'))
    expect(marked.valueOf('Vera Volunteer')).toBe('Here, by phone')
    expect(marked.valueOf('Mo Member')).toBe('Not marked')
    expect(marked.valueOf('Guests').trim()).toBe('Gil Guest, from the council\nAnna Auditor')
    const quorum = await doingAs(network, coordinator, async doing => {
      const loaded = (await loadMeeting(doing, meeting.reference, { forChange: false }))!
      return await loadQuorum(doing, loaded)
    })
    expect(quorum.words).toBe('There is a quorum. 3 members here can vote on this, 2 of them lay.')
    await meeting.opens(network, 'Matters arising')
    // Nothing is marked for those whose row was left alone, whatever the clock says.
    house.clock.set(house.clock.now().add({ minutes: 20 }).toString())
    await marked
      .fill('Vera Volunteer', 'Has left')
      .fill('Mo Member', 'Here, online')
      .press('Save who is here')
    const later = await coordinator.reads(meeting.step('attendance'))
    expect(later.text).toContain('Here from 10am to 10:20am')
    expect(later.text).toContain('Here from 10:20am, after the start')
    const item = await secondVolunteer.reads(await meeting.item('Matters arising'))
    expect(item.text).toContain('There was no quorum')
    expect(item.text).toContain('1 more lay member with a vote is needed')
    await later.fill('Vera Volunteer', 'Here, online').press('Save who is here')
    expect((await volunteer.reads(await meeting.item('Matters arising'))).text).toContain(
      'There was a quorum again',
    )
    const here = await network.inNetwork(tx => presentNow(tx, meeting.id))
    expect(here).toHaveLength(4)
    // A conflict of interest takes the vote on this item, not on others.
    const items = await meeting.items()
    const without = await doingAs(network, coordinator, async doing => {
      await doing.tx
        .insertInto('conflict')
        .values({
          network_id: network.id,
          item_id: items['Matters arising']!,
          person_id: secondVolunteer.id,
          interest_id: null,
          found_by: 'chair',
          why: 'Works there',
          person_says: null,
          outcome: 'speaks',
          decided_by_person_id: boardChair.id,
          decided_at: doing.now,
          found_at: doing.now,
        })
        .execute()
      const loaded = (await loadMeeting(doing, meeting.reference, { forChange: false }))!
      return [
        (await loadQuorum(doing, loaded, items['Matters arising']!)).held,
        (await loadQuorum(doing, loaded, items['Minutes of last time']!)).held,
      ]
    })
    expect(without).toEqual([false, true])
  })
})
