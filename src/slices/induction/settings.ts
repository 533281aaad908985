import { numberSetting } from '#platform/network-settings.ts'

export const inductionWeeks = numberSetting({
  name: 'induction-weeks',
  title: 'Somebody new has so long for their induction',
  hint: 'They are reminded before, and the team sees who is later.',
  usual: 8,
  least: 1,
  most: 52,
  unit: 'weeks',
})
