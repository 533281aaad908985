import { expect, test } from 'vitest'
import { setSetting } from '#platform/network-settings.ts'
import { expensesOn } from '#slices/expenses/index.ts'
import { doingAs } from '#slices/papers/for-tests.ts'
import { aNetwork } from '#tests/network.ts'
import { slugOf } from './role.ts'

test('PEOPLE-2 the team offers a role, and anybody reads what is asked, what is given, how long and whether expenses are paid', async () => {
  const network = await aNetwork()
  const { coordinator, visitor, volunteer, stranger, slug } = network
  const list = await (await coordinator.reads(`/${slug}/team`)).follow('Roles on offer')
  let form = await list.follow('Offer another role')
  form = await form.press('Offer the role')
  expect(form.status).toBe(422)
  expect(form.errors).toEqual([
    'Enter what the role is called',
    'Write what it is about',
    'Write what you ask of people',
    'Write what people get',
    'Enter how much time it takes',
  ])
  const made = await form
    .fill('What is the role called?', 'Reader of letters')
    .fill('What is it about?', 'You read letters before they go out.')
    .fill('What do you ask of people?', 'One letter a month.')
    .fill('What do people get?', 'A call from Cora each month.')
    .fill('How much time does it take?', 'About 1 hour a month')
    .fill('In which group is it?', 'Operational Board')
    .press('Offer the role')
  expect(made.path).toBe(`/${slug}/roles/reader-of-letters`)
  const public_ = await (await visitor.reads(`/${slug}/roles`)).follow('Reader of letters')
  for (const words of [
    'One letter a month.',
    'A call from Cora',
    'About 1 hour a month',
    'Operational Board',
  ]) {
    expect(public_.text).toContain(words)
  }
  expect(public_.text).toContain('We do not pay expenses at the moment')
  await doingAs(network, coordinator, doing => setSetting(doing, expensesOn, true, doing.today))
  expect((await visitor.reads(public_.path)).text).toContain('We pay what it costs you to take part')

  // Closed: no longer in the list, still to be read.
  const edit = await coordinator.reads(`/${slug}/team/roles/reader-of-letters`)
  expect(edit.valueOf('What is it about?')).toBe('You read letters before they go out.')
  const openedMeanwhile = await network.portfolioManager.reads(`/${slug}/team/roles/reader-of-letters`)
  const closed = await edit.choose('No, it is full or has ended').press('Save the role')
  expect(closed.text).toContain('This role is full or has ended')
  expect((await visitor.reads(`/${slug}/roles`)).hasLink('Reader of letters')).toBe(false)
  // Somebody else changed it meanwhile: nothing is written over.
  const stale = await openedMeanwhile.choose('Yes, it is open').press('Save the role')
  expect(stale.status).toBe(422)

  for (const person of [volunteer, stranger, network.administrator, visitor]) {
    expect((await person.opens(`/${slug}/team/roles`)).status).toBe(404)
    expect((await person.opens(`/${slug}/team/roles/reader-of-letters`)).status).toBe(404)
  }
  expect((await visitor.opens(`/${network.otherSlug}/roles/reader-of-letters`)).status).toBe(404)
  const said = await network.inNetwork(tx =>
    tx.selectFrom('history').select('event').where('thing_kind', '=', 'role').orderBy('id').execute(),
  )
  expect(said.map(each => each.event)).toEqual(['offered', 'closed'])
})

test('PEOPLE-2 two roles of one name have two addresses, and an odd name has one too', async () => {
  expect(slugOf('Café: reader, of letters!')).toBe('cafe-reader-of-letters')
  expect(slugOf('שלום')).toBe('role')
  expect(slugOf('New')).toBe('role')
  const network = await aNetwork()
  const { coordinator, slug } = network
  const paths: string[] = []
  for (let n = 0; n < 2; n += 1) {
    const form = await coordinator.reads(`/${slug}/team/roles/new`)
    const made = await form
      .fill('What is the role called?', 'Reader')
      .fill('What is it about?', 'Reading.')
      .fill('What do you ask of people?', 'Reading.')
      .fill('What do people get?', 'Thanks.')
      .fill('How much time does it take?', '1 hour')
      .press('Offer the role')
    paths.push(made.path)
  }
  expect(paths).toEqual([`/${slug}/roles/reader`, `/${slug}/roles/reader-2`])
})
