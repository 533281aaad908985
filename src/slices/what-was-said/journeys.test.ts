import { beforeAll, describe, expect, test } from 'vitest'
import { dateInWords } from '#kernel/calendar/words.ts'
import { askTogether } from '#platform/database/questions.ts'
import { aRequest } from '#slices/chair-requests/for-tests.ts'
import { aContribution } from '#slices/contributions/for-tests.ts'
import { aMotion, closes, meetingIs } from '#slices/votes/for-tests.ts'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'
import { whatWasSaid } from './index.ts'

let network: TestNetwork
let caller: Someone
const said = (rest = '') => `/${network.slug}/team/said${rest}`

beforeAll(async () => {
  network = await aNetwork()
  caller = await network.aPerson({
    name: 'Cal Callers-Only',
    channel: 'phone',
    signsIn: false,
    phone: '0121 496 0888',
    memberships: [{ group: 'board', role: 'volunteer', voting: true, lay: true }],
  })
})

/** Writes down what the caller said, and is on the page that asks what it is. */
async function writesDown(words: string, by = network.coordinator) {
  const list = await by.reads(said())
  const find = await list.follow('Write down what somebody said')
  const found = await find.fill('Name, e-mail or phone number', '01214960888').press('Search')
  const form = await found.follow('Cal Callers-Only')
  return await form
    .choose('On the phone')
    .fill('What they said, in their words', words)
    .press('Keep it and go on')
}

