import { beforeAll, expect, test } from 'vitest'
import { reference } from '#kernel/references.ts'
import { askTogether } from '#platform/database/questions.ts'
import { runDue } from '#platform/delivery/due.ts'
import { doingAs } from '#slices/chair-requests/for-tests.ts'
import { aMotion, meetingIs, votesOn } from '#slices/votes/for-tests.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { leavingPriorities, prioritiesHeld } from './index.ts'

let network: TestNetwork

beforeAll(async () => {
  network = await aNetwork()
})

test('PEOPLE-11 volunteers propose, talk and rank; the board adopts by a motion; the public reads it', async () => {
  const { coordinator, volunteer, secondVolunteer, boardMember, slug, house } = network
  const phone = await network.aPerson({
    name: 'Telly Phone',
    channel: 'phone',
    email: null,
    signsIn: false,
    memberships: [{ group: 'board', role: 'volunteer' }],
  })
  const form = await coordinator.reads(`/${slug}/priorities/choosing/new`)
  expect((await form.press('Ask them')).errors).toEqual([
    'Enter the last day to propose',
    'Say what it is about',
    'Enter the last day of the ranking',
  ])
  const { number: motion } = await adoptedMotion()
  const opened = await coordinator.posts(`/${slug}/priorities/choosing/new`, {
    ...Object.fromEntries(
      [...form.wouldSend('Ask them').body.entries()].filter(
        (each): each is [string, string] => typeof each[1] === 'string',
      ),
    ),
    title: 'Our priorities for next year',
    'propose-day': '12',
    'propose-month': '6',
    'propose-year': '2026',
    'rank-day': '19',
    'rank-month': '6',
    'rank-year': '2026',
  })
  expect(opened.h1).toBe('Our priorities for next year')
  const { path } = opened
  expect((await volunteer.wasTold()).at(-1)!.body).toContain('until 12 June 2026')
  expect((await phone.wasTold()).at(-1)).toMatchObject({ channel: 'phone', state: 'by-hand' })

  const proposes = async (title: string) =>
    await (await volunteer.reads(`${path}/propose`))
      .fill('What should we work on?', title)
      .fill('Why should it come first?', `Because of ${title.toLowerCase()}.`)
      .press('Propose it')
  const waits = await proposes('Shorter waits')
  await proposes('Better signs')
  // By phone, written down by the team.
  const told = await coordinator.reads(`${path}/propose`)
  await told
    .fill('Which volunteer told you this?', 'Telly Phone')
    .choose('On the phone')
    .fill('What should we work on?', 'Warm gowns')
    .fill('Why should it come first?', 'I was cold.')
    .press('Propose it')
  expect((await phone.wasTold()).at(-1)!.body).toContain('We wrote down your idea: Warm gowns.')

  await (await secondVolunteer.reads(waits.path))
    .fill('What do you say about it?', 'My mother waited a year.')
    .press('Say it')
  const talked = await boardMember.reads(waits.path)
  expect(talked.text).toContain('My mother waited a year.')
  // Words that hurt are taken down by the team, with the reason in their place.
  const down = await coordinator.reads(`${waits.path}/take-down`)
  await down
    .choose('My mother waited a year.')
    .fill('Why?', 'It shows who a patient is.')
    .press('Take them down')
  const after = await volunteer.reads(waits.path)
  expect(after.text).not.toContain('My mother waited a year.')
  expect(after.text).toContain('It shows who a patient is.')

  // Not a volunteer, a stranger, a visitor.
  expect((await boardMember.opens(`${path}/propose`)).status).toBe(404)
  for (const other of [network.stranger, network.visitor, network.applicant, network.administrator])
    for (const at of [path, waits.path, `/${slug}/priorities/choosing`])
      expect((await other.opens(at)).status).toBe(404)

  house.clock.daysOn(5)
  for (const person of [volunteer, secondVolunteer, coordinator, boardMember]) await person.signsIn()
  await runDue(house.house, house.app.slices)
  expect((await volunteer.wasTold()).at(-1)!.body).toContain('put the ideas in the order that you want')
  const late = await volunteer.opens(`${path}/propose`)
  const tooLate = await late
    .fill('What should we work on?', 'One more')
    .fill('Why should it come first?', 'Why not.')
    .press('Propose it')
  expect(tooLate.errors).toEqual(['The time to propose is over. Say it to the team for the next round'])

  const ranks = async (who: typeof volunteer, places: Record<string, string>) => {
    const page = await (await who.reads(`/${slug}/home`)).follow('Our priorities for next year')
    for (const [title, place] of Object.entries(places)) page.fill(title, place)
    return await page.press('Send the order')
  }
  const empty = await (await volunteer.reads(`${path}/rank`)).press('Send the order')
  expect(empty.errors).toEqual(['Give at least one idea a place'])
  await ranks(volunteer, { 'Better signs': '1', 'Shorter waits': '2' })
  await ranks(secondVolunteer, { 'Shorter waits': '1', 'Better signs': '2', 'Warm gowns': '3' })
  // She changes her mind: the last order counts.
  const again = await volunteer.reads(`${path}/rank`)
  expect(again.valueOf('Better signs')).toBe('1')
  await again.fill('Better signs', '2').fill('Shorter waits', '1').press('Send the order')
  await (await coordinator.reads(`${path}/rank`))
    .fill('Which volunteer told you this?', 'Telly Phone')
    .choose('By post')
    .fill('Warm gowns', '1')
    .press('Send the order')
  // Whoever has an order put in their name hears it, without the order itself.
  const { rows: read } = await network.house.owner.query<{ body: string; name: string }>(
    `select m.body, p.name from message m join person p on p.network_id = m.network_id and p.id = m.person_id
     where m.kind = 'priorities-ranked'`,
  )
  expect(read.map(each => each.name)).toEqual(['Telly Phone'])
  expect(read[0]!.body).toContain('If you did not tell us an order, tell us.')
  expect(read[0]!.body).not.toContain('Warm gowns')
  const held = await network.inNetwork(tx => askTogether(tx, prioritiesHeld(volunteer.id)))
  expect(held[0]?.rows.map(each => each.What)).toEqual([
    'What you proposed',
    'What you proposed',
    'The order that you sent',
  ])
  expect((await volunteer.reads(path)).text).toContain('3 people did so far')

  house.clock.daysOn(8)
  for (const person of [volunteer, secondVolunteer, coordinator]) await person.signsIn()
  await runDue(house.house, house.app.slices)
  const counted = await volunteer.reads(path)
  expect(counted.text).toContain('as 3 people wished it')
  expect(counted.text.indexOf('Shorter waits')).toBeLessThan(counted.text.indexOf('Better signs'))
  // Who ranked how is gone.
  expect(
    await network.inNetwork(tx => tx.selectFrom('priority_ranking').select('person_id').execute()),
  ).toEqual([])
  expect((await volunteer.wasTold()).at(-1)!.body).toContain('First: Shorter waits.')

  const adopt = await (await coordinator.reads(path)).follow('Write down what the board decided')
  const wrong = await adopt
    .fill('Which vote of the board was it?', 'V-999')
    .choose('Shorter waits')
    .press('Put it on the public list')
  expect(wrong.errors).toEqual(['Write the number of a vote of the board, such as V-5'])
  const done = await wrong
    .fill('Which vote of the board was it?', motion)
    .choose('Training staff')
    .press('Put it on the public list')
  expect(done.h1).toBe('What we work on first')
  const open = await network.visitor.reads(`/${slug}/priorities`)
  expect(open.text).toContain('Shorter waits')
  expect(open.text).not.toContain('Training staff')
  const priority = await open.follow('Shorter waits')
  expect(priority.text).toContain(`The board, in its vote ${motion}`)
  expect((await network.visitor.reads(`/${slug}/priorities/training`)).text).toContain(
    'Not a priority any more',
  )
  expect((await volunteer.wasTold()).at(-1)!.body).toContain('The board adopted it.')
})

