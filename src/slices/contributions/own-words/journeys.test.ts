import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { aContribution } from '../for-tests.ts'

let network: TestNetwork
beforeAll(async () => {
  network = await aNetwork()
})

const row = (id: number) =>
  network.inNetwork(tx =>
    tx.selectFrom('contribution').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
  )
const toTheBoard = (id: number) =>
  network.inNetwork(tx =>
    tx.updateTable('contribution').set({ group_id: network.groups.board }).where('id', '=', id).execute(),
  )
const found = async (id: number, words: string) =>
  await network.inNetwork(async tx => {
    const rows = await sql<{ id: number }>`select id from contribution
      where id = ${id} and search @@ plainto_tsquery('english', ${words})`.execute(tx)
    return rows.rows.length === 1
  })

test('LOOP-14 the contributor corrects their words, and both can be read', async () => {
  const made = await aContribution(network, {
    by: network.volunteer,
    words: 'The lift on floor 2 is broken.',
  })
  await toTheBoard(made.id)
  let at = await network.volunteer.reads(made.step('correct'))
  expect(at.valueOf('The words as they should be')).toBe('The lift on floor 2 is broken.')
  at = await at.fill('The words as they should be', ' ').press('Keep this wording')
  expect([at.status, at.errors]).toEqual([422, ['Enter the words as they should be']])
  at = await (await network.volunteer.reads(made.step('correct'))).press('Keep this wording')
  expect([at.status, at.errors.join()]).toEqual([
    422,
    expect.stringContaining('the words that we have already'),
  ])
  const stale = await network.volunteer.reads(made.step('correct'))
  at = await at
    .fill('The words as they should be', 'The lift on floor 3 is broken.')
    .press('Keep this wording')
  expect(at.path).toBe(made.path)
  for (const who of [network.volunteer, network.boardMember, network.coordinator]) {
    const seen = await who.reads(made.path)
    expect(seen.text).toContain('floor 2')
    expect(seen.text).toContain('floor 3')
  }
  expect(await row(made.id)).toMatchObject({
    words: 'The lift on floor 2 is broken.',
    shown_words: 'The lift on floor 3 is broken.',
    title: 'The lift on floor 3 is broken.',
  })
  const late = await stale.fill('The words as they should be', 'The lift is slow.').press('Keep this wording')
  expect([late.status, late.valueOf('The words as they should be')]).toEqual([422, 'The lift is slow.'])
  for (const other of [network.stranger, network.visitor, network.boardMember, network.administrator]) {
    expect((await other.opens(made.step('correct'))).status).toBe(404)
  }
})

test('LOOP-14 the contributor changes how they are named', async () => {
  const made = await aContribution(network, { by: network.volunteer, words: 'More plain letters.' })
  await toTheBoard(made.id)
  expect((await network.boardMember.reads(made.path)).text).toContain('Vera Volunteer')
  const at = await network.volunteer.reads(made.step('naming'))
  await at.choose('Without my name').press('Change it')
  expect((await network.boardMember.reads(made.path)).text).not.toContain('Vera')
  expect((await network.coordinator.reads(made.path)).text).toContain('Vera Volunteer')
  expect((await network.stranger.opens(made.step('naming'))).status).toBe(404)
})

test('LOOP-14 who withdraws sees first what happens; then the group sees “withdrawn” and no words', async () => {
  const made = await aContribution(network, { by: network.volunteer, words: 'My unusual zebra story.' })
  await toTheBoard(made.id)
  let at = await network.volunteer.reads(made.step('withdraw'))
  expect(at.text).toContain('What happens when you withdraw it')
  at = await at.press('Withdraw it')
  expect([at.status, at.errors]).toEqual([422, ['Choose yes if you want to withdraw it']])
  expect(await made.state()).toBe('received')
  at = await at.choose('Yes, withdraw it').press('Withdraw it')
  expect(at.h1).toBe(`You withdrew ${made.reference}`)
  expect(at.text).toContain('zebra')
  expect(await made.state()).toBe('withdrawn')
  for (const who of [network.boardMember, network.boardChair, network.coordinator, network.director]) {
    const seen = await who.reads(made.path)
    expect(seen.html).not.toContain('zebra')
    expect(seen.text.toLowerCase()).toContain('withdr')
  }
  expect(await found(made.id, 'zebra')).toBe(false)
  expect(await row(made.id)).toMatchObject({ title: 'Withdrawn', shown_words: '', search_more: '' })
  for (const other of [network.stranger, network.visitor, network.boardMember]) {
    expect((await other.opens(made.step('withdrawn'))).status).toBe(404)
  }
})

