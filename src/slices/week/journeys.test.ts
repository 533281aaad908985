import { Temporal } from 'temporal-polyfill'
import { beforeAll, expect, test } from 'vitest'
import { openAction } from '#slices/actions/index.ts'
import { aContribution, doingAs } from '#slices/contributions/for-tests.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { endOfWeek, pageLength } from './queries.ts'

let network: TestNetwork
let week: string
const day = (text: string) => Temporal.PlainDate.from(text)

beforeAll(async () => {
  network = await aNetwork()
  week = `/${network.slug}/team/week`
})

const anAction = (what: string, owner: number, due: string) =>
  doingAs(network, network.coordinator, doing =>
    openAction(doing, {
      contributionId: null,
      considerationId: null,
      groupId: network.groups.board,
      what,
      ownerPersonId: owner,
      dueOn: day(due),
    }),
  )

test('PEOPLE-23 a week ends on its Sunday, and on a weekend the next one is meant', () => {
  expect(endOfWeek(day('2026-06-09')).toString()).toBe('2026-06-14')
  expect(endOfWeek(day('2026-06-12')).toString()).toBe('2026-06-14')
  expect(endOfWeek(day('2026-06-13')).toString()).toBe('2026-06-21')
  expect(endOfWeek(day('2026-06-14')).toString()).toBe('2026-06-21')
})

test('PEOPLE-23 what is late, due and coming stands on one page, by person and by promise, and narrows', async () => {
  const { coordinator, boardMember, sigMember, volunteer } = network
  await anAction('=Paint the corridor', boardMember.id, '2026-06-01')
  await anAction('Order the signs', boardMember.id, '2026-06-12')
  await anAction('Ask the porters', sigMember.id, '2026-06-25')
  await anAction('Far beyond', sigMember.id, '2026-09-25')
  await aContribution(network, { by: volunteer })

  let page = await coordinator.reads(week)
  expect(page.text).toContain('1 late')
  expect(page.text).toContain('=Paint the corridor')
  expect(page.text).toContain('Say where a view will be considered')
  expect(page.text).not.toContain('Far beyond')
  const order = ['Paint the corridor', 'Order the signs', 'Ask the porters'].map(each =>
    page.text.indexOf(each),
  )
  expect(order).toEqual([...order].sort((a, b) => a - b))

  page = await page.fill('When', 'late').press('Show')
  expect(page.text).toContain('Paint the corridor')
  expect(page.text).not.toContain('Order the signs')
  page = await coordinator.reads(`${week}?person=${sigMember.id}`)
  expect(page.text).toContain('Ask the porters')
  expect(page.text).not.toContain('Order the signs')
  page = await coordinator.reads(`${week}?promise=Do an action&when=week`)
  expect(page.text).toContain('Order the signs')
  expect(page.$('table').text()).not.toContain('Say where')
  expect((await coordinator.reads(`${week}?person=999&when=nonsense&after=rubbish`)).text).toContain(
    'Nothing like this waits',
  )
})

test('PEOPLE-23 a long week goes on page by page and loses nothing', async () => {
  const { coordinator, secondVolunteer } = network
  for (let n = 0; n < pageLength + 3; n += 1)
    await anAction(`Long list ${n}.`, secondVolunteer.id, '2026-06-20')
  const seen: string[] = []
  let page = await coordinator.reads(`${week}?person=${secondVolunteer.id}`)
  for (;;) {
    seen.push(
      ...page
        .$('tbody th a')
        .toArray()
        .map(each => page.$(each).text()),
    )
    if (page.$('a[rel=next]').length === 0) break
    page = await coordinator.reads(page.$('a[rel=next]').attr('href')!)
  }
  expect(seen.length).toBe(pageLength + 3)
  expect(new Set(seen).size).toBe(pageLength + 3)
})

