import { beforeAll, expect, test } from 'vitest'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'
import { anExcelFile } from './for-tests.ts'

let network: TestNetwork
beforeAll(async () => {
  network = await aNetwork()
})

const at = (kind: string) => `/${network.slug}/team/import/${kind}`

async function choosesTable(who: Someone, kind: string, name: string, content: string | Uint8Array) {
  const page = await who.reads(at(kind))
  const file = new File([typeof content === 'string' ? content : Buffer.from(content)], name)
  return await page.attach('Choose the CSV or Excel file', file).press('Check this table')
}

const people = [
  'Name,E-mail,Phone,How to tell,Group,Role,Votes,Since',
  'Ann Ashworth,ann.ashworth@example.org,,e-mail,Operational Board,volunteer,yes,31/03/2025',
  'Ben Bellwood,,07700 900222,phone,Paediatric SIG,member,no,01/04/2025',
].join('\n')

test('REACH-17 people come in from a table after a dry run, with their places, and nobody is sent a message', async () => {
  const { coordinator, slug, house } = network
  const template = await coordinator.raw(`${at('people')}/template.csv`)
  expect(await template.text()).toContain('"Name","Known as","E-mail"')
  const messages = async () => Number((await house.owner.query('select count(*) from message')).rows[0].count)
  const before = await messages()
  const checked = await choosesTable(coordinator, 'people', 'people.csv', people)
  expect(checked.title).toContain('The table is right')
  expect((await coordinator.reads(`/${slug}/team/people`)).text).not.toContain('Ann Ashworth')
  const done = await checked.press('Bring in 2 rows')
  expect(done.text).toContain('Take all of it back')
  const list = await coordinator.reads(`/${slug}/team/people`)
  expect(list.text).toContain('Ann Ashworth')
  const ann = await list.follow('Ann Ashworth')
  expect(ann.text).toContain('Operational Board')
  expect(await messages()).toBe(before)
})

test('REACH-17 each problem is named by its row, and nothing is written before there is none', async () => {
  const { coordinator, slug } = network
  const wrong = [
    'Name,E-mail,Phone,How to tell,Group,Role',
    'Cat Crosby,not an address,,e-mail,,',
    'Dan Dale,,,phone,Chess Club,member',
    'Ann Again,ann.ashworth@example.org,,e-mail,,',
    'Eve East,eve.east@example.org,,e-mail,Operational Board,',
    'Eve West,EVE.EAST@example.org,,e-mail,,',
  ].join('\n')
  const refused = await choosesTable(coordinator, 'people', 'people.csv', wrong)
  expect(refused.title).toContain('The table is not right yet')
  for (const words of [
    'This is no e-mail address such as name@example.org.',
    'We are to tell them by phone: this must stand here.',
    'There is no group “Chess Club” here. Bring groups in first.',
    'Somebody here has this e-mail address already.',
    'What is this person in the group?',
    'This e-mail address stands in row 5 already.',
  ]) {
    expect(refused.text).toContain(words)
  }
  expect((await coordinator.reads(`/${slug}/team/people`)).text).not.toContain('Cat Crosby')
  const joined = anExcelFile(
    [
      ['Name', 'Kind'],
      ['A', 'sig'],
    ],
    ['A2:B2'],
  )
  const excel = await choosesTable(coordinator, 'groups', 'groups.xlsx', joined)
  expect(excel.status).toBe(422)
  expect(excel.text).toContain('Cells A2:B2 are joined')
})

test('REACH-17 groups, meetings, actions, interests and views come in, from Excel too, and can be worked with', async () => {
  const { coordinator, slug, volunteer, boardChair } = network
  const bring = async (kind: string, name: string, content: string | Uint8Array, many: number) => {
    const checked = await choosesTable(coordinator, kind, name, content)
    expect(checked.title, checked.text.slice(0, 600)).toContain('The table is right')
    await checked.press(many === 1 ? 'Bring in 1 row' : `Bring in ${many} rows`)
  }
  await bring(
    'groups',
    'groups.xlsx',
    anExcelFile([
      ['Name', 'Kind', 'Short name'],
      ['Ultrasound Group', 'sig', 'Ultrasound'],
    ]),
    1,
  )
  expect((await coordinator.reads(`/${slug}/groups/ultrasound`)).text).toContain('Ultrasound Group')
  await bring(
    'meetings',
    'meetings.csv',
    'Group,Title,Day,Time\nOperational Board,"Operational Board, March",31/03/2026,14:00\nUltrasound,First meeting,01/04/2026,',
    2,
  )
  const meetings = await boardChair.reads(`/${slug}/meetings?show=past`)
  const march = await meetings.follow('Operational Board, March')
  expect(march.text).toContain('31 March 2026')
  expect((await boardChair.opens(`${march.path}/minutes`)).status).toBeLessThan(500)
  await bring(
    'actions',
    'actions.csv',
    'What,Owner,Group,Due,Done on,What changed\nSend letters in large print,Vera Volunteer,Operational Board,30/06/2026,,\nMend the lift,Bea Chair,Operational Board,30/04/2026,28/04/2026,It goes again',
    2,
  )
  expect((await volunteer.reads(`/${slug}/actions`)).text).toContain('Send letters in large print')
  await bring(
    'interests',
    'interests.csv',
    'Person,Type,Conflict,Organisation,What,Since\nBea Chair,non-financial professional,potential,Acme Imaging,Sits on its board,01/01/2026',
    1,
  )
  expect((await boardChair.reads(`/${slug}/interests/mine`)).text).toContain('Acme Imaging')
  await bring(
    'views',
    'views.csv',
    'Person,Words,Kind,Said on,How\nVera Volunteer,The signs to X-ray are too small.,experience,01/03/2026,e-mail',
    1,
  )
  const view = await (await volunteer.reads(`/${slug}/contributions`)).follow(
    'The signs to X-ray are too small.',
  )
  expect(view.text).toContain('by e-mail')
  // Its promise runs from today, so that nothing is late on the day it comes in.
  expect((await coordinator.reads(`/${slug}/contributions?show=late`)).text).not.toContain(
    'The signs to X-ray',
  )
})

