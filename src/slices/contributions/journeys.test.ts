import { expect, test } from 'vitest'
import { aNetwork, type Someone } from '#tests/network.ts'
import type { SeenPage } from '#tests/person.ts'
import { anAnswer, steps } from './brought-for-tests.ts'
import { giveFeedback } from './changes/answering.ts'
import { aContribution } from './for-tests.ts'

const network = await aNetwork()
const { volunteer, secondVolunteer, coordinator, boardChair, boardMember, director, portfolioManager } =
  network
const { stranger, visitor, administrator, sigMember } = network

const date = (page: SeenPage, name: string, day: string, month: string, year: string) => {
  // The three parts have the same labels at each date, so they are filled by name.
  for (const [part, value] of [
    ['day', day],
    ['month', month],
    ['year', year],
  ] as const) {
    page.$(`[name="${name}-${part}"]`).attr('value', value)
  }
  return page
}

/** The link of the last message of a kind, as a path. */
async function linkTo(person: Someone, kind: string): Promise<string> {
  const told = (await person.wasTold()).filter(each => each.kind === kind).at(-1)!
  return new URL(/http:\S+/.exec(told.body)![0]).pathname
}

test('LOOP-6 LOOP-8 LOOP-9 LOOP-11 LOOP-12 a view goes round by pages alone: acknowledged, considered, answered, closed', async () => {
  const view = await aContribution(network, { by: volunteer })
  let page = await coordinator.reads(view.path)
  expect(page.text).toContain('We have it')
  expect(page.text).toContain('by 11 June 2026')
  page = await page.follow('Say where it will be considered')
  // Nothing chosen: a sentence beside each field, and what was typed is kept.
  page.fill('What do you want to tell them', 'The board talks about letters in June.')
  page = await page.press('Tell them where it goes')
  expect(page.status).toBe(422)
  expect(page.errors).toContain('Choose a group')
  expect(page.errors).toContain('Choose a meeting, or give a date')
  expect(page.valueOf('What do you want to tell them')).toContain('letters in June')
  page.fill('Which group?', 'Operational Board').fill('At which meeting?', String(network.meetingId))
  page.fill('The title, in plain words', 'Say how long the scan takes')
  page = await page.press('Tell them where it goes')
  expect(page.h1).toBe('Say how long the scan takes')
  expect(page.text).toContain('Operational Board, June')
  expect(await view.state()).toBe('to-be-considered')
  expect((await volunteer.wasTold()).at(-1)!.body).toContain(
    'Operational Board will look at it on 24 June 2026',
  )

  network.house.clock.set('2026-06-24T15:00:00Z')
  for (const each of [volunteer, coordinator, boardChair, boardMember]) await each.signsIn()
  page = await (await boardChair.reads(view.path)).follow('Write down what was decided')
  page.fill('At which meeting was it considered?', String(network.meetingId))
  page.fill('Who took part?', 'The board').fill('What was said?', 'Everybody liked it.')
  page.fill('Is there a part', 'A marked word about money.')
  page.choose('Agreed')
  page.fill('Why?', 'Not knowing the time makes it hard to plan the day.')
  page = await page.press('Look at it before it is saved')
  expect(page.errors).toContain('Enter what will be done')
  expect(page.errors).toContain('Choose who does it')
  page.fill('Action 1: what will be done?', 'Change the letter').fill('Action 1: who does it?', 'Mo Member')
  page = await date(page, 'action-1-due', '8', '7', '2026').press('Look at it before it is saved')
  expect(page.status).toBe(200)
  expect(page.h1).toBe('Read it once more')
  expect(page.text).toMatch(/Most people of \d+ can read why/)
  expect(await view.state()).toBe('to-be-considered')
  page = await page.press('Change it')
  expect(page.valueOf('What was said?')).toBe('Everybody liked it.')
  page = await (await page.press('Look at it before it is saved')).press('Save it and tell them')
  expect(page.text).toContain('Agreed: Operational Board')
  expect(await view.state()).toBe('agreed')
  expect((await boardMember.wasTold()).some(each => each.kind === 'action-action-made')).toBe(true)

  // The contributor sees all but what is marked, and that something is marked, though a member of the board.
  const theirs = (await volunteer.reads(view.path)).text
  expect(theirs).toContain('Everybody liked it.')
  expect(theirs).not.toContain('marked word')
  expect(theirs).toContain('A part of what was said is marked')
  expect((await boardMember.reads(view.path)).text).toContain('A marked word about money.')
  for (const nobody of [stranger, visitor, administrator, sigMember]) {
    expect((await nobody.opens(view.path)).status).toBe(404)
    expect((await nobody.opens(view.step('consider'))).status).toBe(404)
  }
  network.house.clock.set('2026-06-09T09:00:00Z')
  for (const each of [volunteer, coordinator, boardChair, boardMember]) await each.signsIn()
})

