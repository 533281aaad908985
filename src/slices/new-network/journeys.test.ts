import { afterAll, expect, test, vi } from 'vitest'
import { verifyAudit } from '#platform/audit.ts'
import { openDatabase } from '#platform/database/connect.ts'
import { aBrowser, aStandingNetwork, signsInByCode } from '#slices/sign-in/for-tests.ts'
import { Someone } from '#tests/network.ts'
import type { SeenPage } from '#tests/person.ts'
import { missingStep, planOf, slugForm } from './plan.ts'

const network = await aStandingNetwork()
const { slug, house, administrator } = network
afterAll(() => void vi.useRealTimers())

const rows = async (sql: string, values: unknown[] = []) => (await house.owner.query(sql, values)).rows

async function fillsAll(short: string): Promise<SeenPage> {
  let page = await administrator.reads(`/${slug}/home`)
  page = await page.follow('Set up a new network')
  page = await page.follow('Start now')
  page = await page
    .fill('Name of the network', 'Harbour Imaging Network')
    .fill('Short name', 'Harbour')
    .fill('Phone number for volunteers', '0121 496 0333')
    .fill('Address of its pages', short)
    .press('Go on')
  page = await page
    .fill('Special interest groups (SIGs)', 'Heart SIG\n\nHeart SIG\nBreast SIG')
    .fill('Workstreams', 'Shorter waits')
    .press('Go on')
  page = await page
    .fill(
      'Trusts and hospitals',
      'Trust,Trust code,Hospital,Town\nHarbour NHS Trust,RHA,Harbour General,Seaside',
    )
    .press('Go on')
  return await page
    .fill('Name of the co-ordinator', 'Coral Harbour')
    .fill('E-mail address of the co-ordinator', 'coral@example.org')
    .fill('Name of the administrator', 'Addy Harbour')
    .fill('E-mail address of the administrator', 'addy@example.org')
    .press('Go on')
}

test('PEOPLE-25 what is asked becomes a plan; doubles and empty lines fall away; what is missing names its page', () => {
  expect(missingStep({})).toBe('name')
  const name = {
    name: 'A',
    short: 'A',
    slug: 'a-b',
    purpose: '',
    phone: '',
    email: '',
    website: '',
    safeguarding: '',
  }
  const nobody = { name: '', email: '' }
  const plan = planOf({
    name,
    groups: { board: 'Board', sigs: ' One \r\n\r\nOne\nTwo', workstreams: '' },
    trusts: { table: '' },
    people: {
      'co-ordinator': { name: 'C', email: 'c@example.org' },
      'portfolio-manager': nobody,
      director: nobody,
      administrator: nobody,
    },
  })
  expect(plan.groups.map(each => `${each.kind} ${each.name}`)).toEqual(['board Board', 'sig One', 'sig Two'])
  expect(plan.people).toEqual([{ post: 'co-ordinator', name: 'C', email: 'c@example.org' }])
  for (const [given, fits] of [
    ['north', true],
    ['9north', false],
    ['North', false],
    ['a', false],
    ['a/b', false],
  ] as const) {
    expect(slugForm.test(given), given).toBe(fits)
  }
})

test('PEOPLE-25 an administrator sets up a network page by page, and its co-ordinator signs in', async () => {
  // Mistakes come back beside their field, with what was typed.
  let page = await administrator.reads(`/${slug}/new-network/name`)
  page = await page.fill('Address of its pages', 'Sign In!').press('Go on')
  expect(page.errors.length).toBe(3)
  expect(page.valueOf('Address of its pages')).toBe('Sign In!')
  for (const taken of ['demo', 'sign-in', slug]) {
    page = await page
      .fill('Name of the network', 'X')
      .fill('Short name', 'X')
      .fill('Address of its pages', taken)
      .press('Go on')
    expect(page.errors, taken).toEqual(['This address is taken. Choose another one'])
  }
  page = await fillsAll('harbour')
  expect(page.h1).toBe('Check before the network is made')
  for (const words of [
    'Harbour Imaging Network',
    'Heart SIG',
    'Shorter waits',
    '1 Trust, 1 hospital',
    'coral@example.org',
  ]) {
    expect(page.text).toContain(words)
  }
  // A change comes back to the check.
  page = await (await page.follow('Change the groups')).press('Go on')
  expect(page.h1).toBe('Check before the network is made')
  const twice = page.wouldSend('Make this network')
  page = await page.press('Make this network')
  expect(page.h1).toBe('Harbour Imaging Network is set up')
  await administrator.posts(twice.to, twice.body)
  expect((await rows(`select 1 from network where slug = 'harbour'`)).length).toBe(1)

  const [made] = await rows(`select id from network where slug = 'harbour'`)
  const [coral] = await rows('select id from person where network_id = $1 and email = $2', [
    made.id,
    'coral@example.org',
  ])
  const told = {
    wasTold: () =>
      house.database.network(made.id, tx =>
        tx.selectFrom('message').selectAll().where('person_id', '=', coral.id).orderBy('id').execute(),
      ),
  }
  expect((await told.wasTold()).map(each => each.kind)).toEqual(['invited'])
  const browser = aBrowser(network)
  page = await signsInByCode({ person: told, email: 'coral@example.org', browser })
  expect(page.h1).toBe('Make your account safer')
})

