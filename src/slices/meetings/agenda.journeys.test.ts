import { beforeAll, describe, expect, test } from 'vitest'
import { aContribution } from '#slices/contributions/for-tests.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import type { SeenPage } from '#tests/person.ts'
import { aMeeting } from './for-tests.ts'

let network: TestNetwork

beforeAll(async () => {
  network = await aNetwork()
})

describe('BOARD-4 the meeting and its agenda', () => {
  test('BOARD-4 the page says when, where, what is next, and each item with its clock time', async () => {
    const meeting = await aMeeting(network)
    const page = await network.volunteer.reads(meeting.path)
    expect(page.h1).toBe('Operational Board, the next one')
    expect(page.text).toContain('Wednesday 24 June 2026, 10am to midday')
    expect(page.text).toContain('The papers are due by 17 June 2026')
    expect(page.text).toContain('The link to join is here from 23 June 2026')
    expect(page.text).toContain('10:10am 3. Minutes of last time')
    expect(page.text).toContain('10:25am 5. Volunteers’ time')
    expect(page.text).toContain('These items take 45 minutes.')
    expect((await page.follow('See what the group has still to do')).status).toBe(200)
    const item = await page.follow('Volunteers’ time')
    expect(item.h1).toBe('Volunteers’ time')
    for (const path of [meeting.path, item.path]) {
      expect((await network.stranger.opens(path)).status).toBe(404)
      expect((await network.visitor.opens(path)).status).toBe(404)
      expect((await network.sigMember.opens(path)).status).toBe(404)
      expect((await network.administrator.opens(path)).status).toBe(404)
    }
  })

  test('BOARD-4 a volunteer asks for an item; it stands first among those that wait, and only the group sees it', async () => {
    const meeting = await aMeeting(network)
    const view = await aContribution(network, { by: network.volunteer, state: 'to-be-considered' })
    const form = await (await network.boardMember.reads(meeting.path)).follow('Ask for an item')
    const empty = await form.press('Ask for this item')
    expect(empty.status).toBe(422)
    expect(empty.errors).toEqual([
      'Enter a title',
      'Say what it is about',
      'Choose what you ask of the group',
      'Enter how many minutes it needs',
      'Choose who may read it',
    ])
    await asks(empty, 'A new scanner', 'To know about it')
    const asked = await asks(await network.volunteer.reads(meeting.step('items/new')), 'Letters after a scan')
    expect(asked.h1).toBe('Letters after a scan')
    expect(asked.text).toContain('It waits for a place on the agenda')
    expect(asked.text).toContain('Vera Volunteer Volunteer')
    const answers = await (await network.secondVolunteer.reads(meeting.step('items/new')))
      .choose(`${view.reference} `)
      .fill('Title', 'What came of the letters')
    const answering = await asks(answers, 'What came of the letters')
    expect(answering.text).toContain(view.reference)
    const thread = await network.boardMember.reads(view.path)
    expect((await thread.follow('See the item on the agenda of')).path).toBe(answering.path)
    const page = await network.boardChair.reads(meeting.path)
    const waiting = page
      .$('main a')
      .toArray()
      .map(each => page.$(each).text())
    expect(waiting.indexOf('Letters after a scan')).toBeGreaterThan(-1)
    expect(waiting.indexOf('Letters after a scan')).toBeLessThan(waiting.indexOf('A new scanner'))
    expect(page.text).toContain('From a volunteer To discuss, asked for by Vera Volunteer')
    for (const person of [network.stranger, network.visitor, network.sigMember]) {
      expect((await person.opens(asked.path)).status).toBe(404)
      expect((await person.opens(meeting.step('items/new'))).status).toBe(404)
    }
  })

  test('BOARD-4 what waits to be considered at a meeting is listed until an item answers it, and the chair can say which does', async () => {
    const meeting = await aMeeting(network)
    const view = await aContribution(network, { by: network.volunteer, state: 'to-be-considered' })
    await network.inNetwork(tx =>
      tx
        .updateTable('contribution')
        .set({ meeting_id: meeting.id })
        .where('number', '=', Number(view.reference.slice(2)))
        .execute(),
    )
    const waiting = 'To be considered here, without an item yet'
    expect((await network.volunteer.reads(meeting.path)).text).toContain(`${waiting} ${view.reference}`)
    const item = await asks(await network.boardMember.reads(meeting.step('items/new')), 'Clear letters')
    const place = await network.boardChair.reads(`${item.path}/place`)
    const placed = await place
      .choose(`${view.reference} `)
      .choose('Everybody (part A)')
      .press('Put it on the agenda')
    expect(placed.text).toContain(`This answers: ${view.reference}`)
    const page = await network.volunteer.reads(meeting.path)
    expect(page.text).not.toContain(waiting)
    expect(page.text).toContain(`This answers: ${view.reference}`)
    // Saved again as it stands, it stays.
    const again = await network.boardChair.reads(`${item.path}/place`)
    expect(again.valueOf(`${view.reference} `)).toBe('chosen')
    expect((await again.press('Save')).text).toContain(`This answers: ${view.reference}`)
    const { body } = (await network.boardChair.reads(`${item.path}/place`)).wouldSend('Save')
    body.set('answers', '99999')
    expect((await network.boardChair.posts(`${item.path}/place`, body)).errors).toEqual([
      'Choose contributions that wait to be considered by this group',
    ])
  })

  test('BOARD-4 nothing is dropped in silence: the agenda is set only when each item has its answer, and the raiser hears it', async () => {
    const meeting = await aMeeting(network)
    const later = await aMeeting(network, { inDays: 70, title: 'Operational Board, August' })
    const wishes = ['Parking', 'Signs', 'A tea room']
    const paths: string[] = []
    for (const title of wishes) {
      paths.push((await asks(await network.volunteer.reads(meeting.step('items/new')), title)).path)
    }
    const refused = await (await network.boardChair.reads(meeting.step('set-agenda'))).press('Set the agenda')
    expect(refused.errors).toEqual([
      'Give “Parking” a place, move it to a later meeting or say why not, before you set the agenda, and 2 more',
    ])
    for (const which of ['place', 'defer', 'decline']) {
      expect((await network.boardMember.opens(`${paths[0]}/${which}`)).status).toBe(404)
      expect((await network.stranger.opens(`${paths[0]}/${which}`)).status).toBe(404)
    }
    const place = await network.boardChair.reads(`${paths[0]}/place`)
    const none = await place.choose('Only the group (part B)').press('Put it on the agenda')
    expect(none.errors).toEqual(['Say why not everybody may read it'])
    const placed = await none
      .fill('Why not everybody?', 'It names a supplier.')
      .fill('How many minutes', '95')
      .fill('Who presents it?', 'Mo Member')
      .press('Put it on the agenda')
    expect(placed.text).toContain('Part B: for the group only. It names a supplier.')
    const page = await network.volunteer.reads(meeting.path)
    expect(page.text).toContain('That is 20 minutes longer than the meeting')
    // Before Any other business.
    expect(page.text).toMatch(/6\. Parking.*7\. Any other business/)
    const told = (await network.volunteer.wasTold()).at(-1)!
    expect(told.subject).toContain('the item you asked for is on the agenda')
    expect(`${told.subject}${told.body}`).not.toContain('Parking')
    expect((await network.boardMember.wasTold()).at(-1)!.subject).toContain('present an item')

    const defer = await (await network.coordinator.reads(`${paths[1]}/defer`)).press('Move it')
    expect(defer.errors).toEqual(['Choose the meeting it moves to', 'Say why it has to wait'])
    const moved = await defer
      .fill('To which meeting?', `${later.reference} Operational Board, August`)
      .fill('Why does it have to wait?', 'The estates manager is away.')
      .press('Move it')
    expect(moved.text).toContain('Moved to a later meeting: Operational Board, August')
    expect((await network.volunteer.wasTold()).at(-1)!.body).toContain('The estates manager is away.')
    const there = await (await network.volunteer.reads(later.path)).follow('Signs')
    expect(there.text).toContain(`Came from Operational Board, the next one (${meeting.reference})`)

    const declined = await (await network.boardChair.reads(`${paths[2]}/decline`))
      .fill('Why is it not taken?', 'Each Trust decides about its tea rooms.')
      .press('Do not take this item')
    expect(declined.text).toContain('Each Trust decides about its tea rooms.')
    expect((await network.volunteer.wasTold()).at(-1)!.body).toContain('Each Trust decides')
    expect((await network.boardChair.reads(`${paths[2]}/place`)).text).toContain(
      'This has its answer: not taken',
    )
    await (await network.boardChair.reads(meeting.step('set-agenda'))).press('Set the agenda')
    expect(await meeting.state()).toBe('agenda-set')
    expect((await network.volunteer.reads(meeting.step('items/new'))).text).toContain(
      'The agenda of this meeting is set',
    )
    expect((await network.volunteer.reads(meeting.path)).text).toContain('A tea roomNot taken')
  })

  test('BOARD-4 what a meeting did not come to is not lost when it ends, nor when it is cancelled', async () => {
    const meeting = await aMeeting(network, { inDays: 0 })
    const later = await aMeeting(network, { inDays: 90, title: 'Operational Board, September' })
    const item = await asks(await network.volunteer.reads(meeting.step('items/new')), 'Night clinics')
    await (await network.boardChair.reads(`${item.path}/place`))
      .choose('Everybody (part A)')
      .press('Put it on the agenda')
    for (const [step, button] of [
      ['set-agenda', 'Set the agenda'],
      ['open', 'Open the meeting'],
    ] as const) {
      await (await network.boardChair.reads(meeting.step(step))).press(button)
    }
    const end = await (await network.boardChair.reads(meeting.step('end'))).press('End the meeting')
    expect(end.errors).toEqual([
      'The meeting has not come to “Night clinics”. Open it, or move it to a later meeting, before you end the meeting',
    ])
    const defers = async (path: string, to: string) =>
      await (await network.boardChair.reads(`${path}/defer`))
        .fill('To which meeting?', to)
        .fill('Why does it have to wait?', 'We ran out of time.')
        .press('Move it')
    await defers(item.path, `${later.reference} Operational Board, September`)
    expect((await end.press('End the meeting')).text).toContain('The meeting was held')
    // The later one is cancelled: its items can still move on.
    const last = await aMeeting(network, { inDays: 120, title: 'Operational Board, October' })
    await network.inNetwork(tx =>
      tx.updateTable('meeting').set({ state: 'cancelled' }).where('id', '=', later.id).execute(),
    )
    const there = await (await network.volunteer.reads(later.path)).follow('Night clinics')
    await defers(there.path, `${last.reference} Operational Board, October`)
    expect((await network.volunteer.wasTold()).at(-1)!.body).toContain('Operational Board, October')
  })

  test('BOARD-4 the order changes with buttons, a raiser takes an item back, and 12 hours is the most', async () => {
    const meeting = await aMeeting(network)
    const mine = await asks(await network.volunteer.reads(meeting.step('items/new')), 'Car parks')
    const long = await (await network.boardChair.reads(`${mine.path}/place`))
      .choose('Everybody (part A)')
      .fill('How many minutes', '700')
      .press('Put it on the agenda')
    expect(long.errors).toEqual([
      'With this the agenda would take 12 hours 25 minutes. It can be 12 hours at most',
    ])
    await long.fill('How many minutes', '10').press('Put it on the agenda')
    const order = await network.coordinator.reads(meeting.step('order'))
    expect(order.hasButton('Up Welcome and apologies')).toBe(false)
    const after = await order.press('Up Car parks')
    expect(after.text).toMatch(/5\. Car parks.*6\. Volunteers’ time/)
    expect((await network.boardMember.opens(meeting.step('order'))).status).toBe(404)
    expect((await network.boardChair.opens(`${mine.path}/withdraw`)).status).toBe(404)
    await (await network.volunteer.reads(`${mine.path}/withdraw`)).press('Take it back')
    expect((await network.volunteer.reads(meeting.path)).text).toContain('Car parksTaken back')
  })

  test('BOARD-4 BOARD-24 a confidential item is there for those who are named, and for nobody else', async () => {
    const meeting = await aMeeting(network)
    const item = await asks(
      await network.boardMember.reads(meeting.step('items/new')),
      'A complaint about a firm',
    )
    await (await network.boardChair.reads(`${item.path}/place`))
      .choose('Only people named here, and you')
      .fill('Why not everybody?', 'It names people.')
      .choose('Sam Second')
      .press('Put it on the agenda')
    expect((await network.secondVolunteer.reads(meeting.path)).text).toContain('A complaint about a firm')
    expect((await network.boardMember.reads(item.path)).status).toBe(200)
    for (const person of [network.volunteer, network.coordinator, network.director, network.stranger]) {
      expect((await person.opens(item.path)).status).toBe(404)
    }
    expect((await network.volunteer.reads(meeting.path)).text).not.toContain('A complaint about a firm')
    expect((await network.coordinator.reads(meeting.step('order'))).text).toContain('A confidential item')
  })
})

/** Fills the form and sends it. */
async function asks(form: SeenPage, title: string, asked = 'To discuss it'): Promise<SeenPage> {
  return await form
    .fill('Title', title)
    .fill('What is it about?', 'People asked for it.')
    .choose(asked)
    .fill('How many minutes', '10')
    .choose('Everybody: it can stand in public papers (part A)')
    .press('Ask for this item')
}