describe('PEOPLE-20 what somebody said on the phone', () => {
  test('PEOPLE-20 is kept at once, becomes a contribution with the words filled in, and is dealt with', async () => {
    const words = 'The gowns are too short, and “nobody” asks.'
    const note = await writesDown(words)
    expect(note.h1).toBe('What Cal Callers-Only said')
    expect(note.text).toContain(words)
    // The phone rings again: nothing is lost.
    expect((await network.coordinator.reads(`/${network.slug}/home`)).text).toContain(
      'Go on with what people said',
    )
    const list = await network.director.reads(said())
    expect(list.text).toContain('Cal Callers-Only, on the phone')
    const again = await list.follow(
      `Cal Callers-Only, on the phone, ${dateInWords(network.house.clock.today())}`,
    )
    expect((await again.press('Go on with it')).errors).toEqual(['Choose what it is'])

    const form = await (await network.coordinator.reads(note.path))
      .choose('Something they want to say')
      .press('Go on with it')
    expect(form.h1).toBe('What did Cal Callers-Only say?')
    expect(form.valueOf('What they said, in their words').trim()).toBe(words)
    expect(form.valueOf('On the phone')).toBe('chosen')
    expect(form.valueOf('Day')).not.toBe('')
    const made = await form
      .choose('An idea')
      .fill('What is it about?', 'Nothing in particular')
      .choose('I do not know')
      .choose('With my name')
      .press('Write it down')
      .catch(error => error)
    const thing = made instanceof Error ? made.message : made.text
    expect(thing).toContain('C-')
    const after = await network.coordinator.reads(note.path)
    expect(after.text).toContain('What you went on with A contribution')
    const done = await after.press('All of it is dealt with')
    expect(done.text).not.toContain('Cal Callers-Only')
    const dealt = await network.coordinator.reads(said('?show=done'))
    expect(dealt.text).toMatch(/Cal Callers-Only.*A contribution.*Cora Ordinator/)
    const twice = await network.coordinator.posts(
      `${note.path}/done`,
      after.wouldSend('All of it is dealt with').body,
    )
    expect(twice.status === 422 || twice.h1 === 'What people said').toBe(true)
  })

  test('PEOPLE-20 becomes an answer, a verdict, a reply, a vote and an interest, each for what waits for this person', async () => {
    const asked = await aContribution(network, { by: caller, state: 'needs-you' })
    const answered = await aContribution(network, { by: caller, state: 'fed-back' })
    const others = await aContribution(network, { by: network.volunteer, state: 'needs-you' })
    await meetingIs(network, 'held')
    const motion = await aMotion(network, { open: true })
    const secret = await aMotion(network, { open: true, terms: { manner: 'secret', isSecret: true } })
    const mark = (path: string) => path.split('/').at(-1)!
    const words = 'Yes to all, and it was ward seven.'
    const note = await writesDown(words)
    expect(note.text).not.toContain(others.reference)
    expect(note.text).not.toContain(mark(secret.path))

    const answer = await note
      .choose(`The answer to what we asked about ${asked.reference}`)
      .press('Go on with it')
    expect(answer.valueOf('What they said, in their words').trim()).toBe(words)
    const given = await answer.press('Write it down')
    expect(given.status).toBe(200)
    expect(await asked.state()).not.toBe('needs-you')
    expect(given.text).toContain('Answered what we asked. Written down as said')
    const readBack = (await caller.wasTold()).find(each => each.kind === 'answer-read-back')
    expect(readBack?.body).toContain(words)
    expect((await network.volunteer.opens(asked.step('answer-by-phone'))).status).toBe(404)

    const verdict = await (await network.coordinator.reads(note.path))
      .choose(`Whether our answer closes ${answered.reference} for them`)
      .press('Go on with it')
    await verdict.choose('Yes, this closes it').press('Save what they said')
    expect(await answered.state()).toBe('closed')

    const vote = await (await network.coordinator.reads(note.path))
      .choose(`How they vote on ${mark(motion.path)}`)
      .press('Go on with it')
    expect(vote.valueOf('Who told you how they vote?')).toBe('Cal Callers-Only')
    expect((await vote.choose('Abstain').press('Write it down')).text).toContain(
      'The vote of Cal Callers-Only was written down as told',
    )

    const interest = await (await network.coordinator.reads(note.path))
      .choose('An interest that they declare')
      .press('Go on with it')
    expect(interest.h1).toBe('Declare an interest for Cal Callers-Only')
    expect(interest.valueOf('What is it?').trim()).toBe(words)

    const page = await network.coordinator.reads(note.path)
    for (const each of [asked.reference, answered.reference, mark(motion.path), 'An interest'])
      expect(page.text).toContain(each)
    // What was answered meanwhile is not offered again.
    expect(page.text).not.toContain(`The answer to what we asked about ${asked.reference}`)
    await closes(network, motion)
  })

  test('PEOPLE-20 leads on to a request, what they need, how they are told, and a goodbye', async () => {
    const request = await aRequest(network, { by: caller, groupId: network.groups.paediatric })
    const note = await writesDown('Could somebody tell me more about X-rays?')
    expect(note.text).not.toContain(request.reference)
    const ask = await note.choose('Something they want to ask a group').press('Go on with it')
    expect(ask.valueOf('Who asks?')).toBe('Cal Callers-Only')
    expect(ask.valueOf('What they ask, in their own words').trim()).toBe(
      'Could somebody tell me more about X-rays?',
    )
    for (const [way, h1] of [
      ['What they need to take part', 'What helps them to take part?'],
      ['How they want to be told', 'How Cal Callers-Only wants to be told'],
    ] as const) {
      const next = await (await network.coordinator.reads(note.path)).choose(way).press('Go on with it')
      expect(next.h1).toBe(h1)
    }
    const leave = await (await network.coordinator.reads(note.path))
      .choose('They want to leave')
      .press('Go on with it')
    expect(leave.path).toBe(`/${network.slug}/team/people/${caller.id}/withdraw`)
    expect(leave.status).toBe(200)
  })

  test('PEOPLE-20 from somebody new becomes an application; who it was can be said later', async () => {
    const form = await (await network.coordinator.reads(said('/find'))).follow(
      'It is somebody new, or I do not know who it is',
    )
    expect((await form.press('Keep it and go on')).errors).toEqual([
      'Choose how they said it',
      'Write down what they said',
    ])
    const note = await form
      .fill('Their name, if they said it', 'Nora New')
      .choose('By post')
      .fill('What they said, in their words', 'I would like to help.')
      .press('Keep it and go on')
    expect(note.h1).toBe('What Nora New said')
    const application = await note.choose('They would like to take part').press('Go on with it')
    expect(application.h1).toContain('Write down an application')
    expect(application.html).toContain('Nora New')
    expect(application.html).toContain('I would like to help.')

    const who = await (await network.coordinator.reads(note.path)).follow(
      'We know this person: say who it is',
    )
    const found = await who.fill('Name, e-mail or phone number', 'Cal Callers').press('Search')
    expect((await found.press('It is this person')).errors).toEqual(['Choose who it is'])
    const known = await found.choose('Cal Callers-Only').press('It is this person')
    expect(known.h1).toBe('What Cal Callers-Only said')
    expect((await network.coordinator.opens(who.path)).status).toBe(404)
  })

  test('PEOPLE-20 a day to come, too many words, and a stranger', async () => {
    const form = await network.coordinator.reads(said(`/of/${caller.id}`))
    const bad = await form
      .choose('On the phone')
      .fill('Year', '2099')
      .fill('What they said, in their words', 'x'.repeat(5001))
      .press('Keep it and go on')
    expect(bad.status).toBe(422)
    expect(bad.errors).toEqual(['What they said must be 5,000 characters or fewer'])
    const future = await bad.fill('What they said, in their words', 'Kept').press('Keep it and go on')
    expect(future.errors).toEqual(['The day they said it must be today or within the last year'])
    expect(future.valueOf('What they said, in their words').trim()).toBe('Kept')
    const id = await network.inNetwork(tx =>
      tx.selectFrom('said_note').select('id').limit(1).executeTakeFirstOrThrow(),
    )
    for (const who of [
      network.stranger,
      network.visitor,
      network.volunteer,
      network.boardChair,
      network.administrator,
      network.trustContact,
    ]) {
      for (const path of ['', '/find', '/of-somebody-new', `/of/${caller.id}`, `/${id.id}`, `/${id.id}/who`])
        expect((await who.opens(said(path))).status, path).toBe(404)
    }
    // Filled words are for this account on this device only.
    const other = await network.director.reads(`/${network.slug}/contributions/on-behalf/${caller.id}`)
    expect(other.html).not.toContain('gowns')
  })

  test('PEOPLE-20 R59 what was dealt with is deleted after its time, and all of it with who leaves', async () => {
    const [kept] = whatWasSaid.kept!
    const before = network.house.clock.today().add({ days: 1 })
    const [count] = await network.inNetwork(tx => askTogether(tx, [kept!.count(before)] as const))
    expect(count).toBeGreaterThan(0)
    const gone = await network.inNetwork(tx => kept!.end({ tx } as never, before))
    expect(gone).toBe(count)
    const [held] = await network.inNetwork(tx => askTogether(tx, whatWasSaid.held!(caller.id)))
    expect(held!.rows.length).toBeGreaterThan(0)
    await network.inNetwork(tx =>
      whatWasSaid.leaving!.leave({ tx } as never, caller.id, { answersWanted: true, views: 'as-they-are' }),
    )
    const [after] = await network.inNetwork(tx => askTogether(tx, whatWasSaid.held!(caller.id)))
    expect(after!.rows).toEqual([])
  })
})
