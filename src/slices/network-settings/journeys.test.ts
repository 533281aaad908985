import { beforeAll, expect, test } from 'vitest'
import { aContribution } from '#slices/contributions/for-tests.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'

let network: TestNetwork
let at: string
beforeAll(async () => {
  network = await aNetwork()
  at = `/${network.slug}/team/settings`
})

const one = async (sql: string, values: unknown[] = []) =>
  (await network.house.owner.query(sql, values)).rows[0]

test('PEOPLE-24 a Trust and a hospital are added and changed; a code is checked, and belongs to one only', async () => {
  const { coordinator } = network
  let page = await coordinator.reads(`${at}/trusts`)
  page = await page.follow('Add a Trust')
  page = await page
    .fill('Name of the Trust', 'Second Hospitals NHS Trust')
    .fill('ODS code', 'R!')
    .press('Add this Trust')
  expect(page.status).toBe(422)
  expect(page.errors[0]).toContain('3 to 6 capital letters and digits')
  expect(page.valueOf('Name of the Trust')).toBe('Second Hospitals NHS Trust')
  page = await page.fill('ODS code', 'RXX').press('Add this Trust')
  expect(page.errors).toEqual(['The code RXX is the code of First Hospitals NHS Trust'])
  page = await page.fill('ODS code', 'rx2').press('Add this Trust')
  expect(page.h1).toBe('Second Hospitals NHS Trust')
  page = await page.follow('Add a hospital')
  page = await page
    .fill('Name of the hospital', 'Second General')
    .fill('Town', 'Dudley')
    .press('Add this hospital')
  expect(page.text).toContain('Second General')
  // Everybody can read it at once.
  expect((await network.visitor.reads(`/${network.slug}`)).text).toContain('Second General, Dudley')
  page = await page.follow('Second General')
  page = await page.fill('Day', '1').fill('Month', '6').fill('Year', '2026').press('Save')
  expect(page.text).toContain('closed after 1 June 2026')
  expect((await network.visitor.reads(`/${network.slug}`)).text).not.toContain('Second General')
})

test('PEOPLE-24 a table of Trusts shows what would change before anything does, and mistakes by their line', async () => {
  const { coordinator } = network
  let page = await coordinator.reads(`${at}/trusts/import`)
  page = await page
    .fill('Paste the table', 'Trust,Trust code\nThird Trust,TOO-LONG\n,RX3')
    .press('See what would change')
  expect(page.status).toBe(422)
  expect(page.errors.map(each => each.slice(0, 7))).toEqual(['Line 2:', 'Line 3:'])
  expect(page.valueOf('Paste the table')).toContain('TOO-LONG')
  const table =
    'Trust,Trust code,Hospital,Town\nThird Trust,RX3,Third General,Walsall\nFirst Hospitals NHS Trust,,First Hospital,Solihull'
  page = await page.fill('Paste the table', table).press('See what would change')
  expect(page.h1).toBe('What would change')
  expect(page.text).toContain('Third Trust (RX3)')
  expect(Number((await one(`select count(*) as n from trust where name = 'Third Trust'`)).n)).toBe(0)
  const twice = page.wouldSend('Bring in 3 changes')
  page = await page.press('Bring in 3 changes')
  expect(page.text).toContain('Third Trust')
  expect(
    (await one(`select town from site where slug = 'first-hospital' and network_id = $1`, [network.id])).town,
  ).toBe('Solihull')
  // A second click does nothing a second time.
  await coordinator.posts(twice.to, twice.body)
  expect(Number((await one(`select count(*) as n from trust where name = 'Third Trust'`)).n)).toBe(1)
  // The same table again changes nothing, and says so.
  page = await coordinator.reads(`${at}/trusts/import`)
  page = await page.fill('Paste the table', table).press('See what would change')
  expect(page.text).toContain('Everything in this table is here already')
})

