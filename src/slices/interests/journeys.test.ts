import { beforeAll, describe, expect, test } from 'vitest'
import { aMotion, anItem, meetingIs, votesOn } from '#slices/votes/for-tests.ts'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'

let network: TestNetwork

beforeAll(async () => {
  network = await aNetwork()
})

const declares = async (
  person: Someone,
  path: string,
  given: { organisation: string; what?: string; from?: [string, string, string]; names?: string },
) => {
  const form = await person.reads(path)
  const [d, m, y] = given.from ?? ['1', '6', '2026']
  return await form
    .choose('Money')
    .fill('Which organisation?', given.organisation)
    .fill('What is it?', given.what ?? 'I work there.')
    .choose('It touches what we do now')
    .fill('Other names', given.names ?? '')
    .fill('Day', d)
    .fill('Month', m)
    .fill('Year', y)
    .press('Declare it')
}
const conflictOf = async (itemId: number, person: Someone) =>
  (
    await network.house.owner.query(
      'select id, outcome, found_by, person_says from conflict where item_id = $1 and person_id = $2',
      [itemId, person.id],
    )
  ).rows[0] as
    | { id: number; outcome: string | null; found_by: string; person_says: string | null }
    | undefined

describe('BOARD-11 the register', () => {
  test('BOARD-11 R19 R20 an interest is declared on one page, with sentences for what is missing; late is said', async () => {
    const { boardMember, slug } = { ...network }
    const empty = await (await boardMember.reads(`/${slug}/interests/new`)).press('Declare it')
    expect(empty.status).toBe(422)
    expect(empty.errors).toEqual([
      'Enter the day on which it began',
      'Choose what kind of interest it is',
      'Say what it is',
      'Choose how it touches the network’s work',
    ])
    const nowhere = await declares(boardMember, `/${slug}/interests/new`, { organisation: '' })
    expect(nowhere.errors).toEqual(['Enter an organisation, or choose a Trust'])
    const future = await declares(boardMember, `/${slug}/interests/new`, {
      organisation: 'Acme Imaging Ltd',
      from: ['1', '1', '2030'],
    })
    expect(future.errors).toEqual(['The day it began must be today or earlier'])
    expect(future.valueOf('Which organisation?')).toBe('Acme Imaging Ltd')
    const late = await declares(boardMember, `/${slug}/interests/new`, {
      organisation: 'Acme Imaging Ltd',
      from: ['1', '1', '2026'],
    })
    expect(late.text).toContain('later than 28 days after it began')
    const own = await boardMember.reads(`/${slug}/interests/mine`)
    expect(own.text).toContain('Acme Imaging Ltd')
    expect(own.text).toContain('9 June 2026')
    const shown = await network.visitor.reads(`/${slug}/interests`)
    expect(shown.text).toContain('Mo Member')
    expect(shown.text).toContain('Acme Imaging Ltd')
    expect(shown.text).toContain('Last confirmed on 9 June 2026.')
    expect(shown.text).toContain('Has not declared anything yet.')
  })

  test('BOARD-11 R22 what ended stays public for 6 months; the team keeps it, and an end can be changed', async () => {
    const { boardMember, slug, house } = { ...network }
    const one = await declares(boardMember, `/${slug}/interests/new`, { organisation: 'Oldco' })
    const wrong = await (await boardMember.reads(`${one.path}/end`))
      .fill('Day', '1')
      .fill('Month', '5')
      .fill('Year', '2026')
      .press('Save')
    expect(wrong.errors).toEqual(['The day it ended must not be before the day it began'])
    await wrong.fill('Day', '5').fill('Month', '6').press('Save')
    expect((await network.visitor.reads(`/${slug}/interests`)).text).toContain(
      '1 June 2026 to 5 June 2026 (over)',
    )
    await house.owner.query(
      `update interest set from_on = '2025-01-01', to_on = '2025-12-08' where organisation = 'Oldco'`,
    )
    expect((await network.visitor.reads(`/${slug}/interests`)).text).not.toContain('Oldco')
    expect((await network.coordinator.reads(`/${slug}/interests/all`)).text).toContain('Oldco')
  })

  test('BOARD-11 R23 a volunteer is named only by consent; an entry is kept out only by a decision with its reason', async () => {
    const { volunteer, slug } = { ...network }
    await declares(volunteer, `/${slug}/interests/new`, { organisation: 'Helping Hands' })
    const before = await network.visitor.reads(`/${slug}/interests`)
    expect(before.text).toContain('Helping Hands')
    expect(before.text).not.toContain('Vera')
    await (await volunteer.reads(`/${slug}/interests/name`))
      .choose('Show my name beside my interests')
      .press('Save')
    expect((await network.visitor.reads(`/${slug}/interests`)).text).toContain('Vera Volunteer')
    const member = await network.boardMember.reads(`/${slug}/interests/mine`)
    const one = await member.follow('Acme Imaging Ltd')
    expect((await network.boardMember.opens(`${one.path}/withhold`)).status).toBe(404)
    const form = await network.coordinator.reads(`${one.path}/withhold`)
    expect((await form.press('Save')).errors).toEqual(['Say why it is kept out'])
    await form.fill('Why is it kept out?', 'Threats were made.').press('Save')
    expect((await network.visitor.reads(`/${slug}/interests`)).text).not.toContain('Acme')
    expect((await network.coordinator.reads(one.path)).text).toContain('Threats were made.')
    await (await network.coordinator.reads(`${one.path}/withhold`))
      .choose('Show it in the public register')
      .press('Save')
    expect((await network.visitor.reads(`/${slug}/interests`)).text).toContain('Acme')
  })

  test('BOARD-11 R20 nothing to declare is a dated statement; the team writes down what it is told; asked on joining, once', async () => {
    const { secondVolunteer, slug, house } = { ...network }
    await house.runDue()
    await house.runDue()
    const asked = async () =>
      (await secondVolunteer.wasTold()).filter(each => /interests/.test(each.body)).length
    expect(await asked()).toBe(1)
    const none = await (await secondVolunteer.reads(`/${slug}/interests/confirm`)).press('Confirm')
    expect(none.errors).toEqual(['Choose how it is'])
    await none.choose('I have nothing to declare').press('Confirm')
    expect((await network.visitor.reads(`/${slug}/interests`)).text).toContain(
      'Nothing to declare. Last confirmed on 9 June 2026.',
    )
    const caller = await network.aPerson({
      name: 'Cal Caller',
      signsIn: false,
      channel: 'phone',
      memberships: [{ group: 'board', role: 'member', voting: true }],
    })
    await declares(network.coordinator, `/${slug}/interests/of/${caller.id}/new`, { organisation: 'Callco' })
    const all = await network.coordinator.reads(`/${slug}/interests/all`)
    const one = await all.follow('Callco')
    expect(one.text).toContain('written down by Cora Ordinator')
  })
})

