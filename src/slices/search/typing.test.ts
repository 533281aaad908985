import { beforeAll, expect, test } from 'vitest'
import { aRequest } from '#slices/chair-requests/for-tests.ts'
import { aContribution } from '#slices/contributions/for-tests.ts'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'

let network: TestNetwork
beforeAll(async () => {
  network = await aNetwork()
})

const looksFor = async (person: Someone, words: string) =>
  await person.reads(`/${network.slug}/search?${new URLSearchParams({ q: words })}`)
/** No full-text search would forgive one of them: a letter too many, too few or changed; two words, one right. */
const mistyped = ['ultrasounnd', 'utrasound', 'ultrasoumd', 'ultrasound wating', 'ulrtasound waiting']

test.each(mistyped)('LOOP-21 a mistyped word finds the title of a contribution: %s', async words => {
  const view = await aContribution(network, {
    by: network.volunteer,
    words: 'Ultrasound waiting rooms need more chairs.',
  })
  const found = await looksFor(network.volunteer, words)
  expect(found.text).toContain(view.reference)
  expect(found.text).toContain('The title is written nearly like that')
  expect((await looksFor(network.coordinator, words)).text).toContain(view.reference)
  // However it is typed, nobody finds what they may not read.
  expect((await looksFor(network.secondVolunteer, words)).text).not.toContain(view.reference)
})

test.each(['anaestetic', 'anesthetic', 'anaesthettic'])(
  'LOOP-21 a mistyped word finds a request: %s',
  async words => {
    const request = await aRequest(network, { what: 'How often does a child need an anaesthetic?' })
    const found = await looksFor(network.volunteer, words)
    expect(found.text).toContain(request.reference)
    expect(found.text).toContain('The words are nearly the same')
    expect((await looksFor(network.sigDeputy, words)).text).toContain(request.reference)
    expect((await looksFor(network.secondVolunteer, words)).text).not.toContain(request.reference)
  },
)