test('PEOPLE-25 induction, agreements and roles are there from the start, and no place for who made it', async () => {
  const [counted] = await rows(
    `select n.id, (select count(*)::int from network_group g where g.network_id = n.id) as groups,
       (select count(*)::int from site s where s.network_id = n.id) as sites,
       (select count(*)::int from induction_module m where m.network_id = n.id) as modules,
       (select count(*)::int from agreement a where a.network_id = n.id) as agreements,
       (select count(*)::int from offered_role r where r.network_id = n.id) as roles,
       (select count(*)::int from person p where p.network_id = n.id) as people
     from network n where slug = 'harbour'`,
  )
  expect(counted).toMatchObject({ groups: 4, sites: 1, people: 2 })
  expect(counted.modules).toBeGreaterThan(3)
  expect(counted.agreements).toBeGreaterThan(1)
  expect(counted.roles).toBeGreaterThan(0)
  expect((await administrator.opens('/harbour/home')).status).toBe(404)
  expect((await administrator.opens('/harbour/team/settings')).status).toBe(404)
  // Everything went where it belongs: nothing of the new network stands in the old one, and both chains are whole.
  expect(
    await rows('select 1 from person where network_id = $1 and email like $2', [network.id, '%harbour%']),
  ).toEqual([])
  expect(
    await rows(`select event from history where network_id = $1 and thing_kind = 'network'`, [network.id]),
  ).toEqual([{ event: 'other-network-made' }])
  const owner = openDatabase(house.ownerUrl)
  expect((await verifyAudit(owner.pool)).broken).toEqual([])
  await owner.close()
})

test('PEOPLE-25 no page of the new network says a word of another one', async () => {
  const [made] = await rows(`select id from network where slug = 'harbour'`)
  const [account] = await rows(`select id from account where email = 'coral@example.org'`)
  const [coral] = await rows('select id from person where network_id = $1 and email = $2', [
    made.id,
    'coral@example.org',
  ])
  // In all posts and in the board: every page that a person of the network may open.
  await house.owner.query(
    `insert into post_holding (network_id, person_id, post, from_on)
     select $1, $2, unnest(array['director', 'portfolio-manager', 'administrator']), '2026-01-01'`,
    [made.id, coral.id],
  )
  await house.owner.query(
    `insert into membership (network_id, person_id, group_id, role, voting, lay, from_on)
     select $1, $2, id, 'chair', true, true, '2026-01-01' from network_group where network_id = $1`,
    [made.id, coral.id],
  )
  const person = await new Someone(house, coral.id, account.id, 'Coral Harbour', made.id, 'harbour').signsIn()
  const paths = [
    ...new Set(
      house.app.slices.flatMap(slice =>
        slice.routes
          .filter(route => route.kind !== 'plain' && !(route.kind === 'form' && route.page === false))
          .map(route => route.path)
          .filter(path => path.startsWith('/:network') && !path.slice(9).includes(':')),
      ),
    ),
  ]
  let opened = 0
  for (const reader of [person, network.visitor]) {
    for (const path of paths) {
      const page = await reader.opens(path.replace('/:network', '/harbour'))
      if (page.status !== 200) continue
      opened += 1
      expect(page.html, path).not.toMatch(
        /wmin|west midlands|midlands imaging|first imaging|first hospitals/i,
      )
    }
  }
  expect(opened).toBeGreaterThan(60)
})

test('PEOPLE-25 two administrators at once: the address is given once; who comes second is told and loses nothing', async () => {
  const other = await network.aPerson({ name: 'Otto Other', posts: ['administrator'] })
  const first = await fillsAll('lakeside')
  const draft = await rows(`select data from draft where person_id = $1 and kind = 'new-network'`, [
    administrator.id,
  ])
  await house.owner.query(
    `insert into draft (network_id, person_id, kind, data, updated_at) values ($1, $2, 'new-network', $3, now())`,
    [network.id, other.id, JSON.stringify(draft[0].data)],
  )
  const second = await other.reads(`/${slug}/new-network/check`)
  expect((await first.press('Make this network')).h1).toContain('is set up')
  const late = await second.press('Make this network')
  expect(late.status).toBe(422)
  expect(late.errors).toEqual(['There is a network with this address already. Choose another one'])
  expect((await rows(`select 1 from network where slug = 'lakeside'`)).length).toBe(1)
})

test('PEOPLE-25 nobody but an administrator sets up a network', async () => {
  const { volunteer, coordinator, director, stranger, visitor } = network
  for (const person of [volunteer, coordinator, director, stranger, visitor]) {
    for (const path of ['', '/name', '/groups', '/trusts', '/people', '/check', '/made/harbour']) {
      expect((await person.opens(`/${slug}/new-network${path}`)).status, `${person.name} ${path}`).toBe(404)
    }
  }
})
