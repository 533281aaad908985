import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { doingAs } from '#slices/papers/for-tests.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { NoScriptPerson } from '#tests/person.ts'
import { registers } from '../registration/for-tests.ts'
import { countAnswers } from './index.ts'

const many = (network: TestNetwork, count: number, answers: Record<string, string>) =>
  doingAs(network, network.coordinator, async doing => {
    for (let n = 0; n < count; n += 1) await countAnswers(doing, answers, `${Math.random()}-${n}`)
  })

test('PEOPLE-3 R50 somebody who registered answers what they like; it is counted once and nothing leads back to them', async () => {
  const network = await aNetwork()
  const { visitor, volunteer, house, slug } = network
  const received = await registers(network, visitor)
  const page = await received.follow('a few questions')
  expect(page.text).toContain('you cannot change your answers after you send them')
  house.clock.set(house.clock.now().add({ seconds: 30 }).toString())
  const before = JSON.stringify(await everything(network))
  page.choose('65 to 79').choose('Asian, Asian British or Asian Welsh')
  const click = page.wouldSend('Send my answers')
  const both = await Promise.all([visitor.posts(click.to, click.body), visitor.posts(click.to, click.body)])
  expect(both.map(each => each.h1)).toEqual(['Thank you for your answers', 'Thank you for your answers'])
  const counted = await network.inNetwork(tx =>
    tx
      .selectFrom('equality_count')
      .select(['question', 'answer', 'people'])
      .where('people', '>', 0)
      .execute(),
  )
  expect(counted).toHaveLength(8)
  expect(counted).toContainEqual({ question: 'age', answer: '65-to-79', people: 1 })
  expect(counted).toContainEqual({ question: 'religion', answer: 'not-said', people: 1 })

  // Signed in it is the same, and still nothing says that it was her.
  const own = await (await volunteer.reads(`/${slug}/home`)).follow('Who are we hearing from?')
  await own.choose('80 or over').press('Send my answers')
  expect(JSON.stringify(await everything(network))).toBe(before)
  // Every count of the quarter was written by the same transaction: none is younger than another.
  const ages = await house.owner.query('select count(distinct xmin::text) as n from equality_count')
  expect(ages.rows).toEqual([{ n: '1' }])
  const columns = await house.owner.query(
    `select column_name from information_schema.columns where table_name in ('equality_count', 'equality_once')`,
  )
  expect(columns.rows.map(each => each.column_name).sort()).toEqual(
    ['answer', 'key_hash', 'network_id', 'network_id', 'people', 'quarter', 'quarter', 'question'].sort(),
  )
})

/** Where a person, or a time, could have been written down. */
async function everything(network: TestNetwork) {
  return await network.inNetwork(async tx => ({
    audit: await tx.selectFrom('audit').selectAll().where('action', 'like', '%equal%').execute(),
    history: await tx.selectFrom('history').selectAll().where('thing_kind', 'like', '%equal%').execute(),
    sent: await tx.selectFrom('submission').selectAll().where('location', 'like', '%equality%').execute(),
    drafts: await tx.selectFrom('draft').selectAll().execute(),
    messages: await tx.selectFrom('message').selectAll().where('kind', 'like', '%equal%').execute(),
  }))
}

test('PEOPLE-3 R50 sums appear when a quarter is over, beside the area, with small numbers hidden; the team loads the area', async () => {
  const network = await aNetwork()
  const { coordinator, volunteer, visitor, stranger, administrator, applicant, house, slug } = network
  await many(network, 12, { age: '65-to-79', sex: 'female', 'ethnic-group': 'white' })
  await many(network, 8, { age: '18-to-34', sex: 'male', 'ethnic-group': 'white' })
  await many(network, 3, { age: '35-to-49', sex: 'male', religion: 'sikh' })
  expect((await volunteer.reads(`/${slug}/who-we-hear-from`)).text).toContain('There is nothing to show yet')
  house.clock.set('2026-07-02T09:00:00Z')
  await coordinator.signsIn()
  await volunteer.signsIn()
  // Somebody answers today: that is not seen yet.
  await many(network, 1, { age: '80-or-over' })
  const sums = await volunteer.reads(`/${slug}/who-we-hear-from`)
  expect(sums.text).toContain('23 people sent answers')
  expect(sums.text).toContain('30 June 2026')
  expect(sums.text).toContain('Not shown')
  const cells = sums
    .$('table')
    .first()
    .find('td')
    .toArray()
    .map(each => Number(sums.$(each).find('span').last().text()))
  expect(cells.filter(each => each > 0 && each < 5)).toEqual([])
  expect(sums.text).not.toContain('Load figures of the area')

  const load = await (await coordinator.reads(`/${slug}/who-we-hear-from`)).follow('Load figures of the area')
  expect((await load.press('Load the figures')).errors).toEqual(['Enter where the figures come from'])
  const table = (text: string) => new File([text], 'area.csv', { type: 'text/csv' })
  const wrong = await load
    .fill('Where do the figures come from?', 'Census 2021')
    .attach('The table', table('question,answer,people\nsex,Blue,4\n'))
    .press('Load the figures')
  expect(wrong.errors).toEqual(['Line 2: “What is your sex?” has no answer “Blue”. Nothing was changed'])
  expect(wrong.valueOf('Where do the figures come from?')).toBe('Census 2021')
  const done = await wrong
    .attach('The table', table('question,answer,people\nsex,Female,200\nsex,Male,1000\n'))
    .press('Load the figures')
  expect(done.h1).toBe('Who are we not hearing from?')
  expect(done.text).toContain('What is your sex? Male: we hear less from them than there are')
  expect(done.text).toContain('83.3%')
  expect((await coordinator.opens(`/${slug}/team/equality/figures.csv`)).html).toContain(
    '"What is your sex?","Female",""',
  )

  for (const path of ['/who-we-hear-from', '/team/equality/figures', '/team/equality/figures.csv']) {
    for (const person of [visitor, stranger, applicant]) {
      expect((await person.opens(`/${slug}${path}`)).status, path).toBe(404)
    }
  }
  expect((await administrator.opens(`/${slug}/who-we-hear-from`)).status).toBe(404)
  expect((await volunteer.opens(`/${slug}/team/equality/figures`)).status).toBe(404)
  await house.runDue()
  const left = await network.inNetwork(tx =>
    sql<{ n: number }>`select count(*)::int as n from equality_once`.execute(tx),
  )
  expect(left.rows).toEqual([{ n: 1 }])
})

test('PEOPLE-3 robots are not counted, and answers that nobody offered are no answers', async () => {
  const network = await aNetwork()
  const { house, slug } = network
  const robot = new NoScriptPerson(house.app)
  const page = await robot.reads(`/${slug}/equality`)
  const sent = page.wouldSend('Send my answers')
  sent.body.set('website', 'https://spam.example.org')
  expect((await robot.posts(sent.to, sent.body)).status).toBe(422)
  const odd = page.wouldSend('Send my answers')
  odd.body.set('age', 'a thousand')
  expect((await robot.posts(odd.to, odd.body)).h1).toBe('Thank you for your answers')
  const counted = await network.inNetwork(tx =>
    tx.selectFrom('equality_count').select('answer').where('people', '>', 0).execute(),
  )
  expect(new Set(counted.map(each => each.answer))).toEqual(new Set(['not-said']))
})
