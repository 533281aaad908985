import { beforeAll, expect, test } from 'vitest'
import { aNetwork, type TestNetwork } from '#tests/network.ts'

let network: TestNetwork
let here: string
beforeAll(async () => {
  network = await aNetwork()
  here = `/${network.slug}/contributions/on-behalf`
})

test('LOOP-5 staff write down what somebody said; the person gets the read-back and corrects it; both stay', async () => {
  const pam = await network.aPerson({
    name: 'Pamela Phone',
    channel: 'phone',
    memberships: [{ group: 'board', role: 'volunteer' }],
  })
  let at = await network.coordinator.reads(here)
  at = await at.fill('Name, e-mail or phone number', 'Pamella').press('Search')
  at = await at.follow('Pamela Phone')
  expect(at.h1).toBe('What did Pamela Phone say?')
  at = at
    .choose('On the phone')
    .fill('Day', '8')
    .fill('Month', '6')
    .fill('Year', '2026')
    .fill('What they said, in their words', 'The buzzer is too quiet.')
    .choose('An experience')
    .choose('I do not know')
    .choose('With my name')
  const { to, body } = at.wouldSend('Write it down')
  const [one, two] = await Promise.all([
    network.coordinator.posts(to, body),
    network.coordinator.posts(to, body),
  ])
  expect(one.path).toBe(two.path)
  const page = one.path
  expect(one.text).toContain('The buzzer is too quiet.')
  expect(one.text).toContain('Cora Ordinator')
  expect(one.text).toContain('8 June 2026')
  const told = await pam.wasTold()
  expect(told.map(each => [each.kind, each.channel, each.state])).toEqual([['read-back', 'phone', 'by-hand']])
  expect(told[0]!.body).toContain('The buzzer is too quiet.')
  at = await pam.reads(`${page}/correct`)
  await at.fill('The words as they should be', 'The buzzer is too loud.').press('Keep this wording')
  const seen = await network.coordinator.reads(page)
  expect(seen.text).toContain('too quiet')
  expect(seen.text).toContain('too loud')
})

test('LOOP-5 somebody without an account corrects it through staff, who are named', async () => {
  const pia = await network.aPerson({ name: 'Pia Post', channel: 'post', signsIn: false })
  let at = await network.coordinator.reads(`${here}/${pia.id}`)
  at = await at
    .choose('By post')
    .fill('Day', '9')
    .fill('Month', '6')
    .fill('Year', '2026')
    .fill('What they said, in their words', 'Two trains and a bus.')
    .choose('An idea')
    .choose('I do not know')
    .choose('With my first name only')
    .press('Write it down')
  const page = at.path
  expect((await pia.wasTold())[0]).toMatchObject({ channel: 'post', state: 'by-hand' })
  at = await network.portfolioManager.reads(`${page}/correct`)
  at = await at.fill('The words as they should be', 'Three trains and a bus.').press('Keep this wording')
  expect(at.text).toContain('Two trains')
  expect(at.text).toContain('Three trains')
  const kept = await network.inNetwork(tx =>
    tx.selectFrom('correction').selectAll().where('person_id', '=', pia.id).execute(),
  )
  expect(kept).toMatchObject([{ recorded_by_person_id: network.portfolioManager.id }])
})

test('LOOP-5 a day in the future, an impossible day, words that are missing, a person of another network', async () => {
  const { coordinator, volunteer, stranger } = network
  const filled = async (day: string, month: string, words: string) =>
    await (await coordinator.reads(`${here}/${volunteer.id}`))
      .choose('In person')
      .fill('Day', day)
      .fill('Month', month)
      .fill('Year', '2026')
      .fill('What they said, in their words', words)
      .choose('A question')
      .choose('I do not know')
      .choose('With my name')
      .press('Write it down')
  let at = await filled('10', '6', 'Why?')
  expect([at.status, at.errors]).toEqual([422, ['The day they said it must be today or in the past']])
  expect(at.valueOf('What they said, in their words')).toBe('Why?')
  at = await filled('31', '6', 'Why?')
  expect([at.status, at.errors]).toEqual([422, ['The date must be a real date']])
  at = await filled('9', '6', '  ')
  expect([at.status, at.errors]).toEqual([422, ['Enter what they said']])
  expect((await coordinator.opens(`${here}/${stranger.id}`)).status).toBe(404)
  expect((await coordinator.opens(`${here}/999999`)).status).toBe(404)
  expect((await coordinator.reads(`${here}?q=Stan`)).text).not.toContain('Stan Stranger')
  for (const other of [volunteer, network.boardChair, stranger, network.visitor, network.administrator]) {
    expect((await other.opens(here)).status).toBe(404)
    expect((await other.opens(`${here}/${volunteer.id}`)).status).toBe(404)
  }
})
