import type { z } from 'zod'
import { type Box, boxOf, openLong, shutLong } from './box.ts'
import type { Entry } from './database/connect.ts'
import type { Tx } from './database/tables.ts'
import type { House } from './house.ts'

/** What a network tells about itself to reach another service: its mailbox, its text messages, its hospitals' sign-in. */
export type ConnectionSettings = Readonly<Record<string, string>>

/** A service that a network may be connected to. It is off until somebody sets it up. */
export interface Connection<Settings extends ConnectionSettings = ConnectionSettings> {
  /** 'mail-in': also its address. */
  readonly kind: string
  readonly title: string
  readonly hint: string
  /** What is shown above the form: what it does, and what the other side has to give. */
  readonly says?: readonly string[]
  /** All answers, each a string. Secrets that were left empty are filled in with the one that is kept before this is asked. */
  readonly fields: z.ZodObject
  readonly ask: readonly Asked[]
  /** Tries it for real and says what is wrong in words. */
  test(house: House, network: Entry, settings: Settings, to: WhoTries): Promise<Tried>
  /** The words of the button: "Send a test e-mail". */
  readonly testWords?: string
  /** Set up for the whole installation, by settings of its own: there is nothing to fill in here, and it can only be tried. */
  readonly ofInstallation?: true
}

export interface Asked {
  readonly name: string
  readonly label: string
  readonly hint?: string
  /** Shut in the database and never shown again; left empty, the one that is kept stays. */
  readonly secret?: true
  readonly long?: true
  readonly options?: readonly { readonly value: string; readonly label: string; readonly hint?: string }[]
}

export interface WhoTries {
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
}

export interface Tried {
  readonly ok: boolean
  /** What was seen, or what is wrong and who can put it right. */
  readonly words: readonly string[]
}

declare module './database/tables.ts' {
  interface Tables {
    connection: {
      network_id: number
      kind: string
      settings: ConnectionSettings
      /** Each shut on its own, in pieces. */
      secrets: Readonly<Record<string, readonly string[]>>
      state: 'on' | 'off'
      set_by_person_id: number
      set_at: Instant
      tried_at: Instant | null
      works: boolean | null
      tried_words: string[]
      version: number
    }
  }
}

type Keys = Pick<House, 'secret' | 'secretBefore'>

const boxHere = (house: Keys, networkId: number): Box => boxOf(house, 'connections', String(networkId))

export const shutSecretOf = (
  house: Keys,
  networkId: number,
  kind: string,
  name: string,
  text: string,
): string[] => shutLong(boxHere(house, networkId), text, `${kind} ${name}`)

/**
 * The settings of a connection, its secrets open.
 * @returns undefined when it is not set up, was switched off, or its secrets cannot be opened any more
 */
export async function connectionOf<Settings extends object = ConnectionSettings>(
  house: Keys,
  tx: Tx,
  networkId: number,
  kind: string,
): Promise<Settings | undefined> {
  const row = await tx
    .selectFrom('connection')
    .select(['settings', 'secrets'])
    .where('kind', '=', kind)
    .where('state', '=', 'on')
    .executeTakeFirst()
  return row && (openSettings(house, networkId, kind, row) as Settings | undefined)
}

/** What everybody may know of a connection that is on: its settings without its secrets. One statement, no key. */
export async function openSettingsOf(tx: Tx, kind: string): Promise<ConnectionSettings | undefined> {
  const row = await tx
    .selectFrom('connection')
    .select('settings')
    .where('kind', '=', kind)
    .where('state', '=', 'on')
    .executeTakeFirst()
  return row?.settings
}

export function openSettings(
  house: Keys,
  networkId: number,
  kind: string,
  row: {
    readonly settings: ConnectionSettings
    readonly secrets: Readonly<Record<string, readonly string[]>>
  },
): ConnectionSettings | undefined {
  const open: Record<string, string> = { ...row.settings }
  const box = boxHere(house, networkId)
  for (const [name, pieces] of Object.entries(row.secrets)) {
    const text = openLong(box, pieces, `${kind} ${name}`)
    if (text === undefined) return undefined
    open[name] = text
  }
  return open
}

/** Hosts on this machine: all that a demonstration may reach. */
export const isHere = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)