test('LOOP-8 an outcome without a consideration is refused with the reason', async () => {
  const view = await aContribution(network, { by: volunteer })
  const page = await coordinator.reads(view.step('consider'))
  expect(page.text).toContain('Say first which group considers this')
  expect(page.hasButton('Look at it before it is saved')).toBe(false)
  expect((await coordinator.reads(view.path)).hasLink('Give the answer')).toBe(false)
})

test('LOOP-11 the answer is seen in each channel before it goes to everyone who joined, each by their own', async () => {
  const pam = await network.aPerson({ name: 'Pam Phone', channel: 'phone' })
  const view = await aContribution(network, { by: volunteer, state: 'not-agreed' })
  await join(view.id, pam)
  let page = await (await boardChair.reads(view.path)).follow('Give the answer')
  page = await page.press('See how it will look')
  expect(page.errors).toHaveLength(4)
  page.fill('You said', anAnswer.youSaid).fill('We heard', anAnswer.weHeard)
  page.fill('What we did, or why not', '<script>alert(1)</script>').fill('What happens next', anAnswer.next)
  page = await page.press('See how it will look')
  for (const channel of ['E-mail', 'Text message', 'What is said on the phone', 'Letter']) {
    expect(page.text).toContain(channel)
  }
  expect(page.$('script')).toHaveLength(0)
  expect(await view.state()).toBe('not-agreed')
  page = await page.press('Send the answer')
  expect(page.text).toContain('Sent by Bea Chair')
  expect(await view.state()).toBe('fed-back')
  for (const person of [volunteer, pam]) {
    const told = (await person.wasTold()).at(-1)!
    expect(told.kind).toBe('fed-back')
    expect(told.body).toContain('This answer is from Bea Chair.')
    expect(told.channel).toBe(person === pam ? 'phone' : 'email')
  }
})

test('LOOP-12 only the contributor closes: staff have no button, and the server refuses each of them', async () => {
  const view = await aContribution(network, { by: secondVolunteer, state: 'fed-back' })
  const { sigChair, sigDeputy } = network
  const deputy = await network.aPerson({
    name: 'Dee Deputy',
    memberships: [{ group: 'board', role: 'deputy' }],
  })
  for (const staff of [coordinator, portfolioManager, director, boardChair, deputy, boardMember]) {
    const page = await staff.reads(view.path)
    expect(page.hasLink('Say whether this closes it for you')).toBe(false)
    const form = await staff.reads(view.step('verdict'))
    expect(form.hasButton('Send my answer')).toBe(false)
    expect(form.text).toContain('Only the person who raised this can close it')
    const refused = await staff.posts(view.step('verdict'), { _token: tokenOf(page), answer: 'yes' })
    expect(refused.status).toBe(422)
    expect(refused.errors).toContain('Only the person who raised this can close it')
  }
  for (const nobody of [administrator, stranger, sigChair, sigDeputy]) {
    const token = tokenOf(await nobody.opens(`/${nobody.slug}/contributions`))
    expect((await nobody.posts(view.step('verdict'), { _token: token, answer: 'yes' })).status).toBe(404)
  }
  expect(await view.state()).toBe('fed-back')
  let page = await (await secondVolunteer.reads(view.path)).follow('Say whether this closes it for you')
  page = await page.press('Send my answer')
  expect(page.errors).toContain('Choose yes or no')
  page = await page.choose('No, it is not closed').press('Send my answer')
  expect(page.errors).toContain('Say what is still open, so that we can look at it again')
  page = await page.choose('Yes, this closes it').press('Send my answer')
  expect(page.text).toContain('You closed this loop')
  expect(await view.state()).toBe('closed')
})

