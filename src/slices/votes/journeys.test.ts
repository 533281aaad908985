import { beforeAll, describe, expect, test } from 'vitest'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'
import type { SeenPage } from '#tests/person.ts'
import { aConflict, aMotion, anItem, closes, meetingIs, votesOn } from './for-tests.ts'

let network: TestNetwork
let everybody: Someone[]

beforeAll(async () => {
  network = await aNetwork()
  await meetingIs(network, 'held')
  everybody = [network.boardChair, network.boardMember, network.volunteer, network.secondVolunteer]
})

const votes = async (person: Someone, path: string, label: string): Promise<SeenPage> => {
  const ballot = await person.reads(`${path}/ballot`)
  const confirm = await ballot.choose(label).press('Go on')
  expect(confirm.h1).toBe('Is this your vote?')
  return await confirm.press('Yes, this is my vote')
}
const rows = <T>(sql: string, ...values: unknown[]) =>
  network.house.owner.query(sql, values).then(found => found.rows as T[])

describe('BOARD-13 a motion', () => {
  test('BOARD-13 any member proposes it from an item, the chair opens it, and then its words stand', async () => {
    const item = await anItem(network)
    const form = await network.volunteer.reads(`${item.path}/propose-motion`)
    const empty = await form.press('Propose it')
    expect(empty.status).toBe(422)
    expect(empty.errors).toEqual(['Write what is put to the vote'])
    const several = await empty
      .fill('What is put to the vote?', 'Where do we meet?')
      .choose('One of several choices')
      .fill('The choices', 'Online')
      .press('Propose it')
    expect(several.errors).toEqual(['Give at least 2 choices, each on its own line'])
    expect(several.valueOf('The choices')).toBe('Online')
    const made = await several
      .fill('What is put to the vote?', 'We meet online.')
      .choose('For, against or abstain')
      .press('Propose it')
    expect(made.h1).toContain('We meet online.')
    expect(made.hasLink('Open the vote')).toBe(false)
    expect(made.hasLink('Change this motion')).toBe(true)
    const path = made.path
    expect((await network.boardChair.wasTold()).at(-1)).toMatchObject({ kind: 'vote-proposed' })
    // Part B: the message does not say what it is about (R42).
    expect((await network.boardChair.wasTold()).at(-1)!.body).not.toContain('We meet online')
    const better = await (await network.volunteer.reads(`${path}/change`))
      .fill('What is put to the vote?', 'We meet online in winter.')
      .press('Save it')
    expect(better.h1).toContain('in winter')
    const opened = await (await (await network.boardChair.reads(path)).follow('Open the vote')).press(
      'Open the vote',
    )
    expect(opened.text).toContain('People vote now')
    expect(opened.text).toContain('0 of 4 have voted')
    const late = await network.volunteer.reads(`${path}/change`)
    expect(late.text).toContain('its words cannot change any more')
    // Nor past the product: the database itself refuses.
    for (const change of [`text = 'Other'`, `majority = 'two-thirds'`, 'is_secret = true']) {
      await expect(
        network.house.owner.query(`update motion set ${change} where text = 'We meet online in winter.'`),
      ).rejects.toThrow('keeps its words')
    }
  })

  test('BOARD-13 R24 an item with an undecided conflict is not put to the vote, nor by a chair in conflict', async () => {
    const item = await anItem(network)
    const motion = await aMotion(network, { itemId: item.id })
    await aConflict(network, item.id, network.boardMember, null)
    const page = await network.boardChair.reads(`${motion.path}/open`)
    expect(page.text).toContain('Decide first whether there is a conflict of interest for Mo Member')
    const no = await page.press('Open the vote')
    expect(no.status).toBe(422)
    expect(no.errors).toEqual([
      'There is a conflict of interest on this item that nobody has decided. Decide it first',
    ])
    const other = await anItem(network)
    const hers = await aMotion(network, { itemId: other.id })
    await aConflict(network, other.id, network.boardChair, 'leaves')
    const refused = await (await network.boardChair.reads(`${hers.path}/open`)).press('Open the vote')
    expect(refused.errors[0]).toContain('You have a conflict of interest on this item')
    // The team is the secretary, not the chair.
    expect((await network.coordinator.opens(`${hers.path}/open`)).status).toBe(404)
    const deputy = await network.aPerson({
      name: 'Dee Deputy',
      memberships: [{ group: 'board', role: 'deputy' }],
    })
    await (await deputy.reads(`${hers.path}/open`)).press('Open the vote')
    expect(await hers.state()).toBe('open')
    // Whoever is in conflict is not on the roll.
    expect((await network.boardChair.reads(`${hers.path}/ballot`)).text).toContain('so you do not vote on it')
    expect((await network.boardMember.reads(hers.path)).text).toContain('0 of 3 have voted')
    await (await deputy.reads(`${hers.path}/withdraw`))
      .fill('Why is it withdrawn?', 'Enough.')
      .press('Withdraw it')
    expect((await network.volunteer.wasTold()).at(-1)!.body).toContain('The reason: Enough.')
  })

  test('BOARD-11 R24 the roll of an open vote follows what is decided about a conflict, also after the ballot', async () => {
    const item = await anItem(network)
    const motion = await aMotion(network, {
      itemId: item.id,
      open: true,
      terms: { manner: 'secret', isSecret: true },
    })
    for (const person of everybody) await votesOn(network, motion, person, 'for')
    const decide = (outcome: string | null) =>
      network.house.owner.query('update conflict set outcome = $1 where item_id = $2', [outcome, item.id])
    // Found while people vote: the ballot waits, and so does the chair.
    await aConflict(network, item.id, network.boardMember, null)
    const waits = await (await network.boardMember.reads(`${motion.path}/ballot`))
      .choose('Against')
      .press('Go on')
    expect((await waits.press('Yes, this is my vote')).errors[0]).toContain('The chair has to decide first')
    const close = await (await network.boardChair.reads(`${motion.path}/close`)).press(
      'Close the vote and count',
    )
    expect(close.errors[0]).toContain('Decide it first, then close the vote')
    expect((await network.secondVolunteer.reads(item.path)).text).toContain('You have voted.')
    await decide('speaks')
    expect((await network.boardMember.reads(item.path)).hasLink('Vote now')).toBe(false)
    expect((await network.volunteer.reads(motion.path)).text).toContain('3 of 3 have voted')
    await expect(votesOn(network, motion, network.boardMember, 'for')).rejects.toThrow(
      'you do not vote on it',
    )
    // Decided the other way: the ballot that was given counts again.
    await decide('noted')
    expect((await network.volunteer.reads(motion.path)).text).toContain('4 of 4 have voted')
    await decide('leaves')
    const closed = await (await network.boardChair.reads(`${motion.path}/close`)).press(
      'Close the vote and count',
    )
    expect(closed.text).toContain('3 of 3 voted: 3 for, 0 against')
    expect(closed.text).toContain('Mo Member (leaves for the item)')
    // After the count nothing changes it.
    await decide('none')
    expect((await network.volunteer.reads(motion.path)).text).toContain('3 of 3 voted')
  })

  test('BOARD-13 what a vote is about is kept from whoever does not get the paper', async () => {
    const item = await anItem(network)
    await aConflict(network, item.id, network.secondVolunteer, 'no-paper')
    const motion = await aMotion(network, { itemId: item.id, open: true })
    expect((await network.secondVolunteer.opens(motion.path)).status).toBe(404)
    expect(
      (await network.secondVolunteer.opens(`/${network.slug}/search?q=V-${motion.number}`)).text,
    ).not.toContain('large print')
    expect((await network.volunteer.opens(`/${network.slug}/search?q=V-${motion.number}`)).text).toContain(
      'large print',
    )
    await network.volunteer.reads(motion.path)
  })

  test('BOARD-13 a closed result stands; another motion can stand instead of it', async () => {
    const motion = await aMotion(network, { open: true })
    for (const person of everybody) await votesOn(network, motion, person, 'for')
    await closes(network, motion)
    for (const change of [`result = '{"outcome":"not-carried"}'`, `state = 'open'`, `closed_at = now()`]) {
      await expect(
        network.house.owner.query(`update motion set ${change} where number = $1 and network_id = $2`, [
          motion.number,
          network.id,
        ]),
      ).rejects.toThrow('stays as it is')
    }
    const again = await (await network.boardMember.reads(`${motion.path}/again`))
      .fill('What is put to the vote?', 'We do the opposite.')
      .press('Propose it')
    expect(again.text).toContain(`Instead of V-${motion.number}`)
    const number = Number(again.path.split('V-')[1])
    await (await network.boardChair.reads(`${again.path}/open`)).press('Open the vote')
    const next = { number, path: again.path, state: async () => '' }
    expect((await network.boardMember.reads(motion.path)).text).not.toContain('stands instead of it')
    for (const person of everybody) await votesOn(network, next, person, 'for')
    await closes(network, next)
    const old = await network.boardMember.reads(motion.path)
    expect(old.text).toContain(`V-${number} stands instead of it now`)
    expect(old.text).toContain('The motion is carried.')
  })

  test('BOARD-13 on a tie with a casting vote the chair decides, and it is said', async () => {
    const motion = await aMotion(network, { open: true, terms: { castingVote: true } })
    for (const [n, person] of everybody.entries())
      await votesOn(network, motion, person, n < 2 ? 'for' : 'against')
    await closes(network, motion)
    expect((await network.volunteer.reads(motion.path)).text).toContain(
      'It is a tie: for and against are level',
    )
    expect((await network.volunteer.opens(`${motion.path}/casting-vote`)).status).toBe(404)
    const none = await (await network.boardChair.reads(`${motion.path}/casting-vote`)).press(
      'This is my casting vote',
    )
    expect(none.errors).toEqual(['Choose how you decide'])
    const done = await none.choose('Against').press('This is my casting vote')
    expect(done.text).toContain('The motion is not carried. It was a tie, and the chair decided.')
    expect(done.text).toContain('2 for, 2 against')
  })
})

