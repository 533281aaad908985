import type { Entry } from '#platform/database/connect.ts'
import { numberSetting, settingOf } from '#platform/network-settings.ts'

/** What a network sets for its register; the usual numbers are NHS England's, to be checked against its present text. */
export const monthsBetween = numberSetting({
  name: 'interests-months-between',
  title: 'Everybody confirms their interests every',
  usual: 12,
  least: 1,
  most: 36,
  unit: 'months',
})
export const daysToDeclare = numberSetting({
  name: 'interests-days-to-declare',
  title: 'A new interest is declared within',
  hint: 'What is declared later is marked as late.',
  usual: 28,
  least: 1,
  most: 365,
  unit: 'days',
})
export const monthsShown = numberSetting({
  name: 'interests-months-shown',
  title: 'After its end an interest stays in the public register for',
  usual: 6,
  least: 6,
  most: 120,
  unit: 'months',
})
export const monthsKept = numberSetting({
  name: 'interests-months-kept',
  title: 'After that it is kept in the register of the team for',
  usual: 72,
  least: 72,
  most: 240,
  unit: 'months',
})
export const daysBeforeMeeting = numberSetting({
  name: 'interests-days-before-meeting',
  title: 'Before a meeting everybody who votes is asked if there is anything new',
  hint: 'So many working days before it, once its agenda is set.',
  usual: 3,
  least: 1,
  most: 20,
  unit: 'working days',
})

/** The numbers that hold in a network today. */
export interface Keeping {
  readonly monthsBetween: number
  readonly daysToDeclare: number
  readonly monthsShown: number
  readonly monthsKept: number
}

export const keepingOf = (network: Pick<Entry, 'settings'>): Keeping => ({
  monthsBetween: settingOf(network, monthsBetween),
  daysToDeclare: settingOf(network, daysToDeclare),
  monthsShown: settingOf(network, monthsShown),
  monthsKept: settingOf(network, monthsKept),
})
