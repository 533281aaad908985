import { beforeAll, describe, expect, test } from 'vitest'
import { aContribution } from '#slices/contributions/for-tests.ts'
import { aConflict, aMotion, closes, votesOn } from '#slices/votes/for-tests.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { aMeetingWith, ends } from './for-tests.ts'

let network: TestNetwork

beforeAll(async () => {
  network = await aNetwork()
})

const everybody = () => [network.boardChair, network.boardMember, network.volunteer, network.secondVolunteer]

describe('BOARD-19 minutes draft themselves from what happened', () => {
  test('BOARD-19 attendance, conflicts in words, lost quorum, votes by name and in secret, dissent, and a secretary who writes only the words', async () => {
    const meeting = await aMeetingWith(network, {
      there: everybody(),
      items: [
        { title: 'Letters in large print', handling: 'public' },
        { title: 'A firm and its price', handling: 'board' },
      ],
    })
    const items = await meeting.items()
    const letters = items['Letters in large print']!
    const firm = items['A firm and its price']!
    await aConflict(network, firm, network.boardMember, 'leaves')
    await meeting.opens(network, 'Letters in large print')
    const open = await aMotion(network, { itemId: letters, open: true })
    await votesOn(network, open, network.boardChair, 'for')
    await votesOn(network, open, network.volunteer, 'for')
    await votesOn(network, open, network.secondVolunteer, 'against')
    await closes(network, open)
    const dissent = await network.secondVolunteer.reads(`${open.path}/dissent`)
    await dissent
      .fill('In your own words', 'Large print is not enough for me.')
      .choose('Everybody: they go into the minutes')
      .press('Add these words')
    await meeting.opens(network, 'A firm and its price')
    const secret = await aMotion(network, {
      itemId: firm,
      open: true,
      terms: { text: 'The board takes the price.', manner: 'secret', isSecret: true },
    })
    for (const each of [network.boardChair, network.volunteer, network.secondVolunteer])
      await votesOn(network, secret, each, 'for')
    await closes(network, secret)
    // Two leave: the quorum is lost, and the minutes say it.
    const room = await network.coordinator.reads(meeting.step('attendance'))
    await room.fill('Vera Volunteer', 'Has left').fill('Sam Second', 'Has left').press('Save who is here')
    await ends(network, meeting)

    const waiting = await network.volunteer.reads(`${meeting.path}/minutes`)
    expect(waiting.text).toContain('The minutes are being written')
    const draft = await network.coordinator.reads(`${meeting.path}/minutes`)
    expect(draft.h1).toBe('Minutes of Operational Board, the next one')
    expect(draft.text).toContain('Bea Chair, chair, online')
    expect(draft.text).toContain('Presented by Mo Member')
    expect(draft.text).toContain('The motion is carried. 3 of 4 voted: 2 for, 1 against, 0 abstained.')
    expect(draft.text).toContain('For: Bea Chair, Vera Volunteer')
    expect(draft.text).toContain('Against: Sam Second')
    expect(draft.text).toContain('Large print is not enough for me.')
    expect(draft.text).toContain('It was a secret vote.')
    expect(draft.text).toContain(
      'Mo Member had a conflict of interest: left the meeting for this item, and did not vote.',
    )
    expect(draft.text).toContain('There was no quorum from')
    // The secretary writes words; there is no field for a fact.
    const form = await draft.follow('Write what was said on item 1')
    const none = await form.press('Save it')
    expect(none.status).toBe(422)
    expect(none.errors).toEqual(['Enter what was said'])
    await none
      .fill('What was said, and what came of it?', 'Letters should be in large print by spring.')
      .fill('Is there a part', 'One Trust is slow.')
      .press('Save it')
    await (await network.coordinator.reads(`${meeting.path}/items/${firm}/minutes`))
      .fill('What was said, and what came of it?', 'The firm is called Blackbird.')
      .press('Save it')
    await (await network.coordinator.reads(`${meeting.path}/minutes/send`)).press('Send the draft')
    expect(await meeting.state()).toBe('minutes-drafted')
    const told = (await network.volunteer.wasTold()).at(-1)!
    expect(told.subject).toContain('the draft minutes are there to read')
    expect(told.body).not.toContain('price')

    // A member corrects; the chair answers with a reason; the member hears it.
    const correct = await (await network.secondVolunteer.reads(`${meeting.path}/minutes`)).follow(
      'Write a correction',
    )
    const empty = await correct.press('Send the correction')
    expect(empty.errors).toEqual(['Say what is wrong and how it should read'])
    await empty
      .fill('What is it about?', 'Letters in large print')
      .fill('What is wrong', 'It should say “by summer”.')
      .press('Send the correction')
    const agreeing = await aMeetingWith(network, { inDays: 0, title: 'Operational Board, August' })
    await network.inNetwork(tx =>
      tx
        .updateTable('meeting')
        .set({ starts_at: network.house.clock.now().add({ hours: 1 }) })
        .where('id', '=', agreeing.id)
        .execute(),
    )
    const agree = await network.boardChair.reads(`${meeting.path}/minutes/agree`)
    const unanswered = await agree
      .fill('Which meeting agreed them?', `${agreeing.reference} Operational Board, August`)
      .press('Save that they are agreed')
    expect(unanswered.errors).toEqual(['Answer the correction that waits for an answer first'])
    const answer = await (await network.boardChair.reads(`${meeting.path}/minutes`)).follow(
      'Answer this correction',
    )
    const noReason = await answer.choose('No').press('Send the answer')
    expect(noReason.errors).toEqual(['Say why'])
    await noReason.fill('Why?', 'The board said spring.').press('Send the answer')
    expect((await network.secondVolunteer.wasTold()).at(-1)!.body).toContain('The board said spring.')

    // Agreed: kept as it stands. What happens to the tables later changes nothing in it.
    await (await network.boardChair.reads(`${meeting.path}/minutes/agree`))
      .fill('Which meeting agreed them?', `${agreeing.reference} Operational Board, August`)
      .press('Save that they are agreed')
    const before = await network.coordinator.reads(`${meeting.path}/minutes`)
    await network.inNetwork(async tx => {
      await tx.updateTable('item_minutes').set({ said: 'Changed behind the back.' }).execute()
      await tx
        .updateTable('attendance')
        .set({ state: 'absent' })
        .where('meeting_id', '=', meeting.id)
        .execute()
      await tx.updateTable('agenda_item').set({ title: 'Another title' }).where('id', '=', letters).execute()
    })
    const after = await network.coordinator.reads(`${meeting.path}/minutes`)
    expect(after.text).toBe(before.text)
    expect((await network.coordinator.reads(`${meeting.path}/items/${firm}/minutes`)).text).toContain(
      'The minutes are agreed, so they stay as they are',
    )
    expect((await network.visitor.opens(`${meeting.path}/minutes`)).status).toBe(404)

    // Published: everybody reads part A; of part B there is no trace.
    const publish = await network.coordinator.reads(`${meeting.path}/minutes/publish`)
    expect(publish.text).toContain('1 item is held back, with the title.')
    await publish.press('Publish part A')
    for (const reader of [network.visitor, network.stranger, network.sigMember]) {
      const page = await reader.reads(`${meeting.path}/minutes`)
      expect(page.text).toContain('Letters should be in large print by spring.')
      expect(page.text).toContain('1. Letters in large print')
      expect(page.text).not.toContain('2. ')
      for (const secretWord of [
        'A firm and its price',
        'Blackbird',
        'takes the price',
        'One Trust is slow',
        'by summer',
      ])
        expect(page.html, secretWord).not.toContain(secretWord)
      expect((await reader.opens(`${meeting.path}/minutes/correct`)).status).toBe(404)
      expect((await reader.opens(`${meeting.path}/items/${firm}/minutes`)).status).toBe(404)
    }
    const inside = await network.volunteer.reads(`${meeting.path}/minutes`)
    expect(inside.text).toContain('The firm is called Blackbird.')
    expect(inside.text).toContain('One Trust is slow.')

    // Afterwards: only a dated correction, beside the text that stays.
    await (await network.volunteer.reads(`${meeting.path}/minutes/correct`))
      .fill('What is it about?', 'Letters in large print')
      .fill('What is wrong', 'It was “by autumn”.')
      .press('Send the correction')
    expect((await network.visitor.reads(`${meeting.path}/minutes`)).text).not.toContain('by autumn')
    await (await (await network.boardChair.reads(`${meeting.path}/minutes`)).follow('Answer this correction'))
      .choose('Yes')
      .fill('Why?', 'The recording says so.')
      .press('Send the answer')
    const corrected = await network.visitor.reads(`${meeting.path}/minutes`)
    expect(corrected.text).toContain('Corrected on 9 June 2026: It was “by autumn”.')
    expect(corrected.text).toContain('Letters should be in large print by spring.')
    expect(corrected.text).not.toContain('The recording says so')
  })

  test('BOARD-19 a stranger, a visitor and a member without the chair can do nothing to minutes', async () => {
    const meeting = await aMeetingWith(network, {
      there: everybody(),
      items: [{ title: 'Signs', handling: 'public' }],
    })
    const item = (await meeting.items()).Signs!
    const steps = ['send', 'agree', 'publish'].map(each => `${meeting.path}/minutes/${each}`)
    for (const path of [
      ...steps,
      `${meeting.path}/items/${item}/minutes`,
      `${meeting.path}/items/${item}/decision`,
    ]) {
      for (const person of [
        network.volunteer,
        network.stranger,
        network.visitor,
        network.administrator,
        network.sigChair,
      ])
        expect((await person.opens(path)).status, path).toBe(404)
    }
    for (const person of [network.stranger, network.visitor, network.administrator])
      expect((await person.opens(`${meeting.path}/minutes`)).status).toBe(404)
    const going = await network.coordinator.reads(`${meeting.path}/minutes/send`)
    expect(going.text).toContain('The meeting is on now. End it first')
    const none = await (await network.coordinator.reads(`${meeting.path}/minutes/agree`)).text
    expect(none).toContain('Send the draft to the members first')
  })

  test('BOARD-19 pages ask the database little', async () => {
    const meeting = await aMeetingWith(network, {
      there: everybody(),
      items: [{ title: 'Signs', handling: 'public' }],
    })
    const item = (await meeting.items()).Signs!
    for (const path of [
      `${meeting.path}/minutes`,
      `${meeting.path}/items/${item}/minutes`,
      `/${network.slug}/decisions`,
    ]) {
      const before = network.house.database.statements.count
      await network.coordinator.reads(path)
      // The transaction's begin and commit are no questions.
      expect(network.house.database.statements.count - before - 2, path).toBeLessThanOrEqual(6)
    }
  })
})

