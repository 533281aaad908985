import { beforeAll, expect, test } from 'vitest'
import { aNetwork, type TestNetwork } from '#tests/network.ts'

let network: TestNetwork
let at: string
beforeAll(async () => {
  network = await aNetwork()
  at = `/${network.slug}/governance`
})

test('PEOPLE-22 anybody sees the groups drawn and said, from what is so today', async () => {
  const { visitor, slug } = network
  const page = await visitor.reads(at)
  const pictures = page.$('main svg[role=img]')
  expect(pictures.length).toBe(2)
  for (const picture of pictures.toArray()) {
    const [title, description] = page.$(picture).attr('aria-labelledby')!.split(' ')
    expect(page.$(`[id="${title}"]`).text()).not.toBe('')
    expect(page.$(`[id="${description}"]`).text().length).toBeGreaterThan(40)
    // Nothing but shapes and words: no script, no style, nothing from elsewhere.
    expect(page.$(picture).find('script, style, image, foreignObject, a, [style], [href]').length).toBe(0)
  }
  const drawn = pictures.first().text()
  // The board of tests: a chair, a member and two volunteers.
  for (const words of ['Operational Board', '4 members, 2 from the public', 'Paediatric Special']) {
    expect(drawn.replace(/\s+/g, ' ')).toContain(words)
  }
  expect(page.text).toContain('4 have a vote, 2 of them from the public')
  const board = await page.follow('Operational Board')
  expect(board.path).toBe(`/${slug}/groups/board`)
})

test('PEOPLE-22 the words say the same as the picture, and a volunteer’s name stands in neither', async () => {
  const page = await network.visitor.reads(at)
  const links = page
    .$('main .loop-links a')
    .toArray()
    .map(each => page.$(each).text())
  const description = page.$('main svg desc').first().text()
  for (const group of [
    'Operational Board',
    'Paediatric Special Interest Group',
    'MRI Special Interest Group',
  ]) {
    expect(links).toContain(group)
    expect(description).toContain(group)
  }
  expect(page.html).not.toContain('Vera Volunteer')
})

test('PEOPLE-22 a post that nobody holds is said, with who stands in; a clock that changed is the one on the page', async () => {
  const { visitor, coordinator, house, slug, id } = network
  expect((await visitor.reads(at)).text).not.toContain('stands in')
  expect((await visitor.reads(at)).text).toContain('Within 2 working days')
  await house.owner.query(`update post_holding set to_on = '2026-06-08' where person_id = $1`, [
    coordinator.id,
  ])
  await house.owner.query(
    `insert into clock_setting (network_id, from_on, clocks) values ($1, '2026-06-09', '{"acknowledge": 4}')`,
    [id],
  )
  const page = await visitor.reads(at)
  expect(page.text).toContain('There is no co-ordinator now. The Network Portfolio Manager stands in.')
  expect(page.text).toContain('Within 4 working days')
  expect((await network.stranger.reads(`/${slug}/governance`)).text).toContain('Operational Board')
})

test('PEOPLE-22 the network’s own page leads to what every room opens there', async () => {
  const front = await network.visitor.reads(`/${network.slug}`)
  for (const link of ['Who decides what', 'What we work on first', 'How well we keep our promises']) {
    expect((await front.follow(link)).status, link).toBe(200)
  }
})

test('PEOPLE-22 a network without groups says so kindly', async () => {
  const { house, id } = network
  await house.owner.query(`delete from meeting where network_id = $1`, [id])
  await house.owner.query(`delete from membership where network_id = $1`, [id])
  await house.owner.query(`delete from network_group where network_id = $1`, [id])
  const page = await network.visitor.reads(at)
  expect(page.text).toContain('The network has not named its groups yet')
  expect(page.$('main svg').length).toBe(1)
})