describe('BOARD-14 the ballot', () => {
  test('BOARD-14 an open vote: chosen, confirmed, changed until it closes, and named in the result', async () => {
    const motion = await aMotion(network, { open: true })
    const mo = network.boardMember
    const none = await (await mo.reads(`${motion.path}/ballot`)).press('Go on')
    expect(none.status).toBe(422)
    expect(none.errors).toEqual(['Choose how you vote'])
    const confirm = await none.choose('Against').press('Go on')
    expect(confirm.text).toContain('Your vote is not in yet')
    expect(
      (
        await rows<{ n: string }>(
          'select count(*) as n from ballot where person_id = $1 and motion_id = (select id from motion where number = $2 and network_id = $3)',
          mo.id,
          motion.number,
          network.id,
        )
      )[0]!.n,
    ).toBe('0')
    const changed = await confirm.press('Change it')
    expect(changed.h1).toBe('How do you vote?')
    expect(changed.valueOf('Against')).toBe('chosen')
    const receipt = await votes(mo, motion.path, 'Against')
    expect(receipt.h1).toBe('Your vote is in')
    const code = receipt.$('.nhsuk-panel strong').text()
    expect(code).toMatch(/^[A-Z0-9]{5}-[A-Z0-9]{5}$/)
    const again = await votes(mo, motion.path, 'For')
    expect(again.$('.nhsuk-panel strong').text()).toBe(code)
    // While it is open everybody sees who has voted, and nobody how.
    const open = await network.volunteer.reads(motion.path)
    expect(open.text).toContain('Mo Member: has voted')
    expect(open.text).not.toContain('Who voted how')
    await closes(network, motion)
    const closed = await network.volunteer.reads(motion.path)
    expect(closed.text).toContain('1 of 4 voted: 1 for, 0 against, 0 abstained.')
    expect(
      closed
        .$('tr')
        .toArray()
        .map(row => closed.$(row).text()),
    ).toContainEqual(expect.stringMatching(/Mo Member.*For/))
  })

  test('BOARD-14 a vote that is closed while the ballot is being cast says so, and counts nothing', async () => {
    const motion = await aMotion(network, { open: true })
    const confirm = await (await network.volunteer.reads(`${motion.path}/ballot`))
      .choose('For')
      .press('Go on')
    await closes(network, motion)
    const late = await confirm.press('Yes, this is my vote')
    expect(late.status).toBe(422)
    expect(late.errors).toEqual(['This vote was closed before your ballot came in. It was not counted'])
    expect((await network.volunteer.reads(motion.path)).text).toContain('0 of 4 voted')
    // Nor past the product: the database takes no ballot for a closed vote.
    await expect(
      network.house.owner.query(
        `insert into ballot (network_id, motion_id, person_id, choice, at)
         select v.network_id, v.motion_id, v.person_id, '["for"]', now() from voter v
         join motion m on m.network_id = v.network_id and m.id = v.motion_id where m.number = $1 and m.network_id = $2`,
        [motion.number, network.id],
      ),
    ).rejects.toThrow('not open')
  })

  test('BOARD-14 a membership that ended this morning takes the vote with it, and says so', async () => {
    const leaver = await network.aPerson({
      name: 'Lea Leaver',
      memberships: [
        { group: 'board', role: 'member', voting: true },
        { group: 'mri', role: 'member' },
      ],
    })
    const motion = await aMotion(network, { open: true })
    const ballot = await leaver.reads(`${motion.path}/ballot`)
    await network.inNetwork(tx =>
      tx
        .updateTable('membership')
        .set({ to_on: network.house.clock.today().subtract({ days: 1 }) })
        .where('person_id', '=', leaver.id)
        .where('group_id', '=', network.groups.board)
        .execute(),
    )
    const late = await ballot.choose('For').press('Go on')
    expect(late.status).toBe(422)
    expect(late.errors).toEqual(['Your voting membership has ended, so this ballot cannot be taken'])
    for (const person of everybody) await votesOn(network, motion, person, 'for')
    await closes(network, motion)
    const closed = await network.boardChair.reads(motion.path)
    expect(closed.text).toContain('4 of 4 voted')
    expect(closed.text).toContain('Membership ended')
  })

  test('BOARD-14 without a device one votes through the secretary, marked so, and only in open votes', async () => {
    const caller = await network.aPerson({
      name: 'Cal Caller',
      channel: 'phone',
      signsIn: false,
      memberships: [{ group: 'board', role: 'volunteer', voting: true, lay: true }],
    })
    const motion = await aMotion(network, { open: true })
    const form = await (await network.coordinator.reads(motion.path)).follow('Write down a vote for somebody')
    const none = await form.press('Write it down')
    expect(none.errors).toEqual(['Choose who told you how they vote'])
    const half = await none.fill('Who told you how they vote?', 'Cal Caller').press('Write it down')
    expect(half.errors).toEqual(['Choose how you vote'])
    const done = await half.choose('Abstain').press('Write it down')
    expect(done.text).toContain('The vote of Cal Caller was written down as told')
    // Another person's ballot is nobody else's business.
    expect((await network.boardMember.opens(`${motion.path}/ballot-for`)).status).toBe(404)
    await closes(network, motion)
    expect((await network.volunteer.reads(motion.path)).text).toContain('Abstain, as told to Cora Ordinator')
    const secret = await aMotion(network, { open: true, terms: { manner: 'secret', isSecret: true } })
    expect((await network.coordinator.opens(`${secret.path}/ballot-for`)).status).toBe(404)
    await network.inNetwork(tx =>
      tx
        .updateTable('membership')
        .set({ to_on: network.house.clock.today().subtract({ days: 1 }) })
        .where('person_id', '=', caller.id)
        .execute(),
    )
  })

  test('BOARD-14 choices in order, by a form without script', async () => {
    const motion = await aMotion(network, {
      open: true,
      terms: {
        kind: 'ranked',
        text: 'Which colour?',
        options: [
          { key: 'a', text: 'Red' },
          { key: 'b', text: 'Blue' },
          { key: 'c', text: 'Green' },
        ],
      },
    })
    const twice = await (await network.volunteer.reads(`${motion.path}/ballot`))
      .fill('Red', '1')
      .fill('Blue', '1')
      .press('Go on')
    expect(twice.errors).toEqual(['Give each choice a different place: 1 for the one you want most'])
    expect(twice.valueOf('Red')).toBe('1')
    const confirm = await twice.fill('Blue', '2').press('Go on')
    expect(confirm.text).toContain('1. Red, 2. Blue')
    await confirm.press('Yes, this is my vote')
    await votesOn(network, motion, network.boardMember, 'b')
    await votesOn(network, motion, network.boardChair, 'c', 'a')
    await votesOn(network, motion, network.secondVolunteer, 'a')
    await closes(network, motion)
    const closed = await network.volunteer.reads(motion.path)
    expect(closed.text).toContain('4 of 4 voted: 2 for “Red”, 1 for “Blue”, 1 for “Green”')
  })

  test('BOARD-14 R68 strangers, visitors, others of the network and the administrator find nothing', async () => {
    const motion = await aMotion(network, { open: true })
    const absent = await network.stranger.opens(`/${network.slug}/motions/V-99999`)
    const steps = [
      '',
      '/ballot',
      '/ballot/receipt',
      '/ballot-for',
      '/open',
      '/close',
      '/withdraw',
      '/again',
      '/dissent',
      '/casting-vote',
      '/change',
    ]
    for (const path of steps) {
      for (const person of [
        network.stranger,
        network.visitor,
        network.sigMember,
        network.applicant,
        network.administrator,
        network.trustContact,
      ]) {
        expect((await person.opens(motion.path + path)).status, path).toBe(404)
      }
    }
    expect((await network.stranger.opens(motion.path)).html).toBe(absent.html)
    for (const path of ['/ballot', '/close', '/withdraw', '/ballot-for', '/dissent']) {
      const posted = await network.sigMember.posts(motion.path + path, {
        choice: 'for',
        confirmed: 'yes',
        because: 'x',
      })
      expect([403, 404]).toContain(posted.status)
    }
    // Who is in the group without a vote reads it, and has no ballot.
    const guest = await network.aPerson({ memberships: [{ group: 'board', role: 'member' }] })
    expect((await guest.reads(motion.path)).hasLink('Vote now')).toBe(false)
    expect((await guest.opens(`${motion.path}/ballot`)).status).toBe(404)
    expect(await motion.state()).toBe('open')
  })
})

