import { expect, test } from 'vitest'
import { openTestHouse } from '#tests/house.ts'
import { aNetwork } from '#tests/network.ts'
import type { Message } from '../outbox.ts'
import { sealWith } from '../seal.ts'
import { replyAddresses } from './reply-address.ts'
import { readSignedAddress, signedAddress } from './signed-address.ts'

test('REACH-2 what is for few eyes, or for one purpose, has no address for an answer; all else has one of its own', async () => {
  const house = await openTestHouse()
  const network = await aNetwork(house)
  await network.inNetwork(tx =>
    tx
      .insertInto('connection')
      .values({
        network_id: network.id,
        kind: 'mail-in',
        // biome-ignore lint/suspicious/noExplicitAny: jsonb is given as text
        settings: JSON.stringify({ address: 'involve@network.nhs.uk', plus: 'yes' }) as any,
        // biome-ignore lint/suspicious/noExplicitAny: jsonb is given as text
        secrets: '{}' as any,
        state: 'on',
        set_by_person_id: network.administrator.id,
        set_at: house.clock.now(),
        tried_at: null,
        works: null,
        tried_words: [],
        version: 1,
      })
      .execute(),
  )
  const address = replyAddresses(house.house.secret)
  const seal = sealWith(house.house.secret)
  const about = async (kind: string, person: number | null = network.volunteer.id) =>
    await network.inNetwork(
      async tx =>
        await address({ network_id: network.id, id: 9, person_id: person, about_kind: kind } as Message, tx),
    )
  for (const kind of [
    'concern',
    'own-space',
    'own-space-private',
    'buddy-message',
    'motion',
    'sign-in',
    'account',
  ])
    expect(await about(kind), kind).toBeUndefined()
  expect(await about('contribution', null)).toBeUndefined()
  for (const kind of ['contribution', 'chair-request', 'task', 'meeting'])
    expect(await about(kind), kind).toMatch(/^involve\+r\.\d+\.9\.[0-9a-f]{20}@network\.nhs\.uk$/)
  // An address for one purpose is none for another.
  const [bounce, reply] = (['bounce', 'reply'] as const).map(purpose =>
    signedAddress('involve@network.nhs.uk', seal, purpose, { network_id: network.id, id: 9 }),
  )
  const of = { networkId: network.id, messageId: 9 }
  expect(readSignedAddress(bounce!, seal, 'bounce')).toEqual(of)
  expect(readSignedAddress(bounce!, seal, 'reply')).toBeUndefined()
  expect(readSignedAddress(reply!, seal, 'reply')).toEqual(of)
  expect(readSignedAddress(reply!, seal, 'bounce')).toBeUndefined()
})
