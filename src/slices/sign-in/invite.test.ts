import { afterAll, expect, test, vi } from 'vitest'
import { aBrowser, aStandingNetwork, signsInByCode } from './for-tests.ts'
import { forgetSecondFactors, invite } from './invite.ts'

const network = await aStandingNetwork()
const { slug, house } = network
afterAll(() => void vi.useRealTimers())

const email = 'first@example.org'
const first = { network: slug, email, name: 'Fay First', post: 'administrator' } as const

test('HOUSE-8 the first administrator is invited from the command line, once, and signs in by e-mail', async () => {
  expect(await invite(house.house, first)).toBe(
    `http://loop.test/sign-in?to=${encodeURIComponent(`/${slug}/home`)}`,
  )
  await invite(house.house, first)
  const { rows } = await house.owner.query(
    `select p.id, (select count(*)::int from post_holding h where h.person_id = p.id) as posts,
            (select count(*)::int from message m where m.person_id = p.id) as told from person p where p.email = $1`,
    [email],
  )
  expect(rows).toMatchObject([{ posts: 1, told: 1 }])
  expect(await invite(house.house, { ...first, network: 'nowhere' })).toBeUndefined()
  const person = {
    wasTold: () =>
      network.inNetwork(tx =>
        tx.selectFrom('message').selectAll().where('person_id', '=', rows[0].id).orderBy('id').execute(),
      ),
  }
  const browser = aBrowser(network)
  expect((await signsInByCode({ person, email, browser })).h1).toBe('Make your account safer')
})

test('HOUSE-8 who lost every second factor is signed out and sets up a new one at the next sign-in', async () => {
  await house.owner.query(
    `insert into second_factor (id, secret, backup_codes, account_id) select 'x', 'lost', 'lost', id from account where email = $1`,
    [email],
  )
  expect(await forgetSecondFactors(house.house, email.toUpperCase())).toBe(true)
  expect((await house.owner.query('select 1 from second_factor')).rowCount).toBe(0)
  expect(
    (
      await house.owner.query(
        'select 1 from session s join account a on a.id = s.account_id where a.email = $1',
        [email],
      )
    ).rowCount,
  ).toBe(0)
  expect(await forgetSecondFactors(house.house, 'nobody@example.org')).toBe(false)
})