test('PEOPLE-24 a Trust that merged: its hospitals, its people and its contact go on its day, not before', async () => {
  const { coordinator, trustContact, volunteer, house, trustId } = network
  await house.owner.query('update person set trust_id = $1 where id = $2', [trustId, volunteer.id])
  let page = await coordinator.reads(`${at}/trusts/first-trust`)
  page = await page.follow('It becomes part of another Trust')
  page = await page.press('Save the merger')
  expect(page.errors.length).toBe(2)
  page = await page
    .fill('Which Trust does it become part of?', 'Third Trust')
    .fill('Day', '11')
    .fill('Month', '6')
    .fill('Year', '2026')
    .press('Save the merger')
  expect(page.text).toContain('Will be part of Third Trust from 11 June 2026')
  // Taken back, and saved again.
  page = await page.press('Take the merger back')
  expect(page.text).not.toContain('Will be part')
  page = await (await page.follow('It becomes part of another Trust'))
    .fill('Which Trust does it become part of?', 'Third Trust')
    .fill('Day', '11')
    .fill('Month', '6')
    .fill('Year', '2026')
    .press('Save the merger')
  const where = async () =>
    (await one(
      `select (select t.name from site s join trust t on t.network_id = s.network_id and t.id = s.trust_id
         where s.slug = 'first-hospital' and s.network_id = $1) as site,
       (select t.name from person p join trust t on t.network_id = p.network_id and t.id = p.trust_id where p.id = $2) as person,
       (select string_agg(t.name || ' ' || coalesce(c.to_on::text, 'still'), ', ' order by c.id) from trust_contact c
         join trust t on t.network_id = c.network_id and t.id = c.trust_id where c.person_id = $3) as contact`,
      [network.id, volunteer.id, trustContact.id],
    )) as { site: string; person: string; contact: string }
  await house.runDue()
  expect((await where()).site).toBe('First Hospitals NHS Trust')
  house.clock.daysOn(2)
  await house.runDue()
  await house.runDue()
  expect(await where()).toEqual({
    site: 'Third Trust',
    person: 'Third Trust',
    contact: 'First Hospitals NHS Trust 2026-06-10, Third Trust still',
  })
  await coordinator.signsIn()
  page = await coordinator.reads(`${at}/trusts/first-trust`)
  expect(page.text).toContain('Part of Third Trust since 11 June 2026')
  expect(page.hasButton('Take the merger back')).toBe(false)
  expect((await network.visitor.reads(`/${network.slug}`)).text).not.toContain('First Hospitals NHS Trust')
})

test('PEOPLE-24 a group is added and renamed, and its address stays', async () => {
  const { coordinator } = network
  let page = await coordinator.reads(`${at}/groups`)
  page = await page.follow('Add a group')
  expect((await page.press('Add this group')).errors.length).toBe(3)
  page = await page
    .fill('Name of the group', 'Ultrasound SIG')
    .choose('Special interest group (SIG)')
    .fill('What is it for?', 'Ultrasound scans.')
    .press('Add this group')
  expect(page.h1).toBe('Ultrasound SIG')
  page = await page.fill('Name of the group', 'Sound SIG').press('Save')
  page = await (await page.follow('Sound SIG')).follow('Its public page')
  expect(page.path).toContain('/groups/ultrasound-sig')
  expect(page.h1).toBe('Sound SIG')
})

test('PEOPLE-24 the network’s own words stand where people look, and keep what was said before', async () => {
  const { administrator, visitor, coordinator, slug } = network
  await administrator.signsIn()
  let page = await administrator.reads(at)
  expect(page.text).toContain('has not said its safeguarding number yet')
  page = await page.follow('Say it now')
  page = await page.fill('What should stand there?', 'Ring 0121 496 0999.\nDay and night.').press('Save')
  expect((await visitor.reads(`/${slug}/help`)).text).toContain('Ring 0121 496 0999')
  page = await page.follow('Whom to ring when somebody is not safe')
  const stale = (await administrator.reads(`${at}/texts/safeguarding`)).wouldSend('Save')
  page = await page.fill('What should stand there?', 'Ring 0121 496 0111.').press('Save')
  page = await page.follow('Whom to ring when somebody is not safe')
  expect(page.text).toContain('0121 496 0999')
  expect(page.text).toContain('Ada Ministrator')
  // From an old page: nothing is written over.
  stale.body.set('words', 'Something old')
  const again = await administrator.posts(stale.to, stale.body)
  expect(again.status).toBe(422)
  expect((await visitor.reads(`/${slug}/help`)).text).toContain('0121 496 0111')
  expect((await coordinator.reads(at)).text).not.toContain('has not said its safeguarding number')
})