describe('BOARD-17 dissent', () => {
  test('BOARD-17 who voted against adds own words, into the minutes or to the chair alone; nobody edits them', async () => {
    const motion = await aMotion(network, { open: true })
    await votesOn(network, motion, network.volunteer, 'against')
    await votesOn(network, motion, network.secondVolunteer, 'abstain')
    await votesOn(network, motion, network.boardMember, 'for')
    await closes(network, motion)
    expect((await network.boardMember.reads(`${motion.path}/dissent`)).text).toContain(
      'Own words are for those who voted against or abstained',
    )
    const form = await (await network.volunteer.reads(motion.path)).follow('Add own words')
    const empty = await form.press('Add these words')
    expect(empty.errors).toEqual(['Write your own words', 'Choose who reads them'])
    const done = await empty
      .fill('In your own words', 'It costs too much.\nI said so.')
      .choose('Everybody: they go into the minutes as they are, with the name')
      .press('Add these words')
    expect(done.text).toContain('It costs too much.')
    expect((await network.volunteer.reads(`${motion.path}/dissent`)).text).toContain('Nobody can change them')
    await (await network.secondVolunteer.reads(`${motion.path}/dissent`))
      .fill('In your own words', 'I felt hurried.')
      .choose('Only the chair and the deputy')
      .press('Add these words')
    expect((await network.boardChair.wasTold()).at(-1)).toMatchObject({ kind: 'vote-dissent' })
    expect((await network.boardChair.reads(motion.path)).text).toContain('I felt hurried.')
    expect((await network.secondVolunteer.reads(motion.path)).text).toContain('I felt hurried.')
    for (const other of [network.volunteer, network.boardMember, network.coordinator]) {
      const page = await other.reads(motion.path)
      expect(page.text).toContain('It costs too much.')
      expect(page.text).not.toContain('hurried')
    }
    for (const statement of [`update dissent set words = 'x'`, 'delete from dissent']) {
      await expect(
        network.inNetwork(async tx => {
          const { sql } = await import('kysely')
          await sql.raw(statement).execute(tx)
        }),
      ).rejects.toMatchObject({ code: '42501' })
    }
  })

  test('BOARD-17 after a secret vote only the person shows how they voted, and is told so first', async () => {
    const motion = await aMotion(network, { open: true, terms: { manner: 'secret', isSecret: true } })
    for (const person of everybody)
      await votesOn(network, motion, person, person === network.volunteer ? 'against' : 'for')
    await closes(network, motion)
    const form = await network.boardMember.reads(`${motion.path}/dissent`)
    expect(form.text).toContain('With these words you say yourself that you did not vote for it')
    expect((await network.coordinator.opens(`${motion.path}/dissent`)).status).toBe(404)
  })
})

