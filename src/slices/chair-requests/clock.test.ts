import { beforeEach, describe, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '#tests/house.ts'
import { aNetwork, type Someone } from '#tests/network.ts'
import { aRequest, doingAs } from './for-tests.ts'
import { acknowledgeRequest, answerRequest, requestCounts } from './index.ts'

let house: TestHouse

beforeEach(async () => {
  house = await openTestHouse()
})

const last = async (person: Someone) => (await person.wasTold()).at(-1)!
/** What they were reminded of about requests; other rooms remind people too. */
const digests = async (person: Someone) =>
  (await person.wasTold())
    .filter(each => each.kind === 'digest')
    .map(each => each.body)
    .filter(body => /\bR-\d+/.test(body))
const answerOf = (words: string) => ({ words, files: [], forLibrary: false })

describe('LOOP-17 a request and its clock', () => {
  test('LOOP-17 the SIG asks back: the clock stands still, the page says whose turn it is, and it goes on', async () => {
    const here = await aNetwork(house)
    const request = await aRequest(here)
    here.house.clock.daysOn(1)
    await here.sigDeputy.signsIn()
    const asks = await (await here.sigDeputy.reads(request.path)).follow('Ask them something first')
    expect((await asks.press('Send the question')).errors).toEqual(['Write what you need to know'])
    await asks
      .fill('What do you need to know from Vera Volunteer?', 'Which hospital?')
      .press('Send the question')
    expect((await last(here.volunteer)).body).toContain('Which hospital?')
    here.house.clock.daysOn(30)
    await here.house.runDue()
    // Thirty days pass and nothing is late; nobody is told of lateness.
    expect((await here.portfolioManager.wasTold()).length).toBe(0)
    await here.volunteer.signsIn()
    const page = await here.volunteer.reads(request.path)
    expect(page.text).toContain(
      'It is your turn: Paediatric Special Interest Group asks you something. Their clock stands still since 10 June 2026',
    )
    const replied = await page.fill('Your reply', 'All of them').press('Send your reply')
    expect(replied.text).toContain('All of them')
    // Nine working days were left on 10 June; nine are left on 10 July.
    expect(replied.text).toContain('by 23 July 2026')
    expect((await last(here.sigChair)).subject).toContain('replied')
  })

  test('LOOP-17 late: the deputy is told at once, the portfolio manager after five more working days, once each', async () => {
    const here = await aNetwork(house)
    const request = await aRequest(here)
    await doingAs(here, here.sigChair, doing => acknowledgeRequest(doing, request.number))
    // Due on 23 June. The day before, the chair is reminded.
    house.clock.daysOn(13)
    await house.runDue()
    await house.runDue()
    expect(await digests(here.sigChair)).toHaveLength(1)
    expect((await digests(here.sigChair))[0]).toContain('please answer it by 23 June 2026')
    expect(await digests(here.sigDeputy)).toHaveLength(0)
    house.clock.daysOn(2)
    await house.runDue()
    await house.runDue()
    expect(await digests(here.sigDeputy)).toHaveLength(1)
    expect((await digests(here.sigDeputy))[0]).toContain('It is late')
    expect(await digests(here.portfolioManager)).toHaveLength(0)
    house.clock.set('2026-06-30T09:00:00Z')
    await house.runDue()
    expect(await digests(here.portfolioManager)).toHaveLength(0)
    house.clock.set('2026-07-01T09:00:00Z')
    await house.runDue()
    await house.runDue()
    expect(await digests(here.portfolioManager)).toHaveLength(1)
    expect(await digests(here.sigDeputy)).toHaveLength(1)
    await here.volunteer.signsIn()
    const page = await here.volunteer.reads(request.path)
    expect(page.text).toContain('This is late')
    expect(page.text).toContain('6 working days late')
    expect(page.text).toContain('Late: the deputy was told')
    expect(page.text).toContain('Still late: the portfolio manager was told')
    await here.sigDeputy.signsIn()
    expect((await here.sigDeputy.reads(`/${here.slug}/requests?show=late`)).text).toContain(request.reference)
    await doingAs(here, here.sigDeputy, doing => answerRequest(doing, request.number, answerOf('Six weeks')))
    const counts = await here.inNetwork(tx => requestCounts(tx, house.clock.today()))
    expect(counts).toMatchObject([
      { groupId: here.groups.paediatric, asked: 1, answered: 1, answeredOnTime: 0, answeredLate: 1, open: 0 },
    ])
  })

  test('LOOP-17 the chair is away: what comes, and what lies there, goes to the deputy by itself', async () => {
    const here = await aNetwork(house)
    const before = await aRequest(here, { what: 'Asked before?' })
    const away = await here.sigChair.reads(`/${here.slug}/requests/away`)
    const none = await away.press('I am away on these days')
    expect(none.errors).toEqual(['Enter the first day you are away'])
    const when = (page: typeof away, from: [string, string], until: [string, string]) => {
      const sent = page.wouldSend('I am away on these days')
      const dates = {
        'from-day': from[0],
        'from-month': from[1],
        'until-day': until[0],
        'until-month': until[1],
      }
      for (const [name, value] of Object.entries(dates)) sent.body.set(name, value)
      sent.body.set('from-year', '2026')
      sent.body.set('until-year', '2026')
      sent.body.set('_key', `key-${from.join('-')}-${until.join('-')}-long-enough`)
      return here.sigChair.posts(sent.to, sent.body)
    }
    expect((await when(none, ['1', '6'], ['1', '7'])).errors).toEqual([
      'The first day must be today or later',
    ])
    expect((await when(none, ['20', '6'], ['1', '6'])).errors).toEqual([
      'The last day must be the first day or later',
    ])
    const said = await when(none, ['9', '6'], ['19', '6'])
    expect(said.hasButton('I am there after all: 9 June 2026 to 19 June 2026')).toBe(true)
    expect((await last(here.sigDeputy)).body).toContain('Sid Chair is away. So this request')
    const request = await aRequest(here)
    expect((await last(here.sigDeputy)).body).toContain('How long do children wait')
    const page = await here.volunteer.reads(request.path)
    expect(page.text).toContain('Sid Chair is away, so it is Di Deputy’s turn (deputy)')
    expect((await here.volunteer.reads(before.path)).text).toContain('Now with Di Deputy')
    const home = await here.sigDeputy.reads(request.path)
    await home.press('We have it: tell them')
    expect(await request.state()).toBe('acknowledged')
    // Who is no chair has no such page; nobody takes back another's days.
    expect((await here.sigMember.opens(`/${here.slug}/requests/away`)).status).toBe(404)
    const back = said.wouldSend('I am there after all: 9 June 2026 to 19 June 2026')
    const other = await here.sigDeputy.reads(`/${here.slug}/requests/away`)
    const token = other.$('form[action$="/away"] input[name="_token"], main input[type=hidden]').first()
    const forged = new FormData()
    forged.set(token.attr('name')!, token.attr('value')!)
    forged.set('absence', String(back.body.get('absence')))
    expect((await here.sigDeputy.posts(back.to, forged)).status).toBe(422)
    expect((await here.sigChair.posts(back.to, back.body)).text).toContain(
      'You are not away on any day to come',
    )
  })

  test('LOOP-17 the chair has left: the deputy has it the next time the clock ticks', async () => {
    const here = await aNetwork(house)
    const request = await aRequest(here)
    await here.inNetwork(tx =>
      tx
        .updateTable('membership')
        .set({ to_on: house.clock.today().subtract({ days: 1 }) })
        .where('person_id', '=', here.sigChair.id)
        .execute(),
    )
    await house.runDue()
    await house.runDue()
    expect((await here.sigDeputy.wasTold()).filter(each => each.kind === 'request-passed-on')).toHaveLength(1)
    expect((await here.volunteer.reads(request.path)).text).toContain('Di Deputy’s turn')
    expect((await here.sigChair.opens(request.path)).status).toBe(404)
  })

  test('LOOP-17 a group that nobody leads: the team is told, and told when it is late', async () => {
    const here = await aNetwork(house)
    const request = await aRequest(here, { groupId: here.groups.mri })
    expect((await last(here.coordinator)).subject).toContain('somebody asks')
    expect((await here.volunteer.reads(request.path)).text).toContain('has no chair and no deputy now')
    house.clock.daysOn(6)
    await house.runDue()
    expect((await digests(here.coordinator)).join()).toContain('It is late')
  })

  test('LOOP-17 who asked is reminded once of an answer that waits for their word', async () => {
    const here = await aNetwork(house)
    const request = await aRequest(here)
    await doingAs(here, here.sigChair, doing => answerRequest(doing, request.number, answerOf('Six weeks')))
    house.clock.daysOn(13)
    await house.runDue()
    expect(await digests(here.volunteer)).toHaveLength(0)
    house.clock.daysOn(1)
    await house.runDue()
    await house.runDue()
    house.clock.daysOn(60)
    await house.runDue()
    expect(await digests(here.volunteer)).toHaveLength(1)
    expect(await request.state()).toBe('answered')
  })
})
