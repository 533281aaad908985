import type { Visit } from '#platform/http/route.ts'
import { settingOf } from '#platform/network-settings.ts'
import { type Actor, anInsider, isTeam, personRule, type Rule, theTeam } from '#platform/permission.ts'
import { expensesOn } from './setting.ts'

/** What permission asks about a claim or a booking. */
export interface MoneyAccess {
  readonly personId: number
}

export const mayRead: Rule<MoneyAccess> = personRule(
  'whose expenses they are, or the team',
  (actor, it) => it.personId === actor.personId || isTeam(actor),
)

/** Turned off, every address of this room is the same 404 as one that does not exist (R52). */
export const isOn = (visit: Pick<Visit, 'network'>): boolean => settingOf(visit.network, expensesOn)
export const whenOn = (visit: Visit<undefined>) => (isOn(visit) ? { on: true as const } : undefined)
export type On = { readonly on: true }

export { anInsider, theTeam }
export const byOf = (actor: Actor) => ({ personId: actor.personId, isTeam: isTeam(actor) })
