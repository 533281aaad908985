import type { Entry } from '../database/connect.ts'
import { type NetworkSetting, settingOf, yesNoSetting } from '../network-settings.ts'
import { type OtherLanguage, otherLanguages } from './words.ts'

const hint =
  'When on, readers can choose it on each page, and who chose it gets their messages in it. No professional translator has checked the words, and the pages say so.'

/** Each is off until a network switches it on (R17): it vouches for what its readers get. */
const switches: Readonly<Record<OtherLanguage, NetworkSetting<boolean>>> = {
  cy: yesNoSetting({ name: 'in-welsh', title: 'Pages and messages in Welsh', hint, usual: false }),
  ur: yesNoSetting({ name: 'in-urdu', title: 'Pages and messages in Urdu', hint, usual: false }),
}

export const languageSettings: readonly NetworkSetting<boolean>[] = Object.values(switches)
export const settingFor = (language: OtherLanguage): NetworkSetting<boolean> => switches[language]

/** Besides English. */
export const offeredBy = (network: Pick<Entry, 'settings'>): readonly OtherLanguage[] =>
  otherLanguages.filter(each => settingOf(network, switches[each]))
