import { generateKeyPairSync } from 'node:crypto'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Hospital } from '#tests/hospital.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { aBrowser, aHospital, newestCode, setsUp, startIn } from './for-tests.ts'

let network: TestNetwork
let hospital: Hospital
beforeAll(async () => {
  network = await aNetwork()
  hospital = await aHospital(network)
})
beforeEach(async () => {
  await network.house.owner.query('truncate rate_window')
})

async function tried(): Promise<string> {
  const page = await network.administrator.reads(`/${network.slug}/team/connections/hospital-sign-in`)
  return (await page.press('Test it')).text
}

test('REACH-9 the page that sets it up tries it, and says in words what is wrong and what to give them', async () => {
  const works = await tried()
  expect(works).toContain('It works.')
  expect(works).toContain(`http://loop.test/${network.slug}/sign-in/elsewhere/back`)
  expect(works).toContain(`http://loop.test/${network.slug}/sign-in/elsewhere/signed-out`)

  const wrongly = async (change: Partial<Hospital>, wish: Parameters<typeof setsUp>[2] = {}) => {
    await setsUp(network, { ...hospital, ...change }, wish)
    return await tried()
  }
  expect(await wrongly({ secret: 'another-secret' })).toContain('does not take the client id and the secret')
  expect(await wrongly({ client: 'another-client' })).toContain('does not take the client id and the secret')
  expect(await wrongly({ issuer: hospital.issuer.replace('127.0.0.1', 'localhost') })).toContain(
    'calls itself by another address',
  )
  expect(await wrongly({ issuer: 'http://127.0.0.1:1' })).toContain('We cannot reach it')
  expect(await wrongly({ issuer: `${hospital.issuer}/nowhere` })).toContain('We cannot reach it')
  // A demonstration never goes out.
  expect(await wrongly({ issuer: 'https://login.example.org' })).toContain('The demonstration does not')
  expect(await wrongly({}, { shape: 'Microsoft Entra ID' })).toContain('Enter at least one')
  expect(await wrongly({}, { assurance: 'Two proofs, and papers checked' })).toContain('Nobody could sign in')
  for (const [minutes, words] of [
    [7, 'Its clock is 7 minutes ahead of ours'],
    [-30, 'Its clock is 30 minutes behind ours'],
  ] as const) {
    hospital.clockAhead = minutes
    expect(await wrongly({})).toContain(words)
  }
  hospital.clockAhead = 0
  hospital.isDown = true
  expect(await wrongly({})).toContain('We cannot reach it')
  hospital.isDown = false
  expect(await wrongly({})).toContain('It works.')
})

test('REACH-9 what is typed in is looked at before it is kept, and a provider without PKCE S256 is refused', async () => {
  const form = await network.administrator.reads(`/${network.slug}/team/connections/hospital-sign-in/set-up`)
  const wrong = await form
    .fill('Its address', 'login')
    .fill('Client secret, or private key', '-----BEGIN PRIVATE KEY----- half of it')
    .fill('Domains of e-mail addresses', 'not a domain')
    .press('Save')
  expect(wrong.errors).toEqual([
    'Enter the whole address, such as https://login.example.org',
    'This private key cannot be read. Paste the whole key, from its first line to its last',
    'Enter domains only, such as nhs.net, with commas',
  ])
  const plain = await aHospital(network, { pkce: ['plain'] })
  expect(await tried()).toContain('It does not take PKCE with S256')
  await setsUp(network, plain)
})

test('REACH-9 a provider may know us by a key of ours, as NHS login and CIS2 do', async () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const knowsKey = { ...pair.publicKey.export({ format: 'jwk' }), use: 'sig', kid: 'ours' }
  const secret = JSON.stringify({ ...pair.privateKey.export({ format: 'jwk' }), kid: 'ours', alg: 'RS512' })
  const keyed = await aHospital(network, { knowsKey, secret, shape: 'NHS login' })
  expect(await tried()).toContain('It works.')
  const email = 'by-key@nhs.example'
  const person = await network.aPerson({ email, memberships: [{ group: 'board', role: 'volunteer' }] })
  keyed.now = { sub: 'by-key', claims: { email, email_verified: true, vot: 'P0.Cp.Cd' } }
  const browser = aBrowser(network)
  const asked = await keyed.through(browser, startIn(network))
  const inside = await asked.fill('Six-digit code', await newestCode(person)).press('Connect and sign in')
  expect(inside.status).toBe(200)
  // As PEM it is the same key.
  const pem = String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }))
  await setsUp(network, { ...keyed, secret: pem.replaceAll('\n', '') })
  expect((await keyed.through(aBrowser(network), startIn(network))).status).toBe(200)
})
