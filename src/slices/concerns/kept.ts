import { numberSetting } from '#platform/network-settings.ts'

/**
 * After its end a concern is deleted with all that was said. It is not in the list of what the team deletes: a number
 * there would already be a trace. Whoever is in it reads the day on its page.
 */
export const monthsKept = numberSetting({
  name: 'concerns-kept',
  title: 'How long a concern is kept after it has ended',
  hint: 'Then it is deleted, with its key, so that copies of the database cannot be read either.',
  usual: 72,
  least: 12,
  most: 240,
  unit: 'months',
})