test('LOOP-12 the link in the message: a scanner’s look changes nothing, it works once, without signing in', async () => {
  const view = await aContribution(network, {
    by: volunteer,
    state: 'fed-back',
    words: 'Secret words of mine.',
  })
  const link = await linkTo(volunteer, 'fed-back')
  for (let look = 0; look < 3; look++) {
    const page = await visitor.reads(link)
    expect(page.hasButton('Send my answer')).toBe(true)
    expect(page.text).not.toContain('Secret')
  }
  expect(await view.state()).toBe('fed-back')
  expect((await visitor.opens(`${link.slice(0, -3)}abc`)).status).toBe(404)
  expect((await stranger.opens(link.replace(network.slug, network.otherSlug))).status).toBe(404)
  let page = await visitor.reads(link)
  page = await page
    .choose('No, it is not closed')
    .fill('What would you like to say?', '')
    .press('Send my answer')
  expect(page.status).toBe(422)
  page = await page
    .choose('No, it is not closed')
    .fill('What would you like to say?', 'The letter is the same.')
    .press('Send my answer')
  expect(page.text).toContain('You said no on 9 June 2026')
  expect(await view.state()).toBe('reopened')
  expect((await visitor.reads(link)).hasButton('Send my answer')).toBe(false)
  const told = (await portfolioManager.wasTold()).at(-1)!
  expect(told.kind).toBe('reopened')
  expect(told.body).toContain('by 16 June 2026')

  // The second "no" goes to the director; the first link only tells of the newer answer.
  await steps(network, view.number, portfolioManager, (doing, loaded) =>
    giveFeedback(doing, loaded, anAnswer),
  )
  const second = await linkTo(volunteer, 'fed-back')
  expect(second).not.toBe(link)
  page = await (await visitor.reads(second))
    .choose('No, it is not closed')
    .fill('What would you like to say?', 'Still the same.')
    .press('Send my answer')
  expect((await director.wasTold()).at(-1)!.kind).toBe('reopened')
  expect((await coordinator.reads(view.path)).text).toContain('The Network Director (Dora Director)')
})

test('LOOP-12 said by phone: written down as said by staff, marked so, and read back to the person', async () => {
  const pam = await network.aPerson({ name: 'Pia Post', channel: 'post', signsIn: false })
  const view = await aContribution(network, { by: pam, state: 'fed-back' })
  expect((await boardChair.opens(view.step('verdict-by-phone'))).status).toBe(404)
  let page = await (await coordinator.reads(view.path)).follow('Write down what they said about the answer')
  page.choose('By phone').choose('Yes, this closes it').fill('Their own words', 'That will do nicely.')
  page = await date(page, 'said', '31', '2', '2026').press('Save what they said')
  expect(page.errors).toContain('The date must be a real date')
  page.choose('By phone').choose('Yes, this closes it').fill('Their own words', 'That will do nicely.')
  page = await date(page, 'said', '8', '6', '2026').press('Save what they said')
  expect(await view.state()).toBe('closed')
  expect(page.text).toContain('Written down as said by phone on 8 June 2026')
  expect(page.text).toContain('by phone, written down by Cora Ordinator, as said')
  expect((await pam.wasTold()).at(-1)!).toMatchObject({ kind: 'verdict-recorded', state: 'by-hand' })
})

test('LOOP-12 several who raised it: closed when each has said yes', async () => {
  const view = await aContribution(network, { by: volunteer, state: 'not-agreed' })
  await join(view.id, secondVolunteer)
  await steps(network, view.number, boardChair, (doing, loaded) => giveFeedback(doing, loaded, anAnswer))
  await (await volunteer.reads(view.step('verdict'))).choose('Yes, this closes it').press('Send my answer')
  expect(await view.state()).toBe('fed-back')
  expect((await boardChair.reads(view.path)).text).toContain('1 of 2 people have said yes')
  await (await secondVolunteer.reads(view.step('verdict')))
    .choose('Yes, this closes it')
    .press('Send my answer')
  expect(await view.state()).toBe('closed')
})

