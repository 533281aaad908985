import { beforeAll, expect, test } from 'vitest'
import { askTogether } from '#platform/database/questions.ts'
import { runDue } from '#platform/delivery/due.ts'
import { routeTable } from '#platform/http/route.ts'
import { setSetting } from '#platform/network-settings.ts'
import { doingAs } from '#slices/chair-requests/for-tests.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { expensesHeld, keptExpenses, leavingExpenses } from './home.ts'
import { agreeRate, expenses, expensesOn } from './index.ts'

let network: TestNetwork

const turnOn = (it: TestNetwork) =>
  doingAs(it, it.director, doing => setSetting(doing, expensesOn, true, doing.today))

beforeAll(async () => {
  network = await aNetwork()
  await turnOn(network)
})

const png = () =>
  new File(
    [
      Buffer.from(
        '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c626001000000ffff03000006000557bfabd40000000049454e44ae426082',
        'hex',
      ),
    ],
    'ticket.png',
    { type: 'image/png' },
  )

test('PEOPLE-21 R52 off by default: no address, no door, for nobody', async () => {
  const off = await aNetwork()
  const paths = routeTable([expenses])
    .filter(each => each.method === 'GET')
    .map(each =>
      each.path
        .replace(':network', off.slug)
        .replace(':person', String(off.volunteer.id))
        .replace(':reference', 'E-1')
        .replace(':booking', 'B-1')
        .replace(':file', '1'),
    )
  expect(paths.length).toBeGreaterThan(8)
  for (const person of [off.volunteer, off.coordinator, off.director])
    for (const path of paths) expect([path, (await person.opens(path)).status]).toEqual([path, 404])
  for (const path of ['home', 'team', `team/people/${off.volunteer.id}`])
    expect((await off.coordinator.reads(`/${off.slug}/${path}`)).text).not.toContain('xpenses')
  const home = await network.volunteer.reads(`/${network.slug}/home`)
  expect(home.hasLink('Your expenses')).toBe(true)
})

test('PEOPLE-21 R52 a claim: the notice first, costs with a receipt, two people say yes, then it is paid', async () => {
  const { volunteer, coordinator, portfolioManager, slug } = network
  await doingAs(network, coordinator, doing =>
    agreeRate(doing, { kind: 'miles', pence: 45, from: doing.today.subtract({ days: 30 }) }),
  )
  const start = await volunteer.reads(`/${slug}/expenses/new`)
  expect(start.text).toContain('If you get benefits or pay tax, read this first')
  expect((await start.press('Continue')).errors).toEqual([
    'Enter the day on which you had the costs',
    'Say what it was for',
    'Read the words about benefits first, and tick the box',
  ])
  const cost = await start
    .fill('What was it for?', 'Board meeting in June')
    .fill('Day', '8')
    .fill('Month', '6')
    .fill('Year', '2026')
    .choose('I have read what it can mean for benefits and tax')
    .press('Continue')
  expect(cost.h1).toBe('Add a cost')
  const wrong = await cost
    .choose('Bus, train or taxi')
    .fill('In a few words', 'Bus and back')
    .fill('What did it cost, in pounds?', 'four')
    .press('Add this cost')
  expect(wrong.errors).toEqual(['Write the sum in pounds and pence, such as 4.20'])
  expect(wrong.valueOf('In a few words')).toBe('Bus and back')
  const claim = await wrong
    .fill('What did it cost, in pounds?', '4.20')
    .attach('Receipts', png())
    .press('Add this cost')
  expect(claim.text).toContain('£4.20')
  expect(claim.hasLink('ticket.png')).toBe(true)
  const both = await (await claim.follow('Add a cost'))
    .choose('Miles in your own car')
    .fill('In a few words', 'From the station')
    .fill('How many miles, or half-days?', '10')
    .press('Add this cost')
  expect(both.text).toContain('10 × £0.45, agreed from 10 May 2026')
  const sent = await both.press('Send the claim for £8.70')
  expect(sent.text).toContain('You get the money by 7 July 2026')
  expect((await volunteer.wasTold()).at(-1)!.body).toContain('7 July 2026')
  // Not theirs: another volunteer, a stranger, who looks after the computers.
  for (const other of [network.secondVolunteer, network.stranger, network.administrator, network.boardChair])
    expect((await other.opens(sent.path)).status).toBe(404)

  const seen = await (await coordinator.reads(`/${slug}/home`)).follow('Board meeting in June')
  const once = await seen.press('Yes, pay £8.70')
  expect(once.text).toContain('You said yes already. Somebody else is needed now')
  expect(once.hasButton('Yes, pay £8.70')).toBe(false)
  const twice = await (await portfolioManager.reads(sent.path)).press('Yes, pay £8.70')
  expect(twice.text).toContain('Agreed, to be paid')
  const table = await coordinator.opens(`/${slug}/team/expenses/expenses.csv?show=to-pay`)
  expect(table.html).toContain('"8.70","Agreed, to be paid","Cora Ordinator","Petra Manager"')
  expect((await volunteer.opens(`/${slug}/team/expenses/expenses.csv`)).status).toBe(404)
  const paid = await (await coordinator.reads(sent.path))
    .fill('Day', '9')
    .fill('Month', '6')
    .fill('Year', '2026')
    .press('It was paid')
  expect(paid.text).toContain('This was paid on 9 June 2026')
  expect((await volunteer.wasTold()).at(-1)!.body).toContain('We paid you £8.70 on 9 June 2026')
})

