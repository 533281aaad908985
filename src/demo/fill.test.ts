import { expect, test } from 'vitest'
import { openTestHouse } from '#tests/house.ts'
import { fillDemo } from './index.ts'

const keys = [
  'volunteer-1',
  'volunteer-2',
  'volunteer-3',
  'applicant-1',
  'sig-chair',
  'sig-deputy',
  'sig-member',
  'other-sig-chair',
  'board-chair',
  'board-member-1',
  'board-member-2',
  'board-member-3',
  'co-ordinator',
  'portfolio-manager',
  'director',
  'trust-contact',
  'administrator',
  'other-volunteer',
  'other-co-ordinator',
  'other-director',
]

test('HOUSE-11 the demo has its people, each can sign in, and a second start finds them', async () => {
  const { house, app, owner } = await openTestHouse()
  await fillDemo(house, app.slices)
  const count = async () =>
    (
      await owner.query(`select (select count(*) from network)::int networks, (select count(*) from person)::int people,
        (select count(*) from site)::int sites, (select count(*) from contribution)::int contributions,
        (select count(*) from message)::int messages`)
    ).rows[0]
  const before = await count()
  expect(before).toMatchObject({ networks: 2, sites: 34 })
  await Promise.all([fillDemo(house, app.slices), fillDemo(house, app.slices)])
  expect(await count()).toEqual(before)
  const people = await owner.query(
    `select demo_key as key, account_id as account, n.slug from person p join network n on n.id = p.network_id
     where demo_key is not null`,
  )
  for (const key of keys) {
    const found = people.rows.find(row => row.key === key)
    expect(found?.account, key).toBeTruthy()
    expect(found.slug, key).toBe(key.startsWith('other-') && key !== 'other-sig-chair' ? 'example' : 'wmin')
  }
})

test('HOUSE-11 nobody in the demo can be reached for real', async () => {
  const { house, app, owner } = await openTestHouse()
  await fillDemo(house, app.slices)
  const { rows } = await owner.query('select name, email, phone, channel, postal_address from person')
  for (const person of rows) {
    if (person.email) expect(person.email).toMatch(/@example\.org$/)
    // Ofcom keeps these numbers free for drama.
    if (person.phone) expect(person.phone).toMatch(/^(07700 900\d{3}|01\d1 496 0\d{3}|0113 496 0\d{3})$/)
  }
  const channels = new Set(rows.map(row => row.channel))
  expect([...channels].sort()).toEqual(['email', 'phone', 'post', 'text'])
})
