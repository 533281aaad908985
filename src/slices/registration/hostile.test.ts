import { expect, test } from 'vitest'
import { aNetwork } from '#tests/network.ts'
import { NoScriptPerson } from '#tests/person.ts'
import { answers, registers } from './for-tests.ts'

const hostile = `Robert'); drop table person;-- <script>alert(1)</script> שלום e\u0301 👨‍👩‍👧‍👦`

test('LOOP-1 HOUSE-9 each question refuses what is missing, too long or wrong, and keeps what was typed', async () => {
  const network = await aNetwork()
  const { visitor, slug } = network
  const name = await visitor.reads(`/${slug}/register/name`)
  const label = 'What is your name?'
  expect((await name.press('Continue')).errors).toEqual(['Enter your name'])
  const long = await name.fill(label, 'x'.repeat(10_000)).press('Continue')
  expect([long.status, long.errors]).toEqual([422, ['Name must be 100 characters or fewer']])
  expect(long.title).toMatch(/^Error: /)
  expect(long.valueOf(label)).toHaveLength(10_000)
  expect(await network.inNetwork(tx => tx.selectFrom('application_draft').selectAll().execute())).toEqual([])
  let at = await long.fill(label, hostile.slice(0, 90)).press('Continue')
  expect((await at.press('Continue')).errors).toEqual(['Choose how we shall reach you'])
  at = await at.choose('By e-mail').press('Continue')
  for (const bad of ['nobody', 'a@b', 'two words@example.org', '<a@example.org>']) {
    const wrong = await at.fill('What is your e-mail address?', bad).press('Continue')
    expect(wrong.errors).toEqual(['Enter an e-mail address in the right form, like name@example.org'])
    expect(wrong.valueOf('What is your e-mail address?')).toBe(bad)
  }
  at = await (await at.follow('Back')).choose('By phone: you ring me').press('Continue')
  expect((await at.fill('What number shall we ring?', 'ring me').press('Continue')).errors[0]).toContain(
    'Enter a phone number',
  )
  // Nobody jumps ahead.
  expect((await visitor.opens(`/${slug}/register/check`)).h1).toBe('What number shall we ring?')
  expect((await new NoScriptPerson(network.house.app).opens(`/${slug}/register/help`)).h1).toBe(label)
})

test('LOOP-1 SQL, HTML and right-to-left text are text, for the team as for the applicant', async () => {
  const network = await aNetwork()
  const { visitor, coordinator, slug } = network
  const check = await answers(network, visitor, { name: hostile, words: hostile, help: hostile })
  expect(check.text).toContain('<script>alert(1)</script>')
  expect(check.$('main script')).toHaveLength(0)
  await check.press('Send')
  const one = await coordinator.reads(`/${slug}/team/applications/201`)
  expect(one.$('main script')).toHaveLength(0)
  expect(one.text).toContain('drop table person')
  expect((await coordinator.reads(`/${slug}/team/people?q=${encodeURIComponent('Robert')}`)).text).toContain(
    'drop table',
  )
})

test('LOOP-1 robots are kept out without a puzzle, and a person who is asked to wait loses nothing', async () => {
  const network = await aNetwork()
  const { visitor, slug, house } = network
  const check = await answers(network, visitor)
  expect(check.$('#website').closest('[hidden]')).toHaveLength(1)
  const robot = check.wouldSend('Send')
  robot.body.set('website', 'https://spam.example.org')
  const refused = await visitor.posts(robot.to, robot.body)
  expect([refused.status, refused.h1]).toEqual([422, 'Check your answers'])
  // Too quick: the whole journey within a second.
  await network.inNetwork(tx =>
    tx.updateTable('application_draft').set({ started_at: house.clock.now() }).execute(),
  )
  const quick = await check.press('Send')
  expect(quick.errors[0]).toContain('Wait a few seconds and send it again')
  house.clock.set(house.clock.now().add({ seconds: 5 }).toString())
  expect((await quick.press('Send')).h1).toBe('Thank you')
  expect(await network.inNetwork(tx => tx.selectFrom('application').select('number').execute())).toHaveLength(
    1,
  )
  // Five sendings an hour from one source (R66): this one would be the sixth with these three more.
  for (let n = 0; n < 2; n += 1)
    await registers(network, new NoScriptPerson(house.app), { contact: `p${n}@example.org` })
  const sixth = await registers(network, new NoScriptPerson(house.app), { contact: 'sixth@example.org' })
  expect(sixth.status).toBe(429)
  expect((await visitor.reads(`/${slug}/register`)).status).toBe(200)
})

test('LOOP-1 LOOP-23 a double click on “Send” registers once and shows the same receipt', async () => {
  const network = await aNetwork()
  const { visitor } = network
  const click = (await answers(network, visitor)).wouldSend('Send')
  const both = await Promise.all([visitor.posts(click.to, click.body), visitor.posts(click.to, click.body)])
  expect(both.map(each => each.h1)).toEqual(['Thank you', 'Thank you'])
  const made = await network.inNetwork(tx => tx.selectFrom('application').select('id').execute())
  expect(made).toHaveLength(1)
  expect(
    await network.inNetwork(tx =>
      tx.selectFrom('message').select('id').where('kind', '=', 'registered').execute(),
    ),
  ).toHaveLength(1)
})
