import type { JsonWebKey } from 'node:crypto'
import { type Hospital, openHospital } from '#tests/hospital.ts'
import type { Someone, TestNetwork } from '#tests/network.ts'
import { NoScriptPerson } from '#tests/person.ts'

export const startIn = (network: TestNetwork, to = '') =>
  `/${network.slug}/sign-in/elsewhere${to ? `?to=${encodeURIComponent(to)}` : ''}`

/** A network whose administrator has set it up, on the pages for it. */
export async function aHospital(
  network: TestNetwork,
  wish: {
    shape?: string
    assurance?: string
    domains?: string
    backchannel?: string
    pkce?: readonly string[]
    knowsKey?: JsonWebKey
    secret?: string
  } = {},
): Promise<Hospital> {
  const hospital = await openHospital({
    slug: network.slug,
    ...(wish.backchannel ? { backchannel: wish.backchannel } : {}),
    ...(wish.pkce ? { pkce: wish.pkce } : {}),
    ...(wish.knowsKey ? { knowsKey: wish.knowsKey } : {}),
  })
  await setsUp(network, { ...hospital, ...(wish.secret ? { secret: wish.secret } : {}) }, wish)
  return hospital
}

export async function setsUp(
  network: TestNetwork,
  hospital: Pick<Hospital, 'issuer' | 'client' | 'secret'>,
  wish: { shape?: string; assurance?: string; domains?: string } = {},
): Promise<void> {
  await network.administrator.signsIn()
  const form = await network.administrator.reads(`/${network.slug}/team/connections/hospital-sign-in/set-up`)
  const saved = await form
    .fill('What do people call it?', 'NHS.net')
    .choose(wish.shape ?? 'Another one that speaks OpenID Connect')
    .fill('Its address', hospital.issuer)
    .fill('Client id', hospital.client)
    .fill('Client secret, or private key', hospital.secret)
    .choose(wish.assurance ?? 'Any sign-in is enough')
    .fill('Domains of e-mail addresses', wish.domains ?? '')
    .press('Save')
  if (saved.status !== 200) throw new Error(saved.errors.join(', '))
}

/** The code that was sent last, to somebody who connects or proves who they are. */
export async function newestCode(person: Pick<Someone, 'wasTold'>): Promise<string> {
  const told = (await person.wasTold()).filter(each => each.kind === 'sign-in')
  return /\b\d{6}\b/.exec(told.at(-1)?.body ?? '')?.[0] ?? 'no code'
}

/** Somebody of the network in a browser in which nobody is signed in. */
export const aBrowser = (network: TestNetwork) => new NoScriptPerson(network.house.app)

/** The first time: the code is typed in, and the browser is in. */
export async function connects(
  network: TestNetwork,
  hospital: Hospital,
  person: Someone,
  browser: NoScriptPerson,
): Promise<void> {
  const asked = await hospital.through(browser, startIn(network))
  const inside = await asked.fill('Six-digit code', await newestCode(person)).press('Connect and sign in')
  if (inside.status !== 200) throw new Error(`${inside.status} ${inside.h1} ${inside.text}`)
}