describe('BOARD-11 an interest meets an item', () => {
  test('BOARD-11 found by the clock, asked of the person, decided by the chair with a reason, and told', async () => {
    const item = await anItem(network, { title: 'A contract with Acme Imaging' })
    await network.house.runDue()
    const { id } = (await conflictOf(item.id, network.boardMember))!
    const asked = (await network.boardMember.wasTold()).find(each => each.kind === 'conflict-found')!
    expect(asked.subject).toContain('does an agenda item touch an interest of yours?')
    // Part B: not named in a message (R42).
    expect(asked.body).not.toContain('contract with Acme')
    expect((await network.boardMember.reads(`/${network.slug}/home`)).text).toContain(
      'Does this item touch an interest of yours?',
    )
    const form = await network.boardMember.reads(`/${network.slug}/conflicts/${id}/answer`)
    expect(form.text).toContain('“Acme Imaging Ltd” is in the title of the item')
    expect((await form.press('Send the answer')).errors).toEqual(['Choose whether it touches the interest'])
    await form
      .choose('Yes, it touches it')
      .fill('What the chair should know', 'I sell them.')
      .press('Send the answer')
    // The person does not decide, nor the team.
    expect((await network.boardMember.opens(`/${network.slug}/conflicts/${id}/decide`)).status).toBe(404)
    expect((await network.coordinator.opens(`/${network.slug}/conflicts/${id}/decide`)).status).toBe(404)
    expect((await network.boardChair.reads(`/${network.slug}/home`)).text).toContain(
      'An interest of Mo Member meets an item',
    )
    const decide = await network.boardChair.reads(`/${network.slug}/conflicts/${id}/decide`)
    expect(decide.text).toContain('I sell them.')
    expect((await decide.press('Decide it')).errors).toEqual(['Choose what follows', 'Say why'])
    const done = await decide
      .choose('Does not get the paper, and leaves for the item')
      .fill('Why?', 'Mo sells what is bought.')
      .press('Decide it')
    expect(done.text).toContain('Does not get the paper, and leaves for the item, by Bea Chair')
    expect((await network.boardMember.wasTold()).at(-1)).toMatchObject({ kind: 'conflict-decided' })
    // At once: the item says no more than its title, and why.
    const seen = await network.boardMember.reads(item.path)
    expect(seen.text).toContain('Your interest: does not get the paper')
    expect((await network.boardMember.reads(`/${network.slug}/conflicts/${id}`)).text).toContain(
      'Mo sells what is bought.',
    )
    // Others of the group do not see that there is a conflict; those who run the meeting do.
    expect((await network.secondVolunteer.reads(item.path)).text).not.toContain('Mo Member')
    expect((await network.coordinator.reads(item.path)).text).toContain('Mo Member')
    for (const person of [
      network.stranger,
      network.visitor,
      network.secondVolunteer,
      network.administrator,
      network.sigMember,
    ]) {
      for (const path of ['', '/answer', '/decide']) {
        expect((await person.opens(`/${network.slug}/conflicts/${id}${path}`)).status).toBe(404)
      }
    }
    // And the roll follows.
    await meetingIs(network, 'held')
    const motion = await aMotion(network, { itemId: item.id, open: true })
    expect((await network.boardMember.opens(motion.path)).status).toBe(404)
    expect((await network.boardMember.opens(`${motion.path}/ballot`)).status).toBe(404)
    await expect(votesOn(network, motion, network.boardMember, 'for')).rejects.toThrow(
      'you do not vote on it',
    )
    await meetingIs(network, 'planned')
  })

  test('BOARD-11 an interest that is declared later is held against the agenda at once; a vote looks again before it opens', async () => {
    const item = await anItem(network, { title: 'Ten LumenScan 3 scanners' })
    await declares(network.secondVolunteer, `/${network.slug}/interests/new`, {
      organisation: 'Lumen',
      names: 'LumenScan 3, LumenScan 4',
    })
    expect((await conflictOf(item.id, network.secondVolunteer))?.found_by).toBe('match')
    await meetingIs(network, 'held')
    const other = await anItem(network, { title: 'Lumen writes to us' })
    const motion = await aMotion(network, { itemId: other.id })
    const refused = await (await network.boardChair.reads(`${motion.path}/open`)).press('Open the vote')
    expect(refused.errors[0]).toContain('nobody has decided')
    await meetingIs(network, 'planned')
  })

  test('BOARD-11 a supplier named in the summary of a paper is found by the clock', async () => {
    const item = await anItem(network, { title: 'Heating' })
    await network.inNetwork(tx =>
      tx
        .insertInto('paper')
        .values({
          network_id: network.id,
          number: 900,
          meeting_id: network.meetingId,
          item_id: item.id,
          title: 'Offers',
          summary: 'Three offers came in: the best is from Helping-Hands Ltd.',
          author_person_id: network.boardMember.id,
          out_at: null,
          late_allowed_by_person_id: null,
          made_at: network.house.clock.now(),
        })
        .execute(),
    )
    expect(await conflictOf(item.id, network.volunteer)).toBeUndefined()
    await network.house.runDue()
    const { id } = (await conflictOf(item.id, network.volunteer))!
    expect((await network.volunteer.reads(`/${network.slug}/conflicts/${id}`)).text).toContain(
      '“Helping Hands” is in the summary of a paper',
    )
  })

  test('BOARD-11 declared in the meeting by the person, or raised by the chair, and looked for again on demand', async () => {
    const item = await anItem(network, { title: 'Parking' })
    const none = await (
      await (await network.volunteer.reads(item.path)).follow('Declare an interest in this item')
    ).press('Declare it')
    expect(none.errors).toEqual(['Say what the interest is'])
    const declared = await none
      .fill('What is the interest?', 'My sister owns the car park.')
      .press('Declare it')
    expect(declared.text).toContain('My sister owns the car park.')
    expect(await conflictOf(item.id, network.volunteer)).toMatchObject({
      found_by: 'person',
      person_says: 'yes',
    })
    expect((await network.boardChair.wasTold()).at(-1)!.subject).toContain(
      'a conflict of interest was declared',
    )
    // Nobody but those who run the meeting names somebody else.
    const { to, body } = (await network.secondVolunteer.reads(`${item.path}/conflict`))
      .fill('What is the interest?', 'He is late.')
      .wouldSend('Declare it')
    body.set('person', String(network.boardMember.id))
    expect((await network.secondVolunteer.posts(to, body)).errors).toEqual([
      'You can declare your own interest only',
    ])
    await (await network.boardChair.reads(`${item.path}/conflict`))
      .fill('Whose interest is it?', 'Mo Member')
      .fill('What is the interest?', 'He parks there.')
      .press('Declare it')
    expect((await conflictOf(item.id, network.boardMember))?.found_by).toBe('chair')
    const list = await network.boardChair.reads(`/${network.slug}/meetings/M-1/conflicts`)
    expect(list.text).toContain('Parking')
    expect(list.text).toMatch(/\d+ of \d+ wait for a decision/)
    expect((await list.press('Look again')).h1).toBe('Conflicts of interest')
    expect((await network.volunteer.opens(`/${network.slug}/meetings/M-1/conflicts`)).status).toBe(404)
    const asked = await (await network.volunteer.reads(`/${network.slug}/meetings/M-1`)).follow(
      'Is there anything new to declare?',
    )
    expect((await asked.press('Go on')).errors).toEqual(['Choose whether there is anything new'])
    expect((await asked.choose('No, nothing new').press('Go on')).h1).toBe('Operational Board, June')
  })

  test('BOARD-11 R24 a chair in conflict does not decide: the deputy does, and if both are, whoever the members chose', async () => {
    const item = await anItem(network, { title: 'The Beaco contract' })
    const deputy = await network.aPerson({
      name: 'Dee Deputy',
      memberships: [{ group: 'board', role: 'deputy', voting: true }],
    })
    await declares(network.boardChair, `/${network.slug}/interests/new`, { organisation: 'Beaco' })
    const chairs = (await conflictOf(item.id, network.boardChair))!
    const own = await network.boardChair.reads(`/${network.slug}/conflicts/${chairs.id}/decide`)
    expect(own.text).toContain('It is about you, so somebody else has to decide it')
    // Refused by the server, too.
    const other = await network.boardChair.reads(`/${network.slug}/interests/new`)
    const token = other.wouldSend('Declare it').body
    const posted = new FormData()
    posted.set('_token', String(token.get('_token') ?? ''))
    for (const [key, value] of token) if (key.startsWith('_') && key !== '_key') posted.set(key, value)
    posted.set('_key', 'a-key-for-a-chair-in-conflict')
    posted.set('outcome', 'none')
    posted.set('because', 'I say so')
    const refused = await network.boardChair.posts(`/${network.slug}/conflicts/${chairs.id}/decide`, posted)
    expect([refused.status, refused.errors[0]]).toEqual([
      422,
      expect.stringContaining('somebody else has to decide'),
    ])
    expect((await conflictOf(item.id, network.boardChair))?.outcome).toBeNull()
    await declares(deputy, `/${network.slug}/interests/new`, { organisation: 'Beaco' })
    const deputys = (await conflictOf(item.id, deputy))!
    expect((await deputy.reads(`/${network.slug}/conflicts/${chairs.id}/decide`)).text).toContain(
      'You may have a conflict of interest on this item yourself',
    )
    await network.house.runDue()
    expect(
      (await network.coordinator.wasTold()).some(each =>
        each.body.includes('The members choose who presides'),
      ),
    ).toBe(true)
    const list = await network.coordinator.reads(`/${network.slug}/meetings/M-1/conflicts`)
    const form = await list.follow('Say who presides')
    await form.fill('Whom did they choose?', 'Sam Second').press('Save')
    for (const { id } of [chairs, deputys]) {
      await (await network.secondVolunteer.reads(`/${network.slug}/conflicts/${id}/decide`))
        .choose('Leaves for the item')
        .fill('Why?', 'A contract is a contract.')
        .press('Decide it')
    }
    expect((await conflictOf(item.id, network.boardChair))?.outcome).toBe('leaves')
    await meetingIs(network, 'held')
    const motion = await aMotion(network, { itemId: item.id, by: network.volunteer })
    const no = await (await network.boardChair.reads(`${motion.path}/open`)).press('Open the vote')
    expect(no.errors[0]).toContain('You have a conflict of interest on this item')
    await (await network.secondVolunteer.reads(`${motion.path}/open`)).press('Open the vote')
    expect(await motion.state()).toBe('open')
    await meetingIs(network, 'planned')
  })

  test('BOARD-11 R68 strangers and others find nothing of what is not public', async () => {
    const [own] = (
      await network.house.owner.query('select id from interest where network_id = $1 limit 1', [network.id])
    ).rows
    const { slug } = network
    for (const person of [network.stranger, network.visitor, network.applicant, network.administrator]) {
      for (const path of [
        'mine',
        'new',
        'confirm',
        'all',
        'name',
        `${own.id}`,
        `${own.id}/end`,
        `${own.id}/withhold`,
        `of/${network.volunteer.id}/new`,
      ]) {
        expect((await person.opens(`/${slug}/interests/${path}`)).status, path).toBe(404)
      }
    }
    expect((await network.sigMember.opens(`/${slug}/interests/${own.id}`)).status).toBe(404)
    expect((await network.volunteer.opens(`/${slug}/interests/all`)).status).toBe(404)
    expect((await network.stranger.reads(`/${slug}/interests`)).h1).toBe('Register of interests')
  })
})

test('BOARD-11 R20 each year everybody is reminded 30 and 7 days before and on the day, once each', async () => {
  const { secondVolunteer, house } = network
  const asked = async () =>
    (await secondVolunteer.wasTold()).filter(each => each.body.includes('as every year')).length
  const last = await house.owner.query(
    'select max(on_day)::text as on from interest_statement where person_id = $1',
    [secondVolunteer.id],
  )
  expect(last.rows[0].on).toBe('2026-06-09')
  for (const [day, times] of [
    ['2027-05-09', 0],
    ['2027-05-10', 1],
    ['2027-06-02', 2],
    ['2027-06-09', 3],
    ['2027-06-10', 3],
  ] as const) {
    house.clock.set(`${day}T09:00:00Z`)
    await house.runDue()
    expect(await asked(), day).toBe(times)
  }
})