describe('BOARD-19 minuting an item is the consideration of what it answers', () => {
  test('BOARD-19 BOARD-8 LOOP-8 a volunteer says, it goes to the meeting, is minuted once, and the volunteer reads it', async () => {
    const teller = await network.aPerson({
      name: 'Tess Teller',
      memberships: [{ group: 'mri', role: 'volunteer' }],
    })
    const view = await aContribution(network, { by: teller, state: 'to-be-considered' })
    const alone = await aMeetingWith(network, {
      items: [{ title: 'Scan letters', contributionIds: [view.id], handling: 'public' }],
    })
    const item = (await alone.items())['Scan letters']!
    const path = `${alone.path}/items/${item}/minutes`
    // Nobody is marked as there: refused with a sentence.
    expect((await network.coordinator.reads(path)).text).toContain('Mark first who was there')
    await (await network.coordinator.reads(alone.step('attendance')))
      .fill('Bea Chair', 'Here, online')
      .fill('Vera Volunteer', 'Here, online')
      .press('Save who is here')
    const form = await network.coordinator.reads(path)
    expect(form.text).toContain('Took part: Bea Chair and Vera Volunteer')
    const empty = await form.press('Save it and tell them')
    expect(empty.errors).toEqual([
      'Enter what was said',
      'Choose which way it went',
      'Say why, in plain English',
    ])
    const noAction = await empty
      .fill('What was said, and what came of it?', 'All want clearer letters.')
      .fill('Is there a part', 'The printer contract ends.')
      .choose('Agreed')
      .fill('Why?', 'A wait without an end frightens people.')
      .press('Save it and tell them')
    expect(noAction.errors).toEqual([
      'Enter what will be done',
      'Choose who does it',
      'Enter the date by which it will be done',
    ])
    const past = await noAction
      .fill('Action 1: what will be done?', 'Write the new letter')
      .fill('Action 1: who does it?', 'Mo Member')
      .fill('Day', '1')
      .fill('Month', '2')
      .fill('Year', '2020')
      .press('Save it and tell them')
    expect(past.errors).toEqual(['The date of an action must be today or later'])
    expect(past.valueOf('What was said, and what came of it?')).toBe('All want clearer letters.')
    const saved = await past.fill('Year', '2027').press('Save it and tell them')
    expect(saved.text).toContain(`This answered ${view.reference} (agreed)`)
    expect(saved.text).toContain('Write the new letter: Mo Member, by 1 February 2027')

    expect(await view.state()).toBe('agreed')
    const own = await teller.reads(view.path)
    expect(own.text).toContain('All want clearer letters.')
    expect(own.text).toContain('A wait without an end frightens people.')
    expect(own.text).toContain('Bea Chair and Vera Volunteer')
    expect(own.text).toContain('at “Operational Board, the next one”: agreed')
    expect(own.text).not.toContain('The printer contract ends.')
    expect(own.hasLink('Operational Board, the next one')).toBe(false)
    expect((await network.boardChair.reads(view.path)).text).toContain('The printer contract ends.')
    expect((await network.boardMember.reads(view.path)).hasLink('Operational Board, the next one')).toBe(true)
    expect((await teller.wasTold()).at(-1)!.body).toContain('A wait without an end frightens people.')
    for (const person of [network.stranger, network.visitor]) {
      expect((await person.opens(view.path)).status).toBe(404)
      expect((await person.opens(path)).status).toBe(404)
    }
    // Entered once: the words may be put better, and nobody is considered twice.
    const again = await network.coordinator.reads(path)
    expect(again.text).toContain(`Considered already: ${view.reference}`)
    expect(again.hasButton('Save it')).toBe(true)
    await again.fill('What was said, and what came of it?', 'All want clear letters.').press('Save it')
    const count = await network.inNetwork(tx =>
      tx.selectFrom('consideration').select('id').where('contribution_id', '=', view.id).execute(),
    )
    expect(count).toHaveLength(1)
  })

  test('BOARD-19 one item with two contributions: one is decided, the other stays to be considered', async () => {
    const [one, two] = [
      await aContribution(network, { by: network.volunteer, state: 'to-be-considered' }),
      await aContribution(network, { by: network.secondVolunteer, state: 'to-be-considered' }),
    ]
    const meeting = await aMeetingWith(network, {
      there: everybody(),
      items: [{ title: 'Two views', contributionIds: [one.id, two.id] }],
    })
    const item = (await meeting.items())['Two views']!
    const form = await network.boardChair.reads(`${meeting.path}/items/${item}/minutes`)
    const { to, body } = form
      .fill('What was said, and what came of it?', 'The first is clear, the second is not.')
      .fill(`${one.reference}: why?`, 'There is no money.')
      .fill('Is there a part', 'The budget is a secret still.')
      .wouldSend('Save it and tell them')
    body.set(`c-${one.number}-outcome`, 'not-agreed')
    body.set(`c-${two.number}-outcome`, 'later')
    const saved = await network.boardChair.posts(to, body)
    expect(saved.errors).toEqual([])
    expect(await one.state()).toBe('not-agreed')
    expect(await two.state()).toBe('to-be-considered')
    // What is marked is for the group, but not for whoever raised what the item answers.
    await meeting.opens(network, 'Two views')
    await ends(network, meeting)
    await (await network.coordinator.reads(`${meeting.path}/minutes/send`)).press('Send the draft')
    const minutes = `${meeting.path}/minutes`
    expect((await network.boardMember.reads(minutes)).text).toContain('The budget is a secret still.')
    const own = await network.volunteer.reads(minutes)
    expect(own.text).toContain('The first is clear, the second is not.')
    expect(own.text).toContain('A part is marked.')
    expect(own.text).not.toContain('The budget is a secret still.')
    for (const person of [network.stranger, network.visitor])
      expect((await person.opens(minutes)).status).toBe(404)
  })
})

