import { z } from 'zod'
import { type Connection, connectionOf } from '#platform/connections.ts'
import type { Entry } from '#platform/database/connect.ts'
import { text } from '#platform/form/fields.ts'
import type { House } from '#platform/house.ts'
import { domainsIn, type HospitalSettings, keyIn } from './hospital-settings.ts'
import { tryProvider } from './trying.ts'

const kind = 'hospital-sign-in'

const isDomain = (text: string): boolean => /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(text)

function isAddressOfProvider(given: string): boolean {
  if (!URL.canParse(given)) return false
  const url = new URL(given)
  if (url.search || url.hash || url.username || url.password) return false
  // Plain http is for a provider on this machine, in a demonstration; elsewhere the library refuses it.
  return url.protocol === 'https:' || url.protocol === 'http:'
}

function isSecret(given: string): boolean {
  try {
    const ours = keyIn(given)
    return !ours || ['rsa', 'ec'].includes(ours.key.asymmetricKeyType ?? '')
  } catch {
    return false
  }
}

const fields = z.object({
  name: text('Enter the name that people know it by, such as NHS.net', { max: 40, name: 'The name' }),
  shape: z.enum(['entra', 'nhs-login', 'cis2', 'other'], { error: 'Choose what kind it is' }),
  issuer: text('Enter the address of the sign-in', { max: 300, name: 'The address' }).refine(
    isAddressOfProvider,
    'Enter the whole address, such as https://login.example.org',
  ),
  client: text('Enter the client id', { max: 200, name: 'The client id' }),
  secret: text('Enter the client secret, or the private key', { max: 6000, name: 'The secret' }).refine(
    isSecret,
    'This private key cannot be read. Paste the whole key, from its first line to its last',
  ),
  assurance: z.enum(['any', 'two-factors', 'identity-checked'], { error: 'Choose how sure you want to be' }),
  domains: z
    .string()
    .max(500, 'Shorten the list to 500 characters')
    .refine(given => domainsIn(given).every(isDomain), 'Enter domains only, such as nhs.net, with commas'),
})

/** Registered with `Slice.connections`: set up, tried and switched off like every other service. */
export const connection: Connection<HospitalSettings> = {
  kind,
  title: 'Hospital sign-in',
  hint: 'People sign in with the account that they have at work or with NHS login',
  says: [
    'It is one more way in. Signing in with a code by e-mail stays as it is, and nobody needs the other.',
    'Nobody is added by it. It opens the account of somebody whom you know by the same e-mail address, after they typed in a code that we send there once.',
    'Whoever looks after the sign-in registers this service with it and gives you the answers below. “Test it” shows the addresses that they ask for.',
  ],
  fields,
  ask: [
    {
      name: 'name',
      label: 'What do people call it?',
      hint: 'It stands on the button: “Sign in with NHS.net”.',
    },
    {
      name: 'shape',
      label: 'What kind is it?',
      options: [
        { value: 'entra', label: 'Microsoft Entra ID', hint: 'NHS.net and most hospitals' },
        { value: 'nhs-login', label: 'NHS login', hint: 'For patients and the public' },
        { value: 'cis2', label: 'CIS2', hint: 'Smartcards and NHS staff' },
        { value: 'other', label: 'Another one that speaks OpenID Connect' },
      ],
    },
    {
      name: 'issuer',
      label: 'Its address',
      hint: 'They call it the issuer. For Entra ID it has the number of your tenant in it.',
    },
    { name: 'client', label: 'Client id' },
    {
      name: 'secret',
      label: 'Client secret, or private key',
      hint: 'A private key as PEM, or as JSON if it has a name.',
      secret: true,
    },
    {
      name: 'assurance',
      label: 'How sure must it be who somebody is?',
      options: [
        {
          value: 'any',
          label: 'Any sign-in is enough',
          hint: 'People with a post or a chair then also show our own second proof',
        },
        {
          value: 'two-factors',
          label: 'It must ask for two proofs',
          hint: 'This counts as the second proof here, too. Other sign-ins are refused',
        },
        {
          value: 'identity-checked',
          label: 'Two proofs, and papers checked',
          hint: 'Only NHS login (P9) and CIS2 can say this',
        },
      ],
    },
    {
      name: 'domains',
      label: 'Domains of e-mail addresses',
      hint: 'For example: nhs.net, uhb.nhs.uk. Leave it empty to allow all. Entra ID needs at least one.',
    },
  ],
  testWords: 'Test it',
  test: (house, network, settings) => tryProvider(house, network.slug, settings),
}

export interface Connected {
  readonly network: Entry
  readonly settings: HospitalSettings
}

/** The hospital sign-in of this network, if it has one that is switched on. */
export async function connectedWith(house: House, slug: string): Promise<Connected | undefined> {
  const door = { slug, accountId: undefined, today: house.clock.today() }
  return await house.database.enter(door, async (tx, network) => {
    if (!network) return undefined
    const settings = await connectionOf<HospitalSettings>(house, tx, network.id, kind)
    return settings && { network, settings }
  })
}