test('PEOPLE-23 the week as a table for a spreadsheet: the same lines, and no formula in it', async () => {
  const { coordinator, boardMember } = network
  const answer = await coordinator.raw(`${week}.csv?person=${boardMember.id}`)
  expect(answer.headers.get('content-type')).toContain('text/csv')
  const text = await answer.text()
  expect(text).toContain('Mo Member')
  expect(text).toContain('Order the signs')
  expect(text).not.toContain('Ask the porters')
  expect(text).not.toMatch(/(^|,)"[=+@-]/m)
  expect(text.trim().split('\r\n').length).toBe(3)
})

test('PEOPLE-23 nobody but the team has the week, its table or its steps', async () => {
  const { volunteer, administrator, stranger, visitor, boardChair, trustContact, slug } = network
  const nothing = (await stranger.opens(`/${slug}/nothing-here`)).html
  for (const person of [volunteer, administrator, stranger, boardChair, trustContact]) {
    for (const path of [week, `${week}.csv`, `${week}/hand-over`, `${week}/try-again`, `${week}/steps/1`]) {
      expect((await person.opens(path)).status, `${person.fullName} ${path}`).toBe(404)
    }
  }
  expect((await stranger.opens(week)).html).toBe(nothing)
  expect((await visitor.opens(week)).status).toBe(404)
})

test('PEOPLE-23 complaints about data stand in the week of their contact only', async () => {
  const { coordinator, director, house, id } = network
  await house.owner.query(
    `insert into data_complaint (network_id, number, words, name, channel, address, how, received_at, last_day, update_by)
     values ($1, 1, 'private words', 'Some Body', 'email', 'a@example.org', 'web', now(), '2026-07-09', '2026-06-11')`,
    [id],
  )
  expect((await director.reads(week)).text).toContain('Complaint about data D-1')
  const seen = await coordinator.reads(week)
  expect(seen.text).not.toContain('Complaint about data')
  expect(seen.text).not.toContain('Give news')
})

test('PEOPLE-23 actions are handed over many at once: counted before, told to the new owner, taken back within a day', async () => {
  const { coordinator, sigDeputy, sigChair, house } = network
  const first = await anAction('Count the chairs', sigDeputy.id, '2026-06-12')
  await anAction('Count the tables', sigDeputy.id, '2026-06-15')
  await anAction('Count the lamps', sigDeputy.id, '2026-06-16')
  let page = await coordinator.reads(`${week}/hand-over?from=${sigDeputy.id}`)
  expect(page.valueOf(`A-${first.number}`)).toBe('chosen')
  // Without a reason and an owner: told beside the fields, nothing lost.
  page = await page.press('Go on')
  expect(page.status).toBe(422)
  expect(page.errors.length).toBe(2)
  page = await page.fill('Who takes them on?', 'Sid Chair').fill('Why?', 'Di is away.').press('Go on')
  expect(page.h1).toBe('Hand over 3 actions?')
  // One is done meanwhile: it is left alone, and said so.
  await house.owner.query(`update action set state = 'done' where what = 'Count the lamps'`)
  const twice = page.wouldSend('Hand over 3 actions')
  page = await page.press('Hand over 3 actions')
  expect(page.h1).toBe('2 actions handed over')
  expect(page.text).toContain('1 action changed meanwhile')
  await coordinator.posts(twice.to, twice.body)
  const owner = async (what: string) =>
    (await house.owner.query('select owner_person_id as id from action where what = $1', [what])).rows[0].id
  expect(await owner('Count the chairs')).toBe(sigChair.id)
  expect(await owner('Count the lamps')).toBe(sigDeputy.id)
  expect((await sigChair.wasTold()).filter(each => each.body.includes('Count the')).length).toBe(2)
  page = await page.press('Undo: give them back')
  expect(page.h1).toBe('2 actions given back')
  expect(await owner('Count the chairs')).toBe(sigDeputy.id)
  expect(page.hasButton('Undo: give them back')).toBe(false)
})

test('PEOPLE-23 after a day, or when somebody has no place any more, the step says why not', async () => {
  const { coordinator, sigDeputy, sigMember, house } = network
  let page = await coordinator.reads(`${week}/hand-over?from=${sigDeputy.id}`)
  page = await page.fill('Who takes them on?', 'Meg Member').fill('Why?', 'Di is away.').press('Go on')
  await house.owner.query(`update membership set to_on = '2026-06-01' where person_id = $1`, [sigMember.id])
  page = await page.press('Hand over 2 actions')
  expect(page.status).toBe(422)
  expect(page.text).toContain('Choose a person of this network')
  await house.owner.query(`update membership set to_on = null where person_id = $1`, [sigMember.id])
  page = await page.press('Hand over 2 actions')
  expect(page.h1).toBe('2 actions handed over')
  const undo = page.wouldSend('Undo: give them back')
  house.clock.daysOn(2)
  await coordinator.signsIn()
  const late = await coordinator.posts(undo.to, undo.body)
  expect(late.status).not.toBe(200)
  page = await coordinator.reads(undo.to.replace('/undo', ''))
  expect(page.hasButton('Undo: give them back')).toBe(false)
})

test('PEOPLE-23 messages that could not be sent are tried again together, after their count was confirmed', async () => {
  const { coordinator, volunteer, house, id, slug } = network
  const failed = async () =>
    Number(
      (
        await house.owner.query(
          `select count(*) as n from message where state = 'failed' and network_id = $1`,
          [id],
        )
      ).rows[0].n,
    )
  await doingAs(network, network.coordinator, async doing => {
    for (const n of [1, 2]) {
      await doing.tell({
        key: `test:${n}`,
        personId: volunteer.id,
        kind: 'test',
        subject: 'a test',
        paragraphs: ['Words.'],
        link: { path: `/${slug}/home`, words: 'Here' },
        short: 'Words.',
        about: { kind: 'test', id: String(n) },
      })
    }
  })
  await house.owner.query(`update message set state = 'failed' where kind = 'test'`)
  let page = await coordinator.reads(`/${slug}/team/messages?state=failed`)
  page = await page.follow('Try all of them again')
  page = await page.press('Go on with 2 messages')
  expect(page.h1).toBe('Try 2 messages again?')
  page = await page.press('Try 2 messages again')
  expect(page.h1).toBe('2 messages on the way again')
  expect(await failed()).toBe(0)
})