describe('BOARD-22 actions of an item', () => {
  test('BOARD-22 an item without a contribution leads to the same actions; an owner outside the group is told, and matters arising lists it', async () => {
    const outside = await network.aPerson({
      name: 'Ola Outside',
      memberships: [{ group: 'mri', role: 'member' }],
    })
    const meeting = await aMeetingWith(network, {
      there: everybody(),
      items: [{ title: 'Car parks', handling: 'public' }],
    })
    const item = (await meeting.items())['Car parks']!
    const form = await network.coordinator.reads(`${meeting.path}/items/${item}/minutes`)
    const wrong = await form
      .fill('What was said, and what came of it?', 'The car parks are full.')
      .fill('Action 1: what will be done?', 'Count the cars')
      .press('Save it')
    expect(wrong.errors).toEqual(['Choose who does it', 'Enter the date by which it will be done'])
    const saved = await wrong
      .fill('Action 1: who does it?', 'Ola Outside')
      .fill('Day', '1')
      .fill('Month', '9')
      .fill('Year', '2026')
      .press('Save it')
    expect(saved.text).toContain('Count the cars: Ola Outside, by 1 September 2026')
    const told = (await outside.wasTold()).at(-1)!
    expect(told.subject).toContain('is yours to do by 1 September 2026')
    expect(told.body).toContain('Count the cars')
    const next = await aMeetingWith(network, { title: 'Operational Board, later' })
    const page = await network.volunteer.reads(next.path)
    expect(page.text).toContain('Count the cars')
    expect(page.text).toContain('Ola Outside, by 1 September 2026')
    for (const person of [network.stranger, network.visitor])
      expect((await person.opens(next.path)).status).toBe(404)
  })
})

