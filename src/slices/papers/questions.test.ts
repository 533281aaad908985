import { beforeAll, describe, expect, test } from 'vitest'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { aMeeting, anItem, aPaper, aPdf, keepFrom, pdfFile, runJobs } from './for-tests.ts'

let network: TestNetwork

beforeAll(async () => {
  network = await aNetwork()
})

describe('BOARD-9 questions on a paper', () => {
  test('BOARD-9 a volunteer asks about a passage; the author answers; all who may read the paper see it', async () => {
    const { volunteer, boardMember, secondVolunteer } = network
    const paper = await aPaper(network)
    const form = await (await volunteer.reads(paper.path)).follow('Ask a question')
    expect(form.text).toContain('Mo Member answers by 29 June 2026')
    const empty = await form
      .fill('Words from the paper that it is about', 'Words that are nowhere')
      .press('Ask this question')
    expect(empty.errors).toEqual(['Write your question'])
    const nowhere = await empty
      .fill('Your question', 'Who would work in the evening?')
      .press('Ask this question')
    expect(nowhere.errors[0]).toContain('We cannot find these words in the paper')
    expect(nowhere.valueOf('Your question')).toBe('Who would work in the evening?')
    const asked = await nowhere
      .fill('Words from the paper that it is about', 'two MORE lists in\n the evening')
      .press('Ask this question')
    expect(asked.text).toContain('You asked on 9 June 2026')
    expect(asked.text).toContain('Waits for an answer')
    const told = (await boardMember.wasTold()).at(-1)!
    expect(told.kind).toBe('paper-question')
    expect(told.body).toContain('Please answer by 29 June 2026')
    expect(told.body).not.toContain('Shorter waits')
    expect((await boardMember.reads(`/${network.slug}/home`)).text).toContain('A question for you')
    expect((await volunteer.reads(`/${network.slug}/home`)).text).toContain('You asked')

    // Somebody else cannot answer; the author can.
    expect((await secondVolunteer.reads(paper.path)).hasLink('Answer this')).toBe(false)
    const page = await boardMember.reads(paper.path)
    const href = page.$('a[href*="/answer"]').attr('href')!
    for (const other of [secondVolunteer, network.stranger, network.visitor, network.administrator]) {
      expect((await other.opens(href)).status, other.name).toBe(404)
    }
    const none = await (await boardMember.reads(href)).press('Send the answer')
    expect(none.errors).toEqual(['Write the answer'])
    await none.fill('The answer', 'The two who asked for it.').press('Send the answer')
    expect((await volunteer.wasTold()).at(-1)!.kind).toBe('paper-answer')
    expect((await secondVolunteer.reads(paper.path)).text).toContain('The two who asked for it.')
    const twice = await boardMember.reads(href)
    expect(twice.hasButton('Send the answer')).toBe(false)
  })

  test('BOARD-9 a passage is kept when a new version still has it, or else said to be gone', async () => {
    const { volunteer, boardMember } = network
    const paper = await aPaper(network)
    const ask = async (passage: string) =>
      await (await volunteer.reads(`${paper.path}/ask`))
        .fill('Your question', `What about this: ${passage}?`)
        .fill('Words from the paper that it is about', passage)
        .press('Ask this question')
    await ask('eleven weeks')
    await ask('One radiographer')
    await (await boardMember.reads(`${paper.path}/change`))
      .fill('What changed?', 'Nobody new is needed.')
      .attach('The file', pdfFile(await aPdf([['People wait eleven weeks for a scan of the head.']])))
      .press('Keep this new version')
    await runJobs(network)
    await (await boardMember.reads(`${paper.path}/send-out`)).press('Send it out')
    const seen = await volunteer.reads(paper.path)
    expect(seen.text.match(/These words are gone from the paper/g)).toHaveLength(1)
    expect(seen.text).toContain('“One radiographer”'.slice(1, -1))
  })

  test('BOARD-9 a heading leads to a question about its part, with the words already there', async () => {
    const paper = await aPaper(network)
    const seen = await network.volunteer.reads(paper.path)
    const form = await network.volunteer.reads(
      seen
        .$('a')
        .toArray()
        .map(each => seen.$(each).attr('href') ?? '')
        .find(each => each.includes('/ask?part='))!,
    )
    expect(form.valueOf('Words from the paper that it is about')).toBe('Shorter waits')
  })

  test('BOARD-9 after the deadline a question goes to the meeting, where the unanswered ones come first', async () => {
    const fresh = await aNetwork()
    const meeting = await aMeeting(fresh, { inDays: 14 })
    const paper = await aPaper(fresh, { meeting })
    fresh.house.clock.daysOn(13)
    await fresh.volunteer.signsIn()
    const form = await fresh.volunteer.reads(`${paper.path}/ask`)
    expect(form.text).toContain('The time for questions is over')
    const asked = await form.fill('Your question', 'Is it safe in the evening?').press('Ask this question')
    expect(asked.text).toContain('Is it safe in the evening?')
    expect((await fresh.volunteer.reads(meeting.path)).text).not.toContain(
      'Questions that wait for an answer',
    )
    fresh.house.clock.daysOn(1)
    await fresh.secondVolunteer.signsIn()
    const page = await fresh.secondVolunteer.reads(meeting.path)
    expect(page.text).toContain('Questions that wait for an answer')
    expect(page.hasLink('Is it safe in the evening?')).toBe(true)
  })

  test('BOARD-9 the author is reminded before the day, on it and after it', async () => {
    const fresh = await aNetwork()
    const paper = await aPaper(fresh)
    await (await fresh.volunteer.reads(`${paper.path}/ask`))
      .fill('Your question', 'Why so late?')
      .press('Ask this question')
    // The meeting is on Tuesday 30 June; answers are due on Monday the 29th.
    for (const [day, words] of [
      ['2026-06-26', 'It is due by 29 June 2026'],
      ['2026-06-29', 'It is due by 29 June 2026'],
      ['2026-06-30', 'It was due by 29 June 2026'],
    ] as const) {
      const before = (await fresh.boardMember.wasTold()).length
      fresh.house.clock.set(`${day}T07:00:00Z`)
      await fresh.house.runDue()
      await fresh.house.runDue()
      const told = (await fresh.boardMember.wasTold()).slice(before).filter(each => each.kind === 'digest')
      expect(
        told.map(each => each.kind),
        day,
      ).toEqual(['digest'])
      expect(told[0]!.body).toContain(words)
    }
  })

  test('BOARD-9 help with a paper is asked of the team in private, and the answer comes back', async () => {
    const { volunteer, coordinator } = network
    const paper = await aPaper(network)
    const form = await (await volunteer.reads(paper.path)).follow('Ask for help with this paper')
    const asked = await form.fill('What would help you?', 'Please ring me.').press('Ask for help')
    expect(asked.h1).toBe('You have asked for help')
    for (const other of [network.boardMember, network.boardChair, network.secondVolunteer]) {
      expect((await other.reads(paper.path)).text).not.toContain('Please ring me')
      expect((await other.opens(`/${network.slug}/team/paper-help`)).status).toBe(404)
    }
    expect((await network.boardMember.wasTold()).map(each => each.kind)).not.toContain('paper-help')
    const audit = await network.house.owner.query("select * from audit where action like '%help%'")
    expect(audit.rows).toEqual([])
    expect((await coordinator.wasTold()).at(-1)!.kind).toBe('paper-help')
    expect((await coordinator.reads(`/${network.slug}/home`)).text).toContain('Help with papers')
    const list = await coordinator.reads(`/${network.slug}/team/paper-help`)
    const one = await list.follow(`Vera Volunteer, about ${paper.reference}`)
    expect(one.text).toContain('Please ring me.')
    const none = await one.press('It is done')
    expect(none.errors).toEqual(['Say what was done'])
    await none.fill('What was done?', 'We went through it on the phone.').press('It is done')
    expect((await volunteer.wasTold()).at(-1)!.body).toContain('We went through it on the phone.')
    expect((await coordinator.reads(`/${network.slug}/team/paper-help`)).text).toContain(
      'Nobody waits for help.',
    )
    for (const other of [network.stranger, network.visitor, network.administrator]) {
      expect((await other.opens(`/${network.slug}/team/paper-help`)).status, other.name).toBe(404)
    }
  })

  test('BOARD-9 whoever is in conflict neither reads the paper nor asks, nor hears of it', async () => {
    const fresh = await aNetwork()
    const meeting = await aMeeting(fresh)
    const item = await anItem(fresh, meeting, { presenter: fresh.boardMember })
    const paper = await aPaper(fresh, { meeting, itemId: item })
    await keepFrom(fresh, item, fresh.volunteer)
    expect((await fresh.volunteer.opens(paper.path)).status).toBe(404)
    expect((await fresh.volunteer.opens(`${paper.path}/ask`)).status).toBe(404)
    expect((await fresh.volunteer.opens(`${paper.path}/help`)).status).toBe(404)
  })
})