test('LOOP-14 what is published cannot be withdrawn until the consent is taken back', async () => {
  const made = await aContribution(network, { by: network.volunteer })
  const before = await network.volunteer.reads(made.step('withdraw'))
  await network.house.owner.query('update contribution set published_at = now() where id = $1', [made.id])
  expect((await network.volunteer.reads(made.step('withdraw'))).text).toContain('Take back your consent')
  const at = await before.choose('Yes, withdraw it').press('Withdraw it')
  expect([at.status, at.errors.join()]).toEqual([422, expect.stringContaining('This is published')])
  expect(await made.state()).toBe('received')
})

test('LOOP-14 when the first of several leaves, the others stay and the first words are gone', async () => {
  const made = await aContribution(network, {
    by: network.volunteer,
    words: 'The zoo mural frightens children.',
  })
  await toTheBoard(made.id)
  const join = await network.secondVolunteer.reads(made.step('join'))
  await join.fill('What you want to add', 'My son cried there.').choose('With my name').press('Join')
  const at = await network.volunteer.reads(made.step('withdraw'))
  await at.choose('Yes, withdraw it').press('Withdraw it')
  expect(await made.state()).toBe('received')
  const seen = await network.boardMember.reads(made.path)
  expect(seen.html).not.toContain('mural')
  expect(seen.text).toContain('My son cried there.')
})

test('LOOP-22 staff hide personal data everywhere; the first text stays, for the data protection officer alone', async () => {
  const made = await aContribution(network, {
    by: network.volunteer,
    words: 'Nurse Xanthippe Quill was rude. I told xanthippe quill so.',
  })
  await toTheBoard(made.id)
  let at = await network.coordinator.reads(made.step('hide'))
  at = await at.fill('The words to hide', 'Not in it').fill('Why', 'a name').press('Hide them')
  expect([at.status, at.errors.join()]).toEqual([422, expect.stringContaining('These words are not in it')])
  at = await at.fill('The words to hide', 'Xanthippe Quill').fill('Why', 'Xanthippe Quill').press('Hide them')
  expect(at.status).toBe(422)
  at = await at.fill('The words to hide', 'Xanthippe Quill').fill('Why', 'somebody’s name').press('Hide them')
  expect(at.path).toBe(made.path)
  for (const who of [network.coordinator, network.boardMember, network.boardChair]) {
    const seen = await who.reads(made.path)
    expect(seen.text).toContain(
      'Nurse [hidden: somebody’s name] was rude. I told [hidden: somebody’s name] so.',
    )
    expect(seen.html.toLowerCase()).not.toContain('xanthippe')
  }
  expect((await network.volunteer.reads(made.path)).text).toContain('Xanthippe Quill')
  expect(await found(made.id, 'Xanthippe')).toBe(false)
  expect(await found(made.id, 'rude nurse')).toBe(true)
  const kept = await row(made.id)
  expect(kept.words).toContain('Xanthippe Quill')
  expect(kept.title.toLowerCase()).not.toContain('xanthippe')
  expect((await network.director.reads(made.step('original'))).text).toContain(
    'Nurse Xanthippe Quill was rude',
  )
  await network.director.reads(made.step('original'))
  const looks = await network.house.owner.query(
    "select by_person_id from audit where network_id = $1 and action = 'original-viewed'",
    [network.id],
  )
  expect(looks.rows.map(each => each.by_person_id)).toEqual([network.director.id, network.director.id])
  for (const other of [
    network.coordinator,
    network.portfolioManager,
    network.volunteer,
    network.administrator,
    network.stranger,
    network.visitor,
  ]) {
    expect((await other.opens(made.step('original'))).status).toBe(404)
  }
  for (const other of [network.volunteer, network.boardChair, network.stranger, network.visitor]) {
    expect((await other.opens(made.step('hide'))).status).toBe(404)
  }
})

test('LOOP-22 nobody can change what was said: the product itself has no right to', async () => {
  const made = await aContribution(network, { by: network.volunteer, words: 'As I said it.' })
  const tries = [
    sql`update contribution set words = 'Other words' where id = ${made.id}`,
    sql`delete from contribution where id = ${made.id}`,
    sql`update contributor set words = 'Other words' where contribution_id = ${made.id}`,
    sql`update correction set words = 'Other words'`,
    sql`delete from concealment`,
    sql`update member_view set words = 'Other words'`,
  ]
  for (const attempt of tries) {
    await expect(network.inNetwork(tx => attempt.execute(tx))).rejects.toThrow('permission denied')
  }
  // A correction by the team stands beside the words, under their name, and does not replace them.
  const at = await network.coordinator.reads(made.step('correct'))
  await at.fill('The words as they should be', 'As staff wrote it down.').press('Keep this wording')
  expect((await row(made.id)).words).toBe('As I said it.')
  const seen = await network.volunteer.reads(made.path)
  expect(seen.text).toContain('As I said it.')
})