test('PEOPLE-21 nobody says yes to their own; written down for somebody on the phone, two others say yes', async () => {
  const { coordinator, portfolioManager, director, slug } = network
  const own = await (await coordinator.reads(`/${slug}/expenses/new`))
    .fill('What was it for?', 'A taxi')
    .fill('Day', '8')
    .fill('Month', '6')
    .fill('Year', '2026')
    .choose('I have read what it can mean for benefits and tax')
    .press('Continue')
  const mine = await (
    await own
      .choose('Bus, train or taxi')
      .fill('In a few words', 'Taxi')
      .fill('What did it cost, in pounds?', '9')
      .press('Add this cost')
  ).press('Send the claim for £9.00')
  expect(mine.hasButton('Yes, pay £9.00')).toBe(false)

  const phone = await network.aPerson({
    name: 'Telly Phone',
    channel: 'phone',
    email: null,
    signsIn: false,
    memberships: [{ group: 'board', role: 'volunteer' }],
  })
  const page = await coordinator.reads(`/${slug}/team/people/${phone.id}`)
  const begun = await (await page.follow('Write down expenses for this person'))
    .fill('What was it for?', 'Coming to the meeting')
    .fill('Day', '8')
    .fill('Month', '6')
    .fill('Year', '2026')
    .choose('I have read it to them')
    .press('Continue')
  const sent = await (
    await begun
      .choose('Parking')
      .fill('In a few words', 'Car park')
      .fill('What did it cost, in pounds?', '3')
      .press('Add this cost')
  ).press('Send the claim for £3.00')
  expect(sent.text).toContain('You wrote this down for them, so two others say yes')
  await (await portfolioManager.reads(sent.path)).press('Yes, pay £3.00')
  expect((await (await director.reads(sent.path)).press('Yes, pay £3.00')).text).toContain(
    'Agreed, to be paid',
  )
  expect((await phone.wasTold()).at(-1)).toMatchObject({ channel: 'phone', state: 'by-hand' })
})

