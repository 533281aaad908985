import { expect, test } from 'vitest'
import { aNetwork } from '#tests/network.ts'
import { publishedNear } from './near.ts'

test('LOOP-4 hostile words find nothing and break nothing', async () => {
  const { inNetwork } = await aNetwork()
  for (const words of [
    '',
    "'; drop table publication; --",
    'a & b | !c:* <-> (d',
    '%_\\ \'" \u0000 :*',
    'http://example.org/a?b&c=d\\e',
    '!!!',
    'x'.repeat(10_000),
    'scan '.repeat(20_000),
    'مرحبا 你好 🙂',
  ]) {
    expect(await inNetwork(tx => publishedNear(tx, words))).toEqual([])
  }
})