async function adoptedMotion() {
  await meetingIs(network, 'held')
  const made = await aMotion(network, { open: true, terms: { manner: 'written' } })
  await votesOn(network, made, network.boardMember, 'for')
  await votesOn(network, made, network.boardChair, 'for')
  await votesOn(network, made, network.volunteer, 'for')
  await votesOn(network, made, network.secondVolunteer, 'for')
  return { number: reference('V', made.number) }
}

test('PEOPLE-11 each priority shows its projects and what changed, and the method is explained to everybody', async () => {
  const { coordinator, visitor, slug } = network
  const about = await coordinator.reads(`/${slug}/projects/letters/about`)
  await about
    .fill('Which of our priorities is it for?', 'Shorter waits')
    .fill('Who leads it?', 'Cora Ordinator')
    .press('Save')
  await (await coordinator.reads(`/${slug}/projects/letters/change`))
    .fill('What changed?', 'Letters say now how long one waits.')
    .press('Save and tell everybody in it')
  const page = await visitor.reads(`/${slug}/priorities/shorter-waits`)
  expect(page.text).toContain('Better letters')
  expect(page.text).toContain('Letters say now how long one waits.')
  expect(page.hasLink('Better letters')).toBe(false)
  expect((await visitor.reads(`/${slug}/priorities/how-we-choose`)).text).toContain('It works like a league.')
  expect((await visitor.opens(`/${slug}/priorities/nothing-here`)).status).toBe(404)
})

test('PEOPLE-11 PEOPLE-16 who leaves can leave their words without a name', async () => {
  const { volunteer, coordinator } = network
  await doingAs(network, coordinator, doing =>
    leavingPriorities.leave(doing, volunteer.id, { answersWanted: false, views: 'anonymous' }),
  )
  const ideas = await network.inNetwork(tx =>
    tx.selectFrom('priority_idea').select(['proposed_by_person_id', 'title']).orderBy('id').execute(),
  )
  expect(ideas[0]).toEqual({ proposed_by_person_id: null, title: 'Shorter waits' })
})
