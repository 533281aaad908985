import { beforeAll, describe, expect, test } from 'vitest'
import { dateInWords } from '#kernel/calendar/words.ts'
import { promisedBy } from '#kernel/clocks.ts'
import { askTogether } from '#platform/database/questions.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { sharedNeedsOf } from './index.ts'

let network: TestNetwork

beforeAll(async () => {
  network = await aNetwork()
})

const mine = (part = '') => `/${network.slug}/account/needs${part}`
const theirs = (id: number, part = '') => `/${network.slug}/team/people/${id}/needs${part}`

describe('PEOPLE-5 support needs', () => {
  test('PEOPLE-5 R11 somebody says once what they need, the team sees to it by a day, and they read what was done and who looked', async () => {
    const vera = await network.aPerson({
      name: 'Vera Volunteer-Two',
      memberships: [{ group: 'paediatric', role: 'volunteer', lay: true }],
    })
    const start = await vera.reads(mine())
    expect(start.h1).toBe('What you need to take part')
    expect(start.text).toContain('We have not asked you yet')
    const format = await start.follow('Change what we send')
    expect(format.h1).toBe('In which form do you need what we send?')
    const saved = await format
      .choose('Braille, by post')
      .choose('Large print')
      .fill('Anything else, in your own words', 'Yellow paper')
      .press('Save')
    expect(saved.text).toContain('Saved.')
    for (const each of ['Braille, by post', 'Large print', 'Yellow paper']) expect(saved.text).toContain(each)
    // Each is a promise with a day.
    const by = promisedBy('need-met', network.house.clock.today(), [])
    expect(saved.text.split(`We see to it by ${dateInWords(by)}`)).toHaveLength(4)
    // The letters look where they always looked.
    const row = await network.inNetwork(tx =>
      tx.selectFrom('person').select(['large_print']).where('id', '=', vera.id).executeTakeFirstOrThrow(),
    )
    expect(row.large_print).toBe(true)

    // What is ticked away is gone, and nobody has to arrange it any more.
    const again = await (await vera.reads(mine('/format'))).press('Save')
    expect(again.text).toContain('Braille, by post')
    const form = await vera.reads(mine('/format'))
    const { to, body } = form.wouldSend('Save')
    body.delete('options')
    body.append('options', 'braille')
    body.set('words', '')
    const less = await vera.posts(to, body)
    expect(less.text).not.toContain('Yellow paper')
    expect(less.text).not.toContain('Large print')

    // The team finds it with its day, and not what it is, before it opens the line.
    const list = await network.coordinator.reads(`/${network.slug}/team/needs`)
    expect(list.text).toContain('Vera Volunteer-Two')
    expect(list.text).not.toContain('Braille')
    const one = await list.follow('Vera Volunteer-Two')
    expect(one.text).toContain('Braille, by post')
    const empty = await one.press('Save')
    expect(empty.status).toBe(422)
    expect(empty.errors).toEqual(['Choose what came of it', 'Say what was arranged, or why not'])
    const done = await one
      .choose('It is arranged')
      .fill('What was arranged, or why not?', 'The printers in Leeds send it within a week.')
      .press('Save')
    expect(done.h1).toBe('Support needs')
    expect((await vera.reads(mine())).text).toContain('The printers in Leeds send it within a week.')
    const kept = await network.inNetwork(tx =>
      tx.selectFrom('promise_kept').select(['kind', 'due_on']).where('kind', '=', 'need-met').execute(),
    )
    expect(kept).toHaveLength(1)
    // The message says that there is something, never what (R42).
    const told = (await vera.wasTold()).filter(each => each.kind === 'need-looked-at')
    expect(told).toHaveLength(1)
    expect(told[0]!.body).not.toMatch(/braille|Leeds|print/i)

    // Who looked is logged, and the person reads it (R58).
    await network.director.reads(theirs(vera.id))
    const looks = (await vera.reads(mine())).text
    expect(looks).toContain('Dora Director')
    expect(looks).toContain('Cora Ordinator')
    expect(looks).toContain('Saw to what you need')
  })

  test('PEOPLE-5 R13 only the person, the team and those who are ticked can read it; an administrator and a stranger find nothing', async () => {
    const { secondVolunteer: sam, boardChair, sigChair } = network
    const form = await sam.reads(mine('/support'))
    await form
      .choose('A way in without steps')
      .fill('Anything else, in your own words', 'A chair with arms, please')
      .press('Save')
    for (const person of [
      network.administrator,
      network.stranger,
      network.visitor,
      network.volunteer,
      boardChair,
      network.trustContact,
    ]) {
      for (const path of [theirs(sam.id), theirs(sam.id, '/support'), `/${network.slug}/team/needs`])
        expect((await person.opens(path)).status).toBe(404)
    }
    expect((await network.stranger.opens(mine())).status).toBe(404)

    const ask = (audience: 'chair' | 'trust-contact' | 'buddy') =>
      network.inNetwork(async tx => (await askTogether(tx, [sharedNeedsOf([sam.id], audience)]))[0])
    expect(await ask('trust-contact')).toEqual(new Map())

    // The room must have it: those who run the meeting read numbers, the chair no names without a tick.
    const meeting = `/${network.slug}/meetings/M-1`
    const page = await boardChair.reads(meeting)
    expect(page.text).toContain('A way in without steps: 1 person')
    expect(page.text).toContain('Something else, in their own words: 1 person')
    expect(page.text).not.toContain('arms')
    expect((await network.boardMember.reads(meeting)).text).not.toContain('A way in without steps')
    const who = await page.follow('Who needs what at this meeting')
    expect(who.text).toContain('Nobody shares a need with you')
    expect((await network.coordinator.reads(`${meeting}/needs`)).text).toContain('A chair with arms')
    for (const person of [network.boardMember, sam, sigChair, network.stranger, network.administrator])
      expect((await person.opens(`${meeting}/needs`)).status).toBe(404)

    const sharing = await (await sam.reads(mine())).follow('Change with whom it is shared')
    await sharing.choose('The chair and deputy of my groups').press('Save')
    expect((await boardChair.reads(`${meeting}/needs`)).text).toContain('A chair with arms')
    expect((await ask('chair')).get(sam.id)).toEqual(['A way in without steps', 'A chair with arms, please'])
    expect(await ask('buddy')).toEqual(new Map())
    const looks = (await sam.reads(mine())).text
    expect(looks).toContain('Bea Chair')
    expect(looks).toContain('Prepared a meeting')
    // Taken away, it holds at once.
    const { to, body } = (await sam.reads(mine('/sharing'))).wouldSend('Save')
    body.delete('shared')
    await sam.posts(to, body)
    expect((await boardChair.reads(`${meeting}/needs`)).text).toContain('Nobody shares a need with you')
  })

  test('PEOPLE-5 the team writes down what somebody says on the phone; 5,000 characters are kept, one more is told kindly and lost by nobody', async () => {
    const ida = await network.aPerson({ name: 'Ida Phone', signsIn: false, channel: 'phone' })
    const form = await network.coordinator.reads(theirs(ida.id, '/contact'))
    expect(form.h1).toBe('How can we get in touch so that it works for them?')
    const without = await form.choose('Ring me').press('Save')
    expect(without.errors).toEqual(['Choose how they told you'])
    const long = 'ä'.repeat(5001)
    const tooLong = await form
      .choose('On the phone')
      .fill('Anything else, in their own words', long)
      .press('Save')
    expect(tooLong.status).toBe(422)
    expect(tooLong.errors).toEqual(['What you write must be 5,000 characters or fewer'])
    expect(tooLong.valueOf('Anything else, in their own words').trim()).toBe(long)
    const saved = await tooLong
      .fill('Anything else, in their own words', long.slice(1))
      .choose('On the phone')
      .press('Save')
    expect(saved.status).toBe(200)
    expect(saved.text).toContain(long.slice(1))
    expect(saved.text).toContain('by Cora Ordinator')
    // In the list of somebody's help, which also letters read.
    const help = await network.coordinator.reads(theirs(ida.id, '/support'))
    await help.choose('By post').fill('Anything else, in their own words', long.slice(1)).press('Save')
    expect((await network.coordinator.reads(`/${network.slug}/team/people/${ida.id}`)).text).toContain(
      long.slice(1),
    )
    await network.coordinator.reads(`/${network.slug}/team/people/${ida.id}/contact`)
  })

  test('PEOPLE-5 R14 after a year it is gone through again; what is late shows on the co-ordinator’s list and home, once', async () => {
    const start = network.house.clock.now().toString()
    const rosa = await network.aPerson({
      name: 'Rosa Review',
      memberships: [{ group: 'mri', role: 'volunteer', lay: true }],
    })
    expect((await network.coordinator.reads(`/${network.slug}/team/needs?show=not-asked`)).text).toContain(
      'Rosa Review',
    )
    const checked = await (await rosa.reads(mine())).press('This is right today')
    expect(checked.text).toContain('Last gone through')
    expect(
      (await network.coordinator.reads(`/${network.slug}/team/needs?show=not-asked`)).text,
    ).not.toContain('Rosa Review')
    expect((await rosa.reads(`/${network.slug}/home`)).text).not.toContain('Is it still the same?')
    await (await rosa.reads(mine('/professional'))).choose('Lip-speaker').press('Save')
    network.house.clock.daysOn(370)
    await network.house.runDue()
    await network.house.runDue()
    for (const person of [rosa, network.coordinator]) await person.signsIn()
    const asked = (await rosa.wasTold()).filter(each => each.body.includes('go through it'))
    expect(asked).toHaveLength(1)
    expect(asked[0]!.body).not.toContain('Lip')
    expect((await rosa.reads(`/${network.slug}/home`)).text).toContain('Is it still the same?')
    const list = await network.coordinator.reads(`/${network.slug}/team/needs?show=review`)
    expect(list.text).toContain('Rosa Review')
    expect((await network.coordinator.reads(`/${network.slug}/team/needs`)).text).toMatch(/Rosa Review.*late/)
    const reminded = (await network.coordinator.wasTold()).filter(each => each.body.includes('support need'))
    expect(reminded.length).toBeGreaterThan(0)
    expect(reminded.map(each => each.body).join()).not.toContain('Lip')
    await (await rosa.reads(mine())).press('This is right today')
    expect((await network.coordinator.reads(`/${network.slug}/team/needs?show=review`)).text).not.toContain(
      'Rosa Review',
    )
    network.house.clock.set(start)
    for (const person of [rosa, network.coordinator, network.volunteer, network.secondVolunteer])
      await person.signsIn()
    for (const person of [network.director, network.boardChair, network.administrator]) await person.signsIn()
  })

  test('PEOPLE-5 R12 a network adds to the lists; who has chosen it keeps it when it is taken out', async () => {
    const choices = `/${network.slug}/team/needs/choices`
    const form = await network.coordinator.reads(choices)
    expect((await form.press('Add it')).errors).toEqual([
      'Choose where it belongs',
      'Enter the words that people choose',
    ])
    const same = await form
      .fill('Where does it belong?', 'At meetings and elsewhere')
      .fill('The words that people choose', 'hearing loop')
      .press('Add it')
    expect(same.errors).toEqual(['This is in the list already'])
    await form
      .fill('Where does it belong?', 'At meetings and elsewhere')
      .fill('The words that people choose', 'A sign with large letters')
      .press('Add it')
    const saved = await (await network.volunteer.reads(mine('/support')))
      .choose('A sign with large letters')
      .press('Save')
    expect(saved.text).toContain('A sign with large letters')
    const ending = await network.coordinator.reads(choices)
    await ending
      .fill('Which one?', 'A sign with large letters (At meetings and elsewhere)')
      .press('Take it out')
    expect((await network.secondVolunteer.reads(mine('/support'))).text).not.toContain(
      'A sign with large letters',
    )
    expect((await network.volunteer.reads(mine('/support'))).valueOf('A sign with large letters')).toBe(
      'chosen',
    )
    for (const person of [network.stranger, network.volunteer, network.administrator])
      expect((await person.opens(choices)).status).toBe(404)
  })

  test('PEOPLE-5 R14 R50 the yearly report shows no number from which somebody could be known', async () => {
    const other = await aNetwork(network.house)
    const report = `/${other.slug}/team/needs/report`
    for (let n = 0; n < 6; n++) {
      const person = await other.aPerson({ name: `Reader ${n}` })
      await (await person.reads(`/${other.slug}/account/needs/format`)).choose('Audio').press('Save')
    }
    const one = await other.aPerson({ name: 'Only One' })
    await (await one.reads(`/${other.slug}/account/needs/contact`)).choose('Ring me').press('Save')
    const page = await other.coordinator.reads(report)
    const table = page.text.slice(page.text.indexOf('Kind of need'))
    const line = (kind: string) =>
      new RegExp(`${kind} Met in time 0 Met late 0 Not met 0 Overdue 0 Still in time (.*?) All (.*?) Kind of`)
        .exec(table)!
        .slice(1)
    expect(page.text).toContain('went through it again How many 7')
    expect(line('Getting in touch')).toEqual(['Not shown', 'Not shown'])
    // Six and seven side by side would tell of the one.
    expect(line('What we send')).toEqual(['Not shown', 'Not shown'])
    expect(table).toContain('Still in time 7 All 7')
    for (const person of [other.volunteer, other.stranger, other.administrator, network.coordinator])
      expect((await person.opens(report)).status).toBe(404)
  })

  test('PEOPLE-5 R9 what somebody needed is nowhere after they left, and before that they can read all of it', async () => {
    const { supportNeeds } = await import('./index.ts')
    const lee = await network.aPerson({ name: 'Lee Leaver' })
    await (await lee.reads(mine('/support')))
      .choose('Hearing loop')
      .fill('Anything else, in your own words', 'Zyxword')
      .press('Save')
    await (await lee.reads(mine('/contact')))
      .fill('Anything else, in your own words', 'Zyxword')
      .press('Save')
    const held = await network.inNetwork(tx => askTogether(tx, supportNeeds.held!(lee.id)))
    expect(JSON.stringify(held)).toContain('Zyxword')
    expect(JSON.stringify(held)).toContain('Hearing loop')
    const [says] = await network.inNetwork(tx =>
      askTogether(tx, [supportNeeds.leaving!.says(lee.id)] as const),
    )
    expect(says.goes).toHaveLength(1)
    await network.inNetwork(tx =>
      supportNeeds.leaving!.leave({ tx } as never, lee.id, { answersWanted: true, views: 'as-they-are' }),
    )
    const [after] = await network.inNetwork(tx =>
      askTogether(tx, [supportNeeds.leaving!.says(lee.id)] as const),
    )
    expect(after).toEqual({})
    const left = await network.house.owner.query(
      `select (select count(*) from support_need where words like '%Zyxword%')
        + (select count(*) from person where help_words like '%Zyxword%')
        + (select count(*) from need_promise where person_id = $1)
        + (select count(*) from history where details::text like '%Zyxword%') as n`,
      [lee.id],
    )
    expect(Number(left.rows[0].n)).toBe(0)
  })
})
