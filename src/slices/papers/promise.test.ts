import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { isWorkingDay } from '#kernel/calendar/working-days.ts'
import { meetingPaths, planMeeting } from '#slices/meetings/index.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { aMeeting, anItem, aPaper, aPdf, doingAs, pdfFile } from './for-tests.ts'
import { lateBy, sendOut } from './paper.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

describe('BOARD-6 the promise about papers', () => {
  test.each([
    ['the day itself is in time', '2026-06-23', '2026-06-23', 0],
    ['the next working day', '2026-06-23', '2026-06-24', 1],
    ['over a weekend', '2026-06-26', '2026-06-29', 1],
    ['on a Saturday it is one day late', '2026-06-26', '2026-06-27', 1],
    ['over the bank holidays of Christmas', '2026-12-24', '2026-12-29', 1],
    ['a week', '2026-06-16', '2026-06-23', 5],
  ])('BOARD-6 R26 %s', (_, due, out, late) => {
    expect(lateBy(day(due), day(out))).toBe(late)
  })

  test('BOARD-6 R26 late is never negative, and never less a day later', () => {
    const days = fc.integer({ min: 0, max: 2000 }).map(n => day('2025-01-01').add({ days: n }))
    fc.assert(
      fc.property(days, days, (due, out) => {
        const late = lateBy(due, out)
        expect(late > 0).toBe(Temporal.PlainDate.compare(out, due) > 0)
        expect(lateBy(due, out.add({ days: 1 }))).toBeGreaterThanOrEqual(late)
        if (late > 1) expect(late).toBeLessThanOrEqual(due.until(out).days)
        if (late > 0 && isWorkingDay(due.add({ days: 1 }))) expect(lateBy(due, due.add({ days: 1 }))).toBe(1)
      }),
    )
  })

  test('BOARD-6 R26 the day ends at midnight in London, also in summer', () => {
    const draft = { state: 'draft', because: '', outAt: null, late: null } as const
    const ready = { summary: 'Words.', textState: 'readable' } as const
    const at = (instant: string) =>
      sendOut(draft, ready, day('2026-06-23'), Temporal.Instant.from(instant), {
        because: 'It came late.',
        allowedById: 7,
      })
    expect(at('2026-06-23T22:59:59Z')).toMatchObject({ state: { late: null } })
    expect(at('2026-06-23T23:00:00Z')).toMatchObject({
      state: { late: { days: 1, because: 'It came late.', allowedById: 7 } },
    })
  })

  test('BOARD-6 the co-ordinator sees the countdown, sends out what is ready, and hears why the others stay', async () => {
    const network = await aNetwork()
    const { coordinator, volunteer } = network
    const meeting = await aMeeting(network)
    const ready = await aPaper(network, { meeting, out: false })
    const bare = await aPaper(network, { meeting, out: false, title: 'No summary yet', summary: '' })
    const scanned = await aPaper(network, {
      meeting,
      out: false,
      title: 'A picture',
      file: pdfFile(await aPdf([[]])),
    })
    const page = await coordinator.reads(meeting.path)
    expect(page.text).toContain(
      'Papers are due by 23 June 2026: 10 working days from today. 1 paper of 3 is ready.',
    )
    expect((await network.boardMember.reads(`/${network.slug}/home`)).text).toContain('Yours to write')
    const form = await page.follow('Send the papers out')
    expect(form.text).toContain('It has no summary in plain English.')
    expect(form.text).toContain('This file is a picture of pages')
    await form.press('Send out 1 paper')
    expect((await volunteer.opens(ready.path)).status).toBe(200)
    expect((await volunteer.opens(bare.path)).status).toBe(404)
    expect((await volunteer.opens(scanned.path)).status).toBe(404)
    expect((await volunteer.reads(meeting.path)).text).toContain('The papers are out')
    for (const other of [volunteer, network.stranger, network.visitor, network.administrator]) {
      expect((await other.opens(`${meeting.path}/send-papers-out`)).status, other.name).toBe(404)
    }
    const kept = await network.inNetwork(tx =>
      tx.selectFrom('promise_kept').selectAll().where('kind', '=', 'papers').execute(),
    )
    expect(kept.map(each => [each.thing_id, each.due_on.toString(), each.kept_on.toString()])).toEqual([
      [ready.id, '2026-06-23', '2026-06-09'],
    ])
  })

  test('BOARD-6 a late paper asks why and who allowed it; the mark stays, and a lay member can ask to put it off', async () => {
    const network = await aNetwork()
    const { coordinator, boardMember, boardChair, volunteer } = network
    const meeting = await aMeeting(network, { inDays: 14 })
    const later = await laterMeeting(network)
    const paper = await aPaper(network, { meeting, out: false })
    network.house.clock.daysOn(9)
    for (const each of [coordinator, boardMember, boardChair, volunteer]) await each.signsIn()
    // The author alone cannot let it be late.
    expect((await boardMember.reads(`${paper.path}/send-out`)).hasButton('Send it out')).toBe(false)
    const form = await coordinator.reads(`${paper.path}/send-out`)
    expect(form.text).toContain('2 working days late')
    const silent = await form.fill('Who allowed it?', 'Bea Chair').press('Send it out')
    expect(silent.errors).toEqual(['Say why this paper is late'])
    await silent.fill('Why is it late?', 'The numbers came late.').press('Send it out')
    const seen = await volunteer.reads(paper.path)
    expect(seen.text).toContain('2 working days late')
    expect(seen.text).toContain('Bea Chair allowed it to be late, because: The numbers came late.')
    expect((await volunteer.wasTold()).at(-1)!.kind).toBe('paper-late-out')
    const kept = await network.inNetwork(tx =>
      tx.selectFrom('promise_kept').selectAll().where('kind', '=', 'papers').executeTakeFirstOrThrow(),
    )
    expect(Temporal.PlainDate.compare(kept.kept_on, kept.due_on)).toBe(1)
    expect((await network.visitor.reads(`/${network.slug}/promises`)).text).toContain('Papers for meetings')

    // Not somebody who is no lay member.
    expect((await boardMember.opens(`${paper.path}/put-off`)).status).toBe(404)
    const wish = await (await seen.follow('Ask to put the item off')).press('Ask the chair')
    expect(wish.errors).toEqual(['Say why it should be put off'])
    const asked = await wish
      .fill('Why should it be put off?', 'I cannot read 40 pages in two days.')
      .press('Ask the chair')
    expect(asked.text).toContain('You ask to put this off')
    expect((await boardChair.wasTold()).at(-1)!.kind).toBe('put-off-asked')
    const answer = await (await boardChair.reads(paper.path)).follow('Answer this wish')
    const none = await answer.press('Send the answer')
    expect(none.errors).toEqual(['Choose whether it is put off', 'Say why'])
    const where = await none
      .choose('Yes, it waits for another meeting')
      .fill('Why?', 'Fair.')
      .press('Send the answer')
    expect(where.errors).toEqual(['Choose the meeting to which it is put off'])
    await where.fill('Which meeting?', later).press('Send the answer')
    const after = await volunteer.reads(paper.path)
    expect(after.text).toContain('The item was put off, because: Fair.')
    expect((await volunteer.wasTold()).at(-1)!.kind).toBe('put-off-answered')
    expect((await volunteer.reads(paper.path)).text).toContain('2 working days late')
    // What was put off is nothing to read for this meeting.
    expect((await volunteer.reads(`/${network.slug}/home`)).text).not.toContain('Read 1 paper')
    expect((await volunteer.reads(meeting.path)).text).not.toContain('left to read')
  })

  test('BOARD-6 late papers that go out with all the others are told of once, by the meeting’s plan; a withdrawn one too', async () => {
    const network = await aNetwork()
    const meeting = await aMeeting(network, { inDays: 3 })
    const papers = await Promise.all(
      ['One', 'Two'].map(title => aPaper(network, { meeting, out: false, title, handling: 'board' })),
    )
    const form = await network.coordinator.reads(`${meeting.path}/send-papers-out`)
    await form.fill('Why is it late?', 'The numbers came late.').press('Send out 2 papers')
    expect((await network.volunteer.reads(papers[0]!.path)).text).toContain('working days late')
    expect((await network.volunteer.wasTold()).map(each => each.kind)).not.toContain('paper-late-out')
    await network.house.runDue()
    const told = (await network.volunteer.wasTold()).filter(each => each.kind === 'meeting-papers')
    expect(told).toHaveLength(1)
    const empty = await (await network.boardMember.reads(`${papers[0]!.path}/withdraw`)).press('Withdraw it')
    expect(empty.errors).toEqual(['Say why it is withdrawn'])
    const gone = await empty.fill('Why?', 'The numbers were wrong.').press('Withdraw it')
    expect(gone.text).toContain('This paper was withdrawn.')
    expect((await network.volunteer.opens(papers[0]!.path)).status).toBe(404)
    const last = (await network.volunteer.wasTold()).at(-1)!
    expect(last.kind).toBe('paper-withdrawn')
    expect(last.body).not.toContain('One')
    expect((await network.stranger.opens(papers[1]!.path)).status).toBe(404)
  })

  test('BOARD-6 the chair can say that the item goes ahead, with the reason, on record', async () => {
    const network = await aNetwork()
    const meeting = await aMeeting(network, { inDays: 3 })
    const paper = await aPaper(network, { meeting, author: network.boardChair })
    await (await network.volunteer.reads(`${paper.path}/put-off`))
      .fill('Why should it be put off?', 'Too short.')
      .press('Ask the chair')
    await (await (await network.boardChair.reads(paper.path)).follow('Answer this wish'))
      .choose('No, it goes ahead')
      .fill('Why?', 'The money ends this month.')
      .press('Send the answer')
    for (const each of [network.volunteer, network.secondVolunteer]) {
      expect((await each.reads(paper.path)).text).toContain(
        'The item goes ahead, because: The money ends this month.',
      )
    }
    expect((await network.stranger.opens(paper.path)).status).toBe(404)
  })

  test('BOARD-6 the author and the co-ordinator are reminded before the day, on it and after it', async () => {
    const network = await aNetwork()
    const meeting = await aMeeting(network)
    const item = await anItem(network, meeting)
    const added = await (
      await network.coordinator.reads(
        meetingPaths.itemStep(network.slug, meeting.reference, item, 'add-paper'),
      )
    )
      .fill('Who writes it?', 'Mo Member')
      .fill('Title', 'Secret plans')
      .press('Add this paper')
    expect(added.status).toBe(200)
    const asked = (await network.boardMember.wasTold()).at(-1)!
    expect(asked.kind).toBe('paper-to-write')
    expect(asked.body).toContain('by 23 June 2026')
    for (const [on, words] of [
      ['2026-06-18', 'should be out by 23 June 2026'],
      ['2026-06-23', 'should be out today'],
      ['2026-06-24', 'It is late'],
    ] as const) {
      network.house.clock.set(`${on}T07:00:00Z`)
      await network.house.runDue()
      await network.house.runDue()
      const told = (await network.boardMember.wasTold()).filter(each => each.kind === 'digest')
      expect(told.at(-1)!.body, on).toContain(words)
      expect(told.at(-1)!.body).not.toContain('Secret')
      const team = (await network.coordinator.wasTold()).filter(each => each.kind === 'digest')
      expect(team.at(-1)!.body, on).toContain('1 paper for the meeting on 30 June 2026 is not out')
    }
    expect((await network.boardMember.wasTold()).filter(each => each.kind === 'digest')).toHaveLength(3)
  })
})

async function laterMeeting(network: TestNetwork): Promise<string> {
  const title = 'Operational Board, September'
  await doingAs(network, network.coordinator, doing =>
    planMeeting(doing, {
      groupId: network.groups.board,
      title,
      startsAt: doing.now.add({ hours: 24 * 90 }),
      minutesLong: 120,
      kind: 'online',
    }),
  )
  return title
}
