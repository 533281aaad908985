import { expect, test } from 'vitest'
import { aNetwork } from '#tests/network.ts'

test('LOOP-1 the team finds people by a name nearly right, an e-mail address or a number', async () => {
  const network = await aNetwork()
  const { coordinator, slug } = network
  await network.aPerson({ name: 'Siobhán Example', email: 'sio@example.org', phone: '0121 496 0333' })
  for (const words of ['Siobhan Exampel', 'SIO@example.org', '01214960333']) {
    const found = await coordinator.reads(`/${slug}/team/people?q=${encodeURIComponent(words)}`)
    expect(found.text, words).toContain('Siobhán Example')
  }
  expect((await coordinator.reads(`/${slug}/team/people?q=%25%27%5C`)).text).toContain('We found nobody')
})

test('LOOP-1 a place is given and ended with its days; a group of another network is no choice', async () => {
  const network = await aNetwork()
  const { coordinator, applicant, house, slug } = network
  const form = await (await coordinator.reads(`/${slug}/team/people/${applicant.id}`)).follow(
    'Give a place in a group',
  )
  const click = form
    .fill('Which group?', 'Operational Board')
    .choose('Volunteer')
    .fill('Day', '9')
    .wouldSend('Save')
  click.body.set('voting', 'yes')
  click.body.set('lay', 'yes')
  const other = await house.owner.query<{ id: number }>(
    'select max(id) as id from network_group where network_id <> $1',
    [network.id],
  )
  const wrong = new FormData()
  for (const [name, value] of click.body)
    wrong.set(name, name === 'group' ? String(other.rows[0]!.id) : value)
  wrong.set('_key', 'a-key-of-another-form')
  expect((await coordinator.posts(click.to, wrong)).errors).toEqual(['Choose a group'])
  await Promise.all([coordinator.posts(click.to, click.body), coordinator.posts(click.to, click.body)])
  const person = await coordinator.reads(`/${slug}/team/people/${applicant.id}`)
  expect(person.html.match(/Since 9 June 2026/g)).toHaveLength(1)
  expect((await applicant.reads(`/${slug}/home`)).status).toBe(200)
  const again = await coordinator.posts(
    click.to,
    (() => {
      click.body.set('_key', 'one-more-key-of-a-form')
      return click.body
    })(),
  )
  expect(again.errors[0]).toContain('They have a place in this group in that time')
  const end = await person.follow('End')
  expect((await end.fill('Day', '8').press('Save')).errors[0]).toContain('cannot be before the first')
  expect((await end.fill('Day', '9').press('Save')).text).toContain('9 June 2026 to 9 June 2026')
})

test('HOUSE-8 the address somebody signs in with is theirs to change; posts are given by those who lead', async () => {
  const network = await aNetwork()
  const { coordinator, director, volunteer, portfolioManager, slug } = network
  const contact = await coordinator.reads(`/${slug}/team/people/${director.id}/contact`)
  const click = contact.wouldSend('Save')
  click.body.set('email', 'mine@example.org')
  click.body.set('channel', 'email')
  await coordinator.posts(click.to, click.body)
  const kept = await network.inNetwork(tx =>
    tx.selectFrom('person').select('email').where('id', '=', director.id).executeTakeFirstOrThrow(),
  )
  expect(kept.email).not.toBe('mine@example.org')
  expect((await coordinator.opens(`/${slug}/team/people/${volunteer.id}/posts/new`)).status).toBe(404)
  const post = await portfolioManager.reads(`/${slug}/team/people/${volunteer.id}/posts/new`)
  expect((await post.choose('Co-ordinator').press('Save')).text).toContain('Since 9 June 2026')
})

test('LOOP-17 a chair’s absence is noted with its days, an impossible one refused with what is missing', async () => {
  const network = await aNetwork()
  const { coordinator, sigChair, slug } = network
  const page = await coordinator.reads(`/${slug}/team/people/${sigChair.id}/absences/new`)
  const wrong = await page.press('Save')
  expect(wrong.errors).toEqual(['Enter a date'])
  const click = wrong.wouldSend('Save')
  for (const [part, value] of [
    ['day', '30'],
    ['month', '6'],
    ['year', '2026'],
  ] as const)
    click.body.set(`to-${part}`, value)
  const done = await coordinator.posts(click.to, click.body)
  expect(done.text).toContain('9 June 2026 to 30 June 2026')
  // A person of another network does not exist here.
  expect((await coordinator.opens(`/${slug}/team/people/${network.stranger.id}`)).status).toBe(404)
})

test('HOUSE-8 R63 whose last place ends is signed out everywhere, at once or on the day after, and may come back once more', async () => {
  const network = await aNetwork()
  const { coordinator, sigMember, boardMember, boardChair, house, slug } = network
  const home = `/${slug}/home`
  const ends = async (person: typeof sigMember, day: string) => {
    const page = await (await coordinator.reads(`/${slug}/team/people/${person.id}`)).follow('End')
    return await page.fill('Day', day).press('Save')
  }
  // Ended yesterday: at once.
  await ends(sigMember, '8')
  expect((await sigMember.opens(home)).status).not.toBe(200)
  await sigMember.signsIn()
  await house.runDue()
  expect((await sigMember.opens(home)).status).toBe(200)
  // Ends today: they are there until the day is over.
  await ends(boardMember, '9')
  await house.runDue()
  expect((await boardMember.opens(home)).status).toBe(200)
  house.clock.daysOn(1)
  await house.runDue()
  const sessions = (person: typeof sigMember) =>
    house.owner.query('select id from session where account_id = $1', [person.accountId])
  expect((await sessions(boardMember)).rowCount).toBe(0)
  expect((await sessions(boardChair)).rowCount).toBe(1)
})