test('REACH-17 an import can be taken back as a whole for a day, and not once somebody has gone on from it', async () => {
  const { coordinator, slug, house } = network
  const bring = async (words: string) => {
    const checked = await choosesTable(
      coordinator,
      'views',
      'views.csv',
      `Person,Words,Kind,Said on,How\nSam Second,${words},idea,01/03/2026,phone`,
    )
    return await checked.press('Bring in 1 row')
  }
  const done = await bring('Clocks in the waiting room.')
  const counts = async () =>
    (
      await house.owner.query(
        'select (select count(*) from contribution) as views, (select count(*) from contributor) as who',
      )
    ).rows[0]
  const with_ = await counts()
  const back = await done.press('Take all of it back')
  expect(back.text).toContain('Taken back')
  expect(await counts()).toEqual({
    views: String(Number(with_.views) - 1),
    who: String(Number(with_.who) - 1),
  })
  expect((await coordinator.reads(`/${slug}/contributions`)).text).not.toContain(
    'Clocks in the waiting room.',
  )

  const second = await bring('Plants in the waiting room.')
  const { number } = (
    await house.owner.query<{ number: number }>(
      'select max(number) as number from contribution where network_id = $1',
      [network.id],
    )
  ).rows[0]!
  const thread = await coordinator.reads(`/${slug}/contributions/C-${number}`)
  const asking = await thread.follow('Ask the person who raised it for something')
  await asking.fill('Your question', 'Which plants?').press('Ask them')
  const refused = await second.press('Take all of it back')
  expect(refused.text).toContain('Somebody has gone on from what was brought in')

  const third = await bring('Music in the waiting room.')
  house.clock.daysOn(1)
  await coordinator.signsIn()
  const late = await (await coordinator.reads(third.path)).text
  expect(late).toContain('A day has passed')
})

test('REACH-17 a table that was checked is looked at again when it is brought in', async () => {
  const { coordinator } = network
  const text = 'Name,Kind\nFluoroscopy Group,sig'
  const one = await choosesTable(coordinator, 'groups', 'a.csv', text)
  const other = await choosesTable(coordinator, 'groups', 'b.csv', text)
  await one.press('Bring in 1 row')
  const refused = await other.press('Bring in 1 row')
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('Something changed since the table was checked')
  const again = await coordinator.reads(one.path)
  expect(again.text).toContain('Take all of it back')
})

test('REACH-17 five thousand people come in at once', async () => {
  const rows = Array.from(
    { length: 5000 },
    (_, n) => `Person Number${n},person.${n}@example.org,e-mail,Operational Board,volunteer`,
  )
  const checked = await choosesTable(
    network.coordinator,
    'people',
    'many.csv',
    `Name,E-mail,How to tell,Group,Role\n${rows.join('\n')}`,
  )
  const done = await checked.press('Bring in 5000 rows')
  expect(done.text).toContain('5000 rows')
  const { rows: found } = await network.house.owner.query(
    `select count(*)::int as n from person where name like 'Person Number%'`,
  )
  expect(found[0].n).toBe(5000)
})

test('REACH-17 the old mailbox can be read and looked through by the team, each mail once, and by nobody else', async () => {
  const { coordinator, slug, volunteer, stranger, administrator } = network
  const mail = (n: number) =>
    `From ann@example.org Tue Mar 31 09:00:00 2026\r\nFrom: Ann <ann@example.org>\r\nTo: network@example.org\r\nSubject: Letter ${n}\r\nDate: Tue, 31 Mar 2026 0${n % 10}:00:00 +0000\r\n\r\nThe parking number ${n} is far away.\r\n\r\n`
  const mbox = Array.from({ length: 30 }, (_, n) => mail(n)).join('')
  const page = await coordinator.reads(`/${slug}/team/past-mail/new`)
  for (let twice = 0; twice < 2; twice += 1) {
    await page.attach('Choose the mailbox files', new File([mbox], 'old.mbox')).press('Bring it in')
  }
  const { rows } = await network.house.owner.query(
    'select count(*)::int as n from past_mail where network_id = $1',
    [network.id],
  )
  expect(rows[0].n).toBe(30)
  const list = await coordinator.reads(`/${slug}/team/past-mail`)
  const next = await list.follow('Next')
  expect(next.$('main ul.nhsuk-list a, main li a').length).toBeGreaterThan(3)
  const found = await coordinator.reads(`/${slug}/team/past-mail?q=parking`)
  const one = await found.follow('Letter 7')
  expect(one.text).toContain('The parking number 7 is far away.')
  const wrong = await (await coordinator.reads(`/${slug}/team/past-mail/new`))
    .attach('Choose the mailbox files', new File(['no mail'], 'a.mbox'))
    .press('Bring it in')
  expect(wrong.text).toContain('is not a mailbox file')
  for (const person of [volunteer, stranger, administrator]) {
    for (const path of [`/${slug}/team/past-mail`, one.path, `/${slug}/team/import`, at('people')]) {
      expect((await person.opens(path)).status, `${person.fullName} ${path}`).toBe(404)
    }
  }
})