test('LOOP-7 we need something from you: the clock stands still, the page says whose turn it is, and on it goes', async () => {
  const view = await aContribution(network, { by: volunteer })
  let page = await (await coordinator.reads(view.path)).follow('Ask the person who raised it for something')
  page = await page.fill('Your question', 'Which hospital was it?').press('Ask them')
  expect(page.text).toContain('Next: Whoever raised it')
  network.house.clock.daysOn(10)
  await volunteer.signsIn()
  page = await volunteer.reads(view.path)
  expect(page.text).toContain('We need something from you')
  expect(page.text).toContain('Next: You')
  page = await page.follow('Answer what we asked')
  expect((await page.press('Send your answer')).errors).toContain('Enter your answer')
  page = await page.fill('Your answer', 'First Hospital.').press('Send your answer')
  expect(page.text).toContain('We have it')
  // Two working days were left on 9 June; now it is Friday 19 June.
  expect(page.text).toContain('by 23 June 2026')
  network.house.clock.set('2026-06-09T09:00:00Z')
  await volunteer.signsIn()
})

test('LOOP-6 a view about somebody’s own care: one button tells them kindly, once, and it stays in the loop', async () => {
  const view = await aContribution(network, { by: volunteer })
  let page = await (await coordinator.reads(view.path)).follow('Tell them who can help with care or safety')
  expect(page.text).toContain('PALS')
  page = await page.press('Tell them now')
  const told = (await volunteer.wasTold()).at(-1)!
  expect(told.kind).toBe('signposted')
  for (const word of ['999', '111', 'PALS', 'complaints team']) expect(told.body).toContain(word)
  expect(await view.state()).toBe('received')
  page = await (await coordinator.reads(view.step('signpost'))).press('Tell them now')
  expect(page.errors).toContain('They have been told already who can help with this')
})

test('LOOP-8 a member adds a view; a marked one shows its contributor only that it is there', async () => {
  const view = await aContribution(network, { by: volunteer, state: 'to-be-considered' })
  let page = await (await boardMember.reads(view.path)).follow('Add your view')
  page = await page.fill('What do you think?', 'I agree with this.').press('Add your view')
  page = await (await boardMember.reads(view.step('view')))
    .fill('What do you think?', 'Too dear for us.')
    .choose('Only the group and the team')
    .press('Add your view')
  expect(page.text).toContain('Too dear for us.')
  const theirs = (await volunteer.reads(view.path)).text
  expect(theirs).toContain('I agree with this.')
  expect(theirs).not.toContain('Too dear')
  expect(theirs).toContain('One view is marked')
  expect((await sigMember.opens(view.step('view'))).status).toBe(404)
})

test('LOOP-9 passed on: asked again, then what they said, then the answer', async () => {
  const view = await aContribution(network, { by: volunteer, state: 'passed-on' })
  let page = await (await boardChair.reads(view.path)).follow(
    'Write down that you asked the city council again',
  )
  page = await page
    .fill('How did you ask them, and whom?', 'By e-mail to their office.')
    .press('Save that you asked again')
  expect(page.text).toContain('Asked the city council again')
  page = await (await page.follow('Write down what the city council said'))
    .fill('What they said', 'They will mend the road.')
    .press('Save what they said')
  expect(page.text).toContain('They answered: They will mend the road.')
  expect(page.hasLink('Give the answer')).toBe(true)
})

test('LOOP-23 two at once: one is done, the other sees what happened and has their words back; a double click is one', async () => {
  const view = await aContribution(network, { by: volunteer, state: 'to-be-considered' })
  const send = async (person: Someone, question: string) => {
    const page = await person.reads(view.step('ask'))
    return page.fill('Your question', question).wouldSend('Ask them')
  }
  const first = await send(coordinator, 'From the co-ordinator?')
  const second = await send(boardChair, 'From the chair?')
  const [one, two] = await Promise.all([
    coordinator.posts(first.to, first.body),
    boardChair.posts(second.to, second.body),
  ])
  const refused = one!.status === 422 ? one! : two!
  expect([one!.status, two!.status].sort()).toEqual([200, 422])
  expect(refused.errors[0]).toContain('Something happened here while you were writing')
  expect(refused.valueOf('Your question')).toMatch(/From the/)
  expect(
    (await volunteer.wasTold()).filter(each => each.body.includes(view.reference) && each.kind === 'asked'),
  ).toHaveLength(1)

  const twice = await aContribution(network, { by: volunteer, state: 'fed-back' })
  const click = (await volunteer.reads(twice.step('verdict')))
    .choose('Yes, this closes it')
    .wouldSend('Send my answer')
  const clicks = await Promise.all([1, 2, 3].map(() => volunteer.posts(click.to, click.body)))
  expect(clicks.map(each => each.status)).toEqual([200, 200, 200])
  const later = await volunteer.posts(click.to, click.body)
  expect(later.text).toContain('You closed this loop')
  const said = await network.inNetwork(tx =>
    tx
      .selectFrom('history')
      .select('event')
      .where('thing_kind', '=', 'contribution')
      .where('thing_id', '=', twice.id)
      .where('event', 'in', ['said-yes', 'closed'])
      .execute(),
  )
  expect(said).toHaveLength(2)
})

