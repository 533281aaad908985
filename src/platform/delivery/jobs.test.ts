import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openTestHouse } from '#tests/house.ts'
import type { Slice } from '../http/route.ts'
import { demoSenders } from './senders.ts'
import { openQueue } from './worker.ts'

test('BOARD-5 BOARD-7 longer work is done by a worker soon after it was asked for, one at a time; what fails is tried again', async () => {
  const house = await openTestHouse()
  const seen = { begun: 0, done: 0, now: 0, most: 0 }
  const slice: Slice = {
    name: 'slow',
    routes: [],
    async jobs() {
      seen.begun += 1
      seen.now += 1
      seen.most = Math.max(seen.most, seen.now)
      await wait(300)
      seen.now -= 1
      if (seen.begun === 1) throw new Error('the first time it breaks')
      seen.done += 1
    },
  }
  const queue = await openQueue({
    ownerUrl: house.ownerUrl,
    house: house.house,
    slices: [slice],
    senders: demoSenders,
    work: true,
  })
  try {
    for (let n = 0; n < 20; n++) {
      queue.wake()
      await wait(150)
    }
    for (let n = 0; n < 200 && seen.done === 0; n++) await wait(100)
    expect(seen.done).toBeGreaterThan(0)
    expect(seen.most).toBe(1)
    expect(await queue.depth()).toHaveProperty('jobs')
  } finally {
    await queue.stop()
  }
}, 60_000)