describe('BOARD-18 the register of decisions', () => {
  test('BOARD-18 number, text, why, whose views it used, the vote; part B is not for everybody', async () => {
    const view = await aContribution(network, {
      by: network.secondVolunteer,
      naming: 'anonymous',
      state: 'to-be-considered',
    })
    const meeting = await aMeetingWith(network, {
      there: everybody(),
      items: [
        { title: 'Quiet rooms', handling: 'public', contributionIds: [view.id] },
        { title: 'A hidden thing', handling: 'board' },
      ],
    })
    const items = await meeting.items()
    await meeting.opens(network, 'Quiet rooms')
    const motion = await aMotion(network, {
      itemId: items['Quiet rooms']!,
      open: true,
      terms: { text: 'Each site has a quiet room.' },
    })
    for (const each of everybody()) await votesOn(network, motion, each, 'for')
    await closes(network, motion)
    const form = await network.coordinator.reads(`${meeting.path}/items/${items['Quiet rooms']}/decision`)
    expect(form.valueOf('What was decided?')).toBe('Each site has a quiet room.')
    const wrong = await form
      .fill('Day', '1')
      .fill('Month', '1')
      .fill('Year', '2020')
      .press('Save the decision')
    expect(wrong.errors).toEqual(['Say why, in plain English'])
    const past = await wrong.fill('Why?', 'Noise makes a scan harder.').press('Save the decision')
    expect(past.errors).toEqual(['The day to look at it again must be in the future'])
    const made = await past.fill('Month', '7').fill('Year', '2026').press('Save the decision')
    expect(made.h1).toMatch(/^Decision \d+$/)
    expect(made.text).toContain('Each site has a quiet room.')
    expect(made.text).toContain('Noise makes a scan harder.')
    expect(made.text).toContain(view.reference)
    expect(made.text).not.toContain('Sam Second')
    expect(made.text).toContain(`V-${motion.number}`)
    const hidden = await (
      await network.coordinator.reads(`${meeting.path}/items/${items['A hidden thing']}/decision`)
    )
      .fill('What was decided?', 'We pay the hidden firm.')
      .fill('Why?', 'It is cheap.')
      .press('Save the decision')
    // Not public yet.
    for (const person of [network.visitor, network.stranger, network.sigMember]) {
      expect((await person.opens(made.path)).status).toBe(404)
      expect((await person.reads(`/${network.slug}/decisions`)).text).not.toContain('quiet room')
    }
    expect((await network.volunteer.reads(`/${network.slug}/decisions`)).text).toContain(
      'We pay the hidden firm.',
    )
    await network.inNetwork(tx =>
      tx.updateTable('meeting').set({ state: 'published' }).where('id', '=', meeting.id).execute(),
    )
    for (const person of [network.visitor, network.sigMember]) {
      expect((await person.reads(made.path)).text).toContain('Each site has a quiet room.')
      const list = await person.reads(`/${network.slug}/decisions`)
      expect(list.text).toContain('Each site has a quiet room.')
      expect(list.text).not.toContain('hidden firm')
      expect((await person.opens(hidden.path)).status).toBe(404)
      expect((await person.opens(`${made.path}/review`)).status).toBe(404)
    }
    const review = await network.boardChair.reads(`${made.path}/review`)
    const none = await review.press('Save the answer')
    expect(none.errors).toEqual(['Choose whether it is still right', 'Say why'])
    // The same group is asked anew: its next meeting has the item.
    const next = await network.inNetwork(tx =>
      tx.selectFrom('meeting').select('title').where('id', '=', network.meetingId).executeTakeFirstOrThrow(),
    )
    const no = await none.choose('No').fill('Why?', 'There is a new rule.').press('Save the answer')
    expect(no.text).toContain('The group found that this is not right any more')
    // The new decision names the one it stands instead of; nobody outside learns that it is there.
    const second = await aMeetingWith(network, {
      there: everybody(),
      items: [{ title: 'The new rule', handling: 'board' }],
    })
    const rule = (await second.items())['The new rule']!
    const instead = await (await network.coordinator.reads(`${second.path}/items/${rule}/decision`))
      .fill('What was decided?', 'Quiet rooms follow the new rule.')
      .fill('Why?', 'There is a new rule.')
      .fill('Does it stand', `${made.h1}: Each site has a quiet room.`)
      .press('Save the decision')
    expect(instead.text).toContain(`Stands instead of ${made.h1}`)
    expect((await network.volunteer.reads(made.path)).text).toContain(`${instead.h1} stands instead`)
    for (const person of [network.visitor, network.sigMember]) {
      for (const path of [made.path, `/${network.slug}/decisions`]) {
        const seen = await person.reads(path)
        expect(seen.html).not.toContain(instead.h1.toLowerCase())
        expect(seen.html).not.toContain(instead.h1)
      }
    }
    const page = await network.boardChair.reads(`/${network.slug}/meetings/M-1`)
    expect(page.h1).toBe(next.title)
    expect(page.text).toContain(`${made.h1} is not right any more`)
  })
})