test('LOOP-6 hostile input: each gives a sentence, 422, what was typed kept, and nothing is half-written', async () => {
  const view = await aContribution(network, { by: volunteer, state: 'to-be-considered' })
  const other = await network.house.database.pool
    .selectFrom('network')
    .select('id')
    .where('slug', '=', network.otherSlug)
    .executeTakeFirstOrThrow()
  const foreign = await network.house.database.network(other.id, tx =>
    tx.selectFrom('network_group').select('id').where('slug', '=', 'mri').executeTakeFirstOrThrow(),
  )
  const page = await coordinator.reads(view.step('acknowledge'))
  const rtl = 'شكراً <b>لكم</b> \u202e e\u0301 ’; drop table contribution; --'
  const post = (more: Record<string, string>) =>
    coordinator.posts(view.step('acknowledge'), { _token: tokenOf(page), title: rtl, words: rtl, ...more })
  const cases: [Record<string, string>, string][] = [
    [
      { group: String(foreign.id), 'on-day': '1', 'on-month': '7', 'on-year': '2026' },
      'Choose a group from the list',
    ],
    [{ group: '99999999999999' }, 'Choose a group'],
    [
      { group: String(network.groups.mri), meeting: String(network.meetingId) },
      'Choose a meeting of the MRI Special Interest Group, or give a date',
    ],
    [
      { group: String(network.groups.mri), 'on-day': '1', 'on-month': '1', 'on-year': '2020' },
      'The day it will be considered must be today or later',
    ],
    [
      { group: String(network.groups.mri), 'on-day': '31', 'on-month': '6', 'on-year': '2026' },
      'The date must be a real date',
    ],
    [
      { group: String(network.groups.mri), words: '👩‍👩‍👧‍👦'.repeat(1001) },
      'What you tell them must be 1,000 characters or fewer',
    ],
  ]
  for (const [fields, sentence] of cases) {
    const seen = await post(fields)
    expect(seen.status).toBe(422)
    expect(seen.title).toMatch(/^Error: /)
    expect(seen.errors).toContain(sentence)
    expect(seen.valueOf('The title, in plain words')).toBe(rtl)
    expect(seen.$('main b').length).toBe(0)
  }
  const row = await network.inNetwork(tx =>
    tx
      .selectFrom('contribution')
      .select(['group_id', 'title'])
      .where('id', '=', view.id)
      .executeTakeFirstOrThrow(),
  )
  expect(row.group_id).toBe(network.groups.board)
  expect(
    (await post({ group: String(network.groups.mri), 'on-day': '1', 'on-month': '7', 'on-year': '2026' })).h1,
  ).toBe(rtl.replace('\u202e', '\u202e').normalize('NFC'))
})

const tokenOf = (page: SeenPage) => page.$('input[name="_token"]').first().attr('value') ?? ''

async function join(contributionId: number, person: Someone): Promise<void> {
  await network.inNetwork(tx =>
    tx
      .insertInto('contributor')
      .values({
        network_id: network.id,
        contribution_id: contributionId,
        person_id: person.id,
        is_first: false,
        words: 'Me too.',
        naming: 'named',
        joined_at: network.house.clock.now(),
        withdrawn_at: null,
        verdict: null,
        verdict_words: null,
        verdict_at: null,
        verdict_how: null,
        verdict_recorded_by_person_id: null,
      })
      .execute(),
  )
}
