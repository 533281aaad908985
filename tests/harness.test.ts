import { expect, test } from 'vitest'
import { aNetwork } from './network.ts'

test('HOUSE-5 an address that does not exist is a 404 for everyone', async () => {
  const { volunteer, visitor, slug } = await aNetwork()
  expect((await visitor.opens(`/${slug}/nothing-here`)).status).toBe(404)
  expect((await volunteer.opens(`/${slug}/nothing-here`)).h1).toBe('We cannot find that page')
})
