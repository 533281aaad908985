import { beforeAll, describe, expect, test } from 'vitest'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { aHeldMeeting, aMeeting, doingAs, loadMeeting } from './for-tests.ts'
import { loadQuorum, presentNow } from './index.ts'
import { inUtf16, newerReport } from './teams-report/for-tests.ts'

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

  test('BOARD-10 R35 the Teams report changes nothing before it is checked; the unknown are asked about, and then it is gone', async () => {
    const meeting = await aHeldMeeting(network)
    const { coordinator, house, boardMember } = network
    const emails = await network.inNetwork(tx =>
      tx.selectFrom('person').select(['email']).where('id', '=', boardMember.id).executeTakeFirstOrThrow(),
    )
    const day = '9/6/2026'
    const report = newerReport([
      { name: 'M. Member', email: emails.email!, joined: `${day}, 10:00:00`, left: `${day}, 11:00:00` },
      { name: 'Volunteer, Vera', joined: `${day}, 10:20:00`, left: `${day}, 10:50:00` },
      { name: 'Iphone', joined: `${day}, 10:00:00`, left: `${day}, 11:00:00` },
      { name: 'Gil Guest (Guest)', joined: `${day}, 10:00:00`, left: `${day}, 11:00:00` },
    ])
    const file = (bytes: Uint8Array<ArrayBuffer>, name = 'report.csv') =>
      new File([bytes], name, { type: 'text/csv' })
    const form = await (await coordinator.reads(meeting.step('attendance'))).follow('use the Teams report')
    expect((await form.press('Read the report')).errors).toEqual(['Choose the report'])
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2])
    expect(
      (await form.attach('The attendance report', file(png, 'x.png')).press('Read the report')).errors,
    ).toEqual(['x.png is not a CSV file. Choose the file as it came, without opening it first.'])
    const other = await form
      .attach('The attendance report', file(inUtf16(report.replaceAll(day, '24/12/2025'))))
      .press('Read the report')
    expect(other.errors).toEqual([
      'This report is of another meeting. It is about 24 December 2025, and this meeting is on 9 June 2026',
    ])
    const check = await form.attach('The attendance report', file(inUtf16(report))).press('Read the report')
    expect(check.h1).toBe('Check who was there')
    expect(check.text).toContain('We do not know 2 of them')
    expect(check.valueOf('M. Member')).toBe('Mo Member')
    expect(check.valueOf('Volunteer, Vera')).toBe('Vera Volunteer')
    expect(await network.inNetwork(tx => presentNow(tx, meeting.id))).toEqual([])
    const asked = await check.press('This is who was there')
    expect(asked.errors).toEqual(['Say who “Gil Guest (Guest)” is', 'Say who “Iphone” is'])
    const wrongDay = await asked
      .choose('6 September 2026')
      .fill('Iphone', 'Sam Second')
      .fill('Gil Guest (Guest)', 'A guest: keep the name as it is')
      .press('This is who was there')
    expect(wrongDay.errors[0]).toContain('It is about 6 September 2026')
    const done = await wrongDay.choose('9 June 2026').press('This is who was there')
    expect(done.h1).toBe('Who is here')
    expect(done.text).toContain('Here from 10am to 11am')
    expect(done.text).toContain('Vera Volunteer Volunteer, with a vote. Here from 10:20am to 10:50am')
    expect(done.valueOf('Guests').trim()).toBe('Gil Guest (Guest)')
    const left = await network.inNetwork(tx => tx.selectFrom('attendance_report').selectAll().execute())
    expect(left).toEqual([])
    expect((await coordinator.reads(meeting.step('report/check'))).text).toContain(
      'There is no report to check',
    )
    for (const person of [network.stranger, network.visitor, network.volunteer, network.sigMember]) {
      expect((await person.opens(meeting.step('report'))).status).toBe(404)
      expect((await person.opens(meeting.step('report/check'))).status).toBe(404)
    }
    // A report that nobody checks is forgotten.
    await form.attach('The attendance report', file(inUtf16(report))).press('Read the report')
    house.clock.daysOn(8)
    await house.runDue()
    expect(await network.inNetwork(tx => tx.selectFrom('attendance_report').selectAll().execute())).toEqual(
      [],
    )
  })
})