describe('BOARD-16 written votes', () => {
  test('BOARD-16 between meetings: asked, reminded once each, and over when all have voted', async () => {
    await meetingIs(network, 'planned')
    const motion = await aMotion(network, { terms: { manner: 'written' }, by: network.boardMember })
    const none = await (await network.boardChair.reads(`${motion.path}/open`)).press('Open the vote')
    expect(none.errors).toEqual(['Say until when people can vote'])
    const past = await none.fill('Day', '1').fill('Month', '6').fill('Year', '2026').press('Open the vote')
    expect(past.errors).toEqual(['The vote must close later than now'])
    await past.fill('Day', '12').fill('Month', '6').fill('Year', '2026').press('Open the vote')
    const asked = (await network.volunteer.wasTold()).at(-1)!
    expect(asked.subject).toContain(`please vote on V-${motion.number}`)
    expect(asked.body).toContain('You can vote until the end of 12 June 2026')
    expect((await network.volunteer.reads(`/${network.slug}/home`)).text).toContain(
      `V-${motion.number} Vote now`,
    )
    await votes(network.volunteer, motion.path, 'For')
    expect((await network.volunteer.reads(`/${network.slug}/home`)).text).not.toContain(
      `V-${motion.number} Vote now`,
    )
    const reminded = async (person: Someone) =>
      (await person.wasTold()).filter(each =>
        each.body.includes(`V-${motion.number}: you have not voted yet`),
      ).length
    await network.house.runDue()
    expect(await reminded(network.secondVolunteer)).toBe(0)
    network.house.clock.set('2026-06-11T09:00:00Z')
    await network.house.runDue()
    await network.house.runDue()
    expect(await reminded(network.secondVolunteer)).toBe(1)
    expect(await reminded(network.volunteer)).toBe(0)
    network.house.clock.set('2026-06-12T09:00:00Z')
    await network.house.runDue()
    expect(await reminded(network.secondVolunteer)).toBe(2)
    for (const person of [network.secondVolunteer, network.boardChair])
      await votesOn(network, motion, person, 'for')
    expect(await motion.state()).toBe('open')
    await votes(network.boardMember, motion.path, 'Against')
    expect(await motion.state()).toBe('closed')
    const page = await network.volunteer.reads(motion.path)
    expect(page.text).toContain('Everybody had voted, and the ballots were counted')
    expect(page.text).toContain('4 of 4 voted: 3 for, 1 against')
    expect((await network.volunteer.wasTold()).at(-1)!.body).toContain('The motion is carried.')
    // The next meeting hears of it by itself.
    const meeting = await network.volunteer.reads(`/${network.slug}/meetings/M-1`)
    expect(meeting.text).toContain('Decided in writing since last time')
    expect(meeting.text).toContain(
      `V-${motion.number}: The board asks each Trust to send letters in large print.`,
    )
  })

  test('BOARD-16 it closes by time: no ballot after it, counted by the clock', async () => {
    const motion = await aMotion(network, { terms: { manner: 'written' }, open: true })
    await votesOn(network, motion, network.volunteer, 'for')
    const ballot = await network.boardMember.reads(`${motion.path}/ballot`)
    network.house.clock.daysOn(8)
    const late = await ballot.choose('For').press('Go on')
    expect(late.errors).toEqual(['This vote was closed before your ballot came in. It was not counted'])
    expect(await motion.state()).toBe('open')
    await network.house.runDue()
    expect(await motion.state()).toBe('closed')
    const page = await network.volunteer.reads(motion.path)
    expect(page.text).toContain('1 of 4 voted: 1 for')
    expect(page.text).toContain('There was no quorum, so this only shows what people think')
  })
})
