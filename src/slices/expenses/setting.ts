import { yesNoSetting } from '#platform/network-settings.ts'

/** Off until a network says otherwise (R52): then there is no door, no page and no address. */
export const expensesOn = yesNoSetting({
  name: 'expenses',
  title: 'Pay expenses',
  hint: 'When on, volunteers can claim what taking part costs them. Set the rates first.',
  usual: false,
})
