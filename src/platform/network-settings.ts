import { happened } from '#kernel/decision.ts'
import type { Entry } from './database/connect.ts'
import type { PlainDate } from './database/tables.ts'
import type { Doing } from './doing.ts'

/**
 * Something a network sets for itself, with the day from which it holds. Defined by the slice that uses it and listed
 * in its `settings`; small values only, since every page brings them along.
 */
export interface NetworkSetting<Value> {
  readonly name: string
  readonly title: string
  readonly hint?: string
  /** Without a setting. */
  readonly usual: Value
  readonly form:
    | { readonly kind: 'yes-no' }
    | { readonly kind: 'number'; readonly least: number; readonly most: number; readonly unit: string }
    | {
        readonly kind: 'choice'
        readonly options: readonly { readonly value: string; readonly text: string }[]
      }
  /** What is in the database, read with care: anything else counts as the usual value. */
  read(value: unknown): Value | undefined
}

type Named = Pick<NetworkSetting<unknown>, 'name' | 'title' | 'hint'>

export const yesNoSetting = (named: Named & { usual: boolean }): NetworkSetting<boolean> => ({
  ...named,
  form: { kind: 'yes-no' },
  read: value => (typeof value === 'boolean' ? value : undefined),
})

/** @param named.unit in words: 'months', 'working days' */
export const numberSetting = (
  named: Named & { usual: number; least: number; most: number; unit: string },
): NetworkSetting<number> => {
  const { least, most, unit, ...rest } = named
  return {
    ...rest,
    form: { kind: 'number', least, most, unit },
    read: value =>
      Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most
        ? (value as number)
        : undefined,
  }
}

export const choiceSetting = <Value extends string>(
  named: Named & { usual: Value; options: readonly { readonly value: Value; readonly text: string }[] },
): NetworkSetting<Value> => {
  const { options, ...rest } = named
  return {
    ...rest,
    form: { kind: 'choice', options },
    read: value => options.find(each => each.value === value)?.value,
  }
}

/** What holds today: costs no statement. */
export function settingOf<Value>(network: Pick<Entry, 'settings'>, setting: NetworkSetting<Value>): Value {
  return setting.read(network.settings[setting.name]) ?? setting.usual
}

/** From that day on. What was set before stays readable, with who set it. */
export async function setSetting<Value>(
  doing: Doing,
  setting: NetworkSetting<Value>,
  value: Value,
  fromOn: PlainDate,
): Promise<void> {
  await doing.tx
    .insertInto('network_setting')
    .values({
      network_id: doing.network.id,
      name: setting.name,
      from_on: fromOn,
      value: JSON.stringify(value),
      by_person_id: doing.actor?.personId ?? null,
      at: doing.now,
    })
    .execute()
  await doing.happened({ kind: 'network', id: doing.network.id }, [
    happened('setting-set', { name: setting.name, value, from: fromOn.toString() }),
  ])
}
