import { beforeAll, describe, expect, test } from 'vitest'
import { doingOf } from '#platform/doing.ts'
import { addressLines } from '#platform/letter/address.ts'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'

let network: TestNetwork
let counter = 0

beforeAll(async () => {
  network = await aNetwork()
})

async function tells(person: Someone, about = 'contribution'): Promise<void> {
  const { house, slug } = network
  await house.database.enter({ slug, accountId: undefined, today: house.clock.today() }, (tx, entry) =>
    doingOf(house.house, tx, entry!, undefined).tell({
      key: `by-hand:${++counter}`,
      personId: person.id,
      kind: 'test',
      subject: `news ${counter}`,
      paragraphs: ['Your view was agreed.'],
      about: { kind: about, id: '1' },
    }),
  )
}

const reader = (name: string, more: { channel?: 'post' | 'phone'; postalAddress?: string } = {}) =>
  network.aPerson({
    name,
    channel: more.channel ?? 'post',
    signsIn: false,
    postalAddress: more.postalAddress ?? `${name}\n1 Made-up Road\nWalsall`,
  })
const at = (rest: string) => `/${network.slug}/team/${rest}`

describe('PEOPLE-20 calls and letters', () => {
  test.each([
    ['1 Made-up Road, Walsall, WS1 1AA', 'Lea Letter', 'Lea Letter\n1 Made-up Road\nWalsall\nWS1 1AA'],
    ['Lea Letter\n1 Made-up Road, Walsall', 'Lea Letter', 'Lea Letter\n1 Made-up Road, Walsall'],
    ['1 Made-up Road', null, '1 Made-up Road'],
  ])('PEOPLE-20 the window shows %j with the name on its first line', (address, name, shown) => {
    expect(addressLines({ name, address })).toBe(shown)
  })

  test('PEOPLE-20 each has a day by which it is made; late ones say so; who did it and when stays readable', async () => {
    const start = network.house.clock.now().toString()
    const ed = await reader('Ed Early', { channel: 'phone' })
    await tells(ed)
    const today = await network.coordinator.reads(at('calls?show=today'))
    expect(today.text).toContain('There is nobody to ring today')
    network.house.clock.daysOn(7)
    await network.coordinator.signsIn()
    const list = await network.coordinator.reads(at('calls?show=today'))
    expect(list.text).toMatch(/Ed Early.*late/)
    const call = await list.follow('Ed Early')
    expect(call.text).toMatch(/By .*late/)
    await call.choose('No').press('Save')
    expect((await network.coordinator.reads(at('calls'))).text).toContain('tried once')
    const again = await network.coordinator.reads(call.path)
    expect(again.hasLink('Write it down and go on with it')).toBe(true)
    await again.choose('Yes').fill('What did they say?', 'Thank you.').press('Save')
    const made = await network.coordinator.reads(at('calls?show=done'))
    expect(made.text).toMatch(/Ed Early.*Cora Ordinator/)
    network.house.clock.set(start)
    for (const person of [network.coordinator, network.director, network.administrator, network.volunteer])
      await person.signsIn()
  })

  test('PEOPLE-5 R13 a letter to somebody who needs braille is flagged and not posted without it, or with a reason that they read', async () => {
    const bo = await reader('Bo Reader')
    await tells(bo)
    const form = await network.coordinator.reads(at(`people/${bo.id}/needs/format`))
    await form.choose('On the phone').choose('Braille, by post').press('Save')
    const letter = await (await network.coordinator.reads(at('letters'))).follow('Bo Reader')
    expect(letter.text).toContain('This person needs:')
    expect(letter.text).toContain('Braille, by post')
    // Nothing of it comes out of the printer.
    expect(letter.$('.loop-letter').text()).not.toContain('Braille')
    const button = 'It is posted: mark it as done'
    expect((await letter.press(button)).errors).toEqual(['Choose whether it comes in the form they need'])
    expect((await letter.choose('No, not this time').press(button)).errors).toEqual([
      'Say why it does not come in the form they need',
    ])
    await letter
      .choose('No, not this time')
      .fill('If not, why?', 'The printer is broken until Friday.')
      .press(button)
    const needs = await network.director.reads(at(`people/${bo.id}/needs`))
    expect(needs.text).toContain('The printer is broken until Friday. (Cora Ordinator)')
    expect(needs.text).toContain('Made a letter')
    // With it, no reason is asked for.
    await tells(bo)
    const next = await (await network.coordinator.reads(at('letters'))).follow('Bo Reader')
    await next.choose('Yes').press(button)
    const count = await network.inNetwork(tx =>
      tx.selectFrom('need_not_met').select('id').where('person_id', '=', bo.id).execute(),
    )
    expect(count).toHaveLength(1)
  })

  test('PEOPLE-20 a day of letters is printed together, confirmed with its number, and taken back; another form and private letters stay apart', async () => {
    const start = network.house.clock.now().toString()
    const readers = [await reader('Amy Batch'), await reader('Ben Batch')]
    const dan = await reader('Dan Braille')
    await (await network.coordinator.reads(at(`people/${dan.id}/needs/format`)))
      .choose('On the phone')
      .choose('Braille, by post')
      .press('Save')
    const pia = await reader('Pia Private')
    for (const each of [...readers, dan]) await tells(each)
    await tells(pia, 'data-complaint')
    expect((await network.coordinator.reads(at('letters/batch'))).text).not.toContain('Dear Amy Batch')
    network.house.clock.daysOn(5)
    await network.coordinator.signsIn()
    await network.director.signsIn()
    const batch = await (await network.coordinator.reads(at('letters'))).follow(
      'Print all letters that are due today in one go',
    )
    expect(batch.$('.loop-letter')).toHaveLength(2)
    expect(batch.text).toContain('Dear Amy Batch')
    expect(batch.text).not.toContain('Dan Braille')
    expect(batch.text).not.toContain('Pia Private')
    // Somebody else posts one of them meanwhile.
    const one = await (await network.director.reads(at('letters'))).follow('Ben Batch')
    await one.press('It is posted: mark it as done')
    const done = await batch.press('2 letters posted: mark as done')
    expect(done.text).toContain('1 letter is marked as posted.')
    expect(done.text).not.toContain('Amy Batch')
    // What is for one reader only is not even opened here.
    expect(done.text).toContain('Pia Private')
    expect(done.hasLink('Pia Private')).toBe(false)
    const twice = await network.coordinator.posts(at('letters/batch'), {
      ...Object.fromEntries([...batch.wouldSend('2 letters posted: mark as done').body] as [
        string,
        string,
      ][]),
      _key: 'another-key-of-this-form',
    })
    expect(twice.errors).toEqual(['Somebody has posted these already'])
    const undone = await done.press('They are not posted yet: take it back')
    expect(undone.text).toContain('They wait again.')
    expect(undone.text).toContain('Amy Batch')
    // The other’s letter stays posted.
    expect(undone.text).not.toContain('Ben Batch')
    for (const who of [network.stranger, network.visitor, network.volunteer, network.administrator])
      expect((await who.opens(at('letters/batch'))).status).toBe(404)
    network.house.clock.set(start)
    for (const person of [network.coordinator, network.director, network.administrator, network.volunteer])
      await person.signsIn()
  })
})
