import type { TestNetwork } from '#tests/network.ts'
import type { NoScriptPerson, SeenPage } from '#tests/person.ts'

export const ann = {
  name: 'Ann Newcomer',
  channel: 'By e-mail',
  contact: 'ann.newcomer@example.org',
  words: 'My son has many scans.',
  help: 'Large print please.',
}

const labels: Record<string, string> = {
  'By e-mail': 'What is your e-mail address?',
  'By phone: you ring me': 'What number shall we ring?',
  'By text message': 'What number shall we send text messages to?',
  'By post': 'What is your address?',
}

/** Up to the page of answers. A person reads, so time passes; robots do not. */
export async function answers(
  network: Pick<TestNetwork, 'slug' | 'house'>,
  person: NoScriptPerson,
  given: Partial<typeof ann> = {},
): Promise<SeenPage> {
  const all = { ...ann, ...given }
  let at = await (await person.reads(`/${network.slug}/register`)).follow('Start')
  at = await at.fill('What is your name?', all.name).press('Continue')
  at = await at.choose(all.channel).press('Continue')
  at = await at.fill(labels[all.channel]!, all.contact).press('Continue')
  at = await at.fill('Would you like to tell us something about yourself?', all.words).press('Continue')
  at = await at.press('Continue')
  at = await at.fill('Is there any help that you need to take part?', all.help).press('Continue')
  network.house.clock.set(network.house.clock.now().add({ seconds: 90 }).toString())
  return at
}

/** The whole way. */
export async function registers(
  network: Pick<TestNetwork, 'slug' | 'house'>,
  person: NoScriptPerson,
  given: Partial<typeof ann> = {},
): Promise<SeenPage> {
  return await (await answers(network, person, given)).press('Send')
}
