import { z } from 'zod'
import { type Connection, type ConnectionSettings, isHere, openSettingsOf } from '#platform/connections.ts'
import type { Tx } from '#platform/database/tables.ts'
import { text } from '#platform/form/fields.ts'
import type { House } from '#platform/house.ts'
import { type Graph, openGraph } from './graph.ts'

export const teamsKind = 'teams'

export interface TeamsSettings extends ConnectionSettings {
  readonly tenant: string
  readonly client: string
  readonly secret: string
  /** In whose name meetings are held: their object id. */
  readonly organiser: string
  /** Addresses without an end slash. */
  readonly login: string
  readonly graph: string
}

/** Where Microsoft signs in and answers: for everybody, and for the clouds of some states. A secret goes nowhere else. */
const logins = ['login.microsoftonline.com', 'login.microsoftonline.us']
const graphs = ['graph.microsoft.com', 'graph.microsoft.us', 'dod-graph.microsoft.us']

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const id = (required: string, name: string) =>
  text(required, { max: 100, name }).refine(given => guid.test(given), {
    error: `${name} is made of 32 letters and digits with dashes, like 12345678-1234-1234-1234-123456789abc`,
  })

const address = (usual: string, hosts: readonly string[]) =>
  z
    .string()
    .optional()
    .transform(given => (given?.trim() || usual).replace(/\/+$/, ''))
    .refine(
      given => {
        const url = URL.parse(given)
        if (url?.pathname !== '/' || url.search || url.username) return false
        return (url.protocol === 'https:' && hosts.includes(url.host)) || isHere(url.hostname)
      },
      { error: `Enter an address of Microsoft, such as ${usual}, or leave it empty` },
    )

export const teamsConnection: Connection<TeamsSettings> = {
  kind: teamsKind,
  title: 'Microsoft Teams',
  hint: 'Makes the link to join each online meeting, and reads who was there',
  says: [
    'Somebody who looks after Microsoft where you work has to allow it first. They add an app, give it two rights, and say for whom it may hold meetings. Whoever runs this service has a guide for them.',
    'The two rights are “OnlineMeetings.ReadWrite.All” and “OnlineMeetingArtifact.Read.All”.',
    'Without this, you paste each link and upload each report by hand. A link that you paste always stays as it is.',
  ],
  fields: z.object({
    tenant: text('Enter the tenant id', { max: 100, name: 'The tenant id' }).refine(
      given => guid.test(given) || /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(given),
      {
        error:
          'The tenant id is made of letters and digits with dashes, or is a name such as example.onmicrosoft.com',
      },
    ),
    client: id('Enter the client id', 'The client id'),
    secret: text('Enter the client secret', { max: 200, name: 'The client secret' }),
    organiser: id('Enter the user id of the organiser', 'The user id'),
    login: address('https://login.microsoftonline.com', logins),
    graph: address('https://graph.microsoft.com', graphs),
  }),
  ask: [
    { name: 'tenant', label: 'Tenant id', hint: 'Also called directory id.' },
    { name: 'client', label: 'Client id', hint: 'Also called application id.' },
    { name: 'secret', label: 'Client secret', hint: 'Its value, not its id.', secret: true },
    {
      name: 'organiser',
      label: 'User id of the organiser',
      hint: 'The object id of the person in whose name meetings are held.',
    },
    {
      name: 'login',
      label: 'Address of the sign-in',
      hint: 'Leave it empty, unless your network is in a cloud of its own.',
    },
    {
      name: 'graph',
      label: 'Address of Microsoft Graph',
      hint: 'Leave it empty, unless your network is in a cloud of its own.',
    },
  ],
  testWords: 'Make a meeting in Teams and delete it again',
  async test(house, network, settings) {
    const graph = reach(house, settings)
    if (!graph) {
      return {
        ok: false,
        words: [
          house.mode === 'demo'
            ? 'The demonstration sends nothing to the outside.'
            : 'An address is on this machine. Leave both addresses empty.',
        ],
      }
    }
    const startsAt = house.clock.now().add({ hours: 24 })
    const made = await graph.createOrGet(`closing-the-loop-test-${network.slug}`, {
      title: 'A test by Closing the Loop',
      startsAt,
      minutesLong: 30,
    })
    if (!made.ok) return { ok: false, words: [made.trouble.words] }
    const report = await graph.attendance(made.value.id)
    const gone = await graph.remove(made.value.id)
    const words = [
      ...(report.ok
        ? ['Reports of who was there can be read.']
        : [`A meeting was made, but reports cannot be read. ${report.trouble.words}`]),
      ...(gone.ok
        ? ['The meeting of the test was deleted again.']
        : [`The meeting of the test is still there. ${gone.trouble.words}`]),
    ]
    return {
      ok: report.ok && gone.ok,
      words: report.ok && gone.ok ? ['A meeting was made.', ...words] : words,
    }
  },
}

/** @returns undefined where it may not be reached: a demonstration reaches only this machine, and nothing else does */
export function reach(house: Pick<House, 'mode' | 'clock'>, settings: TeamsSettings): Graph | undefined {
  const here = [settings.login, settings.graph].map(each => isHere(URL.parse(each)?.hostname ?? ''))
  const may = house.mode === 'demo' ? here.every(Boolean) : !here.some(Boolean)
  return may ? openGraph(settings, () => house.clock.now()) : undefined
}

/** Whether links are made by Teams here. One statement. */
export const teamsIsOn = async (tx: Tx): Promise<boolean> =>
  (await openSettingsOf(tx, teamsKind)) !== undefined