test('PEOPLE-21 what is missing goes back to the person, who sends it again; a late claim is said', async () => {
  const own = await aNetwork()
  await turnOn(own)
  const { volunteer, coordinator, slug, house } = own
  const begun = await (await volunteer.reads(`/${slug}/expenses/new`))
    .fill('What was it for?', 'A visit')
    .fill('Day', '8')
    .fill('Month', '6')
    .fill('Year', '2026')
    .choose('I have read what it can mean for benefits and tax')
    .press('Continue')
  const miles = await begun
    .choose('Miles in your own car')
    .fill('In a few words', 'Car')
    .fill('How many miles, or half-days?', '5')
    .press('Add this cost')
  expect(miles.errors).toEqual([
    'The network has not agreed a rate for this yet. Ask the team, or leave it out',
  ])
  const sent = await (
    await begun
      .choose('Parking')
      .fill('In a few words', 'Car park')
      .fill('What did it cost, in pounds?', '3')
      .press('Add this cost')
  ).press('Send the claim for £3.00')
  const no = await coordinator.reads(`${sent.path}/no`)
  expect((await no.press('Tell them')).errors).toEqual([
    'Choose which',
    'Say why, so that they can do something about it',
  ])
  await no.choose('Something is missing').fill('Why?', 'The receipt cannot be read.').press('Tell them')
  const back = await volunteer.reads(sent.path)
  expect(back.text).toContain('The receipt cannot be read.')
  await back.press('Send the claim for £3.00')
  house.clock.daysOn(40)
  await runDue(house.house, house.app.slices)
  expect((await coordinator.wasTold()).at(-1)!.body).toContain('They are late.')
  expect((await (await coordinator.signsIn()).reads(`/${slug}/team/expenses?show=late`)).text).toContain(
    'A visit',
  )
})

test('PEOPLE-21 R52 something is booked for a person, so that nobody has to pay first', async () => {
  const { volunteer, coordinator, slug } = network
  const ask = await volunteer.reads(`/${slug}/expenses/book`)
  const asked = await ask
    .choose('A taxi')
    .fill('What is needed?', 'From home to the hospital at nine, with a ramp.')
    .fill('Day', '20')
    .fill('Month', '6')
    .fill('Year', '2026')
    .press('Ask us')
  expect(asked.text).toContain('The team will book it')
  expect((await network.secondVolunteer.opens(asked.path)).status).toBe(404)
  const answer = await (await coordinator.reads(`/${slug}/home`)).follow(
    'From home to the hospital at nine, with a ramp.',
  )
  expect(
    (
      await answer
        .choose('Yes, it is booked and paid')
        .fill('What do they need to know?', 'Number 12.')
        .press('Tell them')
    ).errors,
  ).toEqual(['Write what it cost, such as 4.20'])
  await answer.fill('What did it cost, in pounds?', '18.50').press('Tell them')
  expect((await volunteer.wasTold()).at(-1)!.body).toContain('It is booked and paid. Number 12.')
})

test('PEOPLE-21 PEOPLE-16 R59 what is held is shown, what is owed is still paid, old claims end with their receipts', async () => {
  const { volunteer, coordinator, house } = network
  const [claims] = await network.inNetwork(tx => askTogether(tx, expensesHeld(volunteer.id)))
  expect(claims?.rows).toContainEqual(expect.objectContaining({ Sum: '£8.70', 'Where it is': 'Paid' }))
  const says = await network.inNetwork(tx => askTogether(tx, [leavingExpenses.says(volunteer.id)]))
  expect(says[0]?.stays).toContain('What we paid you: finance keeps it for 6 years')
  await doingAs(network, coordinator, doing =>
    leavingExpenses.leave(doing, volunteer.id, { answersWanted: false, views: 'as-they-are' }),
  )
  const words = await network.inNetwork(tx =>
    tx
      .selectFrom('expense_booking')
      .select(['words', 'answer'])
      .where('person_id', '=', volunteer.id)
      .execute(),
  )
  expect(words).toEqual([{ words: '', answer: '' }])
  const before = house.clock.today().add({ days: 1 })
  expect(await network.inNetwork(tx => askTogether(tx, [keptExpenses.count(before)]))).toEqual([1])
  expect(await doingAs(network, coordinator, doing => keptExpenses.end(doing, before))).toBe(1)
  const left = await network.inNetwork(tx =>
    tx.selectFrom('stored_file').select('id').where('thing_kind', '=', 'expense-claim').execute(),
  )
  expect(left).toEqual([])
})