test('PEOPLE-24 a choice holds from its day on, and says who chose it', async () => {
  const { coordinator } = network
  let page = await coordinator.reads(`${at}/choices`)
  const link = page.$('dd.nhsuk-summary-list__actions a').first().attr('href')!
  page = await coordinator.reads(link)
  const title = page.h1
  const before = await page.fill('Day', '1').press('Save')
  expect(before.errors[0]).toContain('must be today or in the future')
  expect((await coordinator.opens(`${at}/choices/nothing-like-this`)).status).toBe(404)
  // Each kind of choice that a room offers can be set.
  const links = (await coordinator.reads(`${at}/choices`))
    .$('dd.nhsuk-summary-list__actions a')
    .toArray()
    .map(each => page.$(each).attr('href')!)
  for (const each of links) {
    page = await (await coordinator.reads(each)).press('Save')
    expect(page.$('tbody tr').length, each).toBeGreaterThan(0)
    expect(page.text, each).toContain('Cora Ordinator')
  }
  page = await coordinator.reads(`${at}/changes`)
  expect(page.text).toContain(title)
  expect(page.text).toContain('Trust added: Third Trust')
  expect(page.text).toContain('First Hospitals NHS Trust becomes part of Third Trust on 11 June 2026')
  expect(page.text).toContain('New words: Whom to ring when somebody is not safe')
  expect(page.text).not.toContain('0121 496 0111')
})

test('PEOPLE-24 name and contact are changed for this network alone; its address stays', async () => {
  const { coordinator, visitor, slug, otherSlug } = network
  let page = await coordinator.reads(`${at}/name`)
  page = await page.fill('Phone number for volunteers', 'ring me').press('Save')
  expect(page.errors).toEqual(['Enter a phone number, like 0121 496 0001'])
  await page
    .fill('Name of the network', 'Renamed Network')
    .fill('Phone number for volunteers', '0121 496 0222')
    .choose('Yes: people reach us there')
    .press('Save')
  expect((await visitor.reads(`/${slug}`)).h1).toBe('Renamed Network')
  expect((await visitor.reads(`/${slug}/help`)).text).toContain('0121 496 0222')
  expect((await visitor.reads(`/${slug}/help`)).text).not.toContain('has not confirmed this phone')
  expect((await visitor.reads(`/${otherSlug}`)).h1).toBe('Other Imaging Network')
})

test('PEOPLE-24 a clock changed in the middle: what was promised stays, what comes later gets the new number', async () => {
  const { coordinator, volunteer } = network
  await volunteer.signsIn()
  const first = await aContribution(network, { by: volunteer })
  const page = await coordinator.reads(`${at}/clocks`)
  await page.fill('We say where a view will be considered', '7').press('Save')
  const second = await aContribution(network, { by: volunteer })
  const due = async (reference: string) =>
    (
      await one(
        `select due_on::text as due from contribution where 'C-' || number = $1 and network_id = $2`,
        [reference, network.id],
      )
    ).due
  // 11 June 2026 is a Thursday.
  expect(await due(first.reference)).toBe('2026-06-15')
  expect(await due(second.reference)).toBe('2026-06-22')
})

test('PEOPLE-24 nobody but the team and the administrator has these pages, and an administrator reads no promise', async () => {
  const { volunteer, boardChair, stranger, visitor, administrator, slug } = network
  const paths = [
    '',
    '/name',
    '/trusts',
    '/trusts/new',
    '/trusts/import',
    '/trusts/third-trust',
    '/groups',
    '/groups/new',
  ]
  const more = ['/groups/board', '/choices', '/texts', '/texts/help', '/changes', '/trusts/third-trust/merge']
  for (const person of [volunteer, boardChair, stranger]) await person.signsIn()
  const nothing = (await stranger.opens(`/${slug}/nothing-here`)).html
  for (const path of [...paths, ...more]) {
    for (const person of [volunteer, boardChair, stranger, visitor]) {
      expect((await person.opens(at + path)).status, `${person.name} ${path}`).toBe(404)
    }
    expect((await stranger.opens(at + path)).html, path).toBe(nothing)
    expect((await administrator.opens(at + path)).status, path).toBe(200)
  }
  expect((await administrator.opens(`${at}/clocks`)).status).toBe(404)
})
